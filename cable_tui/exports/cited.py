"""What is quoted or cited: a cable, or some of its paragraphs, and how these are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cable_tui.cable import Cable, Paragraph


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an archive that a reader points others to."""

    cable: Cable
    paragraphs: tuple[Paragraph, ...] = ()
    """In the order of the cable; none is the cable as a whole."""
    link_template: str = "cablegate"
    """`Settings.link`."""
    read_on: date | None = None
    """The day of reading, which bibliography items name; None leaves it out."""

    @property
    def numbered(self) -> tuple[Paragraph, ...]:
        """The numbered paragraphs that the cited ones are or belong to, each once.

        A line without a number of its own belongs to the last numbered one before it.
        """
        found: list[Paragraph] = []
        for paragraph in self.paragraphs:
            owner = _owner(self.cable, paragraph)
            if owner is not None and owner not in found:
                found.append(owner)
        return tuple(found)

    @property
    def places(self) -> str:
        """`3`, `3–5`, `3, 7`: the paragraphs' labels; empty for a whole cable."""
        labels = [paragraph.label for paragraph in self.cable.body.paragraphs if paragraph.label]
        runs: list[list[int]] = []
        for paragraph in self.numbered:
            at = labels.index(paragraph.label or "")
            if runs and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at])
        ends = (
            [labels[run[0]]] if len(run) == 1 else [labels[run[0]], labels[run[-1]]] for run in runs
        )
        return ", ".join("–".join(pair) for pair in ends)

    @property
    def paras(self) -> str:
        """`para. 3`, `paras. 3–5`; empty for a whole cable."""
        many = "s" if len(self.numbered) > 1 else ""
        return f"para{many}. {self.places}" if self.places else ""


def _owner(cable: Cable, paragraph: Paragraph) -> Paragraph | None:
    last = None
    for each in cable.body.paragraphs:
        last = each if each.label else last
        if each == paragraph:
            return last
    return paragraph if paragraph.label else None


def remark(citation: Citation) -> str:
    """What a reader must know of the place a citation leads to, as one sentence; or empty."""
    numbered = citation.numbered
    if len(citation.paragraphs) == 1 and citation.paragraphs != numbered:
        return f"It has no number of its own: linked to ¶{citation.places}." if numbered else ""
    anchors = [paragraph.anchor for paragraph in citation.cable.body.paragraphs]
    if numbered and numbered[0].anchor is None:
        return f"¶{numbered[0].label} has no anchor on the page: the link leads to its top."
    if numbered and anchors.count(numbered[0].anchor) > 1:
        return f"The anchor of ¶{numbered[0].label} stands more than once in this cable."
    return ""


def day(created: str) -> date | None:
    """The day of an ISO time as in `Facts`; None where there is none."""
    try:
        return date.fromisoformat(created[:10])
    except ValueError:
        return None


def sender(origin: str) -> str:
    """`U.S. Consulate Casablanca` for the origin `Consulate Casablanca`."""
    origin = origin.removeprefix("** ").replace("Embasy ", "Embassy ")
    if origin.startswith("US "):
        return f"U.S. {origin[3:]}"
    first = origin.split(" ", 1)[0]
    national = {"Consulate", "Department", "Embassy", "Mission", "REO", "Secretary"}
    return f"U.S. {origin}" if first in national else origin

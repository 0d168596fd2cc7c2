"""The value `Citation`: a cable, or some of its paragraphs, and how these are named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cable_tui.cable import Cable, Paragraph, Reference, Source, Span
from cable_tui.text import clean_line
from cable_tui.value import Value, field


class Ways(Value):
    """The user's settings for citations."""

    link: str = "cablegate"
    """`Settings.link`."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """`Settings.templates`."""
    accessed: date | None = None
    """`Settings.accessed`."""
    opened: Mapping[str, date] = field(default_factory=dict)
    """Addresses that the reader opened from here, with the days."""


class Note(Value):
    """What a reader wrote to a place."""

    text: str
    author: str = ""
    written: str = ""
    """ISO day or time, or empty."""
    place: str | None = None
    """`para. 3`, or empty for the cable, where it stands beside notes to other places; None is the
    place of its citation."""


class Citation(Value):
    """A place in an archive that a reader points others to."""

    cable: Cable
    paragraphs: tuple[Paragraph, ...] = ()
    """In the order of the cable; none is the cable as a whole."""
    link_template: str = "cablegate"
    """`Settings.link`."""
    read_on: date | None = None
    """The day on which its page was read, which bibliography items name; None leaves it out."""
    references: tuple[Reference, ...] = ()
    """REF lines; cited by their letters where there is no paragraph."""
    folder: Path | None = None
    """The archive's folder, or its one file; None where no path is wanted."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """`Settings.templates`: the user's own notes by style."""
    notes: tuple[Note, ...] = ()
    part: Span | None = None
    """What of the body is quoted, where it is a part of the paragraphs."""
    caution: str = ""
    """What a reader must know of the place beside `remark`, such as that its text has changed."""

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
    def letters(self) -> tuple[str, ...]:
        """The letters of the cited REF lines, each once, where no paragraph is cited."""
        labels = (each.label for each in self.references if each.label)
        return () if self.paragraphs else tuple(dict.fromkeys(labels))

    @property
    def paras(self) -> str:
        """`para. 3`, `paras. 3–5`, `ref. B`; empty for a whole cable."""
        if self.letters:
            return f"ref{'s' if len(self.letters) > 1 else ''}. {', '.join(self.letters)}"
        many = "s" if len(self.numbered) > 1 else ""
        return f"para{many}. {self.places}" if self.places else ""

    @property
    def anchor(self) -> str:
        """The anchor on the page of the first cited place, `par3` or `parB`; empty for its top."""
        if self.letters:
            return f"par{self.letters[0]}"
        numbered = self.numbered
        return (numbered[0].anchor or "") if numbered else ""

    @property
    def read(self) -> Source | None:
        """The record that was read; None where the cable has none."""
        return next(iter(self.cable.sources), None)


def _owner(cable: Cable, paragraph: Paragraph) -> Paragraph | None:
    last = None
    for each in cable.body.paragraphs:
        last = each if each.label else last
        if each == paragraph:
            return last
    return paragraph if paragraph.label else None


def remark(citation: Citation) -> str:
    """What a reader must know of the place a citation leads to, as one sentence; or empty."""
    labels = [each.label for each in citation.cable.references]
    for letter in citation.letters:
        if labels.count(letter) > 1:
            return f"Ref. {letter} stands more than once in this cable."
    numbered = citation.numbered
    if len(citation.paragraphs) == 1 and citation.paragraphs != numbered:
        return f"It has no number of its own: linked to ¶{citation.places}." if numbered else ""
    anchors = [paragraph.anchor for paragraph in citation.cable.body.paragraphs]
    if numbered and numbered[0].anchor is None:
        return f"¶{numbered[0].label} has no anchor on the page: the link leads to its top."
    if numbered and anchors.count(numbered[0].anchor) > 1:
        return f"The anchor of ¶{numbered[0].label} stands more than once in this cable."
    return ""


_GRAVE = frozenset(
    (
        *("other-cable", "stub", "cut-off", "partial-extract", "repeated-body"),
        *("database-row", "teaser"),
    )
)
"""Codes of warnings that bear on whether a cable's text can be quoted as it is."""


def cautions(citation: Citation) -> tuple[str, ...]:
    """All that must be known before it is used.

    That another record than the richest was read, what is wrong with the place, and the cable's
    grave warnings.
    """
    warnings = (each.message for each in citation.cable.warnings if each.code in _GRAVE)
    place = (_other_record(citation), remark(citation), citation.caution)
    return tuple(filter(None, (*place, *(f"{each[0].upper()}{each[1:]}." for each in warnings))))


def _other_record(citation: Citation) -> str:
    read = citation.read
    if read is None or read.number == 1:
        return ""
    several = len(citation.cable.sources)
    return f"The words are of record {read.number} of {several}: {clean_line(read.path)}."


def day(created: str) -> date | None:
    """The day of an ISO time as in `Facts`; None where there is none."""
    try:
        return date.fromisoformat(created[:10])
    except ValueError:
        return None


def written_on(citation: Citation) -> date | None:
    """The day that a citation names: of the dateline in an edition, which orders by another."""
    cable = citation.cable
    printed = day(cable.edition.day) if cable.edition else None
    return printed or day(cable.facts.created)


def author(citation: Citation) -> str:
    """Who wrote the cable, as `sender` names it; an edition has others than U.S. offices."""
    cable = citation.cable
    return cable.edition.sender if cable.edition else sender(cable.facts.origin)


def sender(origin: str) -> str:
    """`U.S. Consulate Casablanca` for the origin `Consulate Casablanca`."""
    origin = origin.removeprefix("** ").replace("Embasy ", "Embassy ")
    if origin.startswith("US "):
        return f"U.S. {origin[3:]}"
    first = origin.split(" ", 1)[0]
    national = {"Consulate", "Department", "Embassy", "Mission", "REO", "Secretary"}
    return f"U.S. {origin}" if first in national else origin

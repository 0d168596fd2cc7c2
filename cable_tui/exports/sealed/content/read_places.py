"""The places of a page: heading, quotation, notes and citation, beside the cable they are of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cable_tui.cable import Paragraph
from cable_tui.exports.citation import Citation, cautions, day
from cable_tui.exports.copy_formats import reference
from cable_tui.exports.dossier import facts_of, quotations
from cable_tui.exports.sealed.content.findings import Findings
from cable_tui.exports.sealed.content.markup import Element, one_line
from cable_tui.exports.sealed.content.read_citations import Citations
from cable_tui.exports.sealed.content.read_marks import Marks, PlaceKey, changes_said
from cable_tui.exports.sealed.content.read_texts import Cables, ReadCable
from cable_tui.exports.sealed.manifest import PAGE, Manifest
from cable_tui.library import Mark
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

_MOVED = "the marked text stands in"
_KINDS = ("h2", "blockquote", "p.note", "p.caution", "p.source", "p.source+inside")
"""The parts of a place, in their order."""


class _Dated(NamedTuple):
    """A line of the timeline."""

    created: str
    """By this they are sorted."""
    cells: tuple[str, ...]
    to: str


class Places:
    """The places as they come, and the timeline that has each cable once."""

    def __init__(
        self,
        made: Manifest,
        cables: Cables,
        marks: Marks,
        citations: Citations,
        findings: Findings,
    ) -> None:
        self._made = made
        self._cables = cables
        self._marks = marks
        self._citations = citations
        self._findings = findings
        self._read_on = day(made.sealed)
        self._count = 0
        self._dated: dict[str, _Dated] = {}

    def compare(self, section: Element) -> None:
        """A place of the page with its cable, its bookmarks and the citations."""
        self._count += 1
        name = f"place {self._count}"
        parts = [each for each in section.parts if isinstance(each, Element)]
        found = {kind: [each for each in parts if each.kind == kind] for kind in _KINDS}
        counts = [len(found[kind]) for kind in ("h2", "p.source", "p.source+inside")]
        order = [_KINDS.index(each.kind) if each.kind in _KINDS else -1 for each in parts]
        if counts != [1, 1, 1] or order != sorted(order) or -1 in order:
            self._findings.fault(PAGE, f"{name}: it has other parts than a place has")
            return
        self._findings.differ(PAGE, name, section.attributes.get("id", ""), f"place{self._count}")
        read = self._read(found["p.source+inside"][0], name)
        if read is not None:
            self._compare(found, read, name)

    def _read(self, inside: Element, name: str) -> ReadCable | None:
        links = inside.all("a")
        to = links[0].attributes.get("href", "") if len(links) == 1 else ""
        read = self._cables.named(to.removeprefix("#"))
        if read is None:
            self._findings.fault(PAGE, f"{name}: it is of no cable of the data")
            return None
        said = f"Read {read.entry.reference_id} in this dossier"
        self._findings.differ(PAGE, f"{name}: its link", inside.words, one_line(said))
        return read

    def _compare(self, found: dict[str, list[Element]], read: ReadCable, name: str) -> None:
        findings = self._findings
        heading = found["h2"][0]
        direct = one_line("".join(each for each in heading.parts if isinstance(each, str)))
        small = " ".join(each.words for each in heading.all("small"))
        paragraphs = _paragraphs(direct, read)
        cited = Citation(read.cable, paragraphs, read_on=self._read_on)
        expected = one_line(clean_line(f"{self._count}. {reference(cited)}"))
        name = f"{name} ({clean_line(reference(cited))})"
        findings.differ(PAGE, f"{name}: its heading", direct, expected)
        facts = [one_line(clean_line(each)) for each in facts_of(cited)]
        if findings.same_program or not all(
            each in facts or read.has(each) for each in small.split(" · ")
        ):
            findings.differ(PAGE, f"{name}: its facts", small, " · ".join(facts))
        quoted = [each.words for block in found["blockquote"] for each in block.all("p")]
        self._compare_quotations(quoted, cited, read, name)
        notes = [each.words for each in found["p.note"]]
        said = [each.words for each in found["p.caution"]]
        label = paragraphs[0].label if paragraphs else None
        moved = any(_MOVED in each for each in said)
        key = PlaceKey(read.sealed.canonical_id, label)
        marks = self._marks.show(key, cited, notes, moved)
        self._compare_cautions(said, cited, marks, name)
        source = found["p.source"][0]
        links = [each.attributes.get("href", "") for each in source.all("a")]
        self._citations.compare(source.words.removeprefix("— "), links, cited, marks, name)
        self._note_date(cited)

    def _compare_quotations(
        self, shown: Sequence[str], cited: Citation, read: ReadCable, name: str
    ) -> None:
        expected = [one_line(clean_line(each)) for each in quotations(cited)]
        if list(shown) == expected:
            return
        if self._findings.same_program:
            what = f"{name}: its quotation"
            self._findings.differ(PAGE, what, " / ".join(shown), " / ".join(expected))
            return
        for each in shown:
            marked = each.startswith("(") and read.has(each.partition(") ")[2])
            if not (marked or read.has(each)):
                self._findings.fault(PAGE, f"{name}: its quotation is not in the cable: “{each}”")
        self._findings.leave("whether a quotation is of the paragraph that is named", name)

    def _compare_cautions(
        self, shown: Sequence[str], cited: Citation, marks: Sequence[Mark], name: str
    ) -> None:
        label = cited.paragraphs[0].label if cited.paragraphs else None
        sure = [one_line(each) for each in cautions(cited)]
        more = [each for each in shown if each not in sure]
        allowed = {said for mark in marks for said in changes_said(mark, cited.cable, label)}
        if all(part in allowed for each in more for part in each.split("; ")):
            more = []
        due = {changed for mark in marks for changed in changes_said(mark, cited.cable, label)}
        if len(marks) == 1 and len(due) == 1:
            sure += [each for each in due if each]
        missing = [each for each in sure if each not in shown]
        if self._findings.same_program:
            what = f"{name}: what must be known of it"
            self._findings.differ(PAGE, what, " / ".join(more), " / ".join(missing))
        elif more or missing:
            self._findings.leave("what a place says of its cable or its bookmark", name)

    def _note_date(self, cited: Citation) -> None:
        facts = cited.cable.facts
        created = day(facts.created)
        cells = (
            created.isoformat() if created else "no date",
            *(clean_line(e) for e in (facts.reference_id, facts.origin, cited.cable.subject)),
        )
        line = _Dated(facts.created, tuple(map(one_line, cells)), f"#place{self._count}")
        self._dated.setdefault(facts.canonical_id, line)

    def finish(self, said: str, timeline: Sequence[Element]) -> None:
        """Compare the number of places and the timeline."""
        expected = f"{counted(self._count, 'place')} in {counted(len(self._made.cables), 'cable')}."
        self._findings.differ(PAGE, "its number of places", said, expected)
        lines = sorted(self._dated.values(), key=lambda each: (not each.created, each.created))
        shown = [_cells(row) for row in timeline]
        same = self._findings.same_program
        data = [(each.cells if same else each.cells[:3], each.to) for each in lines]
        shown = [(cells if same else cells[:3], to) for cells, to in shown]
        if not same:
            self._findings.leave("the subjects in the timeline")
        for (cells, to), line in zip(shown, data, strict=False):
            if (cells, to) != line:
                words = (" ".join((*each[0], each[1])) for each in ((cells, to), line))
                self._findings.differ(PAGE, "the timeline", *words)
        if len(shown) != len(data):
            self._findings.fault(PAGE, "the timeline has other cables than the data")


def _cells(row: Element) -> tuple[tuple[str, ...], str]:
    """The words of a line, and where its link leads."""
    cells = row.all("td")
    links = (link for cell in cells for link in cell.all("a"))
    return tuple(each.words for each in cells), "".join(e.attributes.get("href", "") for e in links)


def _paragraphs(heading: str, read: ReadCable) -> tuple[Paragraph, ...]:
    """The paragraph that a heading names; the first of its label."""
    _, named, label = heading.rpartition("¶")
    found = (each for each in read.cable.body.paragraphs if each.label == label)
    return tuple(found)[:1] if named else ()

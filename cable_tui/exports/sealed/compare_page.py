"""The places and texts of a dossier's page, compared with the cables, the manifest and the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui import telegram
from cable_tui.cable import Cable, Paragraph, Source, Span
from cable_tui.errors import UsageError
from cable_tui.exports.citation import Citation, cautions, day
from cable_tui.exports.copy_formats import reference
from cable_tui.exports.dossier import facts_of, quotations
from cable_tui.exports.plain_text import facts
from cable_tui.exports.sealed.compare_data import Citations, PlaceKey, SealedMarks, changes_said
from cable_tui.exports.sealed.manifest import NAME, PAGE, Manifest, SealedEntry
from cable_tui.exports.sealed.members import Findings, Members
from cable_tui.exports.sealed.page import anchor
from cable_tui.exports.sealed.page_markup import Element, one_line
from cable_tui.formats.sealed_cable import SealedCable
from cable_tui.library import Mark
from cable_tui.telegram import pagebreaks
from cable_tui.text import clean_line, clean_text
from cable_tui.text.numbers import counted
from cable_tui.value import replace

_MOVED = "the marked text stands in"
_KINDS = ("h2", "blockquote", "p.note", "p.caution", "p.source", "p.source+inside")
"""The parts of a place, in order."""


class _Dated(NamedTuple):
    """A line of the timeline."""

    created: str
    """The sort key."""
    cells: tuple[str, ...]
    to: str


class Places:
    """The places in order, and the timeline that has each cable once."""

    def __init__(
        self,
        made: Manifest,
        cables: ManifestCables,
        marks: SealedMarks,
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
        """Compare a place of the page with its cable, its bookmarks and the citations."""
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
        self._findings.leave("whether a quotation is from the named paragraph", name)

    def _compare_cautions(
        self, shown: Sequence[str], cited: Citation, marks: Sequence[Mark], name: str
    ) -> None:
        label = cited.paragraphs[0].label if cited.paragraphs else None
        sure = [one_line(each) for each in cautions(cited)]
        more = [each for each in shown if each not in sure]
        due = {changed for mark in marks for changed in changes_said(mark, cited.cable, label)}
        if all(part in due for each in more for part in each.split("; ")):
            more = []
        if len(marks) == 1 and len(due) == 1:
            sure += [each for each in due if each]
        missing = [each for each in sure if each not in shown]
        if self._findings.same_program:
            what = f"{name}: its cautions"
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
    """Return the words of a line, and where its link leads."""
    cells = row.all("td")
    links = (link for cell in cells for link in cell.all("a"))
    return tuple(each.words for each in cells), "".join(e.attributes.get("href", "") for e in links)


def _paragraphs(heading: str, read: ReadCable) -> tuple[Paragraph, ...]:
    """Return the paragraph that a heading names; the first of its label."""
    _, named, label = heading.rpartition("¶")
    found = (each for each in read.cable.body.paragraphs if each.label == label)
    return tuple(found)[:1] if named else ()


_KEPT = 8
"""Number of cables that are kept after reading: places of one cable often follow each other."""
_FURTHER = "Sources"
"""The fact that names further records of the archive."""
_OF_RECORD = ("Reference ID", "Created", "Released", "Classification", "Origin", "Source")
"""Facts of the record itself: they do not depend on the program's version."""


class ReadCable(NamedTuple):
    """A cable, from its member."""

    entry: SealedEntry
    sealed: SealedCable
    cable: Cable

    def has(self, words: str) -> bool:
        """Return whether its texts contain some words; line ends and page breaks do not matter."""
        raw = self.sealed.raw
        lines = (line for line in pagebreaks.without(raw.body.split("\n")) if line is not None)
        listed = (raw.reference_id, raw.classification, raw.origin, *raw.tags, *raw.articles)
        texts = (raw.title, raw.header, raw.body, "\n".join(lines), *listed)
        dense = "".join(words.split())
        return any(dense in "".join(each.split()) for each in texts)


class ManifestCables:
    """The cables in the order of the manifest, each read once, with its text on the page.

    Cables are numbered in the order in which the places of the page name them: so the next one is
    read when its first place comes, and few are in memory.
    """

    def __init__(
        self, members: Members, made: Manifest, findings: Findings, page: Iterator[Element]
    ) -> None:
        self._members = members
        self._made = made
        self._findings = findings
        self._page = page
        self._at = 0
        self._kept: dict[str, ReadCable] = {}
        self._numbers = {anchor(e.canonical_id): n for n, e in enumerate(made.cables)}
        self._sources = {each.path for each in made.sources}
        self._used: set[str] = set()

    def named(self, to: str) -> ReadCable | None:
        """Return the cable of a link on the page; all cables before it are read first."""
        number = self._numbers.get(to)
        if number is None:
            return None
        while self._at <= number:
            self._next()
        entry = self._made.cables[number]
        return self._kept.get(entry.member) or self._read(entry)

    def finish(self) -> None:
        """Read the cables without places, and further texts of the page."""
        for entry in self._made.cables[self._at :]:
            self._findings.fault(PAGE, f"no place of {entry.reference_id}, which the manifest has")
            self._next()
        for each in self._page:
            name = each.attributes.get("id")
            self._findings.fault(PAGE, f"{name}: no text of the data")
        for path in sorted(self._sources - self._used):
            self._findings.fault(NAME, f"a source that no cable is from: {path}")

    def _next(self) -> None:
        entry = self._made.cables[self._at]
        self._at += 1
        read = self._read(entry)
        section = next(self._page, None)
        if section is None:
            self._findings.fault(PAGE, f"the text of {entry.reference_id} is missing")
        elif read is not None:
            _compare_text(section, read, self._findings)

    def _read(self, entry: SealedEntry) -> ReadCable | None:
        try:
            sealed = self._members.cable(entry)
        except UsageError as error:
            self._findings.fault(entry.member, str(error))
            return None
        if len(self._kept) >= _KEPT:
            self._kept.pop(next(iter(self._kept)))
        source = Source(sealed.source.path, sealed.source.format)
        read = ReadCable(entry, sealed, replace(telegram.parse(sealed.raw), sources=(source,)))
        if entry.member not in self._kept:
            self._compare_entry(read)
        self._kept[entry.member] = read
        return read

    def _compare_entry(self, read: ReadCable) -> None:
        """Compare a cable with its entry in the manifest."""
        entry, sealed, findings = read.entry, read.sealed, self._findings
        if sealed.canonical_id != entry.canonical_id:
            reason = f"holds {sealed.canonical_id}, and not {entry.canonical_id}"
            findings.fault(entry.member, reason)
        texts = "whole" if sealed.whole else "paragraphs"
        said = (entry.texts, entry.cited, entry.masked)
        if said != (texts, sealed.cited, sealed.masked):
            findings.fault(NAME, f"what is cited, masked or left out of {entry.reference_id}")
        if sealed.masked and self._made.names == "shown":
            findings.fault(NAME, f"names are shown, it says; {entry.reference_id} has masked ones")
        if not sealed.whole and self._made.texts == "whole":
            findings.fault(NAME, f"texts are whole, it says; {entry.reference_id} is not")
        if findings.same_program and read.cable.reference_id != entry.reference_id:
            findings.fault(NAME, f"{entry.reference_id} is {read.cable.reference_id} in its member")
        self._note_source(read)

    def _note_source(self, read: ReadCable) -> None:
        """Note the source: for a packed file the file on the disk; an archive has one source."""
        path = read.sealed.source.path
        parts = path.split("/")
        above = ["/".join(parts[:end]) for end in range(len(parts), 0, -1)]
        found = next((each for each in above if each in self._sources), "")
        if not found and len(self._sources) == 1:
            (found,) = self._sources
        if found:
            self._used.add(found)
        else:
            self._findings.fault(NAME, f"no source of {read.entry.reference_id}: {path}")


def _compare_text(section: Element, read: ReadCable, findings: Findings) -> None:
    entry, sealed, cable = read
    name = f"the text of {entry.reference_id}"
    remark = f"{sealed.remark[:1].upper()}{sealed.remark[1:]}."
    kinds = ["h2", "table.facts"]
    kinds += ["p.caution"] if sealed.remark else []
    kinds += ["div.text+sent"] if sealed.raw.header.strip() else []
    kinds += ["div.text"]
    shown = [each for each in section.parts if isinstance(each, Element)]
    if [each.kind for each in shown] != kinds:
        findings.fault(PAGE, f"{name}: it has other parts than the data")
        return
    found = dict(zip(kinds, shown, strict=True))
    findings.differ(PAGE, name, section.attributes.get("id", ""), anchor(sealed.canonical_id))
    _compare_facts(found["h2"], found["table.facts"], read, findings)
    if sealed.remark:
        findings.differ(PAGE, f"what is missing of {name}", found["p.caution"].words, remark)
    if header := found.get("div.text+sent"):
        _compare_words(header, sealed, "header", findings, f"the header of {entry.reference_id}")
    body = found["div.text"]
    _compare_words(body, sealed, "body", findings, name)
    marked = sorted(each.span for each in cable.body.paragraphs if each.label in sealed.cited)
    if _spans(body, "mark") != marked:
        if findings.same_program:
            findings.fault(PAGE, f"{name}: other paragraphs are marked than are cited")
        else:
            findings.leave("which paragraphs are marked as cited", entry.reference_id)


def _compare_words(
    shown: Element, sealed: SealedCable, part: str, findings: Findings, name: str
) -> None:
    text = clean_text(getattr(sealed.raw, part))
    # Blanks around a text show nothing.
    findings.differ(PAGE, name, shown.text.strip(), text.strip())
    gaps = [(gap.start, gap.end) for gap in sealed.gaps.get(part, ())]
    if _spans(shown, "span.gap") != gaps:
        findings.fault(PAGE, f"{name}: what is masked or left out is marked in another way")


def _spans(text: Element, kind: str) -> list[Span]:
    """Return where in a text the elements of a kind are."""
    found: list[Span] = []
    at = 0
    for each in text.parts:
        size = len(each) if isinstance(each, str) else len(each.text)
        if not isinstance(each, str):
            inner = _spans(each, kind)
            found += [(at, at + size)] if each.kind == kind else []
            found += [(at + start, at + end) for start, end in inner]
        at += size
    return found


def _compare_facts(heading: Element, table: Element, read: ReadCable, findings: Findings) -> None:
    entry, sealed, cable = read
    name = f"the heading of {entry.reference_id}"
    small = "".join(each.words for each in heading.all("small"))
    direct = one_line("".join(each for each in heading.parts if isinstance(each, str)))
    findings.differ(PAGE, name, direct, one_line(entry.reference_id))
    rows = [
        tuple(cell.words for cell in row.all("td")) or ("",)
        for body in table.all("tbody")
        for row in body.all("tr")
    ]
    expected = [(one_line(clean_line(a)), one_line(clean_line(b))) for a, b in facts(cable)]
    expected += [("Source", one_line(clean_line(sealed.source.path)))]
    further = [row for row in rows if row[0] == _FURTHER]
    rows = [row for row in rows if row[0] != _FURTHER]
    for row in further:
        findings.leave("the further records that an archive had of a cable", entry.reference_id)
        number, _, named = row[-1].partition(": ")
        known = number.isdecimal() and named.startswith(f"{expected[-1][1]}, also ")
        if len(further) > 1 or not known:
            findings.fault(PAGE, f"the sources of {entry.reference_id}: {row[-1]}")
    if findings.same_program:
        findings.differ(PAGE, name, small, one_line(cable.subject))
        findings.differ(PAGE, f"the facts of {entry.reference_id}", _lines(rows), _lines(expected))
        return
    own = ([row for row in each if row[0] in _OF_RECORD] for each in (rows, expected))
    findings.differ(PAGE, f"the facts of {entry.reference_id}", *map(_lines, own))
    if not read.has(small):
        findings.fault(PAGE, f"{name}: “{small}” is not in the cable")
    for row in rows:
        if row not in expected and not all(map(read.has, row[-1].split(", "))):
            findings.leave("facts and warnings that this version reads otherwise", name)


def _lines(rows: Sequence[tuple[str, ...]]) -> str:
    return "; ".join(": ".join(row) for row in rows)

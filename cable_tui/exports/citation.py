"""`Citation`: a cable, or some of its paragraphs; its name, and where others find it.

Its repository, its web address, its file, or its place in a printed edition; and the parts that a
reader types: `3`, `3-5`, `B` of the REF lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from cable_tui.base.cable import (
    CABLEGATE,
    UNKNOWN,
    Cable,
    Paragraph,
    Reference,
    Repository,
    Source,
    Span,
)
from cable_tui.base.errors import NotFoundError
from cable_tui.base.pattern import pattern
from cable_tui.base.tools import shows_requests
from cable_tui.base.value import Value, field
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted


class Ways(Value):
    """The user's settings for citations."""

    link: str = "cablegate"
    """The same as `Settings.link`."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """The same as `Settings.templates`."""
    accessed: date | None = None
    """The same as `Settings.accessed`."""
    opened: Mapping[str, date] = field(default_factory=dict)
    """Addresses that the reader has opened here, with the days."""


class Note(Value):
    """A reader's note on a location."""

    text: str
    author: str = ""
    written: str = ""
    """ISO day or time, or empty."""
    place: str | None = None
    """`para. 3`, or empty for the whole cable, if it is among notes on other locations; None means
    the location of its citation."""


class Citation(Value):
    """A cable or a part of it, to be cited."""

    cable: Cable
    paragraphs: tuple[Paragraph, ...] = ()
    """Cited paragraphs in the order of the cable; empty means the cable as a whole."""
    link_template: str = "cablegate"
    """The same as `Settings.link`."""
    read_on: date | None = None
    """The day on which its page was read, for bibliography items; None leaves it out."""
    references: tuple[Reference, ...] = ()
    """REF lines; cited by their letters if there is no paragraph."""
    folder: Path | None = None
    """The archive's folder, or its one file; None if no path is wanted."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """The same as `Settings.templates`: the user's own notes by style."""
    notes: tuple[Note, ...] = ()
    part: Span | None = None
    """The quoted part of the body, if only a part of the paragraphs is quoted."""
    caution: str = ""
    """A caution for the reader in addition to `remark`, such as that its text has changed."""

    @property
    def numbered(self) -> tuple[Paragraph, ...]:
        """The numbered paragraphs that the cited ones are or belong to, each once.

        A line without a number of its own belongs to the last numbered one before it.
        """
        owners: list[Paragraph] = []
        for paragraph in self.paragraphs:
            owner = _owner(self.cable, paragraph)
            if owner is not None and owner not in owners:
                owners.append(owner)
        return tuple(owners)

    @property
    def places(self) -> str:
        """Places: `3`, `3–5`, `3, 7`: the paragraphs' labels; empty for a whole cable."""
        labels = [paragraph.label for paragraph in self.cable.body.paragraphs if paragraph.label]
        runs: list[list[int]] = []
        for paragraph in self.numbered:
            index = labels.index(paragraph.label or "")
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        run_ends = (
            [labels[run[0]]] if len(run) == 1 else [labels[run[0]], labels[run[-1]]] for run in runs
        )
        return ", ".join("–".join(pair) for pair in run_ends)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the cited REF lines, each once, if no paragraph is cited."""
        reference_labels = (reference.label for reference in self.references if reference.label)
        return () if self.paragraphs else tuple(dict.fromkeys(reference_labels))

    @property
    def paras(self) -> str:
        """Paragraphs: `para. 3`, `paras. 3–5`, `ref. B`; empty for a whole cable."""
        if self.letters:
            return f"ref{'s' if len(self.letters) > 1 else ''}. {', '.join(self.letters)}"
        plural = "s" if len(self.numbered) > 1 else ""
        return f"para{plural}. {self.places}" if self.places else ""

    @property
    def anchor(self) -> str:
        """The anchor of the first cited part on the page, `par3` or `parB`; or empty."""
        if self.letters:
            return f"par{self.letters[0]}"
        numbered_paragraphs = self.numbered
        return (numbered_paragraphs[0].anchor or "") if numbered_paragraphs else ""

    @property
    def read(self) -> Source | None:
        """The record that was read; None if the cable has none."""
        return next(iter(self.cable.sources), None)


def _owner(cable: Cable, paragraph: Paragraph) -> Paragraph | None:
    label_before = None
    for candidate in cable.body.paragraphs:
        label_before = candidate if candidate.label else label_before
        if candidate == paragraph:
            return label_before
    return paragraph if paragraph.label else None


def remark(citation: Citation) -> str:
    """Return a caution about the cited location, as one sentence; or empty."""
    labels = [reference.label for reference in citation.cable.references]
    for letter in citation.letters:
        if labels.count(letter) > 1:
            return f"Ref. {letter} occurs more than once in this cable."
    numbered = citation.numbered
    if len(citation.paragraphs) == 1 and citation.paragraphs != numbered:
        return f"This paragraph has no number; linked to ¶{citation.places}." if numbered else ""
    anchors = [paragraph.anchor for paragraph in citation.cable.body.paragraphs]
    if numbered and numbered[0].anchor is None:
        return f"¶{numbered[0].label} has no anchor on the page; the link leads to the top."
    if numbered and anchors.count(numbered[0].anchor) > 1:
        return f"The anchor of ¶{numbered[0].label} occurs more than once in this cable."
    return ""


_GRAVE = frozenset(
    """
    damaged other-cable named-by-file stub cut-off partial-extract repeated-body database-row
    teaser
    """.split()
)
"""Codes of warnings that affect whether a cable's text can be quoted."""


def cautions(citation: Citation) -> tuple[str, ...]:
    """Return all cautions before its use, a sentence each.

    They are: that another record than the richest was read, a fault of the cited part, and the
    cable's grave warnings.
    """
    warnings = (warning.message for warning in citation.cable.warnings if warning.code in _GRAVE)
    place = (_other_record(citation), remark(citation), citation.caution)
    return tuple(
        filter(None, (*place, *(f"{message[0].upper()}{message[1:]}." for message in warnings)))
    )


def _other_record(citation: Citation) -> str:
    source = citation.read
    if source is None or source.number == 1:
        return ""
    count = len(citation.cable.sources)
    return f"These words are from version {source.number} of {count}: {clean_line(source.path)}."


def day(created: str) -> date | None:
    """Return the day of an ISO time as in `Facts`; None if it has none."""
    try:
        return date.fromisoformat(created[:10])
    except ValueError:
        return None


def written_on(citation: Citation) -> date | None:
    """Return the day in a citation: in an edition that of the dateline, not of the order."""
    cable = citation.cable
    printed_day = day(cable.edition.day) if cable.edition else None
    return printed_day or day(cable.facts.created)


def author(citation: Citation) -> str:
    """Return the author of the cable, from `sender`; in an edition this may be no U.S. office."""
    cable = citation.cable
    return cable.edition.sender if cable.edition else sender(cable.facts.origin)


def sender(origin: str) -> str:
    """Return `U.S. Consulate Casablanca` for the origin `Consulate Casablanca`."""
    origin = origin.removeprefix("** ").replace("Embasy ", "Embassy ")
    if origin.startswith("US "):
        return f"U.S. {origin[3:]}"
    first_word = origin.split(" ", 1)[0]
    national = {"Consulate", "Department", "Embassy", "Mission", "REO", "Secretary"}
    return f"U.S. {origin}" if first_word in national else origin


TEMPLATES = {
    "cablegate": "https://wikileaks.org/cable/{year}/{month}/{id}.html{anchor}",
    "plusd": "https://wikileaks.org/plusd/cables/{id}_a.html",
}
"""Addresses of a cable by their names in the settings; `file` is its own file."""
_PLUSD = "https://wikileaks.org/plusd/cables/"


def link(citation: Citation) -> str:
    """Return the cable's page, at the paragraph or REF line if the page has an anchor for it.

    Empty if the template needs the cable's month and the cable has no date, or its file and
    the folder is not known. A cable of the 1970s was never on the site of Cablegate: its address
    is that of PlusD.
    """
    template = citation.link_template
    if template == "file":
        return _file(citation)
    if template in TEMPLATES and (address := repository(citation).address):
        return address.format(id=citation.cable.reference_id)
    if template == "plusd" or (template == "cablegate" and not repository(citation).cablegate):
        return f"{_PLUSD}{plusd_name(citation.cable.reference_id)}.html"
    template = TEMPLATES.get(template, template)
    created_on = day(citation.cable.facts.created)
    if created_on is None and ("{year}" in template or "{month}" in template):
        return ""
    return template.format(
        id=citation.cable.reference_id,
        year=f"{created_on.year:04}" if created_on else "",
        month=f"{created_on.month:02}" if created_on else "",
        anchor=f"#{citation.anchor}" if citation.anchor else "",
    )


def day_of_reading(citation: Citation, ways: Ways) -> date | None:
    """Return the day that the reader set, or on which the page of a cable was opened here."""
    page = link(citation).partition("#")[0]
    opened_on = {address.partition("#")[0]: read_on for address, read_on in ways.opened.items()}
    return ways.accessed or opened_on.get(page)


def _file(citation: Citation) -> str:
    file_path = full_path(citation)
    source_read = citation.read
    if file_path is None or source_read is None:
        return ""
    anchor = f"#{citation.anchor}" if citation.anchor and source_read.format == "html-page" else ""
    return f"{file_path.absolute().as_uri()}{anchor}"


def full_path(citation: Citation) -> Path | None:
    """Return the file that was read, if the archive's folder is known."""
    if citation.folder is None or citation.read is None:
        return None
    # An archive may be one file, which its records then name again.
    is_single_file = citation.folder.name == citation.read.path
    return citation.folder if is_single_file else citation.folder / citation.read.path


def path(citation: Citation) -> str:
    """Return the path of the file that was read; empty if no file was."""
    source_read = citation.read
    return str(full_path(citation) or (source_read.path if source_read else ""))


def hashtags(citation: Citation) -> str:
    """Return `#cablegate #09CASABLANCA27`, under which cables are discussed."""
    if repository(citation).printed:
        return f"#FRUS {citation.cable.reference_id}"
    return f"#cablegate #{citation.cable.reference_id}"


def share(citation: Citation) -> str:
    """Return the link and the hashtags on one line."""
    return f"{link(citation)} {hashtags(citation)}".strip()


_ID = pattern(r"frus(?P<first>\d{4})(?:-(?P<last>\d{2,4}))?(?P<rest>[A-Za-z0-9]*)/d(?P<number>\w+)")
_PART = pattern(
    r"ve(?P<electronic>\d+)|v(?P<volume>\d+)|p(?P<part>\d+)|mSupp(?P<fiche>)|Supp(?P<supplement>\d*)"
    r"|[Aa]pp(?P<appendix>\d*)|Ed(?P<edition>\d+)|(?P<name>[A-Z][A-Za-z]*?)(?=v\d|p\d|Supp|Ed\d|$)"
)
_NAMES = {
    "Guat": "Guatemala",
    "Intel": "The Intelligence Community",
    "IntelCom": "The Intelligence Community",
    "PubDip": "Public Diplomacy",
    "Paris": "The Paris Peace Conference",
}
_CAPITAL = pattern(r"(?<=[a-z])(?=[A-Z])")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"))
_ORDINALS = {"1": "1st", "2": "2nd", "3": "3rd"}


def printed_place(reference_id: str) -> str:
    """Return volume and document from an id such as `frus1955-57v17/d89`.

    Other ids are unchanged.
    """
    match = _ID.fullmatch(reference_id)
    if match is None:
        return reference_id
    first_label, last = match["first"], match["last"]
    years = f"{first_label}-{first_label[: 4 - len(last)]}{last}" if last else first_label
    return ", ".join(("FRUS", years, *_parts(match["rest"]), f"doc. {match['number'].lstrip('0')}"))


def _parts(rest: str) -> Iterator[str]:
    part_offset = 0
    while part_offset < len(rest):
        match = _PART.match(rest, part_offset)
        if match is None or match.end() == part_offset:
            yield rest[part_offset:]
            return
        yield _part(match)
        part_offset = match.end()


def _part(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    field_text = match[kind]
    words = {
        "electronic": f"vol. E-{field_text.lstrip('0')}",
        "volume": f"vol. {roman(int(field_text)) if field_text.isdigit() else ''}",
        "part": f"pt. {field_text.lstrip('0')}",
        "fiche": "microfiche supplement",
        "supplement": f"supp. {field_text.lstrip('0')}".rstrip(),
        "appendix": "appendix" if not field_text else f"app. {field_text}",
        "edition": f"{_ORDINALS.get(field_text, f'{field_text}th')} ed.",
        "name": _NAMES.get(field_text, _CAPITAL.sub(" ", field_text)),
    }
    return words[kind]


def roman(number: int) -> str:
    """Return a number below 400 in Roman numerals: `XVII`."""
    numeral = ""
    for value, sign in _ROMAN:
        sign_count, number = divmod(number, value)
        numeral += sign * sign_count
    return numeral + ("IV" if number == 4 else "I" * number)


_DOCUMENT = pattern(r"(19[0-9]{2})[A-Z]")
_PLUSD_LETTERS = {"1977": "c", "1978": "d", "1979": "e"}


def repository(citation: Citation) -> Repository:
    """Return the repository of the source read; WikiLeaks if no source is known."""
    from cable_tui.formats import named  # not wanted before the first cable is cited

    if citation.read is None:
        return CABLEGATE
    form = named(citation.read.format)
    return form.repository if form else UNKNOWN


def repository_line(citation: Citation) -> str:
    """Return the repository as a note names it, with series and document number."""
    archive = repository(citation)
    if archive.printed:
        return printed_place(citation.cable.reference_id)
    archive_number = f"{archive.numbered} {citation.cable.reference_id}" if archive.numbered else ""
    return ", ".join(filter(None, (archive.name, archive.series, archive_number)))


def plusd_name(reference_id: str) -> str:
    """Return the cable's name in PlusD: `09CASABLANCA27_a`, `1975DACCA00292_b`."""
    year = _DOCUMENT.match(reference_id)
    letter = _PLUSD_LETTERS.get(year[1], "b") if year else "a"
    return f"{reference_id}_{letter}"


_RANGE = pattern(r"\s*(?:par)?([\w./]{1,12})\s*[-–]\s*(?:par)?([\w./]{1,12})\s*")
_PLACE = pattern(r"(.*)[#¶]\s*+(?:par)?([^#¶]*)")


def cable_and_place(reference: str) -> tuple[str, str]:
    """Return the cable and the paragraph of `REF#N`, `REF ¶3–5` or a link.

    The paragraph may be empty.
    """
    match = _PLACE.fullmatch(reference.strip())
    if match is None:
        return reference.strip(), ""
    return match[1].removesuffix("¶").rstrip(), match[2].strip()


def places_at(cable: Cable, place: str) -> tuple[tuple[Paragraph, ...], tuple[Reference, ...]]:
    """Return the paragraphs, or the REF lines, of a text such as `3-5`. Raises `NotFoundError`.

    A range includes paragraphs without numbers.
    """
    if not place:
        return (), ()
    if (index := _index(cable, place)) is not None:
        return (cable.body.paragraphs[index],), ()
    lines = tuple(reference for reference in cable.references if _equal(reference.label, place))
    if lines:
        return (), lines
    if ends := _RANGE.fullmatch(place):
        first_index, last_index = (_index(cable, label) for label in ends.groups())
        if first_index is not None and last_index is not None and first_index <= last_index:
            return cable.body.paragraphs[first_index : last_index + 1], ()
    labels = [paragraph.label for paragraph in cable.body.paragraphs if paragraph.label]
    known_labels = f"its paragraphs are {labels[0]} to {labels[-1]}" if labels else "it has none"
    raise NotFoundError(f"{cable.reference_id} has no paragraph {place}: {known_labels}")


def _index(cable: Cable, label: str) -> int | None:
    paragraphs = enumerate(cable.body.paragraphs)
    return next((index for index, paragraph in paragraphs if _equal(paragraph.label, label)), None)


def _equal(label: str | None, wanted: str) -> bool:
    return label is not None and label.casefold() == wanted.casefold()


class RequestCount:
    """The protection requests of the cables that are taken out of an archive."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def add(self, cable: Cable) -> None:
        """Count the requests of a cable, once."""
        if cable.canonical_id not in self._found:
            from cable_tui.telegram.people.protection_words import asks  # most cables have none

            request_count = len(asks(cable.body.text))
            self.take(cable.canonical_id, cable.reference_id, request_count)

    def take(self, canonical_id: str, reference_id: str, number: int) -> None:
        """Take in a cable whose requests were counted."""
        self._found[canonical_id] = number
        self._names[canonical_id] = reference_id

    @property
    def cables(self) -> int:
        """The number of the cables."""
        return len(self._found)

    def in_words(self, lists: Callable[[str], str]) -> str:
        """Return their number and what lists them: `2 protection requests in 09RABAT7: ...`.

        `lists` gets the reference ID if there is one cable, else nothing, and returns nothing if
        no tool lists them. Empty without requests.
        """
        requests_by_cable = {name: number for name, number in self._found.items() if number}
        if not requests_by_cable:
            return ""
        first_name = self._names[next(iter(requests_by_cable))]
        which_cables = (
            first_name if len(requests_by_cable) == 1 else f"{len(requests_by_cable):,} cables"
        )
        requests = counted(sum(requests_by_cable.values()), "protection request")
        list_command = lists(first_name if len(self._found) == 1 else "")
        return f"{requests} in {which_cables}" + (f": {list_command}" if list_command else "")


def in_room(_: str) -> str:
    """Return what lists the requests of the cables in the room."""
    return shows_requests()[1]

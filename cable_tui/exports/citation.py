"""`Citation`: a cable or some of its paragraphs, with its name and where others can find it.

This is its repository, its web address, its file, or its location in a printed edition. The module
also reads the parts that a reader types, such as `3`, `3-5`, or `B` for a REF line.
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
    """The addresses that the reader has opened in the program, each with the day."""


class Note(Value):
    """A reader's note on a cable or paragraph."""

    text: str
    author: str = ""
    written: str = ""
    """The ISO day or time when the note was written, or an empty string if unknown."""
    place: str | None = None
    """The annotated part, if the note is listed with notes on other parts, such as `para. 3`, or an
    empty string for the whole cable. None means the part cited by the note's citation.
    """


class ListEntry(Value):
    """One of the reader's lists that contains a cable or paragraph."""

    name: str
    place: str | None = None
    """The listed part, in the same form as `Note.place`."""


class Citation(Value):
    """A cable, or a part of it, to be cited."""

    cable: Cable
    paragraphs: tuple[Paragraph, ...] = ()
    """The cited paragraphs in the order of the cable; empty for the whole cable."""
    link_template: str = "cablegate"
    """The same as `Settings.link`."""
    read_on: date | None = None
    """The day when its page was read, for bibliography items, or None to leave it out."""
    references: tuple[Reference, ...] = ()
    """The cited REF lines, cited by their letters if no paragraph is cited."""
    folder: Path | None = None
    """The archive's folder, or its only file; None leaves the path out."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """The same as `Settings.templates`: the user's own templates by style."""
    notes: tuple[Note, ...] = ()
    lists: tuple[ListEntry, ...] = ()
    """The reader's lists that contain the cited cable or paragraph."""
    part: Span | None = None
    """The quoted part of the body, if only a part of the paragraphs is quoted."""
    caution: str = ""
    """Another caution for the reader, in addition to `remark`; for example that the text has
    changed.
    """

    @property
    def numbered(self) -> tuple[Paragraph, ...]:
        """The numbered paragraphs that contain the cited ones, each once.

        A paragraph without a number belongs to the last numbered paragraph before it.
        """
        numbered_paragraphs: list[Paragraph] = []
        for paragraph in self.paragraphs:
            numbered_paragraph = _owner(self.cable, paragraph)
            if numbered_paragraph is not None and numbered_paragraph not in numbered_paragraphs:
                numbered_paragraphs.append(numbered_paragraph)
        return tuple(numbered_paragraphs)

    @property
    def places(self) -> str:
        """The labels of the cited paragraphs, such as `3`, `3–5` or `3, 7`; empty for a cable."""
        labels = [paragraph.label for paragraph in self.cable.body.paragraphs if paragraph.label]
        index_runs: list[list[int]] = []
        for paragraph in self.numbered:
            index = labels.index(paragraph.label or "")
            if index_runs and index_runs[-1][-1] == index - 1:
                index_runs[-1].append(index)
            else:
                index_runs.append([index])
        labels_of_runs = (
            [labels[index_run[0]]]
            if len(index_run) == 1
            else [labels[index_run[0]], labels[index_run[-1]]]
            for index_run in index_runs
        )
        return ", ".join("–".join(end_labels) for end_labels in labels_of_runs)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the cited REF lines, each once; empty if paragraphs are cited."""
        reference_labels = (reference.label for reference in self.references if reference.label)
        return () if self.paragraphs else tuple(dict.fromkeys(reference_labels))

    @property
    def paras(self) -> str:
        """The cited part in words, such as `para. 3`, `paras. 3–5` or `ref.

        B`; empty for a whole cable.
        """
        if self.letters:
            return f"ref{'s' if len(self.letters) > 1 else ''}. {', '.join(self.letters)}"
        plural_s = "s" if len(self.numbered) > 1 else ""
        return f"para{plural_s}. {self.places}" if self.places else ""

    @property
    def anchor(self) -> str:
        """The page anchor of the first cited part, such as `par3` or `parB`, or an empty string."""
        if self.letters:
            return f"par{self.letters[0]}"
        numbered_paragraphs = self.numbered
        return (numbered_paragraphs[0].anchor or "") if numbered_paragraphs else ""

    @property
    def read(self) -> Source | None:
        """The record that was read, or None if the cable has no record."""
        return next(iter(self.cable.sources), None)


def _owner(cable: Cable, paragraph: Paragraph) -> Paragraph | None:
    label_before = None
    for candidate in cable.body.paragraphs:
        label_before = candidate if candidate.label else label_before
        if candidate == paragraph:
            return label_before
    return paragraph if paragraph.label else None


def remark(citation: Citation) -> str:
    """Return a caution about the cited part in one sentence, or an empty string."""
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
    """Return all cautions about quoting the cited part, one sentence each.

    They report that a richer record exists, problems with the cited part, and the cable's serious
    warnings.
    """
    warnings = (warning.message for warning in citation.cable.warnings if warning.code in _GRAVE)
    part_cautions = (_other_record(citation), remark(citation), citation.caution)
    return tuple(
        filter(
            None, (*part_cautions, *(f"{message[0].upper()}{message[1:]}." for message in warnings))
        )
    )


def _other_record(citation: Citation) -> str:
    source = citation.read
    if source is None or source.number == 1:
        return ""
    count = len(citation.cable.sources)
    return f"These words are from version {source.number} of {count}: {clean_line(source.path)}."


def day(created: str) -> date | None:
    """Return the day in an ISO time as in `Facts`, or None if it contains no day."""
    try:
        return date.fromisoformat(created[:10])
    except ValueError:
        return None


def written_on(citation: Citation) -> date | None:
    """Return the day to cite; for an edition, the day in its dateline."""
    cable = citation.cable
    printed_day = day(cable.edition.day) if cable.edition else None
    return printed_day or day(cable.facts.created)


def author(citation: Citation) -> str:
    """Return the author of the cable; in an edition this may not be a U.S. office."""
    cable = citation.cable
    return cable.edition.sender if cable.edition else sender(cable.facts.origin)


def sender(origin: str) -> str:
    """Return an origin as notes name it: `U.S. Consulate Casablanca` for `Consulate Casablanca`."""
    origin = origin.removeprefix("** ").replace("Embasy ", "Embassy ")
    if origin.startswith("US "):
        return f"U.S. {origin[3:]}"
    first_word = origin.split(" ", 1)[0]
    national_words = {"Consulate", "Department", "Embassy", "Mission", "REO", "Secretary"}
    return f"U.S. {origin}" if first_word in national_words else origin


TEMPLATES = {
    "cablegate": "https://wikileaks.org/cable/{year}/{month}/{id}.html{anchor}",
    "plusd": "https://wikileaks.org/plusd/cables/{id}_a.html",
}
"""Address templates by their names in the settings. The name `file` represents the cable's own
file.
"""
_PLUSD = "https://wikileaks.org/plusd/cables/"


def link(citation: Citation) -> str:
    """Return the address of the cable's page, with an anchor for the cited part if it has one.

    Return an empty string if the template needs the month of an undated cable, or a file in an
    unknown folder. Cables from the 1970s were never on the Cablegate site, so their address is on
    PlusD.
    """
    link_template = citation.link_template
    if link_template == "file":
        return _file(citation)
    if link_template in TEMPLATES and (address := repository(citation).address):
        return address.format(id=citation.cable.reference_id)
    if link_template == "plusd" or (
        link_template == "cablegate" and not repository(citation).cablegate
    ):
        return f"{_PLUSD}{plusd_name(citation.cable.reference_id)}.html"
    link_template = TEMPLATES.get(link_template, link_template)
    created_on = day(citation.cable.facts.created)
    if created_on is None and ("{year}" in link_template or "{month}" in link_template):
        return ""
    return link_template.format(
        id=citation.cable.reference_id,
        year=f"{created_on.year:04}" if created_on else "",
        month=f"{created_on.month:02}" if created_on else "",
        anchor=f"#{citation.anchor}" if citation.anchor else "",
    )


def day_of_reading(citation: Citation, ways: Ways) -> date | None:
    """Return the access day: the reader's setting, or the day when the page was opened here."""
    page = link(citation).partition("#")[0]
    opened_on = {address.partition("#")[0]: read_on for address, read_on in ways.opened.items()}
    return ways.accessed or opened_on.get(page)


def _file(citation: Citation) -> str:
    file_path = full_path(citation)
    source_read = citation.read
    if file_path is None or source_read is None:
        return ""
    anchor_suffix = (
        f"#{citation.anchor}" if citation.anchor and source_read.format == "html-page" else ""
    )
    return f"{file_path.absolute().as_uri()}{anchor_suffix}"


def full_path(citation: Citation) -> Path | None:
    """Return the path of the file that was read, or None if the archive's folder is unknown."""
    if citation.folder is None or citation.read is None:
        return None
    # An archive may be one file, which its records then name again.
    is_single_file = citation.folder.name == citation.read.path
    return citation.folder if is_single_file else citation.folder / citation.read.path


def path(citation: Citation) -> str:
    """Return the path of the file that was read, or an empty string if there is none."""
    source_read = citation.read
    return str(full_path(citation) or (source_read.path if source_read else ""))


def hashtags(citation: Citation) -> str:
    """Return the hashtags under which cables are discussed, like `#cablegate #09CASABLANCA27`."""
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
    """Return volume and document for an ID such as `frus1955-57v17/d89`.

    Other IDs are returned unchanged.
    """
    id_match = _ID.fullmatch(reference_id)
    if id_match is None:
        return reference_id
    first_label, last_digits = id_match["first"], id_match["last"]
    year_range = (
        f"{first_label}-{first_label[: 4 - len(last_digits)]}{last_digits}"
        if last_digits
        else first_label
    )
    return ", ".join(
        ("FRUS", year_range, *_parts(id_match["rest"]), f"doc. {id_match['number'].lstrip('0')}")
    )


def _parts(volume_text: str) -> Iterator[str]:
    part_offset = 0
    while part_offset < len(volume_text):
        match = _PART.match(volume_text, part_offset)
        if match is None or match.end() == part_offset:
            yield volume_text[part_offset:]
            return
        yield _part(match)
        part_offset = match.end()


def _part(match: re.Match[str]) -> str:
    part_kind = match.lastgroup or ""
    field_text = match[part_kind]
    name_by_kind = {
        "electronic": f"vol. E-{field_text.lstrip('0')}",
        "volume": f"vol. {roman(int(field_text)) if field_text.isdigit() else ''}",
        "part": f"pt. {field_text.lstrip('0')}",
        "fiche": "microfiche supplement",
        "supplement": f"supp. {field_text.lstrip('0')}".rstrip(),
        "appendix": "appendix" if not field_text else f"app. {field_text}",
        "edition": f"{_ORDINALS.get(field_text, f'{field_text}th')} ed.",
        "name": _NAMES.get(field_text, _CAPITAL.sub(" ", field_text)),
    }
    return name_by_kind[part_kind]


def roman(number: int) -> str:
    """Return a number below 400 as a Roman numeral, such as `XVII`."""
    numeral = ""
    for numeral_value, numeral_sign in _ROMAN:
        repeat_count, number = divmod(number, numeral_value)
        numeral += numeral_sign * repeat_count
    return numeral + ("IV" if number == 4 else "I" * number)


_DOCUMENT = pattern(r"(19[0-9]{2})[A-Z]")
_PLUSD_LETTERS = {"1977": "c", "1978": "d", "1979": "e"}


def repository(citation: Citation) -> Repository:
    """Return the repository of the record that was read, or WikiLeaks if no record is known."""
    from cable_tui.formats import named  # not wanted before the first cable is cited

    if citation.read is None:
        return CABLEGATE
    source_format = named(citation.read.format)
    return source_format.repository if source_format else UNKNOWN


def repository_line(citation: Citation) -> str:
    """Return the repository as named in a note, with series and document number."""
    holder = repository(citation)
    if holder.printed:
        return printed_place(citation.cable.reference_id)
    archive_number = f"{holder.numbered} {citation.cable.reference_id}" if holder.numbered else ""
    return ", ".join(filter(None, (holder.name, holder.series, archive_number)))


def plusd_name(reference_id: str) -> str:
    """Return the cable's name in PlusD, such as `09CASABLANCA27_a` or `1975DACCA00292_b`."""
    year_match = _DOCUMENT.match(reference_id)
    plusd_letter = _PLUSD_LETTERS.get(year_match[1], "b") if year_match else "a"
    return f"{reference_id}_{plusd_letter}"


_RANGE = pattern(r"\s*(?:par)?([\w./]{1,12})\s*[-–]\s*(?:par)?([\w./]{1,12})\s*")
_PLACE = pattern(r"(.*)[#¶]\s*+(?:par)?([^#¶]*)")


def cable_and_place(reference: str) -> tuple[str, str]:
    """Return the cable and the paragraph in `REF#N`, `REF ¶3–5` or a link.

    The paragraph may be empty.
    """
    match = _PLACE.fullmatch(reference.strip())
    if match is None:
        return reference.strip(), ""
    return match[1].removesuffix("¶").rstrip(), match[2].strip()


def places_at(cable: Cable, place: str) -> tuple[tuple[Paragraph, ...], tuple[Reference, ...]]:
    """Return the paragraphs or REF lines in a text such as `3-5`. Raises `NotFoundError`.

    A range includes paragraphs without numbers.
    """
    if not place:
        return (), ()
    if (index := _index(cable, place)) is not None:
        return (cable.body.paragraphs[index],), ()
    reference_lines = tuple(
        reference for reference in cable.references if _equal(reference.label, place)
    )
    if reference_lines:
        return (), reference_lines
    if range_match := _RANGE.fullmatch(place):
        first_index, last_index = (_index(cable, label) for label in range_match.groups())
        if first_index is not None and last_index is not None and first_index <= last_index:
            return cable.body.paragraphs[first_index : last_index + 1], ()
    labels = [paragraph.label for paragraph in cable.body.paragraphs if paragraph.label]
    known_labels = f"its paragraphs are {labels[0]} to {labels[-1]}" if labels else "it has none"
    raise NotFoundError(f"{cable.reference_id} has no paragraph {place}: {known_labels}")


def _index(cable: Cable, label: str) -> int | None:
    paragraphs = enumerate(cable.body.paragraphs)
    return next((index for index, paragraph in paragraphs if _equal(paragraph.label, label)), None)


def _equal(label: str | None, wanted_label: str) -> bool:
    return label is not None and label.casefold() == wanted_label.casefold()


class RequestCount:
    """The protection requests in the cables that are exported."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def add(self, cable: Cable) -> None:
        """Count the requests in a cable, unless it was counted before."""
        if cable.canonical_id not in self._found:
            from cable_tui.telegram.people.protection_words import asks  # most cables have none

            request_count = len(asks(cable.body.text))
            self.take(cable.canonical_id, cable.reference_id, request_count)

    def take(self, canonical_id: str, reference_id: str, number: int) -> None:
        """Add a cable whose requests are already counted."""
        self._found[canonical_id] = number
        self._names[canonical_id] = reference_id

    @property
    def cables(self) -> int:
        """The number of cables added so far."""
        return len(self._found)

    def in_words(self, lists: Callable[[str], str]) -> str:
        """Return a phrase such as `2 protection requests in 09RABAT7: ...`, with how to list them.

        `lists` is called with the reference ID if there is only one cable, else with an empty
        string. It returns an empty string if no tool lists requests. Without requests, the result
        is empty.
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
    """Return the phrase that says what lists the protection requests in the reading room."""
    return shows_requests()[1]

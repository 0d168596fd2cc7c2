"""Find the part of a citation that is certainly wrong: its date, post, serial number or paragraph.

A correction is made only from a quotation that matches one cable in the archive word for word and
is directly before the citation. If more than one part would have to change, no change is certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from cable_tui.base.cable import Cable
from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import TextBlock
from cable_tui.telegram.ids import split
from cable_tui.telegram.times import MONTHS, group
from cable_tui.tools.drafts.attribution import Attributed, Read
from cable_tui.tools.drafts.citations import Cited
from cable_tui.tools.drafts.comparing import number_of
from cable_tui.tools.drafts.stated import Stated, differences, stated
from cable_tui.tools.repair.changes import ChangeKind, Edit
from cable_tui.tools.repair.quoted_words import Unsure

_DIRECTLY = pattern(r"['\"”’»›\s.,;:!?]{0,8}(?:[(\[—–-]{1,2}[^“”\"«»()\[\]]{0,160})?$")
"""The text that may separate a quotation from its own citation."""
_LABEL = pattern(
    r"(?:[¶§]{1,2}|\#par|\#|\bparas?\b\.?|\bpar\.|\bparagraphs?)\s{0,3}(?P<label>[0-9]{1,3}[a-z]?)"
    r"(?![0-9a-z]|\s?[-–,&]\s?[0-9])"
)
_AROUND = 320
_LABEL_NEAR = 160
_OFFICE = pattern(r"(?:Embassy|Consulate|Mission|Consulate General) $")
_ORIGIN = pattern(
    r"(?P<office>Embassy|Consulate General|Consulate|Mission) (?P<city>[A-Z][\w .'-]+)$"
)
_MONTH = pattern(r"[A-Z][a-z]{2,8}")
_FULL_MONTHS = {number: date(2000, number, 1).strftime("%B") for number in range(1, 13)}


class CitedPlace(NamedTuple):
    """A citation and the block that contains it."""

    block: int
    cited: Cited


class CitedChange(NamedTuple):
    """A change to one part of a citation."""

    kind: ChangeKind
    edit: Edit


def own_citation(attributed: Attributed, read: Read) -> CitedPlace | None:
    """Return the citation directly after a quotation or in its note, or None."""
    if len(attributed.cited) != 1 or attributed.cited[0].is_ibid:
        return None
    blocks = read.draft.blocks
    last = attributed.quotation.pieces[-1]
    text = blocks[last.block].text
    notes = {
        reference.note
        for reference in blocks[last.block].note_references
        if _DIRECTLY.match(text[last.end : reference.at]) and reference.at >= last.end
    }
    places = [
        CitedPlace(block, cited)
        for block, cited in read.citations
        if cited is attributed.cited[0] and _is_own(block, cited, attributed, blocks, notes)
    ]
    if len(places) != 1:
        return None
    in_block = [cited for block, cited in read.citations if block == places[0].block]
    is_only_one = len(in_block) == 1 or not blocks[places[0].block].note
    return places[0] if is_only_one else None


def _is_own(
    block: int, cited: Cited, attributed: Attributed, blocks: Sequence[TextBlock], notes: set[str]
) -> bool:
    last = attributed.quotation.pieces[-1]
    if block == last.block:
        return cited.start >= last.end and bool(
            _DIRECTLY.match(blocks[block].text[last.end : cited.start])
        )
    if blocks[block].note:
        return blocks[block].note in notes
    return attributed.quotation.is_apart and block == last.block + 1


def other_paragraph(place: CitedPlace, block: TextBlock, label: str) -> CitedChange:
    """Return the change to a cited paragraph. Raises `Unsure`."""
    cited = place.cited
    if len(cited.labels) != 1 or cited.linked or number_of(label) != label:
        raise Unsure("more than one paragraph may be meant")
    behind = _LABEL.search(block.text, cited.end, cited.end + _LABEL_NEAR)
    if behind is None or behind["label"] != cited.labels[0]:
        raise Unsure("the position of its paragraph is unclear")
    return CitedChange("paragraph", Edit(place.block, *behind.span("label"), label))


def other_cable(place: CitedPlace, block: TextBlock, cable: Cable) -> CitedChange:
    """Return the change of an ID's post or serial number to match the cable. Raises `Unsure`."""
    cited = place.cited
    here = split(cable.canonical_id)
    named = split(cited.ids[0]) if cited.ids else None
    if here is None or named is None or cited.linked_ids or cited.start == cited.end:
        raise Unsure("the citation has a different form from the cable's ID")
    if list(differences(stated(block.text, cited.start, cited.end), cable)):
        raise Unsure("other parts of the citation do not fit the cable either")
    kinds: list[tuple[ChangeKind, str, str]] = [
        ("post", named.station, here.station),
        ("serial number", str(named.serial), str(here.serial)),
    ]
    differing = [each for each in kinds if each[1] != each[2]]
    if named.year != here.year or len(differing) != 1:
        raise Unsure("more than one part of the citation would have to change")
    kind, old, new = differing[0]
    form = rf"0*{old}(?!\d)" if kind == "serial number" else re.escape(old)
    places = [*re.finditer(form, block.text[cited.start : cited.end])]
    if len(places) != 1:
        raise Unsure("the citation has a different form from the cable's ID")
    start, end = (cited.start + offset for offset in places[0].span())
    has_zeros = block.text[start] == "0" and kind == "serial number"
    new = new.zfill(end - start) if has_zeros else new
    return CitedChange(kind, Edit(place.block, start, end, new))


def other_fact(place: CitedPlace, block: TextBlock, cable: Cable) -> CitedChange:
    """Return the change to the date or the sender of a citation. Raises `Unsure`."""
    cited = place.cited
    statement = stated(block.text, cited.start, cited.end)
    if len(list(differences(statement, cable))) != 1:
        raise Unsure("more than one part of the citation differs")
    if list(differences(Stated(day=statement.day, numbers=statement.numbers), cable)):
        start, end = _found(block.text, statement.day, cited)
        return CitedChange("date", Edit(place.block, start, end, _day(statement, cable)))
    if not list(differences(Stated(sender=statement.sender), cable)):
        raise Unsure("only a date, a post, a number or a paragraph can be repaired")
    origin = _ORIGIN.match(cable.facts.origin)
    start, end = _found(block.text, statement.sender, cited)
    office = _OFFICE.search(block.text[:start])
    if origin is None:
        raise Unsure("the name of the cable's sender is unknown")
    if office is None or office[0].strip() == origin["office"]:
        return CitedChange("post", Edit(place.block, start, end, origin["city"]))
    return CitedChange("post", Edit(place.block, office.start(), end, cable.facts.origin))


def _found(text: str, words: str, cited: Cited) -> tuple[int, int]:
    """Return the position of a stated fact near its citation. Raises `Unsure`."""
    begin, stop = max(cited.start - _AROUND, 0), cited.end + _AROUND
    places = [match.span() for match in re.finditer(re.escape(words), text[begin:stop])]
    places = [(begin + start, begin + end) for start, end in places]
    places = [span for span in places if span[1] <= cited.start or span[0] >= cited.end]
    if not places:
        raise Unsure("the position of the fact is unclear")
    return min(places, key=lambda span: max(cited.start - span[1], span[0] - cited.end))


def _day(statement: Stated, cable: Cable) -> str:
    """Return the cable's date in the format that the draft uses. Raises `Unsure`."""
    days = set()
    with suppress(ValueError):
        days.add(date.fromisoformat(cable.facts.created[:10]))
    if header_group := group(cable.header.text):
        days.add(header_group.day)
    if len(days) != 1:
        raise Unsure("the date of the cable is uncertain")
    right, old = days.pop(), statement.day
    if re.fullmatch(r"\d{4}-\d\d-\d\d", old):
        return right.isoformat()
    if "." in old and re.fullmatch(r"[\d. ]+", old):
        zeros = "02" if re.match(r"0\d", old) else ""
        space = " " if ". " in old else ""
        return f"{right.day:{zeros}}.{space}{right.month:{zeros}}.{space}{right.year}"
    if re.search(r"\d(?:st|nd|rd|th)\b", old):
        raise Unsure("the day is written with an ordinal ending")
    month = _MONTH.search(old)
    if month is None or month[0][:3].upper() not in MONTHS:
        raise Unsure("the format of the date is unknown")
    name = _FULL_MONTHS[right.month]
    if month[0] not in _FULL_MONTHS.values() or (month[0] == "May" and "." in old):
        name = name[:3]
    made = old.replace(month[0], name, 1)
    made = re.sub(r"\b\d{4}\b", str(right.year), made, count=1)
    return re.sub(r"(?<!\d)\d{1,2}(?!\d)", str(right.day), made, count=1)

"""Facts that a draft states next to a citation, compared with the cable.

`Embassy Rabat to State, 09TUNIS399, 23 June 2009, SECRET`: a sender, an addressee, a day and a
classification. Only what is part of the citation is read, not the sentence around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from cable_tui.base.cable import Cable
from cable_tui.base.pattern import pattern
from cable_tui.telegram.header import is_collective
from cable_tui.telegram.ids import split
from cable_tui.telegram.times import MONTHS, group
from cable_tui.tools.drafts.citations import station

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = (
    rf"(?P<date>(?P<iso>\d{{4}}-\d\d-\d\d)\b|(?P<points>\d{{1,2}}\.[ ]?\d{{1,2}}\.[ ]?\d{{4}})\b"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[ ])?(?P<month>{_MONTH}),?[ ]"
    r"(?:(?P<behind>\d{1,2})(?:st|nd|rd|th)?,?[ ])?(?P<year>\d{4})\b)"
)
_OFFICE = (
    r"(?:(?:the[ ])?(?:(?:U\.?[ ]?S\.?|American)[ ])?(?:[Ee]mbassy|[Cc]onsulate(?:[ ][Gg]eneral)?"
    r"|[Mm]ission|Interests[ ]Section|Liaison[ ]Office)[ ](?:(?:in|at|to)[ ])?)"
)
_WORD = r"[A-Z][\w.'’-]{0,24}"
_NAME = rf"{_WORD}(?:[ ](?:de|do|of|la|{_WORD})){{0,3}}?"
_TITLE = r"(?:[“\"][^“”\"\n]{1,200}[”\"],?[ ])"
_BEFORE = pattern(
    rf"(?:(?P<office>{_OFFICE})(?P<sender>{_NAME})|(?P<bare>{_NAME})(?=[ ]to[ ]))"
    rf"(?:[ ]to[ ]{_OFFICE}?(?:the[ ])?(?P<to>{_NAME}))?(?:[,:][ ]|[ ]){_TITLE}?"
    rf"(?:(?:dated[ ])?{_DATE},?[ ])?(?:(?:[Dd]iplomatic[ ])?(?:[Cc]able|[Tt]el(?:egram|\.)?)[ ])?"
    r"(?:(?:[Nn]o\.?|[Nn]umber)[ ])?$"
)
_DAY_BEFORE = pattern(
    rf"(?:^|[(\[;—–])[ ]?{_DATE},?[ ](?:(?:[Cc]able|[Tt]el(?:egram|\.)?)[ ])?(?:[Nn]o\.?[ ])?$"
)
_BEHIND = pattern(
    r"(?:,?[ ]?(?:[¶§#]{1,2}|par(?:a(?:graph)?s?)?\b\.?)[ ]?[0-9][0-9a-z,–& -]{0,20}?)?\]?"
    rf"(?:\([^()\s]{{1,300}}\))?(?:[ ]to[ ]{_OFFICE}?(?:the[ ])?(?P<to>{_NAME})(?=[,.;)]|$))?"
    r"(?:,?[ ][“\"][^“”\"\n]{1,200}[”\"],?)?(?:,[ ][A-Z][A-Z /]{3,40}(?=,))?"
    rf"(?:,?[ ]\(?(?P<office>{_OFFICE})(?P<sender>{_NAME})(?=[,.;)]|$))?"
    rf"(?:(?:,[ ]|[ ]\(|[ ])(?:dated[ ]|of[ ]|from[ ])?{_DATE})?"
)
_OPENS = pattern(r"(?:^|[(\[;.:—–]|\b(?:[Ss]ee|[Ss]ee[ ]also|[Cc]f\.?|[Ss]ource|[Ff]rom))\s{0,3}$")
"""The words before a citation that names a sender and no addressee."""
_AN_OFFICE = pattern(_OFFICE)
_LEVELS = (
    r"TOP[ ]SECRET|SECRET|CONFIDENTIAL|RESTRICTED|LIMITED[ ]OFFICIAL[ ]USE|OFFICIAL[ ]USE[ ]ONLY"
    r"|UNCLAS(?:SIFIED)?"
)
_CLASS = pattern(
    rf"(?:classified[ ])?(?P<level>{_LEVELS})(?:[ ]?/{{0,2}}[ ]?(?P<noforn>NOFORN|NF)"
    r"|[ ]?/{0,2}[ ]?(?:FOUO|FOR[ ]OFFICIAL[ ]USE[ ]ONLY))?\.?",
    re.IGNORECASE,
)
"""A classification that is a part of a citation by itself, between commas or brackets."""
_CLASS_BEFORE = pattern(rf"\b(?:{_LEVELS})(?://?(?:NOFORN|NF|FOUO))?(?=[ ](?:cable|telegram)[ ]$)")
"""Only in capitals: a `secret cable` may be any."""
_PARTS = pattern(r"[,()\[\]—–]")
_ENDS = pattern(r";|(?:(?<=[\w)])|^)[.](?=[ ]|$)|[0-9]{2}[A-Z]{3,24}[0-9]{1,7}")
"""The end of the parts of a citation: a stop, or the next cable."""
_TITLES = pattern(r"[“\"][^“”\"\n]{1,200}[”\"]")
_STATE = frozenset(
    "STATE SECRETARYOFSTATE DEPARTMENTOFSTATE STATEDEPARTMENT WASHINGTON DEPARTMENT".split()
)
_AROUND = 320


class Stated(NamedTuple):
    """Facts stated about a cable, each in its spelling; empty if not stated."""

    sender: str = ""
    recipient: str = ""
    day: str = ""
    numbers: tuple[int, int, int] = (0, 0, 0)
    """Its year, month and day; 0 for a missing day."""
    classification: str = ""


NOTHING = Stated()


def stated(text: str, start: int, end: int) -> Stated:
    """Return the facts that a text states about the cable that it cites from `start` to `end`."""
    text = text.replace("\n", " ")
    before = text[max(start - _AROUND, 0) : start]
    said = _BEFORE.search(before)
    if said and not said["to"] and not _OPENS.search(before[: said.start()]):
        said = None
    behind = _BEHIND.match(text[end : end + _AROUND])
    found = [each for each in (said, behind) if each]
    senders = [each["sender"] for each in found]
    senders += [said["bare"]] if said else []
    dated = next((each for each in found if each["date"]), _DAY_BEFORE.search(before))
    return Stated(
        next(filter(None, senders), ""),
        next((each["to"] for each in found if each["to"]), ""),
        dated["date"] if dated else "",
        _numbers(dated) if dated else (0, 0, 0),
        _classification(before, text[end : end + _AROUND]),
    )


def _classification(before: str, behind: str) -> str:
    """Return the classification among the parts of a citation; empty without one."""
    if said := _CLASS_BEFORE.search(before):
        return said[0]
    begins = max((each.end() for each in _ENDS.finditer(before)), default=0)
    begins = max(begins, before.rfind("(") + 1, before.rfind("[") + 1)
    behind = _TITLES.sub(",", behind)
    stop = _ENDS.search(behind)
    parts = _PARTS.split(behind[: stop.start()] if stop else behind)
    parts += _PARTS.split(_TITLES.sub(",", before[begins:]))
    return next((each.strip(" .") for each in parts if _CLASS.fullmatch(each.strip(" ."))), "")


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        return year, month, day
    if found["points"]:
        day, month, year = map(int, found["points"].split("."))
        return year, month, day
    month = MONTHS[found["month"][:3].upper()]
    return int(found["year"]), month, int(found["day"] or found["behind"] or 0)


def differences(said: Stated, cable: Cable) -> Iterator[str]:
    """Yield the differences from the cable, a sentence each."""
    if said.day and (days := list(_days_of(cable))):
        year, month, day = said.numbers
        if all(
            (year, month, day or each.day) != (each.year, each.month, each.day) for each in days
        ):
            yield f"it is of {days[0].day} {days[0]:%B} {days[0].year}, not of {said.day}"
    if said.classification and _is_otherwise(said.classification, cable.facts.classification):
        yield f"it is {cable.facts.classification}, not {said.classification}"
    parts = split(cable.canonical_id)
    sender = _code(said.sender)
    city = _AN_OFFICE.sub("", cable.facts.origin, count=1)
    if parts and sender and sender not in (parts.station, _code(city)):
        yield f"it is from {cable.facts.origin or parts.station}, not from {said.sender}"
    recipient = _code(said.recipient)
    if recipient and _is_unsent(cable, recipient):
        yield f"it was not sent to {said.recipient}"


def _is_otherwise(said: str, filed: str) -> bool:
    """Return whether a cable has another classification; one without NOFORN may lack it."""
    one, other = _CLASS.fullmatch(said), _CLASS.fullmatch(filed)
    if one is None or other is None:
        return False
    levels = [each["level"].upper().removesuffix("SIFIED") for each in (one, other)]
    return levels[0] != levels[1] or bool(one["noforn"] and not other["noforn"])


def _is_unsent(cable: Cable, code: str) -> bool:
    """Return whether the header's addressees exclude this post, also as part of a collective."""
    sent = [*cable.header.to, *cable.header.info]
    if code != "STATE" and any(is_collective(each.name) for each in sent):
        return False
    named = [_letters(each.name) for each in sent]
    return any(named) and not any(code in each for each in named)


def _days_of(cable: Cable) -> Iterator[date]:
    """Yield the possible days: in the catalogue, in the header, and as printed."""
    sent = group(cable.header.text)
    texts = [cable.facts.created[:10], sent.day.isoformat() if sent else ""]
    texts += [cable.edition.day] if cable.edition else []
    for each in texts:
        with suppress(ValueError):
            yield date.fromisoformat(each)


def _code(name: str) -> str:
    """Return the code of a post from its spelling; empty if it is unknown."""
    letters = _letters(name)
    return "STATE" if letters in _STATE else station(name) or ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).upper()

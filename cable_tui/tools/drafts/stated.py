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
    text_before = text[max(start - _AROUND, 0) : start]
    facts_before = _BEFORE.search(text_before)
    if (
        facts_before
        and not facts_before["to"]
        and not _OPENS.search(text_before[: facts_before.start()])
    ):
        facts_before = None
    facts_after = _BEHIND.match(text[end : end + _AROUND])
    fact_matches = [match for match in (facts_before, facts_after) if match]
    senders = [match["sender"] for match in fact_matches]
    senders += [facts_before["bare"]] if facts_before else []
    date_match = next(
        (match for match in fact_matches if match["date"]), _DAY_BEFORE.search(text_before)
    )
    return Stated(
        next(filter(None, senders), ""),
        next((match["to"] for match in fact_matches if match["to"]), ""),
        date_match["date"] if date_match else "",
        _numbers(date_match) if date_match else (0, 0, 0),
        _classification(text_before, text[end : end + _AROUND]),
    )


def _classification(before: str, text_after: str) -> str:
    """Return the classification among the parts of a citation; empty without one."""
    if match := _CLASS_BEFORE.search(before):
        return match[0]
    begins = max((match.end() for match in _ENDS.finditer(before)), default=0)
    begins = max(begins, before.rfind("(") + 1, before.rfind("[") + 1)
    text_after = _TITLES.sub(",", text_after)
    end_of_class = _ENDS.search(text_after)
    parts = _PARTS.split(text_after[: end_of_class.start()] if end_of_class else text_after)
    parts += _PARTS.split(_TITLES.sub(",", before[begins:]))
    return next((part.strip(" .") for part in parts if _CLASS.fullmatch(part.strip(" ."))), "")


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return year, month, day
    if match["points"]:
        day, month, year = map(int, match["points"].split("."))
        return year, month, day
    month = MONTHS[match["month"][:3].upper()]
    return int(match["year"]), month, int(match["day"] or match["behind"] or 0)


def differences(statement: Stated, cable: Cable) -> Iterator[str]:
    """Yield the differences from the cable, a sentence each."""
    if statement.day and (days := list(_days_of(cable))):
        year, month, day = statement.numbers
        if all(
            (year, month, day or known_day.day) != (known_day.year, known_day.month, known_day.day)
            for known_day in days
        ):
            yield f"it is of {days[0].day} {days[0]:%B} {days[0].year}, not of {statement.day}"
    if statement.classification and _is_otherwise(
        statement.classification, cable.facts.classification
    ):
        yield f"it is {cable.facts.classification}, not {statement.classification}"
    parts = split(cable.canonical_id)
    sender = _code(statement.sender)
    city = _AN_OFFICE.sub("", cable.facts.origin, count=1)
    if parts and sender and sender not in (parts.station, _code(city)):
        yield f"it is from {cable.facts.origin or parts.station}, not from {statement.sender}"
    recipient = _code(statement.recipient)
    if recipient and _is_unsent(cable, recipient):
        yield f"it was not sent to {statement.recipient}"


def _is_otherwise(text: str, filed: str) -> bool:
    """Return whether a cable has another classification; one without NOFORN may lack it."""
    stated_class, filed_class = _CLASS.fullmatch(text), _CLASS.fullmatch(filed)
    if stated_class is None or filed_class is None:
        return False
    levels = [
        match["level"].upper().removesuffix("SIFIED") for match in (stated_class, filed_class)
    ]
    return levels[0] != levels[1] or bool(stated_class["noforn"] and not filed_class["noforn"])


def _is_unsent(cable: Cable, code: str) -> bool:
    """Return whether the header's addressees exclude this post, also as part of a collective."""
    addressees = [*cable.header.to, *cable.header.info]
    if code != "STATE" and any(is_collective(addressee.name) for addressee in addressees):
        return False
    addressee_names = [_letters(addressee.name) for addressee in addressees]
    return any(addressee_names) and not any(code in name for name in addressee_names)


def _days_of(cable: Cable) -> Iterator[date]:
    """Yield the possible days: in the catalogue, in the header, and as printed."""
    date_time_group = group(cable.header.text)
    texts = [cable.facts.created[:10], date_time_group.day.isoformat() if date_time_group else ""]
    texts += [cable.edition.day] if cable.edition else []
    for text in texts:
        with suppress(ValueError):
            yield date.fromisoformat(text)


def _code(name: str) -> str:
    """Return the code of a post from its spelling; empty if it is unknown."""
    letters_of_name = _letters(name)
    return "STATE" if letters_of_name in _STATE else station(name) or ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).upper()

"""Facts that a draft states next to a citation, compared with the cable.

For example, `Embassy Rabat to State, 09TUNIS399, 23 June 2009, SECRET` states a sender, an
addressee, a date and a classification. Only text that is part of the citation is analyzed, not the
sentence around it.
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
"""A pattern for the text before a citation that names a sender but no addressee."""
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
"""A pattern for a classification that is a separate part of a citation, between commas or brackets.
"""
_CLASS_BEFORE = pattern(rf"\b(?:{_LEVELS})(?://?(?:NOFORN|NF|FOUO))?(?=[ ](?:cable|telegram)[ ]$)")
"""A pattern for a classification in capitals only, because `a secret cable` may be any cable."""
_PARTS = pattern(r"[,()\[\]—–]")
_ENDS = pattern(r";|(?:(?<=[\w)])|^)[.](?=[ ]|$)|[0-9]{2}[A-Z]{3,24}[0-9]{1,7}")
"""A pattern for the end of a citation: a period, or the next cable."""
_TITLES = pattern(r"[“\"][^“”\"\n]{1,200}[”\"]")
_STATE = frozenset(
    "STATE SECRETARYOFSTATE DEPARTMENTOFSTATE STATEDEPARTMENT WASHINGTON DEPARTMENT".split()
)
_AROUND = 320


class Stated(NamedTuple):
    """The facts stated about a cable, each as spelled in the draft, or empty if not stated."""

    sender: str = ""
    recipient: str = ""
    day: str = ""
    numbers: tuple[int, int, int] = (0, 0, 0)
    """The year, month and day of the stated date; 0 for a missing day."""
    classification: str = ""


NOTHING = Stated()


def stated(text: str, start: int, end: int) -> Stated:
    """Return the facts stated about the cable that is cited between `start` and `end` of a text."""
    text = text.replace("\n", " ")
    text_before = text[max(start - _AROUND, 0) : start]
    before = _BEFORE.search(text_before)
    if before and not before["to"] and not _OPENS.search(text_before[: before.start()]):
        before = None
    behind = _BEHIND.match(text[end : end + _AROUND])
    matches = [match for match in (before, behind) if match]
    senders = [match["sender"] for match in matches]
    senders += [before["bare"]] if before else []
    dated = next((match for match in matches if match["date"]), _DAY_BEFORE.search(text_before))
    return Stated(
        next(filter(None, senders), ""),
        next((match["to"] for match in matches if match["to"]), ""),
        dated["date"] if dated else "",
        _numbers(dated) if dated else (0, 0, 0),
        _classification(text_before, text[end : end + _AROUND]),
    )


def _classification(text_before: str, behind: str) -> str:
    """Return the classification among the parts of a citation, or an empty string."""
    if match := _CLASS_BEFORE.search(text_before):
        return match[0]
    begin = max((match.end() for match in _ENDS.finditer(text_before)), default=0)
    begin = max(begin, text_before.rfind("(") + 1, text_before.rfind("[") + 1)
    behind = _TITLES.sub(",", behind)
    end = _ENDS.search(behind)
    parts = _PARTS.split(behind[: end.start()] if end else behind)
    parts += _PARTS.split(_TITLES.sub(",", text_before[begin:]))
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
    """Yield a sentence for each difference between the stated facts and the cable."""
    if statement.day and (days := list(_days_of(cable))):
        year, month, day = statement.numbers
        if all(
            (year, month, day or known.day) != (known.year, known.month, known.day)
            for known in days
        ):
            first = days[0]
            cable_day = f"{first.day} {first:%B} {first.year}"
            yield f"it is dated {cable_day}, not {statement.day}"
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
    """Return whether a cable has another classification; `text` may omit NOFORN."""
    ours, theirs = _CLASS.fullmatch(text), _CLASS.fullmatch(filed)
    if ours is None or theirs is None:
        return False
    levels = [match["level"].upper().removesuffix("SIFIED") for match in (ours, theirs)]
    return levels[0] != levels[1] or bool(ours["noforn"] and not theirs["noforn"])


def _is_unsent(cable: Cable, post: str) -> bool:
    """Return whether the addressees in a header exclude a post, even as part of a collective."""
    addressees = [*cable.header.to, *cable.header.info]
    if post != "STATE" and any(is_collective(addressee.name) for addressee in addressees):
        return False
    names = [_letters(addressee.name) for addressee in addressees]
    return any(names) and not any(post in name for name in names)


def _days_of(cable: Cable) -> Iterator[date]:
    """Yield the possible dates of a cable: from the catalogue, the header and the edition."""
    filed = group(cable.header.text)
    texts = [cable.facts.created[:10], filed.day.isoformat() if filed else ""]
    texts += [cable.edition.day] if cable.edition else []
    for text in texts:
        with suppress(ValueError):
            yield date.fromisoformat(text)


def _code(name: str) -> str:
    """Return the code of a post from its spelled name, or an empty string if it is unknown."""
    letters = _letters(name)
    return "STATE" if letters in _STATE else station(name) or ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).upper()

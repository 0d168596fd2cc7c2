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
"""A pattern for the text before a citation that mentions a sender but no addressee."""
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
    facts_before = _BEFORE.search(text_before)
    if (
        facts_before
        and not facts_before["to"]
        and not _OPENS.search(text_before[: facts_before.start()])
    ):
        facts_before = None
    facts_after = _BEHIND.match(text[end : end + _AROUND])
    fact_matches = [match for match in (facts_before, facts_after) if match]
    sender_names = [match["sender"] for match in fact_matches]
    sender_names += [facts_before["bare"]] if facts_before else []
    date_match = next(
        (match for match in fact_matches if match["date"]), _DAY_BEFORE.search(text_before)
    )
    return Stated(
        next(filter(None, sender_names), ""),
        next((match["to"] for match in fact_matches if match["to"]), ""),
        date_match["date"] if date_match else "",
        _numbers(date_match) if date_match else (0, 0, 0),
        _classification(text_before, text[end : end + _AROUND]),
    )


def _classification(text_before: str, text_after: str) -> str:
    """Return the classification among the parts of a citation, or an empty string."""
    if match := _CLASS_BEFORE.search(text_before):
        return match[0]
    citation_start = max((match.end() for match in _ENDS.finditer(text_before)), default=0)
    citation_start = max(citation_start, text_before.rfind("(") + 1, text_before.rfind("[") + 1)
    text_after = _TITLES.sub(",", text_after)
    end_of_class = _ENDS.search(text_after)
    citation_parts = _PARTS.split(
        text_after[: end_of_class.start()] if end_of_class else text_after
    )
    citation_parts += _PARTS.split(_TITLES.sub(",", text_before[citation_start:]))
    return next(
        (
            citation_part.strip(" .")
            for citation_part in citation_parts
            if _CLASS.fullmatch(citation_part.strip(" ."))
        ),
        "",
    )


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
    if statement.day and (known_days := list(_days_of(cable))):
        year, month, day = statement.numbers
        if all(
            (year, month, day or known_day.day) != (known_day.year, known_day.month, known_day.day)
            for known_day in known_days
        ):
            first_day = known_days[0]
            cable_day = f"{first_day.day} {first_day:%B} {first_day.year}"
            yield f"it is dated {cable_day}, not {statement.day}"
    if statement.classification and _is_otherwise(
        statement.classification, cable.facts.classification
    ):
        yield f"it is {cable.facts.classification}, not {statement.classification}"
    id_parts = split(cable.canonical_id)
    sender_code = _code(statement.sender)
    city = _AN_OFFICE.sub("", cable.facts.origin, count=1)
    if id_parts and sender_code and sender_code not in (id_parts.station, _code(city)):
        yield f"it is from {cable.facts.origin or id_parts.station}, not from {statement.sender}"
    recipient_code = _code(statement.recipient)
    if recipient_code and _is_unsent(cable, recipient_code):
        yield f"it was not sent to {statement.recipient}"


def _is_otherwise(stated_text: str, filed_text: str) -> bool:
    """Return whether a cable has another classification; `stated_text` may omit NOFORN."""
    stated_class, filed_class = _CLASS.fullmatch(stated_text), _CLASS.fullmatch(filed_text)
    if stated_class is None or filed_class is None:
        return False
    level_names = [
        match["level"].upper().removesuffix("SIFIED") for match in (stated_class, filed_class)
    ]
    return level_names[0] != level_names[1] or bool(
        stated_class["noforn"] and not filed_class["noforn"]
    )


def _is_unsent(cable: Cable, post_code: str) -> bool:
    """Return whether the addressees in a header exclude a post, even as part of a collective."""
    addressees = [*cable.header.to, *cable.header.info]
    if post_code != "STATE" and any(is_collective(addressee.name) for addressee in addressees):
        return False
    addressee_names = [_letters(addressee.name) for addressee in addressees]
    return any(addressee_names) and not any(
        post_code in addressee_name for addressee_name in addressee_names
    )


def _days_of(cable: Cable) -> Iterator[date]:
    """Yield the possible dates of a cable: from the catalogue, the header and the edition."""
    date_time_group = group(cable.header.text)
    date_texts = [
        cable.facts.created[:10],
        date_time_group.day.isoformat() if date_time_group else "",
    ]
    date_texts += [cable.edition.day] if cable.edition else []
    for date_text in date_texts:
        with suppress(ValueError):
            yield date.fromisoformat(date_text)


def _code(name: str) -> str:
    """Return the code of a post from its spelled name, or an empty string if it is unknown."""
    letters_of_name = _letters(name)
    return "STATE" if letters_of_name in _STATE else station(name) or ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).upper()

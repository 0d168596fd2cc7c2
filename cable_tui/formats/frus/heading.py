"""The head of a document, above its text: sender, addressees, type and classification."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cable_tui.base.cable import EDITORIAL_NOTE
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.formats.frus.markup import END, FROM, NAME, TO, bare, without_sides

_KIND = pattern(
    r"\b(?P<telegram>(?:(?:circular|radio)[ -])?tele(?:gram|graphic|graph)s?|cable(?:gram)?s?)\b"
    r"|\b(?P<airgram>(?:circular[ -])?airgrams?)\b|\b(?P<circular>circulars?)\b"
    r"|\b(?P<despatch>d[ei]spatch(?:es)?)\b",
    re.IGNORECASE,
)
_EDITORIAL = pattern(r"Editorial Note", re.IGNORECASE)
_NUMBER = pattern(r"(?:(?:No|Doc(?:ument)?)\.? ?)?\[?(?P<n>\d{1,4}[a-z]?)\]?[.:]?\s+(?=\S)")
_NUMBERED = pattern(r"\[?(?P<n>\d{1,4}[a-z]?)\]?\.\s+(?=\S)")
_BEFORE_SENDER = pattern(
    r".*(?:^|\s)(?:From|from|Between|between|FROM|By|by)(?:\s+(?:the|The)\b)?\s*|(?:The|THE)\s+",
    re.DOTALL,
)
_FROM_WORD = pattern(r"(?:^|\s)(?:From|Between|FROM)\s+")
_TO_WORD = pattern(r"\s(?:to|TO)\s+(?:[Tt]he\s+)?")
_AND_WORD = pattern(r"\sand\s+(?:[Tt]he\s+)?")
_ARTICLE = pattern(r"[Tt]he\s+")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|undated"
)
_DATED = pattern(
    rf",\s+(?:(?:[A-Z][\w.'’-]{{0,20}}\s?){{1,4}},\s+)?(?:{_MONTHS})\b[\s\d,–-]{{0,20}}(?:,|\d|\.|$).*",
    re.DOTALL,
)
"""The place and day at the end of a heading."""
_LONGEST = 1000
"""The maximum number of characters of a heading to read; the longest known heading has 400."""
_TO = pattern(r".*?(?:^|[\s,)])(?:to|and|TO)\s+(?:[Tt]he\s+)?|\s*+\)?[\s,]*", re.DOTALL)
_LEVELS = {
    "top secret": "TOP SECRET",
    "secret": "SECRET",
    "confidential": "CONFIDENTIAL",
    "restricted": "RESTRICTED",
    "limited official use": "LIMITED OFFICIAL USE",
    "official use only": "OFFICIAL USE ONLY",
    "unclassified": "UNCLASSIFIED",
}
_LEVEL = "|".join(_LEVELS)
_IN_SOURCE = pattern(
    rf"(?:^|[.:;)\]”]\s+)\[?(?P<level>{_LEVEL})\]?(?P<more>[;,/:—–-][^.\n]{{0,200}})?(?:\.|$|\n)",
    re.IGNORECASE,
)
_IN_OPENER = pattern(rf"\[?(?P<level>{_LEVEL})\]?(?P<more>[;,/:\n].{{0,200}})?", re.IGNORECASE)
_REPEATED = pattern(
    r"(?:Repeated|Also sent|Sent also)(?i: for information| priority| immediate| niact){0,3} to "
    r"(?P<names>[^.;]{2,600})"
)
_SPLIT = pattern(r"[;,/:—–\n]\s*|\s+and\s+")
_URGENT = {
    "flash": "FLASH",
    "operational immediate": "IMMEDIATE",
    "niact immediate": "IMMEDIATE",
    "immediate": "IMMEDIATE",
    "niact": "NIACT",
    "priority": "PRIORITY",
    "routine": "ROUTINE",
}
_OWN = pattern(
    r"(?:(?:No\.? ?)?(?P<plain>\d{1,6})|(?P<series>[A-Z][A-Za-z]{1,11} (?:[A-Z]{1,4}-?)?\d{1,6})"
    r"|(?P<airgram>(?:CA|CG|CW|A|G)[-–]\d{1,6}))\.(?=\s|$)"
)
_IN_HEADING = pattern(
    r"\b(?:Telegram|Airgram|Despatch|Dispatch|Cable|Circular Telegram|Circular Airgram)"
    r"\s+(?:No\.\s*)?(?P<n>(?:[A-Z]{1,5}[-–])?\d{1,6}(?:/\d{1,6})?|[A-Z][a-z]{2,10} \d{1,6})\b"
)
_IN_SEG = pattern(r"\[?No\.? ?(?P<n>(?:[A-Z]{1,3}[-–])?\d{1,5})[\].]*$")
_LABEL = pattern(r"^(?:SUBJ(?:ECT)?|Subj(?:ect)?)\s?[:.]\s*")
_SUBJECT = pattern(
    r"(?:^|\.\s+|\n)(?:SUBJ(?:ECT)?|Subj(?:ect)?)\s?[:.]\s*(?P<subject>\S.{1,250}?)"
    r"(?=\.?\s+(?:Refs?|REFS?|Ref\(s\)|REF\(S\)|Reference)\s?[:.]|\.?\n|\.?$)"
)


class Sides(NamedTuple):
    """The sender and addressees of a document."""

    sender: str
    to: tuple[str, ...]


class Markings(NamedTuple):
    """The classification, precedence and captions of a document, and its info addressees."""

    classification: str = ""
    """The classification in capitals, or an empty string."""
    precedences: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    """The captions in capitals, such as `EYES ONLY` or `NODIS`."""
    info: tuple[str, ...] = ()


def title(head: str, number: str) -> str:
    """Return the heading without the document's number; markers of `markup` are kept."""
    number_match = _NUMBER.match(head)
    return head[number_match.end() :] if number_match and number_match["n"] == number else head


def printed_number(head: str) -> str:
    """Return the number printed before a document's heading, as in `89. Telegram From`.

    Return an empty string if there is none.
    """
    number_match = _NUMBERED.match(head)
    return number_match["n"] if number_match else ""


def kind(texts: Iterable[str]) -> str:
    """Return the document type, such as `telegram`, from the first text that contains one.

    Return an empty string if no text contains a type.
    """
    for text in texts:
        if _EDITORIAL.fullmatch(text.strip(" .")):
            return EDITORIAL_NOTE
        if type_match := _KIND.search(text):
            return str(type_match.lastgroup)
    return ""


def sides(heading: str) -> Sides:
    """Return sender and addressees: a marked office, or a marked person with the words before."""
    heading = heading[:_LONGEST]
    marker_start = heading.find(FROM)
    if marker_start < 0 and TO not in heading:
        sender, addressee = _unmarked(_words(heading))
        return Sides(sender, (addressee,) if addressee else ())
    sender, side_end = "", 0
    if marker_start >= 0:
        sender, side_end = _side(heading, 0, marker_start, _BEFORE_SENDER)
    elif first_to := heading.find(TO):
        sender, _ = _unmarked(_words(heading[:first_to]) + " x")
    addressees: list[str] = []
    while (marker_start := heading.find(TO, side_end)) >= 0:
        name, side_end = _side(heading, side_end, marker_start, _TO)
        addressees.append(name)
    if (
        not addressees
        and side_end
        and (to_match := _TO.match(heading, side_end))
        and to_match[0].strip(" ),")
    ):
        addressees = [_DATED.sub("", _words(heading[to_match.end() :]))]
    return Sides(sender, tuple(filter(None, addressees)))


def _unmarked(text: str) -> tuple[str, str]:
    """Return sender and addressee from a heading without markup; empty if it does not name both."""
    from_match = _FROM_WORD.search(text)
    text_start = from_match.end() if from_match else 0
    is_between = from_match is not None and "Between" in from_match[0]
    middle_match = (_AND_WORD if is_between else _TO_WORD).search(text, text_start)
    if middle_match is None:
        return "", ""
    sender = _ARTICLE.sub("", text[text_start : middle_match.start()], 1)
    return sender.strip(" .,"), _DATED.sub("", text[middle_match.end() :]).strip(" .,")


def _side(heading: str, start: int, marker_start: int, before: Pattern[str]) -> tuple[str, int]:
    """Return the name that is marked at `marker_start`, and its end."""
    side_end = heading.find(END, marker_start)
    side_end = len(heading) if side_end < 0 else side_end
    side_name = heading[marker_start + 1 : side_end]
    if not side_name.startswith(NAME):
        return _words(side_name), side_end + 1
    text_before = without_sides(bare(heading[start:marker_start]))
    side_match = before.match(text_before)
    text_before = text_before[side_match.end() :] if side_match else text_before
    bracket = ")" if text_before.count("(") > text_before.count(")") else ""
    return _words(f"{text_before}{side_name}{bracket}"), side_end + 1


def _words(text: str) -> str:
    """Return a name on one line without surrounding punctuation, keeping the period of `Jr.`."""
    plain_name = " ".join(without_sides(bare(text)).split()).strip(" .,")
    return f"{plain_name}." if plain_name.endswith((" Jr", " Sr")) else plain_name


def markings(source: str, openers: Iterable[str]) -> Markings:
    """Return markings from the source note, or else from lines above the text in older volumes."""
    repeated_match = _REPEATED.search(source)
    repeated_names = _SPLIT.split(repeated_match["names"]) if repeated_match else ()
    info = tuple(
        repeated_name.strip().removeprefix("and ").strip()
        for repeated_name in repeated_names
        if repeated_name.strip()
    )
    marking_match = _IN_SOURCE.search(source)
    if marking_match is None:
        opener_matches = (_IN_OPENER.fullmatch(line.strip()) for line in openers)
        marking_match = next((line for line in opener_matches if line), None)
    if marking_match is None:
        return Markings(info=info)
    precedences: list[str] = []
    captions: list[str] = []
    for marking_part in _SPLIT.split(marking_match["more"] or ""):
        caption = " ".join(marking_part.split()).strip(" .;,[]")
        if caption.lower() in _URGENT:
            precedences.append(_URGENT[caption.lower()])
        elif caption and len(caption) <= 40:
            captions.append(caption.upper())
    classification = _LEVELS[" ".join(marking_match["level"].lower().split())]
    return Markings(classification, tuple(dict.fromkeys(precedences)), tuple(captions), info)


def own_number(heading: str, openers: Iterable[str], first: str) -> str:
    """Return the number that the sender assigned, such as `942`, `Gadel 112` or `A-62`.

    Return an empty string if there is none.
    """
    if number_match := _IN_HEADING.search(bare(heading)):
        return number_match["n"]
    for opener in openers:
        if number_match := _IN_SEG.match(opener.strip()):
            return number_match["n"]
    number_match = _OWN.match(first)
    return str(number_match[number_match.lastgroup or 0]) if number_match else ""


def subject(listed: Iterable[str], texts: Iterable[str]) -> str:
    """Return the subject, listed above the text or named in the first of the given texts.

    Return an empty string if there is none.
    """
    listed_subjects = "; ".join(
        _LABEL.sub("", " ".join(listed_subject.split())) for listed_subject in listed
    )
    subject_match = next(
        filter(None, (_SUBJECT.search(first_text, 0, 600) for first_text in texts)), None
    )
    return listed_subjects or (
        " ".join(subject_match["subject"].split()).strip(" .") if subject_match else ""
    )

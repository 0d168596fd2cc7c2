"""Citations of cables in a text: IDs in all forms, hashtags, links, volumes, `Ankara 348`.

All forms that the `y` key copies are recognized.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import Link, TextBlock
from cable_tui.glossary import posts
from cable_tui.telegram.ids import canonical_id, compose, reference_in

_GLUED = pattern(
    r"(?<![A-Za-z0-9])#?(?P<id>(?:19|20)?[0-9]{2}[A-Za-z]{2,40}[0-9]{1,7})(?:_[a-e])?(?![A-Za-z0-9])"
)
_DASHED = pattern(
    r"(?<![A-Za-z0-9.,/-])(?P<id>(?:19|20)?[0-9]{2}(?P<sign>[-–_])[A-Za-z]{2,24}(?P=sign)[0-9]{1,7})"
    r"(?![A-Za-z0-9-])"
)
"""A pattern for `09-TUNIS-399`, which counts only with a known post, because `10-DEC-2009` is a
date.
"""
_SPACED = pattern(
    r"(?<![A-Za-z0-9.,/-])(?P<year>(?:19|20)?[0-9]{2})[ \n]{1,3}"
    r"(?P<name>[A-Z]{2,24}(?:[ ][A-Z]{2,24}){0,4})[ \n]{1,3}(?P<serial>[0-9]{1,7})(?![A-Za-z0-9])"
)
_MIXED = pattern(
    r"(?<![A-Za-z0-9.,/-])(?P<year>(?:19|20)?[0-9]{2})[ ]"
    r"(?P<name>[A-Z][a-z]{1,23}(?:[ ][A-Za-z]{2,24}){0,4}?)[ ](?P<serial>[0-9]{1,7})(?![A-Za-z0-9])"
)
"""A pattern for `79 Tehran 8980`, which counts only with a known post and a year that has cables.
"""
_MIXED_YEARS = frozenset((*range(66, 100), *range(11)))
_LINK = pattern(r"(?:https?|file)://[^\s<>\"“”«»]{4,2000}")
_LINK_END = ".,;:!?)]}'’*_"
_EDITION = pattern(
    r"\b(?P<id>frus[0-9]{4}(?:-[0-9]{2,4})?[A-Za-z0-9]{0,40}/d[0-9]{1,4}[a-z]?)\b", re.IGNORECASE
)
_VOLUME = pattern(
    r"(?:\bFRUS|Foreign[ \n]Relations(?:[ \n]of[ \n]the[ \n]United[ \n]States)?),?\s{1,3}"
    r"(?P<first>[0-9]{4})(?:\s?[-–—]\s?(?P<last>[0-9]{2,4}))?(?P<parts>[^\n\"“”]{0,160}?)"
    r"[,;]\s{0,3}(?:[Dd]oc(?:ument|\.)?|[Nn]o\.)\s{0,3}(?P<document>[0-9]{1,4}[a-z]?)\b"
)
_PART = pattern(
    r"(?:vol(?:ume|\.)?\s{0,2}(?P<electronic>E[-–])?(?P<volume>[IVXLC]{1,8}|[0-9]{1,3})\b)"
    r"|(?:(?<=[,;][ ])(?P<bare>[IVXLC]{1,8})(?=$|[,;:]))"
    r"|(?:(?:pt\.?|part)\s{0,2}(?P<part>[0-9]{1,2}|[IVX]{1,4})\b)",
    re.IGNORECASE,
)
_NAMED = pattern(
    r"\b(?P<name>(?:[A-Z][A-Za-z.'’-]{1,24}[ ]){0,4}?[A-Z][A-Za-z.'’-]{1,24})"
    r"(?:[ ](?:[Ee]mbassy|[Cc]onsulate))?(?:,?[ ](?:[Tt]el(?:egram|\.)?|[Cc]able))?"
    r"(?:[ ](?:[Nn]o\.|[Nn]umber|\#)){0,2}[ ]\#?"
    r"(?P<serial>[0-9]{1,6})(?![0-9A-Za-z,.]?[0-9])(?!\s?(?:percent|%))"
)
_FROM = pattern(
    r"\b(?:[Tt]el(?:egram|\.)?|[Cc]able|[Ee]mbtel)(?:[ ](?:[Nn]o\.|[Nn]umber|\#))?[ ]"
    r"(?P<serial>[0-9]{1,6})(?:,|[ ][Ff]rom)[ ](?:the[ ])?"
    r"(?:(?:U\.?S\.?[ ])?(?:[Ee]mbassy|[Cc]onsulate|[Mm]ission)[ ](?:in[ ])?)?"
    r"(?P<name>(?:[A-Z][A-Za-z.'’-]{1,24}[ ]?){1,4})"
)
_LETTER = pattern(
    r"\b(?P<name>(?:[A-Z][A-Za-z.'’-]{1,24}[ ]){0,4}?[A-Z][A-Za-z.'’-]{1,24})[ ]to[ ](?:the[ ])?"
    r"[A-Z][A-Za-z. ]{2,60}?,[ ](?:[\"“][^\"“”\n]{1,160}[\"”],?[ ])?"
    r"(?:[Tt]el(?:egram|\.)?|[Cc]able)(?:[ ](?:[Nn]o\.|[Nn]umber|\#))?[ ](?P<serial>[0-9]{1,6})"
    r"(?![0-9A-Za-z,.]?[0-9])"
)
"""A pattern for `Embassy Ankara to Secretary of State, telegram 348`."""
_ADDRESSEE = pattern(r"\b(?:to|of|to[ ]the)[ ]$")
_FROM_COUNTRY = pattern(
    r"\b[Tt]elegram[ ](?P<serial>[0-9]{1,6})[ ][Ff]rom[ ]the[ ]"
    r"(?:Embassy|Mission|Interests[ ]Section)[ ](?:in|to)[ ](?:the[ ])?[A-Z][A-Za-z .'’-]{1,40}?"
    r"[ ][Tt]o[ ](?:the[ ])?[A-Z][A-Za-z ]{2,60}?,[ ]"
    r"(?P<name>[A-Z][A-Za-z.'’-]{1,24}(?:[ ][A-Z][A-Za-z.'’-]{1,24}){0,3})(?=,)"
)
"""A pattern for the FRUS form: `Telegram 348 From the Embassy in Turkey to the Department of State,
Ankara,`.
"""
_SAYS_SO = pattern(r"(?i)\b(?:cables?|tele?(?:gram)?s?|ref(?:tel)?s?|embassy|see)\b")
_NAMES_IT = pattern(r"(?i)\b(?:cables?|tele?(?:gram)?s?|reftels?)\b")
"""A pattern for a word that must precede a number that may be a year: `(Embassy Cairo 2009)` may be
a book.
"""
_MONTH = pattern(r"JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC")
_YEAR = pattern(r"(?<![0-9])(?:19[4-9][0-9]|20[0-2][0-9])(?![0-9])")
_PLACES = (
    r"(?:[¶§]{1,2}|\#par|(?<=\d)\#|\bpar(?=\d)|\bparas?\b\.?|\bpar\.|\bparagraphe?s?\b|\bAbs(?:\.|atz\b)"
    r"|\bpárr(?:s?\.|afos?\b))\s{0,3}"
    r"(?P<labels>[0-9]{1,3}[a-z]?(?:\s?(?:[-–—,]|and|&)\s?[0-9]{1,3}[a-z]?(?![0-9A-Z])){0,9})"
)
_BEHIND = pattern(_PLACES)
_BEFORE = pattern(_PLACES + r"\s{0,3}(?:of|in|,)?\s{0,3}$")
_OF = pattern(r"\s{0,3}(?:of|in)\s{0,3}")
"""The words between a paragraph number and the citation to which it belongs."""
_STOP = pattern(r"[a-z0-9)”]{2}\.\s")
_IBID = pattern(
    r"\b(?:[Ii]b[ií]d(?:em)?\b\.?|[Ee]bd\.|[Ee]benda\b|[Ll]oc\.\s?cit\.|[Aa]\.\s?a\.\s?O\.)"
)
_RANGE = pattern(r"(?P<first>[0-9]{1,3}[a-z]?)(?:\s?[-–—]\s?(?P<last>[0-9]{1,3}[a-z]?))?")
_NEAR = 160
"""The number of characters after a citation in which its paragraph may be named, as in Chicago
style notes.
"""
_YEARS_NEAR = 6
"""The number of years to consider on either side of a post and a number."""
_FEWEST = 2
"""The minimum number of letters in the name of a post."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LONGEST_RANGE = 60
_WORDS_OF_LINK = 20
"""The maximum number of characters between the start of a link and the cable named in its words."""


class Cited(NamedTuple):
    """A passage in a block that cites a cable."""

    start: int
    end: int
    text: str
    """The text of the citation in the draft, or the address if the citation is a link on words."""
    ids: tuple[str, ...]
    """The possible canonical IDs, the likeliest first."""
    labels: tuple[str, ...] = ()
    """The labels of the cited paragraphs."""
    post: tuple[str, int] | None = None
    """The station and serial number if the text has no year; the cable may be from any year in the
    archive.
    """
    sure: bool = True
    """Whether the text certainly cites a cable: `Vienna 12` may be something else."""
    is_ibid: bool = False
    """Whether the citation refers to the preceding one (`ibid.`)."""
    meant: str = ""
    """The text of the citation that an `ibid.` refers to."""
    linked: tuple[str, ...] = ()
    """The paragraphs to which the link leads, if the text names different ones."""
    linked_ids: tuple[str, ...] = ()
    """The possible IDs of the cable to which the link leads, if the text names a different cable.
    """


def cited_in(block: TextBlock) -> tuple[Cited, ...]:
    """Return the citations in a block, in order and without overlaps."""
    # Lines end anywhere, also between a post and its number.
    text = block.text.replace("\n", " ")
    citations: list[Cited] = []
    taken = bytearray(len(text))
    for citation in _all(text, block.links):
        if not any(taken[citation.start : citation.end]):
            citations.append(citation)
            taken[citation.start : citation.end] = b"x" * (citation.end - citation.start)
    citations.sort()
    return tuple(_once(list(_with_labels(text, citations))))


def _once(citations: Sequence[Cited]) -> Iterator[Cited]:
    """Yield citations, except links that only repeat their own words.

    If a link leads to a different cable or paragraph than its words name, the citation in words
    records the difference.
    """
    remaining = list(citations)
    for index, citation in enumerate(remaining):
        following = (
            remaining[index + 1]
            if index + 1 < len(remaining) and citation.start == citation.end
            else None
        )
        is_same = following is not None and following.ids == citation.ids
        most = _WORDS_OF_LINK if is_same else 0
        if following is None or following.start - citation.start > most:
            yield citation
        elif (
            is_same and citation.labels and following.labels and citation.labels != following.labels
        ):
            remaining[index + 1] = following._replace(linked=citation.labels)
        elif not is_same:
            remaining[index + 1] = following._replace(linked_ids=citation.ids)
            yield citation
        elif following.start > citation.start or following.labels != citation.labels:
            yield citation


def _all(text: str, links: Sequence[Link]) -> Iterator[Cited]:
    """Yield citations, the most certain forms first, because they take precedence."""
    for offset, address in links:
        if named := reference_in(address):
            # It is behind words, which may name the cable too.
            yield _cited(offset, offset, address, *named)
    for match in _LINK.finditer(text):
        address = match[0].rstrip(_LINK_END)
        if named := reference_in(address) or _within(address):
            yield _cited(match.start(), match.start() + len(address), address, *named)
    yield from _editions(text)
    for match in _GLUED.finditer(text):
        if id_ := _id(match["id"]):
            yield _cited(match.start(), match.end(), match[0], id_)
    for match in _DASHED.finditer(text):
        dashed = match["id"].replace("–", "-")
        if station(dashed[3:-1].strip("-_0123456789")) and (id_ := _id(dashed)):
            yield _cited(match.start(), match.end(), match[0], id_)
    yield from _spaced(text)
    yield from _by_post(text)
    for match in _IBID.finditer(text):
        yield Cited(match.start(), match.end(), match[0], (), is_ibid=True)


def _spaced(text: str) -> Iterator[Cited]:
    """Yield citations such as `04 ANKARA 348` and `04 Ankara 348`."""
    for match in _SPACED.finditer(text):
        post = station(match["name"])
        if post or (len(match["name"]) > _FEWEST + 1 and not _MONTH.match(match["name"])):
            name = post or match["name"].replace(" ", "")
            id_ = canonical_id(compose(int(match["year"]), name, int(match["serial"])))
            citation = _cited(match.start(), match.end(), match[0], id_)
            yield citation._replace(sure=post is not None)
    for match in _MIXED.finditer(text):
        post = station(match["name"])
        if post and int(match["year"][-2:]) in _MIXED_YEARS:
            id_ = canonical_id(compose(int(match["year"]), post, int(match["serial"])))
            citation = _cited(match.start(), match.end(), match[0], id_)
            # `In 1979 Tehran 52 hostages` may be anything.
            says_so = _SAYS_SO.search(text, max(match.start() - 40, 0), match.end())
            yield citation._replace(sure=len(match["year"]) == 2 or says_so is not None)


def _cited(start: int, end: int, text: str, id_: str, label: str | None = None) -> Cited:
    return Cited(start, end, text, (id_,), (label,) if label else ())


def _within(address: str) -> tuple[str, str | None] | None:
    """Return the cable and paragraph in an address made by the reader's own template."""
    id_ = next(filter(None, (_id(match["id"]) for match in _GLUED.finditer(address))), None)
    label = _BEHIND.search(address)
    return (id_, label["labels"] if label else None) if id_ else None


def _id(word: str) -> str | None:
    """Return the canonical ID if a word has the form of one: with a known post, or in capitals."""
    named = reference_in(word)
    if named is None:
        return None
    letters = "".join(filter(str.isalpha, word))
    is_reference = letters.isupper() and len(letters) > _FEWEST
    return named[0] if is_reference or station(letters.upper()) else None


def station(name: str) -> str | None:
    """Return the code of a post from its name, such as `Rio de Janeiro`; None for other names."""
    post = "".join(filter(str.isalpha, name)).upper()
    if posts.station(post):
        return post
    return posts.station_alias(post) if len(post) > _FEWEST else None


def _editions(text: str) -> Iterator[Cited]:
    if "frus" not in text.casefold() and "Relations" not in text:
        return
    for match in _EDITION.finditer(text):
        if named := reference_in(match["id"]):
            yield _cited(match.start(), match.end(), match[0], named[0])
    for match in _VOLUME.finditer(text):
        first, last = match["first"], match["last"] or ""
        years = f"{first}-{last[-2:]}" if last else first
        if name := "".join(map(_part, _PART.finditer(match["parts"]))):
            id_ = f"frus{years}{name}/d{match['document']}"
            yield _cited(match.start(), match.end(), match[0], id_)


def _part(match: re.Match[str]) -> str:
    if match["part"]:
        return f"p{_number(match['part'])}"
    volume = _number(match["volume"] or match["bare"])
    return f"ve{volume:02}" if match["electronic"] else f"v{volume:02}"


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    values = [_ROMAN.get(digit, 0) for digit in numeral.upper()]
    following = [*values[1:], 0]
    return sum(
        -value if value < next_value else value
        for value, next_value in zip(values, following, strict=True)
    )


def _by_post(text: str) -> Iterator[Cited]:
    """Yield citations such as `Ankara 348` and `telegram 348 from Ankara`, with nearby years."""
    spans = [(match.start(), match.end(), int(match[0])) for match in _YEAR.finditer(text)]
    for form in (_LETTER, _FROM_COUNTRY, _FROM, _NAMED):
        name_first = form in (_LETTER, _NAMED)
        for match in form.finditer(text):
            post, offset = _post_in(match["name"], at_end=name_first)
            serial = int(match["serial"])
            if post is None or not serial:
                continue
            start = match.start("name") + offset if name_first else match.start()
            is_apart = form is _NAMED and "," in match[0]
            if is_apart and _ADDRESSEE.search(text[max(start - 9, 0) : start]):
                continue  # `to State, telegram 348` does not say whose telegram it is
            index = bisect_left(spans, (start, 0, 0))
            years = spans[max(index - _YEARS_NEAR, 0) : index + _YEARS_NEAR]
            years = [span for span in years if not start <= span[0] < match.end()]
            is_year = bool(_YEAR.fullmatch(match["serial"]))
            is_called = bool(_SAYS_SO.search(text, max(start - 40, 0), match.end()))
            if is_year and not _NAMES_IT.search(text, max(start - 40, 0), match.end()):
                continue
            years.sort(key=lambda entry: _distance(entry, start, match.end()))
            ids = dict.fromkeys(canonical_id(compose(year, post, serial)) for _, _, year in years)
            is_sure = is_called or (
                not is_year and bool(years) and _distance(years[0], start, match.end()) < 40
            )
            words = text[start : match.end()].rstrip()
            yield Cited(start, start + len(words), words, tuple(ids), (), (post, serial), is_sure)


def _distance(span: tuple[int, int, int], start: int, end: int) -> int:
    """Return the distance of a year from a citation; a year after the citation counts as nearer."""
    return span[0] - end if span[0] >= end else (start - span[1]) + 2


def _post_in(name: str, *, at_end: bool) -> tuple[str | None, int]:
    """Return the post at the start or end of some words, and its offset: 4 in `The Ankara`."""
    words = name.split(" ")
    for count in range(len(words), 0, -1):
        possible_name = " ".join(words[-count:] if at_end else words[:count])
        if post := station(possible_name):
            return post, len(name) - len(possible_name) if at_end else 0
    return None, 0


def _with_labels(text: str, citations: Sequence[Cited]) -> Iterator[Cited]:
    """Yield each citation with the paragraphs named after it, or directly before it."""
    last_end = 0
    for index, citation in enumerate(citations):
        stop = citations[index + 1].start if index + 1 < len(citations) else len(text)
        stop = min(stop, citation.end + _NEAR)
        after = _BEHIND.search(text, citation.end, stop)
        is_next = after and _OF.fullmatch(text[after.end() : stop])
        if after and not is_next and not _is_parted(text[citation.end : after.start()]):
            last_end = after.end()
            labels = labels_in(after["labels"])
            linked = citation.labels if citation.labels != labels else ()
            yield citation._replace(labels=labels, linked=linked)
            continue
        if citation.labels:
            yield citation
            continue
        # A paragraph that is another one's is not this one's too: `09RABAT1 ¶3, 09TUNIS2`.
        begin = max(citations[index - 1].end if index else 0, last_end, citation.start - 40)
        before = _BEFORE.search(text[begin : citation.start])
        yield (citation._replace(labels=labels_in(before["labels"])) if before else citation)


def _is_parted(between: str) -> bool:
    """Return whether a sentence or another citation separates a citation from a paragraph."""
    return ";" in between or _STOP.search(between) is not None


def labels_in(text: str) -> tuple[str, ...]:
    """Return the separate labels in a list such as `3–5, 7`: `3`, `4`, `5`, `7`."""
    labels: list[str] = []
    for match in _RANGE.finditer(text):
        first, last = match["first"], match["last"]
        labels.append(first)
        if last and (first + last).isdecimal() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
            labels += [str(number) for number in range(int(first) + 1, int(last) + 1)]
        elif last:
            labels.append(last)
    return tuple(dict.fromkeys(labels))

"""Where a text names cables: ids in every form, hashtags, links, volumes, `Ankara 348`.

Everything that `y` copies is understood here.
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
"""Pattern of `09-TUNIS-399`: only with a known post; `10-DEC-2009` is a day."""
_SPACED = pattern(
    r"(?<![A-Za-z0-9.,/-])(?P<year>(?:19|20)?[0-9]{2})[ \n]{1,3}"
    r"(?P<name>[A-Z]{2,24}(?:[ ][A-Z]{2,24}){0,4})[ \n]{1,3}(?P<serial>[0-9]{1,7})(?![A-Za-z0-9])"
)
_MIXED = pattern(
    r"(?<![A-Za-z0-9.,/-])(?P<year>(?:19|20)?[0-9]{2})[ ]"
    r"(?P<name>[A-Z][a-z]{1,23}(?:[ ][A-Za-z]{2,24}){0,4}?)[ ](?P<serial>[0-9]{1,7})(?![A-Za-z0-9])"
)
"""Pattern of `79 Tehran 8980`: only with a known post, and a year that has cables."""
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
"""Pattern of `Embassy Ankara to Secretary of State, telegram 348`."""
_ADDRESSEE = pattern(r"\b(?:to|of|to[ ]the)[ ]$")
_FROM_COUNTRY = pattern(
    r"\b[Tt]elegram[ ](?P<serial>[0-9]{1,6})[ ][Ff]rom[ ]the[ ]"
    r"(?:Embassy|Mission|Interests[ ]Section)[ ](?:in|to)[ ](?:the[ ])?[A-Z][A-Za-z .'’-]{1,40}?"
    r"[ ][Tt]o[ ](?:the[ ])?[A-Z][A-Za-z ]{2,60}?,[ ]"
    r"(?P<name>[A-Z][A-Za-z.'’-]{1,24}(?:[ ][A-Z][A-Za-z.'’-]{1,24}){0,3})(?=,)"
)
"""In the form of FRUS: `Telegram 348 From the Embassy in Turkey to the Department of State,
Ankara,`."""
_SAYS_SO = pattern(r"(?i)\b(?:cables?|tele?(?:gram)?s?|ref(?:tel)?s?|embassy|see)\b")
_NAMES_IT = pattern(r"(?i)\b(?:cables?|tele?(?:gram)?s?|reftels?)\b")
"""A word that must come before a number that may be a year: `(Embassy Cairo 2009)` is a book."""
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
"""The words between a paragraph and the citation that it belongs to."""
_STOP = pattern(r"[a-z0-9)”]{2}\.\s")
_IBID = pattern(
    r"\b(?:[Ii]b[ií]d(?:em)?\b\.?|[Ee]bd\.|[Ee]benda\b|[Ll]oc\.\s?cit\.|[Aa]\.\s?a\.\s?O\.)"
)
_RANGE = pattern(r"(?P<first>[0-9]{1,3}[a-z]?)(?:\s?[-–—]\s?(?P<last>[0-9]{1,3}[a-z]?))?")
_NEAR = 160
"""Characters after a citation that may hold its paragraph, as in a note of Chicago."""
_YEARS_NEAR = 6
"""Years on either side of a post and a number that are considered."""
_FEWEST = 2
"""The least letters of a post's name."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LONGEST_RANGE = 60
_WORDS_OF_LINK = 20
"""The most characters from the beginning of a link to the cable that its words name."""


class Cited(NamedTuple):
    """A passage of a block that names a cable."""

    start: int
    end: int
    text: str
    """Text of the citation in the draft; for a link on words, its address."""
    ids: tuple[str, ...]
    """Possible canonical ids, the likeliest first."""
    labels: tuple[str, ...] = ()
    """The labels of the paragraphs that it names."""
    post: tuple[str, int] | None = None
    """Station and serial, if the text has no year: any one of the archive may be meant."""
    sure: bool = True
    """Whether it must be a cable: `Vienna 12` may be anything."""
    is_ibid: bool = False
    """Whether it means the last citation."""
    meant: str = ""
    """Text of the citation that it means."""
    linked: tuple[str, ...] = ()
    """The paragraphs that its link leads to, if its text names others."""
    linked_ids: tuple[str, ...] = ()
    """Possible ids of the cable that its link leads to, if its text names another."""


def cited_in(block: TextBlock) -> tuple[Cited, ...]:
    """Return the citations of a block, in order; they do not overlap."""
    # Lines end anywhere, also between a post and its number.
    block_text = block.text.replace("\n", " ")
    citations: list[Cited] = []
    taken_characters = bytearray(len(block_text))
    for citation in _all(block_text, block.links):
        if not any(taken_characters[citation.start : citation.end]):
            citations.append(citation)
            taken_characters[citation.start : citation.end] = b"x" * (citation.end - citation.start)
    citations.sort()
    return tuple(_once(list(_with_labels(block_text, citations))))


def _once(citations: Sequence[Cited]) -> Iterator[Cited]:
    """Yield citations without those of links that repeat their own words.

    If a link leads elsewhere than its words say, the words keep that.
    """
    row = list(citations)
    for index, citation in enumerate(row):
        later = row[index + 1] if index + 1 < len(row) and citation.start == citation.end else None
        is_same_cable = later is not None and later.ids == citation.ids
        words_of_link = _WORDS_OF_LINK if is_same_cable else 0
        if later is None or later.start - citation.start > words_of_link:
            yield citation
        elif is_same_cable and citation.labels and later.labels and citation.labels != later.labels:
            row[index + 1] = later._replace(linked=citation.labels)
        elif not is_same_cable:
            row[index + 1] = later._replace(linked_ids=citation.ids)
            yield citation
        elif later.start > citation.start or later.labels != citation.labels:
            yield citation


def _all(text: str, links: Sequence[Link]) -> Iterator[Cited]:
    """Yield the surest forms first: their text is not read again."""
    for offset, address in links:
        if named_cable := reference_in(address):
            # It is behind words, which may name the cable too.
            yield _cited(offset, offset, address, *named_cable)
    for match in _LINK.finditer(text):
        address = match[0].rstrip(_LINK_END)
        if named_cable := reference_in(address) or _within(address):
            yield _cited(match.start(), match.start() + len(address), address, *named_cable)
    yield from _editions(text)
    for match in _GLUED.finditer(text):
        if cable_id := _id(match["id"]):
            yield _cited(match.start(), match.end(), match[0], cable_id)
    for match in _DASHED.finditer(text):
        typed_id = match["id"].replace("–", "-")
        if station(typed_id[3:-1].strip("-_0123456789")) and (cable_id := _id(typed_id)):
            yield _cited(match.start(), match.end(), match[0], cable_id)
    yield from _spaced(text)
    yield from _by_post(text)
    for match in _IBID.finditer(text):
        yield Cited(match.start(), match.end(), match[0], (), is_ibid=True)


def _spaced(text: str) -> Iterator[Cited]:
    """Yield `04 ANKARA 348`, `04 Ankara 348`."""
    for match in _SPACED.finditer(text):
        code = station(match["name"])
        if code or (len(match["name"]) > _FEWEST + 1 and not _MONTH.match(match["name"])):
            post = code or match["name"].replace(" ", "")
            name = canonical_id(compose(int(match["year"]), post, int(match["serial"])))
            citation = _cited(match.start(), match.end(), match[0], name)
            yield citation._replace(sure=code is not None)
    for match in _MIXED.finditer(text):
        code = station(match["name"])
        if code and int(match["year"][-2:]) in _MIXED_YEARS:
            name = canonical_id(compose(int(match["year"]), code, int(match["serial"])))
            citation = _cited(match.start(), match.end(), match[0], name)
            # `In 1979 Tehran 52 hostages` may be anything.
            says_so = _SAYS_SO.search(text, max(match.start() - 40, 0), match.end())
            yield citation._replace(sure=len(match["year"]) == 2 or says_so is not None)


def _cited(start: int, end: int, text: str, name: str, label: str | None = None) -> Cited:
    return Cited(start, end, text, (name,), (label,) if label else ())


def _within(address: str) -> tuple[str, str | None] | None:
    """Return the cable in an address of the reader's own template."""
    named_id = next(filter(None, (_id(match["id"]) for match in _GLUED.finditer(address))), None)
    label = _BEHIND.search(address)
    return (named_id, label["labels"] if label else None) if named_id else None


def _id(word: str) -> str | None:
    """Return the canonical id of a word in the form of one: of a known post, or all in capitals."""
    named_reference = reference_in(word)
    if named_reference is None:
        return None
    letters = "".join(filter(str.isalpha, word))
    is_reference = letters.isupper() and len(letters) > _FEWEST
    return named_reference[0] if is_reference or station(letters.upper()) else None


def station(name: str) -> str | None:
    """Return the code of a post from its name, `Rio de Janeiro`; None if it is not a post."""
    code = "".join(filter(str.isalpha, name)).upper()
    if posts.station(code):
        return code
    return posts.station_alias(code) if len(code) > _FEWEST else None


def _editions(text: str) -> Iterator[Cited]:
    if "frus" not in text.casefold() and "Relations" not in text:
        return
    for match in _EDITION.finditer(text):
        if named_edition := reference_in(match["id"]):
            yield _cited(match.start(), match.end(), match[0], named_edition[0])
    for match in _VOLUME.finditer(text):
        first_page, last_page = match["first"], match["last"] or ""
        years = f"{first_page}-{last_page[-2:]}" if last_page else first_page
        if volume := "".join(map(_part, _PART.finditer(match["parts"]))):
            name = f"frus{years}{volume}/d{match['document']}"
            yield _cited(match.start(), match.end(), match[0], name)


def _part(match: re.Match[str]) -> str:
    if match["part"]:
        return f"p{_number(match['part'])}"
    volume_number = _number(match["volume"] or match["bare"])
    return f"ve{volume_number:02}" if match["electronic"] else f"v{volume_number:02}"


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    values = [_ROMAN.get(sign, 0) for sign in numeral.upper()]
    following_values = [*values[1:], 0]
    return sum(
        -value if value < next_value else value
        for value, next_value in zip(values, following_values, strict=True)
    )


def _by_post(text: str) -> Iterator[Cited]:
    """Yield `Ankara 348`, `telegram 348 from Ankara`: the year is printed nearby."""
    years = [(match.start(), match.end(), int(match[0])) for match in _YEAR.finditer(text)]
    for shape in (_LETTER, _FROM_COUNTRY, _FROM, _NAMED):
        name_first = shape in (_LETTER, _NAMED)
        for match in shape.finditer(text):
            code, start = _post_in(match["name"], at_end=name_first)
            serial_number = int(match["serial"])
            if code is None or not serial_number:
                continue
            begin = match.start("name") + start if name_first else match.start()
            has_comma = shape is _NAMED and "," in match[0]
            if has_comma and _ADDRESSEE.search(text[max(begin - 9, 0) : begin]):
                continue  # `to State, telegram 348` does not say whose telegram it is
            place = bisect_left(years, (begin, 0, 0))
            years_near = years[max(place - _YEARS_NEAR, 0) : place + _YEARS_NEAR]
            years_near = [entry for entry in years_near if not begin <= entry[0] < match.end()]
            is_year = bool(_YEAR.fullmatch(match["serial"]))
            says_so = bool(_SAYS_SO.search(text, max(begin - 40, 0), match.end()))
            if is_year and not _NAMES_IT.search(text, max(begin - 40, 0), match.end()):
                continue
            years_near.sort(key=lambda entry: _distance(entry, begin, match.end()))
            ids = dict.fromkeys(
                canonical_id(compose(year, code, serial_number)) for _, _, year in years_near
            )
            is_sure = says_so or (
                not is_year
                and bool(years_near)
                and _distance(years_near[0], begin, match.end()) < 40
            )
            words = text[begin : match.end()].rstrip()
            yield Cited(
                begin, begin + len(words), words, tuple(ids), (), (code, serial_number), is_sure
            )


def _distance(year: tuple[int, int, int], start: int, end: int) -> int:
    """Return the distance of a year from a citation; a year after it counts as nearer."""
    return year[0] - end if year[0] >= end else (start - year[1]) + 2


def _post_in(name: str, *, at_end: bool) -> tuple[str | None, int]:
    """Return the post that some words end in, or begin with, and where it begins: `The Ankara`."""
    name_words = name.split(" ")
    for word_count in range(len(name_words), 0, -1):
        some_words = " ".join(name_words[-word_count:] if at_end else name_words[:word_count])
        if code := station(some_words):
            return code, len(name) - len(some_words) if at_end else 0
    return None, 0


def _with_labels(text: str, citations: Sequence[Cited]) -> Iterator[Cited]:
    """Yield each with the paragraphs named after it, or right before it."""
    taken_up_to = 0
    for index, citation in enumerate(citations):
        next_start = citations[index + 1].start if index + 1 < len(citations) else len(text)
        next_start = min(next_start, citation.end + _NEAR)
        label_after = _BEHIND.search(text, citation.end, next_start)
        is_next = label_after and _OF.fullmatch(text[label_after.end() : next_start])
        if label_after and not is_next and not _is_parted(text[citation.end : label_after.start()]):
            taken_up_to = label_after.end()
            paragraph_labels = labels_in(label_after["labels"])
            linked = citation.labels if citation.labels != paragraph_labels else ()
            yield citation._replace(labels=paragraph_labels, linked=linked)
            continue
        if citation.labels:
            yield citation
            continue
        # A paragraph that is another one's is not this one's too: `09RABAT1 ¶3, 09TUNIS2`.
        begin = max(citations[index - 1].end if index else 0, taken_up_to, citation.start - 40)
        label = _BEFORE.search(text[begin : citation.start])
        yield (citation._replace(labels=labels_in(label["labels"])) if label else citation)


def _is_parted(between: str) -> bool:
    """Return whether a sentence ends between a citation and a paragraph, or another one begins."""
    return ";" in between or _STOP.search(between) is not None


def labels_in(text: str) -> tuple[str, ...]:
    """Read `3–5, 7` as `3`, `4`, `5`, `7`."""
    labels: list[str] = []
    for match in _RANGE.finditer(text):
        first_label, last_label = match["first"], match["last"]
        labels.append(first_label)
        if (
            last_label
            and (first_label + last_label).isdecimal()
            and 0 < int(last_label) - int(first_label) <= _LONGEST_RANGE
        ):
            labels += [str(number) for number in range(int(first_label) + 1, int(last_label) + 1)]
        elif last_label:
            labels.append(last_label)
    return tuple(dict.fromkeys(labels))

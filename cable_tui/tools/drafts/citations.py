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
    """The possible canonical IDs, likeliest first."""
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
    """The paragraphs to which the link leads, if the text contains different ones."""
    linked_ids: tuple[str, ...] = ()
    """The possible IDs of the cable to which the link leads, if the text gives a different cable.
    """


def cited_in(block: TextBlock) -> tuple[Cited, ...]:
    """Return the citations in a block, in order and without overlaps."""
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
    """Yield citations, except links that only repeat their own words.

    If a link leads to a different cable or paragraph than its words name, the citation in words
    records the difference.
    """
    remaining_citations = list(citations)
    for index, citation in enumerate(remaining_citations):
        next_citation = (
            remaining_citations[index + 1]
            if index + 1 < len(remaining_citations) and citation.start == citation.end
            else None
        )
        is_same_cable = next_citation is not None and next_citation.ids == citation.ids
        gap_limit = _WORDS_OF_LINK if is_same_cable else 0
        if next_citation is None or next_citation.start - citation.start > gap_limit:
            yield citation
        elif (
            is_same_cable
            and citation.labels
            and next_citation.labels
            and citation.labels != next_citation.labels
        ):
            remaining_citations[index + 1] = next_citation._replace(linked=citation.labels)
        elif not is_same_cable:
            remaining_citations[index + 1] = next_citation._replace(linked_ids=citation.ids)
            yield citation
        elif next_citation.start > citation.start or next_citation.labels != citation.labels:
            yield citation


def _all(text: str, links: Sequence[Link]) -> Iterator[Cited]:
    """Yield citations, the most certain forms first, because they take precedence."""
    for offset, link_address in links:
        if named_cable := reference_in(link_address):
            # It is behind words, which may name the cable too.
            yield _cited(offset, offset, link_address, *named_cable)
    for match in _LINK.finditer(text):
        link_address = match[0].rstrip(_LINK_END)
        if named_cable := reference_in(link_address) or _within(link_address):
            yield _cited(
                match.start(), match.start() + len(link_address), link_address, *named_cable
            )
    yield from _editions(text)
    for match in _GLUED.finditer(text):
        if cable_id := _id(match["id"]):
            yield _cited(match.start(), match.end(), match[0], cable_id)
    for match in _DASHED.finditer(text):
        dashed_id = match["id"].replace("–", "-")
        if station(dashed_id[3:-1].strip("-_0123456789")) and (cable_id := _id(dashed_id)):
            yield _cited(match.start(), match.end(), match[0], cable_id)
    yield from _spaced(text)
    yield from _by_post(text)
    for match in _IBID.finditer(text):
        yield Cited(match.start(), match.end(), match[0], (), is_ibid=True)


def _spaced(text: str) -> Iterator[Cited]:
    """Yield citations such as `04 ANKARA 348` and `04 Ankara 348`."""
    for match in _SPACED.finditer(text):
        post_code = station(match["name"])
        if post_code or (len(match["name"]) > _FEWEST + 1 and not _MONTH.match(match["name"])):
            post_code_or_word = post_code or match["name"].replace(" ", "")
            cited_id = canonical_id(
                compose(int(match["year"]), post_code_or_word, int(match["serial"]))
            )
            citation = _cited(match.start(), match.end(), match[0], cited_id)
            yield citation._replace(sure=post_code is not None)
    for match in _MIXED.finditer(text):
        post_code = station(match["name"])
        if post_code and int(match["year"][-2:]) in _MIXED_YEARS:
            cited_id = canonical_id(compose(int(match["year"]), post_code, int(match["serial"])))
            citation = _cited(match.start(), match.end(), match[0], cited_id)
            # `In 1979 Tehran 52 hostages` may be anything.
            says_so = _SAYS_SO.search(text, max(match.start() - 40, 0), match.end())
            yield citation._replace(sure=len(match["year"]) == 2 or says_so is not None)


def _cited(
    start: int, end: int, text: str, cited_id: str, paragraph_label: str | None = None
) -> Cited:
    return Cited(start, end, text, (cited_id,), (paragraph_label,) if paragraph_label else ())


def _within(address: str) -> tuple[str, str | None] | None:
    """Return the cable and paragraph in an address made by the reader's own template."""
    named_id = next(filter(None, (_id(match["id"]) for match in _GLUED.finditer(address))), None)
    label_match = _BEHIND.search(address)
    return (named_id, label_match["labels"] if label_match else None) if named_id else None


def _id(word: str) -> str | None:
    """Return the canonical ID if a word has the form of one: with a known post, or in capitals."""
    named_reference = reference_in(word)
    if named_reference is None:
        return None
    word_letters = "".join(filter(str.isalpha, word))
    is_reference = word_letters.isupper() and len(word_letters) > _FEWEST
    return named_reference[0] if is_reference or station(word_letters.upper()) else None


def station(name: str) -> str | None:
    """Return the code of a post from its name, such as `Rio de Janeiro`; None for other names."""
    post_code = "".join(filter(str.isalpha, name)).upper()
    if posts.station(post_code):
        return post_code
    return posts.station_alias(post_code) if len(post_code) > _FEWEST else None


def _editions(text: str) -> Iterator[Cited]:
    if "frus" not in text.casefold() and "Relations" not in text:
        return
    for match in _EDITION.finditer(text):
        if named_edition := reference_in(match["id"]):
            yield _cited(match.start(), match.end(), match[0], named_edition[0])
    for match in _VOLUME.finditer(text):
        first_year, last_year = match["first"], match["last"] or ""
        year_range = f"{first_year}-{last_year[-2:]}" if last_year else first_year
        if volume_name := "".join(map(_part, _PART.finditer(match["parts"]))):
            document_id = f"frus{year_range}{volume_name}/d{match['document']}"
            yield _cited(match.start(), match.end(), match[0], document_id)


def _part(match: re.Match[str]) -> str:
    if match["part"]:
        return f"p{_number(match['part'])}"
    volume_number = _number(match["volume"] or match["bare"])
    return f"ve{volume_number:02}" if match["electronic"] else f"v{volume_number:02}"


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    digit_values = [_ROMAN.get(digit, 0) for digit in numeral.upper()]
    following_values = [*digit_values[1:], 0]
    return sum(
        -digit_value if digit_value < next_value else digit_value
        for digit_value, next_value in zip(digit_values, following_values, strict=True)
    )


def _by_post(text: str) -> Iterator[Cited]:
    """Yield citations such as `Ankara 348` and `telegram 348 from Ankara`, with nearby years."""
    year_spans = [(match.start(), match.end(), int(match[0])) for match in _YEAR.finditer(text)]
    for citation_pattern in (_LETTER, _FROM_COUNTRY, _FROM, _NAMED):
        name_first = citation_pattern in (_LETTER, _NAMED)
        for match in citation_pattern.finditer(text):
            post_code, name_offset = _post_in(match["name"], at_end=name_first)
            serial_number = int(match["serial"])
            if post_code is None or not serial_number:
                continue
            citation_start = match.start("name") + name_offset if name_first else match.start()
            has_comma = citation_pattern is _NAMED and "," in match[0]
            if has_comma and _ADDRESSEE.search(text[max(citation_start - 9, 0) : citation_start]):
                continue  # `to State, telegram 348` does not say whose telegram it is
            year_index = bisect_left(year_spans, (citation_start, 0, 0))
            years_near = year_spans[max(year_index - _YEARS_NEAR, 0) : year_index + _YEARS_NEAR]
            years_near = [
                year_span
                for year_span in years_near
                if not citation_start <= year_span[0] < match.end()
            ]
            is_year = bool(_YEAR.fullmatch(match["serial"]))
            is_called_cable = bool(_SAYS_SO.search(text, max(citation_start - 40, 0), match.end()))
            if is_year and not _NAMES_IT.search(text, max(citation_start - 40, 0), match.end()):
                continue
            years_near.sort(key=lambda entry: _distance(entry, citation_start, match.end()))
            possible_ids = dict.fromkeys(
                canonical_id(compose(year, post_code, serial_number)) for _, _, year in years_near
            )
            is_sure = is_called_cable or (
                not is_year
                and bool(years_near)
                and _distance(years_near[0], citation_start, match.end()) < 40
            )
            citation_text = text[citation_start : match.end()].rstrip()
            yield Cited(
                citation_start,
                citation_start + len(citation_text),
                citation_text,
                tuple(possible_ids),
                (),
                (post_code, serial_number),
                is_sure,
            )


def _distance(year_span: tuple[int, int, int], start: int, end: int) -> int:
    """Return the distance of a year from a citation; a year after the citation counts as nearer."""
    return year_span[0] - end if year_span[0] >= end else (start - year_span[1]) + 2


def _post_in(name: str, *, at_end: bool) -> tuple[str | None, int]:
    """Return the post at the start or end of some words, and its offset: 4 in `The Ankara`."""
    name_words = name.split(" ")
    for word_count in range(len(name_words), 0, -1):
        possible_name = " ".join(name_words[-word_count:] if at_end else name_words[:word_count])
        if post_code := station(possible_name):
            return post_code, len(name) - len(possible_name) if at_end else 0
    return None, 0


def _with_labels(text: str, citations: Sequence[Cited]) -> Iterator[Cited]:
    """Yield each citation with the paragraphs named after it, or directly before it."""
    end_of_labels = 0
    for index, citation in enumerate(citations):
        next_start = citations[index + 1].start if index + 1 < len(citations) else len(text)
        next_start = min(next_start, citation.end + _NEAR)
        label_after = _BEHIND.search(text, citation.end, next_start)
        belongs_to_next = label_after and _OF.fullmatch(text[label_after.end() : next_start])
        if (
            label_after
            and not belongs_to_next
            and not _is_parted(text[citation.end : label_after.start()])
        ):
            end_of_labels = label_after.end()
            paragraph_labels = labels_in(label_after["labels"])
            linked = citation.labels if citation.labels != paragraph_labels else ()
            yield citation._replace(labels=paragraph_labels, linked=linked)
            continue
        if citation.labels:
            yield citation
            continue
        # A paragraph that is another one's is not this one's too: `09RABAT1 ¶3, 09TUNIS2`.
        search_start = max(
            citations[index - 1].end if index else 0, end_of_labels, citation.start - 40
        )
        label_before = _BEFORE.search(text[search_start : citation.start])
        yield (
            citation._replace(labels=labels_in(label_before["labels"]))
            if label_before
            else citation
        )


def _is_parted(text_between: str) -> bool:
    """Return whether a sentence or another citation separates a citation from a paragraph."""
    return ";" in text_between or _STOP.search(text_between) is not None


def labels_in(text: str) -> tuple[str, ...]:
    """Return the separate labels in a list such as `3–5, 7`: `3`, `4`, `5`, `7`."""
    single_labels: list[str] = []
    for match in _RANGE.finditer(text):
        first_label, last_label = match["first"], match["last"]
        single_labels.append(first_label)
        if (
            last_label
            and (first_label + last_label).isdecimal()
            and 0 < int(last_label) - int(first_label) <= _LONGEST_RANGE
        ):
            single_labels += [
                str(label_number)
                for label_number in range(int(first_label) + 1, int(last_label) + 1)
            ]
        elif last_label:
            single_labels.append(last_label)
    return tuple(dict.fromkeys(single_labels))

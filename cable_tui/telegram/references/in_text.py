"""Citations in running text: `(Mexico 3721)`, `05 Mexico 3721`, `replaces WARSAW 01071`, an ID.

A post and a number are a citation only if the post is known, the number is plausible, and the
context shows that a cable is meant: a year before the post, brackets around nothing else, a word
such as `ref` or `cable`, a number filled with zeros, a post in capitals within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.cable import Reference, ReferenceSource, Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.ids import IdParts, canonical_id, compose, full_year, split
from cable_tui.telegram.references.scan import MOST_OF_A_POST
from cable_tui.telegram.references.stations import endings, station_at_end

_NUMBER = pattern(
    rb"0(?:(?:(?<=a 0)|(?<=a  0)|(?<=a   0))0{1,7}(?![0a])"
    rb"|(?<![0a]0)0(?P<id>a{3,24}0{1,7})(?![0a]))"
)
"""A number after a word, or an ID, in the signs of `_SIGNS`. A pattern that begins with one
character is looked for fast: most of a text has no digits."""
_BEFORE = 72
"""Characters before a number that are looked at."""
_FEW = 3
"""Letters by which the cable's own post is recognised."""
_NAME = 44
"""Characters before a number in which its post is."""
_AROUND = "#([{\"'“‘-–—*:"
_WORDS = pattern(r"(?:[A-Za-z][A-Za-z.'’-]{0,23}\s{1,3}){0,3}[A-Za-z][A-Za-z.'’-]{0,23}[\s#]{1,3}$")
_WORD = pattern(r"[A-Za-z.'’-]+")
_NO_LETTER = pattern(r"[^A-Z]")
_MOST = {"STATE": 300_000, "SECDEF": 200_000}
_OLDEST = 20
"""A year may be at most this many years before the cable."""
_WEAK = frozenset("CASA TANA STAT TATE PORTA BRAZIL NEWYORK PANAM WASHDC".split())
"""Spellings of posts that mean other things in a text: an aircraft, a country, `Pan Am 103`."""
_ADDRESSED = ("AMEMB", "AMCON", "SECSTATEW")
"""Names of posts in headers, if other numbers follow them."""
_SHORTEST = 4
"""The least letters of a spelling that is certain in a text."""

_YEAR_BEFORE = pattern(r"(?:^|(?<=[\s(\[/,;\"'‘’-]))['‘’]?(?P<year>\d\d|(?:19|20)\d\d)[\s-]{1,3}$")
_YEAR_BEHIND = pattern(r"\s{0,2}[(\[]['‘’]?(\d\d|(?:19|20)\d\d)[)\]]")
_YEAR_LIKE = pattern(r"(?:19\d\d|20[0-2]\d)$")
_NO_SERIAL = pattern(
    r"[.,:]\d|\.\.|[-–]?(?:st|nd|rd|th)\b|[/–-]\d|°|\s{0,2}(?:%|(?:per\s?cent|pct|[mb]illion|[mb]n"
    r"|thousand|hundred|km|kilo\w{1,9}|miles|meters|metres|tons|tonnes|barrels|hours?|hrs|minutes"
    r"|days|weeks|months|years?|people|persons|men|women|troops|soldiers|dollars|euros|usd|pounds"
    r"|[ap]\.?m|points?|votes|seats|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b)|(?:\.\d{1,2})?\s{1,6}\d{3}(?:\.\d{1,2})?\s{1,4}of\s{1,4}\d",
    re.IGNORECASE,
)
"""Pattern after a number that is an amount, a share, a time, a date, or of a page line."""
_CLOSED = pattern(
    r"\s{0,3}(?:[,;)\]&/]|\(notal|\.(?!\d)|:(?!\d)|--|–|-\s|(?:and|or|paras?|paragraphs?|notal|ff)\b|\Z"
    r"|\n\s{0,9}(?:\n|¶|\d{1,2}[.)]|[-=*]{3})|x{5})",
    re.IGNORECASE,
)
"""Pattern after the last number of an item."""
_IN_BRACKETS = pattern(
    r"[(\[]\s{0,2}(?:(?:please|also|see,?|cf\.?|e\.g\.,?|per|as|inter\salia,?|reported|in|most"
    r"|recently|detailed|noted|and|from|by|post)\s{1,2}){0,3}$",
    re.IGNORECASE,
)
_NAMED_A_CABLE = pattern(
    r"\b(?:refs?|ref\.?\s?tels?|reference|septels?|cables?|telegrams?|messages?|replac(?:es?|ing)"
    r"|corrects|supersed(?:es?|ing)|cancels|supplements|retransmits|reissues|repeats|iaw)\b"
    r"\.?[\s:(,#]{0,4}(?:[A-Z][).:]{0,2}[\s:(,-]{1,3})?(?:nos?\.?\s{1,2})?$",
    re.IGNORECASE,
)
"""A word directly before a post that announces a cable."""
_CITED_BY = pattern(
    r"\b(?:see|see\salso|per|cf\.?|(?:response|reply|reference|pursuant|further|addition"
    r"|follow[- ]?up)\sto|(?:reported|described|noted|instructed)\s(?:in|by))\s{1,2}$",
    re.IGNORECASE,
)
_CABLE = pattern(
    r"(?:['’]s)?\s{1,2}(?:cable|telegram|message)(?:\s{1,2}number)?[\s#]{1,3}$",
    re.IGNORECASE,
)
"""A word between a post and a number: `State cable 54321`."""
_DATED = pattern(
    r",?\s{1,2}(?:dated|of)\s{1,2}(?:\d{1,2}\s{1,2})?[A-Z][a-z]{2,8}\.?\s{1,2}(?:\d{1,2},?\s{1,2})?"
    r"((?:19|20)\d\d)\b"
)
"""The day of a cable behind its number: `, dated 2 March 2004`, `of March 2, 2004`."""
_SPOKEN_OF = pattern(r"\b(?:in|by|from|of|with|and|our|post[’']s)\s{1,2}$", re.IGNORECASE)
"""A word before the number of a cable that ends an item: `we said so in Jakarta 4212.`"""
_DOES = pattern(
    r"(?:\s{1,2}\(notal\))?\s{1,2}(?:also\s)?(?:report(?:ed|s)|describe[sd]|not(?:ed|es)|outline[sd]"
    r"|provide[sd]|discuss(?:ed|es)|convey(?:ed|s)|request(?:ed|s)|asked|instruct(?:ed|s)|detail(?:ed|s)"
    r"|explain(?:ed|s)|forward(?:ed|s)|transmitted|authoriz(?:ed|es)|summariz(?:ed|es)|refers)\b",
    re.IGNORECASE,
)
"""What a cable does: `Jakarta 4212 reported that ...`."""
_SHORTEST_SPOKEN = 4
"""The least digits of a number that only its sentence shows to be of a cable."""
_HEADING = pattern(
    r"(?:\bunclas\w{0,9}|\bconfidential|\bsecret|\bnoforn|\bofficial\s{1,3}use|(?:\b[a-z]\s){5}"
    r"|\bof\s{1,3}\d{2,3}|//)\s{0,4}$",
    re.IGNORECASE,
)
"""Words before the post and number in a classification line, of this cable or another."""
_REF_LINE = pattern(
    r"\bref(?:s|tels?|\(s\))?\.?\s{0,2}:\s{0,3}(?:\(?[a-z][).:]{1,2}\s{0,3})?$", re.IGNORECASE
)
"""The label of REF lines that are not the cable's own: a page may hold two heads, or two cables."""
_TIME = pattern(r"\d:\d\d[\s,|]{1,4}$")
"""Comes before an ID: in a table of cables, the ID is that of the row."""
_ROW = pattern(r"(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|ONLY|NOFORN)[\s,\"|]{1,4}$")
_AND = r"\s{0,3}(?:[,;&/]|,?\s{0,3}(?:and|or)\b)\s{0,3}"
_JOIN = pattern(_AND, re.IGNORECASE)
_GOES_ON = pattern(_AND + r"#?(?P<serial>\d{2,7})\b", re.IGNORECASE)
_PARAGRAPH = pattern(r"[ ]?[.)]\s")


def _sign(code: int) -> int:
    sign = chr(code)
    if sign.isalpha():
        return ord("a")
    if "0" <= sign <= "9":
        return ord("0")
    return ord(" ") if sign in " \xa0\t\n#" else ord("-")


_SIGNS = bytes(map(_sign, range(256)))
"""The kind of each character."""


class _PostAndNumber(NamedTuple):
    """A post and a number after it."""

    station: str
    sure: bool
    """Whether the name has no other meaning in a text."""
    start: int
    """The start of the name; of the year before it if there is one."""
    digits: int
    """Offset of the number."""
    end: int
    """End of the number."""
    year: int | None
    is_called_cable: bool = False
    """Whether `cable` comes between the post and the number."""


def in_text(
    body: str, skip: Span, year: int, own: IdParts | None, learned: frozenset[str]
) -> list[Reference]:
    """Return every citation of another cable by its number in a body, in order.

    `skip` are the REF lines. `year` is the cable's own, `own` are the parts of its ID; `learned`
    are stations that are in no table. If no year is given, it is the cable's own, and inferred.
    """
    number_places = [
        match
        for match in _NUMBER.finditer(body.encode("latin-1", "replace").translate(_SIGNS))
        if not skip[0] <= match.start() < skip[1] and not (own and _is_own(body, match, own))
    ]
    return list(_Text(body, year, own, learned).references(number_places)) if number_places else []


def _is_own(body: str, match: re.Match[bytes], own: IdParts) -> bool:
    """Return whether this is the cable's own post and number, as on each of its pages."""
    start, end = match.span()
    return (
        not match.lastgroup
        and int(body[start:end]) == own.serial
        and body[start - _FEW - 1 : start - 1].upper() == own.station[-_FEW:]
    )


class _Text:
    """One body, read from its start to its end."""

    def __init__(self, body: str, year: int, own: IdParts | None, learned: frozenset[str]) -> None:
        self.body = body
        self.year = year
        self.own = own
        self.learned = learned
        self.endings = endings(learned)
        self.done = 0
        """End of the last citation."""

    def references(self, numbers: list[re.Match[bytes]]) -> Iterator[Reference]:
        for match in numbers:
            start, end = match.span()
            if start < self.done:
                continue
            if match.lastgroup:
                yield from self._id(start, end)
            elif (place := self._place(start, end)) and self._is_meant(place):
                yield self._reference(place)
                yield from self._going_on(place)

    def _id(self, start: int, end: int) -> Iterator[Reference]:
        printed_id = self.body[start:end]
        parts = split(canonical_id(printed_id))
        if parts is None or parts == self.own or _TIME.search(self._before(start)):
            return
        if station_named := station_at_end([parts.station], self.learned):
            self.done = end
            name = compose(parts.year, station_named[0], parts.serial)
            source: ReferenceSource = "list" if self._is_listed(start, end) else "text"
            yield Reference(None, "cable", name, False, printed_id, (start, end), source=source)

    def _is_listed(self, start: int, end: int) -> bool:
        """Return whether an ID is in the list of a database row: some bodies contain one."""
        bars = "|" in self.body[start - 1 : start] + self.body[end : end + 1]
        return bars or _ROW.search(self._before(start)) is not None

    def _before(self, start: int) -> str:
        return self.body[max(0, start - _BEFORE) : start]

    def _place(self, start: int, end: int) -> _PostAndNumber | None:
        """Return the citation of a number whose words before it name a post."""
        begin = max(self.done, start - _NAME)
        line_before = self.body[begin:start]
        if cable_word := _CABLE.search(line_before):
            line_before = line_before[: cable_word.start()] + " "
        last_word = line_before.split()[-1].strip(_AROUND).upper().replace("'", "")
        if last_word not in self.endings:
            return None
        name_words = _WORDS.search(line_before)
        words = list(_WORD.finditer(line_before, name_words.start())) if name_words else []
        letters = [_NO_LETTER.sub("", word.group().upper()) for word in words]
        station_named = station_at_end(letters, self.learned)
        if station_named is None:
            return None
        station, count = station_named
        name = "".join(letters[-count:])
        first_offset = begin + words[-count].start()
        if not self.body[first_offset].isupper() and self.body[start] != "0":
            return None
        is_sure = len(name) >= _SHORTEST and name not in _WEAK and not name.startswith(_ADDRESSED)
        year_given, first_offset = self._year_before(first_offset)
        year_given = year_given or self._year_behind(end)
        return _PostAndNumber(
            station, is_sure, first_offset, start, end, year_given, cable_word is not None
        )

    def _year_before(self, start: int) -> tuple[int | None, int]:
        match = _YEAR_BEFORE.search(self._before(start))
        year_found = self._year(match["year"]) if match else None
        if match is None or year_found is None or _HEADING.search(match.string):
            return None, start
        return year_found, start - (len(match.string) - match.start())

    def _year_behind(self, end: int) -> int | None:
        match = _YEAR_BEHIND.match(self.body, end) or _DATED.match(self.body, end)
        return self._year(match[1]) if match else None

    def _year(self, text: str) -> int | None:
        year, own_year = full_year(int(text)), full_year(self.year)
        return year if not own_year or own_year - _OLDEST <= year <= own_year else None

    def _is_meant(self, place: _PostAndNumber) -> bool:
        """Return whether the context shows that a cable is meant."""
        body, end = self.body, place.end
        number_digits = body[place.digits : end]
        text_before = self._before(place.start)
        if not self._is_serial(place.station, number_digits) or _NO_SERIAL.match(body, end):
            return False
        if text_before.endswith("/") or self._is_label(place):
            return False
        if _HEADING.search(text_before) or _REF_LINE.search(text_before):
            return False
        if place.is_called_cable or _NAMED_A_CABLE.search(text_before):
            return True
        is_closed = _CLOSED.match(body, end) is not None
        if place.year is not None:
            is_four_digits = body[place.start : place.start + 4].isdigit()
            return is_closed or not is_four_digits or _DOES.match(body, end) is not None
        if not place.sure or _YEAR_LIKE.match(number_digits):
            return False
        if is_closed and (
            _IN_BRACKETS.search(text_before)
            or _CITED_BY.search(text_before)
            or _JOIN.fullmatch(body, self.done, place.start)
        ):
            return True
        if len(number_digits) >= _SHORTEST_SPOKEN and self._is_spoken_of(
            text_before, end, closed=is_closed
        ):
            return True
        return self._is_in_capitals(place, text_before, len(number_digits))

    def _is_spoken_of(self, before: str, end: int, *, closed: bool) -> bool:
        """Return whether a sentence shows it: `Jakarta 4212 reported`, `said in Jakarta 4212,`."""
        spoken_of = closed and _SPOKEN_OF.search(before) is not None
        return spoken_of or _DOES.match(self.body, end) is not None

    def _is_in_capitals(self, place: _PostAndNumber, before: str, digits: int) -> bool:
        """Return whether the form is enough: `in STATE 106206 you asked`, `WARSAW 01071`."""
        station_name = self.body[place.start : place.digits]
        if self.body[place.digits] == "0":
            return digits >= 5 and not self.body[place.end + 1 : place.end + 2].isdigit()
        if place.station == "STATE" and digits >= 5:
            return True
        words_before = before.split()
        return (
            digits >= 3
            and station_name.isupper()
            and bool(words_before)
            and (words_before[-1] != words_before[-1].upper() or before.endswith(("(", "[")))
        )

    def _is_serial(self, station: str, digits: str) -> bool:
        serial_number = int(digits)
        is_own = self.own is not None and self.own[1:] == (station, serial_number)
        return 0 < serial_number <= _MOST.get(station, MOST_OF_A_POST) and not is_own

    def _is_label(self, place: _PostAndNumber) -> bool:
        """Return whether the number begins its line and numbers a paragraph."""
        if place.end - place.digits > 3 or self.body[place.digits] == "0":
            return False
        line = self.body.rfind("\n", 0, place.digits) + 1
        at_start = not self.body[line : place.digits].strip()
        return at_start and _PARAGRAPH.match(self.body, place.end) is not None

    def _going_on(self, place: _PostAndNumber) -> Iterator[Reference]:
        """Yield the following numbers without a post: `Mexico 443, 2042 and 2097`."""
        while match := _GOES_ON.match(self.body, self.done):
            digits = match["serial"]
            if (
                _YEAR_LIKE.match(digits)
                or _NO_SERIAL.match(self.body, match.end())
                or not _CLOSED.match(self.body, match.end())
                or not self._is_serial(place.station, digits)
            ):
                return
            start, end = match.span("serial")
            yield self._reference(place._replace(start=start, digits=start, end=end))

    def _reference(self, place: _PostAndNumber) -> Reference:
        self.done = place.end
        serial_number = int(self.body[place.digits : place.end])
        year = self.year if place.year is None else place.year
        return Reference(
            None,
            "cable",
            compose(year, place.station, serial_number),
            place.year is None,
            " ".join(self.body[place.start : place.end].split()),
            (place.start, place.end),
            source="text",
        )

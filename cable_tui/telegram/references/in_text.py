"""Citations in running text: `(Mexico 3721)`, `05 Mexico 3721`, `replaces WARSAW 01071`, an ID.

A post and a number are a citation only if the post is known, the number is plausible, and the
context shows that a cable is intended: a year before the post, brackets around nothing else, a word
such as `ref` or `cable`, a number padded with zeros, a post in capitals within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.cable import Reference, ReferenceSource, Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.ids import IdParts, canonical_id, compose, full_year, split
from cable_tui.telegram.references.scan import MOST_OF_A_POST
from cable_tui.telegram.references.stations import endings, station_at_end

_NUMBER = pattern(
    rb"0(?:(?:(?<=a 0)|(?<=a  0)|(?<=a   0))0{1,7}(?![0a])"
    rb"|(?<![0a]0)0(?P<id>a{3,24}0{1,7})(?![0a]))"
)
"""A number after a word, or an ID, in the character classes of `_SIGNS`. A pattern that begins with
a single character is found quickly, since most of a text has no digits.
"""
_BEFORE = 72
"""The number of characters before a number to examine."""
_FEW = 3
"""The number of letters by which the cable's own post is recognized."""
_NAME = 44
"""The number of characters before a number in which its post must be."""
_AROUND = "#([{\"'“‘-–—*:"
_WORDS = pattern(r"(?:[A-Za-z][A-Za-z.'’-]{0,23}\s{1,3}){0,3}[A-Za-z][A-Za-z.'’-]{0,23}[\s#]{1,3}$")
_WORD = pattern(r"[A-Za-z.'’-]+")
_NO_LETTER = pattern(r"[^A-Z]")
_MOST = {"STATE": 300_000, "SECDEF": 200_000}
_OLDEST = 20
"""The maximum number of years by which a cited year may precede the cable."""
_WEAK = frozenset("CASA TANA STAT TATE PORTA BRAZIL NEWYORK PANAM WASHDC".split())
"""Spellings of posts that mean other things in a text: an aircraft, a country, `Pan Am 103`."""
_ADDRESSED = ("AMEMB", "AMCON", "SECSTATEW")
"""Beginnings of names of posts in headers, which are followed by other numbers."""
_SHORTEST = 4
"""The minimum length, in letters, of a spelling that is unambiguous in a text."""

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
"""A pattern after a number that is an amount, a share, a time or a date, or is on a page line."""
_CLOSED = pattern(
    r"\s{0,3}(?:[,;)\]&/]|\(notal|\.(?!\d)|:(?!\d)|--|–|-\s|(?:and|or|paras?|paragraphs?|notal|ff)\b|\Z"
    r"|\n\s{0,9}(?:\n|¶|\d{1,2}[.)]|[-=*]{3})|x{5})",
    re.IGNORECASE,
)
"""A pattern after the last number of an item."""
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
"""A word, directly before a post, that shows that a cable follows."""
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
"""The date of a cable after its number: `, dated 2 March 2004`, `of March 2, 2004`."""
_SPOKEN_OF = pattern(r"\b(?:in|by|from|of|with|and|our|post[’']s)\s{1,2}$", re.IGNORECASE)
"""A word before the number of a cable that ends an item: `we said so in Jakarta 4212.`"""
_DOES = pattern(
    r"(?:\s{1,2}\(notal\))?\s{1,2}(?:also\s)?(?:report(?:ed|s)|describe[sd]|not(?:ed|es)|outline[sd]"
    r"|provide[sd]|discuss(?:ed|es)|convey(?:ed|s)|request(?:ed|s)|asked|instruct(?:ed|s)|detail(?:ed|s)"
    r"|explain(?:ed|s)|forward(?:ed|s)|transmitted|authoriz(?:ed|es)|summariz(?:ed|es)|refers)\b",
    re.IGNORECASE,
)
"""Verbs that have a cable as their subject: `Jakarta 4212 reported that ...`."""
_SHORTEST_SPOKEN = 4
"""The minimum number of digits in a number that is recognized as a cable's only by its sentence."""
_HEADING = pattern(
    r"(?:\bunclas\w{0,9}|\bconfidential|\bsecret|\bnoforn|\bofficial\s{1,3}use|(?:\b[a-z]\s){5}"
    r"|\bof\s{1,3}\d{2,3}|//)\s{0,4}$",
    re.IGNORECASE,
)
"""Words before the post and number in a classification line, in this cable or another."""
_REF_LINE = pattern(
    r"\bref(?:s|tels?|\(s\))?\.?\s{0,2}:\s{0,3}(?:\(?[a-z][).:]{1,2}\s{0,3})?$", re.IGNORECASE
)
"""The label of REF lines that belong to another cable: a page may contain two heads, or two cables.
"""
_TIME = pattern(r"\d:\d\d[\s,|]{1,4}$")
"""A pattern before an ID in a table of cables, where the ID belongs to the row."""
_ROW = pattern(r"(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|ONLY|NOFORN)[\s,\"|]{1,4}$")
_AND = r"\s{0,3}(?:[,;&/]|,?\s{0,3}(?:and|or)\b)\s{0,3}"
_JOIN = pattern(_AND, re.IGNORECASE)
_GOES_ON = pattern(_AND + r"#?(?P<serial>\d{2,7})\b", re.IGNORECASE)
_PARAGRAPH = pattern(r"[ ]?[.)]\s")


def _sign(code: int) -> int:
    character = chr(code)
    if character.isalpha():
        return ord("a")
    if "0" <= character <= "9":
        return ord("0")
    return ord(" ") if character in " \xa0\t\n#" else ord("-")


_SIGNS = bytes(map(_sign, range(256)))
"""The class of each character."""


class _PostAndNumber(NamedTuple):
    """A post and a number after it."""

    station: str
    sure: bool
    """Whether the name has no other meaning in a text."""
    start: int
    """The start of the name, or of the year before it if there is one."""
    digits: int
    """The offset of the number."""
    end: int
    """The end of the number."""
    year: int | None
    is_called_cable: bool = False
    """Whether `cable` is between the post and the number."""


def in_text(
    body: str, skip: Span, year: int, own: IdParts | None, learned: frozenset[str]
) -> list[Reference]:
    """Return every citation of another cable by its number in a body, in order.

    `skip` is the span of the REF lines, `year` is the cable's own year, and `own` contains the
    parts of its ID; `learned` contains stations that no table lists. If no year is printed, the
    cable's own is used and marked as inferred.
    """
    number_matches = [
        match
        for match in _NUMBER.finditer(body.encode("latin-1", "replace").translate(_SIGNS))
        if not skip[0] <= match.start() < skip[1] and not (own and _is_own(body, match, own))
    ]
    return (
        list(_Text(body, year, own, learned).references(number_matches)) if number_matches else []
    )


def _is_own(body: str, match: re.Match[bytes], own_parts: IdParts) -> bool:
    """Return whether this is the cable's own post and number, as on each of its pages."""
    number_start, number_end = match.span()
    return (
        not match.lastgroup
        and int(body[number_start:number_end]) == own_parts.serial
        and body[number_start - _FEW - 1 : number_start - 1].upper() == own_parts.station[-_FEW:]
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
        """The offset where the last citation ends."""

    def references(self, numbers: list[re.Match[bytes]]) -> Iterator[Reference]:
        for match in numbers:
            number_start, number_end = match.span()
            if number_start < self.done:
                continue
            if match.lastgroup:
                yield from self._id(number_start, number_end)
            elif (post_number := self._place(number_start, number_end)) and self._is_meant(
                post_number
            ):
                yield self._reference(post_number)
                yield from self._going_on(post_number)

    def _id(self, start: int, end: int) -> Iterator[Reference]:
        printed_id = self.body[start:end]
        id_parts = split(canonical_id(printed_id))
        if id_parts is None or id_parts == self.own or _TIME.search(self._before(start)):
            return
        if station_named := station_at_end([id_parts.station], self.learned):
            self.done = end
            reference_id = compose(id_parts.year, station_named[0], id_parts.serial)
            reference_source: ReferenceSource = "list" if self._is_listed(start, end) else "text"
            yield Reference(
                None,
                "cable",
                reference_id,
                False,
                printed_id,
                (start, end),
                source=reference_source,
            )

    def _is_listed(self, start: int, end: int) -> bool:
        """Return whether an ID is in the list of a database row, which some bodies contain."""
        has_bars = "|" in self.body[start - 1 : start] + self.body[end : end + 1]
        return has_bars or _ROW.search(self._before(start)) is not None

    def _before(self, start: int) -> str:
        return self.body[max(0, start - _BEFORE) : start]

    def _place(self, start: int, end: int) -> _PostAndNumber | None:
        """Return the citation for a number if the words before it are a post, otherwise None."""
        search_start = max(self.done, start - _NAME)
        line_before = self.body[search_start:start]
        if cable_word := _CABLE.search(line_before):
            line_before = line_before[: cable_word.start()] + " "
        last_word = line_before.split()[-1].strip(_AROUND).upper().replace("'", "")
        if last_word not in self.endings:
            return None
        name_words = _WORDS.search(line_before)
        words = list(_WORD.finditer(line_before, name_words.start())) if name_words else []
        word_letters = [_NO_LETTER.sub("", word.group().upper()) for word in words]
        station_named = station_at_end(word_letters, self.learned)
        if station_named is None:
            return None
        station, word_count = station_named
        station_name = "".join(word_letters[-word_count:])
        first_offset = search_start + words[-word_count].start()
        if not self.body[first_offset].isupper() and self.body[start] != "0":
            return None
        is_sure = (
            len(station_name) >= _SHORTEST
            and station_name not in _WEAK
            and not station_name.startswith(_ADDRESSED)
        )
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

    def _is_meant(self, post_number: _PostAndNumber) -> bool:
        """Return whether the context shows that a cable is intended."""
        body, end = self.body, post_number.end
        number_digits = body[post_number.digits : end]
        text_before = self._before(post_number.start)
        if not self._is_serial(post_number.station, number_digits) or _NO_SERIAL.match(body, end):
            return False
        if text_before.endswith("/") or self._is_label(post_number):
            return False
        if _HEADING.search(text_before) or _REF_LINE.search(text_before):
            return False
        if post_number.is_called_cable or _NAMED_A_CABLE.search(text_before):
            return True
        is_closed = _CLOSED.match(body, end) is not None
        if post_number.year is not None:
            is_four_digits = body[post_number.start : post_number.start + 4].isdigit()
            return is_closed or not is_four_digits or _DOES.match(body, end) is not None
        if not post_number.sure or _YEAR_LIKE.match(number_digits):
            return False
        if is_closed and (
            _IN_BRACKETS.search(text_before)
            or _CITED_BY.search(text_before)
            or _JOIN.fullmatch(body, self.done, post_number.start)
        ):
            return True
        if len(number_digits) >= _SHORTEST_SPOKEN and self._is_spoken_of(
            text_before, end, closed=is_closed
        ):
            return True
        return self._is_in_capitals(post_number, text_before, len(number_digits))

    def _is_spoken_of(self, text_before: str, end: int, *, closed: bool) -> bool:
        """Return whether a sentence shows that a cable is intended.

        Examples: `Jakarta 4212 reported`, `said in Jakarta 4212,`.
        """
        spoken_of = closed and _SPOKEN_OF.search(text_before) is not None
        return spoken_of or _DOES.match(self.body, end) is not None

    def _is_in_capitals(self, post_number: _PostAndNumber, text_before: str, digits: int) -> bool:
        """Return whether the form is sufficient: `in STATE 106206 you asked`, `WARSAW 01071`."""
        station_name = self.body[post_number.start : post_number.digits]
        if self.body[post_number.digits] == "0":
            return (
                digits >= 5 and not self.body[post_number.end + 1 : post_number.end + 2].isdigit()
            )
        if post_number.station == "STATE" and digits >= 5:
            return True
        words_before = text_before.split()
        return (
            digits >= 3
            and station_name.isupper()
            and bool(words_before)
            and (words_before[-1] != words_before[-1].upper() or text_before.endswith(("(", "[")))
        )

    def _is_serial(self, station: str, digits: str) -> bool:
        serial_number = int(digits)
        is_own = self.own is not None and self.own[1:] == (station, serial_number)
        return 0 < serial_number <= _MOST.get(station, MOST_OF_A_POST) and not is_own

    def _is_label(self, post_number: _PostAndNumber) -> bool:
        """Return whether the number begins its line and numbers a paragraph."""
        if post_number.end - post_number.digits > 3 or self.body[post_number.digits] == "0":
            return False
        line_start = self.body.rfind("\n", 0, post_number.digits) + 1
        is_at_line_start = not self.body[line_start : post_number.digits].strip()
        return is_at_line_start and _PARAGRAPH.match(self.body, post_number.end) is not None

    def _going_on(self, post_number: _PostAndNumber) -> Iterator[Reference]:
        """Yield the following numbers without a post: `Mexico 443, 2042 and 2097`."""
        while match := _GOES_ON.match(self.body, self.done):
            serial_digits = match["serial"]
            if (
                _YEAR_LIKE.match(serial_digits)
                or _NO_SERIAL.match(self.body, match.end())
                or not _CLOSED.match(self.body, match.end())
                or not self._is_serial(post_number.station, serial_digits)
            ):
                return
            serial_start, serial_end = match.span("serial")
            yield self._reference(
                post_number._replace(start=serial_start, digits=serial_start, end=serial_end)
            )

    def _reference(self, post_number: _PostAndNumber) -> Reference:
        self.done = post_number.end
        serial_number = int(self.body[post_number.digits : post_number.end])
        year = self.year if post_number.year is None else post_number.year
        return Reference(
            None,
            "cable",
            compose(year, post_number.station, serial_number),
            post_number.year is None,
            " ".join(self.body[post_number.start : post_number.end].split()),
            (post_number.start, post_number.end),
            source="text",
        )

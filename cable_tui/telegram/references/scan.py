"""Find the cables that one item of a REF block names, token by token."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.telegram.ids import full_year
from cable_tui.telegram.references.items import kind_of, without_dates
from cable_tui.telegram.references.stations import known, nearest, station_at_end

_OLDEST = 45
"""The maximum number of years before the cable that a printed year may be."""
_HIGHEST_SERIAL = 1_999_999
MOST_OF_A_POST = 36_000
"""A serial higher than that of any post in a year; only the Department's serials are higher."""
_MOST_OF_STATE = 400_000
_LATEST = 2010
"""The year of the last cable: a later number before a station is not a year."""

_TOKEN = pattern(
    r"(?P<word>ST\.(?=[ ])|[A-Z][A-Z']*(?:[.-](?=[A-Z])[A-Z']+)*)"
    r"|(?P<number>[0-9]+)|(?P<mark>[^\s])"
)
_ALONE = pattern(
    r"\s*(?:(?P<year>[0-9]{2}|(?:19|20)[0-9]{2})[ ]{1,3})?"
    r"(?P<words>[A-Z]{2,20}(?:[ ][A-Z]{2,20}){0,2})[ ]{0,4}(?P<serial>[0-9]{1,7})\s*"
)
_LINE_END = pattern(r"\n")
_NO_LETTER = pattern(r"[^A-Z]")
_WORDS_KEPT = 4096
"""The number of words of REF lines whose results are cached; a few words make up most of them."""
_JOINS = frozenset({"AND", "OR", "&", ",", ";", "/", "+"})
_PARTS = frozenset({"AND", "&", ",", ";"})
_BETWEEN = frozenset("CABLE CABLES TELEGRAM TEL NO NOS NR NUMBER # : .".split())
_REMARKS = frozenset({"PREVIOUS", "NOTAL", "EARLIER", "OTHERS", "EXDIS", "NODIS"})
_NO_POSTS = frozenset(
    """
    JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER
    PARA PARAS PARAGRAPH PARAGRAPHS PAGE PAGES PART PARTS SECTION SECTIONS
    """.split()
)


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    kind: str | None
    """The kind of the token: `word`, `number` or `mark`."""


class ItemCable(NamedTuple):
    """A cable found in an item."""

    station: str
    serial: int
    year: int | None
    start: int
    end: int


def cables_in(
    content: str, year: int, own_station: str, learned: frozenset[str], *, by_line: bool
) -> list[ItemCable]:
    """Return the cables of an item in capitals without remarks; `own_station` may be empty.

    With `by_line`, each line may be a separate item.
    """
    line_breaks = [match.start() for match in _LINE_END.finditer(content)] if by_line else []
    tokens = [
        _Token(match[0], *match.span(), match.lastgroup) for match in _TOKEN.finditer(content)
    ]
    item_scan = _Scan(tokens, year, line_breaks, learned)
    return item_scan.run() or item_scan.number_first() or item_scan.own_post(own_station)


def cable_alone(content: str, year: int, learned: frozenset[str]) -> ItemCable | None:
    """Return the cable of an item that consists of a post and a number, such as `04 SAN JOSE 508`.

    Most items do, and need not be read token by token. Return None for any other item.
    """
    match = _ALONE.fullmatch(content)
    station = _station_alone(match["words"]) if match else None
    if match is None or station is None or not 0 < int(match["serial"]) <= _HIGHEST_SERIAL:
        return None
    station_name = match["words"].replace(" ", "")
    year_given = _year_of_post(match["year"], year, begins=True) if match["year"] else None
    citation_start = match.start("words" if year_given is None else "year")
    return ItemCable(
        station_name if station_name in learned else station,
        int(match["serial"]),
        year_given,
        citation_start,
        match.end("serial"),
    )


@lru_cache(_WORDS_KEPT)
def _station_alone(words: str) -> str | None:
    """Return the station that words name as a whole, if none of the words can be anything else."""
    date_words = words.split()
    words_as_date = f"1 {words} 1"
    if without_dates(words_as_date) != words_as_date or any(map(_is_keyword, date_words)):
        return None
    if _BETWEEN.intersection(date_words) or _JOINS.intersection(date_words):
        return None
    return known("".join(date_words))


class _Scan:
    """A scan of the tokens of an item, from left to right."""

    def __init__(
        self, tokens: list[_Token], year: int, breaks: list[int], learned: frozenset[str]
    ) -> None:
        self.tokens = tokens
        self.year = year
        self.learned = learned
        self.keywords = _keywords(tokens, breaks)

    def run(self) -> list[ItemCable]:
        """Return all cables named with their station, and numbers that continue a list."""
        cables: list[ItemCable] = []
        token_index = 0
        first_free = 0
        station: str | None = None
        year_named: int | None = None
        while token_index < len(self.tokens):
            this_token = self.tokens[token_index]
            if this_token.kind != "number":
                token_index += 1
                continue
            if station_named := self._named(token_index, first_free):
                station, first_token, year_named = station_named
            elif station is None or not self._goes_on(first_free, token_index):
                station = None
                token_index += 1
                continue
            else:
                first_token = token_index
            self._part_glued(token_index, station)
            year_after, serial_number, serial_end = self._serial(token_index)
            chosen_year = year_named if year_after is None else year_after
            span = self.tokens[first_token].start, self.tokens[serial_end - 1].end
            cables.append(ItemCable(station, serial_number, chosen_year, *span))
            token_index = first_free = serial_end
        return cables

    def _part_glued(self, index: int, station: str) -> None:
        """Separate a serial from the year of the next item: `LONDON 117007 PARIS 22`."""
        digits, token_start, token_end, token_kind = self.tokens[index]
        most_serials = _MOST_OF_STATE if station == "STATE" else MOST_OF_A_POST
        if (
            len(digits) < 5
            or int(digits) <= most_serials
            or station == "SECDEF"
            or index + 1 == len(self.tokens)
        ):
            return
        if (
            self.tokens[index + 1].kind == "word"
            and _valid_year(digits[-2:], self.year) is not None
        ):
            split_tokens = (
                _Token(digits[:-2], token_start, token_end - 2, token_kind),
                _Token(digits[-2:], token_end - 2, token_end, token_kind),
            )
            self.tokens[index : index + 1] = split_tokens
            self.keywords.insert(index, self.keywords[index])

    def _named(self, serial_index: int, first_free: int) -> tuple[str, int, int | None] | None:
        """Return the station before a serial, its first token and its year, or None."""
        # A word before the number may say that this is no cable: `DAO MADRID IIR 6`.
        if not self._is_serial(serial_index) or self.keywords[serial_index] >= first_free:
            return None
        name_end, year = self._station_end(serial_index, first_free)
        name_start = name_end
        while (
            name_start > first_free
            and name_end - name_start < 6
            and self.tokens[name_start - 1].kind == "word"
        ):
            name_start -= 1
        name_words = [self._letters(word_index) for word_index in range(name_start, name_end)]
        if not name_words:
            return None
        station_and_count = station_at_end(name_words, self.learned)
        if station_and_count is None:
            corrected_station = (
                None if name_words[-1] in _NO_POSTS else nearest("".join(name_words))
            )
            if corrected_station is None:
                return None
            station_and_count = corrected_station, len(name_words)
        first_token = name_end - station_and_count[1]
        if first_token > name_start and self._is_year_of_title(serial_index):
            return None
        year_before, first_token = self._year_before(first_token, first_free)
        return station_and_count[0], first_token, year if year_before is None else year_before

    def _station_end(self, index: int, first_free: int) -> tuple[int, int | None]:
        """Return the end of the station before a serial, and a year between them or None.

        The forms are `STATE (01) 201265`, `BAGHDAD #3565`, `PRAGUE, 1228`.
        """
        name_end = index
        token_texts = [token.text for token in self.tokens[max(first_free, index - 3) : index]]
        if len(token_texts) == 3 and token_texts[0] in ("(", "[") and token_texts[2] in (")", "]"):
            year = _valid_year(token_texts[1], self.year)
            if year is not None:
                return index - 3, year
        while name_end > first_free and self.tokens[name_end - 1].text in _BETWEEN:
            name_end -= 1
        if name_end == index and index > first_free and self.tokens[index - 1].text in ("-", ","):
            is_comma = self.tokens[index - 1].text == ","
            word = self._letters(index - 2) if index - 2 >= first_free else ""
            if not is_comma or (word and station_at_end([word], self.learned)):
                name_end -= 1
        return name_end, None

    def _is_year_of_title(self, index: int) -> bool:
        """Return whether a number after too many words is a year, as in `REPORT ON PERU 2008`."""
        token_text = self.tokens[index].text
        return (
            len(token_text) == 4
            and token_text[:2] in ("19", "20")
            and _valid_year(token_text, self.year) is not None
        )

    def _letters(self, index: int) -> str:
        token_text = self.tokens[index].text
        return (
            token_text
            if token_text.isalpha() and token_text.isascii()
            else _NO_LETTER.sub("", token_text)
        )

    def _is_serial(self, index: int) -> bool:
        serial_token = self.tokens[index]
        if (
            serial_token.kind != "number"
            or len(serial_token.text) > 9
            or not 0 < int(serial_token.text) <= _HIGHEST_SERIAL
        ):
            return False
        next_token = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        return not (
            next_token and next_token.text.startswith("Z") and next_token.start == serial_token.end
        )

    def _year_before(self, first_token: int, first_free: int) -> tuple[int | None, int]:
        token_index = first_token - 1
        if (
            token_index >= first_free
            and self.tokens[token_index].text in ("-", ".")
            and token_index - 1 >= first_free
        ):
            token_index -= 1
        is_closed = token_index >= first_free and self.tokens[token_index].text in (")", "]")
        token_index -= is_closed
        if token_index < first_free or self.tokens[token_index].kind != "number":
            return None, first_token
        token_text = self.tokens[token_index].text
        year = _year_of_post(token_text, self.year, begins=not token_index)
        if year is None:
            return None, first_token
        token_index -= is_closed
        if token_index - 1 >= first_free and self.tokens[token_index - 1].text == "'":
            token_index -= 1
        return year, max(token_index, first_free)

    def _serial(self, index: int) -> tuple[int | None, int, int]:
        """Return the year next to a serial (`04-123456`), the serial, and the token after both."""
        token_texts = [token.text for token in self.tokens[index : index + 3]]
        if (
            len(token_texts) == 3
            and token_texts[1] == "-"
            and len(token_texts[2]) > 2
            and self._is_serial(index + 2)
        ):
            year = _valid_year(token_texts[0], self.year)
            if year is not None:
                return year, int(token_texts[2]), index + 3
        year_after, year_end = self._year_after(index)
        return year_after, int(token_texts[0]), year_end

    def _year_after(self, index: int) -> tuple[int | None, int]:
        """Return the year after a serial, and the token after the whole citation."""
        token_texts = [token.text for token in self.tokens[index + 1 : index + 5]] + [""] * 4
        if token_texts[0] in ("(", "["):
            apostrophe_count = 1 if token_texts[1] == "'" else 0
            year = _valid_year(token_texts[1 + apostrophe_count], self.year)
            if year is not None and token_texts[2 + apostrophe_count] in (")", "]"):
                return year, index + 4 + apostrophe_count
        elif (
            token_texts[0] in ("-", "/", "'", "OF")
            and (year := _valid_year(token_texts[1], self.year)) is not None
        ):
            if self._ends(index + 3):
                return year, index + 3
        elif (year := _valid_year(token_texts[0], self.year)) is not None and self._ends(index + 2):
            return year, index + 2
        return None, index + 1

    def _ends(self, index: int) -> bool:
        """Return whether no station or serial follows, so the number before is a year."""
        if index >= len(self.tokens):
            return True
        end_token = self.tokens[index]
        return end_token.text in _JOINS and end_token.text != "/"

    def _goes_on(self, first_free: int, index: int) -> bool:
        """Return whether only joining words are between the last serial and this number."""
        tokens_between = self.tokens[first_free:index]
        is_joined = any(token.text in _JOINS for token in tokens_between)
        is_plain = all(token.text in _JOINS or token.text in _BETWEEN for token in tokens_between)
        next_token = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        is_year_of_next = next_token and next_token.kind == "word" and next_token.text not in _JOINS
        return is_joined and is_plain and self._is_serial(index) and not is_year_of_next

    def number_first(self) -> list[ItemCable]:
        """Read `377 KATHMANDU`, if the whole item is in this order."""
        number_end = len(self.tokens)
        while number_end and self.tokens[number_end - 1].text in _PARTS | {"."}:
            number_end -= 1
        tokens = self.tokens[:number_end]
        if (
            len(tokens) < 2
            or tokens[0].kind != "number"
            or any(token.kind != "word" for token in tokens[1:])
        ):
            return []
        number_text = tokens[0].text
        name_words = [self._letters(word_index) for word_index in range(1, len(tokens))]
        station_and_count = station_at_end(name_words, self.learned)
        if (
            not 3 <= len(number_text) <= 6
            or station_and_count is None
            or station_and_count[1] != len(name_words)
        ):
            return []
        if _valid_year(number_text, self.year) is not None or not int(number_text):
            return []
        return [
            ItemCable(station_and_count[0], int(number_text), None, tokens[0].start, tokens[-1].end)
        ]

    def own_post(self, own_station: str) -> list[ItemCable]:
        """Read `A) 6307` or `6307 AND 6310`; numbers alone belong to the cable's own post."""
        if not own_station:
            return []
        cables = []
        is_alone = sum(token.kind == "number" for token in self.tokens) == 1
        for token_index, token in enumerate(self.tokens):
            if token.kind == "number":
                if not 2 <= len(token.text) <= 6 or not self._is_serial(token_index):
                    return []
                # A year is no serial.
                if is_alone and _valid_year(token.text, self.year) is not None:
                    return []
                serial_number = int(token.text)
                station = own_station if serial_number <= MOST_OF_A_POST else "STATE"
                cables.append(ItemCable(station, serial_number, None, token.start, token.end))
            elif token.text not in _JOINS | _BETWEEN | _REMARKS:
                return []
        return cables


def _valid_year(text: str, year: int) -> int | None:
    """Return the four-digit year that a cable of `year` can cite, or None.

    The text has two or four digits.
    """
    if len(text) == 4 and text[:2] in ("19", "20"):
        whole_year = int(text)
    elif len(text) == 2 and text.isdigit():
        whole_year = full_year(int(text))
    else:
        return None
    own_year = full_year(year)
    return whole_year if not own_year or own_year - _OLDEST <= whole_year <= own_year else None


def _year_of_three(text: str, year: int) -> int | None:
    """Return a year that was typed with one digit too many, or None.

    It is the latest of the years that `094` can mean.
    """
    if len(text) != 3 or text[0] != "0":
        return None
    possible_years = (
        _valid_year(text[:digit_index] + text[digit_index + 1 :], year) for digit_index in range(3)
    )
    return max((year for year in possible_years if year is not None), default=None)


def _year_of_post(text: str, year: int, *, begins: bool) -> int | None:
    """Return the year that a number before a post means, or None.

    If an item begins with the number, it is a year even if the cable is older.
    """
    valid_year = _valid_year(text, year) or _year_of_three(text, year)
    if valid_year is None and begins and len(text) == 2 and full_year(int(text)) <= _LATEST:
        valid_year = full_year(int(text))
    return valid_year


@lru_cache(_WORDS_KEPT)
def _is_keyword(word: str) -> bool:
    """Return whether a word shows that the next number is not a cable."""
    return kind_of(word + " ") is not None


def _keywords(tokens: list[_Token], breaks: list[int]) -> list[int]:
    """Return, for each token, the last earlier token that excludes cables after it, or -1.

    Its effect ends at a joining word, and at the offsets in `breaks`.
    """
    keyword_indexes = []
    last_keyword = -1
    line_number = 0
    for token_index, token in enumerate(tokens):
        if token.text in _PARTS or bisect_left(breaks, token.start) != line_number:
            line_number = bisect_left(breaks, token.start)
            last_keyword = -1
        if token.kind == "word" and _is_keyword(token.text):
            last_keyword = token_index
        keyword_indexes.append(last_keyword)
    return keyword_indexes

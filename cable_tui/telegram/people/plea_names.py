"""The tokens of a stretch of text, and the runs of them that may be somebody's name.

Page lines with the blank lines around them, backslashes at line ends and line ends are not tokens.
A paragraph's end is one, and so is its number.

In a text of both cases a name is a run of capitalized words, with the small ones that names have;
in one of capitals only, what is left between the words of general English that are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui.glossary.tables import word_lists
from cable_tui.pattern import pattern
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.people.name_words import (
    BEHIND_NAMES,
    CAPITAL_NO_NAMES,
    COUNTRIES,
    GIVEN_TOO,
    NO_NAME_WORDS,
    NO_NAMES,
    ORGANIZATIONS,
    PARTICLES,
    PLACES_BEFORE,
    ROLES,
    SURNAMES_TOO,
    TITLE_WORDS,
    TITLES,
)

_ARTICLE = pattern(
    r"(?:a[dlnrstz]|ash|[eiu]l|bin|ibn|bint|abu|ben|d|de|l|ould)[-'’`](?=(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_PERSONAL = word_lists("name_words")["ALWAYS_NAMED"]
"""Titles that are followed only by a name."""
_ACRONYM = 4
"""Letters of a word of capitals, in a text of both cases, that is more likely an acronym."""
_MOST_WORDS = 9
"""The most words of a name, including particles: two given names and two surnames."""
_NICKNAME = 4
_ENGLISH_ENDS = ("tion", "tions", "ment", "ments", "ness")
_COMPOUND = pattern(r"\w{1,40}-(?:[a-zà-þ]{1,20}-)?[a-zà-þ]{1,20}(?:ed|ing|born|led|elect|run)$")
"""A word with a capital that tells somebody's origin: `US-educated`."""
_OPENING = frozenset('"“‘(')
_CLOSING = frozenset('"”’)')


class FoundName(NamedTuple):
    """A run that may be somebody's name, by the positions of its tokens."""

    lead: int
    """Index of the first of the capitalized words before it: its title, an organization."""
    first: int
    end: int
    """Index after its last token."""
    is_redacted: bool = False
    """Whether it is blacked out."""
    is_doubtful: bool = False
    """Whether a title follows (`Ivo Tern Deputy Minister`), or it may be an acronym."""


class PleaNames:
    """The names in some tokens, in order."""

    def __init__(self, tokens: Sequence[PleaToken], *, capitals: bool) -> None:
        self._tokens = tokens
        self._capitals = capitals
        self.found: list[FoundName] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if is_blacked_out(token):
                self.found.append(FoundName(at, at, at + 1, is_redacted=True))
                at += 1
            elif self._may_begin(token):
                end = self._end(at)
                self._split(at, end)
                at = end
            else:
                at += 1

    def span(self, name: FoundName) -> tuple[int, int]:
        """Return where a name is in the body, without the s of a genitive."""
        start, last = self._tokens[name.first].start, self._tokens[name.end - 1]
        word = last.text
        if last.is_genitive and word[-1] in "sS":
            word = word[:-2]
        word = word.rstrip("'’`")
        return start, max(last.end - (len(last.text) - len(word)), start + 1)

    def _may_begin(self, token: PleaToken) -> bool:
        return token.is_word and (token.text[0].isupper() or _ARTICLE.match(token.text) is not None)

    def _end(self, at: int) -> int:
        """Return where the run ends that begins at a token."""
        tokens = self._tokens
        end = at + 1
        while end < len(tokens) and not tokens[end - 1].is_genitive:
            token = tokens[end]
            if is_blacked_out(token):
                break
            if self._may_begin(token):
                end += 1
            elif (token.is_word and token.folded in PARTICLES and (behind := self._small(end))) or (
                token.text in _OPENING and (behind := self._nickname(end))
            ):
                end = behind
            else:
                break
        return end

    def _small(self, at: int) -> int:
        """Return the position after small words and the next capitalized one; or 0."""
        for place in range(at, min(at + 3, len(self._tokens))):
            token = self._tokens[place]
            if token.is_word and self._may_begin(token):
                return place + 1 if not self._is_no_name(token.folded) else 0
            if not token.is_word or token.folded not in PARTICLES:
                return 0
        return 0

    def _nickname(self, at: int) -> int:
        """Return the position after a nickname within a name: `“the Fish” Tern`; or 0."""
        tokens = self._tokens
        before = tokens[at - 1]
        if self._capitals or self._is_no_name(before.folded):
            return 0
        for place in range(at + 1, min(at + _NICKNAME + 1, len(tokens) - 1)):
            if tokens[place].text in _CLOSING:
                behind = tokens[place + 1]
                name = behind.is_word and self._may_begin(behind)
                sure = name and not self._is_no_name(behind.folded) and place > at + 1
                return place + 2 if sure else 0
            if not tokens[place].is_word:
                return 0
            if tokens[at].text == "(" and not tokens[place].text[0].isupper():
                return 0
        return 0

    def _is_no_name(self, folded: str) -> bool:
        words = CAPITAL_NO_NAMES if self._capitals else NO_NAME_WORDS
        if folded in words or folded in COUNTRIES:
            return True
        one = folded.removesuffix("s")
        if one != folded and (one in COUNTRIES or one in ROLES):
            return True
        return self._capitals and folded.endswith(_ENGLISH_ENDS)

    def _split(self, start: int, end: int) -> None:
        """Divide a run into titles, organizations and names."""
        first: int | None = None
        quoted = False
        for at in range(start, end):
            if not self._tokens[at].is_word:
                quoted = not quoted
            if quoted or self._is_part(at, first, end):
                first = at if first is None else first
                continue
            if first is not None:
                self._take(start, first, at, end)
            first = None
        if first is not None:
            self._take(start, first, end, end)

    def _is_part(self, at: int, first: int | None, end: int) -> bool:
        """Return whether a token belongs to a name, after the part that begins at `first`."""
        token = self._tokens[at]
        if not token.is_word:
            return first is not None
        folded = token.folded
        inner = first is not None and at + 1 < end
        if (folded in PARTICLES and inner) or _is_initial(token):
            return True
        if self._is_no_name(folded):
            return self._is_name_too(at, first, end)
        if self._capitals:
            return len(folded) > 1
        if "-" in folded and _COMPOUND.match(token.text):
            return False
        return not self._is_acronym(token, first)

    def _is_name_too(self, at: int, first: int | None, end: int) -> bool:
        """Return whether a common word is a name here: `Ada May`, `Will Tern`."""
        token = self._tokens[at]
        if first is not None:
            ends = at + 1 == end or not self._capitals  # `IVO TERN MAY LEAVE`
            written = self._capitals or not token.text.isupper()
            known = token.folded in SURNAMES_TOO or token.folded in COUNTRIES
            return known and ends and written
        before = self._tokens[at - 1].folded if at else ""
        if at + 1 == end and (
            (before in TITLES and token.folded in SURNAMES_TOO)
            or (before in _PERSONAL and token.folded in ORGANIZATIONS)
        ):
            return True  # `A/S Hill`, `FM Store`
        if token.folded not in GIVEN_TOO or self._capitals or at + 1 == end:
            return False
        return not self._is_no_name(self._tokens[at + 1].folded)

    def _is_acronym(self, token: PleaToken, first: int | None) -> bool:
        """Match `PM NATO`; but not the surname in `Ivo TERN`."""
        word = token.text
        if not word.isupper() or token.is_genitive:
            return False
        if len(word) < _ACRONYM or not set(word) & set("AEIOUYÁÉÍÓÚ"):
            return True
        return len(word) == _ACRONYM and first is None

    def _take(self, start: int, first: int, end: int, whole: int) -> None:
        tokens = self._tokens
        while end > first and not tokens[end - 1].is_word:
            end -= 1
        while end - 1 > first and tokens[end - 1].folded in PARTICLES:
            if _is_initial(tokens[end - 1]):
                break
            end -= 1
        words = [each for each in tokens[first:end] if each.is_word]
        if all(_is_initial(each) or each.folded in PARTICLES for each in words):
            return
        if first > start and tokens[first - 1].folded in PLACES_BEFORE:
            start = first = first + 1  # `Port Amber`
            if first == end:
                return
        behind = tokens[end].folded if end < whole else ""
        others = ORGANIZATIONS if self._capitals else ORGANIZATIONS | (NO_NAMES - TITLE_WORDS)
        if behind in others:
            return
        titled = bool(behind) and behind in TITLE_WORDS - BEHIND_NAMES and not self._capitals
        if titled and len(words) == 1:
            return
        alone = len(words) == 1 and words[0].text.isupper() and not self._capitals
        if alone and (first == start or tokens[first - 1].folded not in TITLES):
            titled = True  # `UNAMID`, or a surname
        lead = start if not self._capitals else self._title(start, first)
        self.found.append(FoundName(lead, max(first, end - _MOST_WORDS), end, is_doubtful=titled))

    def _title(self, start: int, first: int) -> int:
        """Return where the titles before a name begin in a text of capitals."""
        while first > start and self._tokens[first - 1].folded in TITLE_WORDS:
            first -= 1
        return first


def is_blacked_out(token: PleaToken) -> bool:
    """Return whether a word replaces a name that somebody removed: `XXXXXXXXXXXX`."""
    return token.is_word and len(token.text) > 3 and not token.folded.strip("x")


def _is_initial(token: PleaToken) -> bool:
    bare = token.text.rstrip(".")
    return len(bare) == 1 and bare.isupper()


BREAK = "\n"
"""The text of the mark between two paragraphs."""


class PleaToken(NamedTuple):
    """A word or a mark of punctuation."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def folded(self) -> str:
        """The token in small letters, without the s of a genitive and a point."""
        word = self.text.lower().replace("’", "'").replace("`", "'")
        return word.removesuffix("'s").rstrip(".'")

    @property
    def is_genitive(self) -> bool:
        """Whether it is a genitive: `Tern's`, `Torres'`."""
        word = self.text.lower().replace("’", "'").replace("`", "'").replace("´", "'")
        return word.endswith(("'s", "s'"))


_TOKEN = pattern(
    r"""
    (?P<word>
        [Xx]{4,40}(?![^\W_])                                     # blacked out
      | (?:[^\W\d_]\.){2,5}                                      # U.S., J.P.
      | (?-i:[A-Z])\.(?=[\s~-]?[^\W\d_]|,|\s?[(\[])                         # an initial
      | (?:dr|mr|mrs|ms|amb|gen|col|sen|rep|gov|prof|st|sr|jr|lt|capt|maj|adm|cdr|eng|rev|fr|hon
          |sra|dra|inc|ltd|co|corp|sgt|brig|msgr|ing|lic|ret)\.(?![^\W\d_])
      | (?-i:[A-Z]{1,4}/[A-Z]{1,5})(?![^\W_])                    # A/S, P/E
      | [^\W\d_]\w{0,40}(?:[-'’‘ʻʼʿ`´]\w{1,40}){0,6}(?:['’](?=[\s)\]]))?
      | \d[\d.,:/]{0,20}\d | \d
    )
    | (?P<dash>-{2,3}|[–—]|(?<=\s)-(?=\s))
    | (?P<mark>[^\s\w\\-])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = pattern(r"(?:(?<=\s)|^)\d{1,2}\.\s{0,6}\(\s?[A-Z]{1,3}(?:/{1,2}[A-Z]{1,5}){0,3}\s?\)")
"""A paragraph's number with its marking, also within a line: some copies lost their line ends."""
_RULE = pattern(r"[ \t]{0,80}[-=_*]{4,200}[ \t-]{0,80}\\?$")


def tokens(body: str, start: int, end: int) -> list[PleaToken]:
    """Return the tokens between two offsets of a body."""
    made: list[PleaToken] = []
    for begin, stop in _pieces(body, start, end):
        if begin == stop:
            _part(made, body, begin)
            continue
        at = begin
        for found in _NUMBER.finditer(body, begin, stop):
            made += _of_line(body, at, found.start())
            made.append(PleaToken(BREAK, *found.span(), is_word=False))
            at = found.end()
        made += _of_line(body, at, stop)
    return _joined(body, made)


def _joined(body: str, found: list[PleaToken]) -> list[PleaToken]:
    """Return the tokens with words put together that a line end divides after a hyphen."""
    made: list[PleaToken] = []
    for token in found:
        last = made[-1] if made else token
        between = body[last.end : token.start] if token.is_word and last.is_word else ""
        if 1 < len(between) < _LONGEST_END and _DIVIDED.fullmatch(between):
            text = last.text + ("-" if token.text[0].isupper() else "") + token.text
            made[-1] = PleaToken(text, last.start, token.end, is_word=True)
        else:
            made.append(token)
    return made


_DIVIDED = pattern(r"-\\?[ \t\r]{0,4}\n[ \t]{0,8}")
_LONGEST_END = 20


def one_line(body: str, start: int, end: int) -> str:
    """Return the words between two places on one line, without page lines."""
    words = " ".join(body[begin:stop] for begin, stop in _pieces(body, start, end))
    line = " ".join(words.replace("\\", " ").split())
    return _HYPHEN.sub(lambda found: "-" if found[1].isupper() else "", line)


_HYPHEN = pattern(r"(?<=\w)- (?=(\w))")


def _of_line(body: str, start: int, end: int) -> Iterator[PleaToken]:
    for found in _TOKEN.finditer(body, start, end):
        yield PleaToken(found[0], *found.span(), is_word=found.lastgroup == "word")


def _part(made: list[PleaToken], body: str, at: int) -> None:
    """Treat a blank line as the end of a paragraph, unless a sentence continues after it."""
    if not made or made[-1].text == BREAK:
        return
    behind = body[at : at + 80].lstrip("\\ \t\r\n")[:1]
    goes_on = made[-1].is_word or made[-1].text == ","
    if not (goes_on and (behind.islower() or behind in "([")):
        made.append(PleaToken(BREAK, at, at, is_word=False))


def _pieces(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines without page breaks; an empty piece for a blank line or a rule."""
    waiting: tuple[int, int] | None = None
    paged = False
    at = start
    for line in body[start:end].split("\n"):
        begin, at = at, at + len(line) + 1
        bare = line.rstrip("\\ \t\r")
        if not bare:
            waiting = waiting or (begin, begin)
            continue
        left = pagebreaks.rest(line)
        if left == "" or bare.strip() == "SIPDIS" or pagebreaks.is_class_alone(line):
            paged = True
            continue
        if waiting and not paged:
            yield waiting
        waiting, paged = None, False
        if _RULE.match(line):
            yield begin, begin
        elif left is None:
            yield begin, begin + len(bare)
        else:
            first, last = pagebreaks.place(bare, left)
            yield begin, begin + first
            if last < len(bare):
                yield begin + last, begin + len(bare)
            paged = True
    if waiting and not paged:
        yield waiting

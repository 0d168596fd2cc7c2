"""Finds the names in one text: each word that is a name, and the other words of that name.

Words are folded so that all forms of a name are equal: capitals, accents, apostrophes and line
breaks within words are ignored. If a surname may be something else (a common word, or part of
another person's name), the match is doubtful: it is masked unless the reader decides otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.glossary.tables import is_english
from cable_tui.telegram.people.name_words import (
    CAPITAL_STOPS,
    FUNCTION_WORDS,
    NO_NAMES,
    PLACES,
    POINTED,
    TITLES,
)
from cable_tui.text.folding import composed, fold, is_blankless

_LEAST_BEGINNING = 3
"""The minimum number of letters in a prefix (`pelh*`) that reveals a name."""
_SLIPS = 2
"""The maximum number of letters by which a word with `~` may differ from a name."""
_LEAST_FUZZY = 4
"""The minimum number of letters in a name that a word with `~` may reveal."""
_LEAST_PIECE = 2
"""The minimum number of letters on each side of a line break that divides an unhyphenated name."""
_LONGEST_RUN = 6
"""The maximum number of words on each side to examine for another person's name."""
_OWNING = pattern(r"['’‘`´ʼʾʿ][sS]$")
_PLURAL = pattern(r"[sS]['’‘`´]?$")
_AROUND = 40
"""The number of characters on each side of a word that show whether its text is in capitals."""


class NameTable(Value):
    """The names to search for, keyed by their words."""

    of: dict[str, tuple[NameForms, ...]]
    """The names that contain each word."""
    last: frozenset[str]
    """The words that are a name on their own."""
    here: frozenset[str]
    """All words in the names that the text itself protects."""
    small: frozenset[str]
    """The words that are names even in lower case."""
    kept: frozenset[str] = frozenset()
    """Last names whose doubtful matches the reader leaves unmasked in this text."""


class NameSearch:
    """Finds the names in one text, whose page lines have been replaced with spaces."""

    def __init__(self, table: NameTable, text: str, *, typed: bool) -> None:
        """`typed` is True for text that the reader typed."""
        self._table = table
        self._text = text
        self._typed = typed
        self._words = words(text)
        self._keys = [self._key(word) for word in self._words]
        """For each word of the text, the word of a name that it matches, or an empty string."""
        self._ordinary = frozenset(
            word.folded[0] for word in self._words if text[word.start : word.end].islower()
        )
        self.doubtful: list[tuple[str, Span]] = []
        """The doubtful matches with their last names, even if unmasked; complete after `spans`."""
        self._marked: dict[int, Span] = {}
        self._linked: set[int] = set()
        """The positions of the words that share a mask with the next word."""

    def spans(self) -> Iterator[Span]:
        """Yield the spans of the names, in order.

        Adjacent words of the same name share a span.
        """
        for word_index, key in enumerate(self._keys):
            if not key or word_index in self._marked or not (kind := self._meant(word_index, key)):
                continue
            if kind == "doubtful":
                self.doubtful.append((key, self._span(word_index)))
                if key in self._table.kept:
                    continue
            self._mark_around(word_index, word_index, key)
        self._mark_joined()
        if self._typed:
            self._mark_asked()
        last_index: int | None = None
        name_start = name_end = 0
        for word_index in sorted(self._marked):
            begins, ends = self._marked[word_index]
            if last_index in self._linked:
                name_end = ends
            else:
                if last_index is not None:
                    yield name_start, name_end
                name_start, name_end = begins, ends
            last_index = word_index
        if last_index is not None:
            yield name_start, name_end

    def _key(self, word: NameWord) -> str:
        """Return the word of a name that a word matches, even in the genitive: `Burn's`.

        A plural is matched only after `the`, as a family: `the Pelhams`, not `Burns`.
        """
        for folded_word in word.folded:
            if folded_word in self._table.of:
                return folded_word
            if folded_word[:-1] in self._table.of and folded_word[-1] == "s":
                family = self._text[max(word.start - 5, 0) : word.start].lower().split()
                if _OWNING.search(self._shown(word)) or family[-1:] == ["the"]:
                    return folded_word[:-1]
        return ""

    def _shown(self, word: NameWord) -> str:
        return self._text[word.start : word.end]

    def _span(self, index: int) -> Span:
        """Return the span of a word without its genitive ending."""
        word, key = self._words[index], self._keys[index]
        if key and key not in word.folded:
            end = _OWNING.search(self._shown(word)) or _PLURAL.search(self._shown(word))
            return word.start, word.end - len((end or [""])[0])
        return word.start, word.end

    def _gap(self, index: int) -> Gap:
        """Return the type of gap after a word."""
        if not 0 <= index < len(self._words) - 1:
            return "apart"
        gap = between(self._text, self._words[index], self._words[index + 1])
        if gap == "dotted" and not (
            self._is_initial(index) or self._words[index].folded[0] in POINTED
        ):
            return "apart"
        return gap

    def _is_initial(self, index: int) -> bool:
        text_word = self._words[index]
        return text_word.end - text_word.start == 1 and self._text[text_word.start].isupper()

    def _is_capital(self, index: int) -> bool:
        """Return whether the first letter of a word allows it to be a name."""
        first_letter = self._text[self._words[index].start]
        return self._typed or not first_letter.islower() or self._keys[index] in self._small

    @property
    def _small(self) -> frozenset[str]:
        return self._table.small & self._table.here

    def _in_capitals(self, index: int) -> bool:
        text_word = self._words[index]
        text_around = self._text[max(text_word.start - _AROUND, 0) : text_word.end + _AROUND]
        return self._shown(text_word).isupper() and not any(map(str.islower, text_around))

    def _meant(self, index: int, key: str) -> Literal["", "sure", "doubtful"]:
        """Return whether a word is surely or possibly meant as a name (empty if it is not)."""
        is_last, is_here = key in self._table.last, self._typed or key in self._table.here
        if not self._is_capital(index) or not (is_last or is_here) or self._is_date(index):
            return ""
        if any(self._belongs(index + step, key, step) for step in (-1, 1)):
            return "sure"
        run = () if self._in_capitals(index) else self._run(index)
        has_foreign_word = any(
            self._keys[other_index] not in self._words_with(key)
            for other_index in run
            if other_index != index
        )
        if not is_last:
            return "sure" if not has_foreign_word and self._is_given_name(index, key) else ""
        if self._typed or (self._has_title(index) and not has_foreign_word):
            return "sure"
        if not has_foreign_word and self._speaks(index):
            return "sure"
        if is_no_name(key):
            is_lone_name = any(
                name.last == {key} and not name.others for name in self._table.of[key]
            )
            if is_here and is_lone_name:
                return "sure"
            return "" if key in FUNCTION_WORDS else "doubtful"
        if has_foreign_word or (not is_here and (key in self._ordinary or is_english(key))):
            return "doubtful"
        return "sure"

    def _is_date(self, index: int) -> bool:
        """Return whether a word is a month next to a number: `May 27`."""
        word = self._words[index]
        return (
            word.folded[0] in _MONTHS
            and not self._typed
            and bool(
                _DAY_BEFORE.search(self._text[max(word.start - 4, 0) : word.start])
                or _DAY_BEHIND.match(self._text, word.end)
            )
        )

    def _speaks(self, index: int) -> bool:
        """Return whether a word is in the genitive or before a verb of speaking.

        For example, `May said`, `May's`.
        """
        if self._span(index)[1] < self._words[index].end:
            return True
        return (
            self._gap(index) in ("blank", "broken") and self._words[index + 1].folded[0] in _SPEAKS
        )

    def _is_given_name(self, index: int, key: str) -> bool:
        """Return whether a word other than a last name is a name on its own.

        For example, `Ada said`, `Dr. Ada`.
        """
        is_joined_before = self._gap(index - 1) == "tight" and not self._has_article(index, key)
        if (
            is_joined_before
            or self._gap(index) == "tight"
            or not self._text[self._words[index].start].isupper()
        ):
            return False
        if self._in_capitals(index):
            return self._has_title(index) and not (
                self._goes_on(index) and self._seems_name(index + 1)
            )
        return self._has_title(index) or not is_no_name(key) or self._speaks(index)

    def _has_article(self, index: int, key: str) -> bool:
        """Return whether a name's particle is directly before one of its words: `el-Rahib`."""
        particles = (particle for name in self._table.of[key] for particle in name.particles)
        return self._words[index - 1].folded[0] in particles

    def _words_with(self, key: str) -> frozenset[str]:
        """Return all words of the names that contain a word."""
        names_of_key = self._table.of[key]
        return frozenset(word for name in names_of_key for word in (*name.last, *name.others))

    def _has_title(self, index: int) -> bool:
        """Return whether a title is directly before a word: `Dr. Ada`."""
        is_word_before = self._gap(index - 1) in ("blank", "broken", "dotted")
        return is_word_before and self._words[index - 1].folded[0] in TITLES

    def _run(self, index: int) -> Sequence[int]:
        """Return the positions of the capitalized words that seem to form a name with a word."""
        first_of_run = last_of_run = index
        while (
            index - first_of_run < _LONGEST_RUN
            and self._goes_on(first_of_run - 1)
            and self._seems_name(first_of_run - 1)
        ):
            first_of_run -= 1
        while (
            last_of_run - index < _LONGEST_RUN
            and self._goes_on(last_of_run)
            and self._seems_name(last_of_run + 1)
        ):
            last_of_run += 1
        return range(first_of_run, last_of_run + 1)

    def _goes_on(self, index: int) -> bool:
        return self._gap(index) in ("tight", "blank", "broken")

    def _seems_name(self, index: int) -> bool:
        text_word = self._words[index]
        folded_word = text_word.folded[0]
        if is_no_name(folded_word) or folded_word in TITLES:
            return False
        return self._text[text_word.start].isupper()

    def _belongs(self, index: int, key: str, step: int) -> bool:
        """Return whether a word next to a name belongs to it, as a given name or an initial."""
        gap = self._gap(index if step < 0 else index - 1)
        if gap == "apart" or (gap == "comma" and (step < 0 or key not in self._table.last)):
            return False
        if gap == "comma" and self._keys[index] in self._table.last:
            return False  # the next one of a list
        text_word = self._words[index]
        if self._keys[index] in self._words_with(key):
            return self._is_capital(index)
        if self._is_initial(index) and (
            step < 0 or (gap == "comma" and not self._begins_name(index))
        ):
            is_own_word = any(
                name_word.startswith(text_word.folded[0]) for name_word in self._words_with(key)
            )
            return is_own_word or gap in ("dotted", "tight")
        return False

    def _begins_name(self, index: int) -> bool:
        """Return whether an initial begins another name, such as the next one in a list."""
        name_follows = self._gap(index) in ("dotted", "tight", "blank", "broken")
        return name_follows and (bool(self._keys[index + 1]) or self._is_initial(index + 1))

    def _mark_around(self, first: int, last: int, key: str) -> None:
        """Mark words and the rest of their name, including particles and initials."""
        particles = frozenset(
            particle for name in self._table.of[key] for particle in name.particles
        )
        begin, end = first, last
        while self._belongs(begin - 1, key, -1) or self._continues(begin - 1, particles, -1):
            begin -= 1
        while self._belongs(end + 1, key, 1) or self._continues(end + 1, particles, 1):
            end += 1
        for word_index in range(begin, end + 1):
            self._marked[word_index] = self._span(word_index)
            if word_index < end and self._gap(word_index) not in ("far", "apart"):
                self._linked.add(word_index)

    def _continues(self, index: int, particles: frozenset[str], step: int) -> bool:
        """Return whether a word next to a name is its particle (`el-Tarhuni`) or suffix (`Jr.`)."""
        gap_between = self._gap(index if step < 0 else index - 1)
        if gap_between == "apart" or (gap_between == "comma" and step < 0):
            return False
        folded_word = self._words[index].folded[0]
        if step > 0 and folded_word in _SUFFIXES:  # `Jr.`
            return True
        return gap_between != "comma" and folded_word in particles

    def _mark_joined(self) -> None:
        """Mark names divided by a line break, hyphen or page line, and words like `AdaPelham`."""
        for word_index, word in enumerate(self._words):
            if word_index in self._marked:
                continue
            if word_index + 1 not in self._marked and (key := self._joined(word_index)):
                self._mark_around(word_index, word_index + 1, key)
                continue
            word_pieces = pieces(self._text, word)
            for part in word_pieces if len(word_pieces) > 1 else ():
                if any(folded_part in self._table.last for folded_part in part.folded):
                    self._marked[word_index] = (word.start, word.end)

    def _joined(self, index: int) -> str:
        """Return the last name that a word and the next word form together, or an empty string."""
        joints = ("tight", "broken", "far", *(("blank",) if self._typed else ()))
        if self._gap(index) not in joints or not self._is_capital(index):
            return ""
        first_word, next_word = self._words[index], self._words[index + 1]
        hyphen = "-" in self._text[first_word.end : next_word.start]
        shorter_length = min(first_word.end - first_word.start, next_word.end - next_word.start)
        if not (hyphen or self._typed) and shorter_length < _LEAST_PIECE:
            return ""
        for folded_word in folds(self._shown(first_word) + self._shown(next_word)):
            for spelling in (folded_word, folded_word.removesuffix("s")):
                if spelling in self._table.last:
                    return spelling
        return ""

    def _mark_asked(self) -> None:
        """Mark the words in a search that would find a name: `pelh*`, `pelhan~`."""
        for word_index, word in enumerate(self._words):
            folded_word, sign_after = (
                word.folded[0],
                self._text[word.end : word.end + 2].lstrip('"')[:1],
            )
            if sign_after == "*" and len(folded_word) >= _LEAST_BEGINNING:
                is_asked = any(name_word.startswith(folded_word) for name_word in self._table.of)
            else:
                is_asked = self._text[word.end : word.end + 1] == "~" and self._is_near(folded_word)
            if is_asked:
                self._marked[word_index] = (word.start, word.end)

    def _is_near(self, folded: str) -> bool:
        from rapidfuzz.distance import OSA  # few searches are for what is nearly a word

        long_names = (name for name in self._table.last if len(name) >= _LEAST_FUZZY)
        return any(OSA.distance(folded, name, score_cutoff=_SLIPS) <= _SLIPS for name in long_names)


_MONTHS = frozenset("april august june may march".split())
_DAY_BEFORE, _DAY_BEHIND = pattern(r"\d\s?$"), pattern(r"\s?\d")
_COMBINING = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
"""Combining accents, and zero-width characters that may occur within a word."""
_APOSTROPHES = "'’‘`´ʼʾʿ"
_WORD = pattern(rf"[^\W\d_](?:[^\W\d_]|[{_COMBINING}]|[{_APOSTROPHES}](?=[^\W\d_]))*")
_CAMEL = pattern(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_NO_LETTERS = pattern(r"[\W\d_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LEAST_LETTERS, _LEAST_JOINED = 2, 4
"""The minimum number of letters in a name, and in a name joined to an article: `Altarhuni`."""
_PARTICLES = frozenset(
    """
    al el ul an ad ar as at az ash abd abdul abdel abu bin ibn bint ould ben ap van von der den de
    del della di da do dos das du la le las los y e jr sr ii iii iv
    """.split()
)
"""Parts of names that are not names on their own."""
_ARTICLES = frozenset("al el ul ad ar as at az ash an".split())
"""Articles that some writers leave out before a name."""
_HYPHENS = "-\u2010\u2011"

Gap = Literal["tight", "broken", "blank", "dotted", "comma", "far", "apart"]
"""The gap between two words: a hyphen or nothing; the end of a line, with or without a hyphen;
spaces; a point; a comma; an empty line or a page line; or anything else, which separates them.
"""
_GAPS: tuple[tuple[str, Gap], ...] = (
    (rf"[{_HYPHENS}–]?", "tight"),
    (rf"[ \t]*+[{_HYPHENS}]?[ \t]*\\?\r?\n[ \t>]*", "broken"),
    (r"[ \t\u00a0]{1,9}", "blank"),
    (r"\.[ \t\u00a0]{0,9}(?:\r?\n[ \t]*)?", "dotted"),
    (r",[ \t\u00a0]{0,9}(?:\r?\n[ \t]*)?", "comma"),
    (rf"[{_HYPHENS}]?\s+", "far"),
)
_GAP = pattern("|".join(f"(?P<{name}>{shape}\\Z)" for shape, name in _GAPS))
_MOST_BETWEEN = 400
"""The maximum number of characters between two words of a name; page lines are spaces here."""


class NameWord(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    folded: tuple[str, ...]
    """The letters of the word in lower case without accents, and, if different, also with `ue` for
    `ü`.
    """


def words(text: str) -> list[NameWord]:
    """Return the words of a text."""
    return [NameWord(*match.span(), folds(match[0])) for match in _WORD.finditer(text)]


def pieces(text: str, word: NameWord) -> list[NameWord]:
    """Return the parts of a compound word such as `AdaPelham`, or only the word if it is simple."""
    word_pieces: list[NameWord] = []
    piece_start = word.start
    for piece in _CAMEL.split(text[word.start : word.end]):
        word_pieces.append(NameWord(piece_start, piece_start + len(piece), folds(piece)))
        piece_start += len(piece)
    return word_pieces


def folds(word: str) -> tuple[str, ...]:
    """Return the folded letters of a word, in each of its possible spellings."""
    if word.isascii():
        return ("".join(filter(str.isalpha, word)).lower(),)
    composed_word = composed(word)
    plain_letters = "".join(filter(str.isalpha, fold(composed_word)))
    spelled_letters = "".join(filter(str.isalpha, fold(composed_word.lower().translate(_UMLAUTS))))
    return (
        (plain_letters,) if spelled_letters == plain_letters else (plain_letters, spelled_letters)
    )


def letters(text: str) -> str:
    """Return all letters of a text, folded, without separators.

    The letters quickly rule out names that cannot be in the text. If some letters may be spelled in
    two ways, both versions are returned, with a space between them.
    """
    whole = composed(text)
    plain_letters = _NO_LETTERS.sub("", fold(whole))
    if text.isascii() or (spelled_text := whole.lower().translate(_UMLAUTS)) == whole.lower():
        return plain_letters
    return f"{plain_letters} {_NO_LETTERS.sub('', fold(spelled_text))}"


def between(text: str, one: NameWord, other: NameWord) -> Gap:
    """Return the type of gap between two words of a text whose page lines are spaces."""
    if other.start - one.end > _MOST_BETWEEN:
        return "apart"
    match = _GAP.match(text[one.end : other.start])
    kinds = match.groupdict() if match else {}
    return next((kind for _, kind in _GAPS if kinds.get(kind) is not None), "apart")


class NameForms(Value):
    """The words of a name."""

    name: str
    """The name as it was written."""
    last: frozenset[str] = frozenset()
    """Words that are masked wherever they occur: the last name, and each part of a double one."""
    others: frozenset[str] = frozenset()
    """Given and middle names, masked next to other words of the name, and alone if certain."""
    particles: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    """Words that are in lower case in the name."""
    literal: str = ""
    """The whole name, if it is in a script without spaces or is a phrase in lower case."""


def forms(name: str) -> NameForms:
    """Return the words of a name, which has given names first or is written like `PELHAM, ADA`."""
    last_name, comma, given_names = name.partition(",")
    if comma and given_names.strip() and given_names.strip(" .").lower() not in _SUFFIXES:
        name = f"{given_names} {last_name}"
    if any(map(is_blankless, name)):
        return NameForms(name, literal="".join(name.split()))
    parts = [found for word in _BROKEN.sub("", name).split() if (found := _parts(word))]
    ends = [index for index, part in enumerate(parts) if folds(part[0])[0] not in _SUFFIXES]
    name_parts = [
        part
        for index, part in enumerate(parts)
        if not all(map(_is_particle, part)) or (index in ends[-1:] and len(part[0]) > 1)
    ]
    if not name_parts and len(letters(name)) < _LEAST_LETTERS:
        return NameForms(name)
    if not name_parts or (len(name_parts) > 1 and _is_small(name_parts[-1])):
        return NameForms(name, literal=" ".join(name.split()))
    particles = {folds(word)[0] for part in parts for word in part if _is_particle(word)}
    particles |= {
        folds(_APOSTROPHE.split(word)[0])[0] for word in name_parts[-1] if _APOSTROPHE.search(word)
    }
    last = set(_significant(name_parts[-1]))
    # `"O Marrowby"` is how a query keeps `O'Marrowby`.
    pieces_of = [piece for word in name_parts[-1] for piece in _APOSTROPHE.split(word)[1:]]
    last |= {
        folded for piece in pieces_of for folded in folds(piece) if len(piece) >= _LEAST_JOINED
    }
    if articles := particles & _ARTICLES:
        whole_words = [
            word for word in last if len(word) >= _LEAST_JOINED and not _is_joined(word, last)
        ]
        last |= {f"{article}{word}" for article in articles | {"al", "el"} for word in whole_words}
    return NameForms(
        name,
        frozenset(last),
        frozenset(word for part in name_parts[:-1] for word in _significant(part)),
        frozenset(particles) | (_ARTICLES if articles else frozenset()),
        frozenset(word for part in name_parts for word in _significant(part) if part[-1].islower()),
    )


def _is_joined(word: str, others: Collection[str]) -> bool:
    """Return whether a word consists of an article and one of the other words."""
    return any(
        word.startswith(article) and word.removeprefix(article) in others for article in _ARTICLES
    )


_BROKEN = pattern(rf"(?<=[^\W\d_])[{_HYPHENS}][ \t]*\r?\n\s*(?=[^\W\d_])")
_APOSTROPHE = pattern(f"[{_APOSTROPHES}]")
_GENITIVE = pattern(rf"[{_APOSTROPHES}][sS]?$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def _parts(word: str) -> list[str]:
    """Return the parts of a word between hyphens, without its genitive ending."""
    return [match[0] for match in _WORD.finditer(_GENITIVE.sub("", word))]


def _is_particle(word: str) -> bool:
    folded_word = folds(word)[0]
    return folded_word in _PARTICLES or len(folded_word) == 1


def _is_small(part: Sequence[str]) -> bool:
    """Return whether a word has no capital, apart from an article before it."""
    return all(word.islower() for word in part if len(part) == 1 or not _is_particle(word))


def _significant(part: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a word that are names on their own, and all parts as one word.

    For example, `el-Tarhuni`, `Dae-jung`.
    """
    folds_of_words = (folds(word) for word in part)
    for folded_words in zip(
        *((spellings[0], spellings[-1]) for spellings in folds_of_words), strict=True
    ):
        yield "".join(folded_words)
        yield from (word for word in folded_words if len(word) > 1 and word not in _PARTICLES)


def is_no_name(folded: str) -> bool:
    """Return whether a word is rarely a name, such as `An`, `Major` or `May`."""
    return folded in NO_NAMES or folded in CAPITAL_STOPS or folded in PLACES or len(folded) < 3


_SPEAKS = frozenset(
    """
    said says noted told tells added adds stated states explained argued claimed asked commented
    replied observed emphasized stressed believes believed thinks thought reported complained
    """.split()
)
"""Verbs of speaking, which follow a speaker."""

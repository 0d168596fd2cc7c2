"""Looks for names in one text: each word that is one, and the words of the name around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.cable import Span
from cable_tui.exports.sealed.name_forms import (
    Gap,
    NameForms,
    Word,
    between,
    folds,
    is_no_name,
    is_suffix,
    is_title,
    pieces,
    speaks,
    words,
)
from cable_tui.pattern import pattern
from cable_tui.telegram.people.name_words import POINTED
from cable_tui.telegram.people.pleas import IsCommon
from cable_tui.value import Value

_LEAST_BEGINNING = 3
"""Letters of a beginning (`pelh*`) that gives a name away."""
_SLIPS = 2
"""Letters by which a word with `~` may differ from a name ..."""
_LEAST_FUZZY = 4
"""... of this many letters."""
_LEAST_PIECE = 2
"""Letters on each side of a line end that breaks a name without a hyphen."""
_LONGEST_RUN = 6
"""Words on each side of one that are looked at for somebody else's name."""
_PLURAL = pattern(r"['’‘`´]?[sS]$")
_AROUND = 40
"""Characters on both sides of a word that say whether its text is in capitals."""


class NameTable(Value):
    """The names that are looked for, by their words."""

    of: dict[str, tuple[NameForms, ...]]
    """The names that have a word."""
    last: frozenset[str]
    """The words that are a name alone."""
    here: frozenset[str]
    """All words of the names that the text itself protects."""
    small: frozenset[str]
    """Words that are names in small letters too."""
    is_common: IsCommon


class NameSearch:
    """The names of one text. Page lines are blank in it."""

    def __init__(self, table: NameTable, text: str, *, typed: bool) -> None:
        """`typed` is for what a reader wrote."""
        self._table = table
        self._text = text
        self._typed = typed
        self._words = words(text)
        self._keys = [self._key(each) for each in self._words]
        """The word of a name that each is; empty for others."""
        self._ordinary = frozenset(
            word.folded[0] for word in self._words if text[word.start : word.end].islower()
        )
        self._marked: dict[int, Span] = {}
        self._linked: set[int] = set()
        """Words whose next one is of the same mask."""

    def spans(self) -> Iterator[Span]:
        """Where they are, in order; words of one name that follow each other are one span."""
        for at, key in enumerate(self._keys):
            if key and at not in self._marked and self._is_meant(at, key):
                self._mark_around(at, at, key)
        self._mark_joined()
        if self._typed:
            self._mark_asked()
        last: int | None = None
        start = end = 0
        for at in sorted(self._marked):
            begins, ends = self._marked[at]
            if last in self._linked:
                end = ends
            else:
                if last is not None:
                    yield start, end
                start, end = begins, ends
            last = at
        if last is not None:
            yield start, end

    def _key(self, word: Word) -> str:
        """The word of a name that a word is, also in the genitive."""
        for folded in word.folded:
            if folded in self._table.of:
                return folded
            if folded[:-1] in self._table.of and _PLURAL.search(self._shown(word)):
                return folded[:-1]
        return ""

    def _shown(self, word: Word) -> str:
        return self._text[word.start : word.end]

    def _span(self, at: int) -> Span:
        """A word without the sign of its genitive."""
        word, key = self._words[at], self._keys[at]
        if key and key not in word.folded:
            return word.start, word.end - len((_PLURAL.search(self._shown(word)) or [""])[0])
        return word.start, word.end

    def _gap(self, at: int) -> Gap:
        """What is behind a word."""
        if not 0 <= at < len(self._words) - 1:
            return "apart"
        gap = between(self._text, self._words[at], self._words[at + 1])
        if gap == "dotted" and not (self._is_initial(at) or self._words[at].folded[0] in POINTED):
            return "apart"
        return gap

    def _is_initial(self, at: int) -> bool:
        word = self._words[at]
        return word.end - word.start == 1 and self._text[word.start].isupper()

    def _is_capital(self, at: int) -> bool:
        """Whether a word may be a name by its first letter."""
        first = self._text[self._words[at].start]
        return self._typed or not first.islower() or self._keys[at] in self._small

    @property
    def _small(self) -> frozenset[str]:
        return self._table.small & self._table.here

    def _in_capitals(self, at: int) -> bool:
        word = self._words[at]
        around = self._text[max(word.start - _AROUND, 0) : word.end + _AROUND]
        return self._shown(word).isupper() and not any(map(str.islower, around))

    def _is_meant(self, at: int, key: str) -> bool:
        """Whether a word that a name has is that name."""
        is_last, is_here = key in self._table.last, self._typed or key in self._table.here
        if not self._is_capital(at) or not (is_last or is_here):
            return False
        if any(self._belongs(at + step, key, step) for step in (-1, 1)):
            return True
        run = () if self._in_capitals(at) else self._run(at)
        foreign = any(self._keys[each] not in self._words_with(key) for each in run if each != at)
        if not is_last:
            return not foreign and self._is_given_name(at, key)
        if foreign:
            whole = " ".join(self._shown(self._words[each]) for each in run)
            return is_here and not self._table.is_common(whole)
        if self._has_title(at):
            return True
        if is_no_name(key):
            alone = any(each.last == {key} and not each.others for each in self._table.of[key])
            return is_here and (alone or self._speaks(at))
        return is_here or key not in self._ordinary

    def _speaks(self, at: int) -> bool:
        """Whether a word is followed by what only a person does: `May said`, `May's`."""
        if self._span(at)[1] < self._words[at].end:
            return True
        return self._gap(at) in ("blank", "broken") and speaks(self._words[at + 1].folded[0])

    def _is_given_name(self, at: int, key: str) -> bool:
        """Whether a word that is no last name is a name by itself: `Ada said`, `Dr. Ada`."""
        before = self._gap(at - 1) == "tight" and not self._has_article(at, key)
        if before or self._gap(at) == "tight" or not self._text[self._words[at].start].isupper():
            return False
        if self._in_capitals(at):
            return self._has_title(at) and not (self._goes_on(at) and self._seems_name(at + 1))
        return self._has_title(at) or not is_no_name(key) or self._speaks(at)

    def _has_article(self, at: int, key: str) -> bool:
        """Whether a particle of its name is right before a word: `el-Rahib`."""
        particles = (each for name in self._table.of[key] for each in name.particles)
        return self._words[at - 1].folded[0] in particles

    def _words_with(self, key: str) -> frozenset[str]:
        """The words of the names that have a word."""
        names = self._table.of[key]
        return frozenset(word for each in names for word in (*each.last, *each.others))

    def _has_title(self, at: int) -> bool:
        """Whether a title is right before a word: `Dr. Ada`."""
        before = self._gap(at - 1) in ("blank", "broken", "dotted")
        return before and is_title(self._words[at - 1].folded[0])

    def _run(self, at: int) -> Sequence[int]:
        """The words with a capital around one that seem to be one name with it."""
        first = last = at
        while (
            at - first < _LONGEST_RUN and self._goes_on(first - 1) and self._seems_name(first - 1)
        ):
            first -= 1
        while last - at < _LONGEST_RUN and self._goes_on(last) and self._seems_name(last + 1):
            last += 1
        return range(first, last + 1)

    def _goes_on(self, at: int) -> bool:
        return self._gap(at) in ("tight", "blank", "broken")

    def _seems_name(self, at: int) -> bool:
        word = self._words[at]
        folded = word.folded[0]
        if is_no_name(folded) or is_title(folded):
            return False
        return self._text[word.start].isupper()

    def _belongs(self, at: int, key: str, step: int) -> bool:
        """Whether a neighbour of a name's word is of the same name: a given name, an initial."""
        gap = self._gap(at if step < 0 else at - 1)
        if gap == "apart" or (gap == "comma" and (step < 0 or key not in self._table.last)):
            return False
        if gap == "comma" and self._keys[at] in self._table.last:
            return False  # the next one of a list
        word = self._words[at]
        if self._keys[at] in self._words_with(key):
            return self._is_capital(at)
        if self._is_initial(at) and (step < 0 or (gap == "comma" and not self._begins_name(at))):
            own = any(each.startswith(word.folded[0]) for each in self._words_with(key))
            return own or gap in ("dotted", "tight")
        return False

    def _begins_name(self, at: int) -> bool:
        """Whether a name goes on behind an initial: the next one of a list."""
        follows = self._gap(at) in ("dotted", "tight", "blank", "broken")
        return follows and (bool(self._keys[at + 1]) or self._is_initial(at + 1))

    def _mark_around(self, first: int, last: int, key: str) -> None:
        """Mark words and all of their name around them, particles and initials too."""
        particles = frozenset(each for name in self._table.of[key] for each in name.particles)
        begin, end = first, last
        while self._belongs(begin - 1, key, -1) or self._continues(begin - 1, particles, -1):
            begin -= 1
        while self._belongs(end + 1, key, 1) or self._continues(end + 1, particles, 1):
            end += 1
        for at in range(begin, end + 1):
            self._marked[at] = self._span(at)
            if at < end and self._gap(at) not in ("far", "apart"):
                self._linked.add(at)

    def _continues(self, at: int, particles: frozenset[str], step: int) -> bool:
        """Whether a neighbour is a particle of a name (`el-Tarhuni`), or ends it (`Jr.`)."""
        gap = self._gap(at if step < 0 else at - 1)
        if gap == "apart" or (gap == "comma" and step < 0):
            return False
        folded = self._words[at].folded[0]
        if step > 0 and is_suffix(folded):
            return True
        return gap != "comma" and folded in particles

    def _mark_joined(self) -> None:
        """Mark names that a line end, a hyphen or a page line breaks, or `AdaPelham`."""
        for at, word in enumerate(self._words):
            if at in self._marked:
                continue
            if at + 1 not in self._marked and (key := self._joined(at)):
                self._mark_around(at, at + 1, key)
                continue
            parts = pieces(self._text, word)
            for part in parts if len(parts) > 1 else ():
                if any(folded in self._table.last for folded in part.folded):
                    self._marked[at] = (word.start, word.end)

    def _joined(self, at: int) -> str:
        """The last name that a word and the next one are together; or empty."""
        joints = ("tight", "broken", "far", *(("blank",) if self._typed else ()))
        if self._gap(at) not in joints or not self._is_capital(at):
            return ""
        one, other = self._words[at], self._words[at + 1]
        hyphen = "-" in self._text[one.end : other.start]
        shorter = min(one.end - one.start, other.end - other.start)
        if not (hyphen or self._typed) and shorter < _LEAST_PIECE:
            return ""
        for folded in folds(self._shown(one) + self._shown(other)):
            for each in (folded, folded.removesuffix("s")):
                if each in self._table.last:
                    return each
        return ""

    def _mark_asked(self) -> None:
        """Mark the words of a search that find a name: `pelh*`, `pelhan~`."""
        for at, word in enumerate(self._words):
            folded, behind = word.folded[0], self._text[word.end : word.end + 2].lstrip('"')[:1]
            if behind == "*" and len(folded) >= _LEAST_BEGINNING:
                asked = any(each.startswith(folded) for each in self._table.of)
            else:
                asked = self._text[word.end : word.end + 1] == "~" and self._is_near(folded)
            if asked:
                self._marked[at] = (word.start, word.end)

    def _is_near(self, folded: str) -> bool:
        from rapidfuzz.distance import OSA  # few searches are for what is nearly a word

        near = (each for each in self._table.last if len(each) >= _LEAST_FUZZY)
        return any(OSA.distance(folded, each, score_cutoff=_SLIPS) <= _SLIPS for each in near)

"""Whether a capitalized word behind a title is a name: what the rest of the cable says of it.

A word that English has as well is a name in a sentence (`President Bush said`). In a heading, a
text of capitals, behind a title that is an adjective too (`General Support`) or before another
noun (`King Abdulaziz Hospital`) it is one only if the cable also has it within a sentence, with a
capital and never without, or names the same person beyond doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from cable_tui import glossary
from cable_tui.pattern import pattern
from cable_tui.telegram.body_labels import Top
from cable_tui.telegram.people.plea_nouns import ROLES
from cable_tui.text import fold

_SMALL = pattern(r"(?<![\w'’.-])[a-zà-þ]{3,24}(?![\w'’-])")
_CAPITALIZED = pattern(r"(?<![\w'’.-])[A-ZÀ-Þ][\w'’-]{0,24}[a-zà-þ]\w{0,24}")
_INNER = pattern(
    r"(?<![\w'’-])([a-zà-þ]{2,24}),?[ \t\\]{1,4}\n?[ \t]{0,8}"
    r"([A-ZÀ-Þ][\w'’-]{0,24}[a-zà-þ]\w{0,24})"
)
"""A capitalized word behind one without a capital: it begins no sentence."""
_RULE = pattern(r"[-=*_]{4,200}")
_ARTICLES = frozenset("the an any its their this that these those his her our each".split())
_SENTENCE = pattern(r"[.,;][\s\"”]")
_LETTERS = pattern(r"[A-Za-zÀ-þ][\w'’]{3,40}")
_LONGEST_HEADING = 120
_SAMPLE = 2000
"""Characters that show whether a text is all in capitals."""
_NO_HEADING = frozenset("with from over into than that after against between amid will".split())
"""Words of four letters and more that headings write small."""
_ENDS = tuple(
    "tion tions ment ments ness ally edly ingly ously ively ative etic istic ility ships".split()
)
_SHORT = 7
_HEAD_FIELDS = frozenset({"order", "tags", "refs", "classified", "derived"})
_LONGEST_FIELD = 600


@lru_cache(maxsize=16384)
def is_common(folded: str) -> bool:
    """Whether a word is a common one of English, or somebody's role: no name without more."""
    plain = folded.rstrip(".")
    ends = len(plain) > _SHORT and plain.endswith(_ENDS)
    return ends or plain in ROLES or glossary.is_english(plain)


@lru_cache(maxsize=4096)
def is_code(word: str) -> bool:
    """Whether a word of capitals is a code of telegrams: a post, a tag, an acronym."""
    return (
        fold(word) in glossary.places()
        or (len(word) == 4 and glossary.tag(word) is not None)
        or bool(glossary.acronym(word))
    )


class Evidence:
    """The words of one body by how they are written, which are read when they are asked for."""

    def __init__(self, body: str, top: Top) -> None:
        self._body = body
        self._text = top.end if top.numbered else 0
        self._first = top.marks[0].start if top.marks else 0
        self._fields = tuple(_fields(top, _HEAD_FIELDS))
        self._subjects = tuple(_fields(top, frozenset({"subject"})))

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(map(fold, _SMALL.findall(self._body)))

    @cached_property
    def _capitalized(self) -> frozenset[str]:
        return frozenset(map(fold, _CAPITALIZED.findall(self._body)))

    @cached_property
    def _inner(self) -> frozenset[str]:
        return frozenset(
            fold(found[2])
            for found in _INNER.finditer(self._body)
            if found[1] not in _ARTICLES and not self.is_heading(found.start(2))
        )

    @cached_property
    def is_mixed(self) -> bool:
        """Whether the text is not all in capitals."""
        sample = self._body[self._text : self._text + _SAMPLE]
        return sum(map(str.islower, sample)) > sum(map(str.isupper, sample))

    def is_written(self, word: str) -> bool:
        """Whether a word of capitals also occurs as `Word`, and never as `word`."""
        return (low := fold(word)) in self._capitalized and low not in self._small

    def is_inner(self, word: str) -> bool:
        """Whether a word has a capital within a sentence, and never occurs without."""
        return (low := fold(word)) in self._inner and low not in self._small

    def is_small(self, word: str) -> bool:
        """Whether a word also occurs without a capital, and has none within a sentence."""
        return (low := fold(word)) in self._small and low not in self._inner

    def in_field(self, at: int) -> bool:
        """Whether a place is above the labels, or in a field that names nobody, or an officer."""
        return at < self._first or any(start <= at < end for start, end in self._fields)

    def is_heading(self, at: int) -> bool:
        """Whether a place is in the subject, or in a line whose long words all have a capital."""
        body = self._body
        if any(start <= at < end for start, end in self._subjects):
            return True
        start = max(body.rfind("\n", 0, at) + 1, at - _LONGEST_HEADING)
        end = body.find("\n", at)
        end = min(len(body) if end < 0 else end, at + _LONGEST_HEADING)
        for rule in _RULE.finditer(body, start, end):
            if rule.end() <= at:
                start = rule.end()
            else:
                end = rule.start()
                break
        if end - start >= _LONGEST_HEADING or _SENTENCE.search(body, start, end):
            return False
        words = [each for each in _LETTERS.findall(body, start, end) if each not in _NO_HEADING]
        return len(words) > 1 and all(each[0].isupper() for each in words)


def _fields(top: Top, kinds: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the fields of some kinds are; an empty line ends one."""
    ends_of = [*(mark.start for mark in top.marks[1:]), top.end]
    for mark, following in zip(top.marks, ends_of, strict=False):
        if mark.kind in kinds:
            blank = top.body.find("\n\n", mark.content)
            ends = (following, mark.content + _LONGEST_FIELD, blank if blank >= 0 else following)
            yield mark.start, max(min(ends), mark.content)

"""Pleas: where a cable asks to protect somebody, and whom it means.

People, sealed dossiers, chains and the check of a draft ask here, and nobody else knows a rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram.people.mentions import Mention, mentions, name_before
from cable_tui.telegram.people.plea_words import asks
from cable_tui.text import fold

State = Literal["named", "nameless", "unresolved"]
"""Whether the names that a plea means are known: `nameless` means that none is given, as with a
role or a name that is blacked out; with `unresolved` somebody must look."""
IsCommon = Callable[[str], bool]
"""Whether many cables give a name, on one line, without asking to protect it."""


class Plea(NamedTuple):
    """A place where a cable asks to protect somebody."""

    start: int
    """Of the words that ask, in the text."""
    end: int
    names: tuple[Span, ...]
    """The names that are meant, as spans of the text: given names and article, no title. An
    unresolved plea has those that are meant for certain, if any."""
    state: State
    perhaps: tuple[Span, ...] = ()
    """Of an unresolved plea other names that may be meant."""


def nobody(_: str) -> bool:
    """No name is common: where no archive can be asked."""
    return False


def pleas(body: str, is_common: IsCommon = nobody) -> tuple[Plea, ...]:
    """The pleas of a body, in order. Total, and linear in its length."""
    asked = asks(body)
    if not asked:
        return ()
    found = sorted(mentions(body), key=lambda each: each.end)
    ends = [each.end for each in found]
    return tuple(_plea(body, span, found, ends, is_common) for span in asked)


def names_meant(body: str, is_common: IsCommon = nobody) -> tuple[str, ...]:
    """The names for which a body asks protection, each once and on one line: `Ada Pelham`."""
    spans = (span for each in pleas(body, is_common) for span in each.names)
    return tuple(dict.fromkeys(one_line(body[start:end]) for start, end in spans))


def one_line(name: str) -> str:
    """A name with one blank between its words."""
    return " ".join(name.split())


def called(name: str) -> tuple[str, ...]:
    """The words by which somebody may be called alone, as written, without `al-` before them.

    `Ada`, `Soto`, `García` of `Ada R. Soto García`; no initials, no particles.
    """
    words = (_ARTICLE.sub("", word).strip(".,'’-") for word in name.split())
    return tuple(dict.fromkeys(each for each in words if len(each) > 1 and each[0].isupper()))


_ARTICLE = pattern(r"^(?:[AaEeUu][a-zA-Z]|AL|EL)-(?=[^\W\d_])")


def keys(name: str) -> frozenset[str]:
    """The same words folded, by which two names are known to share one."""
    return frozenset(map(fold, called(name)))


class Meant:
    """The names that some pleas mean, to be known again in other forms in the same text."""

    def __init__(self, names: Iterable[str]) -> None:
        each_keys = set(map(keys, names))
        self._words = frozenset().union(*each_keys)
        self._alone = frozenset().union(*(each for each in each_keys if len(each) == 1))

    def has(self, name: str) -> bool:
        """Whether a name may be another form of one: `Soto`, `Ada Soto` of `Ada Soto García`.

        Somebody else is taken for one rather than one for somebody else.
        """
        ours = keys(name)
        if not ours:
            return False
        shared = ours & self._words
        return shared == ours or len(shared) > 1 or bool(ours & self._alone)


_ONE = pattern(r"([^\W\d_][\w'’-]{2,40})[\s,;.-]{0,9}[(\[]?[\s]{0,9}$")
_BEFORE = 60
_NEAR = 150


def _plea(
    body: str, span: Span, found: list[Mention], ends: list[int], is_common: IsCommon
) -> Plea:
    start, end = span
    names = [
        (each.end - len(each.name), each.end)
        for each in _near(body, start, found, ends)
        if each.name.strip("Xx ")
    ]
    if not names:
        one = _ONE.search(body, max(start - _BEFORE, 0), start)
        redacted = one is not None and not one[1].strip("Xx")
        return Plea(start, end, (), "nameless" if redacted else "unresolved")
    sure = tuple(each for each in names if not is_common(one_line(body[slice(*each)])))
    return Plea(start, end, sure, "named" if sure else "unresolved")


def _near(body: str, start: int, found: list[Mention], ends: list[int]) -> Iterator[Mention]:
    if bare := name_before(body, start):
        yield bare
        return
    one = _ONE.search(body, max(start - _BEFORE, 0), start)
    if one and one[1][0].isupper():
        yield Mention("", one[1], *one.span(1))
        return
    place = bisect_right(ends, start) - 1
    if place >= 0 and start - ends[place] <= _NEAR and "\n\n" not in body[ends[place] : start]:
        yield found[place]

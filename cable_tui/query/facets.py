"""FACETS: what cables are filed under.

One entry makes the catalogue's posting, the counts, the library section, the `prefix:` of the
query, its completion and its line in the help.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from cable_tui.classification import CLASSIFICATIONS
from cable_tui.query import matching
from cable_tui.text import fold

_RANK = {form.lower(): rank for rank, forms in enumerate(CLASSIFICATIONS) for form in forms} | {
    "sbu": 1,
    "fouo": 1,
    "u//sbu": 1,
    "conf": 3,
}
_COMPARISON = re.compile(r"(>=|<=|>|<)(.+)")
_UNIT = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOUBLE_SCHEME = re.compile(r"(?:https?:/{0,2}){1,4}(?:www\.)?", re.IGNORECASE)


class Filed(NamedTuple):
    """What one cable is filed under, before any facet looked at it."""

    origin: str = ""
    classification: str = ""
    created: str = ""
    """ISO 8601 as in `Facts`, or empty."""
    released: str = ""
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which an archive is filed."""

    name: str
    """The `prefix:` in a query and the name everywhere."""
    label: str
    """The section's heading in the library."""
    kind: Literal["term", "date"]
    stage: Literal["facts", "grammar"]
    """The pass that knows its values."""
    of: Literal["origin", "tags", "created", "released", "classification", "articles"]
    """The field of `Filed` that its values come from."""
    values: Callable[[Filed], tuple[str, ...]]
    """The values of one cable; a date facet yields one ISO day."""
    help: str
    many: bool = False
    """Whether one cable may have several values."""
    ranked: bool = False
    """Whether values have an order, so that `class:>=secret` means something."""

    def complaint(self, wanted: str) -> str:
        """What is wrong with a comparison of ranks; empty where nothing is."""
        compared = _COMPARISON.fullmatch(wanted.strip().casefold()) if self.ranked else None
        if compared is None or compared[2].strip() in _RANK:
            return ""
        return f"{compared[2].strip()} is no {self.label.lower()}, such as confidential or s//nf"

    def select(self, wanted: str, vocabulary: Iterable[tuple[str, str]]) -> list[str]:
        """The values, of pairs (value, title), that `prefix:wanted` means.

        The value itself (or its short form) wins; else every value in which the words of `wanted`
        begin words of the value or of its title, in any order.
        """
        titles = dict(vocabulary)
        return Values(self, list(titles), titles.__getitem__).named(wanted)

    def order(self, value: str) -> tuple[int, str]:
        """Sorts the values of a ranked facet, the lowest first; unknown ones are the last."""
        return _RANK.get(value.lower(), len(CLASSIFICATIONS)), value


class Values:
    """Values of a facet that are asked for again and again."""

    def __init__(self, facet: Facet, values: Sequence[str], title: Callable[[str], str]) -> None:
        self._facet = facet
        self._values = values
        self._title = title

    def named(self, wanted: str) -> list[str]:
        """The values that `prefix:wanted` means: see `Facet.select`."""
        folded = fold(wanted.strip())
        if self._facet.ranked:
            if compared := _COMPARISON.fullmatch(folded):
                return _compared(compared[1], compared[2].strip(), self._values)
            if (rank := _RANK.get(folded)) is not None:
                return [value for value in self._values if _RANK.get(value.lower()) == rank]
        if exact := self._folded.get(folded):
            return exact
        words = matching.folded(folded)
        if not words:
            return []
        return [value for value, present in self._present if _begins(words, present)]

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for value in self._values:
            found.setdefault(fold(value), []).append(value)
        return found

    @cached_property
    def _present(self) -> list[tuple[str, list[str]]]:
        """Each value with the words of it and of its title."""
        return [(value, matching.folded(f"{value} {self._title(value)}")) for value in self._values]


def _compared(sign: str, wanted: str, values: Sequence[str]) -> list[str]:
    limit = _RANK.get(wanted)
    if limit is None:
        return []
    ranks = [(value, _RANK.get(value.lower(), -1)) for value in values]
    keep: dict[str, Callable[[int], bool]] = {
        ">=": lambda rank: rank >= limit,
        "<=": lambda rank: 0 <= rank <= limit,
        ">": lambda rank: rank > limit,
        "<": lambda rank: 0 <= rank < limit,
    }
    return [value for value, rank in ranks if keep[sign](rank)]


def _begins(words: list[str], present: list[str]) -> bool:
    return all(any(other.startswith(word) for other in present) for word in words)


def days_of(start: str, end: str) -> tuple[str, str] | None:
    """First and last ISO day of `start..end`, whole units, open ends as the ends of time.

    `("2008-03", "2009")` is March 2008 to the end of 2009. None where a side is no date.
    """
    first = _edge(start, last=False) if start else "0001-01-01"
    final = _edge(end, last=True) if end else "9999-12-31"
    return None if first is None or final is None else (first, final)


def _edge(unit: str, *, last: bool) -> str | None:
    found = _UNIT.fullmatch(unit)
    if found is None or int(found[1]) == 0:
        return None
    year = int(found[1])
    month = int(found[2]) if found[2] else (12 if last else 1)
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    day = int(found[3]) if found[3] else (length if last else 1)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= length else None


def _newspaper(address: str) -> str:
    """The host of an article's address; many pages write `http://http://…` (formats.md 1.1)."""
    return _DOUBLE_SCHEME.sub("", address.strip(), count=1).split("/", 1)[0].lower()


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


_ALL = (
    Facet(
        "origin",
        "Origin",
        "term",
        "facts",
        "origin",
        lambda filed: _one(filed.origin),
        'the post that sent it: origin:rabat, origin:"Secretary of State"',
    ),
    Facet(
        "tag",
        "Tags",
        "term",
        "grammar",
        "tags",
        lambda filed: filed.tags,
        'a TAG, by code or title: tag:ktip, tag:"human rights"',
        many=True,
    ),
    Facet(
        "date",
        "Created",
        "date",
        "facts",
        "created",
        lambda filed: _one(filed.created[:10]),
        "when it was sent: date:2009, date:2008-03..2009-02-13, date:..2007",
    ),
    Facet(
        "released",
        "Released",
        "date",
        "facts",
        "released",
        lambda filed: _one(filed.released[:10]),
        "when it was published: released:2011-08",
    ),
    Facet(
        "class",
        "Classification",
        "term",
        "facts",
        "classification",
        lambda filed: _one(filed.classification),
        "how secret it is: class:secret, class:s//nf, class:>=confidential",
        ranked=True,
    ),
    Facet(
        "article",
        "Articles",
        "term",
        "facts",
        "articles",
        lambda filed: tuple(dict.fromkeys(filter(None, map(_newspaper, filed.articles)))),
        "the newspaper that used it: article:spiegel",
        many=True,
    ),
)
FACETS: dict[str, Facet] = {facet.name: facet for facet in _ALL}
"""Every facet by its name, in the library's order."""

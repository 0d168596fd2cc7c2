"""FACETS: the facets by which cables are indexed.

One entry defines the catalogue's column, the counts, the section in the filters, the `prefix:` in a
query, its completion and its line in the help.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Literal, NoReturn

from cable_tui.base.cable import CLASSIFICATIONS, Cable, Header
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.text import begins, fold, folded_words

_COMPARISON = pattern(r"(>=|<=|>|<)(.+)")
_UNIT = pattern(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DOUBLE_SCHEME = pattern(r"(?:https?:/{0,2}){1,4}(?:www\.)?", re.IGNORECASE)


def _unread() -> NoReturn:
    raise LookupError("this facet is read from the facts, not from a telegram")


class Filed(Value):
    """The facts about a cable from which facets take their values; any of them may be missing.

    Facets of the `facts` stage use the container's metadata; facets of the `grammar` stage use the
    telegram's text.
    """

    origin: str = ""
    classification: str = ""
    created: str = ""
    """The day of creation, such as `2009-02-13`, or an empty string."""
    released: str = ""
    """The day of release in the same form, or an empty string."""
    articles: tuple[str, ...] = ()
    canonical: str = ""
    """The canonical id of the cable; for a FRUS document it begins with the volume."""
    tags: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    """Action addressees, named by `telegram.header.office`."""
    informed: tuple[str, ...] = ()
    """Info addressees, also named by `telegram.header.office`."""
    header: Callable[[], Header] = _unread
    """Parse the header."""
    cable: Callable[[], Cable] = _unread
    """Parse the whole cable, which takes ten times as long as computing all facets."""


class Facet(Value):
    """The definition of one facet of the archive."""

    name: str
    """The `prefix:` in a query, which is also the facet's name in code and JSON."""
    label: str
    """The heading of the facet's section in the filters."""
    kind: Literal["term", "date"]
    stage: Literal["facts", "grammar"]
    """The pass that computes the facet's values."""
    of: str
    """The field of `Filed` from which the values are computed; if the field changes, they are
    recomputed.
    """
    values: Callable[[Filed], tuple[str, ...]]
    """A function that returns the values of one cable; a date facet returns one ISO day."""
    help: str
    many: bool = False
    """Whether one cable may have several values."""
    order: tuple[str, ...] = ()
    """The values from the lowest to the highest, for comparisons such as `class:>=secret`; empty if
    the values have no order.
    """
    aliases: tuple[tuple[str, str], ...] = ()
    """Other names of ordered values: pairs of a folded name and the value."""

    def complaint(self, text: str) -> str:
        """Return what is wrong with an ordered facet's value, or an empty string if it is valid."""
        comparison = _COMPARISON.fullmatch(text.strip().casefold()) if self.order else None
        if comparison is None or self.rank(comparison[2].strip()) is not None:
            return ""
        middle, highest = self.order[len(self.order) // 2], self.order[-1]
        short = next((name for name, value in self.aliases if value == highest), highest.lower())
        valid_values = f"{middle.lower()} or {short}"
        return (
            f"{comparison[2].strip()} is not a valid {self.label.lower()}, such as {valid_values}"
        )

    def select(self, text: str, vocabulary: Iterable[tuple[str, str]]) -> list[str]:
        """Return those of the given (value, title) pairs that `prefix:text` selects, as values.

        If the text is a value or its short form, only that value is selected. Otherwise every value
        is selected if the words of `text` are prefixes of words in the value or its title, in any
        order.
        """
        titles = dict(vocabulary)
        return Values(self, list(titles), titles.__getitem__).named(text)

    def rank(self, name: str) -> int | None:
        """Return the rank of a value, given by name or alias, or None if the name is unknown."""
        return _ranks(self.order, self.aliases).get(name.lower())

    def sort_key(self, value: str) -> tuple[int, str]:
        """Return the sort key for an ordered facet's value: lowest first, unknown values last."""
        value_rank = self.rank(value)
        return len(self.order) if value_rank is None else value_rank, value


@cache
def _ranks(order: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> Mapping[str, int]:
    rank_by_value = {value.lower(): rank for rank, value in enumerate(order)}
    return rank_by_value | {name: rank_by_value[value.lower()] for name, value in aliases}


_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class Values:
    """The values of a facet in one archive, indexed for many lookups."""

    def __init__(self, facet: Facet, values: Sequence[str], title: Callable[[str], str]) -> None:
        self._facet = facet
        self._values = values
        self._title = title

    def named(self, text: str) -> list[str]:
        """Return the values that `prefix:text` selects; see `Facet.select`."""
        folded_text = fold(text.strip())
        if self._facet.order:
            if comparison := _COMPARISON.fullmatch(folded_text):
                return self._ranked(_COMPARISONS[comparison[1]], comparison[2].strip())
            if self._facet.rank(folded_text) is not None:
                return self._ranked(operator.eq, folded_text)
        if exact_values := self._folded.get(folded_text):
            return exact_values
        folded_query_words = folded_words(folded_text)
        if not folded_query_words:
            return []
        return [
            value for value, value_words in self._present if begins(folded_query_words, value_words)
        ]

    def _ranked(self, compare: Callable[[int, int], bool], text: str) -> list[str]:
        """Return the values whose rank satisfies `compare` with the rank of `text`."""
        rank_limit = self._facet.rank(text)
        if rank_limit is None:
            return []
        value_ranks = ((value, self._facet.rank(value)) for value in self._values)
        return [
            value for value, rank in value_ranks if rank is not None and compare(rank, rank_limit)
        ]

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        values_by_folded_text: dict[str, list[str]] = {}
        for value in self._values:
            values_by_folded_text.setdefault(fold(value), []).append(value)
        return values_by_folded_text

    @cached_property
    def _present(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each value with the words in the value and in its title."""
        return [(value, folded_words(f"{value} {self._title(value)}")) for value in self._values]


def days_of(start: str, end: str) -> tuple[str, str] | None:
    """Return the first and last ISO day of `start..end`, in whole units; an empty end has no limit.

    For example, `("2008-03", "2009")` is March 2008 to the end of 2009. Return None if a side is
    not a date.
    """
    first_day = _edge(start, last=False) if start else "0001-01-01"
    last_day = _edge(end, last=True) if end else "9999-12-31"
    return None if first_day is None or last_day is None else (first_day, last_day)


def _edge(date_text: str, *, last: bool) -> str | None:
    date_match = _UNIT.fullmatch(date_text)
    if date_match is None or int(date_match[1]) == 0:
        return None
    year = int(date_match[1])
    month = int(date_match[2]) if date_match[2] else (12 if last else 1)
    if not 1 <= month <= 12:
        return None
    from calendar import monthrange  # few queries have a date, and it loads `locale`

    days_in_month = monthrange(year, month)[1]
    day = int(date_match[3]) if date_match[3] else (days_in_month if last else 1)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= days_in_month else None


def _newspaper(address: str) -> str:
    """Return the host name in an article's address; many pages have `http://http://…`."""
    return _DOUBLE_SCHEME.sub("", address.strip(), count=1).split("/", 1)[0].lower()


def _volume(canonical: str) -> str:
    """Return the volume in `frus1955-57v17/d89`, or an empty string if the id is not from FRUS."""
    volume, separator, _ = canonical.partition("/")
    return volume if separator and volume.startswith("frus") else ""


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
        'the sending post: origin:rabat, origin:"Secretary of State"',
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
        lambda filed: _one(filed.created),
        "when it was sent: date:2009, date:2008-03..2009-02-13, date:..2007",
    ),
    Facet(
        "released",
        "Released",
        "date",
        "facts",
        "released",
        lambda filed: _one(filed.released),
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
        order=tuple(value for value, _ in CLASSIFICATIONS),
        aliases=(
            *((short.lower(), value) for value, short in CLASSIFICATIONS),
            *((name, "UNCLASSIFIED//FOR OFFICIAL USE ONLY") for name in ("sbu", "fouo", "u//sbu")),
            ("conf", "CONFIDENTIAL"),
        ),
    ),
    Facet(
        "article",
        "Articles",
        "term",
        "facts",
        "articles",
        lambda filed: tuple(dict.fromkeys(filter(None, map(_newspaper, filed.articles)))),
        "a newspaper that used it: article:spiegel",
        many=True,
    ),
    Facet(
        "action",
        "Sent to",
        "term",
        "grammar",
        "action",
        lambda filed: filed.action,
        "an action addressee, whatever the spelling: action:rabat",
        many=True,
    ),
    Facet(
        "informed",
        "Informed",
        "term",
        "grammar",
        "informed",
        lambda filed: filed.informed,
        "an info addressee, whatever the spelling: informed:rabat",
        many=True,
    ),
    Facet(
        "volume",
        "Volume",
        "term",
        "facts",
        "canonical",
        lambda filed: _one(_volume(filed.canonical)),
        "its FRUS volume: volume:frus1955-57v17, volume:frus1861",
    ),
)
FACETS: dict[str, Facet] = {facet.name: facet for facet in _ALL}
"""Every facet by name, in the order of the filters."""


def values_of(stage: Literal["facts", "grammar"], filed: Filed) -> tuple[tuple[str, ...], ...]:
    """Return a cable's values for each facet of a stage, in the order of the filters."""
    return tuple(facet.values(filed) for facet in FACETS.values() if facet.stage == stage)

"""A table of posts: a row for each sender, a block for each addressee, darker for more cables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.base.value import Value
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.text.numbers import SHADES

if TYPE_CHECKING:  # it loads the engine
    from cable_tui.tools.traffic.pairs import Pair

_NAME = 22
"""The width of a sender's name, in cells."""
_ALL = 6
"""The width of the total number of a sender's cables, in cells."""
_FIXED = _NAME + _ALL + 2
_BLOCK = 11
"""The width of a column, in cells: a number and its block."""
_GAP = 1
_SHADED = 5
"""The width of a block, in cells."""


class SenderRow(NamedTuple):
    """A sender and its cables to each addressee that has a column."""

    sender: str
    counts: tuple[int, ...]
    dark: tuple[int, ...]
    """The shade of the block in each column, from 0 to 4."""
    pairs: tuple[Pair, ...]
    """All pairs with this sender, most cables first."""

    @property
    def cables(self) -> int:
        """The number of cables to all addressees; a cable counts once for each of them."""
        return sum(pair.cables for pair in self.pairs)


class Scale(Value):
    """The maximum number of cables for each shade; each maximum is three times the previous one."""

    tops: tuple[int, ...]

    @property
    def legend(self) -> str:
        """The legend: `░ 1 to 3 · ▒ 4 to 9 · ▓ 10 to 27 · █ 28 to 80 cables`."""
        lows = (1, *(top + 1 for top in self.tops))
        ranges = (
            f"{sign} {low:,}" if low == top else f"{sign} {low:,} to {top:,}"
            for sign, low, top in zip(SHADES, lows, self.tops, strict=False)
        )
        return f"{' · '.join(ranges)} {'cables' if self.tops[-1] > 1 else 'cable'}"

    def level(self, count: int) -> int:
        """Return the shade for a number of cables, from 1, or 0 if there are no cables."""
        return 0 if not count else 1 + sum(count > top for top in self.tops)


def scale(pairs: Sequence[Pair]) -> Scale:
    """Return the scale for the given pairs."""
    most = max((pair.cables for pair in pairs), default=1)
    parts = [max(most // 3**step, 1) for step in reversed(range(len(SHADES)))]
    return Scale(tuple(sorted({*parts[:-1], most})))


def columns(pairs: Sequence[Pair], cells: int) -> list[str]:
    """Return the addressees with the most cables, as many as fit."""
    cables_to: Counter[str] = Counter()
    for pair in pairs:
        cables_to[pair.addressee] += pair.cables
    most_columns = max((cells - _FIXED) // (_BLOCK + _GAP), 1)
    return [name for name, _ in sorted(cables_to.items(), key=_most_first)[:most_columns]]


def block_rows(pairs: Sequence[Pair], cells: int) -> list[SenderRow]:
    """Return the senders, busiest first."""
    of_sender: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: (-pair.cables, pair.addressee)):
        of_sender[pair.sender].append(pair)
    names, shades = columns(pairs, cells), scale(pairs)
    rows = []
    for sender, own_pairs in of_sender.items():
        cables_to = {pair.addressee: pair.cables for pair in own_pairs}
        counts = tuple(cables_to.get(name, 0) for name in names)
        rows.append(SenderRow(sender, counts, tuple(map(shades.level, counts)), tuple(own_pairs)))
    return sorted(rows, key=lambda row: (-row.cables, row.sender))


def _most_first(count: tuple[str, int]) -> tuple[int, str]:
    return -count[1], count[0]


def heads(pairs: Sequence[Pair], cells: int) -> list[str]:
    """Return the legend for the shades, and two lines with the names of the columns."""
    names = columns(pairs, cells)
    among = len({pair.addressee for pair in pairs})
    more = f" · {len(names)} of {among:,} addressees fit" if len(names) < among else ""
    wrapped = [_in_two(clean_line(name)) for name in names]
    return [
        f"{scale(pairs).legend}{more}",
        *(
            f"{first}{''.join(_padded(lines[number]) for lines in wrapped)}".rstrip()
            for number, first in enumerate((" " * _FIXED, f"{'sender':{_NAME}}{'all':>{_ALL}}  "))
        ),
    ]


def _in_two(name: str) -> tuple[str, str]:
    """Return a name on two lines, cut if it is too long; a short name is on the second line."""
    (start, end), *others = wrap(name, _BLOCK)
    if not others:
        return "", name
    return name[start:end], crop(name[others[0][0] :], _BLOCK)


def _padded(text: str, cells: int = _BLOCK + _GAP) -> str:
    return text + " " * (cells - width(text))


def block_pieces(row: SenderRow) -> Iterator[tuple[str, str]]:
    """Yield a sender, then its blocks with their numbers."""
    yield _padded(crop(clean_line(row.sender), _NAME - 1), _NAME), "word"
    yield f"{row.cables:>{_ALL},}  ", ""
    for count, dark in zip(row.counts, row.dark, strict=True):
        yield (SHADES[dark - 1] * _SHADED if dark else "·"), "word" if dark else "dim"
        number = f" {count:,}" if dark else " " * _SHADED
        yield _padded(number, _BLOCK + _GAP - (_SHADED if dark else 1)), ""

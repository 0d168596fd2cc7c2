"""Rows: sequences of values that are read on demand and can be loaded into data frames."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from cable_tui.base.value import Value, as_json

Item = TypeVar("Item")


class Record:
    """A row of a report; its attributes have the names of the fields in the JSON answers."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.__dict__ == other.__dict__

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"Record({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


class Rows(Generic[Item]):
    """A sequence of values, which can be passed directly to data frames.

    Rows are read on demand; `len` reads every row. Threads may share the sequence.
    """

    def __init__(self, rows: Iterable[Item], kinds: Mapping[str, str] | None = None) -> None:
        """Take the rows, and in `kinds` the types of columns that may be empty (`arrow_stream`)."""
        self._kinds = kinds or {}
        self._known: list[Item] = []
        self._source: Iterator[Item] = iter(rows)
        self._lock = threading.RLock()

    def _read(self, count: int | None) -> list[Item]:
        """Return the rows read so far, after reading up to `count` rows, or all rows if None."""
        with self._lock:
            missing = None if count is None else max(count - len(self._known), 0)
            self._known += islice(self._source, missing)
            return self._known

    def __len__(self) -> int:
        return len(self._read(None))

    @overload
    def __getitem__(self, key: int) -> Item: ...
    @overload
    def __getitem__(self, key: slice) -> Rows[Item]: ...
    def __getitem__(self, key: int | slice) -> Item | Rows[Item]:
        """Return one row, or the rows of a slice; only as many rows are read as are needed."""
        if isinstance(key, int):
            return self._read(key + 1 if key >= 0 else None)[key]
        ends = (key.start or 0, key.stop)
        from_start = key.stop is not None and all(end >= 0 for end in ends) and (key.step or 1) > 0
        return Rows(self._read(key.stop if from_start else None)[key], self._kinds)

    def __iter__(self) -> Iterator[Item]:
        position = 0
        while position < len(rows := self._read(position + 1)):
            yield rows[position]
            position += 1

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self[:3]))
        return f"<{type(self).__name__}: {shown}{', ...' if len(self._read(4)) > 3 else ''}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries of plain values, all with the same keys."""
        dicts = [_plain(row) for row in self]
        names = dict.fromkeys(name for row in dicts for name in row)
        return [{name: row.get(name) for name in names} for row in dicts]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the rows as an Arrow stream, for pandas, polars, DuckDB and others.

        This needs the extra `frames`. Raises `UsageError` without it.
        """
        from cable_tui.api.arrow_stream import stream  # the one module that needs nanoarrow

        return stream(self.to_dicts(), self._kinds).__arrow_c_stream__(requested_schema)


class Verdicts(Rows[Record]):
    """The verdicts on the quotations and citations of a draft, in the order of the draft."""

    def __init__(self, rows: Iterable[Record], left_out: Sequence[str], *, whole: bool) -> None:
        super().__init__(rows)
        self.left_out = tuple(left_out)
        """The parts of the draft that were not checked."""
        self.whole = whole and not left_out
        """Whether the whole draft, and every cable that it needs, was read."""

    def _with(self, is_wanted: Callable[[str], bool]) -> Rows[Record]:
        return Rows([row for row in self if is_wanted(vars(row)["verdict"])])

    @property
    def exact(self) -> Rows[Record]:
        """The quotations and citations that match the archive word for word, at the cited place."""
        return self._with(lambda verdict: verdict == "exact")

    @property
    def altered(self) -> Rows[Record]:
        """Quotations whose words differ from the cable, and citations whose facts differ."""
        return self._with(lambda verdict: verdict == "altered")

    @property
    def faults(self) -> Rows[Record]:
        """All quotations and citations that are not exact; the writer must look at each of them."""
        return self._with(lambda verdict: verdict != "exact")


def _plain(row: Any) -> dict[str, Any]:
    if isinstance(row, Value):
        return {name: as_json(value) for name, value in vars(row).items()}
    names = getattr(row, "shown", vars(row))
    return {name: getattr(row, name) for name in names}

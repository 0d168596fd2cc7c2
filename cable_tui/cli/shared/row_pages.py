"""The rows that a command line requests: `--fields`, `--limit`, `--after`, and the JSON `page`.

Every command that answers with rows uses this module. An answer that is one JSON object always has
a `page`. Arrays and lines have a page only with `--page`, because programs that read them expect
nothing but rows: the array is then inside an object, and the page is the last line.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from cable_tui.base.digests import sha256
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, as_json, json_names
from cable_tui.cli.shared.command_context import CommandContext, emit_json, emit_lines
from cable_tui.text.choices import refusal

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.query.answers import Hits
    from cable_tui.reports.page_of_rows import PageOfRows

Row = TypeVar("Row")
_DIGITS = 8
"""The number of hex digits of each digest in a cursor."""
_PARTIAL = "not every cable's text is indexed yet: more may be found"


class RowPages:
    """The rows and fields selected by the options, and the page that describes them."""

    def __init__(
        self, options: argparse.Namespace, source: Archive | Sequence[object], *question: object
    ) -> None:
        """Read the cursor. The rows answer `question` from `source`, an archive or just the rows.

        Raises `UsageError` if the cursor is for another question or another state of the source, or
        if options need JSON or CSV.
        """
        self._source = source
        self._question = _digest(*question)
        self._fields: tuple[str, ...] = options.fields
        self._limit: int | None = options.limit
        self._is_wanted: bool = options.page
        has_json = vars(options).get("json") or vars(options).get("jsonl")
        if self._fields and not (has_json or vars(options).get("csv")):
            raise UsageError("--fields needs --json, --jsonl or --csv")
        if self._is_wanted and not has_json:
            raise UsageError("--page needs --json or --jsonl")
        self.start = self._position(options.after) if options.after else 0

    @property
    def is_chosen(self) -> bool:
        """Whether the options select some of the rows or fields."""
        return bool(self._fields or self._limit or self.start)

    @cached_property
    def _fingerprint(self) -> str:
        if isinstance(self._source, Sequence):
            return ""
        from cable_tui.archive.fingerprint import fingerprint  # lines for people have none

        with self._source.reading() as db:
            return fingerprint(db)

    @cached_property
    def _state(self) -> str:
        """The digest of everything that the order of the rows depends on, except the question."""
        if isinstance(self._source, Sequence):
            return _digest(self._source)
        return _digest(self._fingerprint, self._source.summary().stages)

    def _position(self, cursor: str) -> int:
        position, question, state = [*cursor.split("-"), "", ""][:3]
        if not (position.isascii() and position.isdecimal()):
            raise UsageError(f"--after: {cursor}: not a cursor; use the page.next of an answer")
        if question != self._question:
            raise UsageError(
                f"--after: {cursor}: the cursor belongs to a different request; start without "
                "--after"
            )
        if state != self._state:
            raise UsageError(
                f"--after: {cursor}: the rows have changed since then; start again without --after"
            )
        return int(position)

    def end(self, limit: int | None = None) -> int | None:
        """Return the number of the last row, or None for all rows; `limit` is the default limit."""
        rows = self._limit or limit
        return rows and self.start + rows

    def has(self, number: int) -> bool:
        """Return whether the row with this number, counted from 1, is requested."""
        end = self.end()
        return self.start < number and (end is None or number <= end)

    def cut(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the requested rows."""
        return rows[self.start : self.end()]

    def row(self, row: Any) -> Any:
        """Return a row as JSON, with only the requested fields. Raises `UsageError`."""
        if not self._fields:
            return as_json(row)
        known = list(json_names(type(row)).values() if isinstance(row, Value) else row)
        self._check(known)
        values = as_json(row)
        return {name: values.get(name) for name in self._fields}

    def rows(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Yield rows as JSON. Raises `UsageError` for unknown fields before the first is used."""
        found = map(self.row, rows)
        return chain(list(islice(found, 1)), found)

    def csv(self, lines: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        """Yield the requested columns of a table; its first line contains the headings."""
        each = iter(lines)
        headings = next(each)
        if not self._fields:
            yield from chain((headings,), each)
            return
        self._check(headings)
        columns = [list(headings).index(name) for name in self._fields]
        for line in chain((headings,), each):
            yield [line[column] for column in columns]

    def _check(self, known: Sequence[str]) -> None:
        for name in self._fields:
            if name not in known:
                raise UsageError(f"--fields: {refusal(name, known, is_field=True)}")

    def page(
        self,
        shown: int,
        total: int | None,
        *,
        found: Sequence[Hits] = (),
        left_out: Iterable[str] = (),
        has_more: bool = False,
    ) -> PageOfRows:
        """Return the page of the `shown` rows; `found` contains the answers to the queries."""
        # Imported late: lines for people have no page.
        from cable_tui.cli.shared.query_args import remarks_of
        from cable_tui.reports.page_of_rows import PageOfRows

        position = self.start + shown
        is_last = not has_more if total is None else position >= total
        partial = (_PARTIAL,) if any(hits.partial for hits in found) else ()
        return PageOfRows(
            total,
            "" if is_last else f"{position}-{self._question}-{self._state}",
            self._fingerprint,
            tuple(dict.fromkeys(line for hits in found for line in remarks_of(hits))),
            tuple(dict.fromkeys((*partial, *left_out))),
        )

    def object_of(self, answer: Any, rows_name: str, page: PageOfRows) -> dict[str, Any]:
        """Return an answer as one JSON object, with only the requested fields of its rows."""
        values = as_json(answer)
        if self._fields:
            values[rows_name] = list(self.rows(getattr(answer, rows_name)))
        return {**values, "page": as_json(page)}

    def emit_object(self, answer: Any, rows_name: str, page: PageOfRows) -> None:
        """Write an answer as one JSON object, with only the requested fields of its rows."""
        emit_json(self.object_of(answer, rows_name, page))

    def emit_array(self, rows: Iterable[Any], rows_name: str, page: PageOfRows) -> None:
        """Write rows as one JSON array, or, with `--page`, as an object that contains the array."""
        if self._is_wanted:
            self.emit_paged(rows, rows_name, page)
        else:
            emit_json(list(self.rows(rows)))

    def emit_paged(self, rows: Iterable[Any], rows_name: str, page: PageOfRows) -> None:
        """Write rows as one JSON array in an object, with their page."""
        emit_json({rows_name: list(self.rows(rows)), "page": page})

    def emit_lines(self, rows: Iterable[Any]) -> None:
        """Write each row as a line of JSON."""
        for row in self.rows(rows):
            emit_json(row)

    def emit_last_line(self, page: PageOfRows) -> None:
        """Write the page as the last line of JSON, with `--page`."""
        if self._is_wanted:
            emit_json({"page": page})


def emit_rows(
    context: CommandContext,
    rows: Sequence[Row],
    lines: Callable[[Sequence[Row]], Iterable[str]],
    answer: Callable[[Row], object] = as_json,
    rows_name: str = "rows",
) -> None:
    """Print the requested rows of a short list. A cursor is valid until these rows change."""
    pages = RowPages(context.options, rows, vars(context.options).get("action"), rows_name)
    shown = pages.cut(rows)
    if context.options.json:
        page = pages.page(len(shown), len(rows))
        pages.emit_array(map(answer, shown), rows_name, page)
    else:
        emit_lines(lines(shown))


def _digest(*values: object) -> str:
    text = "\0".join(map(repr, values)).encode("utf-8", "surrogatepass")
    return sha256(text).hexdigest()[:_DIGITS]

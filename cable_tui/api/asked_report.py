"""A report for Python: checks its name, words and options, and reads its rows on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.api.row_values import day_of
from cable_tui.api.rows_of_values import Record, Rows
from cable_tui.base.errors import UsageError
from cable_tui.base.value import as_json, replace
from cable_tui.query.checked_query import checked_query
from cable_tui.reports.all_rows import arranged, with_cables
from cable_tui.reports.report import Look, Option, Report, how_answered
from cable_tui.reports.table import REPORTS

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.query.answers import Hits
    from cable_tui.text.tally import Tally


class ReportRows(Rows[Record]):
    """The rows of a report, and how they were read. `len` reads all rows."""

    def __init__(
        self,
        archive: Archive,
        library: Path,
        name: str,
        words: Sequence[str],
        options: Mapping[str, Any],
    ) -> None:
        if name not in REPORTS:
            raise UsageError(f"{name}: there is no such report. Choose from {', '.join(REPORTS)}")
        self._report: Report[Any] = REPORTS[name].report
        ask = ask_of(self._report, words, options)
        self._report.check(ask)
        self._look = Look(archive, with_cables(self._report, ask, archive), library)
        self._look.answered = self._answered
        self.queries: list[tuple[str, int, bool]] = []
        """The queries of the report that are answered: query, cables, whether all are known."""
        self._answer: Any = None
        self._raw: list[Any] = []
        super().__init__(self._rows())

    def _answered(self, hits: Hits) -> None:
        self.queries.append((str(hits.query), hits.count, not hits.partial))
        self._look.notes += how_answered(hits)

    def _rows(self) -> Iterator[Record]:
        report = self._report
        has_values = True
        pages = report.read(self._look)
        for row in arranged(report, self._look.ask, pages, self._take):
            self._raw.append(row)
            values = as_json(report.as_json(row))
            has_values = bool(values)
            if has_values:
                yield _record(values)
        if not has_values:  # only its whole answer has them
            whole = as_json(report.whole_json(self._look.ask, self._answer, self._raw))
            yield from map(_record, whole[report.json_name(self._look.ask)])

    def _take(self, answer: Any) -> None:
        self._answer = answer

    @property
    def tally(self) -> Tally:
        """How many texts have been read for the rows so far, with any messages."""
        return self._look.tally

    @property
    def whole(self) -> bool:
        """Whether the rows are complete, with all texts indexed and read. Reads all rows."""
        len(self)
        knows_all = all(is_whole for _, _, is_whole in self.queries)
        knows_all = knows_all and self._look.archive.has_all_files()
        return knows_all and not (self._look.unread or self._look.stopped)

    def as_json(self) -> dict[str, Any]:
        """Return the whole answer, as the command prints it with `--json`, without its `page`."""
        report, ask, count = self._report, self._look.ask, len(self)
        whole = report.whole_json(ask, self._answer, self._raw)
        if isinstance(whole, tuple):
            return {report.rows_name: as_json(whole)}
        if whole is not None:
            tally = {"tally": self.tally} if "tally" in whole._names else {}
            answer: dict[str, Any] = as_json(replace(whole, **tally))
            return answer
        rows = {report.rows_name: [as_json(report.as_json(row)) for row in self._raw]}
        return {**report.json_head(ask), **rows, "count": count, "tally": as_json(self.tally)}


_DAYS = frozenset({"first", "last", "cited_on"})
"""Fields with days; a year or a month in them remains a text."""
_PARTS = frozenset({"left", "right"})
"""Fields with parts of a text, which may be empty without missing."""


def _record(values: Mapping[str, Any]) -> Record:
    """Return a row with dates for days, and None for what is missing."""
    plain = {
        name: None if value == "" and name not in _PARTS else value
        for name, value in values.items()
    }
    days = {
        name: day_of(value)
        for name in _DAYS & plain.keys()
        if isinstance(value := plain[name], str) and len(value) == len("2009-02-13")
    }
    days |= {"date": day_of(plain["created"] or "")} if "created" in plain else {}
    return Record({**plain, **days})


def ask_of(report: Report[Any], words: Sequence[str], options: Mapping[str, Any]) -> Any:
    """Return the question that the words and options ask of a report. Raises `UsageError`."""
    by_name = {
        name: option
        for option in report.options
        for name in (option.name, option.flag.removeprefix("--").replace("-", "_"))
        if name
    }
    values: dict[str, Any] = {}
    for name, value in options.items():
        if name not in by_name:
            known = ", ".join(option.name for option in report.options)
            has = f"no such option; its options are {known}" if known else "no options"
            raise UsageError(f"{name}: {report.name} has {has}")
        option = by_name[name]
        values[option.name] = _checked(option, value, report.ask._defaults.get(option.name))
    if words:
        option_of_words = next(
            (option for option in report.options if option.nargs or option.is_cable), None
        )
        if option_of_words is None:
            raise UsageError(f"{words[0]}: {report.name} takes only named options, not words")
        values[option_of_words.name] = _words(report, option_of_words, words)
    missing = [name for name in report.ask._names if name not in {**report.ask._defaults, **values}]
    if missing:
        raise UsageError(f"{report.name} needs {', '.join(missing)}")
    return report.ask(**values)


def _checked(option: Option, value: Any, default: Any) -> Any:
    if option.reads and isinstance(value, str):
        return option.reads(value)
    if option.choices and value not in option.choices:
        raise UsageError(f"{option.name}: {value}: not one of {', '.join(option.choices)}")
    if isinstance(default, bool | int) and type(value) is not type(default):
        kind = "True or False" if isinstance(default, bool) else "a whole number"
        raise UsageError(f"{option.name} needs {kind}, not {value!r}")
    return value


def _words(report: Report[Any], option: Option, words: Sequence[str]) -> Any:
    if report.ask.__annotations__[option.name].startswith("tuple"):
        return tuple(str(checked_query(word)) for word in words)
    if option.is_cable:
        return words[0]
    return str(checked_query(" ".join(words)))

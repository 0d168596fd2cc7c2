"""`ct.open` and `Archive`: the queries and reports of the room and the shell, for Python."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.api.found_cables import Hits, asked_sort
from cable_tui.api.index_process import run_indexer
from cable_tui.api.opened_cache import OpenedCache, ToolMissing
from cable_tui.archive.records import walk
from cable_tui.base.errors import UsageError
from cable_tui.program.settings import find_paths
from cable_tui.query.checked_query import checked_query

if TYPE_CHECKING:
    from types import TracebackType

    from cable_tui.api.asked_report import ReportRows
    from cable_tui.api.cable_texts import Cable
    from cable_tui.api.citing_cables import References
    from cable_tui.api.description import Description
    from cable_tui.api.rows_of_values import Verdicts
    from cable_tui.glossary.terms import Explanation


class Archive(OpenedCache):
    """One folder of cables, answered from its cache, which threads and processes may share.

    An archive never writes. Close it, or use it in a `with` statement.
    """

    def __reduce__(self) -> Any:
        return partial(open, self._folder, cache=self._paths.cache), ()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files of the cache; the next question reopens them."""
        self.inner.close()

    def __repr__(self) -> str:
        return f"<Archive {str(self._folder)!r}>"

    # What it is.

    def __len__(self) -> int:
        """Return the number of cables in the archive."""
        return self.inner.summary().cables

    @property
    def whole(self) -> bool:
        """Whether all files were read and all passes finished when the archive was last indexed."""
        return self.inner.summary().complete

    @property
    def fingerprint(self) -> str:
        """The number that is the same for the same cables and records, wherever the files are."""
        from cable_tui.archive.fingerprint import fingerprint

        with self.inner.reading() as db:
            return fingerprint(db)

    def describe(self) -> Description:
        """Return a summary of the archive: its years, posts, prefixes and gaps."""
        from cable_tui.api.description import describe

        return describe(self.inner, self.library_file)

    def index(self) -> None:
        """Update the cache in a separate process. Raises `CableTuiError`."""
        run_indexer(self._folder, self._paths.cache, self._paths.config)

    # Cables.

    def search(self, query: str = "", sort: str = "") -> Hits:
        """Return the cables that match a query, in the language of `cable-tui help queries`.

        The query runs when the hits are first used. Raises `UsageError` if it is invalid.
        """
        return Hits(self, checked_query(_text(query, "a query")), asked_sort(sort))

    def __contains__(self, reference: object) -> bool:
        return isinstance(reference, str) and self.inner.find(reference) is not None

    def __getitem__(self, reference: str) -> Cable:
        """Return the cable with a reference ID or link. Raises `NotFoundError` or `UsageError`."""
        from cable_tui.api.cable_texts import Cable
        from cable_tui.archive.look_up import look_up

        key, cable, paragraph = look_up(self.inner, _text(reference, "a reference ID"))
        if paragraph is not None:
            raise UsageError(
                f"{reference} is a paragraph; use archive[{cable.reference_id!r}]"
                f".paragraphs[{paragraph.label!r}]"
            )
        return Cable(self, key, cable)

    def references(self, reference: str, most: int = 200) -> References:
        """Return the cables that a cable cites, and up to `most` that cite it, with the sentences.

        The cable need not be in the archive. Raises `NotFoundError`.
        """
        from cable_tui.api.citing_cables import references

        return references(self.inner, _text(reference, "a reference ID"), most)

    def explain(self, *words: str, word: str = "", header: bool = False) -> Sequence[Explanation]:
        """Return the meanings of words or codes: TAGS, posts, captions, markings and acronyms.

        For a cable or paragraph, as in `explain("09TRIPOLI65#3")`, return the meanings of the terms
        in it; with `word`, only of that word, and with `header`, of the transmission header.

        Raises `NotFoundError` and `UsageError`.
        """
        from cable_tui.api.explained_words import explained

        texts = [_text(each, "a word") for each in words]
        return explained(self.inner, texts, word=word, header=header)

    # Reports, and what tools add.

    def report(self, name: str, *words: str, **options: Any) -> ReportRows:
        """Return the rows of a report of the program, such as `trend` or `people`.

        The words and options are those of the command: `report("trend", "gaddafi~", by="year")`.
        Raises `UsageError`.
        """
        from cable_tui.api.asked_report import ReportRows

        return ReportRows(self.inner, self.library_file, name, words, options)

    def check(self, draft: str | Path) -> Verdicts:
        """Check the quotations and citations of a draft, as `cable-tui check` does.

        Raises `ToolMissing`, and `UsageError` if the draft cannot be read.
        """
        verdicts: Verdicts = self.of_tool("check")(draft)
        return verdicts

    def __getattr__(self, name: str) -> Any:
        """Return the method with this name that a tool adds. Raises `AttributeError`."""
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self.of_tool(name)
        except ToolMissing as error:
            raise AttributeError(str(error)) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.methods]


def _text(value: object, what: str) -> str:
    """Return a value that must be a string: a data frame's cell may be None or a number."""
    if not isinstance(value, str):
        raise UsageError(f"{what} is a text, not {value!r}")
    return value


def open(  # noqa: A001 - `ct.open`
    path: str | Path, *, index: bool = False, cache: str | Path | None = None
) -> Archive:
    """Open the archive in a folder, or in one file, and return it.

    The archive answers from the cache that `cable-tui index` made. With `index=True`, a separate
    process first makes or updates the cache. `cache` sets the folder for all caches, if
    you do not want the default.

    Raises `NotIndexed` if there is no cache, `ArchiveError` if the folder cannot be read, and
    `CacheError` if the cache cannot be read.
    """
    folder = Path(path).expanduser()
    walk.checked(folder)
    paths = find_paths(os.environ, cache=None if cache is None else Path(cache))
    if index:
        run_indexer(folder, paths.cache, paths.config)
    return Archive(folder, paths)

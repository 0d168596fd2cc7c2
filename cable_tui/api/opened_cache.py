"""`OpenedCache`: the open cache of an archive, for use in the library; it never writes."""

from __future__ import annotations

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.api.index_process import NotIndexed
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.cache import FILE_NAME, cache_folder, is_own, readable
from cable_tui.base.errors import UsageError
from cable_tui.base.tools import load, tools
from cable_tui.program.settings import Paths, Settings, read_settings

if TYPE_CHECKING:
    from cable_tui.api.asked_protection import Protection
    from cable_tui.base.cable import Cable
    from cable_tui.library import Library
    from cable_tui.query.reader_terms import ReaderData

_TOOLS = {"check": "drafts"}
"""The methods of this class that depend on a tool, each with the name of that tool."""


class ToolMissing(UsageError):  # noqa: N818 - a name that a notebook shows well
    """Raised if a method belongs to a tool that is not installed."""


class OpenedCache:
    """The cache of a folder of cables, with the reader's files; safe for threads and forks."""

    def __init__(self, folder: Path, paths: Paths) -> None:
        self._folder = folder
        self._paths = paths
        self._process = 0
        self._inner: Archive | None = None
        cache = cache_folder(folder.resolve(), paths.cache)
        if is_own(cache) and not os.access(readable(cache) / FILE_NAME, os.F_OK):
            raise NotIndexed(
                f"{folder}: not indexed yet; run cable-tui index {folder}, or open it with "
                "index=True"
            )
        self.inner.summary()  # a bad cache is told now

    @property
    def inner(self) -> Archive:
        """The archive that the program uses: `cable_tui.archive.archive.Archive`.

        A forked process opens its own archive, because SQLite connections must not be shared.
        """
        if self._inner is None or self._process != os.getpid():
            archive = open_archive(self._folder, self._paths.cache, readonly=True)
            archive.own = self._reader_data
            self._inner, self._process = archive, os.getpid()
        return self._inner

    @property
    def library_file(self) -> Path:
        """The file that contains the reader's bookmarks."""
        return self._paths.library

    @cached_property
    def settings(self) -> Settings:
        """The reader's settings, which citations use."""
        return read_settings(self._paths.config)

    def protection_of(self, cable: Cable) -> Protection:
        """Return the protection requests in a cable, with names if a tool finds them."""
        if "protection" in self.methods:
            found: Protection = self.of_tool("protection")(cable)
            return found
        from cable_tui.api.asked_protection import without_names

        return without_names(cable.body.text)

    @cached_property
    def _library(self) -> Library:
        from cable_tui.library import Library

        return Library(self.library_file)

    def _reader_data(self) -> ReaderData:
        if not self.library_file.exists():  # nothing is made unasked
            from cable_tui.query.reader_terms import NOTHING

            return NOTHING
        return self._library.reader_data()

    @cached_property
    def methods(self) -> dict[str, str]:
        """The functions of the methods that tools add, keyed by method name."""
        return {name: function for tool in tools() for name, function in tool.methods}

    def of_tool(self, name: str) -> Any:
        """Return the method with this name that a tool adds. Raises `ToolMissing`."""
        if name in self.methods:
            return partial(load(self.methods[name]), self)
        if name in _TOOLS:
            raise ToolMissing(
                f"archive.{name} is a method of the tool {_TOOLS[name]}, which was removed from "
                "this installation; install cable-tui with all its tools"
            )
        there = ", ".join(sorted(self.methods)) or "none"
        raise ToolMissing(f"an archive has no method {name}; the tools add these: {there}")

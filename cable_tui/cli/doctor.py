"""`cable-tui doctor`: checks installation, settings and data; it repairs nothing."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cable_tui import __version__, library
from cable_tui.archive.catalogue.account import AccountAnswer
from cable_tui.base.errors import CableTuiError, CacheError
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value, picked
from cable_tui.cli.shared.command_context import CommandContext, emit_answer, existing_path
from cable_tui.cli.shared.options import Parser
from cable_tui.library import recovery
from cable_tui.program.clipboard import Clipboard
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Only

_PACKAGES = ("textual", "rich", "rapidfuzz", "platformdirs", "tantivy")
_NOT_BUILT = "not yet built; `cable-tui index` makes it"
_NOT_COMPARED = (
    "not indexed: `said:`, `comment:` and `people` read texts until `cable-tui index` has compared "
    "sentences"
)
_LEFT = (
    " is not in its list: an indexer is at work, or it was killed, and the next `cable-tui index` "
    "removes such files"
)
_REBUILD = "; `cable-tui index --rebuild` makes it again"


class Finding(Value):
    """The result of one check."""

    what: Filled
    """What was checked."""
    state: Literal["ok", "note", "damaged"]
    words: Filled
    account: Only[AccountAnswer | None] = None
    """Only of the account."""


Check = Callable[[CommandContext], Iterator[Finding]]
"""Yields the findings of a tool; none if the reader does not use it."""


def _checked(what: str, damage: str, words: str) -> Finding:
    """Return the finding of a check: `words` if nothing is damaged."""
    return Finding(what, "damaged" if damage else "ok", damage or words)


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path("an archive, to check its cache too", optional=True)
    parser.add_flag("--clipboard", "test every way to copy (replaces the clipboard)")
    parser.add_flag("--json", "one JSON array")


def run(context: CommandContext) -> int:
    """Print the findings; 1 if something is damaged."""
    findings = list(_findings(context))
    lines = (
        clean_line(f"{finding.state:<8}{finding.what:<14}{finding.words}") for finding in findings
    )
    emit_answer(context, findings, lines)
    return int(any(finding.state == "damaged" for finding in findings))


def _findings(context: CommandContext) -> Iterator[Finding]:
    yield Finding("cable-tui", "ok", f"{__version__}, Python {platform.python_version()}")
    yield Finding("system", "ok", f"{platform.system()} {platform.machine()}, {_terminal(context)}")
    for package in _PACKAGES:
        try:
            yield Finding("package", "ok", f"{package} {version(package)}")
        except PackageNotFoundError:
            yield Finding("package", "damaged", f"{package} is not installed")
    yield _readers()
    yield _textual()
    yield _settings(context)
    yield from _places(context)
    yield _library(context)
    yield from _of_tools(context)
    yield from _try_clipboard(context) if context.options.clipboard else (_clipboard(context),)
    if context.options.path is not None:
        yield from _cache(context, context.options.path)


def _readers() -> Finding:
    """Return what the processes that read PDFs and databases can give up on this system."""
    from cable_tui.operating_system import confinement

    confinement_here = confinement.possible()
    lacking = [
        f"this system has no {name}: the processes that read PDFs and databases keep {kept_out}"
        for has_it, name, kept_out in (
            (confinement_here.files, "Landlock (Linux 5.13 and later)", "other files"),
            (confinement_here.network, "seccomp (Linux on x86-64 and ARM64)", "the network"),
        )
        if not has_it
    ]
    words = "PDFs and databases are read by processes without other files and the network"
    return Finding("readers", "note" if lacking else "ok", "; ".join(lacking) or words)


def _textual() -> Finding:
    """Return which patches of Textual are active, and what is lost without the others."""
    from cable_tui.tui.textual_patches.fit import PATCHES

    lost_patches = [f"without the {patch.name} {patch.lost}" for patch in PATCHES if not patch.fits]
    fitting_patches = ", ".join(patch.name for patch in PATCHES if patch.fits)
    words = "; ".join((f"fit Textual: {fitting_patches}", *lost_patches))
    return Finding("patches", "note" if lost_patches else "ok", words)


def _terminal(context: CommandContext) -> str:
    names = ("TERM", "COLORTERM", "TERM_PROGRAM")
    variables_set = [
        f"{name}={context.environ[name]}" for name in names if context.environ.get(name)
    ]
    variables_set += ["inside tmux"] if context.environ.get("TMUX") else []
    variables_set += ["inside screen"] if context.environ.get("STY") else []
    variables_set += ["over ssh"] if context.environ.get("SSH_CONNECTION") else []
    return " ".join(variables_set) or "the variable TERM is not set"


def _settings(context: CommandContext) -> Finding:
    mistakes = list(context.settings.mistakes)
    if context.settings.keys:
        # The tables of commands; the screen itself is not imported.
        from cable_tui.tui.commands.keyboard import COMMANDS
        from cable_tui.tui.commands.reader_keys import with_own_keys

        mistakes += with_own_keys(COMMANDS, context.settings.keys)[1]
    if mistakes:
        return Finding("settings", "note", "; ".join(mistakes))
    has_file = context.paths.config.exists()
    return Finding(
        "settings", "ok", str(context.paths.config) if has_file else "no file; the defaults"
    )


def _places(context: CommandContext) -> Iterator[Finding]:
    for name in ("data", "cache", "state"):
        place: Path = getattr(context.paths, name)
        # `exists` fails below a folder that may not be entered.
        nearest = next(folder for folder in (place, *place.parents) if os.access(folder, os.F_OK))
        if os.access(nearest, os.W_OK | os.X_OK):
            yield Finding(name, "ok", f"{place}{'' if nearest == place else ' (not made yet)'}")
        else:
            yield Finding(name, "note", f"{place}: cannot be written")


def _library(context: CommandContext) -> Finding:
    file = context.paths.library
    library_damage = library.check(file)
    if not library_damage and not file.exists():
        return Finding("bookmarks", "ok", f"none yet; they will be in {file}")
    days = ", ".join(recovery.day_of(copy) for copy in recovery.copies(file)) or "none yet"
    words = f"{file}: {library_damage or 'sound'}; copies: {days}"
    return Finding("bookmarks", "damaged" if library_damage else "ok", words)


def _of_tools(context: CommandContext) -> Iterator[Finding]:
    for tool in tools():
        for name in tool.checks:
            check: Check = load(name)
            yield from check(context)


def _clipboard(context: CommandContext) -> Finding:
    ways = Clipboard(context.paths.clipboard, environ=context.environ).available()
    if not context.environ.get("TMUX") and sys.stdout.isatty():
        ways.append("OSC 52 (the terminal does not confirm)")
    return Finding(
        "clipboard", "ok", ", then ".join([*ways, f"the file {context.paths.clipboard}"])
    )


def _try_clipboard(context: CommandContext) -> Iterator[Finding]:
    """Copy a line of text by each way, as the reading room would."""
    terminal = sys.stdout.write if sys.stdout.isatty() else None
    limit = context.settings.osc52_limit
    ways = Clipboard(context.paths.clipboard, terminal, context.environ, limit)
    for copy_result in ways.copy_by_all("cable-tui doctor was here"):
        yield Finding("clipboard", "ok" if copy_result.way else "note", copy_result.sentence)


def _cache(context: CommandContext, path: Path) -> Iterator[Finding]:
    from cable_tui.archive import cache
    from cable_tui.archive.cache import cache_folder
    from cable_tui.archive.catalogue import catalogue_file
    from cable_tui.cli.shared.opened_archive import has_cache

    path = existing_path(path)
    cache_path = cache_folder(path, context.paths.cache)
    if not has_cache(context, path):
        foreign_cache = f"{context.paths.cache}: none that you may read, nor may you write there"
        yield Finding("cache", "note", _NOT_BUILT if cache.is_own(cache_path) else foreign_cache)
        return
    if not cache.is_own(cache_path):
        yield Finding("cache", "note", f"{context.paths.cache}: read-only; its owner indexes")
    elif cache.newest(cache_path):
        yield Finding("cache", "ok", f"{context.paths.cache}: others may read it")
    place = cache.readable(cache_path)
    if not catalogue_file.is_begun(place):
        yield Finding("cache", "note", f"{place}: {_NOT_BUILT}")
        return
    catalogue_damage = _catalogue_damage(place)
    yield _checked("cache", catalogue_damage, str(place))
    if not catalogue_damage:
        yield from _archive(context, path)
        from cable_tui.archive.fulltext.schema import FOLDER, SENTENCES_FOLDER

        yield _index("text index", place / FOLDER, _NOT_BUILT)
        yield _index("voices", place / SENTENCES_FOLDER, _NOT_COMPARED)


def _index(what: str, folder: Path, missing: str) -> Finding:
    from cable_tui.archive.fulltext.index_files import check_all, is_begun, left_files

    if not is_begun(folder):
        return Finding(what, "note", missing)
    try:
        index_damage = check_all(folder)
    except OSError as error:
        return Finding(what, "note", f"cannot be read: {error}")
    if not index_damage and (files_left := left_files(folder)):
        return Finding(what, "note", f"sound; {files_left[0].name}{_LEFT}")
    return _checked(what, index_damage and index_damage + _REBUILD, "sound")


def _archive(context: CommandContext, path: Path) -> Iterator[Finding]:
    from cable_tui.archive.archive import open_archive
    from cable_tui.archive.catalogue import account

    try:
        with closing(open_archive(path, context.paths.cache, readonly=True)) as archive:
            summary, accounted = archive.summary(), archive.account()
            dear, example = archive.read_in_order()
    except CableTuiError as error:
        yield Finding("archive", "note", str(error))
        return
    state = (
        "all indexed"
        if summary.complete
        else "not completely indexed (run `cable-tui index` to continue)"
    )
    yield Finding("archive", "ok", f"{summary.cables:,} cables, {state}")
    has_losses = accounted.files.problems or accounted.records.problems or not accounted.adds_up
    words = account.in_words(accounted)
    if summary.problems:
        words += " `cable-tui problems` lists what could not be read."
    yield Finding(
        "account", "note" if has_losses else "ok", words, picked(AccountAnswer, accounted)
    )
    if dear:
        words = (
            f"{dear:,} files, such as {example}, are packed in one piece with those before them: "
            "to open one takes as long as to unpack all before it. Unpacked, each opens at once"
        )
        yield Finding("packed", "note", words)


def _catalogue_damage(folder: Path) -> str:
    from cable_tui.archive.catalogue import catalogue_file

    try:
        with closing(catalogue_file.open_reader(folder)) as connection:
            (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except (sqlite3.Error, CacheError) as error:
        finding = error
    return "" if finding == "ok" else f"{folder}: {finding}{_REBUILD}"

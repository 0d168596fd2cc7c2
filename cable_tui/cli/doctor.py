"""`cable-tui doctor`: check the installation, settings and data. Nothing is repaired."""

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
from cable_tui.cli.shared.command_context import CommandContext, existing_path
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.row_pages import emit_rows
from cable_tui.library import recovery
from cable_tui.program.clipboard import Clipboard
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Only

_PACKAGES = ("textual", "rich", "rapidfuzz", "platformdirs", "tantivy")
_NOT_BUILT = "not built yet; `cable-tui index` builds it"
_NOT_COMPARED = (
    "not indexed: `said:`, `comment:`, `people` and `protect` read texts each time until "
    "`cable-tui index` has compared sentences"
)
_LEFT = (
    " is not in its file list, because an indexer is running or was killed; the next `cable-tui "
    "index` removes such "
    "files"
)
_REBUILD = "; `cable-tui index --rebuild` rebuilds it"


class Finding(Value):
    """The result of one check."""

    what: Filled
    """What was checked."""
    state: Literal["ok", "note", "damaged"]
    words: Filled
    account: Only[AccountAnswer | None] = None
    """The accounting of files and records, present only in the finding about it."""


Check = Callable[[CommandContext], Iterator[Finding]]
"""A function that yields a tool's findings, or no findings if the reader does not use the tool."""


def _checked(what: str, damage: str, words: str) -> Finding:
    """Return the finding of a check. Its text is `words` if nothing is damaged."""
    return Finding(what, "damaged" if damage else "ok", damage or words)


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path("an archive, to check its cache as well", optional=True)
    parser.add_flag("--clipboard", "test every copy method (replaces the clipboard)")
    parser.add_flag("--json", "one JSON array")
    parser.add_rows("print at most N findings")


def run(context: CommandContext) -> int:
    """Print the findings and return 1 if anything is damaged, else 0."""
    findings = list(_findings(context))
    emit_rows(context, findings, lambda shown: map(_line, shown), rows_name="findings")
    return int(any(finding.state == "damaged" for finding in findings))


def _line(finding: Finding) -> str:
    return clean_line(f"{finding.state:<8}{finding.what:<14}{finding.words}")


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
    """Return whether this system can confine the processes that read PDFs and databases."""
    from cable_tui.operating_system import confinement

    confinement_here = confinement.possible()
    missing_protections = [
        f"this system has no {name}: the processes that read PDFs and databases can still reach "
        f"{kept_out}"
        for has_it, name, kept_out in (
            (confinement_here.files, "Landlock (Linux 5.13 and later)", "other files"),
            (confinement_here.network, "seccomp (Linux on x86-64 and ARM64)", "the network"),
        )
        if not has_it
    ]
    confined_words = (
        "PDFs and databases are read by processes without access to other files or the network"
    )
    return Finding(
        "readers",
        "note" if missing_protections else "ok",
        "; ".join(missing_protections) or confined_words,
    )


def _textual() -> Finding:
    """Return which patches to Textual are active, and what is lost without the others."""
    from cable_tui.tui.textual_patches.fit import PATCHES

    lost_patches = [f"without the {patch.name} {patch.lost}" for patch in PATCHES if not patch.fits]
    fitting_patches = ", ".join(patch.name for patch in PATCHES if patch.fits)
    patch_words = "; ".join((f"fit Textual: {fitting_patches}", *lost_patches))
    return Finding("patches", "note" if lost_patches else "ok", patch_words)


def _terminal(context: CommandContext) -> str:
    names = ("TERM", "COLORTERM", "TERM_PROGRAM")
    terminal_facts = [
        f"{name}={context.environ[name]}" for name in names if context.environ.get(name)
    ]
    terminal_facts += ["inside tmux"] if context.environ.get("TMUX") else []
    terminal_facts += ["inside screen"] if context.environ.get("STY") else []
    terminal_facts += ["over ssh"] if context.environ.get("SSH_CONNECTION") else []
    return " ".join(terminal_facts) or "the environment variable TERM is not set"


def _settings(context: CommandContext) -> Finding:
    mistakes = list(context.settings.mistakes)
    if context.settings.keys or context.settings.commands:
        # The tables of commands; the screen itself is not imported.
        from cable_tui.tui.commands.reader_keys import room_commands

        mistakes += room_commands(context.settings)[1]
    if mistakes:
        return Finding("settings", "note", "; ".join(mistakes))
    has_file = context.paths.config.exists()
    return Finding(
        "settings", "ok", str(context.paths.config) if has_file else "no file; defaults apply"
    )


def _places(context: CommandContext) -> Iterator[Finding]:
    for path_name in ("data", "cache", "state"):
        folder_path: Path = getattr(context.paths, path_name)
        # `exists` fails below a folder that may not be entered.
        nearest = next(
            folder for folder in (folder_path, *folder_path.parents) if os.access(folder, os.F_OK)
        )
        if os.access(nearest, os.W_OK | os.X_OK):
            yield Finding(
                path_name,
                "ok",
                f"{folder_path}{'' if nearest == folder_path else ' (not made yet)'}",
            )
        else:
            yield Finding(path_name, "note", f"{folder_path}: cannot be written")


def _library(context: CommandContext) -> Finding:
    library_file = context.paths.library
    library_damage = library.check(library_file)
    if not library_damage and not library_file.exists():
        return Finding("bookmarks", "ok", f"none yet; they will be in {library_file}")
    copy_days = (
        ", ".join(recovery.day_of(copy) for copy in recovery.copies(library_file)) or "none yet"
    )
    library_state = f"{library_file}: {library_damage or 'sound'}; copies: {copy_days}"
    return Finding("bookmarks", "damaged" if library_damage else "ok", library_state)


def _of_tools(context: CommandContext) -> Iterator[Finding]:
    for tool in tools():
        for check_name in tool.checks:
            check: Check = load(check_name)
            yield from check(context)


def _clipboard(context: CommandContext) -> Finding:
    copy_methods = Clipboard(context.paths.clipboard, environ=context.environ).available()
    if not context.environ.get("TMUX") and sys.stdout.isatty():
        copy_methods.append("OSC 52 (the terminal does not confirm)")
    return Finding(
        "clipboard", "ok", ", then ".join([*copy_methods, f"the file {context.paths.clipboard}"])
    )


def _try_clipboard(context: CommandContext) -> Iterator[Finding]:
    """Copy a line of text with every clipboard method that the reading room may use."""
    write_to_terminal = sys.stdout.write if sys.stdout.isatty() else None
    osc52_limit = context.settings.osc52_limit
    copy_methods = Clipboard(
        context.paths.clipboard, write_to_terminal, context.environ, osc52_limit
    )
    for copy_result in copy_methods.copy_by_all("cable-tui doctor was here"):
        yield Finding("clipboard", "ok" if copy_result.way else "note", copy_result.sentence)


def _cache(context: CommandContext, path: Path) -> Iterator[Finding]:
    from cable_tui.archive import cache
    from cable_tui.archive.cache import cache_folder
    from cable_tui.archive.catalogue import catalogue_file
    from cable_tui.cli.shared.opened_archive import has_cache

    path = existing_path(path)
    cache_path = cache_folder(path, context.paths.cache)
    if not has_cache(context, path):
        foreign_cache = f"{context.paths.cache}: none that you can read, and you cannot write there"
        yield Finding("cache", "note", _NOT_BUILT if cache.is_own(cache_path) else foreign_cache)
        return
    if not cache.is_own(cache_path):
        yield Finding(
            "cache", "note", f"{context.paths.cache}: read-only; only its owner can index"
        )
    elif cache.newest(cache_path):
        yield Finding("cache", "ok", f"{context.paths.cache}: other users can read it")
    readable_folder = cache.readable(cache_path)
    if not catalogue_file.is_begun(readable_folder):
        yield Finding("cache", "note", f"{readable_folder}: {_NOT_BUILT}")
        return
    catalogue_damage = _catalogue_damage(readable_folder)
    yield _checked("cache", catalogue_damage, str(readable_folder))
    if not catalogue_damage:
        yield from _archive(context, path)
        from cable_tui.archive.fulltext.schema import FOLDER, SENTENCES_FOLDER

        yield _index("text index", readable_folder / FOLDER, _NOT_BUILT)
        yield _index("voices", readable_folder / SENTENCES_FOLDER, _NOT_COMPARED)


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
            slow_files, example_file = archive.read_in_order()
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
    account_words = account.in_words(accounted)
    if summary.problems:
        account_words += " `cable-tui problems` lists what could not be read."
    yield Finding(
        "account", "note" if has_losses else "ok", account_words, picked(AccountAnswer, accounted)
    )
    if slow_files:
        slow_words = (
            f"{slow_files:,} files, such as {example_file}, are compressed together with the "
            "files before them, so opening one means unpacking all of those first. Unpack the "
            "archive to open each file "
            "immediately"
        )
        yield Finding("packed", "note", slow_words)


def _catalogue_damage(folder: Path) -> str:
    from cable_tui.archive.catalogue import catalogue_file

    try:
        with closing(catalogue_file.open_reader(folder)) as connection:
            (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except (sqlite3.Error, CacheError) as error:
        finding = error
    return "" if finding == "ok" else f"{folder}: {finding}{_REBUILD}"

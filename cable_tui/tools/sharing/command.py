"""`marks sync`, `private`, `author`: what others get, and who has signed what is there."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from cable_tui.base.errors import LibraryError, NotFoundError, UsageError
from cable_tui.base.value import as_json
from cable_tui.cli.shared.command_context import CommandContext, emit_json, emit_lines, say
from cable_tui.library import Library
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:  # names are asked for without a target
    from cable_tui.tools.sharing.exchange import SyncReport

_WHOSE = {True: "yours", False: "not yours", None: ""}


def sync(context: CommandContext, library: Library) -> int:
    """Exchange with the target once, or keep exchanging until it is stopped.

    The status is 4 if the target has refused changes of this library.
    """
    from cable_tui.program import running
    from cable_tui.tools.sharing.exchange import SyncReport, exchange, follow, open_target, utc_now
    from cable_tui.tools.sharing.sharing import first_sync_words

    words = context.options.words
    name = words[0] if words else context.settings.sync
    if not name or len(words) > 1:
        raise UsageError(
            "marks sync needs a TARGET, a folder or postgresql://..., or `sync` in the settings"
        )
    say_report = _as_json if context.options.json else _in_words
    entered = running.folder_of(context.paths.state)
    with (
        closing(open_target(name)) as target,
        running.entered(entered, "follower", target.name),
    ):
        if context.options.init:
            say(target.init())
        if not context.options.json and (words := first_sync_words(library)):
            say(words)
        if context.options.follow:
            report = follow(
                library, target, lambda report: say_report(target.name, report), _stopped()
            )
        else:
            report = SyncReport(utc_now(), exchanged=exchange(library, target))
            say_report(target.name, report)
    return LibraryError.exit_code if report.trouble or report.exchanged.unsent else 0


def _stopped() -> Callable[[], bool]:
    """Return whether the program that reads our output through a pipe has closed our input."""
    from cable_tui.operating_system.processes import wait_for_end_of_input

    ended = threading.Event()

    def wait() -> None:
        wait_for_end_of_input()
        ended.set()

    with suppress(OSError):  # there is no input at all
        if stat.S_ISFIFO(os.fstat(0).st_mode):
            threading.Thread(target=wait, daemon=True).start()
    return ended.is_set


def _as_json(name: str, report: SyncReport) -> None:
    emit_json(
        {
            "target": name,
            "met": report.met or None,
            **as_json(report.exchanged),
            "trouble": report.trouble or None,
        }
    )
    sys.stdout.flush()


def _in_words(name: str, report: SyncReport) -> None:
    if report.trouble:
        say(report.trouble)
        return
    done = report.exchanged
    refused = f", {done.unsent:,} refused" if done.unsent else ""
    say(f"{name}: {counted(done.sent, 'change')} sent{refused}, {done.taken:,} received")
    for notice in done.notices:
        say(notice)


def private(context: CommandContext, library: Library) -> int:
    """Make a list private, even a future one; or share it again."""
    name = context.options.list
    if not name or context.options.words:
        raise UsageError("marks private needs --list NAME")
    known = library.lists.known_to_others(name)
    library.lists.set_private(name, on=not context.options.off)
    if context.options.off:
        say(f"{name} is shared: the next sync sends it")
        return 0
    say(f"{name} is private: a sync does not send it, nor bookmarks that are in no other list")
    if known:
        say(f"others keep their copies: {counted(known, 'bookmark')}")
    return 0


def author(context: CommandContext, library: Library) -> int:
    """Print the other names; or store whether one of them is the reader's."""
    if context.options.words:
        raise UsageError("marks author takes no words: --mine NAME names an earlier name of yours")
    if context.options.mine is not None:
        return _keep_answer(context, library, context.options.mine)
    if context.options.off or context.options.force:
        raise UsageError("marks author: --off and --force need --mine NAME")
    others = library.names.others()
    if context.options.json:
        names = {"author": "name", "marks": "marks", "made_here": "made_here", "mine": "is_mine"}
        emit_json([{key: getattr(other, name) for key, name in names.items()} for other in others])
    else:
        for other in others:
            here = f", {other.made_here:,} made here" if other.made_here else ""
            words = (clean_line(other.name), f"{other.marks:,}{here}", _WHOSE[other.is_mine])
            emit_lines(["  ".join(filter(None, words))])
    if not others:
        say(f"all bookmarks are signed by {library.author}")
    return 0 if others else 1


def _keep_answer(context: CommandContext, library: Library, signed: str) -> int:
    """Keep whether bookmarks by a name are the reader's.

    Raises `NotFoundError` if no bookmark is signed so, `UsageError` if too many would be.
    """
    shown = clean_line(signed)
    name = next((other for other in library.names.others() if other.name == signed), None)
    if name is None:
        raise NotFoundError(f"no bookmark here is signed by {shown}")
    bookmarks = counted(name.marks, "bookmark")
    if context.options.off:
        library.names.answer(signed, mine=False)
        say(f"{bookmarks} by {shown}: not yours")
        return 0
    if name.from_elsewhere and not context.options.force:
        raise UsageError(
            f"{name.from_elsewhere:,} of {bookmarks} by {shown} were not made here, as far as the "
            "log goes back: they came from others, or from another library of yours. With --force "
            "they count as yours, too"
        )
    library.names.answer(signed, mine=True)
    say(f"{bookmarks} by {shown}: yours; `cable-tui marks undo` undoes that")
    return 0

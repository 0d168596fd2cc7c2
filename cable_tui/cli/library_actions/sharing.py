"""`marks sync` and `marks private`: what others get of a library, and what they never do."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from cable_tui import running
from cable_tui.cli.context import Context, emit_json, say
from cable_tui.errors import UsageError
from cable_tui.library import Library
from cable_tui.operating_system.processes import wait_for_end_of_input
from cable_tui.sync.exchange import exchange
from cable_tui.sync.follow import Report, follow, utc_now
from cable_tui.sync.open_target import open_target
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted


def sync(context: Context, library: Library) -> int:
    """Exchange with the target once, or stay in step with it until it is stopped."""
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
        if context.options.follow:
            follow(library, target, lambda report: say_report(target.name, report), _stopped())
        else:
            say_report(target.name, Report(utc_now(), exchanged=exchange(library, target)))
    return 0


def _stopped() -> Callable[[], bool]:
    """Whether the program that reads our output through a pipe has closed our input."""
    ended = threading.Event()

    def wait() -> None:
        wait_for_end_of_input()
        ended.set()

    with suppress(OSError):  # there is no input at all
        if stat.S_ISFIFO(os.fstat(0).st_mode):
            threading.Thread(target=wait, daemon=True).start()
    return ended.is_set


def _as_json(name: str, report: Report) -> None:
    value: dict[str, Any] = {
        "target": name,
        "met": report.met or None,
        "sent": report.exchanged.sent,
        "taken": report.exchanged.taken,
        "read_only": report.exchanged.read_only,
        "notices": list(report.exchanged.notices),
        "trouble": report.trouble or None,
    }
    emit_json(value)
    sys.stdout.flush()


def _in_words(name: str, report: Report) -> None:
    if report.trouble:
        say(report.trouble)
        return
    done = report.exchanged
    say(f"{name}: {counted(done.sent, 'change')} sent, {done.taken:,} taken")
    for notice in done.notices:
        say(notice)


def private(context: Context, library: Library) -> int:
    """Make a list private, which need not be there yet; or one for others again."""
    name = " ".join(clean_line(context.options.list or "").split())
    if not name or context.options.words:
        raise UsageError("marks private needs --list NAME")
    known = library.sharing.known_of_list(name)
    library.lists.set_private(name, on=not context.options.off)
    if context.options.off:
        say(f"{name} is for others too: it leaves with the next sync")
        return 0
    say(f"{name} is private: neither it nor what is in no other list leaves with a sync")
    if known:
        say(f"others keep what they have of it: {counted(known, 'bookmark')}")
    return 0

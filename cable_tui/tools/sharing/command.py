"""`bookmarks sync`, `private` and `author`: what others receive, and who signed bookmarks."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from cable_tui.base.errors import LibraryError, NotFoundError, UsageError
from cable_tui.base.value import Value, picked
from cable_tui.cli.shared.command_context import CommandContext, emit_json, say
from cable_tui.cli.shared.row_pages import emit_rows
from cable_tui.library import Library
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:  # names are asked for without a target
    from cable_tui.base.kinds import Count, Filled, Instant, OrNull, Positive
    from cable_tui.library.reader_data import Name
    from cable_tui.tools.sharing.exchange import SyncReport

_WHOSE = {True: "yours", False: "not yours", None: ""}


class SyncAnswer(Value):
    """The output of `bookmarks sync --json`: the result of an exchange.

    With --follow, one per line.
    """

    target: Filled
    """The name of the target, without a password."""
    met: OrNull[Instant]
    """When the target was last reached, or null if it never was."""
    sent: Count
    """The number of changes sent."""
    taken: Count
    """The number of new changes received from others."""
    unsent: Count
    """The number of this library's changes that the target refused. They are sent in a later sync.
    If there are any, the exit status is 4.
    """
    read_only: bool
    """Whether the target can only be read, so that this library's changes stay here."""
    notices: tuple[Filled, ...]
    """Descriptions of what could not be read, although the rest could."""
    trouble: OrNull[str]
    """Why the target cannot be reached now; only with `--follow`."""


class OtherAuthor(Value):
    """The output of `bookmarks author --json`: the other names that sign bookmarks."""

    author: Filled
    marks: Positive
    """The number of bookmarks signed with the name."""
    made_here: Count
    """The number of these bookmarks that the log shows were made in this library under this name.
    """
    mine: bool | None
    """Whether the name is one of your earlier names, or null if you were not asked."""


def sync(context: CommandContext, library: Library) -> int:
    """Exchange with the target once, or keep exchanging until stopped.

    The exit status is 4 if the target has refused changes from this library.
    """
    from cable_tui.program import running
    from cable_tui.tools.sharing.exchange import SyncReport, exchange, follow, open_target, utc_now
    from cable_tui.tools.sharing.sharing import first_sync_words

    words = context.options.words
    name = words[0] if words else context.settings.sync
    if not name or len(words) > 1:
        raise UsageError(
            "bookmarks sync needs a TARGET, a folder or postgresql://..., or `sync` in the settings"
        )
    say_report = _as_json if context.options.json else _in_words
    entered_folder = running.folder_of(context.paths.state)
    with (
        closing(open_target(name)) as target,
        running.entered(entered_folder, "follower", target.name),
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
    """Return a function that returns whether the reading program has closed our input.

    A program that reads our output through a pipe closes our input to stop us.
    """
    from cable_tui.operating_system.processes import wait_for_end_of_input

    ended_event = threading.Event()

    def wait() -> None:
        wait_for_end_of_input()
        ended_event.set()

    with suppress(OSError):  # there is no input at all
        if stat.S_ISFIFO(os.fstat(0).st_mode):
            threading.Thread(target=wait, daemon=True).start()
    return ended_event.is_set


def _as_json(name: str, report: SyncReport) -> None:
    met, trouble = report.met, report.trouble
    emit_json(picked(SyncAnswer, report.exchanged, target=name, met=met, trouble=trouble))
    sys.stdout.flush()


def _in_words(name: str, report: SyncReport) -> None:
    if report.trouble:
        say(report.trouble)
        return
    sums = report.exchanged
    refused_note = f", {sums.unsent:,} refused" if sums.unsent else ""
    say(f"{name}: {counted(sums.sent, 'change')} sent{refused_note}, {sums.taken:,} received")
    for notice in sums.notices:
        say(notice)


def private(context: CommandContext, library: Library) -> int:
    """Make a list private, even a future one, or share it again."""
    name = context.options.list
    if not name or context.options.words:
        raise UsageError("bookmarks private needs --list NAME")
    is_known_to_others = library.lists.known_to_others(name)
    library.lists.set_private(name, on=not context.options.off)
    if context.options.off:
        say(f"{name} is shared: the next sync sends it")
        return 0
    say(f"{name} is private and will not be synced, nor will bookmarks that are in no other list")
    if is_known_to_others:
        say(f"others keep their copies: {counted(is_known_to_others, 'bookmark')}")
    return 0


def author(context: CommandContext, library: Library) -> int:
    """Print the other names, or store whether one of them is the reader's."""
    if context.options.words:
        raise UsageError(
            "bookmarks author takes no arguments; to claim one of your earlier names, use --mine "
            "NAME"
        )
    if context.options.mine is not None:
        return _keep_answer(context, library, context.options.mine)
    if context.options.off or context.options.force:
        raise UsageError("bookmarks author: --off and --force need --mine NAME")
    other_authors = library.names.others()
    emit_rows(
        context,
        other_authors,
        lambda shown: map(_line_of_author, shown),
        lambda other: picked(OtherAuthor, other, author=other.name, mine=other.is_mine),
    )
    if not other_authors:
        say(f"all bookmarks are signed by {library.author}")
    return 0 if other_authors else 1


def _line_of_author(other: Name) -> str:
    made_here = f", {other.made_here:,} made here" if other.made_here else ""
    words = (clean_line(other.name), f"{other.marks:,}{made_here}", _WHOSE[other.is_mine])
    return "  ".join(filter(None, words))


def _keep_answer(context: CommandContext, library: Library, signed: str) -> int:
    """Store whether bookmarks signed with a name are the reader's.

    Raises `NotFoundError` if no bookmark is signed with the name, and `UsageError` if some of them
    may be by another person.
    """
    signer = clean_line(signed)
    name = next(
        (author_name for author_name in library.names.others() if author_name.name == signed), None
    )
    if name is None:
        raise NotFoundError(f"you have no bookmark signed by {signer}")
    bookmarks = counted(name.marks, "bookmark")
    if context.options.off:
        library.names.answer(signed, mine=False)
        say(f"{bookmarks} by {signer}: not yours")
        return 0
    if name.from_elsewhere and not context.options.force:
        raise UsageError(
            f"{name.from_elsewhere:,} of {bookmarks} by {signer} came from elsewhere, as far as "
            "the log goes back: from other people, or from another library of yours. With --force, "
            "they count as yours as well"
        )
    library.names.answer(signed, mine=True)
    say(f"{bookmarks} by {signer}: yours; `cable-tui bookmarks undo` undoes that")
    return 0

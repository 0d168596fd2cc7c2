"""`cable-tui index`: build the cache of an archive, or bring it up to date."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from cable_tui.archive.archive import open_archive
from cable_tui.archive.catalogue import account
from cable_tui.archive.records.walk import never
from cable_tui.base.index_state import Progress
from cable_tui.base.value import Value, as_json, picked
from cable_tui.cli.shared.command_context import CommandContext, emit_json, refuse_private, say
from cable_tui.cli.shared.opened_archive import indexing
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.progress import run_with_progress
from cable_tui.operating_system.processes import wait_for_end_of_input
from cable_tui.text.cleaning import json_text
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Amount, Count, Positive

_LAST_BATCH = 10.0
"""The number of seconds that a batch may take after the reader cancels."""


class IndexAnswer(Value):
    """The output of `index --json`."""

    cables: Count
    """The number of cables now in the archive."""
    added: Count
    changed: Count
    removed: Count
    problems: Count
    skipped: Mapping[str, Positive]
    """The number of files that are not cables, keyed by the reason why they were skipped."""
    seconds: Amount
    account: account.AccountAnswer


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_flag("--rebuild", "begin with an empty cache")
    parser.add_flag(
        "--retry", "retry slow files in which no cables were found, however long it takes"
    )
    parser.add_flag(
        "--no-echoes",
        "skip comparing sentences (needed by `echoes`; `said:`, `comment:` and `people` still "
        "work, more slowly)",
    )
    form = parser.one_of()
    form.add_flag("--json", "the summary as one JSON object")
    form.add_flag("--progress", "print progress as JSON lines; end when standard input is closed")


def run(context: CommandContext) -> int:
    """Index the archive and print a summary; return 0 even if some files could not be parsed."""
    options = context.options
    refuse_private(context, "index")
    if options.progress:
        return _report(context)
    last_progress = run_with_progress(_steps(context, never))
    if last_progress is None:
        return 0
    with closing(open_archive(options.path, context.paths.cache, readonly=True)) as archive:
        archive_account = archive.account()
    if options.json:
        account_answer = picked(account.AccountAnswer, archive_account)
        emit_json(
            picked(
                IndexAnswer,
                last_progress,
                seconds=round(last_progress.seconds, 3),
                account=account_answer,
            )
        )
    else:
        say(f"{_sentence(last_progress)}\n{account.in_words(archive_account)}")
    return 0


def _steps(context: CommandContext, stop: Callable[[], bool]) -> Iterator[Progress]:
    options = context.options
    echoes = context.settings.echoes and not options.no_echoes
    return indexing(
        context,
        options.path,
        rebuild=options.rebuild,
        retry=options.retry,
        echoes=echoes,
        stop=stop,
    )


def _report(context: CommandContext) -> int:
    """Print progress for another program, and stop when that program closes our standard input."""
    ended_event = threading.Event()
    threading.Thread(target=_wait_for_end, args=(ended_event,), daemon=True).start()
    for step in _steps(context, ended_event.is_set):
        sys.stdout.write(json_text(as_json(step)) + "\n")
        sys.stdout.flush()
    return 0


def _wait_for_end(ended: threading.Event) -> None:
    wait_for_end_of_input()
    ended.set()
    # A batch is written before the end, but nobody waits for a file that takes for ever.
    time.sleep(_LAST_BATCH)
    os._exit(1)


def _sentence(last: Progress) -> str:
    sentence_parts = [
        f"{counted(last.cables, 'cable')} in {last.seconds:.1f} s",
        f"{last.added:,} new, {last.changed:,} changed, {last.removed:,} removed",
    ]
    if last.problems:
        it_or_them = "it" if last.problems == 1 else "them"
        sentence_parts.append(
            f"{counted(last.problems, 'problem')} (cable-tui problems lists {it_or_them})"
        )
    if last.outdated:
        sentence_parts.append(
            "the index was made by another version of cable-tui and has been rebuilt"
        )
    if last.damage:
        sentence_parts.append(f"the text index was damaged and is being rebuilt: {last.damage}")
    return "; ".join(sentence_parts)

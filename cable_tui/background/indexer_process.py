"""The indexer process: it indexes the folder while the reader can already use the archive."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from cable_tui.archive.cache import HELD
from cable_tui.background.start_indexer import indexer_command, spawn_quietly
from cable_tui.base.errors import ArchiveError, CacheError
from cable_tui.base.index_state import Progress
from cable_tui.session.features import index_status, panes, results
from cable_tui.session.values import Action

if TYPE_CHECKING:
    # An early indexer does not wait for the archive.
    from cable_tui.archive.archive import Archive

REFRESH = 1.0
"""The minimum time in seconds between refreshes of the list while the archive grows."""
RETRY_AFTER = 2.0
"""Seconds between attempts while another process is indexing the folder."""
PATIENCE = 3.0
"""Seconds the indexer gets to finish its batch when the program ends."""


Post = Callable[[Action], object]
"""A function that receives actions from a process; it is called by the thread that watches the
process.
"""


def parse_report(line: str) -> Progress | None:
    """Return the progress report in one line of the indexer's output, or None if it is not one."""
    try:
        report = Progress(**json.loads(line))
    except (ValueError, TypeError):
        return None
    type_by_field = {
        field_name: type(field_value)
        for field_name, field_value in vars(Progress("", 0, 0)).items()
    }
    report_fits = all(
        isinstance(field_value, type_by_field[field_name])
        for field_name, field_value in vars(report).items()
    )
    report_fits = report_fits and all(
        isinstance(skipped_count, int) for skipped_count in report.skipped.values()
    )
    return report if report_fits else None


def report_actions(
    lines: Iterable[str], clock: Callable[[], float] = monotonic
) -> Iterator[Action]:
    """Yield the actions for the indexer's output: progress, and at intervals `ArchiveGrew`."""
    last_refresh: float | None = None
    last_state: tuple[str, int] | None = None
    for output_line in lines:
        progress = parse_report(output_line)
        if progress is None:
            continue
        yield index_status.IndexProgressed(progress)
        if progress.stage == "done" and not progress.stopped:
            yield index_status.IndexBuilt(progress)
        # While sentences are compared nothing grows: one last look is enough.
        cables_done = 0 if progress.is_read else progress.done
        time_now, state = clock(), (progress.stage, cables_done)
        if (
            progress.cables
            and state != last_state
            and (last_refresh is None or time_now - last_refresh >= REFRESH)
        ):
            last_refresh, last_state = time_now, state
            yield results.ArchiveGrew()


def end_actions(status: int, words: str) -> Iterator[Action]:
    """Yield the actions for the end of the indexer, given its exit status and error output."""
    yield index_status.IndexProgressed(None)
    sentence = words.strip().removeprefix("cable-tui: ")
    if status == ArchiveError.exit_code:
        yield panes.ArchiveUnreadable(sentence or "This folder contains no cables.")
        return
    yield results.ArchiveGrew()
    if status != 0:
        yield index_status.IndexStalled(sentence or f"Indexing stopped with exit status {status}.")


class IndexFollower:
    """A watcher of a read-only cache for changes by its owner.

    It has the same methods as `IndexerProcess`, and is used in its place.
    """

    every = RETRY_AFTER
    """Seconds between checks of the cache."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stopped = threading.Event()

    def run(self, post: Post) -> None:
        """Post an action for every change until stopped."""
        last_generation = self._generation()
        while not self._stopped.wait(self.every):
            newest_generation = self._generation()
            if (
                newest_generation is not None
                and newest_generation != last_generation
                and not self._stopped.is_set()
            ):
                last_generation = newest_generation
                post(results.ArchiveGrew())

    def _generation(self) -> int | None:
        try:
            return self._archive.generation()
        except CacheError:  # its owner is writing: the next look sees more
            return None

    def mute(self) -> None:
        """Stop posting."""
        self._stopped.set()

    stop = mute


class IndexerProcess:
    """One run of the indexer. `run` blocks and needs a thread; any thread may call `stop`.

    The process may be passed in already started.
    """

    retry_after = RETRY_AFTER
    """Seconds between attempts while another process is indexing the folder."""

    def __init__(self, argv: list[str], process: subprocess.Popen[str] | None = None) -> None:
        self._argv = argv
        self._early = self._process = process
        self._stopped = threading.Event()

    def run(self, post: Post) -> None:
        """Start the process and post its reports until it ends.

        While another process is indexing the folder, show that process's results and retry.
        """
        status, error_output = self._run(post)
        while HELD in error_output and not self._stopped.is_set():
            post(index_status.IndexProgressed(Progress("waiting", 0, 0)))
            post(results.ArchiveGrew())
            self._stopped.wait(self.retry_after)
            status, error_output = self._run(post)
        if not self._stopped.is_set():
            for action in end_actions(status, error_output):
                post(action)

    def _run(self, post: Post) -> tuple[int, str]:
        """Run one process to its end, and return its exit status and error output."""
        if self._stopped.is_set():
            return 0, ""
        early_process, self._early = self._early, None
        try:
            self._process = early_process or spawn_quietly(self._argv)
        except OSError as error:
            return 1, f"Indexing did not start: {error.strerror or error}"
        with self._process as process:
            return self._watch(process, post)

    def _watch(self, process: subprocess.Popen[str], post: Post) -> tuple[int, str]:
        """Read both pipes to their end, because a full pipe would block the process."""
        error_words: list[str] = []
        error_pipe = process.stderr or ()
        error_reader = threading.Thread(target=error_words.extend, args=(error_pipe,), daemon=True)
        error_reader.start()
        for action in report_actions(process.stdout or ()):
            if not self._stopped.is_set():
                post(action)
        status = process.wait()
        error_reader.join(PATIENCE)
        return status, "".join(error_words)

    def mute(self) -> None:
        """Stop posting."""
        self._stopped.set()

    def stop(self) -> None:
        """Let the indexer finish its batch, or kill it if that takes too long."""
        self.mute()
        process = self._process
        if process is None or process.poll() is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def start_indexer(
    archive: Archive,
    path: Path,
    cache: Path,
    early_process: subprocess.Popen[str] | None = None,
    config: Path | None = None,
) -> IndexerProcess | IndexFollower:
    """Return the indexer of an archive, or a follower if the cache is read-only.

    An `early_process` is used if it was started with the same command line, and otherwise stopped.
    """
    argv = indexer_command(path, cache, config)
    if early_process is not None and (archive.readonly or early_process.args != argv):
        threading.Thread(target=stop_early_indexer, args=(early_process,), daemon=True).start()
        early_process = None
    return IndexFollower(archive) if archive.readonly else IndexerProcess(argv, early_process)


def stop_early_indexer(process: subprocess.Popen[str]) -> None:
    """End an indexer whose reports are not read."""
    with process:
        IndexerProcess([], process).stop()

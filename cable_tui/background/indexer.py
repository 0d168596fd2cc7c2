"""The indexer process: indexes the folder while the room reads what is there already."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from cable_tui.archive.cache.lock import HELD
from cable_tui.errors import ArchiveError, CacheError
from cable_tui.session.base import Action
from cable_tui.session.features import index_status, panes, results
from cable_tui.session.values import IndexProgress

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
NICE = 10
"""How much the builder gives way to the room."""


def indexer_command(path: Path, cache: Path) -> list[str]:
    """What is run. `-P` keeps a folder of cables from being searched for Python modules."""
    return [
        *(sys.executable, "-P", "-m", "cable_tui"),
        *("index", str(path), "--progress", "--cache", str(cache)),
    ]


def spawn_indexer(argv: list[str]) -> subprocess.Popen[str]:
    """Start it, out of the way of the room. Raises `OSError`."""
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # the terminal's ^C is the room's business
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
    return process


def start_indexer_early(path: Path, cache: Path) -> subprocess.Popen[str] | None:
    """The builder, where there is no cable to be shown before it has read some; None else.

    That it cannot be started is found out again where it can be said.
    """
    from cable_tui.archive.catalogue.first_rows import first_rows

    lines, _ = first_rows(path, cache, 1)
    if lines:
        return None
    try:
        return spawn_indexer(indexer_command(path, cache))
    except OSError:
        return None


REFRESH = 1.0
"""Seconds at least between two refreshes of the list while the archive grows."""
RETRY_AFTER = 2.0
"""Seconds after which it is tried again to index what another process is indexing."""
PATIENCE = 3.0
"""Seconds that the builder has to finish its batch when the room closes."""


def parse_report(line: str) -> IndexProgress | None:
    """One line of the builder, or None where it is no report."""
    try:
        found = json.loads(line)
        return IndexProgress(
            stage=str(found["stage"]),
            done=int(found["done"]),
            total=int(found["total"]),
            cables=int(found.get("cables") or 0),
            rate=float(found.get("rate") or 0.0),
            seconds_left=_optional(found.get("seconds_left")),
            outdated=bool(found.get("outdated")),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _optional(value: Any) -> float | None:
    return None if value is None else float(value)


def index_outcome(line: str) -> index_status.IndexBuilt | None:
    """What a run that came to its end did, or None where the line says nothing of that."""
    try:
        found = json.loads(line)
        if found["stage"] != "done" or found["stopped"]:
            return None
        return index_status.IndexBuilt(
            *(int(found[name]) for name in ("added", "changed", "removed"))
        )
    except (ValueError, TypeError, KeyError):
        return None


def report_actions(
    lines: Iterable[str], clock: Callable[[], float] = monotonic
) -> Iterator[Action]:
    """What the room is told: every report, and now and then that there is more to read."""
    last: float | None = None
    seen: tuple[str, int] | None = None
    for line in lines:
        building = parse_report(line)
        if building is None:
            continue
        yield index_status.IndexProgressed(building)
        if built := index_outcome(line):
            yield built
        now, state = clock(), (building.stage, building.done)
        if building.cables and state != seen and (last is None or now - last >= REFRESH):
            last, seen = now, state
            yield results.ArchiveGrew()


def end_actions(status: int, words: str) -> Iterator[Action]:
    """What the room is told when the builder ended with an exit status and an error text."""
    yield index_status.IndexProgressed(None)
    sentence = words.strip().removeprefix("cable-tui: ")
    if status == ArchiveError.exit_code:
        yield panes.ArchiveUnreadable(sentence or "There is no cable here.")
        return
    yield results.ArchiveGrew()
    if status != 0:
        yield index_status.IndexStalled(sentence or f"Indexing stopped with exit status {status}.")


class IndexFollower:
    """Looks now and then whether the owner of a cache that we only read has changed it.

    It has the place of a builder, and its methods.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stopped = threading.Event()

    def run(self, post: Callable[[Action], None]) -> None:
        """Tell the room of every change until it ends."""
        seen = self._generation()
        while not self._stopped.wait(RETRY_AFTER):
            now = self._generation()
            if now is not None and now != seen and not self._stopped.is_set():
                seen = now
                post(results.ArchiveGrew())

    def _generation(self) -> int | None:
        try:
            return self._archive.generation()
        except CacheError:  # its owner is at it: the next look sees more
            return None

    def mute(self) -> None:
        """Tell the room nothing more."""
        self._stopped.set()

    stop = mute


class IndexerProcess:
    """One run of the builder. `run` blocks and belongs into a thread; `stop` may come from any.

    The process may have been started before.
    """

    def __init__(self, argv: list[str], process: subprocess.Popen[str] | None = None) -> None:
        self._argv = argv
        self._early = self._process = process
        self._stopped = threading.Event()

    def run(self, post: Callable[[Action], None]) -> None:
        """Start the process and tell the room of it until it ends.

        Where another process holds the folder, the room shows what that one has done so far, and
        it is tried again.
        """
        status, words = self._run(post)
        while HELD in words and not self._stopped.is_set():
            post(index_status.IndexProgressed(IndexProgress("waiting", 0, 0)))
            post(results.ArchiveGrew())
            self._stopped.wait(RETRY_AFTER)
            status, words = self._run(post)
        if not self._stopped.is_set():
            for action in end_actions(status, words):
                post(action)

    def _run(self, post: Callable[[Action], None]) -> tuple[int, str]:
        """One process from start to end: its exit status and what it said of errors."""
        if self._stopped.is_set():
            return 0, ""
        early, self._early = self._early, None
        try:
            self._process = early or spawn_indexer(self._argv)
        except OSError as error:
            return 1, f"Indexing did not start: {error.strerror or error}"
        with self._process as process:
            return self._watch(process, post)

    def _watch(
        self, process: subprocess.Popen[str], post: Callable[[Action], None]
    ) -> tuple[int, str]:
        """Read both pipes to their end, or a full one would stop the builder."""
        words: list[str] = []
        listener = threading.Thread(target=_collect, args=(process.stderr, words), daemon=True)
        listener.start()
        for action in report_actions(process.stdout or ()):
            if not self._stopped.is_set():
                post(action)
        status = process.wait()
        listener.join(PATIENCE)
        return status, "".join(words)

    def mute(self) -> None:
        """Tell the room nothing more."""
        self._stopped.set()

    def stop(self) -> None:
        """Let the builder finish its batch, and end it where it does not."""
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
    archive: Archive, path: Path, cache: Path, early: subprocess.Popen[str] | None = None
) -> IndexerProcess | IndexFollower:
    """Who stands beside a room: one who indexes, or who watches for what another user indexes.

    A process that was started `early` is taken over where it does what is to be done.
    """
    argv = indexer_command(path, cache)
    if early is not None and (archive.readonly or early.args != argv):
        threading.Thread(target=stop_early_indexer, args=(early,), daemon=True).start()
        early = None
    return IndexFollower(archive) if archive.readonly else IndexerProcess(argv, early)


def stop_early_indexer(process: subprocess.Popen[str]) -> None:
    """End a builder that nobody watches."""
    with process:
        IndexerProcess([], process).stop()


def _collect(stream: Iterable[str] | None, words: list[str]) -> None:
    words.extend(stream or ())

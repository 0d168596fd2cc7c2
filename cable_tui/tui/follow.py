"""The builder: a process that indexes the folder while the room reads what is there.

The room never indexes in its own process. The builder is `cable-tui index PATH --progress`: it
writes one JSON line for each report and ends when its standard input closes, so that it cannot
outlive the room.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from cable_tui.archive.lock import HELD
from cable_tui.errors import ArchiveError, CacheError
from cable_tui.session import Action, Building, actions, upkeep
from cable_tui.tui.spawning import command, spawn

if TYPE_CHECKING:
    from cable_tui.archive import Archive

REFRESH = 1.0
"""Seconds at least between two refreshes of the list while the archive grows."""
AGAIN = 2.0
"""Seconds after which it is tried again to index what another process is indexing."""
PATIENCE = 3.0
"""Seconds that the builder has to finish its batch when the room closes."""


def report(line: str) -> Building | None:
    """One line of the builder, or None where it is no report."""
    try:
        found = json.loads(line)
        return Building(
            stage=str(found["stage"]),
            done=int(found["done"]),
            total=int(found["total"]),
            cables=int(found.get("cables") or 0),
            rate=float(found.get("rate") or 0.0),
            seconds_left=_optional(found.get("seconds_left")),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _optional(value: Any) -> float | None:
    return None if value is None else float(value)


def outcome(line: str) -> upkeep.Built | None:
    """What a run that came to its end did, or None where the line says nothing of that."""
    try:
        found = json.loads(line)
        if found["stage"] != "done" or found["stopped"]:
            return None
        return upkeep.Built(*(int(found[name]) for name in ("added", "changed", "removed")))
    except (ValueError, TypeError, KeyError):
        return None


def news(lines: Iterable[str], clock: Callable[[], float] = monotonic) -> Iterator[Action]:
    """What the room is told: every report, and now and then that there is more to read."""
    last: float | None = None
    seen: tuple[str, int] | None = None
    for line in lines:
        building = report(line)
        if building is None:
            continue
        yield actions.Progressed(building)
        if built := outcome(line):
            yield built
        now, state = clock(), (building.stage, building.done)
        if building.cables and state != seen and (last is None or now - last >= REFRESH):
            last, seen = now, state
            yield actions.Grew()


def ending(status: int, words: str) -> Iterator[Action]:
    """What the room is told when the builder ended with an exit status and an error text."""
    yield actions.Progressed(None)
    sentence = words.strip().removeprefix("cable-tui: ")
    if status == ArchiveError.exit_code:
        yield actions.Unreadable(sentence or "There is no cable here.")
        return
    yield actions.Grew()
    if status != 0:
        yield actions.Stalled(sentence or f"Indexing stopped with exit status {status}.")


class Follower:
    """Looks now and then whether the owner of a cache that we only read has changed it.

    It has the place of a builder, and its methods.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stopped = threading.Event()

    def run(self, tell: Callable[[Action], None]) -> None:
        """Tell the room of every change until it ends."""
        seen = self._generation()
        while not self._stopped.wait(AGAIN):
            now = self._generation()
            if now is not None and now != seen and not self._stopped.is_set():
                seen = now
                tell(actions.Grew())

    def _generation(self) -> int | None:
        try:
            return self._archive.generation()
        except CacheError:  # its owner is at it: the next look sees more
            return None

    def hush(self) -> None:
        """Tell the room nothing more."""
        self._stopped.set()

    stop = hush


class Builder:
    """One run of the builder. `run` blocks and belongs into a thread; `stop` may come from any.

    The process may have been started before.
    """

    def __init__(self, argv: list[str], process: subprocess.Popen[str] | None = None) -> None:
        self._argv = argv
        self._early = self._process = process
        self._stopped = threading.Event()

    def run(self, tell: Callable[[Action], None]) -> None:
        """Start the process and tell the room of it until it ends.

        Where another process holds the folder, the room shows what that one has done so far, and
        it is tried again.
        """
        status, words = self._run(tell)
        while HELD in words and not self._stopped.is_set():
            tell(actions.Progressed(Building("waiting", 0, 0)))
            tell(actions.Grew())
            self._stopped.wait(AGAIN)
            status, words = self._run(tell)
        if not self._stopped.is_set():
            for action in ending(status, words):
                tell(action)

    def _run(self, tell: Callable[[Action], None]) -> tuple[int, str]:
        """One process from start to end: its exit status and what it said of errors."""
        if self._stopped.is_set():
            return 0, ""
        early, self._early = self._early, None
        try:
            self._process = early or spawn(self._argv)
        except OSError as error:
            return 1, f"Indexing did not start: {error.strerror or error}"
        with self._process as process:
            return self._watch(process, tell)

    def _watch(
        self, process: subprocess.Popen[str], tell: Callable[[Action], None]
    ) -> tuple[int, str]:
        """Read both pipes to their end, or a full one would stop the builder."""
        words: list[str] = []
        listener = threading.Thread(target=_collect, args=(process.stderr, words), daemon=True)
        listener.start()
        for action in news(process.stdout or ()):
            if not self._stopped.is_set():
                tell(action)
        status = process.wait()
        listener.join(PATIENCE)
        return status, "".join(words)

    def hush(self) -> None:
        """Tell the room nothing more."""
        self._stopped.set()

    def stop(self) -> None:
        """Let the builder finish its batch, and end it where it does not."""
        self.hush()
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


def beside(
    archive: Archive, path: Path, cache: Path, early: subprocess.Popen[str] | None = None
) -> Builder | Follower:
    """Who stands beside a room: one who indexes, or who watches for what another user indexes.

    A process that was started `early` is taken over where it does what is to be done.
    """
    argv = command(path, cache)
    if early is not None and (archive.readonly or early.args != argv):
        threading.Thread(target=drop, args=(early,), daemon=True).start()
        early = None
    return Follower(archive) if archive.readonly else Builder(argv, early)


def drop(process: subprocess.Popen[str]) -> None:
    """End a builder that nobody watches."""
    with process:
        Builder([], process).stop()


def _collect(stream: Iterable[str] | None, words: list[str]) -> None:
    words.extend(stream or ())

"""Marks shared by a folder or a PostgreSQL server: a first sync, catching up, a newsroom at work.

The newsroom is 18 programs without a screen, which keep in step as a room does and mark once a
second, and two rooms in pseudo-terminals whose readers press `b`. All of them and the server share
the processors of this machine. A note has the time at which it was written; what is measured is how
long it takes until another program has it from the server.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import BenchmarkFolders, Effort, Table, table_heading, table_row
from benchmarks.terminal import Terminal
from cable_tui import demo
from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.events import Event
from cable_tui.tools.sharing.exchange import exchange, follow, open_target
from cable_tui.tools.sharing.folder import FolderTarget
from cable_tui.tools.sharing.postgres import PostgresTarget
from tests.postgres_server import started

CLIENTS = 18
ROOMS = 2
_AT_ONCE = 2_000
_SETTLE = 180.0
"""Seconds at most for the last marks to be with all."""
_WRITTEN = re.compile(r"written at ([0-9.]+)")


class Figure(NamedTuple):
    """What was measured, beside its bar."""

    what: str
    figure: str
    bar: str


def figures(events: int, seconds: int) -> Iterator[Figure]:
    """All of it, in a folder and on a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        FolderTarget(folder).init()
        yield from _first_sync(folder, events, "folder")
    with closing(started("fsync = on\nfull_page_writes = on\n")) as server:
        with closing(PostgresTarget(server.url())) as target:
            target.init()
        yield from _first_sync(server.url(), events, "server")
    with closing(started("fsync = on\nfull_page_writes = on\n")) as server:
        with closing(PostgresTarget(server.url())) as target:
            target.init()
        yield from _newsroom(server.url(), seconds)


def _first_sync(url: str, events: int, how: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _marks(place / "one.sqlite", range(events))
        sent = _in_a_process(url, place / "one.sqlite")
        yield Figure(f"{how}: a first sync that sends {events:,} events, s", f"{sent[0]:.1f}", "20")
        taken = _in_a_process(url, place / "two.sqlite")
        yield Figure(
            f"{how}: a first sync that takes {events:,} events, s", f"{taken[0]:.1f}", "20"
        )
        yield Figure(f"{how}: memory of either, MB", f"{sent[1]:.0f}, {taken[1]:.0f}", "bounded")
        _marks(place / "one.sqlite", range(events, events + 1_000))
        _in_a_process(url, place / "one.sqlite")
        again = _in_a_process(url, place / "two.sqlite")
        yield Figure(f"{how}: catching up with 1,000 events, s", f"{again[0]:.2f}", "1")


def _marks(file: Path, numbers: range) -> None:
    """Some at once: a program that is started has at least the memory of the one that starts it."""
    with closing(Library(file, author="ana")) as library:
        for start in range(numbers.start, numbers.stop, _AT_ONCE):
            some = numbers[start - numbers.start :][:_AT_ONCE]
            library.add_all([_mark(each) for each in some])


def _mark(number: int) -> Mark:
    name = f"09POST{number}"
    return Mark(name, name, note=f"What cable {number} says of the harbour")


def _in_a_process(url: str, file: Path) -> tuple[float, float]:
    """One exchange in a program of its own: its seconds, and the most memory in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.tools.sharing.costs", "exchange", url, str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    value = json.loads(done.stdout)
    return value["seconds"], value["memory"]


def _exchange(url: str, file: Path) -> None:
    import resource

    with closing(Library(file, author=file.stem)) as library, closing(open_target(url)) as to:
        start = time.perf_counter()
        exchange(library, to)
        seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    print(json.dumps({"seconds": seconds, "memory": most / unit}))


def _newsroom(url: str, seconds: int) -> Iterator[Figure]:
    # What keeps a room in step ends a moment after it.
    temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with temporary as folder, ExitStack() as open_:
        place = Path(folder)
        demo.write(place / "cables")
        rooms = [open_.enter_context(_room(place, f"room{each}", url)) for each in range(ROOMS)]
        clients = [
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.tools.sharing.costs", "client", url,
                 str(place / f"client{each}.sqlite"), str(seconds)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for each in range(CLIENTS)
        ]  # fmt: skip
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for room in rooms:
                room.send("j", "b")
                room.rest(1 / ROOMS)
        files = [place / f"client{each}.sqlite" for each in range(CLIENTS)]
        files += [place / f"room{each}" / "data" / "library.sqlite" for each in range(ROOMS)]
        settled = _settled(files, rooms)
        moments = [each for client in clients for each in _ended(client)]
        moments.sort()
        yield Figure(
            f"{CLIENTS} programs and {ROOMS} rooms for {seconds} s, each makes a mark every second",
            f"{settled[0]:,} marks, {settled[1]} of {len(files)} libraries are equal",
            f"{len(files)}",
        )
        yield Figure(
            "until a mark reaches another one, ms: median / 95th / most",
            " / ".join(f"{each * 1000:,.0f}" for each in _spread(moments)),
            "200",
        )


def _spread(moments: list[float]) -> tuple[float, float, float]:
    return statistics.median(moments), moments[int(len(moments) * 0.95)], moments[-1]


def _room(place: Path, name: str, url: str) -> Terminal:
    home = place / name
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(f'author = "{name}"\nsync = "{url}"\n')
    environment: Mapping[str, str] = {**os.environ, "CABLE_TUI_HOME": str(home)}
    command = [sys.executable, "-m", "cable_tui", str(place / "cables")]
    room = Terminal(command, environment=environment)
    room.until(lambda screen: "QUAYHAVEN" in screen, 60)
    return room


def _settled(files: list[Path], rooms: list[Terminal]) -> tuple[int, int]:
    """How many marks there are once all are quiet, and how many libraries have the same."""
    end = time.monotonic() + _SETTLE
    while True:
        found = [_content(file) for file in files]
        equal = max(map(found.count, found))
        if equal == len(found) or time.monotonic() > end:
            return len(found[0]), equal
        for room in rooms:
            room.rest(1)


def _content(file: Path) -> list[tuple[str, str, str]]:
    with closing(Library(file)) as library:
        return sorted((mark.uid, mark.note, mark.author) for mark in library.marks())


def _ended(client: subprocess.Popen[str]) -> list[float]:
    said, _ = client.communicate()
    found: list[float] = json.loads(said)
    return found


class _Timed(PostgresTarget):
    """Notes how old each event is that comes."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.ages: list[float] = []

    def pull(self, since: Mapping[str, int]) -> Iterator[Event]:
        for event in super().pull(since):
            now = time.time()
            written = _WRITTEN.search(str((event.value or {}).get("note", "")))
            if written:
                self.ages.append(now - float(written[1]))
            yield event


def _client(url: str, file: Path, seconds: int) -> None:
    """Keep in step until the input is closed, mark for so long, and print the ages."""
    stop = threading.Event()

    def marks() -> None:
        end = time.monotonic() + seconds
        time.sleep(os.getpid() % 100 / 100)  # not all in the same moment
        number = 0
        with closing(Library(file, author=file.stem)) as library:
            while time.monotonic() < end:
                number += 1
                name = f"09{file.stem.upper()}{number}"
                library.add(Mark(name, name, note=f"written at {time.time()}"))
                time.sleep(1)

    def ended() -> None:
        sys.stdin.read()
        stop.set()

    with closing(Library(file, author=file.stem)) as library, closing(_Timed(url)) as target:
        threading.Thread(target=marks, daemon=True).start()
        threading.Thread(target=ended, daemon=True).start()
        follow(library, target, lambda _: None, stop.is_set)
        print(json.dumps(target.ages))


def sharing_marks(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """By a folder, and through a PostgreSQL server on this machine."""
    del places
    yield from table_heading("Marks shared by a folder and by PostgreSQL", "what", "figure", "bar")
    for figure in figures(effort.events, effort.seconds):
        yield table_row(*figure)


TABLES = (Table("sharing", 190, sharing_marks),)


if __name__ == "__main__":
    if sys.argv[1] == "client":
        _client(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1] == "exchange":
        _exchange(sys.argv[2], Path(sys.argv[3]))
    else:
        for each in figures(int(sys.argv[1]), int(sys.argv[2])):
            print(*each, sep=" | ", flush=True)

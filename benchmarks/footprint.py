"""What an archive costs: the cache by its parts, and the memory of the open room.

    python -m benchmarks.footprint CACHE_FOLDER

A file of the text index that holds several fields ends in a table of where each begins: the sizes
by field are read from there.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.building import anonymous
from benchmarks.queries import QUERIES
from benchmarks.room import EMPTY_APP, ready, room
from benchmarks.terminal import Terminal

_BY_FIELD = (".term", ".idx", ".pos", ".fieldnorm")
"""Files with a table at their end."""
_KEY, _ANSWER = 0.04, 0.6
"""Seconds from key to key, and for an answer."""
_SPARE = 40
"""Questions after the sixty, so that they are a hundred."""


def cache_parts(home: Path) -> dict[str, int]:
    """Bytes of each part of a cache: tables and indexes of the catalogue, fields of the texts."""
    found: Counter[str] = Counter()
    for file in sorted(home.rglob("*")):
        if not file.is_file():
            continue
        if file.suffix == ".sqlite":
            found.update({f"catalogue, {name}": size for name, size in _tables(file)})
        elif file.suffix in _BY_FIELD:
            names = _field_names(file.parent)
            found.update({f"texts, {names[n]} {file.suffix}": size for n, size in _fields(file)})
        else:
            found[f"texts, {file.suffix}" if file.suffix else file.name] += file.stat().st_size
    return {name: size for name, size in found.most_common() if size}


def _tables(file: Path) -> list[tuple[str, int]]:
    db = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        return db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    except sqlite3.OperationalError:  # an SQLite without that table
        return [("all", file.stat().st_size)]
    finally:
        db.close()


def _field_names(folder: Path) -> list[str]:
    schema = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["schema"]
    return [each["name"] for each in schema]


def _fields(file: Path) -> Iterator[tuple[int, int]]:
    """Numbers of fields and the bytes of each.

    From the end: a mark and the length of a footer of JSON, the length of the table, the table:
    how many entries; for each the distance to the one before, the field, a number of its own.
    """
    data = file.read_bytes()
    body = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    length = int.from_bytes(data[body - 4 : body], "little")
    table = data[body - 4 - length : body - 4]
    count, at = _number(table, 0)
    starts: list[tuple[int, int]] = []
    offset = 0
    for _ in range(count):
        step, at = _number(table, at)
        offset += step
        starts.append((offset, int.from_bytes(table[at : at + 4], "little")))
        _, at = _number(table, at + 4)
    ends = [*starts, (body - 4 - length, 0)]
    for (start, field), (end, _) in pairwise(ends):
        yield field, end - start


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first, the last one marked; and where the next begins."""
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] & 0x80:
            return value, at


def room_memory(archive: Path, home: Path) -> tuple[int, int, int]:
    """Bytes of anonymous memory: the room just opened, after a hundred queries, an empty program.

    Of the room's own process and all that it has started and that still runs.
    """
    with room(archive, home) as terminal:
        ready(terminal)
        opened = anonymous(terminal.pid)
        for text in _questions():
            for key in ("/", "\x15", *text, "enter"):  # ^u empties the bar
                terminal.send(key)
                terminal.rest(_KEY)
            terminal.rest(_ANSWER)
        terminal.rest(3)
        after = anonymous(terminal.pid)
    with Terminal([sys.executable, "-c", EMPTY_APP]) as terminal:
        terminal.written(re.compile(b"an empty program"), 30)
        terminal.rest(1)
        return opened, after, anonymous(terminal.pid)


def _questions() -> Sequence[str]:
    texts = [asked.text for asked in QUERIES]
    return [*texts, *(f"{text} -embassy" for text in texts[:_SPARE])]


def main() -> None:
    """Print the parts of a cache."""
    for name, size in cache_parts(Path(sys.argv[1])).items():
        print(f"{size:14,}  {name}")


if __name__ == "__main__":
    main()

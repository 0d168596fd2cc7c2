"""The last position of a reader in an archive, and the positions before it, kept between sessions.

One file an archive in the state folder, named as the archive's cache is. Cables are named by their
canonical ids, so the file outlives the cache. It is a convenience: a file that cannot be read is
reported once, ignored, and replaced when the reading room closes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cable_tui.base.value import Value, as_json
from cable_tui.operating_system.files import read_small, replace
from cable_tui.program.settings import write_private
from cable_tui.query.parser import from_older

VERSION = 1
MOST_POSITIONS = 500
"""The most positions that are kept."""
LARGEST = 4 << 20
"""The most bytes of the file."""


class SavedHistoryEntry(Value):
    """A `HistoryEntry` as it is stored: with a canonical id, which outlasts the cache."""

    text: str = ""
    """The text of the bar."""
    at: int = 0
    """The line of the list."""
    cable: str = ""
    """Canonical id of the cable that was read; empty if the reader was in the list."""
    index: int | None = None
    """The index of the paragraph."""
    scroll: int = 0
    stop: int = 0


class Window(Value):
    """The content of the list, for the first paint of the next session."""

    generation: int = 0
    """The generation of the catalogue that the ids are from."""
    start: int = 0
    """The line of the first of them."""
    ids: tuple[int, ...] = ()
    count: int = 0


class LastPosition(Value):
    """The reader's last position, how the screen looked, and the positions before, oldest first."""

    here: SavedHistoryEntry = SavedHistoryEntry()
    past: tuple[SavedHistoryEntry, ...] = ()
    window: Window = Window()
    zoomed: bool = False
    unfolded: bool = False
    """Whether the whole header is shown."""
    looked_at: int = 0
    """When the reader last looked at new cables, as Unix time; 0 if that is unknown."""


def file_of(state: Path, name: str) -> Path:
    """Return the file of an archive; `name` is that of its cache's folder."""
    return state / "trails" / f"{name}.json"


def read(file: Path) -> tuple[LastPosition | None, str]:
    """Return the last position in a file, and a sentence if the file cannot be understood."""
    try:
        content = read_small(file, LARGEST)
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"{file}: your last position cannot be read: {error.strerror}"
    try:
        return _last_position(json.loads(content)), ""
    except (ValueError, TypeError, KeyError, RecursionError):
        return None, f"{file}: your last position is damaged, and is not restored"


def write(file: Path, last: LastPosition) -> None:
    """Replace the file as a whole, or leave it as it was. Raises `OSError`."""
    content = {"version": VERSION, **as_json(last)}
    content["past"] = content["past"][-MOST_POSITIONS:]
    new_file = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        write_private(new_file, json.dumps(content, ensure_ascii=True, separators=(",", ":")))
        replace(new_file, file)
    except OSError:
        new_file.unlink(missing_ok=True)
        raise


def forget(file: Path) -> bool:
    """Remove the file of an archive; return whether there was one. Raises `OSError`."""
    is_there = file.exists()
    file.unlink(missing_ok=True)
    return is_there


def _last_position(content: Any) -> LastPosition:
    if content["version"] != VERSION:
        raise ValueError(content["version"])
    window = content["window"]
    ids = window["ids"]
    if not all(type(id_) is int and id_ > 0 for id_ in ids):
        raise ValueError("ids")
    generation, start, count = (_count(window[name]) for name in ("generation", "start", "count"))
    return LastPosition(
        _saved_entry(content["here"]),
        tuple(map(_saved_entry, content["past"]))[-MOST_POSITIONS:],
        Window(generation, start, tuple(ids), count),
        content["zoomed"] is True,
        content["unfolded"] is True,
        _count(content.get("looked_at", 0)),
    )


def _saved_entry(content: Mapping[str, Any]) -> SavedHistoryEntry:
    index = content["index"]
    return SavedHistoryEntry(
        text=from_older(_text(content["text"])),
        at=_count(content["at"]),
        cable=_text(content["cable"]),
        index=None if index is None else _count(index),
        scroll=_count(content["scroll"]),
        stop=_count(content["stop"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(value)
    return value

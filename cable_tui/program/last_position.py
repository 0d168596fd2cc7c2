"""A reader's last position in an archive, and earlier positions, kept between sessions.

There is one file per archive in the state folder, named after the archive's cache. Cables are
identified by their canonical IDs, so the file outlives the cache. The file is a convenience: if it
cannot be read, this is reported once, and the file is ignored and then replaced when the reading
room closes.
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
"""The maximum number of positions to keep."""
LARGEST = 4 << 20
"""The maximum number of bytes in the file."""


class SavedHistoryEntry(Value):
    """A `HistoryEntry` as stored, with a canonical ID, which outlasts the cache."""

    text: str = ""
    """The text of the search bar."""
    at: int = 0
    """The line of the list where the cursor is."""
    cable: str = ""
    """The canonical ID of the open cable; empty if the reader was in the list."""
    index: int | None = None
    """The index of the paragraph, or None."""
    scroll: int = 0
    stop: int = 0


class Window(Value):
    """The visible part of the list, for the first paint of the next session."""

    generation: int = 0
    """The generation of the catalogue to which the ids belong."""
    start: int = 0
    """The line of the first id in the list."""
    ids: tuple[int, ...] = ()
    count: int = 0


class LastPosition(Value):
    """The reader's last position, the look of the screen, and earlier positions, oldest first."""

    here: SavedHistoryEntry = SavedHistoryEntry()
    past: tuple[SavedHistoryEntry, ...] = ()
    window: Window = Window()
    zoomed: bool = False
    unfolded: bool = False
    """Whether the whole header is shown."""
    looked_at: int = 0
    """The Unix time when the reader last looked at new cables, or 0 if unknown."""


def file_of(state: Path, name: str) -> Path:
    """Return the position file of an archive; `name` is the name of its cache folder."""
    return state / "trails" / f"{name}.json"


def read(file: Path) -> tuple[LastPosition | None, str]:
    """Return the last position in a file, or a sentence if the file cannot be understood."""
    try:
        content = read_small(file, LARGEST)
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"{file}: your last position cannot be read: {error.strerror}"
    try:
        return _last_position(json.loads(content)), ""
    except (ValueError, TypeError, KeyError, RecursionError):
        return None, f"{file}: damaged, so your last position was not restored"


def write(file: Path, last_position: LastPosition) -> None:
    """Replace the whole file, or leave it unchanged. Raises `OSError`."""
    json_content = {"version": VERSION, **as_json(last_position)}
    json_content["past"] = json_content["past"][-MOST_POSITIONS:]
    new_file = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        write_private(new_file, json.dumps(json_content, ensure_ascii=True, separators=(",", ":")))
        replace(new_file, file)
    except OSError:
        new_file.unlink(missing_ok=True)
        raise


def forget(file: Path) -> bool:
    """Remove the file of an archive, and return whether it existed. Raises `OSError`."""
    existed = file.exists()
    file.unlink(missing_ok=True)
    return existed


def _last_position(json_content: Any) -> LastPosition:
    if json_content["version"] != VERSION:
        raise ValueError(json_content["version"])
    json_window = json_content["window"]
    ids = json_window["ids"]
    if not all(type(id_) is int and id_ > 0 for id_ in ids):
        raise ValueError("ids")
    generation, first_row, row_count = (
        _count(json_window[name]) for name in ("generation", "start", "count")
    )
    return LastPosition(
        _saved_entry(json_content["here"]),
        tuple(map(_saved_entry, json_content["past"]))[-MOST_POSITIONS:],
        Window(generation, first_row, tuple(ids), row_count),
        json_content["zoomed"] is True,
        json_content["unfolded"] is True,
        _count(json_content.get("looked_at", 0)),
    )


def _saved_entry(json_entry: Mapping[str, Any]) -> SavedHistoryEntry:
    paragraph_index = json_entry["index"]
    return SavedHistoryEntry(
        text=from_older(_text(json_entry["text"])),
        at=_count(json_entry["at"]),
        cable=_text(json_entry["cable"]),
        index=None if paragraph_index is None else _count(paragraph_index),
        scroll=_count(json_entry["scroll"]),
        stop=_count(json_entry["stop"]),
    )


def _text(json_value: Any) -> str:
    if not isinstance(json_value, str):
        raise TypeError(json_value)
    return json_value


def _count(json_value: Any) -> int:
    if type(json_value) is not int or json_value < 0:
        raise TypeError(json_value)
    return json_value

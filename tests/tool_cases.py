"""What tests that hold for many parts ask of a tool: `CASE` beside its own tests, as of commands.

They are found as in `tests/command_cases.py`, so that they come and go with the tool.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from cable_tui.archive.archive import Archive
from cable_tui.base.value import Value, field


class KeptFiles(Value):
    """Files that a tool keeps for the reader."""

    writers: Mapping[str, Callable[[Path], None]]
    """Each replaces a file, or begins one, so that it is on the disk before."""
    read: tuple[Callable[[Path], object], ...] = ()
    """Each raises a `LibraryError` that names the file if it is no small file."""
    beside: Callable[[Path], Path] | None = None
    """The file beside a library, as its row names it."""


class TextFunctions(Value):
    """Public functions of a tool that read texts: none takes more than the length in time."""

    modules: tuple[str, ...]
    """Modules and packages, within `cable_tui`."""
    not_of_a_text: Mapping[str, str] = field(default_factory=dict)
    """Functions that are left out, by module and name, and why."""
    made: Mapping[str, Callable[[str], object]] = field(default_factory=dict)
    """An argument, made of a text, for each annotation that no other function has."""


ByteReader = tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]]]
"""What reads bytes, and the seeds."""


class ByteReaders(Value):
    """Targets of `make fuzz-bytes`, by their names."""

    targets: Mapping[str, ByteReader]


@contextmanager
def file_of(data: bytes) -> Iterator[Path]:
    """A file with these bytes."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        yield Path(file.name)


def _nothing(archive: Archive) -> object:
    return None


class SentenceAnswers(Value):
    """What a tool tells of sentences: the same, however their file came about."""

    told: Callable[[Archive, Mapping[int, str]], object]
    """Of cables, from their ids and names; without ids, which differ from cache to cache."""
    of_all: Callable[[Archive], object] = _nothing
    """Of an archive whose sentences are in one file."""


class StandIns(Value):
    """What samples of the documents put in place of parts of a tool that depend on the day."""

    placed: Callable[[Any], AbstractContextManager[object]]
    """Of a clock."""


class UnusedNames(Value):
    """Names of a tool that no other part of the package uses."""

    reasons: Mapping[str, str]
    """The reason of each, by module and name."""


class Connections(Value):
    """Modules of a tool that open connections, because the reader has asked for it."""

    modules: frozenset[str]
    """Their files, within the package."""

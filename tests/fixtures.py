"""Fixtures of the room: an archive of the demo, and the services on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.clipboard import Clipboard
from cable_tui.effects.services import Services
from cable_tui.library import Library


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo in `cables` and its cache in `cache`."""
    place = tmp_path_factory.mktemp("indexed")
    demo.write(place / "cables")
    for _ in index(place / "cables", place / "cache"):
        pass
    return place


@pytest.fixture
def services(indexed: Path, tmp_path: Path) -> Iterator[Services]:
    """Outside of the room: that archive, an empty library, a clipboard that is a file."""
    archive = open_archive(indexed / "cables", indexed / "cache")
    library = Library(tmp_path / "library.sqlite", author="ada")
    with closing(archive), closing(library):
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))

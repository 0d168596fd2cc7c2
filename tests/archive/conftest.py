"""The archive of a module's cables, and the places of one that a test makes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from tests.archive.fiction import archive_of


@pytest.fixture(scope="module")
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """The archive of `CABLES` of the module, for tests that only read it."""
    with closing(archive_of(tmp_path_factory.mktemp("archive"), *request.module.CABLES)) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where `archive_of` has the cables."""
    place = tmp_path / "cables"
    place.mkdir()
    return place


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where `archive_of` has the caches."""
    return tmp_path / "cache"

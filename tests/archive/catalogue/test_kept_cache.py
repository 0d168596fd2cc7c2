"""Which cache a private session reads: one that is there and finished, else its own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.cache import FILE_NAME, cache_folder
from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.catalogue.kept_cache import caches_of, is_kept
from cable_tui.archive.catalogue.passes import PASSES
from cable_tui.base.value import replace
from cable_tui.program.settings import Paths, below
from tests.archive.fiction import LAMPS, build_index, write_page


@pytest.fixture
def cables(folder: Path) -> Path:
    write_page(folder, LAMPS)
    return folder


@pytest.fixture
def private(tmp_path: Path) -> Paths:
    """The places of a private session, beside caches that stay."""
    return replace(
        below(tmp_path / "home"), cache=tmp_path / "own", kept_cache=tmp_path / "home" / "cache"
    )


def build(path: Path, paths: Paths, passes: int = len(PASSES)) -> Path:
    """Index into the caches that stay; the archive's folder there."""
    assert paths.kept_cache is not None
    build_index(path, paths.kept_cache, passes=PASSES[:passes])
    return cache_folder(path, paths.kept_cache)


def test_a_session_that_is_not_private_has_its_usual_caches(cables: Path, private: Paths) -> None:
    build(cables, private)
    paths = below(cables.parent / "home")
    assert not is_kept(cables, paths)
    assert caches_of(cables, paths) == private.kept_cache


def test_a_cache_that_is_there_is_read(cables: Path, private: Paths) -> None:
    build(cables, private)
    assert is_kept(cables, private)
    assert caches_of(cables, private) == private.kept_cache


def test_where_there_is_none_it_goes_with_the_session(cables: Path, private: Paths) -> None:
    assert not is_kept(cables, private)
    assert caches_of(cables, private) == private.cache
    assert private.kept_cache is not None
    assert not private.kept_cache.exists()


@pytest.mark.parametrize("passes", [1, 2])
def test_one_that_was_not_finished_is_not_read(cables: Path, private: Paths, passes: int) -> None:
    build(cables, private, passes)
    assert not is_kept(cables, private)


def test_one_of_another_version_or_damaged_is_not_read(cables: Path, private: Paths) -> None:
    folder = build(cables, private)
    with closing(catalogue_file.open_writer(folder)) as db, catalogue_file.transaction(db):
        catalogue_file.set_state(db, "stamp:grammar", "has another version")
    assert not is_kept(cables, private)
    (folder / FILE_NAME).write_bytes(b"no database")
    assert not is_kept(cables, private)

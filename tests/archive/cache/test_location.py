"""One folder has one cache."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cable_tui.archive.cache.location import cache_folder
from tests.operating_system.systems import fold_names


def test_a_cache_is_named_by_the_real_path(tmp_path: Path) -> None:
    (tmp_path / "cables").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "cables")
    real = os.fsencode((tmp_path / "cables").resolve())
    expected = tmp_path / "caches" / hashlib.sha256(real).hexdigest()[:16]
    for path in (tmp_path / "cables", tmp_path / "link", tmp_path / "link" / ".." / "cables"):
        assert cache_folder(path, tmp_path / "caches") == expected


def test_a_folder_of_macos_has_one_cache_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "Cables").mkdir()
    paths = (tmp_path / "Cables", tmp_path / "cables")
    assert len({cache_folder(path, tmp_path) for path in paths}) == 2
    fold_names(monkeypatch)
    assert len({cache_folder(path, tmp_path) for path in paths}) == 1

"""A small file that several windows change."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.program import shared_file


def test_a_file_gets_another_text_in_one_step_and_nothing_is_left_beside_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "data" / "notes.json"
    for text in ("one", "another"):
        with shared_file.changing(file):
            shared_file.replace(file, text)
        assert file.read_text("utf-8") == text
    assert set(file.parent.iterdir()) == {file, shared_file.lock_of(file)}


def test_who_waits_too_long_for_another_window_or_a_disk_that_refuses_is_told(
    tmp_path: Path,
) -> None:
    file = tmp_path / "notes.json"
    with (
        shared_file.changing(file),
        pytest.raises(LibraryError, match="another window is changing it"),
        shared_file.changing(file, patience=0.0),
    ):
        pass
    with (
        pytest.raises(LibraryError, match=r"notes\.json: cannot be written: No such file"),
        shared_file.changing(file),
    ):
        (tmp_path / "missing" / "part").write_text("")

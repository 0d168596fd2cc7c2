"""A commit, also while a reader has a file open that it replaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.fulltext.writer import CableDocument, IndexWriter
from tests.operating_system.systems import at_once, become


class _InUse:
    """The engine's writer, whose first commits fail as on Windows, after its segments are there."""

    def __init__(self, writer: object, error: str, times: int) -> None:
        self._writer, self._error, self.left = writer, error, times

    def __getattr__(self, name: str) -> object:
        return getattr(self._writer, name)

    def commit(self) -> None:
        self._writer.commit()  # type: ignore[attr-defined]
        if self.left:
            self.left -= 1
            raise ValueError(self._error)


def _written(path: Path, error: str, times: int) -> None:
    writer = IndexWriter(path, heap=16 << 20, threads=1)
    writer._writer = _InUse(writer._writer, error, times)  # type: ignore[assignment]
    writer.add(CableDocument(1, 2009020310150, "KETTLES", "", "Kettles."))
    writer.commit(7)
    writer.close()


@pytest.mark.parametrize("code", [5, 32])
def test_a_reader_that_has_the_index_open_holds_up_a_commit_for_a_moment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int
) -> None:
    become(monkeypatch, "win32")
    _written(tmp_path, f"An IO error occurred: 'Access is denied. (os error {code})'", 2)
    index = TextIndex(tmp_path)
    assert (index.cables, index.generation) == (1, 7)


@pytest.mark.parametrize(
    ("platform", "code", "times"), [("win32", 112, 1), ("win32", 5, 99), ("linux", 5, 1)]
)
def test_another_failure_of_the_engine_is_final(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, code: int, times: int
) -> None:
    become(monkeypatch, platform)
    at_once(monkeypatch)
    with pytest.raises(TextIndexError, match=f"os error {code}"):
        _written(tmp_path, f"An IO error occurred: '(os error {code})'", times)

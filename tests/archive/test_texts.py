"""The one loop that reads the texts of cables: the order of files, what is gone, stopping."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.texts import texts
from tests.archive.fiction import Fiction, archive_of


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    names = [Fiction(id=f"09RABAT{at}", text=f"Lamp {at} burned.") for at in range(1, 6)]
    return archive_of(tmp_path, *names)


def bodies(archive: Archive, ids: list[int], at_once: int = 1000) -> list[str]:
    found = (each.raw.body for each in texts(archive, ids, at_once=at_once) if each.raw)
    return [body.split(" burned")[0][-6:] for body in found]


def test_texts_come_in_the_order_of_their_file_whatever_is_asked(archive: Archive) -> None:
    assert bodies(archive, [5, 1, 3]) == ["Lamp 1", "Lamp 3", "Lamp 5"]


def test_many_are_read_in_parts(archive: Archive) -> None:
    assert bodies(archive, [2, 1, 4, 3, 5], at_once=2) == [f"Lamp {at}" for at in range(1, 6)]


def test_ids_that_are_gone_are_left_out(archive: Archive) -> None:
    assert bodies(archive, [2, 77]) == ["Lamp 2"]
    assert bodies(archive, []) == []


def test_what_cannot_be_read_is_an_item_with_its_reason(archive: Archive) -> None:
    file = archive.root / "cables.csv"
    file.write_bytes(file.read_bytes().replace(b"Lamp 3", b"Moth 3"))
    found = list(texts(archive, [2, 3, 4]))
    assert [each.raw is None for each in found] == [False, True, False]
    assert found[1].task.cable == 3
    assert str(found[1].error)


def test_it_ends_as_soon_as_it_is_cancelled(archive: Archive) -> None:
    asked: list[int] = []
    read = []
    for each in texts(archive, [1, 2, 3], lambda: len(asked) >= 2):
        asked.append(1)
        read.append(each.task.cable)
    assert read == [1, 2]

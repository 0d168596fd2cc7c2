"""The echo file: what it answers, and what is no echo file."""

from __future__ import annotations

from array import array
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.columns import container
from cable_tui.archive.sentences import echo_file
from tests.archive.source_criticism.fiction import STORY, story


def write(folder: Path, generation: int, postings: list[int], **head: object) -> Path:
    """A file of these postings."""
    file = folder / f"{echo_file.KIND}-{generation}.parts"
    known = {"stamp": echo_file.stamp(), "generation": generation, "holds": [0, 0, 0]}
    known["voices"] = 0
    parts = [array("Q", postings).tobytes(), b"", b"", b"[0, 0, 0, [], [], []]"]
    container.write(file, known | head, parts)
    return file


def test_a_number_has_its_cables_at_both_ends_of_the_numbers(tmp_path: Path) -> None:
    top = 2**32 - 1
    write(tmp_path, 1, [number << 32 | id_ for number in (0, 7, top) for id_ in (1, 2, top)])
    made = echo_file.load(tmp_path)
    assert made is not None
    assert [made.count(number) for number in (0, 1, 7, 8, top)] == [3, 0, 3, 0, 3]
    assert made.cables_of(top, 2) == [1, 2]
    assert made.cables_of(8, 2) == []


def test_the_newest_one_that_can_be_read_is_taken(tmp_path: Path) -> None:
    assert echo_file.load(tmp_path) is None
    write(tmp_path, 9, [])
    write(tmp_path, 10, [])
    write(tmp_path, 11, [], stamp=["another version"])
    write(tmp_path, 12, []).write_bytes(b"no file of parts")
    made = echo_file.load(tmp_path)
    assert made is not None
    assert made.generation == 10


@pytest.mark.parametrize("head", [{"stamp": echo_file.stamp()}, {"stamp": None}, {}])
def test_a_head_of_something_else_is_none(tmp_path: Path, head: dict[str, object]) -> None:
    container.write(tmp_path / "echoes-1.parts", head, [b"", b"", b"", b"[]"])
    assert echo_file.load(tmp_path) is None


def test_it_is_of_the_cables_that_the_catalogue_has(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive, archive.reading() as db:
        made = echo_file.load(archive.folder)
        assert made is not None
        assert made.is_current(db)
        assert len(made.cables) == len(made.crcs) == len(STORY)
        assert echo_file.holds(db)[0] == len(STORY)
        assert made.overview.sentences == 8

"""The echo file: what it answers, and what is no echo file."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.columns import container
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import OFTEN, EchoFile, EchoFiles
from cable_tui.base.tools import Tool, tools
from tests.archive.source_criticism.fiction import STORY, story


def write(
    folder: Path, generation: int, postings: list[int], hides: Sequence[int] = (), **head: object
) -> Path:
    """A file of these postings."""
    file = folder / f"{echo_file.KIND}-{generation}.parts"
    known = {"stamp": echo_file.stamp(), "generation": generation, "holds": [0, 0, 0]}
    known |= {"voices": 0, "whole": ""}
    parts = [array("Q", postings).tobytes(), b"", b"", b"[0, 0, 0, [], [], []]", b"", b"", b""]
    parts.append(array("I", hides).tobytes())
    container.write(file, known | head, parts)
    return file


def test_a_number_has_its_cables_at_both_ends_of_the_numbers(tmp_path: Path) -> None:
    top = 2**32 - 1
    write(tmp_path, 1, [number << 32 | id_ for number in (0, 7, top) for id_ in (1, 2, top)])
    made = echo_file.load(tmp_path)
    assert made is not None
    assert [made.having(number, 2) for number in (0, 7, top)] == [(3, [1, 2, top], [])] * 3
    assert [made.having(number, 2) for number in (1, 8, top - 1)] == [(0, [], [])] * 3


def test_the_newest_one_that_can_be_read_is_taken(tmp_path: Path) -> None:
    assert echo_file.load(tmp_path) is None
    write(tmp_path, 9, [])
    write(tmp_path, 10, [])
    write(tmp_path, 11, [], stamp=["another version"])
    write(tmp_path, 12, []).write_bytes(b"no file of parts")
    made = echo_file.load(tmp_path)
    assert made is not None
    assert made.files[0].generation == 10


@pytest.mark.parametrize("head", [{"stamp": echo_file.stamp()}, {"stamp": None}, {}])
def test_a_head_of_something_else_is_none(tmp_path: Path, head: dict[str, object]) -> None:
    container.write(tmp_path / "echoes-1.parts", head, [b"", b"", b"", b"[]"])
    assert echo_file.load(tmp_path) is None


def test_it_is_of_the_cables_that_the_catalogue_has(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive, archive.reading() as db:
        made = echo_file.load(archive.folder)
        assert made is not None
        assert made.is_current(db)
        assert len(list(made.fresh(db))) == len(STORY)
        assert echo_file.holds(db)[0] == len(STORY)
        assert made.overview.sentences == 8


@pytest.mark.tool("voices")
def test_another_set_of_tools_that_read_texts_is_another_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that is missing, and one that has come, must not find what was read without it."""
    whole = echo_file.stamp()
    seven = Tool("fiction", "count to seven", text_stamp="7")
    without = tuple(tool for tool in tools() if not tool.text_stamp)
    forms = [whole]
    for rows in ((*tools(), seven), without, (*without, seven)):
        monkeypatch.setattr(echo_file, "tools", lambda rows=rows: rows)
        assert echo_file.stamp() not in forms
        forms.append(echo_file.stamp())


# A whole file and its segment

_IDS = st.frozensets(st.integers(1, OFTEN + 20) | st.just(2**32 - 1), max_size=OFTEN + 20)


def of(ids: Sequence[int], hidden: Collection[int] = ()) -> EchoFile:
    """A file in memory in which these cables, in this order, have one sentence."""
    numbers = (array("Q", (7 << 32 | id_ for id_ in ids)), array("I", ids), array("I", ids))
    head = {"generation": 1, "voices": 1, "holds": [], "whole": ""}
    parts = [memoryview(each.tobytes()) for each in (*numbers, *[array("I")] * 5)]
    return EchoFile(Path("echoes-1.parts"), head, parts, hidden)


@given(_IDS, _IDS, _IDS, st.integers(1, OFTEN))
def test_a_segment_adds_its_cables_and_hides_others(
    before: frozenset[int], gone: frozenset[int], later: frozenset[int], most: int
) -> None:
    """In the whole file the higher the id, the older the cable, if very many have the sentence."""
    in_order = sorted(before, reverse=len(before) >= OFTEN)
    there = EchoFiles(of(in_order, gone | later), of(sorted(later)))
    every = (before - gone) | later
    left = [id_ for id_ in in_order if id_ not in gone | later]
    expected = (sorted(every), []) if len(every) < OFTEN else (left[:most], sorted(later))
    assert there.having(7, most) == (len(every), *expected)
    assert there.having(8, most) == (0, [], [])


def test_a_segment_is_taken_with_its_whole_file_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, 1, [7 << 32 | 1, 7 << 32 | 2])
    whole = write(tmp_path, 2, [7 << 32 | 1, 7 << 32 | 2, 7 << 32 | 3])
    write(tmp_path, 3, [7 << 32 | 4], [2], whole=whole.name, voices=5)
    made = echo_file.load(tmp_path)
    assert made is not None
    assert (made.having(7, 9), made.commit) == ((3, [1, 3, 4], []), 5)
    whole.write_bytes(whole.read_bytes()[:9])
    made = echo_file.load(tmp_path)
    assert made is not None
    assert (made.having(7, 9).ids, made.commit) == ([1, 2], 0)


def test_files_that_are_merged_while_they_are_listed_are_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [write(tmp_path, 1, []), write(tmp_path, 2, [7 << 32 | 1], whole="echoes-1.parts")]
    read = container.read

    def merged(file: Path, *, checked: bool) -> container.Parts | None:
        if old:
            write(tmp_path, 3, [7 << 32 | 1])
        while old:
            old.pop().unlink()
        return read(file, checked=checked)

    monkeypatch.setattr(container, "read", merged)
    made = echo_file.load(tmp_path)
    assert made is not None
    assert made.having(7, 1).ids == [1]

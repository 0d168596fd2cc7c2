"""The pass that compares sentences: last, left out, stopped, gone on with, brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build import echo_pass, indexer
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.columns import container
from cable_tui.archive.fulltext.schema import VOICES_FOLDER, generation_of
from cable_tui.archive.records.walk import never
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import EchoFile
from cable_tui.operating_system.files import remove_tree
from cable_tui.telegram.pagebreaks import blanked
from cable_tui.telegram.sentences import numbers_of
from tests.archive.fiction import Fiction, build_index, write_dump
from tests.archive.source_criticism.fiction import FERRY, GOATS, KETTLES, STORY, cable, own


@pytest.fixture
def folder(folder: Path) -> Path:
    """The dump of the story."""
    write_dump(folder / "cables.csv", STORY)
    return folder


def run(
    folder: Path, cache: Path, stop: Callable[[], bool] = never, *, echoes: bool = True
) -> list[str]:
    """Index in this process; the stages that were reported."""
    steps = index(folder, cache, stop=stop, echoes=echoes, workers=0)
    return list(dict.fromkeys(step.stage for step in steps))


def made(folder: Path, cache: Path) -> EchoFile:
    found = echo_file.load(cache_folder(folder, cache), checked=True)
    assert found is not None
    return found


def count(folder: Path, cache: Path, sentence: str) -> int:
    """How many cables have a sentence, by the file."""
    (number,) = numbers_of(sentence)
    return made(folder, cache).count(number)


def postings(folder: Path, cache: Path) -> list[tuple[int, str]]:
    """All that the file says, with references for ids."""
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        found = made(folder, cache)
        names = {row.id: row.reference_id for row in archive.rows(found.cables.tolist())}
        return sorted((each >> 32, names[each & 0xFFFFFFFF]) for each in found.postings)


def few(monkeypatch: pytest.MonkeyPatch, cables: int = 1) -> None:
    """Let groups and runs be of this many cables."""
    monkeypatch.setattr(indexer, "TASK_CABLES", cables)
    monkeypatch.setattr(echo_pass, "RUN", cables)


def test_it_comes_last_and_only_when_it_is_wanted(folder: Path, cache: Path) -> None:
    assert "echoes" not in run(folder, cache, echoes=False)
    assert echo_file.load(cache_folder(folder, cache)) is None
    assert run(folder, cache)[-2:] == ["echoes", "done"]
    assert count(folder, cache, FERRY) == 3
    assert count(folder, cache, own(10)) == 1
    assert "echoes" not in run(folder, cache)


def test_a_cable_that_is_added_is_compared_with_all_and_alone_is_read(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, cache)
    read: list[str] = []

    def seen(body: str) -> str:
        read.append(body)
        return blanked(body)

    monkeypatch.setattr(echo_pass, "blanked", seen)
    write_dump(folder / "more.csv", [cable(20, own(10), GOATS)])
    run(folder, cache)
    assert len(read) == 1
    assert count(folder, cache, own(10)) == 2
    assert count(folder, cache, GOATS) == 1


def test_a_cable_that_has_changed_or_is_gone_leaves_nothing_behind(
    folder: Path, cache: Path
) -> None:
    write_dump(folder / "more.csv", [cable(20, GOATS), cable(21, GOATS, FERRY)])
    run(folder, cache)
    assert count(folder, cache, GOATS) == 2
    write_dump(folder / "more.csv", [cable(20, KETTLES)])
    run(folder, cache)
    assert count(folder, cache, GOATS) == 0
    assert (count(folder, cache, FERRY), count(folder, cache, KETTLES)) == (3, 4)


@pytest.mark.parametrize("looks", range(2, 9))
def test_stopped_anywhere_it_goes_on_and_comes_to_the_same(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, looks: int
) -> None:
    few(monkeypatch)
    run(folder, cache, echoes=False)
    asked = iter(range(100))
    run(folder, cache, lambda: next(asked) > looks + 4)
    place = cache_folder(folder, cache)
    kept = list(place.glob("*.run"))
    assert echo_file.load(place) is None or not kept
    run(folder, cache)
    assert list(place.glob("*.run")) == []
    run(folder, tmp_path / "other")
    assert postings(folder, cache) == postings(folder, tmp_path / "other")


def test_damaged_runs_and_files_are_made_anew(folder: Path, cache: Path) -> None:
    run(folder, cache, echoes=False)
    (cache_folder(folder, cache) / "echoes-0000.run").write_bytes(b"CBLPART1 but no more")
    run(folder, cache)
    assert count(folder, cache, FERRY) == 3
    for cut in (0, 9, 40, -1):
        (file,) = cache_folder(folder, cache).glob("echoes-*.parts")
        file.write_bytes(file.read_bytes()[:cut])
        run(folder, cache)
        assert count(folder, cache, FERRY) == 3


def test_a_file_of_another_version_is_made_anew_and_said(folder: Path, cache: Path) -> None:
    run(folder, cache)
    (file,) = cache_folder(folder, cache).glob("echoes-*.parts")
    found = container.read(file)
    assert found is not None
    head, parts = found
    container.write(file, {**head, "stamp": ["another", 1]}, [bytes(part) for part in parts])
    assert build_index(folder, cache, echoes=True).outdated
    assert count(folder, cache, FERRY) == 3
    assert not build_index(folder, cache, echoes=True).outdated


def test_where_the_index_of_voices_is_gone_or_another_all_is_read_again(
    folder: Path, cache: Path
) -> None:
    run(folder, cache)
    voices = cache_folder(folder, cache) / VOICES_FOLDER
    assert generation_of(voices) == made(folder, cache).voices == 1
    (voices / "generation").write_text("5\n")
    assert "echoes" in run(folder, cache)
    assert generation_of(voices) == made(folder, cache).voices == 1
    remove_tree(voices)
    assert "echoes" in run(folder, cache)
    assert generation_of(voices) == made(folder, cache).voices == 1


def test_a_rebuild_makes_it_anew(folder: Path, cache: Path) -> None:
    run(folder, cache)
    list(index(folder, cache, rebuild=True, echoes=True, workers=0))
    assert count(folder, cache, FERRY) == 3
    assert len(list(cache_folder(folder, cache).glob("echoes-*"))) == 1


def test_workers_come_to_the_same(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.archive.build.run.FEW_CABLES", 0)
    many: list[Fiction] = [*STORY, *(cable(number, own(number)) for number in range(20, 28))]
    write_dump(folder / "cables.csv", many)
    build_index(folder, cache, echoes=True, workers=2)
    run(folder, tmp_path / "other")
    assert postings(folder, cache) == postings(folder, tmp_path / "other")

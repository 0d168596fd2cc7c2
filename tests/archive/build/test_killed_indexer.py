"""An indexer that is killed after changes: the next run ends, and the archive has what it should.

A kill between two files of the engine is made of a run that came to its end: its new files are laid
beside the index as it was before, without the lists that name them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build import indexer
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.fulltext import index_files, schema
from cable_tui.archive.fulltext.schema import (
    FOLDER,
    SENTENCES_FOLDER,
    RefusedIndexError,
    generation_of,
)
from cable_tui.base.value import replace
from cable_tui.query import parse
from tests.archive.fiction import build_index, references, write_dump
from tests.archive.source_criticism.fiction import GOATS, KETTLES, LAMPS, STORY, cable

INDEXES = (FOLDER, SENTENCES_FOLDER)
QUERIES = ("goats", "kettles", "lamps", "ferry", "said:kettles", "said:goats", "said:lamps")
Answers = dict[str, list[str]]


def answers(archive: Archive) -> Answers:
    """The references that each query finds."""
    return {
        query: sorted(references(archive, archive.search(parse(query)).ids)) for query in QUERIES
    }


def fresh_answers(folder: Path, place: Path) -> Answers:
    """The answers of a cache that is made of the folder as it is now."""
    build_index(folder, place, echoes=True)
    with closing(open_archive(folder, place, readonly=True)) as archive:
        return answers(archive)


class Change(NamedTuple):
    """An archive that a room has open from before a change of its dump to the end of a test."""

    folder: Path
    cache: Path
    room: Archive
    before: Answers
    after: Answers

    def run_indexer(self) -> str:
        """Index to the end; what was wrong with the text index."""
        return build_index(self.folder, self.cache, echoes=True).damage


@pytest.fixture
def change(folder: Path, cache: Path, tmp_path: Path) -> Iterator[Change]:
    """A cable goes, one changes, one comes, after the archive was indexed and opened."""
    write_dump(folder / "cables.csv", STORY)
    before = fresh_answers(folder, tmp_path / "fresh-before")
    build_index(folder, cache, echoes=True)
    with closing(open_archive(folder, cache, readonly=True)) as room:
        assert answers(room) == before
        _, second, *rest = STORY
        changed = replace(second, text=LAMPS)
        write_dump(folder / "cables.csv", [changed, *rest, cable(20, GOATS, KETTLES)])
        after = fresh_answers(folder, tmp_path / "fresh-after")
        yield Change(folder, cache, room, before, after)


def engine_files(folder: Path) -> set[Path]:
    """The engine's files, but for its lists and its locks, below the folder of a cache."""
    return {
        file.relative_to(folder)
        for name in INDEXES
        for file in (folder / name).iterdir()
        if index_files._WRITTEN.fullmatch(file.name)
    }


def kill_before_the_lists(change: Change, place: Path) -> list[Path]:
    """Leave the files that a run writes before the lists of both indexes; return them."""
    shutil.copytree(change.cache, place)
    ended = cache_folder(change.folder, place)
    build_index(change.folder, place, echoes=True)
    left = sorted(engine_files(ended) - engine_files(change.room.folder))
    for file in left:
        shutil.copyfile(ended / file, change.room.folder / file)
    return left


def left_files(change: Change) -> list[Path]:
    """What the lists of both indexes do not name."""
    return [file for name in INDEXES for file in index_files.left_files(change.room.folder / name)]


def test_files_that_a_kill_left_before_the_lists_do_not_stop_the_next_runs(
    change: Change, tmp_path: Path
) -> None:
    left = kill_before_the_lists(change, tmp_path / "ended")
    assert {file.parent.name for file in left if file.suffix == ".del"} == set(INDEXES)
    assert answers(change.room) == change.before
    commits = [generation_of(change.room.folder / name) for name in INDEXES]
    for _ in range(2):
        assert change.run_indexer() == ""
        assert answers(change.room) == change.after
        assert left_files(change) == []
    gone_on = [generation_of(change.room.folder / name) for name in INDEXES]
    assert all(new > old > 0 for new, old in zip(gone_on, commits, strict=True))


def test_files_that_cannot_be_removed_make_the_indexes_begin_again(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_before_the_lists(change, tmp_path / "ended")
    monkeypatch.setattr(indexer, "remove_left_files", lambda _folder: None)
    assert "FileAlreadyExists" in change.run_indexer()
    assert answers(change.room) == change.after
    assert change.run_indexer() == ""


KILLS = {
    "before a commit": "writer.IndexWriter._commit = die",
    "between a commit and its number": "writer.replace = die",
    "between its number and the catalogue": "write_grammar.PassProgress.record_texts = die",
    "before the commit of the voices": "echo_pass.EchoPass._committed = die",
    "between the commit of the voices and its number": (
        "echo_pass.EchoPass._committed = lambda self: setattr(writer, 'replace', die)"
        " or committed(self)"
    ),
    "after the commit of the voices": (
        "echo_pass.EchoPass._committed = lambda self: committed(self) or die()"
    ),
    "while it merges": "writer.IndexWriter.close = die",
}
_KILLED = """
import os, sys
from pathlib import Path
from cable_tui.archive.build import echo_pass, write_grammar
from cable_tui.archive.build.indexer import index
from cable_tui.archive.fulltext import writer
committed = echo_pass.EchoPass._committed
def die(*_args):
    os._exit(9)
{}
list(index(Path(sys.argv[1]), Path(sys.argv[2]), echoes=True, workers=0))
"""


@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS)
def test_a_kill_after_changes_leaves_what_the_next_run_completes(change: Change, kill: str) -> None:
    command = [
        *(sys.executable, "-c", _KILLED.format(kill)),
        *(str(change.folder), str(change.cache)),
    ]
    assert subprocess.run(command, check=False).returncode == 9
    for query, found in answers(change.room).items():
        assert set(found) <= {*change.before[query], *change.after[query]}
    assert change.run_indexer() == ""
    assert answers(change.room) == change.after
    assert left_files(change) == []


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_that_the_system_refuses_is_not_begun_again(change: Change, name: str) -> None:
    kept = (change.room.folder / name / "meta.json").stat().st_ino
    real = schema.opened

    def full(path: Path, *args: Any, **options: Any) -> object:
        if path.name == name and options["make"]:
            raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")
        return real(path, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "opened", full)
        for _ in range(2):
            with pytest.raises(RefusedIndexError, match="No space left"):
                change.run_indexer()
    assert (change.room.folder / name / "meta.json").stat().st_ino == kept
    assert change.run_indexer() == ""
    assert answers(change.room) == change.after

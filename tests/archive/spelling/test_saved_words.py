"""The archive's words in their file are those of the text index, or they are not read."""

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.columns import container
from cable_tui.archive.fulltext.index import TextIndex
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.spelling import saved_words
from cable_tui.archive.spelling.word_list import WordList, build_words
from cable_tui.query import parse
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, build_index, opened, write_dump


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS))
    return opened(tmp_path / "dump", tmp_path / "cache")


def _kept(archive: Archive) -> WordList | None:
    return saved_words.load(archive.folder, archive.generation())


def _counts(words: WordList) -> dict[str, int]:
    return dict(words)


def test_the_builder_leaves_the_words_and_a_search_takes_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = build_words(TextIndex(archive.folder / "text").plain_words())
    monkeypatch.delattr(TextIndex, "plain_words")
    assert _counts(Snapshot(archive).words()) == _counts(expected)
    assert _counts(expected)["lighthouse"] >= 1
    assert archive.search(parse("lighthuose ")).corrections[0].used[0][0] == "lighthouse"


def test_what_is_damaged_or_of_another_kind_is_gathered(archive: Archive) -> None:
    (file,) = archive.folder.glob("words-*.parts")
    found = container.read(file)
    assert found is not None
    container.write(file, found[0] | {"stamp": []}, [bytes(part) for part in found[1]])
    assert _kept(archive) is None
    file.write_bytes(b"")
    assert _kept(archive) is None
    assert archive.search(parse("lighthuose ")).corrections[0].used[0][0] == "lighthouse"


def test_words_of_an_older_run_are_not_read(archive: Archive, tmp_path: Path) -> None:
    later = Fiction("09RABAT99", "2009-05-01 10:00", text="A zeppelin came.")
    write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS, later))
    build_index(tmp_path / "dump", tmp_path / "cache")
    assert len(list(archive.folder.glob("words-*.parts"))) == 1
    kept = _kept(archive)
    assert kept is not None
    assert _counts(kept)["zeppelin"] == 1


def test_a_list_of_no_words_is_kept_too(tmp_path: Path) -> None:
    saved_words.save(tmp_path, 7, lambda: build_words(()))
    found = saved_words.load(tmp_path, 7)
    assert found is not None
    assert not list(found)

"""What the search keeps between questions follows the cache."""

import gc
import threading
import weakref
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.build.indexer import index as indexed
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.search.snapshot import LruCache
from cable_tui.query import parse
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, archive_of


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(tmp_path, LAMPS, BRIDGE)


def test_what_is_kept_follows_the_builder(archive: Archive, tmp_path: Path) -> None:
    assert archive.counts(parse(""))["origin"][0].count == 1
    assert archive.search(parse("=goats")).count == 0
    assert archive.jump("goats runway") == []
    archive_of(tmp_path, LAMPS, BRIDGE, GOATS)
    assert archive.counts(parse(""))["origin"][0].count == 2
    assert archive.search(parse("=goats")).count == 1
    assert archive.jump("goats runway")[0].reference == GOATS.id


def test_counts_of_a_complete_archive_are_never_old_ones(archive: Archive, tmp_path: Path) -> None:
    caches = archive.caches
    for each in (caches.columns, caches.words, caches.stages):
        each.cheap, each.patience = -1.0, 1e9
    assert archive.counts(parse(""))["origin"][0].count == 1
    archive_of(tmp_path, LAMPS, BRIDGE, GOATS)
    assert archive.counts(parse(""))["origin"][0].count == 2


def test_a_text_index_that_was_made_anew_is_opened_again(archive: Archive) -> None:
    assert archive.search(parse("mules")).count == 1
    list(indexed(archive.root, archive.folder.parent, rebuild=True, workers=0))
    assert archive.search(parse("mules")).count == 1
    assert archive.search(parse("mules")).ids == archive.search(parse("origin:casablanca")).ids


def test_a_damaged_text_index_stops_no_filter(archive: Archive) -> None:
    for file in (archive.folder / "text").glob("meta.json"):
        file.write_bytes(b"\0")
    with pytest.raises(TextIndexError):
        archive.search(parse("mules"))
    assert archive.search(parse("origin:rabat")).count == 1
    assert archive.counts(parse("origin:rabat"))["origin"]


def test_an_archive_that_is_let_go_takes_its_caches_with_it(archive: Archive) -> None:
    other = Archive(archive.root, archive.folder)
    other.search(parse("mules"))
    kept = weakref.ref(other.caches)
    del other
    gc.collect()
    assert kept() is None


def test_what_nobody_has_asked_for_longest_goes_first() -> None:
    answers = LruCache(2)
    for question in ("one", "two", "one", "three"):
        answers.get(question, question.upper)
    assert answers.peek("one") == "ONE"
    assert answers.peek("two") is None
    assert answers.get("one", lambda: "another") == "ONE"


def test_heavy_answers_leave_room_for_fewer() -> None:
    answers = LruCache(10, lambda answer: len(str(answer)))
    for question, answer in (("one", "1234"), ("two", "1234"), ("three", "12345")):
        answers.get(question, lambda answer=answer: answer)  # type: ignore[misc]
    assert (answers.peek("one"), answers.peek("two")) == (None, "1234")
    answers.get("four", lambda: "more than all that may be kept")
    assert [answers.peek(each) is None for each in ("two", "three", "four")] == [True, True, False]
    answers.get("five", lambda: "1")
    assert (answers.peek("four"), answers.peek("five")) == (None, "1")


def test_two_who_ask_at_once_have_it_found_out_once() -> None:
    answers = LruCache(9)
    began, go, found = threading.Event(), threading.Event(), []

    def slow() -> str:
        began.set()
        assert go.wait(10)
        found.append("once")
        return "answer"

    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(answers.get("q", slow))) for _ in "ab"]
    threads[0].start()
    assert began.wait(10)
    threads[1].start()
    assert answers.get("another", lambda: "at once") == "at once"
    go.set()
    for thread in threads:
        thread.join(10)
    assert (got, found) == (["answer", "answer"], ["once"])


def test_a_failure_is_not_kept() -> None:
    answers = LruCache(9)

    def failing() -> str:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours, without a text
        answers.get("q", failing)
    assert answers.get("q", lambda: "answer") == "answer"

"""The pass that compares sentences: last, left out, stopped, gone on with, brought up to date."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build import echo_pass
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.columns import container
from cable_tui.archive.fulltext import sentence_index, writer
from cable_tui.archive.fulltext.schema import SENTENCES_FOLDER, TextIndexError, generation_of
from cable_tui.archive.fulltext.sentence_index import SentenceIndex
from cable_tui.archive.fulltext.writer import IndexWriter
from cable_tui.archive.records.walk import never
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import OFTEN, EchoFiles
from cable_tui.archive.source_criticism.copies import CopyGroups
from cable_tui.base.value import replace
from cable_tui.operating_system.files import remove_tree
from cable_tui.query import parse
from cable_tui.telegram.reading import Reading
from cable_tui.telegram.sentence_fingerprints import numbers_of
from tests.archive.fiction import Fiction, build_index, references, subjects, write_dump
from tests.archive.source_criticism.fiction import (
    CONTACT,
    FERRY,
    GOATS,
    KETTLES,
    LAMPS,
    POSTS,
    STORY,
    cable,
    own,
)
from tests.command_cases import found
from tests.tool_cases import SentenceAnswers


@pytest.fixture
def folder(folder: Path) -> Path:
    """The dump of the story."""
    write_dump(folder / "cables.csv", STORY)
    return folder


ONE_BY_ONE = Pace(task_cables=1, sentence_run=1)
"""Groups and runs are of one cable."""


def run(
    folder: Path,
    cache: Path,
    stop: Callable[[], bool] = never,
    *,
    echoes: bool = True,
    pace: Pace = Pace(),  # noqa: B008 - a value
) -> list[str]:
    """Index in this process; the stages that were reported."""
    steps = index(folder, cache, stop=stop, echoes=echoes, workers=0, pace=pace)
    return list(dict.fromkeys(step.stage for step in steps))


def made(folder: Path, cache: Path) -> EchoFiles:
    found = echo_file.load(cache_folder(folder, cache))
    assert found is not None
    return found


def count(folder: Path, cache: Path, sentence: str) -> int:
    """How many cables have a sentence, by the file."""
    (number,) = numbers_of(sentence)
    return made(folder, cache).having(number, 0).cables


def stored(folder: Path, cache: Path) -> list[tuple[int, int]]:
    """All that the files say: fingerprints, each with a cable."""
    found = made(folder, cache)
    having = {
        each >> 32: found.having(each >> 32, 1 << 30)
        for file in found.files
        for each in file.postings
    }
    return sorted((number, id_) for number, has in having.items() for id_ in (*has.ids, *has.since))


def postings(folder: Path, cache: Path) -> list[tuple[int, str]]:
    """All that the files say, with references for ids."""
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        names = {id_: name for name, id_ in archive.ids(list(subjects(archive))).items()}
    return sorted((number, names[id_]) for number, id_ in stored(folder, cache))


def bodies_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the pass reads from now on."""
    read: list[str] = []

    def seen(body: str) -> Reading:
        read.append(body)
        return Reading(body)

    monkeypatch.setattr(echo_pass, "Reading", seen)
    return read


def test_it_comes_last_and_only_when_it_is_wanted(folder: Path, cache: Path) -> None:
    assert "echoes" not in run(folder, cache, echoes=False)
    assert echo_file.load(cache_folder(folder, cache)) is None
    assert run(folder, cache)[-2:] == ["echoes", "done"]
    assert count(folder, cache, FERRY) == 3
    assert count(folder, cache, own(10)) == 1
    assert "echoes" not in run(folder, cache)


@pytest.mark.parametrize("looks", range(2, 9))
def test_stopped_anywhere_it_goes_on_and_comes_to_the_same(
    folder: Path, cache: Path, tmp_path: Path, looks: int
) -> None:
    run(folder, cache, echoes=False)
    asked = iter(range(100))
    run(folder, cache, lambda: next(asked) > looks + 4, pace=ONE_BY_ONE)
    place = cache_folder(folder, cache)
    kept = list(place.glob("*.run"))
    assert echo_file.load(place) is None or not kept
    run(folder, cache, pace=ONE_BY_ONE)
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


@pytest.mark.parametrize("suffix", ["parts", "run"])
def test_a_number_that_was_altered_in_a_file_gets_into_no_other_one(
    folder: Path, cache: Path, suffix: str
) -> None:
    """Its head is whole: only the checksum of the file tells."""
    if suffix == "run":
        run(folder, cache, echoes=False)
        asked = iter(range(100))
        run(folder, cache, lambda: next(asked) > 9, pace=ONE_BY_ONE)
    else:
        run(folder, cache)
    file = echo_file.numbered(cache_folder(folder, cache), suffix)[-1]
    found = echo_file.opened(file)
    assert found is not None
    first = found.postings[0].to_bytes(8, sys.byteorder)
    content = file.read_bytes()
    del found
    file.write_bytes(content.replace(first, (7 << 32 | 1).to_bytes(8, sys.byteorder), 1))
    write_dump(folder / "more.csv", [cable(20, own(10), GOATS)])
    run(folder, cache)
    run(folder, folder.parent / "other")
    assert postings(folder, cache) == postings(folder, folder.parent / "other")


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


def test_where_the_index_of_sentences_is_gone_or_another_all_is_read_again(
    folder: Path, cache: Path
) -> None:
    run(folder, cache)
    sentences = cache_folder(folder, cache) / SENTENCES_FOLDER
    assert generation_of(sentences) == made(folder, cache).commit == 1
    (sentences / "generation").write_text("5\n")
    assert "echoes" in run(folder, cache)
    assert generation_of(sentences) == made(folder, cache).commit == 1
    remove_tree(sentences)
    assert "echoes" in run(folder, cache)
    assert generation_of(sentences) == made(folder, cache).commit == 1


def test_without_tools_sentences_are_compared_and_with_them_all_is_read_again(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        for module in (echo_file, echo_pass, sentence_index):
            without.setattr(module, "tools", lambda: ())
        run(folder, cache)
        assert count(folder, cache, FERRY) == 3
        assert "echoes" not in run(folder, cache)
    place = cache_folder(folder, cache) / SENTENCES_FOLDER
    with pytest.raises(TextIndexError):
        SentenceIndex(place)
    assert "echoes" in run(folder, cache)
    assert generation_of(place) == made(folder, cache).commit == 1
    SentenceIndex(place)


def test_a_lost_index_of_sentences_is_made_of_all_cables_though_that_is_stopped(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, cache, pace=ONE_BY_ONE)
    place = cache_folder(folder, cache)
    remove_tree(place / SENTENCES_FOLDER)
    read = bodies_read(monkeypatch)
    run(folder, cache, lambda: len(list(place.glob("*.run"))) == 4, pace=ONE_BY_ONE)
    assert generation_of(place / SENTENCES_FOLDER) == 4
    run(folder, cache)
    assert len(read) == len(STORY)
    assert count(folder, cache, FERRY) == 3


def test_workers_come_to_the_same(folder: Path, cache: Path, tmp_path: Path) -> None:
    many: list[Fiction] = [*STORY, *(cable(number, own(number)) for number in range(20, 28))]
    write_dump(folder / "cables.csv", many)
    build_index(folder, cache, echoes=True, workers=2, pace=Pace(few_cables=0))
    run(folder, tmp_path / "other")
    assert postings(folder, cache) == postings(folder, tmp_path / "other")


# Segments

SHARED = (FERRY, KETTLES, GOATS, LAMPS, *(own(number) for number in range(900, 912)))
SAID = ("Minister Ada Pelham said that the lamps are dear.", "Comment: Tern is tired. End comment.")


def drawn(rng: random.Random, number: int) -> Fiction:
    """A cable with sentences of others; its number is its time, in no order of the turns."""
    said = [CONTACT, *rng.sample(SHARED, 3), own(number), rng.choice(SAID)]
    day = f"200{number % 9}-0{1 + number % 8}-{1 + number % 28:02}"
    made = cable(number, *said, post=rng.choice(POSTS), day=day)
    return replace(made, id=f"09RABAT{number}")


def answers(folder: Path, cache: Path) -> list[object]:
    """What a reader is told of sentences."""
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        ids = archive.ids(list(subjects(archive)))
        names = {id_: name for name, id_ in ids.items()}
        return [case.told(archive, names) for case in found(SentenceAnswers)]


def recurring(folder: Path, cache: Path) -> list[object]:
    """What the archive repeats, and what a list folds."""
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        told = [case.of_all(archive) for case in found(SentenceAnswers)]
        folded = CopyGroups(archive).copies(list(archive.ids(sorted(subjects(archive))).values()))
        return [told, folded.places]


def segments(folder: Path, cache: Path) -> int:
    """How many cables came, changed or went since the whole file."""
    return made(folder, cache).since


@pytest.mark.parametrize("seed", range(2))
def test_a_segment_answers_like_a_cache_that_is_built_whole(
    folder: Path, cache: Path, tmp_path: Path, seed: int
) -> None:
    by_segments, whole_files = Pace(segment_share=1), Pace(segment_share=10**9)
    rng = random.Random(seed)
    count_ = OFTEN + 2
    here = {number: drawn(rng, number) for number in range(100, 100 + count_)}
    gone: dict[int, Fiction] = {}
    write_dump(folder / "cables.csv", list(here.values()))
    run(folder, cache, pace=by_segments)
    for turn in range(4):
        for number in rng.sample(sorted(here), rng.randrange(4)):
            gone[number] = here.pop(number)
        for number in rng.sample(sorted(here), rng.randrange(4)):
            here[number] = drawn(rng, number)
        back = rng.choice(list(gone) or [0])
        if back in gone:
            here[back] = gone.pop(back)
        here |= {number: drawn(rng, number) for number in range(300 + 9 * turn, 303 + 9 * turn)}
        write_dump(folder / "cables.csv", list(here.values()))
        run(folder, cache, pace=by_segments)
        assert 3 <= segments(folder, cache) < len(here)
        assert "echoes" not in run(folder, cache, pace=by_segments)
    whole = tmp_path / "whole"
    run(folder, whole)
    assert segments(folder, whole) == 0
    assert postings(folder, cache) == postings(folder, whole)
    assert answers(folder, cache) == answers(folder, whole)
    write_dump(folder / "more.csv", [drawn(rng, 700)])
    run(folder, cache, pace=whole_files)
    run(folder, whole, pace=whole_files)
    assert segments(folder, cache) == segments(folder, whole) == 0
    assert answers(folder, cache) == answers(folder, whole)
    assert recurring(folder, cache) == recurring(folder, whole)


def test_a_file_grows_by_a_segment_until_that_holds_its_share(folder: Path, cache: Path) -> None:
    cables = [cable(number, own(number)) for number in range(100, 132)]
    write_dump(folder / "many.csv", cables)
    run(folder, cache)
    place = cache_folder(folder, cache)
    (whole,) = place.glob("echoes-*")
    for number, since in ((200, 1), (201, 2), (202, 0), (203, 1)):
        write_dump(folder / f"{number}.csv", [cable(number, own(number), GOATS)])
        run(folder, cache)
        assert segments(folder, cache) == since
        assert len(list(place.glob("echoes-*"))) == (2 if since else 1)
        assert whole.exists() is (number < 202)
    assert count(folder, cache, GOATS) == 4
    (folder / "200.csv").unlink()
    run(folder, cache)
    assert (segments(folder, cache), count(folder, cache, GOATS)) == (2, 3)


def at_each_step(monkeypatch: pytest.MonkeyPatch, see: Callable[[], None]) -> None:
    """Call a function before each step that changes something on the disk."""

    def watched(owner: object, name: str) -> None:
        does = getattr(owner, name)

        def step(*given: object, **named: object) -> object:
            see()
            return does(*given, **named)

        monkeypatch.setattr(owner, name, step)

    watched(container, "flush")
    watched(container, "replace")
    watched(IndexWriter, "commit")
    watched(IndexWriter, "close")
    watched(writer, "replace")
    watched(Path, "unlink")


CHANGED = (replace(STORY[0], text=GOATS), *STORY[2:], cable(20, FERRY))


@pytest.mark.parametrize(
    ("cables", "share"), [(CHANGED, 1), (CHANGED, 10**9), (STORY[1:], 1), (STORY[1:], 10**9)]
)
def test_killed_at_any_step_all_is_read_or_nothing_and_the_next_run_completes_it(  # noqa: PLR0917
    folder: Path,
    cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cables: Sequence[Fiction],
    share: int,
) -> None:
    """The cache at each step is what a kill leaves: one cable changes, one goes, one comes."""
    pace = Pace(segment_share=share)
    run(folder, cache)
    old = stored(folder, cache)
    write_dump(folder / "cables.csv", cables)
    run(folder, cache, echoes=False)
    told = sorted(each.id for each in cables if KETTLES in each.text)
    left: list[Path] = []

    def leave() -> None:
        left.append(tmp_path / f"left-{len(left)}")
        shutil.copytree(cache, left[-1])

    with monkeypatch.context() as patched:
        at_each_step(patched, leave)
        run(folder, cache, pace=pace)
        leave()
    new = stored(folder, cache)
    assert bool(segments(folder, cache)) is (share == 1)
    assert len(left) >= 7
    read = bodies_read(monkeypatch)
    whole = [stored(folder, each) == new for each in left]
    assert whole == sorted(whole), "what was read once stays"
    for each in left:
        assert stored(folder, each) in (old, new)
        with closing(open_archive(folder, each, readonly=True)) as archive:
            found = archive.search(parse("said:kettles"))
            assert sorted(references(archive, found.ids)) == told
        read.clear()
        run(folder, each, pace=pace)
        assert len(read) <= len(set(cables) - set(STORY)), "no other cable is read again"
        assert stored(folder, each) == new
        assert "echoes" not in run(folder, each)

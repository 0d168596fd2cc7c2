"""A cache that others read: what its owner leaves for them, and that they can read it."""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cable_tui.archive import cache
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build import publish
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.cache import FILE_NAME
from cable_tui.archive.catalogue.passes import PASSES, Pass
from cable_tui.archive.fulltext.schema import SENTENCES_FOLDER
from cable_tui.archive.fulltext.sentence_index import SentenceIndex
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.base.errors import CacheError
from cable_tui.query import parse
from cable_tui.query.plan import AnyWord
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, build_index, subjects, write_dump

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")

NOBODY = 65534
AS_ROOT = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="needs a second user of the machine"
)


@pytest.fixture
def world() -> Iterator[Path]:
    """A folder that everybody may enter: pytest's own are for their user only."""
    with TemporaryDirectory(prefix="cable-tui-shared-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "cables").mkdir(mode=0o755)
        (place / "cache").mkdir(mode=0o755)
        write_dump(place / "cables" / "cables.csv", [LAMPS, BRIDGE])
        yield place


EACH_STEP = Pace(report_every=0.0)


def build(world: Path, *wanted: Pass) -> None:
    build_index(world / "cables", world / "cache", passes=wanted or PASSES)


def archive_in(world: Path) -> Archive:
    return open_archive(world / "cables", world / "cache")


def home_of(world: Path) -> Path:
    """The only cache there is."""
    (home,) = (world / "cache").iterdir()
    return home


def copied(world: Path) -> list[int]:
    """Generations of its copies."""
    return cache.generations(home_of(world) / cache.COPIES)


def test_a_cache_for_its_owner_alone_has_no_copy(world: Path) -> None:
    (world / "cache").chmod(0o700)
    build(world)
    assert copied(world) == []


@pytest.mark.parametrize(
    ("mode", "files", "folders"), [(0o755, 0o644, 0o755), (0o750, 0o640, 0o750)]
)
def test_a_copy_lets_others_do_what_the_folder_of_the_caches_lets_them(
    world: Path, mode: int, files: int, folders: int
) -> None:
    (world / "cache").chmod(mode)
    build(world)
    home = home_of(world)
    copy = cache.newest(home)
    assert copy is not None
    for place in (home, home / cache.COPIES, copy, *copy.rglob("*")):
        wanted = folders if place.is_dir() else files
        assert stat.S_IMODE(place.stat().st_mode) == wanted, place.name
    assert stat.S_IMODE((home / FILE_NAME).stat().st_mode) == 0o600


def test_a_run_that_changes_nothing_leaves_the_copy_as_it_is(world: Path) -> None:
    build(world)
    before = copied(world)
    build(world)
    assert copied(world) == before


def test_the_newest_copy_and_the_one_before_it_stay(world: Path) -> None:
    seen = []
    for cables in ([LAMPS], [LAMPS, BRIDGE], [GOATS], [GOATS, LAMPS]):
        write_dump(world / "cables" / "cables.csv", cables)
        build(world)
        seen.append(copied(world)[-1])
    assert copied(world) == seen[-2:]


def test_a_complete_cache_that_is_opened_for_others_is_copied_before_it_changes(
    world: Path,
) -> None:
    (world / "cache").chmod(0o700)
    build(world)
    (world / "cache").chmod(0o755)
    run = index(world / "cables", world / "cache", rebuild=False, workers=0)
    next(run)
    run.close()  # type: ignore[attr-defined]
    assert len(copied(world)) == 1


def test_what_was_left_of_a_copy_is_no_copy(world: Path) -> None:
    build(world)
    home = home_of(world)
    (home / cache.COPIES / "9999999999999").mkdir()
    (home / cache.COPIES / ".unfinished").mkdir()
    assert cache.newest(home) == home / cache.COPIES / str(copied(world)[0])


def test_a_copy_that_cannot_be_made_is_said_and_the_cache_is_whole(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cable_tui.archive.build.publish.copy_index", full)
    with pytest.raises(CacheError, match="the cache is complete"):
        build(world)
    with closing(archive_in(world)) as archive:
        assert archive.summary().complete


def held(world: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], int, int]:
    """What a reader of the copies gets: the list, and how many cables two words find."""
    with monkeypatch.context() as patch:
        patch.setattr(cache, "is_own", lambda _: False)
        with closing(archive_in(world)) as archive:
            lamps, goats = (archive.search(parse(word)).count for word in ("=lamps", "=goats"))
            return set(subjects(archive)), lamps, goats


def stopped_after(world: Path, stage: str) -> None:
    """A rebuild that is asked to stop when it comes to a stage."""
    stop: set[bool] = set()
    place = world / "cables", world / "cache"
    halt = lambda: bool(stop)  # noqa: E731
    for report in index(*place, rebuild=True, workers=0, stop=halt, pace=EACH_STEP):
        if report.stage == stage:
            stop.add(True)


WHOLE = ({"09RABAT27", "09CASABLANCA31"}, 1, 0)


@pytest.mark.parametrize("stage", ["walk", "facts", "grammar"])
def test_a_run_that_is_stopped_leaves_readers_the_copy_of_the_whole_archive(
    world: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    build(world)
    before = copied(world)
    stopped_after(world, stage)
    assert copied(world) == before
    assert held(world, monkeypatch) == WHOLE
    build(world)
    assert copied(world)[-1] > before[-1]
    assert held(world, monkeypatch) == WHOLE


@pytest.mark.parametrize("cables", [[LAMPS, BRIDGE, GOATS], [LAMPS]], ids=["added", "removed"])
def test_a_run_that_leaves_passes_out_leaves_readers_the_copy_of_the_whole_archive(
    world: Path, monkeypatch: pytest.MonkeyPatch, cables: list[Fiction]
) -> None:
    build(world)
    write_dump(world / "cables" / "cables.csv", cables)
    build(world, "facts", "grammar")
    assert held(world, monkeypatch) == WHOLE
    build(world)
    expected = {cable.id for cable in cables}
    assert held(world, monkeypatch) == (expected, 1, int(GOATS.id in expected))


def test_where_nobody_has_a_copy_a_part_of_the_archive_is_one_and_more_of_it_the_next(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world, "facts")
    assert held(world, monkeypatch) == ({"09RABAT27", "09CASABLANCA31"}, 0, 0)
    write_dump(world / "cables" / "more.csv", [GOATS])
    build(world, "facts")
    seen = copied(world)
    assert len(held(world, monkeypatch)[0]) == 3
    (world / "cables" / "more.csv").unlink()
    build(world, "facts")
    assert copied(world) == seen
    build(world)
    assert held(world, monkeypatch) == WHOLE


# As another user


def as_another_user(work: Callable[[], Any]) -> Any:
    """What it gives in a process of a user who may write nowhere here."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(theirs, pickle.dumps(work()))
        except BaseException as error:  # noqa: BLE001 - what a child dies of is the answer
            os.write(theirs, pickle.dumps(f"{type(error).__name__}: {error}"))
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answer:
        content = answer.read()
    os.waitpid(child, 0)
    return pickle.loads(content)


def read(world: Path) -> tuple[dict[str, str], int, str, bool]:
    """What a reader gets: the list, a search, a text, and whether it learns that it only reads."""
    with closing(archive_in(world)) as archive:
        hits = archive.search(parse("lamps"))
        cable = archive.find("09RABAT27")
        text = archive.cable(cable).body.text if cable else ""
        return subjects(archive), hits.count, text, archive.readonly


@AS_ROOT
def test_another_user_lists_searches_and_reads(world: Path) -> None:
    build(world)
    before = sorted(place.as_posix() for place in (world / "cache").rglob("*"))
    found, count, text, readonly = as_another_user(lambda: read(world))
    assert found == {"09RABAT27": LAMPS.subject, "09CASABLANCA31": BRIDGE.subject}
    assert (count, readonly) == (1, True)
    assert LAMPS.text in text
    assert sorted(place.as_posix() for place in (world / "cache").rglob("*")) == before


@AS_ROOT
@pytest.mark.parametrize("rebuild", [False, True])
def test_another_user_reads_at_any_moment_of_the_owners_next_run(
    world: Path, monkeypatch: pytest.MonkeyPatch, rebuild: bool
) -> None:
    build(world)
    write_dump(world / "cables" / "more.csv", [GOATS])
    steps = index(world / "cables", world / "cache", rebuild=rebuild, workers=0, pace=EACH_STEP)
    *seen, after = (as_another_user(lambda: set(read(world)[0])) for _ in chain(steps, [""]))
    assert len(seen) > 2
    assert all(each == {"09RABAT27", "09CASABLANCA31"} for each in seen)
    assert after == {"09RABAT27", "09CASABLANCA31", "08RABAT990"}


@AS_ROOT
def test_another_user_without_a_copy_is_told_whose_it_is(world: Path) -> None:
    assert "its owner can create one" in (said := as_another_user(lambda: read(world)))
    build(world)
    (world / "cache").chmod(0o700)
    assert "no cache of it that you can read" in (closed := as_another_user(lambda: read(world)))
    assert all(each.startswith("CacheError") for each in (said, closed))


def test_a_copy_of_another_version_is_said_to_be_one(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world)
    monkeypatch.setattr(cache, "is_own", lambda _: False)
    monkeypatch.setattr("cable_tui.archive.catalogue.passes.stamp", lambda name: f"new {name}")
    with pytest.raises(CacheError, match="another version of cable-tui"):
        archive_in(world)


def test_an_archive_that_is_open_finds_the_next_copy(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world)
    monkeypatch.setattr(cache, "is_own", lambda _: False)
    with closing(archive_in(world)) as archive:
        assert archive.readonly
        assert archive.search(parse("goats")).count == 0
        write_dump(world / "cables" / "more.csv", [GOATS])
        build(world)
        assert archive.search(parse("goats")).count == 1
        assert archive.search(parse("lamps")).count == 1
        assert len(subjects(archive)) == 3


def test_a_text_index_is_read_where_its_lock_cannot_be_taken(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world)
    home = home_of(world)
    monkeypatch.setattr("cable_tui.archive.fulltext.index_files.is_ours", lambda _: False)
    text = TextIndex(home / "text")
    assert text.count(AnyWord(("lamps",))) == 1
    write_dump(world / "cables" / "more.csv", [GOATS])
    build(world)
    text = text.newer()
    assert text.count(AnyWord(("goats",))) == 1


def test_whether_a_cache_is_shared_is_said_by_the_folder_of_the_caches(tmp_path: Path) -> None:
    for mode, expected in ((0o700, False), (0o711, False), (0o750, True), (0o755, True)):
        tmp_path.chmod(mode)
        assert publish.is_shared(tmp_path) is expected


def test_a_copy_has_the_index_of_sentences(world: Path) -> None:
    build_index(world / "cables", world / "cache", echoes=True)
    copy = home_of(world) / cache.COPIES / str(copied(world)[-1])
    assert SentenceIndex(copy / SENTENCES_FOLDER).generation == 1

"""What the builder makes of a folder, and of a folder that changes under it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build import indexer, read_in_turns
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.cache import FILE_NAME, building
from cable_tui.archive.catalogue import catalogue_file, passes
from cable_tui.archive.catalogue.passes import is_whole
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.records import compared_records, walk
from cable_tui.archive.records.further import VARIANT
from cable_tui.archive.records.read import RecordTask
from cable_tui.base.errors import ArchiveError, CacheError
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.plan import AnyWord
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    archive_of,
    build_index,
    id_of,
    many,
    opened,
    subjects,
    write_dump,
    write_page,
)
from tests.shapes import zipped


@pytest.fixture
def pair(folder: Path) -> Iterator[Archive]:
    """An archive of two cables."""
    with closing(archive_of(folder.parent, LAMPS, BRIDGE)) as archive:
        yield archive


def found(path: Path, cache: Path, word: str) -> set[str]:
    """The cables with a word, by the text index and the catalogue."""
    with closing(open_archive(path, cache, readonly=True)) as archive:
        ids = TextIndex(archive.folder / text_schema.FOLDER).ids(AnyWord((word,)))
        return {row.reference_id for row in archive.rows(ids)}


def test_a_moved_file_keeps_its_cables(folder: Path, cache: Path) -> None:
    page = write_page(folder, LAMPS)
    write_page(folder, GOATS)
    build_index(folder, cache)
    with closing(open_archive(folder, cache)) as archive:
        before = id_of(archive, LAMPS.id)
        page.rename(folder / "elsewhere.html")
        last = build_index(folder, cache)
        assert (last.added, last.changed, last.removed) == (0, 0, 0)
        assert id_of(archive, LAMPS.id) == before
        assert [source.path for source in archive.sources(before)] == ["elsewhere.html"]


def test_a_file_that_cannot_be_read_is_a_problem_and_tried_again(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(folder, LAMPS)
    write_page(folder, GOATS)
    with monkeypatch.context() as patch:
        opening = walk.open_regular

        def refusing(path: bytes) -> object:
            if b"RABAT990" in path:
                raise PermissionError(13, "Permission denied")
            return opening(path)

        patch.setattr(walk, "open_regular", refusing)
        last = build_index(folder, cache)
        assert (last.cables, last.problems) == (1, 1)
        with closing(open_archive(folder, cache)) as archive:
            (problem,) = archive.problems()
            assert problem.path == "cable/2008/12/08RABAT990.html"
            assert problem.reason == "cannot be read: Permission denied"
            assert archive.summary().complete
    last = build_index(folder, cache)
    assert (last.cables, last.problems) == (2, 0)


def test_a_file_that_changes_between_the_passes_is_done_by_the_next_run(
    folder: Path, cache: Path
) -> None:
    page = write_page(folder, BRIDGE)
    write_page(folder, LAMPS)
    build_index(folder, cache, passes=("facts",))
    page.write_text(replace(BRIDGE, subject="A BRIDGE OF STONE").page, encoding="utf-8")
    os.utime(page, ns=(1, 1))
    build_index(folder, cache, passes=("text",))
    with closing(open_archive(folder, cache)) as archive:
        assert archive.problems() == []
        assert archive.summary().stages["text"] == (1, 2)
        build_index(folder, cache)
        assert subjects(archive)["09CASABLANCA31"] == "A BRIDGE OF STONE"
        assert archive.summary().complete
    assert found(folder, cache, "stone") == {"09CASABLANCA31"}


@pytest.mark.skipif(os.name == "nt", reason="links and FIFOs of POSIX")
def test_links_are_not_followed_and_nothing_waits_for_a_fifo(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    write_page(outside, GOATS)
    write_page(folder, LAMPS)
    (folder / "link").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "cables.csv")
    last = build_index(folder, cache)
    assert (last.cables, last.problems) == (1, 0)
    with closing(opened(folder, cache)) as archive:
        found = archive.account()
        assert found.files.skipped == {"linked folder": 2, "special file": 1}
        assert (found.files.seen, found.adds_up) == (4, True)


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_page_that_becomes_a_link_is_gone_and_comes_back(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    page = write_page(folder, LAMPS)
    write_page(folder, GOATS)
    assert build_index(folder, cache).cables == 2
    moved = tmp_path / "moved.html"
    page.rename(moved)
    page.symlink_to(moved)
    assert build_index(folder, cache).cables == 1
    page.unlink()
    moved.rename(page)
    assert build_index(folder, cache).cables == 2


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_folder_of_links_says_what_to_do(folder: Path, cache: Path, tmp_path: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "link.html").symlink_to(write_page(tmp_path / "outside", LAMPS))
    with pytest.raises(ArchiveError, match=r"it saw 1 file: 1 link.*open the folder they point to"):
        build_index(folder, cache)


def test_hidden_folders_are_not_entered_in_archives_either(folder: Path, cache: Path) -> None:
    page = write_page(folder, LAMPS).read_bytes()
    (folder / ".git").mkdir()
    (folder / ".git" / "a.html").write_bytes(page)
    (folder / "b.zip").write_bytes(zipped({"x/.git/b.html": page, "c.html": page}))
    last = build_index(folder, cache)
    assert (last.cables, last.problems) == (1, 0)
    with closing(opened(folder, cache)) as archive:
        found = archive.account()
        assert found.files.skipped == {"hidden folder": 1, "hidden packed file": 1}
        assert (found.records.further, found.adds_up) == (1, True)


def test_a_file_that_looks_like_a_cable_says_why_it_is_none(folder: Path, cache: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "a.html").write_text("<p>09RABAT27</p><p>13 February 2009</p>", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"a\.html: it contains 09RABAT27 and a date"):
        build_index(folder, cache)
    write_page(folder, LAMPS)
    assert build_index(folder, cache).problems == 1
    with closing(opened(folder, cache)) as archive:
        (problem,) = archive.problems()
        assert (problem.path, problem.line) == ("a.html", 0)
        assert archive.account().adds_up


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX are bytes")
def test_a_name_that_is_no_utf8_is_a_name(folder: Path, cache: Path) -> None:
    name = os.path.join(os.fsencode(folder), b"caf\xe9.html")  # noqa: PTH118 - bytes
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - bytes
        file.write(LAMPS.page)
    with closing(opened(folder, cache)) as archive:
        assert archive.cable(1).sources[0].path == os.fsdecode(b"caf\xe9.html")


@pytest.mark.parametrize("after", range(1, 6))
def test_a_run_that_is_cut_off_is_completed_by_the_next(
    folder: Path, cache: Path, after: int
) -> None:
    pace = Pace(task_cables=2, report_every=0.0)
    for cable in many(7):
        write_page(folder, cable)
    write_dump(folder / "cables.csv", [LAMPS, BRIDGE])
    run = index(folder, cache, workers=0, pace=pace)
    for _ in range(after):
        next(run)
    run.close()  # type: ignore[attr-defined]
    with closing(open_archive(folder, cache)) as archive:
        assert archive.summary().cables == len(subjects(archive))
        build_index(folder, cache, pace=pace)
        assert len(subjects(archive)) == 9
        assert all(subjects(archive).values())
        assert archive.summary().complete
    assert found(folder, cache, "ropes") == {"09CASABLANCA31"}


def test_a_cable_can_be_opened_before_its_dump_is_read_to_the_end(
    folder: Path, cache: Path
) -> None:
    write_dump(folder / "cables.csv", many(9))
    run = index(folder, cache, workers=0, pace=Pace(rows=2, task_cables=2, report_every=0.0))
    report = next(each for each in run if each.cables)
    assert report.cables < 9
    with closing(open_archive(folder, cache)) as archive:
        assert archive.cable(1).body.text
    run.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("order", [range(1, 13), range(12, 0, -1), (7, 2, 11, 4, 9, 1, 12, 3, 6)])
def test_the_newest_cables_have_their_subjects_after_the_first_batch_of_the_grammar(
    folder: Path, cache: Path, order: Sequence[int]
) -> None:
    letters = many(12)
    write_dump(
        folder / "cables.csv",
        [replace(letters[n - 1], created=f"2009-{n:02}-13 14:57") for n in order],
    )
    run = index(folder, cache, workers=0, pace=Pace(task_cables=3, report_every=0.0))
    report = next(each for each in run if each.stage == "grammar")
    assert report.done == 3
    with closing(open_archive(folder, cache)) as archive:
        rows = archive.rows(archive.search(parse("")).ids)
        assert [row.subject for row in rows[:4]] == [
            *(f"LETTER {n} OF THE LAMPS" for n in sorted(order, reverse=True)[:3]),
            "",
        ]
        run.close()  # type: ignore[attr-defined]
        build_index(folder, cache)
        assert all(subjects(archive).values())


def test_stop_is_heard_between_batches(folder: Path, cache: Path) -> None:
    write_dump(folder / "cables.csv", [LAMPS, BRIDGE])
    reports = list(index(folder, cache, stop=lambda: True, workers=0))
    assert reports[-1].stopped
    assert build_index(folder, cache).cables == 2


def test_passes_that_are_not_asked_for_wait(folder: Path, cache: Path) -> None:
    write_dump(folder / "cables.csv", [LAMPS])
    build_index(folder, cache, passes=("facts",))
    with closing(open_archive(folder, cache)) as archive:
        assert subjects(archive) == {"09RABAT27": ""}
        assert not archive.summary().complete
        build_index(folder, cache, passes=("grammar",))
        assert subjects(archive) == {"09RABAT27": LAMPS.subject}
        assert archive.summary().stages["text"] == (0, 1)


def test_worker_processes_make_the_same_archive(folder: Path, cache: Path, tmp_path: Path) -> None:
    write_dump(folder / "cables.csv", many(Pace().few_cables))
    (folder / "filler.bin").write_bytes(b"\0" * read_in_turns.FEW_BYTES)
    build_index(folder, cache, workers=2)
    build_index(folder, tmp_path / "other", workers=0)
    with (
        closing(open_archive(folder, cache)) as archive,
        closing(open_archive(folder, tmp_path / "other")) as other,
    ):
        assert subjects(archive) == subjects(other)
        assert archive.summary().complete
        assert other.summary().complete


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize("name", ["grammar", "text"])
def test_another_stamp_redoes_its_own_pass_only(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, name: passes.Pass
) -> None:
    _restamp(monkeypatch, name)
    done = {report.stage for report in index(folder, cache, workers=0)}
    assert done & {"grammar", "text"} == {name}


def _restamp(patch: pytest.MonkeyPatch, name: passes.Pass) -> None:
    stamp = passes.stamp
    patch.setattr(passes, "stamp", lambda each: "new" if each == name else stamp(each))


def test_another_stamp_of_the_facts_reads_the_files_again_and_keeps_the_rest(
    pair: Archive, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = "SELECT id, created FROM cable"
    with pair.reading() as db:
        before = db.execute(created).fetchall()
    _spoil(pair.folder, "UPDATE cable SET created = 0")
    _restamp(monkeypatch, "facts")
    stages = {report.stage for report in index(folder, cache, workers=0)}
    assert not stages & {"grammar", "text"}
    with pair.reading() as db:
        assert db.execute(created).fetchall() == before


def _spoil(folder: Path, sql: str) -> None:
    with closing(catalogue_file.open_writer(folder)) as db:
        db.execute(sql)


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param("UPDATE text SET generation = generation + 1", id="the index's last commit"),
        pytest.param("DELETE FROM text", id="the marks of a commit"),
    ],
)
def test_after_a_crash_of_the_machine_texts_are_added_again_and_found_once(
    pair: Archive, folder: Path, cache: Path, lost: str
) -> None:
    _spoil(pair.folder, lost)
    assert "text" in [report.stage for report in index(folder, cache, workers=0)]
    assert pair.summary().complete
    held = TextIndex(pair.folder / text_schema.FOLDER)
    assert (held.count(AnyWord(("ropes",))), held.cables) == (1, 2)


def test_a_damaged_catalogue_is_set_aside_and_made_anew(
    pair: Archive, folder: Path, cache: Path
) -> None:
    (pair.folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    assert build_index(folder, cache).added == 2
    assert len(subjects(pair)) == 2
    assert (pair.folder / f"{FILE_NAME}.bad").exists()


def test_a_second_builder_is_refused_and_may_read(pair: Archive, folder: Path, cache: Path) -> None:
    with building(pair.folder), pytest.raises(CacheError, match="another process"):
        build_index(folder, cache)
    assert len(subjects(pair)) == 2
    assert build_index(folder, cache).cables == 2


def test_the_cache_is_its_owners_alone(pair: Archive) -> None:
    files = [file for file in pair.folder.iterdir() if file.is_file()]
    assert [each for each in (pair.folder, *files) if each.stat().st_mode & 0o077] == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("cables.rar", b"Rar!\x1a\x07", "Unpack it first"),
        ("cables.csv.gpg", b"\x85\x02\x0c", "Decrypt it first"),
        ("cables.torrent", b"d8:announce3:abc", "torrent program"),
        ("notes.doc", b"\xd0\xcf\x11\xe0", "looks for"),
    ],
)
def test_a_folder_without_a_cable_says_what_it_saw_and_what_to_do(
    folder: Path, cache: Path, name: str, content: bytes, sentence: str
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(ArchiveError, match="it saw 1 file: ") as raised:
        build_index(folder, cache)
    assert sentence in str(raised.value)


def _arrived(folder: Path) -> set[str]:
    with opened(folder / "a", folder / "cache").reading() as db:
        rows = db.execute("SELECT canonical FROM arrived JOIN cable ON cable.id = arrived.cable")
        return {canonical for (canonical,) in rows}


def test_what_the_last_run_that_added_cables_has_added_is_new(tmp_path: Path) -> None:
    write_page(tmp_path / "a", LAMPS)
    assert _arrived(tmp_path) == set()
    write_page(tmp_path / "a", BRIDGE)
    assert _arrived(tmp_path) == {BRIDGE.id}
    assert _arrived(tmp_path) == {BRIDGE.id}, "a run that adds nothing changes nothing"
    write_page(tmp_path / "a", GOATS)
    assert _arrived(tmp_path) == {GOATS.id}


def test_nothing_is_new_when_the_first_reading_goes_on(tmp_path: Path) -> None:
    for cable in many(30):
        write_page(tmp_path / "a", cable)
    for _ in index(tmp_path / "a", tmp_path / "cache", workers=0, stop=lambda: True):
        pass
    assert _arrived(tmp_path) == set()


NAMED = replace(LAMPS, text="Keeper Pelham asked for new lamps before the frost came to the pier.")
HIDDEN = replace(LAMPS, text=NAMED.text.replace("Keeper Pelham", "XXXXXXXXXXXX"))
OTHER = replace(LAMPS, text=HIDDEN.text.replace("pier", "jetty"))


def state(root: Path, cache: Path, *queries: str) -> tuple[str, list[int]]:
    """The path of the record that is shown, and how many cables each query finds."""
    with closing(opened(root, cache)) as archive:
        source = archive.cable(archive.find(LAMPS.id) or 0).sources[0]
        return source.path, [archive.search(parse(query)).count for query in queries]


def test_records_come_change_and_go(tmp_path: Path) -> None:
    root, cache = tmp_path / "cables", tmp_path / "cache"
    queries = ("pelham", "jetty", "-jetty", "pier", "-pelham pier")
    page = write_page(root / "a", HIDDEN)
    write_page(root / "a", BRIDGE)
    hidden = "a/cable/2009/02/09RABAT27.html"
    assert state(root, cache, *queries) == (hidden, [0, 0, 2, 1, 1])
    write_dump(root / "cables.csv", [NAMED])  # with a name, it is shown from now on
    assert state(root, cache, *queries) == ("cables.csv", [1, 0, 2, 1, 0])
    third = write_page(root / "b", OTHER)
    assert state(root, cache, *queries) == ("cables.csv", [1, 1, 1, 1, 0])
    third.write_text(HIDDEN.page, encoding="utf-8")  # it says no more than others by now
    assert state(root, cache, *queries) == ("cables.csv", [1, 0, 2, 1, 0])
    third.write_text(OTHER.page, encoding="utf-8")
    assert state(root, cache, *queries) == ("cables.csv", [1, 1, 1, 1, 0])
    (root / "cables.csv").unlink()
    shown, counts = state(root, cache, *queries)
    assert (shown in {hidden, f"b/{hidden[2:]}"}, counts) == (True, [0, 1, 1, 1, 1])
    third.unlink()
    assert state(root, cache, *queries) == (hidden, [0, 0, 2, 1, 1])
    page.write_text(NAMED.page, encoding="utf-8")
    assert state(root, cache, *queries) == (hidden, [1, 0, 2, 1, 0])


def test_an_archive_held_twice_is_not_read_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("a", "b"):
        for cable in many(5):
            write_page(tmp_path / "cables" / folder, cable)
        write_dump(tmp_path / "cables" / folder / "cables.csv", [BRIDGE])
    monkeypatch.setattr(indexer, "compare_records", None)
    build_index(tmp_path / "cables", tmp_path / "cache")
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        with archive.reading() as db:
            assert dict(db.execute("SELECT differs, count(*) FROM also GROUP BY 1")) == {0: 6}
        assert archive.search(parse("has:records -has:variants")).count == 6


def test_a_list_of_cables_costs_no_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each telegram was read and compared with a row that has no words."""
    root = tmp_path / "cables"
    lines = ["refid,date,subject"]
    for cable in many(5):
        longer = replace(cable, text=" ".join([cable.text] * 20))
        write_page(root, longer)
        lines.append(f"{cable.id},{cable.created},{cable.subject}")
    for name in ("a.csv", "b.csv"):
        (root / name).write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(indexer, "compare_records", None)
    build_index(root, tmp_path / "cache")
    with closing(opened(root, tmp_path / "cache")) as archive:
        with archive.reading() as db:
            counts = dict(db.execute("SELECT differs, count(*) FROM also GROUP BY 1"))
            assert counts == {VARIANT: 10}
        assert archive.search(parse("has:variants")).count == 5


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    root, cache = tmp_path / "cables", tmp_path / "cache"
    write_page(root / "a", HIDDEN)
    write_page(root / "b", NAMED)
    list(index(root, cache, passes=("facts",), stop=_after_facts(cache), workers=0))
    folder = next(cache.glob("*"))
    with closing(catalogue_file.open_reader(folder)) as db:
        assert db.execute("SELECT differs FROM also").fetchall() == [(None,)]
        assert not is_whole(db, ())
    assert state(root, cache, "pelham") == ("b/cable/2009/02/09RABAT27.html", [1])


def _after_facts(cache: Path) -> Callable[[], bool]:
    def stop() -> bool:
        for folder in cache.glob("*/catalogue-*.sqlite"):
            with closing(catalogue_file.open_reader(folder.parent)) as db:
                if db.execute("SELECT 1 FROM also").fetchone():
                    return True
        return False

    return stop


def test_records_that_end_a_worker_or_cannot_be_read_stay_as_they_are(tmp_path: Path) -> None:
    tasks = tuple(
        RecordTask(1, at, f"{at}.html".encode(), "html-page", 0, 9, 9, 1) for at in (1, 2)
    )
    several = compared_records.SeveralRecords(1, tasks)
    read = compared_records.compare_records((tmp_path, [several]))
    for (made,) in (compared_records.lost_records(several), *read):
        assert [each.differs for each in made.judged] == [0, 0]
        assert made.row is None

"""Several records of one cable: the richest one is shown, whatever came first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build import scan_files
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.records import catalogue_rows
from cable_tui.base.value import replace
from cable_tui.query import parse
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    Fiction,
    build_index,
    id_of,
    many,
    opened,
    subjects,
    write_dump,
    write_page,
)

ALX = "09RABAT27\n{title}\nFri Feb 13 00:00:00 +0100 2009\nCONFIDENTIAL\nEmbassy Rabat\n"
LONG = replace(LAMPS, text=f"{LAMPS.text} Then they met in the tower.")
STUB = "C O N F I D E N T I A L RABAT 000027\n\nSUBJECT: THE LIGHTHOUSE KEEPERS ASK ..."


def write(folder: Path, kind: str, name: str) -> None:
    """One record of the cable."""
    if kind == "page":
        write_page(folder / name, LAMPS)
    elif kind == "row":
        write_dump(folder / name / "cables.csv", [LAMPS])
    elif kind == "longer row":
        write_dump(folder / name / "longer.csv", [LONG])
    elif kind == "facts only":
        (folder / name).mkdir(parents=True)
        (folder / name / "alx.txt").write_text(ALX.format(title=LAMPS.subject), encoding="utf-8")
    elif kind == "cut page":
        page = LAMPS.page
        body = LAMPS.body.replace("\n", "&#x000A;")
        (folder / name).mkdir(parents=True)
        cut = page.replace(body, STUB.replace("\n", "&#x000A;"))
        (folder / name / "cut.html").write_text(cut, encoding="utf-8")


def shown(folder: Path, cache: Path) -> tuple[str, int]:
    """The name of the file that the cable is shown from, and how many hold it."""
    with closing(open_archive(folder, cache)) as archive:
        assert archive.summary().complete
        sources = archive.sources(id_of(archive, LAMPS.id))
        return Path(sources[0].path).name, len(sources)


@pytest.mark.parametrize("kinds", list(permutations(["row", "facts only", "page"])))
def test_a_page_wins_in_any_order(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    for number, kind in enumerate(kinds):
        write(tmp_path / "a", kind, str(number))
    last = build_index(tmp_path / "a", tmp_path / "cache")
    assert (last.added, last.changed, last.removed) == (1, 0, 0)
    assert shown(tmp_path / "a", tmp_path / "cache") == ("09RABAT27.html", 3)


@pytest.mark.parametrize(
    ("richer", "poorer", "name"),
    [
        ("row", "facts only", "cables.csv"),
        ("row", "cut page", "cables.csv"),
        ("longer row", "row", "longer.csv"),
        ("cut page", "facts only", "cut.html"),
    ],
)
def test_the_richer_of_two_wins_in_one_run_and_in_two(
    tmp_path: Path, richer: str, poorer: str, name: str
) -> None:
    for number, order in enumerate([(richer, poorer), (poorer, richer)]):
        folder = tmp_path / f"at once {number}"
        for place, kind in enumerate(order):
            write(folder, kind, str(place))
        build_index(folder, tmp_path / "cache")
        assert shown(folder, tmp_path / "cache") == (name, 2)
        folder = tmp_path / f"one by one {number}"
        for place, kind in enumerate(order):
            write(folder, kind, str(place))
            build_index(folder, tmp_path / "cache")
        assert shown(folder, tmp_path / "cache") == (name, 2)


def test_cables_among_which_one_is_known_are_all_taken(tmp_path: Path) -> None:
    write_dump(tmp_path / "a" / "1.csv", [BRIDGE])
    write_dump(tmp_path / "a" / "2.csv", [LAMPS, BRIDGE, GOATS])
    write_dump(tmp_path / "a" / "3.csv", many(2))
    last = build_index(tmp_path / "a", tmp_path / "cache")
    assert (last.cables, last.added, last.changed) == (5, 5, 0)
    with closing(open_archive(tmp_path / "a", tmp_path / "cache")) as archive:
        assert subjects(archive) == {
            cable.id: cable.subject for cable in (LAMPS, BRIDGE, GOATS, *many(2))
        }
        sources = archive.sources(id_of(archive, BRIDGE.id))
        assert [source.path for source in sources] == ["1.csv", "2.csv"]


def test_files_that_are_read_again_leave_each_source_once(folder: Path, cache: Path) -> None:
    for name, kind in (("a", "row"), ("b", "longer row"), ("c", "facts only"), ("d", "page")):
        write(folder, kind, name)
    build_index(folder, cache)
    for file in folder.rglob("*.*"):
        os.utime(file, ns=(1, 1))
    last = build_index(folder, cache)
    assert (last.added, last.changed, last.removed) == (0, 0, 0)
    assert shown(folder, cache) == ("09RABAT27.html", 4)


def test_a_page_with_its_grammar_gives_way_to_none_in_the_same_portion(
    folder: Path, cache: Path
) -> None:
    write(folder, "cut page", "a")
    write(folder, "row", "b")
    with closing(opened(folder, cache)) as archive:
        (row,) = archive.rows([id_of(archive, LAMPS.id)])
        assert row.subject == LAMPS.subject
        stages = archive.summary().stages
        assert stages["grammar"] == stages["text"] == (1, 1)


BROKEN = '"2","2/13/2009 14:57","09RABAT28","Embassy Rabat"\n'
LONGER = replace(LAMPS, text="A longer text than before.")


@pytest.fixture
def dump(folder: Path) -> Path:
    return folder / "cables.csv"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The references of the records whose facts were read, in order."""
    seen: list[str] = []
    long, short = scan_files._scanned, catalogue_rows.plain_row

    def noting(record: Any) -> Any:
        seen.append(record.cable.reference_id)
        return long(record)

    def noting_briefly(brief: Any, form: str) -> Any:
        seen.append(brief.reference_id)
        return short(brief, form)

    monkeypatch.setattr(scan_files, "_scanned", noting)
    monkeypatch.setattr(scan_files, "plain_row", noting_briefly)
    return seen


def touch(file: Path) -> None:
    """Make the file look changed, whatever the clock of the file system can tell apart."""
    now = file.stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(now, now))


def renew(dump: Path, cables: Sequence[Fiction]) -> None:
    """Write other cables into the dump, at another time."""
    write_dump(dump, cables)
    touch(dump)


def as_at_first(dump: Path, cache: Path) -> None:
    """Assert that the catalogue is the one that a first reading of the dump makes."""
    build_index(dump.parent, cache)
    build_index(dump.parent, cache / "other")
    assert places(dump.parent, cache) == places(dump.parent, cache / "other")


def places(folder: Path, cache: Path) -> list[tuple[Any, ...]]:
    """Where the catalogue says that each cable is, and where else it is."""
    with closing(open_archive(folder, cache)) as archive, archive.reading() as db:
        rows = "canonical, c.file, c.offset, c.length, c.crc, c.line, c.richness"
        home = db.execute(f"SELECT {rows} FROM cable c ORDER BY canonical").fetchall()
        also = db.execute(
            "SELECT canonical, a.file, a.offset, a.length, a.crc, a.line, a.richness "
            "FROM also a JOIN cable ON id = cable ORDER BY canonical, a.offset"
        ).fetchall()
        problems = db.execute("SELECT file, line, reason FROM problem ORDER BY line").fetchall()
    return [*home, *also, *problems]


@pytest.mark.parametrize(
    ("after", "read"),
    [
        pytest.param([LAMPS, BRIDGE, GOATS], [], id="touched only"),
        pytest.param([LAMPS, BRIDGE, GOATS, many(1)[0]], ["09RABAT1"], id="one behind"),
        pytest.param([many(1)[0], LAMPS, BRIDGE, GOATS], ["09RABAT1"], id="one before"),
        pytest.param([GOATS, LAMPS, BRIDGE], [], id="another order"),
        pytest.param([LONGER, BRIDGE, GOATS], ["09RABAT27"], id="one changed"),
        pytest.param([LAMPS, GOATS], [], id="one removed"),
        pytest.param([LAMPS, LAMPS, BRIDGE, GOATS], [], id="one twice"),
        pytest.param([LAMPS, LONGER, BRIDGE, GOATS], ["09RABAT27"], id="one in two versions"),
    ],
)
def test_of_a_dump_that_changed_only_the_changed_rows_are_read(
    dump: Path, cache: Path, parsed: list[str], after: list[Fiction], read: list[str]
) -> None:
    write_dump(dump, [LAMPS, BRIDGE, GOATS])
    build_index(dump.parent, cache)
    parsed.clear()
    renew(dump, after)
    build_index(dump.parent, cache)
    assert parsed == read
    as_at_first(dump, cache)
    with closing(open_archive(dump.parent, cache)) as archive:
        assert archive.summary().complete
        for id_ in range(1, 9):
            if archive.rows([id_]):
                assert archive.cable(id_).body.text


def test_grammar_and_texts_of_unchanged_rows_are_left_alone(dump: Path, cache: Path) -> None:
    write_dump(dump, [LAMPS, BRIDGE, GOATS])
    build_index(dump.parent, cache)
    renew(dump, [GOATS, LAMPS, BRIDGE])
    stages = {report.stage for report in index(dump.parent, cache, workers=0)}
    assert not {"grammar", "text"} & stages


def test_another_version_of_the_facts_reads_every_row(
    dump: Path, cache: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dump(dump, [LAMPS, BRIDGE])
    build_index(dump.parent, cache)
    parsed.clear()
    monkeypatch.setattr("cable_tui.archive.catalogue.passes.stamp", lambda name: f"new {name}")
    build_index(dump.parent, cache)
    assert parsed == ["09RABAT27", "09CASABLANCA31"]


def test_a_row_whose_cable_went_with_another_file_is_read_after_all(
    dump: Path, cache: Path
) -> None:
    page = write_page(dump.parent, LONGER)
    write_dump(dump, [LAMPS, BRIDGE])
    build_index(dump.parent, cache)
    page.write_text(GOATS.page, encoding="utf-8")
    touch(page)
    touch(dump)
    build_index(dump.parent, cache)
    with closing(open_archive(dump.parent, cache)) as archive:
        assert set(subjects(archive)) == {"09RABAT27", "09CASABLANCA31", "08RABAT990"}
        assert LAMPS.text in archive.cable(id_of(archive, LAMPS.id)).body.text


SOME = [*many(4), replace(many(4)[1], text="Another text."), replace(many(4)[2], text="Short")]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.sampled_from([*SOME, None]), max_size=7), min_size=2, max_size=4))
def test_any_way_of_editing_ends_where_a_first_reading_ends(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[Fiction | None]]
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    dump = folder / "cables" / "cables.csv"
    write_page(dump.parent, GOATS)
    for step, version in enumerate(versions):
        rows = [BROKEN if each is None else each.row for each in version]
        dump.write_text("".join(rows), encoding="utf-8")
        os.utime(dump, ns=(step, step))
        build_index(dump.parent, folder / "cache")
    with (
        closing(opened(dump.parent, folder / "other")) as other,
        closing(open_archive(dump.parent, folder / "cache")) as archive,
    ):
        assert _shown(archive) == _shown(other)
        assert archive.problems() == other.problems()


def _shown(archive: Any) -> dict[str, str]:
    with archive.reading() as db:
        found = db.execute("SELECT canonical, id FROM cable").fetchall()
    return {canonical: archive.cable(id_).body.text for canonical, id_ in found}


# A first reading that was cut off


SMALL = Pace(rows=2, most_rows=2, report_every=0.0)
"""Batches of two rows, each of them reported."""


def cut_off(folder: Path, cache: Path, reports: int) -> None:
    """Build until this many reports of the facts have come."""
    run = index(folder, cache, workers=0, pace=SMALL)
    facts = (report for report in run if report.stage == "facts")
    for _ in range(reports):
        next(facts)
    run.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("reports", [1, 2, 3, 4])
def test_a_first_reading_goes_on_at_its_last_row(
    dump: Path, cache: Path, parsed: list[str], reports: int
) -> None:
    write_dump(dump, many(9))
    cut_off(dump.parent, cache, reports)
    parsed.clear()
    build_index(dump.parent, cache, pace=SMALL)
    assert parsed == [cable.id for cable in many(9)[reports * 2 - 1 :]]
    as_at_first(dump, cache)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_table_whose_first_reading_was_cut_off_is_read_as_a_whole(
    tmp_path: Path, cache: Path, codec: str
) -> None:
    rows = [f'09RABAT{at},2009-02-13,Lamp {at},"1. (C) It is out."\n' for at in range(1, 10)]
    (tmp_path / "archive").mkdir()
    table = tmp_path / "archive" / "table.csv"
    table.write_text(f"refid,date,subject,body\n{''.join(rows)}", encoding=codec)
    cut_off(table.parent, cache, 2)
    build_index(table.parent, cache, pace=SMALL)
    with closing(open_archive(table.parent, cache)) as archive:
        assert archive.account().adds_up
        with archive.reading() as db:
            ids = [id_ for (id_,) in db.execute("SELECT id FROM cable")]
        assert {archive.cable(each).facts.canonical_id for each in ids} == {
            f"09RABAT{at}" for at in range(1, 10)
        }


@pytest.mark.parametrize("reports", [1, 2, 3])
def test_problems_are_told_once_though_their_rows_are_read_twice(
    dump: Path, cache: Path, reports: int
) -> None:
    rows = [cable.row for cable in many(5)]
    dump.write_text("".join(f"{row}{BROKEN}" for row in rows), encoding="utf-8")
    cut_off(dump.parent, cache, reports)
    as_at_first(dump, cache)


@pytest.mark.parametrize("after", [[GOATS, *many(9)], many(9)], ids=["grown", "touched"])
def test_a_file_that_changed_after_the_cut_is_read_from_its_beginning(
    dump: Path, cache: Path, after: list[Fiction]
) -> None:
    write_dump(dump, many(9))
    cut_off(dump.parent, cache, 2)
    renew(dump, after)
    as_at_first(dump, cache)


def test_a_second_reading_that_was_cut_off_loses_nothing(dump: Path, cache: Path) -> None:
    write_dump(dump, many(9))
    build_index(dump.parent, cache, pace=SMALL)
    renew(dump, [GOATS, *many(9)[3:], LAMPS])
    cut_off(dump.parent, cache, 2)
    build_index(dump.parent, cache, pace=SMALL)
    with closing(open_archive(dump.parent, cache)) as archive:
        expected = {cable.id for cable in [GOATS, *many(9)[3:], LAMPS]}
        assert set(subjects(archive)) == expected
        assert archive.summary().complete


@pytest.mark.parametrize("gone", [False, True])
def test_nothing_is_left_of_a_reading_that_is_over_or_of_a_file_that_went(
    dump: Path, cache: Path, *, gone: bool
) -> None:
    write_dump(dump, many(9))
    write_page(dump.parent, LAMPS)
    cut_off(dump.parent, cache, 2)
    with closing(open_archive(dump.parent, cache)) as archive:
        with archive.reading() as db:
            assert len(scan_files.interrupted_scans(db)) == 1
        if gone:
            dump.unlink()
        build_index(dump.parent, cache, pace=SMALL)
        with archive.reading() as db:
            assert scan_files.interrupted_scans(db) == {}
        assert len(subjects(archive)) == (1 if gone else 10)


@given(st.lists(st.integers(0, 2**63 - 1), unique=True))
def test_keys_come_back_from_their_bytes(keys: Sequence[int]) -> None:
    known = {key: scan_files.KnownRecord(1, 1) for key in keys}
    assert scan_files.keys_of(scan_files.Reread(known).keys) == set(keys)


def without_date(cable: Fiction) -> str:
    """Its row without a date, also in the header."""
    return cable.row.replace('"1","2/13/2009 14:57"', '"1",""').replace("131457Z FEB 09", "")


def test_a_cable_whose_row_has_no_date_is_kept_and_named_whenever_its_dump_is_read(
    dump: Path, cache: Path
) -> None:
    bare = without_date(replace(LAMPS, id="09RABAT28", text="Otters."))
    for before, after in (([LAMPS], []), ([LAMPS], [GOATS]), ([BRIDGE, LAMPS], [GOATS]), ([], [])):
        rows = ["".join(cable.row for cable in cables) for cables in (before, after)]
        dump.write_text(f"{rows[0]}{bare}{rows[1]}", encoding="utf-8")
        if not (before or after):
            dump.write_text(f"{bare}{GOATS.row}", encoding="utf-8")
        with closing(opened(dump.parent, cache)) as archive:
            (id_,) = archive.search(parse("=otters")).ids
            (row,) = archive.rows([id_])
            assert (row.reference_id, row.created) == ("09RABAT28", "")
            assert archive.search(parse("")).ids[-1] == id_
            assert [problem.line for problem in archive.problems()] == [rows[0].count("\n") + 1]

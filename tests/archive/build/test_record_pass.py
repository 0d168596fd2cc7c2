"""Records of a cable that come, change and go: what is shown, and what is searched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.build import indexer
from cable_tui.archive.build.indexer import index
from cable_tui.archive.catalogue import schema
from cable_tui.archive.catalogue.passes import is_whole
from cable_tui.archive.records import compared_records
from cable_tui.archive.records.read import RecordTask
from cable_tui.query import parse
from cable_tui.value import replace
from tests.archive.fiction import BRIDGE, LAMPS, build_index, many, opened, write_dump, write_page

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


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    root, cache = tmp_path / "cables", tmp_path / "cache"
    write_page(root / "a", HIDDEN)
    write_page(root / "b", NAMED)
    list(index(root, cache, passes=("facts",), stop=_after_facts(cache), workers=0))
    folder = next(cache.glob("*"))
    with closing(schema.open_reader(folder)) as db:
        assert db.execute("SELECT differs FROM also").fetchall() == [(None,)]
        assert not is_whole(db, ())
    assert state(root, cache, "pelham") == ("b/cable/2009/02/09RABAT27.html", [1])


def _after_facts(cache: Path) -> Callable[[], bool]:
    def stop() -> bool:
        for folder in cache.glob("*/catalogue-*.sqlite"):
            with closing(schema.open_reader(folder.parent)) as db:
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


def test_all_of_an_archive_that_is_gone_is_gone(tmp_path: Path) -> None:
    root, cache = tmp_path / "cables", tmp_path / "cache"
    write_page(root / "a", BRIDGE)
    write_page(root / "b", HIDDEN)
    write_page(root / "c", NAMED)
    state(root, cache)
    for folder in ("b", "c"):
        shutil.rmtree(root / folder)
    with closing(opened(root, cache)) as archive, archive.reading() as db:
        assert db.execute("SELECT count(*) FROM also").fetchone() == (0,)
        assert archive.search(parse("pelham")).count == 0

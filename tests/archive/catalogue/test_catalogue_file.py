"""The catalogue's file: what it is made of, who may open it, what happens when it breaks."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.cache import FILE_NAME
from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.base.errors import CacheError
from cable_tui.query import FACETS
from tests.operating_system.systems import OpenElsewhere, at_once, become


def test_a_new_catalogue_says_whose_it_is(tmp_path: Path) -> None:
    with closing(catalogue_file.open_writer(tmp_path / "new")) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (catalogue_file.APPLICATION_ID,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new" / FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", FACETS)
def test_every_facet_has_a_column(tmp_path: Path, name: str) -> None:
    table = {"facts": "cable", "grammar": "grammar"}[FACETS[name].stage]
    with closing(catalogue_file.open_writer(tmp_path)) as db:
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        assert f"facet_{name}" in columns


def test_a_newer_facet_gets_its_column_in_an_older_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue_file.open_writer(tmp_path).close()
    newer = [*facet_columns.columns("grammar"), ("facet_mood", "INTEGER")]
    older = facet_columns.columns
    monkeypatch.setattr(
        facet_columns, "columns", lambda stage: newer if stage == "grammar" else older(stage)
    )
    with pytest.raises(CacheError):
        catalogue_file.open_reader(tmp_path)
    catalogue_file.open_writer(tmp_path).close()
    with closing(catalogue_file.open_reader(tmp_path)) as db:
        assert db.execute("SELECT facet_mood FROM grammar").fetchall() == []


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    catalogue_file.open_writer(tmp_path).close()
    with (
        closing(catalogue_file.open_reader(tmp_path)) as db,
        pytest.raises(sqlite3.OperationalError),
    ):
        db.execute("DELETE FROM state")


def _write_and_fail(db: sqlite3.Connection) -> None:
    with catalogue_file.transaction(db):
        catalogue_file.set_state(db, "key", 1)
        raise KeyError


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with closing(catalogue_file.open_writer(tmp_path)) as db:
        with pytest.raises(KeyError):
            _write_and_fail(db)
        assert catalogue_file.get_state(db, "key") == ""


def test_a_catalogue_that_cannot_be_opened_names_itself(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match=re.escape(FILE_NAME)):
        catalogue_file.open_reader(tmp_path)


def test_a_full_disk_is_no_damage() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as raised:
            db.execute("CREATE TABLE much AS SELECT randomblob(100000)")
    assert not catalogue_file.is_damage(raised.value)
    assert "Free some disk space" in str(catalogue_file.failure(Path("cache"), raised.value))


def test_rubbish_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"rubbish" * 1000)
    catalogue_file.open_or_renew(tmp_path).close()
    catalogue_file.open_reader(tmp_path).close()
    assert (tmp_path / f"{FILE_NAME}.bad").read_bytes() == b"rubbish" * 1000


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (catalogue_file.set_aside, "is damaged and cannot be moved aside"),
        (catalogue_file.remove, ""),
    ],
)
def test_a_catalogue_that_a_room_of_windows_has_open_is_said(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    act: Callable[[Path], None],
    said: str,
) -> None:
    become(monkeypatch, "win32")
    at_once(monkeypatch)
    for method in ("replace", "unlink"):
        monkeypatch.setattr(Path, method, OpenElsewhere(99))
    (tmp_path / FILE_NAME).write_bytes(b"rubbish")
    with pytest.raises(CacheError, match=f"{said}.*open in another program"):
        act(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"rubbish"


def test_generations_never_come_twice_though_the_catalogue_is_made_anew(tmp_path: Path) -> None:
    with closing(catalogue_file.open_writer(tmp_path)) as db:
        first = catalogue_file.generation(db)
        with catalogue_file.transaction(db):
            assert catalogue_file.next_generation(db) == first + 1
    catalogue_file.remove(tmp_path)
    with closing(catalogue_file.open_writer(tmp_path)) as db:
        assert catalogue_file.generation(db) > first

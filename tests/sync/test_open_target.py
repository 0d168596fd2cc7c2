"""Which target a reader means; and that an address is not repeated, which may have a password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cable_tui.sync.folder import FolderTarget
from cable_tui.sync.open_target import open_target
from cable_tui.sync.postgres import PostgresTarget
from cable_tui.sync.target import TargetError


@pytest.mark.parametrize("text", ["~/shared", "shared/marks", "a:b", "marks of 2026", "~"])
def test_a_path_is_a_folder(text: str) -> None:
    target = open_target(f" {text}\n")
    assert isinstance(target, FolderTarget)
    assert target.folder == Path(text).expanduser()


@pytest.mark.parametrize("text", ["postgresql:///marks", " postgres://ana@localhost/marks "])
def test_an_address_is_a_server(text: str) -> None:
    assert isinstance(open_target(text), PostgresTarget)


@pytest.mark.parametrize(
    "text",
    [
        "Postgresql://ana:secret@db.example/marks",
        "POSTGRES://ana:secret@db.example/marks",
        " postgresql://ana:secret@db.example/marks",
        "postgre://ana:secret@db.example/marks",
        "https://ana:secret@db.example/marks",
        "host=db.example password=secret",
        "postgresql://ana:secret@db.example:x/marks",
    ],
)
def test_what_is_neither_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(TargetError) as raised:
        open_target(text)
    assert "secret" not in str(raised.value)


def test_without_the_extra_a_server_is_refused_with_the_way_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cable_tui.sync.postgres", None)
    with pytest.raises(TargetError, match=r"cable-tui\[team\]"):
        open_target("postgresql:///marks")

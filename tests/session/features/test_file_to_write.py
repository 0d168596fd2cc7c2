"""The picture of an answer: from the shell and from its page, with its source and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cable_tui.cli import main
from cable_tui.reports.page_keys import keys_of
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.feature_state import Page
from cable_tui.session.features.file_to_write import Write
from cable_tui.session.registry import Services
from tests.session import done, said

DRAWN = [name for name, row in REPORTS.items() if "svg" in row.report.forms]
QUERIES = {"trend": ["oil"]}


def source_of(picture: str) -> str:
    lines = [each.text or "" for each in ElementTree.fromstring(picture).iter() if each.text]
    return lines[-1].strip() or lines[-2]


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path))


@pytest.mark.parametrize("name", DRAWN)
def test_the_shell_prints_a_picture_with_its_source(
    name: str, indexed: Path, own_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--gaps"] if name == "missing" else QUERIES.get(name, [])
    assert main([name, str(indexed / "cables"), *more, "--format", "svg"]) in {0, 1}
    picture = capsys.readouterr().out
    assert picture.startswith("<svg ")
    assert f"Drawn on {date.today().isoformat()}" in source_of(picture)


@pytest.mark.tool("missing")
def test_a_question_without_a_picture_is_refused(
    indexed: Path, own_home: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["missing", str(indexed / "cables"), "--format", "svg"]) == 2
    assert "--format svg needs --gaps" in capsys.readouterr().err


@pytest.mark.tool("traffic")
def test_the_page_writes_it_once_it_is_read(services: Services, tmp_path: Path) -> None:
    of = REPORTS["traffic"]
    ask = of.report.ask()
    (rows,) = of.report.read(Look(services.archive, ask, tmp_path / "filters"))
    page = Page(of, ask, rows.rows, rows.answer, reading=False)
    key: Any = keys_of(of.report, ())["E"]
    assert isinstance(key.does(Page(of, ask)), effects.Notify)
    asked = key.does(page)
    assert asked.name.endswith(".svg")
    file = tmp_path / "a.svg"
    assert str(file) in said(done(services, asked.named(str(file))))
    assert "cables. Drawn on" in source_of(file.read_text("utf-8"))


def test_no_file_is_written_into_the_archive(services: Services, indexed: Path) -> None:
    inside = indexed / "cables" / "lamps.csv"
    request = Write(str(inside), lambda *_: iter(()), effects.Notify("another name"))
    assert "is inside the archive" in said(done(services, request))
    assert not inside.exists()

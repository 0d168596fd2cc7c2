"""Asking for what sources said, in the reading room."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.features import results
from cable_tui.session.registry import Services
from cable_tui.session.step import perform, step
from cable_tui.tools.voices.room import AskWhatWasSaid, SaidTyped
from tests.archive.fiction import Fiction, opened, write_page
from tests.session import reading_session, ready, said, the, walk

TOLD = Fiction("09RABAT1", text="Tern said that the lamps are old.")
NARRATED = Fiction("09RABAT2", text="The lamps are old.")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    for each in (TOLD, NARRATED):
        write_page(tmp_path / "pages", each)
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt"))
    archive.close()


def test_what_was_said_is_asked_for() -> None:
    asked = the(effects.AskLine, step(ready(), AskWhatWasSaid())[1])
    assert asked.typed("lamp") == SaidTyped("lamp")


@pytest.mark.parametrize(
    ("query", "proposed"),
    [
        ("", ""),
        ("tag:PREL nuclear*", "nuclear*"),
        ("kadafi~ -oil", "kadafi~"),
        ('"new lamps"', '"new lamps"'),
        ("old lamps subject:tea", '"old lamps"'),
    ],
)
def test_the_words_of_the_query_are_proposed(query: str, proposed: str) -> None:
    asked = the(effects.AskLine, step(ready(query), AskWhatWasSaid())[1])
    assert asked.proposed == proposed


def test_who_reads_comes_to_the_list_of_what_was_asked() -> None:
    session = walk(reading_session(20, session=ready("lamp")), SaidTyped("nuclear"))
    found = session.text.strip(), session.pane, session.reading
    assert found == ("lamp said:nuclear", "list", False)


def test_what_is_no_word_is_said() -> None:
    _, wanted = step(ready(), SaidTyped("("))
    assert "( is not a word or text in quotation marks" in said(wanted)


def test_texts_are_counted_while_they_are_read(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    monkeypatch.setattr(results, "_PAUSE", 0.001)
    read = services.archive.search

    def slow(*given: object, **named: object) -> object:
        def items() -> Iterator[int]:
            yield from (1, 2)
            told.wait(10)

        list(services.archive.watch(items(), 2))
        return read(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(services.archive, "search", slow)
    found: list[object] = []
    for each in perform(services, effects.FindHits(parse("said:lamps")), lambda: False):
        found.append(each)
        told.set()
    assert found[0] == results.TextsRead(1, 2)
    assert isinstance(found[-1], results.HitsFound)

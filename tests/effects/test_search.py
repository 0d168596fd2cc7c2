"""Searching for the room: what is said while texts are read for an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

from cable_tui.clipboard import Clipboard
from cable_tui.effects import search
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.library import Library
from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.features import results
from tests.archive.fiction import Fiction, opened, write_page
from tests.archive.source_criticism.fiction import story

Item = TypeVar("Item")
TOLD = Fiction("09RABAT1", text="Tern said that the lamps are old.")
NARRATED = Fiction("09RABAT2", text="The lamps are old.")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    for cable in (TOLD, NARRATED):
        write_page(tmp_path / "pages", cable)
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt"))
    archive.close()


def test_the_answer_is_that_of_the_archive(services: Services) -> None:
    asked = effects.Search(parse("said:lamps"))
    found = list(perform(services, asked, lambda: False))
    (hits,) = [each.hits for each in found if isinstance(each, results.HitsFound)]
    assert [row.reference_id for row in services.archive.rows(hits.ids)] == ["09RABAT1"]


def test_texts_are_counted_while_they_are_read(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    monkeypatch.setattr(search, "_PAUSE", 0.001)
    read = services.archive.search

    def slow(*given: object, **named: object) -> object:
        def items() -> Iterator[int]:
            yield from (1, 2)
            told.wait(10)

        list(services.archive.watch(items(), 2))
        return read(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(services.archive, "search", slow)
    found: list[object] = []
    for each in perform(services, effects.Search(parse("said:lamps")), lambda: False):
        found.append(each)
        told.set()
    assert found[0] == results.TextsRead(1, 2)
    assert isinstance(found[-1], results.HitsFound)


def test_copies_are_found_with_the_answer(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive, closing(Library(tmp_path / "l.sqlite")) as library:
        services = Services(archive, library, Clipboard(tmp_path / "clipboard.txt"))
        found = list(perform(services, effects.Search(parse("")), lambda: False))
        (hits,) = [each.hits for each in found if isinstance(each, results.HitsFound)]
        ((lead, (copy,)),) = hits.copies.under.items()
        named = {row.id: row.reference_id for row in archive.rows([lead, copy])}
        assert (named[lead], named[copy]) == ("09DOHA9", "09CAIRO3")  # the newest first

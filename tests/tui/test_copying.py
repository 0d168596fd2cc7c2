"""All marked cables on the clipboard, in any format, with one notice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui.archive import open_archive
from cable_tui.clipboard import Clipboard
from cable_tui.library import Library
from cable_tui.session import Action, actions, effects
from cable_tui.tui import copying
from cable_tui.tui.outside import Outside
from tests.archive.fiction import GOATS, LAMPS, Fiction, build, write_page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "cables"
    for cable in (
        GOATS,
        LAMPS,
        Fiction(id="09RABAT28", text="Kell (strictly protect) has lamps."),
    ):
        write_page(place, cable)
    build(place, tmp_path / "cache")
    return place


@pytest.fixture
def outside(folder: Path, tmp_path: Path) -> Iterator[Outside]:
    archive = open_archive(folder, tmp_path / "cache")
    library = Library(tmp_path / "library.sqlite", author="")
    yield Outside(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))
    archive.close()
    library.close()


def _copied(outside: Outside, style: str, *references: str) -> list[Action]:
    ids = tuple(outside.archive.find(each) or 0 for each in references)
    return list(outside.perform(effects.PutAllOnClipboard(style, ids), lambda: False))


def test_references_stand_a_line_each_in_the_order_of_the_list(
    outside: Outside, tmp_path: Path
) -> None:
    *_, said = _copied(outside, "reference", "09RABAT27", "08RABAT990")
    assert isinstance(said, actions.Said)
    assert "2 cables" in said.sentence
    assert (tmp_path / "clipboard.txt").read_text() == "09RABAT27\n08RABAT990"


def test_longer_texts_have_a_blank_line_between_them(outside: Outside, tmp_path: Path) -> None:
    _copied(outside, "bibtex", "09RABAT27", "08RABAT990")
    first, second = (tmp_path / "clipboard.txt").read_text().split("\n\n")
    assert "09RABAT27" in first
    assert "08RABAT990" in second


def test_items_of_several_cables_are_one_array(outside: Outside, tmp_path: Path) -> None:
    _copied(outside, "csl-json", "09RABAT27", "08RABAT990", "09RABAT28")
    items = json.loads((tmp_path / "clipboard.txt").read_text())
    assert [item["id"] for item in items] == ["09RABAT27", "08RABAT990", "09RABAT28"]


def test_cautions_are_said_once(outside: Outside) -> None:
    warned, said = _copied(outside, "reference", "09RABAT28", "08RABAT990")
    assert isinstance(warned, actions.Warned)
    assert warned.sentence.startswith("09RABAT28: ")
    assert "strictly protect" in warned.sentence
    assert isinstance(said, actions.Said)


def test_a_cable_whose_file_is_gone_is_said_and_the_others_copied(
    outside: Outside, folder: Path
) -> None:
    next(folder.rglob("08RABAT990.html")).unlink()
    warned, said = _copied(outside, "text", "09RABAT27", "08RABAT990")
    assert isinstance(warned, actions.Warned)
    assert warned.sentence == "1 of 2 marked cables could not be copied so."
    assert isinstance(said, actions.Said)
    (failed,) = _copied(outside, "text", "08RABAT990")
    assert isinstance(failed, actions.Failed)


def test_too_many_go_to_a_file(outside: Outside) -> None:
    ids = tuple(range(copying.MOST + 1))
    (failed,) = outside.perform(effects.PutAllOnClipboard("reference", ids), lambda: False)
    assert isinstance(failed, actions.Failed)
    assert failed.sentence == "1,001 cables are too many to copy: E writes them to a file."


def test_a_cancelled_copy_copies_nothing(outside: Outside, tmp_path: Path) -> None:
    effect = effects.PutAllOnClipboard("reference", (1, 2))
    assert list(outside.perform(effect, lambda: True)) == []
    assert not (tmp_path / "clipboard.txt").exists()

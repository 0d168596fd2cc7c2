"""What the page of echoes shows, read from an archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.clipboard import Clipboard
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.library import Library
from cable_tui.session.base import Action, Effect
from cable_tui.session.feature_state import EchoLine
from cable_tui.session.features.source_criticism.echoes import (
    EchoesFailed,
    EchoesRead,
    EchoFound,
    FindEcho,
    ReadEchoes,
)
from tests.archive.fiction import write_dump
from tests.archive.source_criticism.fiction import FERRY, STORY, build, cable


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write_dump(folder / "cables.csv", STORY)
    for _ in index(folder, cache, workers=0):
        pass
    archive = open_archive(folder, cache)
    library = Library(tmp_path / "library.sqlite", author="ada")
    with closing(archive), closing(library):
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))


def done(services: Services, effect: Effect) -> Action:
    (action,) = perform(services, effect, lambda: False)
    return action


def compare(services: Services) -> None:
    """Compare the sentences of the archive."""
    build(services.archive.root, services.archive.folder.parent)


def lines(services: Services, reference: str | None) -> list[EchoLine]:
    id_ = services.archive.find(reference) if reference else None
    action = done(services, ReadEchoes(1, id_))
    assert isinstance(action, EchoesRead)
    return list(action.lines)


@pytest.mark.parametrize("reference", ["09RABAT1", None])
def test_the_page_says_that_sentences_were_not_compared(
    services: Services, reference: str | None
) -> None:
    found = lines(services, reference)
    assert found[0].text == "Sentences were not compared yet."
    assert "`cable-tui echoes PATH`" in found[-1].text
    assert all(len(each.text) < 74 for each in found)  # as wide as the page at 80 columns


def test_the_page_says_that_cables_came_later(services: Services) -> None:
    compare(services)
    write_dump(services.archive.root / "more.csv", [cable(20, FERRY)])
    for _ in index(services.archive.root, services.archive.folder.parent, workers=0):
        pass
    assert lines(services, "09RABAT1")[0].text.startswith("Some cables came after")


def test_a_passage_has_its_cables_below_it_and_all_can_be_listed(services: Services) -> None:
    compare(services)
    found = lines(services, "09RABAT1")
    at = next(at for at, each in enumerate(found) if FERRY in each.text)
    head, facts, *places = found[at : at + 4]
    assert (head.look, head.id) == ("passage", services.archive.find("09RABAT1"))
    assert facts.text == "   recycled · in 2 other cables · 3 posts · first here"
    assert [each.text.split()[0] for each in places] == ["09CAIRO3", "09DOHA9"]
    assert {each.group for each in (head, *places)} == {("09RABAT1", "09CAIRO3", "09DOHA9")}


def test_copies_and_cables_like_this_one_are_named(services: Services) -> None:
    compare(services)
    found = lines(services, "09CAIRO3")
    copy = next(each for each in found if "nearly the same text" in each.text)
    assert copy.text.split()[0] == "09DOHA9"
    assert copy.group == ("09CAIRO3", "09DOHA9")


def test_the_archive_is_told_as_a_whole(services: Services) -> None:
    compare(services)
    found = lines(services, None)
    assert found[0].text == "8 different sentences; 4 in more than one cable"
    copies = [each for each in found if each.group == ("09CAIRO3", "09DOHA9")]
    assert [each.text.split()[0] for each in copies[:2]] == ["09CAIRO3", "09DOHA9"]
    ferry = next(each for each in found if FERRY in each.text)
    assert set(ferry.group) == {"09RABAT1", "09CAIRO3", "09DOHA9"}


def test_a_place_is_found_in_its_paragraph(services: Services) -> None:
    id_ = services.archive.find("09RABAT1")
    assert id_ is not None
    body = services.archive.cable(id_).body
    for at, paragraph in enumerate(body.paragraphs):
        assert done(services, FindEcho(1, id_, paragraph.span[0] + 5)) == EchoFound(1, id_, at)
    assert done(services, FindEcho(1, id_, 0)) == EchoFound(1, id_, None)


def test_a_cable_that_is_gone_is_said(services: Services) -> None:
    compare(services)
    for effect in (ReadEchoes(3, 999), FindEcho(3, 999, 0)):
        action = done(services, effect)
        assert isinstance(action, EchoesFailed)
        assert action.ticket == 3

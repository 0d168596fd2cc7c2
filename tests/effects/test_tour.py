"""Words that the tour names are in the archive, and their slips are repaired there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.demo.tour import WORDS
from cable_tui.effects import tour as handlers
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.query import Word, parse
from cable_tui.session.features import tour
from cable_tui.session.links import stops
from cable_tui.session.values import OpenedCable
from tests.archive.fiction import GOATS, LAMPS, write_page


def _archive(folder: Path, cache: Path) -> Archive:
    for _ in index(folder, cache, workers=0):
        pass
    return open_archive(folder, cache)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The demo."""
    place = tmp_path_factory.mktemp("tour")
    demo.write(place / "demo")
    return _archive(place / "demo", place / "cache")


def found(archive: Archive, text: str, *words: str) -> tour.TourWordsFound:
    services = Services(archive, None, None)  # type: ignore[arg-type]  # neither is asked
    effect = tour.FindTourWords((text, False), parse(text), words)
    (answer,) = perform(services, effect, lambda: False)
    assert isinstance(answer, tour.TourWordsFound)
    assert answer.asked == effect.asked
    return answer


@pytest.mark.parametrize(
    "text",
    ["", "tag:EFIS", 'origin:"Embassy Sant Oriel"', "date:2009", "lobster", "tag:AMGT"],
)
@pytest.mark.parametrize("words", [(), WORDS], ids=["of the archive", "of the demo"])
def test_a_word_finds_cables_and_a_slip_finds_them_too(
    archive: Archive, text: str, words: tuple[str, ...]
) -> None:
    answer = found(archive, text, *words)
    query = parse(text)
    assert answer.word not in text
    assert archive.search(query.plus(Word(answer.word))).count > 0
    hits = archive.search(query.plus(Word(answer.slip)))
    assert hits.count > 0
    assert [each.word for each in hits.corrections] == [answer.slip]


def test_the_words_of_the_demo_come_first_where_they_find_something(archive: Archive) -> None:
    answer = found(archive, "", *WORDS)
    assert answer.word == "lobster"
    assert sorted(answer.slip) == sorted("lobster")
    assert found(archive, "lobster", *WORDS).word != "lobster"


def test_where_nothing_is_found_no_word_is_named(archive: Archive) -> None:
    answer = found(archive, "xyzzyplugh", *WORDS)
    assert (answer.word, answer.slip) == ("", "")


def test_two_letters_are_exchanged_and_never_the_first(archive: Archive) -> None:
    assert handlers.repaired_slip(archive, parse(""), "lobster") == "lobstre"
    assert handlers.repaired_slip(archive, parse(""), "xyzzyplugh") == ""


def test_a_small_archive_has_words_of_its_own(tmp_path: Path) -> None:
    for each in (GOATS, LAMPS):
        write_page(tmp_path / "cables", each)
    archive = _archive(tmp_path / "cables", tmp_path / "cache")
    assert archive.search(parse(found(archive, "").word)).count > 0


def test_the_stops_that_lead_to_cables_of_the_archive_are_found(archive: Archive) -> None:
    id_ = archive.find("04STATE240117")
    assert id_ is not None
    cable = archive.cable(id_)
    (answer,) = perform(
        Services(archive, None, None),  # type: ignore[arg-type]  # neither is asked
        tour.FindCitingStops(OpenedCable(id_, cable)),
        lambda: False,
    )
    assert isinstance(answer, tour.CitingStopsFound)
    named = [cable.body.text[slice(*stops(cable)[at].span)].strip()[:30] for at in answer.stops]
    # Its two REF lines, and the paragraph that speaks of refs A and B.
    assert [each.split("\n")[0][:12] for each in named] == [
        "REF: A. SANT",
        "B. PORT AMBE",
        "2. (C) The D",
    ]

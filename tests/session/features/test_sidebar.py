"""How the library is looked at: orders, saved searches, cables read last."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.tools import Tool
from cable_tui.base.value import replace
from cable_tui.query.fields import REGIONS
from cable_tui.session import effects
from cable_tui.session.feature_state import Notebook, OriginNote
from cable_tui.session.features import sidebar
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.panes import Focus
from cable_tui.session.features.sidebar import (
    CountSaved,
    OriginNotesRead,
    PickFacetValue,
    ReadOriginNotes,
    ReadRecent,
    RecentRead,
    ReverseSection,
    SavedCounted,
    by_city,
    of_published,
    published,
    region,
)
from cable_tui.session.registry import Cancelled, Services
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from tests.session import done, ready, the, walk
from tests.session.features.test_sidebar_sections import number


def test_a_section_turns_round_and_back() -> None:
    session = walk(ready(), ReverseSection("tag"))
    assert session.sidebar.turned == {"tag"}
    assert walk(session, ReverseSection("tag")).sidebar.turned == frozenset()


def _with(**kept: object) -> Session:
    return replace(ready("lobster "), notebook=Notebook(**kept))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("section", "value", "text"),
    [
        ("origin", "Embassy Zenda", 'lobster origin:"Embassy Zenda"'),
        ("list", "TIP story", 'lobster list:"TIP story"'),
        ("list", "", "lobster is:bookmarked"),
        ("saved", "catch", "herring origin:zenda"),
    ],
)
def test_a_value_narrows_and_a_saved_search_takes_the_place(
    section: str, value: str, text: str
) -> None:
    session = _with(searches=(("catch", "herring origin:zenda"),))
    assert walk(session, PickFacetValue(section, value)).text.strip() == text


def test_a_saved_search_with_an_unknown_prefix_opens_with_its_own_text() -> None:
    session = _with(searches=(("old", "kelp orgin:rabat"),))
    session, wanted = step(session, PickFacetValue("saved", "old"))
    assert session.text == "kelp orgin:rabat"
    assert session.query.complaints[0].column == 5
    assert [str(each.query) for each in wanted if isinstance(each, effects.FindHits)] == [
        "kelp rabat"
    ]


def test_what_is_picked_twice_is_taken_out_again() -> None:
    session, pick = _with(lists=(("TIP story", 2),)), PickFacetValue("list", "TIP story")
    assert str(walk(session, pick, pick).query) == "lobster"
    excluded = walk(session, PickFacetValue("list", "TIP story", "excluding"))
    assert str(excluded.query) == 'lobster -list:"TIP story"'
    gone = PickFacetValue("saved", "catch")
    assert walk(_with(), gone).text.strip() == "lobster", "a saved search that is gone"


def test_a_cable_that_was_read_is_opened() -> None:
    _, wanted = step(_with(), PickFacetValue("recent", "09ZENDA1"))
    assert wanted == (effects.GoToCable("09ZENDA1"),)


def test_searches_are_counted_and_cables_named_only_when_they_changed() -> None:
    notebook = Notebook(searches=(("catch", "herring"),), recent=("09ZENDA1",))
    session, wanted = step(ready(), LibraryChanged(notebook))
    assert wanted == (CountSaved((("catch", "herring"),)), ReadRecent(("09ZENDA1",)))
    assert step(session, LibraryChanged(notebook))[1] == ()
    session = walk(session, SavedCounted((("catch", 7),)), RecentRead((("09ZENDA1",) * 3,)))
    assert session.sidebar.saved == (("catch", 7),)
    assert session.sidebar.recent == (("09ZENDA1", "09ZENDA1", "09ZENDA1"),)


READ = replace(Session(phase="ready"), summary=Summary(40, 2004, 2010))
"""A room with an archive that is read."""


def test_the_library_computes_it_when_it_first_gets_the_keys() -> None:
    assert ReadOriginNotes(40) in step(READ, Focus("filters"))[1]
    for pane in ("list", "timeline"):
        assert ReadOriginNotes(40) not in step(READ, Focus(pane))[1]
    building = replace(READ, building=Progress("walk", 0, 0))
    assert ReadOriginNotes(40) not in step(building, Focus("filters"))[1]


def test_it_is_computed_once_until_cables_come_and_shown_in_the_library() -> None:
    notes = {"Embassy Rabat": OriginNote(("~6%",), "few")}
    known, wanted = step(READ, OriginNotesRead(notes, 40))
    assert (known.sidebar.notes, wanted) == (notes, ())
    assert not any(isinstance(each, ReadOriginNotes) for each in step(known, Focus("filters"))[1])
    grown = replace(known, summary=Summary(41, 2004, 2010))
    assert ReadOriginNotes(41) in step(grown, Focus("filters"))[1]


def test_the_answer_has_what_each_tool_knows(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(archive: Archive, _: Cancelled) -> Mapping[str, OriginNote]:
        return {"Embassy Rabat": OriginNote((), f"{archive.summary().cables} of them")}

    rows = (Tool("lamps", "count lamps"), Tool("bells", "ring", origin_notes="bells:notes"))
    monkeypatch.setattr(sidebar, "tools", lambda: rows)
    monkeypatch.setattr(sidebar, "load", {"bells:notes": read}.__getitem__)
    answer = the(OriginNotesRead, done(services, ReadOriginNotes(7)))
    cables = services.archive.summary().cables
    assert answer == OriginNotesRead({"Embassy Rabat": OriginNote((), f"{cables} of them")}, 7)


def test_nothing_is_answered_once_it_is_cancelled(services: Services) -> None:
    assert list(perform(services, ReadOriginNotes(7), lambda: True)) == []


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("Embassy Rabat", "Near East and North Africa"),
        ("Embassy Nairobi", "Africa"),
        ("Consulate Hong Kong", "East Asia and Pacific"),
        ("Embassy Kabul", "South and Central Asia"),
        ("Embassy Mexico", "Western Hemisphere"),
        ("Secretary of State", "Washington and others"),
        ("Embassy Zenda", "Washington and others"),
        ("", "Washington and others"),
    ],
)
def test_an_origin_stands_in_its_region(origin: str, expected: str) -> None:
    assert region(origin) == expected
    assert expected in REGIONS


def test_posts_are_ordered_by_city_whatever_kind_they_are() -> None:
    posts = ["Embassy Rabat", "Consulate Casablanca", "Embassy Zenda", "Embassy Algiers"]
    ordered = [posts[at] for at in (3, 1, 2, 0)]
    assert sorted(posts, key=by_city) == ordered


@pytest.mark.parametrize(
    ("origins", "year", "known"),
    [
        pytest.param({"Embassy Rabat": 9, "Embassy Zenda": 3}, "", 9, id="a part"),
        pytest.param({"Embassy Zenda": 3}, "", None, id="another world"),
        pytest.param({"Embassy Rabat": 3, "Embassy Zenda": 9}, "", None, id="mostly another"),
        pytest.param({}, "", None, id="nothing"),
        pytest.param({"Embassy Rabat": 251_288}, "", None, id="more than were"),
        pytest.param({"Embassy Rabat": 9}, "1975", None, id="another collection"),
        pytest.param({"Embassy Rabat": 9}, "2009", 9, id="its years"),
    ],
)
def test_how_many_of_the_published_cables_are_here(
    origins: dict[str, int], year: str, known: int | None
) -> None:
    assert (published("Embassy Abu Dhabi"), published("Embassy Zenda")) == (2547, 0)
    dates = [number(year, 9)] if year else []
    assert (
        of_published({"origin": [number(*each) for each in origins.items()], "date": dates})
        == known
    )

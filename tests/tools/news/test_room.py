"""News in the room: counted when something changed, shown beside searches, read when opened."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.session.ask import SearchFor
from cable_tui.session.feature_state import Notebook, SearchNote
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.goto import ShowSearches
from cable_tui.session.features.index_status import ArchiveSummarised
from cable_tui.session.features.sidebar import PickFacetValue
from cable_tui.session.features.sidebar_cursor import ClickLine, PickHere
from cable_tui.session.features.sidebar_sections import reader_sections
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect
from cable_tui.tools.news import room, seen_file
from cable_tui.tools.news.room import CountNews, NewsCounted, NewsFileChanged, OpenSearch
from tests.session import done, menu, ready, said, the, walk

SEARCHES = (("catch", "herring"), ("marked", "is:bookmarked"))
ROOM = replace(ready(), checked=True, notebook=Notebook(searches=SEARCHES))
SUMMARY = ArchiveSummarised(Summary(40, 2004, 2010))
COUNT = CountNews((("kettles", "kettle"),))
NEWS = SearchNote("+3", "3 new since you looked", "ref:09ZENDA1")


def _counts(wanted: tuple[Effect, ...]) -> list[CountNews]:
    return [each for each in wanted if isinstance(each, CountNews)]


@pytest.mark.parametrize(
    ("session", "action", "counted"),
    [
        (ROOM, SUMMARY, True),
        (replace(ROOM, building=Progress("walk", 0, 0)), SUMMARY, False),
        (replace(ROOM, checked=False), SUMMARY, False),
        (replace(ROOM, notebook=Notebook()), SUMMARY, False),
        (ROOM, NewsFileChanged(), True),
        (ROOM, LibraryChanged(replace(ROOM.notebook, seen=frozenset({"09ZENDA1"}))), False),
        (ROOM, LibraryChanged(replace(ROOM.notebook, lists=(("TIP", 1),))), True),
        (ROOM, LibraryChanged(Notebook(searches=SEARCHES[:1])), True),
    ],
)
def test_news_are_counted_if_the_archive_or_the_library_changed(
    session: Session, action: Action, counted: bool
) -> None:
    after, wanted = step(session, action)
    assert _counts(wanted) == [CountNews(after.notebook.searches)] * counted


def test_own_bookmarks_count_nothing_if_no_search_asks_for_them() -> None:
    session = replace(ROOM, notebook=Notebook(searches=SEARCHES[:1]))
    changed = replace(session.notebook, marks=frozenset({("09ZENDA1", None)}))
    assert _counts(step(session, LibraryChanged(changed))[1]) == []


def test_news_stand_beside_the_search_and_in_the_menu() -> None:
    session = walk(ROOM, NewsCounted((("catch", NEWS),)))
    (section,) = reader_sections(session)
    assert [item.notes for item in section.items] == [("+3",), ()]
    labels = [item.label for item in menu(step(session, ShowSearches())[1]).items]
    assert labels == ["catch", "marked", "catch: 3 new since you looked"]
    assert walk(session, NewsCounted(())).sidebar.search_notes == {}


def test_opened_news_stay_in_the_menu_only() -> None:
    session = walk(ROOM, NewsCounted((("catch", NEWS), ("marked", NEWS))))
    opened = SearchNote("", "3 new when you opened it", "ref:09ZENDA1")
    session = walk(session, NewsCounted((("catch", opened),), opened=True))
    assert session.sidebar.search_notes == {"catch": opened, "marked": NEWS}
    session = walk(session, NewsCounted(()))
    assert session.sidebar.search_notes == {"catch": opened}


def test_a_picked_search_is_opened_and_another_value_is_not() -> None:
    assert OpenSearch("catch", "herring") in step(ROOM, PickFacetValue("saved", "catch"))[1]
    for section, value in (("saved", "gone"), ("list", "TIP")):
        wanted = step(ROOM, PickFacetValue(section, value))[1]
        assert not any(isinstance(each, OpenSearch) for each in wanted)


def test_a_search_is_opened_by_each_way_that_leads_to_it() -> None:
    session = walk(ROOM, NewsCounted((("catch", NEWS),)))
    sections = tuple(reader_sections(session))
    lines = replace(session.filter_lines.with_sections(sections), at=1)
    session = replace(session, filter_lines=lines)
    menu_lines = menu(step(session, ShowSearches())[1]).items
    key = session.filter_lines.lines[1].key
    for action in (PickHere("toggled"), ClickLine(key, folds=False), menu_lines[2].does):
        opened = OpenSearch("catch", "herring", listed=action is menu_lines[2].does)
        assert opened in step(session, action)[1]
    wanted = step(session, SearchFor("herring"))[1]
    assert not any(isinstance(each, OpenSearch) for each in wanted)


def test_an_opened_search_is_read_and_names_what_was_new(services: Services) -> None:
    services.archive.own = services.library.reader_data
    file = seen_file.file_beside(services.library.path)
    assert done(services, COUNT) == [NewsCounted(())]
    seen = seen_file.of_archive(file, services.archive.root)["kettle"]
    file.unlink()
    first, *others = seen.records.items()
    seen_file.look(file, services.archive.root, {"kettle": dict(others)})
    ((name, note),) = the(NewsCounted, done(services, COUNT)).notes
    assert (name, note.short, note.query) == ("kettles", "+1", f"ref:{first[0]}")
    counted, notice = done(services, OpenSearch("kettles", "kettle"))
    assert the(NewsCounted, [counted]).opened
    sentence = f"1 new since {seen.since[:10]}: {first[0]}"
    assert said([notice]) == f"{sentence} · g s lists only these"
    assert done(services, OpenSearch("kettles", "kettle")) == []
    assert done(services, COUNT) == [NewsCounted(())]


def test_the_list_of_only_new_cables_is_told_no_key_for_it(services: Services) -> None:
    services.archive.own = services.library.reader_data
    file = seen_file.file_beside(services.library.path)
    done(services, COUNT)
    (first, *_), seen = seen_file.of_archive(file, services.archive.root)["kettle"].records, file
    seen.unlink()
    seen_file.look(file, services.archive.root, {"kettle": {}})
    _, notice = done(services, OpenSearch("kettles", "kettle", listed=True))
    assert first in said([notice])
    assert "g s" not in said([notice])


def test_a_change_by_another_window_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_EVERY", 0.01)
    file = tmp_path / "news.json"
    watch = room.NewsFileWatch(file)
    noticed: list[Action] = []

    def post(action: Action) -> None:
        noticed.append(action)
        watch.stop()

    thread = Thread(target=watch.run, args=(post,))
    thread.start()
    number = 0
    while thread.is_alive():
        number += 1
        file.write_text("x" * number)
        thread.join(0.05)
    assert noticed == [NewsFileChanged()]

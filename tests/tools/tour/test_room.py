"""The tour, step by step: what each asks for from here, and what it takes as done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.value import replace
from cable_tui.query import Word, parse
from cable_tui.query.answers import Correction, Hits
from cable_tui.session import effects
from cable_tui.session.feature_state import Context, Notebook, Preview
from cable_tui.session.features import (
    bookmarks,
    copy,
    goto,
    opened_cable,
    panes,
    results,
    search_bar,
    sidebar,
)
from cable_tui.session.features.links import stops
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from cable_tui.session.values import Action, OpenedCable, Pane
from cable_tui.tools.tour import room as handlers
from cable_tui.tools.tour import room as tour
from cable_tui.tools.tour.command import WORDS
from cable_tui.tools.tour.room import tour_of
from tests.session import BodyAt, cable, done, kinds, reading_session, ready, said, the, walk

NARROW, SEARCH, CORRECT, READ, FOLLOW, COME_BACK, MARK, CITE, HELP = range(9)


def at(number: int, session: Session | None = None) -> Session:
    """A room whose tour is at a step."""
    session = walk(session or ready(), tour.ToggleTour())
    return walk(session, *[tour.NextTourStep()] * number)


def answered(session: Session, *, count: int = 4, repair: Correction | None = None) -> Session:
    """The session when its query was answered."""
    hits = Hits(
        tuple(range(10, 10 * count + 1, 10)), count, corrections=(repair,) if repair else ()
    )
    return walk(session, results.HitsFound(hits))


def typing(session: Session, text: str) -> Session:
    """The session while a text is typed into the bar."""
    return walk(session, panes.EditBar(), search_bar.QueryTyped(text))


def typed(session: Session, text: str, **answer: object) -> Session:
    """The session when a text was typed into the bar, kept and answered."""
    session = walk(typing(session, text), search_bar.AcceptBar())
    return answered(session, **answer)  # type: ignore[arg-type]


def test_there_are_nine_steps_in_the_order_of_a_first_walk() -> None:
    names = "Narrow, Search, Correct, Read, Follow, Come back, Bookmark, Cite, Find help"
    assert ", ".join(each.name for each in tour.TOUR) == names


def test_the_key_begins_the_tour_and_leaves_it() -> None:
    assert tour.hint(ready()) == ""
    session, wanted = step(ready(), tour.ToggleTour())
    assert tour_of(session).at == NARROW
    assert effects.RememberChoice("tour", True) in wanted
    session, wanted = step(session, tour.ToggleTour())
    assert (tour_of(session).at, tour.hint(session)) == (None, "")
    assert "has ended" in said(wanted)


def test_the_tour_changes_nothing_else_of_the_room() -> None:
    before = reading_session(20)
    session = walk(before, tour.ToggleTour(), *[tour.NextTourStep()] * 8, tour.ToggleTour())
    assert replace(session, of_tools=before.of_tools) == before


@pytest.mark.parametrize(("shown", "line"), [(True, tour.OFFER), (False, "")])
def test_the_offer_is_a_line_until_it_is_taken_or_hidden(shown: bool, line: str) -> None:
    session, wanted = step(ready(), tour.OfferTour(("kelp",), shown))
    assert tour.hint(session) == line
    assert wanted == ((effects.RememberChoice("tour", True),) if shown else ())
    hidden = walk(session, tour.NextTourStep())
    assert (tour.hint(hidden), tour_of(hidden).own_words) == ("", ("kelp",))
    begun = walk(session, tour.ToggleTour())
    assert (tour_of(begun).at, tour_of(begun).own_words) == (NARROW, ("kelp",))


def test_where_no_folder_is_open_there_is_no_line() -> None:
    assert tour.hint(replace(at(0), phase="choosing")) == ""
    assert tour.hint(replace(walk(ready(), tour.OfferTour((), True)), phase="empty")) == ""


def test_the_next_step_can_be_gone_to_without_doing_this_one_and_the_last_ends_the_tour() -> None:
    session = at(0)
    for number in range(1, 10):
        session = walk(session, tour.NextTourStep())
        assert tour_of(session).at == number
    session, wanted = step(session, tour.NextTourStep())
    assert tour_of(session).at is None
    assert "".join(each.key for each in the(effects.AskMenu, wanted).items) == "cmdvp"
    assert "No tour" in said(step(session, tour.NextTourStep())[1])


def test_a_dialog_leaves_the_tour_and_begins_none() -> None:
    assert tour_of(walk(at(MARK), tour.LeaveTour())).at is None
    assert step(ready(), tour.LeaveTour()) == (ready(), ())


def _opened(session: Session) -> Session:
    session = walk(session, results.MoveCursorTo(1), opened_cable.OpenCable())
    return walk(session, opened_cable.CableShown(20, cable(20, "1", "2")))


def _narrowed(session: Session) -> Session:
    return walk(session, sidebar.PickFacetValue("tag", "EFIS"))


def _marked(session: Session) -> Session:
    marks = frozenset({("09ZENDA20", "1")})
    return walk(session, bookmarks.LibraryChanged(Notebook(marks=marks)))


SLIP, KEPT = Correction("kepl", (("kelp", 3),)), Correction("kepl", ())
DONE: list[tuple[int, str, Callable[[Session], Session]]] = [
    (NARROW, "a value of the library", _narrowed),
    (NARROW, "a filter that is typed", lambda s: typed(s, "tag:EFIS")),
    (SEARCH, "a word", lambda s: typed(s, "kelp")),
    (SEARCH, "a phrase behind a filter", lambda s: typed(_narrowed(s), 'tag:EFIS "kelp bed"')),
    (CORRECT, "a slip", lambda s: typed(s, "kepl", repair=SLIP)),
    (READ, "on in the text", lambda s: walk(_opened(s), BodyAt(0, 3, 1))),
    (FOLLOW, "a reference", lambda s: walk(_opened(s), opened_cable.ReferenceResolved("x", 30))),
    (COME_BACK, "back", lambda s: walk(_opened(s), opened_cable.GoBack())),
    (COME_BACK, "back by the menu", lambda s: walk(_opened(s), goto.GoBackSteps(1))),
    (MARK, "a bookmark on the disk", _marked),
    (CITE, "a copy of the cable", lambda s: walk(s, copy.Copy("reference"))),
    (CITE, "a copy of a paragraph", lambda s: walk(_opened(s), copy.Copy("quotation"))),
]


@pytest.mark.parametrize(("number", "how", "does"), DONE, ids=[f"{n}-{how}" for n, how, _ in DONE])
def test_a_step_is_done_by_what_it_asks_for(
    number: int, how: str, does: Callable[[Session], Session]
) -> None:
    assert how
    assert tour_of(does(at(number))).at == number + 1


def test_the_help_is_the_last_step() -> None:
    session, wanted = step(at(HELP), panes.OpenMenu("help"))
    assert wanted == (effects.ShowMenu("help"),)
    assert "{help.tour_next} tries a tool" in tour.hint(session)
    assert "{go.menu} lists everything" in tour.hint(session)


def test_a_dialog_is_left_for_the_next_step_and_only_while_the_tour_runs() -> None:
    session, wanted = step(at(CITE), tour.LeaveDialogForNextStep())
    assert (tour_of(session).at, wanted) == (HELP, (effects.LeaveDialog(),))
    assert step(ready(), tour.LeaveDialogForNextStep()) == (ready(), ())


NOT_DONE: list[tuple[int, str, Callable[[Session], Session]]] = [
    (NARROW, "a word", lambda s: typed(s, "kelp")),
    (NARROW, "a filter being typed", lambda s: typing(s, "tag:EFIS")),
    (SEARCH, "a filter", _narrowed),
    (SEARCH, "a word that finds nothing", lambda s: typed(s, "xyzzy", count=0)),
    (SEARCH, "a word being typed", lambda s: answered(typing(s, "kelp"))),
    (CORRECT, "a word without a slip", lambda s: typed(s, "kelp")),
    (CORRECT, "a slip that is not repaired", lambda s: typed(s, "kepl", repair=KEPT)),
    (CORRECT, "a slip, and nothing is found", lambda s: typed(s, "kepl", repair=SLIP, count=0)),
    (READ, "a cable that is only opened", _opened),
    (FOLLOW, "no cable here", lambda s: walk(s, opened_cable.ReferenceResolved("x", None))),
    (COME_BACK, "nowhere to go back to", lambda s: walk(s, opened_cable.GoBack())),
    (MARK, "a key before the disk has it", lambda s: walk(s, bookmarks.ToggleBookmark())),
    (MARK, "a bookmark taken away", lambda s: walk(s, bookmarks.LibraryChanged(Notebook()))),
    (CITE, "the menu only", lambda s: walk(s, panes.OpenMenu("copy"))),
    (HELP, "another menu", lambda s: walk(s, panes.OpenMenu("go"))),
]


@pytest.mark.parametrize(
    ("number", "how", "does"), NOT_DONE, ids=[f"{n}-{how}" for n, how, _ in NOT_DONE]
)
def test_a_step_stays_where_something_else_is_done(
    number: int, how: str, does: Callable[[Session], Session]
) -> None:
    assert how
    session = does(at(number))
    assert tour_of(session).at == number
    assert tour.hint(session)


def _in(pane: Pane) -> Session:
    return walk(reading_session(20), panes.Focus(pane))


def _following(stop: int, *stops: int) -> Session:
    session = walk(at(FOLLOW, reading_session(20)), tour.CitingStopsFound(20, stops))
    return replace(session, stop=stop)


FINDING = replace(reading_session(20), find=replace(ready().find, open=True))
IN_TEXT = replace(reading_session(20), paragraph=1)
BOOKMARKED = replace(IN_TEXT, paragraph=None, notebook=Notebook(frozenset({("09ZENDA20", None)})))
NOWHERE = replace(ready(), hits=Hits(), at=0)
HINTS: list[tuple[int, Session, str]] = [
    (NARROW, ready(), "{pane.filters} to the filters; {filters.toggle} adds a value"),
    (NARROW, _in("filters"), "{filters.down} to a value, {filters.toggle} keeps only its cables"),
    (
        NARROW,
        replace(ready(), pane="timeline"),
        "{timeline.write} keeps only the cables of this period",
    ),
    (NARROW, _in("bar"), "type a filter such as `date:2009`, then {bar.accept}"),
    (SEARCH, ready(), "{search.edit} starts a query: type a word, then {bar.accept}"),
    (SEARCH, _in("bar"), "type a word, then {bar.accept}"),
    (SEARCH, NOWHERE, "no cables found: {go.back} goes back"),
    (CORRECT, ready(), "{search.edit} and type a misspelt word, then {bar.accept}"),
    (CORRECT, _in("bar"), "type a misspelt word, then {bar.accept}"),
    (CORRECT, NOWHERE, "no cables found: {go.back} goes back"),
    (READ, ready(), "{list.read} reads this cable"),
    (READ, NOWHERE, "no cables found: {go.back} goes back"),
    (READ, _in("filters"), "{pane.list} to the list of cables"),
    (READ, _in("bar"), "{bar.undo} leaves the search bar"),
    (READ, reading_session(20), "{body.next} goes on to the next paragraph"),
    (READ, _in("header"), "{pane.body} to the text of the cable"),
    (FOLLOW, ready(), "{list.read} reads this cable"),
    (FOLLOW, _in("header"), "{pane.body} to the text of the cable"),
    (FOLLOW, _in("context"), "{context.open} opens the cable under the cursor"),
    (FOLLOW, reading_session(20), "it cites none in this archive: {cable.next} opens another"),
    (
        FOLLOW,
        reading_session(40),
        "it cites none in this archive: {cable.previous} opens another",
    ),
    (FOLLOW, FINDING, "{find.end} ends the search in this cable"),
    (COME_BACK, ready(), "{list.read} reads this cable"),
    (COME_BACK, reading_session(20), "{go.back} goes back to where you were"),
    (MARK, ready(), "{bookmark.toggle} bookmarks this cable; {bookmark.undo} undoes that"),
    (MARK, NOWHERE, "no cables found: {go.back} goes back"),
    (MARK, IN_TEXT, "{bookmark.toggle} bookmarks this paragraph; {bookmark.undo} undoes that"),
    (MARK, BOOKMARKED, "{body.next} to the next paragraph, {bookmark.toggle} bookmarks it"),
    (CITE, ready(), "{copy.menu} lists what to copy; `y` there is the reference"),
    (CITE, NOWHERE, "no cables found: {go.back} goes back"),
    (HELP, ready(), "{help.show} lists the keys; type there to find one"),
]
"""Step, room, and what the line says there."""


@pytest.mark.parametrize(("number", "session", "line"), HINTS, ids=[each[2] for each in HINTS])
def test_the_line_says_the_way_from_where_the_reader_is(
    number: int, session: Session, line: str
) -> None:
    session = session.with_tool(tour_of(at(number)))
    assert tour.hint(session) == line


BACKWARD = "{body.previous} to a citing line, {body.follow} opens the cable"


@pytest.mark.parametrize(
    ("session", "line"),
    [
        (_following(2, 2, 5), "{body.follow} opens the cited cable"),
        (_following(0, 2, 5), "{body.next} to a citing line, {body.follow} opens the cable"),
        (_following(9, 2, 5), BACKWARD),
        (_following(3, 2, 5), BACKWARD),
    ],
)
def test_the_nearest_place_that_cites_is_named(session: Session, line: str) -> None:
    assert tour.hint(session) == line


def test_a_cable_that_cites_none_may_be_cited() -> None:
    session = at(FOLLOW, reading_session(20))
    session = replace(session, context=Context(20, citing=(object(),)))  # type: ignore[arg-type]
    assert tour.hint(session) == "{pane.context} to the cables citing this one"


def test_a_preview_is_not_yet_read() -> None:
    session = replace(reading_session(20), preview=Preview(shown=True), pane="list")
    assert tour.hint(at(FOLLOW, session)) == "{list.read} reads this cable"


def test_where_a_cable_cites_is_looked_for_once_a_cable() -> None:
    session, wanted = step(at(COME_BACK - 2, reading_session(20)), tour.NextTourStep())
    opened = session.opened
    assert opened is not None
    assert wanted == (tour.FindCitingStops(opened),)
    assert tour.FindCitingStops not in kinds(step(session, panes.Focus("body"))[1])
    assert tour_of(walk(session, tour.CitingStopsFound(30, (1,)))).citing_stops == ()


def test_words_that_fit_the_query_are_asked_for_and_asked_for_again_when_it_changes() -> None:
    session, wanted = step(walk(at(NARROW), tour.OfferTour(("kelp",), False)), tour.ToggleTour())
    session, wanted = step(session, tour.NextTourStep())
    assert wanted == (tour.FindTourWords(("", False), parse(""), ("kelp",)),)
    session = walk(session, tour.TourWordsFound(("", False), "kelp", "kepl"))
    assert tour.hint(session) == "{search.edit} starts a query: type `kelp`, then {bar.accept}"
    assert tour.hint(walk(session, panes.EditBar())) == "type `kelp`, then {bar.accept}"
    session, wanted = step(session, sidebar.PickFacetValue("tag", "EFIS"))
    assert tour.FindTourWords in kinds(wanted)
    assert tour.hint(session) == "{search.edit} starts a query: type a word, then {bar.accept}"
    assert tour_of(walk(session, tour.TourWordsFound(("", False), "kelp", "kepl"))).word == ""


def test_the_misspelt_word_is_named_when_it_is_known() -> None:
    session = at(CORRECT)
    asked = tour_of(session).asked
    assert asked is not None
    session = walk(session, tour.TourWordsFound(asked, "kelp", "kepl"))
    assert tour.hint(session) == "{search.edit} and type `kepl`, misspelt, then {bar.accept}"


@pytest.mark.parametrize("action", [tour.NextTourStep(), panes.Focus("filters"), tour.ToggleTour()])
def test_no_other_step_asks_for_words(action: Action) -> None:
    assert tour.FindTourWords not in kinds(step(at(MARK), action)[1])


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
    answer = the(tour.TourWordsFound, done(services, effect))
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


def test_the_stops_that_lead_to_cables_of_the_archive_are_found(archive: Archive) -> None:
    id_ = archive.find("04STATE240117")
    assert id_ is not None
    cable = archive.cable(id_)
    answer = the(
        tour.CitingStopsFound,
        perform(
            Services(archive, None, None),  # type: ignore[arg-type]  # neither is asked
            tour.FindCitingStops(OpenedCable(id_, cable)),
            lambda: False,
        ),
    )
    named = [cable.body.text[slice(*stops(cable)[at].span)].strip()[:30] for at in answer.stops]
    # Its two REF lines, and the paragraph that speaks of refs A and B.
    lines = ["REF: A. SANT", "B. PORT AMBE", "2. (C) The D"]
    assert [each.split("\n")[0][:12] for each in named] == lines

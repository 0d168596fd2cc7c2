"""The bar, the library and the answers: what narrows, what is dropped, what stands as text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query import parse
from cable_tui.session import Building, Hits, Jump, Session, actions, effects, step
from cable_tui.session.searching import bar_text, meant
from tests.session import Spelling, kinds, reading, ready, said, walk


def test_every_letter_is_a_question_of_its_own() -> None:
    session = walk(ready(), actions.Edit())
    asked = []
    for text in ("f", "fi", "fis"):
        session, wanted = step(session, actions.Typed(text))
        asked += [each for each in wanted if isinstance(each, effects.Search)]
    assert [str(each.query) for each in asked] == ["f*", "fi*", "fis*"]
    assert [each.ticket for each in asked] == [6, 7, 8]


def test_a_text_that_means_the_same_is_not_asked_again() -> None:
    session = walk(ready("fishing "), actions.Edit())
    session, wanted = step(session, actions.Typed("fishing  "))
    assert wanted == ()
    assert session.text == "fishing  "


def test_an_answer_to_an_older_query_never_shows() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("f"), actions.Typed("fi"))
    late, wanted = step(session, actions.Found(6, Hits((99,), 1)))
    assert late == session
    assert wanted == ()
    session, wanted = step(session, actions.Found(7, Hits((20,), 1)))
    assert session.hits.ids == (20,)
    assert kinds(wanted) == [effects.CountFacets]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("kelp", "relevance"),
        ("tag:KTIP", "-created"),
        ("kelp sort:length", "length"),
        ("sort:best", "relevance"),
    ],
)
def test_the_order_is_that_of_the_query_if_it_has_one(text: str, asked: str) -> None:
    session = walk(ready(), actions.Edit())
    session, wanted = step(session, actions.Typed(text))
    searches = [each for each in wanted if isinstance(each, effects.Search)]
    assert [each.query.order for each in searches] == [asked]


def test_another_order_is_another_question_and_a_half_typed_one_is_none() -> None:
    session = walk(ready("kelp "), actions.Edit())
    session, wanted = step(session, actions.Typed("kelp sort:leng"))
    assert effects.Search not in kinds(wanted)
    session, wanted = step(session, actions.Typed("kelp sort:length"))
    assert effects.Search in kinds(wanted)


def test_an_order_in_the_bar_is_turned_round_in_the_bar() -> None:
    session = walk(ready("kelp sort:length "), actions.TurnOrder())
    assert session.text == "kelp sort:-length"
    assert session.query.order == "-length"


def test_the_first_lines_show_before_the_whole_list_and_count_nothing() -> None:
    session = Session(ticket=7)
    session, wanted = step(session, actions.Found(7, Hits((20, 19), 300), more=True))
    assert list(session.hits.ids) == [20, 19]
    assert session.answered == 7
    assert wanted == ()
    _, wanted = step(session, actions.Found(7, Hits(range(300, 0, -1), 300)))
    assert [type(each) for each in wanted] == [effects.CountFacets]


def test_a_cursor_further_down_waits_for_the_whole_list() -> None:
    session = Session(ticket=7, hits=Hits(range(100, 0, -1), 100), at=60)
    session, _ = step(session, actions.Found(7, Hits((100, 99), 100), more=True))
    assert session.current == 40


def test_a_list_that_grows_is_asked_for_as_a_whole() -> None:
    session = Session(ticket=7, answered=7)
    _, wanted = step(session, actions.Grew())
    assert [each.again for each in wanted if isinstance(each, effects.Search)] == [True]


def test_counts_of_an_older_query_never_show() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("f"))
    assert walk(session, actions.Counted(5, {"tag": ()})).counts == {}
    assert walk(session, actions.Counted(6, {"tag": ()})).counts == {"tag": ()}


def test_rows_are_asked_for_before_counts() -> None:
    session, wanted = step(walk(ready(), actions.Edit()), actions.Typed("f"))
    assert kinds(wanted) == [effects.Search, effects.LookUp]
    _, wanted = step(session, actions.Found(session.ticket, Hits()))
    assert kinds(wanted) == [effects.CountFacets]


def test_typing_goes_to_the_top_of_the_list() -> None:
    session = walk(ready(at=3), actions.Edit(), actions.Typed("f"))
    assert walk(session, actions.Found(6, Hits((1, 2, 3, 4), 4))).at == 0


def test_esc_in_the_bar_gives_the_old_query_back() -> None:
    session = walk(ready("tag:KTIP"), actions.Edit(), actions.Typed("tag:KTIP fi"))
    session, wanted = step(session, actions.GiveUp())
    assert (session.text, session.pane) == ("tag:KTIP", "list")
    assert kinds(wanted) == [effects.Search]
    assert session.past == ()


def test_enter_keeps_the_query_and_goes_to_the_list() -> None:
    session = walk(ready("tag:KTIP"), actions.Edit(), actions.Typed("fi"), actions.Jumped(6, ()))
    session, wanted = step(session, actions.Accept())
    assert (session.text, session.pane, session.eager) == ("fi", "list", 0)
    assert wanted == ()
    back = walk(session, actions.Back())
    assert back.text == "tag:KTIP"


CASAB27 = Jump("09CASABLANCA27", reference="09CASABLANCA27", paragraph="3", sure=True)
KTIP = Jump("KTIP Trafficking in persons", text="tag:KTIP")


def test_enter_opens_what_the_text_surely_names_and_leaves_the_old_query() -> None:
    session = walk(ready("tag:KTIP"), actions.Edit(), actions.Typed("casab27"))
    session = walk(session, actions.Jumped(session.ticket, (CASAB27,)))
    assert session.choice == 0
    session, wanted = step(session, actions.Accept())
    assert effects.Resolve("09CASABLANCA27", "3") in wanted
    assert (session.text, session.jumps) == ("tag:KTIP", ())


def test_enter_that_was_quicker_than_the_look_up_still_opens_the_cable() -> None:
    session = walk(ready("tag:KTIP"), actions.Edit(), actions.Typed("casab27"), actions.Accept())
    assert session.pane == "list"
    session, wanted = step(session, actions.Jumped(session.ticket, (CASAB27,)))
    assert effects.Resolve("09CASABLANCA27", "3") in wanted
    assert (session.text, session.past) == ("tag:KTIP", ())


def test_what_the_text_only_may_name_is_taken_when_it_is_chosen() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("traff"))
    session = walk(session, actions.Jumped(session.ticket, (KTIP,)))
    assert session.choice is None
    session = walk(session, actions.Choose(1), actions.Accept())
    assert (session.text.strip(), session.pane) == ("tag:KTIP", "list")
    assert session.query.terms == parse("tag:KTIP").terms


def test_a_late_look_up_of_an_older_text_is_dropped() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("cas"), actions.Typed("casa"))
    assert walk(session, actions.Jumped(6, (CASAB27,))).jumps == ()


def test_down_in_the_bar_ends_in_the_list_and_up_stays_in_the_bar() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("traff"))
    session = walk(session, actions.Jumped(session.ticket, (KTIP,)))
    assert walk(session, actions.Choose(1), actions.Choose(1)).pane == "list"
    up = walk(session, actions.Choose(1), actions.Choose(-1), actions.Choose(-1))
    assert (up.pane, up.choice) == ("bar", None)


@pytest.mark.parametrize(
    ("before", "how", "after"),
    [
        ("", "toggled", "origin:Rabat"),
        ("origin:Rabat", "toggled", ""),
        ("fish", "excluding", "fish -origin:Rabat"),
        ("origin:Madrid fish", "only", "fish origin:Rabat"),
        ("origin:Madrid", "toggled", "origin:Madrid origin:Rabat"),
    ],
)
def test_the_library_edits_the_text_of_the_bar(before: str, how: str, after: str) -> None:
    toggle = actions.Toggle("origin", "Rabat", how)  # type: ignore[arg-type]
    session, wanted = step(ready(before), toggle)
    assert session.text.strip() == after
    assert meant(session.text).terms == session.query.terms
    assert kinds(wanted) == [effects.Search]
    assert walk(session, actions.Back()).text == before


def test_the_offered_spellings_join_the_query_as_text() -> None:
    offer = Spelling("gaddafi", 1, (("qadhafi", 25), ("qaddafi", 2)))
    session = ready("gaddafi visit")
    session = replace(session, hits=replace(session.hits, offers=(offer,)))
    session, wanted = step(session, actions.AddOffers())
    assert session.text.strip() == "(gaddafi or qadhafi or qaddafi) visit"
    assert kinds(wanted) == [effects.Search]


def test_with_no_offer_the_key_says_so() -> None:
    session, wanted = step(ready("gaddafi"), actions.AddOffers())
    assert session.text == "gaddafi"
    assert "No other spelling" in said(wanted)


def test_one_key_turns_newest_first_into_oldest_first_and_back() -> None:
    session, wanted = step(ready(at=2), actions.TurnOrder())
    assert wanted == (effects.Search(6, parse("sort:created")),)
    assert session.at == 0
    assert walk(session, actions.TurnOrder()).query.order == "-created"


def test_when_the_archive_grows_the_cursor_stays_on_its_cable() -> None:
    session, wanted = step(ready(at=2), actions.Grew())
    assert kinds(wanted) == [effects.Search, effects.Summarise]
    session = walk(session, actions.Found(session.ticket, Hits((5, 10, 15, 20, 30, 40), 6)))
    assert session.current == 30


def test_when_the_archive_grows_the_top_of_the_list_stays_the_top() -> None:
    session = walk(ready(at=0), actions.Grew())
    session = walk(session, actions.Found(session.ticket, Hits((5, 10, 20), 3)))
    assert session.current == 5


def test_a_cursor_that_moved_on_while_the_archive_grew_is_not_called_back() -> None:
    session = Session(hits=Hits((10, 20, 30, 40), 4), at=1)
    session = walk(session, actions.Grew(), actions.Move(1))
    session = walk(session, actions.Found(session.ticket, Hits((5, 10, 20, 30, 40), 5)))
    assert session.current == 30


def test_when_its_cable_is_gone_the_cursor_stays_in_the_list() -> None:
    session = walk(ready(at=3), actions.Grew())
    session = walk(session, actions.Found(session.ticket, Hits((10, 20), 2)))
    assert session.at == 1


def test_no_hit_leaves_no_cable_under_the_cursor() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("xyzzy"))
    session = walk(session, actions.Found(session.ticket, Hits()))
    assert session.current is None
    assert session.at == 0


def test_the_start_asks_the_query_and_opens_the_cable_of_the_command_line() -> None:
    session, wanted = step(Session(), actions.Start("tag:KTIP", "09ZENDA27#par3"))
    assert session.text.strip() == "tag:KTIP"
    assert effects.Resolve("09ZENDA27", "3") in wanted
    assert effects.Summarise() in wanted


def test_a_cable_of_the_command_line_is_waited_for_while_the_index_grows() -> None:
    session = walk(Session(), actions.Start("", "09ZENDA27#3"))
    session, wanted = step(session, actions.Resolved("09ZENDA27", None, "3"))
    assert wanted == ()
    session = walk(session, actions.Progressed(Building("facts", 1, 9)))
    session, wanted = step(session, actions.Grew())
    assert effects.Resolve("09ZENDA27", "3") in wanted
    found, wanted = step(session, actions.Resolved("09ZENDA27", 27, "3"))
    assert (found.awaited, found.opening) == (None, 27)
    session, wanted = step(walk(session, actions.Progressed(None)), actions.Grew())
    assert effects.Resolve("09ZENDA27", "3") in wanted
    _, wanted = step(session, actions.Resolved("09ZENDA27", None, "3"))
    assert wanted == (effects.OfferLink("09ZENDA27"),)


def test_a_query_from_the_command_line_is_not_widened_to_a_prefix() -> None:
    _, wanted = step(Session(), actions.Start("fish"))
    search = next(each for each in wanted if isinstance(each, effects.Search))
    assert str(search.query) == "fish"


def test_editing_again_keeps_the_text_that_esc_gives_back() -> None:
    session = walk(ready("a"), actions.Edit(), actions.Typed("ab"), actions.Edit())
    assert session.earlier == "a"


def test_the_cable_stays_open_while_the_list_narrows() -> None:
    session = walk(reading(20), actions.Edit(), actions.Typed("f"))
    assert session.opened is not None
    assert session.opened.id == 20


@given(st.text(max_size=40))
def test_the_bar_text_of_any_query_means_that_query(text: str) -> None:
    query = parse(text)
    assert meant(bar_text(query)).terms == query.terms


def test_what_a_text_may_name_is_looked_up_again_while_the_archive_grows() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("zenda 27"))
    session, wanted = step(session, actions.Grew())
    assert effects.LookUp(session.ticket, "zenda 27") in wanted
    jump = Jump("09ZENDA27", "09ZENDA27", sure=True)
    session = walk(session, actions.Jumped(session.ticket, (jump,)))
    assert (session.jumps, session.choice) == ((jump,), 0)


def test_nothing_is_looked_up_for_a_reader_who_does_not_type() -> None:
    _, wanted = step(ready("zenda"), actions.Grew())
    assert effects.LookUp not in kinds(wanted)


@pytest.mark.parametrize("text", ["fish is:foo", "date:2009-13", "sort:x"])
def test_what_is_wrong_with_the_last_word_is_said_when_nobody_types_any_more(text: str) -> None:
    session = walk(ready(), actions.Edit(), actions.Typed(text))
    assert session.query.complaints == ()
    session = walk(session, actions.Accept())
    assert session.query.complaints == parse(text).complaints != ()
    assert str(session.query) == str(meant(text))


def test_a_query_that_the_screen_names_is_asked_and_stands_in_the_bar() -> None:
    session, wanted = step(reading(session=ready("fish ")), actions.LookFor("cites:09ZENDA27"))
    assert (session.text, session.pane, session.reading) == ("cites:09ZENDA27", "list", False)
    assert any(isinstance(each, effects.Search) for each in wanted)
    assert walk(session, actions.Back()).text == "fish "


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("9/11", ['"9 11"']), ('"prime mi', ['"prime mi"*']), ("fish", []), ("U.S.", [])],
)
def test_enter_asks_again_what_was_merely_begun(typed: str, asked: list[str]) -> None:
    session = walk(ready(), actions.Edit(), actions.Typed(typed))
    before = session.query
    session, wanted = step(session, actions.Accept())
    searches = [each for each in wanted if isinstance(each, effects.Search)]
    assert [str(each.query) for each in searches] == asked
    assert [each.ticket for each in searches] == [session.ticket] * len(asked)
    assert (session.query != before) == bool(asked)
    assert (session.text, session.pane) == (typed, "list")


def test_enter_waits_for_what_a_begun_phrase_may_name() -> None:
    session = walk(ready(), actions.Edit(), actions.Typed("09-27"))
    looked_up = session.ticket
    session = walk(session, actions.Accept())
    jump = Jump("09ZENDA27", "09ZENDA27", sure=True)
    _, wanted = step(session, actions.Jumped(looked_up, (jump,)))
    assert effects.Resolve("09ZENDA27", None) in wanted

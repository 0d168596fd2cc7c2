"""Help for whoever types: completions of the last word, and earlier queries."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.index_state import Progress
from cable_tui.base.value import replace
from cable_tui.query import Query, parse
from cable_tui.query.answers import Absence, Hits, Jump, Offer
from cable_tui.session import ask, effects
from cable_tui.session.features import index_status, opened_cable, panes, results, search_bar
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect
from tests.session import kinds, menu, reading_session, ready, said, walk

KTIP = Jump("KTIP  trafficking  204", text="lobster tag:KTIP ", completes=True)
PHUM = Jump("PHUM  human rights  190", text="lobster tag:PHUM ", completes=True)
POST = Jump("Embassy Zenda", text='origin:"Embassy Zenda"')
UP, DOWN = search_bar.MoveChoice(-1), search_bar.MoveChoice(1)
LIST, TAGGED = ready(), ready("tag:KTIP")
LISTED = Session(hits=Hits((10, 20, 30, 40), 4), at=1)
"""The rows of the first paint."""


def typing(text: str, before: Session = LIST, *more: Action) -> Session:
    """A room in whose bar a text is typed, and what comes then."""
    return walk(before, panes.EditBar(), search_bar.QueryTyped(text), *more)


def asked(wanted: Sequence[Effect]) -> list[Query]:
    """The queries that are searched for."""
    return [each.query for each in wanted if isinstance(each, effects.FindHits)]


def _typing(text: str = "lobster tag:") -> Session:
    return typing(text, ready("lobster "))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("tag:", True),
        ("lobster tag:kt", True),
        ('(origin:"Embassy Z', True),
        ("-class:s", True),
        ("ori", True),
        ("or", False),
        ("tag:KTIP ", False),
        ('origin:"Embassy Zenda"', False),
        ("09ZENDA1", False),
        ("", False),
    ],
)
def test_what_is_unfinished_is_looked_up(text: str, asks: bool) -> None:
    assert search_bar.completions_wanted(text) == (
        (search_bar.FindCompletions(text),) if asks else ()
    )


def test_a_prefix_without_a_value_is_looked_up_though_the_query_is_the_same() -> None:
    _, wanted = step(_typing("lobster "), search_bar.QueryTyped("lobster tag:"))
    assert wanted == (search_bar.FindCompletions("lobster tag:"),)


def test_completions_stand_before_what_the_text_may_name() -> None:
    session = replace(_typing(), jumps=(POST,))
    session = walk(session, search_bar.CompletionsFound("lobster tag:", (KTIP, PHUM)))
    assert session.jumps == (KTIP, PHUM, POST)
    assert walk(session, search_bar.JumpsFound((POST,))).jumps == (KTIP, PHUM, POST)


def test_completions_of_another_text_are_dropped_and_leave_with_their_word() -> None:
    assert walk(_typing(), search_bar.CompletionsFound("lobster", (KTIP,))).jumps == ()
    session = walk(_typing(), search_bar.CompletionsFound("lobster tag:", (KTIP,)))
    assert walk(session, search_bar.QueryTyped("lobster tag:KTIP ")).jumps == ()


def test_tab_takes_the_first_completion_and_enter_the_chosen_one_and_the_bar_keeps_the_keys() -> (
    None
):
    session = walk(_typing(), search_bar.CompletionsFound("lobster tag:", (KTIP, PHUM)))
    taken, asked = step(session, search_bar.TakeCompletion())
    assert (taken.pane, taken.text) == ("bar", "lobster tag:KTIP ")
    assert effects.FindHits in kinds(asked)
    taken = walk(session, DOWN, DOWN, search_bar.AcceptBar())
    assert (taken.pane, taken.text) == ("bar", "lobster tag:PHUM ")


def test_tab_without_a_completion_goes_to_the_next_pane() -> None:
    assert walk(_typing("lobster"), search_bar.TakeCompletion()).pane == "filters"


def test_up_brings_earlier_queries_and_down_and_esc_come_back() -> None:
    session = LIST
    for text in ("herring ", "eel ", "herring "):
        session = typing(text, session, search_bar.AcceptBar())
    session = walk(session, panes.EditBar(), UP)
    assert session.text == "eel "
    assert walk(session, UP).text == "eel "
    assert walk(session, DOWN).text == walk(session, search_bar.RevertBar()).text == "herring "


def test_every_letter_is_a_question_of_its_own() -> None:
    session = walk(ready(), panes.EditBar())
    queries = []
    for text in ("f", "fi", "fis"):
        session, wanted = step(session, search_bar.QueryTyped(text))
        queries += asked(wanted)
    assert list(map(str, queries)) == ["f*", "fi*", "fis*"]


def test_a_text_that_means_the_same_is_not_asked_again() -> None:
    session = walk(ready("fishing "), panes.EditBar())
    session, wanted = step(session, search_bar.QueryTyped("fishing  "))
    assert wanted == ()
    assert session.text == "fishing  "


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("kelp", "relevance"),
        ("tag:KTIP", "-created"),
        ("kelp sort:length", "length"),
        ("sort:best", "relevance"),
    ],
)
def test_the_order_is_that_of_the_query_if_it_has_one(text: str, order: str) -> None:
    _, wanted = step(walk(ready(), panes.EditBar()), search_bar.QueryTyped(text))
    assert [each.order for each in asked(wanted)] == [order]


def test_another_order_is_another_question_and_a_half_typed_one_is_none() -> None:
    session = walk(ready("kelp "), panes.EditBar())
    session, wanted = step(session, search_bar.QueryTyped("kelp sort:leng"))
    assert effects.FindHits not in kinds(wanted)
    assert effects.FindHits in kinds(step(session, search_bar.QueryTyped("kelp sort:length"))[1])


def test_the_first_lines_show_before_the_whole_list_and_count_nothing() -> None:
    session = Session(answered="never")
    session, wanted = step(session, results.HitsFound(Hits((20, 19), 300), more=True))
    assert list(session.hits.ids) == [20, 19]
    assert session.answered == "now"
    assert wanted == ()
    _, wanted = step(session, results.HitsFound(Hits(range(300, 0, -1), 300)))
    assert [type(each) for each in wanted] == [effects.CountFacets]


def test_a_cursor_further_down_waits_for_the_whole_list() -> None:
    session = Session(answered="never", hits=Hits(range(100, 0, -1), 100), at=60)
    session, _ = step(session, results.HitsFound(Hits((100, 99), 100), more=True))
    assert session.current == 40


def test_a_list_that_grows_is_asked_for_as_a_whole() -> None:
    session = Session(answered="now")
    _, wanted = step(session, results.ArchiveGrew())
    assert [each.again for each in wanted if isinstance(each, effects.FindHits)] == [True]


def test_rows_are_asked_for_before_counts() -> None:
    session, wanted = step(walk(ready(), panes.EditBar()), search_bar.QueryTyped("f"))
    assert kinds(wanted) == [effects.FindHits, effects.FindJumps]
    assert effects.CountFacets in kinds(step(session, results.HitsFound(Hits()))[1])


def test_typing_goes_to_the_top_of_the_list() -> None:
    answer = results.HitsFound(Hits((1, 2, 3, 4), 4))
    assert typing("f", ready(at=3), answer).at == 0


def test_esc_in_the_bar_gives_the_old_query_and_the_line_of_the_list_back() -> None:
    session = typing("tag:KTIP f", replace(TAGGED, at=3), search_bar.QueryTyped("tag:KTIP fi"))
    session, wanted = step(session, search_bar.RevertBar())
    assert (session.text, session.pane, session.at) == ("tag:KTIP", "list", 3)
    assert kinds(wanted) == [effects.FindHits]
    assert session.past == ()


def test_enter_keeps_the_query_and_goes_to_the_list_and_back_leads_to_its_line_before() -> None:
    session = typing("fi", replace(TAGGED, at=3), search_bar.JumpsFound(()))
    session, wanted = step(session, search_bar.AcceptBar())
    assert (session.text, session.pane, session.enter_waits) == ("fi", "list", False)
    assert kinds(wanted) == [effects.FindHits]
    assert (session.past[-1].text, session.past[-1].at) == ("tag:KTIP", 3)
    assert walk(session, opened_cable.GoBack()).text == "tag:KTIP"


CASAB27 = Jump("09CASABLANCA27", reference="09CASABLANCA27", paragraph="3", sure=True)
KTIP_JUMP = Jump("KTIP Trafficking in persons", text="tag:KTIP")


def test_enter_opens_what_the_text_surely_names_and_leaves_the_old_query() -> None:
    session = typing("casab27", TAGGED, search_bar.JumpsFound((CASAB27,)))
    assert session.choice == 0
    session, wanted = step(session, search_bar.AcceptBar())
    assert effects.GoToCable("09CASABLANCA27", "3") in wanted
    assert (session.text, session.jumps) == ("tag:KTIP", ())


def test_completions_that_come_late_leave_enter_to_what_the_text_surely_names() -> None:
    """`https:` looks like a prefix: none of its values may push the cable of the link away."""
    link = "https://wikileaks.org/cable/2009/02/09CASABLANCA27.html#par3"
    session = typing(link, TAGGED, search_bar.JumpsFound((CASAB27,)))
    for completions in ((), (KTIP,)):
        late = walk(session, search_bar.CompletionsFound(link, completions))
        _, wanted = step(late, search_bar.AcceptBar())
        assert effects.GoToCable("09CASABLANCA27", "3") in wanted


@pytest.mark.parametrize("text", ["casab27", "09-27"])
def test_enter_that_was_quicker_than_the_look_up_still_opens_the_cable(text: str) -> None:
    session, wanted = step(typing(text, TAGGED), search_bar.AcceptBar())
    assert (session.pane, kinds(wanted)) == ("list", [effects.FindHits, effects.FindJumps])
    session, wanted = step(session, search_bar.JumpsFound((CASAB27,)))
    assert effects.GoToCable("09CASABLANCA27", "3") in wanted
    assert (session.text, session.past) == ("tag:KTIP", ())


def test_an_id_in_the_bar_leaves_the_list_where_it_was() -> None:
    session = typing("casab27", replace(TAGGED, at=3))
    late = walk(session, search_bar.AcceptBar())
    for waiting in (session, late):
        after = walk(waiting, search_bar.JumpsFound((CASAB27,)))
        after = after if waiting is late else walk(after, search_bar.AcceptBar())
        assert (after.text, after.at) == ("tag:KTIP", 3)


def test_what_the_text_only_may_name_is_taken_when_it_is_chosen() -> None:
    session = typing("traff", LIST, search_bar.JumpsFound((KTIP_JUMP,)))
    assert session.choice is None
    session = walk(session, DOWN, search_bar.AcceptBar())
    assert (session.text.strip(), session.pane) == ("tag:KTIP", "list")
    assert session.query.terms == parse("tag:KTIP").terms


def test_down_in_the_bar_ends_in_the_list_and_up_stays_in_the_bar() -> None:
    session = typing("traff", LIST, search_bar.JumpsFound((KTIP_JUMP,)))
    assert walk(session, DOWN, DOWN).pane == "list"
    up = walk(session, DOWN, UP, UP)
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
    toggle = ask.ToggleValue("origin", "Rabat", how)  # type: ignore[arg-type]
    session, wanted = step(ready(before), toggle)
    assert session.text.strip() == after
    assert parse(session.text).terms == session.query.terms
    assert kinds(wanted) == [effects.FindHits]
    assert walk(session, opened_cable.GoBack()).text == before


@pytest.mark.parametrize(
    ("text", "word", "count", "also", "after"),
    [
        ("fish origin:kabol", "origin:kabol", 0, ['origin:"Embassy Kabul"'],
         'fish origin:"Embassy Kabul"'),
        ("fish (origin:kabol or tag:mo)", "origin:kabol", 0,
         ['origin:"Embassy Kabul"', 'origin:"Consulate Kabul"'],
         'fish (origin:"Embassy Kabul" origin:"Consulate Kabul" or tag:mo)'),
        ('(kelp or "water shortage")', '"water shortage"', 0, ['"water shortages"'],
         '(kelp or "water shortages")'),
        ("gaddafi visit", "gaddafi", 1, ["qadhafi", "qaddafi"],
         "(gaddafi or qadhafi or qaddafi) visit"),
        ("(kelp or gaddafi)", "gaddafi", 1, ["qadhafi"], "(kelp or (gaddafi or qadhafi))"),
        ("tag:terorism", "tag:terorism", 0, ["tag:PTER", "tag:KCRM"], "tag:PTER tag:KCRM"),
        ("-class:secert", "-class:secert", 0, ["-class:SECRET"], "-class:SECRET"),
        ('"water shortage" kelp', '"water shortage"', 0, ['"water shortages"'],
         '"water shortages" kelp'),
        ('"water shortage"', '"water shortage"', 0, ['"water shortages"', '"water shortage"~5'],
         '("water shortages" or "water shortage"~5)'),
        ('"water shortage"', '"water shortage"', 3, ['"water shortages"'],
         '("water shortage" or "water shortages")'),
    ],
)  # fmt: skip
def test_what_is_offered_for_a_phrase_or_a_filter_is_taken_instead_or_beside_it(
    text: str, word: str, count: int, also: list[str], after: str
) -> None:
    offer = Offer(word, count, tuple((each, 2) for each in also))
    session = ready(text)
    session = replace(session, hits=replace(session.hits, offers=(offer,)))
    session, wanted = step(session, results.AddSpellings())
    assert session.text.strip() == after
    assert session.query == parse(after)
    assert kinds(wanted) == [effects.FindHits]


def test_with_no_offer_the_key_says_so() -> None:
    session, wanted = step(ready("gaddafi"), results.AddSpellings())
    assert session.text == "gaddafi"
    assert "no suggested spellings" in said(wanted)


def test_one_key_turns_newest_first_into_oldest_first_and_back() -> None:
    session, wanted = step(ready(at=2), ask.ReverseOrder())
    assert wanted == (effects.FindHits(parse("sort:created")),)
    assert session.at == 0
    assert walk(session, ask.ReverseOrder()).query.order == "-created"
    assert walk(ready("kelp sort:length "), ask.ReverseOrder()).text == "kelp sort:-length"


@pytest.mark.parametrize(
    ("before", "moved", "ids", "cable"),
    [
        pytest.param(ready(at=2), 0, (5, 10, 15, 20, 30, 40), 30, id="it stays on its cable"),
        pytest.param(ready(at=0), 0, (5, 10, 20), 5, id="the top stays the top"),
        pytest.param(ready(at=3), 0, (10, 20), 20, id="its cable is gone: it stays in the list"),
        pytest.param(LISTED, 1, (5, 10, 20, 30, 40), 30, id="it moved on: it is not called back"),
    ],
)
def test_where_the_cursor_is_when_the_archive_has_grown(
    before: Session, moved: int, ids: tuple[int, ...], cable: int
) -> None:
    session, wanted = step(before, results.ArchiveGrew())
    assert kinds(wanted) == [effects.FindHits, effects.Summarise]
    session = walk(session, results.MoveCursor(moved), results.HitsFound(Hits(ids, len(ids))))
    assert session.current == cable


def test_no_hit_leaves_no_cable_under_the_cursor() -> None:
    session = typing("xyzzy", LIST, results.HitsFound(Hits()))
    assert (session.current, session.at) == (None, 0)


def test_the_start_asks_the_query_and_opens_the_cable_of_the_command_line() -> None:
    session, wanted = step(Session(), results.StartArchive("fish", "09ZENDA27#par3"))
    assert session.text.strip() == "fish"
    assert asked(wanted) == [parse("fish")]  # no prefix
    assert effects.GoToCable("09ZENDA27", "3") in wanted
    assert effects.Summarise() in wanted


def test_a_cable_of_the_command_line_is_waited_for_while_the_index_grows() -> None:
    session = walk(Session(), results.StartArchive("", "09ZENDA27#3"))
    session, wanted = step(session, opened_cable.ReferenceResolved("09ZENDA27", None, "3"))
    assert wanted == ()
    session = walk(session, index_status.IndexProgressed(Progress("facts", 1, 9)))
    session, wanted = step(session, results.ArchiveGrew())
    assert effects.GoToCable("09ZENDA27", "3") in wanted
    found, wanted = step(session, opened_cable.ReferenceResolved("09ZENDA27", 27, "3"))
    assert (found.pending_reference, found.opening) == (None, 27)
    session, wanted = step(walk(session, index_status.IndexProgressed(None)), results.ArchiveGrew())
    assert effects.GoToCable("09ZENDA27", "3") in wanted
    _, wanted = step(session, opened_cable.ReferenceResolved("09ZENDA27", None, "3"))
    assert menu(wanted).note == "09ZENDA27 is not in this archive."


def test_editing_again_keeps_the_text_that_esc_gives_back() -> None:
    assert typing("ab", ready("a"), panes.EditBar()).committed_text == "a"


def test_the_cable_stays_open_while_the_list_narrows() -> None:
    session = typing("f", reading_session(20))
    assert session.opened is not None
    assert session.opened.id == 20


ENTER = (search_bar.AcceptBar(),)
TAB = (panes.Cycle(1),)
CLICK = (panes.Focus("list"),)


@pytest.mark.parametrize("leaving", [ENTER, TAB, CLICK])
@given(st.text(max_size=40) | st.sampled_from(["kelp", "kelp tu", '"prime mini', "9/1", "tag:k"]))
def test_a_text_means_in_the_room_what_it_means_on_the_command_line(
    leaving: tuple[Action, ...], text: str
) -> None:
    session = typing(text, ready("tuna"), *leaving)
    assert session.text == text
    assert session.query == parse(text)


def test_esc_in_the_bar_gives_back_the_whole_word_too() -> None:
    session = typing("kelps", ready("kelp"), search_bar.QueryTyped("kelp"))
    assert str(session.query) == "kelp*"
    session, wanted = step(session, search_bar.RevertBar())
    assert session.query == parse("kelp")
    assert effects.FindHits in kinds(wanted)


@given(st.text(max_size=40))
def test_a_query_that_a_command_made_stands_in_the_bar_as_its_text(text: str) -> None:
    session, _ = ask.ask_query(ready(), parse(text, typing=True))
    assert parse(session.text).terms == session.query.terms


def test_what_a_text_may_name_is_looked_up_again_while_the_archive_grows() -> None:
    session = typing("zenda 27")
    session, wanted = step(session, results.ArchiveGrew())
    assert effects.FindJumps("zenda 27") in wanted
    jump = Jump("09ZENDA27", "09ZENDA27", sure=True)
    session = walk(session, search_bar.JumpsFound((jump,)))
    assert (session.jumps, session.choice) == ((jump,), 0)


def test_nothing_is_looked_up_for_a_reader_who_does_not_type() -> None:
    assert effects.FindJumps not in kinds(step(ready("zenda"), results.ArchiveGrew())[1])


@pytest.mark.parametrize("text", ["fish is:foo", "date:2009-13", "sort:x"])
def test_what_is_wrong_with_the_last_word_is_said_when_nobody_types_any_more(text: str) -> None:
    session = typing(text)
    assert session.query.complaints == ()
    session = walk(session, search_bar.AcceptBar())
    assert session.query.complaints == parse(text).complaints != ()
    assert session.query == parse(text)


def test_a_query_that_the_screen_names_is_asked_and_stands_in_the_bar() -> None:
    session = reading_session(session=ready("fish "))
    session, wanted = step(session, ask.SearchFor("cites:09ZENDA27"))
    assert (session.text, session.pane, session.reading) == ("cites:09ZENDA27", "list", False)
    assert asked(wanted) == [parse("cites:09ZENDA27")]
    assert walk(session, opened_cable.GoBack()).text == "fish "


@pytest.mark.parametrize(
    ("typed", "again"),
    [("9/11", ["9/11"]), ('"prime mi', ['"prime mi"']), ("fish", ["fish"]), ("U.S.", [])],
)
def test_enter_asks_again_what_was_merely_begun(typed: str, again: list[str]) -> None:
    session = typing(typed)
    before = session.query.terms
    session, wanted = step(session, search_bar.AcceptBar())
    assert list(map(str, asked(wanted))) == again
    assert (session.query.terms != before) == bool(again)
    assert (session.text, session.pane) == (typed, "list")


def test_what_is_typed_after_a_filter_is_a_word_of_its_own() -> None:
    assert walk(ready("tag:EFIS"), panes.EditBar()).text == "tag:EFIS "
    assert walk(ready(), panes.EditBar()).text == ""


@pytest.mark.parametrize(
    "leaving",
    [search_bar.AcceptBar(), search_bar.RevertBar(), panes.Focus("list"), panes.Cycle(-1)],
    ids=lambda action: type(action).__name__,
)
def test_a_bar_that_was_only_looked_at_leaves_everything_as_it_was(leaving: Action) -> None:
    before = ready("tag:EFIS")
    session, wanted = step(walk(before, panes.EditBar()), leaving)
    assert (session.text, session.answered, session.past) == ("tag:EFIS", "now", before.past)
    assert asked(wanted) == []


@pytest.mark.parametrize("leaving", [search_bar.AcceptBar(), search_bar.RevertBar()])
def test_the_bar_gives_the_list_its_room_back_from_the_library(leaving: Action) -> None:
    session = walk(ready(), panes.Focus("filters"), panes.EditBar(), leaving)
    assert (session.pane, session.filters_open) == ("list", False)


@pytest.mark.parametrize("before", ["", "fish"])
def test_a_query_that_is_too_long_is_asked_so_that_it_finds_nothing(before: str) -> None:
    session, wanted = step(ready(before), search_bar.QueryTyped("k" * 2001))
    (query,) = asked(wanted)
    assert query.refused
    assert session.query.complaints[0].reason.startswith(
        "a query can have at most 2,000 characters"
    )


@pytest.mark.parametrize("ended", [search_bar.QueryTyped("tag:ZZZZ "), search_bar.AcceptBar()])
def test_what_no_cable_has_is_looked_up_when_the_last_word_is_whole(ended: Action) -> None:
    session = typing("tag:ZZZ", ready())
    session, wanted = step(session, search_bar.QueryTyped("tag:ZZZZ"))
    assert ask.FindAbsences not in kinds(wanted)
    session, wanted = step(session, results.HitsFound(Hits()))
    assert ask.FindAbsences not in kinds(wanted)
    session, wanted = step(session, ended)
    assert ask.FindAbsences(session.query, 0) in wanted
    assert asked(wanted) == []


def test_of_a_query_that_was_not_typed_it_is_looked_up_with_the_answer() -> None:
    session, wanted = step(ready("tag:ZZZZ"), results.HitsFound(Hits()))
    assert ask.FindAbsences(session.query, 0) in wanted
    told = walk(session, ask.AbsencesFound((Absence("tag:ZZZZ"),)))
    assert told.hits.absent == (Absence("tag:ZZZZ"),)
    for text, hits in (("lobster", Hits()), ("tag:ZZZZ", Hits(partial=True))):
        assert ask.FindAbsences not in kinds(step(ready(text), results.HitsFound(hits))[1])


def test_a_pasted_text_with_an_unknown_prefix_is_searched_and_stays_as_it_is() -> None:
    session, wanted = step(ready(), search_bar.QueryTyped("the Port:harbor of Zenda "))
    assert [str(query) for query in asked(wanted)] == ["the harbor of Zenda"]
    session = walk(session, search_bar.AcceptBar())
    assert session.text == "the Port:harbor of Zenda "
    assert "the prefix Port: is unknown" in session.query.complaints[0].reason

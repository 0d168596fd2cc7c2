"""A query that finds nothing, and the spellings of its names."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import Hits, Reason
from cable_tui.session import ask, effects
from cable_tui.session.features import opened_cable, results
from cable_tui.session.state import Session
from cable_tui.session.step import step
from tests.session import kinds, menu, reading_session, ready, said, the, walk

TAG = Reason("tag:KCRM", parse("lobster"), 12)
WORD = Reason("lobster", parse("tag:KCRM"), 3)


def _nothing(text: str = "lobster tag:KCRM") -> Session:
    return replace(ready(text), hits=Hits())


def test_an_answer_without_a_cable_asks_why() -> None:
    session = replace(_nothing(), answered="before")
    wanted = step(session, results.HitsFound(Hits()))[1]
    assert ask.FindReasons(session.query) in wanted
    for hits in (Hits((1,), 1), Hits(partial=True)):
        assert ask.FindReasons not in kinds(step(session, results.HitsFound(hits))[1])
    session = replace(_nothing("lobster "), answered="before")  # one part alone
    assert ask.FindReasons not in kinds(step(session, results.HitsFound(Hits()))[1])


def test_the_only_part_in_the_way_is_left_out_at_once() -> None:
    assert walk(_nothing(), ask.ReasonsFound((TAG,)), ask.DropPart()).text.strip() == "lobster"


def test_of_several_parts_the_reader_says_which() -> None:
    session, wanted = step(walk(_nothing(), ask.ReasonsFound((TAG, WORD))), ask.DropPart())
    assert [each.does for each in menu(wanted).items] == [ask.DropPart(TAG), ask.DropPart(WORD)]
    assert walk(session, ask.DropPart(WORD)).text == "tag:KCRM"


def test_where_cables_are_found_no_part_is_in_the_way() -> None:
    assert "would still give no hits" in said(step(ready("lobster"), ask.DropPart())[1])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("gaddafi~ libya", "gaddafi"),
        ("libya gaddafi ", "gaddafi"),
        ("gaddafi -libya", "gaddafi"),
    ],
)
def test_the_name_that_is_marked_or_last_is_spelled(text: str, word: str) -> None:
    assert step(ready(text), ask.Spell())[1] == (ask.FindSpellings(word),)
    assert "Type a name" in said(step(ready("tag:KCRM"), ask.Spell())[1])


def test_spellings_are_ticked_and_stand_in_the_place_of_the_word() -> None:
    found = (("gaddafi", 1), ("qadhafi", 25), ("qaddafi", 2))
    session, wanted = step(ready("libya gaddafi~ "), ask.SpellingsFound("gaddafi", found))
    asked = the(effects.AskTicks, wanted)
    assert asked.lines == found
    both = walk(session, asked.ticked(("gaddafi", "qadhafi")))
    assert both.text.strip() == "libya (=gaddafi or =qadhafi)"
    one = walk(session, ask.TakeSpellings("gaddafi", ("qadhafi",)))
    assert one.text.strip() == "libya =qadhafi"
    assert walk(session, ask.TakeSpellings("gaddafi", ())).text == session.text


def test_a_word_that_is_written_one_way_only_says_so() -> None:
    assert "no other spelling" in said(step(ready("x"), ask.SpellingsFound("x", (("x", 1),)))[1])
    other = ask.SpellingsFound("Gaddafi", (("qadhafi", 25),))
    assert "qadhafi is the only spelling" in said(step(ready("Gaddafi"), other)[1])


def test_a_tag_narrows_the_query_and_the_list_shows_what_is_left() -> None:
    session = walk(reading_session(session=ready("ice")), ask.Narrow("tag", "PGOV"))
    assert session.text.strip() == "ice tag:PGOV"
    assert (session.pane, session.reading) == ("list", False)
    assert walk(session, opened_cable.GoBack()).pane == "body"
    session = walk(reading_session(session=ready("tag:EFIS")), ask.Narrow("tag", "PGOV"))
    assert session.text.strip() == "tag:PGOV", "another tag takes the place of the first"


def test_a_tag_that_is_in_the_query_changes_nothing() -> None:
    before = reading_session(session=ready("tag:PGOV"))
    session, wanted = step(before, ask.Narrow("tag", "PGOV"))
    assert session == before
    assert "already" in said(wanted)


@pytest.mark.parametrize(("text", "now"), [("", "-created"), ("lobster sort:length", "length")])
def test_the_menu_knows_what_holds_now(text: str, now: str) -> None:
    items = menu(step(ready(text), ask.OpenSort())[1]).items
    assert [each.does for each in items if each.detail] == [ask.SortBy(now)]


def test_an_order_stands_in_the_bar_unless_the_query_has_it_without() -> None:
    session = walk(ready("lobster "), ask.SortBy("-length"))
    assert session.text.strip() == "lobster sort:-length"
    assert walk(session, ask.SortBy("relevance")).text.strip() == "lobster"
    assert walk(session, ask.SortBy("-created")).text.strip() == "lobster sort:-created"
    assert walk(ready("tag:KTIP"), ask.SortBy("-created")).text.strip() == "tag:KTIP"

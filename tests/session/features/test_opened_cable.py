"""The list, the cable, references and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Reference
from cable_tui.base.value import replace
from cable_tui.query.answers import CableRow, Hits
from cable_tui.session import ask, effects
from cable_tui.session.feature_state import WordsToFind
from cable_tui.session.features import opened_cable, panes, results
from cable_tui.session.features.opened_cable import (
    CloseFind,
    FindText,
    OpenFind,
    WordMatches,
    is_placeholder,
    placeholder_cable,
)
from cable_tui.session.step import step
from cable_tui.session.values import Action, Landing, OpenedCable
from cable_tui.tui.panes.cable.top_and_header import compact_lines, header_line, top_lines
from tests.session import (
    BodyAt,
    cable,
    does,
    kinds,
    menu,
    reading_session,
    ready,
    reference,
    said,
    the,
    walk,
)
from tests.tui.cables import whole


@pytest.mark.parametrize(
    ("start", "action", "end"),
    [
        (0, results.MoveCursor(1), 1),
        (0, results.MoveCursor(-1), 0),
        (3, results.MoveCursor(1), 3),
        (1, results.MoveCursor(500), 3),
        (2, results.MoveCursorTo(0), 0),
        (0, results.MoveCursorTo(-1), 3),
        (0, results.MoveCursorTo(99), 3),
    ],
)
def test_the_cursor_stays_in_the_list(start: int, action: Action, end: int) -> None:
    assert walk(ready(at=start), action).at == end


@pytest.mark.parametrize(
    "action", [results.MoveCursor(1), results.MoveCursorTo(-1), opened_cable.OpenCable()]
)
def test_an_empty_list_has_nowhere_to_go(action: Action) -> None:
    session, wanted = step(ready(ids=()), action)
    assert session.at == 0
    assert wanted == ()


def test_enter_reads_the_cable_and_the_keys_go_to_its_body() -> None:
    session, wanted = step(ready(at=1), opened_cable.OpenCable())
    assert wanted == (effects.FetchCable(20),)
    assert (session.pane, session.reading) == ("body", True)
    session, wanted = step(session, opened_cable.CableShown(20, cable(20)))
    assert session.opened is not None
    assert kinds(wanted) == [effects.ScrollTo, effects.DispatchLater]


def test_a_cable_that_nobody_waits_for_any_more_is_dropped() -> None:
    session = walk(ready(), opened_cable.OpenCable(), opened_cable.StepCable(1))
    late = walk(session, opened_cable.CableShown(10, cable(10)))
    assert late.opened is None or late.opened.id != 10


def test_a_cable_that_cannot_be_read_says_why_and_goes_back_to_the_list() -> None:
    gone = opened_cable.CableNotShown(10, "a.html: the file is gone")
    session, wanted = step(walk(ready(), opened_cable.OpenCable()), gone)
    assert (session.pane, session.reading, session.opening) == ("list", False, None)
    assert "the file is gone" in said(wanted)


ONE = (reference("09ZENDA30"),)
TO_30 = (opened_cable.ReferenceResolved("09ZENDA30", 30), opened_cable.CableShown(30, cable(30)))


@pytest.mark.parametrize(
    ("number", "action", "wanted"),
    [
        (20, opened_cable.StepCable(1), effects.FetchCable(30)),
        (20, opened_cable.StepCable(-1), effects.FetchCable(10)),
        (40, opened_cable.StepCable(1), effects.Notify("This is the last cable in the list.")),
        (10, opened_cable.StepCable(-1), effects.Notify("This is the first cable in the list.")),
        (40, opened_cable.NoMoreHits(1), effects.Notify("This is the last hit in the list.")),
        (10, opened_cable.FollowReference(ONE), effects.GoToCable("09ZENDA30")),
        (10, opened_cable.FollowReference((*ONE, *ONE)), effects.GoToCable("09ZENDA30")),
        (10, opened_cable.ReferenceResolved("09ZENDA30", 30), effects.FetchCable(30)),
    ],
)
def test_from_an_open_cable_others_are_opened(number: int, action: Action, wanted: object) -> None:
    session, asked = step(reading_session(number), action)
    assert asked == (wanted,)
    if isinstance(wanted, effects.FetchCable):
        assert (session.current, session.pane) == (wanted.id, "body")


def test_j_in_the_list_keeps_the_keys_in_the_list() -> None:
    session = walk(reading_session(20), panes.StepOut(), opened_cable.StepCable(1))
    assert (session.opening, session.pane, session.reading) == (30, "list", False)


@pytest.mark.parametrize(("by", "target", "hit"), [(1, 30, "first"), (-1, 10, "last")])
def test_hits_roll_over_into_the_next_cable_with_a_notice(by: int, target: int, hit: str) -> None:
    session, wanted = step(reading_session(20), opened_cable.NoMoreHits(by))
    assert wanted == (effects.FetchCable(target),)
    session, wanted = step(session, opened_cable.CableShown(target, cable(target)))
    assert the(effects.ScrollTo, wanted[:1]).landing.hit == hit
    assert said(wanted) == f"→ 09ZENDA{target}"


def test_several_references_are_asked_about() -> None:
    both = (reference("09ZENDA30"), reference("09ZENDA40"))
    asked = menu(step(reading_session(10), opened_cable.FollowReference(both))[1])
    assert does(asked, "2") == effects.GoToCable("09ZENDA40")


@pytest.mark.parametrize(
    ("references", "sentence"),
    [
        ((), "There is no reference"),
        ((reference(None, "SMITH-JONES E-MAIL"),), "SMITH-JONES E-MAIL is not a cable"),
    ],
    ids=["none", "an e-mail"],
)
def test_where_nothing_can_be_followed_it_is_said(
    references: tuple[Reference, ...], sentence: str
) -> None:
    follow = opened_cable.FollowReference(references)
    assert sentence in said(step(reading_session(10), follow)[1])


def test_a_cable_that_is_not_here_offers_its_link() -> None:
    session, wanted = step(reading_session(10), opened_cable.ReferenceResolved("08ZENDA1", None))
    assert does(menu(wanted), "y") == effects.copy_link("08ZENDA1")
    assert does(menu(wanted), "c") == ask.SearchFor("cites:08ZENDA1 ")
    assert session.pane == "body"


def test_back_from_a_reference_is_the_same_cable_paragraph_and_scroll() -> None:
    session = walk(reading_session(10), BodyAt(2, 17, 3), *TO_30)
    session, wanted = step(session, opened_cable.GoBack())
    assert wanted == (effects.FetchCable(10),)
    assert session.at == 0
    session, wanted = step(session, opened_cable.CableShown(10, cable(10, "1", "2", "3")))
    assert wanted[0] == effects.ScrollTo(Landing(index=2, scroll=17, stop=3))
    assert (session.paragraph, session.scroll, session.stop) == (2, 17, 3)


def test_back_to_a_place_of_a_record_with_more_stops_is_a_stop_of_this_one() -> None:
    session = reading_session(10, "1", "2")
    past = (replace(session.history_entry(), index=7, stop=9),)
    assert walk(replace(session, past=past), opened_cable.GoBack()).stop == 2


def test_back_from_a_cable_is_the_list_at_the_same_line() -> None:
    session = walk(reading_session(30), opened_cable.GoBack())
    assert (session.pane, session.reading, session.at) == ("list", False, 2)


def test_forward_undoes_back() -> None:
    back = walk(reading_session(10), *TO_30, opened_cable.GoBack())
    session = walk(back, opened_cable.CableShown(10, cable(10)), opened_cable.GoForward())
    assert (session.opening, session.future) == (30, ())
    assert back.future
    other = walk(back, results.MoveCursorTo(1), opened_cable.OpenCable())
    assert other.future == (), "a new way forgets what lay ahead"


def test_back_brings_the_query_the_order_and_the_line_back() -> None:
    session = ready("tag:KTIP sort:created", at=2)
    session = walk(session, ask.ToggleValue("origin", "Rabat"))
    session = walk(session, results.HitsFound(Hits((10,), 1)))
    session, wanted = step(session, opened_cable.GoBack())
    assert (session.text, session.at) == ("tag:KTIP sort:created", 2)
    assert session.query.order == "created"
    assert isinstance(wanted[0], effects.FindHits)
    assert walk(session, results.HitsFound(Hits((10, 20, 30), 3))).at == 2


@pytest.mark.parametrize("action", [opened_cable.GoBack(), opened_cable.GoForward()])
def test_the_ends_of_history_are_said(action: Action) -> None:
    session, wanted = step(ready(), action)
    assert session == ready()
    assert "position in the history" in said(wanted)


def test_history_has_an_end() -> None:
    session = reading_session(10)
    for number in range(600):
        session = walk(session, opened_cable.ReferenceResolved("x", 100 + number))
        session = walk(session, opened_cable.CableShown(100 + number, cable(100 + number)))
    assert len(session.past) == 500


@pytest.mark.parametrize(
    ("labels", "wanted", "index"),
    [(("1", "2", "3"), "2", 1), ((None, "1", "2"), "2", 2), (("1", "2", "1b"), "1b", 2)],
)
def test_a_reference_with_a_paragraph_lands_on_it(
    labels: tuple[str | None, ...], wanted: str, index: int
) -> None:
    session = walk(ready(), opened_cable.ReferenceResolved("09ZENDA10", 10, wanted))
    assert walk(session, opened_cable.CableShown(10, cable(10, *labels))).paragraph == index


def test_a_paragraph_that_is_not_there_is_said() -> None:
    session = walk(ready(), opened_cable.ReferenceResolved("09ZENDA10", 10, "99"))
    assert "no paragraph 99" in said(step(session, opened_cable.CableShown(10, cable(10, "1")))[1])


def test_what_the_body_reports_late_does_not_move_the_next_cable() -> None:
    session = walk(reading_session(10), opened_cable.StepCable(1))
    shown = opened_cable.CableShown(20, cable(20, "1"))
    assert walk(session, BodyAt(2, 40), shown).scroll == 0


def test_a_cable_whose_file_is_gone_is_shown_as_far_as_it_is_known() -> None:
    session = replace(reading_session(10, "1", "2"), paragraph=1, scroll=9, stop=3)
    session = walk(session, opened_cable.StepCable(1))
    gone = opened_cable.CableNotShown(20, "b.html: the file is gone", cable(20))
    session, wanted = step(session, gone)
    assert session.opened == OpenedCable(20, cable(20))
    assert (session.paragraph, session.scroll, session.stop) == (None, 0, 0)
    assert (session.pane, session.opening) == ("body", None)
    assert wanted == (effects.Notify("b.html: the file is gone", "error"),)


ROW = CableRow(
    7, "09ZENDA27", "09ZENDA27", "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "ICE", ()
)
REASON = "a.html: the file is\tgone\x1b"


def test_the_catalogue_and_the_reason_are_shown() -> None:
    made = placeholder_cable(ROW, REASON)
    known = (made.reference_id, made.subject, made.facts.classification)
    assert known == ("09ZENDA27", "ICE", "SECRET")
    assert made.body.text.startswith("The text of this cable cannot be shown.\n\na.html: the file")
    assert "\x1b" not in made.body.text
    assert is_placeholder(made)
    assert not is_placeholder(whole())


def test_the_boxes_say_that_only_the_catalogue_speaks() -> None:
    made = placeholder_cable(ROW, "")
    for lay in (top_lines, compact_lines):
        shown = ["".join(text for text, _ in line) for line in lay(made, 78, marks="")]
        assert shown[-1] == "! Its text is missing: only its metadata is shown."
        assert not any("none" in line for line in shown)
    assert header_line(made) == "Its transmission header is missing"


def test_words_are_looked_for_in_the_cable_until_esc_or_another_cable() -> None:
    session = walk(reading_session(), OpenFind(), FindText("ice"))
    assert session.find == WordsToFind(open=True, text="ice")
    session = walk(session, CloseFind())
    assert session.find == WordsToFind(open=False, text="ice")
    left = walk(session, panes.StepOut())
    assert (left.find.active, left.pane) == (False, "body")
    other = walk(session, opened_cable.StepCable(1), opened_cable.CableShown(20, cable(20, "1")))
    assert other.find == WordsToFind()


def test_without_a_text_or_a_cable_nothing_is_looked_for() -> None:
    assert not walk(reading_session(), OpenFind(), CloseFind()).find.active
    session, wanted = step(ready(), OpenFind())
    assert not session.find.active
    assert "l opens one" in said(wanted)


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("ice", "Ice and ICE, nicely", ["Ice", "ICE", "ice"]),
        ("cafe", "the Café Ωmega", ["Café"]),
        ("café", "the cafe", ["cafe"]),
        ("ice house", "the ice\n  house", ["ice\n  house"]),
        ("a.b", "a.b axb", ["a.b"]),
        ("[/x]", "so [/x] it is", ["[/x]"]),
        ("  ", "any", []),
        ("ß", "Straße", ["ß"]),
    ],
)
def test_where_words_stand(wanted: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in WordMatches(wanted).spans(text)] == expected


@given(st.text(min_size=1), st.text(), st.text())
def test_a_text_is_found_in_what_holds_it(wanted: str, before: str, after: str) -> None:
    text = f"{before}{wanted}{after}"
    spans = WordMatches(wanted).spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert bool(spans) == bool(wanted.split())

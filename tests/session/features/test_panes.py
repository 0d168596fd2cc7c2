"""Panes, marks, copying, leaving, and the archive's own news."""

from __future__ import annotations

import pytest

from cable_tui.base.cable import Place
from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.session import ask, effects
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features import bookmarks, copy, index_status, panes, sidebar
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.panes import DecodeHeader, JoinLines
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Pane
from tests.session import BodyAt, kinds, reading_session, ready, said, walk

LIBRARY = panes.ToggleLayout("filters_open")


@pytest.mark.parametrize(
    ("start", "by", "end"),
    [
        ("list", 1, "body"),
        ("list", -1, "filters"),
        ("body", 1, "bar"),
        ("bar", 1, "filters"),
        ("filters", -1, "bar"),
        ("header", 1, "bar"),
    ],
)
def test_tab_goes_round_the_panes(start: Pane, by: int, end: Pane) -> None:
    assert walk(replace(reading_session(), pane=start), panes.Cycle(by)).pane == end


def test_a_pane_of_the_cable_needs_a_cable_and_tab_leaves_it_out_while_there_is_none() -> None:
    session, wanted = step(ready(), panes.Focus("body"))
    assert session.pane == "list"
    assert "No cable is open" in said(wanted)
    assert walk(ready(), panes.Cycle(1)).pane == "bar"


def test_esc_goes_one_step_at_a_time_down_to_the_list() -> None:
    session = walk(reading_session(), panes.Focus("header"), panes.ToggleLayout("zoomed"))
    assert session.unfolded
    session = walk(session, panes.StepOut())
    assert (session.zoomed, session.pane) == (False, "header")
    session = walk(session, panes.StepOut())
    assert (session.unfolded, session.pane) == (False, "body")
    session = walk(session, panes.StepOut())
    assert (session.pane, session.reading) == ("list", False)


def test_q_closes_the_view_and_the_cable_and_quits_from_the_list() -> None:
    session, wanted = step(reading_session(), panes.Close())
    assert (session.pane, wanted) == ("list", ())
    session = walk(session, panes.Close())
    assert session.opened is None
    assert step(session, panes.Close())[1] == (effects.QuitProgram(),)


def test_q_quits_where_there_is_nothing_to_read() -> None:
    session = walk(Session(), panes.ArchiveUnreadable("~/x: no cable"))
    assert (session.phase, session.failure) == ("empty", "~/x: no cable")
    assert step(session, panes.Close())[1] == (effects.QuitProgram(),)


def test_copying_again_uses_the_format_of_last_time() -> None:
    session = walk(reading_session(20), BodyAt(0, 0))
    session, wanted = step(session, copy.Copy("link"))
    assert wanted == (effects.CopyCable("link", Place(20, 0)),)
    assert step(session, copy.Copy())[1] == (effects.CopyCable("link", Place(20, 0)),)


@pytest.mark.parametrize(
    "action", [copy.Copy("link"), panes.OpenMenu("copy"), bookmarks.ToggleBookmark()]
)
def test_without_a_cable_there_is_nothing_to_copy_or_mark(action: Action) -> None:
    assert kinds(step(ready(ids=()), action)[1]) == [effects.Notify]


def test_progress_and_the_summary_are_kept_for_the_status_line_and_the_library() -> None:
    building = Progress("grammar", 10, 100)
    assert walk(ready(), index_status.IndexProgressed(building)).building == building
    assert walk(ready(), index_status.IndexProgressed(None)).building is None
    summary = Summary(160, 1966, 2010)
    assert walk(ready(), index_status.ArchiveSummarised(summary)).summary == summary


def test_a_section_shows_all_its_values_and_its_first_ones_again() -> None:
    session = walk(ready(), sidebar.WidenSection("tag"))
    assert session.wide_sections == {"tag"}
    assert walk(session, sidebar.WidenSection("tag")).wide_sections == frozenset()


@pytest.mark.parametrize("what", ["go", "help", "palette"])
def test_menus_are_asked_of_the_screen(what: str) -> None:
    assert step(ready(), panes.OpenMenu(what))[1] == (effects.ShowMenu(what),)


def test_a_text_is_shown_repaired_and_as_filed_again() -> None:
    session = reading_session()
    assert session.opened
    flattened = replace(session.opened.cable, subject="THE DUKE,S ICE")
    session = replace(session, opened=replace(session.opened, cable=flattened))
    session, wanted = step(session, panes.ToggleLayout("repaired"))
    assert session.repaired
    assert session.cable == flattened
    assert "copies stay as filed" in said(wanted)
    session, wanted = step(session, panes.ToggleLayout("repaired"))
    assert not session.repaired
    assert said(wanted) == "Shown as filed."


def test_it_is_said_where_nothing_is_to_be_repaired() -> None:
    repair = panes.ToggleLayout("repaired")
    assert "This cable needs no repair" in said(step(reading_session(), repair)[1])
    session, wanted = step(ready(), repair)
    assert not session.repaired
    assert "No cable is open" in said(wanted)


def test_a_copy_names_the_stop_of_the_body_which_may_be_a_ref_line() -> None:
    session = replace(reading_session(), paragraph=None, stop=2)
    assert step(session, copy.Copy("link"))[1] == (effects.CopyCable("link", Place(10), stop=2),)
    listed = replace(session, pane="list")
    assert step(listed, copy.Copy("link"))[1] == (effects.CopyCable("link", Place(10)),)


def test_marks_that_are_not_on_the_disk_make_leaving_a_second_thought() -> None:
    waits = LibraryChanged(Notebook(frozenset({("09ZENDA1", None)}), pending=1))
    session, wanted = step(walk(ready(), waits), panes.Close())
    assert said(wanted) == (
        "1 bookmark is not saved. Free some disk space, or quit again to save to another folder."
    )
    assert kinds(wanted) == [effects.Notify]
    assert kinds(step(session, panes.LeaveProgram())[1]) == [effects.QuitProgram]
    written = walk(session, LibraryChanged(Notebook(frozenset({("09ZENDA1", None)}))))
    assert kinds(step(written, panes.LeaveProgram())[1]) == [effects.QuitProgram]


@pytest.mark.parametrize("pane", ["body", "header", "list"])
@pytest.mark.parametrize(
    "back", [panes.ToggleLayout("filters_open"), panes.StepOut(), panes.Close()]
)
def test_the_library_gives_the_keys_back_to_where_they_were(pane: Pane, back: Action) -> None:
    session = walk(replace(reading_session(), pane=pane), panes.ToggleLayout("filters_open"))
    assert (session.pane, session.filters_open) == ("filters", True)
    session = walk(session, back)
    assert (session.pane, session.filters_open, session.reading) == (pane, False, pane != "list")


def test_after_the_query_was_changed_the_library_leads_to_the_list() -> None:
    session = walk(reading_session(), LIBRARY)
    secret = ask.ToggleValue("class", "SECRET")
    assert walk(session, secret, panes.StepOut()).pane == "list"


def test_lines_are_joined_and_shown_as_sent_again() -> None:
    session, wanted = step(reading_session(), JoinLines())
    assert session.text_options.joined
    assert "copies stay as filed" in said(wanted)
    session, wanted = step(session, JoinLines())
    assert (session.text_options.joined, said(wanted)) == (False, "As sent.")


def test_a_decoded_header_is_in_sight() -> None:
    session = walk(reading_session(), DecodeHeader())
    assert (session.text_options.decoded, session.unfolded) == (True, True)
    assert not walk(session, DecodeHeader()).text_options.decoded


def test_without_a_cable_there_is_nothing_to_show_otherwise() -> None:
    for action in (JoinLines(), DecodeHeader()):
        session, wanted = step(ready(), action)
        assert session == ready()
        assert "l opens one" in said(wanted)

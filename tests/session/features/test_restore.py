"""Coming back: the same query, line, cable, paragraph and history as when the room closed."""

from __future__ import annotations

import pytest

from cable_tui.base.index_state import Progress
from cable_tui.base.value import replace
from cable_tui.program.last_position import LastPosition, SavedHistoryEntry
from cable_tui.query.answers import FIRST_ROWS, Hits
from cable_tui.session import effects
from cable_tui.session.features import opened_cable, panes, restore, results, search_bar
from cable_tui.session.features.index_status import LookedAt
from cable_tui.session.state import Session
from cable_tui.session.step import step
from tests.session import BodyAt, cable, kinds, reading_session, ready, said, walk

NAMES = {10: "09ZENDA10", 20: "09ZENDA20", 30: "09ZENDA30"}
IDS = {name: id_ for id_, name in NAMES.items()}


def shown(id_: int) -> opened_cable.CableShown:
    return opened_cable.CableShown(id_, cable(id_, "1", "2"))


def resumed(trail: LastPosition, ids: dict[str, int] | None = None) -> Session:
    """A room that has come back and was answered."""
    session = walk(Session(), restore.Resume(trail, IDS if ids is None else ids))
    session = walk(session, results.HitsFound(Hits((10, 20, 30, 40), 4)))
    return session if session.opening is None else walk(session, shown(session.opening))


def closed() -> Session:
    """A room whose reader searched, read one cable, and reads another one."""
    session = walk(ready("lamps ", at=0), opened_cable.OpenCable(), shown(10))
    session = walk(session, opened_cable.ReferenceResolved("09ZENDA20", 20), shown(20))
    return walk(session, BodyAt(1, 7, 2))


def test_the_room_is_as_it_was_when_it_closed() -> None:
    before = closed()
    after = resumed(restore.last_position(before, NAMES, 7, 1.5))
    assert after.history_entry() == before.history_entry()
    assert (after.past, after.pane, after.reading) == (before.past, before.pane, before.reading)
    led = [walk(each, opened_cable.GoBack()).history_entry() for each in (before, after)]
    assert led[0] == led[1]


def test_a_query_is_kept_as_older_programs_read_it_too() -> None:
    kept = restore.last_position(ready("has:tag has:subject"), {}, 7, 1.5)
    assert kept.here.text == "has:tag and has:subject"


@pytest.mark.parametrize("text", ["", "lamps", "lamps ", "tag:KTIP -mo", '"unclosed', "((("])
def test_any_text_of_the_bar_comes_back(text: str) -> None:
    after = resumed(LastPosition(SavedHistoryEntry(text=text)))
    assert (after.text, after.committed_text) == (text, text)


def test_esc_leads_to_all_cables_at_first_and_back_again() -> None:
    after = resumed(LastPosition(SavedHistoryEntry("lamps ", at=1, cable="09ZENDA20", index=1)))
    everything, wanted = step(after, panes.StepOut())
    assert (everything.text, everything.pane, everything.reading) == ("", "list", False)
    assert effects.FindHits in kinds(wanted)
    assert walk(everything, opened_cable.GoBack()).history_entry() == after.history_entry()


@pytest.mark.parametrize(
    "done",
    [results.MoveCursorTo(3), opened_cable.StepCable(1), search_bar.QueryTyped("goats")],
    ids=type,
)
def test_once_the_reader_does_something_esc_is_one_step_again(done: results.MoveCursor) -> None:
    after = walk(resumed(LastPosition(SavedHistoryEntry("lamps ", at=1, cable="09ZENDA20"))), done)
    assert walk(after, panes.StepOut()).text == after.text


@pytest.mark.parametrize(
    ("here", "sentence"),
    [
        (SavedHistoryEntry("lamps "), "Resumed; press Esc for all cables."),
        (SavedHistoryEntry(at=3), "Resumed where you stopped."),
        (SavedHistoryEntry(cable="09ZENDA10"), "Resumed where you stopped."),
        (SavedHistoryEntry(), ""),
    ],
)
def test_the_reader_is_told_unless_it_was_the_top_of_the_list(
    here: SavedHistoryEntry, sentence: str
) -> None:
    assert said(step(Session(), restore.Resume(LastPosition(here), IDS))[1]) == sentence


def test_a_cable_that_is_gone_leaves_the_list() -> None:
    there = SavedHistoryEntry("lamps ", cable="09ZENDA20")
    after = resumed(LastPosition(there, (there,)), ids={})
    assert (after.pane, after.opened, after.past) == ("list", None, ())


def test_a_room_that_begins_elsewhere_can_go_back_to_where_the_reader_was() -> None:
    trail = LastPosition(
        SavedHistoryEntry("lamps ", cable="09ZENDA20", index=1), (SavedHistoryEntry(),)
    )
    session = walk(Session(), restore.RestoreHistory(trail, IDS), results.StartArchive("goats"))
    assert walk(session, opened_cable.GoBack()).opening == 20


def test_a_trail_holds_what_the_list_showed() -> None:
    session = replace(ready(ids=tuple(range(1, 500))), at=200)
    window = restore.last_position(session, {}, 7, 1.5).window
    assert (window.generation, window.count) == (7, 499)
    assert window.ids[200 - window.start] == session.current
    assert len(window.ids) == FIRST_ROWS


def test_the_cables_of_a_trail_are_those_of_all_its_places() -> None:
    assert set(restore.history_cables(closed())) == {10, 20}
    assert list(restore.history_cables(reading_session(30))) == [30]


@pytest.mark.parametrize(
    ("looked_at", "building", "kept"),
    [(0, None, 7), (5, None, 5), (5, Progress("facts", 1, 9), 5), (0, Progress("facts", 1, 9), 0)],
)
def test_a_first_visit_has_seen_all_cables_if_all_were_read(
    looked_at: float, building: Progress | None, kept: int
) -> None:
    session = walk(replace(ready(), building=building), LookedAt(looked_at))
    assert restore.last_position(session, {}, 1, 7.5).looked_at == kept

"""Links of notes in the context pane."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.library import Mark
from cable_tui.session import effects
from cable_tui.session.feature_state import Citing, Context, LinkedNotes
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.context import (
    ContextPauseOver,
    ContextRead,
    MoveInContext,
    NotesLinked,
    OpenFromContext,
)
from cable_tui.session.registry import Services
from cable_tui.session.step import step
from cable_tui.session.values import Action
from cable_tui.tools.notes.links import links
from cable_tui.tools.notes.room import ReadLinks, heading
from cable_tui.tui.panes.context import context_entries
from tests.session import done, reading_session, the, walk

READING = replace(reading_session(10), context=Context(10))
LINKED = LinkedNotes("Noted in 1 note", (Citing("09ZENDA2", "2009-02-13", "S", "3", "a note"),))


@pytest.mark.parametrize("action", [ContextPauseOver(10), LibraryChanged(READING.notebook)])
def test_links_are_read_with_the_context_and_after_a_change(action: Action) -> None:
    assert ReadLinks(10, "09ZENDA10") in step(READING, action)[1]
    assert ReadLinks(10, "09ZENDA10") not in step(replace(READING, context=Context()), action)[1]


def test_they_stand_below_the_citing_cables_and_can_be_opened() -> None:
    session = walk(READING, NotesLinked(10, LINKED), ContextRead(Context(10, listed=True)))
    lines = [entry.lines[0][0][0] for entry in context_entries(session.context, 40)]
    assert lines[-2:] == ["Noted in 1 note", "09ZENDA2"]
    session = walk(session, MoveInContext(5))
    assert step(session, OpenFromContext())[1] == (effects.GoToCable("09ZENDA2", "3"),)
    assert walk(READING, NotesLinked(7, LINKED)).context.linked == LinkedNotes()


def test_both_ends_are_read(services: Services) -> None:
    services.library.add(Mark("05STATE130422", "05STATE130422", "1", note="as 04PORTAMBER211#2"))
    services.library.add(Mark("04PORTAMBER211", "04PORTAMBER211", note="see 09ZENDA99"))
    answer = the(NotesLinked, done(services, ReadLinks(7, "04PORTAMBER211"))).linked
    assert answer.heading == "Noted in 1 note, its notes mention 1 cable"
    noting, named = answer.entries
    assert (noting.reference_id, noting.paragraph) == ("05STATE130422", "1")
    assert (noting.created[:4], noting.sentence) == ("2005", "as 04PORTAMBER211#2")
    assert (named.reference_id, named.created) == ("09ZENDA99", "")
    assert named.sentence == "named here: see 09ZENDA99"


def test_two_notes_are_counted() -> None:
    marks = [Mark(name, name, note="09ZENDA9", id=at) for at, name in enumerate(("A", "B"), 1)]
    assert heading(links(marks), []) == "Noted in 2 notes"
    assert heading([], links(marks)) == "Its notes mention 1 cable"

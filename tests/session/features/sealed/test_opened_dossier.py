"""The offer of a dossier's bookmarks goes to the screen, and the answer to the library."""

from __future__ import annotations

from cable_tui.session.base import LibraryWrite
from cable_tui.session.features.sealed.opened_dossier import AskTakeMarks, TakeMarks
from cable_tui.session.state import Session
from cable_tui.session.step import step


def test_offer_and_answer_go_out_as_they_are() -> None:
    for request in (AskTakeMarks("Lamps", "Unchanged.", 3), TakeMarks()):
        assert step(Session(), request) == (Session(), (request,))


def test_bookmarks_are_taken_in_like_any_others() -> None:
    assert isinstance(TakeMarks(), LibraryWrite)

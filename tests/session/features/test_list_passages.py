"""Passages are read for what is in sight, and an answer to an older list is dropped."""

from __future__ import annotations

from cable_tui.archive.search.passages import FoundPassage
from cable_tui.base.cable import Span
from cable_tui.base.value import Value, replace
from cable_tui.query import parse
from cable_tui.query.answers import Hits
from cable_tui.session import effects
from cable_tui.session.features import list_passages
from cable_tui.session.state import Session
from cable_tui.session.step import step
from tests.session import said


class Lamp(Value):
    """What is lit."""

    word: str

    def spans(self, text: str) -> list[Span]:
        return []

    places = spans


LAMPS = Lamp("lamp")
SEARCHED = Session(query=parse("lamp"), hits=Hits((1, 2, 3), 3, highlights=LAMPS))


def piece(id_: int, text: str = "a lamp") -> FoundPassage:
    return FoundPassage(id_, text, ((2, 6),))


def test_only_what_is_not_known_is_read() -> None:
    session, wanted = step(SEARCHED, list_passages.WantPassages((1, 2)))
    assert wanted == (list_passages.ReadPassages((1, 2), LAMPS),)
    session, _ = step(session, list_passages.PassagesRead(LAMPS, (1, 2), [piece(1)]))
    assert session.passages.found == {1: piece(1), 2: None}
    _, wanted = step(session, list_passages.WantPassages((1, 2, 3)))
    assert wanted == (list_passages.ReadPassages((3,), LAMPS),)
    assert step(session, list_passages.WantPassages((1, 2)))[1] == ()


def test_an_answer_to_an_older_list_is_dropped() -> None:
    other = replace(SEARCHED, hits=Hits((1,), 1, highlights=Lamp("goat")))
    assert step(other, list_passages.PassagesRead(LAMPS, (1,), [piece(1)])) == (other, ())


def test_another_query_makes_them_all_unknown() -> None:
    session, _ = step(SEARCHED, list_passages.PassagesRead(LAMPS, (1,), [piece(1)]))
    goat = Lamp("goat")
    session = replace(session, hits=Hits((1, 2), 2, highlights=goat))
    session, wanted = step(session, list_passages.WantPassages((1, 2)))
    assert wanted == (list_passages.ReadPassages((1, 2), goat),)
    session, _ = step(session, list_passages.PassagesRead(goat, (2,), [piece(2)]))
    assert session.passages.found == {2: piece(2)}


def test_they_are_kept_within_bounds() -> None:
    session = SEARCHED
    for start in range(0, 2000, 100):
        ids = tuple(range(start, start + 100))
        session, _ = step(
            session, list_passages.PassagesRead(LAMPS, ids, [piece(id_) for id_ in ids])
        )
    assert len(session.passages.found) == 400
    assert 1999 in session.passages.found


def test_p_takes_them_away_and_the_choice_is_kept() -> None:
    session, wanted = step(SEARCHED, list_passages.TogglePassages())
    assert not session.passages.shown
    assert effects.RememberChoice("passages", False) in wanted
    session, wanted = step(session, list_passages.TogglePassages())
    assert session.passages.shown
    assert wanted == (effects.RememberChoice("passages", True),)
    session, wanted = step(session, list_passages.RestorePassages(False))
    assert (session.passages.shown, wanted) == (False, ())


def test_without_words_it_is_said_when_they_are_shown() -> None:
    session, _ = step(Session(), list_passages.RestorePassages(False))
    _, wanted = step(session, list_passages.TogglePassages())
    assert said(wanted) == "Passages are now shown under the subjects if the query contains words."

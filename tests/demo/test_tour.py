"""The tour as command lines names what is in the demo."""

from pathlib import Path

from cable_tui.demo import drafts
from cable_tui.demo.tour import WORDS, tour_commands
from cable_tui.session.features.tour import TOUR


def test_the_commands_are_the_steps_of_the_room() -> None:
    assert [each.name for each in tour_commands(Path("x"))] == [each.name for each in TOUR]


def test_a_folder_with_a_blank_is_quoted() -> None:
    first = next(tour_commands(Path("/the cables")))
    assert first.line == "cable-tui search '/the cables' tag:EFIS"


def test_the_words_of_the_tour_stand_in_several_cables() -> None:
    bodies = [draft.body.casefold() for draft in drafts()]
    assert [word for word in WORDS if sum(word in body for body in bodies) < 3] == []

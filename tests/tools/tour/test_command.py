"""`cable-tui demo`: the tour, in the room or as commands to type."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli import demo as demo_command
from cable_tui.demo import fictional_cables
from cable_tui.program.settings import Paths
from cable_tui.tools.tour import command as tour_command
from cable_tui.tools.tour.command import WORDS, tour_commands
from cable_tui.tools.tour.room import TOUR, OfferTour, ToggleTour
from tests.cli.conftest import Run
from tests.command_cases import CommandCase
from tests.parts import COMMON

CASE = CommandCase(imports={"demo --plain": COMMON | {"demo", "tools.tour"}})


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A terminal, and a room that only notes how it was entered."""
    calls: list[dict[str, Any]] = []

    def enter(call: object, path: Path, **named: Any) -> int:
        calls.append({"path": path, **named})
        return 0

    monkeypatch.setattr(demo_command, "enter", enter)
    for module in (demo_command, tour_command):
        monkeypatch.setattr(module, "need_terminal", lambda call: None)
    return calls


@pytest.mark.parametrize(("argv", "begins"), [(("demo",), False), (("demo", "--tour"), True)])
def test_the_room_is_told_whether_to_offer_or_to_begin_the_tour(
    run: Run,
    entered: list[dict[str, Any]],
    tmp_path: Path,
    argv: tuple[str, ...],
    begins: bool,
) -> None:
    assert run(*argv).status == 0
    (call,) = entered
    offer, *more = call["then"](Paths(tmp_path, tmp_path, tmp_path, tmp_path))
    assert (offer.words, more) == (WORDS, [ToggleTour()] if begins else [])
    assert isinstance(offer, OfferTour)
    assert call["at_top"] == begins


def test_on_a_terminal_the_plain_tour_is_printed_when_it_is_asked_for(
    run: Run, entered: list[dict[str, Any]]
) -> None:
    done = run("demo", "--plain")
    assert done.status == 0
    assert done.out.count("\ncable-tui ") == 9
    assert entered == []


def test_without_a_terminal_every_command_of_the_printed_tour_works(run: Run) -> None:
    printed = run("demo", "--tour")
    assert (printed.status, printed.err) == (0, "")
    lines = [each for each in printed.out.splitlines() if each.startswith("cable-tui ")]
    assert len(lines) == 9
    done = [run(*shlex.split(line)[1:]) for line in lines]
    assert [each.status for each in done] == [0] * 9
    narrow, search, correct, read, follow, back, mark, cite, _ = done
    assert 0 < len(search.out.splitlines()) < len(narrow.out.splitlines())
    assert 'no "lobstre"; searched for lobster' in correct.err
    assert "R/V PATIENCE" in read.out
    assert "05STATE130422" in follow.out
    assert back.out.startswith("2. (C)")
    assert mark.status == 0
    assert cite.out == "05PORTAMBER140 ¶2\n"


def test_the_commands_are_the_steps_of_the_room() -> None:
    assert [each.name for each in tour_commands(Path("x"))] == [each.name for each in TOUR]


def test_a_folder_with_a_blank_is_quoted() -> None:
    first = next(tour_commands(Path("/the cables")))
    assert first.line == "cable-tui search '/the cables' tag:EFIS"


def test_the_words_of_the_tour_stand_in_several_cables() -> None:
    bodies = [cable.body.casefold() for cable in fictional_cables()]
    assert [word for word in WORDS if sum(word in body for body in bodies) < 3] == []

"""The step of the session: every action has one, and a request goes out as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cable_tui.session.step as step_module
from cable_tui.session import effects
from cable_tui.session.features import goto, sidebar
from cable_tui.session.registry import STEPS
from cable_tui.session.step import step
from cable_tui.session.values import Action, Request
from tests.session import ready


def test_every_action_has_a_step() -> None:
    assert set(STEPS) == set(Action.__subclasses__()) - {Request}


@pytest.mark.parametrize(
    "request_",
    [
        effects.Notify("Copied."),
        effects.Notify("The disk is full.", "error"),
        goto.SetTheme("nord"),
        sidebar.ShowValues("origin"),
    ],
)
def test_a_request_goes_out_as_it_is(request_: Request) -> None:
    assert step(ready(), request_) == (ready(), (request_,))


def test_all_steps_are_there_for_whoever_imports_the_step_alone() -> None:
    source = Path(step_module.__file__).parent
    written = sum(
        file.read_text(encoding="utf-8").count("\n@handles(") for file in source.rglob("*.py")
    )
    look = "from cable_tui.session.step import STEPS; print(len(STEPS))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert int(done.stdout) == written > 90

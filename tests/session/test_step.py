"""The step of the session: every action has one, and a request goes out as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.session import effects, features
from cable_tui.session.features import goto, sidebar
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.step import FEATURES, step
from cable_tui.session.values import Action, Effect, Request
from tests.session import ready


def test_every_action_has_a_step() -> None:
    assert [each for each in Action.__subclasses__() if "step" not in vars(each)] == []


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


def test_every_module_of_features_is_named() -> None:
    files = {each.stem for each in Path(features.__path__[0]).glob("*.py")} - {"__init__"}
    named = {each.__name__ for each in FEATURES}
    assert {f"{features.__name__}.{name}" for name in files} - named == set()


def test_what_tools_look_with_sees_each_action_and_may_add_effects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def watch(
        before: Session, action: Action, after: Session, wanted: tuple[Effect, ...]
    ) -> Result:
        said = effects.Notify(f"{type(action).__name__} {before == after}")
        return after, (*wanted, said)

    monkeypatch.setattr("cable_tui.session.step.WATCHES", (watch,))
    asked = effects.Notify("Copied.")
    assert step(ready(), asked)[1] == (asked, effects.Notify("Notify True"))

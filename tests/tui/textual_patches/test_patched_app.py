"""An internal error ends the app with a status of its own, and prints no text of a cable."""

from __future__ import annotations

import pytest

from cable_tui.tui.textual_patches.patched_app import CRASHED, PatchedApp

SECRET = "Kell (strictly protect) has lamps."


class Faulty(PatchedApp):
    """An app with a fault: in a handler, or in a worker."""

    def __init__(self, *, in_worker: bool) -> None:
        super().__init__()
        self._in_worker = in_worker

    def on_mount(self) -> None:
        if self._in_worker:
            self.run_worker(self._fail, thread=True)
        else:
            self._fail()

    def _fail(self) -> None:
        text = SECRET
        raise ValueError(len(text))


@pytest.mark.parametrize("in_worker", [False, True])
def test_a_fault_is_left_to_the_caller_and_nothing_is_printed(
    capfd: pytest.CaptureFixture[str], *, in_worker: bool
) -> None:
    app = Faulty(in_worker=in_worker)
    app.run(headless=True)
    assert app.return_code == CRASHED
    assert isinstance(app.fault, ValueError)
    printed = capfd.readouterr()
    assert SECRET not in printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err

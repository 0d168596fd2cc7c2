"""The command: what is refused before anything is served."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import Mock

import pytest

from cable_tui.operating_system import installation
from tests.cli.conftest import Run
from tests.tool_cases import StandIns


def test_without_the_extra_a_sentence_says_how_to_get_it(
    run: Run, demo_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "cable_tui.tools.serve.rooms", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setattr(installation, "command_for", "pipx install --force cable-tui[{}]".format)
    done = run("serve", demo_archive)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "cable-tui: serve needs the extra package textual-serve; install it with: "
        "pipx install --force cable-tui[serve]\n"
    )


def test_numbers_that_make_no_sense_and_a_folder_without_a_cable_are_refused(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    pytest.importorskip("textual_serve")
    for options, sentence in (
        (("--port", "65536"), "--port needs a number from 0 to 65535, not 65536"),
        (("--port", "-1"), "--port needs a number from 0 to 65535, not -1"),
        (("--sessions", "0"), "--sessions needs a number from 1 to 500, not 0"),
    ):
        assert run("serve", demo_archive, *options).refuses(
            2, f"cable-tui: {sentence} (see cable-tui serve --help)\n"
        )
    (tmp_path / "empty").mkdir()
    done = run("serve", tmp_path / "empty")
    assert (done.status, done.out) == (3, "")


_ADDRESS = "http://127.0.0.1:8251/90a1f3c2b4d5/w1b6q.../"


def _server() -> ModuleType:
    """Return a stand-in for the module that serves: it announces an address and ends."""

    async def serve(*given: Any) -> int:
        announce = given[3]
        announce(_ADDRESS)
        return 0

    module = ModuleType("serve_rooms")
    vars(module).update(Served=Mock, serve=serve)
    return module


@contextmanager
def _placed() -> Iterator[None]:
    """Place the stand-in. `patch.dict` would also forget all modules that are loaded meanwhile."""
    name = "cable_tui.tools.serve.rooms"
    own = sys.modules.get(name)
    sys.modules[name] = _server()
    try:
        yield
    finally:
        del sys.modules[name]
        if own is not None:
            sys.modules[name] = own


CASE = StandIns(lambda clock: _placed())

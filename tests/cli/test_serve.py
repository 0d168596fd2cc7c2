"""The command: what is refused before anything is served."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cable_tui.operating_system import installation
from tests.cli.conftest import Run


def test_without_the_extra_a_sentence_says_how_to_get_it(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "cable_tui.cli.serve_rooms", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setattr(installation, "command_for", "pipx install --force cable-tui[{}]".format)
    done = run("serve", archive)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "cable-tui: serve needs textual-serve, which comes with an extra: "
        "pipx install --force cable-tui[serve]\n"
    )


@pytest.mark.parametrize(
    ("options", "status", "sentence"),
    [
        (("--port", "65536"), 2, "--port 65536: a port is a number up to 65535"),
        (("--port", "-1"), 2, "--port -1: a port is a number up to 65535"),
        (("--rooms", "0"), 2, "--rooms 0: 1 to 500 are possible"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(
    run: Run, archive: Path, options: tuple[str, ...], status: int, sentence: str
) -> None:
    pytest.importorskip("textual_serve")
    done = run("serve", archive, *options)
    assert (done.status, done.err) == (status, f"cable-tui: {sentence}\n")


def test_a_folder_without_a_cable_is_not_served(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("textual_serve")
    (tmp_path / "empty").mkdir()
    done = run("serve", tmp_path / "empty")
    assert (done.status, done.out) == (3, "")

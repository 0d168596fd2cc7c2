"""Handing a cable over to other programs, and saying where it is from."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.program.own_commands import Ended, Output, OwnCommand
from cable_tui.program.settings import remember
from cable_tui.query.answers import Hits
from cable_tui.session import effects
from cable_tui.session.features import external_programs, panes
from cable_tui.session.features.external_programs import Program
from cable_tui.session.step import step
from tests.session import cable, reading_session, ready, said


@pytest.mark.parametrize("program", ["pager", "editor"])
def test_the_cable_under_the_cursor_goes_to_the_program(program: external_programs.Program) -> None:
    _, wanted = step(ready(at=1), external_programs.OpenInProgram(program))
    assert wanted == (external_programs.ReadForProgram(20, program),)


def test_while_reading_it_is_the_cable_that_is_read() -> None:
    _, wanted = step(reading_session(30), external_programs.FindOrigin())
    assert wanted == (external_programs.ReadOrigin(30),)


@pytest.mark.parametrize(
    "action", [external_programs.OpenInProgram("pager"), external_programs.FindOrigin()], ids=type
)
def test_an_empty_list_has_nothing_to_hand_over(action: external_programs.OpenInProgram) -> None:
    session = replace(ready(), hits=Hits())
    assert said(step(session, action)[1]) == "There is no cable here."


TRANSLATE = OwnCommand("translate", ("trans", "{ref}"))


def test_an_own_command_runs_alone_and_esc_ends_it() -> None:
    run = external_programs.RunOwnCommand(TRANSLATE)
    session, wanted = step(ready(at=1), run)
    assert wanted == (external_programs.PrepareOwnCommand(20, TRANSLATE),)
    session, wanted = step(session, external_programs.StartOwnCommand(20, TRANSLATE))
    assert wanted == (external_programs.PerformOwnCommand(20, TRANSLATE),)
    unchanged, wanted = step(session, run)
    assert unchanged == session
    assert said(wanted) == "translate is running: Esc stops it."
    session, wanted = step(session, panes.StepOut())
    assert session == ready(at=1)
    assert wanted[0] == effects.Stop("own command")
    assert said(wanted) == "translate was stopped."


def test_the_permission_is_remembered_when_it_is_given() -> None:
    _, wanted = step(ready(), external_programs.StartOwnCommand(20, TRANSLATE, is_new=True))
    assert wanted[0] == effects.RememberChoice(TRANSLATE.approval, True)


def test_a_changed_command_is_asked_about_as_changed(tmp_path: Path) -> None:
    services: Any = SimpleNamespace(choices=tmp_path / "choices.json")
    start = external_programs.StartOwnCommand(20, TRANSLATE)
    prepare = external_programs.PERFORMERS[external_programs.PrepareOwnCommand]
    for permitted, question in (
        (None, "Run translate for the first time?"),
        (
            replace(TRANSLATE, run=("trans",)),
            "Run translate for the first time since `run` was changed?",
        ),
        (TRANSLATE, ""),
    ):
        if permitted:
            remember(services.choices, permitted.approval, True)
        effect = external_programs.PrepareOwnCommand(20, TRANSLATE)
        (answer,) = prepare(services, effect, lambda: False)
        if question:
            assert isinstance(answer, effects.AskMenu)
            assert answer.title == question
            assert answer.note.startswith("trans {ref}   (config.toml, commands.translate)")
        else:
            assert answer == start


@pytest.mark.parametrize(
    ("output", "lines", "failure", "sentence", "page"),
    [
        ("page", ("one", "two"), "", "", ("one", "two")),
        ("page", ("one",), "It failed.", "", ("one",)),
        ("page", (), "", "translate has ended.", ()),
        ("page", (), "It failed.", "It failed.", ()),
        ("notice", ("one", "two"), "", "one", ()),
        ("notice", ("one",), "It failed.", "It failed.", ()),
        ("none", ("one",), "", "", ()),
        ("none", ("one",), "It failed.", "It failed.", ()),
    ],
)
def test_what_it_printed_is_shown_as_the_settings_say(
    output: Output, lines: tuple[str, ...], failure: str, sentence: str, page: tuple[str, ...]
) -> None:
    command = replace(TRANSLATE, output=output)
    running = replace(ready(), own_command="translate")
    session, wanted = step(running, external_programs.OwnCommandEnded(command, lines, failure))
    assert session == ready()
    assert said(wanted) == sentence
    shown = [each for each in wanted if isinstance(each, effects.ShowText)]
    assert shown == ([effects.ShowText("translate", page, failure)] if page else [])


pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A folder of programs that do nothing."""
    for name in ("less", "vi", "mine", "xdg-open", "firefox"):
        file = tmp_path / name
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
    return str(tmp_path)


@pytest.mark.parametrize(
    ("kind", "environ", "expected"),
    [
        ("pager", {}, ["less"]),
        ("pager", {"PAGER": "mine -R 'a b'"}, ["mine", "-R", "a b"]),
        ("pager", {"PAGER": " "}, ["less"]),
        ("editor", {}, ["vi"]),
        ("editor", {"EDITOR": "mine"}, ["mine"]),
        ("editor", {"EDITOR": "less", "VISUAL": "mine"}, ["mine"]),
    ],
)
def test_the_readers_own_program_goes_first(
    path: str, kind: Program, environ: dict[str, str], expected: list[str]
) -> None:
    assert external_programs.reader_program(kind, {"PATH": path, **environ}) == expected


@pytest.mark.parametrize(
    ("kind", "environ", "sentence"),
    [
        ("pager", {"PAGER": "nothing"}, "PAGER is set to nothing, but there is no such program."),
        ("pager", {"PAGER": "'less"}, "PAGER is set to 'less, but there is no such program."),
        ("editor", {"PATH": "/nowhere"}, "No editor was found: set EDITOR."),
    ],
)
def test_a_program_that_is_not_there_is_said(
    path: str, kind: Program, environ: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UsageError) as raised:
        external_programs.reader_program(kind, {"PATH": path, **environ})
    assert str(raised.value) == sentence


_COPY = "import pathlib, sys; {}; pathlib.Path(sys.argv[1]).write_bytes({})"


def test_a_pager_reads_the_text_from_its_input(tmp_path: Path) -> None:
    code = _COPY.format("content = sys.stdin.buffer.read()", "content")
    argv = [sys.executable, "-c", code, str(tmp_path / "out")]
    external_programs.run_program(argv, "09ZENDA3", "São\ud800 text\n", in_file=False)
    assert (tmp_path / "out").read_bytes() == "São? text\n".encode()


def test_an_editor_has_a_private_file_that_goes_with_it(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys; file = pathlib.Path(sys.argv[2]); "
        "pathlib.Path(sys.argv[1]).write_text("
        "f'{file} {file.stat().st_mode & 0o777:o} {file.read_text()}')"
    )
    argv = [sys.executable, "-c", code, str(tmp_path / "out")]
    external_programs.run_program(argv, "09ZENDA3", "Text.", in_file=True)
    name, mode, text = (tmp_path / "out").read_text().split(" ")
    assert Path(name).name == "09ZENDA3.txt"
    assert (mode, text) == ("600", "Text.")
    assert not Path(name).parent.exists()


def test_what_an_editor_leaves_in_the_file_is_returned() -> None:
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(b'new\\x1b\\xff\\n')"
    argv = [sys.executable, "-c", code]
    assert external_programs.run_program(argv, "Note", "old", in_file=True) == "new␛\ufffd\n"


def test_a_file_that_an_editor_removes_is_an_error() -> None:
    argv = [sys.executable, "-c", "import os, sys; os.remove(sys.argv[1])"]
    with pytest.raises(OSError, match="No such file"):
        external_programs.run_program(argv, "Note", "old", in_file=True)


@pytest.mark.parametrize(
    ("output", "status", "failure"),
    [
        ("page", 0, "long ended with status 0: only the first 1 MiB of its output was read"),
        ("page", -13, "long ended with status -13: only the first 1 MiB of its output was read"),
        ("notice", 0, ""),
    ],
)
def test_a_page_says_that_a_long_output_is_cut(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: Output, status: int, failure: str
) -> None:
    ended = Ended(status, "one\ntwo\n", "", is_cut=True)
    monkeypatch.setattr("cable_tui.program.own_commands.run_command", lambda *_: ended)
    services: Any = SimpleNamespace(
        in_browser=False,
        settings=SimpleNamespace(private=False),
        cable=cable,
        archive=SimpleNamespace(root=tmp_path),
    )
    command = OwnCommand("long", (sys.executable,), output)
    perform = external_programs.PERFORMERS[external_programs.PerformOwnCommand]
    effect = external_programs.PerformOwnCommand(20, command)
    assert list(perform(services, effect, lambda: False)) == [
        external_programs.OwnCommandEnded(command, ("one", "two"), failure)
    ]

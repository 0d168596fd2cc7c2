"""Commands of the reader: what the settings may hold, what becomes an argument, how one runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.program.own_commands import (
    MOST_OUTPUT,
    Ended,
    OwnCommand,
    argv_of,
    read_commands,
    run_command,
)

HOSTILE = "$(touch evil) `touch evil` [/x] \x1b]0;owned\x07"
PROGRAM = OwnCommand("translate", (sys.executable, "-m", "tool", "{ref}", "{path}"))


def never() -> bool:
    return False


def test_a_table_is_a_command_with_its_program_output_and_key() -> None:
    table = {
        "translate": {"run": ["trans", "-b", "{ref}"], "output": "notice", "key": "f8"},
        "to-zotero": {"run": ["~/bin/zot"]},
    }
    assert read_commands(table) == (
        (
            OwnCommand("translate", ("trans", "-b", "{ref}"), "notice", "f8"),
            OwnCommand("to-zotero", ("~/bin/zot",), "page", ""),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("entry", "mistake"),
    [
        ("prog", "a table such as [commands.NAME] is required"),
        ({}, 'run: a list such as ["prog", "{ref}"] is required'),
        ({"run": "prog {ref}"}, 'run: a list such as ["prog", "{ref}"] is required'),
        ({"run": []}, 'run: a list such as ["prog", "{ref}"] is required'),
        ({"run": ["prog", 1]}, 'run: a list such as ["prog", "{ref}"] is required'),
        ({"run": ["prog", "a\0b"]}, 'run: a list such as ["prog", "{ref}"] is required'),
        ({"run": [""]}, "run: the program must be a name or a full path"),
        ({"run": ["./prog"]}, "run: the program must be a name or a full path"),
        ({"run": ["sh", "-c", "echo {ref}"]}, "run: {ref} must be a separate argument"),
        ({"run": ["prog", "--in={path}"]}, "run: {path} must be a separate argument"),
        ({"run": ["{ref}"]}, "run: {ref} must be a separate argument"),
        ({"run": ["prog"], "shell": True}, "shell is unknown; valid names are run, output, key"),
        ({"run": ["prog"], "output": "x"}, "output: one of page, notice, none is required"),
        ({"run": ["prog"], "key": 8}, 'key: a key such as "f8" is required'),
    ],
)
def test_a_mistake_is_named_and_the_other_commands_are_kept(entry: Any, mistake: str) -> None:
    commands, mistakes = read_commands({"bad": entry, "good": {"run": ["prog"]}})
    assert [command.name for command in commands] == ["good"]
    assert mistakes == [f"commands.bad: {mistake}"]


@pytest.mark.parametrize("name", ["", "a b", "-a", "a;b", "$x"])
def test_a_name_is_a_word(name: str) -> None:
    assert read_commands({name: {"run": ["prog"]}})[0] == ()


def test_permission_is_for_a_name_with_its_exact_arguments() -> None:
    others = [
        replace(PROGRAM, name="other"),
        replace(PROGRAM, run=(*PROGRAM.run, "-x")),
        replace(PROGRAM, run=(PROGRAM.run[0], "-m tool", *PROGRAM.run[3:])),
    ]
    assert len({PROGRAM.approval, *(other.approval for other in others)}) == 4
    assert replace(PROGRAM, output="none", key="f8").approval == PROGRAM.approval


def test_a_changed_command_is_told_from_a_new_one() -> None:
    changed = replace(PROGRAM, run=(*PROGRAM.run, "-x"))
    new, again = "for the first time", "for the first time since `run` was changed"
    for stored, reasons in (
        ({}, (new, new)),
        ({"timeline": True, replace(PROGRAM, name="other").approval: True}, (new, new)),
        ({PROGRAM.approval: True}, ("", again)),
        ({PROGRAM.approval: True, changed.approval: True}, ("", "")),
    ):
        assert (PROGRAM.reason_to_ask(stored), changed.reason_to_ask(stored)) == reasons


def test_only_whole_arguments_are_replaced_and_only_once(tmp_path: Path) -> None:
    folder = tmp_path / "{ref} $(reboot); 'x"
    assert argv_of(PROGRAM, "09ZENDA3", folder, {}) == [
        *(sys.executable, "-m", "tool", "09ZENDA3", str(folder)),
    ]


@pytest.mark.parametrize(
    "reference",
    ["-rf", "--exec=x", "$(reboot)", "a;b", "`x`", "a|b", "a\nb", "", " a", "a'b", '"', "%PATH%"],
)
def test_a_reference_that_could_be_anything_else_is_not_an_argument(
    tmp_path: Path, reference: str
) -> None:
    with pytest.raises(UsageError, match=r"remove \{ref\}"):
        argv_of(PROGRAM, reference, tmp_path, {})
    without = replace(PROGRAM, run=(sys.executable, "-V"))
    assert argv_of(without, reference, tmp_path, {}) == [sys.executable, "-V"]


def test_a_missing_program_is_named_and_none_is_taken_from_the_folder_of_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "prog").write_text("#!/bin/sh\n")
    (tmp_path / "prog").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for search in ("/nowhere", ".", ":/nowhere"):
        with pytest.raises(UsageError, match="there is no program prog"):
            argv_of(OwnCommand("x", ("prog",)), "09ZENDA3", tmp_path, {"PATH": search})


def test_a_batch_file_of_windows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.program.own_commands.is_windows", lambda: True)
    (tmp_path / "prog.bat").write_text("")
    (tmp_path / "prog.bat").chmod(0o755)
    with pytest.raises(UsageError, match="batch file"):
        argv_of(OwnCommand("x", (str(tmp_path / "prog.bat"),)), "09ZENDA3", tmp_path, {})


def test_the_text_is_its_input_and_output_and_messages_are_apart() -> None:
    code = "import sys; print(sys.stdin.read().upper()); sys.exit('no')"
    ended = run_command([sys.executable, "-c", code], f"{HOSTILE}é", never)
    assert ended is not None
    assert (ended.status, ended.messages.strip()) == (1, "no")
    assert ended.output.strip() == f"{HOSTILE}é".upper().strip()


def test_a_program_need_not_read_its_input_nor_end_its_output() -> None:
    assert run_command([sys.executable, "-c", "print(1)"], "x" * 2_000_000, never) == Ended(
        0, "1\n", ""
    )
    code = "while True: print('x' * 60_000)"
    endless = run_command([sys.executable, "-c", code], "", never)
    assert endless is not None
    assert endless.status != 0
    assert len(endless.output) == MOST_OUTPUT
    assert endless.is_cut


@pytest.mark.parametrize("more", [0, 1])
def test_output_is_cut_only_if_it_is_longer_than_the_limit(more: int) -> None:
    code = f"import sys; sys.stdout.write('x' * {MOST_OUTPUT + more})"
    ended = run_command([sys.executable, "-c", code], "", never)
    assert ended is not None
    assert (len(ended.output), ended.is_cut) == (MOST_OUTPUT, bool(more))


def test_a_stopped_program_ends_with_what_it_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    child = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    begun = time.monotonic()
    assert run_command([sys.executable, "-c", code], "", started.exists) is None
    assert time.monotonic() - begun < 50  # else the sleep would have ended it

"""Ends of a run: every exit status, signals, pipes, faults."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import subprocess
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest

from cable_tui import __main__
from cable_tui.cli import paths as paths_command
from tests.cli.conftest import Run, write_settings
from tests.operating_system.systems import become


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `paths` end so."""

    def run(call: object) -> int:
        raise error

    monkeypatch.setattr(paths_command, "run", run)


def test_a_fault_is_logged_without_text_and_said_in_two_lines(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(monkeypatch, ValueError("text of a cable"))
    done = run("paths")
    assert done.status == 70
    assert len(done.err.splitlines()) == 2
    assert str(home / "state" / "crash.log") in done.err
    log = (home / "state" / "crash.log").read_text()
    assert "builtins.ValueError" in log
    assert "text of a cable" not in log + done.err


def test_a_fault_without_a_place_for_its_log_is_still_said(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (home / "state").write_text("a file")
    raising(monkeypatch, ValueError())
    done = run("paths")
    assert done.status == 70
    assert "could not be written" in done.err


def test_an_interrupt_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, KeyboardInterrupt())
    done = run("paths")
    assert (done.status, done.err) == (130, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_unwind(home: Path, number: int, status: int) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("the signal is ignored here, as under nohup, and stays so")
    code = (
        "import sys, time\n"
        "from cable_tui.cli import main, paths\n"
        "def wait(call):\n"
        "    try:\n"
        "        print('ready', flush=True); time.sleep(30)\n"
        "    finally:\n"
        "        print('unwound', flush=True)\n"
        "paths.run = wait\n"
        "sys.exit(main(['paths']))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(number)
        assert child.stdout.read() == "unwound\n"
        assert child.wait(30) == status


def test_a_broken_pipe_is_silent(home: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "cable_tui", "paths"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("paths >&-", 0, ""),
        ("--version >&- 2>&-", 0, ""),
        ("nosuch command 2>&-", 2, ""),
        ("bookmarks import - <&-", 4, "stdin"),
        ("demo <&-", 2, "needs a terminal"),
        ("paths > /dev/full", 4, "the disk is full"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_fault_of_the_program(
    home: Path, line: str, status: int, said: str
) -> None:
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no full device here")
    shell = f'exec "{sys.executable}" -m cable_tui {line}'
    done = subprocess.run(
        ["sh", "-c", shell], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "internal error" not in done.stderr


def test_an_interrupt_while_the_program_is_loaded_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(MetaPathFinder):
        def find_spec(self, name: str, *_: object) -> None:
            if name == "cable_tui.cli":
                raise KeyboardInterrupt

    for name in [each for each in sys.modules if each.startswith("cable_tui.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("cable_tui.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    monkeypatch.setattr(atexit, "register", lambda _: None)  # it would end the tests
    monkeypatch.setattr(gc, "disable", lambda: None)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


_ENDING = """
import atexit, sys
from cable_tui import __main__, cli
def main(argv):
    atexit.register(print, "closed")
    print("answered", end=" ")
    if argv == ["signal"]:
        sys.exit(143)
    return 3
cli.main = main
__main__.main()
"""


@pytest.mark.parametrize(("word", "status"), [("answer", 3), ("signal", 143)])
def test_the_program_ends_with_its_status_after_all_that_waits_for_its_end(
    word: str, status: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ENDING, word], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (status, "answered closed\n")


def test_output_is_utf_8_whatever_the_locale(spawn: Run) -> None:
    done = spawn(
        "bookmarks", "add", "any text ¶", "--note", "水", LANG="C", PYTHONIOENCODING="ascii"
    )
    assert done.status == 0
    assert (
        spawn("bookmarks", "list", LC_ALL="C", PYTHONIOENCODING="ascii").out == "any text ¶  水\n"
    )


def test_what_is_said_cannot_steer_a_terminal(spawn: Run) -> None:
    done = spawn("show", "/nowhere/\x1b]0;owned\x07", "x\x1b[2J")
    assert done.status == 3
    assert "\x1b" not in done.err
    assert "\x07" not in done.err


def test_settings_mistakes_are_said_and_only_a_named_file_that_is_missing_stops(
    run: Run, home: Path
) -> None:
    write_settings(home, 'color = "red"\n')
    assert run("paths").says(0, "color is unknown")
    assert run("paths", "--config", "/nowhere.toml").status == 2


def test_signal_handlers_are_as_before_afterwards(run: Run) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run("paths")
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_reader_that_has_gone_ends_the_command_on_windows_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(monkeypatch, OSError(22, "Invalid argument"))  # in place of EPIPE there
    monkeypatch.setattr("cable_tui.cli._drop_stdout", lambda: None)
    assert run("paths").status == 70
    become(monkeypatch, "win32")
    assert run("paths").status == 0

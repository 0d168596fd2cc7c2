"""Ways to copy, against replacement tools on PATH: good, failing, hanging, lying."""

from __future__ import annotations

import base64
import io
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.operating_system.programs import native_tools
from cable_tui.program import clipboard
from cable_tui.program.clipboard import Clipboard, osc52
from tests.operating_system.systems import become

TOOLS = {
    "good": "#!/bin/sh\n/bin/cat > '{out}'\n",
    "failing": "#!/bin/sh\n/bin/cat > /dev/null\necho 'cannot open display' >&2\nexit 1\n",
    "deaf": "#!/bin/sh\nexit 1\n",
    "hanging": "#!/bin/sh\nexec /bin/sleep 60\n",
    "lying": "#!/bin/sh\n/bin/cat > /dev/null\necho 'copied everything, trust me'\n",
    "daemon": "#!/bin/sh\n/bin/cat > '{out}'\n/bin/sleep 20 &\n",
}


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def tool(folder: Path, name: str, kind: str) -> Path:
    """Put a replacement into the folder; returns the file that a good one writes."""
    out = folder / f"{name}.out"
    script = folder / name
    script.write_text(TOOLS[kind].replace("{out}", str(out)))
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return out


def board(
    folder: Path, screen: io.StringIO | None = None, limit: int = 74_994, **environ: str
) -> Clipboard:
    return Clipboard(
        folder / "state" / "clipboard.txt",
        terminal=None if screen is None else screen.write,
        environ={"PATH": str(folder), **environ},
        limit=limit,
        platform="linux",
        timeout=0.3,
    )


def test_a_good_tool_gets_the_text_without_control_characters_and_is_named(
    bin_folder: Path,
) -> None:
    out = tool(bin_folder, "wl-copy", "good")
    copied = board(bin_folder, WAYLAND_DISPLAY="wayland-0").copy("09TESTPOST1 ¶3")
    assert copied == clipboard.Copied("wl-copy", "Copied 14 characters (via wl-copy)")
    assert out.read_text(encoding="utf-8") == "09TESTPOST1 ¶3"
    copied = board(bin_folder, WAYLAND_DISPLAY="w").copy("a\x1b[201~b", "link · ¶3")
    assert copied.sentence == "Copied link · ¶3 (via wl-copy)"
    assert out.read_text().endswith("[201~b")
    assert "\x1b" not in out.read_text()


@pytest.mark.parametrize("kind", ["failing", "deaf", "hanging"])
def test_a_tool_that_fails_or_hangs_gives_way_to_the_next(bin_folder: Path, kind: str) -> None:
    tool(bin_folder, "xclip", kind)
    out = tool(bin_folder, "xsel", "good")
    copied = board(bin_folder, DISPLAY=":0").copy("text" * 100_000)
    assert copied.way == "xsel"
    assert out.stat().st_size == 400_000


def test_what_a_lying_tool_prints_reaches_nobody(
    bin_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tool(bin_folder, "xclip", "lying")
    copied = board(bin_folder, DISPLAY=":0").copy("text")
    assert copied.sentence == "Copied 4 characters (via xclip)"
    assert capfd.readouterr() == ("", "")


def test_a_tool_that_stays_in_the_background_is_not_waited_for(bin_folder: Path) -> None:
    out = tool(bin_folder, "xclip", "daemon")
    assert board(bin_folder, DISPLAY=":0").copy("text").way == "xclip"
    assert out.read_text() == "text"


def test_over_ssh_no_native_tool_is_asked(bin_folder: Path) -> None:
    out = tool(bin_folder, "xclip", "good")
    screen = io.StringIO()
    copied = board(bin_folder, screen, DISPLAY=":10", SSH_CONNECTION="a b c d").copy("text")
    assert copied.way == "OSC 52"
    assert not out.exists()


@pytest.mark.parametrize(("kind", "way"), [("good", "tmux"), ("failing", "file")])
def test_tmux_takes_the_text_or_is_not_followed_by_what_it_would_drop(
    bin_folder: Path, kind: str, way: str
) -> None:
    out = tool(bin_folder, "tmux", kind)
    screen = io.StringIO()
    assert board(bin_folder, screen, TMUX="/tmp/tmux,1,0").copy("text").way == way
    assert out.exists() is (kind == "good")
    assert screen.getvalue() == ""


def test_osc_52_claims_only_that_it_was_sent(bin_folder: Path) -> None:
    screen = io.StringIO()
    copied = board(bin_folder, screen).copy("¶3")
    assert (
        copied.sentence == "Sent 2 characters to the terminal, which does not confirm it (OSC 52)"
    )
    assert screen.getvalue() == "\x1b]52;c;wrYz\x07"


def test_screen_is_told_to_pass_it_on_and_the_file_has_the_text_too(bin_folder: Path) -> None:
    screen = io.StringIO()
    copied = board(bin_folder, screen, STY="4711.pts-0.host").copy("¶3")
    file = bin_folder / "state" / "clipboard.txt"
    assert copied.way == "OSC 52"
    assert copied.sentence == (
        f"Sent 2 characters through screen, which does not confirm it (OSC 52); it is also in "
        f"{file}"
    )
    assert screen.getvalue() == "\x1bP\x1b]52;c;wrYz\x07\x1b\\"
    assert file.read_text() == "¶3"


def test_what_screen_passes_on_is_short_and_the_same_in_all(bin_folder: Path) -> None:
    screen = io.StringIO()
    board(bin_folder, screen, STY="4711.pts-0.host").copy("x" * 40_000)
    *strings, rest = screen.getvalue().split("\x1b\\")
    assert rest == ""
    assert all(each.startswith("\x1bP") and len(each) < 256 for each in strings)
    assert "".join(each.removeprefix("\x1bP") for each in strings) == osc52("x" * 40_000)


def test_a_text_over_the_limit_is_never_cut(bin_folder: Path) -> None:
    screen = io.StringIO()
    text = "x" * 100
    copied = board(bin_folder, screen, limit=135).copy(text)
    assert copied.way == "file"
    assert screen.getvalue() == ""
    assert board(bin_folder, screen, limit=136).copy(text).way == "OSC 52"
    # The limit counts the bytes of base64.
    assert osc52("x" * 56_244) == f"\x1b]52;c;{base64.b64encode(b'x' * 56_244).decode()}\x07"
    assert osc52("x" * 56_247) == ""


def test_the_last_way_is_a_private_file_and_without_it_nothing_is_claimed(
    bin_folder: Path,
) -> None:
    copied = board(bin_folder).copy("text")
    file = bin_folder / "state" / "clipboard.txt"
    assert copied.sentence == f"No clipboard was found: 4 characters saved in {file}"
    assert file.read_text() == "text"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.unlink()
    file.mkdir()
    copied = board(bin_folder).copy("text")
    assert copied.way == ""
    assert copied.sentence.startswith("Not copied: there is no clipboard, and ")


@pytest.mark.parametrize(
    ("platform", "environ", "names"),
    [
        ("darwin", {}, ["pbcopy"]),
        ("win32", {}, ["clip.exe", "powershell.exe"]),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, ["clip.exe", "powershell.exe"]),
        ("linux", {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, ["wl-copy", "xclip", "xsel"]),
        ("linux", {}, []),
        ("darwin", {"SSH_TTY": "/dev/pts/1"}, []),
    ],
)
def test_each_session_has_its_own_tools(
    platform: str, environ: dict[str, str], names: list[str]
) -> None:
    assert [each.name for each in native_tools(environ, platform)] == names


def test_every_way_is_tried_and_its_outcome_said(bin_folder: Path) -> None:
    wanted = tool(bin_folder, "xclip", "good")
    tool(bin_folder, "xsel", "failing")
    screen = io.StringIO()
    assert board(bin_folder, DISPLAY=":0", TMUX="x").available() == ["xclip", "xsel"]
    ways = list(board(bin_folder, screen, DISPLAY=":0").copy_by_all("a line"))
    assert [each.way for each in ways] == ["xclip", "", "OSC 52", "file"]
    assert ways[1].sentence == "xsel is installed but did not accept the text"
    assert ways[-1].sentence == f"the text is saved in {bin_folder / 'state' / 'clipboard.txt'}"
    assert wanted.read_text() == "a line"
    assert screen.getvalue() == osc52("a line")
    file = bin_folder / "state" / "clipboard.txt"
    file.unlink()
    file.mkdir()
    *_, failed = board(bin_folder, DISPLAY=":0").copy_by_all("a line")
    assert failed.way == ""
    assert failed.sentence.startswith(f"{file}: ")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_browser_gets_the_text_and_this_machine_nothing(
    bin_folder: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr("subprocess.run", lambda *a, **b: pytest.fail("a program"))
    become(monkeypatch, platform)
    monkeypatch.setenv("PATH", str(bin_folder))
    for name in ("pbcopy", "clip.exe", "powershell.exe", "wl-copy", "xclip", "tmux"):
        tool(bin_folder, name, "good")
    sent: list[str] = []
    board = clipboard.browser_clipboard(sent.append)
    assert board.copy("a line", "¶3").sentence == (
        "Sent ¶3 to the browser, which does not confirm it (OSC 52)"
    )
    assert board.copy("long" * 20_000).way == "OSC 52"  # over the limit of terminals
    assert [osc52("a line"), osc52("long" * 20_000, 1_000_000)] == sent
    assert [each.way for each in board.copy_by_all("a line")] == ["OSC 52"]
    assert board.available() == []
    said = replace(board, limit=8).copy("a long line", "¶3")
    assert (said.way, said.sentence) == ("", "Not copied: ¶3 is too much for the browser")
    assert len(sent) == 3


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux here")
def test_a_real_tmux_has_the_text_in_its_buffer(
    tmp_path: Path,
) -> None:
    tmux = str(shutil.which("tmux"))
    socket = tmp_path / "tmux"
    server = [tmux, "-S", str(socket), "-f", "/dev/null"]
    subprocess.run([*server, "new-session", "-d", "sleep 60"], check=True)
    try:
        environ = {"PATH": str(Path(tmux).parent), "TMUX": f"{socket},0,0"}
        text = "“quoted” & ¶3\nsecond line"
        copied = Clipboard(tmp_path / "clipboard.txt", environ=environ, timeout=20.0).copy(text)
        assert copied.way == "tmux"
        shown = subprocess.run([*server, "show-buffer"], check=True, capture_output=True)
        assert shown.stdout.decode() == text
    finally:
        subprocess.run([*server, "kill-server"], check=True)


def test_a_mac_without_a_locale_copies_in_utf_8(bin_folder: Path) -> None:
    script = bin_folder / "pbcopy"
    out = bin_folder / "out"
    script.write_text(f"#!/bin/sh\n/usr/bin/env > '{out}'\n/bin/cat > /dev/null\n")
    script.chmod(0o755)
    environ = {"PATH": str(bin_folder), "LC_ALL": "C"}
    mac = Clipboard(bin_folder / "clipboard.txt", environ=environ, platform="darwin")
    assert mac.copy("\u201ctea\u201d").way == "pbcopy"
    assert {"LC_ALL=", "LC_CTYPE=UTF-8"} <= set(out.read_text().splitlines())


def test_windows_gets_the_text_by_the_program_that_is_sure_of_it(bin_folder: Path) -> None:
    outs = [tool(bin_folder, name, "good") for name in ("clip.exe", "powershell.exe")]
    windows = Clipboard(
        bin_folder / "clipboard.txt", environ={"PATH": str(bin_folder)}, platform="win32"
    )
    assert windows.copy("1. TEA\n2. MORE").way == "clip.exe"
    assert outs[0].read_bytes().decode("utf-16-le") == "1. TEA\r\n2. MORE"
    assert windows.copy("\u2235").way == "powershell.exe"
    assert base64.b64decode(outs[1].read_bytes()).decode() == "\u2235"

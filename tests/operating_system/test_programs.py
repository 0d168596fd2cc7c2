"""Programs of the reader on each system, and what opening may not run."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.operating_system import programs
from cable_tui.operating_system.programs import Tool, native_tools
from tests.operating_system.systems import become, module

pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A folder of programs that do nothing."""
    for name in ("less", "mine", "notepad", "xdg-open", "firefox", "wslview", "my editor"):
        file = tmp_path / name
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
    return str(tmp_path)


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", None),
        ({"BROWSER": "firefox"}, "linux", None),
        ({"DISPLAY": ":0"}, "linux", ["xdg-open"]),
        (
            {"WAYLAND_DISPLAY": "wayland-0", "BROWSER": "firefox -P x"},
            "linux",
            ["firefox", "-P", "x"],
        ),
        ({"DISPLAY": ":0", "BROWSER": "firefox %s:less"}, "linux", ["firefox"]),
        ({"DISPLAY": ":0", "BROWSER": "'firefox"}, "linux", None),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["wslview"]),
        ({}, "darwin", ["open"]),
        ({}, "win32", []),
    ],
)
def test_a_browser_needs_a_screen(
    path: str, environ: dict[str, str], platform: str, expected: list[str] | None
) -> None:
    assert programs.browser({"PATH": path, **environ}, platform) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("mine -R 'a b'", ["mine", "-R", "a b"]),
        ("my editor", ["my editor"]),
        ("'mine", []),
        ("none at all", ["none", "at", "all"]),
    ],
)
def test_the_words_of_a_command(path: str, command: str, expected: list[str]) -> None:
    assert programs.words_of(command, {"PATH": path}) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            r'"C:\Program Files\Vim\vim.exe" -u NONE',
            [r"C:\Program Files\Vim\vim.exe", "-u", "NONE"],
        ),
        (r"C:\tools\vim.exe --cmd=a\b", [r"C:\tools\vim.exe", r"--cmd=a\b"]),
        (r"C:\Users\O'Brien\vim.exe", [r"C:\Users\O'Brien\vim.exe"]),
        (r'"C:\tools\vim.exe', []),
        ("  ", []),
    ],
)
def test_a_backslash_of_windows_is_a_part_of_a_path(
    monkeypatch: pytest.MonkeyPatch, command: str, expected: list[str]
) -> None:
    become(monkeypatch, "win32")
    assert programs.words_of(command, {"PATH": "/nowhere"}) == expected


def test_a_script_of_windows_is_started_by_its_path(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    become(monkeypatch, "win32")
    words = programs.words_of("mine --wait", {"PATH": path})
    assert words == [f"{path}/mine", "--wait"]


@pytest.mark.parametrize(
    ("platform", "kind", "name"),
    [("win32", "editor", "notepad"), ("win32", "pager", "more"), ("darwin", "editor", "nano")],
)
def test_each_system_has_its_usual_programs(
    monkeypatch: pytest.MonkeyPatch, platform: str, kind: str, name: str
) -> None:
    become(monkeypatch, platform)
    assert name in programs.usual(kind)


@pytest.mark.parametrize(
    ("platform", "program", "expected"),
    [
        ("win32", r"C:\Windows\System32\more.com", "cp850"),
        ("win32", "MORE.COM", "cp850"),
        ("win32", r"C:\Git\usr\bin\less.exe", "utf-8"),
        ("linux", "more", "utf-8"),
    ],
)
def test_more_of_windows_reads_the_code_page_of_its_console(
    monkeypatch: pytest.MonkeyPatch, platform: str, program: str, expected: str
) -> None:
    kernel = module(GetConsoleOutputCP=lambda: 850)
    become(monkeypatch, platform, ctypes=module(windll=module(kernel32=kernel)))
    assert programs.input_encoding(program) == expected
    assert "Casablanca".encode(expected)


@pytest.mark.parametrize(
    ("address", "platform", "expected"),
    [
        ("https://example.org/cable/2009/02/X.html#par3", "win32", True),
        ("file:///C:/cables/X.html#par3", "win32", True),
        ("file:///C:/cables/X.HTM", "win32", True),
        ("file:///C:/cables/a%20b.txt", "win32", True),
        ("file:///C:/cables/X.html.exe", "win32", False),
        ("file:///C:/cables/X.js", "win32", False),
        ("file:///C:/cables/X.hta", "win32", False),
        ("file:///C:/cables/X", "win32", False),
        ("file:///Users/a/X.command", "darwin", False),
        ("file:///Users/a/X.pdf", "darwin", True),
        ("file:///Users/a/X", "darwin", False),
        ("file:///home/a/X", "linux", True),
        ("javascript:alert(1)", "linux", False),
        ("C:\\Windows\\System32\\calc.exe", "win32", False),
        ("", "linux", False),
    ],
)
def test_only_what_is_read_and_never_run_may_be_opened(
    address: str, platform: str, expected: bool
) -> None:
    assert programs.may_open(address, platform) is expected


def test_windows_opens_an_address_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    assert programs.open_address([], "https://example.org/") == "the browser"
    assert opened == ["https://example.org/"]


def test_a_browser_stands_apart_from_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(
        subprocess, "Popen", lambda argv, **options: started.append((argv, options))
    )
    assert programs.open_address(["firefox", "-P"], "https://example.org/") == "firefox"
    (argv, options) = started[0]
    assert argv == ["firefox", "-P", "https://example.org/"]
    assert options["start_new_session"] is True


_CLIP, _POWERSHELL = native_tools({}, "win32")
(_PBCOPY,) = native_tools({"LANG": "C"}, "darwin")


@pytest.mark.parametrize(
    ("tool", "text", "expected"),
    [
        (_CLIP, "1. \u201ca\u201d\n2.", "1. \u201ca\u201d\r\n2.".encode("utf-16-le")),
        (_PBCOPY, "\u201ca\u201d\nb", "\u201ca\u201d\nb".encode()),
        (_POWERSHELL, "\u2235\nb", base64.b64encode("\u2235\r\nb".encode())),
    ],
)
def test_a_program_gets_the_text_as_it_reads_it(tool: Tool, text: str, expected: bytes) -> None:
    assert tool.bytes_of(text) == expected


@given(st.text())
def test_what_powershell_gets_is_ascii_whatever_the_text_is(text: str) -> None:
    assert _POWERSHELL.bytes_of(text).isascii()


def test_pbcopy_has_a_locale_whatever_the_terminal_has() -> None:
    # pbcopy(1): the locale says the encoding; `locale -a` of macOS has a plain UTF-8 of LC_CTYPE.
    assert {"LANG": "C", "LC_ALL": "C"} | dict(_PBCOPY.environ) == {
        "LANG": "C",
        "LC_ALL": "",
        "LC_CTYPE": "UTF-8",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUBJECT: KETTLES", True),
        ("a \u201cb\u201d", True),
        ("\u2235", False),
        ("\u6c34\u6587 x", False),
    ],
)
def test_clip_gets_what_it_cannot_take_for_another_encoding(text: str, expected: bool) -> None:
    assert _CLIP.takes(text) is expected
    assert _POWERSHELL.takes(text)


@pytest.mark.parametrize(
    ("command", "expected"),
    [  # from the manuals of the editors
        (["vim"], ["vim", "+12", "/x/a b.md"]),
        (["/usr/bin/nano", "-w"], ["/usr/bin/nano", "-w", "+12", "/x/a b.md"]),
        (["emacsclient", "-t"], ["emacsclient", "-t", "+12", "/x/a b.md"]),
        (["code", "--wait"], ["code", "--wait", "--goto", "/x/a b.md:12"]),
        (["hx"], ["hx", "/x/a b.md:12"]),
        (["kate", "-b"], ["kate", "-b", "-l", "12", "/x/a b.md"]),
        (["an-editor"], ["an-editor", "/x/a b.md"]),
    ],
)
def test_an_editor_opens_a_file_at_a_line(command: list[str], expected: list[str]) -> None:
    assert programs.at_line(command, PurePath("/x/a b.md"), 12) == expected


def test_the_name_of_a_file_is_no_template() -> None:
    path = PurePath("/x/{line}.md")
    assert programs.at_line(["vim"], path, 12) == ["vim", "+12", "/x/{line}.md"]

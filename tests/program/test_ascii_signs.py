"""With `--ascii` every sign of ours is drawn by one of ASCII, in the same cells."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

import cable_tui
from cable_tui.program.ascii_signs import ASCII, needs_ascii
from cable_tui.text import width
from cable_tui.tui.textual_patches import sanitize

PACKAGE = Path(cable_tui.__file__).parent
DRAWN = [*(PACKAGE / "tui").rglob("*.py"), *(PACKAGE / "session").rglob("*.py")]


@pytest.fixture
def drawing_in_ascii() -> Iterator[None]:
    sanitize.install_sanitizer(ascii_only=True)
    yield
    sanitize.remove_sanitizer()


def rendered(*segments: Segment) -> str:
    return Strip(segments).render(Console(color_system="truecolor", force_terminal=True))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("┌──┐", "+--+"),
        ("│a │", "|a |"),
        ("╰━━╯", "+--+"),
        ("│▌¶3", "|>P3"),
        ("▁▄█", "_-#"),
        ("3 ★ → 4…", "3 * > 4~"),
        ("São Paulo", "São Paulo"),
        ("北京", "北京"),
    ],
)
@pytest.mark.usefixtures("drawing_in_ascii")
def test_signs_have_stand_ins_and_letters_stay(drawn: str, expected: str) -> None:
    assert expected in rendered(Segment(drawn, Style(bold=True)))
    assert expected in rendered(Segment(drawn))


def test_without_the_option_signs_are_drawn_as_they_are() -> None:
    sanitize.install_sanitizer()
    assert "┌──┐ ★" in rendered(Segment("┌──┐ ★", Style(bold=True)))


def test_a_stand_in_is_one_cell_of_ascii() -> None:
    for code, stand_in in ASCII.items():
        assert stand_in.isascii(), hex(code)
        assert stand_in.isprintable(), hex(code)
        assert len(stand_in) == width(chr(code)) == 1, hex(code)


def test_every_sign_in_the_rooms_code_has_a_stand_in() -> None:
    signs = {
        sign
        for file in DRAWN
        for sign in file.read_text(encoding="utf-8")
        if not sign.isascii() and not unicodedata.category(sign).startswith("L")
    }
    assert {sign for sign in signs if ord(sign) not in ASCII} == set()


# Origin: POSIX, "Internationalization Variables": LC_ALL before LC_CTYPE before LANG, an empty one
# counts as none, and none at all is the locale POSIX.
CASES = [
    ({"LANG": "en_GB.UTF-8"}, False),
    ({"LANG": "en_GB.utf8"}, False),
    ({"LANG": "sr_RS.UTF-8@latin"}, False),
    ({"LANG": "C.UTF-8"}, False),
    ({"LC_CTYPE": "UTF-8"}, False),  # a terminal of macOS
    ({"LANG": "C"}, True),
    ({"LANG": "POSIX"}, True),
    ({"LANG": "en_GB.ISO-8859-1"}, True),
    ({"LANG": "de_DE@euro"}, True),
    ({"LANG": "ru_RU.KOI8-R"}, True),
    ({}, True),
    ({"LANG": ""}, True),
    ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
    ({"LANG": "C", "LC_ALL": "en_GB.UTF-8"}, False),
    ({"LANG": "en_GB.UTF-8", "LC_ALL": ""}, False),
    ({"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, False),
    ({"LANG": "en_GB.UTF-8", "LC_CTYPE": "C"}, True),
    # The console of Linux takes UTF-8 and has 512 signs at most.
    ({"LANG": "en_GB.UTF-8", "TERM": "linux"}, True),
    ({"LANG": "en_GB.UTF-8", "TERM": "screen.linux"}, True),
    ({"LANG": "C", "TERM": "linux", "TEXTUAL_DRIVER": "a:WebDriver"}, False),
    ({"LANG": "en_GB.UTF-8", "TERM": "screen"}, False),
    ({"LANG": "en_GB.UTF-8", "TERM": "vt100"}, False),
]


@pytest.mark.parametrize(("environ", "expected"), CASES, ids=str)
def test_the_locale_says_what_the_terminal_has(environ: dict[str, str], expected: bool) -> None:
    assert needs_ascii(environ, platform="linux") is expected


@pytest.mark.parametrize(
    ("environ", "expected"), [({}, False), ({"LANG": "C"}, True), ({"LC_ALL": "C"}, True)], ids=str
)
@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_have_unicode_unless_a_locale_says_otherwise(
    environ: dict[str, str], expected: bool, platform: str
) -> None:
    assert needs_ascii(environ, platform=platform) is expected


def test_a_locale_that_the_system_lacks_is_none_of_unicode_and_the_own_one_stays() -> None:
    before = locale.setlocale(locale.LC_CTYPE)
    assert needs_ascii({"LANG": "xx_XX"}, platform="linux")
    assert locale.setlocale(locale.LC_CTYPE) == before


ASK = (
    "import os, sys; from cable_tui.program.ascii_signs import needs_ascii;"
    "print(needs_ascii(os.environ, platform='linux'), sys.stdout.encoding)"
)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "C"}, "True utf-8"),  # Python puts C.UTF-8 into LC_CTYPE (PEP 538)
        ({}, "True utf-8"),
        ({"LC_ALL": "C"}, "True utf-8"),  # only its UTF-8 mode (PEP 540)
        ({"LC_CTYPE": "C.UTF-8"}, "False utf-8"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "False utf-8"),
        ({"LC_CTYPE": "C.UTF-8", "PYTHONUTF8": "1"}, "False utf-8"),
    ],
    ids=str,
)
@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Python coerces other names there")
def test_what_python_makes_of_the_locale_c_does_not_count(
    environ: dict[str, str], expected: str
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    kept.pop("LANG", None)
    kept.pop("PYTHONUTF8", None)
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**kept, **environ}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == expected

"""The texts that the programs of each system are given."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.operating_system.clipboards import Tool, native_tools

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

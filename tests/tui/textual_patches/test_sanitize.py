"""The gate: nothing but printable characters and colors reaches the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from cable_tui.tui.textual_patches import sanitize

PAYLOADS = {
    "color": "\x1b[31mred",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;bm8=\x1b\\",
    "unterminated": "\x1b]0;swallowed",
    "link": "\x1b]8;;http://example.invalid\x1b\\text\x1b]8;;\x1b\\",
    "dcs": '\x1bP$q"p\x1b\\',
    "c1": "\x9b31m\x9d0;title\x9c",
    "nul and bell": "a\x00b\x07c",
    "delete": "a\x7fb",
    "direction": "\u202egnp.exe\u202c",
    "invisible": "a\u200bb\ufeffc",
    "surrogate": "a\ud800b",
    "line": "a\nb\rc",
    "accents": "Z" + "\u0301\u0316\u0489" * 20,
}
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def violations(text: str, style: Style | None) -> list[str]:
    """What a text makes the terminal do beyond showing it: orders that are not its style's own."""
    ours = set(_COLOURS.findall(drawn("x", style)))
    written = drawn(text, style)
    foreign = [order for order in _COLOURS.findall(written) if order not in ours]
    text = _COLOURS.sub("", written)
    heaps = re.findall("[\u0300-\u036f\u0483-\u0489]{5,}", text)
    return foreign + heaps + [sign for sign in text if not sign.isprintable()]


def drawn(text: str, style: Style | None) -> str:
    """What Textual would write for one segment."""
    console = Console(color_system="truecolor", force_terminal=True)
    return Strip([Segment(text, style)]).render(console)


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    sanitize.install_sanitizer()
    yield
    sanitize.remove_sanitizer()


styles = pytest.mark.parametrize("style", [None, Style(), Style(bold=True, color="red")])
payloads = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=list(PAYLOADS))


@styles
@payloads
def test_no_control_character_passes_the_gate(payload: str, style: Style | None) -> None:
    assert violations(payload, style) == []


@given(st.text(max_size=30))
def test_whatever_the_text_nothing_unprintable_passes(text: str) -> None:
    assert violations(text, Style(bold=True)) == []


@styles
@payloads
def test_without_the_gate_the_checker_sees_every_payload(payload: str, style: Style | None) -> None:
    sanitize.remove_sanitizer()
    assert violations(payload, style)


def test_a_link_of_a_style_does_not_reach_the_terminal() -> None:
    style = Style(bold=True, link="http://example.invalid/\x1b]0;x\x07")
    assert "example.invalid" not in drawn("text", style)


def test_ordinary_text_passes_as_it_is() -> None:
    text = "09ZENDA1 ¶3 · “quotation” [deleted XXXXX] → Ελλάδα"
    assert text in drawn(text, Style(bold=True))


def test_a_style_rendered_by_itself_is_gated_too() -> None:
    written = Strip.render_style(Style(bold=True), "\x1b[2J", ColorSystem.TRUECOLOR)
    assert set(_COLOURS.findall(written)) == {"\x1b[1m", "\x1b[0m"}
    assert _COLOURS.sub("", written).isprintable()

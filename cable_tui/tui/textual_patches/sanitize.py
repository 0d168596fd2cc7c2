"""The gate: the second line against texts that command a terminal.

The first line cleans at parse. Textual and Rich let control sequences through on every path, so
what is written is looked at once more, on the way out of `Strip` (reliability.md 1.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from cable_tui.text import clean_line

_plain_style = Strip.render_style.__func__  # type: ignore[attr-defined]  # the bare function
_plain_render = Strip.render
_stand_ins: Mapping[int, str] = {}
"""What is drawn in place of signs; nothing where the terminal may have all of them."""


def install_sanitizer(*, ascii_only: bool = False) -> None:
    """Put the gate on every strip of this process; `ascii_only` draws with ASCII signs.

    A second time changes nothing else.
    """
    global _stand_ins  # noqa: PLW0603 - strips are of the process, and so is their gate
    if ascii_only:
        # Imported late: 416 names of signs are looked up.
        from cable_tui.tui.textual_patches.ascii_glyphs import ASCII

        _stand_ins = ASCII
    Strip.render_style = classmethod(_gated_style)  # type: ignore[assignment,method-assign]
    Strip.render = _gated_render  # type: ignore[method-assign]


def remove_sanitizer() -> None:
    """Take the gate away, for a test of the test."""
    global _stand_ins  # noqa: PLW0603 - see `install`
    _stand_ins = {}
    Strip.render_style = classmethod(_plain_style)  # type: ignore[assignment,method-assign]
    Strip.render = _plain_render  # type: ignore[method-assign]


def _gated_style(cls: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
    """A segment with its style, its text cleaned and without a link.

    The room sets no links; one that a text brought along is an injection too.
    """
    text = sanitize(text)
    if style.link:
        style = style.update_link(None)
    rendered: Any = _plain_style(cls, style, text, color_system=color_system)
    return str(rendered)


def _gated_render(self: Strip, console: Console) -> str:
    """A strip whose segments without a style are cleaned as well."""
    if any(style is None and sanitize(text) != text for text, style, _ in self):
        cleaned = [segment if segment.style else _cleaned(segment) for segment in self]
        return _plain_render(Strip(cleaned), console)
    return _plain_render(self, console)


def sanitize(text: str) -> str:
    """Nothing but plain ASCII passes unseen: a heap of accents is printable, and buries lines."""
    if text.isascii() and text.isprintable():
        return text
    return clean_line(text).translate(_stand_ins)


def _cleaned(segment: Any) -> Any:
    return type(segment)(sanitize(segment.text), segment.style)

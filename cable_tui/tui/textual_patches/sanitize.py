"""The sanitizer: remove terminal commands from all text that is painted.

Texts are cleaned when they are parsed; this is the second line of defense. Textual and Rich pass
control sequences in a text on to the terminal, which would execute them. Every `Strip` is therefore
cleaned once more when it becomes terminal output.

Gain: a hostile text cannot command the terminal, however it reaches the screen. Measured by
`tests/tui/textual_patches/test_sanitize.py` and `tests/tui/test_painted_text.py`, which paint such
texts everywhere. Replaced by: a hook of Textual for all text on its way to the terminal. A
`LineFilter` of `App.get_line_filters` receives only the lines of widgets, and not all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from cable_tui.text import clean_line
from cable_tui.tui.textual_patches import fit
from cable_tui.tui.textual_patches.few_colors import for_few

fit.require(fit.SANITIZER)

_plain_style = Strip.render_style.__func__  # type: ignore[attr-defined]  # the bare function
_plain_render = Strip.render
_replacements: Mapping[int, str] = {}
"""The replacements for symbols; empty if the terminal can display all of them."""


def install_sanitizer(*, ascii_only: bool = False) -> None:
    """Sanitize every strip in this process.

    `ascii_only` also replaces symbols with ASCII characters. Installing the sanitizer twice is
    harmless.
    """
    global _replacements  # noqa: PLW0603 - the patch is of the whole process
    if ascii_only:
        # Late: the table looks up 416 names of characters.
        from cable_tui.program.ascii_signs import ASCII

        _replacements = ASCII
    Strip.render_style = classmethod(_sanitized_style)  # type: ignore[assignment,method-assign]
    Strip.render = _sanitized_render  # type: ignore[method-assign]


def remove_sanitizer() -> None:
    """Undo `install_sanitizer`, so that tests can check themselves."""
    global _replacements  # noqa: PLW0603 - see `install_sanitizer`
    _replacements = {}
    Strip.render_style = classmethod(_plain_style)  # type: ignore[assignment,method-assign]
    Strip.render = _plain_render  # type: ignore[method-assign]


def _sanitized_style(cls: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
    """Render a segment with its style, with the text sanitized and without a link.

    The room does not set links, so a link in a text is an injection.
    """
    text = sanitize(text)
    if style.link:
        style = style.update_link(None)
    style = for_few(style, color_system)
    rendered_segment: Any = _plain_style(cls, style, text, color_system=color_system)
    return str(rendered_segment)


def _sanitized_render(self: Strip, console: Console) -> str:
    """Render a strip; segments without a style are sanitized as well."""
    if any(style is None and sanitize(text) != text for text, style, _ in self):
        cleaned_segments = [segment if segment.style else _cleaned(segment) for segment in self]
        return _plain_render(Strip(cleaned_segments), console)
    return _plain_render(self, console)


def sanitize(text: str) -> str:
    """Clean a text, and replace its symbols if the terminal supports only ASCII.

    Only plain ASCII passes unchecked: stacked accents are printable, but cover other lines.
    """
    if text.isascii() and text.isprintable():
        return text
    return clean_line(text).translate(_replacements)


def _cleaned(segment: Any) -> Any:
    return type(segment)(sanitize(segment.text), segment.style)

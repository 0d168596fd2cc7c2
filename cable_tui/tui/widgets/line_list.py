"""Lists of lines that paint themselves: only the lines that look different are painted again.

A `CursorList` has a cursor on a line; `ComponentStyles` has the styles of the parts of a line.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar, runtime_checkable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from cable_tui.text import printable

Unit = Literal["line", "half", "page", "end"]
MOVES: Mapping[str, tuple[Unit, int]] = {
    **dict.fromkeys(("j", "down"), ("line", 1)),
    **dict.fromkeys(("k", "up"), ("line", -1)),
    **dict.fromkeys(("pagedown", "space", "ctrl+f", "ctrl+d"), ("page", 1)),
    **dict.fromkeys(("pageup", "ctrl+u"), ("page", -1)),
    **dict.fromkeys(("g", "home"), ("end", -1)),
    **dict.fromkeys(("G", "end"), ("end", 1)),
}
"""The keys that move in a page or a dialog: unit and direction."""


class Movable(Protocol):
    """An object that these keys move in."""

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor, or scroll."""


def take_move(pane: Movable, key: str) -> bool:
    """Move in a pane by a key; return False if the key is not for moving."""
    if move_of_key := MOVES.get(key):
        pane.move(*move_of_key)
    return move_of_key is not None


def steps(unit: Unit, page: int, lines: int) -> int:
    """Return lines of a unit, for a page of `page` lines and `lines` in all."""
    page = max(page, 1)
    return {"line": 1, "half": max(round(page / 2), 1), "page": page, "end": lines}[unit]


@runtime_checkable
class WithCursor(Protocol):
    """A pane whose cursor a short menu opens at."""

    @property
    def cursor_row(self) -> int:
        """The last row of the line under the cursor, from the top of the pane."""


class ScrolledPane(VerticalScroll):
    """Some widgets that scroll."""

    def move(self, unit: Unit, by: int) -> None:
        """Scroll; a move by a page keeps one line."""
        lines = steps(unit, self.size.height - 1, self.virtual_size.height)
        self.scroll_relative(y=by * lines, animate=False)


class LineScroll(ScrollView):
    """A scroll view whose scrollbar is painted again only if something about it changed.

    Textual paints it in every layout of the screen, and the screen once more for that.
    """

    _scrolled: tuple[object, ...] = ()
    """The state that the scrollbars were made for."""

    def _scroll_update(self, virtual_size: Size) -> None:
        styles = self.styles
        scroll_styles = styles.overflow_x, styles.overflow_y, styles.scrollbar_size_vertical
        scroll_state = (virtual_size, self.size, self.container_size, scroll_styles)
        if scroll_state != self._scrolled:
            self._scrolled = scroll_state
            super()._scroll_update(virtual_size)

    def line_at(self, event: events.Click) -> int:
        """Return the line that was clicked, which may be beyond the last one."""
        return event.y - self.gutter.top + self.scroll_offset.y

    def reveal_lines(self, first: int, last: int) -> None:
        """Scroll as little as needed to see these lines, of too many the first ones."""
        top_line, height = self.scroll_offset.y, max(self.size.height, 1)
        if first < top_line or last - first >= height:
            self.scroll_to(y=max(first, 0), animate=False, immediate=True)
        elif last >= top_line + height:
            self.scroll_to(y=last - height + 1, animate=False, immediate=True)


_KEPT = 400
"""Painted lines that are remembered: some screens of them."""


class CachedLineList(LineScroll):
    """A virtual list that remembers its painted lines.

    A subclass renders a line (`render_list_line`) and gives, cheaply, a key of its look
    (`line_key`): two lines of one key are the same. It calls `repaint` for every change of its own.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._painted: dict[int, Hashable] = {}
        """The keys of the lines that are on the screen now."""
        self._strips: dict[Hashable, Strip] = {}
        """Lines by their keys: after a scroll most lines are known."""

    def line_key(self, y: int) -> Hashable:
        """Return everything that determines the look of a line of the pane, from 0 at its top."""
        raise NotImplementedError

    def render_list_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Paint a line as `render_list_line` does."""
        line_key = self._painted[y] = self.line_key(y)
        strip = self._strips.get(line_key)
        if strip is None:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            strip = self._strips[line_key] = self.render_list_line(y)
        return strip

    def repaint(self) -> None:
        """Paint the lines that changed since they were painted."""
        width, height = self.size
        painted_lines = self._painted
        changed = [y for y in range(height) if self.line_key(y) != painted_lines.get(y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    _underlined = ""

    def underline(self, text: str) -> None:
        """Set the text in the lowest line of the frame, and paint only that line.

        If the frame is only a rule above, the text is in it, after the title.
        """
        # through `border_subtitle` the whole widget would be
        self._underlined = text
        self._border_subtitle = Content(text)
        has_rule = self.styles.border_bottom[0] in ("", "none", "hidden")
        title = f"{self.BORDER_TITLE} · {text}" if has_rule and text else self.BORDER_TITLE
        self._border_title = Content(title)
        width, height = self.size
        self.refresh(Region(-1, -1 if has_rule else height, width + 2, 1))

    def resized(self, lines: int) -> None:
        """Set how many lines there are, without a layout of the screen."""
        if self.virtual_size.height != lines:
            size = Size(0, lines)
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Paint the changes: scrolled lines may be equal to those before."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.repaint()

    def notify_style_update(self) -> None:
        """Forget the lines: the theme or the state changed, and with them perhaps the frame."""
        self._strips.clear()
        super().notify_style_update()
        if self._underlined:
            self.underline(self._underlined)

    def on_resize(self) -> None:
        """Forget the painted lines: another width has other lines."""
        self._painted.clear()


class ComponentStyles(Widget):
    """A widget whose component classes may have half-transparent colours.

    Textual blends those only in widgets that it paints itself; here they are blended with the
    background.
    """

    COMPONENTS_BY_OWN_STATE = True
    """Whether rules for component classes depend only on theme and widget: the style cache keeps
    them by that."""
    PREFIX = ""
    LOOKS: ClassVar[Iterable[str]] = ()
    """The looks of its parts; their component classes are called `PREFIX--look`."""

    _mixed_styles: dict[str, Style] | None = None
    _base_style: Style | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.COMPONENT_CLASSES = {f"{cls.PREFIX}--{look}" for look in cls.LOOKS}

    @property
    def base_style(self) -> Style:
        """The widget's own style, computed once: every line needs it."""
        if self._base_style is None:
            self._base_style = self.rich_style
        return self._base_style

    def component_style(self, name: str) -> Style:
        """Return the style of a part, over the widget's own: only what its rules set."""
        if self._mixed_styles is None:
            self._mixed_styles = {}
        if (style := self._mixed_styles.get(name)) is None:
            style = self._mixed_styles[name] = self._mixed(name)
        return style

    def strip_of(self, pieces: Iterable[tuple[str, str]], cells: int, base: Style) -> Strip:
        """Return a line of texts with their looks, filled or cut to `cells`."""
        segments = [
            Segment(printable(text), base + self.component_style(f"{self.PREFIX}--{style}"))
            for text, style in pieces
        ]
        return Strip(segments).adjust_cell_length(cells, base)

    def notify_style_update(self) -> None:
        """Forget the styles: the theme or the state changed."""
        self._mixed_styles = self._base_style = None
        super().notify_style_update()

    def _mixed(self, name: str) -> Style:
        styles = self.get_component_styles(name)
        ground = self.background_colors[1]
        color = background = None
        if styles.has_rule("background") and styles.background.a:
            ground = ground + styles.background
            background = ground.rich_color
        if styles.has_rule("color"):
            wanted_colour = styles.color
            if styles.auto_color:  # black or white, whichever is read better
                wanted_colour = ground.get_contrast_text(wanted_colour.a)
            color = (ground + wanted_colour).rich_color
        return Style(color=color, bgcolor=background) + styles.text_style


Line = TypeVar("Line", bound=Hashable)


class CursorList(ComponentStyles, CachedLineList, Generic[Line], can_focus=True):
    """A list of lines. A subclass has the looks `cursor`, `bar`, and its own."""

    ALLOW_SELECT = False

    def __init__(
        self, chosen: Callable[[], object], moved: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._moved = moved
        self.lines: Sequence[Line] = ()
        self.at = 0
        """The line of the cursor."""

    @abstractmethod
    def pieces(self, line: Line, cells: int) -> Sequence[tuple[str, str]]:
        """Return a line of `cells` as texts with their looks."""

    @property
    def cursor_row(self) -> int:
        """As in `WithCursor`."""
        return self.at - self.scroll_offset.y

    @property
    def here(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def show(self, lines: Sequence[Line], at: int | None = None) -> None:
        """Show other lines, or more; the cursor stays unless it is given."""
        self.lines = lines
        self.resized(len(lines))
        self.move_to(self.at if at is None else at)

    def move_to(self, at: int) -> None:
        """Put the cursor on a line, and scroll as little as needed."""
        self.at = min(max(at, 0), max(len(self.lines) - 1, 0))
        self.reveal_lines(self.at, self.at)
        self.repaint()
        self._moved()

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor; a move by a page keeps one line."""
        self.move_to(self.at + by * steps(unit, self.size.height - 1, len(self.lines)))

    def bar(self, at: int) -> str:
        """Return the first cell of a line: the marker of the cursor."""
        return "▌" if at == self.at else " "

    def line_key(self, y: int) -> Hashable:
        """Return the line and whether the cursor is on it."""
        row, cells = y + self.scroll_offset.y, self.scrollable_content_region.width
        return (cells, row == self.at, self.lines[row]) if row < len(self.lines) else cells

    def render_list_line(self, y: int) -> Strip:
        """Return the sign of the cursor, and the pieces."""
        row, cells = y + self.scroll_offset.y, self.scrollable_content_region.width
        base_style = self.base_style
        if row >= len(self.lines):
            return Strip.blank(cells, base_style)
        if row == self.at:
            base_style += self.component_style(f"{self.PREFIX}--cursor")
        pieces = [(self.bar(row), "bar"), *self.pieces(self.lines[row], cells - 1)]
        return self.strip_of(pieces, cells, base_style)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        super().on_resize()
        self.move_to(self.at)

    def on_click(self, event: events.Click) -> None:
        """Move to the clicked line; on the cursor's own, or at a double click, open it."""
        clicked_row = self.line_at(event)
        if not 0 <= clicked_row < len(self.lines):
            return
        if clicked_row == self.at or event.chain == 2:
            self._chosen()
        else:
            self.move_to(clicked_row)

"""Lists of lines that paint themselves, and repaint only the lines whose appearance has changed.

A `CursorList` has a cursor on a line; `ComponentStyles` provides the styles for the parts of a
line.
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
from textual.scrollbar import ScrollBar, ScrollBarRender
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
"""The keys that move in a page or a dialog, with the unit and the direction of the move."""


class Movable(Protocol):
    """Any object in which the keys for moving work."""

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor, or scroll."""


def take_move(pane: Movable, key: str) -> bool:
    """Move in the pane if the key is a movement key; return whether it is."""
    if unit_and_direction := MOVES.get(key):
        pane.move(*unit_and_direction)
    return unit_and_direction is not None


def steps(unit: Unit, page: int, lines: int) -> int:
    """Return the number of lines in a unit, given a page of `page` lines and a total of `lines`."""
    page = max(page, 1)
    return {"line": 1, "half": max(round(page / 2), 1), "page": page, "end": lines}[unit]


@runtime_checkable
class WithCursor(Protocol):
    """A pane with a cursor, where a short menu opens."""

    @property
    def cursor_row(self) -> int:
        """The last row of the line under the cursor, counted from the top of the pane."""


def rule_title(text: str) -> Content:
    """Return a title for the rule over a pane, with a space on each side."""
    return Content(f" {text} ")


class ScrolledPane(VerticalScroll):
    """A scrolling container of widgets."""

    def move(self, unit: Unit, by: int) -> None:
        """Scroll; successive pages overlap by one line."""
        lines_in_unit = steps(unit, self.size.height - 1, self.virtual_size.height)
        self.scroll_relative(y=by * lines_in_unit, animate=False)


class LineScroll(ScrollView):
    """A scroll view that repaints its scrollbar only if it has changed.

    Textual repaints the scrollbar in every layout of the screen, and then repaints the whole screen
    once more. It also loses a `Resize` if a hidden widget is looked up between a change of styles
    and the layout, because it then compares the new layout with itself.
    """

    _scroll_state: tuple[object, ...] = ()
    """The state for which the scrollbars were last laid out."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        if self._size != size:
            # Textual's own message, if it follows, replaces this one.
            self.post_message(events.Resize(size, virtual_size, container_size))
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _scroll_update(self, virtual_size: Size) -> None:
        own_styles = self.styles
        scrollbar_styles = (
            own_styles.overflow_x,
            own_styles.overflow_y,
            own_styles.scrollbar_size_vertical,
        )
        scroll_state = (virtual_size, self.size, self.container_size, scrollbar_styles)
        if scroll_state != self._scroll_state:
            self._scroll_state = scroll_state
            super()._scroll_update(virtual_size)

    def move_thumb(self, position: float) -> None:
        """Move the thumb of the scrollbar, which is painted only if the thumb looks different.

        In a long list a line is far less than the eighth of a cell in which the thumb moves, and
        painting the scrollbar takes as long as painting the list.
        """
        bar = self.vertical_scrollbar
        if _eighths(bar, position) == _eighths(bar, bar.position):
            bar.set_reactive(ScrollBar.position, bar.validate_position(position))
        else:
            bar.position = position

    def line_at(self, event: events.Click) -> int:
        """Return the index of the clicked line, which may be beyond the last line."""
        return event.y - self.gutter.top + self.scroll_offset.y

    def reveal_lines(self, first: int, last: int) -> None:
        """Scroll as little as necessary to show the given lines.

        If they do not fit, show the first ones.
        """
        top_line, pane_height = self.scroll_offset.y, max(self.size.height, 1)
        if first < top_line or last - first >= pane_height:
            self.scroll_to(y=max(first, 0), animate=False, immediate=True)
        elif last >= top_line + pane_height:
            self.scroll_to(y=last - pane_height + 1, animate=False, immediate=True)


def _eighths(bar: ScrollBar, position: float) -> int:
    """Return where the thumb of a scrollbar begins, in eighths of a cell, as Textual draws it."""
    cells, lines, shown_lines = bar.size.height, bar.window_virtual_size, bar.window_size
    if lines <= shown_lines:
        return 0
    thumb_cells = max(1, shown_lines * cells / lines)
    return int((cells - thumb_cells) * position / (lines - shown_lines) * _PARTS_OF_A_CELL)


_PARTS_OF_A_CELL = len(ScrollBarRender.VERTICAL_BARS)
_KEPT = 400
"""The maximum number of painted lines in the cache, equal to a few screens."""


class CachedLineList(LineScroll):
    """A virtual list that caches its painted lines.

    A subclass renders a line (`render_list_line`) and quickly computes a key for the line's
    appearance (`line_key`); two lines with the same key look the same. The subclass calls `repaint`
    after every change.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._painted_keys: dict[int, Hashable] = {}
        """The keys of the lines that are currently on the screen."""
        self._strips: dict[Hashable, Strip] = {}
        """The painted lines by key, most of which can be reused after scrolling."""
        self.line_width = 0
        """The width of a line in cells, measured once for all lines whenever they are painted."""

    def line_key(self, y: int) -> Hashable:
        """Return everything that determines the appearance of line `y` in the pane, from 0."""
        raise NotImplementedError

    def render_list_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the widget; a line that was painted before is the same object again.

        Textual would filter its colors and divide it again, which takes longer than anything else
        in a step through a list.
        """
        self.line_width = self.scrollable_content_region.width
        frame = self.styles.gutter
        if frame.width:  # Textual paints it on each line
            return super().render_lines(crop)
        filters, background = self.get_line_filters(), self.background_colors[1]
        padding_style = Style(bgcolor=background.rich_color)
        top, (width, height) = frame.top, self.content_region.size
        strips: list[Strip] = []
        for y in crop.line_range:
            if not 0 <= y - top < height:
                strips += super().render_lines(Region(crop.x, y, crop.width, 1))
                continue
            strip = self.render_line(y - top).adjust_cell_length(width, padding_style)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip.crop(crop.x, crop.right))
        return strips

    def render_line(self, y: int) -> Strip:
        """Return a line from the cache, or render it with `render_list_line`."""
        line_key = self._painted_keys[y] = self.line_key(y)
        strip = self._strips.get(line_key)
        if strip is None:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            strip = self._strips[line_key] = self.render_list_line(y)
        return strip

    def repaint(self) -> None:
        """Paint the lines that have changed since they were painted."""
        width, height = self.size
        self.line_width = self.scrollable_content_region.width
        painted_lines = self._painted_keys
        changed_rows = [y for y in range(height) if self.line_key(y) != painted_lines.get(y)]
        if changed_rows:
            self.refresh(*(Region(0, y, width, 1) for y in changed_rows))

    def show_count(self, text: str) -> None:
        """Set the text after the title of the pane, and paint only that line."""
        # through `border_title` the whole widget would be
        self._border_title = rule_title(f"{self.BORDER_TITLE.strip()} · {text}")
        self.refresh(Region(-1, -1, self.size.width + 2, 1))

    def resized(self, lines: int) -> None:
        """Set the number of lines without a layout of the screen."""
        if self.virtual_size.height != lines:
            list_size = Size(0, lines)
            self.set_reactive(Widget.virtual_size, list_size)
            self._scroll_update(list_size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Repaint the lines that differ; a scrolled line may look the same as before."""
        if self.show_vertical_scrollbar:
            self.move_thumb(new_value)
        if round(old_value) != round(new_value):
            self.repaint()

    def notify_style_update(self) -> None:
        """Drop the cached lines, because the theme, the state or the frame may have changed."""
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Drop the painted lines, because a new width changes them."""
        self._painted_keys.clear()


class ComponentStyles(Widget):
    """A widget whose component classes may have semitransparent colors.

    Textual blends such colors only in widgets that it paints itself; here they are blended with the
    background.
    """

    COMPONENTS_BY_OWN_STATE = True
    """Whether the rules for component classes depend only on the theme and the widget, so the style
    cache can use the widget's own state.
    """
    PREFIX = ""
    LOOKS: ClassVar[Iterable[str]] = ()
    """The names of the styles for the widget's parts; their component classes are called
    `PREFIX--look`.
    """

    _mixed_styles: dict[str, Style] | None = None
    _base_style: Style | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.COMPONENT_CLASSES = {f"{cls.PREFIX}--{look}" for look in cls.LOOKS}

    @property
    def base_style(self) -> Style:
        """The widget's own style, computed only once because every line needs it."""
        if self._base_style is None:
            self._base_style = self.rich_style
        return self._base_style

    def component_style(self, name: str) -> Style:
        """Return the style of a part of the widget, without the widget's own style."""
        if self._mixed_styles is None:
            self._mixed_styles = {}
        if (mixed_style := self._mixed_styles.get(name)) is None:
            mixed_style = self._mixed_styles[name] = self._mixed(name)
        return mixed_style

    def strip_of(self, pieces: Iterable[tuple[str, str]], cells: int, base: Style) -> Strip:
        """Return styled texts as one line, padded or cropped to `cells`."""
        segments = [
            Segment(printable(text), base + self.component_style(f"{self.PREFIX}--{style}"))
            for text, style in pieces
        ]
        return Strip(segments).adjust_cell_length(cells, base)

    def notify_style_update(self) -> None:
        """Drop the computed styles, because the theme or the state has changed."""
        self._mixed_styles = self._base_style = None
        super().notify_style_update()

    def _mixed(self, name: str) -> Style:
        component_styles = self.get_component_styles(name)
        background_below = self.background_colors[1]
        color = background = None
        if component_styles.has_rule("background") and component_styles.background.a:
            background_below = background_below + component_styles.background
            background = background_below.rich_color
        if component_styles.has_rule("color"):
            text_color = component_styles.color
            if component_styles.auto_color:  # black or white, whichever is read better
                text_color = background_below.get_contrast_text(text_color.a)
            color = (background_below + text_color).rich_color
        return Style(color=color, bgcolor=background) + component_styles.text_style


Line = TypeVar("Line", bound=Hashable)


class CursorList(ComponentStyles, CachedLineList, Generic[Line], can_focus=True):
    """A list of lines with a cursor. A subclass extends the looks `cursor` and `bar`."""

    ALLOW_SELECT = False

    def __init__(
        self, chosen: Callable[[], object], moved: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__()
        self._chosen = chosen
        self._moved = moved
        self.lines: Sequence[Line] = ()
        self.at = 0
        """The index of the line under the cursor."""

    @abstractmethod
    def pieces(self, line: Line, cells: int) -> Sequence[tuple[str, str]]:
        """Return a line, at most `cells` wide, as texts with style names."""

    @property
    def cursor_row(self) -> int:
        """The row of the cursor in the pane, as in `WithCursor`."""
        return self.at - self.scroll_offset.y

    @property
    def here(self) -> Line | None:
        """The line under the cursor, or None."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def show(self, lines: Sequence[Line], at: int | None = None) -> None:
        """Show other or additional lines; the cursor stays unless `at` is given."""
        self.lines = lines
        self.resized(len(lines))
        self.move_to(self.at if at is None else at)

    def move_to(self, at: int) -> None:
        """Move the cursor to a line, and scroll as little as necessary."""
        self.at = min(max(at, 0), max(len(self.lines) - 1, 0))
        self.reveal_lines(self.at, self.at)
        self.repaint()
        self._moved()

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor; successive pages overlap by one line."""
        self.move_to(self.at + by * steps(unit, self.size.height - 1, len(self.lines)))

    def bar(self, at: int) -> str:
        """Return the first cell of a line, which marks the cursor."""
        return "▌" if at == self.at else " "

    def line_key(self, y: int) -> Hashable:
        """Return a key for painting a line: its content, and whether the cursor is on it."""
        row_index, row_width = y + self.scroll_offset.y, self.line_width
        return (
            (row_width, row_index == self.at, self.lines[row_index])
            if row_index < len(self.lines)
            else row_width
        )

    def render_list_line(self, y: int) -> Strip:
        """Return a line with the marker of the cursor and the pieces."""
        row_index, row_width = y + self.scroll_offset.y, self.line_width
        base_style = self.base_style
        if row_index >= len(self.lines):
            return Strip.blank(row_width, base_style)
        if row_index == self.at:
            base_style += self.component_style(f"{self.PREFIX}--cursor")
        pieces = [(self.bar(row_index), "bar"), *self.pieces(self.lines[row_index], row_width - 1)]
        return self.strip_of(pieces, row_width, base_style)

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        super().on_resize()
        self.move_to(self.at)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked line; a double click or a second click opens it."""
        clicked_row = self.line_at(event)
        if not 0 <= clicked_row < len(self.lines):
            return
        if clicked_row == self.at or event.chain == 2:
            self._chosen()
        else:
            self.move_to(clicked_row)

"""The search bar: the query as a line of text."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Input

from cable_tui.base.pattern import pattern
from cable_tui.query.parser import prefix_named
from cable_tui.query.unknown_prefix import is_text
from cable_tui.text import clean_line
from cable_tui.tui.widgets.host import ActionPosted

_PLACEHOLDER = "Type words, an id such as 09CASABLANCA27, or origin: tag: class: date:"
"""Text that is shown while the bar is empty."""
_TERM = pattern(r'(?<![^\s(])(?P<sign>-?)(?:(?P<prefix>[\w-]+):)?(?P<value>"[^"]*"?|[^\s:]\S*)?')


class QueryColours(Highlighter):
    """The highlighter of the query: prefixes dim, their values bold, phrases in italics."""

    wrong: tuple[int, ...] = ()
    """Columns with a fault of the query."""

    def highlight(self, text: Text) -> None:
        """Colour one line."""
        for match in _TERM.finditer(text.plain):
            if match["sign"]:
                text.stylize("bold", *match.span("sign"))
            if match["prefix"] and prefix_named(match["prefix"]):
                text.stylize("dim", match.start("prefix"), match.end("prefix") + 1)
                text.stylize("bold", *match.span("value"))
            elif match["prefix"] and not is_text(match["prefix"], match["value"] or ""):
                text.stylize("underline", *match.span("prefix"))
            elif (match["value"] or "").startswith('"'):
                text.stylize("italic", *match.span("value"))
        for column in self.wrong:
            text.stylize("reverse", column, column + 1)


class SearchBar(Input):
    """One line to type a query into. It posts the text, without knowing its meaning."""

    virtual_size = reactive(Size(0, 0))
    """The size as in Textual, but a longer text does not lay out the whole screen again."""

    def __init__(self) -> None:
        super().__init__(
            id="bar",
            compact=True,
            highlighter=QueryColours(),
            placeholder=_PLACEHOLDER,
            select_on_focus=False,
        )
        self._fresh = False
        """Whether it is unchanged since it got the focus."""

    def mark_errors(self, columns: tuple[int, ...]) -> None:
        """Mark the columns with faults; without any, none is marked."""
        colours = self.highlighter
        if isinstance(colours, QueryColours) and colours.wrong != columns:
            colours.wrong = columns
            self.refresh()

    def show(self, text: str) -> None:
        """Set the text without posting it; the cursor goes to its end."""
        with self.prevent(Input.Changed):
            self.value = clean_line(text)
        self.cursor_position = len(self.value)

    def edit(self) -> None:
        """Take the focus, cursor at the end; a `/` typed next selects the whole text."""
        self._fresh = True
        self.cursor_position = len(self.value)
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Let a second `/` select all; after anything else it is a letter, as in 9/11."""
        if self._fresh and event.character == "/":
            event.stop()
            event.prevent_default()
            self.select_all()
        else:
            self._fresh = False

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of a pasted text as typed; Textual takes only the first one."""
        self._fresh = False
        event.text = " ".join(event.text.split())

    def on_mouse_down(self) -> None:
        """Note that a click has placed the cursor, where the next text goes."""
        self._fresh = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Handle typed text."""
        # Late: the first paint waits for no feature of the session.
        from cable_tui.session.features.search_bar import QueryTyped

        event.stop()
        self.post_message(ActionPosted(QueryTyped(event.value)))

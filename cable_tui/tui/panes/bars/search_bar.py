"""The search bar: the input line for the query."""

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
"""The text in the search bar while it is empty."""
_SHORT_PLACEHOLDER = "Type words, an id, tag: or date:"
"""The placeholder for a bar too narrow for `_PLACEHOLDER`."""
_TERM = pattern(r'(?<![^\s(])(?P<sign>-?)(?:(?P<prefix>[\w-]+):)?(?P<value>"[^"]*"?|[^\s:]\S*)?')


class QueryColors(Highlighter):
    """The highlighter for a query: prefixes are dim, their values bold, phrases italic."""

    wrong: tuple[int, ...] = ()
    """The columns where the query has errors."""

    def highlight(self, text: Text) -> None:
        """Apply the styles to the text of the bar."""
        for term_match in _TERM.finditer(text.plain):
            if term_match["sign"]:
                text.stylize("bold", *term_match.span("sign"))
            if term_match["prefix"] and prefix_named(term_match["prefix"]):
                text.stylize("dim", term_match.start("prefix"), term_match.end("prefix") + 1)
                text.stylize("bold", *term_match.span("value"))
            elif term_match["prefix"] and not is_text(
                term_match["prefix"], term_match["value"] or ""
            ):
                text.stylize("underline", *term_match.span("prefix"))
            elif (term_match["value"] or "").startswith('"'):
                text.stylize("italic", *term_match.span("value"))
        for fault_column in self.wrong:
            text.stylize("reverse", fault_column, fault_column + 1)


class SearchBar(Input):
    """The input line for a query. It posts the text without parsing it."""

    virtual_size = reactive(Size(0, 0))
    """The same property as in Textual, except that longer text does not trigger a new layout of the
    screen.
    """

    def __init__(self) -> None:
        super().__init__(
            id="bar",
            compact=True,
            highlighter=QueryColors(),
            placeholder=_PLACEHOLDER,
            select_on_focus=False,
        )
        self._is_unchanged = False
        """Whether the text is unchanged since the bar received the focus."""

    def mark_errors(self, columns: tuple[int, ...]) -> None:
        """Highlight the columns with errors; an empty tuple removes the highlights."""
        query_colors = self.highlighter
        if isinstance(query_colors, QueryColors) and query_colors.wrong != columns:
            query_colors.wrong = columns
            self.refresh()

    def show(self, text: str) -> None:
        """Set the text without posting it, and move the cursor to its end."""
        with self.prevent(Input.Changed):
            self.value = clean_line(text)
        self.cursor_position = len(self.value)

    def edit(self) -> None:
        """Take the focus, with the cursor at the end; a `/` typed next selects the whole text."""
        self._is_unchanged = True
        self.cursor_position = len(self.value)
        self.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the placeholder that fits."""
        fits = event.size.width > len(_PLACEHOLDER)
        self.placeholder = _PLACEHOLDER if fits else _SHORT_PLACEHOLDER

    def on_key(self, event: events.Key) -> None:
        """Select all at a second `/`; after other keys, `/` is a plain character, as in 9/11."""
        if self._is_unchanged and event.character == "/":
            event.stop()
            event.prevent_default()
            self.select_all()
        else:
            self._is_unchanged = False

    def on_paste(self, event: events.Paste) -> None:
        """Insert all lines of a pasted text as one line; Textual inserts only the first line."""
        self._is_unchanged = False
        event.text = " ".join(event.text.split())

    def on_mouse_down(self) -> None:
        """Record that a click has moved the cursor, so that `/` is an ordinary character again."""
        self._is_unchanged = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post the text after a change."""
        # Late: the first paint waits for no feature of the session.
        from cable_tui.session.features.search_bar import QueryTyped

        event.stop()
        self.post_message(ActionPosted(QueryTyped(event.value)))

"""The widget for the body of a cable: margin, cursor, hits, links, bookmarks, selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from textual import events
from textual.message import Message

from cable_tui.base.cable import Body, Cable, Facts, Header, Span
from cable_tui.exports.plain_text import no_text
from cable_tui.glossary.terms import Explanation
from cable_tui.session.features.body_cursor import PutBodyCursor, ScrollBody
from cable_tui.session.features.links import BodyLink
from cable_tui.session.features.selection import from_sentence
from cable_tui.session.state import Session
from cable_tui.telegram.unwrap import UnwrappedText, unwrapped
from cable_tui.text import clean_line, repaired
from cable_tui.text.painted_lines import TextLayout
from cable_tui.tui.panes.cable.body_text import BodySpans, damage
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import rule_title
from cable_tui.tui.widgets.styled_spans import SPAN_STYLES, StyledSpan
from cable_tui.tui.widgets.text_view import SelectableText

NO_CABLE = Cable(
    Facts("", "", "", "day only", "", "", ""), "", None, (), (), (), Header(""), Body("")
)
_MEANINGS = {
    "★": "bookmarked",
    "✎": "has a note",
    "!": "a request to protect a person",
    "?": "a name that a protection request may mean",
    "✗": "a reference to a cable that is missing from this archive",
}
"""The meanings of the symbols in the margin, except those of tools."""


class BodyLines(SelectableText):
    """The lines of a body with a cursor and a margin.

    `margin_of` returns the symbols in the margin.
    """

    PREFIX, LOOKS = "body", SPAN_STYLES
    EDGE = 6

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._body_spans = BodySpans(NO_CABLE)
        self.stop = 0
        """The index of the stop where the cursor is."""
        self._hit_index: int | None = None
        self._selected_from: int | None = None
        self.sentence: Span | None = None
        """The span of the sentence under the cursor, or None if the cursor covers a whole
        paragraph.
        """
        self._sentence_from: Span | None = None
        self._hints: dict[int, str] = {}
        """The hints over links, keyed by the offset at which each link begins."""
        self._bookmarked: frozenset[str] = frozenset()
        self._noted_labels: frozenset[str] = frozenset()

    def mark(self, bookmarked: frozenset[str], noted: frozenset[str] = frozenset()) -> None:
        """Set the labels of paragraphs that have a bookmark, and of paragraphs that have a note."""
        self._bookmarked, self._noted_labels = bookmarked, noted
        self.refresh()

    def links_in_sight(self) -> Sequence[BodyLink]:
        """Return the links that begin on a visible line of the pane."""
        last_line = min(self.first_line + self.size.height, self.lines) - 1
        span_in_sight = self._layout.lines[self.first_line].start, self._layout.lines[last_line].end
        return [
            link
            for link in self._body_spans.links_of(span_in_sight)
            if link.span[0] >= span_in_sight[0]
        ]

    def label(self, labels: Mapping[int, str]) -> None:
        """Show hints over links, given by the offset at which each link begins.

        Without labels, remove them.
        """
        self._hints = dict(labels)
        self.refresh()

    def _chosen(self) -> Span | None:
        """Return the span of the selected paragraphs or sentences, or of the current sentence."""
        paragraphs = self._body_spans.cable.body.paragraphs
        if self._sentence_from is not None:
            span_here = paragraphs[self.paragraph or 0].span
            return from_sentence(self._sentence_from, self.sentence, span_here)
        if self._selected_from is None:
            return self.sentence
        first_picked, last_picked = sorted((self._selected_from, self.paragraph or 0))
        return paragraphs[first_picked].span[0], paragraphs[
            min(last_picked, len(paragraphs) - 1)
        ].span[1]

    @property
    def paragraph(self) -> int | None:
        """The index of the cursor's paragraph, or None above the first paragraph."""
        return self._body_spans.stops[self.stop].paragraph

    def margin_of(self, line_number: int) -> list[tuple[str, str]]:
        """Return the margin of a line: the cursor `▌`, the marks `★` and `✎`, a symbol, a warning.

        Bookmarks and notes are shown where a paragraph begins. `!` marks a protection request, `?`
        a name that is perhaps protected, and `✗` a reference to a missing cable.
        """
        text_line = self._layout.lines[line_number]
        stop_index = self._body_spans.stop_at(text_line.start)
        stop_start = None if stop_index is None else self._body_spans.stops[stop_index].span[0]
        begins = stop_start is not None and self._layout.line_of(stop_start) == line_number
        paragraph = (
            self._body_spans.paragraph_of(stop_index) if begins and stop_index is not None else None
        )
        paragraph_label = paragraph and paragraph.label
        cursor_mark = "▌" if stop_index == self.stop else " "
        bookmark_mark, note_mark = (
            "★" if paragraph_label in self._bookmarked else " ",
            "✎" if paragraph_label in self._noted_labels else " ",
        )
        margin_parts = [
            (
                f"{cursor_mark}{bookmark_mark}{note_mark}{self._body_spans.sign(text_line)}",
                "paper--gutter",
            )
        ]
        if self._body_spans.asks_protection(text_line):
            return [*margin_parts, ("! ", "body--request")]
        if self._body_spans.is_perhaps_protected(text_line):
            return [*margin_parts, ("? ", "body--request")]
        return [
            *margin_parts,
            ("✗ " if self._body_spans.misses(text_line) else "  ", "body--missing"),
        ]

    def symbols_here(self) -> tuple[Explanation, ...]:
        """Return the symbols in the margin of the cursor's paragraph, each with its meaning."""
        meanings = _MEANINGS | {sign: meaning for sign, meaning, _ in self._body_spans.signs}
        shown_symbols = {
            symbol
            for line_number in self._layout.lines_of(self._body_spans.stops[self.stop].span)
            for margin_text, _ in self.margin_of(line_number)
            for symbol in margin_text
        }
        return tuple(
            Explanation(symbol, "symbol", meaning)
            for symbol, meaning in meanings.items()
            if symbol in shown_symbols
        )

    def pieces(self, line_number: int) -> list[StyledSpan]:
        """Return a line as styled pieces: hits, links, markings, page breaks and the selection."""
        current_hit = None if self._hit_index is None else self._body_spans.hits[self._hit_index]
        text_line = self._layout.lines[line_number]
        selected_span = self.selected() or self._chosen()
        label_starts = [
            offset for offset in self._hints if text_line.start <= offset < text_line.end
        ]
        label_spans = [(offset, offset + len(self._hints[offset])) for offset in label_starts]
        line_pieces = self._body_spans.pieces(text_line, current_hit, selected_span, label_spans)
        return [self._labelled(piece) for piece in line_pieces] if label_spans else line_pieces

    def _labelled(self, piece: StyledSpan) -> StyledSpan:
        """Return a piece with the hint in place of the characters that the hint covers."""
        if "label" not in piece.looks:
            return piece
        label_start = max(offset for offset in self._hints if offset <= piece.offset)
        hint_text = self._hints[label_start][piece.offset - label_start :][: len(piece.shown)]
        return StyledSpan(hint_text, piece.offset, piece.looks)

    def look(self, piece: StyledSpan) -> Style | None:
        """Return the combined styles of a piece."""
        combined_style = Style.null()
        for style_name in piece.looks:
            combined_style += self.component_style(f"body--{style_name}")
        return combined_style


class BodyView(BodyLines):
    """The body box. It shows the position in the session, and reports changes in its layout."""

    BORDER_TITLE = " 5 Body "
    _full_title = ""
    _is_repaired = False
    _joins_lines = False
    _finds_words = False
    """Whether the hits match the words typed in Find rather than the query."""

    class LaidOut(Message):
        """The body was laid out again, changed size, or was scrolled."""

        def can_replace(self, message: Message) -> bool:
            """Return whether this message replaces another, because only the last one matters."""
            return isinstance(message, BodyView.LaidOut)

    def set_perhaps(self, spans: Sequence[Span]) -> None:
        """Mark the lines that contain names that may be protected."""
        self._body_spans.perhaps = tuple(spans)
        self.refresh()

    def show(
        self,
        cable: Cable,
        marks: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
        *,
        show_repaired: bool = False,
    ) -> None:
        """Show another cable from its top.

        `marks` are the labels of paragraphs with a bookmark, and of those with a note.
        """
        self._body_spans = BodySpans(cable)
        self._bookmarked, self._noted_labels = marks
        self._is_repaired = show_repaired
        self.set_text(self._body_spans.text, self._reading(), self._joined())

    def follow(self, session: Session) -> None:
        """Show the cursor, the hits, the selection and the scroll position of a session."""
        self.stop, self.sentence = session.stop, session.sentence
        self._selected_from, self._sentence_from = session.selected_from, session.sentence_from
        self._body_spans.hits, self._hit_index = session.body.hits, session.body.hit
        self._finds_words = bool(session.find.text)
        self.scroll_to_line(session.scroll)
        self._show_place()

    @property
    def laid_out(self) -> tuple[TextLayout, int, int] | None:
        """The layout, the height and the first visible line, or None if the width is unknown."""
        if self._landing is not None:
            return None
        return self._layout, self.size.height, self.first_line

    def repair(self, show_repaired: bool) -> None:
        """Show the text either repaired or as filed; copied text is always as filed."""
        self._is_repaired = show_repaired
        self.repaint(self._reading())
        self._show_place()

    def set_unwrapped(self, flowing: bool) -> None:
        """Show hard-wrapped lines joined and without page breaks, or each line as it was sent.

        The setting also applies to cables opened later.
        """
        self._joins_lines = flowing
        self.set_flows(self._joined())
        self._show_place()

    def _joined(self) -> Sequence[UnwrappedText] | None:
        return (
            unwrapped(self._body_spans.text, self._body_spans.cable.body.paragraphs)
            if self._joins_lines
            else None
        )

    def _reading(self) -> str:
        if self._body_spans.cable is not NO_CABLE and (
            missing_text := no_text(self._body_spans.cable)
        ):
            return missing_text
        return repaired(self._body_spans.text) if self._is_repaired else self._body_spans.text

    @property
    def kept_line(self) -> int:
        """The line where the cursor's paragraph begins, or the first visible line below it."""
        return max(self.first_line, self._layout.line_of(self._body_spans.stops[self.stop].span[0]))

    @property
    def cursor_row(self) -> int:
        """The row of the cursor in the pane, as in `WithCursor`."""
        return self.kept_line - self.first_line

    def move_by(self, lines: int) -> None:
        """Ask the session to scroll the body."""
        self.post_message(ActionPosted(ScrollBody(lines)))

    def after_scroll(self) -> None:
        """Report scrolling, which may not result from an action."""
        self.post_message(self.LaidOut())

    after_layout = after_scroll

    def on_click(self, event: events.Click) -> None:
        """Move the cursor or follow a link; two clicks select a word, three a paragraph."""
        event.prevent_default()
        clicked_offset = self.offset_at(event)
        if clicked_offset is None:
            return
        stop_near = self._body_spans.stop_near(clicked_offset)
        if event.chain == 2:
            self.select(self._body_spans.word_at(clicked_offset))
        elif event.chain == 3:
            self.select(self._body_spans.stops[stop_near].span)
        elif event.chain == 1 and not self.screen.selections:
            self.post_message(ActionPosted(PutBodyCursor(stop_near)))
            if link := self._body_spans.link_at(clicked_offset):
                self.post_message(ActionPosted(link.does))

    def on_resize(self) -> None:
        """Report the size."""
        self.post_message(self.LaidOut())

    def _show_place(self) -> None:
        """Show the reader's position in the title and in the text."""
        hit_count, match_noun = len(self._body_spans.hits), "found" if self._finds_words else "hit"
        plural_ending = "s" if hit_count > 1 and not self._finds_words else ""
        hits_text = (
            f"{hit_count} {match_noun}{plural_ending}"
            if hit_count
            else "not found"
            if self._finds_words
            else ""
        )
        if self._hit_index is not None:
            hits_text = f"{match_noun} {self._hit_index + 1}/{hit_count}"
        display_modes = (
            "joined" if self._joins_lines else "",
            "repaired" if self._is_repaired else "",
        )
        position = filter(None, (self._body_spans.place(self.stop), hits_text, *display_modes))
        self.refresh()
        damage_words = damage(self._body_spans.cable)
        pane_title = f"5 Body, as filed: {clean_line(damage_words)}" if damage_words else "5 Body"
        self.set_class(bool(damage_words), "-damaged")
        full_title = " · ".join((pane_title, *position))
        if full_title != self._full_title:  # a text that is set paints the whole box
            self._full_title = full_title
            self.border_title = rule_title(full_title)

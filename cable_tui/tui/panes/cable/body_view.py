"""The body of a cable as a widget: margin, paragraph cursor, hits, links, bookmarks, selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message

from cable_tui.base.cable import Body, Cable, Facts, Header, Span
from cable_tui.exports.plain_text import no_text
from cable_tui.query.answers import Highlighting
from cable_tui.session.features.links import BodyLink
from cable_tui.session.features.selection import from_sentence
from cable_tui.telegram.unwrap import UnwrappedText, unwrapped
from cable_tui.text import clean_line, repaired
from cable_tui.tui.panes.cable.body_text import BodySpans, damage
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import Unit
from cable_tui.tui.widgets.text_layout import SPAN_STYLES, StyledSpan
from cable_tui.tui.widgets.text_view import SelectableText

NO_CABLE = Cable(
    Facts("", "", "", "day only", "", "", ""), "", None, (), (), (), Header(""), Body("")
)


class BodyLines(SelectableText):
    """A body with a cursor; what the margin before its lines says is in `margin_of`."""

    PREFIX, LOOKS = "body", SPAN_STYLES
    EDGE = 6

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._page = BodySpans(NO_CABLE)
        self.stop = 0
        """Index of the cursor among all its stops."""
        self._hit: int | None = None
        self._picked: int | None = None
        self.sentence: Span | None = None
        """The sentence under the cursor; None if it is on a whole paragraph."""
        self._sentence_from: Span | None = None
        self._labels: dict[int, str] = {}
        """The hints over links, by where these begin."""
        self._bookmarked: frozenset[str] = frozenset()
        self._noted: frozenset[str] = frozenset()

    def mark(self, bookmarked: frozenset[str], noted: frozenset[str] = frozenset()) -> None:
        """Set the labels of the paragraphs with a bookmark, and of those with a note."""
        self._bookmarked, self._noted = bookmarked, noted
        self.refresh()

    def links_in_sight(self) -> Sequence[BodyLink]:
        """Return the links that begin on a painted line of the pane."""
        last_line = min(self.first_line + self.size.height, self.lines) - 1
        span_in_sight = self._layout.lines[self.first_line].start, self._layout.lines[last_line].end
        return [
            link for link in self._page.links_of(span_in_sight) if link.span[0] >= span_in_sight[0]
        ]

    def label(self, labels: Mapping[int, str]) -> None:
        """Show hints over links, by where these begin; an empty mapping removes them."""
        self._labels = dict(labels)
        self.refresh()

    def pick(self, first: int | None, sentence: Span | None = None) -> None:
        """Select paragraphs, or sentences, from this one to the cursor; None ends the selection."""
        self._picked, self._sentence_from = first, sentence
        self.refresh()

    def _chosen(self) -> Span | None:
        """Return from the first picked paragraph or sentence to the end of the last one."""
        paragraphs = self._page.cable.body.paragraphs
        if self._sentence_from is not None:
            span_here = paragraphs[self.paragraph or 0].span
            return from_sentence(self._sentence_from, self.sentence, span_here)
        if self._picked is None:
            return self.sentence
        first_picked, last_picked = sorted((self._picked, self.paragraph or 0))
        return paragraphs[first_picked].span[0], paragraphs[
            min(last_picked, len(paragraphs) - 1)
        ].span[1]

    @property
    def paragraph(self) -> int | None:
        """Index in `Body.paragraphs` of the cursor; None at the top matter."""
        return self._page.stops[self.stop].paragraph

    @property
    def hit_position(self) -> tuple[int, int]:
        """Number of the current hit from 1 (0: none yet) and how many there are."""
        return (0 if self._hit is None else self._hit + 1), len(self._page.hits)

    def margin_of(self, number: int) -> list[tuple[str, str]]:
        """Return a cell each for `▌` the cursor, `★` and `✎` the marks, a sign, and warnings.

        Marks stand where a paragraph begins. `!` asks for somebody's protection, `?` has a name
        that is perhaps protected, `✗` refers to a cable that is not here.
        """
        line = self._layout.lines[number]
        index = self._page.stop_at(line.start)
        start = None if index is None else self._page.stops[index].span[0]
        begins = start is not None and self._layout.line_of(start) == number
        paragraph = self._page.paragraph_of(index) if begins and index is not None else None
        label = paragraph and paragraph.label
        bar = "▌" if index == self.stop else " "
        star, note = "★" if label in self._bookmarked else " ", "✎" if label in self._noted else " "
        signs = [(f"{bar}{star}{note}{self._page.sign(line)}", "paper--gutter")]
        if self._page.asks_protection(line):
            return [*signs, ("! ", "body--request")]
        if self._page.is_perhaps_protected(line):
            return [*signs, ("? ", "body--request")]
        return [*signs, ("✗ " if self._page.misses(line) else "  ", "body--missing")]

    def pieces(self, number: int) -> list[StyledSpan]:
        """Return a line in pieces: hits, links, markings, page breaks and the selection."""
        current_hit = None if self._hit is None else self._page.hits[self._hit]
        line = self._layout.lines[number]
        selected_span = self.selected() or self._chosen()
        starts = [offset for offset in self._labels if line.start <= offset < line.end]
        labels = [(offset, offset + len(self._labels[offset])) for offset in starts]
        pieces = self._page.pieces(line, current_hit, selected_span, labels)
        return [self._labelled(piece) for piece in pieces] if labels else pieces

    def _labelled(self, piece: StyledSpan) -> StyledSpan:
        """Return a hint in place of the characters that it covers."""
        if "label" not in piece.looks:
            return piece
        start = max(offset for offset in self._labels if offset <= piece.offset)
        shown_text = self._labels[start][piece.offset - start :][: len(piece.shown)]
        return StyledSpan(shown_text, piece.offset, piece.looks)

    def look(self, piece: StyledSpan) -> Style | None:
        """Return the styles of a piece, one over the other."""
        style = Style.null()
        for style_name in piece.looks:
            style += self.component_style(f"body--{style_name}")
        return style

    def _visible(self, span: Span) -> bool:
        shown = self._layout.lines_of(span)
        return shown.start < self.first_line + self.size.height and shown.stop > self.first_line


class BodyView(BodyLines):
    """The bottom box: it moves by paragraphs, by hits and by lines, and posts its position."""

    BORDER_TITLE = "5 Body"
    _where = ""
    _framed = ("", "")
    _repaired = False
    _flowing = False
    _matched = "hit"

    class ParagraphMoved(Message):
        """The cursor or the scroll moved."""

        def can_replace(self, message: Message) -> bool:
            """Return whether it replaces another message: only the last one matters."""
            return isinstance(message, BodyView.ParagraphMoved)

    def set_perhaps(self, spans: Sequence[Span]) -> None:
        """Mark the lines of names that are perhaps protected."""
        self._page.perhaps = tuple(spans)
        self.refresh()

    def show(
        self,
        cable: Cable,
        highlights: Highlighting,
        paragraph: str | None = None,
        marks: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
        *,
        show_repaired: bool = False,
    ) -> None:
        """Show another cable, at its top or at the paragraph of a label.

        `marks` are the labels of paragraphs with a bookmark, and of those with a note.
        """
        self._page = BodySpans(cable)
        self._page.set_highlights(highlights)
        self._bookmarked, self._noted = marks
        self._matched = "hit"
        self.stop, self._hit, self._picked = 0, None, None
        self.sentence = self._sentence_from = None
        self._repaired = show_repaired
        self.set_text(self._page.text, self._reading(), self._joined())
        if (index := self._page.labelled(paragraph)) is not None:
            self.go_to(index)
        self.report_position()

    def repair(self, show_repaired: bool) -> None:
        """Show the text repaired, or as filed; copies are as filed."""
        self._repaired = show_repaired
        self.repaint(self._reading())
        self.report_position()

    def set_unwrapped(self, flowing: bool) -> None:
        """Paint hard-wrapped lines joined and without page breaks, or each line as it was sent.

        The next cables are painted like this too.
        """
        self._flowing = flowing
        self.set_flows(self._joined())
        self.report_position()

    def _joined(self) -> Sequence[UnwrappedText] | None:
        return (
            unwrapped(self._page.text, self._page.cable.body.paragraphs) if self._flowing else None
        )

    def _reading(self) -> str:
        if self._page.cable is not NO_CABLE and (missing_text := no_text(self._page.cable)):
            return missing_text
        return repaired(self._page.text) if self._repaired else self._page.text

    def set_highlights(self, highlights: Highlighting, matched: str = "hit") -> None:
        """Highlight other words, named by one word; the position stays."""
        self._page.set_highlights(highlights)
        self._matched = matched
        self._hit = None
        self.report_position()

    def return_to(self, paragraph: int | None, first_line: int, stop: int | None = None) -> None:
        """Return to a position: cursor and scroll; `stop` distinguishes REF lines."""
        is_known = stop is not None and stop < len(self._page.stops)
        if is_known and stop is not None and self._page.stops[stop].paragraph == paragraph:
            self.stop = stop
        else:
            self.stop = self._page.stop_of(paragraph)
        self.scroll_to_line(first_line)
        self.report_position()

    def go_to(self, paragraph: int | None) -> None:
        """Put the cursor on a paragraph and bring it into view."""
        self.put(self._page.stop_of(paragraph))

    def go_to_offset(self, offset: int) -> None:
        """Go to the match at an offset of the text; without a match, to the offset."""
        index = self._page.hit_from(offset, 1)
        if index < len(self._page.hits) and self._page.hits[index][0] == offset:
            self.to_hit(index)
            return
        self.stop, self.sentence = self._page.stop_near(offset), None
        if not self._visible((offset, offset + 1)):
            self.scroll_to_line(self._layout.line_of(offset) - self.size.height // 3)
        self.report_position()

    def put(self, stop: int, sentence: Span | None = None) -> None:
        """Put the cursor on a stop or a sentence of it; scroll only as far as needed to show it."""
        self.stop, self.sentence = stop, sentence
        self._reveal(self._page.stops[stop].span if sentence is None else sentence)

    def end_sentence(self) -> None:
        """Put the cursor on its whole paragraph again."""
        self.sentence = None
        self.report_position()

    def nearest_hit(self) -> bool:
        """Go to the first hit from the top of the pane on, or else the first of all."""
        hit_here = self._page.hit_from(self._layout.lines[self.first_line].start, 1)
        return self.to_hit(hit_here) or self.to_hit(0)

    def to_end_hit(self, by: int) -> bool:
        """Go to the first hit (1) or the last (-1). Return whether there is one."""
        return self.to_hit(0 if by > 0 else len(self._page.hits) - 1)

    def to_hit(self, index: int) -> bool:
        """Go to a hit; return False if it does not exist."""
        if not 0 <= index < len(self._page.hits):
            return False
        self._hit = index
        span = self._page.hits[index]
        self.stop = self._page.stop_near(span[0])
        if not self._visible(span):
            self.scroll_to_line(self._layout.line_of(span[0]) - self.size.height // 3)
        self.report_position()
        return True

    def step_hit(self, by: int) -> bool:
        """Go to the next hit or the one before. Return whether there is one."""
        hit_here = self._hit
        if hit_here is not None and self._visible(self._page.hits[hit_here]):
            index = hit_here + by
        else:
            # From the cursor, which a resumed place has without a hit.
            first_offset = self._layout.lines[self.first_line].start
            index = self._page.hit_from(max(self._page.stops[self.stop].span[0], first_offset), by)
        return self.to_hit(index)

    def reveal(self) -> None:
        """Scroll as far as needed to see the cursor's paragraph."""
        self.put(self.stop)

    def move(self, unit: Unit, by: int) -> None:
        """Move as in every text; at an end the cursor goes there too."""
        if unit == "end":
            self.stop = len(self._page.stops) - 1 if by > 0 else 0
            self.scroll_to_line(self.lines if by > 0 else 0)
            self.report_position()
        else:
            super().move(unit, by)

    @property
    def kept_line(self) -> int:
        """Line at which the cursor's paragraph begins, or its first line in sight."""
        return max(self.first_line, self._layout.line_of(self._page.stops[self.stop].span[0]))

    @property
    def cursor_row(self) -> int:
        """As in `WithCursor`."""
        return self.kept_line - self.first_line

    def after_scroll(self) -> None:
        """Move the cursor along after a scroll, so that it stays in sight."""
        if not self._visible(self._page.stops[self.stop].span):
            self.stop = self._page.stop_near(self._layout.lines[self.first_line].start)
        self.report_position()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor or follow a link; two clicks select a word, three a paragraph."""
        event.prevent_default()
        offset = self.offset_at(event)
        if offset is None:
            return
        stop_near = self._page.stop_near(offset)
        if event.chain == 2:
            self.select(self._page.word_at(offset))
        elif event.chain == 3:
            self.select(self._page.stops[stop_near].span)
        elif event.chain == 1 and not self.screen.selections:
            self.stop = stop_near
            self.report_position()
            if link := self._page.link_at(offset):
                self.post_message(ActionPosted(link.does))

    def on_resize(self) -> None:
        """Change the border if the new size needs another kind."""
        self._frame()

    def after_layout(self) -> None:
        """Scroll to the cursor, which was put before there was a width."""
        if self.stop and not self.first_line:
            self.put(self.stop)

    def _reveal(self, span: Span) -> None:
        shown_lines = self._layout.lines_of(span)
        first_line, height = self.first_line, self.size.height
        if shown_lines.start < first_line or len(shown_lines) >= height:
            self.scroll_to_line(shown_lines.start - 1)
        elif shown_lines.stop > first_line + height - 1:
            self.scroll_to_line(shown_lines.stop + 1 - height)
        self.report_position()

    def report_position(self) -> None:
        """Show the reader's position in the frame, and post it."""
        start, end = self._page.stops[self.stop].span
        if self.sentence is not None and not start <= self.sentence[0] < end:
            self.sentence = None
        place = self._page.place(self.stop)
        hit_number, count = self.hit_position
        plural = "s" if count > 1 and self._matched == "hit" else ""
        counted_hits = f"{count} {self._matched}{plural}" if count else ""
        hits = f"{self._matched} {hit_number}/{count}" if hit_number else counted_hits
        if self._matched == "found" and not count:
            hits = "not found"
        ways = ("joined" if self._flowing else "", "repaired" if self._repaired else "")
        self._where = " · ".join(filter(None, (place, hits, *ways)))
        self._frame()
        self.refresh()
        self.post_message(self.ParagraphMoved())

    def _frame(self) -> None:
        """Set title and position on the border: the position below, or above if that is all."""
        has_rule = self.styles.border_bottom[0] in ("", "none", "hidden")
        damage_words = damage(self._page.cable)
        title = f"5 Body, as filed: {clean_line(damage_words)}" if damage_words else "5 Body"
        self.set_class(bool(damage_words), "-damaged")
        frame = (f"{title} · {self._where}", "") if has_rule else (title, self._where)
        if frame != self._framed:  # a text that is set paints the whole box
            self._framed = frame
            self.border_title, self.border_subtitle = map(Content, frame)

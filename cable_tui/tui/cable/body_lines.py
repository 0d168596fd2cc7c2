"""The lines of a cable's body: margin, hits, links, markings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.style import Style

from cable_tui.cable import Body, Cable, Facts, Header, Reference, Span
from cable_tui.session.features.links import Link
from cable_tui.session.features.selection import from_sentence
from cable_tui.tui.cable.body_spans import BodySpans
from cable_tui.tui.widgets.classification_level import level, sign
from cable_tui.tui.widgets.text_spans import SPAN_STYLES, StyledSpan
from cable_tui.tui.widgets.text_view import SelectableText

_NO_CABLE = Cable(
    Facts("", "", "", "day only", "", "", ""), "", None, (), (), (), Header(""), Body("")
)


class BodyLines(SelectableText):
    """A body with a cursor: `▌` before its paragraph, `★` before one with a bookmark.

    Behind them stands the portion marking, in letters and in its colour.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"body--{look}" for look in SPAN_STYLES}
    EDGE = 6

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._page = BodySpans(_NO_CABLE)
        self._stop = 0
        self._hit: int | None = None
        self._picked: int | None = None
        self._sentence: Span | None = None
        """The sentence under the cursor; None where it moves by paragraphs."""
        self._sentence_from: Span | None = None
        self._labels: dict[int, str] = {}
        """What is painted over links, by where they begin."""
        self._bookmarked: frozenset[str] = frozenset()
        self._noted: frozenset[str] = frozenset()

    def mark(self, bookmarked: frozenset[str], noted: frozenset[str] = frozenset()) -> None:
        """Set the labels of the paragraphs with a bookmark, and of those with a note."""
        self._bookmarked, self._noted = bookmarked, noted
        self.refresh()

    def links_in_sight(self) -> Sequence[Link]:
        """The links that begin on a painted line of the pane."""
        last = min(self.first_line + self.size.height, self.lines) - 1
        shown = self._layout.lines[self.first_line].start, self._layout.lines[last].end
        return [link for link in self._page.links_of(shown) if link.span[0] >= shown[0]]

    def label(self, labels: Mapping[int, str]) -> None:
        """Show hints over links, by where these begin; none removes them."""
        self._labels = dict(labels)
        self.refresh()

    def pick(self, first: int | None, sentence: Span | None = None) -> None:
        """Select paragraphs, or sentences, from this one to the cursor; None ends the selection."""
        self._picked, self._sentence_from = first, sentence
        self.refresh()

    def _chosen(self) -> Span | None:
        """From the first picked paragraph or sentence to the end of the last one."""
        paragraphs = self._page.cable.body.paragraphs
        if self._sentence_from is not None:
            here = paragraphs[self.paragraph or 0].span
            return from_sentence(self._sentence_from, self._sentence, here)
        if self._picked is None:
            return self._sentence
        first, last = sorted((self._picked, self.paragraph or 0))
        return paragraphs[first].span[0], paragraphs[min(last, len(paragraphs) - 1)].span[1]

    @property
    def paragraph(self) -> int | None:
        """Index in `Body.paragraphs` of the cursor; None at the top matter."""
        return self._page.stops[self._stop].paragraph

    @property
    def stop(self) -> int:
        """Index of the cursor among all its stops."""
        return self._stop

    @property
    def sentence(self) -> Span | None:
        """The sentence that the cursor is on; None where it is on a whole paragraph."""
        return self._sentence

    @property
    def hit_position(self) -> tuple[int, int]:
        """Number of the current hit from 1 (0: none yet) and how many there are."""
        return (0 if self._hit is None else self._hit + 1), len(self._page.hits)

    def references_here(self) -> tuple[Reference, ...]:
        """What the paragraph or REF line under the cursor refers to."""
        return self._page.references_of(self._stop)

    def margin_of(self, number: int) -> list[tuple[str, str]]:
        """`▌` for the cursor; where a paragraph begins, `★` or `✎` for a mark, and its marking.

        `!` stands before a line that asks for somebody's protection; where no other sign stands,
        `#` before a comment of the author and `"` before what a source is reported to say.
        """
        line = self._layout.lines[number]
        index = self._page.stop_at(line.start)
        begins = index is not None and (
            self._layout.line_of(self._page.stops[index].span[0]) == number
        )
        bar = "▌" if index == self._stop else " "
        mark = self._mark(index) if begins and index is not None else " "
        mark = self._page.voice(line) if mark == " " else mark
        margin = [(f"{bar}{mark}", "paper--gutter")]
        if self._page.pleads(line):
            margin = [(bar, "paper--gutter"), ("!", "body--plea")]
        room = self.EDGE - 2
        missing = "✗ " if self._page.misses(line) else ""
        if marking := self._page.marking_of(index) if begins and index is not None else None:
            named = sign(marking)
            room -= len(missing := missing[: room - len(named)])
            margin.append((f"{named:<{room}}", f"body--{level(marking)}"))
        else:
            last, look = margin[-1]
            room -= len(missing)
            margin[-1] = (f"{last}{' ' * room}", look)
        return [*margin, (missing, "body--missing")] if missing else margin

    def _mark(self, index: int) -> str:
        """The sign of a paragraph with a bookmark or a note."""
        label = self._page.label_of(index)
        return "✎" if label in self._noted else "★" if label in self._bookmarked else " "

    def pieces(self, number: int) -> list[StyledSpan]:
        """Hits, links, markings, page breaks and what is selected."""
        current = None if self._hit is None else self._page.hits[self._hit]
        line = self._layout.lines[number]
        selected = self.selected() or self._chosen()
        starts = [at for at in self._labels if line.start <= at < line.end]
        labels = [(at, at + len(self._labels[at])) for at in starts]
        pieces = self._page.pieces(line, current, selected, labels)
        return [self._labelled(piece) for piece in pieces] if labels else pieces

    def _labelled(self, piece: StyledSpan) -> StyledSpan:
        """The hint in place of the characters that it covers."""
        if "label" not in piece.looks:
            return piece
        start = max(at for at in self._labels if at <= piece.offset)
        shown = self._labels[start][piece.offset - start :][: len(piece.shown)]
        return StyledSpan(shown, piece.offset, piece.looks)

    def look(self, piece: StyledSpan) -> Style | None:
        """The styles of a piece, one laid over the other."""
        style = Style.null()
        for look in piece.looks:
            style += self.component_style(f"body--{look}")
        return style

    def _visible(self, span: Span) -> bool:
        shown = self._layout.lines_of(span)
        return shown.start < self.first_line + self.size.height and shown.stop > self.first_line

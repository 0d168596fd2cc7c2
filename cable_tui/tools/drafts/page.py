"""The page for a draft: its quotations with verdicts, and below these the draft and the cable.

In a wide terminal, the draft and the cable are side by side; otherwise one is above the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import TextDocument
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.text import clean_line, clean_text, crop, width
from cable_tui.tools.drafts import room as check_draft
from cable_tui.tools.drafts.comparing import Difference
from cable_tui.tools.drafts.draft_view import DraftView
from cable_tui.tools.drafts.export import SAID, SIGNS, details_of, name_of, voice_of
from cable_tui.tools.drafts.findings import Finding
from cable_tui.tui.pages.room_page import RoomPage
from cable_tui.tui.widgets.line_list import CursorList, take_move

_BESIDE = 110
"""The minimum page width, in cells, for the draft and the cable to be side by side."""
_LEAST_LINES = 3
"""The minimum height of the list, in lines; its maximum is two fifths of the page, as in room.tcss.
"""
_SHARE_BEFORE = 4
"""The divisor of a pane's area that gives the space for the text displayed before a quotation."""
_LEAST_BEFORE = 60
"""The minimum number of characters displayed before a quotation."""
_WIDEST = (20, 27, 20)
"""The maximum widths of a position, a verdict and a citation in the list; no verdict is longer."""


CHANGED = "+"
"""The marker of a finding that is new or has changed since the last save."""


class DraftList(CursorList[Finding]):
    """The list of findings, one per line."""

    PREFIX, LOOKS = "draft", ("cursor", "bar", "right", "fault", "words")

    _widths: Sequence[int] = ()
    _view = DraftView()

    def show_view(self, view: DraftView, at: int) -> None:
        """Show the findings in columns that are as wide as necessary."""
        self._view = view
        self._widths = widths_of(view.listed)
        self.show(view.listed, at)

    def line_key(self, y: int) -> Hashable:
        """Return the cache key of a line, including the column widths and the last save."""
        return super().line_key(y), self._view.earlier, *self._widths

    def next_fault(self, by: int) -> None:
        """Move to the next or previous fault."""
        line_indexes = range(self.at + 1, len(self.lines)) if by > 0 else reversed(range(self.at))
        self.move_to(next((index for index in line_indexes if self.lines[index].is_fault), self.at))

    def pieces(self, line: Finding, cells: int) -> Sequence[tuple[str, str]]:
        """Return the verdict, the position and the beginning of the quotation."""
        saved_mark = ""
        if self._view.earlier is not None:
            saved_mark = f"{CHANGED} " if self._view.is_changed(line) else "  "
        line_start = f"{crop(saved_mark + head_of(line, self._widths), cells)}  "
        quoted_words = clean_line(" ".join(line.text[:400].split()))
        return [
            (line_start, "fault" if line.is_fault else "right"),
            (crop(quoted_words, max(cells - width(line_start), 0)), "words"),
        ]


class DraftPage(RoomPage):
    """The page for the draft that is being checked."""

    look_every = 2.0
    """The number of seconds between two checks of the draft's file."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(dispatch, "words")
        self._view = DraftView()
        self._list = DraftList(self._open, self._show_passages)
        self._cursor_left: tuple[Finding | None, int] = None, 0
        """The line where the reader left the cursor; lines are inserted while a draft is checked.
        """
        self._cursor_put = 0
        """The line on which the page last placed the cursor."""

    def compose(self) -> ComposeResult:
        """Yield the findings, the draft next to the cable, and the keys."""
        with Vertical(classes="words-box draft-box"):
            yield self.filter_line(self._view.typed)
            yield self._list
            with Container(classes="draft-passages"):
                with VerticalScroll(classes="draft-pane", can_focus=False):
                    yield Static(classes="draft-text", markup=False)
                with VerticalScroll(classes="draft-pane", can_focus=False):
                    yield Static(classes="draft-cable", markup=False)
            yield Static(classes="menu-note", markup=False)
            yield Static(classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the findings, and fill the page."""
        self._list.focus()
        self._cursor_left = None, self._view.at
        self._fill(self._view.at)
        self.set_interval(self.look_every, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Put the draft and the cable side by side if there is room."""
        self.set_class(event.size.width >= _BESIDE, "-beside")
        self.call_after_refresh(self._show_passages)

    def _look(self) -> None:
        self._dispatch(check_draft.LookAtDraft())

    def follow(self, old: Session, new: Session) -> None:
        """Update the page if the draft was replaced or checked further."""
        if (new_view := new.of_tool(DraftView)) is not old.of_tool(DraftView):
            self.show(new_view)

    def show(self, view: DraftView) -> None:
        """Show the findings, and keep the cursor on its finding."""
        old_finding, was_reading = self._list.here, self._view.reading
        self._view = view
        if not self.is_mounted:
            return
        if not view.shown:
            self.dismiss(None)
            return
        if old_finding is not None and (self._list.at != self._cursor_put or not was_reading):
            self._cursor_left = old_finding, self._list.at
        finding_left, old_line = self._cursor_left
        same_findings = (
            line_number
            for line_number, finding in enumerate(view.listed)
            if finding_left and finding.pieces == finding_left.pieces
        )
        self._fill(next(same_findings, old_line))

    def _fill(self, cursor_line: int) -> None:
        view = self._view
        box = self.query_one(".words-box")
        box.border_title = Content(clean_line(view.path))
        box.border_subtitle = Content(_progress(view))
        self._list.styles.height = max(len(view.listed), _LEAST_LINES)
        self._list.show_view(view, cursor_line)
        self._cursor_put = self._list.at
        self.query_one(".menu-note", Static).update(Content(clean_line(_said(view))))
        self.say(".marks-keys", self.keys_line("stops" if view.reading else "closes"))

    def _show_passages(self) -> None:
        if not self.is_mounted:
            return
        finding, draft = self._list.here, self._view.draft
        self.query_one(".draft-passages").display = finding is not None or self._view.reading
        pane_texts = [Content(""), Content("")]
        pane_titles = ["", ""]
        if finding is not None and draft is not None:
            characters_before = self._before()
            pane_texts = [
                draft_passage(draft, finding, characters_before),
                cable_passage(finding, characters_before),
            ]
            pane_titles = [
                f"draft, {finding.place}",
                finding.found.citation if finding.found else "-",
            ]
        panes = list(self.query(".draft-pane").results(VerticalScroll))
        for pane, pane_text, pane_title in zip(panes, pane_texts, pane_titles, strict=True):
            pane.query_one(Static).update(pane_text)
            pane.border_title = Content(clean_line(pane_title))
            pane.scroll_home(animate=False)

    def _before(self) -> int:
        """Return how many characters may precede a quotation without moving it out of view."""
        pane_cells = self.query(".draft-pane").first().size.area
        return max(pane_cells // _SHARE_BEFORE, _LEAST_BEFORE) if pane_cells else AROUND

    def _open(self) -> None:
        self._dispatch(check_draft.FollowQuotation(self._list.at))

    def _copy(self) -> None:
        self._dispatch(check_draft.CopyRightCitation(self._list.at))

    def _scroll(self, by: int) -> None:
        for pane in self.query(".draft-pane").results(VerticalScroll):
            pane.scroll_relative(y=by, animate=False)

    @property
    def pane(self) -> DraftList:
        """The list of findings."""
        return self._list

    def filter(self, typed: str) -> None:
        """Show the findings that contain all words of a filter."""
        if typed != self._view.typed:
            self._dispatch(check_draft.FilterDraft(typed))

    def close(self, *, at_once: bool, below: bool = False) -> None:
        """Stop the check, or leave the page."""
        del below
        self._dispatch(check_draft.CloseDraft(at_once))

    def own_keys(self) -> Iterator[tuple[str, str]]:
        """Yield the keys with their current effects."""
        if not (self._view.findings or self._view.reading):
            yield "r", "reads the draft again"
            return  # the other keys need a finding
        yield "Enter", "opens the cable"
        yield "e", "edits"
        yield "t", "all" if self._view.only_faults else "only faults"
        yield "n N", "next fault"
        yield "y", "copies the right citation"
        yield "/", "filters"
        yield "r", "reads the draft again"
        yield "J K", "scroll"

    def take_key(self, key: str) -> bool:
        """Handle a key; return whether the page uses it."""
        if key_action := KEYS.get(key):
            key_action(self)
            return True
        return take_move(self._list, key)


KEYS: dict[str, Callable[[DraftPage], object]] = {
    **dict.fromkeys(("enter", "l", "right"), DraftPage._open),
    "t": lambda page: page._dispatch(check_draft.OnlyFaults()),
    **dict.fromkeys(("r", "f5"), lambda page: page._dispatch(check_draft.CheckAgain())),
    "y": DraftPage._copy,
    "e": lambda page: page._dispatch(check_draft.EditDraft(page.pane.at)),
    "n": lambda page: page.pane.next_fault(1),
    "N": lambda page: page.pane.next_fault(-1),
    "J": lambda page: page._scroll(1),
    "K": lambda page: page._scroll(-1),
}
"""The keys of the page, in addition to `MOVES` and the keys of all pages."""


def _progress(view: DraftView) -> str:
    if view.draft is None and not view.reading:
        return "not read"
    if not view.whole:
        return f"{view.looked_at:,} of {view.total:,} checked"
    if not view.findings:
        return "nothing to check"
    fault_count = sum(finding.is_fault for finding in view.findings)
    return f"{fault_count:,} to look at" if fault_count else "all is right"


def _said(view: DraftView) -> str:
    if view.whole and (changed_count := sum(map(view.is_changed, view.findings))):
        return f"{CHANGED} {changed_count:,} new or changed since the last save · {view.note}"
    if view.whole and not view.findings:
        return " · ".join(
            filter(None, ("neither quotations nor citations in this draft", view.note))
        )
    if view.whole and view.typed.strip() and not view.listed:
        return "No line contains these words."
    return view.note


AROUND = 600
"""The number of characters shown on either side of a quotation, if they fit."""
_MARKED = "reverse"
_ALTERED = "bold underline $warning"
_WRAPPED = pattern(r"(?<!\n)[ \t]{0,9}\n(?!\s{0,9}\n)")
"""A pattern for a line break that is not the end of a paragraph."""


def _columns(finding: Finding) -> tuple[str, str, str]:
    source = finding.found
    verdict_name = name_of(finding)
    if source and source.voice and finding.kind == "quotation":
        verdict_name = f"{SAID[finding.verdict]}: {source.voice}"
    return clean_line(finding.place), verdict_name, clean_line(source.citation if source else "")


def widths_of(findings: Sequence[Finding]) -> Sequence[int]:
    """Return the widths of position, verdict and citation for all findings, up to a limit."""
    text_columns = zip(*map(_columns, findings), strict=True)
    return [
        min(max(map(width, column_texts)), width_limit)
        for column_texts, width_limit in zip(text_columns, _WIDEST, strict=False)
    ]


def head_of(finding: Finding, widths: Sequence[int]) -> str:
    """Return a list line without its quotation, such as `≠ line 12  altered  09RABAT1 ¶3`."""
    cut_texts = [
        crop(text, column_width)
        for text, column_width in zip(_columns(finding), widths, strict=True)
    ]
    padded_texts = (
        text + " " * (column_width - width(text))
        for text, column_width in zip(cut_texts, widths, strict=True)
    )
    return f"{SIGNS[finding.verdict]} {'  '.join(padded_texts)}"


def draft_passage(draft: TextDocument, finding: Finding, before: int = AROUND) -> Content:
    """Return the paragraphs of the draft around a quotation, with the quotation marked.

    About `before` characters before the quotation are displayed; more would hide it in a small
    pane.
    """
    shown_pieces: list[Content] = []
    for block_span in finding.pieces:
        whole_text = draft.blocks[block_span.block].text
        altered_spans = _places(
            whole_text,
            [(block_span.start, block_span.end)],
            (difference.draft for difference in _altered(finding)),
        )
        text_to_end = whole_text[: block_span.end + AROUND]
        shown_content = _marked(
            text_to_end, [(block_span.start, block_span.end)], altered_spans, before
        )
        shown_pieces.append(
            shown_content.append(" …") if len(text_to_end) < len(whole_text) else shown_content
        )
    return Content("\n\n").join(shown_pieces)


def cable_passage(finding: Finding, before: int = AROUND) -> Content:
    """Return the differences, and the text of the cable with the quotation marked."""
    source = finding.found
    detail_lines = list(details_of(finding))
    if source and source.voice and finding.kind == "quotation":
        speaker_words = voice_of(source)
        detail_lines.insert(0, f"{speaker_words[0].upper()}{speaker_words[1:]}.")
    details_content = Content("\n").join(map(Content, detail_lines))
    if source is None or not source.passage:
        return details_content
    altered_spans = _places(
        source.passage, source.marked, (change.cable for change in _altered(finding))
    )
    passage_content = _marked(source.passage, source.marked, altered_spans, before)
    return (
        Content("\n\n").join([details_content, passage_content])
        if details_content.plain
        else passage_content
    )


def _altered(finding: Finding) -> Iterator[Difference]:
    return (
        difference
        for difference in finding.differences
        if difference.kind == "words" and difference.is_fault
    )


def _places(text: str, spans: Sequence[Span], phrases: Iterable[str]) -> list[Span]:
    """Return the spans of words in a quotation, except ambiguous words that occur repeatedly."""
    unique_spans: list[Span] = []
    for phrase_words in filter(None, (phrase.split() for phrase in phrases)):
        phrase_pattern = pattern(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase_words)) + r"(?!\w)")
        occurrences = [
            match.span()
            for start, end in spans
            for match in phrase_pattern.finditer(text, start, end)
        ]
        unique_spans += occurrences if len(occurrences) == 1 else []
    return unique_spans


def _marked(
    text: str, spans: Sequence[Span], altered_spans: Sequence[Span], characters_before: int
) -> Content:
    """Return the text with the quotation marked, and with the altered words marked within it."""
    passage_start = _beginning(
        text, min((start for start, _ in spans), default=0), characters_before
    )
    cut_spans, cut_altered = (
        [(max(start - passage_start, 0), max(end - passage_start, 0)) for start, end in some_spans]
        for some_spans in (spans, altered_spans)
    )
    shown_content = Content("").join(
        _pieces(clean_text(text[passage_start:]), cut_spans, cut_altered)
    )
    return Content("… ").append(shown_content) if passage_start else shown_content


def _beginning(text: str, start: int, characters_before: int) -> int:
    """Return the start of the displayed part: a word about `characters_before` before `start`."""
    if start <= characters_before:
        return 0
    passage_start = start - characters_before
    space_offset = text.find(" ", passage_start, start)
    return space_offset + 1 if space_offset >= 0 else passage_start


def _pieces(text: str, spans: Sequence[Span], altered_spans: Sequence[Span]) -> Iterator[Content]:
    span_edges = (min(end, len(text)) for span in (*spans, *altered_spans) for end in span)
    for start, end in pairwise(sorted({0, len(text), *span_edges})):
        styles = [
            style
            for style, styled_spans in ((_MARKED, spans), (_ALTERED, altered_spans))
            if any(span_start <= start and end <= span_end for span_start, span_end in styled_spans)
        ]
        yield Content.styled(_WRAPPED.sub(" ", text[start:end]), " ".join(styles))

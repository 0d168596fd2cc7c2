"""The page of a draft: its quotations with their verdicts, the draft and the cable below them.

In a wide terminal draft and cable are side by side, else one over the other.
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
"""Draft and cable are side by side if there are at least this many cells."""
_LEAST_LINES = 3
"""Lines of the list, if it has fewer; at most two fifths of the page, as in room.tcss."""
_SHARE_BEFORE = 4
"""Part of a pane that comes before a quotation: one in this many."""
_LEAST_BEFORE = 60
"""Characters that are at least shown before a quotation."""
_WIDEST = (20, 27, 20)
"""The most cells of a place, a verdict and a citation in the list; no verdict is longer."""


class DraftList(CursorList[Finding]):
    """The findings, a line each."""

    PREFIX, LOOKS = "draft", ("cursor", "bar", "right", "fault", "words")

    _widths: Sequence[int] = ()

    def show(self, lines: Sequence[Finding], at: int | None = None) -> None:
        """Show the findings in columns as wide as they need."""
        self._widths = widths_of(lines)
        super().show(lines, at)

    def line_key(self, y: int) -> Hashable:
        """Return the key of a line with the columns: other findings may have moved these."""
        return super().line_key(y), *self._widths

    def next_fault(self, by: int) -> None:
        """Go to the next line that needs a look."""
        places = range(self.at + 1, len(self.lines)) if by > 0 else reversed(range(self.at))
        self.move_to(next((index for index in places if self.lines[index].is_fault), self.at))

    def pieces(self, line: Finding, cells: int) -> Sequence[tuple[str, str]]:
        """Return the verdict, the place, and how the quotation begins."""
        head = f"{crop(head_of(line, self._widths), cells)}  "
        words = clean_line(" ".join(line.text[:400].split()))
        return [
            (head, "fault" if line.is_fault else "right"),
            (crop(words, max(cells - width(head), 0)), "words"),
        ]


class DraftPage(RoomPage):
    """The page of the draft that is checked."""

    look_every = 2.0
    """Seconds between two checks of the draft's file."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(dispatch, "words")
        self._view = DraftView()
        self._list = DraftList(self._open, self._show_passages)
        self._cursor_left: tuple[Finding | None, int] = None, 0
        """The line where the reader left the cursor: others come and go while a draft is read."""
        self._cursor_put = 0
        """Line at which the page last put the cursor."""

    def compose(self) -> ComposeResult:
        """Return the findings, the draft next to the cable, the keys."""
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
        """Put draft and cable side by side if there is room."""
        self.set_class(event.size.width >= _BESIDE, "-beside")
        self.call_after_refresh(self._show_passages)

    def _look(self) -> None:
        self._dispatch(check_draft.LookAtDraft())

    def follow(self, old: Session, new: Session) -> None:
        """Show the draft, if it is another one or was checked further."""
        if (view := new.of_tool(DraftView)) is not old.of_tool(DraftView):
            self.show(view)

    def show(self, view: DraftView) -> None:
        """Show the findings; keep the position of the page."""
        old_index, was_reading = self._list.here, self._view.reading
        self._view = view
        if not self.is_mounted:
            return
        if not view.shown:
            self.dismiss(None)
            return
        if old_index is not None and (self._list.at != self._cursor_put or not was_reading):
            self._cursor_left = old_index, self._list.at
        finding_left, index = self._cursor_left
        same_findings = (
            index
            for index, finding in enumerate(view.listed)
            if finding_left and finding.pieces == finding_left.pieces
        )
        self._fill(next(same_findings, index))

    def _fill(self, index: int) -> None:
        view = self._view
        box = self.query_one(".words-box")
        box.border_title = Content(clean_line(view.path))
        box.border_subtitle = Content(_progress(view))
        self._list.styles.height = max(len(view.listed), _LEAST_LINES)
        self._list.show(view.listed, index)
        self._cursor_put = self._list.at
        self.query_one(".menu-note", Static).update(Content(clean_line(_said(view))))
        self.say(".marks-keys", self.keys_line("stops" if view.reading else "closes"))

    def _show_passages(self) -> None:
        if not self.is_mounted:
            return
        finding, draft = self._list.here, self._view.draft
        texts = [Content(""), Content("")]
        titles = ["", ""]
        if finding is not None and draft is not None:
            lines_before = self._before()
            texts = [
                draft_passage(draft, finding, lines_before),
                cable_passage(finding, lines_before),
            ]
            titles = [f"draft, {finding.place}", finding.found.citation if finding.found else "-"]
        panes = list(self.query(".draft-pane").results(VerticalScroll))
        for pane, text, title in zip(panes, texts, titles, strict=True):
            pane.query_one(Static).update(text)
            pane.border_title = Content(clean_line(title))
            pane.scroll_home(animate=False)

    def _before(self) -> int:
        """Return how many characters before a quotation leave it in view below the differences."""
        cells = self.query(".draft-pane").first().size.area
        return max(cells // _SHARE_BEFORE, _LEAST_BEFORE) if cells else AROUND

    def _open(self) -> None:
        self._dispatch(check_draft.FollowQuotation(self._list.at))

    def _copy(self) -> None:
        self._dispatch(check_draft.CopyRightCitation(self._list.at))

    def _scroll(self, by: int) -> None:
        for pane in self.query(".draft-pane").results(VerticalScroll):
            pane.scroll_relative(y=by, animate=False)

    @property
    def pane(self) -> DraftList:
        """The findings."""
        return self._list

    def filter(self, typed: str) -> None:
        """Show the findings that contain the words."""
        if typed != self._view.typed:
            self._dispatch(check_draft.FilterDraft(typed))

    def close(self, *, at_once: bool, below: bool = False) -> None:
        """Stop the check, or leave."""
        del below
        self._dispatch(check_draft.CloseDraft(at_once))

    def own_keys(self) -> Iterator[tuple[str, str]]:
        """Yield the keys and their present effects."""
        yield "Enter", "opens the cable"
        yield "t", "all" if self._view.only_faults else "only faults"
        yield "n N", "next fault"
        yield "y", "copies the right citation"
        yield "/", "filters"
        yield "r", "reads the draft again"
        yield "J K", "scroll"

    def take_key(self, key: str) -> bool:
        """Carry out a key."""
        if key_action := KEYS.get(key):
            key_action(self)
            return True
        return take_move(self._list, key)


KEYS: dict[str, Callable[[DraftPage], object]] = {
    **dict.fromkeys(("enter", "l", "right"), DraftPage._open),
    "t": lambda page: page._dispatch(check_draft.OnlyFaults()),
    **dict.fromkeys(("r", "f5"), lambda page: page._dispatch(check_draft.CheckAgain())),
    "y": DraftPage._copy,
    "n": lambda page: page.pane.next_fault(1),
    "N": lambda page: page.pane.next_fault(-1),
    "J": lambda page: page._scroll(1),
    "K": lambda page: page._scroll(-1),
}
"""The keys of the page, in addition to `MOVES` and those of every page."""


def _progress(view: DraftView) -> str:
    if not view.whole:
        return f"{view.looked_at:,} of {view.total:,} looked at"
    faults = sum(finding.is_fault for finding in view.findings)
    return f"{faults:,} to look at" if faults else "all is right"


def _said(view: DraftView) -> str:
    if view.reading or view.note:
        return view.note
    if view.typed.strip() and not view.listed:
        return "No line has these words."
    nothing_to_check = "This draft has neither quotations nor citations."
    return nothing_to_check if view.whole and not view.findings else ""


AROUND = 600
"""Characters on either side of a quotation, if there is room for them."""
_MARKED = "reverse"
_ALTERED = "bold underline $warning"
_WRAPPED = pattern(r"(?<!\n)[ \t]{0,9}\n(?!\s{0,9}\n)")
"""The end of a line that is not the end of a paragraph."""


def _columns(finding: Finding) -> tuple[str, str, str]:
    source = finding.found
    name = name_of(finding)
    if source and source.voice and finding.kind == "quotation":
        name = f"{SAID[finding.verdict]}: {source.voice}"
    return clean_line(finding.place), name, clean_line(source.citation if source else "")


def widths_of(findings: Sequence[Finding]) -> Sequence[int]:
    """Return the cells of place, verdict and citation that all findings need, up to a limit."""
    columns = zip(*map(_columns, findings), strict=True)
    return [
        min(max(map(width, column)), widest)
        for column, widest in zip(columns, _WIDEST, strict=False)
    ]


def head_of(finding: Finding, widths: Sequence[int]) -> str:
    """Return the line of the list without the quotation: `≠ line 12  altered  09RABAT1 ¶3`."""
    cut_texts = [crop(text, cells) for text, cells in zip(_columns(finding), widths, strict=True)]
    parts = (
        text + " " * (cells - width(text)) for text, cells in zip(cut_texts, widths, strict=True)
    )
    return f"{SIGNS[finding.verdict]} {'  '.join(parts)}"


def draft_passage(draft: TextDocument, finding: Finding, before: int = AROUND) -> Content:
    """Return the paragraphs of the draft that a quotation is in, with it marked.

    About `before` characters before it are shown: more would hide it in a small pane.
    """
    pieces: list[Content] = []
    for piece in finding.pieces:
        whole_text = draft.blocks[piece.block].text
        altered = _places(
            whole_text,
            [(piece.start, piece.end)],
            (difference.draft for difference in _altered(finding)),
        )
        text = whole_text[: piece.end + AROUND]
        shown_content = _marked(text, [(piece.start, piece.end)], altered, before)
        pieces.append(shown_content.append(" …") if len(text) < len(whole_text) else shown_content)
    return Content("\n\n").join(pieces)


def cable_passage(finding: Finding, before: int = AROUND) -> Content:
    """Return the differences, and the text of the cable with the quotation marked."""
    source = finding.found
    lines = list(details_of(finding))
    if source and source.voice and finding.kind == "quotation":
        voice = voice_of(source)
        lines.insert(0, f"{voice[0].upper()}{voice[1:]}.")
    details = Content("\n").join(map(Content, lines))
    if source is None or not source.passage:
        return details
    altered = _places(source.passage, source.marked, (change.cable for change in _altered(finding)))
    text = _marked(source.passage, source.marked, altered, before)
    return Content("\n\n").join([details, text]) if details.plain else text


def _altered(finding: Finding) -> Iterator[Difference]:
    return (change for change in finding.differences if change.kind == "words" and change.is_fault)


def _places(text: str, spans: Sequence[Span], words: Iterable[str]) -> list[Span]:
    """Return where words are in a quotation, if only once: else nobody knows which is meant."""
    single_words: list[Span] = []
    for parts in filter(None, (phrase.split() for phrase in words)):
        shape = pattern(r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)")
        places = [
            match.span() for start, end in spans for match in shape.finditer(text, start, end)
        ]
        single_words += places if len(places) == 1 else []
    return single_words


def _marked(text: str, spans: Sequence[Span], altered: Sequence[Span], before: int) -> Content:
    """Return the text with the quotation marked, and in it the altered words."""
    passage_start = _beginning(text, min((start for start, _ in spans), default=0), before)
    cut_spans, words = (
        [(max(start - passage_start, 0), max(end - passage_start, 0)) for start, end in some_spans]
        for some_spans in (spans, altered)
    )
    shown_content = Content("").join(_pieces(clean_text(text[passage_start:]), cut_spans, words))
    return Content("… ").append(shown_content) if passage_start else shown_content


def _beginning(text: str, start: int, before: int) -> int:
    """Return the start of the shown part: at a word, about `before` characters before `start`."""
    if start <= before:
        return 0
    passage_start = start - before
    word = text.find(" ", passage_start, start)
    return word + 1 if word >= 0 else passage_start


def _pieces(text: str, spans: Sequence[Span], altered: Sequence[Span]) -> Iterator[Content]:
    ends = (min(end, len(text)) for span in (*spans, *altered) for end in span)
    for start, end in pairwise(sorted({0, len(text), *ends})):
        looks = [
            look
            for look, places in ((_MARKED, spans), (_ALTERED, altered))
            if any(place_start <= start and end <= place_end for place_start, place_end in places)
        ]
        yield Content.styled(_WRAPPED.sub(" ", text[start:end]), " ".join(looks))

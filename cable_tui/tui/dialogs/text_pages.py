"""Texts over the room: notices, the archive, unreadable files, the meaning of a term (`i`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from cable_tui.base.value import Value
from cable_tui.glossary import terms
from cable_tui.glossary.terms import Around, Explanation
from cable_tui.session.features.glossary import ExplainWord, ShowGlossary
from cable_tui.text import clean_line, width, wrap
from cable_tui.tui.dialogs.modal import CLOSE, Modal
from cable_tui.tui.widgets.host import Host
from cable_tui.tui.widgets.line_list import ScrolledPane, take_move
from cable_tui.tui.widgets.text_view import SelectableText

if TYPE_CHECKING:
    from cable_tui.session.registry import Services


class Notice(Value):
    """A notice that was shown."""

    at: str
    """Time of the day."""
    severity: str
    text: str


class TextPage(Modal[None]):
    """A page of lines that scroll and can be selected; Esc closes it."""

    LEAVES = CLOSE

    def __init__(
        self, title: str, lines: Iterable[str], warning: str = "", *, fitted: bool = False
    ) -> None:
        """Take the lines; the box of a fitted page is as high as these."""
        super().__init__(classes="-warned" if warning else "-fitted" if fitted else "")
        self._title = title
        self._lines = [clean_line(line) for line in lines]
        self._warning = clean_line(warning)
        self._text_view = SelectableText(id="raw")

    def compose(self) -> ComposeResult:
        """Return the cautions, and the text."""
        with self.box(self._title, "Esc closes", "text-box"):
            if self._warning:
                yield Static(Content(self._warning), classes="text-warning", markup=False)
            yield self._text_view

    def on_mount(self) -> None:
        """Show the text."""
        self._text_view.set_text("\n".join(self._lines))
        if self.has_class("-fitted"):
            self._text_view.styles.height = len(self._lines)
        self._text_view.focus()

    def on_key(self, event: events.Key) -> None:
        """Scroll."""
        event.stop()
        if event.key in SIDEWAYS:
            self._text_view.scroll_sideways(SIDEWAYS[event.key])
        else:
            take_move(self._text_view, event.key)


SIDEWAYS = {"right": 8, "left": -8}
"""Cells that a key scrolls along a long line."""


def notice_lines(notices: Sequence[Notice]) -> Iterator[str]:
    """Yield the notices, the last first."""
    if not notices:
        yield "No messages so far."
    signs = {"warning": "!", "error": "✗"}
    for notice in reversed(notices):
        yield f"{notice.at} {signs.get(notice.severity, ' ')} {notice.text}"


_SETTINGS = """
Theme      {theme} (^p Theme)
Font size  your terminal's: in most, Ctrl with + or -
Mouse      to select with your terminal, hold Shift (macOS: Option)
           on-release = true under [copy] copies what you select
Keys       your own are under [keys]: bookmark.toggle = "m"
Sharing    sync = "FOLDER" exchanges bookmarks with others
Citations  forms of notes are under [cite], the link under [copy]

The file is read at the start; docs/settings.md describes it.
"""


def settings_lines(config: Path, theme: str) -> Iterator[str]:
    """Yield where the settings are, and how to change what readers look for."""
    yield f"{config}{'' if config.exists() else ' (not there yet)'}"
    yield from _SETTINGS.format(theme=theme).splitlines()


def archive_lines(services: Services) -> Iterator[str]:
    """Yield facts on the open archive. Raises `CacheError`."""
    archive = services.archive
    summary = archive.summary()
    yield archive.root.name if services.folder is None else str(archive.root)
    year_range = f", {summary.first_year} to {summary.last_year}" if summary.first_year else ""
    yield f"{summary.cables:,} cables{year_range}"
    for stage, (cables_done, total) in summary.stages.items():
        yield f"  {_PASSES.get(stage, stage)}: {cables_done:,} of {total:,}"
    if summary.problems:
        one = summary.problems == 1
        files = "file or record" if one else "files or records"
        yield f"{summary.problems:,} {files} could not be read: g e lists {'it' if one else 'them'}"
    for kind, count in sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:,} files skipped: {kind}"
    yield ""
    if services.folder is not None:
        yield f"Cache: {archive.folder}"
    yield f"Bookmarks and notes: {len(services.library.marks()):,}"


_PASSES = {
    "facts": "files searched for cables",
    "grammar": "subjects, TAGS, references",
    "text": "texts that can be searched",
}


_UNKNOWN = "unknown: not in the tables"
_UNKNOWN_OF_KIND = "not in the tables"
"""Text on a term of a known kind that no list has, such as a TAG."""
_WIDEST = 16
"""The most cells of the column of terms; a longer term has a line of its own."""
_BOX = 100
"""Cells of the box, as in room.tcss."""


def explanations(asked: ShowGlossary) -> tuple[Explanation, ...]:
    """Return the explanations that were asked for."""
    cable = asked.cable
    if asked.what == "top" and cable is not None:
        return (
            *terms.explain_cable(cable),
            *terms.inferred_years(cable.references),
        )
    around_word = Around(header=asked.what == "header", counts=asked.counts)
    if cable is not None:
        around_word = terms.around(cable, header=asked.what == "header", counts=asked.counts)
    if asked.what == "words":
        explained_terms = terms.explain_word(asked.text, around_word) if asked.text else ()
        return terms.with_own(asked.text, asked.own, explained_terms)
    references_here = [ref for ref in cable.references if ref.text in asked.text] if cable else []
    explained_terms = terms.explanations_in(asked.text, around_word)
    return (*explained_terms, *terms.inferred_years(references_here))


def glossary_lines(
    explained: Sequence[Explanation], unknown: Sequence[str] = (), cells: int = 88
) -> Iterator[Content]:
    """Yield one or more lines for each term, its kind dimmed after it, in a width of `cells`."""
    column = (
        min(max((width(explanation.term) for explanation in explained), default=0), _WIDEST) + 2
    )
    for explanation in explained:
        yield from _term_lines(explanation, column, cells)
    if unknown:
        yield Content("")
        yield Content.assemble(("Not in the tables: ", "dim"), clean_line(", ".join(unknown)))
    if not explained and not unknown:
        yield Content("None of these terms are in the tables.")


def _term_lines(explanation: Explanation, column: int, cells: int) -> Iterator[Content]:
    """Yield the term, and its meanings in lines below each other, with the evidence for each."""
    term = clean_line(explanation.term)
    left_edge = term + " " * (column - width(term))
    if width(term) > column - 2:
        yield Content.assemble((term, "bold"))
        left_edge = " " * column
    meaning = clean_line(explanation.meaning) or (
        _UNKNOWN_OF_KIND if explanation.kind else _UNKNOWN
    )
    cells_left = max(cells - column, 10)
    kind = ", ".join(filter(None, (explanation.kind, explanation.evidence)))
    yield from _meaning_lines(left_edge, meaning, kind, cells_left)
    for other_reading in explanation.others:
        yield from _meaning_lines(
            " " * column,
            f"or: {clean_line(other_reading.meaning)}",
            other_reading.evidence,
            cells_left,
        )


def _meaning_lines(edge: str, meaning: str, behind: str, room: int) -> Iterator[Content]:
    column = width(edge)
    lines = [meaning[start:end] for start, end in wrap(meaning, room)]
    for line in lines[:-1]:
        yield Content.assemble((edge, "bold"), line)
        edge = " " * column
    last_line = lines[-1]
    if behind and width(last_line) + 2 + width(behind) > room:
        yield Content.assemble((edge, "bold"), last_line)
        edge, last_line = " " * column, ""
    gap = "  " if last_line and behind else ""
    yield Content.assemble((edge, "bold"), last_line, gap, (behind, "dim"))


class GlossaryPanel(Modal[None]):
    """The glossary panel: it scrolls, `/` types another word, and Esc closes it."""

    LEAVES = CLOSE | {"i", "enter"}
    AUTO_FOCUS = ""

    def __init__(self, asked: ShowGlossary) -> None:
        super().__init__(classes="menu")
        self._asked = asked
        self._has_subject = bool(asked.text or asked.cable)
        """Whether a term was asked for; otherwise a word is to be typed."""

    def compose(self) -> ComposeResult:
        """Return a box with the lines."""
        entries = explanations(self._asked)
        unknown_words: tuple[str, ...] = ()
        if self._asked.what == "paragraph":
            unknown_words = terms.unknown(self._asked.text, entries)
        title = f"Explained: {self._asked.title}"
        with self.box(title, "j k scroll · Esc closes", "menu-box explained"):
            cells = min(_BOX, self.app.size.width * 9 // 10) - 6
            with ScrolledPane(can_focus=False):
                lines = glossary_lines(entries, unknown_words, cells) if self._has_subject else ()
                yield Static(Content("\n").join(lines), markup=False)
            yield Input(placeholder="/ any word or code; Enter explains it", compact=True)

    def on_mount(self) -> None:
        """Let the reader type at once if there is nothing to explain."""
        if not self._has_subject:
            self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Explain the typed word in a panel in place of this one."""
        event.stop()
        if event.value.strip() and isinstance(self.app, Host):
            self.app.tell(ExplainWord(event.value))
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or go to the line; while it is typed in, Esc leaves it."""
        line = self.query_one(Input)
        if line.has_focus:
            event.prevent_default()  # the keys that leave the panel are letters here
            if event.key != "escape":
                return
            event.stop()
            if self._has_subject:
                self.set_focus(None)
            else:
                self.dismiss(None)
            return
        event.stop()
        if event.key == "slash":
            line.focus()
        else:
            take_move(self.query_one(ScrolledPane), event.key)

"""Pages of text over the room: messages, the archive, unreadable files, explanations (`i`)."""

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
    """A message that was shown."""

    at: str
    """The time of day."""
    severity: str
    text: str


class TextPage(Modal[None]):
    """A page of lines that can be scrolled and selected; Esc closes the page."""

    LEAVES = CLOSE

    def __init__(
        self, title: str, lines: Iterable[str], warning: str = "", *, fitted: bool = False
    ) -> None:
        """Take the lines; the box of a fitted page is only as high as its lines."""
        super().__init__(classes="-warned" if warning else "-fitted" if fitted else "")
        self._title = title
        self._lines = [clean_line(line) for line in lines]
        self._warning = clean_line(warning)
        self._text_view = SelectableText(id="raw")

    def compose(self) -> ComposeResult:
        """Return a box with the warning and the text."""
        with self.box(self._title, "Esc closes", "text-box"):
            if self._warning:
                yield Static(Content(self._warning), classes="text-warning", markup=False)
            yield self._text_view

    def on_mount(self) -> None:
        """Set the text, and give it the focus."""
        self._text_view.set_text("\n".join(self._lines))
        if self.has_class("-fitted"):
            self._text_view.styles.height = len(self._lines)
        self._text_view.focus()

    def on_key(self, event: events.Key) -> None:
        """Scroll the text."""
        event.stop()
        if event.key in SIDEWAYS:
            self._text_view.scroll_sideways(SIDEWAYS[event.key])
        else:
            take_move(self._text_view, event.key)


SIDEWAYS = {"right": 8, "left": -8}
"""The number of cells that each key scrolls along long lines."""


def notice_lines(notices: Sequence[Notice]) -> Iterator[str]:
    """Yield the messages, newest first."""
    if not notices:
        yield "No messages so far."
    severity_symbols = {"warning": "!", "error": "✗"}
    for notice in reversed(notices):
        yield f"{notice.at} {severity_symbols.get(notice.severity, ' ')} {notice.text}"


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
    """Yield the location of the settings, and instructions for changing common settings."""
    yield f"{config}{'' if config.exists() else ' (not there yet)'}"
    yield from _SETTINGS.format(theme=theme).splitlines()


def archive_lines(services: Services) -> Iterator[str]:
    """Yield facts about the open archive. Raises `CacheError`."""
    archive = services.archive
    archive_summary = archive.summary()
    yield archive.root.name if services.folder is None else str(archive.root)
    year_range = (
        f", {archive_summary.first_year} to {archive_summary.last_year}"
        if archive_summary.first_year
        else ""
    )
    yield f"{archive_summary.cables:,} cables{year_range}"
    for stage, (cables_done, cable_total) in archive_summary.stages.items():
        yield f"  {_PASSES.get(stage, stage)}: {cables_done:,} of {cable_total:,}"
    if archive_summary.problems:
        is_single = archive_summary.problems == 1
        file_noun = "file or record" if is_single else "files or records"
        pronoun = "it" if is_single else "them"
        yield f"{archive_summary.problems:,} {file_noun} could not be read: g e lists {pronoun}"
    for skipped_kind, skipped_count in sorted(
        archive_summary.skipped.items(), key=lambda pair: (-pair[1], pair[0])
    ):
        yield f"{skipped_count:,} files skipped: {skipped_kind}"
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
"""The text for a term of a known kind that appears in no list, such as an unknown TAG."""
_WIDEST = 16
"""The maximum width of the term column in cells; a longer term gets its own line."""
_BOX = 100
"""The width of the box in cells, as in room.tcss."""


def explanations(asked: ShowGlossary) -> tuple[Explanation, ...]:
    """Return the explanations for the requested words, paragraph, header or cable."""
    cable = asked.cable
    if asked.what == "top" and cable is not None:
        return (
            *asked.symbols,
            *terms.explain_cable(cable),
            *terms.inferred_years(cable.references),
        )
    term_context = Around(header=asked.what == "header", counts=asked.counts)
    if cable is not None:
        term_context = terms.around(cable, header=asked.what == "header", counts=asked.counts)
    if asked.what == "words":
        explained_terms = terms.explain_word(asked.text, term_context) if asked.text else ()
        return terms.with_own(asked.text, asked.own, explained_terms)
    mentioned_references = (
        [reference for reference in cable.references if reference.text in asked.text]
        if cable
        else []
    )
    explained_terms = terms.explanations_in(asked.text, term_context)
    return (*asked.symbols, *explained_terms, *terms.inferred_years(mentioned_references))


def glossary_lines(
    explained: Sequence[Explanation], unknown: Sequence[str] = (), cells: int = 88
) -> Iterator[Content]:
    """Yield the lines for each term within a width of `cells`, with the kind of the term dimmed."""
    column_width = (
        min(max((width(explanation.term) for explanation in explained), default=0), _WIDEST) + 2
    )
    for explanation in explained:
        yield from _term_lines(explanation, column_width, cells)
    if unknown:
        yield Content("")
        yield Content.assemble(("Not in the tables: ", "dim"), clean_line(", ".join(unknown)))
    if not explained and not unknown:
        yield Content("None of these terms are in the tables.")


def _term_lines(explanation: Explanation, column: int, cells: int) -> Iterator[Content]:
    """Yield the term, and each of its meanings on a separate line with its evidence."""
    term_text = clean_line(explanation.term)
    line_prefix = term_text + " " * (column - width(term_text))
    if width(term_text) > column - 2:
        yield Content.assemble((term_text, "bold"))
        line_prefix = " " * column
    meaning = clean_line(explanation.meaning) or (
        _UNKNOWN_OF_KIND if explanation.kind else _UNKNOWN
    )
    text_width = max(cells - column, 10)
    kind_and_evidence = ", ".join(filter(None, (explanation.kind, explanation.evidence)))
    yield from _meaning_lines(line_prefix, meaning, kind_and_evidence, text_width)
    for other_reading in explanation.others:
        yield from _meaning_lines(
            " " * column,
            f"or: {clean_line(other_reading.meaning)}",
            other_reading.evidence,
            text_width,
        )


def _meaning_lines(
    line_prefix: str, meaning: str, annotation: str, text_width: int
) -> Iterator[Content]:
    indent_width = width(line_prefix)
    meaning_lines = [meaning[start:end] for start, end in wrap(meaning, text_width)]
    for meaning_line in meaning_lines[:-1]:
        yield Content.assemble((line_prefix, "bold"), meaning_line)
        line_prefix = " " * indent_width
    last_line = meaning_lines[-1]
    if annotation and width(last_line) + 2 + width(annotation) > text_width:
        yield Content.assemble((line_prefix, "bold"), last_line)
        line_prefix, last_line = " " * indent_width, ""
    separator = "  " if last_line and annotation else ""
    yield Content.assemble((line_prefix, "bold"), last_line, separator, (annotation, "dim"))


class GlossaryPanel(Modal[None]):
    """The panel of explanations. It scrolls, `/` explains another word, Esc closes it."""

    LEAVES = CLOSE | {"i", "enter"}
    AUTO_FOCUS = ""

    def __init__(self, asked: ShowGlossary) -> None:
        super().__init__(classes="menu")
        self._request = asked
        self._has_subject = bool(asked.text or asked.cable)
        """Whether there is something to explain; otherwise the reader types a word first."""

    def compose(self) -> ComposeResult:
        """Return a box with the explanations and an input line."""
        term_explanations = explanations(self._request)
        unknown_words: tuple[str, ...] = ()
        if self._request.what == "paragraph":
            unknown_words = terms.unknown(self._request.text, term_explanations)
        panel_title = f"Explained: {self._request.title}"
        with self.box(panel_title, "j k scroll · Esc closes", "menu-box explained"):
            text_width = min(_BOX, self.app.size.width * 9 // 10) - 6
            with ScrolledPane(can_focus=False):
                explanation_lines = (
                    glossary_lines(term_explanations, unknown_words, text_width)
                    if self._has_subject
                    else ()
                )
                yield Static(Content("\n").join(explanation_lines), markup=False)
            yield Input(
                placeholder="/ to look up any word or code; Enter explains it", compact=True
            )

    def on_mount(self) -> None:
        """Focus the input line immediately if there is nothing to explain."""
        if not self._has_subject:
            self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Explain the typed word in another panel that replaces this one."""
        event.stop()
        if event.value.strip() and isinstance(self.app, Host):
            self.app.tell(ExplainWord(event.value))
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or focus the input line; in the input line, Esc returns to the explanations."""
        input_line = self.query_one(Input)
        if input_line.has_focus:
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
            input_line.focus()
        else:
            take_move(self.query_one(ScrolledPane), event.key)

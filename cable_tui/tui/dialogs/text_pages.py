"""Pages of text over the main screen: notices, the archive, files that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.features.reports import ShowRaw
from cable_tui.text import clean_line
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.text_view import SelectableText
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.effects.services import Services


class Notice(Value):
    """A notice that was shown."""

    at: str
    """Time of the day."""
    severity: str
    text: str


class TextPage(Modal[None]):
    """A page of lines that scroll; Esc closes it."""

    def __init__(self, title: str, lines: Iterable[str]) -> None:
        super().__init__(classes="page")
        self._title = clean_line(title)
        self._lines = [clean_line(line) for line in lines]

    def compose(self) -> ComposeResult:
        """The lines."""
        with Vertical(classes="help-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Esc closes")
            with VerticalScroll():
                yield Static(Content("\n".join(self._lines)), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Leave, or scroll."""
        page = self.query_one(VerticalScroll)
        lines = {"j": 1, "down": 1, "k": -1, "up": -1}
        pages = {"pagedown": 1, "space": 1, "pageup": -1}
        if event.key in ("escape", "q", "backspace"):
            self.dismiss(None)
        elif event.key in lines:
            page.scroll_relative(y=lines[event.key], animate=False)
        elif event.key in pages:
            page.scroll_relative(y=pages[event.key] * (page.size.height - 1), animate=False)
        elif event.key in ("home", "g"):
            page.scroll_home(animate=False)
        elif event.key in ("end", "G"):
            page.scroll_end(animate=False)
        else:
            return
        event.stop()
        event.prevent_default()


def notice_lines(notices: Sequence[Notice]) -> Iterator[str]:
    """The notices, the last first."""
    if not notices:
        yield "Nothing was said so far."
    signs = {"warning": "!", "error": "✗"}
    for each in reversed(notices):
        yield f"{each.at} {signs.get(each.severity, ' ')} {each.text}"


def archive_lines(services: Services) -> Iterator[str]:
    """What the open archive is and holds. Raises `CacheError`."""
    archive = services.archive
    summary = archive.summary()
    yield archive.root.name if services.folder is None else str(archive.root)
    years = f", {summary.first_year} to {summary.last_year}" if summary.first_year else ""
    yield f"{summary.cables:,} cables{years}"
    for stage, (done, total) in summary.stages.items():
        yield f"  {_PASSES.get(stage, stage)}: {done:,} of {total:,}"
    if summary.problems:
        one = summary.problems == 1
        files = "file or record" if one else "files or records"
        yield f"{summary.problems:,} {files} could not be read: g e lists {'it' if one else 'them'}"
    for kind, count in sorted(summary.skipped.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count:,} files left alone: {kind}"
    yield ""
    if services.folder is not None:
        yield f"Cache: {archive.folder}"
    yield f"Bookmarks and notes: {len(services.library.marks()):,}"


_PASSES = {
    "facts": "files looked through for cables",
    "grammar": "subjects, TAGS, references",
    "text": "texts that can be searched",
}


class RawTextPage(Modal[None]):
    """A page with a file's text as it is; it can be selected, and Esc closes it."""

    def __init__(self, shown: ShowRaw) -> None:
        super().__init__(classes="raw")
        self._shown = shown
        self._text_view = SelectableText(id="raw")

    def compose(self) -> ComposeResult:
        """The reason, and the text."""
        problem = self._shown.problem
        with Vertical(classes="raw-box") as box:
            place = f"{problem.path}:{problem.line}" if problem.line else problem.path
            box.border_title = Content(clean_line(place))
            box.border_subtitle = Content("Esc closes")
            why = f"! Shown as filed: {problem.reason}"
            yield Static(Content(clean_line(why)), classes="raw-why", markup=False)
            yield self._text_view

    def on_mount(self) -> None:
        """Show the text, which begins at the problem."""
        self._text_view.set_text(self._shown.text)
        self._text_view.focus()

    def on_key(self, event: events.Key) -> None:
        """Leave, or scroll."""
        event.stop()
        if event.key in ("escape", "q", "backspace"):
            self.dismiss(None)
        elif lines := {"j": 1, "down": 1, "k": -1, "up": -1}.get(event.key):
            self._text_view.scroll_by(lines)
        elif pages := {"pagedown": 1, "space": 1, "pageup": -1}.get(event.key):
            self._text_view.page(pages)
        elif event.key in ("left", "right"):
            self._text_view.scroll_sideways(8 if event.key == "right" else -8)
        elif event.key in ("home", "end", "G", "g"):
            self._text_view.scroll_to_line(
                0 if event.key in ("home", "g") else self._text_view.lines
            )

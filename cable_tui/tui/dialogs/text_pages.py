"""Pages of text over the main screen: notices, the archive, files that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cable_tui.text import clean_line
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.text_view import SelectableText
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.session.services import Services


class Notice(Value):
    """A notice that was shown."""

    at: str
    """Time of the day."""
    severity: str
    text: str


class TextPage(Modal[None]):
    """A page of lines that scroll and can be selected; Esc closes it."""

    def __init__(self, title: str, lines: Iterable[str], warning: str = "") -> None:
        super().__init__(classes="-warned" if warning else "")
        self._title = clean_line(title)
        self._lines = [clean_line(line) for line in lines]
        self._warning = clean_line(warning)
        self._text_view = SelectableText(id="raw")

    def compose(self) -> ComposeResult:
        """What must be known, and the text."""
        with Vertical(classes="text-box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("Esc closes")
            if self._warning:
                yield Static(Content(self._warning), classes="text-warning", markup=False)
            yield self._text_view

    def on_mount(self) -> None:
        """Show the text."""
        self._text_view.set_text("\n".join(self._lines))
        self._text_view.focus()

    def on_key(self, event: events.Key) -> None:
        """Leave, or scroll."""
        event.stop()
        if event.key in ("escape", "q", "backspace"):
            self.dismiss(None)
        elif move := _MOVES.get(event.key):
            move(self._text_view)


_MOVES: dict[str, Callable[[SelectableText], object]] = {
    **dict.fromkeys(("j", "down"), lambda text: text.scroll_by(1)),
    **dict.fromkeys(("k", "up"), lambda text: text.scroll_by(-1)),
    **dict.fromkeys(("pagedown", "space"), lambda text: text.page(1)),
    "pageup": lambda text: text.page(-1),
    "right": lambda text: text.scroll_sideways(8),
    "left": lambda text: text.scroll_sideways(-8),
    **dict.fromkeys(("home", "g"), lambda text: text.scroll_to_line(0)),
    **dict.fromkeys(("end", "G"), lambda text: text.scroll_to_line(text.lines)),
}


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

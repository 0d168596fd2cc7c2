"""Write a file: under a name on the reader's machine, or as a download in a browser.

For a browser no named file is written on this machine: the content goes into an unnamed file, which
the browser downloads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from cable_tui.archive.cache import refuse_output
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import Page
from cable_tui.session.registry import Actions, Cancelled, Performers, Services
from cable_tui.session.values import Request


class Write(Request):
    """Write a file and yield the reports of `make`; if the file exists, ask the reader first."""

    file: str
    make: Callable[[Services, OwnFile | Download, Cancelled], Actions]
    again: Request
    """The request that asks for another name."""
    over: bool = False
    """Whether to replace an existing file of that name."""


class DeliverFile(Request):
    """Send a written file to the browser; the receiver closes `stream`."""

    name: str
    stream: BinaryIO


class OwnFile:
    """A file of the reader on this machine."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.words = f"written to {file}"
        """The result of the export, as a phrase for the message."""

    def opened(self) -> AbstractContextManager[Callable[[str | bytes], object]]:
        """Return a function that writes a piece; the file appears once all pieces are written."""
        from cable_tui.exports.written_file import whole

        return whole(self._file)

    def finished(self) -> Actions:
        """Do nothing, because the file is already complete."""
        return iter(())


class Download:
    """A file for the browser of a reader on another machine."""

    def __init__(self, typed: str) -> None:
        from cable_tui.exports.written_file import download_name

        self._file_name = download_name(typed)
        self._stream: BinaryIO | None = None
        self.words = f"sent to the browser as {self._file_name}"

    @contextmanager
    def opened(self) -> Iterator[Callable[[str | bytes], object]]:
        """Yield a function that writes a piece; an incomplete file is removed."""
        import tempfile  # most rooms write no file

        from cable_tui.exports.written_file import written_to

        stream = tempfile.TemporaryFile()  # noqa: SIM115 - the browser reads from it
        try:
            yield written_to(stream, self._file_name)
        except BaseException:
            stream.close()
            raise
        self._stream = stream

    def finished(self) -> Actions:
        """Send the file to the browser."""
        if self._stream is not None:
            yield DeliverFile(self._file_name, self._stream)


def write(services: Services, effect: Write, cancelled: Cancelled) -> Actions:
    """Write the file, but replace an existing file only if the reader agrees.

    Raises `UsageError` for a file in the archive.
    """
    file_path = Path(effect.file).expanduser()
    if not services.in_browser:
        refuse_output(file_path, services.archive.root)
    if not services.in_browser and file_path.is_file() and not effect.over:
        yield exists(effect)
        return
    output = Download(effect.file) if services.in_browser else OwnFile(file_path)
    yield from effect.make(services, output, cancelled)
    yield from output.finished()


def exists(write_request: Write) -> effects.AskMenu:
    """Return the menu that asks whether to replace an existing file or choose another name."""
    menu_items = (
        effects.MenuItem("n", "another name", write_request.again),
        effects.MenuItem("r", "replace it", replace(write_request, over=True)),
    )
    return effects.AskMenu("Export", menu_items, f"{write_request.file} already exists.")


def ask_chart_file(page: Page) -> effects.AskFile | effects.Notify:
    """Return the request that lets the reader name the file for the chart of a page."""
    from cable_tui.exports.written_file import file_name

    if page.reading or not page.rows:
        return effects.Notify("There are no numbers to draw yet.")
    proposed_name = file_name(page.of.report.title(page), "svg")
    return effects.AskFile("the picture", proposed_name, partial(_write_chart, page))


def _write_chart(page: Page, file: str) -> Write:
    return Write(file, partial(_draw_chart, page), ask_chart_file(page))


def _draw_chart(
    page: Page, services: Services, output: OwnFile | Download, _cancelled: Cancelled
) -> Actions:
    from cable_tui.exports.charts import source_line, svg  # few pages are drawn

    chart = page.of.report.chart(page.ask, page.rows, page.answer)
    archive = services.archive
    with output.opened() as write:
        write(svg(chart, source_line(archive.root.name, archive.summary().cables)))
    yield effects.Notify(f"The picture was {output.words}")


PERFORMERS: Performers = {
    Write: write,
}

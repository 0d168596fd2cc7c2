"""A look at an archive: what a report reads from, and the tally that it keeps while it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from cable_tui.archive.records.walk import never
from cable_tui.errors import UsageError
from cable_tui.query import parse
from cable_tui.tally import Tally

if TYPE_CHECKING:  # some reports search for nothing
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.search.engine import Hits
    from cable_tui.archive.texts import Text
    from cable_tui.exports.citation import Ways

PAUSE = 0.001
"""Seconds after each four texts that a room reads, in which keys are answered."""
_BETWEEN = 4
_FIRST = 0.3
"""Seconds until what was counted so far is shown first; each next time takes twice as long."""


def _nothing(_: Hits) -> None:
    """Say nothing of an answer."""


class Look:
    """One reading of one report. `cancelled` says that nobody waits for it any more."""

    def __init__(
        self,
        archive: Archive,
        ask: Any,
        library: Path,
        cancelled: Callable[[], bool] = never,
        *,
        in_room: bool = False,
    ) -> None:
        """A room gets rows while it reads, and pauses for keys."""
        self.archive = archive
        self.ask = ask
        """What is asked, a value of `Report.ask`."""
        self.library = library
        """The file of the reader's library; the people that the reader confirmed are beside it."""
        self.cancelled = cancelled
        self.in_room = in_room
        self.read = self.total = self.unread = 0
        """As in `Tally`."""
        self.notes: list[str] = []
        self.watched: Callable[[int, int], None] | None = None
        """Told how many cables were read, of how many."""
        self.known: Any = None
        """The answer that is shown already; None for most reports."""
        self.ways: Ways | None = None
        """How the room cites; None is the program's own way."""
        self.answered: Callable[[Hits], None] = _nothing
        """Told of each search."""
        self._problem = ""
        self.most: int | None = None
        """Rows that are shown at most; None for all."""
        self.is_terminal = False
        """Lines are cut at its width; a pipe gets them whole."""
        self.ascii_only = False
        """The terminal has no other signs."""
        self._due = monotonic() + _FIRST
        self._wait = _FIRST

    @property
    def tally(self) -> Tally:
        """What is to be said of the answer so far."""
        notes = tuple(dict.fromkeys(self.notes))
        return Tally(self.read, self.total, notes, self.unread, self._problem)

    def search(self, text: str, sort: str = "") -> Hits:
        """The cables of a query. Raises `UsageError` if it names what is not there."""
        query = parse(text)
        hits = self.archive.search(query, sort, cancelled=self.cancelled, offering=not self.in_room)
        self.answered(hits)
        if hits.complaints:
            raise UsageError(hits.complaints[0].reason)
        if self.in_room:
            self.notes += _how_answered(hits)
        return hits

    def texts(self, ids: Sequence[int]) -> Iterator[Text]:
        """The texts of some cables, counted; those that cannot be read are counted and left out."""
        from cable_tui.archive.texts import texts  # it needs formats

        for text in texts(self.archive, ids, self.cancelled):
            self.count(str(text.error) if text.error else "")
            if text.raw is not None:
                yield text

    def count(self, problem: str = "") -> None:
        """Count a cable that was read, or why its text could not be; pause for keys."""
        self.read += 1
        if problem:
            self.unread += 1
            self._problem = self._problem or problem
        if self.watched is not None:
            self.watched(self.read, self.total)
        if self.in_room and self.read % _BETWEEN == 0:
            sleep(PAUSE)

    def is_due(self) -> bool:
        """Whether it is time to show what was counted so far; never outside of a room."""
        if not self.in_room or monotonic() < self._due:
            return False
        self._wait *= 2
        self._due = monotonic() + self._wait
        return True


def _how_answered(hits: Hits) -> Iterator[str]:
    """How an answer differs from what was typed, and whether it is whole."""
    for each in hits.corrections:
        used = ", ".join(word for word, _ in each.used)
        yield f'no "{each.word}"; searched for {used}' if used else f'no "{each.word}"'
    if hits.partial:
        yield "not every text is indexed yet: more may come"

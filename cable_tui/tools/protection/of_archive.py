"""The reader's answers to the protection requests in one archive's cables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cable_tui.archive.archive import Archive
from cable_tui.archive.records.walk import never
from cable_tui.base.cable import Cable
from cable_tui.base.errors import ArchiveError
from cable_tui.tools.protection.answers import Answers
from cable_tui.tools.protection.review import AskedRequest, confirmed_names, reviewed


class AnsweredCable(NamedTuple):
    """A cable with answered protection requests."""

    id: int
    cable: Cable
    asked: tuple[AskedRequest, ...]
    names: tuple[str, ...]
    """The confirmed names, with their other forms in the same text."""

    @property
    def is_complete(self) -> bool:
        """Whether all of the cable's requests are answered."""
        return all(request.is_answered for request in self.asked)


def answered_cables(
    archive: Archive, answers: Answers, cancelled: Callable[[], bool] = never
) -> Iterator[AnsweredCable]:
    """Yield the archive's cables that have answers, except unreadable ones."""
    id_by_cable = archive.ids(sorted({key.cable for key in answers.requests}))
    for cable_id in id_by_cable.values():
        if cancelled():
            return
        try:
            cable = archive.cable(cable_id)
        except ArchiveError:
            continue
        asked_requests = reviewed(cable, answers)
        yield AnsweredCable(cable_id, cable, asked_requests, confirmed_names(cable, asked_requests))

"""What a reader has answered to protection requests of the cables of one archive."""

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
    """A cable with requests that are answered."""

    id: int
    cable: Cable
    asked: tuple[AskedRequest, ...]
    names: tuple[str, ...]
    """The confirmed names, with other forms of them in the same text."""

    @property
    def is_complete(self) -> bool:
        """Whether all of its requests are answered."""
        return all(request.is_answered for request in self.asked)


def answered_cables(
    archive: Archive, answers: Answers, cancelled: Callable[[], bool] = never
) -> Iterator[AnsweredCable]:
    """Yield the cables of an archive with answers; those that cannot be read are left out."""
    ids = archive.ids(sorted({key.cable for key in answers.requests}))
    for cable_id in ids.values():
        if cancelled():
            return
        try:
            cable = archive.cable(cable_id)
        except ArchiveError:
            continue
        asked_requests = reviewed(cable, answers)
        yield AnsweredCable(cable_id, cable, asked_requests, confirmed_names(cable, asked_requests))

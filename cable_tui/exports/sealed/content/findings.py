"""What a comparison within a dossier finds: contradictions, and what it could not compare."""

from __future__ import annotations

from cable_tui.exports.sealed.members import Fault
from cable_tui.text import clean_line, crop

MOST_FAULTS = 50
"""More are not looked for: a page that was made to be slow to read has as many as one likes."""
_SHOWN = 60


class EnoughError(Exception):
    """There are `MOST_FAULTS`."""


class Findings:
    """Faults in the order in which they were found, and remarks, each once."""

    def __init__(self, *, same_program: bool) -> None:
        self.same_program = same_program
        """Whether the dossier was sealed by this version, which reads its texts alike."""
        self.faults: list[Fault] = []
        self._left: dict[str, list[str]] = {}

    def fault(self, member: str, reason: str) -> None:
        """Add a contradiction. Raises `EnoughError`."""
        self.faults.append(Fault(clean_line(member), clean_line(reason)))
        if len(self.faults) >= MOST_FAULTS:
            raise EnoughError

    def differ(self, member: str, what: str, shown: str, data: str) -> None:
        """Add a contradiction unless both are the same. Raises `EnoughError`."""
        if shown != data:
            here, there = _apart(shown, data)
            self.fault(member, f"{what}: it has {here}, and the data {there}")

    def leave(self, what: str, where: str = "") -> None:
        """Say that something was not compared, and of what."""
        places = self._left.setdefault(what, [])
        if where:
            places.append(where)

    def left(self) -> list[str]:
        """What was not compared, in words."""
        found = []
        for what, places in self._left.items():
            named = ", ".join(dict.fromkeys(places[:3]))
            more = f" and {len(places) - 3:,} more" if len(places) > 3 else ""
            found.append(f"{what}: {named}{more}" if places else what)
        return found


def _apart(one: str, other: str) -> tuple[str, str]:
    """The words of both from where they differ on."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(one.rfind(" ", 0, at) + 1, at - _SHOWN // 2, 0)
    return _quoted(one[start : start + _SHOWN * 2]), _quoted(other[start : start + _SHOWN * 2])


def _quoted(text: str) -> str:
    shown = crop(clean_line(" ".join(text.split())), _SHOWN)
    return f"“{shown}”" if shown else "nothing"

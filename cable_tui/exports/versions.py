"""The records that hold a cable, said in one plain line."""

from __future__ import annotations

from cable_tui.cable import Cable, Source
from cable_tui.text import clean_line

_NAMED = 3
"""Further records that are named; the rest is counted."""


def sources_line(cable: Cable) -> str:
    """`2: a.html, also cables.csv (the body differs)`; empty where there is one record only."""
    if len(cable.sources) < 2:
        return ""
    first, *others = cable.sources
    named = ", ".join(_said(source) for source in others[:_NAMED])
    rest = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return f"{len(cable.sources)}: {clean_line(first.path)}, also {named}{rest}"


def _said(source: Source) -> str:
    path = clean_line(source.path)
    if source.differs is None:
        return f"{path} (not compared)"
    if not source.differs:
        return path
    *more, last = (f"the {part}" for part in source.differs)
    verb = "differ" if more or last == "the facts" else "differs"
    return f"{path} ({', '.join(more)}{' and ' if more else ''}{last} {verb})"

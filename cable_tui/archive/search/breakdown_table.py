"""What cables can be counted by, and the table of such counts.

Apart from the counting: who prints a table, or its help, needs no engine.
"""

from __future__ import annotations

from cable_tui.archive.columns.columns import Count
from cable_tui.query import FACETS
from cable_tui.value import Value

_CALLED = {"origin": ("post",), "date": ("year", "month")}
"""What cables are counted by, where it has another name than the facet."""
KEYS = {key: facet for facet in FACETS for key in _CALLED.get(facet, (facet,))} | {"signer": ""}
"""What cables are counted by, and the facet that it is: every facet, and who signed."""
ALIASES = {"origin": "post", "date": "year", "classification": "class", "signed": "signer"}
IN_TIME = tuple(key for key, facet in KEYS.items() if facet and FACETS[facet].kind == "date")
"""Keys with an order of their own, and steps between their values."""


class Group(Count):
    """A value and its cables among those of the query."""

    across: tuple[int, ...] = ()
    """Of them, those of each value of the second key."""


class Breakdown(Value):
    """The table: rows by the first key, and columns by the second, if there is one."""

    keys: tuple[str, ...]
    count: int
    """Cables of the query. Those with several values are in several rows."""
    rows: tuple[Group, ...]
    without: int
    """Cables that have no value of the first key."""
    columns: tuple[str, ...] = ()
    """Values of the second key."""
    unread: int = 0
    """Cables whose file could not be read, so that nobody knows who signed."""

"""The origin of a cable as the WikiLeaks site names it, where a format has another name for it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from cable_tui.glossary.tables import rows
from cable_tui.telegram import ids


@cache
def _origins() -> dict[str, str]:
    """Origins of the stations that have one only: BRUSSELS has an embassy and a mission."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in (*rows("origins"), *rows("old_posts")):
        if row["origin"]:
            found[row["station"]].add(row["origin"])
    return {station: names.pop() for station, names in found.items() if len(names) == 1}


def origin_of(reference_id: str, given: str) -> str:
    """`Embassy Lima` for `1973LIMA02545`; the format's own name where the id does not say it."""
    parts = ids.split(ids.canonical_id(reference_id))
    return _origins().get(parts.station, given) if parts else given

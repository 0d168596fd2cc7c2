"""The regions of the world that posts stand in: the bureaus of the Department as of 2010."""

from __future__ import annotations

from cable_tui.query.matching import begins, folded

OTHERS = "Washington and others"
"""What stands in no region."""
_ALL = (
    ("Africa", "AF", ""),
    ("East Asia and Pacific", "EAP", ""),
    ("Europe and Eurasia", "EUR", ""),
    ("International organizations", "IO", ""),
    ("Near East and North Africa", "NEA", "Middle Mideast MENA"),
    ("South and Central Asia", "SCA", ""),
    ("Western Hemisphere", "WHA", "Latin Americas Caribbean"),
    (OTHERS, "", ""),
)
"""Name, bureau, and words that others call a region by."""
REGIONS = tuple(name for name, _, _ in _ALL)
"""In the order of the library."""
_OF_BUREAU = {bureau: name for name, bureau, _ in _ALL}


def region_of(bureau: str) -> str:
    """The name of a bureau's region."""
    return _OF_BUREAU.get(bureau, OTHERS)


def regions_named(given: str) -> tuple[str, ...]:
    """The regions that a text names, by name or bureau, or by beginnings of their words.

    `Near East` and `nea` are one region, `asia` is two, `africa` is the one of that name.
    """
    wanted = folded(given)
    if not wanted:
        return ()
    exact = [name for name, bureau, _ in _ALL if wanted in (folded(name), folded(bureau))]
    return tuple(
        exact or [each[0] for each in _ALL if begins(wanted, " ".join(each))],
    )

"""The names and values of PlusD, the library that holds the cables of 1966-2010 since 2013.

Its pages and the scrapes of them name facts alike: `Canonical ID`, `Original Classification`.
"""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.cable import Place, RawCable
from cable_tui.formats.archive_fields import ArchiveFacts, known_value
from cable_tui.formats.base import BrokenRecord
from cable_tui.pattern import pattern
from cable_tui.text import clean_line, clean_text

_SUFFIX = pattern(r"_[a-z]$")
_CAVEAT = pattern(r" ?, ?(?=NOFORN|FOR OFFICIAL USE ONLY)")


def key(name: str) -> str:
    """`canonical id` for `Canonical ID:` and `canonical_id`."""
    return " ".join(name.replace("_", " ").rstrip(": ").lower().split())


def cable(facts: Mapping[str, str], text: str, form: str, place: Place) -> RawCable:
    """The cable of some facts, by their `key`, and of a text that runs on.

    Raises `BrokenRecord` where no id is among the facts.
    """
    reference_id = _SUFFIX.sub("", _value(facts, "canonical id"))
    if not reference_id:
        raise BrokenRecord("no canonical ID")
    given = _value(facts, "original classification") or _value(facts, "current classification")
    known = ArchiveFacts(
        reference_id,
        created=_value(facts, "date"),
        markings=_value(facts, "markings"),
        classification=_CAVEAT.sub("//", given),
        sender=_value(facts, "from"),
        title=_value(facts, "title") or _value(facts, "subject"),
    )
    return known.cable(form, place, clean_text(text))


def _value(facts: Mapping[str, str], name: str) -> str:
    return known_value(clean_line(facts.get(name, "")))

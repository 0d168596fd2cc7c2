"""The names and values of PlusD, the library that holds the cables of 1966-2010 since 2013.

Its pages and the scrapes of them name facts alike: `Canonical ID`, `Original Classification`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cable_tui.cable import Place, RawCable
from cable_tui.formats import nara
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.dates import day_first, released_in
from cable_tui.formats.origins import origin_of
from cable_tui.formats.split_header import after_addressees, classification_in
from cable_tui.text import clean_line, clean_text

_SUFFIX = re.compile(r"_[a-z]$")
_CAVEAT = re.compile(r" ?, ?(?=NOFORN|FOR OFFICIAL USE ONLY)")


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
    printed = clean_text(text)
    header, body = after_addressees(nara.without_stamps(printed).strip("\n"))
    given = _value(facts, "original classification") or _value(facts, "current classification")
    return RawCable(
        reference_id=reference_id,
        created=day_first(_value(facts, "date")),
        released=released_in(printed) or released_in(_value(facts, "markings")),
        classification=_CAVEAT.sub("//", given) or classification_in(body),
        origin=origin_of(reference_id, _value(facts, "from")),
        title=_value(facts, "title") or _value(facts, "subject"),
        header=header,
        body=body,
        format=form,
        place=place,
    )


def _value(facts: Mapping[str, str], name: str) -> str:
    return nara.known_value(clean_line(facts.get(name, "")))

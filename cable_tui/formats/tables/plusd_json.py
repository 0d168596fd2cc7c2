"""Scrapes of PlusD as JSON: one object, a list of objects, an object a line, or objects by id.

Keys are those of the site's pages, in any of the usual spellings (`Canonical ID`, `canonical_id`).
"""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats.tables import fields
from cable_tui.formats.tables.aliases import Facts
from cable_tui.formats.tables.json_table import JsonTable
from cable_tui.formats.tables.plan import Plan
from cable_tui.pattern import pattern
from cable_tui.repository import PLUSD

_START = pattern(rb"\s{0,1000}(?:\[\s{0,1000})?\{")
_OURS = pattern(rb'"canonical[ _]?id:?"\s{0,20}:', re.IGNORECASE)
_EXPORTED = b'"reference_id"'


class PlusdJson(JsonTable):
    """Cables scraped from PlusD."""

    name = "plusd-json"
    label = "JSON scraped from WikiLeaks PlusD"
    repository = PLUSD

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the key of the id; the program's own exports have another one."""
        return bool(_START.match(head) and _OURS.search(head)) and _EXPORTED not in head

    def cable(self, plan: Plan, facts: Facts, place: Place, *, full: bool = True) -> RawCable:
        """As in `JsonTable`. A record without a text raises, unless it says where its text is."""
        raw = super().cable(plan, facts, place, full=full)
        if raw.body.strip():
            return raw
        return fields.without_text(raw, facts)


FORMAT = PlusdJson()

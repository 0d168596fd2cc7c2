"""Scrapes of PlusD as JSON: one object, a list of objects, or an object a line.

Keys are those of the site's pages, in any of the usual spellings (`Canonical ID`, `canonical_id`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats import plusd_fields
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record, without_body
from cable_tui.formats.encodings import decode_part, is_utf16
from cable_tui.formats.json_objects import objects
from cable_tui.pattern import pattern
from cable_tui.repository import PLUSD

_START = pattern(rb"\s{0,1000}(?:\[\s{0,1000})?\{")
_OURS = pattern(rb'"canonical[ _]?id:?"\s{0,20}:', re.IGNORECASE)
_EXPORTED = b'"reference_id"'
_TEXTS = ("raw content", "content", "text", "body")
_SEVERAL = " | "


class PlusdJson(Format):
    """Cables scraped from PlusD."""

    name = "plusd-json"
    label = "JSON scraped from WikiLeaks PlusD"
    rank = 6
    repository = PLUSD

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the key of the id; the program's own exports have another one."""
        return bool(_START.match(head) and _OURS.search(head)) and _EXPORTED not in head

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`."""
        for row in objects(file, LONGEST_RECORD):
            if row.data is None:
                yield Problem(path, row.line, f"an object of more than {LONGEST_RECORD >> 20} MiB")
            elif row.line == 1 and is_utf16(row.data):
                yield Problem(path, 1, "JSON in UTF-16: convert it to UTF-8 first")
                return
            elif not row.opened:
                yield Problem(path, row.line, "text outside of any object")
            else:
                place = Place(path, row.offset, len(row.data))
                try:
                    whole = self.at(row.data, place)
                except BrokenRecord as broken:
                    yield Problem(path, row.line, str(broken))
                else:
                    yield without_body(whole, place, row.line, row.data)

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        try:
            found = json.loads(decode_part(record))
        except (ValueError, RecursionError):
            raise BrokenRecord("the object is no JSON") from None
        if not isinstance(found, dict):
            raise BrokenRecord("no object")
        facts = _facts(found)
        texts = (facts.get(name, "") for name in _TEXTS)
        return plusd_fields.cable(
            facts, next((text for text in texts if text.strip()), ""), self.name, place
        )


def _facts(found: dict[str, object]) -> dict[str, str]:
    """Values as text; those of an object inside (`Metadata`) stand beside the others."""
    facts: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            for inner, each in value.items():
                facts.setdefault(plusd_fields.key(inner), _written(each))
        else:
            facts[plusd_fields.key(name)] = _written(value)
    return facts


def _written(value: object) -> str:
    if isinstance(value, list):
        return _SEVERAL.join(each for each in value if isinstance(each, str))
    return str(value) if isinstance(value, (str, int, float)) else ""


FORMAT = PlusdJson()

"""The values of one JSON object as texts by the keys of a table."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.encodings import decode_part
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.json_rows import ACTION

_SEVERAL = " | "
_WRAPPED = ("$date", "$oid", "$numberLong", "$numberInt", "$numberDouble")
"""How mongoexport writes what JSON has no type for."""
_INNER = ("reference_id", "text", "name", "code", "value", "#text")
"""What says most of an object inside of an object."""


def facts_of(record: bytes) -> dict[str, str]:
    """Values of a record by their keys; those of an object inside stand beside the others.

    A record may begin with the key that it stands behind, or with the line that says what
    Elasticsearch does with it. Raises `BrokenRecord`.
    """
    text = decode_part(record)
    given = ""
    if text.startswith('"'):
        given, found = _single(_parsed(f"{{{text}}}"))
    elif ACTION.match(record):
        given, found = _pair(text)
    else:
        found = _parsed(text)
    if not isinstance(found, dict):
        raise BrokenRecord("no object with the fields of a cable")
    facts: dict[str, str] = {}
    _flatten(found, facts, 0)
    if given and aliases.looks_like_id(given) and not aliases.id_name(facts):
        facts["referenceid"] = given
    return facts


def _parsed(text: str) -> object:
    try:
        found: object = json.loads(text, parse_int=str, parse_float=str, strict=False)
    except (ValueError, RecursionError):
        raise BrokenRecord("the object is no JSON") from None
    return found


def _single(found: object) -> tuple[str, object]:
    if not isinstance(found, dict) or len(found) != 1:
        raise BrokenRecord("the object is no JSON")
    return next(iter(found.items()))


def _pair(text: str) -> tuple[str, object]:
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
    try:
        action, end = decoder.raw_decode(text)
        found, _ = decoder.raw_decode(text, len(text) - len(text[end:].lstrip()))
    except (ValueError, RecursionError):
        raise BrokenRecord("the object is no JSON") from None
    inner = _single(action)[1]
    given = inner.get("_id", "") if isinstance(inner, dict) else ""
    return str(given), found


def _flatten(found: Mapping[str, object], facts: dict[str, str], depth: int) -> None:
    """A value counts before those of objects inside, which may be facts of something else."""
    inner: list[Mapping[str, object]] = []
    for name, value in found.items():
        known = aliases.key(name)
        if isinstance(value, dict) and not any(each in value for each in (*_WRAPPED, "text")):
            inner.append(value)
            continue
        if known == "body" and isinstance(value, dict) and _without_anchors(value):
            facts[aliases.NO_ANCHORS] = "yes"
        written = _written(value, "\n" if known in aliases.BODIES else _SEVERAL)
        if written or known not in facts:
            facts.setdefault(known, written)
            facts[known] = facts[known] or written
    for each in inner:
        if depth < 3:
            _flatten(each, facts, depth + 1)


def _written(value: object, between: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return between.join(filter(None, (_written(each, between) for each in value)))
    if isinstance(value, dict):
        wrapped = next((value[each] for each in (*_WRAPPED, *_INNER) if each in value), "")
        return _written(wrapped, between)
    return str(value)


def _without_anchors(body: Mapping[str, object]) -> bool:
    """Whether our own export says that the paragraphs of a copy have lost their anchors."""
    paragraphs = body.get("paragraphs")
    if not isinstance(paragraphs, list):
        return False
    numbered = [each for each in paragraphs if isinstance(each, dict) and each.get("label")]
    return bool(numbered) and not any(each.get("anchor") for each in numbered)

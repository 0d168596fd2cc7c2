"""Types for the fields of JSON objects: each sets a Python type, how text is cleaned, and limits.

A `Value` with such fields describes a JSON object, and the docstring of a field becomes its
description. Such a class has three uses: `base.value.as_json` writes objects, `text.untrusted`
reads them from files written by other people, and `tests.schemas` generates `docs/schemas`.

A limit is a JSON Schema keyword with its value. A word is an instruction for writing or reading.
Only reading evaluates annotations: other modules import this one for the type checker alone, to
keep startup fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

__all__ = ["Annotated", "Any", "Literal", "Mapping"]  # names of annotations that are evaluated

Field = TypeVar("Field")
Only = Annotated[Field, "only"]
"""A field omitted from JSON if it equals its default or is empty: `offers: Only[tuple[Offer, ...]]
= ()`.
"""
OrNull = Annotated[Field, "or null"]
"""A field written as `null` in JSON if it is empty or 0."""
Unsaved = Annotated[Field, "unsaved"]
"""A field that is not in JSON: its value comes from the caller of the reader, or is the default.

The annotation `"named other"` sets another name for a field in JSON.
"""

Raw = Annotated[str, "raw"]
"""A text kept exactly as written. If other people wrote it, it must never be displayed. A plain
`str` is cleaned to one line.
"""
Text = Annotated[str, "text"]
"""A text of any number of lines."""
Trimmed = Annotated[str, "trimmed"]
"""One line without surrounding spaces."""
Id = Annotated[str, "trimmed", ("minLength", 1)]
Name = Annotated[str, "words", ("minLength", 1)]
"""One line that is not empty, with single spaces between words."""
Filled = Annotated[str, ("minLength", 1)]
"""A text that is not empty."""
Count = Annotated[int, ("minimum", 0)]
Positive = Annotated[int, ("minimum", 1)]
Amount = Annotated[float, ("minimum", 0)]
Share = Annotated[float, ("minimum", 0), ("maximum", 1)]
Year = Annotated[str, ("pattern", "^[0-9]{4}$")]
Month = Annotated[str, ("pattern", "^[0-9]{4}-[0-9]{2}$")]
Day = Annotated[str, ("pattern", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Moment = Annotated[str, ("pattern", r"^\d{4}-\d\d-\d\d(T\d\d(:\d\d)?Z|T\d\d:\d\d)?$")]
"""A day, or a time to the hour or minute, in UTC with Z."""
Instant = Annotated[str, ("pattern", r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
"""A time to the second, in UTC."""
Uid = Annotated[str, ("pattern", "^[0-9a-f]{16}$")]
Digest = Annotated[str, ("pattern", "^[0-9a-f]{64}$")]
"""A SHA-256 digest in hexadecimal."""
Fingerprint = Annotated[str, ("pattern", "^(2:)?[0-9a-f]{64}$")]
"""The digest that identifies an archive; `2:` precedes a digest of the second version."""

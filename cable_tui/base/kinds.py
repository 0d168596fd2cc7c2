"""Kinds of the fields of JSON: a type, how a text of others is cleaned, and limits.

A `Value` with such fields is the shape of an object, and the text below a field is its meaning.
Three things are made of it: `base.value.as_json` writes it, `text.untrusted` reads it from a file
that somebody else wrote, and `tests.schemas` makes `docs/schemas` from it.

A limit is a keyword of JSON Schema with its value. A word is for those who write and read. Only
reading evaluates annotations: other modules import this one for the type checker alone, so that a
start costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

__all__ = ["Annotated", "Any", "Literal", "Mapping"]  # names of annotations that are evaluated

Field = TypeVar("Field")
Only = Annotated[Field, "only"]
"""Left out if it is the default, or the empty text: `offers: Only[tuple[Offer, ...]] = ()`."""
OrNull = Annotated[Field, "or null"]
"""`null` in JSON if it is empty or 0."""
Unsaved = Annotated[Field, "unsaved"]
"""Not in JSON: who reads gives it, or it has its default. `"named other"` is another name there."""

Raw = Annotated[str, "raw"]
"""A text as it is written: of others, never for a screen. A plain `str` is cleaned for one line."""
Text = Annotated[str, "text"]
"""Any number of lines."""
Trimmed = Annotated[str, "trimmed"]
"""One line without blanks around it."""
Id = Annotated[str, "trimmed", ("minLength", 1)]
Name = Annotated[str, "words", ("minLength", 1)]
"""One line that is not empty, with single blanks."""
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
"""A SHA-256."""
Fingerprint = Annotated[str, ("pattern", "^(2:)?[0-9a-f]{64}$")]
"""The digest of an archive; `2:` is before one by the second version."""

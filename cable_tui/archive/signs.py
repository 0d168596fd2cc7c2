"""The signs of a cable that `query.flags` makes its flags of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cable_tui.cable import RawCable
from cable_tui.query import flags
from cable_tui.telegram import fields
from cable_tui.telegram.fields import TopFields


def signs(raw: RawCable, top: TopFields, warnings: Sequence[str]) -> Iterator[str]:
    """Captions, parts of the classification, the given warnings, names of what is there."""
    for caption in fields.caption_words(top):
        yield flags.CORRECTED if caption.startswith(flags.CORRECTED) else caption
    yield from raw.classification.upper().split("//")
    yield from warnings
    present = {
        "header": raw.header.strip(),
        "subject": top.subject,
        "tag": top.tags,
        "reference": any(each.reference_id for each in top.references),
    }
    yield from (name for name, there in present.items() if there)

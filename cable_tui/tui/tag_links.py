"""Where the codes of a TAGS line stand in a body. Pure: no Textual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.cable import Cable, Span

_LINE = re.compile(
    r"^[ \t]{0,8}TAGS?\b[ \t]{0,4}[:;]?(?P<codes>.{0,200}(?:\n[A-Z0-9, \t]{1,120}$){0,2})",
    re.MULTILINE | re.IGNORECASE,
)
_CODE = re.compile(r"\b[A-Z]{2,5}\b", re.IGNORECASE)
_LABEL = re.compile(r"\s{0,4}(?:SUBJ|REF|CLASS|E\.?O\.?\b)", re.IGNORECASE)


def tag_spans(cable: Cable) -> Iterator[tuple[Span, str]]:
    """The codes of the first TAGS line that the grammar kept, each with where it stands."""
    paragraphs = cable.body.paragraphs
    end = paragraphs[0].span[0] if paragraphs else len(cable.body.text)
    line = _LINE.search(cable.body.text, 0, end)
    if line is None:
        return
    known = frozenset(cable.tags)
    start, stop = line.span("codes")
    for below in re.finditer(r"\n", line["codes"]):
        if _LABEL.match(line["codes"], below.end()):
            stop = start + below.start()
            break
    for found in _CODE.finditer(cable.body.text, start, stop):
        if found.group().upper() in known:
            yield found.span(), found.group().upper()

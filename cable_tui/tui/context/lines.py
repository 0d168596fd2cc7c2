"""The lines of the context pane. Pure: no Textual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cable_tui.session.feature_state import Cited, Citing, Context
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.value import Value

ContextStyle = Literal["bar", "heading", "id", "state", "missing", "subject", "sentence"]
_MOST = 4
"""Lines of a sentence."""


class ContextEntry(Value):
    """A heading, or a cable to go to."""

    lines: tuple[tuple[tuple[str, ContextStyle], ...], ...]
    reference_id: str = ""
    """Empty for what cannot be gone to."""
    paragraph: str | None = None


def context_entries(context: Context, cells: int) -> tuple[ContextEntry, ...]:
    """The entries: references, then cited-by, in lines of so many cells."""
    cells = max(cells - 1, 1)
    return (
        _heading(f"References {_count(context, len(context.cited))}"),
        *(_cited(each, cells) for each in context.cited),
        _heading(""),
        _heading(f"Cited by {_count(context, len(context.citing) + context.more)}"),
        *(_citing(each, cells, read=context.complete) for each in context.citing),
        *_rest(context),
    )


def paint_context_line(
    entry: ContextEntry, line: int, here: bool
) -> tuple[tuple[str, ContextStyle], ...]:
    """A line of an entry; the bar says without a colour whether the cursor is there."""
    return ("▌" if here else " ", "bar"), *entry.lines[line]


def _heading(text: str) -> ContextEntry:
    return ContextEntry((((text, "heading"),),))


def _count(context: Context, number: int) -> str:
    """A number in brackets; an ellipsis while it is not known."""
    return f"({number:,})" if context.listed else "…"


def _rest(context: Context) -> Iterator[ContextEntry]:
    if context.more:
        yield _heading(f"… and {context.more:,} more")
    if context.listed and not context.complete:
        yield _heading("Reading the sentences …")


def _cited(cited: Cited, cells: int) -> ContextEntry:
    label = f"{cited.label} " if cited.label else ""
    text = " text" if cited.source == "text" else ""
    name = f"{label}{cited.reference_id}{' ?' if cited.inferred else ''}{text}"
    state = cited.created[:10] if cited.here else "✗ not here"
    first = _ends(name, state, "state" if cited.here else "missing", cells)
    return ContextEntry((first, *_wrapped(cited.subject, "subject", cells, 2)), cited.reference_id)


def _citing(citing: Citing, cells: int, *, read: bool) -> ContextEntry:
    first = _ends(citing.reference_id, citing.created[:10], "state", cells)
    place = f"¶{citing.paragraph} " if citing.paragraph else ""
    nowhere = "in its REF lines only" if read else ""
    said = _wrapped(f"{place}{citing.sentence or nowhere}", "sentence", cells, _MOST)
    subject = _wrapped(citing.subject, "subject", cells, 1)
    return ContextEntry((first, *subject, *said), citing.reference_id, citing.paragraph)


def _ends(
    left: str, right: str, look: ContextStyle, cells: int
) -> tuple[tuple[str, ContextStyle], ...]:
    """A name at the left end, its state at the right one."""
    shown = crop(clean_line(left), max(cells - width(right) - 1, 1))
    gap = " " * max(cells - width(shown) - width(right), 1)
    return (shown, "id"), (f"{gap}{right}", look)


def _wrapped(
    text: str, look: ContextStyle, cells: int, most: int
) -> tuple[tuple[tuple[str, ContextStyle], ...], ...]:
    """At most so many lines, a step to the right; the last one is cut where there is more."""
    text = clean_line(text)
    room = max(cells - 2, 1)
    spans = wrap(text, room) if text else []
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = crop(text[spans[most - 1][0] :], room)
    return tuple(((f"  {line}", look),) for line in lines)

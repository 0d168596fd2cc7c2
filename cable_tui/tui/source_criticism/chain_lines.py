"""The lines of the page of a chain. Pure: no Textual."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from cable_tui.exports.chain.story import Chain, Cites, Entry, Unnamed, citing, names, when
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.text.counted import counted
from cable_tui.value import Value

ChainStyle = Literal[
    "bar", "day", "id", "missing", "facts", "subject", "cites", "sentence", "state"
]
Line = tuple[tuple[str, ChainStyle], ...]
_MOST_LINES = 4
"""Lines of a sentence."""
_MOST_SENTENCES = 3
"""Sentences of one cable on another that are shown; the files have all."""
_MARKED, _BOOKMARKED, _START = "●", "★", "▶"


class Block(Value):
    """Some lines that belong together: a cable, a sentence, or what cannot be gone to."""

    lines: tuple[Line, ...]
    canonical_id: str = ""
    """The cable that Enter opens; empty for what the cursor passes over."""
    paragraph: str | None = None
    head: bool = False
    """The first block of an entry."""


class Signs(Value):
    """What of a chain is marked in the room."""

    marked: frozenset[int] = frozenset()
    """Cables by their ids in the archive."""
    bookmarked: frozenset[str] = frozenset()
    """Canonical ids."""


class ChainLines:
    """The blocks of a chain; those of an entry are made again only where it has changed."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, tuple[Block, ...]]] = {}

    def blocks(self, chain: Chain, cells: int, signs: Signs) -> tuple[Block, ...]:
        """All blocks in their order, in lines of so many cells."""
        known = names(chain)
        holes = {each.canonical_id for each in chain.holes}
        found: list[Block] = []
        for entry in chain.entries:
            start = entry.canonical_id == chain.start
            mark = (
                f"{_MARKED if entry.id in signs.marked else ' '}"
                f"{_BOOKMARKED if entry.canonical_id in signs.bookmarked else ' '}"
                f"{_START if start else ' '} "
            )
            key = (entry, cells, mark)
            kept = self._kept.get(entry.canonical_id)
            if kept is None or kept[0] != key:
                made = tuple(_entry(entry, max(cells - 1, 1), mark, known, holes))
                kept = self._kept[entry.canonical_id] = (key, made)
            found += kept[1]
        return tuple(found)


def summary_line(chain: Chain) -> str:
    """How much there is, and what one step more would join, as short as possible."""
    days = [each.created[:10] for each in chain.cables if each.created]
    parts = [counted(len(chain.cables), "cable")]
    if days:
        parts[0] += f", {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else "")
    if chain.holes:
        parts.append(f"{len(chain.holes):,} not here")
    parts.append(counted(chain.depth, "step"))
    if chain.beyond:
        parts.append(f"+ joins {chain.beyond:,} more")
    elif chain.partial:
        parts.append("still indexing: more may be joined")
    elif chain.cut:
        parts.append("the nearest of more")
    else:
        parts.append("no more is joined" if len(chain.entries) > 1 else "nothing is joined to it")
    return " · ".join(parts)


def paint_chain_line(block: Block, line: int, here: bool) -> Line:
    """A line of a block; the bar says without a colour whether the cursor is there."""
    return ("▌" if here else " ", "bar"), *block.lines[line]


def _entry(
    entry: Entry, cells: int, mark: str, known: Mapping[str, str], holes: Collection[str]
) -> Iterator[Block]:
    name = known[entry.canonical_id]
    if entry.here:
        # Under 60 cells the post gives way: the id names it.
        facts = f"  {clean_line(entry.origin)}" if cells >= 60 else ""
        ends = _short(entry.classification)
        room = max(cells - width(mark) - 11 - width(name) - width(ends) - 1, 0)
        facts = crop(facts, room)
        gap = " " * (room - width(facts) + 1)
        first: Line = (
            (mark, "bar"),
            (f"{when(entry):10} ", "day"),
            (clean_line(name), "id"),
            (f"{facts}{gap}{ends}", "facts"),
        )
        subject = entry.subject or ("(no subject)" if entry.read else "…")
        lines = (first, *_wrapped(subject, "subject", cells, 2))
        yield Block(lines, entry.canonical_id, entry.paragraph, head=True)
    else:
        first = ((mark, "bar"), ("✗ ", "missing"), (clean_line(name), "id"), (_NOT_HERE, "missing"))
        lines = (first, *_wrapped(when(entry), "state", cells, 2))
        yield Block(lines, entry.canonical_id, head=True)
    for cites in entry.cites:
        yield from _cites(entry, cites, cells, known, missing=cites.cited in holes)
    for each in entry.unnamed:
        yield _unnamed(entry, each, cells)
    if said := citing(entry, known):
        yield Block(_wrapped(f"← {said}", "state", cells, 2))
    if entry.unreadable:
        yield Block(_wrapped(f"! {entry.unreadable}", "missing", cells, 2))
    yield Block((((("", "state")),),))


_NOT_HERE = "  not in this archive"


def _short(classification: str) -> str:
    return clean_line(classification.replace("FOR OFFICIAL USE ONLY", "FOUO"))


def _cites(
    entry: Entry, cites: Cites, cells: int, known: Mapping[str, str], *, missing: bool
) -> Iterator[Block]:
    name = f"→ {known.get(cites.cited, cites.cited)}{' ?' if cites.inferred else ''}"
    name += f" {cites.label}" if cites.label else ""
    name += " ✗" if missing else ""
    if not cites.sentences:
        said = "in its REF lines only" if entry.read else "…" if not entry.unreadable else ""
        yield _sentence_block(entry, f"{name}  ", Sentence(None, said), cells)
        return
    shown = cites.sentences[:_MOST_SENTENCES]
    for at, each in enumerate(shown):
        more = len(cites.sentences) - len(shown) if at == len(shown) - 1 else 0
        place = f"¶{each.paragraph} " if each.paragraph else ""
        text = f"{each.text} (and {counted(more, 'sentence')} more)" if more else each.text
        before = f"{name}  {place}" if not at else f"  {place}"
        yield _sentence_block(entry, before, Sentence(each.paragraph, text), cells)


def _unnamed(entry: Entry, each: Unnamed, cells: int) -> Block:
    place = f"¶{each.paragraph} " if each.paragraph else ""
    return _sentence_block(entry, f"… {place}", Sentence(each.paragraph, each.text), cells)


def _sentence_block(entry: Entry, before: str, said: Sentence, cells: int) -> Block:
    first, *others = _wrapped(f"{before}{said.text}", "sentence", cells, _MOST_LINES)
    # What it cites and where is told from what it says.
    words = first[0][0]
    at = _INDENT + len(before.rstrip())
    lines = (((words[:at], "cites"), (words[at:], "sentence")), *others)
    return Block(lines, entry.canonical_id, said.paragraph)


def _wrapped(text: str, look: ChainStyle, cells: int, most: int) -> tuple[Line, ...]:
    """At most so many lines, a step to the right; the last one is cut where there is more."""
    text = clean_line(text)
    room = max(cells - _INDENT, 1)
    spans = wrap(text, room) if text else []
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = crop(text[spans[most - 1][0] :], room)
    return tuple(((f"{' ' * _INDENT}{line}", look),) for line in lines)


_INDENT = 4

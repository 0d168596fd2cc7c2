"""The lines of the page of a chain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from cable_tui.exports.chain.markdown import where_alone
from cable_tui.exports.chain.story import Chain, Cites, Entry, Unnamed, citing, names, when
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.text.numbers import counted
from cable_tui.value import Value

Line = tuple[tuple[str, str], ...]
"""Texts with their looks, as in `Pieces`."""
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


class Signs(Value):
    """What of a chain is marked in the room."""

    marked: frozenset[int] = frozenset()
    """Cables by their ids in the archive."""
    bookmarked: frozenset[str] = frozenset()
    """Canonical ids."""


class ChainLine(NamedTuple):
    """A line of the page."""

    pieces: Line
    entry: str
    """The cable whose entry it is in, by its canonical id."""
    canonical_id: str = ""
    """The same where the cursor stops; else empty."""
    id: int | None = None
    """That cable in the archive; None for a hole."""
    paragraph: str | None = None
    part: int = 0
    """Which line of its entry it is."""


def chain_lines(
    chain: Chain, entries: Iterable[Entry], cells: int, signs: Signs
) -> Sequence[ChainLine]:
    """Some entries of a chain in lines of this width; the cursor stops once in each block."""
    known, holes = names(chain), frozenset(each.canonical_id for each in chain.holes)
    found: list[ChainLine] = []
    for entry in entries:
        name = entry.canonical_id
        mark = (
            f"{_MARKED if entry.id in signs.marked else ' '}"
            f"{_BOOKMARKED if name in signs.bookmarked else ' '}"
            f"{_START if name == chain.start else ' '} "
        )
        numbers = count()
        for block in _entry(entry, max(cells, 1), mark, known, holes):
            stops = [block.canonical_id] + [""] * len(block.lines)
            found += (
                ChainLine(line, name, stop, entry.id, block.paragraph, next(numbers))
                for line, stop in zip(block.lines, stops, strict=False)
            )
    return found


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


def _entry(
    entry: Entry, cells: int, mark: str, known: Mapping[str, str], holes: Collection[str]
) -> Iterator[Block]:
    name = known[entry.canonical_id]
    if entry.here:
        # Under 60 cells the post gives way: the id names it.
        facts = f"  {clean_line(entry.origin)}" if cells >= 60 else ""
        ends = clean_line(entry.classification.replace("FOR OFFICIAL USE ONLY", "FOUO"))
        room = max(cells - width(mark) - 11 - width(name) - width(ends) - 1, 0)
        facts = crop(facts, room)
        gap = " " * (room - width(facts) + 1)
        first: Line = (
            (mark, "word"),
            (f"{when(entry):10} ", "place"),
            (clean_line(name), "strong"),
            (f"{facts}{gap}{ends}", "dim"),
        )
        subject = entry.subject or ("(no subject)" if entry.read else "…")
        lines = (first, *_wrapped(subject, "", cells, 2))
        yield Block(lines, entry.canonical_id, entry.paragraph)
    else:
        first = (
            (mark, "word"),
            ("✗ ", "missing"),
            (clean_line(name), "strong"),
            (_NOT_HERE, "missing"),
        )
        lines = (first, *_wrapped(when(entry), "dim", cells, 2))
        yield Block(lines, entry.canonical_id)
    for cites in entry.cites:
        yield from _cites(entry, cites, cells, known, missing=cites.cited in holes)
    for each in entry.unnamed:
        yield _unnamed(entry, each, cells)
    if said := citing(entry, known):
        yield Block(_wrapped(f"← {said}", "dim", cells, 2))
    if entry.unreadable:
        yield Block(_wrapped(f"! {entry.unreadable}", "missing", cells, 2))
    yield Block((((("", "dim")),),))


_NOT_HERE = "  not in this archive"


def _cites(
    entry: Entry, cites: Cites, cells: int, known: Mapping[str, str], *, missing: bool
) -> Iterator[Block]:
    name = f"→ {known.get(cites.cited, cites.cited)}{' ?' if cites.inferred else ''}"
    name += f" {cites.label}" if cites.label else " text" if cites.source == "text" else ""
    name += " ✗" if missing else ""
    if not cites.sentences:
        said = where_alone(cites) if entry.read else "…" if not entry.unreadable else ""
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
    first, *others = _wrapped(f"{before}{said.text}", "note", cells, _MOST_LINES)
    # What it cites and where is told from what it says.
    words = first[0][0]
    at = _INDENT + len(before.rstrip())
    lines = (((words[:at], ""), (words[at:], "note")), *others)
    return Block(lines, entry.canonical_id, said.paragraph)


def _wrapped(text: str, look: str, cells: int, most: int) -> tuple[Line, ...]:
    """At most so many lines, a step to the right; the last one is cut where there is more."""
    text = clean_line(text)
    room = max(cells - _INDENT, 1)
    spans = wrap(text, room) if text else []
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = crop(text[spans[most - 1][0] :], room)
    return tuple(((f"{' ' * _INDENT}{line}", look),) for line in lines)


_INDENT = 4

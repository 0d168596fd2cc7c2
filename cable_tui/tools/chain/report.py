"""The chain of a cable: the cables linked to it by citations, as one dated story; its page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from cable_tui.base.cable import class_with_fouo
from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.base.value import Value, replace
from cable_tui.reports.report import Look, Option, PageKey, Pieces, Report, RowKey, Rows
from cable_tui.session.effects import copy_link, numbered_menu
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import LeaveFor, OpenPage, Say, SearchFromPage
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Landing
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text import clean_line, crop, printable, width, wrap
from cable_tui.text.numbers import counted
from cable_tui.tools.chain import story as chain_story
from cable_tui.tools.chain.formats import where_alone
from cable_tui.tools.chain.room import (
    BeginChain,
    BookmarkEntries,
    CopyEntries,
    ExportChain,
    SelectEntry,
)
from cable_tui.tools.chain.story import Chain, ChainEntry, Cites, Unnamed, citing, names, when
from cable_tui.tools.protection import answers


class Ask(Value):
    """A cable, and the number of citation steps; 0 takes as many as are readable."""

    start: int
    depth: int = 0


def _open(_: Page, line: ChainLine) -> Action:
    """Open the cable at the citing paragraph; for a missing one, offer what can be done."""
    if line.id is not None:
        return LeaveFor(line.id, Landing(paragraph=line.paragraph))
    name = line.canonical_id
    search_citing = SearchFromPage(f"cites:{name} sort:created")
    return numbered_menu(
        f"{name} is not in this archive",
        (
            ("list its citing cables", "", search_citing),
            ("copy its link", "", copy_link(name)),
        ),
    )


def _list(page: Page) -> Action | None:
    """Make the chain a query, so that it can be read, changed and left again."""
    chain: Chain | None = page.answer
    return SearchFromPage(f"chain:{chain.start} sort:created") if chain else None


def _step(by: int) -> Callable[[Page], Action | None]:
    def does(page: Page) -> Action | None:
        chain: Chain | None = page.answer
        if chain is None:
            return None
        if by > 0 and not chain.beyond:
            more_note = (
                "More cables are linked than a chain can show."
                if chain.cut
                else "No more cables are linked."
            )
            return Say(more_note)
        if chain.depth + by < 1:
            return Say("A chain needs at least one step.")
        return OpenPage(page.of, replace(page.ask, depth=chain.depth + by))

    return does


class ChainReport(Report[ChainEntry]):
    """An entry for each cable, in lines: the cable, its citations, and their sentences."""

    name = "chain"
    ask = Ask
    options = (
        Option("start", "the cable to start from", is_cable=True),
        Option("depth", "steps of citation"),
    )
    keys = (
        RowKey("enter", "opens", _open),
        RowKey("m", "selects", lambda _, line: SelectEntry(line.canonical_id, line.id), groups=1),
        RowKey("y", "copies", lambda _, line: CopyEntries(line.canonical_id)),
        RowKey("b", "bookmarks", lambda _, line: BookmarkEntries(line.canonical_id)),
    )
    page_keys = (
        PageKey("greater_than_sign", "further", _step(1)),
        PageKey("less_than_sign", "less", _step(-1)),
        PageKey("E", "export", lambda _: ExportChain()),
        PageKey("L", "lists", _list),
    )
    rows_name, row_name = "entries", "entry"
    counts = laid = follows_index = True

    def read(self, look: Look) -> Iterator[Rows[ChainEntry]]:
        """Yield the cables at once, then their sentences as they are read."""
        from cable_tui.tools.chain import citations as chain  # it needs formats and the grammar

        rows = look.archive.rows([look.ask.start])
        if not rows:
            raise NotFoundError("this cable is no longer in the archive")
        citation_chain = chain.chain(look.archive, rows[0].canonical_id, look.ask.depth or None)
        if look.known is not None:
            citation_chain = chain_story.with_texts_of(citation_chain, look.known)
        look.total = len(citation_chain.cables)
        look.read = sum(cable.read or bool(cable.unreadable) for cable in citation_chain.cables)
        yield Rows(citation_chain.entries, whole=True, answer=citation_chain)
        known_answers = answers.read(answers.file_beside(look.library))
        for next_chain in chain.read_sentences(
            look.archive, citation_chain, look.ways, look.cancelled, known_answers
        ):
            chain_so_far = chain_story.with_doubts(next_chain)
            look.count()
            yield Rows(chain_so_far.entries, whole=True, answer=chain_so_far)

    def begin(self, session: Session, how: str) -> Action:
        """Start from the cable that is open or under the cursor, if any cable is linked to it."""
        if session.cable_here is None:
            raise UsageError("Open or select a cable to start a chain from.")
        return BeginChain(session.cable_here)

    def title(self, page: Page) -> str:
        """Return `Chain of 09ZENDA7`."""
        return f"Chain of {page.answer.start}" if page.answer else "Chain"

    def head(self, page: Page) -> str:
        """Return a line with the size of the chain."""
        return summary_line(page.answer) if page.answer else "Reading the chain ..."

    def lines(self, page: Page, rows: Sequence[ChainEntry], cells: int) -> Sequence[ChainLine]:
        """Return each entry in its lines."""
        selected_ids, marks = page.signs or ((), ())
        signs = Signs(frozenset(selected_ids), frozenset(canonical_id for canonical_id, _ in marks))
        return chain_lines(page.answer, rows, cells, signs) if page.answer else ()

    def first(self, page: Page, lines: Sequence[ChainLine]) -> int:
        """Return the index of the line of the cable that it begins at."""
        start = page.answer.start if page.answer else ""
        return next((index for index, line in enumerate(lines) if line.canonical_id == start), 0)

    def same(self, row: Any) -> Hashable:
        """Return the key: the cable and its line."""
        return row.canonical_id, row.part

    def group(self, row: Any) -> Hashable:
        """Return the cable."""
        return str(row.entry)

    def can_stop(self, row: Any) -> bool:
        """Return whether something can be opened there."""
        return bool(row.canonical_id)

    def pieces(self, row: Any, cells: int) -> Pieces:
        """Return the pieces from the layout."""
        return [(printable(text), look) for text, look in row.pieces]

    def text_of(self, row: ChainEntry) -> str:
        """Return its id, post, subject and sentences."""
        texts = (sentence.text for cites in row.cites for sentence in cites.sentences)
        return " ".join((row.canonical_id, row.origin, row.subject, *texts))


Line = tuple[tuple[str, str], ...]
"""Texts with their looks, as in `Pieces`."""
_MOST_LINES = 4
"""The most lines of a sentence."""
_MOST_SENTENCES = 3
"""The most sentences of one cable on another that are shown; the files have all."""
_SELECTED, _BOOKMARKED, _START = "●", "★", "▶"
_NOT_HERE = "  not in this archive"
_INDENT = 4
"""Cells before the lines below the first one of an entry."""


class _Block(Value):
    """Lines that belong together: a cable, a sentence, or something without a cable to open."""

    lines: tuple[Line, ...]
    canonical_id: str = ""
    """The cable that Enter opens; empty for lines that the cursor skips."""
    paragraph: str | None = None


class Signs(Value):
    """The cables of a chain that are selected in the room."""

    marked: frozenset[int] = frozenset()
    """Cables by their ids in the archive."""
    bookmarked: frozenset[str] = frozenset()
    """Canonical ids of the bookmarked cables."""


class ChainLine(NamedTuple):
    """A line of the page."""

    pieces: Line
    entry: str
    """The cable whose entry it is in, by its canonical id."""
    canonical_id: str = ""
    """The same at a stop of the cursor; else empty."""
    id: int | None = None
    """The id of that cable in the archive; None for a hole."""
    paragraph: str | None = None
    part: int = 0
    """The index of the line in its entry."""


def chain_lines(
    chain: Chain, entries: Iterable[ChainEntry], cells: int, signs: Signs
) -> Sequence[ChainLine]:
    """Return some entries of a chain in lines of this width.

    The cursor stops once in each block.
    """
    names_by_id, holes = names(chain), frozenset(hole.canonical_id for hole in chain.holes)
    lines: list[ChainLine] = []
    for entry in entries:
        name = entry.canonical_id
        signs_of_row = (
            f"{_SELECTED if entry.id in signs.marked else ' '}"
            f"{_BOOKMARKED if name in signs.bookmarked else ' '}"
            f"{_START if name == chain.start else ' '} "
        )
        numbers = count()
        for block in _entry(entry, max(cells, 1), signs_of_row, names_by_id, holes):
            stops = [block.canonical_id] + [""] * len(block.lines)
            lines += (
                ChainLine(line, name, line_stop, entry.id, block.paragraph, next(numbers))
                for line, line_stop in zip(block.lines, stops, strict=False)
            )
    return lines


def summary_line(chain: Chain) -> str:
    """Return the size of the chain, and what one more step would add, as short as possible."""
    days = [cable.created[:10] for cable in chain.cables if cable.created]
    parts = [counted(len(chain.cables), "cable")]
    if days:
        parts[0] += f", {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else "")
    if chain.holes:
        parts.append(f"{len(chain.holes):,} missing")
    parts.append(counted(chain.depth, "step"))
    if chain.beyond:
        parts.append(f"> adds {chain.beyond:,} more")
    elif chain.partial:
        parts.append("still indexing: more may be linked")
    elif chain.cut:
        parts.append("only the nearest")
    else:
        parts.append("no more cables are linked" if len(chain.entries) > 1 else "no linked cables")
    return " · ".join(parts)


def _entry(
    entry: ChainEntry, cells: int, mark: str, known: Mapping[str, str], holes: Collection[str]
) -> Iterator[_Block]:
    name = known[entry.canonical_id]
    if entry.here:
        # Under 60 cells the post gives way: the id names it.
        facts = f"  {clean_line(entry.origin)}" if cells >= 60 else ""
        ends = clean_line(class_with_fouo(entry.classification))
        cells_left = max(cells - width(mark) - 11 - width(name) - width(ends) - 1, 0)
        facts = crop(facts, cells_left)
        gap = " " * (cells_left - width(facts) + 1)
        first_line: Line = (
            (mark, "word"),
            (f"{when(entry):10} ", "place"),
            (clean_line(name), "strong"),
            (f"{facts}{gap}{ends}", "dim"),
        )
        subject = entry.subject or ("(no subject)" if entry.read else "…")
        lines = (first_line, *_wrapped(subject, "", cells, 2))
        yield _Block(lines, entry.canonical_id, entry.paragraph)
    else:
        first_line = (
            (mark, "word"),
            ("✗ ", "missing"),
            (clean_line(name), "strong"),
            (_NOT_HERE, "missing"),
        )
        lines = (first_line, *_wrapped(when(entry), "dim", cells, 2))
        yield _Block(lines, entry.canonical_id)
    for cites in entry.cites:
        yield from _cites(entry, cites, cells, known, missing=cites.cited in holes)
    for unnamed in entry.unnamed:
        yield _unnamed(entry, unnamed, cells)
    if citing_names := citing(entry, known):
        yield _Block(_wrapped(f"← {citing_names}", "dim", cells, 2))
    if entry.unreadable:
        yield _Block(_wrapped(f"! {entry.unreadable}", "missing", cells, 2))
    yield _Block((((("", "dim")),),))


def _cites(
    entry: ChainEntry, cites: Cites, cells: int, known: Mapping[str, str], *, missing: bool
) -> Iterator[_Block]:
    name = f"→ {known.get(cites.cited, cites.cited)}{' ?' if cites.inferred else ''}"
    name += f" {cites.label}" if cites.label else " text" if cites.source == "text" else ""
    name += " ✗" if missing else ""
    if not cites.sentences:
        where_cited = where_alone(cites) if entry.read else "…" if not entry.unreadable else ""
        yield _sentence_block(entry, f"{name}  ", Sentence(None, where_cited), cells)
        return
    shown_sentences = cites.sentences[:_MOST_SENTENCES]
    for index, sentence in enumerate(shown_sentences):
        more = (
            len(cites.sentences) - len(shown_sentences) if index == len(shown_sentences) - 1 else 0
        )
        place = f"¶{sentence.paragraph} " if sentence.paragraph else ""
        text = f"{sentence.text} (and {counted(more, 'sentence')} more)" if more else sentence.text
        text_before = f"{name}  {place}" if not index else f"  {place}"
        yield _sentence_block(entry, text_before, Sentence(sentence.paragraph, text), cells)


def _unnamed(entry: ChainEntry, unnamed: Unnamed, cells: int) -> _Block:
    place = f"¶{unnamed.paragraph} " if unnamed.paragraph else ""
    return _sentence_block(entry, f"… {place}", Sentence(unnamed.paragraph, unnamed.text), cells)


def _sentence_block(entry: ChainEntry, before: str, sentence: Sentence, cells: int) -> _Block:
    first_line, *other_lines = _wrapped(f"{before}{sentence.text}", "note", cells, _MOST_LINES)
    # What it cites and where looks different from what it says.
    words = first_line[0][0]
    start = _INDENT + len(before.rstrip())
    lines = (((words[:start], ""), (words[start:], "note")), *other_lines)
    return _Block(lines, entry.canonical_id, sentence.paragraph)


def _wrapped(text: str, look: str, cells: int, most: int) -> tuple[Line, ...]:
    """Return at most `most` lines, indented by a step; the last one is cut if there is more."""
    text = clean_line(text)
    cells_left = max(cells - _INDENT, 1)
    spans = wrap(text, cells_left) if text else []
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = crop(text[spans[most - 1][0] :], cells_left)
    return tuple(((f"{' ' * _INDENT}{line}", look),) for line in lines)


REPORT = ChainReport()

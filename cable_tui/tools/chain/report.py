"""The chain of a cable as a report: the cables linked by citations, in chronological order."""

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
from cable_tui.tools.chain.formats import ChainAnswer, chain_answer, where_alone
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
    """A cable, and the number of citation steps; 0 means as many as remain readable."""

    start: int
    depth: int = 0


def _open(_: Page, line: ChainLine) -> Action:
    """Open the cable at the citing paragraph; for a missing cable, offer the possible actions."""
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
    """Turn the chain into a query that can be read, changed and left again."""
    chain: Chain | None = page.answer
    return SearchFromPage(f"chain:{chain.start} sort:created") if chain else None


def _step(step_change: int) -> Callable[[Page], Action | None]:
    def does(page: Page) -> Action | None:
        chain: Chain | None = page.answer
        if chain is None:
            return None
        if step_change > 0 and not chain.beyond:
            end_note = (
                "More cables are linked than a chain can show."
                if chain.cut
                else "No more cables are linked."
            )
            return Say(end_note)
        if chain.depth + step_change < 1:
            return Say("A chain needs at least one step.")
        return OpenPage(page.of, replace(page.ask, depth=chain.depth + step_change))

    return does


class ChainReport(Report[ChainEntry]):
    """A report with an entry for each cable: the cable, its citations, and their sentences."""

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
        """Yield the cables at once, then the chain after each cable whose sentences were read."""
        from cable_tui.tools.chain import citations as chain  # it needs formats and the grammar

        start_rows = look.archive.rows([look.ask.start])
        if not start_rows:
            raise NotFoundError("this cable is no longer in the archive")
        citation_chain = chain.chain(
            look.archive, start_rows[0].canonical_id, look.ask.depth or None
        )
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

    def whole_json(self, ask: Ask, answer: Chain, rows: Iterable[ChainEntry]) -> ChainAnswer:
        """Return the chain without the sentences that ask to protect a source."""
        return chain_answer(chain_story.without_protected(answer)[0])

    def begin(self, session: Session, how: str) -> Action:
        """Start from the open or selected cable, if any cable is linked to it."""
        if session.cable_here is None:
            raise UsageError("Open or select the cable where the chain should start.")
        return BeginChain(session.cable_here)

    def title(self, page: Page) -> str:
        """Return a title such as `Chain of 09ZENDA7`."""
        return f"Chain of {page.answer.start}" if page.answer else "Chain"

    def head(self, page: Page, cells: int) -> str:
        """Return a line with the size of the chain."""
        return summary_line(page.answer) if page.answer else "Reading the chain ..."

    def lines(self, page: Page, rows: Sequence[ChainEntry], cells: int) -> Sequence[ChainLine]:
        """Return the lines of each entry."""
        selected_ids, bookmarks = page.signs or ((), ())
        row_markers = Signs(
            frozenset(selected_ids), frozenset(canonical_id for canonical_id, _ in bookmarks)
        )
        return chain_lines(page.answer, rows, cells, row_markers) if page.answer else ()

    def first(self, page: Page, lines: Sequence[ChainLine]) -> int:
        """Return the index of the line of the cable at which the chain starts."""
        start_id = page.answer.start if page.answer else ""
        return next((index for index, line in enumerate(lines) if line.canonical_id == start_id), 0)

    def same(self, row: Any) -> Hashable:
        """Return the key of a line: its cable, and the index in the entry."""
        return row.canonical_id, row.part

    def group(self, row: Any) -> Hashable:
        """Return the cable of an entry's lines."""
        return str(row.entry)

    def can_stop(self, row: Any) -> bool:
        """Return whether the line belongs to a cable that can be opened."""
        return bool(row.canonical_id)

    def pieces(self, row: Any, cells: int) -> Pieces:
        """Return the styled pieces from the layout."""
        return [(printable(text), style) for text, style in row.pieces]

    def text_of(self, row: ChainEntry) -> str:
        """Return the searchable text: the ID, post, subject and sentences."""
        sentence_texts = (sentence.text for cites in row.cites for sentence in cites.sentences)
        return " ".join((row.canonical_id, row.origin, row.subject, *sentence_texts))


Line = tuple[tuple[str, str], ...]
"""Texts with their styles, as in `Pieces`."""
_MOST_LINES = 4
"""The maximum number of lines per sentence."""
_MOST_SENTENCES = 3
"""The maximum number of sentences shown for each citation; files contain all of them."""
_SELECTED, _BOOKMARKED, _START = "●", "★", "▶"
_NOT_HERE = "  not in this archive"
_INDENT = 4
"""The indentation, in cells, of all lines of an entry except the first."""


class _Block(Value):
    """Lines that belong together: a cable, a sentence, or text without a cable to open."""

    lines: tuple[Line, ...]
    canonical_id: str = ""
    """The cable that Enter opens, or an empty string for lines that the cursor skips."""
    paragraph: str | None = None


class Signs(Value):
    """The cables of a chain that are selected or bookmarked in the room."""

    marked: frozenset[int] = frozenset()
    """The selected cables, keyed by their IDs in the archive."""
    bookmarked: frozenset[str] = frozenset()
    """The canonical IDs of the bookmarked cables."""


class ChainLine(NamedTuple):
    """A line of the page."""

    pieces: Line
    entry: str
    """The canonical ID of the cable to whose entry the line belongs."""
    canonical_id: str = ""
    """The same ID if the cursor stops at the line, else an empty string."""
    id: int | None = None
    """The ID of the cable in the archive, or None if it is missing."""
    paragraph: str | None = None
    part: int = 0
    """The index of the line in its entry."""


def chain_lines(
    chain: Chain, entries: Iterable[ChainEntry], cells: int, signs: Signs
) -> Sequence[ChainLine]:
    """Return the lines for the given entries of a chain, `cells` wide.

    The cursor stops once in each block.
    """
    names_by_id, missing_ids = names(chain), frozenset(hole.canonical_id for hole in chain.holes)
    page_lines: list[ChainLine] = []
    for entry in entries:
        canonical_id = entry.canonical_id
        marker_text = (
            f"{_SELECTED if entry.id in signs.marked else ' '}"
            f"{_BOOKMARKED if canonical_id in signs.bookmarked else ' '}"
            f"{_START if canonical_id == chain.start else ' '} "
        )
        line_numbers = count()
        for block in _entry(entry, max(cells, 1), marker_text, names_by_id, missing_ids):
            line_ids = [block.canonical_id] + [""] * len(block.lines)
            page_lines += (
                ChainLine(
                    block_line, canonical_id, line_id, entry.id, block.paragraph, next(line_numbers)
                )
                for block_line, line_id in zip(block.lines, line_ids, strict=False)
            )
    return page_lines


def summary_line(chain: Chain) -> str:
    """Return a short summary of the chain's size, and of what one more step would add."""
    sent_days = [cable.created[:10] for cable in chain.cables if cable.created]
    summary_parts = [counted(len(chain.cables), "cable")]
    if sent_days:
        summary_parts[0] += f", {sent_days[0]}" + (
            f" to {sent_days[-1]}" if sent_days[-1] != sent_days[0] else ""
        )
    if chain.holes:
        summary_parts.append(f"{len(chain.holes):,} missing")
    summary_parts.append(counted(chain.depth, "step"))
    if chain.beyond:
        summary_parts.append(f"> adds {chain.beyond:,} more")
    elif chain.partial:
        summary_parts.append("still indexing: more may be linked")
    elif chain.cut:
        summary_parts.append("only the nearest")
    else:
        summary_parts.append(
            "no more cables are linked" if len(chain.entries) > 1 else "no linked cables"
        )
    return " · ".join(summary_parts)


def _entry(
    entry: ChainEntry,
    cells: int,
    markers: str,
    names_by_id: Mapping[str, str],
    missing_ids: Collection[str],
) -> Iterator[_Block]:
    cable_name = names_by_id[entry.canonical_id]
    if entry.here:
        # Under 60 cells the post gives way: the id names it.
        post_text = f"  {clean_line(entry.origin)}" if cells >= 60 else ""
        classification_text = clean_line(class_with_fouo(entry.classification))
        cells_left = max(
            cells - width(markers) - 11 - width(cable_name) - width(classification_text) - 1, 0
        )
        post_text = crop(post_text, cells_left)
        padding = " " * (cells_left - width(post_text) + 1)
        first_line: Line = (
            (markers, "word"),
            (f"{when(entry):10} ", "place"),
            (clean_line(cable_name), "strong"),
            (f"{post_text}{padding}{classification_text}", "dim"),
        )
        subject = entry.subject or ("(no subject)" if entry.read else "…")
        block_lines = (first_line, *_wrapped(subject, "", cells, 2))
        yield _Block(block_lines, entry.canonical_id, entry.paragraph)
    else:
        first_line = (
            (markers, "word"),
            ("✗ ", "missing"),
            (clean_line(cable_name), "strong"),
            (_NOT_HERE, "missing"),
        )
        block_lines = (first_line, *_wrapped(when(entry), "dim", cells, 2))
        yield _Block(block_lines, entry.canonical_id)
    for citation in entry.cites:
        yield from _cites(
            entry, citation, cells, names_by_id, missing=citation.cited in missing_ids
        )
    for unnamed_reference in entry.unnamed:
        yield _unnamed(entry, unnamed_reference, cells)
    if citing_names := citing(entry, names_by_id):
        yield _Block(_wrapped(f"← {citing_names}", "dim", cells, 2))
    if entry.unreadable:
        yield _Block(_wrapped(f"! {entry.unreadable}", "missing", cells, 2))
    yield _Block((((("", "dim")),),))


def _cites(
    entry: ChainEntry, citation: Cites, cells: int, names_by_id: Mapping[str, str], *, missing: bool
) -> Iterator[_Block]:
    arrow_and_name = (
        f"→ {names_by_id.get(citation.cited, citation.cited)}{' ?' if citation.inferred else ''}"
    )
    arrow_and_name += (
        f" {citation.label}" if citation.label else " text" if citation.source == "text" else ""
    )
    arrow_and_name += " ✗" if missing else ""
    if not citation.sentences:
        where_cited = where_alone(citation) if entry.read else "…" if not entry.unreadable else ""
        yield _sentence_block(entry, f"{arrow_and_name}  ", Sentence(None, where_cited), cells)
        return
    shown_sentences = citation.sentences[:_MOST_SENTENCES]
    for index, sentence in enumerate(shown_sentences):
        more_count = (
            len(citation.sentences) - len(shown_sentences)
            if index == len(shown_sentences) - 1
            else 0
        )
        paragraph_words = f"¶{sentence.paragraph} " if sentence.paragraph else ""
        sentence_text = (
            f"{sentence.text} (and {counted(more_count, 'sentence')} more)"
            if more_count
            else sentence.text
        )
        line_start = f"{arrow_and_name}  {paragraph_words}" if not index else f"  {paragraph_words}"
        yield _sentence_block(entry, line_start, Sentence(sentence.paragraph, sentence_text), cells)


def _unnamed(entry: ChainEntry, unnamed: Unnamed, cells: int) -> _Block:
    paragraph_words = f"¶{unnamed.paragraph} " if unnamed.paragraph else ""
    return _sentence_block(
        entry, f"… {paragraph_words}", Sentence(unnamed.paragraph, unnamed.text), cells
    )


def _sentence_block(entry: ChainEntry, introduction: str, sentence: Sentence, cells: int) -> _Block:
    first_line, *other_lines = _wrapped(
        f"{introduction}{sentence.text}", "note", cells, _MOST_LINES
    )
    # What it cites and where looks different from what it says.
    first_text = first_line[0][0]
    sentence_start = _INDENT + len(introduction.rstrip())
    block_lines = (
        ((first_text[:sentence_start], ""), (first_text[sentence_start:], "note")),
        *other_lines,
    )
    return _Block(block_lines, entry.canonical_id, sentence.paragraph)


def _wrapped(text: str, style: str, cells: int, most_lines: int) -> tuple[Line, ...]:
    """Return at most `most_lines` indented lines.

    If the text is longer, the last line is shortened.
    """
    text = clean_line(text)
    cells_left = max(cells - _INDENT, 1)
    line_spans = wrap(text, cells_left) if text else []
    line_texts = [text[start:end] for start, end in line_spans[:most_lines]]
    if len(line_spans) > most_lines:
        line_texts[-1] = crop(text[line_spans[most_lines - 1][0] :], cells_left)
    return tuple(((f"{' ' * _INDENT}{line}", style),) for line in line_texts)


REPORT = ChainReport()

"""The query of a command line: parsing its words, and messages about its answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.catalogue.passes import Pass
from cable_tui.base.errors import UsageError
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value
from cable_tui.cli.shared.command_context import CommandContext, say
from cable_tui.cli.shared.options import refusal
from cable_tui.query import SORTS, Complaint, Query, parse, sort_key
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.base.cable import Source
    from cable_tui.query.answers import CableRow, Hits

Searched = Callable[[CommandContext, "Archive", str, "Hits"], None]
"""Looks at an answered query of a command, whose name is the third argument."""


class FoundHit(Value):
    """One cable that a query found."""

    row: CableRow
    score: float | None
    """The score; None unless the hits are sorted by relevance."""
    passage: FoundPassage | None
    """The best passage; None if the query has no words, or the cable's file is gone."""
    copies: tuple[str, ...] | None = None
    """Reference IDs of the near-copies in its row; None if near-copies are not folded."""
    record: Source | None = None
    """The record that has the words of the query, if the shown one does not have them."""


def query_of(words: Sequence[str]) -> Query:
    """Return the query of some words. Raises `UsageError` with a caret under the fault."""
    text = clean_line(" ".join(words))
    query = parse(text)
    _refuse(text, query.complaints)
    return query


def refuse_unknown(hits: Hits) -> None:
    """Raise `UsageError` if a query names a list or a saved search that does not exist."""
    _refuse(str(hits.query), hits.complaints)


def _refuse(text: str, complaints: Sequence[Complaint]) -> None:
    if complaints:
        first = next((complaint for complaint in complaints if complaint.refuses), complaints[0])
        where_in_query = "" if first.refuses else f"\n  {text}\n  {' ' * first.column}^"
        raise UsageError(f"{first.reason}{where_in_query}")


def say_how_answered(hits: Hits) -> None:
    """Print on stderr which words the answer is for, and whether it is complete.

    Every command that answers a query calls it, so that a replaced word does not go unnoticed.
    """
    for line in remarks_of(hits):
        say(line)
    if hits.partial:
        say("partial: not every cable's text is indexed yet")


def remarks_of(hits: Hits, *, other_forms: bool = True) -> Iterator[str]:
    """Yield a line for each correction of the query, each suggestion and each absent part."""
    if hits.named is not None:
        yield hits.named.sentence(hits.count)
    yield from hits.query.remarks
    yield from hits.query.advice
    for correction in hits.corrections:
        words_used = ", ".join(f"{word} ({count:,})" for word, count in correction.used)
        yield (
            f'no "{correction.word}"; searched for {words_used}'
            if words_used
            else f'no "{correction.word}"'
        )
    others = list(
        dict.fromkeys(f"{form} ({count:,})" for word in hits.also for form, count in word.also)
    )
    if others and other_forms:
        yield f"searched for {', '.join(others)} too; =word searches for a word alone"
    for offer in hits.offers:
        other_spellings = ", ".join(f"{word} {count:,}" for word, count in offer.also)
        yield f"{offer.word} {offer.count:,} · {'also' if offer.count else 'but'} {other_spellings}"
    yield from (absence.sentence for absence in hits.absent)


def sort_of(name: str) -> str:
    """Return a key of `--sort`, for argparse."""
    key = sort_key(name)
    if key is None:
        raise argparse.ArgumentTypeError(refusal(name, SORTS))
    return key


def needs_of(query: Query) -> tuple[Pass, ...]:
    """Return the passes whose results answer this query; subjects always need the grammar."""
    saved = any(term.facet in ("query", "person") for term in query.filters)  # may ask for words
    return ("facts", "grammar", "text") if query.has_words or saved else ("facts", "grammar")


def say_and_log(context: CommandContext, archive: Archive, way: str, hits: Hits) -> None:
    """Refuse an answer to missing names; else print how it was found, and tell the tools."""
    refuse_unknown(hits)
    say_how_answered(hits)
    log_search(context, archive, way, hits)


def log_search(context: CommandContext, archive: Archive, way: str, hits: Hits) -> None:
    """Tell the tools that look on what was searched for; `way` is the command."""
    for tool in tools():
        for name in tool.searched:
            tell: Searched = load(name)
            tell(context, archive, way, hits)

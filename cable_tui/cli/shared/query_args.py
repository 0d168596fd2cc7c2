"""The query of a command line: parse its words, and print messages about its answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.catalogue.passes import Pass
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value
from cable_tui.cli.shared.command_context import CommandContext, say
from cable_tui.query import SORTS, Query, sort_key
from cable_tui.query.checked_query import checked_query, refuse_faults
from cable_tui.text.choices import refusal

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.base.cable import Source
    from cable_tui.cli.shared.kept_hits import KeptHit
    from cable_tui.query.answers import CableRow, Hits

Searched = Callable[[CommandContext, "Archive", str, "Hits"], None]
"""A function that receives each answered query and the name of its command."""


class FoundHit(Value):
    """One cable that a query found."""

    row: CableRow
    score: float | None
    """The relevance score, or None unless the hits are sorted by relevance."""
    passage: FoundPassage | None
    """The best passage, or None if the query has no words or the cable's file is missing."""
    copies: tuple[str, ...] | None = None
    """The reference IDs of the near-duplicates folded into the hit, or None if they are not folded.
    """
    record: Source | None = None
    """The record that contains the words in the query, if the displayed record does not."""
    kept: KeptHit | None = None
    """The places for which an option of a tool keeps the hit, if there is such an option."""


def query_of(words: Sequence[str]) -> Query:
    """Return the query in the given words. Raises `UsageError` with a caret below the error."""
    return checked_query(" ".join(words))


def refuse_unknown(hits: Hits) -> None:
    """Raise `UsageError` if a query contains a list or saved search that does not exist."""
    refuse_faults(str(hits.query), hits.complaints)


def say_how_answered(hits: Hits) -> None:
    """Print on stderr which words were searched for, and whether the answer is complete.

    Every command that answers a query calls this function, so replaced words do not go unnoticed.
    """
    for line in remarks_of(hits):
        say(line)
    if hits.partial:
        say("partial: not every cable's text is indexed yet")


def remarks_of(hits: Hits, *, other_forms: bool = True) -> Iterator[str]:
    """Yield a line for each correction, suggestion and unmatched part of the query."""
    yield from hits.remarks
    yield from hits.query.advice
    for correction in hits.corrections:
        words_used = ", ".join(f"{word} ({count:,})" for word, count in correction.used)
        yield (
            f'no "{correction.word}"; searched for {words_used}'
            if words_used
            else f'no "{correction.word}"'
        )
    other_word_forms = list(
        dict.fromkeys(f"{form} ({count:,})" for word in hits.also for form, count in word.also)
    )
    if other_word_forms and other_forms:
        yield f"also searched for {', '.join(other_word_forms)}; =word searches for this word only"
    for offer in hits.offers:
        other_spellings = ", ".join(f"{word} {count:,}" for word, count in offer.also)
        yield f"{offer.word} {offer.count:,} · {'also' if offer.count else 'but'} {other_spellings}"
    yield from (absence.sentence for absence in hits.absent)


def sort_of(name: str) -> str:
    """Return the sort key for a value of `--sort`, for argparse."""
    key_of_sort = sort_key(name)
    if key_of_sort is None:
        raise argparse.ArgumentTypeError(refusal(name, SORTS))
    return key_of_sort


def needs_of(query: Query) -> tuple[Pass, ...]:
    """Return the passes that a query needs. Subjects always need the grammar pass."""
    may_add_words = any(
        term.facet in ("query", "person") for term in query.filters
    )  # may ask for words
    return (
        ("facts", "grammar", "text") if query.has_words or may_add_words else ("facts", "grammar")
    )


def say_and_log(context: CommandContext, archive: Archive, command_name: str, hits: Hits) -> None:
    """Refuse an answer if names are unknown.

    Otherwise print how it was found, and inform the tools.
    """
    refuse_unknown(hits)
    say_how_answered(hits)
    log_search(context, archive, command_name, hits)


def log_search(context: CommandContext, archive: Archive, command_name: str, hits: Hits) -> None:
    """Inform the tools that watch searches about an answered query from command `command_name`."""
    for tool in tools():
        for function_name in tool.searched:
            tell_tool: Searched = load(function_name)
            tell_tool(context, archive, command_name, hits)

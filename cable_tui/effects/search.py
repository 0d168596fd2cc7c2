"""Handlers that search: hits, counts, completions, spellings, passages, timeline. No Textual."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import TypeVar

from cable_tui import process_memory
from cable_tui.archive.search.jump import FoundJump
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.query import Query, parse
from cable_tui.query.fields import asks_text
from cable_tui.session import effects, feature_state
from cable_tui.session.base import Action
from cable_tui.session.features import (
    index_status,
    passages,
    query_edits,
    results,
    search_bar,
    sidebar,
    timeline,
)
from cable_tui.session.values import Hits, Jump, Summary

FIRST_HITS = 200
"""Rows of a list that are reported before the others."""
_PAUSE = 0.5
"""Seconds between two reports of how many texts were read."""
Found = TypeVar("Found")
Item = TypeVar("Item")
COMPLETIONS = 6
"""Completions under the bar, at most; another letter narrows them."""


@performs(effects.Search)
def _search(services: Services, effect: effects.Search, cancelled: Cancelled) -> Actions:
    """Report the first rows at once, then the whole list, then near words."""
    services.asked = effect.query
    for limit in (None,) if effect.again else (FIRST_HITS, None):
        ask = partial(
            services.archive.search, effect.query, "", limit, cancelled, offering=effect.again
        )
        reads = any(asks_text(term.facet) for term in effect.query.filters)
        answer = (yield from _reading_texts(services, ask)) if reads else ask()
        if cancelled():
            return
        words = (tuple(answer.corrections), tuple(answer.offers), answer.highlights, answer.also)
        copies = services.copy_groups.copies(answer.ids)
        named = () if answer.named is None else (answer.named.sentence(answer.count),)
        remarks = (*named, *answer.query.remarks)
        known = (*words, answer.complaints, remarks, copies)
        hits = Hits(answer.ids, answer.count, answer.partial, *known)
        more = len(answer.ids) < answer.count and limit is not None
        yield results.HitsFound(hits, more)
        if not more:
            break
    if effect.again or cancelled():
        return
    if offers := services.archive.offers(effect.query):
        yield results.SpellingsOffered(tuple(offers))


def _reading_texts(services: Services, ask: Callable[[], Found]) -> Generator[Action, None, Found]:
    """The answer to a question that reads texts; says meanwhile how many it has read."""
    seen = [0, 0]

    def watch(items: Iterable[Item], total: int, /) -> Iterator[Item]:
        for number, item in enumerate(items):
            seen[:] = number, total
            yield item

    services.archive.watch = watch
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(ask)
        while wait((job,), _PAUSE).not_done:
            if seen[1]:
                yield results.TextsRead(*seen)
        return job.result()


@performs(effects.CountFacets)
def _count(services: Services, effect: effects.CountFacets, cancelled: Cancelled) -> Actions:
    counts = services.archive.counts(effect.query, cancelled=cancelled)
    if not cancelled():
        yield results.FacetsCounted(counts)
        process_memory.give_back()


@performs(effects.FindJumps)
def _find_jumps(services: Services, effect: effects.FindJumps, _: Cancelled) -> Actions:
    yield search_bar.JumpsFound(tuple(map(_jump, services.archive.jump(effect.text))))


def _jump(found: FoundJump) -> Jump:
    if found.kind == "cable":
        return Jump(found.label, found.target, found.paragraph, sure=found.sure)
    return Jump(found.label, text=found.target, sure=found.sure)


@performs(results.CountTotals)
def _count_totals(
    services: Services, _effect: results.CountTotals, cancelled: Cancelled
) -> Actions:
    counts = services.archive.counts(Query(), cancelled)
    if not cancelled():
        yield results.TotalsCounted(counts)


@performs(effects.Summarise)
def _summarise(services: Services, _effect: effects.Summarise, _: Cancelled) -> Actions:
    found = services.archive.summary()
    years = (found.first_year or None, found.last_year or None)
    yield index_status.ArchiveSummarised(Summary(found.cables, *years, found.problems))


@performs(passages.ReadPassages)
def _passages(services: Services, effect: passages.ReadPassages, cancelled: Cancelled) -> Actions:
    # The first list on the screen has no words and does not wait for this.
    from cable_tui.archive.search.highlights import Highlights

    if isinstance(effect.highlights, Highlights):
        records = services.records_of(effect.ids)
        found = services.archive.passages(effect.ids, effect.highlights, cancelled, records=records)
        yield passages.PassagesRead(effect.highlights, effect.ids, found)


@performs(timeline.DrawTimeline)
def _timeline(services: Services, effect: timeline.DrawTimeline, cancelled: Cancelled) -> Actions:
    found = services.archive.timeline(effect.query, effect.dates, cancelled)
    yield timeline.TimelineDrawn(found)


@performs(search_bar.FindCompletions)
def _find_completions(
    services: Services, effect: search_bar.FindCompletions, cancelled: Cancelled
) -> Actions:
    found = services.archive.completions(effect.text, len(effect.text))
    jumps = (
        Jump(
            each.label if each.count is None else f"{each.label}  {each.count:,}",
            text=each.text,
            completes=True,
        )
        for each in found[:COMPLETIONS]
    )
    if not cancelled():
        yield search_bar.CompletionsFound(effect.text, tuple(jumps))


@performs(query_edits.FindReasons)
def _find_reasons(
    services: Services, effect: query_edits.FindReasons, cancelled: Cancelled
) -> Actions:
    found = services.archive.reasons(effect.query, cancelled)
    reasons = (feature_state.Reason(each.part, each.without, each.count) for each in found)
    yield query_edits.ReasonsFound(tuple(each for each in reasons if each.count))


@performs(query_edits.FindSpellings)
def _find_spellings(services: Services, effect: query_edits.FindSpellings, _: Cancelled) -> Actions:
    yield query_edits.SpellingsFound(effect.word, services.archive.spellings(effect.word))


@performs(sidebar.CountSaved)
def _count_saved(services: Services, effect: sidebar.CountSaved, cancelled: Cancelled) -> Actions:
    """Report after each search: a slow one does not delay those before it."""
    counts: list[tuple[str, int]] = []
    for name, text in effect.searches:
        if cancelled():
            return
        found = services.archive.search(parse(text), limit=1, cancelled=cancelled)
        counts.append((name, found.count))
        yield sidebar.SavedCounted(tuple(counts))


@performs(sidebar.ReadRecent)
def _read_recent(services: Services, effect: sidebar.ReadRecent, _: Cancelled) -> Actions:
    """Leave out cables that are not in this archive."""
    ids = [services.archive.find(each) for each in effect.canonical_ids]
    rows = services.rows([id_ for id_ in ids if id_ is not None])
    found = [rows[id_] for id_ in ids if id_ in rows]
    yield sidebar.RecentRead(
        tuple((row.canonical_id, row.reference_id, row.subject) for row in found)
    )

"""Which record of a cable has a hit, if that is not the one that is shown otherwise.

The index knows the cables for which only another record matches a query. The texts show which one
it is, and whether a record that the reader has chosen has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from cable_tui.archive.search.highlights import highlights
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.search.text_answers import answers_of
from cable_tui.archive.texts import texts
from cable_tui.query.fields import asks_text
from cable_tui.query.plan import And, Or, Plan, Property, is_text, split
from cable_tui.telegram.pagebreaks import blank_page_lines


def records_of(
    snapshot: Snapshot, plan: Plan, ids: Sequence[int], chosen: Mapping[int, int]
) -> dict[int, int]:
    """Find records with a hit that the shown or `chosen` one lacks. Return numbers by cable."""
    unshown = frozenset(ids) - _by_shown(snapshot, plan, frozenset(ids))
    marked = highlights(plan)
    if not marked or not (unshown or chosen):
        return {}
    every = texts(snapshot, sorted(unshown | chosen.keys()), snapshot.cancelled, further=True)
    also = texts(snapshot, sorted(chosen), snapshot.cancelled, instead=chosen)
    best: dict[int, tuple[int, bool, int]] = {}
    for task, raw in chain.from_iterable(text.records for text in chain(every, also)):
        if task.number == 1 and task.cable in unshown:
            continue
        whole = blank_page_lines(f"{raw.header}\n\n{raw.body}")
        words = {whole[slice(*span)].casefold() for span in marked.spans(whole)}
        spoken = {raw.body[slice(*span)].casefold() for span in marked.spoken_places(raw.body)}
        rank = (len(words) + len(spoken), task.number == chosen.get(task.cable, 1), -task.number)
        best[task.cable] = max(rank, best.get(task.cable, rank))
    return {id_: -number for id_, (_, _, number) in best.items() if -number != chosen.get(id_, 1)}


def _by_shown(snapshot: Snapshot, plan: Plan, ids: frozenset[int]) -> frozenset[int]:
    """Return the cables among some that a plan finds by the shown records alone."""
    if is_text(plan):
        return ids - (snapshot.text.unshown(plan, sorted(ids)) if snapshot.text else frozenset())
    columns = snapshot.columns
    match plan:
        case And():
            words, others = split(plan)
            parts = (words, *others) if words else others
            return ids.intersection(*(_by_shown(snapshot, part, ids) for part in parts))
        case Or(parts):
            these = columns.of_ids(ids)
            of_parts = (
                (part, columns.ids_of(these & rows_of(snapshot, columns, part))) for part in parts
            )
            return frozenset().union(
                *(
                    _by_shown(snapshot, part, frozenset(ids_of_part))
                    for part, ids_of_part in of_parts
                )
            )
        case Property(field) if asks_text(field):
            answers = answers_of(field)
            filed = answers.filed(snapshot, columns, plan)
            these = columns.of_ids(ids)
            further = {*columns.ids_of(these & filed.unshown)}
            if rest := columns.ids_of(these & ~filed.known, newest=False):
                shown = answers.having(snapshot, plan, rest, further=False)
                further.update({*answers.having(snapshot, plan, rest)} - {*shown})
            return ids - further
        case _:
            return ids

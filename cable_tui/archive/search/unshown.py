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
from cable_tui.telegram.reading import Reading


def records_of(
    snapshot: Snapshot, plan: Plan, ids: Sequence[int], chosen: Mapping[int, int]
) -> dict[int, int]:
    """Find records with a hit that the shown or `chosen` one lacks. Return numbers by cable."""
    unshown_ids = frozenset(ids) - _by_shown(snapshot, plan, frozenset(ids))
    plan_highlights = highlights(plan)
    if not plan_highlights or not (unshown_ids or chosen):
        return {}
    unshown_texts = texts(
        snapshot, sorted(unshown_ids | chosen.keys()), snapshot.cancelled, further=True
    )
    chosen_texts = texts(snapshot, sorted(chosen), snapshot.cancelled, instead=chosen)
    best_by_cable: dict[int, tuple[int, bool, int]] = {}
    for task, raw in chain.from_iterable(
        text.records for text in chain(unshown_texts, chosen_texts)
    ):
        if task.number == 1 and task.cable in unshown_ids:
            continue
        whole_text = Reading(f"{raw.header}\n\n{raw.body}").without_page_lines
        words = {whole_text[slice(*span)].casefold() for span in plan_highlights.spans(whole_text)}
        spoken = {
            raw.body[slice(*span)].casefold() for span in plan_highlights.spoken_places(raw.body)
        }
        rank = (len(words) + len(spoken), task.number == chosen.get(task.cable, 1), -task.number)
        best_by_cable[task.cable] = max(rank, best_by_cable.get(task.cable, rank))
    return {
        id_: -record_number
        for id_, (_, _, record_number) in best_by_cable.items()
        if -record_number != chosen.get(id_, 1)
    }


def _by_shown(snapshot: Snapshot, plan: Plan, ids: frozenset[int]) -> frozenset[int]:
    """Return the cables among some that a plan finds by the shown records alone."""
    if is_text(plan):
        return ids - (snapshot.text.unshown(plan, sorted(ids)) if snapshot.text else frozenset())
    columns = snapshot.columns
    match plan:
        case And():
            words, other_parts = split(plan)
            query_parts = (words, *other_parts) if words else other_parts
            return ids.intersection(*(_by_shown(snapshot, part, ids) for part in query_parts))
        case Or(query_parts):
            bits_of_ids = columns.of_ids(ids)
            of_parts = (
                (part, columns.ids_of(bits_of_ids & rows_of(snapshot, columns, part)))
                for part in query_parts
            )
            return frozenset().union(
                *(
                    _by_shown(snapshot, part, frozenset(ids_of_part))
                    for part, ids_of_part in of_parts
                )
            )
        case Property(field) if asks_text(field):
            field_answers = answers_of(field)
            filed_answers = field_answers.filed(snapshot, columns, plan)
            bits_of_ids = columns.of_ids(ids)
            further_ids = {*columns.ids_of(bits_of_ids & filed_answers.unshown)}
            if ids_left := columns.ids_of(bits_of_ids & ~filed_answers.known, newest=False):
                shown_ids = field_answers.having(snapshot, plan, ids_left, further=False)
                further_ids.update({*field_answers.having(snapshot, plan, ids_left)} - {*shown_ids})
            return ids - further_ids
        case _:
            return ids

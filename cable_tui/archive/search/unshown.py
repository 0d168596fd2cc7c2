"""Find the record of a cable that contains a hit, if the default record does not.

The index identifies the cables for which only another record matches a query. The texts show which
record it is, and whether the record that the reader chose contains the hit.
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
    """Return, by cable, the number of a record with a hit that the displayed one lacks."""
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
        matched_words = {
            whole_text[slice(*span)].casefold() for span in plan_highlights.spans(whole_text)
        }
        spoken_words = {
            raw.body[slice(*span)].casefold() for span in plan_highlights.spoken_places(raw.body)
        }
        rank = (
            len(matched_words) + len(spoken_words),
            task.number == chosen.get(task.cable, 1),
            -task.number,
        )
        best_by_cable[task.cable] = max(rank, best_by_cable.get(task.cable, rank))
    return {
        id_: -record_number
        for id_, (_, _, record_number) in best_by_cable.items()
        if -record_number != chosen.get(id_, 1)
    }


def _by_shown(snapshot: Snapshot, plan: Plan, ids: frozenset[int]) -> frozenset[int]:
    """Return the cables in `ids` that match a plan by their displayed records alone."""
    if is_text(plan):
        return ids - (snapshot.text.unshown(plan, sorted(ids)) if snapshot.text else frozenset())
    columns = snapshot.columns
    match plan:
        case And():
            word_plan, other_parts = split(plan)
            plan_parts = (word_plan, *other_parts) if word_plan else other_parts
            return ids.intersection(
                *(_by_shown(snapshot, part_plan, ids) for part_plan in plan_parts)
            )
        case Or(plan_parts):
            bits_of_ids = columns.of_ids(ids)
            ids_by_part = (
                (part_plan, columns.ids_of(bits_of_ids & rows_of(snapshot, columns, part_plan)))
                for part_plan in plan_parts
            )
            return frozenset().union(
                *(
                    _by_shown(snapshot, part_plan, frozenset(ids_of_part))
                    for part_plan, ids_of_part in ids_by_part
                )
            )
        case Property(field) if asks_text(field):
            field_answers = answers_of(field)
            filed_answers = field_answers.filed(snapshot, columns, plan)
            bits_of_ids = columns.of_ids(ids)
            further_ids = {*columns.ids_of(bits_of_ids & filed_answers.unshown)}
            if unfiled_ids := columns.ids_of(bits_of_ids & ~filed_answers.known, newest=False):
                shown_ids = field_answers.having(snapshot, plan, unfiled_ids, further=False)
                further_ids.update(
                    {*field_answers.having(snapshot, plan, unfiled_ids)} - {*shown_ids}
                )
            return ids - further_ids
        case _:
            return ids

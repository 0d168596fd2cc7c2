"""Find the cables in which the author comments on a word, or a source says it.

The index of sentences answers this. It may be missing, and it does not cover cables added or
changed since it was built: the text index finds which of those cables contain the words. Their
files are read, and the rules of `spans` are applied, which returns the same answer. This takes
about a second of CPU time for 1,500 texts; it can be stopped, and the answer is cached.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from cable_tui.archive.columns.columns import FacetColumns
from cable_tui.archive.search.snapshot import Snapshot, Stopped
from cable_tui.archive.search.text_answers import Filed, filed_sentences
from cable_tui.archive.texts import texts
from cable_tui.base.cable import Span
from cable_tui.query.plan import And, AnyWord, Or, Plan, Property, WordPrefix
from cable_tui.tools.voices import spans

_COMMENTED = ("comment", "comments", "note", "notes", "bio", "bios", "biographic", "biographical")
"""Words of which every cable with a comment contains at least one."""


def filed(snapshot: Snapshot, columns: FacetColumns, plan: Property) -> Filed:
    """Return the answer from the index of sentences; empty if it is missing or damaged."""
    words = _words(plan, plan.field)
    return snapshot.cached(("voices", plan), lambda: filed_sentences(snapshot, columns, words))


def candidates(plan: Property) -> Plan:
    """Return the plan that finds, in the text index, cables that contain the words anywhere."""
    words = words_anywhere(plan)
    if plan.field == "comment" and isinstance(words, And):
        return And((*words.parts, AnyWord(_COMMENTED, "body")))
    return words


def words_anywhere(plan: Property) -> And | Or:
    """Return the plan that finds the cables that contain the words, whoever says them."""
    return _words(plan, "body")


def _words(plan: Property, field: str) -> And | Or:
    """Return the plan for all words of a question in a field; without words it matches nothing."""
    wanted_words = spans.wanted(plan.wanted)
    parts: list[Plan] = [AnyWord((word,), field) for word in sorted(wanted_words.words)]
    parts += [WordPrefix(beginning, field) for beginning in wanted_words.beginnings]
    return And(tuple(parts)) if parts else Or()


def having(
    snapshot: Snapshot, plan: Property, ids: Sequence[int], *, further: bool = True
) -> array[int]:
    """Return the cables in `ids` that contain the words in such a sentence. Raises `Stopped`.

    A cable whose file has changed or is gone is left out. Without `further`, only the displayed
    records are read.
    """
    wanted_words = spans.wanted(plan.wanted)
    cables = array("I")
    for text in snapshot.watch(texts(snapshot, ids, further=further), len(ids)):
        if snapshot.cancelled():
            raise Stopped
        if any(
            any(spans.spoken(record.raw.body, plan.field, wanted_words)) for record in text.records
        ):
            cables.append(text.task.cable)
    return cables


def places(body: str, plan: Property) -> Iterator[Span]:
    """Yield the comments, or the reporting sentences, in a body that contain the words."""
    return spans.spoken(body, plan.field, spans.wanted(plan.wanted))

"""Who says it: the cables in which the author comments on a word, or a source says it.

The index of voices answers this. It may be missing, and does not know cables added or changed
since: the text index finds those of them that have the words. They are read in the user's files,
and the rules of `telegram.voices` are asked, which gives the same answer. That costs a second of
CPU for some 1,500 texts; it can be stopped, and the answer is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from cable_tui.archive.columns.columns import FacetColumns
from cable_tui.archive.fulltext.schema import VOICES_FOLDER, TextIndexError
from cable_tui.archive.search.snapshot import Snapshot, Stopped
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.texts import texts
from cable_tui.query.plan import And, AnyWord, Or, Plan, Property, WordPrefix
from cable_tui.tools.voices import spans

_COMMENTED = ("comment", "comments", "note", "notes", "bio", "bios", "biographic", "biographical")
"""Every cable with a comment has one of these."""


class FiledVoices(NamedTuple):
    """The answer of the index of voices to a question."""

    found: int = 0
    """The cables that it finds."""
    unshown: int = 0
    """The cables that it finds only in a record that is not shown."""
    known: int = 0
    """The cables whose present texts are in it: it knows nothing of others."""


def filed(snapshot: Snapshot, columns: FacetColumns, plan: Property) -> FiledVoices:
    """Return the answer of the index of voices; it knows nothing if it is missing or damaged."""
    return snapshot.cached(("voices", plan), lambda: _filed(snapshot, columns, plan))


def _filed(snapshot: Snapshot, columns: FacetColumns, plan: Property) -> FiledVoices:
    made = echo_file.load(snapshot.folder)
    if made is None:
        return FiledVoices()
    from cable_tui.tools.voices.index import VoiceIndex  # most questions do not need it

    try:
        index = VoiceIndex(snapshot.folder / VOICES_FOLDER)
        if index.generation != made.voices:
            return FiledVoices()
        with snapshot.reading() as db:
            known = columns.of_ids(made.fresh(db))
        found, unshown = map(columns.of_ids, index.ids(_words(plan, plan.field)))
        return FiledVoices(found & known, unshown & known, known)
    except TextIndexError:  # the next run of the indexer rebuilds it
        return FiledVoices()


def candidates(plan: Property) -> Plan:
    """Return the cables that have the words anywhere, from the text index."""
    words = words_anywhere(plan)
    if plan.field == "comment" and isinstance(words, And):
        return And((*words.parts, AnyWord(_COMMENTED, "body")))
    return words


def words_anywhere(plan: Property) -> And | Or:
    """Return the cables that have the words in their texts, whoever says them."""
    return _words(plan, "body")


def _words(plan: Property, field: str) -> And | Or:
    """Return all words of a question in one field of an index; without words, no cable."""
    asked = spans.wanted(plan.wanted)
    parts: list[Plan] = [AnyWord((word,), field) for word in sorted(asked.words)]
    parts += [WordPrefix(each, field) for each in asked.beginnings]
    return And(tuple(parts)) if parts else Or()


def spoken(
    snapshot: Snapshot, plan: Property, ids: Sequence[int], *, further: bool = True
) -> array[int]:
    """Return those of some cables that have the words in such a sentence. Raises `Stopped`.

    A cable whose file has changed or is gone is not among them. Without `further` only the records
    are read that are shown.
    """
    asked = spans.wanted(plan.wanted)
    found = array("I")
    for text in snapshot.watch(texts(snapshot, ids, further=further), len(ids)):
        if snapshot.cancelled():
            raise Stopped
        if any(any(spans.spoken(each.raw.body, plan.field, asked)) for each in text.records):
            found.append(text.task.cable)
    return found

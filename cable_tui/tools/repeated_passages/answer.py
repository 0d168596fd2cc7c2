"""The output of `echoes --json`: passages that occur in more than one cable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.archive.sentences.echo_file import CopyGroup
from cable_tui.base.cable import Cable
from cable_tui.base.value import Value, picked
from cable_tui.query.answers import CableRow
from cable_tui.text.tally import Tally
from cable_tui.tools.repeated_passages import wording
from cable_tui.tools.repeated_passages.passages import (
    Alike,
    ArchiveEchoes,
    Echoes,
    Recurring,
    RepeatedPassage,
    SharesWords,
)

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive, Share
    from cable_tui.reports.page_of_rows import PageOfRows

Rows = Mapping[int, CableRow]


class OtherCable(Value):
    """A cable in an answer."""

    reference_id: Filled
    created: str
    """The time when the cable was sent, as in search.json; may be empty."""
    origin: str


class PassagePlace(OtherCable):
    """A cable that contains a passage."""

    record: Positive
    """The number of the record that contains the passage; 1 is the displayed record."""
    offset: Count
    """The offset of the passage in the body of the other cable, in characters."""
    words: Positive
    """The number of the passage's words that occur there in the same order."""


class CablePassage(Value):
    """A passage of a cable that occurs in other cables."""

    paragraph: str | None
    """The label of the paragraph; null before the first numbered paragraph."""
    start: Count
    """The start offset in the body of `show --json`, in characters."""
    end: Positive
    """The end offset, after the last character."""
    text: Filled
    """The passage on one line."""
    cut_before: bool
    """Whether the first sentence begins before the passage."""
    cut_after: bool
    """Whether the last sentence continues after the passage."""
    words: Annotated[int, ("minimum", 8)]
    """The number of words in the passage."""
    kind: Literal["boilerplate", "recycled"]
    cables: Positive
    """The number of other cables that contain the passage, or a part of it."""
    whole: Count
    """The number of cables, among those that were read, that contain the whole passage."""
    posts: Positive
    """The number of posts of these cables and of this cable together."""
    counted: bool
    """Whether the passage is so frequent that only some of its cables were read. If so, cables is
    the number from the index, and posts is a minimum.
    """
    first_here: bool
    """Whether none of the cables that were read and contain the passage is older."""
    places: tuple[PassagePlace, ...]
    """The positions in the cables that were read, oldest first."""


class AlikeCable(OtherCable):
    """A cable that shares words with another cable."""

    words: Positive
    """The number of words in both cables, excluding boilerplate."""
    passages: Positive
    """The number of shared passages."""
    of_this: Share
    """The share of this cable's words that occur in the other, including boilerplate."""
    of_other: Share
    """The share of the other cable's words."""
    copy: bool
    """Whether the texts are nearly the same: the cables share at least half of their combined
    words.
    """
    alike: OrNull[Annotated[float, ("minimum", 0.5), ("maximum", 1)]]
    """For nearly equal texts, the share of their combined words that both have."""
    text_of: str | None
    """For nearly equal texts, the cable whose number is in both texts while the other's number is
    in neither: the other page contains this cable's text.
    """


class RareWordsCable(OtherCable):
    """A cable that shares the rarest words."""

    words: Annotated[tuple[Filled, ...], ("minItems", 2)]
    """The words in both cables, rarest first, in the form of the index."""


class CableEchoes(Value):
    """The output of `echoes --json` for a cable: its passages that occur in other cables."""

    reference_id: Filled
    words: Count
    """The number of words in the text, without the header."""
    passages: tuple[CablePassage, ...]
    """The passages, in the order of the text."""
    alike: tuple[AlikeCable, ...]
    """The similar cables; those that share the most words are first."""
    rare_words: tuple[RareWordsCable, ...]
    tally: Tally = Tally()
    """The counts of cables that were read, and notes on what the rows omit."""
    page: Only[PageOfRows | None] = None


class FirstPlace(OtherCable):
    """The first cable that contains a passage."""

    record: Positive
    """The number of the record that contains the passage; 1 is the displayed record."""
    offset: Count
    """The offset of the passage in the body, in characters."""


class RecurringPassage(Value):
    """A passage that occurs in several cables."""

    text: Filled
    """The passage on one line, in the words of the first cable."""
    cut_before: bool
    """Whether the first sentence begins before the passage."""
    cut_after: bool
    """Whether the last sentence continues after the passage."""
    cables: Annotated[int, ("minimum", 2)]
    """The number of cables that contain the whole passage."""
    posts: Positive
    """The number of posts from which these cables come."""
    counted: bool
    """Whether the sentence is so frequent that only some cables were read. If so, cables is the
    number from the index.
    """
    first: FirstPlace


class CopyCable(OtherCable):
    """A cable in a group of cables with nearly the same text."""

    alike: Share
    """The smallest share of combined words that this cable has in common with another cable in the
    group; 1 for the first cable.
    """
    other_cable: bool
    """Whether the text contains the number of another cable, but not its own."""
    text_of: str | None
    """The cable in the group with this number; null if there is none."""


class ArchivePassages(Value):
    """The output of `echoes --json` for an archive: passages that occur in more than one cable."""

    sentences: Count
    """The number of different sentences of at least eight words."""
    recurring: Count
    """The number of these sentences in more than one cable."""
    boilerplate: tuple[RecurringPassage, ...]
    """Passages in cables from more posts than --posts, most frequent first."""
    recycled: tuple[RecurringPassage, ...]
    """Passages in cables from fewer posts."""
    copies_groups: Count
    """The number of groups of cables with nearly the same text."""
    copies: tuple[tuple[CopyCable, ...], ...]
    """Some of these groups. Groups in which a page contains another cable's text are first, then
    the largest.
    """
    tally: Tally = Tally()
    """The counts of cables that were read, and notes on what the rows omit."""
    page: Only[PageOfRows | None] = None


def cable_answer(
    cable: Cable, result: Echoes, rare_cables: Iterable[SharesWords], rows: Rows
) -> CableEchoes:
    """Return the passages of a cable that occur in others, limited to cables with rows."""
    return CableEchoes(
        cable.reference_id,
        result.words,
        tuple(_passage(cable, passage, rows) for passage in result.passages),
        tuple(
            _alike(similar_cable, rows)
            for similar_cable in result.alike
            if similar_cable.id in rows
        ),
        tuple(
            picked(RareWordsCable, rows[similar_cable.id], words=similar_cable.words)
            for similar_cable in rare_cables
            if similar_cable.id in rows
        ),
    )


def _alike(similar_cable: Alike, rows: Rows) -> AlikeCable:
    return picked(
        AlikeCable,
        rows[similar_cable.id],
        words=similar_cable.words,
        passages=similar_cable.passages,
        of_this=round(similar_cable.of_ours, 3),
        of_other=round(similar_cable.of_theirs, 3),
        copy=similar_cable.is_copy,
        alike=round(similar_cable.likeness, 3),
        text_of=rows[similar_cable.text_of].reference_id if similar_cable.text_of in rows else None,
    )


def _passage(cable: Cable, passage: RepeatedPassage, rows: Rows) -> CablePassage:
    passage_start, passage_end = passage.span
    return picked(
        CablePassage,
        passage,
        paragraph=wording.label_at(cable, passage_start),
        start=passage_start,
        end=passage_end,
        text=wording.said(cable.body.text, passage.span),
        cut_before=passage.cut[0],
        cut_after=passage.cut[1],
        counted=passage.is_counted,
        first_here=passage.is_first,
        places=tuple(
            picked(
                PassagePlace,
                rows[passage_copy.id],
                record=passage_copy.record,
                offset=passage_copy.offset,
                words=passage_copy.words,
            )
            for passage_copy in passage.places
            if passage_copy.id in rows
        ),
    )


def archive_answer(result: ArchiveEchoes, rows: Rows) -> ArchivePassages:
    """Return the passages that occur in several cables, limited to cables with rows."""

    def known(passages: Iterable[Recurring]) -> tuple[RecurringPassage, ...]:
        return tuple(
            _recurring(passage, rows) for passage in passages if passage.found.first in rows
        )

    return picked(
        ArchivePassages,
        result,
        boilerplate=known(result.frequent),
        recycled=known(result.recycled),
        copies=tuple(tuple(_copies(copy_group, rows)) for copy_group in result.copies),
    )


def _recurring(passage: Recurring, rows: Rows) -> RecurringPassage:
    repeated = passage.found
    return picked(
        RecurringPassage,
        repeated,
        text=passage.text,
        cut_before=repeated.cut[0],
        cut_after=repeated.cut[1],
        counted=repeated.is_counted,
        first=picked(
            FirstPlace, rows[repeated.first], record=repeated.record, offset=repeated.start
        ),
    )


def _copies(copy_group: CopyGroup, rows: Rows) -> Iterator[CopyCable]:
    source_by_id = dict(copy_group.carried)
    for id_, likeness in zip(copy_group.ids, (1.0, *copy_group.alike), strict=True):
        if row := rows.get(id_):
            source_row = rows.get(source_by_id.get(id_, 0))
            source_fields = {
                "other_cable": id_ in source_by_id,
                "text_of": source_row.reference_id if source_row else None,
            }
            yield picked(CopyCable, row, alike=likeness, **source_fields)

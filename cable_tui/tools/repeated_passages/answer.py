"""The answers of `echoes --json`: what stands in more than one cable."""

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
    from cable_tui.base.kinds import Count, Filled, OrNull, Positive, Share

Rows = Mapping[int, CableRow]


class OtherCable(Value):
    """A cable of an answer."""

    reference_id: Filled
    created: str
    """As in search.json; may be empty."""
    origin: str


class PassagePlace(OtherCable):
    """A cable that has a passage."""

    record: Positive
    """The number of the record that has it; 1 is the one shown."""
    offset: Count
    """Where it stands in the other body, in characters."""
    words: Positive
    """Of the passage, that stand there in the same order."""


class CablePassage(Value):
    """A passage of a cable that stands in others."""

    paragraph: str | None
    """Its label; null before the first numbered one."""
    start: Count
    """In the body of `show --json`, in characters."""
    end: Positive
    """Behind its last character."""
    text: Filled
    """On one line."""
    cut_before: bool
    """Its first sentence begins before it."""
    cut_after: bool
    """Its last sentence goes on."""
    words: Annotated[int, ("minimum", 8)]
    """Of this passage."""
    kind: Literal["boilerplate", "recycled"]
    cables: Positive
    """Other cables that have it, or a part of it."""
    whole: Count
    """Of those that were read, as many have all of it."""
    posts: Positive
    """Of these cables and this one together."""
    counted: bool
    """Very many have it: cables is the number of the index, posts is the least there are, and only
    some were read."""
    first_here: bool
    """No cable that was read and has it is older."""
    places: tuple[PassagePlace, ...]
    """In the cables that were read, the oldest first."""


class AlikeCable(OtherCable):
    """A cable that shares words with another one."""

    words: Positive
    """In both, boilerplate left out."""
    passages: Positive
    """Of these."""
    of_this: Share
    """The part of this cable's words that stand there, boilerplate and all."""
    of_other: Share
    """The part of the other's words."""
    copy: bool
    """Nearly the same text: half of the words of both together, or more."""
    alike: OrNull[Annotated[float, ("minimum", 0.5), ("maximum", 1)]]
    """Of nearly the same text the part of the words of both together that both have."""
    text_of: str | None
    """Of nearly the same text, whose number stands in both texts while the other's own does not:
    the other page carries this cable's text."""


class RareWordsCable(OtherCable):
    """A cable that shares the rarest words."""

    words: Annotated[tuple[Filled, ...], ("minItems", 2)]
    """That both have, the rarest first, as the index has them."""


class CableEchoes(Value):
    """The answer of `echoes --json` of a cable: what of it stands in other cables."""

    reference_id: Filled
    words: Count
    """Of its text, without the head."""
    passages: tuple[CablePassage, ...]
    """In the order of the text."""
    alike: tuple[AlikeCable, ...]
    """Those that share most words first."""
    rare_words: tuple[RareWordsCable, ...]
    tally: Tally = Tally()
    """How much was read, and what the rows do not say."""


class FirstPlace(OtherCable):
    """The first cable that has a passage."""

    record: Positive
    """The number of the record that has it; 1 is the one shown."""
    offset: Count
    """Where it stands in its body, in characters."""


class RecurringPassage(Value):
    """A passage that stands in several cables."""

    text: Filled
    """On one line, as the first cable has it."""
    cut_before: bool
    """Its first sentence begins before it."""
    cut_after: bool
    """Its last sentence goes on."""
    cables: Annotated[int, ("minimum", 2)]
    """That have all of it."""
    posts: Positive
    """Of these cables."""
    counted: bool
    """Very many have its sentence: cables is the number of the index, and only some were read."""
    first: FirstPlace


class CopyCable(OtherCable):
    """A cable of a group with nearly the same text."""

    alike: Share
    """The part of the words of both together that this one has in common with that cable of the
    group with which it is least; 1 for the first."""
    other_cable: bool
    """Its text has another cable's number and not its own."""
    text_of: str | None
    """The cable of the group that has this number; null if none has."""


class ArchivePassages(Value):
    """The answer of `echoes --json` of an archive: what stands in more than one cable."""

    sentences: Count
    """Different ones of eight words or more."""
    recurring: Count
    """Of these, in more than one cable."""
    boilerplate: tuple[RecurringPassage, ...]
    """In cables of more posts than --posts, the most frequent first."""
    recycled: tuple[RecurringPassage, ...]
    """In cables of fewer posts."""
    copies_groups: Count
    """Groups of cables with nearly the same text."""
    copies: tuple[tuple[CopyCable, ...], ...]
    """Some of these groups: first those in which a page carries another cable's text, then the
    largest."""
    tally: Tally = Tally()
    """How much was read, and what the rows do not say."""


def cable_answer(
    cable: Cable, result: Echoes, words: Iterable[SharesWords], rows: Rows
) -> CableEchoes:
    """Return what of a cable stands in others, as far as these have rows."""
    return CableEchoes(
        cable.reference_id,
        result.words,
        tuple(_passage(cable, passage, rows) for passage in result.passages),
        tuple(_alike(other, rows) for other in result.alike if other.id in rows),
        tuple(
            picked(RareWordsCable, rows[other.id], words=other.words)
            for other in words
            if other.id in rows
        ),
    )


def _alike(other: Alike, rows: Rows) -> AlikeCable:
    return picked(
        AlikeCable,
        rows[other.id],
        words=other.words,
        passages=other.passages,
        of_this=round(other.of_ours, 3),
        of_other=round(other.of_theirs, 3),
        copy=other.is_copy,
        alike=round(other.likeness, 3),
        text_of=rows[other.text_of].reference_id if other.text_of in rows else None,
    )


def _passage(cable: Cable, passage: RepeatedPassage, rows: Rows) -> CablePassage:
    start, end = passage.span
    return picked(
        CablePassage,
        passage,
        paragraph=wording.label_at(cable, start),
        start=start,
        end=end,
        text=wording.said(cable.body.text, passage.span),
        cut_before=passage.cut[0],
        cut_after=passage.cut[1],
        counted=passage.is_counted,
        first_here=passage.is_first,
        places=tuple(
            picked(
                PassagePlace,
                rows[place.id],
                record=place.record,
                offset=place.offset,
                words=place.words,
            )
            for place in passage.places
            if place.id in rows
        ),
    )


def archive_answer(result: ArchiveEchoes, rows: Rows) -> ArchivePassages:
    """Return what stands in several cables, as far as these have rows."""

    def known(passages: Iterable[Recurring]) -> tuple[RecurringPassage, ...]:
        return tuple(_recurring(each, rows) for each in passages if each.found.first in rows)

    return picked(
        ArchivePassages,
        result,
        boilerplate=known(result.frequent),
        recycled=known(result.recycled),
        copies=tuple(tuple(_copies(group, rows)) for group in result.copies),
    )


def _recurring(passage: Recurring, rows: Rows) -> RecurringPassage:
    found = passage.found
    return picked(
        RecurringPassage,
        found,
        text=passage.text,
        cut_before=found.cut[0],
        cut_after=found.cut[1],
        counted=found.is_counted,
        first=picked(FirstPlace, rows[found.first], record=found.record, offset=found.start),
    )


def _copies(group: CopyGroup, rows: Rows) -> Iterator[CopyCable]:
    carried = dict(group.carried)
    for id_, part in zip(group.ids, (1.0, *group.alike), strict=True):
        if row := rows.get(id_):
            of = rows.get(carried.get(id_, 0))
            other = {"other_cable": id_ in carried, "text_of": of.reference_id if of else None}
            yield picked(CopyCable, row, alike=part, **other)

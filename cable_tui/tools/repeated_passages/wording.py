"""Wording for repeated passages and the cables that share them, for the room and the commands."""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.archive.sentences.echo_file import CopyGroup, Repeated
from cable_tui.base.cable import Cable, Span
from cable_tui.query.answers import CableRow
from cable_tui.telegram.reading import Reading
from cable_tui.text.numbers import counted
from cable_tui.tools.repeated_passages.passages import Alike, Echoes, PassageCopy, RepeatedPassage

_HOW = "as its number shows"


def cable_name(row: CableRow) -> str:
    """Return a line such as `09RABAT27  2009-02-13  Embassy Rabat`."""
    return f"{row.reference_id}  {row.created[:10]}  {row.origin}"


def paragraph_at(cable: Cable, offset: int) -> int | None:
    """Return the index of the paragraph at an offset, or None before the first paragraph."""
    paragraph_number = None
    for index, paragraph in enumerate(cable.body.paragraphs):
        if paragraph.span[0] <= offset:
            paragraph_number = index
    return paragraph_number


def label_at(cable: Cable, offset: int) -> str | None:
    """Return the label of the paragraph at an offset, such as `3`."""
    paragraph_number = paragraph_at(cable, offset)
    return None if paragraph_number is None else cable.body.paragraphs[paragraph_number].label


def how_much(reference: str, result: Echoes) -> str:
    """Return a sentence on how much of a cable occurs in other cables."""
    repeated_words = sum(passage.words for passage in result.passages)
    return (
        f"{reference}: {repeated_words:,} of {counted(result.words, 'word')} also occur in "
        f"other cables, in {counted(len(result.passages), 'passage')}"
    )


def beginning(cable: Cable, passage: RepeatedPassage) -> str:
    """Return a passage on one line after its paragraph, such as `#3  The ferry ...`."""
    paragraph_label = label_at(cable, passage.span[0])
    passage_text = with_cuts(said(cable.body.text, passage.span), passage.cut)
    return f"{f'#{paragraph_label}' if paragraph_label else '--'}  {passage_text}"


def said(body: str, span: Span) -> str:
    """Return the words of a passage on one line, without the page lines between them."""
    return " ".join(Reading(body[slice(*span)]).without_breaks.split())


def who_has_it(passage: RepeatedPassage) -> str:
    """Return `recycled · in 2 other cables, part of it in 1 more · 3 posts · first here`."""
    at_least = "at least " if passage.is_counted else ""
    others_and_posts = f"{_in_others(passage)} · {at_least}{counted(passage.posts, 'post')}"
    return f"{passage.kind} · {others_and_posts}{' · first here' if passage.is_first else ''}"


def _in_others(passage: RepeatedPassage) -> str:
    cable_count = counted(passage.cables, "other cable")
    if passage.whole == len(passage.places):
        return f"in {cable_count}"
    if passage.is_counted:
        return f"all or part of it in {cable_count}"
    if not passage.whole:
        return f"part of it in {cable_count}"
    return (
        f"in {counted(passage.whole, 'other cable')}, part of it in "
        f"{passage.cables - passage.whole:,} more"
    )


def place_line(row: CableRow, place: PassageCopy, passage: RepeatedPassage) -> str:
    """Return a line for a cable with a passage: its words there, and any further record."""
    word_count = f"{place.words} of {counted(passage.words, 'word')}"
    return f"{cable_name(row)} · {word_count}{_record(place.record)}"


def what_it_shares(other: Alike) -> str:
    """Return how much another cable shares, or of which cable it is a near-duplicate."""
    if not other.is_copy:
        return f"{counted(other.words, 'word')} in {counted(other.passages, 'passage')}"
    likeness_words = f"near-duplicate: {other.likeness:.0%} of the words are the same"
    if not other.text_of:
        return likeness_words
    source_words = (
        ("this page contains the other")
        if other.text_of == other.id
        else ("the other page contains this")
    )
    return f"{likeness_words} · {source_words} cable's text, {_HOW}"


def whose_text(id_: int, group: CopyGroup, rows: Mapping[int, CableRow]) -> str:
    """Return a phrase naming the cable whose text a near-duplicate has, or an empty string."""
    source_by_id = dict(group.carried)
    if id_ not in source_by_id:
        return ""
    source_row = rows.get(source_by_id[id_])
    source_name = source_row.reference_id if source_row else "another cable"
    return f" · contains the text of {source_name}, {_HOW}"


def with_cuts(text: str, cut: tuple[bool, bool]) -> str:
    """Return a passage with dots in place of the omitted parts of its first and last sentence."""
    cut_before, cut_after = cut
    return f"{'... ' if cut_before else ''}{text}{' ...' if cut_after else ''}"


def in_how_many(repeated: Repeated, first: CableRow) -> str:
    """Return a summary such as `4 cables · 2 posts · first in 09RABAT27 ...`."""
    index_note = " (count from the index)" if repeated.is_counted else ""
    count_words = (
        f"{counted(repeated.cables, 'cable')}{index_note} · {counted(repeated.posts, 'post')}"
    )
    return f"{count_words} · first in {cable_name(first)}{_record(repeated.record)}"


def _record(record_number: int) -> str:
    return f" · version {record_number}" if record_number > 1 else ""

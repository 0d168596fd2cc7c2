"""The words for passages and cables that share them, in the room and on the command line."""

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
    """Return `09RABAT27  2009-02-13  Embassy Rabat`."""
    return f"{row.reference_id}  {row.created[:10]}  {row.origin}"


def paragraph_at(cable: Cable, offset: int) -> int | None:
    """Return the number, from 0, of the paragraph at an offset; None before the first one."""
    paragraph_number = None
    for index, paragraph in enumerate(cable.body.paragraphs):
        if paragraph.span[0] <= offset:
            paragraph_number = index
    return paragraph_number


def label_at(cable: Cable, offset: int) -> str | None:
    """Return the label of that paragraph, `3`."""
    paragraph_number = paragraph_at(cable, offset)
    return None if paragraph_number is None else cable.body.paragraphs[paragraph_number].label


def how_much(reference: str, result: Echoes) -> str:
    """Return the sentence on how much of a cable is also in others."""
    repeated_words = sum(passage.words for passage in result.passages)
    return (
        f"{reference}: {repeated_words:,} of {counted(result.words, 'word')} also occur in "
        f"other cables, in {counted(len(result.passages), 'passage')}"
    )


def beginning(cable: Cable, passage: RepeatedPassage) -> str:
    """Return `#3  The ferry ...`: the paragraph of a passage, and all of it on one line."""
    label = label_at(cable, passage.span[0])
    part = with_cuts(said(cable.body.text, passage.span), passage.cut)
    return f"{f'#{label}' if label else '--'}  {part}"


def said(body: str, span: Span) -> str:
    """Return the words of a passage on one line, without the page lines among them."""
    return " ".join(Reading(body[slice(*span)]).without_breaks.split())


def who_has_it(passage: RepeatedPassage) -> str:
    """Return `recycled · in 2 other cables, a part of it in 1 · 3 posts · first here`."""
    at_least = "at least " if passage.is_counted else ""
    others_and_posts = f"{_in_others(passage)} · {at_least}{counted(passage.posts, 'post')}"
    return f"{passage.kind} · {others_and_posts}{' · first here' if passage.is_first else ''}"


def _in_others(passage: RepeatedPassage) -> str:
    all_of_them = counted(passage.cables, "other cable")
    if passage.whole == len(passage.places):
        return f"in {all_of_them}"
    if passage.is_counted:
        return f"all or part of it in {all_of_them}"
    if not passage.whole:
        return f"part of it in {all_of_them}"
    return (
        f"in {counted(passage.whole, 'other cable')}, part of it in "
        f"{passage.cables - passage.whole:,} more"
    )


def place_line(row: CableRow, place: PassageCopy, passage: RepeatedPassage) -> str:
    """Return a cable that has a passage, how many of its words, and the record if it is another."""
    words = f"{place.words} of {counted(passage.words, 'word')}"
    return f"{cable_name(row)} · {words}{_record(place.record)}"


def what_it_shares(other: Alike) -> str:
    """Return text on how much another cable shares, or that it is a near-copy, and of whom."""
    if not other.is_copy:
        return f"{counted(other.words, 'word')} in {counted(other.passages, 'passage')}"
    nearly_same = f"near-duplicate: {other.likeness:.0%} of the words are the same"
    if not other.text_of:
        return nearly_same
    whose_text = (
        ("this page contains the other")
        if other.text_of == other.id
        else ("the other page contains this")
    )
    return f"{nearly_same} · {whose_text} cable's text, {_HOW}"


def whose_text(id_: int, group: CopyGroup, rows: Mapping[int, CableRow]) -> str:
    """Return the sentence that names the cable whose text a near-copy has; empty without one."""
    carried_by_id = dict(group.carried)
    if id_ not in carried_by_id:
        return ""
    carried = rows.get(carried_by_id[id_])
    return f" · contains the text of {carried.reference_id if carried else 'another cable'}, {_HOW}"


def with_cuts(text: str, cut: tuple[bool, bool]) -> str:
    """Return a passage with dots for omissions from its first and its last sentence."""
    cut_before, cut_after = cut
    return f"{'... ' if cut_before else ''}{text}{' ...' if cut_after else ''}"


def in_how_many(repeated: Repeated, first: CableRow) -> str:
    """Return `4 cables · 2 posts · first in 09RABAT27 ...`."""
    by_index = ", by the index" if repeated.is_counted else ""
    facts = f"{counted(repeated.cables, 'cable')}{by_index} · {counted(repeated.posts, 'post')}"
    return f"{facts} · first in {cable_name(first)}{_record(repeated.record)}"


def _record(number: int) -> str:
    return f" · version {number}" if number > 1 else ""

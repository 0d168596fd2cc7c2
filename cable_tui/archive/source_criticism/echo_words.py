"""How passages and cables that share them are said, in the room and on the command line."""

from __future__ import annotations

from cable_tui.archive.catalogue.rows import Row
from cable_tui.archive.source_criticism.echoes import Alike, Echoes, Passage, Place
from cable_tui.cable import Cable, Span
from cable_tui.telegram import pagebreaks
from cable_tui.text.counted import counted


def cable_name(row: Row) -> str:
    """`09RABAT27  2009-02-13  Embassy Rabat`."""
    return f"{row.reference_id}  {row.created[:10]}  {row.origin}"


def paragraph_at(cable: Cable, offset: int) -> int | None:
    """The paragraph of a place in the body, by its number from 0; None before the first one."""
    found = None
    for at, each in enumerate(cable.body.paragraphs):
        if each.span[0] <= offset:
            found = at
    return found


def label_at(cable: Cable, offset: int) -> str | None:
    """The label of that paragraph, `3`."""
    at = paragraph_at(cable, offset)
    return None if at is None else cable.body.paragraphs[at].label


def how_much(reference: str, found: Echoes) -> str:
    """How much of a cable stands elsewhere."""
    repeated = sum(each.words for each in found.passages)
    return (
        f"{reference}: {repeated:,} of {counted(found.words, 'word')} stand in other cables, "
        f"in {counted(len(found.passages), 'passage')}"
    )


def beginning(cable: Cable, passage: Passage) -> str:
    """`#3  The ferry ...`: where a passage stands, and all of it on one line."""
    label = label_at(cable, passage.span[0])
    return f"{f'#{label}' if label else '--'}  {said(cable.body.text, passage.span)}"


def said(body: str, span: Span) -> str:
    """The words of a passage on one line, without the page lines among them."""
    return " ".join(pagebreaks.blanked(body[slice(*span)]).split())


def who_has_it(passage: Passage) -> str:
    """`recycled · in 2 other cables · 3 posts · first here`."""
    least = "at least " if passage.is_counted else ""
    of = f"{counted(passage.cables, 'other cable')} · {least}{counted(passage.posts, 'post')}"
    return f"{passage.kind} · in {of}{' · first here' if passage.is_first else ''}"


def place_line(row: Row, place: Place, passage: Passage) -> str:
    """A cable that has a passage, and how many of its words."""
    return f"{cable_name(row)} · {place.words} of {counted(passage.words, 'word')}"


def what_it_shares(each: Alike) -> str:
    """How much another cable shares, or that it is nearly the same."""
    if each.is_copy:
        return f"nearly the same text: {min(each.of_ours, each.of_theirs):.0%} of both"
    return f"{counted(each.words, 'word')} in {counted(each.passages, 'passage')}"

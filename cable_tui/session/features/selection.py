"""Selections: cables of the list, and paragraphs or sentences of the open cable.

They are not stored, and selected cables stay selected when the query changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.base.cable import Cable, Place, Span
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import Selection
from cable_tui.session.near_duplicates import cables_of
from cable_tui.session.registry import Result
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect
from cable_tui.text.numbers import counted
from cable_tui.text.sentences import sentences


class SelectCable(Action):
    """Space: select the cable under the cursor or unselect it, and go one line down.

    While a range is open, select the whole range.
    """

    def step(self, session: Session) -> Result:
        """Select one cable, or the range."""
        if session.current is None:
            return session, ()
        if selected_range(session) is not None:
            return _with_range(session), ()
        session = _with_toggled(session, session.at)
        return replace(session, at=min(session.at + 1, len(session.hits.ids) - 1)), ()


class SelectAt(Action):
    """Select or unselect the cable on a line of the list; the cursor goes there."""

    index: int

    def step(self, session: Session) -> Result:
        """Toggle the cable at the mouse."""
        if not 0 <= self.index < len(session.hits.ids):
            return session, ()
        return replace(_with_toggled(session, self.index), at=self.index), ()


class SelectRange(Action):
    """v: begin a range here; again: select all cables of the range."""

    def step(self, session: Session) -> Result:
        """Begin the range, or select it."""
        if session.current is None:
            return session, ()
        if selected_range(session) is not None:
            return _with_range(session), ()
        start = (session.at, session.current)
        return replace(session, selection=replace(session.selection, start=start)), ()


class InvertSelection(Action):
    """Select the cables of this list that are not selected, and unselect the others."""

    def step(self, session: Session) -> Result:
        """Invert, and say how many are selected."""
        if not session.hits.ids:
            return session, ()
        ids = session.selection.ids ^ frozenset(session.hits.every)
        session = replace(session, selection=Selection(ids))
        return session, (effects.Notify(f"{selection_label(session) or 'No cable is selected'}."),)


class ClearSelection(Action):
    """Unselect all cables."""

    def step(self, session: Session) -> Result:
        """Clear, and say how many there were."""
        count = len(session.selection.ids)
        if not count and session.selection.start is None:
            return session, (effects.Notify("No cable is selected: Space selects one, v a range."),)
        message = f"{counted(count, 'cable')} no longer selected."
        return replace(session, selection=Selection()), (effects.Notify(message),)


def _with_toggled(session: Session, index: int) -> Session:
    row, selected_before = (
        cables_of(session.hits, (session.hits.ids[index],)),
        session.selection.ids,
    )
    ids = selected_before | row if selected_before.isdisjoint(row) else selected_before - row
    return replace(session, selection=replace(session.selection, ids=ids, start=None))


def _with_range(session: Session) -> Session:
    return replace(session, selection=Selection(selected_ids(session)))


def selected_ids(session: Session) -> frozenset[int]:
    """Return the selected cables, and those of an open range, which are painted as selected."""
    ids = session.selection.ids
    if (row_range := selected_range(session)) is None:
        return ids
    first_row, last_row = row_range
    return ids | cables_of(session.hits, session.hits.ids[first_row : last_row + 1])


def selected_range(session: Session) -> tuple[int, int] | None:
    """Return the first and last line of the open range; None without one.

    A range ends with its list.
    """
    if session.selection.start is None:
        return None
    place, cable = session.selection.start
    ids = session.hits.ids
    if place >= len(ids) or ids[place] != cable:
        return None
    return min(place, session.at), max(place, session.at)


def selected_cables(session: Session) -> tuple[int, ...]:
    """Return the selected cables: those of the list in its order, then the others."""
    selected_here = selected_ids(session)
    if not selected_here:
        return ()
    listed_ids = [id_ for id_ in session.hits.every if id_ in selected_here]
    return (*listed_ids, *sorted(selected_here.difference(listed_ids)))


def selection_label(session: Session) -> str:
    """Return `3 selected`, or empty."""
    count = len(session.selection.ids)
    if (row_range := selected_range(session)) is not None:
        row_count = row_range[1] - row_range[0] + 1
        if session.hits.folded:  # how many cables they stand for is not counted between two keys
            return f"selecting {counted(row_count, 'row')}"
        return f"selecting {row_count:,}"
    return f"{count:,} selected" if count else ""


class SelectParagraphs(Action):
    """v: select paragraphs from this one on, or sentences from the cursor's on; again: none."""

    def step(self, session: Session) -> Result:
        """Begin at the sentence or paragraph under the cursor, or end."""
        if session.selected_from is not None or session.sentence_from is not None:
            return replace(session, selected_from=None, sentence_from=None), ()
        if session.sentence is not None:
            return replace(session, sentence_from=session.sentence), ()
        if session.here is None:
            return session, (
                effects.Notify("There is no paragraph here; } goes to the first one."),
            )
        return replace(session, selected_from=session.paragraph), ()


def without_selection(session: Session) -> Session:
    """Return the session without a selection, with the cursor on a paragraph."""
    return replace(session, selected_from=None, sentence_from=None, sentence=None)


def by_sentences(session: Session, paragraph: int | None, sentence: Span | None) -> Session:
    """Move the cursor to a sentence, or off it; a selection of paragraphs becomes one of sentences.

    It then begins with the first selected sentence, or upwards with the last one.
    """
    start = session.selected_from
    if sentence is not None and start is not None and session.cable and paragraph is not None:
        first_sentences = sentence_spans(session.cable, start)
        is_elsewhere = start != paragraph and first_sentences
        begin = first_sentences[0 if start < paragraph else -1] if is_elsewhere else sentence
        session = replace(session, selected_from=None, sentence_from=begin)
    return replace(session, sentence=sentence)


def selected_span(session: Session) -> Span | None:
    """Return the selected sentences, else the cursor's; None if the cursor moves by paragraphs."""
    if session.sentence_from is None:
        return session.sentence
    paragraphs = session.cable.body.paragraphs if session.cable else ()
    paragraph = session.here or (paragraphs[0] if paragraphs else None)
    return from_sentence(
        session.sentence_from, session.sentence, paragraph.span if paragraph else None
    )


def selected_paragraphs(session: Session) -> tuple[int, ...]:
    """Return indexes of the selected paragraphs in the order of the text; may be empty."""
    if session.selected_from is None or session.cable is None:
        return ()
    last_index = len(session.cable.body.paragraphs) - 1
    current_paragraph = 0 if session.paragraph is None else session.paragraph
    first_index, end = sorted((session.selected_from, current_paragraph))
    return tuple(range(min(first_index, last_index), min(end, last_index) + 1))


def paragraphs_label(session: Session) -> str:
    """Return the selection in words: `¶5–7`, `¶5, sentence 2 of 6`, `¶5–6, 3 sentences`; or empty.

    Paragraphs without labels are counted.
    """
    cable, span = session.cable, selected_span(session)
    if cable is None:
        return ""
    if span is None:
        return _ends(cable, selected_paragraphs(session))
    paragraphs = enumerate(cable.body.paragraphs)
    touched_paragraphs = [
        index
        for index, paragraph in paragraphs
        if paragraph.span[0] < span[1] and span[0] < paragraph.span[1]
    ]
    spans = [sentence for index in touched_paragraphs for sentence in sentence_spans(cable, index)]
    chosen_sentences = [
        sentence for sentence in spans if sentence[0] < span[1] and span[0] < sentence[1]
    ]
    if len(chosen_sentences) == 1:
        label = f"sentence {spans.index(chosen_sentences[0]) + 1} of {len(spans)}"
    else:
        label = f"{len(chosen_sentences)} sentences"
    return f"{_ends(cable, touched_paragraphs)}, {label}"


def _ends(cable: Cable, chosen: Sequence[int]) -> str:
    """Return the labels of the first and the last of some paragraphs."""
    if not chosen:
        return ""
    labels = [cable.body.paragraphs[index].label for index in (chosen[0], chosen[-1])]
    ends = [label for label in dict.fromkeys(labels) if label]
    plural = "" if len(chosen) == 1 else "s"
    return f"¶{'–'.join(ends)}" if ends else f"{len(chosen)} paragraph{plural}"


class ChooseCables(Action):
    """Quit, and hand the selected cables to the caller."""

    def step(self, session: Session) -> Result:
        """Quit with the selected cables in the order of the list, else the current one."""
        if session.selection.ids:
            return session, (LeaveWithCables(selected_cables(session)),)
        if session.cable_here is None:
            return session, (effects.Notify("There is no cable here to choose."),)
        return session, (LeaveWithCables((session.cable_here,)),)


class LeaveWithCables(Effect):
    """Quit with these cables."""

    ids: tuple[int, ...]


def target(session: Session) -> Place | None:
    """Return the place for a bookmark or copy: paragraph, open cable, or cable under the cursor."""
    if session.cable_here is None:
        return None
    has_label = session.in_cable and session.here is not None and session.here.label is not None
    return Place(session.cable_here, session.paragraph if has_label else None)


def sentence_spans(cable: Cable, paragraph: int) -> list[Span]:
    """Find a paragraph's sentences in `Body.text`, the first after its label and marking."""
    from cable_tui.exports.copy_formats import words_begin

    body_paragraph = cable.body.paragraphs[paragraph]
    return sentences(cable.body.text, words_begin(cable, body_paragraph), body_paragraph.span[1])


def sentence_at(cable: Cable, offset: int) -> Span:
    """Return the sentence at an offset of `Body.text`; outside of paragraphs the line."""
    text = cable.body.text
    for number, body_paragraph in enumerate(cable.body.paragraphs):
        if body_paragraph.span[0] <= offset < body_paragraph.span[1]:
            spans = sentence_spans(cable, number)
            return next(
                (span for span in spans if span[0] <= offset < span[1]), body_paragraph.span
            )
    line_end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if line_end < 0 else line_end


def from_sentence(start: Span, sentence: Span | None, paragraph: Span | None) -> Span:
    """Return the range from a selection's first sentence to the cursor's, or its paragraph."""
    span_end = sentence or paragraph or start
    return min(start[0], span_end[0]), max(start[1], span_end[1])

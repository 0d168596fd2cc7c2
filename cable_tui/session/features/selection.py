"""The selections: cables in the list, and paragraphs or sentences in the open cable.

Selections are not stored. Selected cables stay selected when the query changes and when they are
copied, exported or compared, but not when they are bookmarked, put into lists or removed.
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
    """Space: select or deselect the cable under the cursor, and move one line down.

    While a range is open, select the whole range.
    """

    def step(self, session: Session) -> Result:
        """Toggle the cable, or select the range."""
        if session.current is None:
            return session, ()
        if selected_range(session) is not None:
            return _with_range(session), ()
        session = _with_toggled(session, session.at)
        return replace(session, at=min(session.at + 1, len(session.hits.ids) - 1)), ()


class SelectAt(Action):
    """Select or deselect the cable on a line of the list, and move the cursor to that line."""

    index: int

    def step(self, session: Session) -> Result:
        """Toggle the cable on the line, unless the line no longer exists."""
        if not 0 <= self.index < len(session.hits.ids):
            return session, ()
        return replace(_with_toggled(session, self.index), at=self.index), ()


class SelectRange(Action):
    """`v`: begin a range at the cursor, or select all cables of the open range."""

    def step(self, session: Session) -> Result:
        """Begin the range, or select its cables."""
        if session.current is None:
            return session, ()
        if selected_range(session) is not None:
            return _with_range(session), ()
        range_start = (session.at, session.current)
        return replace(session, selection=replace(session.selection, start=range_start)), ()


class InvertSelection(Action):
    """Select the unselected cables in the list, and deselect the others."""

    def step(self, session: Session) -> Result:
        """Invert the selection, and report the number of selected cables."""
        if not session.hits.ids:
            return session, ()
        inverted_ids = session.selection.ids ^ frozenset(session.hits.every)
        session = replace(session, selection=Selection(inverted_ids))
        return session, (effects.Notify(f"{selection_label(session) or 'No cable is selected'}."),)


class ClearSelection(Action):
    """Deselect all cables."""

    def step(self, session: Session) -> Result:
        """Clear the selection, and report how many cables were selected."""
        selected_count = len(session.selection.ids)
        if not selected_count and session.selection.start is None:
            return session, (effects.Notify("No cable is selected: Space selects one, v a range."),)
        message = f"{counted(selected_count, 'cable')} no longer selected."
        return replace(session, selection=Selection()), (effects.Notify(message),)


def _with_toggled(session: Session, index: int) -> Session:
    row_ids, selected_ids = (
        cables_of(session.hits, (session.hits.ids[index],)),
        session.selection.ids,
    )
    toggled_ids = (
        selected_ids | row_ids if selected_ids.isdisjoint(row_ids) else selected_ids - row_ids
    )
    return replace(session, selection=replace(session.selection, ids=toggled_ids, start=None))


def _with_range(session: Session) -> Session:
    return replace(session, selection=Selection(selected_ids(session)))


def selected_ids(session: Session) -> frozenset[int]:
    """Return the ids of the selected cables and of any open range, which is painted as selected."""
    all_ids = session.selection.ids
    if (row_range := selected_range(session)) is None:
        return all_ids
    first_row, last_row = row_range
    return all_ids | cables_of(session.hits, session.hits.ids[first_row : last_row + 1])


def with_filed(session: Session, filed: Sequence[Place], *, undone: bool) -> Session:
    """Unselect the cables that a change of the library has filed, or select them again.

    As in a mail program, the selection has done its work then. `undone` restores what the last
    change has unselected; any other change makes that final.
    """
    selection = session.selection
    if undone:
        restored_ids = selection.ids | selection.filed
        return replace(session, selection=Selection(restored_ids, selection.start))
    all_ids = selected_ids(session)
    filed_ids = all_ids & {place.id for place in filed if place.paragraph is None}
    if not filed_ids:
        return replace(session, selection=replace(selection, filed=frozenset()))
    return replace(session, selection=Selection(all_ids - filed_ids, filed=filed_ids))


def selected_range(session: Session) -> tuple[int, int] | None:
    """Return the first and last line of the open range, or None if no range is open.

    A range closes when the list changes.
    """
    if session.selection.start is None:
        return None
    start_line, start_id = session.selection.start
    listed_ids = session.hits.ids
    if start_line >= len(listed_ids) or listed_ids[start_line] != start_id:
        return None
    return min(start_line, session.at), max(start_line, session.at)


def selected_cables(session: Session) -> tuple[int, ...]:
    """Return the ids of the selected cables: those in the list, in its order, then the others."""
    chosen_ids = selected_ids(session)
    if not chosen_ids:
        return ()
    listed_ids = [id_ for id_ in session.hits.every if id_ in chosen_ids]
    return (*listed_ids, *sorted(chosen_ids.difference(listed_ids)))


def selection_label(session: Session) -> str:
    """Return a label such as `3 selected`, or an empty string if nothing is selected."""
    selected_count = len(session.selection.ids)
    if (row_range := selected_range(session)) is not None:
        row_count = row_range[1] - row_range[0] + 1
        if session.hits.folded:  # how many cables they stand for is not counted between two keys
            return f"selecting {counted(row_count, 'row')}"
        return f"selecting {row_count:,}"
    return f"{selected_count:,} selected" if selected_count else ""


class SelectParagraphs(Action):
    """`v`: begin a selection of paragraphs or sentences at the cursor, or end it."""

    def step(self, session: Session) -> Result:
        """Begin at the sentence or paragraph under the cursor, or end the selection."""
        if session.selected_from is not None or session.sentence_from is not None:
            return replace(session, selected_from=None, sentence_from=None), ()
        if session.sentence is not None:
            return replace(session, sentence_from=session.sentence), ()
        if session.here is None:
            return session, (
                effects.Notify("There is no paragraph on this line; } goes to the first one."),
            )
        return replace(session, selected_from=session.paragraph), ()


def without_selection(session: Session) -> Session:
    """Return the session without a selection, with the cursor on a whole paragraph."""
    return replace(session, selected_from=None, sentence_from=None, sentence=None)


def by_sentences(session: Session, paragraph: int | None, sentence: Span | None) -> Session:
    """Move the cursor to a sentence or to a paragraph, and adapt the selection.

    A selection of paragraphs becomes a selection of sentences. It then begins with the first
    selected sentence, or with the last one if the cursor moves up.
    """
    start_paragraph = session.selected_from
    if (
        sentence is not None
        and start_paragraph is not None
        and session.cable
        and paragraph is not None
    ):
        first_sentences = sentence_spans(session.cable, start_paragraph)
        is_elsewhere = start_paragraph != paragraph and first_sentences
        first_selected = (
            first_sentences[0 if start_paragraph < paragraph else -1] if is_elsewhere else sentence
        )
        session = replace(session, selected_from=None, sentence_from=first_selected)
    return replace(session, sentence=sentence)


def selected_span(session: Session) -> Span | None:
    """Return the span of the selected or current sentences, or None if paragraphs are selected."""
    if session.sentence_from is None:
        return session.sentence
    paragraphs = session.cable.body.paragraphs if session.cable else ()
    paragraph = session.here or (paragraphs[0] if paragraphs else None)
    return from_sentence(
        session.sentence_from, session.sentence, paragraph.span if paragraph else None
    )


def selected_paragraphs(session: Session) -> tuple[int, ...]:
    """Return the indexes of the selected paragraphs in the order of the text; may be empty."""
    if session.selected_from is None or session.cable is None:
        return ()
    last_index = len(session.cable.body.paragraphs) - 1
    current_paragraph = 0 if session.paragraph is None else session.paragraph
    first_index, end_index = sorted((session.selected_from, current_paragraph))
    return tuple(range(min(first_index, last_index), min(end_index, last_index) + 1))


def paragraphs_label(session: Session) -> str:
    """Return a label such as `¶5–7`, `¶5, sentence 2 of 6` or `¶5–6, 3 sentences`.

    Return an empty string if nothing is selected. Paragraphs without labels are counted.
    """
    cable, selected_text = session.cable, selected_span(session)
    if cable is None:
        return ""
    if selected_text is None:
        return _ends(cable, selected_paragraphs(session))
    paragraphs = enumerate(cable.body.paragraphs)
    touched_paragraphs = [
        paragraph_index
        for paragraph_index, paragraph in paragraphs
        if paragraph.span[0] < selected_text[1] and selected_text[0] < paragraph.span[1]
    ]
    sentence_spans_there = [
        sentence
        for paragraph_index in touched_paragraphs
        for sentence in sentence_spans(cable, paragraph_index)
    ]
    chosen_sentences = [
        sentence
        for sentence in sentence_spans_there
        if sentence[0] < selected_text[1] and selected_text[0] < sentence[1]
    ]
    if len(chosen_sentences) == 1:
        sentence_number = sentence_spans_there.index(chosen_sentences[0]) + 1
        sentence_label = f"sentence {sentence_number} of {len(sentence_spans_there)}"
    else:
        sentence_label = f"{len(chosen_sentences)} sentences"
    return f"{_ends(cable, touched_paragraphs)}, {sentence_label}"


def _ends(cable: Cable, chosen: Sequence[int]) -> str:
    """Return the labels of the first and last selected paragraphs."""
    if not chosen:
        return ""
    end_labels = [
        cable.body.paragraphs[paragraph_index].label for paragraph_index in (chosen[0], chosen[-1])
    ]
    distinct_labels = [
        paragraph_label for paragraph_label in dict.fromkeys(end_labels) if paragraph_label
    ]
    plural_ending = "" if len(chosen) == 1 else "s"
    return (
        f"¶{'–'.join(distinct_labels)}"
        if distinct_labels
        else f"{len(chosen)} paragraph{plural_ending}"
    )


class ChooseCables(Action):
    """Quit, and return the selected cables to the calling program."""

    def step(self, session: Session) -> Result:
        """Quit with the selected cables in list order, or else with the current cable."""
        if session.selection.ids:
            return session, (LeaveWithCables(selected_cables(session)),)
        if session.cable_here is None:
            return session, (effects.Notify("There is no cable on this line."),)
        return session, (LeaveWithCables((session.cable_here,)),)


class LeaveWithCables(Effect):
    """Quit, and print the given cables."""

    ids: tuple[int, ...]


def target(session: Session) -> Place | None:
    """Return the location to bookmark or copy: a paragraph, the open cable, or the row's cable."""
    if session.cable_here is None:
        return None
    has_label = session.in_cable and session.here is not None and session.here.label is not None
    return Place(session.cable_here, session.paragraph if has_label else None)


def sentence_spans(cable: Cable, paragraph: int) -> list[Span]:
    """Return the spans of a paragraph's sentences; the first begins after the label and marking."""
    from cable_tui.exports.copy_formats import words_begin

    body_paragraph = cable.body.paragraphs[paragraph]
    return sentences(cable.body.text, words_begin(cable, body_paragraph), body_paragraph.span[1])


def sentence_at(cable: Cable, offset: int) -> Span:
    """Return the span of the sentence at an offset, or of the line if it has no paragraph."""
    body_text = cable.body.text
    for paragraph_index, body_paragraph in enumerate(cable.body.paragraphs):
        if body_paragraph.span[0] <= offset < body_paragraph.span[1]:
            paragraph_sentences = sentence_spans(cable, paragraph_index)
            return next(
                (span for span in paragraph_sentences if span[0] <= offset < span[1]),
                body_paragraph.span,
            )
    line_end = body_text.find("\n", offset)
    return body_text.rfind("\n", 0, offset) + 1, len(body_text) if line_end < 0 else line_end


def from_sentence(start: Span, sentence: Span | None, paragraph: Span | None) -> Span:
    """Return the span from a selection's first sentence to the cursor's sentence or paragraph."""
    end_span = sentence or paragraph or start
    return min(start[0], end_span[0]), max(start[1], end_span[1])

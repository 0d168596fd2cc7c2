"""Copy the selection or the text under the cursor, and warn before a text is passed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.base.cable import Cable, Paragraph
from cable_tui.base.errors import ArchiveError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import selection
from cable_tui.session.features.links import cited_references
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Request
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.exports.citation import Citation, Ways
    from cable_tui.program.clipboard import Clipboard


class Copy(Action):
    """Copy the selection or the item under the cursor in a format.

    An empty format means the last one used.
    """

    style: str = ""
    span: tuple[int, int] | None = None
    """The range of body text selected with the mouse to copy, or None to copy something else."""

    def step(self, session: Session) -> Result:
        """Copy the selected text, paragraphs or cables, or else the item under the cursor."""
        target_place = selection.target(session)
        if target_place is None:
            return session, (effects.Notify("There is no cable to copy from."),)
        session = replace(session, style=self.style or session.style)
        if session.pane == "list" and (selected_ids := selection.selected_cables(session)):
            return session, (effects.CopyCables(session.style, selected_ids),)
        body_stop = session.stop if session.in_cable else 0
        copy_effect = effects.CopyCable(session.style, target_place, body_stop)
        if self.span is not None and session.in_cable:
            return session, (replace(copy_effect, place=replace(target_place, span=self.span)),)
        if session.in_cable and (selected_span := selection.selected_span(session)) is not None:
            copy_effect = replace(copy_effect, place=replace(target_place, span=selected_span))
            if session.sentence_from is None:  # the cursor stays where it is
                return session, (copy_effect,)
            return selection.without_selection(session), (copy_effect,)
        if chosen_paragraphs := selection.selected_paragraphs(session):
            copy_effect = replace(
                copy_effect,
                place=replace(target_place, paragraph=chosen_paragraphs[0]),
                upto=chosen_paragraphs[-1],
            )
        return replace(session, selected_from=None), (copy_effect,)


class CopySentence(Request):
    """Copy a sentence of a cable as a quotation, from the record that the reader has chosen."""

    id: int
    offset: int | None
    """The offset of the sentence in the body; None for the subject."""


def copy_text(
    clipboard: Clipboard, text: str, what: str, places: Sequence[Citation] = ()
) -> Actions:
    """Copy a text to the clipboard and report the result; all copying uses this function.

    `what` names the text, and `places` are its locations. Warnings that a source asks to be
    protected or that a text is damaged are shown before the copy, but do not prevent it.
    """
    from cable_tui.exports.citation import RequestCount, in_room

    request_count = RequestCount()
    for cited_place in places:
        request_count.add(cited_place.cable)
    if protection_text := request_count.in_words(in_room):
        yield effects.Notify(f"{protection_text}.", "warning")
    places_with_warnings = [
        (cited_place, warning) for cited_place in places if (warning := caution(cited_place))
    ]
    if places_with_warnings:
        cited_place, warning = places_with_warnings[0]
        warning_text = (
            f"{cited_place.cable.reference_id}: {warning}" if len(places) > 1 else warning
        )
        more_warnings = (
            f" {len(places_with_warnings) - 1:,} more have warnings."
            if len(places_with_warnings) > 1
            else ""
        )
        yield effects.Notify(warning_text + more_warnings, "warning")
    copy_result = clipboard.copy(text, what)
    yield effects.Notify(copy_result.sentence, "information" if copy_result.way else "error")


def citation_of(
    cable: Cable, paragraphs: tuple[Paragraph, ...], stop: int, folder: Path | None, ways: Ways
) -> Citation:
    """Cite the paragraphs, or else the REF line at the cursor, or else the whole cable."""
    from cable_tui.exports.citation import Citation, day_of_reading

    citation = Citation(
        cable,
        paragraphs,
        ways.link,
        references=() if paragraphs else cited_references(cable, stop),
        folder=folder,
        templates=ways.templates,
    )
    return replace(citation, read_on=day_of_reading(citation, ways))


def part_of(place: Citation, span: tuple[int, int]) -> Citation:
    """Return a citation for the text between two offsets in the body, with its paragraphs."""
    span_start, span_end = span
    paragraphs = place.cable.body.paragraphs
    touched_paragraphs = tuple(
        paragraph
        for paragraph in paragraphs
        if paragraph.span[0] < span_end and span_start < paragraph.span[1]
    )
    return replace(place, paragraphs=touched_paragraphs, references=(), part=span)


def named(place: Citation) -> str:
    """Return the name of a citation for a message, such as `¶3`, `ref. B` or the reference ID."""
    from cable_tui.exports.copy_formats import EXPORTS

    if place.part:
        return f"selected in {EXPORTS['reference'].function(place)}"
    if place.letters:
        return place.paras
    return f"¶{place.places}" if place.places else place.cable.reference_id


def caution(place: Citation) -> str:
    """Return a short warning about problems with the text, or an empty string."""
    from cable_tui.exports.citation import cautions

    warning_sentences = cautions(place)
    if len(warning_sentences) > 2:
        more_warnings = f"And {len(warning_sentences) - 2} more: see the top of the cable."
        return f"{' '.join(warning_sentences[:2])} {more_warnings}"
    return " ".join(warning_sentences)


def nothing_to_copy(place: Citation, label: str) -> str:
    """Return the reason why a format has nothing to copy."""
    reference_id = place.cable.reference_id
    if place.link_template == "cablegate" and not place.cable.facts.created:
        return f"{reference_id} has no date, so its address is not known."
    return f"{reference_id} has no {label}."


MOST_COPIED = 1000
"""The maximum number of cables that can be copied at once."""


def _copy_cable(services: Services, effect: effects.CopyCable, _: Cancelled) -> Actions:
    from cable_tui.exports.copy_formats import EXPORTS

    target_place = effect.place
    cable = services.cable(target_place.id, target_place.record)
    chosen_paragraphs = _paragraphs(cable, target_place.paragraph, effect.upto)
    citation = citation_of(cable, chosen_paragraphs, effect.stop, services.folder, services.citing)
    if target_place.span is not None:
        citation = part_of(citation, target_place.span)
    copy_format = EXPORTS[effect.style]
    copied_text = copy_format.function(citation)
    if not copied_text:
        yield effects.Notify(nothing_to_copy(citation, copy_format.label), "error")
        return
    what_was_copied = f"{copy_format.label} · {named(citation)}"
    yield from copy_text(services.clipboard, copied_text, what_was_copied, [citation])


def _copy_sentence(services: Services, effect: CopySentence, _: Cancelled) -> Actions:
    from cable_tui.exports.copy_formats import EXPORTS

    cable = services.cable(effect.id)
    citation = citation_of(cable, (), 0, services.folder, services.citing)
    if effect.offset is not None:
        citation = part_of(citation, selection.sentence_at(cable, effect.offset))
    copy_format = EXPORTS["quotation"]
    what_was_copied = f"{copy_format.label} · {named(citation)}"
    yield from copy_text(
        services.clipboard, copy_format.function(citation), what_was_copied, [citation]
    )


def _paragraphs(cable: Cable, first: int | None, last: int | None) -> tuple[Paragraph, ...]:
    """Return the paragraphs from `first` to `last`, or only the first; none for a whole cable."""
    if first is None:
        return ()
    return cable.body.paragraphs[first : (first if last is None else last) + 1]


def _copy_cables(services: Services, effect: effects.CopyCables, cancelled: Cancelled) -> Actions:
    """Copy the cables as one line each, as long texts separated by blank lines, or as one file."""
    from cable_tui.exports.copy_formats import EXPORTS

    requested_count = len(effect.ids)
    if requested_count > MOST_COPIED:
        yield effects.Notify(
            f"{requested_count:,} cables are too many to copy: E writes them to a file.", "error"
        )
        return
    copy_format = EXPORTS[effect.style]
    citations = list(_places(services, effect.ids, cancelled))
    copied_texts = [text for citation in citations if (text := copy_format.function(citation))]
    if cancelled():
        return
    if not copied_texts:
        yield effects.Notify(
            f"None of the {requested_count:,} selected cables has a {copy_format.label}.", "error"
        )
        return
    if len(copied_texts) < requested_count:
        not_copied = requested_count - len(copied_texts)
        yield effects.Notify(
            f"{not_copied:,} of {requested_count:,} selected cables could not be copied in this "
            "format.",
            "warning",
        )
    if copy_format.together:
        joined_text = copy_format.together(citations)
    else:
        joined_text = ("\n\n" if any("\n" in text for text in copied_texts) else "\n").join(
            copied_texts
        )
    counted_cables = counted(len(copied_texts), "cable")
    yield from copy_text(
        services.clipboard, joined_text, f"{copy_format.label} · {counted_cables}", citations
    )


def _places(services: Services, ids: tuple[int, ...], cancelled: Cancelled) -> Iterator[Citation]:
    """Yield a citation of each cable that can be read."""
    for cable_id in ids:
        if cancelled():
            return
        try:
            cable = services.cable(cable_id)
        except ArchiveError:
            continue
        yield citation_of(cable, (), 0, services.folder, services.citing)


def _put_on_clipboard(services: Services, effect: effects.PutOnClipboard, _: Cancelled) -> Actions:
    yield from copy_text(services.clipboard, effect.text, effect.what)


PERFORMERS: Performers = {
    effects.CopyCable: _copy_cable,
    CopySentence: _copy_sentence,
    effects.CopyCables: _copy_cables,
    effects.PutOnClipboard: _put_on_clipboard,
}

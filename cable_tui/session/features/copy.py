"""Copying what is under the cursor or selected; and the warnings before a text is passed on."""

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
    """Copy what is under the cursor in one of the formats; empty is the one used last."""

    style: str = ""
    span: tuple[int, int] | None = None
    """The selected range of the body's text: that is copied."""

    def step(self, session: Session) -> Result:
        """Copy the selected text, paragraphs or cables, else what is under the cursor."""
        place = selection.target(session)
        if place is None:
            return session, (effects.Notify("There is no cable to copy from."),)
        session = replace(session, style=self.style or session.style)
        if session.pane == "list" and (selected_ids := selection.selected_cables(session)):
            return session, (effects.CopyCables(session.style, selected_ids),)
        body_stop = session.stop if session.in_cable else 0
        copy_effect = effects.CopyCable(session.style, place, body_stop)
        if self.span is not None and session.in_cable:
            return session, (replace(copy_effect, place=replace(place, span=self.span)),)
        if session.in_cable and (part := selection.selected_span(session)) is not None:
            copy_effect = replace(copy_effect, place=replace(place, span=part))
            if session.sentence_from is None:  # the cursor stays where it is
                return session, (copy_effect,)
            return selection.without_selection(session), (copy_effect,)
        if chosen_paragraphs := selection.selected_paragraphs(session):
            copy_effect = replace(
                copy_effect,
                place=replace(place, paragraph=chosen_paragraphs[0]),
                upto=chosen_paragraphs[-1],
            )
        return replace(session, selected_from=None), (copy_effect,)


class CopySentence(Request):
    """Copy a sentence of a cable as a quotation, from the record that is read."""

    id: int
    offset: int | None
    """The offset; None is the subject."""


def copy_text(
    clipboard: Clipboard, text: str, what: str, places: Sequence[Citation] = ()
) -> Actions:
    """Copy a text to the clipboard, and report it: everything that is copied goes through here.

    `what` names the text; `places` are its locations. A warning that a source asks to be protected,
    or that a text is damaged, comes before the copy and never instead of it.
    """
    from cable_tui.exports.citation import RequestCount, in_room

    request_count = RequestCount()
    for place in places:
        request_count.add(place.cable)
    if words := request_count.in_words(in_room):
        yield effects.Notify(f"{words}.", "warning")
    warnings = [(place, warning) for place in places if (warning := caution(place))]
    if warnings:
        place, warning = warnings[0]
        sentence = f"{place.cable.reference_id}: {warning}" if len(places) > 1 else warning
        more_warnings = f" And {len(warnings) - 1:,} more of them." if len(warnings) > 1 else ""
        yield effects.Notify(sentence + more_warnings, "warning")
    result = clipboard.copy(text, what)
    yield effects.Notify(result.sentence, "information" if result.way else "error")


def citation_of(
    cable: Cable, paragraphs: tuple[Paragraph, ...], stop: int, folder: Path | None, ways: Ways
) -> Citation:
    """Cite paragraphs, or else the REF line at the cursor, or else the whole cable."""
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
    """Return the citation of the words between two offsets of the body, with their paragraphs."""
    span_start, span_end = span
    paragraphs = place.cable.body.paragraphs
    touched_paragraphs = tuple(
        paragraph
        for paragraph in paragraphs
        if paragraph.span[0] < span_end and span_start < paragraph.span[1]
    )
    return replace(place, paragraphs=touched_paragraphs, references=(), part=span)


def named(place: Citation) -> str:
    """Return the name of a citation in a notice: `¶3`, `ref. B` or the reference ID."""
    from cable_tui.exports.copy_formats import EXPORTS

    if place.part:
        return f"selected in {EXPORTS['reference'].function(place)}"
    if place.letters:
        return place.paras
    return f"¶{place.places}" if place.places else place.cable.reference_id


def caution(place: Citation) -> str:
    """Return a short warning on what is wrong with the text; may be empty."""
    from cable_tui.exports.citation import cautions

    sentences = cautions(place)
    if len(sentences) > 2:
        return f"{' '.join(sentences[:2])} And {len(sentences) - 2} more: see the top of the cable."
    return " ".join(sentences)


def nothing_to_copy(place: Citation, label: str) -> str:
    """Return the reason why a format has nothing to copy."""
    name = place.cable.reference_id
    if place.link_template == "cablegate" and not place.cable.facts.created:
        return f"{name} has no date, so its address is not known."
    return f"{name} has no {label}."


MOST_COPIED = 1000
"""The most cables that are copied at once."""


def _copy_cable(services: Services, effect: effects.CopyCable, _: Cancelled) -> Actions:
    from cable_tui.exports.copy_formats import EXPORTS

    place = effect.place
    cable = services.cable(place.id, place.record)
    chosen_paragraphs = _paragraphs(cable, place.paragraph, effect.upto)
    citation = citation_of(cable, chosen_paragraphs, effect.stop, services.folder, services.citing)
    if place.span is not None:
        citation = part_of(citation, place.span)
    export = EXPORTS[effect.style]
    text = export.function(citation)
    if not text:
        yield effects.Notify(nothing_to_copy(citation, export.label), "error")
        return
    what_was_copied = f"{export.label} · {named(citation)}"
    yield from copy_text(services.clipboard, text, what_was_copied, [citation])


def _copy_sentence(services: Services, effect: CopySentence, _: Cancelled) -> Actions:
    from cable_tui.exports.copy_formats import EXPORTS

    cable = services.cable(effect.id)
    place = citation_of(cable, (), 0, services.folder, services.citing)
    if effect.offset is not None:
        place = part_of(place, selection.sentence_at(cable, effect.offset))
    export = EXPORTS["quotation"]
    what_was_copied = f"{export.label} · {named(place)}"
    yield from copy_text(services.clipboard, export.function(place), what_was_copied, [place])


def _paragraphs(cable: Cable, first: int | None, last: int | None) -> tuple[Paragraph, ...]:
    """Return one paragraph, or several up to the last one; empty means the whole cable."""
    if first is None:
        return ()
    return cable.body.paragraphs[first : (first if last is None else last) + 1]


def _copy_cables(services: Services, effect: effects.CopyCables, cancelled: Cancelled) -> Actions:
    """Copy one reference a line, longer texts with blank lines between them, items as one file."""
    from cable_tui.exports.copy_formats import EXPORTS

    count = len(effect.ids)
    if count > MOST_COPIED:
        yield effects.Notify(
            f"{count:,} cables are too many to copy: E writes them to a file.", "error"
        )
        return
    export = EXPORTS[effect.style]
    places = list(_places(services, effect.ids, cancelled))
    texts = [text for place in places if (text := export.function(place))]
    if cancelled():
        return
    if not texts:
        yield effects.Notify(
            f"None of the {count:,} selected cables has a {export.label}.", "error"
        )
        return
    if len(texts) < count:
        not_copied = count - len(texts)
        yield effects.Notify(
            f"{not_copied:,} of {count:,} selected cables could not be copied this way.", "warning"
        )
    if export.together:
        joined_text = export.together(places)
    else:
        joined_text = ("\n\n" if any("\n" in text for text in texts) else "\n").join(texts)
    counted_cables = counted(len(texts), "cable")
    yield from copy_text(
        services.clipboard, joined_text, f"{export.label} · {counted_cables}", places
    )


def _places(services: Services, ids: tuple[int, ...], cancelled: Cancelled) -> Iterator[Citation]:
    """Yield the readable cables."""
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

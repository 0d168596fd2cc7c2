"""The open cable: the position in it, its records, words to find, and the history.

If the file of a cable cannot be read, only the facts in the catalogue are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from cable_tui.base.cable import Body, Cable, CableWarning, Facts, Header, Reference, Source, Span
from cable_tui.base.errors import CableTuiError
from cable_tui.base.pattern import pattern
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value, replace
from cable_tui.session import effects
from cable_tui.session.ask import SearchFor, ask, with_text
from cable_tui.session.feature_state import Preview, WordsToFind
from cable_tui.session.features import preview
from cable_tui.session.features.bookmarks import READ_AFTER, CountAsRead, LibraryChange
from cable_tui.session.features.results import with_cursor
from cable_tui.session.near_duplicates import at_cable
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import (
    HISTORY,
    READING,
    TOP,
    Action,
    Effect,
    HistoryEntry,
    Landing,
    OpenedCable,
)
from cable_tui.text import clean_text, fold

if TYPE_CHECKING:
    from cable_tui.query.answers import CableRow


class OpenCable(Action):
    """Open the cable under the cursor of the list."""

    def step(self, session: Session) -> Result:
        """Open the cable under the cursor; going back returns to the list."""
        cable_id = session.current
        if cable_id is None:
            return session, ()
        session = session.with_past(replace(session.history_entry(), id=None))
        return fetch_cable(session, cable_id, preview.landing_in(session, cable_id))


class StepCable(Action):
    """`J` and `K`: open the next or previous cable of the list."""

    by: int

    def step(self, session: Session) -> Result:
        """Open the next or previous cable in the list, even if the reader is in another cable."""
        return _step_along_list(session, self.by, TOP, "cable")


class NextCable(Action):
    """Go to the next cable: open it while a cable is read, or else move the cursor of the list."""

    def step(self, session: Session) -> Result:
        """Open the next cable, or move the cursor of the list to it."""
        if session.pane in READING:
            return StepCable(1).step(session)
        return preview.await_rest(session, with_cursor(session, session.at + 1))


class NoMoreHits(Action):
    """There is no further match in this direction in the body."""

    by: int

    def step(self, session: Session) -> Result:
        """Go to the first match in the next cable, or the last match in the previous one."""
        landing = Landing(hit="first" if self.by > 0 else "last")
        return _step_along_list(session, self.by, landing, "hit")


class CableShown(Action):
    """A cable was read from its file."""

    id: int
    cable: Cable
    perhaps: tuple[Span, ...] = ()
    """Spans of names that may be protected, as in `OpenedCable`."""

    def step(self, session: Session) -> Result:
        """Show the cable, unless the reader has opened another one since."""
        if preview.is_preview(session, self.id):
            return _preview_shown(session, OpenedCable(self.id, self.cable, self.perhaps))
        if self.id != session.opening:
            return session, ()
        opened_by_stepping = session.landing.hit in ("first", "last") and session.opened is not None
        landing = session.landing
        opened_now = OpenedCable(self.id, self.cable, self.perhaps)
        paragraph_index = _paragraph_index(opened_now, landing)
        session = _with_opened(session, opened_now, replace(landing, index=paragraph_index))
        session = replace(session, opening=None, landing=TOP, preview=Preview())
        notices: tuple[Effect, ...] = ()
        if opened_by_stepping:
            notices = (effects.Notify(f"→ {self.cable.reference_id}"),)
        elif landing.paragraph is not None and paragraph_index is None:
            missing_paragraph = f"{self.cable.reference_id} has no paragraph {landing.paragraph}."
            notices = (effects.Notify(missing_paragraph, "warning"),)
        count_later = effects.DispatchLater(READ_AFTER, CountAsRead(self.id))
        return session, (
            effects.ScrollTo(replace(landing, index=paragraph_index)),
            *notices,
            count_later,
        )


class CableNotShown(Action):
    """A cable could not be read."""

    id: int
    reason: str
    known: Cable | None = None
    """The catalogue's facts in the form of a cable, or None if the catalogue has none."""

    def step(self, session: Session) -> Result:
        """Show the reason and the known facts about the cable, or else return to the list.

        The previous cable is not shown, because the reader would take it for this one.
        """
        if preview.is_preview(session, self.id) and self.known is not None:
            return _preview_shown(session, OpenedCable(self.id, self.known))
        if self.id != session.opening:
            return session, ()
        if self.known is not None:
            session = _with_opened(session, OpenedCable(self.id, self.known), TOP)
            session = replace(session, preview=Preview())
        elif session.opened is None:
            session = replace(session, pane="list", reading=False)
        session = replace(session, opening=None, landing=TOP)
        return session, (effects.Notify(self.reason, "error"),)


class FollowReference(Action):
    """Open the cable that the references under the cursor name."""

    references: tuple[Reference, ...]

    def step(self, session: Session) -> Result:
        """Open the only reference, let the reader choose among several, or report a missing one."""
        references_by_id = {
            reference.reference_id: reference
            for reference in self.references
            if reference.reference_id
        }
        if len(references_by_id) > 1:
            return session, (reference_menu(references_by_id.values()),)
        if references_by_id:
            return session, (effects.GoToCable(next(iter(references_by_id))),)
        message = "There is no reference to another cable on this line."
        if self.references:
            message = f"{self.references[0].text} is not a cable."
        return session, (effects.Notify(message),)


class ReferenceResolved(Action):
    """A reference was looked up; `id` is None if its cable is not in the archive."""

    reference: str
    id: int | None
    paragraph: str | None = None
    page: Action | None = None
    """The action that opens the page to return to, as in `effects.GoToCable`."""

    def step(self, session: Session) -> Result:
        """Open the cable, or report that it is missing and offer to copy its link."""
        if self.id is None:
            if session.pending_reference == (self.reference, self.paragraph):
                return session, ()
            return session, (missing_menu(self.reference),)
        landing = Landing(paragraph=self.paragraph)
        is_open = session.in_cable and session.opened is not None and session.opened.id == self.id
        if is_open and self.paragraph is None:
            return session, (effects.Notify(f"{self.reference} is this cable."),)
        session = session.with_past(session.history_entry())
        if self.page is not None:
            session = session.with_page(self.page)
        session = at_cable(session, self.id)
        return fetch_cable(session, self.id, landing)


class GoBack(Action):
    """Go to the previous position in the history."""

    def step(self, session: Session) -> Result:
        """Restore the previous position, and store the current one for `GoForward`."""
        if not session.past:
            return session, (effects.Notify("There is no earlier position in the history."),)
        previous_entry, current_entry = session.past[-1], session.history_entry()
        future_entries = (*session.future, current_entry)[-HISTORY:]
        return _restored(
            replace(session, past=session.past[:-1], future=future_entries), previous_entry
        )


class GoForward(Action):
    """Go to the position from which `GoBack` returned."""

    def step(self, session: Session) -> Result:
        """Restore the next position; going back returns to the current one."""
        if not session.future:
            return session, (effects.Notify("There is no later position in the history."),)
        next_entry, current_entry = session.future[-1], session.history_entry()
        past_entries = (*session.past, current_entry)[-HISTORY:]
        return _restored(
            replace(session, future=session.future[:-1], past=past_entries), next_entry
        )


def fetch_cable(
    session: Session, cable: int, landing: Landing = TOP, *, stay: bool = False, record: int = 0
) -> Result:
    """Fetch a cable, or a given record of it, and move the focus to its body unless `stay`."""
    if not stay:
        session = replace(session, pane="body", reading=True, filters_open=False)
    session = replace(session, opening=cable, landing=landing, pending_reference=None)
    return session, (effects.FetchCable(cable, record),)


def _step_along_list(session: Session, by: int, landing: Landing, noun: str) -> Result:
    listed_ids = session.hits.ids
    list_index = session.at + by
    if session.opened is None and session.opening is None and session.current is not None:
        list_index = session.at
    if not 0 <= list_index < len(listed_ids):
        list_end = "last" if by > 0 else "first"
        return session, (effects.Notify(f"This is the {list_end} {noun} in the list."),)
    session = replace(session, at=list_index)
    return fetch_cable(session, listed_ids[list_index], landing, stay=session.pane not in READING)


def _preview_shown(session: Session, opened: OpenedCable) -> Result:
    """Show the cable under the cursor of the list as a preview, which does not count as read."""
    landing, left_entry = preview.landing_in(session, opened.id), preview.place_left(session)
    if landing == TOP and session.query.has_words:
        landing = preview.FIRST_HIT
    session = _with_opened(session, opened, landing)
    session = replace(session, preview=Preview(shown=True, left=left_entry))
    return session, (effects.ScrollTo(landing),)


def _with_opened(session: Session, opened: OpenedCable, landing: Landing) -> Session:
    """Return the session with another cable in the reading pane."""
    return replace(
        session,
        opened=opened,
        find=WordsToFind(text=landing.words),
        selected_from=None,
        sentence=None,
        sentence_from=None,
        paragraph=landing.index,
        scroll=landing.scroll or 0,
        stop=landing.stop or 0,
    )


def _paragraph_index(opened: OpenedCable, landing: Landing) -> int | None:
    if landing.paragraph is None:
        return landing.index
    for paragraph_index, paragraph in enumerate(opened.cable.body.paragraphs):
        if landing.paragraph in (paragraph.label, (paragraph.anchor or "").removeprefix("par")):
            return paragraph_index
    return None


def reference_menu(references: Iterable[Reference]) -> effects.AskMenu:
    """Return the menu of several references, to open the cable of one."""
    references_by_id = ((ref.reference_id or "", ref) for ref in references)
    menu_lines = (
        (reference_id, _state(ref), effects.GoToCable(reference_id))
        for reference_id, ref in references_by_id
    )
    return effects.numbered_menu("Open which cable?", menu_lines)


def _state(reference: Reference) -> str:
    label_text = f"{reference.label}. " if reference.label else ""
    missing_note = {True: "", False: " · missing", None: ""}[reference.in_archive]
    return f"{label_text}{reference.text}{' ?' if reference.year_inferred else ''}{missing_note}"


def missing_menu(reference: str) -> effects.AskMenu:
    """Return the menu for a cable that is not in the archive."""
    menu_items = (
        effects.MenuItem("c", "list its citing cables", SearchFor(f"cites:{reference} ")),
        effects.MenuItem("y", "copy its link", effects.copy_link(reference)),
    )
    return effects.AskMenu(reference, menu_items, f"{reference} is not in this archive.")


def _restored(session: Session, history_entry: HistoryEntry) -> Result:
    """Restore a position, and reopen the page that covered the room at that time."""
    session, restore_effects = _restore_position(session, history_entry)
    if history_entry.page is None:
        return session, restore_effects
    session, open_effects = history_entry.page.step(session)
    return session, (*restore_effects, *open_effects)


def _restore_position(session: Session, history_entry: HistoryEntry) -> Result:
    """Restore the query, the cursor of the list, the cable, and the position in the cable."""
    restore_effects: tuple[Effect, ...] = ()
    if history_entry.text != session.text:
        session, restore_effects = ask(with_text(session, history_entry.text, history_entry.at))
    else:
        session = with_cursor(session, history_entry.at)
    if history_entry.id is None:
        return replace(session, pane="list", reading=False, opening=None), restore_effects
    landing = history_entry.landing
    if session.opened and session.opened.id == history_entry.id and not session.preview.shown:
        session = replace(session, pane="body", reading=True, opening=None)
        stop_index = min(
            history_entry.stop, len(session.body.stops) - 1
        )  # another record may have fewer
        session = replace(
            session, paragraph=history_entry.index, scroll=history_entry.scroll, stop=stop_index
        )
        return session, (*restore_effects, effects.ScrollTo(landing))
    session, fetch_effects = fetch_cable(session, history_entry.id, landing)
    return session, (*restore_effects, *fetch_effects)


_CODE = "absent"


def placeholder_cable(row: CableRow, reason: str) -> Cable:
    """Return a row of the list as a cable with the reason as its body, only for display."""
    facts = Facts(
        row.reference_id,
        row.canonical_id,
        row.created,
        "page",
        "",
        row.classification,
        row.origin,
    )
    body_text = clean_text(
        f"The text of this cable cannot be shown.\n\n{reason}\n\nPress F5 to check the "
        "folder for changes."
    )
    warning = CableWarning(_CODE, "Its text is missing: only its metadata is shown.")
    header_and_body = (Header(""), Body(body_text))
    return Cable(facts, row.subject, None, row.tags, (), (), *header_and_body, warnings=(warning,))


def is_placeholder(cable: Cable) -> bool:
    """Return whether a cable was created by `placeholder_cable`."""
    return any(warning.code == _CODE for warning in cable.warnings)


def _read_cable(services: Services, effect: effects.FetchCable, _: Cancelled) -> Actions:
    try:
        record_number = effect.record or services.records_of([effect.id]).get(effect.id, 0)
        cable = services.archive.cable(effect.id, record_number)
    except CableTuiError as error:
        cable_row = services.rows([effect.id]).get(effect.id)
        placeholder = None if cable_row is None else placeholder_cable(cable_row, str(error))
        yield CableNotShown(effect.id, str(error), placeholder)
        return
    services.shown = effect.id, cable
    yield CableShown(effect.id, cable, _perhaps_protected(services, cable))


PerhapsProtected = Callable[[Services, Cable], Iterable[Span]]
"""A function that returns the spans of names that may be covered by a protection request."""


def _perhaps_protected(services: Services, cable: Cable) -> tuple[Span, ...]:
    """If there is a request, return the spans of names that tools consider possibly protected."""
    from cable_tui.telegram.people.protection_words import asks

    if not asks(cable.body.text):
        return ()
    finders: list[PerhapsProtected] = [
        load(function_name) for tool in tools() for function_name in tool.perhaps_protected
    ]
    return tuple(span for find_spans in finders for span in find_spans(services, cable))


def _find_cable(services: Services, effect: effects.GoToCable, _: Cancelled) -> Actions:
    cable_id = services.archive.find(effect.reference)
    yield ReferenceResolved(effect.reference, cable_id, effect.paragraph, effect.page)


class ChooseRecord(Action):
    """Choose which record of the open cable to read."""

    def step(self, session: Session) -> Result:
        """Open the menu of records, if the open cable has several."""
        cable_records = session.cable.sources if session.cable else ()
        if len(cable_records) < 2:
            return session, (effects.Notify("This archive has only one version of this cable."),)
        return session, (record_menu(cable_records),)


class TakeRecord(Action):
    """Read a given record of the open cable, now and in later sessions."""

    number: int

    def step(self, session: Session) -> Result:
        """Store the choice, and show the record at the same paragraph."""
        if session.opened is None:
            return session, ()
        cable_id = session.opened.id
        paragraph = session.here
        landing = Landing(paragraph=paragraph.label) if paragraph and paragraph.label else TOP
        session = replace(session, opening=cable_id, landing=landing)
        return session, (
            KeepRecord(cable_id, self.number),
            effects.FetchCable(cable_id, self.number),
        )


class KeepRecord(LibraryChange):
    """Store which record of a cable the reader has chosen; answered by `LibraryChanged`."""

    id: int
    number: int

    def change(self, services: Services) -> str:
        """Store the CRC of the record, or remove it for the first record."""
        (cable_row,) = services.archive.rows([self.id])
        record_crc = None if self.number == 1 else services.archive.crc(self.id, self.number)
        services.library.records.choose(cable_row.reference_id, cable_row.canonical_id, record_crc)
        return f"{cable_row.reference_id}: version {self.number} is shown from now on · u to undo"


def record_menu(sources: Sequence[Source]) -> effects.AskMenu:
    """Return the menu of a cable's records by number; the first of `sources` is currently shown."""
    from cable_tui.exports.plain_text import source_label

    shown_number = sources[0].number
    menu_lines = (
        (
            source.format,
            f"{'now · ' if source.number == shown_number else ''}{source_label(source)}",
            TakeRecord(source.number),
        )
        for source in sorted(sources, key=lambda source: source.number)
    )
    return effects.numbered_menu("Read which version?", menu_lines)


class WordMatches(Value):
    """The matches of words in a text, ignoring case and accents, and across line breaks."""

    text: str

    def spans(self, text: str) -> list[Span]:
        """Return the ranges of matching characters, in order; empty if there are none."""
        text_words = self.text.split()
        if not text_words:
            return []
        word_pattern = pattern(
            r"\s+".join(re.escape(_plain(text_word)) for text_word in text_words)
        )
        return [word_match.span() for word_match in word_pattern.finditer(_plain(text))]

    places = spans


def _plain(text: str) -> str:
    """Fold a text without changing its length: keep a character whose folded form is longer."""
    if text.isascii():
        return text.lower()
    return "".join(
        folded_character if len(folded_character := fold(character)) == 1 else character
        for character in text
    )


class OpenFind(Action):
    """`^f`: open the input line for words to find in the cable."""

    def step(self, session: Session) -> Result:
        """Open the input line with the words last used for this cable."""
        if session.cable is None:
            return session, (effects.NO_CABLE,)
        session = replace(session, pane="body", reading=True, filters_open=False)
        return replace(session, find=replace(session.find, open=True)), ()


class FindText(Action):
    """The text in the input line has changed."""

    text: str

    def step(self, session: Session) -> Result:
        """Highlight the matches of the text."""
        return replace(session, find=replace(session.find, text=self.text)), ()


class CloseFind(Action):
    """Enter: return the focus to the body; the matches stay highlighted."""

    def step(self, session: Session) -> Result:
        """Close the input line; without a text nothing is highlighted."""
        return replace(session, find=replace(session.find, open=False)), ()


PERFORMERS: Performers = {
    effects.FetchCable: _read_cable,
    effects.GoToCable: _find_cable,
}

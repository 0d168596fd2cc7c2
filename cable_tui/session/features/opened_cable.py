"""Reading: the open cable, the reader's position in it, its records, found words, the history.

A cable whose file cannot be read is shown as far as the catalogue knows it.
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
        """Open the cable under the cursor; Back comes back to the list."""
        cable = session.current
        if cable is None:
            return session, ()
        session = session.with_past(replace(session.history_entry(), id=None))
        return fetch_cable(session, cable, preview.landing_in(session, cable))


class StepCable(Action):
    """J and K: the next or previous cable of the list."""

    by: int

    def step(self, session: Session) -> Result:
        """Open the next or previous cable of the list, also while reading."""
        return _step_along_list(session, self.by, TOP, "cable")


class NextCable(Action):
    """Go on to the next cable of the list: under its cursor, or opened while one is read."""

    def step(self, session: Session) -> Result:
        """Open the next cable, or move the cursor of the list."""
        if session.pane in READING:
            return StepCable(1).step(session)
        return preview.await_rest(session, with_cursor(session, session.at + 1))


class NoMoreHits(Action):
    """The body has no further hit in this direction."""

    by: int

    def step(self, session: Session) -> Result:
        """Go on to the first hit of the next cable, or the last of the one before."""
        landing = Landing(hit="first" if self.by > 0 else "last")
        return _step_along_list(session, self.by, landing, "hit")


class CableShown(Action):
    """A cable was read from its file."""

    id: int
    cable: Cable
    perhaps: tuple[Span, ...] = ()
    """As in `OpenedCable`."""

    def step(self, session: Session) -> Result:
        """Show the cable that was read, unless another one was opened meanwhile."""
        if preview.is_preview(session, self.id):
            return _preview_shown(session, OpenedCable(self.id, self.cable, self.perhaps))
        if self.id != session.opening:
            return session, ()
        rolled = session.landing.hit is not None and session.opened is not None
        landing = session.landing
        opened_now = OpenedCable(self.id, self.cable, self.perhaps)
        paragraph = _paragraph_index(opened_now, landing)
        session = _with_opened(session, opened_now, replace(landing, index=paragraph))
        session = replace(session, opening=None, landing=TOP, preview=Preview())
        notices: tuple[Effect, ...] = ()
        if rolled:
            notices = (effects.Notify(f"→ {self.cable.reference_id}"),)
        elif landing.paragraph is not None and paragraph is None:
            missing_paragraph = f"{self.cable.reference_id} has no paragraph {landing.paragraph}."
            notices = (effects.Notify(missing_paragraph, "warning"),)
        count_later = effects.DispatchLater(READ_AFTER, CountAsRead(self.id))
        return session, (effects.ScrollTo(replace(landing, index=paragraph)), *notices, count_later)


class CableNotShown(Action):
    """A cable could not be read."""

    id: int
    reason: str
    known: Cable | None = None
    """The facts of the catalogue in the form of a cable; None if it has nothing."""

    def step(self, session: Session) -> Result:
        """Show the reason, and the known facts on the cable; else go back to the list.

        The earlier cable is not shown: it would be taken for this one.
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
        """Open one reference, let the reader choose among several, or say that none is here."""
        cables = {ref.reference_id: ref for ref in self.references if ref.reference_id}
        if len(cables) > 1:
            return session, (reference_menu(cables.values()),)
        if cables:
            return session, (effects.GoToCable(next(iter(cables))),)
        message = "There is no reference to another cable on this line."
        if self.references:
            message = f"{self.references[0].text} is not a cable."
        return session, (effects.Notify(message),)


class ReferenceResolved(Action):
    """The cable of an id was looked up; None if it is not in the archive."""

    reference: str
    id: int | None
    paragraph: str | None = None
    page: Action | None = None
    """The page to open, as in `effects.GoToCable`."""

    def step(self, session: Session) -> Result:
        """Open the cable, or say that it is not here and offer its link."""
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
    """Go to the previous position of the history."""

    def step(self, session: Session) -> Result:
        """Go to the previous position."""
        if not session.past:
            return session, (effects.Notify("The history has no earlier position."),)
        place, current_entry = session.past[-1], session.history_entry()
        future = (*session.future, current_entry)[-HISTORY:]
        return _restored(replace(session, past=session.past[:-1], future=future), place)


class GoForward(Action):
    """Go to the position that `GoBack` left."""

    def step(self, session: Session) -> Result:
        """Go there; Back returns here."""
        if not session.future:
            return session, (effects.Notify("The history has no later position."),)
        place, current_entry = session.future[-1], session.history_entry()
        past = (*session.past, current_entry)[-HISTORY:]
        return _restored(replace(session, future=session.future[:-1], past=past), place)


def fetch_cable(
    session: Session, cable: int, landing: Landing = TOP, *, stay: bool = False, record: int = 0
) -> Result:
    """Fetch a cable, or this record of it; the keys go to its body unless they `stay`."""
    if not stay:
        session = replace(session, pane="body", reading=True, filters_open=False)
    session = replace(session, opening=cable, landing=landing, pending_reference=None)
    return session, (effects.FetchCable(cable, record),)


def _step_along_list(session: Session, by: int, landing: Landing, what: str) -> Result:
    ids = session.hits.ids
    index = session.at + by
    if session.opened is None and session.opening is None and session.current is not None:
        index = session.at
    if not 0 <= index < len(ids):
        list_end = "last" if by > 0 else "first"
        return session, (effects.Notify(f"This is the {list_end} {what} of the list."),)
    session = replace(session, at=index)
    return fetch_cable(session, ids[index], landing, stay=session.pane not in READING)


def _preview_shown(session: Session, opened: OpenedCable) -> Result:
    """Show the cable under the cursor of the list, which then counts as neither open nor read."""
    landing, place_left = preview.landing_in(session, opened.id), preview.place_left(session)
    if landing == TOP and session.query.has_words:
        landing = Landing(hit="first in a paragraph")
    session = _with_opened(session, opened, landing)
    session = replace(session, preview=Preview(shown=True, left=place_left))
    return session, (effects.ScrollTo(landing),)


def _with_opened(session: Session, opened: OpenedCable, landing: Landing) -> Session:
    """Return the session with another cable in its boxes."""
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
    for index, paragraph in enumerate(opened.cable.body.paragraphs):
        if landing.paragraph in (paragraph.label, (paragraph.anchor or "").removeprefix("par")):
            return index
    return None


def reference_menu(references: Iterable[Reference]) -> effects.AskMenu:
    """Return the menu of several references, to open one."""
    references_by_id = ((ref.reference_id or "", ref) for ref in references)
    lines = ((name, _state(ref), effects.GoToCable(name)) for name, ref in references_by_id)
    return effects.numbered_menu("Open which cable?", lines)


def _state(reference: Reference) -> str:
    label_text = f"{reference.label}. " if reference.label else ""
    missing_note = {True: "", False: " · missing", None: ""}[reference.in_archive]
    return f"{label_text}{reference.text}{' ?' if reference.year_inferred else ''}{missing_note}"


def missing_menu(reference: str) -> effects.AskMenu:
    """Return the menu for a missing cable."""
    items = (
        effects.MenuItem("c", "list its citing cables", SearchFor(f"cites:{reference} ")),
        effects.MenuItem("y", "copy its link", effects.copy_link(reference)),
    )
    return effects.AskMenu(reference, items, f"{reference} is not in this archive.")


def _restored(session: Session, place: HistoryEntry) -> Result:
    """Restore a position, and the page that was over the room."""
    session, wanted_effects = _restore_position(session, place)
    if place.page is None:
        return session, wanted_effects
    session, open_effects = place.page.step(session)
    return session, (*wanted_effects, *open_effects)


def _restore_position(session: Session, place: HistoryEntry) -> Result:
    """Restore the query, the line of the list, the cable, and the position in it."""
    wanted_effects: tuple[Effect, ...] = ()
    if place.text != session.text:
        session, wanted_effects = ask(with_text(session, place.text, place.at))
    else:
        session = with_cursor(session, place.at)
    if place.id is None:
        return replace(session, pane="list", reading=False, opening=None), wanted_effects
    landing = place.landing
    if session.opened and session.opened.id == place.id and not session.preview.shown:
        session = replace(session, pane="body", reading=True, opening=None)
        stop = min(place.stop, len(session.body.stops) - 1)  # another record may have fewer
        session = replace(session, paragraph=place.index, scroll=place.scroll, stop=stop)
        return session, (*wanted_effects, effects.ScrollTo(landing))
    session, fetch_effects = fetch_cable(session, place.id, landing)
    return session, (*wanted_effects, *fetch_effects)


_CODE = "absent"


def placeholder_cable(row: CableRow, reason: str) -> Cable:
    """Return a row as a cable, with the reason as its body; only shown, never cited."""
    facts = Facts(
        row.reference_id,
        row.canonical_id,
        row.created,
        "page",
        "",
        row.classification,
        row.origin,
    )
    text = clean_text(
        f"The text of this cable cannot be shown.\n\n{reason}\n\nPress F5 to check the "
        "folder for changes."
    )
    warning = CableWarning(_CODE, "Its text is missing: only its metadata is shown.")
    boxes = (Header(""), Body(text))
    return Cable(facts, row.subject, None, row.tags, (), (), *boxes, warnings=(warning,))


def is_placeholder(cable: Cable) -> bool:
    """Return whether a cable is a placeholder."""
    return any(warning.code == _CODE for warning in cable.warnings)


def _read_cable(services: Services, effect: effects.FetchCable, _: Cancelled) -> Actions:
    try:
        record = effect.record or services.records_of([effect.id]).get(effect.id, 0)
        cable = services.archive.cable(effect.id, record)
    except CableTuiError as error:
        row = services.rows([effect.id]).get(effect.id)
        known_facts = None if row is None else placeholder_cable(row, str(error))
        yield CableNotShown(effect.id, str(error), known_facts)
        return
    services.shown = effect.id, cable
    yield CableShown(effect.id, cable, _perhaps_protected(services, cable))


PerhapsProtected = Callable[[Services, Cable], Iterable[Span]]
"""Returns where a cable that asks for protection has names that are perhaps meant."""


def _perhaps_protected(services: Services, cable: Cable) -> tuple[Span, ...]:
    """Return the names that a tool says are perhaps protected; few cables ask for it."""
    from cable_tui.telegram.people.protection_words import asks

    if not asks(cable.body.text):
        return ()
    finders: list[PerhapsProtected] = [
        load(name) for tool in tools() for name in tool.perhaps_protected
    ]
    return tuple(span for find_spans in finders for span in find_spans(services, cable))


def _find_cable(services: Services, effect: effects.GoToCable, _: Cancelled) -> Actions:
    id_ = services.archive.find(effect.reference)
    yield ReferenceResolved(effect.reference, id_, effect.paragraph, effect.page)


class ChooseRecord(Action):
    """Choose which record of the open cable is read."""

    def step(self, session: Session) -> Result:
        """Ask, if the open cable has several records."""
        sources = session.cable.sources if session.cable else ()
        if len(sources) < 2:
            return session, (effects.Notify("This archive has only one version of this cable."),)
        return session, (record_menu(sources),)


class TakeRecord(Action):
    """Read this record of the open cable, now and from now on."""

    number: int

    def step(self, session: Session) -> Result:
        """Keep the choice, and show the record at the paragraph that is read."""
        if session.opened is None:
            return session, ()
        id_ = session.opened.id
        paragraph = session.here
        landing = Landing(paragraph=paragraph.label) if paragraph and paragraph.label else TOP
        session = replace(session, opening=id_, landing=landing)
        return session, (KeepRecord(id_, self.number), effects.FetchCable(id_, self.number))


class KeepRecord(LibraryChange):
    """Store that this record of a cable is read; answered by `LibraryChanged`."""

    id: int
    number: int

    def change(self, services: Services) -> str:
        """Keep the CRC of the record; the first record needs none."""
        (row,) = services.archive.rows([self.id])
        crc = None if self.number == 1 else services.archive.crc(self.id, self.number)
        services.library.records.choose(row.reference_id, row.canonical_id, crc)
        return f"{row.reference_id}: version {self.number} is shown from now on · u undoes"


def record_menu(sources: Sequence[Source]) -> effects.AskMenu:
    """Return the records of a cable, by their numbers; the first of `sources` is read now."""
    from cable_tui.exports.plain_text import source_label

    number_now = sources[0].number
    lines = (
        (
            source.format,
            f"{'now · ' if source.number == number_now else ''}{source_label(source)}",
            TakeRecord(source.number),
        )
        for source in sorted(sources, key=lambda source: source.number)
    )
    return effects.numbered_menu("Read which version?", lines)


class WordMatches(Value):
    """The matches of words in a text, whatever their case and accents, also over line ends."""

    text: str

    def spans(self, text: str) -> list[Span]:
        """Return ranges of characters, in order; empty if there is no match."""
        text_words = self.text.split()
        if not text_words:
            return []
        shape = pattern(r"\s+".join(re.escape(_plain(part)) for part in text_words))
        return [match.span() for match in shape.finditer(_plain(text))]

    places = spans


def _plain(text: str) -> str:
    """Fold a text without changing its length: a letter that would become two stays."""
    if text.isascii():
        return text.lower()
    return "".join(one if len(one := fold(sign)) == 1 else sign for sign in text)


class OpenFind(Action):
    """^f: open the line to find words in the cable."""

    def step(self, session: Session) -> Result:
        """Open the line with the last words of this cable."""
        if session.cable is None:
            return session, (effects.NO_CABLE,)
        session = replace(session, pane="body", reading=True, filters_open=False)
        return replace(session, find=replace(session.find, open=True)), ()


class FindText(Action):
    """The text of the line changed."""

    text: str

    def step(self, session: Session) -> Result:
        """Highlight what the text matches."""
        return replace(session, find=replace(session.find, text=self.text)), ()


class CloseFind(Action):
    """Enter: the keys go back to the body, the matches stay highlighted."""

    def step(self, session: Session) -> Result:
        """Close the line; without a text nothing is highlighted."""
        return replace(session, find=replace(session.find, open=False)), ()


PERFORMERS: Performers = {
    effects.FetchCable: _read_cable,
    effects.GoToCable: _find_cable,
}

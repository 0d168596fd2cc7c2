"""Answers to protection requests in the room: selected names are saved and shown on the page.

The page belongs to the report `protect`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features.pages import OpenPage, Say
from cable_tui.session.registry import Actions, Cancelled, OnScreen, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, LibraryWrite, Request

if TYPE_CHECKING:  # few sessions answer
    from cable_tui.base.cable import Cable, Span
    from cable_tui.tools.protection.answers import Answers, KeptName, RequestKey
    from cable_tui.tools.protection.digest_spans import DigestSpan
    from cable_tui.tools.protection.review import RequestRow
    from cable_tui.tui.main.view import View


class AnswerRequests(Request, LibraryWrite):
    """Save the names that the given requests mean; answered by `RequestsAnswered`."""

    answers: tuple[tuple[RequestRow, tuple[str, ...] | None], ...]
    """Each request with its names: empty if it concerns no one, None to ask again."""


class AddName(Action):
    """Add a name to the names that a request means."""

    row: RequestRow
    name: str

    def step(self, session: Session) -> Result:
        """Save it with the names that are already confirmed."""
        name_typed = " ".join(self.name.split())
        if not name_typed:
            return session, ()
        asked_request = self.row.asked
        return AnswerRequests(((self.row, (*asked_request.confirmed, name_typed)),)).step(session)


class RequestsAnswered(Action):
    """Some requests have new answers."""

    rows: tuple[RequestRow, ...]
    note: str = ""

    def step(self, session: Session) -> Result:
        """Show the new answers on the page."""
        page = session.page
        if page is None or page.of.name != "protect":
            return session, ()
        new_rows = {row.asked.key: row for row in self.rows}
        rows = tuple(new_rows.get(row.asked.key, row) for row in page.rows)
        return replace(session, page=replace(page, rows=rows, note=self.note)), ()


class ShowRequests(Effect):
    """Open the page that lists the protection requests in some cables."""

    refs: str
    """The canonical IDs of the cables, separated by commas."""


class KeepName(Request, LibraryWrite):
    """Keep a name where it may be something else, or mask it there, and then continue."""

    name: KeptName
    kept: bool
    then: Action


def _requests(view: View, effect: ShowRequests) -> None:
    from cable_tui.reports.table import REPORTS

    entry = REPORTS["protect"]
    ask: Any = entry.report.ask
    view.dispatch(OpenPage(entry, ask(refs=effect.refs)))


def perhaps_protected(services: Services, cable: Cable) -> Iterator[Span]:
    """Yield the spans of names proposed for the cable's unanswered requests."""
    from cable_tui.tools.protection import answers
    from cable_tui.tools.protection.review import reviewed

    try:
        known_answers = answers.read(answers.file_beside(services.library.path))
    except CableTuiError:  # the page of requests says why
        known_answers = answers.NO_ANSWERS
    for request in reviewed(cable, known_answers):
        if not request.is_answered:
            yield from request.found.proposed


def _keep(services: Services, effect: KeepName, _: Cancelled) -> Actions:
    """Save the choice, then continue."""
    from cable_tui.tools.protection import answers

    answers_file = answers.file_beside(services.library.path)
    try:
        answers.change(answers_file, lambda before: before.with_kept(effect.name, kept=effect.kept))
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    yield effect.then


def _answer(services: Services, effect: AnswerRequests, _: Cancelled) -> Actions:
    """Save the answers as positions, never as names; report names that a cable does not contain."""
    from cable_tui.tools.protection import answers  # few sessions answer
    from cable_tui.tools.protection.digest_spans import ParagraphDigests
    from cable_tui.tools.protection.review import RequestRow, places_of_names, reviewed

    answers_file = answers.file_beside(services.library.path)
    new_answers: list[tuple[RequestKey, tuple[DigestSpan, ...] | None]] = []
    missing_names: list[str] = []
    cables: dict[int, Cable] = {}
    try:
        for row, names in effect.answers:
            cable = cables[row.id] = cables.get(row.id) or services.archive.cable(row.id)
            if names is None:
                new_answers.append((row.asked.key, None))
                continue
            spans, absent_names = places_of_names(cable, row.asked, names)
            missing_names += absent_names
            if spans or not names:
                paragraph_digests = ParagraphDigests(cable)
                new_answers.append((row.asked.key, tuple(map(paragraph_digests.place, spans))))

        def edit(current_answers: Answers) -> Answers:
            for request_key, name_places in new_answers:
                current_answers = current_answers.with_request(request_key, name_places)
            return current_answers

        answers_after = answers.change(answers_file, edit)
    except CableTuiError as error:
        yield Say(str(error))
        return
    answered_rows = (
        RequestRow(id_, request)
        for id_, cable in cables.items()
        for request in reviewed(cable, answers_after)
    )
    missing_note = (
        (f"Not saved: the cable does not contain {', '.join(missing_names)}.")
        if missing_names
        else ""
    )
    yield RequestsAnswered(tuple(answered_rows), missing_note)


PERFORMERS: Performers = {
    KeepName: _keep,
    AnswerRequests: _answer,
}


ON_SCREEN: OnScreen = {
    ShowRequests: _requests,
}

"""Handlers that change the reader's choice of people. In the library's thread; no Textual."""

from __future__ import annotations

from cable_tui.archive.source_criticism.people import Found
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import LibraryError
from cable_tui.library import people_file
from cable_tui.query import people as choice
from cable_tui.query.people import People, PeopleError
from cable_tui.reports.people import ChangePerson, UndoPeople
from cable_tui.session.features.pages import ChooseRow, ReadAgain, Say


@performs(ChangePerson)
def _write(services: Services, effect: ChangePerson, _: Cancelled) -> Actions:
    """Change the file, and say what was done or why it was not."""
    file = people_file.file_beside(services.library.path)
    before: People = ()

    def edit(kept: People) -> People:
        nonlocal before
        before = kept
        return changed(kept, effect)

    yield ChooseRow(None)
    try:
        after = people_file.change(file, edit)
    except LibraryError as error:
        yield Say(str(error))
        return
    if after != before:
        services.people_changes.append((_done(effect), before, after))
    yield from _read_again(_done(effect))


@performs(UndoPeople)
def _undo(services: Services, _effect: UndoPeople, _: Cancelled) -> Actions:
    """Undo the last change of this room; never what another window did since."""
    if not services.people_changes:
        yield Say("There is no change of this session to undo")
        return
    done, before, after = services.people_changes[-1]

    def edit(kept: People) -> People:
        if kept != after:
            raise PeopleError(f"Not undone: {done}. Your people were changed elsewhere since")
        return before

    try:
        people_file.change(people_file.file_beside(services.library.path), edit)
    except LibraryError as error:
        yield Say(str(error))
        return
    services.people_changes.pop()
    yield from _read_again(f"Undone: {done}")


def _read_again(said: str) -> Actions:
    """The forms decide whose a mention is: the cables are read again."""
    yield ReadAgain()
    yield Say(said)


def changed(kept: People, asked: ChangePerson) -> People:
    """The choice after a change. Raises `PeopleError`."""
    person, other = asked.person, asked.other
    if asked.kind == "rename":
        return choice.renamed(kept, person.name, asked.text)
    if asked.kind == "drop":
        return choice.dropped(kept, person.name)
    if asked.kind == "split" and not person.confirmed:
        return choice.confirmed(kept, asked.text, [asked.text], protected=person.protected)
    if asked.kind == "split":
        return choice.split(kept, person.name, asked.text)
    kept = _with(kept, person, asked.text if asked.kind == "confirm" else "")
    if other is not None:
        kept = choice.merged(_with(kept, other), other.name, person.name)
    return kept


def _with(kept: People, person: Found, name: str = "") -> People:
    """The choice with a candidate as a person; a person stays as they are."""
    if person.confirmed:
        return kept
    return choice.confirmed(kept, name or person.name, person.spellings, protected=person.protected)


def _done(asked: ChangePerson) -> str:
    name, other = asked.person.name, asked.other
    return {
        "confirm": f"{asked.text} is confirmed",
        "rename": f"{name} is {asked.text} now",
        "merge": f"{name} is {other.name if other else ''} now",
        "split": f"{asked.text} is a different person from {name} now",
        "drop": f"{name} is a candidate again",
    }[asked.kind]

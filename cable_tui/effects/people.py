"""Handlers that change the reader's choice of people. In the library's thread; no Textual."""

from __future__ import annotations

from cable_tui.archive.source_criticism.people import FoundPerson, forms_of, nothing_fits
from cable_tui.archive.source_criticism.people_claims import claims
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError, LibraryError
from cable_tui.library import people_file
from cable_tui.query import people as choice
from cable_tui.query.people import People, PeopleError
from cable_tui.reports.people import ChangePerson, UndoPeople
from cable_tui.session.effects import AskChoice
from cable_tui.session.features.pages import AskFirst, ChooseRow, ReadAgain, Say
from cable_tui.value import replace

_MOST_CABLES = 60
"""Cables among which a surname is confirmed one by one."""


@performs(ChangePerson)
def _write(services: Services, effect: ChangePerson, _: Cancelled) -> Actions:
    """Change the file, and say what was done or why it was not.

    Before a name is confirmed or merged, the reader is asked, and sees what it claims.
    """
    file = people_file.file_beside(services.library.path)
    before: People = ()

    def edit(kept: People) -> People:
        nonlocal before
        before = kept
        return changed(kept, effect)

    yield ChooseRow(None)
    try:
        if effect.kind in ("confirm", "merge") and not effect.is_sure:
            yield AskFirst(_question(services, effect, people_file.read(file)))
            return
        after = people_file.change(file, edit)
    except (CableTuiError, PeopleError) as error:
        yield Say(str(error))
        return
    if after != before:
        services.people_changes.append((_done(effect), before, after))
    yield from _read_again(_done(effect))


def _question(services: Services, asked: ChangePerson, kept: People) -> AskChoice:
    """What a change claims, with the key that does it. Raises `PeopleError`, `CableTuiError`."""
    called = asked.text or _name(asked.person)
    names = ((asked.person, called), (asked.other, asked.other.full_name if asked.other else ""))
    found = next((each for each, name in names if each and _is_bare(each, name)), None)
    if found is not None and not asked.cables:
        if not found.alone:
            raise PeopleError(nothing_fits(found, called))
        rows = services.rows(found.alone)
        listed = [rows[each] for each in reversed(found.alone) if each in rows]
        choices = tuple(
            (row.canonical_id, row.subject, replace(asked, cables=(row.canonical_id,)))
            for row in listed[:_MOST_CABLES]
        )
        return AskChoice(f"{found.name} has no fuller name here: who is it in one cable?", choices)
    after = changed(kept, asked)
    into = _name(asked.other) if asked.other else called
    person = choice.named(after, into)
    if person is None:
        raise PeopleError(f"no confirmed person {into}")
    alone = [id_ for each in (asked.person, asked.other) if each for id_ in each.alone]
    claimed = claims(services.archive, person, alone)
    first, *more = claimed.lines
    does = replace(asked, is_sure=True)
    named = f"Merge {called} into" if asked.kind == "merge" else "Confirm"
    said = [(line, "", Say("Nothing was changed")) for line in more]
    leave = ("Leave it", "", Say("Nothing was changed"))
    also = [
        (f"Also in {each}, alone", "", replace(asked, cables=(*asked.cables, each)))
        for each in claimed.alone[:_MOST_CABLES]
        if asked.kind == "confirm"
    ]
    return AskChoice(first, ((f"{named} {person.name}", "", does), leave, *said, *also))


def _is_bare(found: FoundPerson, called: str) -> bool:
    return not found.confirmed and not forms_of(found, called)


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
    if asked.kind == "nobody":
        return choice.nobody(kept, person.name, [each.name for each in person.written])
    if asked.kind == "split":
        form = asked.form or asked.text
        if person.confirmed:
            return choice.split(kept, person.name, form, asked.text)
        return choice.confirmed(kept, asked.text, [form], protected=person.protected)
    kept = _with(kept, person, asked)
    if other is not None:
        kept = choice.merged(_with(kept, other, asked), _name(other), _name(person))
    return kept


def _name(found: FoundPerson) -> str:
    return found.name if found.confirmed else found.full_name or found.name


def _with(kept: People, found: FoundPerson, asked: ChangePerson) -> People:
    """The choice with a candidate as a person; a person stays as they are."""
    if found.confirmed:
        return kept
    name = asked.text if asked.kind == "confirm" else _name(found)
    forms = forms_of(found, name)
    cables = () if forms and asked.kind == "merge" else asked.cables
    return choice.confirmed(kept, name, forms, protected=found.protected, cables=cables)


def _done(asked: ChangePerson) -> str:
    name, other = asked.person.name, asked.other
    return {
        "confirm": f"{asked.text} is confirmed",
        "rename": f"{name} is {asked.text} now",
        "merge": f"{_name(asked.person)} is {_name(other) if other else ''} now",
        "split": f"{asked.text} is a different person from {name} now",
        "drop": f"{name} is a candidate again",
        "nobody": f"{name} is no person",
    }[asked.kind]

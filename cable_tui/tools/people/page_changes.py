"""Changes on the page of people: confirm, rename, merge and split people, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cable_tui.base.errors import CableTuiError, LibraryError
from cable_tui.base.value import replace
from cable_tui.session.effects import AskMenu, Notify, numbered_menu
from cable_tui.session.features.pages import ChooseRow, ReadAgain, Say
from cable_tui.session.registry import Actions, Cancelled, Performers, Services
from cable_tui.session.values import LibraryWrite, Request
from cable_tui.tools.people import confirmed as choice
from cable_tui.tools.people.confirmed import People, PeopleError

if TYPE_CHECKING:
    from cable_tui.tools.people.forms import Forms
    from cable_tui.tools.people.person import FoundPerson, Written

Kind = Literal["confirm", "rename", "merge", "split", "drop", "nobody"]
MOST_SPELLINGS = 30
"""The maximum number of a person's spellings that can be split off."""
_MOST_CABLES = 60
"""The maximum number of cables to offer for confirming a surname cable by cable."""


class ChangePerson(Request, LibraryWrite):
    """Change the reader's confirmed people. A message reports it, and the people are read again."""

    kind: Kind
    person: FoundPerson
    text: str = ""
    """The new name."""
    other: FoundPerson | None = None
    """The person who receives the forms of both in a merge."""
    form: str = ""
    """The spelling to split off."""
    cables: tuple[str, ...] = ()
    """Individually confirmed cables, in which a part of the name is sufficient."""
    forms: tuple[str, ...] = ()
    """The forms that the reader adds."""
    is_sure: bool = False
    """Whether the reader has seen the cables that a confirmed name claims."""


class UndoPeople(Request, LibraryWrite):
    """Undo the last change made in this room."""


class _Changes:
    """The changes made to confirmed people in one room."""

    def __init__(self, _: Services) -> None:
        self.made: list[tuple[str, People, People]] = []
        """The description of each change, with the people before and after."""


def _write(services: Services, effect: ChangePerson, _: Cancelled) -> Actions:
    """Change the file, and report the change or the reason for its failure.

    Before a name is confirmed or merged, the reader sees the cables that it claims, and has to
    agree.
    """
    from cable_tui.tools.people import people_file

    people_path = people_file.file_beside(services.library.path)
    people_before: People = ()

    def edit(kept: People) -> People:
        nonlocal people_before
        people_before = kept
        return changed(kept, effect)

    yield ChooseRow(None)
    try:
        if effect.kind in ("confirm", "merge") and not effect.is_sure:
            yield _question(services, effect, people_file.read(people_path))
            return
        people_after = people_file.change(people_path, edit)
    except (CableTuiError, PeopleError) as error:
        yield Say(str(error))
        return
    if people_after != people_before:
        services.of_tool(_Changes).made.append((_done(effect), people_before, people_after))
    yield from _read_again(_done(effect))


def _question(services: Services, requested_change: ChangePerson, kept_people: People) -> AskMenu:
    """Return a menu that shows the cables claimed by a change and offers to make the change.

    Raises `PeopleError` and `CableTuiError`.
    """
    from cable_tui.tools.people.claims import claims
    from cable_tui.tools.people.forms import nothing_fits

    called_name = requested_change.text or _name(requested_change.person)
    is_undecided = requested_change.kind == "confirm" and not (
        requested_change.forms or requested_change.cables
    )
    if is_undecided and (menu_of_several := _which(requested_change, called_name)) is not None:
        return menu_of_several
    candidates_and_names = (
        (requested_change.person, called_name),
        (
            requested_change.other,
            requested_change.other.full_name if requested_change.other else "",
        ),
    )
    bare_candidate = next(
        (
            candidate
            for candidate, name in candidates_and_names
            if candidate and _is_bare(candidate, name, requested_change)
        ),
        None,
    )
    if bare_candidate is not None and not requested_change.cables:
        if not bare_candidate.alone:
            raise PeopleError(nothing_fits(bare_candidate, called_name))
        row_by_id = services.rows(bare_candidate.alone)
        listed_rows = [row_by_id[id_] for id_ in reversed(bare_candidate.alone) if id_ in row_by_id]
        choices = tuple(
            (row.canonical_id, row.subject, replace(requested_change, cables=(row.canonical_id,)))
            for row in listed_rows[:_MOST_CABLES]
        )
        return numbered_menu(
            f"{bare_candidate.name} has no fuller name in these cables. Who is it in this cable?",
            choices,
        )
    people_after = changed(kept_people, requested_change)
    into_name = _name(requested_change.other) if requested_change.other else called_name
    person = choice.named(people_after, into_name)
    if person is None:
        raise PeopleError(f"There is no confirmed person {into_name}.")
    ids_alone = [
        id_
        for candidate in (requested_change.person, requested_change.other)
        if candidate
        for id_ in candidate.alone
    ]
    other_forms = _forms(requested_change.person, called_name, requested_change).asked
    claimed_cables = claims(services.archive, person, ids_alone, other_forms)
    sure_change = replace(requested_change, is_sure=True)
    change_words = f"Merge {called_name} into" if requested_change.kind == "merge" else "Confirm"
    cancel_item = ("Cancel", "", Notify("Nothing was changed."))
    also_items = [
        (
            f"Also in {cable}, by surname only",
            "",
            replace(requested_change, cables=(*requested_change.cables, cable)),
        )
        for cable in claimed_cables.alone[:_MOST_CABLES]
        if requested_change.kind == "confirm"
    ]
    also_items += [
        (
            f"Also {spelling.text}",
            "",
            replace(requested_change, forms=(*requested_change.forms, _form(spelling))),
        )
        for spelling in claimed_cables.asked[:MOST_SPELLINGS]
    ]
    change_title = f"{change_words} {person.name}"
    menu = numbered_menu(
        f"{change_title}?", ((change_title, "", sure_change), cancel_item, *also_items)
    )
    return replace(menu, note=f"{'. '.join(claimed_cables.lines)}.")


def _which(requested_change: ChangePerson, called_name: str) -> AskMenu | None:
    """Return the question which of several people a name refers to, or None if that is clear."""
    from cable_tui.tools.people import forms as people_forms

    if not people_forms.may_be_several(requested_change.person, called_name):
        return None
    choices = tuple(
        (name, f"{cable_count:,}", replace(requested_change, text=name))
        for name, cable_count in list(people_forms.full_names(requested_change.person).items())[
            :MOST_SPELLINGS
        ]
    )
    return numbered_menu(
        f"{requested_change.person.name} may be several people. Who is it?", choices
    )


def _form(spelling: Written) -> str:
    """Return the form for a spelling, without the title if it is a full name."""
    from cable_tui.tools.people.groups import given_name

    return spelling.name if given_name(spelling.name) else spelling.text


def _forms(candidate: FoundPerson, called_name: str, requested_change: ChangePerson) -> Forms:
    """Return the forms of a candidate for a change."""
    from cable_tui.tools.people import forms as people_forms

    if candidate.confirmed:
        return people_forms.Forms(())
    if requested_change.kind == "merge":
        return people_forms.Forms(people_forms.all_forms(candidate))
    candidate_forms = people_forms.forms_of(candidate, called_name)
    if people_forms.may_be_several(candidate, called_name):
        candidate_forms = people_forms.Forms(())
    return people_forms.Forms(
        (*candidate_forms.taken, *requested_change.forms), candidate_forms.asked
    )


def _is_bare(candidate: FoundPerson, called_name: str, requested_change: ChangePerson) -> bool:
    return not candidate.confirmed and not _forms(candidate, called_name, requested_change).taken


def _undo(services: Services, _effect: UndoPeople, _: Cancelled) -> Actions:
    """Undo the last change made in this room, but not later changes made in another window."""
    from cable_tui.tools.people import people_file

    made_changes = services.of_tool(_Changes).made
    if not made_changes:
        yield Say("There is nothing to undo in this session")
        return
    done_words, people_before, people_after = made_changes[-1]

    def edit(kept: People) -> People:
        if kept != people_after:
            raise PeopleError(
                f"Not undone: {done_words}. Another window has changed your people since"
            )
        return people_before

    try:
        people_file.change(people_file.file_beside(services.library.path), edit)
    except LibraryError as error:
        yield Say(str(error))
        return
    made_changes.pop()
    yield from _read_again(f"Undone: {done_words}")


def _read_again(message: str) -> Actions:
    """Reread the cables, because the forms determine the person in each mention."""
    yield ReadAgain()
    yield Say(message)


def changed(kept_people: People, requested_change: ChangePerson) -> People:
    """Return the confirmed people after a change.

    Raises `PeopleError`.
    """
    person, other_person = requested_change.person, requested_change.other
    if requested_change.kind == "rename":
        return choice.renamed(kept_people, person.name, requested_change.text)
    if requested_change.kind == "drop":
        return choice.dropped(kept_people, person.name)
    if requested_change.kind == "nobody":
        return choice.nobody(
            kept_people, person.name, [spelling.name for spelling in person.written]
        )
    if requested_change.kind == "split":
        split_form = requested_change.form or requested_change.text
        if person.confirmed:
            return choice.split(kept_people, person.name, split_form, requested_change.text)
        return choice.confirmed(
            kept_people, requested_change.text, [split_form], protected=person.protected
        )
    kept_people = _with(kept_people, person, requested_change)
    if other_person is not None:
        kept_people = choice.merged(
            _with(kept_people, other_person, requested_change), _name(other_person), _name(person)
        )
    return kept_people


def _name(candidate: FoundPerson) -> str:
    return candidate.name if candidate.confirmed else candidate.full_name or candidate.name


def _with(kept_people: People, candidate: FoundPerson, requested_change: ChangePerson) -> People:
    """Return the confirmed people with a candidate added; a confirmed person is unchanged."""
    if candidate.confirmed:
        return kept_people
    confirmed_name = (
        requested_change.text if requested_change.kind == "confirm" else _name(candidate)
    )
    confirmed_forms = _forms(candidate, confirmed_name, requested_change).taken
    confirmed_cables = (
        () if confirmed_forms and requested_change.kind == "merge" else requested_change.cables
    )
    return choice.confirmed(
        kept_people,
        confirmed_name,
        confirmed_forms,
        protected=candidate.protected,
        cables=confirmed_cables,
    )


def _done(requested_change: ChangePerson) -> str:
    name, other_person = requested_change.person.name, requested_change.other
    other_name = _name(other_person) if other_person else ""
    return {
        "confirm": f"{requested_change.text} is confirmed",
        "rename": f"{name} is now {requested_change.text}",
        "merge": f"{_name(requested_change.person)} is now {other_name}",
        "split": f"{requested_change.text} is now a different person from {name}",
        "drop": f"{name} is a candidate again",
        "nobody": f"{name} is not a person",
    }[requested_change.kind]


PERFORMERS: Performers = {
    ChangePerson: _write,
    UndoPeople: _undo,
}

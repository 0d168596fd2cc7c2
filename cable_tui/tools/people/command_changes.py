"""The changes made by `cable-tui people`: confirm, rename, merge and split people.

Import and export.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from cable_tui.archive.cache import refuse_output
from cable_tui.archive.look_up import look_up
from cable_tui.base.errors import LibraryError, NotFoundError, UsageError
from cable_tui.cli.shared.command_context import (
    CommandContext,
    can_ask,
    emit_answer,
    file_or_stdout,
    refuse_private,
    say,
    says_yes,
    write_out,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.telegram.people.titled_names import untitled
from cable_tui.text import clean_line, folded_words
from cable_tui.text.numbers import counted
from cable_tui.tools.people import confirmed as choice
from cable_tui.tools.people import people_file
from cable_tui.tools.people.confirmed import People, PeopleError

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.tools.people.counting import CountedPeople
    from cable_tui.tools.people.forms import Forms
    from cable_tui.tools.people.person import FoundPerson, Written

    Read = Callable[[], CountedPeople]

_LISTED = 20
"""The maximum number of cables to list for a surname that always occurs alone."""


def configure(parser: Parser) -> None:
    """Add the options for changes to the options of the report."""
    change_options = parser.one_of()
    change_options.add_argument(
        "--confirm", metavar="NAME", help="confirm a candidate from these cables as a person"
    )
    change_options.add_argument("--merge", metavar="NAME", help="merge this name into --into NAME")
    change_options.add_argument(
        "--split",
        metavar="SPELLING",
        help="split this spelling from --from NAME as a different person",
    )
    change_options.add_argument("--rename", metavar="NAME", help="rename a person to --as NEW")
    change_options.add_argument("--drop", metavar="NAME", help="make a person a candidate again")
    change_options.add_argument(
        "--nobody", metavar="NAME", help="remove a name that is not a person from the list"
    )
    change_options.add_argument(
        "--export", metavar="FILE", help="export your people to a file; - is stdout"
    )
    change_options.add_argument(
        "--import", metavar="FILE", dest="taken", help="import a file made by --export"
    )
    parser.add_argument("--as", metavar="NEW", dest="named", help="the name to keep")
    parser.add_argument(
        "--in",
        metavar="CABLE",
        dest="cables",
        action="append",
        default=[],
        help="with --confirm: a cable using only the surname for this person (repeatable)",
    )
    parser.add_argument(
        "--form",
        metavar="WORDS",
        dest="forms",
        action="append",
        default=[],
        help="with --confirm: another form of the name, such as a title with the surname "
        "(repeatable)",
    )
    parser.add_flag("--yes", "confirm or merge without asking, instead of printing the matches")
    parser.add_argument("--into", metavar="NAME", help="with --merge: the person to keep")
    parser.add_argument(
        "--from", metavar="NAME", dest="other", help="with --split: the person to split from"
    )


def change(context: CommandContext, read: Callable[[], CountedPeople]) -> int | None:
    """Make the requested change and return the exit status, or None if no change is requested.

    `read` returns the people in the query's cables.
    """
    options = context.options
    if options.named and not (options.confirm or options.split or options.rename):
        raise UsageError("--as needs --confirm, --split or --rename")
    if bool(options.into) != bool(options.merge) or bool(options.other) != bool(options.split):
        raise UsageError("--merge needs --into NAME, --split needs --from NAME")
    if options.cables and not options.confirm:
        raise UsageError("--in needs --confirm")
    if options.forms and not options.confirm:
        raise UsageError("--form needs --confirm")
    for words in options.forms:
        if len(folded_words(words)) < 2:
            raise UsageError(f"{clean_line(words)} alone could be anyone; give more of the name")
    if options.rename and not options.named:
        raise UsageError("--rename NAME needs --as NEW")
    for name, make_change in _ACTS.items():
        if (option_value := getattr(options, name)) is not None:
            if make_change is not _export:
                refuse_private(context, f"people --{'import' if make_change is _import else name}")
            return make_change(context, option_value, read)
    return None


def _file(context: CommandContext) -> Path:
    return people_file.file_beside(context.paths.library)


def _kept(context: CommandContext) -> People:
    return people_file.read(_file(context))


def _change(context: CommandContext, edit: Callable[[People], People]) -> People:
    return people_file.change(_file(context), edit)


def _candidate(counted_people: CountedPeople, name: str) -> FoundPerson:
    """Return the candidate with a name.

    Raises `NotFoundError`.
    """
    from cable_tui.tools.people.forms import candidate_named

    candidate = candidate_named(counted_people.found, name)
    if candidate is None:
        raise NotFoundError(f"there is no candidate {clean_line(name)} in these cables")
    return candidate


def _confirm(context: CommandContext, name: str, read_people: Read) -> int:
    """Confirm a candidate, after showing the cables that the name would claim."""
    candidate = _candidate(read_people(), name)
    called_name = context.options.named or candidate.full_name or candidate.name
    with _archive(context) as archive:
        cable_ids = [look_up(archive, cable)[0] for cable in context.options.cables]
        canonical_ids = [row.canonical_id for row in archive.rows(cable_ids)]
        person_forms = _forms(archive, candidate, called_name, canonical_ids, context.options.forms)

        def edit(people: People) -> People:
            return choice.confirmed(
                people,
                called_name,
                person_forms.taken,
                protected=candidate.protected,
                cables=canonical_ids,
            )

        return _when_agreed(
            context, archive, _Proposal(called_name, edit, [candidate], person_forms.asked)
        )


def _merge(context: CommandContext, other_name: str, read_people: Read) -> int:
    """Merge two people or candidates, after showing the cables that the merged name would claim."""
    both_names = (context.options.into, other_name)
    people = _kept(context)
    candidate_names = [name for name in both_names if choice.named(people, name) is None]
    counted_people = read_people() if candidate_names else None
    by_name = {
        name: _candidate(counted_people, name)
        for name in candidate_names
        if counted_people is not None
    }
    into_name, merged_name = (
        by_name[name].full_name or by_name[name].name if name in by_name else name
        for name in both_names
    )
    with _archive(context) as archive:
        forms_by_name = {
            name: _forms_to_merge(archive, candidate) for name, candidate in by_name.items()
        }

        def edit(people: People) -> People:
            for name, candidate in by_name.items():
                people = choice.confirmed(
                    people, candidate.full_name, forms_by_name[name], protected=candidate.protected
                )
            return choice.merged(people, into_name, merged_name)

        return _when_agreed(context, archive, _Proposal(into_name, edit, list(by_name.values())))


def _archive(context: CommandContext) -> AbstractContextManager[Archive]:
    return opened_archive(context, context.options.path, needs=("facts", "grammar", "text"))


def _forms(
    archive: Archive,
    candidate: FoundPerson,
    called_name: str,
    cable_ids: Sequence[str],
    added_forms: Sequence[str],
) -> Forms:
    """Return the forms of a candidate, with the forms that the reader adds.

    Raises `UsageError` for a surname that always occurs alone, and if a name does not identify one
    of several people.
    """
    from cable_tui.tools.people import forms as people_forms

    if people_forms.may_be_several(candidate, called_name):
        if not added_forms and not cable_ids:
            raise UsageError(
                f"{clean_line(people_forms.several(candidate))}; confirm one with --as 'FULL "
                "NAME', or a form with --form 'WORDS'"
            )
        people_form = people_forms.Forms(())
    else:
        people_form = people_forms.forms_of(candidate, called_name)
    people_form = people_forms.Forms((*people_form.taken, *added_forms), people_form.asked)
    if not people_form.taken and not cable_ids:
        _refuse_bare(archive, candidate, called_name)
    return people_form


def _forms_to_merge(archive: Archive, candidate: FoundPerson) -> tuple[str, ...]:
    """Return all forms of a candidate.

    Raises `UsageError` if there are none.
    """
    from cable_tui.tools.people.forms import all_forms

    forms_to_merge = all_forms(candidate)
    if not forms_to_merge:
        _refuse_bare(archive, candidate, candidate.full_name)
    return forms_to_merge


def _refuse_bare(archive: Archive, candidate: FoundPerson, called_name: str) -> NoReturn:
    from cable_tui.tools.people.forms import nothing_fits

    if not candidate.alone:
        raise UsageError(clean_line(nothing_fits(candidate, called_name)))
    listed_ids = [row.canonical_id for row in archive.rows(candidate.alone[-_LISTED:])]
    and_more = " ..." if len(candidate.alone) > _LISTED else ""
    raise UsageError(
        f"{clean_line(candidate.name)} has no fuller name or title in these cables; confirm "
        f"single cables with --in CABLE ({', '.join(listed_ids)}{and_more})"
    )


class _Proposal(NamedTuple):
    """A change to make if the reader agrees."""

    called: str
    edit: Callable[[People], People]
    found: Sequence[FoundPerson]
    asked: Sequence[Written] = ()
    """The spellings that are not included."""


def _when_agreed(context: CommandContext, archive: Archive, proposed: _Proposal) -> int:
    """Show the cables that a person would claim, and make the change if the reader agrees."""
    called_name, edit, candidates, asked_forms = proposed
    from cable_tui.tools.people.claims import claims, claims_answer

    try:
        person = choice.named(edit(_kept(context)), called_name)
    except PeopleError as error:
        raise LibraryError(str(error)) from error
    if person is None:
        raise NotFoundError(f"there is no person {clean_line(called_name)}")
    ids_alone = [id_ for candidate in candidates for id_ in candidate.alone]
    claimed_cables, is_agreed = claims(archive, person, ids_alone, asked_forms), context.options.yes
    json_answer = claims_answer(claimed_cables, done=is_agreed)
    emit_answer(context, json_answer, map(clean_line, claimed_cables.lines))
    if claimed_cables.asked:
        say("add --form 'WORDS' to include one of them")
    if not (is_agreed or context.options.json) and can_ask():
        other_name = context.options.merge
        change_words = f"Merge {other_name} into" if other_name else "Confirm"
        is_agreed = says_yes(clean_line(f"{change_words} {person.name}? [y/N] "))
    if not is_agreed:
        say("nothing was changed (add --yes)")
        return 1
    _change(context, edit)
    return _said(context, called_name)


def _split(context: CommandContext, split_spelling: str, read_people: Read) -> int:
    """Split off one spelling as a different person, under a name without a title."""
    name = context.options.other
    called_name = context.options.named or untitled(split_spelling)
    if choice.named(_kept(context), name) is None:
        candidate = _candidate(read_people(), name)
        if len(folded_words(split_spelling)) < 2:
            raise UsageError(
                f"{clean_line(split_spelling)} alone could be anyone; give more of the name"
            )

        def edit(people: People) -> People:
            return choice.confirmed(
                people, called_name, [split_spelling], protected=candidate.protected
            )

    else:

        def edit(people: People) -> People:
            return choice.split(people, name, split_spelling, called_name)

    _change(context, edit)
    return _said(context, called_name)


def _nobody(context: CommandContext, name: str, read_people: Read) -> int:
    """Remove a name that is not a person from the list."""
    candidate = _candidate(read_people(), name)
    _change(
        context,
        lambda people: choice.nobody(
            people, candidate.name, [spelling.name for spelling in candidate.written]
        ),
    )
    say(f"{clean_line(candidate.name)} is no longer listed (--drop lists it again)")
    return 0


def _rename(context: CommandContext, name: str, _: Read) -> int:
    """Rename a person."""
    new_name = context.options.named
    _change(context, lambda people: choice.renamed(people, name, new_name))
    return _said(context, new_name)


def _drop(context: CommandContext, name: str, _: Read) -> int:
    """Turn a person into a candidate again."""
    _change(context, lambda people: choice.dropped(people, name))
    say(f"{clean_line(name)} is no longer confirmed")
    return 0


def _said(context: CommandContext, name: str) -> int:
    """Print what is stored about a person."""
    person = choice.named(_kept(context), name)
    if person is not None:
        found_by = ", ".join((*person.forms, *person.cables))
        quoted_name = f'"{person.name}"' if " " in person.name else person.name
        say(f"{person.name} is found by {found_by}: person:{quoted_name}")
    return 0


def _export(context: CommandContext, path: str, _: Read) -> int:
    """Write the confirmed people to a file, including protected names only on request."""
    people = _kept(context)
    shown_people = tuple(
        person for person in people if context.options.with_protected or not person.protected
    )
    file = file_or_stdout(path)
    if file is not None:
        refuse_output(file, context.options.path)
    write_out(file, [people_file.dumps(shown_people)])
    if file is not None:
        say(f"{file}: {counted(len(shown_people), 'confirmed name')}")
    if hidden_people := len(people) - len(shown_people):
        say(f"{counted(hidden_people, 'protected name')} hidden (--with-protected includes them)")
    return 0


def _import(context: CommandContext, path: str, _: Read) -> int:
    """Import people from a file; existing people are kept."""
    import_file = file_or_stdout(path)
    if import_file is None:
        other_people = people_file.loads(sys.stdin.buffer.read(people_file.LARGEST), "stdin")
    elif not import_file.is_file():
        raise UsageError(f"{import_file}: no such file")
    else:
        other_people = people_file.read(import_file)
    import_notes: list[str] = []

    def edit(people: People) -> People:
        people_after, notes_left = choice.joined(people, other_people)
        import_notes.extend(notes_left)
        return people_after

    people_now = _change(context, edit)
    for skipped_note in import_notes:
        say(f"not imported: {skipped_note}")
    say(f"{counted(len(other_people), 'name')} read, {len(people_now):,} now confirmed")
    return 0


_ACTS: Mapping[str, Callable[[CommandContext, Any, Read], int]] = {
    "confirm": _confirm,
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "drop": _drop,
    "nobody": _nobody,
    "export": _export,
    "taken": _import,
}
"""The functions that make the changes, keyed by the name of the option."""

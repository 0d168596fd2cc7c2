"""What `cable-tui people` changes: who is confirmed, renamed, merged, split off; their files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.cli.context import Context, emit, file_or_stdout, refuse_private, say
from cable_tui.errors import NotFoundError, UsageError
from cable_tui.library import people_file
from cable_tui.query import people as choice
from cable_tui.query.people import People, Person
from cable_tui.text import clean_line
from cable_tui.text.counted import counted

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.people import Counted, Found

    Read = Callable[[], Counted]


def configure(parser: argparse.ArgumentParser) -> None:
    """Its options, beside those of the report."""
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--confirm", metavar="NAME", help="keep a candidate of these cables as a person"
    )
    does.add_argument("--merge", metavar="NAME", help="this is the same as --into NAME")
    does.add_argument(
        "--split", metavar="SPELLING", help="this spelling is a different person from --from NAME"
    )
    does.add_argument("--rename", metavar="NAME", help="call a person --as NEW")
    does.add_argument("--drop", metavar="NAME", help="no longer confirmed")
    does.add_argument("--export", metavar="FILE", help="your people as a file; - is stdout")
    does.add_argument("--import", metavar="FILE", dest="taken", help="take in such a file")
    parser.add_argument("--as", metavar="NEW", dest="named", help="the name to be kept")
    parser.add_argument("--into", metavar="NAME", help="with --merge: who has both then")
    parser.add_argument("--from", metavar="NAME", dest="other", help="with --split: who it was")


def change(context: Context, read: Callable[[], Counted]) -> int | None:
    """Change what is asked, and return the exit status; None if nothing is to be changed.

    `read` finds the people of the query's cables.
    """
    options = context.options
    if options.named and not (options.confirm or options.split or options.rename):
        raise UsageError("--as gives a name with --confirm, --split or --rename")
    if bool(options.into) != bool(options.merge) or bool(options.other) != bool(options.split):
        raise UsageError("--merge needs --into NAME, --split needs --from NAME")
    if options.rename and not options.named:
        raise UsageError("--rename NAME needs --as NEW")
    for name, act in _ACTS.items():
        if (given := getattr(options, name)) is not None:
            if act is not _export:
                refuse_private(context, f"people --{'import' if act is _import else name}")
            return act(context, given, read)
    return None


def _file(context: Context) -> Path:
    return people_file.file_beside(context.paths.library)


def _kept(context: Context) -> People:
    return people_file.read(_file(context))


def _change(context: Context, edit: Callable[[People], People]) -> People:
    return people_file.change(_file(context), edit)


def _candidate(result: Counted, name: str) -> Found:
    """The candidate that a name means. Raises `NotFoundError`."""
    from cable_tui.archive.source_criticism.people import candidate_named

    found = candidate_named(result.found, name)
    if found is None:
        raise NotFoundError(f"no candidate {clean_line(name)} in these cables")
    return found


def _confirm(context: Context, name: str, read: Read) -> int:
    """Keep a candidate as a person."""
    found = _candidate(read(), name)
    called = context.options.named or (name if len(name.split()) > 1 else found.name)
    _change(
        context,
        lambda people: choice.confirmed(people, called, found.spellings, protected=found.protected),
    )
    return _said(context, called)


def _merge(context: Context, other: str, read: Read) -> int:
    """Make one of two, each a person or a candidate."""
    names = (context.options.into, other)
    people = _kept(context)
    found: dict[str, Found] = {}
    if any(choice.named(people, name) is None for name in names):
        result = read()
        found = {
            name: _candidate(result, name) for name in names if choice.named(people, name) is None
        }

    def edit(people: People) -> People:
        called = []
        for name in names:
            if each := found.get(name):
                people = choice.confirmed(
                    people, each.name, each.spellings, protected=each.protected
                )
            called.append(found[name].name if name in found else name)
        return choice.merged(people, called[0], called[1])

    _change(context, edit)
    return _said(context, found[names[0]].name if names[0] in found else names[0])


def _split(context: Context, written: str, read: Read) -> int:
    """Make somebody else of one way in which somebody is written."""
    name = context.options.other
    called = context.options.named or written
    if choice.named(_kept(context), name) is None:
        found = _candidate(read(), name)

        def edit(people: People) -> People:
            return choice.confirmed(people, called, [written], protected=found.protected)

    else:

        def edit(people: People) -> People:
            return choice.split(people, name, written, called)

    _change(context, edit)
    return _said(context, called)


def _rename(context: Context, name: str, _: Read) -> int:
    """Give a person another name."""
    named = context.options.named
    _change(context, lambda people: choice.renamed(people, name, named))
    return _said(context, named)


def _drop(context: Context, name: str, _: Read) -> int:
    """Make a candidate of a person again."""
    _change(context, lambda people: choice.dropped(people, name))
    say(f"{clean_line(name)} is no longer confirmed")
    return 0


def _said(context: Context, name: str) -> int:
    """Say what is kept of a person now."""
    person = choice.named(_kept(context), name)
    if person is not None:
        say(f"{person.name} is found by {', '.join(person.forms)}: {_asked(person)}")
    return 0


def _asked(person: Person) -> str:
    return f'person:"{person.name}"' if " " in person.name else f"person:{person.name}"


def _export(context: Context, given: str, _: Read) -> int:
    """Write the choice to a file, without protected names unless they are asked for."""
    people = _kept(context)
    shown = tuple(each for each in people if context.options.with_protected or not each.protected)
    text = people_file.dumps(shown)
    file = file_or_stdout(given)
    if file is None:
        emit(text)
    else:
        from cable_tui.exports.files import write_whole  # most uses write no file

        write_whole(file, [text])
        say(f"{file}: {counted(len(shown), 'confirmed name')}")
    if hidden := len(people) - len(shown):
        say(f"{counted(hidden, 'protected name')} left out: --with-protected writes all")
    return 0


def _import(context: Context, given: str, _: Read) -> int:
    """Take in a file; what is here already stays."""
    import sys  # stdin as bytes

    file = file_or_stdout(given)
    if file is None:
        others = people_file.loads(sys.stdin.buffer.read(people_file.LARGEST), "stdin")
    elif not file.is_file():
        raise UsageError(f"{file}: no such file")
    else:
        others = people_file.read(file)
    said: list[str] = []

    def edit(people: People) -> People:
        after, left = choice.joined(people, others)
        said.extend(left)
        return after

    now = _change(context, edit)
    for each in said:
        say(f"not taken in: {each}")
    say(f"{counted(len(others), 'name')} read; {len(now):,} confirmed now")
    return 0


_ACTS: Mapping[str, Callable[[Context, Any, Read], int]] = {
    "confirm": _confirm,
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "drop": _drop,
    "export": _export,
    "taken": _import,
}
"""What is done by the name of its option."""

"""`cable-tui people`: who is named in the cables of a query, and whom the reader has confirmed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.cli.context import (
    Context,
    emit,
    emit_json,
    emit_lines,
    file_or_stdout,
    refuse_private,
    say,
)
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.progress_line import each_with_progress
from cable_tui.cli.query_args import needs_of, query_of, refuse_unknown, say_how_answered
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import NotFoundError, UsageError
from cable_tui.library import people_file
from cable_tui.query import people as choice
from cable_tui.query.people import People, Person
from cable_tui.text import clean_line, crop, width
from cable_tui.text.counted import counted
from cable_tui.text.csv_row import csv_row

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.people import Counted, Found

_SHOWN = 40
"""Rows of the table for people; JSON and CSV have all."""
_NAMED = 32
"""Cells of a name at most."""
_WRITTEN = 3
"""Ways to write somebody, and posts, that a row has room for."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help="which cables (default: all)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    parser.add_argument("--limit", metavar="N", type=int, help="so many people at most")
    parser.add_argument(
        "--least", metavar="N", type=int, default=1, help="those in so many cables at least"
    )
    parser.add_argument(
        "--confirmed", action="store_true", help="those whom you have confirmed alone"
    )
    parser.add_argument(
        "--with-protected",
        action="store_true",
        help="also names that a cable asks to protect; they are left out else",
    )
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--confirm", metavar="NAME", help="keep a candidate of these cables as a person"
    )
    does.add_argument("--merge", metavar="NAME", help="this is the same as --into NAME")
    does.add_argument(
        "--split", metavar="WRITTEN", help="who is written so is somebody else than --from NAME"
    )
    does.add_argument("--rename", metavar="NAME", help="call a person --as NEW")
    does.add_argument("--drop", metavar="NAME", help="no longer confirmed")
    does.add_argument("--export", metavar="FILE", help="your people as a file; - is stdout")
    does.add_argument("--import", metavar="FILE", dest="taken", help="take in such a file")
    parser.add_argument("--as", metavar="NEW", dest="named", help="the name to be kept")
    parser.add_argument("--into", metavar="NAME", help="with --merge: who has both then")
    parser.add_argument("--from", metavar="NAME", dest="other", help="with --split: who it was")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print who is there, or change the choice; 1 where nobody is found."""
    options = context.options
    if (options.limit is not None and options.limit < 1) or options.least < 1:
        raise UsageError("--limit, --least: a number from 1 on is needed")
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
            return act(context, given)
    return _print(context, _read(context, _kept(context)))


def _file(context: Context) -> Path:
    return people_file.file_beside(context.paths.library)


def _kept(context: Context) -> People:
    return people_file.read(_file(context))


def _read(context: Context, people: People, *, whole: bool = False) -> Counted:
    """Read the texts of the query's cables."""
    options = context.options
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query)
        refuse_unknown(hits)
        say_how_answered(hits)
        log_searches(context, archive, "people", hits)
        # They need formats and a part of the grammar.
        from cable_tui.archive.source_criticism.people import PeopleReader
        from cable_tui.archive.source_criticism.people_texts import texts

        reader = PeopleReader(people)
        seen = each_with_progress(
            texts(archive, hits.ids, reader), what="texts read for people", total=hits.count
        )
        for id_, raw in seen:
            reader.add(id_, raw)
        if whole or options.json or options.csv or options.confirmed:
            return reader.counted(archive)
        return reader.counted(archive, None if options.least > 1 else _most(context) * 4)


def _most(context: Context) -> int:
    return int(context.options.limit or _SHOWN)


def _print(context: Context, result: Counted) -> int:
    options = context.options
    wanted = [
        each
        for each in result.found
        if each.cables >= options.least and (each.confirmed or not options.confirmed)
    ]
    shown = [each for each in wanted if options.with_protected or not each.protected]
    hidden = len(wanted) - len(shown)
    if options.json:
        listed = [_as_json(each) for each in shown[: options.limit]]
        emit_json(
            {
                "query": str(query_of(options.words)),
                "cables": result.read,
                "unread": result.unread,
                "protected_left_out": hidden,
                "people": listed,
            }
        )
    elif options.csv:
        for row in _csv_rows(shown[: options.limit]):
            emit(csv_row(row))
    else:
        emit_lines(_lines(shown[: _most(context)]))
        total = result.total - hidden if len(wanted) == len(result.found) else len(shown)
        if (more := total - _most(context)) > 0:
            say(f"{more:,} more: --limit, --csv and --json show them")
    if not shown:
        say("nobody found")
    elif any(not each.confirmed for each in shown):
        say("candidates are guesses by title and surname: --confirm keeps one as a person")
    if hidden:
        named = counted(hidden, "name")
        say(f"{named} left out that a cable asks to protect: --with-protected shows them, marked")
    if result.unread:
        say(f"{counted(result.unread, 'text')} could not be read")
    return 0 if shown else 1


def _status(found: Found) -> str:
    return "confirmed" if found.confirmed else "candidate"


def _lines(people: Sequence[Found]) -> Iterator[str]:
    """The table for people, each name with how sure it is."""
    names = [crop(clean_line(each.name), _NAMED) for each in people]
    left = max((*map(width, names), len("person")))
    if people:
        yield f"{'cables':>8}  {'person':<{left}}  {'':9}  years      written; posts"
    for each, name in zip(people, names, strict=True):
        years = [year for year in each.years if year]
        span = f"{years[0]}-{years[-1]}" if years else ""
        span = years[0] if len(years) == 1 else span
        mark = "protect: " if each.protected else ""
        several = f" (several? {', '.join(each.given[:_WRITTEN])})" if each.given else ""
        ways = ", ".join(f"{text} {number:,}" for text, number in each.written[:_WRITTEN])
        posts = ", ".join(f"{post} {n:,}" for post, n in list(each.posts.items())[:_WRITTEN])
        pad = " " * (left - width(name))
        line = f"{each.cables:>8,}  {name}{pad}  {_status(each)}  {span:<9}  "
        yield clean_line(f"{line}{mark}{ways}{several}; {posts}").rstrip()


def _as_json(found: Found) -> dict[str, Any]:
    return {
        "name": found.name,
        "status": _status(found),
        "protected": found.protected,
        "cables": found.cables,
        "found_by": list(found.spellings),
        "written": [{"text": text, "cables": number} for text, number in found.written],
        "given_names": list(found.given),
        "roles": dict(found.roles),
        "years": dict(found.years),
        "posts": dict(found.posts),
    }


_COLUMNS = ("name", "status", "protected", "cables", "first_year", "last_year", "written", "posts")


def _csv_rows(people: Sequence[Found]) -> Iterator[tuple[str, ...]]:
    yield _COLUMNS
    for each in people:
        years = [year for year in each.years if year]
        yield (
            each.name,
            _status(each),
            "yes" if each.protected else "no",
            str(each.cables),
            years[0] if years else "",
            years[-1] if years else "",
            "; ".join(f"{text} {number}" for text, number in each.written),
            "; ".join(f"{post} {number}" for post, number in each.posts.items()),
        )


def _change(context: Context, edit: Callable[[People], People]) -> People:
    return people_file.change(_file(context), edit)


def _candidate(result: Counted, name: str) -> Found:
    """The candidate that a name means. Raises `NotFoundError`."""
    from cable_tui.archive.source_criticism.people import candidate_named

    found = candidate_named(result.found, name)
    if found is None:
        raise NotFoundError(f"no candidate {clean_line(name)} in these cables")
    return found


def _confirm(context: Context, name: str) -> int:
    """Keep a candidate as a person."""
    found = _candidate(_read(context, _kept(context), whole=True), name)
    called = context.options.named or (name if len(name.split()) > 1 else found.name)
    _change(
        context,
        lambda people: choice.confirmed(people, called, found.spellings, protected=found.protected),
    )
    return _said(context, called)


def _merge(context: Context, other: str) -> int:
    """Make one of two, each a person or a candidate."""
    names = (context.options.into, other)
    people = _kept(context)
    found: dict[str, Found] = {}
    if any(choice.named(people, name) is None for name in names):
        result = _read(context, people, whole=True)
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


def _split(context: Context, written: str) -> int:
    """Make somebody else of one way in which somebody is written."""
    name = context.options.other
    called = context.options.named or written
    if choice.named(_kept(context), name) is None:
        found = _candidate(_read(context, _kept(context), whole=True), name)

        def edit(people: People) -> People:
            return choice.confirmed(people, called, [written], protected=found.protected)

    else:

        def edit(people: People) -> People:
            return choice.split(people, name, written, called)

    _change(context, edit)
    return _said(context, called)


def _rename(context: Context, name: str) -> int:
    """Give a person another name."""
    named = context.options.named
    _change(context, lambda people: choice.renamed(people, name, named))
    return _said(context, named)


def _drop(context: Context, name: str) -> int:
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


def _export(context: Context, given: str) -> int:
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


def _import(context: Context, given: str) -> int:
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


_ACTS: Mapping[str, Callable[[Context, Any], int]] = {
    "confirm": _confirm,
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "drop": _drop,
    "export": _export,
    "taken": _import,
}
"""What is done by the name of its option."""

"""`cable-tui marks`: the reader's bookmarks and notes, without the room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from cable_tui import telegram
from cable_tui.cli.call import Call, emit, emit_json, emit_lines, say
from cable_tui.cli.output import counted
from cable_tui.errors import ArchiveError, CableTuiError, NotFoundError, UsageError
from cable_tui.exports.files import write_whole
from cable_tui.library import Library, Mark, jsonfile, mark_of
from cable_tui.text import clean_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("action", choices=tuple(_ACTIONS), help="what to do")
    parser.add_argument(
        "words",
        nargs="*",
        metavar="[PATH] [REF[#N]] | FILE",
        help="an archive, and the cable or paragraph (for add and remove); "
        "or a JSON file, - for stdout or stdin (for export and import)",
    )
    parser.add_argument("--note", metavar="TEXT", default="", help="a note, for add")
    parser.add_argument(
        "--list", metavar="NAME", help="the list to add to, to list, or to export alone"
    )
    parser.add_argument("--json", action="store_true", help="list as one JSON array")


def run(call: Call) -> int:
    """Do what was asked; 0 only when it is on the disk."""
    with closing(Library(call.paths.library, author=call.settings.author)) as library:
        found = library.notice
        if found:
            say(found)
        status = _ACTIONS[call.options.action](call, library)
        if library.notice != found:
            say(library.notice)
        return status


def _add(call: Call, library: Library) -> int:
    wanted = _mark(call, *_place(call))
    held = () if call.options.list is None else (clean_line(call.options.list),)
    stored = library.add(replace(wanted, lists=held))
    say(f"marked {_named(stored)}")
    return 0


def _list(call: Call, library: Library) -> int:
    if len(call.options.words) > 1:
        raise UsageError("marks list takes no more than a PATH")
    name = call.options.list
    marks = library.marks() if name is None else library.lists.marks(name)
    if call.options.json:
        emit_json([_value(mark) for mark in marks])
    else:
        here = _present(call, marks)
        emit_lines(_line(mark, here) for mark in marks)
    return 0 if marks else 1


def _value(mark: Mark) -> dict[str, object]:
    return {
        "ref": mark.reference_id,
        "paragraph": mark.paragraph,
        "note": mark.note,
        "lists": list(mark.lists),
        "author": mark.author,
        "created": mark.created,
    }


def _export(call: Call, library: Library) -> int:
    file = _file(call)
    bundle = library.bundle(call.options.list)
    if call.options.list is not None and call.options.list not in bundle.lists:
        raise NotFoundError(f"there is no list {call.options.list}{_known_lists(library)}")
    text = jsonfile.dumps(bundle)
    if file is None:
        emit(text)
    else:
        write_whole(file, [text])
        say(f"{counted(len(bundle.marks), 'mark')} written to {file}")
    return 0


def _known_lists(library: Library) -> str:
    names = library.lists.names()
    return f"; there are {', '.join(names)}" if names else ""


def _import(call: Call, library: Library) -> int:
    file = _file(call)
    content = sys.stdin.buffer.read(jsonfile.LARGEST) if file is None else jsonfile.read(file)
    merged = library.take_in(jsonfile.loads(content, str(file or "stdin")))
    say(
        f"{counted(merged.added, 'mark')} added, {counted(merged.updated, 'newer note')} taken, "
        f"{merged.same} here already"
    )
    return 0


def _file(call: Call) -> Path | None:
    """The FILE; None for `-`."""
    if len(call.options.words) != 1:
        raise UsageError(f"marks {call.options.action} needs a FILE, or - for the terminal's pipe")
    (word,) = call.options.words
    return None if word == "-" else Path(word).expanduser()


def _line(mark: Mark, here: set[str] | None) -> str:
    absent = "" if here is None or mark.canonical_id in here else "(not in this archive)"
    held = f"[{', '.join(mark.lists)}]" if mark.lists else ""
    words = (_named(mark), clean_line(mark.note), clean_line(held), absent)
    return "  ".join(filter(None, words))


def _present(call: Call, marks: list[Mark]) -> set[str] | None:
    """Which marked cables the archive has; None where no archive was named."""
    if not call.options.words:
        return None
    from cable_tui.cli.archives import opened

    with opened(call, Path(call.options.words[0]), needs=()) as archive:
        ids = {mark.canonical_id for mark in marks}
        return {each for each in ids if archive.find(each) is not None}


def _place(call: Call) -> tuple[Path | None, str]:
    words = call.options.words
    if not 1 <= len(words) <= 2:
        raise UsageError(f"marks {call.options.action} needs a REF, and may have a PATH before it")
    path = Path(words[0]) if len(words) == 2 else None
    if path is not None and not path.exists():
        raise ArchiveError(f"{path}: no such file or folder")
    return path, words[-1]


def _mark(call: Call, path: Path | None, reference: str) -> Mark:
    """The mark of what the user named: any text may be marked, in the archive or not."""
    given = clean_line(reference).strip()
    read = telegram.reference_in(given)
    canonical, label = read or (given, None)
    note = call.options.note
    known = None if path is None else _known(call, path, canonical, label, note)
    return known or Mark(canonical, canonical, label, note=note)


def _known(call: Call, path: Path, canonical: str, label: str | None, note: str) -> Mark | None:
    """The mark with what the archive knows; None where the archive cannot say."""
    from cable_tui.cli.archives import opened

    try:
        with opened(call, path, needs=()) as archive:
            found = archive.find(canonical)
            cable = None if found is None else archive.cable(found)
    except CableTuiError as error:
        # A mark belongs to the reader: it does not wait for an archive that is being built.
        say(f"marked without its text: {error}")
        return None
    if cable is None:
        return None
    named = [each for each in cable.body.paragraphs if label and each.label == label]
    if label and not named:
        return Mark(cable.reference_id, cable.canonical_id, label, note=note)
    return mark_of(cable, named[0] if named else None, note=note)


def _remove(call: Call, library: Library) -> int:
    wanted = _mark(call, *_place(call))
    found = [
        mark for mark in library.marked(wanted.canonical_id) if mark.paragraph == wanted.paragraph
    ]
    if not found:
        raise NotFoundError(f"{_named(wanted)} is not marked")
    for mark in found:
        library.remove(mark.id)
    say(f"no longer marked: {_named(wanted)}")
    return 0


def _named(mark: Mark) -> str:
    return f"{mark.reference_id} ¶{mark.paragraph}" if mark.paragraph else mark.reference_id


_ACTIONS: dict[str, Callable[[Call, Library], int]] = {
    "add": _add,
    "list": _list,
    "remove": _remove,
    "export": _export,
    "import": _import,
}

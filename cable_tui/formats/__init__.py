"""Container formats: the only place where files on disk are turned into `RawCable`s.

    found = sniff(path, head)              head: the first HEAD bytes; path: for its name
    if isinstance(found, Skip): ...        count found.kind; report nothing if found.silent
    for item in found.records(file, path): file: binary, at its start
        Problem(path, line, reason)        a damaged record; later records follow
        Record(location, crc, line, cable, whole)
            cable: RawCable with all facts; with texts if `whole` (pages), else without (a dump:
            the pass over the facts takes about as long as reading the file)
    found.again(file, path, known)         the same, but for a known row (`by_rows`) only Kept
    found.context(file)                    bytes of the file that `at` needs before a record
    found.fetch(file, location)            the bytes of a record
    found.at(bytes, location)              the complete RawCable; raises BrokenRecord
    named(raw.format)                      the format of a record in a catalogue
    cables(found, file, path)              RawCable | Problem, complete, in one stream

All texts are decoded, cleaned (`cable_tui.text`), and free of the site's own markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from importlib import import_module
from typing import BinaryIO

from cable_tui.base.cable import Problem, RawCable
from cable_tui.base.format_names import FORMATS
from cable_tui.formats import run_on
from cable_tui.formats.base import (
    HEAD,
    BrokenRecord,
    ContentSize,
    Format,
    Kept,
    Record,
    Skip,
    content_size,
    key,
)
from cable_tui.formats.encodings import as_utf8

_ENDINGS = ("", ".csv", ".sql")
"""The extensions to try for a file chosen by the user, because some formats need one if the
beginning is damaged.
"""


@cache
def named(name: str) -> Format | None:
    """Return the format with a name or a `Format.known_as`, or None if this version lacks it."""
    name, _, columns = name.partition(" ")
    if name not in FORMATS:
        return None
    module_name, _, attribute_name = FORMATS[name].partition(":")
    named_format: Format = getattr(
        import_module(f"{__name__}.{module_name}"), attribute_name or "FORMAT"
    )
    if columns:
        named_format = copy(named_format)
        named_format.columns = columns
    return named_format


@cache
def all_formats() -> tuple[Format, ...]:
    """Return every format in the order in which they are tried."""
    return tuple(form for form in map(named, FORMATS) if form)


def sniff(
    path: str, head: bytes, *, chosen: bool = False, tables: Sequence[str] = ()
) -> Format | Skip:
    """Return the format of a file, or a `Skip` with its kind for a file without cables.

    If the user has `chosen` the file itself rather than its folder, its extension is ignored.
    `tables` contains the user's column assignments for files with this name.
    """
    # Reading a known record needs no such signs.
    from cable_tui.formats import not_cables
    from cable_tui.formats.packed import members

    if split_archive := not_cables.part_of_archive(path):
        return split_archive
    # A tar of pages begins like one of them, as a text that holds them all would.
    if (kind := members.kind(head)) and not _is_document(path, head):
        return not_cables.packed(path, kind)
    utf8_head = as_utf8(head)
    own_skip = not_cables.ours(utf8_head) or (
        None if chosen else not_cables.quoting(path, utf8_head)
    )
    if own_skip:
        return own_skip
    for columns in tables:
        for table_format in ("table-csv", "table-json"):
            if (form := named(f"{table_format} {columns}")) and form.matches(path, utf8_head):
                return form
    for extension in _ENDINGS if chosen else _ENDINGS[:1]:
        for form in all_formats():
            if form.matches(f"{path}{extension}", utf8_head):
                return form
    return not_cables.kind_of(path, utf8_head)


def _is_document(path: str, head: bytes) -> bool:
    """Return whether a zip file is an office document by its name, whatever its first member is."""
    office_format = named("office")
    return office_format is not None and office_format.matches(path, head)


def cables(form: Format, file: BinaryIO, path: str) -> Iterator[RawCable | Problem]:
    """Yield all cables of a file with their texts, and the problems, in file order.

    The file must be seekable if its records are not `whole`.
    """
    context: bytes | None = None
    for record_or_problem in form.records(file, path):
        if isinstance(record_or_problem, Problem) or record_or_problem.whole:
            yield (
                record_or_problem
                if isinstance(record_or_problem, Problem)
                else record_or_problem.cable
            )
            continue
        position = file.tell()
        context = form.context(file) if context is None else context
        record = form.fetch(file, record_or_problem.location)
        file.seek(position)
        try:
            yield run_on.first_alone(form.at(context + record, record_or_problem.location))
        except BrokenRecord as broken:
            yield Problem(path, record_or_problem.line + broken.line, str(broken))

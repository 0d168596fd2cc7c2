"""Container formats: the one place where a file on the disk becomes `RawCable`s.

    found = sniff(path, head)              head: the first HEAD bytes; path: for its ending and name
    if isinstance(found, Skip): ...        count found.kind; say nothing if found.silent
    for item in found.records(file, path): file: binary, at its start
        Problem(path, line, reason)        a damaged record; the next one follows
        Record(location, crc, line, cable, whole)
            cable: RawCable with every fact; its texts if `whole` (pages), else none (a dump:
            a pass over the facts costs about a read)
    found.again(file, path, known)         the same; of a known row (`by_rows`) only Kept(location)
    found.context(file)                    bytes of the file that `at` wants before a record
    found.fetch(file, location)            the bytes of a record
    found.at(bytes, location)              the whole RawCable again; raises BrokenRecord
    named(raw.format)                      the format of a record that a catalogue remembers
    cables(found, file, path)              RawCable | Problem, whole, in one stream

All texts are decoded, freed of the site's own mark-up and cleaned (`cable_tui.text`).
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
"""Endings of files with a damaged beginning, which some formats ask for."""


@cache
def named(name: str) -> Format | None:
    """Return the format of a name, or of `Format.known_as`; None if this version lacks it."""
    name, _, columns = name.partition(" ")
    if name not in FORMATS:
        return None
    module, _, attribute = FORMATS[name].partition(":")
    form: Format = getattr(import_module(f"{__name__}.{module}"), attribute or "FORMAT")
    if columns:
        form = copy(form)
        form.columns = columns
    return form


@cache
def all_formats() -> tuple[Format, ...]:
    """Return every format, in the order in which they are tried."""
    return tuple(form for form in map(named, FORMATS) if form)


def sniff(
    path: str, head: bytes, *, chosen: bool = False, tables: Sequence[str] = ()
) -> Format | Skip:
    """Return the format of a file; a `Skip` with its kind for a file without cables.

    Of one that the reader has `chosen`, rather than its folder, the name's ending says nothing.
    `tables` are the columns that the reader has named for files of this name.
    """
    # Reading a known record needs no such signs.
    from cable_tui.formats import not_cables
    from cable_tui.formats.packed import members

    if part := not_cables.part_of_archive(path):
        return part
    # A tar of pages begins like one of them, as a text that holds them all would.
    if (kind := members.kind(head)) and not _is_document(path, head):
        return not_cables.packed(path, kind)
    text = as_utf8(head)
    own_skip = not_cables.ours(text) or (None if chosen else not_cables.quoting(path, text))
    if own_skip:
        return own_skip
    for columns in tables:
        for table in ("table-csv", "table-json"):
            if (form := named(f"{table} {columns}")) and form.matches(path, text):
                return form
    for ending in _ENDINGS if chosen else _ENDINGS[:1]:
        for form in all_formats():
            if form.matches(f"{path}{ending}", text):
                return form
    return not_cables.kind_of(path, text)


def _is_document(path: str, head: bytes) -> bool:
    """Return whether a zip is a document by its name, whatever its first part is."""
    office = named("office")
    return office is not None and office.matches(path, head)


def cables(form: Format, file: BinaryIO, path: str) -> Iterator[RawCable | Problem]:
    """Yield all cables of a file with their texts, and the problems, in the order of the file.

    The file must be seekable if records are not `whole`.
    """
    context: bytes | None = None
    for item in form.records(file, path):
        if isinstance(item, Problem) or item.whole:
            yield item if isinstance(item, Problem) else item.cable
            continue
        position = file.tell()
        context = form.context(file) if context is None else context
        record = form.fetch(file, item.location)
        file.seek(position)
        try:
            yield run_on.first_alone(form.at(context + record, item.location))
        except BrokenRecord as broken:
            yield Problem(path, item.line + broken.line, str(broken))

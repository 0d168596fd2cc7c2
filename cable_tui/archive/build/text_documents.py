"""The texts of cables as the text index gets them, and what keeps index and catalogue in step.

Two stores have no common transaction. Each commit of the text index has a number, and the catalogue
says for every cable which commit holds it; what differs after a crash is done again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cable_tui import glossary
from cable_tui.archive.build.write_grammar import PassProgress
from cable_tui.archive.catalogue import schema
from cable_tui.archive.fulltext.index_files import damage
from cable_tui.archive.fulltext.schema import FOLDER, TextIndexError
from cable_tui.archive.fulltext.writer import CableDocument, IndexEntry, entry
from cable_tui.archive.records.read import FurtherRecord, Parsed, RecordTask, lost_record, parsed
from cable_tui.cable import RawCable
from cable_tui.operating_system import files
from cable_tui.telegram.comparison.alignment import only_there
from cable_tui.telegram.edition import header_of
from cable_tui.telegram.facts import facts_of
from cable_tui.telegram.pagebreaks import blank_page_lines
from cable_tui.telegram.people.signature import signature
from cable_tui.telegram.summary import summary
from cable_tui.telegram.top_fields import top_fields
from cable_tui.text import second_readings
from cable_tui.value import replace

_PLAIN = {
    "AMEMBASSY": "EMBASSY",
    "AMCONSUL": "CONSULATE",
    "AMCONSULATE": "CONSULATE",
    "USMISSION": "MISSION",
    "SECSTATE": "SECRETARY OF STATE",
    "SECDEF": "SECRETARY OF DEFENSE",
}
"""How the telegraph shortened the kinds of offices."""


class TextTask(NamedTuple):
    """A record whose text is to be read, with what the catalogue says of the cable."""

    record: RecordTask
    created: int
    subject: str
    titles: tuple[str, ...]
    """What its TAGS mean."""
    filed: tuple[tuple[str, int], ...]
    """As in `fulltext.Document`."""


def read_texts(task: tuple[Path, list[TextTask]]) -> Iterator[list[Parsed]]:
    """The entries of records for the index, read in their files; runs in a worker process."""
    root, tasks = task
    known = {each.record.cable: each for each in tasks}
    records = [each.record for each in tasks]
    yield parsed(root, records, lambda raw, of, more: text_entry(raw, known[of.cable], more))


def lost_text(task: TextTask) -> list[Parsed]:
    """The result for a record that ends every worker that reads it."""
    return lost_record(task.record)


def text_entry(raw: RawCable, task: TextTask, further: Sequence[FurtherRecord] = ()) -> IndexEntry:
    """The searchable texts of a record whose head the grammar has read.

    Of `further` records of the cable it has what they alone say.
    """
    document = _document(raw, task)
    if further:
        known = [raw]
        found: list[tuple[str, str]] = []
        for other in further:
            found += _only_there(other, task, document, known)
            known.append(other.raw)
        document = replace(document, further=tuple(dict.fromkeys(found)))
    return entry(document)


def _only_there(
    other: FurtherRecord, task: TextTask, shown: CableDocument, known: Sequence[RawCable]
) -> Iterator[tuple[str, str]]:
    """The texts, by field, that no record has so far."""
    record, raw = other
    subject = top_fields(raw, facts_of(raw), frozenset()).subject
    document = _document(raw, task._replace(record=record, subject=subject))
    said = dict(shown.fields)
    for field, texts in document.fields:
        have = {" ".join(text.split()) for text in said[field]}
        yield from ((field, text) for text in texts if " ".join(text.split()) not in have)
    ours = blank_page_lines(raw.header), blank_page_lines(raw.body)
    for text in only_there(*ours, [(each.header, each.body) for each in known]):
        yield text.part, text.text
        yield from (("body", each) for each in second_readings(text.text))


def _document(raw: RawCable, task: TextTask) -> CableDocument:
    head = header_of(raw)
    # No word of a page line is found, and a phrase goes on after it.
    body = blank_page_lines(raw.body)
    signed = raw.edition.signed_by if raw.edition else signature(raw.body).names
    route = head.originator.route if head.originator else None
    return CableDocument(
        task.record.cable,
        task.created,
        task.subject,
        blank_page_lines(raw.header),
        body,
        summary(body, task.record.head_end) or "",
        tuple(second_readings(body)),
        task.titles,
        (*_names(route, head.sender or ""), raw.origin),
        tuple(name for each in head.to for name in _names(each.route, each.name)),
        tuple(name for each in head.info for name in _names(each.route, each.name)),
        signed,
        task.filed,
    )


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand
def _names(route: str | None, name: str) -> tuple[str, ...]:
    """What an office may be called: its routing indicator, its name, and both in plain words.

    `RUEHRB`, `AMEMBASSY RABAT`, `EMBASSY RABAT`.
    """
    known = glossary.route(route) if route else None
    found: list[str] = []
    for each in dict.fromkeys(filter(None, (route, name, known))):
        found.append(each)
        begins, _, rest = each.partition(" ")
        if plain := _PLAIN.get(begins):
            found.append(f"{plain} {rest}")
    return tuple(found)


def reset(folder: Path, progress: PassProgress) -> None:
    """Delete the text index, and forget which cables it held."""
    progress.forget_pass("text")
    with schema.transaction(progress.db):
        progress.db.execute("DELETE FROM gone")
        schema.set_state(progress.db, "text:top", 0)
    # What a reader has open on Windows stays, and the index is made anew beside it.
    files.remove_closed(folder / FOLDER)


def mend(folder: Path, progress: PassProgress) -> str:
    """Forget the cables that the text index no longer holds, where it was lost or restored.

    A damaged index is deleted; returns what was wrong with it.
    """
    if not progress.counts["text"]:
        return ""
    held = 0
    from cable_tui.archive.fulltext.index import TextIndex  # it loads the engine

    if not (wrong := damage(folder / FOLDER)):
        try:
            held = TextIndex(folder / FOLDER).generation
        except TextIndexError as error:
            wrong = str(error)
    if held:
        progress.forget_text_after(held)
    else:
        reset(folder, progress)
    return wrong


def outstanding(db: sqlite3.Connection, progress: PassProgress) -> bool:
    """Whether there is anything to add to the text index or to delete from it."""
    gone = db.execute("SELECT 1 FROM gone LIMIT 1").fetchone()
    return gone is not None or progress.counts["text"] < progress.counts["cable"]

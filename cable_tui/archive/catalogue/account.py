"""What an archive holds: its summary, and the account of every file and every record that was seen.

The account is there so that nothing disappears silently. Files and records are counted when they
are seen (by the walk, and by the reader of a format), and their results are counted in the
catalogue. If both differ, `adds_up` says so.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cable_tui.archive.catalogue import catalogue_file
from cable_tui.archive.records import sortable_times
from cable_tui.base.index_state import Summary
from cable_tui.base.value import Value, field
from cable_tui.query.flags import BITS
from cable_tui.text.numbers import counted, counted_kinds

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Positive

LEFT = "left:"
"""Comes before the number of a file: the state that counts its documents that were left alone."""


def summary(db: sqlite3.Connection) -> Summary:
    """Return the summary of the catalogue. Costs about the same whatever its size."""
    from cable_tui.archive.catalogue import passes

    counts = {
        table: catalogue_file.get_number(db, f"count:{table}")
        for table in ("cable", "grammar", "text")
    }
    first_day, last_day = db.execute(
        "SELECT (SELECT min(created) FROM cable WHERE created > 0), "
        "(SELECT max(created) FROM cable)"
    ).fetchone()
    files, files_read = db.execute(
        "SELECT count(*), total(mtime_ns >= 0 OR state = 'unreadable') FROM file"
    ).fetchone()
    cables = counts["cable"]
    stages = {
        "facts": (int(files_read), files),
        "grammar": (counts["grammar"], cables),
        "text": (counts["text"], cables),
    }
    return Summary(
        cables=cables,
        first_year=(first_day or 0) // sortable_times.YEAR,
        last_year=(last_day or 0) // sortable_times.YEAR,
        problems=db.execute("SELECT count(*) FROM problem").fetchone()[0],
        skipped=skipped_kinds(db) | left_kinds(db),
        stages=stages,
        complete=passes.complete(db)
        and all(cables_done == total for cables_done, total in stages.values()),
        generation=catalogue_file.generation(db),
    )


def skipped_kinds(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of files that are no cables, by kind."""
    kinds = db.execute("SELECT kind, count(*) FROM file WHERE state = 'skipped' GROUP BY kind")
    return dict(kinds.fetchall())


def left_kinds(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of documents of volumes that were left alone, by kind."""
    files_by_kind: Counter[str] = Counter()
    for (left_counts,) in db.execute(f"SELECT value FROM state WHERE key GLOB '{LEFT}*'"):  # noqa: S608
        files_by_kind.update(json.loads(left_counts))
    return dict(files_by_kind)


class FileAccount(Value):
    """Files by what became of them; those in archives count like any other."""

    seen: Count
    read: Count
    """The number of files with a record."""
    archives: Count
    """The number of archives whose files are counted separately."""
    skipped: Mapping[str, Positive] = field(default_factory=dict)
    """The number of files of other kinds, by kind."""
    left_alone: Mapping[str, Positive] = field(default_factory=dict)
    """Parts of the same site without cables, by kind: no other message names them."""
    problems: Count = 0
    """Files that cannot be read, that have no record, or that an archive may not extract."""
    unfinished: Count = 0
    """Files that an interrupted run has not read."""
    notes: Count = 0
    """Number of remarks on files with records, such as how their columns were read."""

    @property
    def adds_up(self) -> bool:
        """Whether every record is accounted for."""
        skipped_files = sum(self.skipped.values()) + sum(self.left_alone.values())
        accounted_files = (
            self.read + self.archives + skipped_files + self.problems + self.unfinished
        )
        return self.seen == accounted_files


class RecordAccount(Value):
    """The records in them by what became of each."""

    seen: Count
    """Records that the readers met, and problems in place of records."""
    cables: Count
    further: Count
    """Number of further records: those of cables that are shown by another record."""
    left_alone: Mapping[str, Positive]
    """Documents in the same files that are not cables, by kind."""
    problems: Count
    """Problems with single records, or remarks on one."""
    without_text: Mapping[str, Positive] = field(default_factory=dict)
    """Of the cables those whose archive says why they have no text, by `is:` flag."""

    @property
    def adds_up(self) -> bool:
        """Whether every record is accounted for."""
        left_alone = sum(self.left_alone.values())
        return self.seen == self.cables + self.further + left_alone + self.problems


class Account(Value):
    """The account of one archive."""

    files: FileAccount
    records: RecordAccount

    @property
    def adds_up(self) -> bool:
        """Whether all files and all records that were seen are accounted for."""
        return self.files.adds_up and self.records.adds_up


_FILES = f"""
SELECT CASE
    WHEN mtime_ns < 0 AND NOT :walked OR kind = '' THEN 'unfinished'
    WHEN state = 'format' AND NOT EXISTS (SELECT 1 FROM cable WHERE cable.file = f.id)
        AND NOT EXISTS (SELECT 1 FROM also WHERE also.file = f.id)
        AND NOT EXISTS (SELECT 1 FROM state WHERE key = '{LEFT}' || f.id) THEN 'problem'
    ELSE state END AS became, kind, count(*)
FROM file f GROUP BY became, kind ORDER BY became, kind
"""  # noqa: S608 - our own constant
_RECORDS = """
SELECT (SELECT total(records) FROM file WHERE state != 'packed'),
    (SELECT count(*) FROM cable), (SELECT count(*) FROM also),
    (SELECT count(*) FROM problem WHERE cable IS NULL AND line > 0),
    (SELECT total(records) FROM file WHERE state = 'packed'),
    (SELECT count(*) FROM problem p WHERE cable IS NULL AND line = 0
        AND (EXISTS (SELECT 1 FROM cable c WHERE c.file = p.file)
            OR EXISTS (SELECT 1 FROM also WHERE also.file = p.file)))
"""


def account(db: sqlite3.Connection) -> Account:
    """Return the account of the catalogue. Takes time by the number of files."""
    was_walked = catalogue_file.get_state(db, "walked") == "1"
    files: dict[str, dict[str, int]] = {}
    for what_became, kind, count in db.execute(_FILES, {"walked": was_walked}):
        files.setdefault(what_became, {})[kind] = count
    count_by_outcome = {what_became: sum(kinds.values()) for what_became, kinds in files.items()}
    counts = map(int, db.execute(_RECORDS).fetchone())
    records, cables, further_records, problems, files_left_out, notes = counts
    # The walk of an interrupted run was not counted.
    files_seen = (
        catalogue_file.get_number(db, "seen")
        if was_walked
        else sum(count_by_outcome.values()) + files_left_out
    )
    return Account(
        FileAccount(
            files_seen,
            count_by_outcome.get("format", 0),
            count_by_outcome.get("packed", 0),
            files.get("skipped", {}),
            files.get("silent", {}),
            count_by_outcome.get("unreadable", 0)
            + count_by_outcome.get("problem", 0)
            + files_left_out,
            count_by_outcome.get("unfinished", 0),
            notes,
        ),
        RecordAccount(records, cables, further_records, left_kinds(db), problems, without_text(db)),
    )


def without_text(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of cables whose archive says why they have no text, by `is:` flag."""
    count_by_reason: dict[str, int] = {}
    for name in ("withdrawn", "microfilm"):
        sql = "SELECT count(*) FROM grammar WHERE flags & ?"
        if count := db.execute(sql, (BITS["is", name],)).fetchone()[0]:
            count_by_reason[name] = count
    return count_by_reason


def without_text_in_words(kinds: Mapping[str, int]) -> str:
    """Return these counts: `without text: 2 withdrawn, 1 microfilm`; empty if there are none."""
    count_list = ", ".join(f"{count:,} {name}" for name, count in kinds.items())
    return f"without text: {count_list}" if count_list else ""


def read_in_order(db: sqlite3.Connection) -> tuple[int, str]:
    """Return how many files are slow to read backward, and the path of one of them."""
    count, path = db.execute("SELECT count(*), min(path) FROM file WHERE in_order").fetchone()
    return int(count), os.fsdecode(path or b"")


class AccountAnswer(Value):
    """The answer of `problems --account --json`: what became of every file and record."""

    files: FileAccount
    records: RecordAccount
    adds_up: bool
    """Whether both sums hold."""


def in_words(account: Account) -> str:
    """Return the account as two sentences."""
    files, records = account.files, account.records
    sentence_parts = [f"{files.read:,} with records"]
    sentence_parts += [f"{counted(files.archives, 'archive')} looked into"] * bool(files.archives)
    sentence_parts += [f"{counted_kinds(files.skipped)} skipped"] * bool(files.skipped)
    sentence_parts += [f"{counted_kinds(files.left_alone)} without cables"] * bool(files.left_alone)
    sentence_parts += [f"{files.problems:,} with problems"] * bool(files.problems)
    sentence_parts += [f"{files.unfinished:,} not read yet"] * bool(files.unfinished)
    without_text = without_text_in_words(records.without_text)
    noted_records = [counted(records.cables, "cable") + (without_text and f" ({without_text})")]
    noted_records += [f"{counted(records.further, 'further record')} of these"] * bool(
        records.further
    )
    noted_records += [f"{counted_kinds(records.left_alone)} skipped"] * bool(records.left_alone)
    noted_records += [counted(records.problems, "problem")] * bool(records.problems)
    noted_files = f" {counted(files.notes, 'note')} on files with records." if files.notes else ""
    wrong = "" if account.adds_up else " This does not add up: please report it."
    return (
        f"{counted(files.seen, 'file')} seen: {', '.join(sentence_parts)}. "
        f"{counted(records.seen, 'record')} seen: {', '.join(noted_records)}.{noted_files}{wrong}"
    )

"""Accounting of an archive: its summary, and the outcome for every file and record that was seen.

The accounting ensures that nothing disappears silently. Files and records are counted when they are
seen (by the walk, and by the reader of a format), and their results are counted in the catalogue.
`adds_up` is False if both differ.
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
"""The prefix of the state that counts a file's ignored documents; the file's number follows."""


def summary(db: sqlite3.Connection) -> Summary:
    """Return the summary of the catalogue. Costs about the same whatever its size."""
    from cable_tui.archive.catalogue import passes

    count_by_table = {
        table: catalogue_file.get_number(db, f"count:{table}")
        for table in ("cable", "grammar", "text")
    }
    first_day, last_day = db.execute(
        "SELECT (SELECT min(created) FROM cable WHERE created > 0), "
        "(SELECT max(created) FROM cable)"
    ).fetchone()
    file_count, read_count = db.execute(
        "SELECT count(*), total(mtime_ns >= 0 OR state = 'unreadable') FROM file"
    ).fetchone()
    cable_count = count_by_table["cable"]
    stages = {
        "facts": (int(read_count), file_count),
        "grammar": (count_by_table["grammar"], cable_count),
        "text": (count_by_table["text"], cable_count),
    }
    return Summary(
        cables=cable_count,
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
    """Return the number of files that are not cables, by kind."""
    kind_rows = db.execute("SELECT kind, count(*) FROM file WHERE state = 'skipped' GROUP BY kind")
    return dict(kind_rows.fetchall())


def left_kinds(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of ignored documents of volumes, by kind."""
    files_by_kind: Counter[str] = Counter()
    for (left_counts,) in db.execute(f"SELECT value FROM state WHERE key GLOB '{LEFT}*'"):  # noqa: S608
        files_by_kind.update(json.loads(left_counts))
    return dict(files_by_kind)


class FileAccount(Value):
    """Files by outcome; those in archives count like any other."""

    seen: Count
    read: Count
    """The number of files with a record."""
    archives: Count
    """The number of archives whose files are counted separately."""
    skipped: Mapping[str, Positive] = field(default_factory=dict)
    """The number of files of other kinds, by kind."""
    left_alone: Mapping[str, Positive] = field(default_factory=dict)
    """The number of files from the same site that contain no cables, by kind; they are not
    mentioned elsewhere.
    """
    problems: Count = 0
    """The number of files that cannot be read, that contain no record, or that an archive may not
    extract.
    """
    unfinished: Count = 0
    """The number of files that an interrupted run has not read."""
    notes: Count = 0
    """The number of remarks on files with records, such as how their columns were read."""

    @property
    def adds_up(self) -> bool:
        """Whether every file is accounted for."""
        skipped_files = sum(self.skipped.values()) + sum(self.left_alone.values())
        accounted_files = (
            self.read + self.archives + skipped_files + self.problems + self.unfinished
        )
        return self.seen == accounted_files


class RecordAccount(Value):
    """The records in the files by outcome."""

    seen: Count
    """The number of records found, and of problems found in place of records."""
    cables: Count
    further: Count
    """The number of additional records, whose cables are displayed from another record."""
    left_alone: Mapping[str, Positive]
    """The number of documents in the same files that are not cables, by kind."""
    problems: Count
    """The number of problems with single records, or remarks on one."""
    without_text: Mapping[str, Positive] = field(default_factory=dict)
    """The number of cables whose archive states why they lack a text, by `is:` flag."""

    @property
    def adds_up(self) -> bool:
        """Whether every record is accounted for."""
        left_alone = sum(self.left_alone.values())
        return self.seen == self.cables + self.further + left_alone + self.problems


class Account(Value):
    """The accounting of one archive."""

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
    """Return the accounting of the catalogue. The time depends on the number of files."""
    from cable_tui.archive.catalogue import passes

    was_walked = passes.was_walked(db)
    counts_by_outcome: dict[str, dict[str, int]] = {}
    for outcome, file_kind, file_count in db.execute(_FILES, {"walked": was_walked}):
        counts_by_outcome.setdefault(outcome, {})[file_kind] = file_count
    count_by_outcome = {
        outcome: sum(kind_counts.values()) for outcome, kind_counts in counts_by_outcome.items()
    }
    record_counts = map(int, db.execute(_RECORDS).fetchone())
    record_count, cable_count, further_records, problem_count, files_left_out, note_count = (
        record_counts
    )
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
            counts_by_outcome.get("skipped", {}),
            counts_by_outcome.get("silent", {}),
            count_by_outcome.get("unreadable", 0)
            + count_by_outcome.get("problem", 0)
            + files_left_out,
            count_by_outcome.get("unfinished", 0),
            note_count,
        ),
        RecordAccount(
            record_count,
            cable_count,
            further_records,
            left_kinds(db),
            problem_count,
            without_text(db),
        ),
    )


def without_text(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of cables whose archive states why they lack a text, by `is:` flag."""
    count_by_reason: dict[str, int] = {}
    for flag_name in ("withdrawn", "microfilm"):
        count_query = "SELECT count(*) FROM grammar WHERE flags & ?"
        if cable_count := db.execute(count_query, (BITS["is", flag_name],)).fetchone()[0]:
            count_by_reason[flag_name] = cable_count
    return count_by_reason


def without_text_in_words(kinds: Mapping[str, int]) -> str:
    """Return the counts of `without_text` in words: `without text: 2 withdrawn, 1 microfilm`.

    The result is empty if there are no such cables.
    """
    count_list = ", ".join(f"{count:,} {flag_name}" for flag_name, count in kinds.items())
    return f"without text: {count_list}" if count_list else ""


def read_in_order(db: sqlite3.Connection) -> tuple[int, str]:
    """Return how many files are slow to read backward, and the path of one of them."""
    file_count, path = db.execute("SELECT count(*), min(path) FROM file WHERE in_order").fetchone()
    return int(file_count), os.fsdecode(path or b"")


class AccountAnswer(Value):
    """The output of `problems --account --json`: the outcome for every file and record."""

    files: FileAccount
    records: RecordAccount
    adds_up: bool
    """Whether both sums add up."""


def in_words(account: Account) -> str:
    """Return the accounting as two sentences."""
    file_sums, record_sums = account.files, account.records
    file_parts = [f"{file_sums.read:,} with records"]
    file_parts += [f"{counted(file_sums.archives, 'archive')} looked into"] * bool(
        file_sums.archives
    )
    file_parts += [f"{counted_kinds(file_sums.skipped)} skipped"] * bool(file_sums.skipped)
    file_parts += [f"{counted_kinds(file_sums.left_alone)} without cables"] * bool(
        file_sums.left_alone
    )
    file_parts += [f"{file_sums.problems:,} with problems"] * bool(file_sums.problems)
    file_parts += [f"{file_sums.unfinished:,} not read yet"] * bool(file_sums.unfinished)
    text_words = without_text_in_words(record_sums.without_text)
    cable_parts = [counted(record_sums.cables, "cable") + (text_words and f" ({text_words})")]
    cable_parts += [f"{counted(record_sums.further, 'further record')} of these"] * bool(
        record_sums.further
    )
    cable_parts += [f"{counted_kinds(record_sums.left_alone)} skipped"] * bool(
        record_sums.left_alone
    )
    cable_parts += [counted(record_sums.problems, "problem")] * bool(record_sums.problems)
    note_text = (
        f" {counted(file_sums.notes, 'note')} on files with records." if file_sums.notes else ""
    )
    caveat = "" if account.adds_up else " This does not add up: please report it."
    return (
        f"{counted(file_sums.seen, 'file')} seen: {', '.join(file_parts)}. "
        f"{counted(record_sums.seen, 'record')} seen: {', '.join(cable_parts)}.{note_text}{caveat}"
    )

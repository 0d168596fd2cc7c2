"""The progress of the passes over the cables, and the writing of the grammar's results.

A pass has processed a cable if the cable has a row in `grammar` or in `text`; without the row, the
pass processes it again.
"""

# ruff: noqa: S608 - names of tables and columns are our own constants
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.archive.catalogue.rows import IS_DAMAGED
from cable_tui.archive.records.catalogue_rows import GrammarRow
from cable_tui.archive.records.read import RecordTask

LOCATION = "file, offset, length, crc, line"
"""The location of a record: columns of `cable` and of `also`."""
COUNTED = ("cable", "grammar", "text")
"""The tables whose rows are counted in the state, as in `count:cable`."""
_GRAMMAR = "cable, subject, marking, tags, warnings, readings, head_end, flags, length, paragraphs"


class PassProgress:
    """The progress of the passes in one catalogue, and the counts that readers see."""

    def __init__(self, db: sqlite3.Connection, terms: facet_columns.Terms) -> None:
        self.db = db
        self.terms = terms
        self.counts: dict[str, int] = {
            table: self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in COUNTED
        }
        self._insert = insert_statement("grammar", _GRAMMAR, "grammar", replacing=True)

    def pending(self, table: str, size: int) -> Iterator[list[RecordTask]]:
        """Yield the cables that a pass has not processed, in groups of at most `size`.

        The texts build on the grammar: for them, only cables that the grammar has processed are
        yielded. The newest cables are first, since they are at the top of the list; then groups of
        neighbours in the files, starting with the group with the newest cable. Files that are slow
        to read backward keep their order.
        """
        undone = f"NOT EXISTS (SELECT 1 FROM {table} WHERE cable = cable.id)"
        if table == "text":
            undone += " AND EXISTS (SELECT 1 FROM grammar WHERE cable = cable.id)"
        newest_records: list[RecordTask] = []
        if not self.db.execute("SELECT 1 FROM file WHERE in_order LIMIT 1").fetchone():
            newest_records += self.records(
                f"SELECT id, {LOCATION} FROM cable WHERE {undone} "
                "ORDER BY created DESC, id DESC LIMIT ?",
                (size,),
            )
            if not newest_records:
                return
            yield sorted(newest_records, key=lambda task: task.cable)
        # These were yielded already, though their rows may not be written yet.
        yielded_cables = {task.cable for task in newest_records}
        remaining_rows = self.db.execute(
            "SELECT cable.id, created FROM cable JOIN file ON file.id = cable.file "
            f"WHERE NOT in_order AND {undone} ORDER BY cable.id"
        )
        for first_id, last_id in _newest_first(
            (id_and_time for id_and_time in remaining_rows if id_and_time[0] not in yielded_cables),
            size,
        ):
            neighbours = self.records(
                f"SELECT cable.id, {LOCATION} FROM cable JOIN file ON file.id = cable.file "
                f"WHERE cable.id BETWEEN ? AND ? AND NOT in_order AND {undone} ORDER BY cable.id",
                (first_id, last_id),
            )
            yield [task for task in neighbours if task.cable not in yielded_cables]
        # What is shown may be from another file than the one that the cable came with.
        ids_in_order = self.db.execute(
            "SELECT cable.id FROM cable JOIN file ON file.id = cable.file "
            f"WHERE in_order AND {undone} ORDER BY cable.file, offset"
        ).fetchall()
        for batch_start in range(0, len(ids_in_order), size):
            id_list = ",".join(
                str(id_) for (id_,) in ids_in_order[batch_start : batch_start + size]
            )
            location_query = (
                f"SELECT id, {LOCATION} FROM cable WHERE id IN ({id_list}) ORDER BY file, offset"
            )
            yield list(self.records(location_query, ()))

    def records(self, sql: str, values: tuple[int, ...]) -> Iterator[RecordTask]:
        """Yield the records for a query that selects cables and their locations."""
        record_rows = self.db.execute(
            f"SELECT r.*, path, kind, coalesce(head_end, 0), start, {IS_DAMAGED} FROM ({sql}) r "
            "JOIN file f ON f.id = r.file LEFT JOIN grammar ON cable = r.id",
            values,
        ).fetchall()
        for cable, file, offset, length, crc, line, path, kind, *other_values in record_rows:
            yield RecordTask(cable, file, path, kind, offset, length, crc, line, *other_values)

    def write_grammar(self, rows: list[tuple[int, GrammarRow]]) -> None:
        """Write the grammar's results for cables, in a transaction."""
        with catalogue_file.transaction(self.db):
            self.put_grammar(rows)
            self.end_batch()

    def put_grammar(self, rows: list[tuple[int, GrammarRow]]) -> None:
        """Write the grammar's results for cables, inside an open transaction."""
        self.db.executemany(
            self._insert,
            [
                (
                    cable,
                    grammar_row.subject,
                    grammar_row.marking,
                    self.terms.ids("fact:tag", grammar_row.tags),
                    " ".join(grammar_row.warnings) or None,
                    "\n".join(grammar_row.readings) or None,
                    grammar_row.head_end,
                    grammar_row.flags,
                    grammar_row.length,
                    grammar_row.paragraphs,
                    *self.terms.row("grammar", grammar_row.facets),
                )
                for cable, grammar_row in rows
            ],
        )
        self.db.executemany(
            "INSERT OR IGNORE INTO reference VALUES (?, ?)",
            [(cited_id, cable) for cable, grammar_row in rows for cited_id in grammar_row.cites],
        )
        self.counts["grammar"] += len(rows)

    def add_problems(self, problems: list[tuple[RecordTask, str]]) -> None:
        """Add records that the facts accepted and a later pass could not read."""
        with catalogue_file.transaction(self.db):
            self.db.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, ?)",
                [(task.file, task.line, reason, task.cable) for task, reason in problems],
            )

    def record_texts(self, cables: Sequence[int], gone: Sequence[int], generation: int) -> None:
        """Record which cables a commit of the text index contains and no longer contains."""
        with catalogue_file.transaction(self.db):
            self.db.executemany(
                "INSERT OR REPLACE INTO text VALUES (?, ?)",
                [(cable, generation) for cable in sorted(cables)],
            )
            self.db.executemany("DELETE FROM gone WHERE cable = ?", [(cable,) for cable in gone])
            self.counts["text"] += len(cables)
            self.end_batch()

    def forget_text_after(self, generation: int) -> None:
        """Forget the cables of commits that the text index lacks."""
        later_sql = "FROM text WHERE generation > ?"
        if self.db.execute(f"SELECT 1 {later_sql} LIMIT 1", (generation,)).fetchone():
            with catalogue_file.transaction(self.db):
                rows_lost = self.db.execute(f"DELETE {later_sql}", (generation,)).rowcount
                self.counts["text"] -= rows_lost
                self.end_batch()

    def forget_pass(self, table: str) -> None:
        """Forget all results of a pass."""
        with catalogue_file.transaction(self.db):
            self.db.execute(f"DELETE FROM {table}")
            if table == "grammar":
                self.db.execute("DELETE FROM reference")
                self.db.execute("DELETE FROM problem WHERE cable IS NOT NULL")
            self.counts[table] = 0
            self.end_batch()

    def end_batch(self) -> None:
        """Write the counts and the next generation: the end of every transaction."""
        for table_name, row_count in self.counts.items():
            catalogue_file.set_state(self.db, f"count:{table_name}", row_count)
        catalogue_file.next_generation(self.db)

    def forget(self, cables: list[int]) -> None:
        """Forget the results of all passes for cables, inside an open transaction.

        Their further records are compared again.
        """
        id_rows = [(cable,) for cable in cables]
        self.forget_texts(cables)
        self._forget("grammar", id_rows)
        self.db.executemany("DELETE FROM reference WHERE cable = ?", id_rows)
        self.db.executemany("DELETE FROM problem WHERE cable = ?", id_rows)
        self.db.executemany("UPDATE also SET differs = NULL WHERE cable = ?", id_rows)

    def forget_texts(self, cables: Iterable[int]) -> None:
        """Forget that the text index contains cables, inside an open transaction.

        The index may still contain their old texts, so they are listed in `gone`.
        """
        id_rows = [(cable,) for cable in cables]
        highest_id = catalogue_file.get_number(self.db, "text:top")
        ids_held = [(cable,) for (cable,) in id_rows if cable <= highest_id]
        self.db.executemany("INSERT OR IGNORE INTO gone VALUES (?)", ids_held)
        self._forget("text", id_rows)

    def _forget(self, table: str, cables: list[tuple[int]]) -> None:
        deleted_rows = self.db.executemany(f"DELETE FROM {table} WHERE cable = ?", cables)
        self.counts[table] -= max(deleted_rows.rowcount, 0)


def _newest_first(rows: Iterator[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last ids of groups of neighbours, ordered by the newest cable in each.

    The groups are yielded in turns that double in width, each in the order of the ids: a table
    filled entirely backward takes a third more space.
    """
    id_groups = []
    while group_rows := list(islice(rows, size)):
        id_groups.append(
            (-max(created_at for _, created_at in group_rows), group_rows[0][0], group_rows[-1][0])
        )
    id_groups.sort()
    first_group, group_size = 0, 1
    while first_group < len(id_groups):
        yield from sorted(
            (first_id, last_id)
            for _, first_id, last_id in id_groups[first_group : first_group + group_size]
        )
        first_group, group_size = first_group + group_size, group_size * 2


def insert_statement(
    table: str, names: str, stage: facet_columns.Stage, *, replacing: bool = False
) -> str:
    """Return the statement that inserts one row; the columns of a stage's facets are last."""
    column_names = [
        *names.split(", "),
        *(column_name for column_name, _ in facet_columns.columns(stage)),
    ]
    placeholders = ", ".join("?" * len(column_names))
    insert_verb = "INSERT OR REPLACE" if replacing else "INSERT"
    return f"{insert_verb} INTO {table} ({', '.join(column_names)}) VALUES ({placeholders})"

"""Rows that contain parts of cables, each a page, a chunk or a paragraph.

Programs that split texts for searching write such rows. The number of the part is in a column or
follows the ID, and a part often begins with the end of the previous part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from cable_tui.base.pattern import pattern
from cable_tui.formats.split_header import begins_as_telegram
from cable_tui.formats.tables import aliases, table_record
from cable_tui.formats.tables.row_plan import Plan, TableRow

_NUMBER = pattern(r"\D{0,20}([0-9]{1,9})(?:\.0)?(?:\D.{0,20})?")
_MOST = 2 / 3
"""The share of a table's cables that must look like parts."""
_LEAST_OVERLAP, _MOST_OVERLAP = 24, 6000
"""The minimum and maximum number of characters that a part repeats from the previous part."""
_RULE = 4
"""The maximum number of different characters in a ruled line (`--------`), which does not count as
an overlap.
"""
_SLICES = (50, 64)
"""Numbers whose multiples are typical chunk sizes."""
_BLANK_LINE = pattern(r"\n[ \t\r]{0,80}\n")
_SAID = "its rows are parts of cables{}: adjacent rows with the same ID form one record"
_APART = (
    "its rows seem to be parts of cables in the wrong order, so they are not joined, and only one "
    "part of each cable is shown. Sort the table by ID and number"
)
_LEAST_APART = 3
"""The minimum number of cables with several rows needed to warn about scattered parts."""
_MOST_NAMED, _MOST_NUMBERS = 8, 100_000
_NOT_JOINED = "its rows are parts of cables, which cannot be joined in this format; save it as CSV"


def with_parts(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Plan:
    """Return the plan with the column that numbers the parts, if the table's rows are parts."""
    row_facts = [plan.facts(names, row) for row in rows]
    filled_rows = [
        row_index
        for row_index, one_row_facts in enumerate(row_facts)
        if aliases.first(one_row_facts, "body")
    ]
    rows_by_id = groupby(filled_rows, key=lambda index: table_record.id_of(row_facts[index]))
    row_groups = [list(id_rows) for own_id, id_rows in rows_by_id if own_id]
    multi_row_groups = [id_rows for id_rows in row_groups if len(id_rows) > 1]
    if not _are_parts(
        [
            [aliases.first(row_facts[row_index], "body") for row_index in group]
            for group in multi_row_groups
        ]
    ):
        return _with_parts_apart(plan, row_facts, filled_rows)
    used_names = {column_name for column_name, _ in plan.renamed} | aliases.BODIES
    for column_name in (
        plan.own,
        *(column_name for column_name in dict.fromkeys(names) if column_name not in used_names),
    ):
        row_numbers = [_number(plan, column_name, names, row) for row in rows]
        group_starts = [row_numbers[id_rows[0]] for id_rows in row_groups]
        least_start = max(set(group_starts), key=group_starts.count)
        if least_start not in {0, 1} or group_starts.count(least_start) < len(group_starts) * _MOST:
            continue
        number_pairs = [
            (row_numbers[one_row], row_numbers[next_row])
            for id_rows in multi_row_groups
            for one_row, next_row in pairwise(id_rows)
        ]
        number_steps = [
            next_number - one_number
            for one_number, next_number in number_pairs
            if one_number is not None and next_number is not None
        ]
        if sum(number_step > 0 for number_step in number_steps) >= len(number_pairs) * _MOST:
            steps_by_one = (
                sum(number_step == 1 for number_step in number_steps) > len(number_steps) / 2
            )
            doubt_message = _SAID.format(f", numbered by column {column_name[:40]!r}")
            part_column = (column_name, str(least_start) if steps_by_one else "")
            return plan._replace(parts=part_column, doubts=(*plan.doubts, doubt_message))
    doubt_message = _SAID.format(" without numbers, in file order")
    return plan._replace(parts=("", ""), doubts=(*plan.doubts, doubt_message))


def _with_parts_apart(plan: Plan, facts: Sequence[aliases.Facts], filled: Sequence[int]) -> Plan:
    """Return the plan, with a warning if the table's parts are scattered.

    Parts are scattered if one row of each cable begins as a telegram, wherever it is, and the other
    rows do not.
    """
    texts_by_id: dict[str, set[str]] = {}
    for row_index in filled:
        row_text = aliases.first(facts[row_index], "body")
        texts_by_id.setdefault(table_record.id_of(facts[row_index]), set()).add(row_text)
    multi_row_texts = [texts for own_id, texts in texts_by_id.items() if own_id and len(texts) > 1]
    telegram_count = sum(sum(map(begins_as_telegram, texts)) == 1 for texts in multi_row_texts)
    if (
        len(multi_row_texts) < _LEAST_APART
        or len(multi_row_texts) < len(texts_by_id) / 2
        or telegram_count < len(multi_row_texts) * _MOST
    ):
        return plan
    return plan._replace(doubts=(*plan.doubts, _APART))


def unjoined(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Plan:
    """Return the plan of a format that cannot join parts, with a warning if there are any parts."""
    plan_with_parts = with_parts(plan, names, rows)
    return plan._replace(doubts=(*plan.doubts, _NOT_JOINED)) if plan_with_parts.parts else plan


def _are_parts(groups: Sequence[Sequence[str]]) -> bool:
    """Return whether later rows with the same ID continue the text rather than starting again."""
    continuing_count = sum(
        len(set(texts)) > 1 and not any(map(begins_as_telegram, texts[1:])) for texts in groups
    )
    return bool(groups) and continuing_count >= len(groups) * _MOST


def _number(plan: Plan, name: str, names: Sequence[str], row: Sequence[str]) -> int | None:
    """Return the part number in a column, or after the ID in the ID column."""
    number_text = dict(zip(names, row, strict=False)).get(name, "")
    if name == plan.own:
        id_and_number = aliases.part_of(number_text)
        return id_and_number[1] if id_and_number else None
    number_match = _NUMBER.fullmatch(number_text.strip())
    return int(number_match[1]) if number_match else None


class PartRow:
    """A row with the ID and number of its part."""

    __slots__ = ("facts", "number", "own")

    def __init__(self, plan: Plan, names: Sequence[str], values: Sequence[str]) -> None:
        self.facts = plan.facts(names, values)
        self.own = table_record.id_of(self.facts)
        self.number = _number(plan, plan.parts[0], names, values) if plan.parts[0] else None


def records_of(
    rows: Iterable[tuple[TableRow, PartRow | None]], longest: int
) -> Iterator[list[TableRow]]:
    """Yield groups of adjacent rows that belong to the same record."""
    held_rows: list[TableRow] = []
    part_numbers: list[int | None] = []
    own_id = ""
    for row, part_row in rows:
        held_end = held_rows[-1].offset + len(held_rows[-1].data) if held_rows else 0
        is_continued = (
            part_row is not None
            and part_row.own == own_id != ""
            and row.offset == held_end + len(row.before)
            and held_end - held_rows[0].offset < longest
            and not _begins_again(part_numbers, part_row.number)
        )
        if held_rows and not is_continued:
            yield held_rows
            held_rows, part_numbers = [], []
        held_rows.append(row)
        part_numbers.append(part_row.number if part_row else None)
        own_id = part_row.own if part_row else ""
    if held_rows:
        yield held_rows


def _begins_again(numbers: Sequence[int | None], number: int | None) -> bool:
    """Return whether a number belongs to the first part of another copy."""
    first_number, last_number = numbers[0], numbers[-1]
    if first_number is None or last_number is None or number is None:
        return False
    return number <= first_number < last_number


def merged(plan: Plan, parts: Sequence[PartRow]) -> dict[str, str]:
    """Return the facts of a record in parts, with the text joined in order.

    Other facts are taken from the first part that has them.
    """
    if all(part.number is not None for part in parts):
        parts = sorted(parts, key=lambda part: part.number or 0)
    part_by_text = {(part.number, aliases.first(part.facts, "body")): part for part in parts}
    merged_facts: dict[str, str] = {}
    for part in part_by_text.values():
        merged_facts.update(
            (fact, fact_value)
            for fact, fact_value in part.facts.items()
            if not merged_facts.get(fact)
        )
    if len(parts) > 1:
        texts = [aliases.first(part.facts, "body") for part in part_by_text.values()]
        merged_facts = {
            fact_name: fact_text
            for fact_name, fact_text in merged_facts.items()
            if fact_name not in aliases.BODIES
        }
        merged_facts["body"] = _joined([part_text for part_text in texts if part_text])
    merged_facts[aliases.PARTS] = _described(plan, [part.number for part in parts])
    return merged_facts


def _described(plan: Plan, numbers: Sequence[int | None]) -> str:
    """Return a phrase with the part numbers of a record, and the missing or repeated ones."""
    known_numbers = [part_number for part_number in numbers if part_number is not None]
    counts = Counter(known_numbers)
    repeated_numbers = sorted(part_number for part_number, count in counts.items() if count > 1)
    missing_numbers: list[int] = []
    if plan.parts[1] and known_numbers:
        numbers_before = range(int(plan.parts[1]), min(max(known_numbers), _MOST_NUMBERS))
        missing_numbers = [
            part_number for part_number in numbers_before if part_number not in counts
        ]
    descriptions = [
        f"{min(known_numbers)} to {max(known_numbers)}"
        if known_numbers
        else f"rows: {len(numbers)}"
    ]
    for problem_word, part_numbers in (
        ("missing", missing_numbers),
        ("repeated", repeated_numbers),
    ):
        if part_numbers:
            ellipsis = " ..." if len(part_numbers) > _MOST_NAMED else ""
            descriptions.append(
                f"{problem_word}: {', '.join(map(str, part_numbers[:_MOST_NAMED]))}{ellipsis}"
            )
    return "; ".join(descriptions)


def _joined(texts: Sequence[str]) -> str:
    """Return the text joined from its parts, without the overlaps between them."""
    separator = "\n" if any(map(_BLANK_LINE.search, texts)) else "\n\n"
    text_lengths = {len(part_text) for part_text in texts[:-1]}
    longest_length = max(text_lengths, default=0)
    if (
        text_lengths == {longest_length}
        and len(texts[-1]) <= longest_length
        and (len(texts) > 3 or any(longest_length % size == 0 for size in _SLICES))
    ):
        separator = ""
    text_pieces: list[str] = []
    end_of_text = ""
    for part_text in texts:
        rest_of_text = _behind_overlap(end_of_text, part_text) if text_pieces else part_text
        if rest_of_text is None:
            rest_of_text = (
                part_text
                if separator == "\n" and end_of_text.endswith("\n")
                else separator + part_text
            )
        elif text_pieces:
            text_pieces[-1], end_of_text = text_pieces[-1].rstrip(), end_of_text.rstrip()
        text_pieces.append(rest_of_text)
        end_of_text = (end_of_text + rest_of_text)[-_MOST_OVERLAP:]
    return "".join(text_pieces)


def _behind_overlap(tail: str, text: str) -> str | None:
    """Return the text that a part adds after its overlap with the text before it.

    Return None if there is no overlap.
    """
    tail, text = tail.rstrip(), text.lstrip()
    beginnings = (text[: _LEAST_OVERLAP * times] for times in (1, 2, 4, 8))
    part_beginning = next(
        (beginning for beginning in beginnings if len(set(beginning)) > _RULE), ""
    )
    overlap_start = tail.find(part_beginning) if len(part_beginning) >= _LEAST_OVERLAP else -1
    while overlap_start >= 0:
        if text.startswith(tail[overlap_start:]):
            return text[len(tail) - overlap_start :]
        overlap_start = tail.find(part_beginning, overlap_start + 1)
    return None

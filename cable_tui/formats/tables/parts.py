"""Rows that hold parts of cables: a page, a chunk or a paragraph each.

Programs that cut texts for searching write them so, with the number of the part in a column or
behind the id, and often with the end of a part repeated at the beginning of the next one.
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
"""The share of a table's cables that must have the form of parts."""
_LEAST_OVERLAP, _MOST_OVERLAP = 24, 6000
"""Characters that a part repeats of the one before it."""
_RULE = 4
"""The most different characters of a rule, `--------`, which repeats nothing."""
_SLICES = (50, 64)
"""Numbers of which the length of a slice is a multiple."""
_BLANK_LINE = pattern(r"\n[ \t\r]{0,80}\n")
_SAID = "its rows are parts of cables{}: rows of one id that are next to each other are one record"
_APART = (
    "its rows seem to be parts of cables, not in their order: they are not joined, and only one "
    "part of each cable is shown; sort the table by id and number"
)
_LEAST_APART = 3
"""Cables of several rows that say so."""
_MOST_NAMED, _MOST_NUMBERS = 8, 100_000
_NOT_JOINED = "its rows are parts of cables, which are not joined in this format: save it as CSV"


def with_parts(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Plan:
    """Return the plan of a table with the column that numbers parts, if its rows are parts."""
    facts = [plan.facts(names, row) for row in rows]
    filled_rows = [index for index, values in enumerate(facts) if aliases.first(values, "body")]
    by_id = groupby(filled_rows, key=lambda index: table_record.id_of(facts[index]))
    row_groups = [list(id_rows) for own_id, id_rows in by_id if own_id]
    groups_of_several = [id_rows for id_rows in row_groups if len(id_rows) > 1]
    if not _are_parts(
        [[aliases.first(facts[index], "body") for index in group] for group in groups_of_several]
    ):
        return _with_parts_apart(plan, facts, filled_rows)
    names_taken = {name for name, _ in plan.renamed} | aliases.BODIES
    for name in (plan.own, *(name for name in dict.fromkeys(names) if name not in names_taken)):
        row_numbers = [_number(plan, name, names, row) for row in rows]
        group_starts = [row_numbers[id_rows[0]] for id_rows in row_groups]
        least_start = max(set(group_starts), key=group_starts.count)
        if least_start not in {0, 1} or group_starts.count(least_start) < len(group_starts) * _MOST:
            continue
        pairs = [
            (row_numbers[one_row], row_numbers[next_row])
            for id_rows in groups_of_several
            for one_row, next_row in pairwise(id_rows)
        ]
        steps = [
            next_number - one_number
            for one_number, next_number in pairs
            if one_number is not None and next_number is not None
        ]
        if sum(step > 0 for step in steps) >= len(pairs) * _MOST:
            by_one = sum(step == 1 for step in steps) > len(steps) / 2
            doubt = _SAID.format(f", numbered by column {name[:40]!r}")
            parts = (name, str(least_start) if by_one else "")
            return plan._replace(parts=parts, doubts=(*plan.doubts, doubt))
    doubt = _SAID.format(" without numbers, in the order of the file")
    return plan._replace(parts=("", ""), doubts=(*plan.doubts, doubt))


def _with_parts_apart(plan: Plan, facts: Sequence[aliases.Facts], filled: Sequence[int]) -> Plan:
    """Return the plan of a table whose parts are not in their order, which says so if it has any.

    One row of a cable begins as a telegram, wherever it is, and the others do not.
    """
    texts_by_id: dict[str, set[str]] = {}
    for index in filled:
        text = aliases.first(facts[index], "body")
        texts_by_id.setdefault(table_record.id_of(facts[index]), set()).add(text)
    texts_of_several = [texts for own_id, texts in texts_by_id.items() if own_id and len(texts) > 1]
    telegrams_apart = sum(sum(map(begins_as_telegram, texts)) == 1 for texts in texts_of_several)
    if (
        len(texts_of_several) < _LEAST_APART
        or len(texts_of_several) < len(texts_by_id) / 2
        or telegrams_apart < len(texts_of_several) * _MOST
    ):
        return plan
    return plan._replace(doubts=(*plan.doubts, _APART))


def unjoined(plan: Plan, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Plan:
    """Return the plan of a table that cannot be read in parts, which says so if it has them."""
    plan_with_parts = with_parts(plan, names, rows)
    return plan._replace(doubts=(*plan.doubts, _NOT_JOINED)) if plan_with_parts.parts else plan


def _are_parts(groups: Sequence[Sequence[str]]) -> bool:
    """Return whether the texts of rows with one id go on, rather than begin again."""
    going_on = sum(
        len(set(texts)) > 1 and not any(map(begins_as_telegram, texts[1:])) for texts in groups
    )
    return bool(groups) and going_on >= len(groups) * _MOST


def _number(plan: Plan, name: str, names: Sequence[str], row: Sequence[str]) -> int | None:
    """Return the number of a part in a column; in that of the ids, the one behind the id."""
    number_text = dict(zip(names, row, strict=False)).get(name, "")
    if name == plan.own:
        part = aliases.part_of(number_text)
        return part[1] if part else None
    match = _NUMBER.fullmatch(number_text.strip())
    return int(match[1]) if match else None


class PartRow:
    """A row with the id and the number of its part."""

    __slots__ = ("facts", "number", "own")

    def __init__(self, plan: Plan, names: Sequence[str], values: Sequence[str]) -> None:
        self.facts = plan.facts(names, values)
        self.own = table_record.id_of(self.facts)
        self.number = _number(plan, plan.parts[0], names, values) if plan.parts[0] else None


def records_of(
    rows: Iterable[tuple[TableRow, PartRow | None]], longest: int
) -> Iterator[list[TableRow]]:
    """Yield rows in groups: those of one id that are next to each other."""
    held_rows: list[TableRow] = []
    part_numbers: list[int | None] = []
    own_id = ""
    for row, part in rows:
        end = held_rows[-1].offset + len(held_rows[-1].data) if held_rows else 0
        cable_goes_on = (
            part is not None
            and part.own == own_id != ""
            and row.offset == end + len(row.before)
            and end - held_rows[0].offset < longest
            and not _begins_again(part_numbers, part.number)
        )
        if held_rows and not cable_goes_on:
            yield held_rows
            held_rows, part_numbers = [], []
        held_rows.append(row)
        part_numbers.append(part.number if part else None)
        own_id = part.own if part else ""
    if held_rows:
        yield held_rows


def _begins_again(numbers: Sequence[int | None], number: int | None) -> bool:
    """Return whether a number is that of the first part of another copy."""
    first_number, last_number = numbers[0], numbers[-1]
    if first_number is None or last_number is None or number is None:
        return False
    return number <= first_number < last_number


def merged(plan: Plan, parts: Sequence[PartRow]) -> dict[str, str]:
    """Return the facts of a record in parts: its text in their order, others of the first."""
    if all(part.number is not None for part in parts):
        parts = sorted(parts, key=lambda part: part.number or 0)
    part_by_text = {(part.number, aliases.first(part.facts, "body")): part for part in parts}
    facts: dict[str, str] = {}
    for part in part_by_text.values():
        facts.update(
            (fact, fact_value) for fact, fact_value in part.facts.items() if not facts.get(fact)
        )
    if len(parts) > 1:
        texts = [aliases.first(part.facts, "body") for part in part_by_text.values()]
        facts = {name: value for name, value in facts.items() if name not in aliases.BODIES}
        facts["body"] = _joined([text for text in texts if text])
    facts[aliases.PARTS] = _described(plan, [part.number for part in parts])
    return facts


def _described(plan: Plan, numbers: Sequence[int | None]) -> str:
    """Return the numbers of a record's parts, and which are missing or repeated."""
    known = [number for number in numbers if number is not None]
    counts = Counter(known)
    repeated_numbers = sorted(number for number, count in counts.items() if count > 1)
    missing_numbers: list[int] = []
    if plan.parts[1] and known:
        numbers_before = range(int(plan.parts[1]), min(max(known), _MOST_NUMBERS))
        missing_numbers = [number for number in numbers_before if number not in counts]
    descriptions = [f"{min(known)} to {max(known)}" if known else f"rows: {len(numbers)}"]
    for word, part_numbers in (("missing", missing_numbers), ("repeated", repeated_numbers)):
        if part_numbers:
            and_more = " ..." if len(part_numbers) > _MOST_NAMED else ""
            descriptions.append(
                f"{word}: {', '.join(map(str, part_numbers[:_MOST_NAMED]))}{and_more}"
            )
    return "; ".join(descriptions)


def _joined(texts: Sequence[str]) -> str:
    """Return one text of parts, without what each repeats of the one before it."""
    text_between = "\n" if any(map(_BLANK_LINE.search, texts)) else "\n\n"
    text_lengths = {len(text) for text in texts[:-1]}
    longest_length = max(text_lengths, default=0)
    if (
        text_lengths == {longest_length}
        and len(texts[-1]) <= longest_length
        and (len(texts) > 3 or any(longest_length % size == 0 for size in _SLICES))
    ):
        text_between = ""
    text_pieces: list[str] = []
    end_of_text = ""
    for text in texts:
        rest_of_text = _behind_overlap(end_of_text, text) if text_pieces else text
        if rest_of_text is None:
            rest_of_text = (
                text if text_between == "\n" and end_of_text.endswith("\n") else text_between + text
            )
        elif text_pieces:
            text_pieces[-1], end_of_text = text_pieces[-1].rstrip(), end_of_text.rstrip()
        text_pieces.append(rest_of_text)
        end_of_text = (end_of_text + rest_of_text)[-_MOST_OVERLAP:]
    return "".join(text_pieces)


def _behind_overlap(tail: str, text: str) -> str | None:
    """Return what a part adds to a text whose end it repeats; None if it repeats nothing."""
    tail, text = tail.rstrip(), text.lstrip()
    signs = (text[: _LEAST_OVERLAP * times] for times in (1, 2, 4, 8))
    sign = next((beginning for beginning in signs if len(set(beginning)) > _RULE), "")
    sign_start = tail.find(sign) if len(sign) >= _LEAST_OVERLAP else -1
    while sign_start >= 0:
        if text.startswith(tail[sign_start:]):
            return text[len(tail) - sign_start :]
        sign_start = tail.find(sign, sign_start + 1)
    return None

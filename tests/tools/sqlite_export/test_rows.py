"""The rows of a cable that workers make: they can be sent, and have what their tables need."""

from __future__ import annotations

import pickle

from cable_tui.exports.citation import Citation, ListEntry, Note
from cable_tui.tools.sqlite_export.rows import rows
from tests.exports.sample import BODY, PARAGRAPHS, cable


def test_rows_survive_the_way_from_a_worker() -> None:
    made = rows(Citation(cable(), notes=(Note("whose boats?"),), lists=(ListEntry("boats"),)))
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_paragraph_is_a_number_and_a_part_of_the_text_without_its_words() -> None:
    spans = [row[-2:] for row in rows(Citation(cable())).by_table["paragraphs"]]
    assert spans == [(each.span[0] + 1, each.span[1] - each.span[0]) for each in PARAGRAPHS]


def test_the_indexed_texts_are_those_of_the_columns() -> None:
    made = rows(Citation(cable()))
    assert made.texts == (cable().subject, cable().header.text, BODY)
    assert set(made.texts) <= set(made.cable)


def test_a_note_on_another_part_keeps_its_place() -> None:
    notes = (Note("whose boats?", place="para. 1"), Note("see 08STATE1", "mara"))
    made = rows(
        Citation(cable(), notes=notes, lists=(ListEntry("maps"), ListEntry("x", "para. 2")))
    )
    assert made.by_table["notes"] == [
        ("para. 1", "whose boats?", None, None),
        (None, "see 08STATE1", "mara", None),
    ]
    assert made.list_entries == [("maps", ""), ("x", "para. 2")]

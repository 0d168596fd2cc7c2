"""What is quoted of a cable: spans of its text, whatever breaks it."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.base.value import replace
from cable_tui.tools.dossiers.values import contradiction, place, shown
from tests.tools.dossiers.sample import place as cited
from tests.tools.dossiers.sample import raw

PAGE_LINE = "RABAT 00000028  002 OF 003"


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("1. (C) Ropes lie about.\n", "(C) Ropes lie about."),
        ("1. (C) Ropes\nlie   about.\n", "(C) Ropes lie about."),
        (f"1. (C) Ropes lie\n\n{PAGE_LINE}\n\nabout.\n\n2. (C) X.\n", "(C) Ropes lie about."),
        ("1.(SBU)xxxxx lie about.\n", "(SBU) xxxxx lie about."),
        ("1. Ropes lie about.\n", "Ropes lie about."),
    ],
)
def test_a_quotation_is_the_words_of_its_spans(body: str, quoted: str) -> None:
    cable = telegram.parse(replace(raw("09RABAT28"), body=body))
    first = cable.body.paragraphs[0]
    value = place("m", replace(cited("09RABAT28"), cable=cable, paragraphs=(first,)), [])
    (spans,) = value["quotations"]
    assert " ".join(word for a, b in spans for word in body[a:b].split()) == quoted


def test_a_page_shows_the_day_and_the_subject_of_the_record() -> None:
    """What was read from a text may be of another; the record's own title is shown instead."""
    record = replace(raw("09RABAT28"), title="ROPES AND LAMPS", header="", body="1. Ropes.\n")
    read = shown(record, telegram.parse(record), ())
    assert contradiction(record, read) == ""
    assert contradiction(record, {**read, "subject": "LIES"}) == "subject"
    assert contradiction(record, {**read, "day": "2001-01-01"}) == "day"

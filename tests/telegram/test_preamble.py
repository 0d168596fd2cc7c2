from __future__ import annotations

import pytest

from cable_tui.telegram import parse
from tests.telegram.cables import record

REST = "E.O. 12958: N/A\nTAGS: PREL MO\nSUBJECT: LAMPS\n\n1. (C) They burn.\n"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            "Original was on paper and has since\nbeen typed\n\n------ --\n"
            "Copy from the harbor's archive\nFile: LAMPS 3\nBox 12\n------ --\n\n",
            [
                "Original was on paper and has since\nbeen typed",
                "Copy from the harbor's archive\nFile: LAMPS 3\nBox 12",
            ],
            id="remarks of an archive",
        ),
        pytest.param("SIPDIS\n\nSTATE FOR NEA/MAG\nNSC OR PELHAM\n\n", [], id="captions, readers"),
        pytest.param("State for NEA/MAG and all\nof their friends\n\n", [], id="readers in prose"),
        pytest.param("C O R R E C T E D  COPY - ADDED RABAT AS\nADDRESSEE.\n", [], id="corrected"),
        pytest.param("", [], id="nothing"),
    ],
)  # origin: interface.md, text before paragraph 1 that belongs to no field
def test_text_above_the_labels_is_a_paragraph_without_label(
    before: str, expected: list[str]
) -> None:
    body = f"C O N F I D E N T I A L RABAT 000027\n\n{before}{REST}"
    *found, last = parse(record(body)).body.paragraphs

    assert [(p.label, p.text) for p in found] == [(None, text) for text in expected]
    assert all(body[slice(*p.span)].startswith(p.text.split("\n")[0]) for p in found)
    assert (last.label, last.text) == ("1", "They burn.")

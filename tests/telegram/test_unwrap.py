"""How lines of the file become running text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.telegram.unwrap import unwrapped
from cable_tui.text.painted_lines import TextLayout
from tests.cases import case
from tests.tui.cables import TEXT, raw

_WRAPPED = """\
1.  (C) The herring fleet stayed in port for a ninth day, and three
generals own the ice house, which the Embassy has known for years.
"""
_TABLE = """\
1.  (U) April      12 crowns      a crate of herring, and more
May        31 crowns      a crate of herring, and still more
"""


def _flowing(text: str) -> list[str]:
    paragraphs = telegram.parse(raw(text)).body.paragraphs
    return [" ".join(text[a:b] for a, b in flow) for flow in unwrapped(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case("wrapped", _WRAPPED, [_WRAPPED.strip().replace("\n", " "), ""]),
        case(
            "items",
            f"{_WRAPPED}\n-- Herring was up to twelve crowns and none was to be had that week.\n",
            [
                _WRAPPED.strip().replace("\n", " "),
                "",
                "-- Herring was up to twelve crowns and none was to be had that week.",
                "",
            ],
        ),
        case(
            "short lines",
            "1.  (U) Name:\nRosa Kell\nPort Amber\n",
            ["1.  (U) Name:", "Rosa Kell", "Port Amber", ""],
        ),
        case(
            "table",
            _TABLE,
            [
                "1.  (U) April      12 crowns      a crate of herring, and more",
                "May        31 crowns      a crate of herring, and still more",
                "",
            ],
        ),
        case(
            "page break between",
            "1.  (U) Ice is dear.\n\nZENDA 00000027  002 OF 002\n\n\n2.  (U) So is herring.\n",
            ["1.  (U) Ice is dear.", "", "2.  (U) So is herring.", ""],
        ),
        case(
            "captions of the head",
            "UNCLAS ZENDA 000027\n\nSIPDIS\nSENSITIVE\n\n1.  (U) Ice is dear.\n",
            ["UNCLAS ZENDA 000027", "", "SIPDIS", "SENSITIVE", "", "1.  (U) Ice is dear.", ""],
        ),
        case("nothing", "", [""]),
    ],
)
def test_what_is_joined(text: str, expected: list[str]) -> None:
    assert _flowing(text) == expected


_LINES = st.sampled_from(
    [*TEXT.split("\n"), "", "  ", "\t", "ZENDA 00000027  003 OF 004", "1. (C) x"]
)


@given(st.lists(_LINES, max_size=30), st.integers(8, 90))
def test_flows_go_through_the_text_once_and_its_layout_knows_every_place(
    lines: list[str], cells: int
) -> None:
    text = "\n".join(lines)
    paragraphs = telegram.parse(raw(text)).body.paragraphs
    found = unwrapped(text, paragraphs)
    spans = [span for flow in found for span in flow]
    assert all(start <= end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for line in TextLayout(text, cells, found).lines:
        for column, sign in enumerate(line.shown):
            there = text[line.offset(column)]
            assert sign == there or (sign == " " and there.isspace())

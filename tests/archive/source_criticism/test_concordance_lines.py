"""Lines of a concordance, sorted by what stands around their words."""

from __future__ import annotations

from cable_tui.archive.source_criticism.concordance_lines import ConcordanceLine, by_left, by_right
from tests.archive.source_criticism.test_concordance import ROW


def _line(left: str, right: str) -> ConcordanceLine:
    return ConcordanceLine(ROW, None, False, left, "lamp", right)


def test_lines_are_sorted_by_the_nearest_word_whatever_its_capitals() -> None:
    lines = [_line("a Red ", " z"), _line("the blue ", " Ärmel"), _line("an old red ", ", and")]
    assert [line.left for line in sorted(lines, key=by_left)] == [
        "the blue ",
        "a Red ",
        "an old red ",
    ]
    assert [line.right for line in sorted(lines, key=by_right)] == [", and", " Ärmel", " z"]

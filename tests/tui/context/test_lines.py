import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.session.feature_state import Cited, Citing, Context
from cable_tui.text import width
from cable_tui.tui.context.lines import context_entries, paint_context_line

_CONTEXT = Context(
    1,
    (
        Cited(
            "08STATE127448", "A", True, False, "2008-12-04T10:00Z", "TIP REPORT: [/x] ASSIGNMENT"
        ),
        Cited("09RABAT90", "C", False, True),
    ),
    (
        Citing("09RABAT121", "2009-02-20", "ICE", "2", "As ref A says, the ice is thin."),
        Citing("09STATE3", "2009-03-31", "", None, ""),
    ),
    listed=True,
    complete=True,
)


def _painted(context: Context, cells: int) -> list[str]:
    return [
        "".join(text for text, _ in line)
        for entry in context_entries(context, cells)
        for line in entry.lines
    ]


def test_the_cursor_is_a_bar_beside_all_lines_of_its_cable() -> None:
    entry = context_entries(_CONTEXT, 30)[1]
    assert [
        "".join(text for text, _ in paint_context_line(entry, line, here))
        for here in (True, False)
        for line in (0, 1)
    ] == [
        "▌A 08STATE127448    2008-12-04",
        "▌  TIP REPORT: [/x] ASSIGNMENT",
        " A 08STATE127448    2008-12-04",
        "   TIP REPORT: [/x] ASSIGNMENT",
    ]


def test_references_stand_with_their_state_and_citing_cables_with_their_sentence() -> None:
    assert _painted(_CONTEXT, 31) == [
        "References (2)",
        "A 08STATE127448     2008-12-04",
        "  TIP REPORT: [/x] ASSIGNMENT",
        "C 09RABAT90 ?       ✗ not here",
        "",
        "Cited by (2)",
        "09RABAT121          2009-02-20",
        "  ICE",
        "  ¶2 As ref A says, the ice is",
        "  thin.",
        "09STATE3            2009-03-31",
        "  in its REF lines only",
    ]


def test_only_cables_can_be_gone_to_at_the_paragraph_that_cites() -> None:
    stops = [(each.reference_id, each.paragraph) for each in context_entries(_CONTEXT, 30)]
    assert [stop for stop in stops if stop[0]] == [
        ("08STATE127448", None),
        ("09RABAT90", None),
        ("09RABAT121", "2"),
        ("09STATE3", None),
    ]


@pytest.mark.parametrize(
    ("context", "last"),
    [
        (Context(1), "Cited by …"),
        (Context(1, listed=True), "Reading the sentences …"),
        (Context(1, more=1200, listed=True, complete=True), "… and 1,200 more"),
        (Context(1, listed=True, complete=True), "Cited by (0)"),
    ],
)
def test_what_is_not_there_is_said(context: Context, last: str) -> None:
    assert _painted(context, 30)[-1] == last


@given(st.text(), st.integers(8, 60))
def test_no_line_is_wider_than_the_pane(text: str, cells: int) -> None:
    context = Context(1, (), (Citing("09Z1", "2009", text, "1", text),), listed=True)
    assert all(width(line) <= cells for line in _painted(context, cells)[3:-1])

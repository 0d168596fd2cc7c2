"""How long a cable is."""

import pytest

from cable_tui.cable import Place, RawCable
from cable_tui.telegram import sizes


def _raw(body: str, anchors: tuple[str, ...] | None = None) -> RawCable:
    return RawCable(
        reference_id="09RABAT27",
        created="",
        released="",
        classification="",
        origin="",
        title="",
        format="csv-dump",
        header="",
        body=body,
        place=Place("cables.csv", 0, 0),
        anchors=anchors,
    )


@pytest.mark.parametrize(
    ("body", "anchors", "count"),
    [
        ("", None, 0),
        ("no number", None, 0),
        ("head\n1. (C) One.\n\n2. Two.\n", None, 2),
        ("head\n1. One.\n1. One again.\n  2. Two.", None, 2),
        ("head\n1. One.\n2. Two.", ("par1", "par2", "par3", "parB"), 3),
        ("head\n1. One.", (), 1),
    ],
    ids=str,
)
def test_numbered_paragraphs_are_counted_once_each(
    body: str, anchors: tuple[str, ...] | None, count: int
) -> None:
    assert sizes.paragraphs(_raw(body, anchors)) == count


def test_the_length_is_that_of_the_body() -> None:
    assert sizes.length(_raw("ünd\n")) == 4

"""Numbers of things in messages."""

from __future__ import annotations

import pytest

from cable_tui.text.counted import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 marks"), (1, "1 mark"), (2, "2 marks"), (1204, "1,204 marks")]
)
def test_a_number_of_things_is(number: int, said: str) -> None:
    assert counted(number, "mark") == said

from dataclasses import replace

import pytest

from cable_tui.cable import CableWarning
from cable_tui.tui.damage import damage
from tests.tui.cables import whole


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), ""),
        (("year-inferred", "ambiguous-anchor"), ""),
        (("unparsed", "stub"), "it is stub"),
        (("database-row",), "it is database-row"),
    ],
)
def test_the_gravest_reason_is_told(codes: tuple[str, ...], expected: str) -> None:
    warnings = tuple(CableWarning(code, f"it is {code}") for code in codes)
    assert damage(replace(whole(), warnings=warnings)) == expected

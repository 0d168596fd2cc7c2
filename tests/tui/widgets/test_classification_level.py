import pytest

from cable_tui.tui.widgets.classification_level import level


@pytest.mark.parametrize(
    ("marking", "expected"),
    [
        ("UNCLASSIFIED", "unclassified"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "restricted"),
        ("LIMITED OFFICIAL USE", "restricted"),
        ("CONFIDENTIAL//NOFORN", "confidential"),
        ("SECRET", "secret"),
        ("U", "unclassified"),
        ("U//FOUO", "restricted"),
        ("SBU", "restricted"),
        ("C/NF", "confidential"),
        ("C-NF", "confidential"),
        ("S//NF", "secret"),
        ("", "unclassified"),
        ("[/x]", "unclassified"),
    ],
)
def test_levels(marking: str, expected: str) -> None:
    assert level(marking) == expected

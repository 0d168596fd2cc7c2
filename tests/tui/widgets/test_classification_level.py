import pytest

from cable_tui.tui.widgets.classification_level import level, sign


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


@pytest.mark.parametrize(
    ("marking", "expected"),
    [("U", "U"), ("C/NF", "C"), ("SNF", "S"), ("SBU", "SBU"), ("Secret/Rel UK", "S"), ("", "")],
)
def test_a_marking_takes_at_most_three_letters_of_the_gutter(marking: str, expected: str) -> None:
    assert sign(marking) == expected

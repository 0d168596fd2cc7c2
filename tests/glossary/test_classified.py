import pytest

from cable_tui.glossary import marking, reason


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("U", "Unclassified"),
        (
            "C/NF",
            "could cause damage to the national security; not releasable to foreign nationals",
        ),
        ("SECRET//NOFORN", "serious damage to the national security; not releasable to"),
        ("S/REL TO NATO", "; may be released to NATO"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "Unclassified; For official use only"),
        ("sbu", "Sensitive but unclassified"),
        ("LIMITED OFFICIAL USE", "until 1995"),
    ],
)
def test_markings_are_spelled_out(printed: str, expected: str) -> None:
    assert expected in (marking(printed) or "")


@pytest.mark.parametrize("printed", ["", "/", "X", "[/x]", "HERRING"])
def test_what_is_no_marking_has_no_meaning(printed: str) -> None:
    assert marking(printed) is None


def test_reasons_are_those_of_either_order() -> None:
    assert reason("1.4", "B") == "information from or about foreign governments"
    assert reason("1.5", "d") == reason("1.4", "d")
    assert reason("1.4", "h") == "weapons of mass destruction"
    assert reason("1.5", "h") is None
    assert reason("1.9", "a") is None

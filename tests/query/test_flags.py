"""What `is:` and `has:` may ask of a cable itself."""

import pytest

from cable_tui.query.flags import BITS, FLAGS, MASKS, flags_of


def _names(*signs: str) -> set[str]:
    bits = flags_of(signs)
    return {f"{prefix}:{name}" for (prefix, name), bit in BITS.items() if bits & bit}


@pytest.mark.parametrize(
    ("signs", "names"),
    [
        ((), set()),
        (("NOBODY KNOWS",), set()),
        (("NOFORN", "SIPDIS"), {"is:noforn", "is:sipdis"}),
        (("SIPDIS SENSITIVE",), {"is:sipdis", "is:sensitive"}),
        (("FOR OFFICIAL USE ONLY",), {"is:fouo"}),
        (("stub",), {"is:partial", "has:warning", "has:stub"}),
        (("cut-off",), {"is:partial", "has:warning", "has:cut-off"}),
        (("year-inferred", "reference"), {"has:warning", "has:year-inferred", "has:reference"}),
        (("CORRECTED COPY",), {"is:corrected"}),
        (("redaction",), {"has:redaction"}),
        (("damaged",), {"has:warning", "has:damaged"}),
    ],
    ids=lambda case: " ".join(sorted(case)) or "nothing",
)
def test_signs_become_flags(signs: tuple[str, ...], names: set[str]) -> None:
    assert _names(*signs) == names


def test_every_flag_has_a_bit_of_its_own() -> None:
    assert sorted(BITS.values()) == [1 << number for number in range(len(FLAGS))]
    assert len(FLAGS) < 63  # what SQLite and arrays hold


def test_garbled_minutes_alone_are_no_warning_to_look_for() -> None:
    asked = MASKS["has", "warning"]
    assert not flags_of(["time-from-date-time-group"]) & asked
    assert flags_of(["time-from-date-time-group", "stub"]) & asked
    assert all(MASKS[key] == bit for key, bit in BITS.items() if key != ("has", "warning"))


def test_every_code_of_a_warning_can_be_asked_for() -> None:
    codes = (
        "other-cable stub partial-extract repeated-body database-row teaser year-inferred "
        "time-from-date-time-group ambiguous-anchor unparsed cut-off damaged"
    )
    assert [f"has:{code}" in _names(code) for code in codes.split()] == [True] * 12

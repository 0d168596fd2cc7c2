"""Names and values of PlusD."""

import pytest

from cable_tui.cable import Place
from cable_tui.formats import plusd_fields
from cable_tui.formats.base import BrokenRecord

PLACE = Place("a", 0, 1)


@pytest.mark.parametrize("name", ["Canonical ID:", "canonical_id", " Canonical  ID "])
def test_a_key_has_one_spelling(name: str) -> None:
    assert plusd_fields.key(name) == "canonical id"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("SECRET,NOFORN", "SECRET//NOFORN"),
        ("UNCLASSIFIED, FOR OFFICIAL USE ONLY", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE"),
        ("-- N/A or Blank --", "CONFIDENTIAL"),
    ],
)
def test_a_class_is_written_as_on_the_pages_of_2010(given: str, expected: str) -> None:
    facts = {"canonical id": "1975LIMA02540_b", "original classification": given}
    raw = plusd_fields.cable(facts, "C O N F I D E N T I A L LIMA 2540", "plusd-page", PLACE)
    assert (raw.reference_id, raw.classification) == ("1975LIMA02540", expected)


def test_a_cable_without_an_id_is_broken() -> None:
    with pytest.raises(BrokenRecord, match="no canonical ID"):
        plusd_fields.cable({}, "text", "plusd-page", PLACE)

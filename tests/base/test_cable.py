"""Classifications and their short forms."""

from __future__ import annotations

from cable_tui.base.cable import CLASSIFICATIONS, class_short


def test_a_classification_has_a_short_form_and_an_unknown_one_is_its_own() -> None:
    assert class_short("SECRET//NOFORN") == "S//NF"
    assert class_short("COSMIC") == "COSMIC"


def test_no_short_form_stands_for_two_classifications() -> None:
    assert len({short for _, short in CLASSIFICATIONS}) == len(CLASSIFICATIONS)

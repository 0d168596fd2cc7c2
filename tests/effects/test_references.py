"""Who cites a cable, and with which sentence; the texts are written for it."""

import pytest

from cable_tui.cable import Reference
from cable_tui.effects.references import mention, sentence_at
from cable_tui.value import replace
from tests.tui.cables import cable

_TEXT = """\
REF: A. 09ZENDA27

1.  (C) The ice is thin.  See Ref A on the U.S. ice
house, which is dear.  So it is.

2.  (U) 08STATE12 said more.
"""


def _citing(text: str = _TEXT) -> tuple[str | None, str]:
    start = text.find("09ZENDA27")
    one = Reference("A", "cable", "09ZENDA1", False, "09ZENDA27", (start, start + 9))
    return mention(replace(cable(text), references=(one,)), "09ZENDA1")


def test_the_sentence_that_speaks_of_a_cable_is_found_with_its_paragraph() -> None:
    paragraph, said = _citing()
    assert paragraph == "1"
    assert said == "See Ref A on the U.S. ice house, which is dear."


def test_an_id_in_running_text_is_a_mention_too() -> None:
    assert mention(cable(_TEXT), "08STATE12") == ("2", "(U) 08STATE12 said more.")


def test_a_cable_that_only_a_ref_line_names_has_no_sentence() -> None:
    assert _citing("REF: A. 09ZENDA27\n\n1.  (C) Ice.\n") == (None, "")
    assert mention(cable(_TEXT), "09HENTZAU1") == (None, "")


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("One. Two is\nhere. Three.", 6, "Two is here."),
        ("One. Two", 0, "One."),
        ('He said "no." Then yes.', 15, "Then yes."),
        ("no end", 3, "no end"),
        ("", 0, ""),
    ],
)
def test_sentences(text: str, at: int, expected: str) -> None:
    assert sentence_at(text, at) == expected


def test_a_sentence_without_an_end_is_cut_around_the_place() -> None:
    text = "herring " * 400
    assert len(sentence_at(text, 1600)) <= 400

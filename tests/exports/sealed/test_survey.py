"""Which pleas a reader must answer, and what answers them."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.cable import Cable
from cable_tui.exports.sealed.manifest import OpenPlace
from cable_tui.exports.sealed.survey import OpenPlea, distinct, in_words, survey
from cable_tui.value import replace
from tests.exports.sealed.sample import raw

# Two people are named before `He`: no rule tells which of them is meant.
OPEN = """1. (C) Bo Rask wrote to Ivo Tern in May. He (strictly protect) counted
four lamps.

2. (C) Ada Pelham (strictly protect) counted two. Bo Rask wrote to Ivo Tern of the keeper
of the ropes. He (strictly protect) is old.

RABAT 00000027  002 OF 003

They call him quill.
"""


def cable(text: str = OPEN) -> Cable:
    return telegram.parse(replace(raw("09RABAT28"), body=f"SUBJECT: ROPES\n\n{text}"))


def test_names_and_open_pleas_are_found_with_their_places() -> None:
    found = survey([cable()])
    assert found.names == {"09RABAT28": ("Ada Pelham",)}
    assert found.pleas == 3
    first, second = found.unresolved
    assert first == OpenPlea(
        OpenPlace("09RABAT28", "09RABAT28", "1"),
        "1. (C) Bo Rask wrote to Ivo Tern in May. He (strictly protect",
    )
    assert second.place == "09RABAT28 ¶2"
    assert in_words(found.unresolved) == (
        "2 pleas could not be resolved: 09RABAT28 ¶1, 09RABAT28 ¶2"
    )


@pytest.mark.parametrize(
    ("masks", "places"),
    [
        ((), ["09RABAT28 ¶1", "09RABAT28 ¶2"]),
        (("Tern",), []),
        (("ivo tern",), []),
        (("the keeper of the ropes",), ["09RABAT28 ¶1"]),
        # near enough behind it, also over a page line, and in small letters
        (("quill",), ["09RABAT28 ¶1"]),
        (("quill", "Ada", "keeper of the ropes"), ["09RABAT28 ¶1"]),
        # another plea is between, or another paragraph
        (("Ada Pelham",), ["09RABAT28 ¶1", "09RABAT28 ¶2"]),
        (("Nobody",), ["09RABAT28 ¶1", "09RABAT28 ¶2"]),
    ],
)
def test_words_near_a_plea_answer_it(masks: tuple[str, ...], places: list[str]) -> None:
    assert [each.place for each in survey([cable()], masks).unresolved] == places


def test_words_that_are_far_from_a_plea_do_not_answer_it() -> None:
    far = cable(f"1. (C) Ivo Tern and Bo Rask. {'The sea is wide. ' * 20}He (strictly protect).\n")
    assert len(survey([far], ["Tern"]).unresolved) == 1


def test_words_that_no_cable_has_are_told() -> None:
    assert survey([cable()], ["rask", "Pelhem", "ROPES"]).unused == ("Pelhem",)


def test_words_are_a_name_if_the_cable_writes_them_as_one() -> None:
    masks = ["ivo tern", "keeper of the ropes", "quill"]
    assert survey([cable()], masks).masks == ("Ivo Tern", "keeper of the ropes", "quill")


def test_a_sentence_names_each_place_once_and_not_hundreds() -> None:
    many = [OpenPlea(OpenPlace(f"09RABAT{n}", "", "")) for n in range(25) for _ in "ab"]
    sentence = in_words(many)
    assert sentence.startswith("50 pleas could not be resolved: 09RABAT0, 09RABAT1, ")
    assert sentence.endswith(", 09RABAT19 and 5 more places")
    assert in_words(many[:1]) == "1 plea could not be resolved: 09RABAT0"


def test_several_forms_of_a_name_are_one_person() -> None:
    assert distinct(["Ada Pelham", "Pelham", "PELHAM", "A. Pelham", "Ivo Pelham", "Tern"]) == 3
    assert distinct(["the keeper of lamps", "The keeper of lamps"]) == 1
    assert distinct([]) == 0

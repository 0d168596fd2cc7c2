"""Requests of a cable with their answers: asked once, and again only if the paragraph changed."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.base.cable import Cable
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers
from cable_tui.tools.protection.digest_spans import ParagraphDigests
from cable_tui.tools.protection.review import (
    confirmed_names,
    in_words,
    places_of_names,
    protected_names,
    reviewed,
    taken_names,
)
from tests.telegram.cables import record

BODY = """1. (C) Ada R. Pelham came with Bo Rask.

2. (C) Pelham (strictly protect) counted lamps. The cook (protect) saw it.
"""


def cable(body: str = BODY) -> Cable:
    return telegram.parse(record(body))


def answered(whole: Cable, number: int, *names: str) -> Answers:
    each = reviewed(whole, NO_ANSWERS)[number]
    spans, _ = places_of_names(whole, each, names)
    return NO_ANSWERS.with_request(each.key, tuple(map(ParagraphDigests(whole).place, spans)))


def test_a_request_has_its_place_its_sentence_and_its_proposals() -> None:
    first, second = reviewed(cable(), NO_ANSWERS)
    assert (first.place, first.words, first.proposed) == (
        "09CASABLANCA27 ¶2",
        "strictly protect",
        ("Pelham",),
    )
    assert first.sentence.endswith("Pelham (strictly protect) counted lamps")
    assert second.words == "protect"
    assert not first.is_answered


def test_an_answer_is_found_again_in_another_copy_and_asked_again_after_a_change() -> None:
    given = answered(cable(), 0, "Pelham")
    again = cable(BODY.replace("counted lamps", "counted\nlamps"))
    assert [each.confirmed for each in reviewed(again, given)] == [("Pelham",), ()]
    assert [each.is_answered for each in reviewed(again, given)] == [True, False]
    changed = cable(BODY.replace("saw it", "saw nothing"))
    assert [each.is_answered for each in reviewed(changed, given)] == [False, False]


def test_a_name_from_another_paragraph_is_lost_with_it() -> None:
    given = answered(cable(), 1, "Bo Rask")
    assert reviewed(cable(), given)[1].confirmed == ("Bo Rask",)
    gone = cable(BODY.replace("with Bo Rask", "with nobody"))
    assert not reviewed(gone, given)[1].is_answered


@pytest.mark.parametrize(
    ("names", "found", "missing"),
    [
        (("pelham",), ["Pelham"], ()),
        (("Ada  R. Pelham", "Rask"), ["Ada R. Pelham", "Rask"], ()),
        (("Pelhem", "Bo Rask"), ["Bo Rask"], ("Pelhem",)),
        (("ask",), [], ("ask",)),
        ((".*",), [], (".*",)),
    ],
)
def test_names_that_the_text_does_not_have_are_not_kept(
    names: tuple[str, ...], found: list[str], missing: tuple[str, ...]
) -> None:
    whole = cable()
    spans, absent = places_of_names(whole, reviewed(whole, NO_ANSWERS)[0], names)
    assert [whole.body.text[slice(*span)] for span in spans] == found
    assert absent == missing


def test_confirmed_names_have_their_other_forms_in_the_text() -> None:
    whole = cable()
    given = answered(whole, 0, "Pelham")
    assert confirmed_names(whole, reviewed(whole, given)) == ("Pelham", "Ada R. Pelham")
    assert taken_names(whole, reviewed(whole, given)) == ("Pelham", "Ada R. Pelham")


def test_without_an_answer_only_names_right_at_a_request_are_sure() -> None:
    whole = cable("1. (C) Ivo Tern, aide to Bo Rask (protect), left. Ada Pelham (protect) too.\n")
    assert protected_names(whole, NO_ANSWERS)[:2] == (("Ada Pelham",), ("Ivo Tern", "Bo Rask"))
    nobody = NO_ANSWERS
    for each in reviewed(whole, NO_ANSWERS):
        nobody = nobody.with_request(each.key, ())
    assert protected_names(whole, nobody)[:2] == ((), ())


def test_a_sentence_names_the_places_without_an_answer_and_not_hundreds() -> None:
    asked = reviewed(cable(), NO_ANSWERS)
    assert in_words(asked) == "2 protection requests, 2 without an answer: 09CASABLANCA27 ¶2"
    whole = cable()
    given = answered(whole, 0).with_request(asked[1].key, ())
    assert in_words(reviewed(whole, given)) == "2 protection requests"

"""Other forms of names in the same text."""

from __future__ import annotations

import pytest

from cable_tui.telegram.people.name_forms import Meant, called, keys, one_line, others


def test_names_have_their_full_forms_of_the_same_text() -> None:
    text = "SUBJECT: TALK WITH ADA PELHAM\n\n1. Ada R. Pelham came. Pelham (protect) said"
    assert others(text, ["Pelham"]) == ("ADA PELHAM", "Ada R. Pelham")


def test_a_name_that_is_spelled_otherwise_in_the_same_text_is_meant_too() -> None:
    text = "Ivo Tarnowski (protect) spoke. Tarnowsky left. The Tarpaulin fell."
    assert others(text, ["Ivo Tarnowski"]) == ("Tarnowsky", "Ivo Tarnowski")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ada R. Soto García", ("Ada", "Soto", "García")),
        ("Fawaz bin Turki al-Marwazi", ("Fawaz", "Turki", "Marwazi")),
        ("EL-MARWAZI", ("MARWAZI",)),
        ("Ivo “the Fish” Tern", ("Ivo", "Fish", "Tern")),
        ("", ()),
    ],
)
def test_somebody_may_be_called_by_each_word_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert called(name) == words


def test_accents_and_letters_tell_no_names_apart() -> None:
    assert keys("Ada García") == keys("ADA Garcia")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Pelham", True),
        ("Ada Pelham", True),
        ("Rask", True),
        ("al-Rask", True),
        ("Clem Rask", True),  # Rask is protected alone: who knows
        ("Bo Pelham", False),
        ("Tern", False),
        ("", False),
    ],
)
def test_a_name_is_known_again_in_other_forms(name: str, known: bool) -> None:
    assert Meant(["Ada R. Pelham", "Rask"]).has(name) is known
    assert not Meant([]).has(name)


def test_a_name_on_one_line_has_no_page_line() -> None:
    text = "Ivo \n\nPORT AMBER 00000339  002 OF 003 \n\n \nTern"
    assert one_line(text, 0, len(text)) == "Ivo Tern"
    assert one_line("Tar-\nhanli al-\nMarwazi", 0, 22) == "Tarhanli al-Marwazi"

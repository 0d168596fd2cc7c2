"""Where a text speaks of other cables, and with which sentence; the texts are written for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Reference
from cable_tui.base.value import replace
from cable_tui.telegram.references.mentions import (
    MOST_SENTENCES,
    Sentence,
    citing_sentences,
    mentions,
    unnamed_sentences,
)
from tests.cases import case
from tests.tui.cables import cable

_TEXT = """\
REF: A. 09ZENDA27

1.  (C) The ice is thin.  See Ref A on the U.S. ice
house, which is dear.  So it is.

2.  (U) 08STATE12 said more.  See septel for the
price of ice.

3.  (U) The ice house called reftel a slip.
"""


def _citing(text: str = _TEXT) -> dict[str, tuple[Sentence, ...]]:
    start = text.find("09ZENDA27")
    one = Reference("A", "cable", "09ZENDA1", False, "09ZENDA27", (start, start + 9))
    return citing_sentences(replace(cable(text), references=(one,)))


def test_every_sentence_that_speaks_of_a_cable_is_found_with_its_paragraph() -> None:
    assert _citing()["09ZENDA1"] == (
        ("1", "See Ref A on the U.S. ice house, which is dear."),
        ("3", "(U) The ice house called reftel a slip."),
    )


def _meant(words: str, letters: str = "ABCDE") -> str:
    """The letters of the REF items that a text means; an asterisk for one without a letter."""
    names = [*letters] or [None]
    text = f"REF: so\n\n1.  (C) {words}\n"
    lines = tuple(
        Reference(name, "cable", f"09ZENDA{at}", False, "so", (5, 7))
        for at, name in enumerate(names, 1)
    )
    found = mentions(replace(cable(text), references=lines))
    return "".join(ref.label or "*" for each in found for ref in each.references)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("reftel D", "D"),
        ("Reftel A said", "A"),
        ("REFTEL B", "B"),
        ("reftels A, B", "AB"),
        ("Refs A, B, and C", "ABC"),
        ("refs A-C", "ABC"),
        ("reftels A - D). She", "ABCD"),
        ("Refs A through C", "ABC"),
        ("reftels C/D", "CD"),
        ("reftels b and c.", "BC"),
        ("(ref. B)", "B"),
        ("Refs. A & C", "AC"),
        ("ref (A) and (B)", "AB"),
        ("Ref(s) A", "A"),
        ("reference B", "B"),
        ("reftel \nB). The ice", "B"),
        ("(reftel A), A/S Carew spoke", "A"),
        ("ref B and a demarche", "B"),
        ("reftel a", "A"),
        ("In reftel a the ice house", "A"),
        ("reftel a reports that", "A"),
        ("as reported reftel a on May 2", "A"),
        ("post delivered reftel a demarche to", "A"),
        ("see reftel a for", "A"),
        ("reftel a we said", "A"),
        ("reftel a man was seen (ref b)", "AB"),
        ("reftel G", ""),
        ("reftel", "ABCDE"),
        ("in reftel a source said", "ABCDE"),
        ("per reftel. A source said", "ABCDE"),
        ("IN REFTEL A SOURCE SAID", "ABCDE"),
        ("in both refs", "ABCDE"),
        ("in reference a source", ""),
        ("the ref blew a whistle", ""),
        ("he prefers A", ""),
    ],
)
def test_a_letter_means_its_line_and_no_letter_all_of_them(words: str, meant: str) -> None:
    assert _meant(words) == meant


@pytest.mark.parametrize(
    ("words", "meant"), [("reftel", "*"), ("reftel A", "*"), ("(ref)", "*"), ("reftel B", "")]
)
def test_lines_without_letters_are_lettered_by_their_order(words: str, meant: str) -> None:
    assert _meant(words, "") == meant


def test_a_number_behind_ref_means_its_own_cable_alone() -> None:
    assert _meant("(Ref Rabat 1170), (REFTEL 08STATE12)") == "**"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        case(
            "no page line is in it",
            "1.  (U) As 08STATE12 says, Rudolf\nZENDA 00000027  002 OF 003\nRassendyll left.\n",
            "(U) As 08STATE12 says, Rudolf Rassendyll left.",
        ),
        case(
            "an ID is a mention too", "1.  (U) 08STATE12 said more.\n", "(U) 08STATE12 said more."
        ),
        case(
            "a number within it stays there",
            "1.  (U) The text of 08STATE12 was ratified by 61 to 7. End summary.\n",
            "(U) The text of 08STATE12 was ratified by 61 to 7. End summary.",
        ),
    ],
)
def test_a_sentence_is_the_one_around_an_id(text: str, said: str) -> None:
    assert citing_sentences(cable(text))["08STATE12"] == (("1", said),)


def test_a_cable_that_only_a_ref_line_names_has_no_sentence() -> None:
    assert _citing("REF: A. 09ZENDA27\n\n1.  (C) Ice.\n") == {}


def test_a_text_without_numbers_has_its_sentences_too() -> None:
    text = "FROM THE ICE HOUSE\n\nWe read 08STATE12 with care.\n"
    assert citing_sentences(cable(text))["08STATE12"][0].paragraph is None


def test_one_sentence_is_kept_once_and_a_flood_is_cut() -> None:
    once = "1.  (U) Ice, 08STATE12 and again 08STATE12, it is.\n"
    assert len(citing_sentences(cable(once))["08STATE12"]) == 1
    flood = "1.  (U) " + "".join(f"Ice {at} is in 08STATE12.  " for at in range(200))
    assert len(citing_sentences(cable(flood))["08STATE12"]) == MOST_SENTENCES


def test_what_no_id_names_is_found_with_its_sentence() -> None:
    assert unnamed_sentences(cable(_TEXT)) == (("2", "See septel for the price of ice."),)
    assert unnamed_sentences(cable("1.  (C) Telcon Rassendyll-Sapt, May 2.\n")) != ()
    assert unnamed_sentences(cable("1.  (C) A septet played.\n")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. See septel\nhere. Three.", "See septel here."),
        ("Septel. Two", "Septel."),
        ('He said "no." Then septel.', "Then septel."),
        ("no end of septel", "no end of septel"),
    ],
)
def test_sentences(text: str, expected: str) -> None:
    assert unnamed_sentences(cable(text)) == ((None, expected),)


def test_a_sentence_without_an_end_is_cut_around_the_place() -> None:
    herrings = "herring " * 200
    ((_, said),) = unnamed_sentences(cable(f"{herrings}septel {herrings}"))
    assert len(said) <= 400
    assert set(said.strip("…").split()) == {"herring", "septel"}
    assert (said[0], said[-1]) == ("…", "…")


@given(st.text(st.sampled_from("REFTL refs ABC.,&\n09ZENDA1 2)("), max_size=200))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    made = cable(f"1.  {text}\n")
    for found in mentions(made):
        start, end = found.span
        assert 0 <= start < end <= len(made.body.text)
    for kept in citing_sentences(made).values():
        assert all(len(each.text) <= 400 for each in kept)

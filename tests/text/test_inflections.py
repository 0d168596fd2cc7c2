"""Which words are regular forms of each other; the rules are those of any English grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.text import inflections

FAMILIES = [
    ("sanction", "sanctions sanctioned sanctioning"),
    ("embassy", "embassies embassied embassying"),
    ("survey", "surveys surveyed surveying"),
    ("negotiate", "negotiates negotiated negotiating"),
    ("agree", "agrees agreed agreeing"),
    ("address", "addresses addressed addressing"),
    ("search", "searches searched searching"),
    ("stop", "stops stopped stopping"),
    ("plan", "plans planned planning"),
    ("plane", "planes planed planing"),
    ("rain", "rains rained raining"),
    ("quit", "quits quitted quitting"),
    ("permit", "permits permited permiting permitted permitting"),
    ("travel", "travels traveled traveling travelled travelling"),
    ("veto", "vetos vetoes vetoed vetoing"),
    ("draw", "draws drawed drawing"),
    ("underlie", "underlies underlied underlying"),
]


@pytest.mark.parametrize(("base", "expected"), FAMILIES, ids=[base for base, _ in FAMILIES])
def test_a_word_has_its_regular_forms(base: str, expected: str) -> None:
    assert set(inflections.inflected(base)) == set(expected.split())


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("sanctions", "sanction"),
        ("embassies", "embassy"),
        ("surveyed", "survey"),
        ("planned", "plan"),
        ("planing", "plane"),
        ("travelled", "travel"),
        ("addresses", "address"),
        ("agreed", "agree"),
        ("underlying", "underlie"),
        ("sanction", "sanction"),
    ],
)
def test_a_form_leads_back_to_its_word(word: str, base: str) -> None:
    found = inflections.bases(word)
    assert found[0] == word
    assert base in found


@pytest.mark.parametrize(
    ("word", "other"),
    [("press", "pres"), ("planing", "plan"), ("planned", "plane"), ("string", "str")],
)
def test_an_ending_that_no_rule_would_make_is_left_on(word: str, other: str) -> None:
    assert other not in inflections.bases(word)


@pytest.mark.parametrize("word", ["new", "news"[:3], "goods", "united", "evening", "f16s", "são"])
def test_words_that_stand_alone(word: str) -> None:
    assert inflections.bases(word) == ()


def test_a_short_word_is_no_base() -> None:
    assert inflections.bases("news") == ("news",)
    assert inflections.bases("arms") == ("arms",)


@given(st.text(st.sampled_from("aeiysdgn"), min_size=4, max_size=9))
def test_bases_are_words_that_make_the_word(word: str) -> None:
    for base in inflections.bases(word)[1:]:
        assert word in inflections.inflected(base)

"""What matched is found again in any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.search.highlights import Highlights, highlights, with_words
from cable_tui.base.cable import Span
from cable_tui.query import parse
from cable_tui.query.answers import NoHighlights
from cable_tui.query.plan import WordVariants, compile_plan


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        pytest.param("lamps", "Lamps, more lamps", ["Lamps", "lamps"], id="every place of a word"),
        pytest.param("lamp", "lamps", [], id="no part of a word"),
        pytest.param("lam*", "Lamps and lambs, a llama", ["Lamps", "lambs"], id="a beginning"),
        pytest.param("malaga", "in Málaga.", ["Málaga"], id="accents are folded"),
        pytest.param('"new lamps"', "new\nlamps", ["new\nlamps"], id="a phrase over lines"),
        pytest.param('"new lamps"', "lamps new lamp", [], id="a phrase that is not there"),
        pytest.param('"new lam"*', "the new lamps", ["new lamps"], id="a phrase begun"),
        pytest.param('"new lamps"~3', "new red lamps", ["new", "lamps"], id="words near"),
        pytest.param('"new lamps"~1', "new old red lamps", [], id="words too far apart"),
        pytest.param('"new lamps"~3', "new. new lamps", ["new", "lamps"], id="the nearest two"),
        pytest.param('"lamps new"~2', "new red lamps", ["new", "lamps"], id="in any order"),
        pytest.param("F-16", "an F-16 and 16", ["F-16"], id="a word with inner marks"),
        pytest.param("goats -lamps", "goats and lamps", ["goats"], id="what is excluded is dark"),
        pytest.param('new "new lamps" lamps', "new lamps", ["new lamps"], id="overlaps are one"),
        pytest.param('"a b" "b c"', "a b c", ["a b c"], id="phrases that overlap are one"),
        pytest.param("origin:rabat", "rabat", [], id="a filter is not highlighted"),
        pytest.param("27", "RABAT 000027", ["000027"], id="a number with its leading zeros"),
        pytest.param("mule", "the &mule8", ["mule"], id="as it was written"),
        pytest.param("mule8", "the &mule8", ["mule8"], id="as it was sent"),
        pytest.param('"old mule" mule8', "&old mule8", ["old mule8"], id="by both readings"),
        pytest.param(
            "(goats or mules) lamps", "mules", ["mules"], id="alternatives are highlighted"
        ),
    ],
)
def test_what_a_query_lights(query: str, text: str, expected: list[str]) -> None:
    spans = highlights(compile_plan(parse(query), {})).spans(text)
    assert [text[start:end] for start, end in spans] == expected


def test_a_corrected_word_is_lit_as_it_was_corrected() -> None:
    found = highlights(compile_plan(parse("lmaps"), {"lmaps": WordVariants(("lamps",))}))
    assert found.spans("lmaps lamps") == [(6, 11)]


def test_what_stands_beside_a_word_is_lit_too() -> None:
    used = {"lamps": WordVariants(beside=("lamp",))}
    for query in ("lamps", "lamps*"):
        found = highlights(compile_plan(parse(query), used))
        assert found.spans("a lamp, lamps") == [(2, 6), (8, 13)]


def test_what_is_asked_of_the_header_is_not_lit_in_the_body() -> None:
    found = highlights(compile_plan(parse("from:rabat to:cairo info:rome header:lamps"), {}))
    assert not found
    assert highlights(compile_plan(parse("subject:lamps signed:riley"), {})).words == {
        "lamps",
        "riley",
    }


def test_a_query_without_words_lights_nothing() -> None:
    assert not Highlights()
    assert Highlights().spans("lamps") == []


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ('"met amorim"~2', "met met FM Amorim", ["met FM Amorim"]),
        ('"met amorim"~2', "met FM Amorim; Amorim met", ["met FM Amorim", "Amorim met"]),
        ('"met amorim"~2', "met an old Amorim met", ["Amorim met"]),
        ('"met amorim"~2 paris', "met in Paris", ["Paris"]),
        ('"a a b"~1', "a b x a x a", ["a b x a"]),
    ],
)
def test_words_near_each_other_are_one_place(query: str, text: str, expected: list[str]) -> None:
    spans = highlights(compile_plan(parse(query), {})).spans(text, whole=True)
    assert [text[start:end] for start, end in spans] == expected


@given(st.lists(st.sampled_from("abx"), max_size=14), st.integers(1, 4))
def test_near_words_are_found_wherever_a_plain_scan_finds_them(row: list[str], slop: int) -> None:
    spans = Highlights(near=((("a", "b"), slop),)).spans(" ".join(row), whole=True)
    near = any(
        {row[one], row[other]} == {"a", "b"} and other - one - 1 <= slop
        for other in range(len(row))
        for one in range(other)
    )
    assert bool(spans) == near


def test_words_of_a_part_are_asked_of_that_part() -> None:
    found = highlights(compile_plan(parse("kelp subject:lamps summary:goats"), {}))
    assert {name: set(part.words) for name, part in found.parts} == {
        "": {"kelp"},
        "subject": {"kelp", "lamps"},
        "summary": {"kelp", "goats"},
    }
    assert highlights(compile_plan(parse("kelp body:lamps"), {})).parts == ()


class _Others:
    def spans(self, _: str) -> list[Span]:
        return []

    places = spans


def test_only_the_highlights_of_no_query_are_without_words() -> None:
    lamps = Highlights(frozenset({"lamps"}))
    assert with_words(lamps) is lamps
    assert not with_words(NoHighlights())
    with pytest.raises(TypeError, match="_Others"):
        with_words(_Others())


@given(st.text(alphabet="ab -\n", max_size=60))
def test_spans_are_in_order_and_apart(text: str) -> None:
    found = Highlights(
        frozenset({"a"}), ("b",), (("a", "b"), ("b", "a")), (("a", "a", "b"),)
    ).spans(text)
    assert found == sorted(found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert all(0 <= start < end <= len(text) for start, end in found)

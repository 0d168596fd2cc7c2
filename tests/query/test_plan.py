"""Queries become plans without any engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query import Filter, Group, Phrase, Query, Range, Word, parse, plan
from cable_tui.query.plan import (
    ALL,
    And,
    AnyWord,
    DaysOf,
    FacetValue,
    Not,
    Or,
    Plan,
    WordPhrase,
    WordPrefix,
    WordVariants,
)
from tests.query.narrowing import LEAVES, NARROWS, Given, holds, levels

LAMPS = AnyWord(("lamps",))
GOATS = AnyWord(("goats",))
RABAT, MADRID = FacetValue("origin", "rabat"), FacetValue("origin", "madrid")
SPRING = DaysOf("date", "2009-03-01", "2009-05-31")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ALL, id="nothing means everything"),
        pytest.param("Lamps", LAMPS, id="a word is folded"),
        pytest.param("lamps goats", And((LAMPS, GOATS)), id="words must all hold"),
        pytest.param("-lamps", Not(LAMPS), id="a word excluded"),
        pytest.param("lam*", WordPrefix("lam"), id="a beginning"),
        pytest.param('"the lamps"', WordPhrase(("the", "lamps")), id="a phrase"),
        pytest.param('"lamps"', LAMPS, id="a phrase of one word"),
        pytest.param('"the lam"*', WordPhrase(("the", "lam"), prefix=True), id="a phrase begun"),
        pytest.param('"lamps goats"~3', WordPhrase(("lamps", "goats"), slop=3), id="words near"),
        pytest.param("F-16", WordPhrase(("f", "16")), id="a word with inner marks"),
        pytest.param("origin:rabat", RABAT, id="a filter"),
        pytest.param("origin:rabat origin:madrid", Or((RABAT, MADRID)), id="one facet twice is or"),
        pytest.param(
            "origin:rabat lamps origin:madrid",
            And((Or((RABAT, MADRID)), LAMPS)),
            id="facets of one name meet over a word",
        ),
        pytest.param(
            "origin:rabat -origin:madrid",
            And((RABAT, Not(MADRID))),
            id="one excluded",
        ),
        pytest.param("date:2009-03..2009-05", SPRING, id="a range of whole months"),
        pytest.param(
            "lamps or origin:rabat", Or((LAMPS, RABAT)), id="alternatives of different kinds"
        ),
        pytest.param("subject:lamps", AnyWord(("lamps",), "subject"), id="a word of a text"),
        pytest.param("to:rab*", WordPrefix("rab", "to"), id="a beginning in a text"),
        pytest.param(
            'signed:"van lamp"',
            WordPhrase(("van", "lamp"), field="signed"),
            id="a phrase of a text",
        ),
        pytest.param(
            "subject:lamps goats subject:lam*",
            And((GOATS, Or((AnyWord(("lamps",), "subject"), WordPrefix("lam", "subject"))))),
            id="one text twice is or",
        ),
        pytest.param(
            "subject:lamps body:goats",
            And((AnyWord(("lamps",), "subject"), AnyWord(("goats",), "body"))),
            id="two texts are and",
        ),
        pytest.param(
            "subject:lamps -subject:goats",
            And((Not(AnyWord(("goats",), "subject")), AnyWord(("lamps",), "subject"))),
            id="a text excluded",
        ),
        pytest.param("0027", AnyWord(("27",)), id="leading zeros"),
        pytest.param("-(lamps goats)", Not(And((LAMPS, GOATS))), id="a group excluded"),
    ],
)
def test_a_query_becomes_a_plan(text: str, expected: Plan) -> None:
    assert plan.compile_plan(parse(text), {}) == expected


def test_the_last_word_is_a_beginning_while_it_is_typed() -> None:
    typed = parse("goats lam", typing=True)
    assert plan.compile_plan(typed, {}) == And((GOATS, WordPrefix("lam")))


def test_a_word_is_replaced_by_the_words_that_it_may_mean() -> None:
    used = {"lmaps": WordVariants(("lamps", "lamp"))}
    assert plan.compile_plan(parse("Lmaps"), used) == AnyWord(("lamps", "lamp"))
    assert plan.compile_plan(parse("lmaps*"), used) == AnyWord(("lamps", "lamp"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("lamps", AnyWord(("lamps",), lesser=("lamp",)), id="a word"),
        pytest.param(
            "lamps*",
            Or((WordPrefix("lamps"), AnyWord((), lesser=("lamp",)))),
            id="a beginning finds what does not begin so, too",
        ),
        pytest.param("=lamps", AnyWord(("lamps",)), id="an exact word has no forms"),
        pytest.param('"lamps"', AnyWord(("lamps",)), id="a phrase of one word neither"),
        pytest.param(
            "subject:lamps", AnyWord(("lamps",), "subject", ("lamp",)), id="a word of one text"
        ),
        pytest.param("to:lamps", AnyWord(("lamps",), "to"), id="another text has others"),
    ],
)
def test_a_word_finds_what_stands_beside_it(text: str, expected: Plan) -> None:
    beside = WordVariants(beside=("lamp",))
    used = {"lamps": beside, "subject:lamps": beside}
    assert plan.compile_plan(parse(text), used) == expected


def test_a_beginning_covers_its_own_forms() -> None:
    used = {"lamp": WordVariants(beside=("lamps",))}
    assert plan.compile_plan(parse("lamp*"), used) == WordPrefix("lamp")


def test_an_exact_word_is_not_replaced() -> None:
    assert plan.compile_plan(parse("=lmaps"), {"lmaps": WordVariants(("lamps",))}) == AnyWord(
        ("lmaps",)
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(Query((Word("—"),)), ALL, id="a word of marks"),
        pytest.param(Query((Phrase(""),)), ALL, id="an empty phrase"),
        pytest.param(Query((Range("date", "nonsense", ""),)), Or(), id="no date"),
        pytest.param(Query((Group(()),)), ALL, id="a group of nothing"),
        pytest.param(Query((Word("a.b"),)), WordPhrase(("a", "b")), id="two tokens in a word"),
    ],
)
def test_queries_that_no_parser_makes_have_a_plan_too(query: Query, expected: Plan) -> None:
    assert plan.compile_plan(query, {}) == expected


def test_words_alone_are_asked_of_the_text_index() -> None:
    words = plan.compile_plan(parse('lamps -goats ("the lamps" or lam*)'), {})
    assert plan.is_text(words)
    assert not plan.is_text(plan.compile_plan(parse("lamps or origin:rabat"), {}))
    assert not plan.is_text(ALL)


def test_words_and_filters_are_told_apart() -> None:
    whole = plan.compile_plan(parse("lamps origin:rabat -goats"), {})
    assert isinstance(whole, And)
    assert plan.split(whole) == (And((LAMPS, Not(GOATS))), (RABAT,))
    assert plan.split(And((RABAT,))) == (None, (RABAT,))


def test_words_in_groups_are_words_of_the_query() -> None:
    found = plan.words_of(parse("lamps (goats or origin:rabat -mules)").terms)
    assert [word.text for word in found] == ["lamps", "goats", "mules"]


def test_a_filter_of_a_hand_made_query_needs_no_parser() -> None:
    assert plan.compile_plan(Query((Filter("origin", "rabat", negated=True),)), {}) == Not(RABAT)


@given(levels(), st.sampled_from([leaf for leaf in LEAVES if leaf.split(":")[0] in NARROWS]))
def test_one_more_filter_that_narrows_never_adds_a_cable(level: Given, more: str) -> None:
    before, after = (
        plan.compile_plan(parse(text), {}) for text in (level.text, f"{level.text} {more}")
    )
    assert holds(after, level.true) == (holds(before, level.true) and more in level.true)


def test_a_query_that_is_refused_means_no_cable() -> None:
    assert plan.compile_plan(parse("k" * 2001), {}) == Or()

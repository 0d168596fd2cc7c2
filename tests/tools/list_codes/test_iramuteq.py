"""The corpus for IRaMuTeQ, read by a plain reader of its format."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, ListEntry
from tests.exports.sample import cable, listed


class Text(NamedTuple):
    variables: list[str]
    lines: list[str]


def texts_of(corpus: str) -> list[Text]:
    """What IRaMuTeQ makes of a file: its texts, and an error for what it would misread."""
    texts: list[Text] = []
    for line in corpus.splitlines():
        if line.startswith("****"):
            stars, *words = line.split(" ")
            assert stars == "****"
            assert all(re.fullmatch(r"\*[a-z]+_[0-9a-z]+(_[0-9a-z]+)*", word) for word in words)
            texts.append(Text(words, []))
        else:
            assert texts, "a line before the first head"
            assert "*" not in line
            texts[-1].lines.append(line)
    return texts


def named(canonical_id: str, *, text: str = "Lobster.", **facts: Any) -> Cable:
    made = cable()
    return replace(
        made,
        facts=replace(made.facts, canonical_id=canonical_id, **facts),
        body=replace(made.body, text=text),
    )


def in_lists(made: Cable, *names: str) -> Citation:
    return Citation(made, lists=tuple(map(ListEntry, names)))


def corpus_of(*citations: Citation) -> list[Text]:
    return texts_of(listed("iramuteq", citations))


def test_the_head_of_a_text_has_post_year_class_lists_and_cable() -> None:
    made = named("09RABAT27", text="one\n\ntwo", classification="CONFIDENTIAL//NOFORN")
    (text,) = corpus_of(in_lists(made, "TIP story", "ports"))
    assert text.variables == [
        "*post_rabat",
        "*year_2009",
        "*class_confidential_noforn",
        "*list_tip_story",
        "*list_ports",
        "*cable_09rabat27",
    ]
    assert text.lines == ["one", "", "two", ""]


def test_what_is_not_known_has_no_variable() -> None:
    made = named("frus1969-76v01/d1", created="", classification="")
    assert [text.variables for text in corpus_of(Citation(made))] == [["*cable_frus1969_76v01_d1"]]


@pytest.mark.parametrize(
    "body",
    [
        "**** *post_other *year_1999",
        "*list_stolen",
        "-*theme",
        " * * * ",
        "text\n**********\n**** *post_other\nmore",
        "0001 *post_other",
    ],
)
def test_no_line_of_a_cable_is_read_as_a_head(body: str) -> None:
    texts = corpus_of(Citation(named("09RABAT27", text=body)), Citation(named("09RABAT28")))
    assert [text.variables[-1] for text in texts] == ["*cable_09rabat27", "*cable_09rabat28"]
    words = re.findall(r"[0-9A-Za-z_-]+", body)
    assert re.findall(r"[0-9A-Za-z_-]+", "\n".join(texts[0].lines)) == words


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (["Ports", "ports!"], ["*list_ports", "*list_ports_2"]),
        (["naïve — Ürün"], ["*list_naive_urun"]),
        (["=1+1", "x\ty *post_other"], ["*list_1_1", "*list_x_y_post_other"]),
        (["موانئ", "___"], ["*list_unnamed", "*list_unnamed_2"]),
    ],
)
def test_names_of_lists_are_letters_digits_and_underscores(
    names: list[str], values: list[str]
) -> None:
    (text,) = corpus_of(in_lists(named("09RABAT27"), *names))
    assert text.variables[3:-1] == values


def test_a_list_has_one_value_in_a_file() -> None:
    one = in_lists(named("09RABAT27"), "a b", "a-b", "a b")
    texts = corpus_of(one, in_lists(named("09RABAT28"), "a-b"))
    assert texts[0].variables[3:-1] == ["*list_a_b", "*list_a_b_2"]
    assert texts[1].variables[3:-1] == ["*list_a_b_2"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_whatever_texts_and_lists_contain_there_is_one_text_for_each_cable(
    drawn: list[tuple[str, str]],
) -> None:
    citations = [
        in_lists(named(f"09RABAT{number}", text=text), name)
        for number, (text, name) in enumerate(drawn, 1)
    ]
    texts = corpus_of(*citations)
    assert [text.variables[-1] for text in texts] == [
        f"*cable_09rabat{number}" for number in range(1, len(drawn) + 1)
    ]

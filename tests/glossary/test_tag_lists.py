"""TAGS are repaired by the table, by joining names and by splitting codes that run together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.glossary import tag_lists
from cable_tui.glossary.tables import rows
from tests.cases import case

CASES = [
    case("nothing to repair", ["PREL", "PGOV", "MO"], ["PREL", "PGOV", "MO"]),
    case("upper case", ["prel", " kdem "], ["PREL", "KDEM"]),
    case("each once, order kept", ["PREL", "MO", "PREL"], ["PREL", "MO"]),
    case("a repaired slip may be there already", ["RU", "RS"], ["RS"]),
    case("split name", ["BIDEN", "JOSEPH", "IZ"], ["BIDEN, JOSEPH", "IZ"]),
    case("split name with its comma", ["BIDEN,", "JOSEPH"], ["BIDEN, JOSEPH"]),
    case("a name whole", ["BIDEN, JOSEPH"], ["BIDEN, JOSEPH"]),
    case("initial", ["STEINBERG", "JAMES", "B.", "SN"], ["STEINBERG, JAMES B.", "SN"]),
    case("initial, whole", ["STEINBERG, JAMES B."], ["STEINBERG, JAMES B."]),
    case("no initial", ["STEINBERG,", "JAMES", "CH"], ["STEINBERG, JAMES B.", "CH"]),
    case("a name that no list has", ["MONTAGUE, ROSE"], ["MONTAGUE, ROSE"]),
    case("two words, one tag (05TELAVIV1580)", ["GOI", "EXTERNAL"], ["GOI EXTERNAL"]),
    case("its first word alone", ["GOI", "PREL"], ["GOI", "PREL"]),
    case("glued, in the table", ["PBTSRU"], ["PBTS", "RS"]),
    case("glued (09PARIS1267)", ["EINDETRD"], ["EIND", "ETRD"]),
    case("glued, not in the table", ["PRELKPAOMO"], ["PREL", "KPAO", "MO"]),
    case("a word that looks glued", ["ECONOMIC"], ["ECONOMIC"]),
    case("organizations are not split", ["UNESCO", "WTRO"], ["UNESCO", "WTRO"]),
    case("two in one token", ["PREL PGOV"], ["PREL", "PGOV"]),
    case("two words", ["NATIONAL", "ELECTIONS"], ["NATIONAL ELECTIONS"]),
    case("longest", ["ITALY", "NATIONAL", "ELECTIONS"], ["ITALY NATIONAL ELECTIONS"]),
    case("none", [], []),
    case("no words", ["", " ", ",", "."], [",", "."]),
]


@pytest.mark.parametrize(("tokens", "expected"), CASES)
def test_tags_are_repaired(tokens: list[str], expected: list[str]) -> None:
    assert tag_lists.repair_tags(tokens) == tuple(expected)


def test_every_entry_of_the_table_is_applied() -> None:
    for row in rows("tag_repairs"):
        right = tuple(row["right"].split("|"))
        assert tag_lists.repair_tags(row["wrong"].split()) == right, row["wrong"]


WORDS = ["PREL", "MO", "RU", "BIDEN", "JOSEPH", "GOI", "EXTERNAL", "B.", "KPAOPINR"]


@given(st.lists(st.sampled_from(WORDS), unique=True))
def test_repair_is_settled_by_one_pass(tokens: list[str]) -> None:
    once = tag_lists.repair_tags(tokens)
    assert tag_lists.repair_tags(once) == once


@given(st.lists(st.text()))
def test_repair_takes_any_text(tokens: list[str]) -> None:
    assert len(set(tag_lists.repair_tags(tokens))) == len(tag_lists.repair_tags(tokens))


def test_a_tag_says_its_kind_and_title() -> None:
    assert tag_lists.tag("pgov") == tag_lists.Tag(
        "PGOV", "subject", "Internal Governmental Affairs"
    )
    assert tag_lists.tag("ZZZZ") is None


def test_all_tags_are_sorted_and_known() -> None:
    codes = [tag.code for tag in tag_lists.tags()]
    assert len(codes) == 793
    assert all(tag_lists.tag(code) for code in codes)

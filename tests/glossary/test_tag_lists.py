"""TAGS are repaired by the table, by joining names and by splitting codes that run together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.glossary import tag_lists
from cable_tui.glossary.tables import rows

CASES = [
    pytest.param(["PREL", "PGOV", "MO"], ["PREL", "PGOV", "MO"], id="nothing to repair"),
    pytest.param(["prel", " kdem "], ["PREL", "KDEM"], id="upper case"),
    pytest.param(["PREL", "MO", "PREL"], ["PREL", "MO"], id="each once, order kept"),
    pytest.param(["RU", "RS"], ["RS"], id="a repaired slip may be there already"),
    pytest.param(["BIDEN", "JOSEPH", "IZ"], ["BIDEN, JOSEPH", "IZ"], id="split name"),
    pytest.param(["BIDEN,", "JOSEPH"], ["BIDEN, JOSEPH"], id="split name with its comma"),
    pytest.param(["BIDEN, JOSEPH"], ["BIDEN, JOSEPH"], id="a name whole"),
    pytest.param(["STEINBERG", "JAMES", "B.", "SN"], ["STEINBERG, JAMES B.", "SN"], id="initial"),
    pytest.param(["STEINBERG, JAMES B."], ["STEINBERG, JAMES B."], id="initial, whole"),
    pytest.param(["STEINBERG,", "JAMES", "CH"], ["STEINBERG, JAMES B.", "CH"], id="no initial"),
    pytest.param(["MONTAGUE, ROSE"], ["MONTAGUE, ROSE"], id="a name that no list has"),
    pytest.param(["GOI", "EXTERNAL"], ["GOI EXTERNAL"], id="two words, one tag (05TELAVIV1580)"),
    pytest.param(["GOI", "PREL"], ["GOI", "PREL"], id="its first word alone"),
    pytest.param(["PBTSRU"], ["PBTS", "RS"], id="glued, in the table"),
    pytest.param(["EINDETRD"], ["EIND", "ETRD"], id="glued (09PARIS1267)"),
    pytest.param(["PRELKPAOMO"], ["PREL", "KPAO", "MO"], id="glued, not in the table"),
    pytest.param(["ECONOMIC"], ["ECONOMIC"], id="a word that looks glued"),
    pytest.param(["UNESCO", "WTRO"], ["UNESCO", "WTRO"], id="organizations are not split"),
    pytest.param(["PREL PGOV"], ["PREL", "PGOV"], id="two in one token"),
    pytest.param(["NATIONAL", "ELECTIONS"], ["NATIONAL ELECTIONS"], id="two words"),
    pytest.param(["ITALY", "NATIONAL", "ELECTIONS"], ["ITALY NATIONAL ELECTIONS"], id="longest"),
    pytest.param([], [], id="none"),
    pytest.param(["", " ", ",", "."], [",", "."], id="no words"),
]


@pytest.mark.parametrize(("tokens", "expected"), CASES)
def test_tags_are_repaired(tokens: list[str], expected: list[str]) -> None:
    assert tag_lists.repair_tags(tokens) == tuple(expected)


@pytest.mark.parametrize("row", rows("tag_repairs"), ids=lambda row: row["wrong"])
def test_every_entry_of_the_table_is_applied(row: dict[str, str]) -> None:
    assert tag_lists.repair_tags(row["wrong"].split()) == tuple(row["right"].split("|"))


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

"""What must be known of a file before one of its records is read."""

import pytest

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.row_plan import Plan, is_of_cables, understood, unpacked

NAMES = ("refid", "date", "body")
ROW = ("09LIMA2", "3/4/2009", "UNCLAS")


def test_a_plan_is_found_again_before_a_record() -> None:
    plan = Plan("utf-16-le", "day first", NAMES, (("a", "body"),), (";", "", "1"), 9, "refid")
    assert unpacked(plan.pack() + b"a\nb") == (plan, b"a\nb")


def test_what_is_no_plan_is_a_broken_record() -> None:
    for line in (b"", b"\n", b"[1]\n", b"{}\n", b'["", "", 1, 2, 3, 4, 5, 6]\n'):
        with pytest.raises(BrokenRecord):
            unpacked(line + b"x")


def test_of_two_columns_of_a_name_the_first_that_is_filled_counts() -> None:
    assert Plan().facts(("a", "a", "b"), ("", "x", "y")) == {"a": "x", "b": "y"}
    assert Plan().facts(("a", "a"), ("w", "x")) == {"a": "w"}


def test_the_column_of_ids_has_a_key_of_its_own() -> None:
    assert Plan(own="refid").facts(NAMES, ROW)[aliases.OWN] == "09LIMA2"


def test_a_start_that_all_names_share_is_taken_off() -> None:
    names = ("", "cablesubject", "cabledate", "cabletags")
    plan = understood(Plan(), names, [("0", "TOLLS", "2009-02-13", "PREL")])
    assert plan.facts(names, ("0", "TOLLS", "2009-02-13", "PREL")) == {
        "": "0",
        "subject": "TOLLS",
        "cabledate": "2009-02-13",
        "tags": "PREL",
    }


def test_doubts_are_sentences() -> None:
    plan = understood(Plan(), ("kabel", "date", "body"), [ROW])
    column, dates = plan.doubts
    assert column == "column 'kabel' is read as the reference, judging by its values"
    assert dates == (
        "dates such as 3/4/2009 can be read in two ways, and no other date shows which is "
        "right, so they are read as month first. Write dates as 2009-02-13 to be sure"
    )


@pytest.mark.parametrize(
    ("names", "rows", "expected"),
    [
        (NAMES, [ROW], True),
        (NAMES, [("tweet 7", "3/4/2009", "text")] * 3, False),
        (("refid", "x"), [("09LIMA2", "y")], False),
        (NAMES, [], False),
        (NAMES, [("06ASTANA", "", "")] * 2 + [ROW], True),
    ],
)
def test_rows_hold_cables_where_ids_look_like_it(
    names: tuple[str, ...], rows: list[tuple[str, ...]], expected: bool
) -> None:
    assert is_of_cables(Plan(), names, rows) is expected


NAMES_FOUND = "Rupert Sapt; Flavia Hentzau; Port Amity"
ANALYSES = {
    "a list of entities": [NAMES_FOUND] * 4,
    "a name a row": ["Rupert Sapt", "Port Amity", "Flavia Hentzau", "Black Michael"],
    "tokens": ["['toll', 'harbor', 'paid']"] * 4,
    "words with commas": ["toll, harbor, paid, ships"] * 4,
}


@pytest.mark.parametrize("name", ANALYSES)
@pytest.mark.parametrize("column", ["text", "entities", "content"])
def test_lists_are_not_texts_of_cables(column: str, name: str) -> None:
    names = ("refid", "date", column)
    rows = [(f"09LIMA{n}", "2009-02-13", value) for n, value in enumerate(ANALYSES[name])]
    plan = understood(Plan(), names, rows)
    assert aliases.BODIES.isdisjoint(plan.facts(names, rows[0]))
    assert is_of_cables(plan, names, rows)  # of facts
    bare = [(row[0], row[2]) for row in rows]
    assert not is_of_cables(understood(Plan(), names[::2], bare), names[::2], bare)


def test_several_rows_of_a_list_for_each_cable_are_no_cables() -> None:
    names = ("doc_id", "text", "label", "date")
    rows = [(f"09LIMA{n // 3}", "Rupert Sapt", "PERSON", "2009-02-13") for n in range(12)]
    plan = understood(Plan(), tuple(map(aliases.key, names)), rows)
    assert any("instead of sentences" in doubt for doubt in plan.doubts)
    assert not is_of_cables(plan, tuple(map(aliases.key, names)), rows)


@pytest.mark.parametrize("text", ["1. (U) The lamps were counted.", "UNCLAS LIMA 000012", "Paid!"])
def test_one_sentence_makes_a_column_one_of_texts(text: str) -> None:
    rows = [("09LIMA1", NAMES_FOUND), ("09LIMA2", NAMES_FOUND), ("09LIMA3", text)]
    plan = understood(Plan(), ("refid", "body"), rows)
    assert plan.facts(("refid", "body"), rows[0])["body"] == NAMES_FOUND


def test_a_column_that_the_reader_named_is_believed() -> None:
    rows = [(f"09LIMA{n}", "Sapt; Hentzau") for n in range(4)]
    plan = understood(Plan(), ("nr", "names"), rows, {"nr": "id", "names": "body"})
    assert "body" in aliases.roles_named(plan.facts(("nr", "names"), rows[0]))

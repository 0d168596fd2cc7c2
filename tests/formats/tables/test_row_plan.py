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
    assert column == "column 'kabel' is taken for the reference, by its values"
    assert dates == (
        "dates such as 3/4/2009 can be read in two ways, and no other date decides: taken as "
        "month first; "
        "write them as 2009-02-13 to be sure"
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

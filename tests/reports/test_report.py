"""Declarations: every report of the table is whole, and a key that is taken is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.base.errors import UsageError
from cable_tui.reports import report as module
from cable_tui.reports.page_keys import keys_of
from cable_tui.reports.report import (
    LOOKS,
    REST,
    Column,
    Look,
    PageKey,
    Report,
    RowKey,
    table_pieces,
)
from cable_tui.reports.table import REPORTS
from cable_tui.text import width
from cable_tui.text.tally import Tally
from cable_tui.tui.pages.report_page import TAKEN
from tests.archive.fiction import Fiction, build_index, opened, write_dump
from tests.reports.shades import ROWS, Ask, Shade, Shades

EVERY = list(REPORTS)


@pytest.mark.parametrize("name", EVERY)
def test_each_report_has_its_name_an_option_for_each_field_and_no_key_twice(
    name: str,
) -> None:
    report = REPORTS[name].report
    assert report.name == name
    assert sorted(each.name for each in report.options) == sorted(report.ask._names)
    assert keys_of(report, TAKEN)


@pytest.mark.parametrize("name", EVERY)
def test_what_an_option_chooses_from_has_its_default_among_it(name: str) -> None:
    report = REPORTS[name].report
    defaults = report.ask._defaults
    for each in report.options:
        assert not each.choices or each.reads or defaults[each.name] in each.choices
    assert not report.orders or set(report.orders) == {
        choice for each in report.options if each.name == "order" for choice in each.choices
    }


@pytest.mark.parametrize(
    "taken",
    [
        {"keys": (RowKey("j", "jumps", lambda *_: None),)},
        {"page_keys": (PageKey("escape", "stays", lambda _: None),)},
        {"page_keys": (PageKey("y", "is that of a row", lambda _: None),)},
        {"page_keys": (PageKey("comma", "is that of an option", lambda _: None),)},
    ],
    ids=lambda each: next(iter(each.values()))[0].says,
)
def test_a_key_that_is_taken_is_refused_by_name(taken: dict[str, object]) -> None:
    report = Shades()
    for name, value in taken.items():
        setattr(report, name, value)
    with pytest.raises(ValueError, match="shades: its page already uses the key"):
        keys_of(report, TAKEN)


def test_the_next_value_of_an_option_goes_round() -> None:
    report = Shades()
    assert report.option_after(Ask(), "order", 1) == Ask(order="lamps")
    assert report.option_after(Ask(order="lamps"), "order", 1) == Ask()
    assert report.option_after(Ask(), "order", -1) == Ask(order="lamps")


class InParts(Shades):
    """Its JSON has another order than its columns, and more."""

    def as_json(self, row: Shade) -> dict[str, Any]:
        return {"lamps": [row.lamps], "cable": row.cable, "name": row.name}


@pytest.mark.parametrize("report", [Shades(), InParts()], ids=lambda each: type(each).__name__)
def test_a_cell_of_the_table_is_below_its_head_whatever_the_order_of_the_json(
    report: Shades,
) -> None:
    assert list(report.csv_lines(ROWS[:1], None)) == [("name", "lamps"), ("amber", "3")]


@pytest.mark.parametrize("name", EVERY)
def test_no_report_writes_the_heads_of_its_table_apart_from_the_cells(name: str) -> None:
    assert type(REPORTS[name].report).csv_lines is Report.csv_lines


def test_a_cell_has_several_values_in_one_text_and_none_if_there_is_none() -> None:
    report = Shades()
    report.fields = {
        "posts": lambda row: [f"Post of {row.name}", "Rabat"],
        "nothing": lambda _: None,
        "zero": lambda _: 0,
    }
    assert list(report.csv_lines(ROWS[:1], None))[1] == ("Post of amber; Rabat", "", "0")
    assert report.as_json(ROWS[0]) == {
        "posts": ["Post of amber", "Rabat"], "nothing": None, "zero": 0,
    }  # fmt: skip


def test_only_an_order_with_a_key_arranges_rows_that_are_there() -> None:
    report = Shades()
    assert not report.can_arrange(Ask())
    assert report.arranged(Ask(), ROWS) == list(ROWS)
    assert report.can_arrange(Ask(order="lamps"))
    names = [row.name for row in report.arranged(Ask(order="lamps"), ROWS)]
    assert names == ["amber", "crimson", "blue"]


@pytest.mark.parametrize("cells", [12, 40, 200])
def test_a_row_of_a_table_takes_its_cells_and_cuts_what_has_no_room(cells: int) -> None:
    columns = (Column("lamps", 5, "{:,}", ""), Column("name", REST, "{}", "", look="word"))
    pieces = table_pieces(columns, Shade(1, "港" * 50, 1234), cells)
    assert sum(width(text) for text, _ in pieces) == cells
    assert pieces[0][0] == "1,234  "
    assert pieces[1][1] in LOOKS
    assert "\x1b" not in table_pieces(columns, Shade(1, "a\x1b]0;x\x07", 1), cells)[1][0]


def test_a_report_that_leaves_a_needed_part_out_says_so_when_it_is_asked() -> None:
    class Bare(Report[int]):
        name = "bare"

    for part in (
        lambda: Bare().read(None),  # type: ignore[arg-type]
        lambda: Bare().title(None),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotImplementedError):
            part()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    cables = [Fiction(id=f"09RABAT{at}", text=f"Lamp {at} burned.") for at in range(1, 5)]
    write_dump(tmp_path / "cables.csv", cables)
    return opened(tmp_path / "cables.csv", tmp_path / "cache")


def look(archive: Archive, *, in_room: bool = True) -> Look:
    return Look(archive, None, Path("library.db"), in_room=in_room)


def test_texts_are_counted_and_what_cannot_be_read_is_named(archive: Archive) -> None:
    archive.root.write_bytes(archive.root.read_bytes().replace(b"Lamp 3", b"Moth 3"))
    it, seen = look(archive), []
    it.watched = lambda read, _: seen.append(read)
    assert [text.task.cable for text in it.texts([1, 2, 3, 4])] == [1, 2, 4]
    assert (it.tally.read, it.tally.unread) == (4, 1)
    assert it.tally.problem
    assert seen == [1, 2, 3, 4]
    assert it.tally.sentences[-1].startswith("1 text could not be read: ")


def test_another_word_than_the_typed_one_is_told(archive: Archive) -> None:
    it = look(archive)
    told: list[Any] = []
    it.answered = told.append
    assert it.search("lampp").count == 4
    assert it.tally.notes == ('no "lampp"; searched for lamp, lamps',)
    assert [str(hits.query) for hits in told] == ["lampp"]
    it.search("lampp")
    assert len(it.tally.notes) == 1, "said once"
    it = look(archive, in_room=False)
    it.search("lampp")
    assert it.tally == Tally(), "a command says that itself"


def test_a_query_that_names_what_is_not_there_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match="none"):
        look(archive).search("lamp list:none")


def test_texts_that_are_not_yet_indexed_are_told(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", [Fiction()])
    build_index(tmp_path / "cables.csv", tmp_path / "cache", passes=("facts", "grammar"))
    it = look(open_archive(tmp_path / "cables.csv", tmp_path / "cache", readonly=True))
    it.search("lamps")
    assert it.tally.notes[-1:] == ("not every text is indexed yet: there may be more",)


def test_a_room_is_due_less_and_less_often_and_a_command_never(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    it, command = look(archive), look(archive, in_room=False)
    due = []
    for tenth in range(60):
        now[0] = tenth / 10
        if it.is_due():
            due.append(tenth)
        assert not command.is_due()
    assert due == [3, 9, 21, 45]

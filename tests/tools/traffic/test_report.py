"""Traffic as a report: its rows, orders, what Enter searches for, and its formats.

An archive of fictional cables holds it: names of one post in several spellings are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import pytest

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from cable_tui.reports.report import Look, Pieces
from cable_tui.reports.table import REPORTS
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import SearchFromPage
from cable_tui.text import width
from cable_tui.tools.traffic.blocks import SenderRow
from cable_tui.tools.traffic.pairs import Pair
from cable_tui.tools.traffic.report import REPORT, Ask, TrafficAnswer, TrafficRow
from tests.archive.fiction import Fiction, opened, write_dump
from tests.command_cases import Answer, ListedKeys, ReportCase, Screen, Stopped
from tests.parts import GRAMMAR, SEARCHING
from tests.session import ready, the

OF = REPORTS["traffic"]
STATE, KYIV, NATO = "Secretary of State", "Embassy Kyiv", "ALL NATO POST COLLECTIVE"
UNKNOWN, CIA = "AMEMBASSY QUAYHAVEN", "CIA WASHDC"
TO_STATE = Pair(
    "Embassy Rabat", STATE, "post", 2, {"2008": 1, "2009": 1}, ("Embassy Rabat",), (STATE,)
)
TO_KYIV = Pair("Embassy Rabat", KYIV, "post", 1, {"2009": 1}, ("Embassy Rabat",), (KYIV,))
CASE = ReportCase(
    shapes={"traffic": TrafficAnswer, "traffic-line": TrafficRow},
    name="traffic",
    asked=Ask(),
    rows=(TO_STATE, TO_KYIV),
    answers=(
        Answer("traffic PATH --json"),
        Answer("traffic PATH kettle --info --json --limit 3"),
        Answer("traffic PATH zzzq --json", 1),
        Answer("traffic PATH --jsonl"),
    ),
    imports={
        "traffic PATH kettle": SEARCHING
        | GRAMMAR
        | {"archive.source_criticism", "tally"}
        | {"tools.traffic", "tools.missing"},
    },
    screens=(
        Screen("traffic", "g W j", sizes=((80, 24), (120, 40))),
        Screen("traffic-blocks", "g W x j", sizes=((80, 24), (120, 40))),
    ),
    listed_keys=(ListedKeys(Ask(blocks=True), frozenset({","}), frozenset({"x", "t", "Enter"})),),
    stopped=(Stopped("traffic PATH"),),
)
CABLES = [
    (2008, "Embassy Rabat", ("SECSTATE WASHDC PRIORITY 8289",), ("AMEMBASSY KYIV 0012",)),
    (2009, "Embassy Rabat", ("SECSTATE WASHDC", "AMEMBASSY KIEV"), ("CIA WASHINGTON DC",)),
    (2009, "Embassy Rabat", ("AMEMBASSY KYIV", "AMEMBASSY KIEV 0001"), ("CIA WASHDC//NHTC//",)),
    (2009, "Mission Geneva", ("SECSTATE WASHDC",), (UNKNOWN,)),
    (2010, "US Mission Geneva", ("SECSTATE WASHDC", NATO), ()),
    (2010, "Embassy Zenda", (), ("AMCONSUL ZENDA",)),
    (2010, "US Mission Geneva", (), ("AMEMBASSY ZENDA",)),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("traffic")
    cables = [
        Fiction(
            f"{year % 100:02}RABAT{at}",
            created=f"{year}-02-03 10:00",
            origin=origin,
            text=f"Salt {at}.",
            addressees="\n".join(
                [f"TO RUEHX/{each}" for each in to] + [f"INFO RUEHX/{each}" for each in info]
            ),
        )
        for at, (year, origin, to, info) in enumerate(CABLES, 1)
    ]
    write_dump(folder / "cables.csv", cables)
    archive = opened(folder / "cables.csv", folder / "cache")
    yield archive
    archive.close()


def read(archive: Archive, ask: Ask) -> tuple[Look, list[Pair], Any]:
    look = Look(archive, ask, Path("library.db"))
    (rows,) = REPORT.read(look)
    return look, REPORT.arranged(ask, rows.rows), rows.answer


@pytest.mark.parametrize(
    ("ask", "expected", "notes"),
    [
        (
            Ask(),
            [
                ("Embassy Rabat", KYIV, "post", 2, {"2009": 2}),
                ("Embassy Rabat", STATE, "post", 2, {"2008": 1, "2009": 1}),
                ("US Mission Geneva", STATE, "post", 2, {"2009": 1, "2010": 1}),
                ("US Mission Geneva", NATO, "collective", 1, {"2010": 1}),
            ],
            ("2 cables without an action addressee",),
        ),
        (
            Ask("salt", info=True),
            [
                ("Embassy Rabat", CIA, "as printed", 2, {"2009": 2}),
                ("Embassy Rabat", KYIV, "post", 1, {"2008": 1}),
                # An embassy that sends here is told; a consulate in its town is not.
                ("Embassy Zenda", "AMCONSUL ZENDA", "not known", 1, {"2010": 1}),
                ("US Mission Geneva", "Embassy Zenda", "post", 1, {"2010": 1}),
                ("US Mission Geneva", UNKNOWN, "not known", 1, {"2009": 1}),
            ],
            (
                "1 cable without an info addressee",
                "not known: 2 cables to unidentified posts, shown as printed",
                ("as printed: 2 cables to other offices, each spelling counted separately"),
            ),
        ),
        (
            Ask("date:2008", order="addressee"),
            [("Embassy Rabat", STATE, "post", 1, {"2008": 1})],
            (),
        ),
        (Ask("zzzq"), [], ()),
    ],
)
def test_pairs_with_their_years_and_what_they_do_not_say(
    archive: Archive, ask: Ask, expected: list[object], notes: tuple[str, ...]
) -> None:
    look, rows, _ = read(archive, ask)
    counted = sorted(row[:5] for row in rows)
    assert counted == sorted(expected)  # type: ignore[type-var]
    assert look.tally.notes == notes


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("cables", ("Embassy Rabat", KYIV)),
        ("sender", ("Embassy Rabat", KYIV)),
        ("addressee", ("US Mission Geneva", NATO)),
        ("last", ("US Mission Geneva", STATE)),
    ],
)
def test_the_orders(archive: Archive, order: str, first: tuple[str, str]) -> None:
    assert read(archive, Ask(order=order))[1][0][:2] == first


@pytest.mark.parametrize(
    "ask",
    [
        Ask(),
        Ask(info=True),
        Ask("salt", info=True),
        Ask("origin:rabat or date:2010"),
        Ask("origin:rabat origin:geneva -origin:zenda"),
        Ask("action:state", info=True),
        Ask("action:kyiv"),
    ],
    ids=str,
)
def test_enter_finds_as_many_cables_as_the_pair_has(archive: Archive, ask: Ask) -> None:
    (enter,) = REPORT.keys
    for row in read(archive, ask)[1]:
        does = the(SearchFromPage, [enter.does(Page(OF, ask), row)])
        assert archive.search(parse(does.text)).count == row.cables, does.text


def test_enter_writes_the_pair_into_the_query(archive: Archive) -> None:
    (enter,) = REPORT.keys
    rabat, geneva = Ask("salt"), Ask("action:state")
    assert enter.does(Page(OF, rabat), read(archive, rabat)[1][0]) == SearchFromPage(
        'salt origin:"Embassy Rabat" action:"Embassy Kyiv"'
    )
    (row,) = [each for each in read(archive, geneva)[1] if each.addressee == NATO]
    assert enter.does(Page(OF, geneva), row) == SearchFromPage(
        f'action:state origin:"Mission Geneva" origin:"US Mission Geneva" (action:"{NATO}")'
    )


def test_networkx_reads_the_graph_back(archive: Archive) -> None:
    look, rows, answer = read(archive, Ask(info=True))
    look.form = "graphml"
    text = "\n".join(REPORT.text_lines(look, rows, answer, 80))
    graph = nx.read_graphml(BytesIO(text.encode()))
    assert graph.is_directed()
    assert {(*ends, data["weight"]) for *ends, data in graph.edges(data=True)} == {
        ("Embassy Rabat", CIA, 2), ("Embassy Rabat", KYIV, 1), ("US Mission Geneva", UNKNOWN, 1),
        ("US Mission Geneva", "Embassy Zenda", 1), ("Embassy Zenda", "AMCONSUL ZENDA", 1),
    }  # fmt: skip
    assert graph.nodes[UNKNOWN]["kind"] == "not known"
    assert graph.nodes["Embassy Rabat"]["kind"] == "post"
    assert graph.edges["Embassy Rabat", CIA]["year_2009"] == 2
    assert "year_2008" not in graph.edges["Embassy Rabat", CIA]


def test_a_spreadsheet_has_a_column_for_each_year(archive: Archive) -> None:
    _, rows, answer = read(archive, Ask("origin:rabat"))
    assert list(REPORT.csv_lines(rows, answer)) == [
        ("sender", "addressee", "kind", "cables", "2008", "2009", "note"),
        ("Embassy Rabat", KYIV, "post", "2", "0", "2", ""),
        ("Embassy Rabat", STATE, "post", "2", "1", "1", ""),
    ]


def test_the_page_asks_for_the_cables_of_the_list_and_says_which() -> None:
    assert REPORT.begin(ready("lobster "), "") == Ask("lobster")
    page = Page(OF, Ask("lobster", info=True, order="last"))
    assert REPORT.title(page) == "Traffic of lobster · to info addressees · latest year first"
    assert REPORT.title(Page(OF, Ask())) == ("Traffic · to action addressees · most cables first")
    assert REPORT.title(Page(OF, Ask(blocks=True))) == (
        "Traffic · to action addressees · posts by posts"
    )
    assert REPORT.head(page, 80).split() == ["sender", "addressee", "cables", "years"]


def drawn(lines: Iterable[Pieces]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


OFFICE = Pair("Embassy Rabat", CIA, "as printed", 1204, {"2006": 1, "undated": 4}, (), ())


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        (TO_STATE, 74, "Embassy Rabat|Secretary of State|2  2008-2009"),
        (OFFICE, 74, "Embassy Rabat|CIA WASHDC (as printed)|1,204  2006"),
        (OFFICE, 44, "Embassy Rab…|CIA WASHDC|1,204  2006"),
    ],
)
def test_a_row_begins_with_its_names_and_tells_the_kind_of_what_is_no_post(
    row: Pair, cells: int, expected: str
) -> None:
    pieces = REPORT.pieces(row, cells)
    assert sum(width(text) for text, _ in pieces) == cells
    sender, addressee, kind, numbers = (text for text, _ in pieces)
    told = (sender.strip(), f"{addressee}{kind}".strip(), numbers.strip())
    assert "|".join(told) == expected
    assert [look for _, look in pieces] == ["word", "", "dim", ""]


def test_beside_a_pair_are_its_years_with_their_numbers() -> None:
    page = Page(OF, Ask())
    assert drawn(REPORT.beside(page, TO_STATE, 76, 3))[0] == "2008 1 · 2009 1"
    assert drawn(REPORT.beside(page, OFFICE, 76, 3))[0] == "(as printed) · 2006 1 · undated 4"
    gap = Pair("Embassy Rabat", STATE, "post", 12, {"2006": 8, "2008": 4}, (), ())
    assert drawn(REPORT.beside(page, gap, 19, 20)) == [
        "Embassy Rabat",
        "to Secretary of State",
        "",
        "2006    ████████ 8",
        "2007     0",
        "2008    ████ 4",
        "",
        "",
    ]


def test_the_second_view_has_a_row_for_each_sender() -> None:
    page = Page(OF, Ask("salt", blocks=True), (TO_STATE, TO_KYIV))
    (row,) = REPORT.lines(page, page.rows, 74)
    assert isinstance(row, SenderRow)
    assert list(REPORT.detail(page, row)) == [
        "Embassy Rabat to Secretary of State 2 · Embassy Kyiv 1"
    ]
    (enter,) = REPORT.keys
    assert enter.does(page, row) == SearchFromPage('salt origin:"Embassy Rabat"')
    assert REPORT.same(row) == "Embassy Rabat"
    assert list(REPORT.lines(Page(OF, Ask()), (TO_STATE,), 74)) == [TO_STATE]


def test_a_terminal_has_the_same_view(archive: Archive) -> None:
    look, rows, answer = read(archive, Ask("origin:rabat", blocks=True))
    assert list(REPORT.text_lines(look, rows, answer, 60)) == [
        "░ 1 · ▒ 2 cables",
        "                              Embassy     Secretary",
        "sender                   all  Kyiv        of State",
        "Embassy Rabat              4  ▒▒▒▒▒ 2     ▒▒▒▒▒ 2",
    ]


HEADERS = (
    "RUEHLP/AMEMBASSY LA PAZ APR QUITO 0260\nRUEHPE/AMEMBASSY LIMA 0011",
    "RUEHLP/AMEMBASSY LA PAZ MAY LIMA 0261",
    "RUEHLP/AMEMBASSY LA PAZ 0262\nRUEHSA/AMCONSUL JOHANNESBURG 0012",
)
BY_ROUTE = "the line contains more than the post's name; the routing indicator identifies the post"
SECOND = "the second post on a line"
DOUBTED = "doubtful: the name and the routing indicator belong to different posts"


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Headers with a month where a number belongs, and a name that is not the route's."""
    folder = tmp_path_factory.mktemp("damaged")
    cables = [
        Fiction(
            f"09RABAT{at}",
            created="2009-04-03 10:00",
            origin="Embassy Rabat",
            text="Salt.",
            addressees=f"TO RUEHC/SECSTATE WASHDC 0001\nINFO {lines}",
        )
        for at, lines in enumerate(HEADERS, 1)
    ]
    write_dump(folder / "cables.csv", cables)
    archive = opened(folder / "cables.csv", folder / "cache")
    yield archive
    archive.close()


def test_a_row_says_in_how_many_cables_its_line_does_not_simply_name_it(damaged: Archive) -> None:
    look, rows, answer = read(damaged, Ask(info=True))
    expected = {
        "Embassy La Paz": (3, f"{BY_ROUTE}: 2 cables"),
        "Embassy Lima": (2, f"{SECOND}: 1 cable"),
        "Embassy Quito": (1, f"{SECOND}: 1 cable"),
        "Embassy Pretoria": (1, f"{DOUBTED}: 1 cable"),
        "Consulate Johannesburg": (1, f"{DOUBTED}: 1 cable"),
    }
    assert {row.addressee: (row.cables, row.note) for row in rows} == expected
    page = Page(OF, Ask(info=True))
    for row in rows:
        assert drawn(REPORT.beside(page, row, 40, 20))[-1] == row.note
        assert drawn(REPORT.beside(page, row, 76, 3))[-1] == row.note
        assert REPORT.as_json(row).note == row.note
    assert [line[-1] for line in REPORT.csv_lines(rows, answer)][1:] == [row.note for row in rows]
    lines = list(REPORT.text_lines(look, rows, answer, 100))
    assert [line.strip() for line in lines[1::2]] == [row.note for row in rows]


def test_a_note_counts_only_the_cables_of_the_query(damaged: Archive) -> None:
    _, rows, _ = read(damaged, Ask("action:state informed:quito", info=True))
    assert {row.addressee: row.note for row in rows} == {
        "Embassy La Paz": f"{BY_ROUTE}: 1 cable",
        "Embassy Lima": "",
        "Embassy Quito": f"{SECOND}: 1 cable",
    }

"""Lines of a concordance, sorted by the text around their words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.archive import Archive
from cable_tui.archive.records.read import FurtherRecord, RecordTask
from cable_tui.archive.search.highlights import Highlights
from cable_tui.archive.search.passages import PassageFinder
from cable_tui.base.cable import Location, RawCable
from cable_tui.query import parse
from cable_tui.query.answers import CableRow
from cable_tui.tools.concordance.occurrences import (
    CableRead,
    ConcordanceLine,
    by_left,
    by_right,
    concordance,
    in_order,
    lines_of,
)
from tests.archive.fiction import Fiction, archive_of


def _line(left: str, right: str) -> ConcordanceLine:
    return ConcordanceLine(ROW, None, False, left, "lamp", right)


def test_lines_are_sorted_by_the_nearest_word_whatever_its_capitals() -> None:
    lines = [_line("a Red ", " z"), _line("the blue ", " Ärmel"), _line("an old red ", ", and")]
    assert [line.left for line in sorted(lines, key=by_left)] == [
        "the blue ",
        "a Red ",
        "an old red ",
    ]
    assert [line.right for line in sorted(lines, key=by_right)] == [", and", " Ärmel", " z"]


ROW = CableRow(1, "09RABAT27", "09RABAT27", "2009-02-13T14:57Z", "SECRET", "Embassy Rabat", "", ())
BREAK = "CONFIDENTIAL\nPAGE 02 RABAT 00027 01 OF 03 131457Z\n"


def _never() -> bool:
    return False


def _read(archive: Archive, query: str, order: str = "date") -> list[CableRead]:
    hits = archive.search(parse(query), sort="created")
    assert isinstance(hits.highlights, Highlights)
    ids = in_order(archive, hits.ids, order)
    return list(concordance(archive, ids, hits.highlights, _never))


def _lines(archive: Archive, query: str, order: str = "date") -> list[ConcordanceLine]:
    return [line for cable in _read(archive, query, order) for line in cable.lines]


def _raw(body: str) -> RawCable:
    return RawCable("09RABAT27", "", "", "", "", "", "", body, "dump", Location("x", 0, 0))


def _of(body: str, *words: str, around: int = 40) -> list[tuple[str | None, str, str, str]]:
    finder = PassageFinder(Highlights(frozenset(words)))
    record = FurtherRecord(RecordTask(1, 1, b"", "html-page", 0, 0, 0, 0), _raw(body))
    found = lines_of(record, ROW, finder, around)
    return [(line.paragraph, line.left, line.word, line.right) for line in found]


def test_every_place_is_a_line_with_its_paragraph(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        Fiction(text="The keepers want lamps.\n\n2. (C) No lamps came,\nthe lamps are lost."),
    )
    found = _lines(archive, "=lamps")
    assert [(line.paragraph, line.in_subject) for line in found] == [
        (None, True),
        ("1", False),
        ("2", False),
        ("2", False),
    ]
    assert found[0].left == "THE LIGHTHOUSE KEEPERS ASK FOR "
    assert found[2].left.endswith("2. (C) No ")
    assert found[2].right == " came, the lamps are lost."


def test_the_parts_of_a_line_are_the_text_without_its_line_ends() -> None:
    body = "1. (C) The keepers\nsaw the  lamp's\nlight.\n"
    assert _of(body, "lamp") == [("1", "1. (C) The keepers saw the ", "lamp", "'s light.")]


STORY = (
    "1. (C) Summary: The keepers met. A lamp was lit. End summary.\n\n"
    "2. (C) The keepers met the old envoy Amorin; others met. A lamp was lost.\n\n"
    "3. (C) Amorin was late, and then he met the keepers. No lamp came.\n\nRILEY\n"
)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ('"met amorin"~3', [("2", "Amorin; others met")]),
        ('"met envoy amorin"~3', [("2", "envoy Amorin; others met")]),
        ('"then amorin"~6', [("3", "Amorin was late, and then")]),
        ('"the keepers"', [("1", "The keepers"), ("2", "The keepers"), ("3", "the keepers")]),
        ("summary:=lamp", [("1", "lamp")]),
        ("summary:=lamp =late", [("1", "lamp"), ("3", "late")]),
        ("subject:lamps", [("subject", "LAMPS")]),
        ("signed:riley", [("3", "RILEY")]),
        ("body:=lamp", [("1", "lamp"), ("2", "lamp"), ("3", "lamp")]),
    ],
)  # fmt: skip
def test_a_place_is_where_the_query_found_it(
    tmp_path: Path, query: str, places: list[tuple[str, str]]
) -> None:
    found = _lines(archive_of(tmp_path, Fiction(text=STORY.removeprefix("1. (C) "))), query)
    assert [("subject" if line.in_subject else line.paragraph, line.word) for line in found] == (
        places
    )


def test_a_context_is_cut_at_words() -> None:
    body = "1. (C) Of all the harbors only this one has a lamp that nobody can see at night."
    assert _of(body, "lamp", around=20) == [
        ("1", "only this one has a ", "lamp", " that nobody can see")
    ]


@pytest.mark.parametrize(
    ("body", "left", "right"),
    [
        ("1. (C) They saw a\n" + BREAK + "lamp at night.", "1. (C) They saw a ", " at night."),
        ("1. (C) They saw a lamp\n" + BREAK + "at night.", "1. (C) They saw a ", " at night."),
        (
            "1. (C) They saw a lamp\n-------------\nAT NIGHT\n-------------\n",
            "1. (C) They saw a ",
            " AT NIGHT",
        ),
        (
            "1. (C) THEY SAW A LAMP AND A  CONFIDENTIAL\nPAGE 04 RABAT 00027 01 OF 03 131457Z X",
            "1. (C) THEY SAW A ",
            " AND A X",
        ),
    ],
)
def test_page_breaks_and_rules_are_no_context(body: str, left: str, right: str) -> None:
    """The last: of a telegram whose lines the archive joined, seen in the corpus."""
    found = _of(body, "lamp")
    assert [(line[1], line[3]) for line in found] == [(left, right)]


def test_a_word_in_a_page_break_is_no_place() -> None:
    body = "1. (C) They saw\n" + BREAK + "a lamp in Rabat."
    assert [line[2] for line in _of(body, "rabat")] == ["Rabat"]


def test_a_phrase_over_two_lines_is_one_place(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, Fiction(text="They want new\nlamps, and new\n  oil."))
    assert [line.word for line in _lines(archive, '"new lamps"')] == ["new lamps"]


def test_a_cable_with_the_word_in_its_tags_only_is_named_without_a_line(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, Fiction(tags="PGOV, KSEA"))
    read = _read(archive, "ksea")
    assert [(len(each.lines), each.problem) for each in read] == [(0, "")]


def test_a_text_that_changed_is_said(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, Fiction())
    file = tmp_path / "cables" / "cables.csv"
    file.write_bytes(file.read_bytes().replace(b"pier", b"moon"))
    (read,) = _read(archive, "lamps")
    assert "has changed since it was indexed" in read.problem


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("date", ["1", "3", "2"]),
        ("newest", ["2", "3", "1"]),
        ("post", ["3", "1", "2"]),
    ],
)
def test_the_orders_of_cables(tmp_path: Path, order: str, expected: list[str]) -> None:
    archive = archive_of(
        tmp_path,
        Fiction(id="06ZAGREB1", origin="Embassy Zagreb", created="2006-01-01 10:00", subject="x"),
        Fiction(id="09ZAGREB2", origin="Embassy Zagreb", created="2009-01-01 10:00", subject="x"),
        Fiction(id="07ACCRA3", origin="Embassy Accra", created="2007-01-01 10:00", subject="x"),
    )
    assert [line.row.reference_id[-1] for line in _lines(archive, "lamps", order)] == expected


def test_reading_stops_between_two_cables(tmp_path: Path) -> None:
    cables = [Fiction(id=f"09RABAT{at}") for at in range(1, 60)]
    archive = archive_of(tmp_path, *cables)
    hits = archive.search(parse("lamps"))
    assert isinstance(hits.highlights, Highlights)
    stopped: list[bool] = []
    cancelled: Callable[[], bool] = lambda: bool(stopped)  # noqa: E731
    read = concordance(archive, hits.ids, hits.highlights, cancelled)
    next(read)
    stopped.append(True)
    assert len(list(read)) < 58


@given(
    st.text(alphabet="lamp lamp\n\n 1234.(C)-PAGE OF02é語", max_size=300),
    st.integers(1, 60),
)
def test_any_text_has_lines_of_one_line_whose_parts_stand_in_it(body: str, around: int) -> None:
    for _, left, word, right in _of(body, "lamp", around=around):
        assert word.casefold() == "lamp"
        assert "\n" not in left + right
        assert len(left) <= around
        assert len(right) <= around
        squeezed = "".join(body.split())
        assert "".join(left.split())[-1:] in squeezed


def test_a_text_of_one_long_line_takes_time_by_its_places() -> None:
    """Each place looks at its surroundings only: a million signs are no million times as much."""
    assert len(_of("a lamp " * 5_000, "lamp")) == 5_000


SHEET = "KABUL 00000062 00{}.4 OF 003"
"""A page line as the system of 2005 to 2010 set it."""
TEXTS = {
    "1": "He spoke of 9/11, of 9-11 and of 09/11/2001.",
    "2": "Of 9. 11 men came back.",
    "3": "Numbers are 9/110, 19/11 and 911.",
    "4": f"The pier is old {SHEET.format(2)} and wet.",
    "5": f"They saw the old\n\n{SHEET.format(2)}\n\nlamps from Kabul.",
    "6": f"One row has two: ab {SHEET.format(2)} cd {SHEET.format(3)} ef.",
    "7": "PAGE 02        KABUL  00062  01 OF 02  021700Z\nThe number is 62.",
}


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("9/11", {"1": 3, "2": 1}),
        ("9-11", {"1": 3, "2": 1}),
        ('"9 11"', {"1": 3, "2": 1}),
        ("09/11", {"1": 3, "2": 1}),
        ("kabul", {"5": 1}),
        ("00000062", {"7": 1}),
        ("62", {"7": 1}),
        ('"OF 003"', {}),
        ('"old lamps"', {"5": 1}),
        ('"old and wet"', {"4": 1}),
        ('"ab cd ef"', {"6": 1}),
    ],
)
def test_hits_concordance_and_the_open_cable_have_the_same_places(
    sheets: Archive, query: str, places: dict[str, int]
) -> None:
    hits = sheets.search(parse(query))
    assert isinstance(hits.highlights, Highlights)
    found = {row.reference_id[-1]: row.id for row in sheets.rows(list(hits.ids))}
    assert found.keys() == places.keys()
    lines = [line.row.reference_id[-1] for line in _lines(sheets, query)]
    assert {name: lines.count(name) for name in found} == places
    for name, id_ in found.items():
        body = sheets.cable(id_).body.text
        assert len(hits.highlights.places(body)) == places[name]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    cables = (Fiction(f"09RABAT{name}", text=text, subject=name) for name, text in TEXTS.items())
    return archive_of(tmp_path_factory.mktemp("sheets"), *cables)

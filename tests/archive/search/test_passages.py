"""The best passage of a cable is where the query's words are nearest together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.highlights import Highlights, highlights, merged
from cable_tui.archive.search.passages import ROOM, FoundPassage, PassageFinder
from cable_tui.base.cable import Location, RawCable
from cable_tui.query import parse
from cable_tui.query.plan import compile_plan
from tests.archive.fiction import Fiction, archive_of

FAR = "Nothing else happened on the pier that week, and nobody asked. " * 4
TWICE = (
    "The lamps were dark.\n\n"
    f"2. (C) The mayor spoke. {FAR}\n"
    "The mayor has the lamps in his boat.\n\n"
    "3. (C) Lamps again."
)


def _only(tmp_path: Path, cable: Fiction, query: str) -> FoundPassage | None:
    found = _passages(archive_of(tmp_path, cable), query)
    assert len(found) <= 1
    return found[0] if found else None


def _passages(archive: Archive, query: str) -> list[FoundPassage]:
    hits = archive.search(parse(query))
    assert isinstance(hits.highlights, Highlights)
    return archive.passages(list(hits.ids), hits.highlights)


def _highlighted(passage: FoundPassage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.places]


PASSAGES = [
    pytest.param(
        "The keepers asked for lamps.",
        "lamps",
        "1. (C) The keepers asked for <lamps>.",
        "1",
        id="a whole paragraph where there is room",
    ),
    pytest.param(
        TWICE,
        "mayor lamps",
        (
            "…Nothing else happened on the pier that week, and nobody asked. The <mayor> has the "
            "<lamps> in his boat."
        ),
        "2",
        id="where both words are near",
    ),
    pytest.param(
        "One goat.\n\n2. (C) A herd of goats\nof the  best\tkind.",
        '"goats of the best"',
        "2. (C) A herd of <goats of the best> kind.",
        "2",
        id="a phrase over lines",
    ),
    pytest.param(
        "The goats went to the\n\nRABAT 00000027  002 OF 002\n\n\nmarket of the harbour.",
        "goats harbour",
        "1. (C) The <goats> went to the market of the <harbour>.",
        "1",
        id="over a page break, which is taken out",
    ),
    pytest.param(
        "Goats.\n\n---------\nTHE GOATS AND THE MAYOR\n---------\n\n2. (C) More.",
        "goats mayor",
        "THE <GOATS> AND THE <MAYOR>",
        "1",
        id="a heading without its rules",
    ),
    pytest.param(
        (
            "Few.\n\nTHE MAYOR'S GOATS\n\n2. (C) They have the mayor's pier, his boat, his house "
            "and his hat."
        ),
        "mayor",
        "2. (C) They have the <mayor>'s pier, his boat, his house and his hat.",
        "2",
        id="what is said below a heading rather than the heading",
    ),
    pytest.param(
        "In Málaga the goats are few.",
        "malaga",
        "1. (C) In <Málaga> the goats are few.",
        "1",
        id="accents are folded",
    ),
    pytest.param(
        "They call it the &mule8 here.",
        "mule",
        "1. (C) They call it the &<mule>8 here.",
        "1",
        id="what the telegraph garbled",
    ),
    pytest.param(
        "An [x] and a \x1b[31m lamp.",
        "lamp",
        "1. (C) An [x] and a ␛[31m <lamp>.",
        "1",
        id="cleaned, never markup",
    ),
    pytest.param(
        "Few.\n\nClassified By: Keeper Rosa Kell.\n\n2. (C) Rosa Kell has a lamp.",
        "kell",
        "2. (C) Rosa <Kell> has a lamp.",
        "2",
        id="not who classified it, if there is better",
    ),
    pytest.param(
        "Few.\n\nClassified By: Keeper Rosa Kell,\nfor reasons of lamps.\n\n2. (C) The lamp.",
        "lamps",
        "2. (C) The <lamp>.",
        "2",
        id="nor the lines that continue it",
    ),
    pytest.param(
        "Few.\n\nClassified By: Keeper Rosa Kell,\nfor reasons 1.4.\n2. (C) The lamp is lit.",
        "lamp",
        "2. (C) The <lamp> is lit.",
        "2",
        id="a paragraph without a blank line between them",
    ),
    pytest.param(
        "Few.\n\n2. (S) CLASSIFIED BY: Rosa Kell.\n\nThe goats are many.",
        "kell",
        "2. (S) CLASSIFIED BY: Rosa <Kell>.",
        "2",
        id="who classified it, where nothing else has the word",
    ),
    pytest.param(
        "The keepers of the lighthouse asked the mayor for\n\nnew lamps and oil.",
        "oil",
        "1. (C) The keepers of the lighthouse asked the mayor for new lamps and <oil>.",
        "1",
        id="a sentence over a blank line is no fragment",
    ),
    pytest.param(
        "The keepers of the lighthouse asked their friend the mayor of\n\nZenda for lamps.",
        "lamps",
        "1. (C) The keepers of the lighthouse asked their friend the mayor of Zenda for <lamps>.",
        "1",
        id="nor one that goes on with a name",
    ),
    pytest.param(
        (
            f"{FAR}The mayor and all of his seven sons rowed against the interests of the "
            "U.S. lamp trade."
        ),
        "lamp",
        (
            "…Nothing else happened on the pier that week, and nobody asked. The mayor and all "
            "of his seven sons rowed against the interests of the U.S. <lamp> trade."
        ),
        "1",
        id="an abbreviation ends no sentence",
    ),
    pytest.param(
        "The pier is closed.",
        "rudolf",
        "1. (C) The pier is closed.",
        "1",
        id="the beginning where only the subject has it",
    ),
    pytest.param(
        "The pier is closed.",
        "secstate",
        (
            "VZCZCXRO1732 PP RUEHTRO DE RUEHRB #0027 0441457 ZNY CCCCC ZZH P 131457Z FEB 09 FM "
            "AMEMBASSY RABAT TO RUEHC/<SECSTATE> WASHDC PRIORITY 8289"
        ),
        None,
        id="a line of the header",
    ),
]


CABLES = [
    Fiction(f"09RABAT{number}", subject="RUDOLF OF THE ROCKS", text=str(each.values[0]))
    for number, each in enumerate(PASSAGES, 27)
]


@pytest.mark.parametrize(("text", "query", "marked", "label"), PASSAGES)
def test_a_passage_is(
    archive: Archive, text: str, query: str, marked: str, label: str | None
) -> None:
    number = 27 + [each.values[0] for each in PASSAGES].index(text)
    (id_,) = archive.ids([f"09RABAT{number}"]).values()
    (passage,) = archive.passages([id_], archive.search(parse(query)).highlights)
    found = passage.text
    for start, end in reversed(passage.places):
        found = f"{found[:start]}<{found[start:end]}>{found[end:]}"
    assert (found, passage.label) == (marked, label)


def test_a_long_paragraph_is_cut_at_words_around_the_place(tmp_path: Path) -> None:
    text = f"{FAR}{FAR}The mayor has the lamps in his boat, he says. {FAR}"
    passage = _only(tmp_path, Fiction(text=text), "boat mayor")
    assert passage is not None
    assert passage.text.startswith("…Nothing else happened") or passage.text.startswith("…The")
    assert passage.text.endswith("…")
    assert len(passage.text) <= ROOM
    assert _highlighted(passage) == ["mayor", "boat"]
    assert set(passage.text.strip("…").split()) <= set(text.split())


def test_a_query_without_words_has_no_passages(tmp_path: Path) -> None:
    assert _only(tmp_path, Fiction(), "origin:rabat") is None


def test_a_cable_whose_file_is_gone_or_changed_has_no_passage(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *(Fiction(f"09RABAT{at}") for at in (1, 2, 3)), pages=True)
    pages = sorted(archive.root.rglob("*.html"))
    pages[0].unlink()
    pages[1].write_text("<html></html>", encoding="utf-8")
    (passage,) = _passages(archive, "lamps")
    (row,) = archive.rows([passage.id])
    assert row.reference_id == "09RABAT3"


def test_a_cancelled_reading_stops(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *(Fiction(f"09RABAT{number}") for number in range(1, 9)))
    hits = archive.search(parse("lamps"))
    asked = iter([False, False, True])
    assert len(archive.passages(list(hits.ids), hits.highlights, lambda: next(asked))) == 2


_WORDS = st.lists(st.sampled_from(["goat", "lamp", "pier", "a", "Zürich", "x" * 90]), min_size=1)


@given(before=_WORDS, after=_WORDS, breaks=st.integers(0, 3))
def test_the_places_are_the_words_whatever_stands_around(
    before: list[str], after: list[str], breaks: int
) -> None:
    gap = "\n" * breaks + " "
    body = f"{' '.join(before)}{gap}needle{gap}{' '.join(after)}."
    raw = RawCable("", "", "", "", "", "", "", body, "", Location("", 0, 0))
    passage = PassageFinder(Highlights(frozenset({"needle"}))).passage(raw, 7, 0)
    assert passage.id == 7
    assert _highlighted(passage) == ["needle"]
    assert len(passage.text) <= ROOM


_PIECES = st.sampled_from(
    ["9", "09", "11", "011", "0", "00", "911", "9th", "09th", "lamp", "lamps", "F", "16", "x9"]
)
_MARKS = st.sampled_from([" ", "/", "-", ".", ". ", "\n", ", ", "--", ""])


@given(
    st.lists(st.tuples(_PIECES, _MARKS), max_size=12),
    st.sampled_from(["9/11", "9/1*", "lamp 9", "F-16", "11", "0", "9*", '"lamp 9"', "9/0/11"]),
)
def test_a_number_is_found_with_its_zeros_here_as_in_an_open_cable(
    pieces: list[tuple[str, str]], query: str
) -> None:
    text = "".join(piece + mark for piece, mark in pieces)
    found = highlights(compile_plan(parse(query), {}))
    assert PassageFinder(found).spans(text) == merged(found.spans(text))

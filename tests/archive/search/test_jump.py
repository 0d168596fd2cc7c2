"""What a line in the search bar may name."""

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, build_index, write_dump

FAIR = Fiction(
    "09CASABLANCA27",
    "2009-04-01 09:20",
    "Consulate Casablanca",
    "SECRET",
    "KTIP",
    "TRAFFICKING AT THE LANTERN FAIR",
    text="A fair of lanterns.",
)
OLD_FAIR = Fiction("06CASABLANCA27", "2006-04-01 09:20", "Consulate Casablanca", subject="A FAIR")
CABLES = (LAMPS, BRIDGE, GOATS, FAIR, OLD_FAIR)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("09CASABLANCA27", "09CASABLANCA27", id="an id"),
        pytest.param("09 casablanca 0027", "09CASABLANCA27", id="an id with a zero"),
        pytest.param("casab27", "09CASABLANCA27", id="half an id: the newest first"),
        pytest.param("09 casab 27", "09CASABLANCA27", id="half an id with its year"),
        pytest.param("2006 casab 27", "06CASABLANCA27", id="a year of four digits"),
        pytest.param("cassablanca 31", "09CASABLANCA31", id="a post misspelt"),
        pytest.param("rabat", 'origin:"Embassy Rabat"', id="a post"),
        pytest.param("casabl", 'origin:"Consulate Casablanca"', id="a post begun"),
        pytest.param("cassablanca", 'origin:"Consulate Casablanca"', id="misspelt"),
        pytest.param("ktip", "tag:KTIP", id="a TAG"),
        pytest.param("trafficking in persons", "tag:KTIP", id="a TAG's title"),
        pytest.param("goats runway", "08RABAT990", id="words of a subject"),
        pytest.param("lighthouse lamp", "09RABAT27", id="the beginning of a word"),
        pytest.param("lantren fair", "09CASABLANCA27", id="a slip in a subject"),
        pytest.param("the keepers ask", "09RABAT27", id="small words are no matter"),
    ],
)
def test_the_likeliest_comes_first(archive: Archive, text: str, target: str) -> None:
    first = archive.jump(text)[0]
    assert (first.reference or first.text) == target


def test_a_link_leads_to_its_paragraph(archive: Archive) -> None:
    (found,) = archive.jump("https://cables.example/cable/2009/02/09CASABLANCA27.html#par3")
    assert (found.reference, found.paragraph, found.sure) == ("09CASABLANCA27", "3", True)
    assert found.label == "09CASABLANCA27 ¶3 · TRAFFICKING AT THE LANTERN FAIR"


@pytest.mark.parametrize(
    ("text", "sure"), [("09rabat27", True), ("09 casab 27", True), ("casab27", False)]
)
def test_only_what_means_one_cable_is_sure(archive: Archive, text: str, sure: bool) -> None:
    assert archive.jump(text)[0].sure is sure


@pytest.mark.parametrize(
    "text",
    ["goats 09CASABLANCA27", "date:2009 09CASABLANCA27", "tag:KTIP -kelp 09CASABLANCA27#par3"],
)
def test_an_id_behind_a_query_is_offered_and_is_not_sure(archive: Archive, text: str) -> None:
    first = archive.jump(text)[0]
    assert (first.reference, first.sure) == ("09CASABLANCA27", False)


@pytest.mark.parametrize(
    "text", ["cites:09CASABLANCA27", "goats -09CASABLANCA27", "goats -fair", "-goats"]
)
def test_what_is_excluded_or_cited_is_not_offered(archive: Archive, text: str) -> None:
    named = {each.reference for each in archive.jump(text)}
    assert not named & {"09CASABLANCA27", "06CASABLANCA27"}
    assert ("08RABAT990" in named) is text.startswith("goats")


@pytest.mark.parametrize("text", ["", " ", "a", "zzzzz", "99NOWHERE1", "\0", "\ud800", "27"])
def test_what_names_nothing_leads_nowhere(archive: Archive, text: str) -> None:
    assert archive.jump(text) == []


@pytest.mark.parametrize(
    "text", ["date:2009 lantern fair", "lantern fair -tag:", "(origin:rabat", "sort:length lamps"]
)
def test_a_line_with_a_prefix_is_a_query_and_no_name(archive: Archive, text: str) -> None:
    assert archive.jump(text) == []


def test_no_more_are_given_than_wanted(archive: Archive) -> None:
    assert len(archive.jump("fair", limit=1)) == 1


def test_without_a_text_index_ids_and_names_still_lead_somewhere(tmp_path: Path) -> None:
    file, cache = tmp_path / "cables.csv", tmp_path / "cache"
    write_dump(file, (LAMPS, FAIR))
    build_index(file, cache, passes=("facts",))
    archive = open_archive(file, cache, readonly=True)
    assert archive.jump("casab27")[0].reference == "09CASABLANCA27"
    assert archive.jump("rabat")[0].text.startswith("origin:")
    assert archive.jump("lantern fair") == []

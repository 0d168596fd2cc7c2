"""The ID in a name, whatever else people and programs put there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables.file_names import id_in, piece_in, stem
from tests.formats.samples import cable

TELEGRAM = b"TAGS: PREL\nSUBJECT: LAMPS\n\n1. (C) The lamp is out.\n"


@pytest.mark.parametrize(
    "path",
    [
        "09RABAT27.txt",
        "09RABAT27_a.txt",
        "1/09RABAT27_b.html.txt",
        "Cable 09RABAT27 - THE LAMPS OF THE HARBOR.txt",
        "09RABAT27 - Lamps, and who pays.txt",
        "09RABAT27_Lamps_of_2010.txt",
        "2009-02-13_09RABAT27.txt",
        "20090213 09RABAT27 Lamps.txt",
        "09RABAT27 (1).txt",
        "09RABAT27 - Copy.txt",
        "09RABAT27 - Copy (2).txt",
        "Copy of 09RABAT27.txt",
        "wikileaks_09RABAT27.txt",
        "cable-09rabat27.txt",
        "09-RABAT-27.txt",
        "cable 09-rabat-0027.txt",
        "09RABAT27/body.txt",
        "b/09RABAT27_a/text.txt",
        "b\\09RABAT27\\content.txt",
        "09RABAT27/full_text.txt",
        "Cable 09RABAT27 - answers 09LIMA3.txt",
        "09RABAT27.txt.json",
    ],
)
def test_the_id_is_found(path: str) -> None:
    assert id_in(path) == "09RABAT27"


@pytest.mark.parametrize(
    "path",
    [
        "body.txt",
        "09RABAT27/lamps.txt",
        "09RABAT27/notes.txt",
        "09RABAT27.notes.txt",
        "Notes on 09RABAT27.txt",
        "09RABAT27 translation.txt",
        "2020COVID19 in words.txt",
        "13 FEB 2009.txt",
        "lamps.txt",
        "",
    ],
)
def test_other_names_have_none(path: str) -> None:
    assert id_in(path) == ""


@pytest.mark.parametrize("path", ["Cable 09RABAT27 - LAMPS.txt", "09RABAT27/body.txt"])
def test_the_name_decides_for_a_text_that_does_not_say_it(path: str) -> None:
    raw = cable(TELEGRAM, path)
    assert (raw.reference_id, raw.format) == ("09RABAT27", "named-text")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("09RABAT27_page_1.txt", "page_1"),
        ("a/09RABAT27-p2.txt", "p2"),
        ("09RABAT27 (part 1 of 2).txt", "part 1 of 2"),
        ("09RABAT27.txt", ""),
        ("09RABAT27 (1).txt", ""),
        ("Cable 09RABAT27 - LAMPS.txt", ""),
    ],
)
def test_a_part_of_a_text_is_named(path: str, expected: str) -> None:
    assert piece_in(path) == expected
    raw = cable(b"UNCLAS RABAT 000027\n\nTAGS: ETRD\nSUBJECT: LAMPS\n\n1. (U) Lit.\n", path)
    parts = dict(raw.remarks).get("Parts of the text", "")
    assert (raw.reference_id, parts.partition(",")[0]) == ("09RABAT27", expected)


def test_the_name_counts_before_the_number_of_the_text() -> None:
    sent = b"R 131457Z FEB 09\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC\nUNCLAS LIMA 000003\n\n"
    assert cable(sent + TELEGRAM, "09RABAT27_a.txt").reference_id == "09RABAT27"


@given(st.text(max_size=80))
def test_any_name_can_be_asked(path: str) -> None:
    assert isinstance(id_in(path) + stem(path), str)

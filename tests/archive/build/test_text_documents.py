"""What the text index is given of a cable."""

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.query import parse
from cable_tui.value import replace
from tests.archive.fiction import LAMPS, opened, write_page

GARBLED = replace(LAMPS, text="Marlowe,s men called him the &lord of lamps8 of the pier.")


@pytest.mark.parametrize(
    ("query", "lit"),
    [
        ("+lamps8", ["lamps8"]),
        ('"lord of lamps"', ["lord of lamps"]),
        ('"lamps of the pier"', ["lamps8 of the pier"]),
        ("Marlowe’s", ["Marlowe,s"]),
        ("Marlowe,s", ["Marlowe,s"]),
    ],
)
def test_what_the_telegraph_garbled_is_found_by_both_readings(
    tmp_path: Path, query: str, lit: list[str]
) -> None:
    write_page(tmp_path / "cables", GARBLED)
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        hits = archive.search(parse(query))
        assert list(hits.ids) == [archive.find("09RABAT27")]
        assert [
            GARBLED.text[start:end] for start, end in hits.highlights.spans(GARBLED.text)
        ] == lit


@pytest.mark.parametrize(("query", "count"), [("pelham", 1), ('"ada pelham"', 1), ("7654321", 0)])
def test_no_page_line_of_another_record_is_found_with_what_it_says_more(
    tmp_path: Path, query: str, count: int
) -> None:
    """The page line stands among the words that are new, and within a name."""
    said = "The keepers met on the pier and asked Ada\nRABAT 07654321  002 OF 003\nPelham for it."
    write_page(tmp_path / "cables" / "b", replace(LAMPS, text=f"{LAMPS.text} They left at dusk."))
    write_page(tmp_path / "cables" / "a", replace(LAMPS, text=f"{said} XXXXXXXXXXXX"))
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert "Pelham" not in archive.cable(1).body.text
        assert archive.search(parse(query)).count == count

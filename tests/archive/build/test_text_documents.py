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

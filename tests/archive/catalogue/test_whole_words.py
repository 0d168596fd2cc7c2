"""Words in subjects that a line break divided."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from tests.archive.fiction import Fiction, archive_of, build_index, subjects, write_dump

WHOLE = Fiction("09RABAT1", "2009-03-01 10:00", text="The assessment of the election. Election.")
MORE = Fiction("09RABAT2", "2009-03-01 11:00", text="An election after the reelection.")


def broken(words: str) -> Fiction:
    return Fiction("09RABAT7", "2009-03-02 10:00", subject=words, text="The lamps.")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("AN ASSESS-\nMENT OF LAMPS", "AN ASSESSMENT OF LAMPS"),
        ("An assess-\nment", "An assessment"),
        # The second part is the more frequent word: nobody knows that it is one word.
        ("THE RE-\nELECTION", "THE RE- ELECTION"),
        ("A LAMPSHADE-\nWICK", "A LAMPSHADE- WICK"),
        ("OIL -\nASSESS- MENTS", "OIL - ASSESS- MENTS"),
    ],
)
def test_a_broken_word_is_joined_if_the_archive_has_it(
    tmp_path: Path, printed: str, said: str
) -> None:
    archive = archive_of(tmp_path, WHOLE, MORE, broken(printed))
    assert subjects(archive)["09RABAT7"] == said
    cable = archive.cable(archive.find("09RABAT7") or 0)
    assert cable.subject == said
    assert printed in cable.body.text
    as_printed = " ".join(printed.split())
    joined = (("Printed", f"{as_printed} (the subject is joined at its line breaks)"),)
    assert cable.remarks == (joined if said != as_printed else ())


def test_a_word_that_comes_later_joins_what_is_there(tmp_path: Path) -> None:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write_dump(folder / "a.csv", [broken("AN ASSESS-\nMENT"), MORE])
    build_index(folder, cache)
    with closing(open_archive(folder, cache)) as archive:
        assert subjects(archive)["09RABAT7"] == "AN ASSESS- MENT"
    write_dump(folder / "b.csv", [WHOLE])
    build_index(folder, cache)
    with closing(open_archive(folder, cache)) as archive:
        assert subjects(archive)["09RABAT7"] == "AN ASSESSMENT"
        assert json.loads(json.dumps(archive.cable(archive.find("09RABAT7") or 0).remarks))

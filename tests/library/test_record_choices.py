"""The record that a reader has chosen of a cable is kept where bookmarks are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.records.read import SourceGone
from cable_tui.errors import NotFoundError
from cable_tui.library import Library
from cable_tui.value import replace
from tests.archive.fiction import BRIDGE, LAMPS, opened, write_dump, write_page


def test_a_choice_lasts_and_can_be_undone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    with closing(Library(file)) as library:
        library.records.choose("09RABAT27", "09RABAT27", 0x1A2B3C)
        library.records.choose("09RABAT2", "09RABAT2", 7)
        library.records.choose("09RABAT27", "09RABAT27", 0xFFFFFFFF)
    with closing(Library(file)) as library:
        assert library.reader_data().records == {"09RABAT27": 0xFFFFFFFF, "09RABAT2": 7}
        library.records.choose("09RABAT27", "09RABAT27", None)
        assert library.reader_data().records == {"09RABAT2": 7}
        assert "09RABAT27" in library.undo()
        assert library.reader_data().records == {"09RABAT27": 0xFFFFFFFF, "09RABAT2": 7}


def test_the_chosen_record_is_read_wherever_it_is_moved(tmp_path: Path) -> None:
    cables = tmp_path / "cables"
    redacted = replace(LAMPS, text="The keepers met XXXXXXXXXXXX on the pier.")
    write_dump(cables / "cables.csv", [LAMPS, BRIDGE])
    page = write_page(cables / "a", redacted)
    with closing(Library(tmp_path / "library.sqlite")) as library:
        for turn in (1, 2):
            with closing(opened(cables, tmp_path / "cache")) as archive:
                archive.own = library.reader_data
                id_ = archive.find("09RABAT27") or 0
                if turn == 1:
                    assert "XXXX" not in archive.cable(id_).body.text
                    library.records.choose("09RABAT27", "09RABAT27", archive.crc(id_, 2))
                cable = archive.cable(id_)
                assert "XXXX" in cable.body.text
                assert b"XXXX" in archive.raw_bytes(id_)
                assert [each.number for each in cable.sources] == [2, 1]
                assert archive.cable(id_, 1).sources[0].format == "dump-csv"
                with pytest.raises(NotFoundError, match="has 2 records here, and none numbered 3"):
                    archive.cable(id_, 3)
            (cables / "b").mkdir(exist_ok=True)
            if turn == 1:
                page.rename(cables / "b" / page.name)
        page = cables / "b" / page.name
        page.unlink()
        with closing(opened(cables, tmp_path / "cache")) as archive:
            archive.own = library.reader_data
            assert archive.cable(id_).sources[0].format == "dump-csv"
            (cables / "cables.csv").unlink()
            with pytest.raises(SourceGone):
                archive.cable(id_)

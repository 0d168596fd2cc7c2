"""The measures in their file are those of the catalogue, or they are not read."""

from pathlib import Path

import pytest

from cable_tui.archive import Archive, kept_measures, measures
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, build, opened, write_dump


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    asking = Fiction("09RABAT30", ref="09 PARIS 77", text="Two.\n\n2. (C) More.")
    write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS, asking))
    return opened(tmp_path / "dump", tmp_path / "cache")


def test_the_builder_leaves_them_and_a_reader_takes_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive.reading() as db:
        expected = measures.gathered(db)
        monkeypatch.delattr(measures, "gathered")
        assert kept_measures.load(db, archive.folder) == expected


@pytest.mark.parametrize("harm", ["damaged", "another stamp", "older"])
def test_what_is_not_of_this_catalogue_is_gathered(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    (file,) = archive.folder.glob("measures-*.parts")
    if harm == "damaged":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "another stamp":
        monkeypatch.setattr(kept_measures, "_VERSION", 0)
    else:
        kept = file.read_bytes()
        write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE))
        build(tmp_path / "dump", tmp_path / "cache")
        assert not file.exists()
        file.write_bytes(kept)
    with archive.reading() as db:
        assert kept_measures.load(db, archive.folder) == measures.gathered(db)

"""The fingerprint of an archive: the same for the same files, another where one has changed."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive import fingerprint as module
from cable_tui.archive.catalogue import schema
from cable_tui.archive.fingerprint import SearchLog, fingerprint
from cable_tui.base.value import replace
from cable_tui.tools.dossiers.sealing import ArchiveSources
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Search
from tests.archive.fiction import GOATS, LAMPS, Fiction, build_index, opened, write_dump, write_page


def made(folder: Path, cache: Path) -> str:
    with closing(opened(folder, cache)) as archive, archive.reading() as db:
        return fingerprint(db)


def test_it_is_the_sum_that_its_docstring_describes(tmp_path: Path) -> None:
    files = [write_page(tmp_path / "cables", each) for each in (LAMPS, GOATS)]
    lines = sorted(
        f"{each.id} {zlib.crc32(file.read_bytes()):08x}\n".encode()
        for each, file in zip((LAMPS, GOATS), files, strict=True)
    )
    expected = hashlib.sha256(b"".join(lines)).hexdigest()
    assert made(tmp_path / "cables", tmp_path / "cache") == f"2:{expected}"


def test_the_same_files_elsewhere_have_the_same_and_a_changed_one_another(tmp_path: Path) -> None:
    for name in ("one", "other/place"):
        for each in (LAMPS, GOATS):
            write_page(tmp_path / name, each)
    first = made(tmp_path / "one", tmp_path / "cache")
    assert made(tmp_path / "other" / "place", tmp_path / "cache") == first
    write_page(tmp_path / "one", Fiction(LAMPS.id, text="The keepers left."))
    build_index(tmp_path / "one", tmp_path / "cache")
    assert made(tmp_path / "one", tmp_path / "cache") != first


def test_it_covers_every_record_of_a_cable(tmp_path: Path) -> None:
    files = [write_page(tmp_path / "cables", each) for each in (LAMPS, GOATS)]
    alone = made(tmp_path / "cables", tmp_path / "cache")
    hides = replace(LAMPS, text=f"{LAMPS.text} XXXXXXXXXXXX")
    files.append(write_page(tmp_path / "cables" / "more", hides))
    both = made(tmp_path / "cables", tmp_path / "cache")
    assert both == made(tmp_path / "cables", tmp_path / "another cache") != alone
    goats, lamps, more = (zlib.crc32(files[at].read_bytes()) for at in (1, 0, 2))
    line = f"{LAMPS.id} {min(lamps, more):08x} {max(lamps, more):08x}\n"
    expected = hashlib.sha256(f"{GOATS.id} {goats:08x}\n{line}".encode()).hexdigest()
    assert both == f"2:{expected}"


def test_the_first_version_has_the_record_that_it_showed(tmp_path: Path) -> None:
    """The page before the row, and of two pages the longer one, though it hides a name."""
    hides = replace(LAMPS, text=LAMPS.text.replace("keepers", "XXXXXXXXXXXX"))
    longer = write_page(tmp_path / "cables" / "a", hides)
    write_page(tmp_path / "cables" / "b", LAMPS)
    write_dump(tmp_path / "cables" / "cables.csv", [LAMPS])
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert "XXX" not in archive.cable(archive.find(LAMPS.id) or 0).body.text
        with ArchiveSources(archive) as sources:
            found = sources.fingerprint(64 * "0")
    line = f"{LAMPS.id} {zlib.crc32(longer.read_bytes()):08x}\n"
    assert found == hashlib.sha256(line.encode()).hexdigest()


def test_the_archive_is_named_with_its_cables_and_its_fingerprint_is_computed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(tmp_path / "cables", LAMPS)
    archive = opened(tmp_path / "cables", tmp_path / "cache")
    computed: list[int] = []

    def counted(db: object) -> str:
        assert db
        computed.append(1)
        return "ab" * 32

    monkeypatch.setattr(module, "fingerprint", counted)
    file = tmp_path / "log.jsonl"
    SearchLog(archive, file).add(Search("lamps", 1))
    log = SearchLog(archive, file)  # another window
    log.add(Search("lobster", 0))
    assert len(computed) == 1
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    log.add(Search("goats", 1))
    assert len(computed) == 2
    entries = research_log.read(file).entries
    assert [each.searched.cables for each in entries] == [1, 1, 2]
    assert {each.searched.archive for each in entries} == {str(archive.root)}
    with archive.reading() as db:
        assert entries[-1].searched.generation == schema.generation(db)
    archive.close()

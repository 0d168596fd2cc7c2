"""The fingerprint of an archive: the same for the same files, another where one has changed."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import closing
from pathlib import Path

from cable_tui.archive.fingerprint import fingerprint
from cable_tui.base.value import replace
from tests.archive.fiction import GOATS, LAMPS, Fiction, build_index, opened, write_page


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


def test_a_saved_number_is_that_of_the_cables_until_they_change(tmp_path: Path) -> None:
    write_page(tmp_path / "cables", LAMPS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    saved = made(tmp_path / "cables", tmp_path / "cache")
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache", passes=("facts",))
    changed = made(tmp_path / "cables", tmp_path / "cache")
    assert changed == made(tmp_path / "cables", tmp_path / "another cache") != saved

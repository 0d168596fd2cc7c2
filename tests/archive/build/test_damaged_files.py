"""Text that was altered inside of a packed file: each cable of the file says so, and no other."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build import scan_files
from cable_tui.base.value import replace
from cable_tui.formats.packed.seekable import Held, Unpacked
from cable_tui.query import parse
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    Fiction,
    build_index,
    many,
    references,
    write_dump,
    write_page,
)
from tests.shapes import seven_zip as packed_7z
from tests.shapes import tar

TOLD = "The keepers counted ninety lamps on the pier before the fog came in from the sea."
ALTERED = TOLD.replace("ninety", "twenty")
CABLES = [replace(each, text=TOLD) if each.id == "09RABAT7" else each for each in many(12)]
IDS = sorted(each.id for each in CABLES)


def dump(folder: Path, cables: list[Fiction]) -> bytes:
    """The rows of a dump."""
    write_dump(folder / "dump.csv", cables)
    return (folder / "dump.csv").read_bytes()


def pages(folder: Path, cables: list[Fiction]) -> dict[str, bytes]:
    """Pages by their names."""
    return {f"{each.id}.html": write_page(folder / "pages", each).read_bytes() for each in cables}


def stored(name: str, data: bytes) -> bytes:
    """A zip whose bytes are those of the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def altered(data: bytes) -> bytes:
    """The same with another number in the text."""
    assert data.count(TOLD.encode()) == 1
    return data.replace(TOLD.encode(), ALTERED.encode())


def with_another_crc(data: bytes) -> bytes:
    """A zip whose deflated bytes are whole, and both of whose directories name another CRC."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (entry,) = archive.infolist()
    crc = entry.CRC.to_bytes(4, "little")
    assert data.count(crc) == 2
    return data.replace(crc, bytes([crc[0] ^ 1]) + crc[1:])


def deflated(name: str, data: bytes) -> bytes:
    """A zip as it is usual."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def copied_7z(name: str, data: bytes) -> bytes:
    """A 7z whose bytes are those of the file."""
    import py7zr

    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", filters=[{"id": py7zr.FILTER_COPY}]) as archive:
        archive.writestr(data, name)
    return made.getvalue()


Ways = dict[str, tuple[Callable[[Path], bytes], Callable[[bytes], bytes]]]
WAYS: Ways = {
    "a.zip": (lambda folder: stored("cables.csv", dump(folder, CABLES)), altered),
    "b.zip": (lambda folder: deflated("cables.csv", dump(folder, CABLES)), with_another_crc),
    "c.7z": (lambda folder: copied_7z("cables.csv", dump(folder, CABLES)), altered),
    "cables.csv.gz": (lambda folder: gzip.compress(dump(folder, CABLES), 0), altered),
    "d.tar.gz": (lambda folder: gzip.compress(tar(pages(folder, CABLES)), 0), altered),
    "e.tgz": (lambda folder: gzip.compress(tar({"c.csv": dump(folder, CABLES)}), 0), altered),
    "f.zip": (
        lambda folder: stored("09RABAT7.html", pages(folder, CABLES)["09RABAT7.html"]),
        altered,
    ),
}
"""Packed files by their names: how each is made, and how text in it is altered."""
ENDS_IN_A_CHECKSUM = ("cables.csv.gz", "e.tgz")


@pytest.fixture(autouse=True)
def _long_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file in an archive be a stream, as those of more than 16 MiB are."""
    monkeypatch.setattr(Held, "longest", 100)


def found(folder: Path, cache: Path, query: str = "has:damaged") -> list[str]:
    """What a query finds, after an index."""
    build_index(folder, cache)
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        return sorted(references(archive, archive.search(parse(query)).ids))


def codes(folder: Path, cache: Path, reference: str) -> set[str]:
    """The warnings of a cable that is opened."""
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        id_ = archive.find(reference)
        assert id_ is not None
        return {warning.code for warning in archive.cable(id_).warnings}


def reasons(folder: Path, cache: Path) -> list[tuple[str, str]]:
    """The problems, with their paths."""
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        return [(problem.path, problem.reason) for problem in archive.problems()]


def is_named(folder: Path, cache: Path, name: str, words: str) -> bool:
    """Whether one problem has the words, and all are of this file."""
    found = reasons(folder, cache)
    return any(words in why for _, why in found) and all(each.startswith(name) for each, _ in found)


@pytest.mark.parametrize("name", WAYS)
def test_each_cable_of_an_altered_file_says_so_until_it_is_replaced(
    folder: Path, cache: Path, tmp_path: Path, name: str
) -> None:
    make, alter = WAYS[name]
    whole = make(tmp_path)
    write_page(folder, GOATS)
    (folder / name).write_bytes(whole)
    assert found(folder, cache) == []
    assert reasons(folder, cache) == []
    (folder / name).write_bytes(alter(whole))
    for place in (cache, cache, tmp_path / "fresh"):
        damaged = found(folder, place)
        assert damaged == [each for each in found(folder, place, "-zebra") if each != GOATS.id]
        # The last piece of a gzip, whose end has the checksum, is not unpacked.
        assert damaged == (["09RABAT7"] if name == "f.zip" else IDS) or name in ENDS_IN_A_CHECKSUM
        assert len(damaged) > 0
        assert is_named(folder, place, name, "damaged")
        assert "damaged" in codes(folder, place, damaged[0])
        assert "damaged" not in codes(folder, place, GOATS.id)
    (folder / name).write_bytes(whole)
    assert found(folder, cache) == []
    assert reasons(folder, cache) == []
    assert "damaged" not in codes(folder, cache, "09RABAT7")


def test_a_whole_record_of_the_cable_is_shown_in_place_of_one_from_an_altered_file(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    """Also if it is poorer, and if its bytes are the same."""
    (folder / "a.zip").write_bytes(altered(stored("c.csv", dump(tmp_path, CABLES))))
    assert found(folder, cache) == IDS
    write_dump(folder / "whole.csv", CABLES[4:9])
    assert found(folder, cache) == sorted({*IDS} - {each.id for each in CABLES[4:9]})
    assert found(folder, cache, "ninety") == ["09RABAT7"]
    (folder / "whole.csv").unlink()
    assert found(folder, cache) == IDS


def test_a_file_that_is_cut_off_is_not_called_altered(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    (folder / "c.csv.gz").write_bytes(gzip.compress(dump(tmp_path, CABLES), 0)[:-300])
    assert found(folder, cache) == []
    assert is_named(folder, cache, "c.csv.gz", "cut off")


def test_what_no_format_reads_of_a_file_is_compared_too(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A format may leave the end of a file alone; its last bytes count for the CRC."""
    long = [replace(each, text="Lamps. " * 3000) for each in many(200)[12:]]
    data = stored("c.csv", dump(tmp_path, [*CABLES, *long]))
    (folder / "a.zip").write_bytes(altered(data))
    items = scan_files._items

    def first(*args: object) -> object:
        yield next(iter(items(*args)))  # type: ignore[arg-type]

    monkeypatch.setattr(Unpacked, "piece", 512)
    monkeypatch.setattr(scan_files, "_items", first)
    assert len(found(folder, cache)) == 1


def test_the_record_of_a_file_that_is_gone_is_read_from_an_altered_one_and_says_so(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    """The bytes of both records are the same, so that nothing else would be done again."""
    write_dump(folder / "b.csv", [LAMPS, BRIDGE])
    (folder / "a.zip").write_bytes(
        altered(stored("c.csv", dump(tmp_path, [LAMPS, BRIDGE, CABLES[6]])))
    )
    assert found(folder, cache) == ["09RABAT7"]
    (folder / "b.csv").unlink()
    assert found(folder, cache) == sorted([LAMPS.id, BRIDGE.id, "09RABAT7"])


def test_7z_files_of_the_shapes_are_whole(folder: Path, cache: Path, tmp_path: Path) -> None:
    (folder / "a.7z").write_bytes(packed_7z({"c.csv": dump(tmp_path, CABLES)}))
    assert found(folder, cache) == []

"""Every file and every record is accounted for: of samples, of real files, of mutations of both."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build import indexer
from cable_tui.archive.catalogue import account
from cable_tui.archive.catalogue.account import Account, FileAccount, RecordAccount
from cable_tui.archive.records.compared_records import lost_records
from cable_tui.base.errors import ArchiveError
from cable_tui.base.value import replace
from tests.formats.samples import DATA
from tests.shapes import SHAPES, Files, tar, zipped
from tests.shared_files import CORPUS, WILD


@pytest.fixture(autouse=True)
def not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what costs most of an index: an account counts records, whatever they say more."""

    def leave(task: Any) -> Iterator[list[Any]]:
        yield [each for records in task[1] for each in lost_records(records)]

    monkeypatch.setattr(indexer, "compare_records", leave)


SAMPLES: Files = {path.name: path.read_bytes() for path in sorted(DATA.iterdir()) if path.is_file()}
FEW = dict(list(SAMPLES.items())[::4])


def files_in(folder: Path) -> int:
    """Files below a folder, and those in archives there, by the standard library."""
    return sum(_files(path.read_bytes()) for path in folder.rglob("*") if path.is_file())


def _files(data: bytes, depth: int = 0) -> int:
    """One file, and those in it. Damaged archives and documents of Word are files, no archives."""
    for unpack in (gzip.decompress, bz2.decompress, lzma.decompress):
        try:
            data = unpack(data)
            break
        except (OSError, EOFError, lzma.LZMAError):
            continue
    inside: list[bytes] = []
    if depth < 2 and data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "word/document.xml" not in names:
                inside = [archive.read(name) for name in names]
    elif depth < 2 and data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data), ignore_zeros=True) as tars:
            parts = (tars.extractfile(each) for each in tars if each.isfile())
            inside = [part.read() for part in parts if part]
    return 1 + sum(_files(each, depth + 1) for each in inside)


def accounted(folder: Path, cache: Path) -> Account:
    """The account of a folder, which adds up, and names every file that gave nothing."""
    try:
        list(indexer.index(folder, cache, passes=("facts", "grammar"), workers=0))
    except ArchiveError as error:
        assert "contains no cables" in str(error)  # noqa: PT017 - nothing was found, and that is said
    with closing(open_archive(folder, cache)) as archive:
        found = archive.account()
        with archive.reading() as db:
            lost = db.execute(
                "SELECT path FROM file f WHERE state NOT IN ('skipped', 'silent', 'packed')"
                " AND NOT EXISTS (SELECT 1 FROM cable WHERE cable.file = f.id)"
                " AND NOT EXISTS (SELECT 1 FROM also WHERE also.file = f.id)"
                " AND NOT EXISTS (SELECT 1 FROM problem WHERE problem.file = f.id)"
            ).fetchall()
        assert lost == []
    assert found.adds_up, found
    assert found.files.unfinished == 0
    return found


def written(folder: Path, files: Files) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def _cut(part: float) -> Files:
    return {name: data[: int(len(data) * part)] for name, data in SAMPLES.items()}


def _twice() -> Files:
    return {name: data + b"\n" + data for name, data in SAMPLES.items()}


def _each_with_the_next() -> Files:
    names = list(SAMPLES)
    pairs = zip(names, [*names[1:], names[0]], strict=True)
    return {f"{one}-{other}": SAMPLES[one] + SAMPLES[other] for one, other in pairs}


MUTATIONS: dict[str, Callable[[], Files]] = {
    "as they are": lambda: SAMPLES,
    "the first line": lambda: {name: data[: data.find(b"\n")] for name, data in SAMPLES.items()},
    **{f"{part:.0%} of each": lambda part=part: _cut(part) for part in (0.2, 0.4, 0.6, 0.8, 0.95)},  # type: ignore[misc]
    "each twice": _twice,
    "each with the next": _each_with_the_next,
    "without line breaks": lambda: {
        name: data.replace(b"\n", b" ") for name, data in SAMPLES.items()
    },
    "a NUL in each": lambda: {
        name: data[:300] + b"\0" + data[300:] for name, data in SAMPLES.items()
    },
    "tar": lambda: {"a.tar": tar(SAMPLES)},
    "tar.xz with a link": lambda: {"a.tar.xz": lzma.compress(_link() + tar(SAMPLES))},
    "zip in zip": lambda: {"a.zip": zipped({**SAMPLES, "in.zip": zipped(SAMPLES)})},
    "each packed": lambda: {f"{name}.gz": gzip.compress(data) for name, data in SAMPLES.items()},
    "tar in a folder with the same files": lambda: {**SAMPLES, "b.tar.gz": tar(SAMPLES, "w:gz")},
}


def _link() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hosts"
        archive.addfile(link)
    return made.getvalue()


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_file_of_a_mutation_is_accounted_for(name: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "archive", MUTATIONS[name]())
    found = accounted(folder, tmp_path / "cache")
    assert found.files.seen == files_in(folder) + ("link" in name)
    # A second run, with nothing to do, says the same.
    assert accounted(folder, tmp_path / "cache") == found


@pytest.mark.parametrize("name", SHAPES["packed"])
@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_every_file_of_a_packed_shape_that_is_cut_off_is_accounted_for(
    name: str, cut: float, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    SHAPES["packed"][name](FEW, folder)
    for path in folder.iterdir():
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * cut)])
    found = accounted(folder, tmp_path / "cache")
    assert found.files.seen >= len(list(folder.iterdir()))


@pytest.mark.shared
@pytest.mark.parametrize("folder", [CORPUS, WILD], ids=["corpus", "wild"])
def test_every_real_file_is_accounted_for(folder: Path, tmp_path: Path) -> None:
    found = accounted(folder, tmp_path / "cache")
    assert found.files.seen == files_in(folder)
    if folder == CORPUS:
        assert (found.records.cables, found.records.further, found.records.problems) == (
            165,  # 07BERN881 runs on into 07TBILISI2290
            160,
            0,
        )


def test_notes_on_columns_are_no_records(tmp_path: Path) -> None:
    rows = "".join(
        f'09LIMA{n};3/4/2009;"UNCLAS LIMA 00{n}\n\n{"1. Lamps. " * 30}"\n' for n in range(3)
    )
    folder = written(tmp_path / "archive", {"a.csv": f"Kabel;Datum;Inhalt\n{rows}".encode()})
    found = accounted(folder, tmp_path / "cache")
    assert (found.records.seen, found.records.cables, found.files.notes) == (3, 3, 3)


def test_what_does_not_add_up_is_said() -> None:
    whole = Account(
        FileAccount(9, 2, 1, {"image": 2, "pdf": 1}, {"browse page": 1}, 1, 1, 2),
        RecordAccount(7, 3, 1, {"document": 2}, 1, {"withdrawn": 1, "microfilm": 1}),
    )
    assert whole.adds_up
    assert account.in_words(whole) == (
        "9 files seen: 2 with records, 1 archive looked into, 2 images and 1 pdf skipped, "
        "1 browse page without cables, 1 with problems, 1 not read yet. "
        "7 records seen: 3 cables (without text: 1 withdrawn, 1 microfilm), "
        "1 further record of these, 2 documents skipped, 1 problem. "
        "2 notes on files with records."
    )
    lost = Account(whole.files, RecordAccount(8, 3, 1, {}, 1))
    assert not lost.adds_up
    assert account.in_words(lost).endswith("This does not add up: please report it.")
    unseen = Account(replace(whole.files, seen=10), whole.records)
    assert not unseen.adds_up
    assert lost.adds_up is False

"""Shapes: the fictional archive as people hold such things, made anew from its pages.

`SHAPES` names each way by its family and its name; a way is a function that writes the archive
into an empty folder. `tests/test_shapes.py` opens each: it gives the cables of the original, or a
sentence that says what to do. To add a family (CSV, JSON, SQL ...), write a dict of ways and name
it in `SHAPES`.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

Files = dict[str, bytes]
"""The original's files by their paths."""
Way = Callable[[Files, Path], None]
"""Writes the archive into a folder."""


def tar(files: Files, mode: str = "w:", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of the files, in folders as `tar cf` makes it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        folder = tarfile.TarInfo("./")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in files.items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def seven_zip(files: Files) -> bytes:
    """A 7z of the files."""
    import py7zr  # an optional extra

    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return made.getvalue()


def _as(name: str, pack: Callable[[Files], bytes]) -> Way:
    """All in one file."""

    def way(files: Files, folder: Path) -> None:
        (folder / name).write_bytes(pack(files))

    return way


def _each(ending: str, pack: Callable[[bytes], bytes]) -> Way:
    """Each file for itself."""

    def way(files: Files, folder: Path) -> None:
        for name, data in files.items():
            path = folder / f"{name}{ending}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pack(data))

    return way


def _halves(files: Files) -> tuple[Files, Files]:
    names = list(files)
    half = len(names) // 2
    return {name: files[name] for name in names[:half]}, {
        name: files[name] for name in names[half:]
    }


def _two(pack: Callable[[Files], bytes]) -> Callable[[Files], bytes]:
    """Two archives, one behind the other in one file."""
    return lambda files: b"".join(map(pack, _halves(files)))


PACKED: dict[str, Way] = {
    "tar": _as("cables.tar", tar),
    "tar of GNU": _as("cables.tar", lambda files: tar(files, form=tarfile.GNU_FORMAT)),
    "tar.gz": _as("cables.tar.gz", lambda files: tar(files, "w:gz")),
    "tgz": _as("cables.tgz", lambda files: tar(files, "w:gz")),
    "tar.bz2": _as("cables.tar.bz2", lambda files: tar(files, "w:bz2")),
    "tar.xz": _as("cables.tar.xz", lambda files: tar(files, "w:xz")),
    "each page as gz": _each(".gz", gzip.compress),
    "each page as bz2": _each(".bz2", bz2.compress),
    "each page as xz": _each(".xz", lzma.compress),
    "zip, deflated": _as("cables.zip", zipped),
    "zip, stored": _as("cables.zip", lambda files: zipped(files, zipfile.ZIP_STORED)),
    "zip, bzip2": _as("cables.zip", lambda files: zipped(files, zipfile.ZIP_BZIP2)),
    "zip, LZMA": _as("cables.zip", lambda files: zipped(files, zipfile.ZIP_LZMA)),
    "zip in a zip": _as("all.zip", lambda files: zipped({"cables.zip": zipped(files)})),
    "tar.gz in a zip": _as("all.zip", lambda files: zipped({"cables.tar.gz": tar(files, "w:gz")})),
    "7z": _as("cables.7z", seven_zip),
    "tar that is named like a page": _as("cables.html", tar),
    "tar.gz without an ending": _as("cables", lambda files: tar(files, "w:gz")),
    "zip that is named like a text": _as("cables.txt", zipped),
    "gz without its ending": _each("", gzip.compress),
    "two tars in one file": _as("cables.tar", _two(tar)),
    "two tar.gz in one file": _as("cables.tar.gz", _two(lambda files: tar(files, "w:gz"))),
    "two zips in one file": _as("cables.zip", _two(zipped)),
    "zip three deep": _as(
        "a.zip", lambda files: zipped({"b.zip": zipped({"c.zip": zipped(files)})})
    ),
    "rar": _as("cables.rar", lambda files: b"Rar!\x1a\x07\x01\0" + zipped(files)),
    "zst": _as("cables.tar.zst", lambda files: b"\x28\xb5\x2f\xfd" + tar(files)),
}
"""What people download, and what becomes of it."""

SHAPES: dict[str, dict[str, Way]] = {"packed": PACKED}
"""Every family of ways."""

"""What a revision answered to `benchmarks.differs`, kept for the next comparison with it.

A folder of the system's for caches has a folder for each revision and what else an answer depends
on: the questions, the libraries, the day. It may hold texts of cables: only its owner reads it.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from platformdirs import user_cache_path

Answers = dict[tuple[str, str], str]
"""What was answered, by kind and question."""
FOLDER = user_cache_path("cable-tui-differs")
MOST = 4
"""Revisions whose answers are kept."""


@contextmanager
def alone() -> Iterator[Path]:
    """An empty folder whose path is the same each time; wait for a comparison that has it."""
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = FOLDER / "work"
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting for another comparison", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def of_revision(root: Path, revision: str) -> Path:
    """The folder with what a revision answered; those of older comparisons are removed."""
    named = subprocess.run(
        ["git", "-C", str(root), "rev-parse", f"{revision}:cable_tui"],
        capture_output=True,
        check=True,
    )
    libraries = sorted(f"{each.name} {each.version}" for each in metadata.distributions())
    digest = hashlib.sha256(named.stdout)
    digest.update("\n".join([sys.version, time.strftime("%Y-%m-%d"), *libraries]).encode())
    for file in sorted((root / "benchmarks").glob("*.py")):
        digest.update(file.read_bytes())
    folder = FOLDER / digest.hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    os.utime(folder)
    others = [each for each in FOLDER.iterdir() if each.is_dir() and each.name != "work"]
    for each in sorted(others, key=lambda other: -other.stat().st_mtime)[MOST:]:
        shutil.rmtree(each)
    return folder


def fingerprint(place: Path) -> str:
    """A number for the names and bytes of all files of an archive."""
    digest = hashlib.sha256(str(place).encode())
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    for file in files:
        if file.is_file():
            digest.update(f"{file} {file.stat().st_size}".encode())
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:16]


def recalled(kept: Path | None, name: str, make: Callable[[], Answers]) -> Answers:
    """Answers of this name, made if they are not kept; None keeps none."""
    file = kept / f"{name}.json.gz" if kept else None
    if file and file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            return {(kind, asked): answer for kind, asked, answer in json.load(opened)}
    found = make()
    if kept:
        keep(kept, name, found)
    return found


def keep(kept: Path, name: str, found: Answers) -> None:
    """Keep answers under a name."""
    beside = kept / f"{name}.new"
    with gzip.open(beside, "wt", encoding="utf-8", compresslevel=1) as opened:
        json.dump([[*asked, answer] for asked, answer in found.items()], opened)
    beside.replace(kept / f"{name}.json.gz")


def drop(kept: Path, name: str) -> None:
    """Keep the answers of this name no longer."""
    (kept / f"{name}.json.gz").unlink(missing_ok=True)

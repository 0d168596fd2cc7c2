"""The walk over the user's files, opening files, and the errors for a PATH without an archive.

Only regular files are read. Links are not followed, the program does not wait for FIFOs, and hidden
folders such as `.git` are not entered; all of these are counted. The names of files are bytes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from cable_tui.base.digests import blake2b
from cable_tui.base.errors import ArchiveError, NoCableError
from cable_tui.base.value import Value
from cable_tui.operating_system import files
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted, counted_kind

if TYPE_CHECKING:
    from cable_tui.query.reader_terms import ReaderData

LINK, LINK_TO_FOLDER, SPECIAL = "link", "linked folder", "special file"
"""The types of files that are never opened. A special file is a FIFO, a socket or a device."""
HIDDEN, IN_HIDDEN = "hidden folder", "hidden packed file"
"""The types of folders that are not entered, and of files below such a folder in an archive."""

_POSITIVE = (1 << 63) - 1
"""The largest integer that SQLite can store."""


class FoundFile(Value):
    """One file below the archive's folder, or a folder that cannot be read."""

    path: bytes
    """The path below the folder, with `/`; empty if the archive consists of this file."""
    size: int
    mtime_ns: int
    """The value of `time_of`."""
    unreadable: str = ""
    """The reason why a folder could not be read; empty for a file."""
    never_opened: str = ""
    """The type of a file that is not read, such as `LINK`; empty for a regular file."""


def time_of(info: os.stat_result) -> int:
    """Return the time of a file's last change, as a number that differs if the time does.

    The number fits into SQLite and is not negative, because the catalogue uses -1 for a file that
    was not read. Until 2262 it is the nanoseconds since 1970; times before and after that are
    shifted.
    """
    return info.st_mtime_ns & _POSITIVE


def walk(root: Path) -> Iterator[FoundFile]:
    """Yield every file at or below `root`, a real path; sorted, files before folders.

    A folder that cannot be read is one `FoundFile` with the reason.
    """
    if not root.is_dir():
        file_status = os.lstat(root)
        if stat.S_ISREG(file_status.st_mode):
            yield FoundFile(b"", file_status.st_size, time_of(file_status))
        return
    top_folder = os.fsencode(root)
    waiting_folders = [b""]
    while waiting_folders:
        folder_below = waiting_folders.pop()
        try:
            files_here, subfolders = _listed(_joined(top_folder, folder_below), folder_below)
        except OSError as error:
            yield FoundFile(folder_below, 0, 0, error.strerror or str(error))
            continue
        yield from files_here
        waiting_folders.extend(reversed(subfolders))


def _listed(folder: bytes, below: bytes) -> tuple[list[FoundFile], list[bytes]]:
    files_here: list[FoundFile] = []
    subfolders: list[bytes] = []
    with os.scandir(files.on_disk(folder)) as entries:
        for entry in entries:
            path = below + b"/" + entry.name if below else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and not files.is_junction(entry):
                if entry.name.startswith(b"."):  # its size and time say nothing about cables
                    files_here.append(FoundFile(path, 0, 0, never_opened=HIDDEN))
                else:
                    subfolders.append(path)
                continue
            try:
                entry_status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # removed meanwhile
                continue
            is_regular = entry.is_file(follow_symlinks=False)
            is_link = is_folder or entry.is_symlink()
            never_opened_kind = "" if is_regular else _kind_of_link(entry) if is_link else SPECIAL
            files_here.append(
                FoundFile(
                    path,
                    entry_status.st_size,
                    time_of(entry_status),
                    never_opened=never_opened_kind,
                )
            )
    return sorted(files_here, key=lambda file: file.path), sorted(subfolders)


def _kind_of_link(entry: os.DirEntry[bytes]) -> str:
    try:
        return LINK_TO_FOLDER if entry.is_dir() else LINK
    except OSError:  # it leads to itself
        return LINK


class FilesFingerprint:
    """A number for all files in a walk, their sizes and times; any change alters it.

    Computing it requires examining every file, but no access to the catalogue.
    """

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=16)

    def of(self, files: Iterable[FoundFile]) -> Iterator[FoundFile]:
        """Yield the same files; each is counted after it has been taken."""
        for listed_file in files:
            path_facts = f" {listed_file.size} {listed_file.mtime_ns} {listed_file.unreadable}\n"
            self._hash.update(listed_file.path + path_facts.encode("utf-8", "surrogateescape"))
            yield listed_file

    def text(self) -> str:
        """Return the number of the files seen so far, as hexadecimal digits."""
        return self._hash.hexdigest()


def fingerprint(root: Path) -> str:
    """Return the fingerprint of all files at or below `root`, a real path."""
    files_fingerprint = FilesFingerprint()
    for _ in files_fingerprint.of(walk(root)):
        pass
    return files_fingerprint.text()


def full_path(root: Path, path: bytes) -> bytes:
    """Return the path of an archive's file on this machine."""
    return _joined(os.fsencode(root), path)


def _joined(top_folder: bytes, path_below: bytes) -> bytes:
    return os.path.join(top_folder, path_below) if path_below else top_folder  # noqa: PTH118 - names are bytes


def shown_path(root: Path, path: bytes) -> str:
    """Return the path in the form of `Location.path` and `Problem.path`."""
    return os.fsdecode(path) if path else root.name


def open_regular(path: bytes) -> BinaryIO:
    """Return the file at `path`, opened at its start.

    Raises `OSError`, including if it is not a regular file.
    """
    descriptor = files.open_regular(path)
    try:
        # Opened by its path, so that the stream's `name` says it: a database is read by its path.
        return open(path, "rb", opener=lambda *_: descriptor)
    except BaseException:
        os.close(descriptor)
        raise


def never() -> bool:
    """Return False; this is the default for `cancelled` and `stop`."""
    return False


Item = TypeVar("Item")


class Watch(Protocol):
    """Passes on slow items one by one, so that a waiting reader sees how many remain."""

    def __call__(self, items: Iterable[Item], total: int, /) -> Iterable[Item]:
        """Return the same items; `total` is their number."""


def unwatched(items: Iterable[Item], _total: int, /) -> Iterable[Item]:
    """Return the same items; this is the default for `Archive.watch`, if no one is waiting."""
    return items


def no_reader_data() -> ReaderData:
    """Return no bookmarks, lists or notes; this is the default for `Archive.own`."""
    from cable_tui.query.reader_terms import NOTHING

    return NOTHING


LOOKED_FOR = (
    "cable pages (.html, .mhtml), texts (.txt, .md) and PDFs of cables, volumes (.xml), "
    "dumps and tables (.csv, .tsv, .json, .sql, .sqlite, .parquet), "
    "also in a zip, tar or 7z, or packed as .gz, .bz2 or .xz"
)
_NEXT_STEPS = (
    ("archive (", "Unpack it first, for example with 7z x, and open the resulting folder"),
    ("encrypted", "Decrypt it first, for example with gpg -d, then unpack it"),
    (
        "link",
        "Links are not followed: open the folder they point to, or copy it with cp -rL",
    ),
    ("hidden folder", "Hidden folders are skipped: open this one by its own path"),
    ("torrent", "It only names files: download them with a torrent program first"),
)
_KINDS_SHOWN = 6


def checked(path: Path) -> Path:
    """Return the real path of an archive that exists and can be read. Raises `ArchiveError`."""
    shown_path = clean_line(str(path))
    try:
        root = path.expanduser().resolve(strict=True)
        if root.is_dir():
            with os.scandir(root) as entries:
                is_empty = next(entries, None) is None
        elif root.is_file():
            with root.open("rb") as file:
                is_empty = not file.read(1)
        else:  # opening a FIFO waits for who writes into it
            raise ArchiveError(f"{shown_path}: it is neither a folder nor a regular file")
    except (FileNotFoundError, NotADirectoryError):
        raise ArchiveError(f"{shown_path}: no such folder{_did_you_mean(path)}") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArchiveError(f"{shown_path}: cannot be read: {reason}") from error
    if is_empty:
        raise ArchiveError(
            f"{shown_path}: this {'folder' if root.is_dir() else 'file'} is empty; "
            f"cable-tui looks for {LOOKED_FOR}"
        )
    return root


def _did_you_mean(path: Path) -> str:
    """Return a hint with the name on disk that is nearest to the first missing part."""
    import difflib  # only for a path that is wrong

    is_path = len(path.parts) > 1
    path = path.expanduser().absolute()
    for missing_path in (path, *path.parents):
        if missing_path.parent.is_dir():
            break
    try:
        sibling_names = [entry.name for entry in os.scandir(missing_path.parent)]
    except OSError:
        return ""
    name_by_folded = {sibling_name.casefold(): sibling_name for sibling_name in sibling_names}
    near_names = difflib.get_close_matches(
        missing_path.name.casefold(), name_by_folded, n=1, cutoff=0.6
    )
    if not near_names:
        return "" if is_path else "; the first argument is the archive, a folder of cables"
    # The rest of the path may exist below the right name.
    better_path = missing_path.parent / name_by_folded[near_names[0]]
    whole_path = better_path / path.relative_to(missing_path)
    return f". Did you mean {clean_line(str(whole_path if whole_path.exists() else better_path))}?"


def no_cable(
    path: Path, skipped: Mapping[str, int], problems: int, first: str = "", left: int = 0
) -> NoCableError:
    """Return the error for a `path` with files below it none of which is a cable.

    `first` is a problem, or the reason why a file that looks like a cable was skipped. `left` is
    the number of FRUS documents that were not read.
    """
    skipped_count = sum(skipped.values())
    sentences = [f"{clean_line(str(path))}: contains no cables. cable-tui looks for {LOOKED_FOR}"]
    if skipped_count:
        kind_counts = sorted(skipped.items(), key=lambda pair: (-pair[1], pair[0]))
        kinds_seen = ", ".join(
            counted_kind(file_count, file_kind)
            for file_kind, file_count in kind_counts[:_KINDS_SHOWN]
        )
        and_more = ", ..." if len(kind_counts) > _KINDS_SHOWN else ""
        sentences.append(f"it saw {counted(skipped_count, 'file')}: {kinds_seen}{and_more}")
    if first and not problems:
        sentences.append(clean_line(first))
    if problems:
        problems_text = f"{problems:,} more" if skipped_count else counted(problems, "file")
        example_text = f" ({clean_line(first)})" if first else ""
        sentences.append(f"{problems_text} could not be read{example_text}: see cable-tui problems")
    if left:
        sentences.append(f"{counted(left, 'FRUS document')}, but no telegrams")
    next_steps = [
        next_step
        for kind_part, next_step in _NEXT_STEPS
        if any(kind_part in file_kind for file_kind in skipped)
    ]
    if left:
        next_steps.append("frus_all = true in the settings reads every document of a volume")
    return NoCableError(". ".join(["; ".join(sentences), *next_steps]))

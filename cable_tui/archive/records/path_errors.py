"""The errors for a PATH without an archive: what was looked for, what was found, what next."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cable_tui.errors import ArchiveError
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

LOOKED_FOR = (
    "cable pages (.html, .mhtml), texts (.txt) and PDFs of cables, volumes (.xml), "
    "dumps and tables (.csv, .tsv, .json, .sql, .sqlite), "
    "also in a zip, tar or 7z, or packed as .gz, .bz2 or .xz"
)
_NEXT_STEPS = (
    ("archive (", "Unpack it first, for example with 7z x, and open the folder it makes"),
    ("encrypted", "Decrypt it first, for example with gpg -d, then unpack it"),
    ("link", "Links are not followed: open the folder to which they lead, or copy with cp -rL"),
    ("torrent", "It only names files: load them with a torrent program first"),
)
_KINDS_SHOWN = 6


def checked(path: Path) -> Path:
    """The real path of an archive that exists and can be read. Raises `ArchiveError`."""
    shown = clean_line(str(path))
    try:
        root = path.expanduser().resolve(strict=True)
        if root.is_dir():
            with os.scandir(root) as entries:
                empty = next(entries, None) is None
        elif root.is_file():
            with root.open("rb") as file:
                empty = not file.read(1)
        else:  # opening a FIFO waits for who writes into it
            raise ArchiveError(f"{shown}: is no folder and no regular file")
    except (FileNotFoundError, NotADirectoryError):
        raise ArchiveError(f"{shown}: no such folder{_did_you_mean(path)}") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArchiveError(f"{shown}: cannot be read: {reason}") from error
    if empty:
        raise ArchiveError(
            f"{shown}: this {'folder' if root.is_dir() else 'file'} is empty; "
            f"cable-tui looks for {LOOKED_FOR}"
        )
    return root


def _did_you_mean(path: Path) -> str:
    """A hint with the name on the disk that is nearest to the first missing part."""
    import difflib  # only for a path that is wrong

    path = path.expanduser().absolute()
    for missing in (path, *path.parents):
        if missing.parent.is_dir():
            break
    try:
        names = [entry.name for entry in os.scandir(missing.parent)]
    except OSError:
        return ""
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(missing.name.casefold(), by_folded, n=1, cutoff=0.6)
    if not near:
        return ""
    # The rest of the path may exist below the right name.
    better = missing.parent / by_folded[near[0]]
    whole = better / path.relative_to(missing)
    return f". Did you mean {clean_line(str(whole if whole.exists() else better))}?"


def no_cable(
    path: Path, skipped: Mapping[str, int], problems: int, first: str = "", left: int = 0
) -> ArchiveError:
    """The error where there are files below `path` and none is a cable; `first` is a problem.

    `left`: documents of FRUS that were left alone.
    """
    files = sum(skipped.values())
    said = [f"{clean_line(str(path))}: no cable here. cable-tui looks for {LOOKED_FOR}"]
    if files:
        kinds = sorted(skipped.items(), key=lambda pair: (-pair[1], pair[0]))
        seen = ", ".join(f"{count:,} {kind}" for kind, count in kinds[:_KINDS_SHOWN])
        more = ", ..." if len(kinds) > _KINDS_SHOWN else ""
        said.append(f"it saw {counted(files, 'file')}: {seen}{more}")
    if problems:
        count = f"{problems:,} more" if files else counted(problems, "file")
        example = f" ({clean_line(first)})" if first else ""
        said.append(f"{count} could not be read{example}: see cable-tui problems")
    if left:
        said.append(f"{counted(left, 'document')} of FRUS, no telegram")
    steps = [step for sign, step in _NEXT_STEPS if any(sign in kind for kind in skipped)]
    if left:
        steps.append("frus_all = true in the settings reads every document of a volume")
    return ArchiveError(". ".join(["; ".join(said), *steps]))

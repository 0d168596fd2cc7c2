"""A file in an archive: its location, its declared size, and why it may not be read."""

from __future__ import annotations

import errno
from typing import NamedTuple

from cable_tui.base.pattern import pattern

_ROOT = pattern(r"(?:[A-Za-z]:)?[\\/]+")


class Stream(NamedTuple):
    """One stream of packed bytes in a 7z, of one file or many."""

    start: int
    packed: int
    size: int
    coders: tuple[tuple[bytes, bytes], ...]
    """The coders that unpack it, in order: each its number and its properties."""


class Member(NamedTuple):
    """One file in an archive."""

    name: str
    """The path below the archive, `/` between names."""
    start: int
    """Offset of its bytes in a tar and a 7z; in a zip, of its local head."""
    size: int
    """Bytes, unpacked, by the archive's own statement."""
    packed: int = -1
    """Bytes in the archive; -1 if they are shared."""
    crc: int | None = None
    method: int = 0
    """The method of packing in a zip."""
    stream: Stream | None = None
    """Stream of a 7z that it is a part of; None for an empty file."""
    regions: tuple[tuple[int, int], ...] | None = None
    """Offset and length of each stored part of a tar's file with holes, in order."""
    refused: str = ""
    """Reason why it is not read; empty if it is."""


class Trouble(NamedTuple):
    """A fault of an archive."""

    reason: str
    """Reason as a sentence."""
    files: int = 0
    """Number of its files that are left out because of that."""
    alters: bool = False
    """Whether bytes of its files may not be those that were packed."""


def is_inside(name: str) -> bool:
    """Return whether a member's name stays inside of its archive, as a path."""
    name_parts = name.replace("\\", "/").split("/")
    return bool(name_parts[0]) and ".." not in name_parts and "\0" not in name and name[1:2] != ":"


def tidy(name: str) -> str:
    r"""Return a name without empty parts, such as the `./` of many tars, and without its root.

    Names are absolute in archives of `tar -P`, and in some of Windows: `/srv/a`, `C:\srv\a`.
    """
    if root := _ROOT.match(name):
        name = name[root.end() :]
    if "//" not in name and "./" not in name:
        return name
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def not_followed(links: list[str]) -> Trouble:
    """Return the trouble with links, devices and other special files, by their names."""
    first_link = f"the first is {links[0]!r}"
    return Trouble(f"links or devices in it are not followed: {first_link}", len(links))


def unreadable(reason: str) -> OSError:
    """Return the error of an archive, or of a file in it, that cannot be read."""
    return OSError(errno.EIO, reason)

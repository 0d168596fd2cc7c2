"""A file in an archive: its location, its declared size, and why it may not be read."""

from __future__ import annotations

import errno

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern

_ROOT = pattern(r"(?:[A-Za-z]:)?[\\/]+")


class Stream(NamedTuple):
    """One compressed stream in a 7z, containing one file or many."""

    start: int
    packed: int
    size: int
    coders: tuple[tuple[bytes, bytes], ...]
    """The coders that decompress the stream, in order, each with its number and properties."""


class Member(NamedTuple):
    """One file in an archive."""

    name: str
    """The path below the archive, with `/` between names."""
    start: int
    """The offset of its bytes in a tar, or in the decompressed stream of a 7z; in a zip, the offset
    of its local header.
    """
    size: int
    """The decompressed size in bytes, as stated by the archive."""
    packed: int = -1
    """The compressed size in bytes, or -1 if it is shared with other files."""
    crc: int | None = None
    method: int = 0
    """The number of the compression method in a zip."""
    stream: Stream | None = None
    """The 7z stream that contains the file, or None for an empty file."""
    regions: tuple[tuple[int, int], ...] | None = None
    """The offset and length of each stored region of a sparse file in a tar, in order."""
    refused: str = ""
    """The reason why the file is not read; empty if it is read."""


class Trouble(NamedTuple):
    """A problem with an archive."""

    reason: str
    """The reason as a sentence."""
    files: int = 0
    """The number of files left out because of the problem."""
    alters: bool = False
    """Whether bytes of the archive's files may differ from the original ones."""


def is_inside(name: str) -> bool:
    """Return whether a member's name stays inside its archive when used as a path."""
    name_parts = name.replace("\\", "/").split("/")
    return bool(name_parts[0]) and ".." not in name_parts and "\0" not in name and name[1:2] != ":"


def tidy(path: str) -> str:
    r"""Return a name without its root and without empty parts, such as the `./` of many tars.

    Names are absolute in archives of `tar -P`, and in some from Windows: `/srv/a`, `C:\srv\a`.
    """
    if root_match := _ROOT.match(path):
        path = path[root_match.end() :]
    if "//" not in path and "./" not in path:
        return path
    return "/".join(path_part for path_part in path.split("/") if path_part not in ("", "."))


def not_followed(links: list[str]) -> Trouble:
    """Return the problem with links, devices and other special files, given their names."""
    first_link_phrase = f"the first is {links[0]!r}"
    return Trouble(f"links and devices in it are not followed: {first_link_phrase}", len(links))


def unreadable(reason: str) -> OSError:
    """Return the error for an archive, or a file in an archive, that cannot be read."""
    return OSError(errno.EIO, reason)

"""Files without cables: the site's own browse pages, and files of other kinds."""

from __future__ import annotations

from pathlib import PurePosixPath

from cable_tui.formats.base import Skip
from cable_tui.pattern import pattern

_BROWSE = pattern(rb"<h3>Browse (?:by |latest )")
_BY_ENDING = {
    **{each: Skip(f"encrypted ({each})") for each in (".gpg", ".pgp", ".asc", ".aes")},
    **{
        each: Skip(f"archive ({each})")
        for each in (
            *(".7z", ".zip", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".rar", ".zst", ".lzma"),
            *(".lz", ".lz4", ".z", ".cab", ".arj", ".lha", ".lzh", ".ace", ".sit"),
        )
    },
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".ico", ".svg", ".tif", ".tiff", ".webp"), Skip("image")
    ),
    **dict.fromkeys((".css", ".js"), Skip("part of a web page", silent=True)),
    ".torrent": Skip("torrent"),
}
_SIGNATURES = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"PAR1", "Parquet table, which is read once it is exported as CSV or JSON Lines"),
)

_OURS = (b"cable-tui sealed dossier", b'"format": "cable-tui marks"')
_OURS_WITHIN = 200
"""The first bytes of a file of ours, which identify it."""


def ours(head: bytes) -> Skip | None:
    """The kind of a file that this program wrote: a page may have cables in its text."""
    start = head[:_OURS_WITHIN]
    return Skip("part of a sealed dossier, or bookmarks") if any(map(start.count, _OURS)) else None


def kind_of(path: str, head: bytes) -> Skip:
    """The kind of a file without cables, by which it is counted."""
    if not head:
        return Skip("empty file")
    if _BROWSE.search(head):
        return Skip("browse page", silent=True)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return Skip(kind)
    ending = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    return _BY_ENDING.get(ending) or Skip(f"other {ending}" if ending else "other file")

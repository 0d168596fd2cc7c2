"""What lies beside cables in a folder: the site's own browse pages, and files of other kinds."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from cable_tui.formats.base import Skip

_BROWSE = re.compile(rb"<h3>Browse (?:by |latest )")
_ENCRYPTED = frozenset({".gpg", ".pgp", ".asc", ".aes"})
_ARCHIVES = frozenset({".7z", ".zip", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".rar", ".zst"})
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".ico", ".svg", ".tif", ".tiff", ".webp"})
_SITE = frozenset({".css", ".js"})
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"7z\xbc\xaf\x27\x1c", "archive (.7z)"),
    (b"PK\x03\x04", "archive (.zip)"),
    (b"\x1f\x8b", "archive (.gz)"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)


def kind_of(path: str, head: bytes) -> Skip:
    """As what a file that is no archive of cables is counted."""
    if not head:
        return Skip("empty file")
    if _BROWSE.search(head):
        return Skip("browse page", silent=True)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return Skip(kind)
    return _by_ending(PurePosixPath(path.replace("\\", "/")).suffix.lower())


def _by_ending(ending: str) -> Skip:
    if ending in _ENCRYPTED:
        return Skip(f"encrypted ({ending})")
    if ending in _ARCHIVES:
        return Skip(f"archive ({ending})")
    if ending == ".torrent":
        return Skip("torrent")
    if ending == ".pdf":
        return Skip("pdf")
    if ending in _IMAGES:
        return Skip("image")
    if ending in _SITE:
        return Skip("part of a web page", silent=True)
    return Skip(f"other {ending}" if ending else "other file")

"""Files without cables: the site's own browse pages, and files of other kinds."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from cable_tui.base.pattern import pattern
from cable_tui.formats.base import Skip
from cable_tui.formats.named_text import ENOUGH, labels_in
from cable_tui.glossary import posts
from cable_tui.telegram import ids

_BROWSE = pattern(rb"<h3>Browse (?:by |latest )")
_BEFORE_TAG = b"\xef\xbb\xbf \t\r\n"
_MAIL = Skip("e-mail, whose texts and attachments are read once they are saved as files")
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
    **dict.fromkeys(
        (".xlsx", ".xlsm", ".xls", ".ods"),
        Skip("workbook, which is read once its sheet is saved as CSV"),
    ),
    **dict.fromkeys((".eml", ".msg", ".mbox", ".mbx", ".pst"), _MAIL),
}
_TABLES = frozenset((".csv", ".tsv", ".json", ".jsonl"))
_ZIPPED = frozenset((".xlsx", ".xlsm", ".ods", ".docx", ".odt", ".pptx", ".odp", ".epub", ".jar"))
_SIGNATURES = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"PAR1", "Parquet table, which is read once it is exported as CSV or JSON Lines"),
)

_OURS = (
    b"cable-tui verifiable dossier",
    b"cable-tui sealed dossier",
    b'"format": "cable-tui marks"',
)
_OURS_WITHIN = 200
"""The first bytes of a file of ours, which identify it."""

_LOOKED_AT = 1 << 15
_TAGS = pattern(rb"<[^<>]{0,400}>")
_OWN_ID = pattern(
    rb"^[ \t\"'>*#]{0,8}(?:[A-Za-z_ ]{1,30}[:|\t][ \t\"']{0,4})?"
    rb"(?P<id>(?:19|20)?[0-9]{2}[A-Z]{3,40}[0-9]{1,7})[ \t\"',|]{0,8}\r?$",
    re.MULTILINE,
)
"""A line that is an ID, after a name or not."""
_DAY = pattern(
    rb"\b[0-9]{6}Z [A-Z]{3} [0-9]{2}\b|\b(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\b"
    rb"|\b[0-3]?[0-9] [A-Z][A-Za-z]{2,8},? (?:19|20)[0-9]{2}\b"
    rb"|\b[A-Z][a-z]{2,8} [0-3]?[0-9], (?:19|20)[0-9]{2}\b"
    rb"|\b[0-3]?[0-9][/.][0-3]?[0-9][/.](?:19|20)?[0-9]{2}\b"
)

_PROGRAM = pattern(
    r"\.(?:pyc?|ipynb|rb|pl|pm|r|sh|bat|ps1|java|kt|scala|go|rs|c|h|cpp|cs|ts|tsx|jsx|lua|jl)$",
    re.IGNORECASE,
)
_ABOUT = pattern(
    r"(?:^|[/\\])(?:readme|licen[cs]e|copying|changelog|contributing)(?:[._-]\w{1,12}){0,2}$",
    re.IGNORECASE,
)


def quoting(path: str) -> Skip | None:
    """Return what a file is, by its name, whose cables would be samples: a program, a README."""
    if _PROGRAM.search(path):
        return Skip("program")
    return Skip("README or licence") if _ABOUT.search(path) else None


def ours(head: bytes) -> Skip | None:
    """Return the kind of a file that this program wrote: a page may have cables in its text."""
    start = head[:_OURS_WITHIN]
    return (
        Skip("part of a verifiable dossier, or bookmarks") if any(map(start.count, _OURS)) else None
    )


def packed(path: str, kind: str) -> Skip:
    """Return the kind of a packed file.

    An archive, or by its name a document that is a zip inside.
    """
    ending = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    if ending in _ZIPPED:
        return _BY_ENDING.get(ending) or Skip(f"other {ending}")
    return Skip(f"archive (.{kind})")


def kind_of(path: str, head: bytes) -> Skip:
    """Return the kind of a file without cables, by which it is counted."""
    if not head:
        return Skip("empty file")
    if _BROWSE.search(head) and head.lstrip(_BEFORE_TAG)[:1] == b"<":
        return Skip("browse page", silent=True)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return Skip(kind)
    ending = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    kind = f"other {ending}" if ending else "other file"
    found = _BY_ENDING.get(ending)
    return found or Skip(kind, why=_looks_like_cable(head[:_LOOKED_AT], ending in _TABLES))


def _looks_like_cable(head: bytes, table: bool) -> str:
    """Return why a text was skipped that has the labels of a telegram, or an ID and a day.

    Else empty. A table, by its name, is advised to have its columns named.
    """
    if b"\0" in head:
        return ""
    text = _TAGS.sub(b"\n", head)
    labelled = labels_in(text) >= ENOUGH
    found, day = _OWN_ID.search(text), _DAY.search(text)
    reference_id = found["id"].decode() if found else ""
    parts = ids.split(ids.canonical_id(reference_id))
    if not labelled and not (day and parts and posts.station(parts.station)):
        return ""
    words = "it has the labels of a telegram" if labelled else f"it names {reference_id} and a day"
    own = reference_id or "its ID, such as 09RABAT27"
    way = (
        "name its columns in config.toml, under [[tables]]"
        if table
        else f"save its text as {own}.txt"
    )
    return f"{words}, in no form that is known here: to read it, {way}"

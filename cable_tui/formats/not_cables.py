"""Recognizes files without cables: the site's own browse pages, and other kinds of files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from shlex import quote

from cable_tui.base.pattern import pattern
from cable_tui.formats.base import Skip
from cable_tui.formats.named_text import ENOUGH, labels_in
from cable_tui.glossary import posts
from cable_tui.telegram import ids
from cable_tui.text import clean_line

_BROWSE = pattern(rb"<h3>Browse (?:by |latest )")
_BEFORE_TAG = b"\xef\xbb\xbf \t\r\n"
_MAIL = Skip("e-mail (save texts and attachments as files first)")
_PICKLE = Skip(
    "pickle (never opened, because a pickle can run any program; export as CSV or JSON Lines first)"
)
_ARC = (
    "web archive in the older ARC format (convert first: warcio recompress OLD.arc.gz NEW.warc.gz)"
)
_BY_ENDING = {
    **{ending: Skip(f"encrypted ({ending})") for ending in (".gpg", ".pgp", ".asc", ".aes")},
    **{
        ending: Skip(f"archive ({ending})")
        for ending in (
            *(".7z", ".zip", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".rar", ".zst", ".lzma"),
            *(".lz", ".lz4", ".z", ".cab", ".arj", ".lha", ".lzh", ".ace", ".sit"),
        )
    },
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".ico", ".svg", ".tif", ".tiff", ".webp"), Skip("image")
    ),
    **dict.fromkeys((".css", ".js"), Skip("part of a web page", silent=True)),
    ".torrent": Skip("torrent"),
    ".har": Skip("browser recording, or HAR (save the pages as HTML first)"),
    **dict.fromkeys((".cdx", ".cdxj", ".idx"), Skip("index of a web archive", silent=True)),
    **dict.fromkeys(
        (".xlsx", ".xlsm", ".xls", ".ods"),
        Skip("workbook (save each sheet as CSV first)"),
    ),
    **dict.fromkeys((".eml", ".msg", ".mbox", ".mbx", ".pst"), _MAIL),
    **dict.fromkeys(
        (".doc", ".dot", ".rtf", ".pages", ".wpd", ".wps", ".fodt", ".sxw", ".docx", ".odt"),
        Skip("document (save as .docx or .odt first)"),
    ),
    **dict.fromkeys(
        (".epub", ".mobi", ".azw", ".azw3", ".fb2"),
        Skip("e-book (convert first: ebook-convert BOOK.epub BOOK.docx)"),
    ),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), Skip("slides (save as a PDF first)")),
    **dict.fromkeys((".pickle", ".pkl", ".joblib", ".pck"), _PICKLE),
    **dict.fromkeys(
        (".feather", ".arrow", ".orc", ".h5", ".hdf5", ".dta", ".sav", ".rds", ".rdata", ".mdb"),
        Skip("table of another program (export as CSV first)"),
    ),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".mp4", ".avi", ".mov", ".mkv"), Skip("recording")),
    **dict.fromkeys((".ttf", ".otf", ".woff", ".woff2"), Skip("font")),
}
_TEXTS = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "web page without a cable"),
    **dict.fromkeys((".txt", ".text", ".md", ".qmd"), "text without the features of a telegram"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "table without cables"),
    **dict.fromkeys(
        (".json", ".jsonl", ".ndjson", ".jl", ".jsonlines"), "JSON file without cables"
    ),
    ".xml": "XML file without cables",
}
"""Descriptions of text files, which may look like a cable, by extension."""
_TABLES = frozenset((".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".jl", ".jsonlines"))
_ZIPPED = frozenset((".xlsx", ".xlsm", ".ods", ".docx", ".odt", ".pptx", ".odp", ".epub", ".jar"))
_SIGNATURES = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    *((b"\x80" + version + b"\x95", _PICKLE.kind) for version in (b"\x04", b"\x05")),
    (b"filedesc://", _ARC),
)

_OURS = (
    b"cable-tui verifiable dossier",
    b"cable-tui sealed dossier",
    b'"format": "cable-tui marks"',
)
_OURS_WITHIN = 200
"""The number of bytes that suffice to identify a file written by this program."""

_LOOKED_AT = 1 << 15
_TAGS = pattern(rb"<[^<>]{0,400}>")
_OWN_ID = pattern(
    rb"^[ \t\"'>*#]{0,8}(?:[A-Za-z_ ]{1,30}[:|\t][ \t\"']{0,4})?"
    rb"(?P<id>(?:19|20)?[0-9]{2}[A-Z]{3,40}[0-9]{1,7})[ \t\"',|]{0,8}\r?$",
    re.MULTILINE,
)
"""A line that contains only an ID, with or without a name before it."""
_TAGS_LINE = pattern(rb"^[ \t>*]{0,8}TAGS\b", re.MULTILINE)
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
_PART = pattern(
    r"(?P<whole>[^/\\]{1,200}\.(?:7z|zip|tar|tgz|gz|bz2|xz|rar))\.(?:[0-9]{2,3}|(?:part)?[a-z]{2})$"
    r"|[^/\\]{1,200}(?:\.[zr][0-9]{2}|\.part[0-9]{1,4}\.rar)$",
    re.IGNORECASE,
)
"""A part of a split archive, as named by 7-Zip, `split`, Info-ZIP and RAR."""
_PAGES_OF_WACZ = pattern(rb'\{\s{0,9}"format":\s{0,9}"json-pages-')
_ZOTERO = pattern(r"(?:^|[/\\])\.zotero-[a-z-]{1,40}$")
_ABOUT = pattern(
    r"(?:^|[/\\])(?:readme|licen[cs]e|copying|changelog|contributing)(?:[._-]\w{1,12}){0,2}$",
    re.IGNORECASE,
)


def quoting(path: str, head: bytes) -> Skip | None:
    """Return the kind of a file that, by its name, only quotes cables: a program, a README."""
    if _PAGES_OF_WACZ.match(head):
        return Skip("list of the pages of a web archive", silent=True)
    if _ZOTERO.search(path):
        return Skip("Zotero's own file for the file next to it")
    is_lines = path.lower().endswith(".jl") and head.lstrip().startswith((b"{", b"["))
    if _PROGRAM.search(path) and not is_lines:  # Scrapy names JSON lines as Julia its programs
        return Skip("program")
    return Skip("README or license file") if _ABOUT.search(path) else None


def part_of_archive(path: str) -> Skip | None:
    """Return the kind of a file that is part of a split archive, with advice on joining."""
    part_match = _PART.search(path)
    if part_match is None:
        return None
    quoted_name = quote(clean_line(part_match["whole"] or ""))
    instruction = (
        f"join the parts first: cat {quoted_name}.* > {quoted_name}"
        if part_match["whole"]
        else "unpack it first: 7z x, or unrar x"
    )
    return Skip(f"part of a split archive ({instruction})")


def ours(head: bytes) -> Skip | None:
    """Return the kind of a file written by this program, whose text may quote cables."""
    first_bytes = head[:_OURS_WITHIN]
    return (
        Skip("part of a verifiable dossier, or bookmarks")
        if any(map(first_bytes.count, _OURS))
        else None
    )


def packed(path: str, kind: str) -> Skip:
    """Return the kind of a compressed file: an archive, or a zipped document by its name."""
    extension = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    if extension in _ZIPPED:
        return _BY_ENDING.get(extension) or Skip(f"other {extension}")
    return Skip(f"archive (.{kind})")


def kind_of(path: str, head: bytes) -> Skip:
    """Return the kind under which a file without cables is counted."""
    if not head:
        return Skip("empty file")
    if _BROWSE.search(head) and head.lstrip(_BEFORE_TAG)[:1] == b"<":
        return Skip("browse page", silent=True)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return Skip(kind)
    extension = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    if known_skip := _BY_ENDING.get(extension):
        return known_skip
    other_kind = f"other {extension or 'file'} (save the text as .txt first)"
    why_like_cable = looks_like_cable(head[:_LOOKED_AT], table=extension in _TABLES)
    return Skip(_TEXTS.get(extension) or other_kind, why=why_like_cable)


def looks_like_cable(head: bytes, *, table: bool = False) -> str:
    """Return why a skipped text looks like a cable, or an empty string.

    It looks like a cable if it has the labels of a telegram, or an ID and a date. For a table, the
    message suggests naming its columns.
    """
    if b"\0" in head:
        return ""
    bare_text = _TAGS.sub(b"\n", head)
    has_labels = labels_in(bare_text) >= ENOUGH
    own_ids = [match["id"].decode() for match in _OWN_ID.finditer(bare_text)]
    date_match, reference_id = _DAY.search(bare_text), own_ids[0] if own_ids else ""
    id_parts = ids.split(ids.canonical_id(reference_id))
    if not has_labels and not (date_match and id_parts and posts.station(id_parts.station)):
        return ""
    observation = (
        "it has the labels of a telegram"
        if has_labels
        else (f"it contains {reference_id} and a date")
    )
    name_or_example = reference_id or "its ID, such as 09RABAT27"
    advice = f"save its text as {name_or_example}.txt"
    if table:
        advice = "name its columns in config.toml, under [[tables]]"
    elif (id_count := len(set(own_ids))) > 1 or len(_TAGS_LINE.findall(bare_text)) > 1:
        observation = (
            f"it mentions {id_count:,} cables, such as {name_or_example}"
            if id_count > 1
            else observation
        )
        advice = "save the text of each cable in a file named by its ID, such as 09RABAT27.txt"
    return f"{observation}, in an unknown format; to read it, {advice}"

"""Files that are no cables are counted by their kind."""

import pytest

from cable_tui import formats
from tests.formats.samples import DATA

BROWSE = (DATA / "browse.html").read_bytes()

CASES = [
    pytest.param("origin/9_0.html", BROWSE, "browse page", True, id="a browse page"),
    pytest.param("js.js", b"var a;", "part of a web page", True, id="a script"),
    pytest.param("a.html", b"<html></html>", "other .html", False, id="another page"),
    pytest.param("c.7z", b"7z\xbc\xaf\x27\x1c", "archive (.7z)", False, id="7z"),
    pytest.param("c.zip", b"PK\x03\x04", "archive (.zip)", False, id="zip"),
    pytest.param("z.GPG", b"\x85\x02", "encrypted (.gpg)", False, id="gpg"),
    pytest.param("c.torrent", b"d8:", "torrent", False, id="torrent"),
    pytest.param("logo.png", b"\x89PNG", "image", False, id="png"),
    pytest.param("logo.ico", b"\0\0", "image", False, id="icon"),
    pytest.param("notes.doc", b"\xd0\xcf", "other .doc", False, id="any other"),
    pytest.param("Makefile", b"all:", "other file", False, id="no ending"),
    pytest.param("a.html", b"", "empty file", False, id="empty"),
    pytest.param(
        "cables.parquet",
        b"PAR1\x15\x04",
        "Parquet table, which is read once it is exported as CSV or JSON Lines",
        False,
        id="Parquet",
    ),
]


@pytest.mark.parametrize(("path", "head", "kind", "silent"), CASES)
def test_a_file_is_skipped_as_what_it_is(path: str, head: bytes, kind: str, silent: bool) -> None:
    assert formats.sniff(path, head) == formats.Skip(kind, silent)

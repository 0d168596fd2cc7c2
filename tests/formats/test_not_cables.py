"""Files that are no cables are counted by their kind."""

import pytest

from cable_tui import formats
from tests.formats.samples import DATA

BROWSE = (DATA / "browse.html").read_bytes()

PICKLE = (
    "pickle (never opened, because a pickle can run any program; export as CSV or JSON Lines first)"
)
SAVED = " (save the text as .txt first)"
CASES = [
    pytest.param("origin/9_0.html", BROWSE, "browse page", True, id="a browse page"),
    pytest.param("js.js", b"var a;", "part of a web page", True, id="a script"),
    pytest.param("a.html", b"<html></html>", "web page without a cable", False, id="another page"),
    pytest.param("c.7z", b"7z\xbc\xaf\x27\x1c", "archive (.7z)", False, id="7z"),
    pytest.param("c.zip", b"PK\x03\x04", "archive (.zip)", False, id="zip"),
    pytest.param("z.GPG", b"\x85\x02", "encrypted (.gpg)", False, id="gpg"),
    pytest.param("c.torrent", b"d8:", "torrent", False, id="torrent"),
    pytest.param("logo.png", b"\x89PNG", "image", False, id="png"),
    pytest.param("logo.ico", b"\0\0", "image", False, id="icon"),
    pytest.param("notes.wk1", b"\xd0\xcf", f"other .wk1{SAVED}", False, id="any other"),
    *(
        pytest.param(name, b"\xd0\xcf\x11\xe0", kind, False, id=name)
        for kind, names in {
            "document (save as .docx or .odt first)": (*("notes.doc", "notes.rtf", "locked.docx"),),
            "e-book (convert first: ebook-convert BOOK.epub BOOK.docx)": (
                *("book.epub", "book.mobi"),
            ),
            "slides (save as a PDF first)": ("talk.ppt",),
            "table of another program (export as CSV first)": ("a.feather",),
            "part of a split archive (join the parts first: cat 'a b.7z'.* > 'a b.7z')": (
                "x/a b.7z.001",
                "a b.7z.002",
            ),
            "part of a split archive (join the parts first: cat c.tar.gz.* > c.tar.gz)": (
                "c.tar.gz.aa",
                "c.tar.gz.partab",
            ),
            "part of a split archive (unpack it first: 7z x, or unrar x)": ("c.z01", "c.part2.rar"),
            "Zotero's own file for the file next to it": (".zotero-ft-cache",),
            PICKLE: ("cables.pkl",),
            "recording": ("talk.mp3",),
            "browser recording, or HAR (save the pages as HTML first)": ("crawl.har",),
        }.items()
        for name in names
    ),
    pytest.param("cables", b"\x80\x04\x95\0", PICKLE, False, id="a pickle of any name"),
    pytest.param("a.cdxj", b"org,example)/ 2010 {}", "index of a web archive", True, id="cdxj"),
    *(
        pytest.param("pages.jsonl", start, "list of the pages of a web archive", True, id=name)
        for name, start in (
            ("pages of a WACZ", b'{"format": "json-pages-1.0", "id": "pages"}'),
            ("pages of a WACZ without blanks", b'{"format":"json-pages-1.0","id":"pages"}'),
        )
    ),
    pytest.param(
        "old.arc",
        b"filedesc://old.arc 0.0.0.0 20101128",
        "web archive in the older ARC format (convert first: warcio recompress OLD.arc.gz "
        "NEW.warc.gz)",
        False,
        id="ARC",
    ),
    pytest.param("a.json", b"{}", "JSON file without cables", False, id="JSON"),
    pytest.param("a.jl", b"x = 1", "program", False, id="Julia"),
    pytest.param("a.jl", b'{"a": 1}', "JSON file without cables", False, id="JSON lines of Scrapy"),
    pytest.param("Makefile", b"all:", f"other file{SAVED}", False, id="no ending"),
    pytest.param("a.html", b"", "empty file", False, id="empty"),
    *(
        pytest.param(name, start, "workbook (save each sheet as CSV first)", False, id=name)
        for name, start in (
            ("cables.xlsx", b"PK\x03\x04" + b"\0" * 26 + b"docProps/app.xml"),
            ("other.xlsx", b"PK\x03\x04" + b"\0" * 26 + b"customXml/item1.xml"),
            ("Cables.XLS", b"\xd0\xcf\x11\xe0"),
            ("cables.ods", b"PK\x03\x04" + b"\0" * 26 + b"mimetype"),
        )
    ),
    *(
        pytest.param(
            name,
            b"From a@example.org\n",
            "e-mail (save texts and attachments as files first)",
            False,
            id=name,
        )
        for name in ("a.eml", "a.mbox")
    ),
]


@pytest.mark.parametrize(("path", "head", "kind", "silent"), CASES)
def test_a_file_is_skipped_as_what_it_is(path: str, head: bytes, kind: str, silent: bool) -> None:
    assert formats.sniff(path, head) == formats.Skip(kind, silent)


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        pytest.param(
            "a.html",
            b"<table><tr><td>09RABAT27</td><td>2009-02-13 14:57</td></tr></table>",
            "it contains 09RABAT27 and a date, in an unknown format; to read it, save its text as "
            "09RABAT27.txt",
            id="an ID and a day in cells",
        ),
        pytest.param(
            "a.txt",
            b"refid: 09RABAT27\nsent: 131457Z FEB 09\n",
            "it contains 09RABAT27 and a date, in an unknown format; to read it, save its text as "
            "09RABAT27.txt",
            id="on lines",
        ),
        pytest.param(
            "a.md",
            b"# A telegram\n\nTAGS: PREL\nSUBJECT: LAMPS\n",
            "it has the labels of a telegram, in an unknown format; to read it, save its text as "
            "its ID, such as 09RABAT27.txt",
            id="labels",
        ),
        pytest.param(
            "a.json",
            b'{\n  "No":\n  "09RABAT27",\n  "Sent": "2009-02-13",\n}\n',
            "it contains 09RABAT27 and a date, in an unknown format; to read it, name its columns "
            "in "
            "config.toml, under [[tables]]",
            id="a table",
        ),
        pytest.param(
            "a.html",
            b"<td>09RABAT27</td><td>2009-02-13 14:57</td><td>09RABAT28</td>",
            "it mentions 2 cables, such as 09RABAT27, in an unknown format; to read it, save the "
            "text of each cable in a file named by its ID, such as 09RABAT27.txt",
            id="two IDs",
        ),
        pytest.param("a.md", b"Cable 09RABAT27 is of 2009-02-13.\n", "", id="a mention"),
        pytest.param("a.txt", b"09LAMPLIGHT27\n2009-02-13\n", "", id="an unknown post"),
        pytest.param("a.bin", b"\0\n09RABAT27\n2009-02-13\n", "", id="bytes"),
    ],
)
def test_what_looks_like_a_cable_says_why_it_was_skipped(path: str, text: bytes, why: str) -> None:
    found = formats.sniff(path, text)
    assert isinstance(found, formats.Skip)
    assert found.why == why


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("tools/scrape.py", "program"),
        ("A.IPYNB", "program"),
        ("README", "README or license file"),
        ("a/readme.en.md", "README or license file"),
        ("LICENSE-MIT.txt", "README or license file"),
    ],
)
def test_a_sample_in_a_program_or_a_readme_is_no_cable(path: str, kind: str) -> None:
    page = (DATA / "page.txt").read_bytes()
    assert formats.sniff(path, page) == formats.Skip(kind)
    assert not isinstance(formats.sniff(path, page, chosen=True), formats.Skip)

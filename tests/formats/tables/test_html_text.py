"""Texts with mark-up in a table: as a page's, whatever tags a program wrote around the lines."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats.tables.html_text import is_html, texts_of, with_line_ends
from tests.formats.samples import DATA, read

HEADER = "VZCZCXYZ0001\nR 031848Z FEB 09\nFM AMEMBASSY PORT AMITY\nTO RUEHC/SECSTATE WASHDC 0123"
BODY = (
    "C O N F I D E N T I A L PORT AMITY 000012\n\nTAGS: ETRD, PGOV\nSUBJECT: TOLLS & <<218634>>\n\n"
    "1. (C) Five < six &pounding.\nMONTAGUE"
)
TEXT = f"{HEADER}\n\n{BODY}"
LINES = html.escape(TEXT, quote=False).split("\n")
PAGE = (DATA / "page-2011.html").read_text("utf-8")
MARKED = {
    "line breaks": "<br>".join(LINES),
    "break tags and line breaks": "<br />\n".join(LINES),
    "paragraphs": "".join(
        f"<p class='x'>{'<br/>'.join(part.splitlines())}</p>"
        for part in "\n".join(LINES).split("\n\n")
    ),
    "a paragraph for each line": "\n".join(f"<P>{line}</P>" for line in LINES),
    "divisions and spans": "<div>"
    + "".join(f"<DIV><span>{line}</span>&nbsp;</DIV>" for line in LINES)
    + "</div>",
    "one block": "<html><body><pre>\n" + "\n".join(LINES) + "</pre></body></html>",
    "two blocks": f"<code><pre>{html.escape(HEADER)}</pre></code>\n<code><pre>"
    + BODY.replace("\n", "&#x000A;").replace("1. (C)", "<a id='par1' href='#par1'>¶</a>1. (C)")
    + "</pre></code>",
    "escaped": html.escape("<p>" + "<br/>".join(LINES) + "</p>"),
    "links": "<br>".join(LINES).replace("ETRD", "<a href='/tag/ETRD_0.html'>ETRD</a>"),
}


def only(row: dict[str, str]) -> tuple[RawCable, list[str]]:
    """The cable of a row, and what is said of the file."""
    found = read((json.dumps(row) + "\n").encode(), "a.jsonl")
    (raw,) = [each for each in found if isinstance(each, RawCable)]
    return raw, [each.reason for each in found if isinstance(each, Problem)]


def words(text: str) -> list[str]:
    return text.replace("\xa0", " ").split()


@pytest.mark.parametrize("name", MARKED)
def test_a_column_with_mark_up_has_the_texts_of_the_page(name: str) -> None:
    raw, _ = only({"refid": "09PORTAMITY12", "date": "2009-02-03", "body": MARKED[name]})
    assert words(raw.header) == words(HEADER)
    assert words(raw.body) == words(BODY)
    assert "\nSUBJECT: TOLLS" in raw.body
    assert raw.body.split("\n")[-1].strip() == "MONTAGUE"


def test_a_text_that_is_escaped_as_a_whole_is_read_as_it_was() -> None:
    quoted = TEXT.replace("Five", '"Five" isn\'t')
    raw, said = only({"refid": "09PORTAMITY12", "text": html.escape(quoted)})
    assert words(f"{raw.header} {raw.body}") == words(quoted)
    assert any("HTML" in each for each in said)


@pytest.mark.parametrize("sign", ["\\n", "\\r\\n", "_x000D_\n", "_x000D_"])
def test_line_ends_that_are_written_as_signs_are_line_ends(sign: str) -> None:
    raw, said = only({"refid": "09PORTAMITY12", "body": TEXT.replace("\n", sign)})
    assert f"{raw.header}\n\n{raw.body}" == TEXT
    assert any("line breaks in its texts are written as codes" in each for each in said)


@pytest.mark.parametrize("text", ["C:\\new\\n", f"{TEXT}\n" + "\\n" * 9, TEXT, ""])
def test_other_texts_keep_their_signs(text: str) -> None:
    assert with_line_ends(text) == text


def test_header_and_body_may_be_marked_up_in_columns_of_their_own() -> None:
    marked = {"header": HEADER.replace("\n", "<br>"), "body": BODY.replace("\n", "<br>")}
    raw, _ = only({"refid": "09PORTAMITY12", "date": "2009-02-03", **marked})
    assert (words(raw.header), words(raw.body)) == (words(HEADER), words(BODY))


def test_the_anchors_of_a_block_are_those_of_the_page() -> None:
    raw, _ = only({"refid": "09PORTAMITY12", "text": MARKED["two blocks"]})
    assert raw.anchors == ("par1",)


def test_mark_up_is_said_once_for_the_file() -> None:
    rows = [{"refid": f"09LIMA{n}", "body": "<p>1. (U) Lamps.</p>"} for n in range(1, 4)]
    found = read("".join(json.dumps(row) + "\n" for row in rows).encode(), "a.jsonl")
    said = [each for each in found if isinstance(each, Problem)]
    assert [each.line for each in said] == [0]
    assert "contain HTML" in said[0].reason
    assert not only({"refid": "09LIMA1", "body": TEXT})[1]


@pytest.mark.parametrize("path", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("columns", [("refid", "html"), ("url", "content")])
def test_a_whole_page_in_a_column_is_that_page(path: str, columns: tuple[str, str]) -> None:
    own, text = columns
    (expected,) = (each for each in read(PAGE.encode(), "a.html") if isinstance(each, RawCable))
    given = expected.reference_id
    given = f"http://site.example/cable/2009/02/{given}.html" if own == "url" else given
    quoted = PAGE.replace('"', '""')
    data = (
        json.dumps({own: given, text: PAGE})
        if path.endswith("l")
        else f'{own},{text}\n{given},"{quoted}"\n'
    )
    (raw,) = (each for each in read(data.encode(), path) if isinstance(each, RawCable))
    for name in ("reference_id", "created", "classification", "origin", "title", "header", "body"):
        assert getattr(raw, name) == getattr(expected, name), name
    assert raw.anchors == expected.anchors


def test_a_page_of_plusd_in_a_column_is_a_problem_that_says_what_to_do() -> None:
    page = "<html><table id='synopsis'><tr><td>Lamps</td></tr></table></html>" * 3
    row = json.dumps({"refid": "09LIMA1", "date": "2009-01-01", "html": page}) + "\n"
    said = [each.reason for each in read(row.encode(), "a.jsonl") if isinstance(each, Problem)]
    assert any("whole PlusD page" in each for each in said)


@pytest.mark.parametrize(
    "text",
    ["a < b > c", "<<218634>> <LAMP> <br>", "&lt;p&gt; once", '&quot;a&quot; and "b"', "", TEXT],
)
def test_a_plain_text_is_no_mark_up(text: str) -> None:
    assert not is_html(text)


@given(st.text(alphabet="<>/pbr e&;lt\n1a!-", max_size=200))
def test_any_text_can_be_asked_and_read(text: str) -> None:
    assert is_html(text) in {True, False}
    assert "\r" not in texts_of(text).body


def test_a_page_alone_is_a_page_whatever_comes_before_it() -> None:
    for before in ("", "\n\n", "\ufeff"):
        found = formats.sniff("a.html", (before + PAGE).encode())
        assert isinstance(found, formats.base.PageFormat)
        assert found.name == "html-page"

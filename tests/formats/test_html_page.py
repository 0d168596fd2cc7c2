"""Pages of the site: cells by their heading, texts without the site's mark-up, no word lost."""

import pytest

from cable_tui.formats.html_page import entities
from tests.formats.samples import DATA, cable, cable_and_problem, cables, problem, wherever

OLD = (DATA / "page-2010.html").read_bytes()
NEW = (DATA / "page-2011.html").read_bytes()


@pytest.mark.parametrize("sign", ["&para;", "&#182;", "&#xB6;"])
def test_the_sign_of_an_anchor_may_be_an_entity(sign: str) -> None:
    page = OLD.decode()
    changed = page.replace("¶", sign)
    assert changed != page
    raw, same = cable(page.encode(), "a.html"), cable(changed.encode(), "a.html")
    assert (same.body, same.anchors) == (raw.body, raw.anchors)


def test_a_page_of_2011_loses_the_backslashes_of_its_rows() -> None:
    raw = cable(NEW, "09PORTAMITY12.html")
    assert raw.created == "2009-02-03 18:48"
    assert raw.title == "HARBOR  TOLLS"
    assert raw.header.startswith("VZCZCXYZ0001 \nRR RUEHWEB \n \nDE RUEHPAM")
    assert "\\" not in raw.header


def test_a_single_backslash_is_part_of_the_cable() -> None:
    page = OLD.replace(b"MONTAGUE", rb"to be continued \&#x000A;MONTAGUE")
    assert cable(page, "x.html").body.endswith("to be continued \\\nMONTAGUE")


def test_a_page_without_the_column_released_has_its_cells_in_place() -> None:
    page = OLD.replace(b"<th>Released</th>\n", b"")
    start = page.index(b"<td>\n<a href='/reldate/2010-12-01")
    end = page.index(b"<td>", start + 4)
    raw = cable(page[:start] + page[end:], "x.html")
    assert (raw.created, raw.released) == ("2009-02-03 18:06", "")
    assert (raw.classification, raw.origin) == ("CONFIDENTIAL", "Embassy Port Amity")


def test_a_page_with_one_text_has_no_header() -> None:
    start = OLD.index(b"<code><pre>VZ")
    raw = cable(OLD[:start] + OLD[OLD.index(b"<code><pre>C O") :], "x.html")
    assert raw.header == ""
    assert raw.body.startswith("C O N F I D E N T I A L PORT AMITY")


def test_a_third_text_belongs_to_the_body() -> None:
    page = OLD.replace(b"</div>\n</div>\n<script", b"<code><pre>ANNEX</pre></code></div><script")
    raw = cable(page, "x.html")
    assert raw.header.startswith("VZCZC")
    assert raw.body.endswith("MONTAGUE\nANNEX")


def test_a_page_without_a_table_is_known_by_its_heading() -> None:
    page = OLD[: OLD.index(b"<table")] + OLD[OLD.index(b"</table>") :]
    raw = cable(page, "x.html")
    assert raw.reference_id == "09PORTAMITY12"
    assert raw.articles == ()


def test_a_break_is_no_part_of_the_title() -> None:
    page = OLD.replace(b"WHY</h3>", b"WHY <br></h3>")
    raw = cable(page, "x.html")
    assert b"<br></h3>" in page
    assert raw.title == 'HARBOR TOLLS, AND WHO "FORGOT" TO PAY & WHY'


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("AT&amp;T", "AT&T", id="a complete entity"),
        pytest.param("a&#8217;s", "a’s", id="a number"),
        pytest.param("a&#x2019;s", "a’s", id="a hexadecimal number"),
        pytest.param(
            "&pounding &centrales8", "&pounding &centrales8", id="names without semicolons"
        ),
        pytest.param("a&#27;[31mb", "a␛[31mb", id="cleaned after decoding"),
        pytest.param("&#xD800; &#1114112; &#0;", "\ufffd \ufffd ␀", id="no characters"),
        pytest.param("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";", id="too long a number"),
        pytest.param("a<br />b<br>&#x000A;c", "a\nb\nc", id="a break tag is one line break"),
        pytest.param("<em>a</em></td></tr></table>", "a", id="stray cells"),
        pytest.param("<blink>a", "<blink>a", id="any other tag is text"),
        pytest.param("<a href='/tag/ETRD_0.html'>ETRD</a>", "ETRD", id="a link"),
        pytest.param("a ¶ b", "a ¶ b", id="a sign that is no anchor"),
        pytest.param("\u202egnp", "⋅gnp", id="directions"),
    ],
)
def test_mark_up_is_read_by_the_rule_of_the_site(markup: str, text: str) -> None:
    page = OLD.replace(b"MONTAGUE", f"[{markup}]".encode())
    assert cable(page, "x.html").body.endswith(f"\n[{text}]")


@pytest.mark.parametrize(
    ("page", "line", "reason"),
    [
        pytest.param(OLD[: OLD.index(b"<code>")], 14, "no text", id="cut before the texts"),
        pytest.param(OLD[: OLD.index(b"HARBOR")], 14, "no text", id="cut inside the heading"),
        pytest.param(
            b"<h3>Viewing cable </h3><pre>a</pre>", 1, "no reference ID", id="no reference ID"
        ),
    ],
)
def test_a_broken_page_is_a_problem(page: bytes, line: int, reason: str) -> None:
    found = problem(page, "x.html")
    assert found.line == line
    assert reason in found.reason


@pytest.mark.parametrize("path", ["09PORTAMITY12.html", "cable/2009/02/09PORTAMITY12.html"])
def test_a_page_cut_inside_its_menus_is_known_by_its_name(path: str) -> None:
    found = problem(OLD[: OLD.index(b"<h3>Browse by")], path)
    assert "cut off before its heading" in found.reason


def test_a_page_too_long_to_be_one_is_a_problem() -> None:
    assert "MiB" in problem(OLD + b" " * (8 << 20), "x.html").reason


@pytest.mark.parametrize(
    ("end", "header", "body"),
    [
        pytest.param(b"SIPDIS &#x000A;&#x000A;E.O.", "VZCZC", "C O N F I D", id="in the body"),
        pytest.param(b"0A;FM AMEMB", "VZCZC", "", id="in a line break of the header"),
        pytest.param(b"<code><pre>C O N F", "VZCZC", "", id="between header and body"),
        pytest.param(b"k; ships kept", "VZCZC", "C O N F I D", id="in a sentence"),
    ],
)
def test_a_page_cut_off_inside_its_text_is_a_cable_and_a_problem(
    end: bytes, header: str, body: str
) -> None:
    raw, found = cable_and_problem(OLD[: OLD.index(end)], "x.html")
    assert found.reason.startswith("the page is cut off inside its text")
    assert raw.cut_off
    assert raw.header.startswith(header)
    assert raw.body.startswith(body)
    assert bool(raw.body) == bool(body)
    assert "&#" not in raw.header + raw.body


def test_a_tag_that_was_cut_off_is_no_text() -> None:
    raw, _ = cable_and_problem(OLD[: OLD.index(b"ETRD_0.html")], "x")
    assert raw.body.endswith("DECL: 02/03/2019 \nTAGS: ")


OTHER = OLD.replace(b"09PORTAMITY12", b"09PORTAMITY13").replace(b"MONTAGUE", b"CAPULET")
FRAGMENT = OTHER[OTHER.index(b"<h3>Viewing") : OTHER.index(b"</div>\n</div>\n<script")]


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\x0c\r\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([OLD, OTHER, NEW], id="whole pages"),
        pytest.param([OLD, FRAGMENT, NEW], id="a part of a page between two"),
        pytest.param([OLD, OTHER.replace(b"\n", b"\r\n"), NEW], id="mixed line endings"),
        pytest.param([OLD.replace(b"</html>", b""), OTHER, NEW], id="no end"),
        pytest.param([OLD, OTHER, (DATA / "browse.html").read_bytes(), NEW], id="a browse page"),
    ],
)
def test_pages_in_one_file_are_read_as_if_alone(pages: list[bytes], between: bytes) -> None:
    alone = [cable(page, "x") for page in pages if b"Viewing cable" in page]
    assert wherever(cables(between.join(pages), "x")) == wherever(alone)


def test_a_quoted_heading_does_not_end_a_cable() -> None:
    page = OLD.replace(b"MONTAGUE", b"MONTAGUE\n<h3>Viewing cable 09X1, A</h3>\nEND")
    raw, found = cable_and_problem(page, "x")
    assert raw.body.endswith("MONTAGUE\n<h3>Viewing cable 09X1, A</h3>\nEND")
    assert found.line == 1 + page[: page.index(b"<h3>Viewing cable 09X1")].count(b"\n")
    assert "not treated as a separate page" in found.reason


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&amp;&#8217;&#x41;", "&’A"),
        ("&pounding &micro-", "&pounding &micro-"),
        ("&nothing;", "&nothing;"),
        ("&#9999999;", "\ufffd"),
    ],
)
def test_a_name_without_its_semicolon_is_text(markup: str, text: str) -> None:
    assert entities(markup) == text

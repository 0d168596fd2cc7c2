"""Saved pages of PlusD: a table of facts, and the raw text before the tagged one."""

import pytest

from cable_tui.base.cable import RawCable
from cable_tui.base.value import replace
from tests.formats.samples import DATA, cable, cable_and_problem, problem, read

PAGE = (DATA / "plusd.html").read_bytes()


def test_the_table_holds_the_facts() -> None:
    raw = cable(PAGE, "a.html")
    assert raw.reference_id == "09PORTAMITY12"
    assert raw.created == "2009-02-03 18:48"
    assert raw.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert raw.origin == "Atlantis Port Amity"
    assert raw.title == "HARBOR TOLLS & WHO FORGOT TO PAY"
    assert raw.format == "plusd-page"


def test_the_raw_text_wins_and_its_entities_are_read() -> None:
    raw = cable(PAGE, "a.html")
    assert raw.header.split("\n")[0] == "VZCZCXYZ0001"
    assert raw.body.startswith("UNCLAS PORT AMITY 000012\n\nSENSITIVE")
    assert "The collector said &pounding twice, and 3 < 4." in raw.body


def test_without_a_raw_text_the_tagged_one_is_taken_without_its_tags() -> None:
    start, end = PAGE.index(b'<div id="raw-text">'), PAGE.index(b"</body>")
    assert (
        cable(PAGE[:start] + PAGE[end:], "a.html").body == "Show UNCLAS PORT AMITY 000012, tagged"
    )


@pytest.mark.parametrize(
    ("cut", "line", "reason"),
    [
        (b"</table>", 6, "the page is cut off inside its table"),
        (b"<ul>", 6, "the page has no text and no end"),
    ],
)
def test_a_page_that_is_cut_off_is_a_problem(cut: bytes, line: int, reason: str) -> None:
    found = problem(PAGE[: PAGE.index(cut)], "a.html")
    assert (found.line, found.reason) == (line, reason)


def test_a_text_may_stand_in_a_part_without_a_block_of_its_own() -> None:
    start, end = PAGE.index(b'<div id="tagged'), PAGE.index(b"</body>")
    part = b'<div class="x" id="raw-text">UNCLAS PORT AMITY 000012<br/>\n<p>1. PAID.</p></div>'
    raw = cable(PAGE[:start] + part + PAGE[end:], "a.html")
    assert raw.body.rstrip() == "UNCLAS PORT AMITY 000012\n1. PAID."


def test_a_whole_page_whose_text_is_not_found_is_a_problem() -> None:
    start, end = PAGE.index(b"<ul>"), PAGE.index(b"</body>")
    found = problem(PAGE[:start] + PAGE[end:], "a.html")
    assert found.reason == "09PORTAMITY12: its text is missing from the file: fetch the page again"


def test_a_page_that_says_where_its_text_is_instead_is_a_cable_of_facts() -> None:
    start, end = PAGE.index(b"<ul>"), PAGE.index(b"</body>")
    film = (
        b'<div class="s_key">Locator:</div><div class="s_val">TEXT ON MICROFILM (9 documents)</div>'
    )
    page = PAGE[:start].replace(b"</table>", film + b"</table>") + PAGE[end:]
    raw = cable(page, "a.html")
    assert (raw.reference_id, raw.body) == ("09PORTAMITY12", "")
    assert raw.remarks == (("Text", "not in the archive: TEXT ON MICROFILM"),)


def test_a_page_without_an_id_has_that_of_its_text_or_is_a_problem() -> None:
    page = PAGE.replace(b"Canonical ID:", b"Color:")
    raw = cable(page, "a")
    assert (raw.reference_id, raw.remarks[0][0]) == ("09PORTAMITY12", "ID from")
    found = problem(page.replace(b" PORT AMITY 000012", b""), "a")
    assert found.reason.startswith("no reference ID: no column contains cable IDs")


PANES = b"""<html><table id="synopsis"><tr><td>TOLLS</td></tr><tr><td>
<div class="s_key">Canonical ID:</div><div class="s_val" title=" 09PORTAMITY12_a">09PORT...</div>
<div class="s_key">Date:</div>
<div class="s_val" title=" 2009 February 3, 18:48 (Tuesday)">2009</div>
<div class="s_key">TAGS:</div>
<div class="s_val" title=" PREL - External > Relations | AL - A">PREL</div>
<div class="s_key">Original Classification:</div>
<div class="s_val" title=" SECRET (9,113 documents)">SECRET</div></td></tr></table>
<div class="pane"><div class="pane-header">Content</div><div class="text-content"><pre>
1. Paid.</pre></div></div>
<div class="pane"><div class="pane-header">Raw content</div>
<div class="text-content"><pre>S E C R E T
PORT AMITY 000012

1. Paid &amp; done.
</pre></div></div>
<div class="pane"><div class="pane-header">Metadata</div><div class="text-content"><pre>VZCZCXYZ0001
FM AMEMBASSY PORT AMITY
</pre></div></div></html>"""


def test_panes_are_known_by_their_headings_and_whole_values_stand_in_tooltips() -> None:
    raw = cable(PANES, "a.html")
    assert (raw.reference_id, raw.created) == ("09PORTAMITY12", "2009-02-03 18:48")
    assert (raw.classification, raw.tags, raw.title) == ("SECRET", ("PREL", "AL"), "TOLLS")
    assert raw.header == "VZCZCXYZ0001\nFM AMEMBASSY PORT AMITY"
    assert raw.body == "S E C R E T\nPORT AMITY 000012\n\n1. Paid & done."


def test_without_raw_content_the_content_is_the_text() -> None:
    raw = cable(PANES.replace(b"Raw content", b"Remarks"), "a.html")
    assert raw.body == "1. Paid."


def test_a_pane_that_has_no_end_is_a_cable_and_a_problem() -> None:
    raw, lost = cable_and_problem(PANES[: PANES.index(b"000012")], "a.html")
    assert lost.reason.startswith("the page is cut off inside its text")
    assert raw.cut_off
    assert raw.body.endswith("PORT AMITY ")


@pytest.mark.parametrize("tag", ["pre", "p"])
def test_a_page_cut_off_inside_its_text_is_a_cable_and_a_problem(tag: str) -> None:
    page = PAGE.replace(b"<pre>", b"<%s>" % tag.encode()).replace(
        b"</pre>", b"</%s>" % tag.encode()
    )
    raw, lost = cable_and_problem(page[: page.index(b"aid &pound")], "a.html")
    assert lost.reason.startswith("the page is cut off inside its text")
    assert raw.cut_off
    assert raw.body.endswith("1. (U) The collector s")


OTHER = PAGE.replace(b"09PORTAMITY12", b"09PORTAMITY13")
FRAGMENT = OTHER[OTHER.index(b"<table") : OTHER.index(b"</body>")]


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\x0c\r\n"])
@pytest.mark.parametrize("pages", [[PAGE, OTHER, PAGE], [PAGE, FRAGMENT, OTHER]])
def test_pages_in_one_file_are_read_as_if_alone(pages: list[bytes], between: bytes) -> None:
    alone = [cable(page + b"</html>", "a") for page in pages]
    together = read(between.join(pages), "all.html")
    assert [
        isinstance(raw, RawCable) and replace(raw, location=alone[0].location) for raw in together
    ] == [replace(raw, location=alone[0].location) for raw in alone]

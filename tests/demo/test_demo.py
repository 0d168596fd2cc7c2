"""The demo is written as pages of the site."""

import re
from pathlib import Path

from cable_tui.demo import fictional_cables, write


def test_pages_stand_in_the_sites_tree_beside_a_browse_page(tmp_path: Path) -> None:
    cables = write(tmp_path)
    page = tmp_path / "cable" / "2004" / "06" / "04PORTAMBER211.html"
    text = page.read_text(encoding="utf-8")
    assert "<h3>Viewing cable 04PORTAMBER211, VELMARA: THE LOBSTERS ARE WALKING NORTH" in text
    assert "<a id='par1' href='#par1'>¶</a>1. (U) Summary" in text
    assert "TAGS: <a href='/tag/EFIS_0.html'>EFIS</a>" in text
    assert len(list(tmp_path.rglob("cable/**/*.html"))) == cables
    assert "Browse by" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_writing_again_touches_nothing_that_is_there(tmp_path: Path) -> None:
    write(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    (tmp_path / "index.html").write_text("damaged", encoding="utf-8")
    write(tmp_path)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    assert {path.name for path in before if before[path] != after[path]} == {"index.html"}


def test_pages_are_the_same_on_every_system(tmp_path: Path) -> None:
    write(tmp_path)
    pages = [page.read_bytes() for page in tmp_path.rglob("*.html")]
    assert pages
    assert not any(b"\r" in page for page in pages)


CABLES = {cable.reference_id: cable for cable in fictional_cables()}


def test_there_are_about_forty_cables_over_several_years() -> None:
    assert 38 <= len(CABLES) <= 45
    assert {cable.created.year for cable in CABLES.values()} == set(range(2004, 2011))


def test_every_classification_of_the_site_occurs() -> None:
    assert {cable.classification for cable in CABLES.values()} == {
        "UNCLASSIFIED",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "CONFIDENTIAL",
        "CONFIDENTIAL//NOFORN",
        "SECRET",
        "SECRET//NOFORN",
    }


def test_an_id_agrees_with_its_date_and_its_originator_line() -> None:
    for cable in CABLES.values():
        assert cable.reference_id.startswith(f"{cable.created:%y}")
        if found := re.search(r"^DE \w+ #(\d{4})", cable.header, re.MULTILINE):
            serial = re.search(r"\d+$", cable.reference_id)
            assert serial
            assert int(found[1]) == int(serial[0]) % 10_000


def test_a_message_in_sections_has_its_page_breaks() -> None:
    body = CABLES["05PORTAMBER140"].body
    assert "SECTION 01 OF 03" in body
    assert re.findall(r"^PORT AMBER 00000140  (\d{3}) OF 003", body, re.MULTILINE) == ["002", "003"]
    assert body.rstrip().endswith("HALE")


def test_a_partial_extract_has_no_header_and_some_cables_were_used_by_articles() -> None:
    assert CABLES["08STATE99999"].header.startswith("This record is a partial extract")
    assert sum(bool(cable.articles) for cable in CABLES.values()) >= 4

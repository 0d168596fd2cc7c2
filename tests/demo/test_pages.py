"""The demo is written as pages of the site."""

from pathlib import Path

from cable_tui.demo import write


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

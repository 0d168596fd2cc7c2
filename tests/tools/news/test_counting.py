"""News: what came, what changed, what a list gained, and what is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.library import Library, Mark
from cable_tui.tools.news import counting, seen_file
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, build_index, opened, write_page

SEARCHES = {"all of Morocco": "tag:MO"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """One cable, whose search is followed."""
    write_page(tmp_path / "cables", LAMPS)
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert list(counting.news(archive, tmp_path / "news.json", SEARCHES)) == []
        yield archive


def _news(archive: Archive, place: Path) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    found = counting.news(archive, place / "news.json", SEARCHES)
    return [(each.new, each.changed) for each in found]


def test_added_and_changed_files_are_news_until_the_reader_looks(
    archive: Archive, tmp_path: Path
) -> None:
    assert _news(archive, tmp_path) == [((), ())]
    write_page(tmp_path / "cables", BRIDGE)
    file = next((tmp_path / "cables").rglob("*RABAT27*"))
    file.write_text(file.read_text().replace("new lamps", "old lamps"))
    build_index(tmp_path / "cables", tmp_path / "cache")
    assert _news(archive, tmp_path) == [(("09CASABLANCA31",), ("09RABAT27",))]
    (found,) = counting.news(archive, tmp_path / "news.json", SEARCHES)
    assert found.cables == ("09CASABLANCA31", "09RABAT27")
    seen_file.look(tmp_path / "news.json", archive.root, {"tag:MO": found.records})
    assert _news(archive, tmp_path) == [((), ())]


def test_a_cable_that_goes_and_comes_back_is_not_news(archive: Archive, tmp_path: Path) -> None:
    file = next((tmp_path / "cables").rglob("*RABAT27*"))
    away = tmp_path / "away.html"
    file.rename(away)
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    (found,) = counting.news(archive, tmp_path / "news.json", SEARCHES)
    seen_file.look(tmp_path / "news.json", archive.root, {"tag:MO": found.records})
    away.rename(file)
    build_index(tmp_path / "cables", tmp_path / "cache")
    assert _news(archive, tmp_path) == [((), ())]


def test_what_a_colleague_puts_into_a_list_is_news(archive: Archive, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite", author="Mara")) as library:
        library.put([Mark("09ZENDA9", "09ZENDA9")], "lamps")
        archive.own = library.reader_data
        searches, file = {"story": "list:lamps"}, tmp_path / "news.json"
        assert list(counting.news(archive, file, searches)) == []
        library.put([Mark("09RABAT27", "09RABAT27")], "lamps")
        (found,) = counting.news(archive, file, searches)
    assert (found.name, found.new, found.changed) == ("story", ("09RABAT27",), ())


def test_an_incomplete_answer_is_not_followed(tmp_path: Path) -> None:
    write_page(tmp_path / "cables", LAMPS)
    build_index(tmp_path / "cables", tmp_path / "cache", passes=("facts",))
    with closing(open_archive(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert counting.found(archive, "lamps") is None
        assert list(counting.news(archive, tmp_path / "news.json", {"lamps": "lamps"})) == []
    assert not (tmp_path / "news.json").exists()


def test_nothing_is_followed_once_it_is_cancelled(archive: Archive, tmp_path: Path) -> None:
    assert list(counting.news(archive, tmp_path / "other.json", SEARCHES, lambda: True)) == []
    assert not (tmp_path / "other.json").exists()


@pytest.mark.parametrize("query", ["tag:mo", "TAG:MO", " tag:MO "])
def test_queries_of_one_meaning_have_one_key(query: str) -> None:
    assert counting.key_of(query).casefold() == "tag:mo"

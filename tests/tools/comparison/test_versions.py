"""Records read from their files and compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.records.read import SourceGone
from cable_tui.base.value import replace
from cable_tui.tools.comparison.versions import compare_versions, variants
from tests.archive.fiction import BRIDGE, LAMPS, build_index, id_of, opened, write_dump, write_page
from tests.shared_files import CORPUS

BRIGHTER = replace(LAMPS, text="The keepers met on the pier and asked for bright lamps.")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    write_page(tmp_path / "cables" / "a", LAMPS)
    write_page(tmp_path / "cables" / "b", BRIGHTER)
    write_dump(tmp_path / "cables" / "cables.csv", [LAMPS, BRIDGE])
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        yield archive


def test_two_records_of_a_cable_are_compared_by_their_numbers(archive: Archive) -> None:
    lamps = id_of(archive, "09RABAT27")
    made = {record: compare_versions(archive, (lamps, lamps), (1, record)) for record in (1, 2, 3)}
    assert made[1].comparison.same
    assert made[2].one_cable
    assert [made[2].left.record, made[2].right.record, made[2].right.records] == [1, 2, 3]
    texts = {version.right.path: version.comparison.same for version in made.values()}
    shown = made[1].left.path
    assert [path for path, same in texts.items() if not same] == (
        ["b/cable/2009/02/09RABAT27.html"]
        if shown.startswith("a/")
        else ["a/cable/2009/02/09RABAT27.html", "cables.csv"]
    )


def test_a_file_that_has_changed_is_named(archive: Archive, tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / "cables" / folder / "cable/2009/02/09RABAT27.html").write_text("gone")
    lamps = id_of(archive, "09RABAT27")
    with pytest.raises(SourceGone, match="the file has changed"):
        compare_versions(archive, (lamps, lamps))


@pytest.mark.shared
def test_the_two_sources_of_each_cable_of_the_corpus_have_the_same_words(tmp_path: Path) -> None:
    build_index(CORPUS, tmp_path / "cache", passes=("facts",))
    with closing(open_archive(CORPUS, tmp_path / "cache")) as archive:
        with archive.reading() as db:
            ids = [id_ for (id_,) in db.execute("SELECT DISTINCT cable FROM also")]
        assert len(ids) == 160
        assert list(variants(archive)) == []
        for id_ in ids[::16]:
            assert compare_versions(archive, (id_, id_)).comparison.same

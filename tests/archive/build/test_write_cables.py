"""Several records of one cable: it stands in the richest, whatever came first."""

from __future__ import annotations

import os
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.value import replace
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    Fiction,
    build_index,
    many,
    opened,
    subjects,
    write_dump,
    write_page,
)

ALX = "09RABAT27\n{title}\nFri Feb 13 00:00:00 +0100 2009\nCONFIDENTIAL\nEmbassy Rabat\n"
LONG = replace(LAMPS, text=f"{LAMPS.text} Then they met in the tower.")
STUB = "C O N F I D E N T I A L RABAT 000027\n\nSUBJECT: THE LIGHTHOUSE KEEPERS ASK ..."


def write(folder: Path, kind: str, name: str) -> None:
    """One record of the cable."""
    if kind == "page":
        write_page(folder / name, LAMPS)
    elif kind == "row":
        write_dump(folder / name / "cables.csv", [LAMPS])
    elif kind == "longer row":
        write_dump(folder / name / "longer.csv", [LONG])
    elif kind == "facts only":
        (folder / name).mkdir(parents=True)
        (folder / name / "alx.txt").write_text(ALX.format(title=LAMPS.subject), encoding="utf-8")
    elif kind == "cut page":
        page = LAMPS.page
        body = LAMPS.body.replace("\n", "&#x000A;")
        (folder / name).mkdir(parents=True)
        cut = page.replace(body, STUB.replace("\n", "&#x000A;"))
        (folder / name / "cut.html").write_text(cut, encoding="utf-8")


def shown(folder: Path, cache: Path) -> tuple[str, int]:
    """The name of the file that the cable is shown from, and how many hold it."""
    with closing(open_archive(folder, cache)) as archive:
        cable = archive.find("09RABAT27")
        assert cable is not None
        assert archive.summary().complete
        sources = archive.sources(cable)
        return Path(sources[0].path).name, len(sources)


@pytest.mark.parametrize("kinds", list(permutations(["row", "facts only", "page"])))
def test_a_page_wins_in_any_order(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    for number, kind in enumerate(kinds):
        write(tmp_path / "a", kind, str(number))
    last = build_index(tmp_path / "a", tmp_path / "cache")
    assert (last.added, last.changed, last.removed) == (1, 0, 0)
    assert shown(tmp_path / "a", tmp_path / "cache") == ("09RABAT27.html", 3)


@pytest.mark.parametrize(
    ("richer", "poorer", "name"),
    [
        ("row", "facts only", "cables.csv"),
        ("row", "cut page", "cables.csv"),
        ("longer row", "row", "longer.csv"),
        ("cut page", "facts only", "cut.html"),
    ],
)
def test_the_richer_of_two_wins_in_one_run_and_in_two(
    tmp_path: Path, richer: str, poorer: str, name: str
) -> None:
    for number, order in enumerate([(richer, poorer), (poorer, richer)]):
        folder = tmp_path / f"at once {number}"
        for place, kind in enumerate(order):
            write(folder, kind, str(place))
        build_index(folder, tmp_path / "cache")
        assert shown(folder, tmp_path / "cache") == (name, 2)
        folder = tmp_path / f"one by one {number}"
        for place, kind in enumerate(order):
            write(folder, kind, str(place))
            build_index(folder, tmp_path / "cache")
        assert shown(folder, tmp_path / "cache") == (name, 2)


def test_cables_among_which_one_is_known_are_all_taken(tmp_path: Path) -> None:
    write_dump(tmp_path / "a" / "1.csv", [BRIDGE])
    write_dump(tmp_path / "a" / "2.csv", [LAMPS, BRIDGE, GOATS])
    write_dump(tmp_path / "a" / "3.csv", many(2))
    last = build_index(tmp_path / "a", tmp_path / "cache")
    assert (last.cables, last.added, last.changed) == (5, 5, 0)
    with closing(open_archive(tmp_path / "a", tmp_path / "cache")) as archive:
        assert subjects(archive) == {
            cable.id: cable.subject for cable in (LAMPS, BRIDGE, GOATS, *many(2))
        }
        twice = archive.find(BRIDGE.id)
        assert twice is not None
        assert [source.path for source in archive.sources(twice)] == ["1.csv", "2.csv"]


def test_a_richer_record_that_comes_later_changes_subject_and_words(tmp_path: Path) -> None:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write(folder, "facts only", "a")
    build_index(folder, cache)
    write(folder, "page", "b")
    last = build_index(folder, cache)
    assert (last.added, last.changed, last.removed) == (0, 1, 0)
    with closing(open_archive(folder, cache)) as archive:
        (row,) = archive.rows([archive.find("09RABAT27") or 0])
        assert (row.subject, row.tags) == (LAMPS.subject, ("PGOV", "PREL", "MO"))


def test_a_record_that_becomes_poorer_gives_way(tmp_path: Path) -> None:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write(folder, "row", "a")
    write(folder, "page", "b")
    build_index(folder, cache)
    page = folder / "b" / "cable" / "2009" / "02" / "09RABAT27.html"
    page.write_text(LAMPS.page.replace(LAMPS.body.replace("\n", "&#x000A;"), "Gone ..."), "utf-8")
    build_index(folder, cache)
    assert shown(folder, cache) == ("cables.csv", 2)
    page.write_text(LAMPS.page, encoding="utf-8")
    os.utime(page, ns=(1, 1))
    build_index(folder, cache)
    assert shown(folder, cache) == ("09RABAT27.html", 2)


def test_files_that_are_read_again_leave_each_source_once(tmp_path: Path) -> None:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    for name, kind in (("a", "row"), ("b", "longer row"), ("c", "facts only"), ("d", "page")):
        write(folder, kind, name)
    build_index(folder, cache)
    for file in folder.rglob("*.*"):
        os.utime(file, ns=(1, 1))
    last = build_index(folder, cache)
    assert (last.added, last.changed, last.removed) == (0, 0, 0)
    assert shown(folder, cache) == ("09RABAT27.html", 4)


def test_a_page_with_its_grammar_gives_way_to_none_in_the_same_portion(tmp_path: Path) -> None:
    folder = tmp_path / "cables"
    write(folder, "cut page", "a")
    write(folder, "row", "b")
    with closing(opened(folder, tmp_path / "cache")) as archive:
        (row,) = archive.rows([archive.find("09RABAT27") or 0])
        assert row.subject == LAMPS.subject
        stages = archive.summary().stages
        assert stages["grammar"] == stages["text"] == (1, 1)


def test_a_cable_alone_has_one_source(tmp_path: Path) -> None:
    write_page(tmp_path / "cables", Fiction("09RABAT28"))
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert len(archive.sources(archive.find("09RABAT28") or 0)) == 1

"""Each shape of the fictional archive gives the same cables, or says what to do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.errors import ArchiveError
from cable_tui.exports.cable_json import cable_json
from tests.shapes import SHAPES, Files, Way

WAYS = [
    pytest.param(way, name, id=f"{family}: {name}")
    for family, ways in SHAPES.items()
    for name, way in ways.items()
]
SAYS = {
    "two zips in one file": "two zips in one file?",
    "zip three deep": "npack it",
    "rar": "npack it",
    "zst": "npack it",
}
"""The remark on a shape that does not give all cables, or not without a doubt."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The original: pages of the demo."""
    folder = tmp_path_factory.mktemp("original")
    demo.write(folder)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def cables(folder: Path, cache: Path) -> tuple[dict[str, Any], list[str]]:
    """Every cable as JSON but for its sources, and the problems."""
    try:
        list(index(folder, cache, workers=0))
    except ArchiveError as error:
        return {}, [str(error)]
    with closing(open_archive(folder, cache)) as archive:
        with archive.reading() as db:
            ids = [id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY canonical")]
        found = [cable_json(archive.cable(id_)) for id_ in ids]
        assert archive.account().adds_up
        return (
            {each["canonical_id"]: {**each, "sources": None} for each in found},
            [problem.reason for problem in archive.problems()],
        )


@pytest.fixture(scope="module")
def original(files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The cables of the original."""
    folder = tmp_path_factory.mktemp("pages")
    for name, data in files.items():
        path = folder / "cables" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    found, problems = cables(folder / "cables", folder / "cache")
    assert (len(found), problems) == (40, [])
    return found


@pytest.mark.parametrize(("way", "name"), WAYS)
def test_a_shape_gives_the_same_cables_or_says_what_to_do(
    way: Way, name: str, files: Files, original: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    way(files, folder)
    found, problems = cables(folder, tmp_path / "cache")
    if name in SAYS:
        assert any(SAYS[name] in each for each in problems), problems
        assert found.items() <= original.items()
    else:
        assert problems == []
        assert found == original


@pytest.mark.parametrize("name", ["tar.xz", "zip in a zip", "7z"])
def test_a_packed_archive_can_be_opened_by_its_own_path(
    name: str, files: Files, original: dict[str, Any], tmp_path: Path
) -> None:
    SHAPES["packed"][name](files, tmp_path)
    (only,) = tmp_path.iterdir()
    assert cables(only, tmp_path / "cache") == (original, [])

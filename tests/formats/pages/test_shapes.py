"""The demo's pages in the ways in which people have pages give the same cables, or a word why."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo, formats
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.records import packed_files, walk
from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.value import replace
from cable_tui.query import parse
from tests.formats.pages import shapes

NOWHERE = Location("", 0, 0)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    found = {path.stem: path.read_bytes() for path in sorted(folder.rglob("cable/**/*.html"))}
    assert len(found) >= 38
    return found


def expected(page: bytes) -> dict[str, object]:
    """What a page says, found without the package."""
    text = page.decode()
    cells = [
        re.sub("<.*?>", "", each).strip() for each in re.findall("<td>(.*?)</td>", text, re.DOTALL)
    ]
    header, body = (
        re.sub(r"<a [^<>]*>(¶?)", "", each.replace("&#x000A;", "\n"))
        .replace("¶", "")
        .replace("</a>", "")
        for each in re.findall("<pre>(.*?)</pre>", text, re.DOTALL)
    )
    row = text.partition("colspan='5'")[2].partition("</table>")[0]
    names = ("reference_id", "created", "released", "classification", "origin")
    return {
        **dict(zip(names, cells, strict=True)),
        "title": re.findall("<h3>Viewing cable [^,]*, (.*)</h3>", text)[0],
        "header": header,
        "body": body,
        "articles": tuple(re.findall("<a href='(.*?)'>", row)),
        "anchors": tuple(re.findall("<a id='(par.*?)'", text)),
        "references": (),
        "cut_off": False,
    }


def read(folder: Path) -> list[RawCable | Problem]:
    """Everything that the files of a folder hold."""
    found: list[RawCable | Problem] = []
    for file in walk.walk(folder):
        path = walk.shown_path(folder, file.path)
        with packed_files.opened(walk.full_path(folder, file.path)) as stream:
            form = formats.sniff(packed_files.inner(path), stream.read(formats.HEAD))
            assert not isinstance(form, formats.Skip), (path, form)
            stream.seek(0)
            found += formats.cables(form, stream, path)
    return found


def said(cable: RawCable, names: dict[str, object]) -> dict[str, object]:
    return {name: getattr(cable, name) for name in names}


ALL = {**shapes.SAME, **shapes.TEXTS}


@pytest.mark.parametrize("name", ALL)
def test_every_way_gives_the_same_cables_and_a_copy_as_text_loses_anchors_and_articles_only(
    name: str, pages: dict[str, bytes], tmp_path: Path
) -> None:
    for id_, page in pages.items():
        file, data = ALL[name](page, id_)
        (tmp_path / file).write_bytes(data)
    lost = {"articles": (), "anchors": None} if name in shapes.TEXTS else {}
    wanted = {id_: {**expected(page), **lost} for id_, page in pages.items()}
    found = {raw.reference_id: raw for raw in read(tmp_path) if isinstance(raw, RawCable)}
    assert {id_: said(raw, wanted[id_]) for id_, raw in found.items()} == wanted


UNPACKED = [name for name in ALL if name not in {"gzip", "zip", "UTF-16"}]


@pytest.mark.parametrize("name", UNPACKED)
def test_all_pages_in_one_file_give_the_same_cables(
    name: str, pages: dict[str, bytes], tmp_path: Path
) -> None:
    made = [ALL[name](page, id_) for id_, page in pages.items()]
    for file, data in made:
        (tmp_path / file).write_bytes(data)
    alone = read(tmp_path)
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "all.txt").write_bytes(b"\n".join(data for _, data in made))
    together = read(tmp_path / "all")
    assert all(isinstance(each, RawCable) for each in alone)

    def sorted_(found: list[RawCable | Problem]) -> list[RawCable]:
        cables = (replace(each, location=NOWHERE) for each in found if isinstance(each, RawCable))
        return sorted(cables, key=lambda cable: cable.reference_id)

    assert len(together) == len(pages)
    assert sorted_(together) == sorted_(alone)


@pytest.mark.parametrize("name", UNPACKED)
def test_two_ways_in_one_file_lose_nothing_without_a_word(
    name: str, pages: dict[str, bytes], tmp_path: Path
) -> None:
    (one, first), (other, second), *_ = pages.items()
    data = ALL[name](first, one)[1] + b"\n" + shapes.text_copy(second, other)[1]
    (tmp_path / "both.txt").write_bytes(data)
    found = read(tmp_path)
    ids = {raw.reference_id for raw in found if isinstance(raw, RawCable)}
    assert ids <= {one, other}
    assert len(ids) == 2 or any(isinstance(each, Problem) for each in found)
    assert ids


def test_a_page_that_is_cut_off_can_be_found(pages: dict[str, bytes], tmp_path: Path) -> None:
    folder, cache = tmp_path / "pages", tmp_path / "cache"
    folder.mkdir()
    (id_, page), (other, whole), *_ = pages.items()
    name, data = shapes.cut_off(page, id_)
    (folder / name).write_bytes(data)
    (folder / f"{other}.html").write_bytes(whole)
    for _ in index(folder, cache):
        pass
    with closing(open_archive(folder, cache)) as archive:
        (problem,) = archive.problems()
        assert (problem.path, problem.line) == (name, 1)
        found, kept = archive.find(id_), archive.find(other)
        assert found is not None
        assert kept is not None
        assert list(archive.search(parse("has:cut-off")).ids) == [found]
        assert "cut-off" in {warning.code for warning in archive.cable(found).warnings}
        assert "cut-off" not in {warning.code for warning in archive.cable(kept).warnings}

"""`ct.open` and its archive: light to import, honest about what is missing, safe for many."""

from __future__ import annotations

import multiprocessing
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import cable_tui as ct
from cable_tui import demo
from cable_tui.base.errors import CableTuiError
from tests.fictional_tool import PLUG, add_tool

REF = "04PORTAMBER305"


def test_the_import_of_the_package_imports_nothing_of_it() -> None:
    code = "import sys, cable_tui; print(*[name for name in sys.modules if 'cable_tui.' in name])"
    told = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert told.split() == []


def test_every_public_name_is_there_and_no_other() -> None:
    assert {name for name in ct.__all__ if not hasattr(ct, name)} == set()
    assert not hasattr(ct, "opn")


def files_below(*folders: Path) -> dict[str, bytes]:
    return {
        str(file): file.read_bytes()
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith(("-shm", "-wal"))
    }


def test_an_archive_without_a_cache_is_told_with_the_command_and_nothing_is_made(
    tmp_path: Path, own_home: Path
) -> None:
    demo.write(tmp_path / "cables")
    before = files_below(tmp_path)
    with pytest.raises(ct.NotIndexed, match=r"run cable-tui index .*cables"):
        ct.open(tmp_path / "cables")
    with pytest.raises(ct.ArchiveError):
        ct.open(tmp_path / "nowhere")
    assert files_below(tmp_path) == before
    assert not own_home.exists()


def test_questions_write_nothing(indexed: Path, own_home: Path, archive: ct.Archive) -> None:
    before = files_below(indexed)
    hits = archive.search("lobster tag:EFIS sort:length")
    assert [*hits.passages(), *hits.count("post"), archive.fingerprint, archive[REF].cite("note")]
    assert len(archive.report("problems")) == 0
    assert files_below(indexed) == before
    assert not own_home.exists()


def test_an_archive_is_indexed_if_asked_and_brought_up_to_date(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    page = next((tmp_path / "cables").rglob(f"{REF}.html"))
    text = page.read_bytes()
    page.unlink()
    with ct.open(tmp_path / "cables", index=True, cache=tmp_path / "cache") as archive:
        assert (len(archive), archive.whole, REF in archive) == (39, True, False)
        page.write_bytes(text)
        archive.index()
        assert (len(archive), REF in archive) == (40, True)
        assert f"#{archive[REF].ref}" == f"#{REF}"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda archive: archive["04PORTAMBER999"], "04PORTAMBER999: no such cable in this arch"),
        (
            lambda archive: archive[f"{REF}#2"],
            rf"paragraph; use archive\['{REF}'\].paragraphs\['2'\]",
        ),
        (lambda archive: archive[REF].paragraphs[9], "no paragraph 9: its paragraphs are 1 to "),
        (
            lambda archive: archive[REF].cite("harvard"),
            "harvard: there is no such style. Choose",
        ),
        (lambda archive: archive.search("tga:EFIS"), r"Did you mean tag:\?"),
        (
            lambda archive: archive.search("", sort="size"),
            "size: there is no such order",
        ),
        (lambda archive: archive.search("list:none")[0], "none"),
        (
            lambda archive: archive.search("").count("embassy"),
            "embassy: cables cannot be counted by",
        ),
        (
            lambda archive: archive.report("trends", "x"),
            "trends: there is no such report",
        ),
        (
            lambda archive: archive.report("problems", "x"),
            "x: problems takes only named options, not words",
        ),
        (lambda archive: archive.report("problems", by="x"), "by: problems has no options"),
        (lambda archive: archive.references("04PORTAMBER999"), "no such cable"),
    ],
)
def test_an_error_names_the_thing_and_the_remedy(
    archive: ct.Archive, ask: Callable[[ct.Archive], object], told: str
) -> None:
    with pytest.raises(CableTuiError, match=told):
        ask(archive)


def test_a_tool_adds_a_method(archive: ct.Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def light(asked: ct.Archive, quay: str) -> str:
        return f"{quay}: {len(asked)}"

    add_tool(monkeypatch, "api.opened_cache", light, methods=(("light", PLUG),))
    assert archive.light("north") == "north: 40"
    assert "light" in dir(archive)


def test_a_method_of_a_deleted_tool_names_the_tool(
    archive: ct.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.api.opened_cache.tools", lambda: ())
    with pytest.raises(ct.ToolMissing, match="a method of the tool drafts, which was removed"):
        archive.check("draft.md")
    with pytest.raises(AttributeError, match="no method light; the tools add these: none"):
        archive.light()
    # What is protected is still told, without names.
    assert len(archive["06PORTAMBER95"].requests) == 1


def count_of(archive: ct.Archive) -> int:
    return len(archive.search("lobster"))


def test_threads_and_processes_may_share_an_archive(archive: ct.Archive) -> None:
    expected = count_of(archive)
    with ThreadPoolExecutor(4) as pool:
        assert {*pool.map(count_of, [archive] * 8)} == {expected}
    assert count_of(pickle.loads(pickle.dumps(archive))) == expected
    for how in {"fork", "spawn"} & {*multiprocessing.get_all_start_methods()}:
        with multiprocessing.get_context(how).Pool(1) as workers:
            assert workers.map(count_of, [archive]) == [expected], how


def ask_until(archive: ct.Archive, end: Path) -> list[int]:
    """Ask an open archive until a file is there; return how many cables each answer had."""
    found: list[int] = []
    while not (found and end.exists()):
        hits = archive.search("lobster or tag:EFIS")
        found.append(len([*hits]))
        assert sum(row.count for row in hits.count("post")) <= 40
        assert all(passage.text for passage in hits.passages()[:3])
        assert len(archive.report("trend", "lobster", by="year")[:2]) <= 2
    return found


def test_two_threads_and_two_processes_hold_an_archive_while_it_is_indexed(tmp_path: Path) -> None:
    folder, cache, end = tmp_path / "cables", tmp_path / "cache", tmp_path / "end"
    demo.write(folder)
    pages = sorted((folder / "cable").rglob("*.html"))
    texts = {page: page.read_bytes() for page in pages}
    for page in pages[::2]:
        page.unlink()
    processes = multiprocessing.get_context("spawn").Pool(2)
    with (
        ct.open(folder, index=True, cache=cache) as archive,
        processes,
        ThreadPoolExecutor(2) as pool,
    ):
        before = len(archive.search("lobster or tag:EFIS"))
        threads = [pool.submit(ask_until, archive, end) for _ in range(2)]
        others = [processes.apply_async(ask_until, (archive, end)) for _ in range(2)]
        try:
            for page, text in texts.items():
                page.write_bytes(text + b" ")  # the others are read again
            index = [sys.executable, "-m", "cable_tui", "index", str(folder), "--cache", str(cache)]
            assert subprocess.run(index, check=False).returncode == 0
        finally:
            end.touch()
        found = [each.result() for each in threads] + [each.get(60) for each in others]
        after = len(archive.search("lobster or tag:EFIS"))
        assert 0 < before < after
        assert all(0 <= count <= after for counts in found for count in counts)
        assert all(found)
        assert len(archive) == 40


def test_references_and_meanings(archive: ct.Archive) -> None:
    around = archive.references("04PORTAMBER211")
    assert next(citing.reference_id for citing in around.cited_by) == REF
    assert [each.meaning for each in archive.explain("KTIP")] == ["Trafficking in Persons"]


def test_the_terms_of_a_cable_or_a_paragraph_are_explained(archive: ct.Archive) -> None:
    paragraph = {each.term: each.meaning for each in archive.explain("04SANTORIEL88#2")}
    assert paragraph["PolCouns"] == "Political Counselor"
    assert "SIPDIS" in {each.term for each in archive.explain("04SANTORIEL88")}
    (word,) = archive.explain("04SANTORIEL88", word="NOFORN")
    assert word.meaning == "Not releasable to foreign nationals"
    assert "DE" in {each.term for each in archive.explain("04SANTORIEL88", header=True)}
    for words, options in (((), {"word": "PD"}), (("04SANTORIEL88", "KTIP"), {"header": True})):
        with pytest.raises(ct.UsageError, match="need exactly one REF"):
            archive.explain(*words, **options)
    with pytest.raises(ct.NotFoundError, match="no paragraph 99"):
        archive.explain("04SANTORIEL88#99")


NO_TEXTS: tuple[Callable[[ct.Archive, Any], Any], ...] = (
    lambda archive, value: archive.search(value),
    lambda archive, value: archive[value],
    lambda archive, value: archive.references(value),
    lambda archive, value: archive.explain(value),
)


@pytest.mark.parametrize("asked", NO_TEXTS)
@pytest.mark.parametrize("value", [None, 5, float("nan")])
def test_a_value_that_is_no_text_is_refused(
    archive: ct.Archive, asked: Callable[[ct.Archive, Any], Any], value: object
) -> None:
    with pytest.raises(ct.UsageError, match=f"is a text, not {value!r}"):
        asked(archive, value)

"""`bookmarks searches`: as in the core, and with `--new` what is new, for people and for cron."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cable_tui.tools.news.command import NewInSearch
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import LIBRARY, SEARCHING

LATE = "04PORTAMBER305"


def _followed(run: Callable[..., Any], places: Mapping[str, Path]) -> None:
    """A saved search that found nothing when it was counted first, and finds something now."""
    run("bookmarks", "save", "is:bookmarked", "--search", "marked")
    run("bookmarks", "searches", places["PATH"], "--new")
    run("bookmarks", "add", places["PATH"], LATE)


CASE = CommandCase(
    shapes={"bookmarks-news": tuple[NewInSearch, ...]},
    answers=(Answer("bookmarks searches PATH --new --json", 0, "bookmarks-news"),),
    imports={
        "bookmarks searches PATH --new": SEARCHING | LIBRARY | {"kinds", "telegram", "tools.news"}
    },
    prepare=_followed,
)


@pytest.fixture
def growing(demo_archive: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The demo without one cable, and where that page belongs."""
    folder = tmp_path / "growing"
    copytree(demo_archive, folder)
    page = next(folder.rglob(f"{LATE}.html"))
    page.rename(tmp_path / "late.html")
    return folder, page


def test_a_search_has_news_until_they_are_counted_as_seen(
    run: Run, growing: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, page = growing
    run("bookmarks", "save", "kettle", "--search", "kettles")
    command = ("bookmarks", "searches", folder, "--new")
    first = run(*command)
    assert (first.status, first.err.splitlines()[-1]) == (
        1,
        "cable-tui: no new cables in your saved searches",
    )
    (tmp_path / "late.html").rename(page)
    done = run(*command)
    assert (done.status, done.out.split()[:3]) == (0, ["kettles", "1", "new"])
    assert done.out.endswith(f": {LATE}\n")
    (answer,) = run(*command, "--json").value
    assert (answer["new"], answer["changed"]) == ([LATE], [])
    assert run(*command, "--seen").status == 0
    assert run(*command).status == 1


def test_without_new_it_lists_the_saved_searches(run: Run) -> None:
    run("bookmarks", "save", "kettle", "--search", "kettles")
    assert run("bookmarks", "searches").out == "kettles  kettle\n"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["--seen"], "--seen needs --new"),
        (["--new"], "--new needs the PATH of one archive"),
        (["cables"], "takes a PATH only with --new"),
    ],
)
def test_a_wrong_use_is_refused(run: Run, words: list[str], refusal: str) -> None:
    assert run("bookmarks", "searches", *words).refuses(2, refusal)


def test_a_private_session_counts_nothing_as_seen(run: Run, demo_archive: Path) -> None:
    run("bookmarks", "save", "kettle", "--search", "kettles")
    done = run("bookmarks", "searches", demo_archive, "--new", "--seen", "--private")
    assert done.status == 2


def test_what_was_seen_is_forgotten_with_the_archive(
    run: Run, growing: tuple[Path, Path], home: Path
) -> None:
    run("bookmarks", "save", "kettle", "--search", "kettles")
    run("bookmarks", "searches", growing[0], "--new")
    assert "growing" in (home / "data" / "news.json").read_text()
    run("forget", growing[0])
    assert "growing" not in (home / "data" / "news.json").read_text()

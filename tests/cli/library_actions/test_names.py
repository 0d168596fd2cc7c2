"""`marks author`: earlier names of the reader, and what they would claim."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark
from tests.cli.conftest import Run


@pytest.fixture
def mara(home: Path) -> Path:
    """A reader who signs as Mara, with two bookmarks from when she was root; one is of Eve."""
    file = home / "data" / "library.sqlite"
    with (
        closing(Library(file, author="root")) as library,
        closing(Library(home / "eve.sqlite", author="Eve")) as eve,
    ):
        library.add(Mark("09RABAT1", "09RABAT1", note="ask"))
        library.add(Mark("09RABAT2", "09RABAT2"))
        eve.add(Mark("09RABAT3", "09RABAT3", note="hers"))
        library.import_bundle(eve.bundle())
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text('author = "Mara"\n')
    return file


@pytest.mark.usefixtures("mara")
def test_an_earlier_name_is_ones_own_from_then_on(run: Run) -> None:
    assert run("marks", "list").lines[0] == "09RABAT1  by root: ask"
    assert run("marks", "note", "09RABAT1", "--note", "asked").status == 1
    assert run("marks", "author").lines == ["root  2, 2 made here", "Eve  1"]
    done = run("marks", "author", "--mine", "root")
    assert done.err == (
        "cable-tui: 2 bookmarks by root: yours; `cable-tui marks undo` takes that back\n"
    )
    assert run("marks", "list").lines[0] == "09RABAT1  ask"
    assert run("marks", "note", "09RABAT1", "--note", "asked").status == 0
    assert run("marks", "author").lines[0] == "root  2, 2 made here  yours"
    # Who wrote it is not lost.
    assert {each["author"] for each in run("marks", "list", "--json").value} == {"root", "Eve"}
    run("marks", "undo")
    run("marks", "undo")
    assert run("marks", "list").lines[0] == "09RABAT1  by root: ask"
    assert run("marks", "author", "--mine", "root", "--off").status == 0
    assert run("marks", "author").lines[0] == "root  2, 2 made here  not yours"


@pytest.mark.usefixtures("mara")
def test_what_came_from_elsewhere_is_claimed_only_once_that_was_said(run: Run) -> None:
    done = run("marks", "author", "--mine", "Eve")
    assert done.status == 2
    assert "1 of 1 bookmark by Eve were not made here" in done.err
    assert run("marks", "list").lines[-1] == "09RABAT3  by Eve: hers"
    assert run("marks", "author", "--mine", "Eve", "--force").status == 0
    assert run("marks", "list").lines[-1] == "09RABAT3  hers"


@pytest.mark.usefixtures("mara")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("root",), 2),
        (("--force",), 2),
        (("--off",), 2),
        (("--mine", "nobody"), 1),
        (("--mine", ""), 1),
        (("--mine", "Mara"), 1),
    ],
)
def test_what_names_nothing_changes_nothing(run: Run, words: tuple[str, ...], status: int) -> None:
    assert run("marks", "author", *words).status == status
    assert run("marks", "author").lines == ["root  2, 2 made here", "Eve  1"]


def test_a_library_with_one_name_has_no_other(run: Run) -> None:
    run("marks", "add", "09RABAT1")
    assert run("marks", "author").status == 1

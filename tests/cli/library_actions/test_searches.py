"""`marks save` and `searches`; lists and searches moved, renamed and dropped; `marks undo`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from cable_tui.library import Library, Mark
from tests.cli.conftest import Run


def test_a_query_is_saved_asked_renamed_and_dropped(run: Run, archive: Path) -> None:
    assert run("marks", "searches").status == 1
    done = run("marks", "save", "class:secret", "kettle", "--search", "the  rocks")
    assert (done.status, done.err) == (0, "cable-tui: saved the rocks: class:secret kettle\n")
    assert run("marks", "searches").out == "the rocks  class:secret kettle\n"
    found = run("search", archive, 'query:"the rocks"', "--refs").lines
    assert found == run("search", archive, "class:secret kettle", "--refs").lines != []
    assert run("marks", "rename", "--search", "the rocks", "rocks").status == 0
    assert run("marks", "searches", "--json").value == [
        {"name": "rocks", "query": "class:secret kettle"}
    ]
    assert run("marks", "drop", "--search", "rocks").status == 0
    assert run("marks", "searches").status == 1


def test_the_search_of_an_older_program_gets_the_or_that_it_meant(run: Run, home: Path) -> None:
    run("marks", "save", "kelp", "--search", "old")
    (library,) = home.rglob("library.sqlite")
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE search SET query = 'has:tag has:subject'")
    done = run("marks", "searches")
    assert done.out == "old  (has:tag or has:subject)\n"
    assert done.err.startswith("cable-tui: the or that was meant is written into old")
    assert run("marks", "searches").err == ""
    run("marks", "undo")
    assert run("marks", "searches").out == "old  has:tag has:subject\n"


def test_a_wrong_query_or_name_is_not_saved(run: Run) -> None:
    assert run("marks", "save", "fish )", "--search", "a").status == 2
    assert run("marks", "save", "fish").status == 2
    assert run("marks", "save", "--search", "a").status == 2
    done = run("marks", "drop", "--search", "none")
    assert (done.status, done.err) == (1, "cable-tui: there is no saved search none\n")


def test_a_list_has_another_place_among_the_lists(run: Run) -> None:
    for name in ("one", "two", "three"):
        run("marks", "add", "04PORTAMBER211", "--list", name)
    done = run("marks", "move", "--list", "three", "--to", "1")
    assert done.err == "cable-tui: three is number 1 of your lists now\n"
    assert [each["name"] for each in run("marks", "lists", "--json").value] == [
        "three",
        "one",
        "two",
    ]
    assert run("marks", "move", "--list", "none", "--to", "1").status == 1


def test_undo_takes_back_one_change_after_the_other_over_several_runs(run: Run) -> None:
    assert run("marks", "undo").status == 1
    run("marks", "add", "04PORTAMBER211", "--note", "why?")
    run("marks", "note", "04PORTAMBER211", "--note", "who?")
    assert run("marks", "undo").err == "cable-tui: taken back: note to 04PORTAMBER211\n"
    assert run("marks", "list").lines == ["04PORTAMBER211  why?"]
    assert run("marks", "undo").err == "cable-tui: taken back: bookmark 04PORTAMBER211\n"
    assert run("marks", "list").status == 1
    assert run("marks", "undo").status == 1
    assert run("marks", "undo", "all").status == 2


def test_undo_takes_back_what_a_room_did_and_no_change_of_somebody_else(
    run: Run, home: Path
) -> None:
    run("marks", "add", "04PORTAMBER211")
    other = Library(home / "data" / "library.sqlite", author="somebody else")
    other.add(Mark("04PORTAMBER305", "04PORTAMBER305"))
    other.close()
    assert run("marks", "undo").err == "cable-tui: taken back: bookmark 04PORTAMBER211\n"
    assert run("marks", "list").lines == ["04PORTAMBER305  by somebody else"]

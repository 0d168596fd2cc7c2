"""`marks`: bookmarks without the room, with an archive and without."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli.bookmarks import ListedList, ListedMark, ReadCable, SavedSearch
from cable_tui.library import Library, Mark
from cable_tui.library.bundles import BundleFile
from tests.cli.conftest import Run, write_settings
from tests.command_cases import Answer, CommandCase
from tests.parts import ASKING, GRAMMAR, LIBRARY, MARKS


def _bookmarks(run: Callable[..., Any], places: Mapping[str, Path]) -> None:
    """A bookmark with a note, one that was read, a saved search, a name."""
    note = f"why {places['PATH'].name}?"
    run("index", places["PATH"])  # `bookmarks recent PATH` makes no cache
    run("bookmarks", "add", places["PATH"], "05STATE130422#1", "--note", note, "--list", "kettles")
    run("bookmarks", "add", places["PATH"], "05STATE130422")
    run("bookmarks", "read", "05STATE130422")
    run("bookmarks", "save", "kettle", "--search", "rocks")
    write_settings(places["HOME"], 'author = "Mara"\n')


CASE = CommandCase(
    shapes={
        "bookmarks-list": tuple[ListedMark, ...],
        "bookmarks-lists": tuple[ListedList, ...],
        "bookmarks-recent": tuple[ReadCable, ...],
        "bookmarks-searches": tuple[SavedSearch, ...],
        "bookmarks-export": BundleFile,
    },
    answers=(
        Answer("bookmarks list --json", 0, "bookmarks-list", names="cleaned"),
        Answer("bookmarks list --list kettles --json", 0, "bookmarks-list"),
        Answer("bookmarks lists --json", 0, "bookmarks-lists"),
        Answer("bookmarks author --json", 0, "bookmarks-author"),
        Answer("bookmarks recent --json", 0, "bookmarks-recent"),
        Answer("bookmarks recent PATH --json", 0, "bookmarks-recent"),
        Answer("bookmarks searches --json", 0, "bookmarks-searches"),
        Answer("bookmarks export -", 0, "bookmarks-export", names="cleaned"),
    ),
    imports={
        "bookmarks add PATH 10QUAYHAVEN2": ASKING | GRAMMAR | LIBRARY | {"exports"},
        "bookmarks list": MARKS,
    },
    prepare=_bookmarks,
)


def test_a_list_has_a_note(run: Run) -> None:
    run("bookmarks", "add", "09POST1", "--list", "maps")
    done = run("bookmarks", "note", "--list", "maps", "--note", "of the sea")
    assert done.says(0, "note saved with the list maps")
    assert run("bookmarks", "lists").lines == ["maps  1  of the sea"]
    assert run("bookmarks", "lists", "--json").value[0]["note"] == "of the sea"
    assert run("bookmarks", "note", "--list", "none", "--note", "a").refuses(1, "no list called")
    assert run("bookmarks", "note", "09POST1", "--list", "maps").refuses(2, "not both")
    assert run("bookmarks", "note", "--list", "maps").says(0, "note removed from")
    assert run("bookmarks", "lists").lines == ["maps  1"]


def test_any_text_can_be_marked(run: Run) -> None:
    done = run("bookmarks", "add", "see the blue folder", "--note", "ask Mara")
    assert (done.status, done.err) == (0, "cable-tui: bookmarked see the blue folder\n")
    assert run("bookmarks", "list").out == "see the blue folder  ask Mara\n"


def test_a_list_is_json_and_empty_where_there_is_nothing(run: Run) -> None:
    done = run("bookmarks", "list", "--json")
    assert (done.status, done.value) == (1, [])
    run("bookmarks", "add", "04portamber211#2", "--note", "why?")
    (mark,) = run("bookmarks", "list", "--json").value
    assert (mark["ref"], mark["paragraph"], mark["note"]) == ("04PORTAMBER211", "2", "why?")
    assert mark["lists"] == []


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("list", "no bookmarks"),
        ("list --list maps", "there is no list called maps"),
        ("lists", "no lists"),
        ("searches", "no saved searches"),
        ("recent", "no cable has been read"),
    ],
)
def test_that_there_is_nothing_is_said(run: Run, action: str, said: str) -> None:
    done = run("bookmarks", *action.split())
    assert (done.status, done.out, done.err) == (1, "", f"cable-tui: {said}\n")


def test_a_slip_in_a_reference_is_said_where_an_archive_is_named(run: Run, archive: Path) -> None:
    run("index", archive)
    done = run("bookmarks", "add", archive, "04PORTAMBER2111")
    said = "cable-tui: 04PORTAMBER2111: no such cable in this archive"
    assert (done.status, done.err.splitlines()[0]) == (0, said)
    assert run("bookmarks", "list").out.startswith("04PORTAMBER2111")


def test_a_paragraph_that_a_cable_does_not_have_is_not_bookmarked(run: Run, archive: Path) -> None:
    run("index", archive)
    done = run("bookmarks", "add", archive, "04PORTAMBER211#99")
    assert done.refuses(1, "04PORTAMBER211 has no paragraph 99: its paragraphs are 1 to")
    assert run("bookmarks", "list").status == 1


def test_without_an_archive_it_is_said_that_a_paragraph_was_not_checked(
    run: Run, archive: Path
) -> None:
    done = run("bookmarks", "add", "04PORTAMBER211#99")
    assert done.says(0, "bookmarked 04PORTAMBER211 ¶99", "not checked for this paragraph")
    assert "checked" not in run("bookmarks", "add", "04PORTAMBER211").err
    run("index", archive)
    assert "checked" not in run("bookmarks", "add", archive, "04PORTAMBER211#2").err
    # It can be removed again, though its cable does not have it.
    assert run("bookmarks", "remove", archive, "04PORTAMBER211#99").status == 0


def test_bookmarks_are_listed_for_an_archive_that_was_not_indexed(
    run: Run, archive: Path, home: Path, tmp_path: Path
) -> None:
    """As those that came by a sync: the archive has no cache yet."""
    library = Library(home / "data" / "library.sqlite", author="Mara")
    library.add(Mark("09ZENDA1", "09ZENDA1", author="Mara", note="ask the bank"))
    done = run("bookmarks", "list", archive, "--cache", tmp_path / "none")
    assert (done.status, done.lines) == (0, ["09ZENDA1  by Mara: ask the bank"])
    assert "could not check" in done.err
    assert "`cable-tui index` builds one" in done.err


@pytest.mark.parametrize("words", [("", "04PORTAMBER211"), ("",), ("04PORTAMBER211", "")])
def test_an_empty_word_marks_nothing(run: Run, words: tuple[str, ...]) -> None:
    assert run("bookmarks", "add", *words).says(2, "a word is empty")
    assert run("bookmarks", "list").status == 1


def test_an_archive_gives_the_mark_its_fingerprint(run: Run, archive: Path, home: Path) -> None:
    run("index", archive)
    assert run("bookmarks", "add", archive, "04PORTAMBER211#2").status == 0
    (mark,) = Library(home / "data" / "library.sqlite").marks()
    assert mark.paragraph == "2"
    assert len(mark.fingerprint or "") == 16


def test_a_mark_does_not_wait_for_a_cache(run: Run, archive: Path, tmp_path: Path) -> None:
    assert run("bookmarks", "add", archive, "04PORTAMBER211", "--cache", tmp_path / "none").says(
        0, "bookmarked, but its text could not be read", "bookmarked 04PORTAMBER211"
    )


def test_a_missing_archive_is_said_and_marks_of_other_archives_are_listed_as_such(
    run: Run, archive: Path
) -> None:
    assert run("bookmarks", "add", "/nowhere", "04PORTAMBER211").status == 3
    assert run("bookmarks", "list").status == 1
    run("index", archive)
    run("bookmarks", "add", "04PORTAMBER211")
    run("bookmarks", "add", "99NOWHERE1")
    lines = run("bookmarks", "list", archive).lines
    assert lines == ["04PORTAMBER211", "99NOWHERE1  (not in this archive)"]


def test_a_mark_is_removed(run: Run) -> None:
    run("bookmarks", "add", "04PORTAMBER211#2")
    run("bookmarks", "add", "04PORTAMBER211")
    assert run("bookmarks", "remove", "04portamber211#2").status == 0
    assert run("bookmarks", "list").lines == ["04PORTAMBER211"]
    assert run("bookmarks", "remove", "04PORTAMBER211#2").status == 1


@pytest.mark.parametrize("kept", [("--note", "ask Mara"), ("--list", "story")])
def test_what_has_a_note_or_a_list_is_removed_by_force_alone(
    run: Run, kept: tuple[str, ...]
) -> None:
    run("bookmarks", "add", "04PORTAMBER211#2", *kept)
    refused = run("bookmarks", "remove", "04PORTAMBER211#2")
    assert refused.status == 2
    assert kept[1] in refused.err
    assert "--force" in refused.err
    assert run("bookmarks", "list").status == 0
    assert run("bookmarks", "remove", "04PORTAMBER211#2", "--force").status == 0
    assert run("bookmarks", "list").status == 1


def test_a_bookmark_is_removed_from_beside_a_note(run: Run) -> None:
    run("bookmarks", "add", "04PORTAMBER211#2")
    run("bookmarks", "add", "04PORTAMBER211#2", "--note", "ask Mara")
    done = run("bookmarks", "remove", "04PORTAMBER211#2")
    assert done.status == 0
    assert done.err.splitlines()[1:] == ["cable-tui: kept: 04PORTAMBER211 ¶2  ask Mara"]
    assert run("bookmarks", "list").lines == ["04PORTAMBER211 ¶2  ask Mara"]


@pytest.mark.parametrize(
    "words",
    [
        ("add",),
        ("add", "a", "b", "c"),
        ("list", "a", "b"),
        ("export",),
        ("import", "a", "b"),
        ("fold", "a"),
        (),
        ("read",),
        ("recent", "a", "b"),
        ("save", "fish )", "--search", "a"),
        ("save", "fish"),
        ("save", "--search", "a"),
    ],
)
def test_wrong_words_are_a_usage_error(run: Run, words: tuple[str, ...]) -> None:
    assert run("bookmarks", *words).status == 2


def test_a_path_is_not_saved_as_words_of_a_query(run: Run, archive: Path) -> None:
    done = run("bookmarks", "save", str(archive), "kettle", "--search", "rocks")
    assert (done.status, run("bookmarks", "searches").lines) == (2, [])
    assert "bookmarks save takes no PATH" in done.err


def test_a_library_that_cannot_be_written_is_status_4_and_a_damaged_one_is_said(
    run: Run, home: Path
) -> None:
    home.mkdir()
    (home / "data").write_text("a file where the folder should be")
    done = run("bookmarks", "add", "04PORTAMBER211")
    assert done.status == 4
    assert "could not be written" in done.err
    assert "marked" not in done.err
    (home / "data").unlink()
    (home / "data").mkdir()
    (home / "data" / "library.sqlite").write_bytes(b"x" * 9000)
    done = run("bookmarks", "add", "04PORTAMBER211")
    assert (done.status, "was damaged. It is kept" in done.err) == (0, True)


def test_a_mark_is_added_to_a_list_and_listed_by_it(run: Run) -> None:
    run("bookmarks", "add", "04PORTAMBER211#2", "--list", "TIP story")
    run("bookmarks", "add", "04PORTAMBER211")
    assert run("bookmarks", "list").lines == ["04PORTAMBER211 ¶2  [TIP story]", "04PORTAMBER211"]
    assert run("bookmarks", "list", "--list", "TIP story").lines == [
        "04PORTAMBER211 ¶2  [TIP story]"
    ]
    assert run("bookmarks", "list", "--list", "TIP story", "--json").value[0]["lists"] == [
        "TIP story"
    ]
    assert run("bookmarks", "list", "--list", "none").status == 1
    # Once more, into another list: one mark in two lists.
    run("bookmarks", "add", "04PORTAMBER211#2", "--list", "other")
    assert run("bookmarks", "list", "--json").value[0]["lists"] == ["TIP story", "other"]


def test_marks_go_to_a_fresh_home_and_only_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "marks.json"
    run("bookmarks", "add", "04PORTAMBER211#2", "--note", "why?", "--list", "story")
    run("bookmarks", "add", "99NOWHERE1")
    before = run("bookmarks", "list", "--json").value
    assert run("bookmarks", "export", file).err == f"cable-tui: 2 bookmarks written to {file}\n"
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path / "fresh"))
    done = run("bookmarks", "import", file)
    assert (done.status, done.out) == (0, "")
    assert done.err == "cable-tui: 2 bookmarks added, 0 newer notes imported, 0 unchanged\n"
    assert run("bookmarks", "list", "--json").value == before
    done = run("bookmarks", "import", file)
    assert done.err == "cable-tui: 0 bookmarks added, 0 newer notes imported, 2 unchanged\n"
    assert run("bookmarks", "list", "--json").value == before


def test_marks_pass_through_a_pipe(spawn: Run) -> None:
    spawn("bookmarks", "add", "04PORTAMBER211", "--list", "a")
    spawn("bookmarks", "add", "04PORTAMBER212", "--list", "b")
    out = spawn("bookmarks", "export", "-", "--list", "b").out
    assert '"ref": "04PORTAMBER212"' in out
    assert "04PORTAMBER211" not in out
    assert spawn("bookmarks", "import", "-", stdin=out).err.endswith("1 unchanged\n")


def test_a_note_is_stored_without_control_characters_changed_and_taken_away(run: Run) -> None:
    run("bookmarks", "add", "04PORTAMBER211", "--note", "ask \x1b]52;c;eA==\x07Mara")
    (mark,) = run("bookmarks", "list", "--json").value
    assert "Mara" in mark["note"]
    assert not set(mark["note"]) & {"\x1b", "\x07"}
    assert run("bookmarks", "note", "04PORTAMBER211", "--note", "because").status == 0
    assert run("bookmarks", "list").out == "04PORTAMBER211  because\n"
    run("bookmarks", "note", "04PORTAMBER211")
    assert run("bookmarks", "list").out == "04PORTAMBER211\n"


@pytest.mark.parametrize(
    ("action", "place", "order"),
    [("move 04PORTAMBER3", "1", "312"), ("add 04PORTAMBER4", "2", "1423")],
)
def test_a_mark_is_moved_or_added_at_a_place_of_its_list(
    run: Run, action: str, place: str, order: str
) -> None:
    for name in ("04PORTAMBER1", "04PORTAMBER2", "04PORTAMBER3"):
        run("bookmarks", "add", name, "--list", "harbour")
    assert run("bookmarks", *action.split(), "--list", "harbour", "--to", place).status == 0
    lines = run("bookmarks", "list", "--list", "harbour").lines
    assert "".join(line.split()[0][-1] for line in lines) == order


@pytest.mark.parametrize("options", [("--to", "3"), ("--list", "harbour", "--to", "0")])
def test_a_place_needs_a_list_and_counts_from_1(run: Run, options: tuple[str, ...]) -> None:
    assert run("bookmarks", "add", "04PORTAMBER1", *options).says(2, "--to")
    assert run("bookmarks", "list").status == 1


def test_a_list_has_a_size_is_renamed_and_dropped_without_its_marks(run: Run) -> None:
    run("bookmarks", "add", "04PORTAMBER1", "--list", "harbour")
    harbour = {"name": "harbour", "marks": 1, "private": False, "note": ""}
    assert run("bookmarks", "lists", "--json").value == [harbour]
    done = run("bookmarks", "rename", "--list", "harbour", "salt  pier")
    assert (done.status, done.err) == (0, "cable-tui: harbour is now called salt pier\n")
    assert run("bookmarks", "lists").lines == ["salt pier  1"]
    assert run("bookmarks", "drop", "--list", "salt pier").status == 0
    assert run("bookmarks", "lists").status == 1
    assert run("bookmarks", "list").lines == ["04PORTAMBER1"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("note", "04PORTAMBER9", "--note", "x"), 1, "is not bookmarked"),
        (("rename", "pier"), 2, "bookmarks rename needs --list NAME"),
        (("rename", "--list", "harbour"), 2, "and the new NAME"),
        (("rename", "--list", "quay", "pier"), 1, "no list called quay; your names are harbour"),
        (("drop", "--list", "quay"), 1, "no list called quay; your names are harbour"),
        (("drop", "--search", "none"), 1, "there is no saved search called none\n"),
        (("move", "--list", "none", "--to", "1"), 1, "no list called none; your names are harbour"),
        (("drop", "--list", "harbour", "04PORTAMBER1"), 2, "takes only --list NAME or --search"),
        (("move", "04PORTAMBER1", "--list", "harbour"), 2, "needs --list NAME and --to N"),
        (("move", "04PORTAMBER1", "--list", "pier", "--to", "1"), 1, "not in the list pier"),
        (("export", "-", "--list", "quay"), 1, "no list called quay; your names are harbour"),
    ],
)
def test_what_cannot_be_changed_is_said(
    run: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    run("bookmarks", "add", "04PORTAMBER1", "--list", "harbour")
    done = run("bookmarks", *words)
    assert done.status == status
    assert said in done.err


def test_a_cable_is_read_and_not_read(run: Run, archive: Path) -> None:
    before = len(run("search", archive, "is:unread", "--refs").lines)
    done = run("bookmarks", "read", "04PORTAMBER211", "04 Port Amber 305")
    assert done.err == "cable-tui: 2 cables read\n"
    assert run("search", archive, "is:read", "--refs").lines == ["04PORTAMBER305", "04PORTAMBER211"]
    assert len(run("search", archive, "is:unread", "--refs").lines) == before - 2
    assert run("bookmarks", "unread", "04PORTAMBER211").status == 0
    assert run("search", archive, "is:read", "--refs").lines == ["04PORTAMBER305"]


def test_those_read_last_come_first_and_an_archive_has_their_subjects(
    run: Run, archive: Path
) -> None:
    assert run("bookmarks", "recent").status == 1
    run("index", archive)
    run("bookmarks", "read", "04PORTAMBER211")
    run("bookmarks", "read", "09NOWHERE1")
    assert set(run("bookmarks", "recent").lines) == {"09NOWHERE1", "04PORTAMBER211"}
    (line,) = run("bookmarks", "recent", archive).lines
    assert line.startswith("04PORTAMBER211  VELMARA: THE LOBSTERS")
    assert run("bookmarks", "recent", "--json").value[0].keys() == {"ref", "subject"}


def test_a_query_is_saved_asked_renamed_and_dropped(run: Run, archive: Path) -> None:
    assert run("bookmarks", "searches").status == 1
    done = run("bookmarks", "save", "class:secret", "kettle", "--search", "the  rocks")
    assert (done.status, done.err) == (0, "cable-tui: saved the rocks: class:secret kettle\n")
    assert run("bookmarks", "searches").out == "the rocks  class:secret kettle\n"
    found = run("search", archive, 'query:"the rocks"', "--refs").lines
    assert found == run("search", archive, "class:secret kettle", "--refs").lines != []
    assert run("bookmarks", "rename", "--search", "the rocks", "rocks").status == 0
    rocks = {"name": "rocks", "query": "class:secret kettle"}
    assert run("bookmarks", "searches", "--json").value == [rocks]
    assert run("bookmarks", "drop", "--search", "rocks").status == 0
    assert run("bookmarks", "searches").status == 1


def test_the_search_of_an_older_program_gets_the_or_that_it_meant(run: Run, home: Path) -> None:
    run("bookmarks", "save", "kelp", "--search", "old")
    (library,) = home.rglob("library.sqlite")
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE search SET query = 'has:tag has:subject'")
    done = run("bookmarks", "searches")
    assert done.out == "old  (has:tag or has:subject)\n"
    assert done.err.startswith("cable-tui: the implied `or` is now written out in old")
    assert run("bookmarks", "searches").err == ""
    run("bookmarks", "undo")
    assert run("bookmarks", "searches").out == "old  has:tag has:subject\n"


def test_a_list_has_another_place_among_the_lists(run: Run) -> None:
    for name in ("one", "two", "three"):
        run("bookmarks", "add", "04PORTAMBER211", "--list", name)
    done = run("bookmarks", "move", "--list", "three", "--to", "1")
    assert done.err == "cable-tui: three is now number 1 of your lists\n"
    assert [line.split()[0] for line in run("bookmarks", "lists").lines] == ["three", "one", "two"]


def test_undo_takes_back_one_change_after_the_other_over_several_runs(run: Run) -> None:
    assert run("bookmarks", "undo").status == 1
    run("bookmarks", "add", "04PORTAMBER211", "--note", "why?")
    run("bookmarks", "note", "04PORTAMBER211", "--note", "who?")
    assert run("bookmarks", "undo").err == "cable-tui: undone: note to 04PORTAMBER211\n"
    assert run("bookmarks", "list").lines == ["04PORTAMBER211  why?"]
    assert run("bookmarks", "undo").err == "cable-tui: undone: bookmark 04PORTAMBER211\n"
    assert run("bookmarks", "list").status == 1
    assert run("bookmarks", "undo").status == 1
    assert run("bookmarks", "undo", "all").status == 2

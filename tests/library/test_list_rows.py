"""What is private stays so; searches of older programs are read as meant and rewritten once."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.library import Bundle, Library, Mark, check
from cable_tui.library.bundles import dumps, loads

OLD = "has:redaction has:article"
MEANT = "(has:redaction or has:article)"
PLAIN = "kelp has:tag is:read"
KILLED = """
import os, signal, sys
from pathlib import Path
from cable_tui.library import Library, list_rows
library = Library(Path(sys.argv[1]))
if sys.argv[2] == "before":
    with library._writer.writing(list_rows.REWRITING) as connection:
        assert list_rows.rewrite_older(connection) == ["old"]
        os.kill(os.getpid(), signal.SIGKILL)
assert library.searches.rewrite_older() == ["old"]
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A library with a list, a search of an older program, and one that all read alike."""
    path = tmp_path / "library.sqlite"
    with closing(Library(path, author="ada")) as library:
        library.put([Mark("09RABAT27", "09RABAT27")], "story")
        library.searches.save("plain", PLAIN)
        library.searches.save("old", "kelp")
    older_program_saves(path, "old", OLD)
    return path


@pytest.fixture
def library(file: Path) -> Iterator[Library]:
    with closing(Library(file, author="ada")) as library:
        yield library


def secrets(library: Library) -> list[str]:
    """Names of private lists, and cables whose bookmarks are private."""
    of_uid = {mark.uid: mark.canonical_id for mark in library.marks()}
    return sorted(of_uid.get(name, name) for _, name in library.lists.private_rows())


def test_a_list_is_private_with_its_bookmarks_and_those_stay_so(library: Library) -> None:
    library.lists.set_private("story", on=True)
    assert secrets(library) == ["09RABAT27", "story"]
    library.lists.drop("story")
    assert secrets(library) == ["09RABAT27"]


def test_a_private_list_is_private_under_its_new_name(library: Library) -> None:
    library.lists.set_private("story", on=True)
    library.lists.rename("story", "better")
    assert secrets(library) == ["09RABAT27", "better"]
    library.undo()
    assert secrets(library) == ["09RABAT27", "story"]


@pytest.mark.parametrize("was_private", [False, True])
def test_a_list_that_gets_a_private_name_is_private_with_its_bookmarks(
    library: Library, was_private: bool
) -> None:
    library.lists.set_private("secret", on=True)
    library.lists.set_private("story", on=was_private)
    library.lists.rename("story", "secret")
    assert secrets(library) == ["09RABAT27", "secret"]
    library.undo()
    assert secrets(library) == (["09RABAT27", "secret", "story"] if was_private else ["secret"])


def test_a_list_that_keeps_its_name_is_as_private_as_before(library: Library) -> None:
    library.lists.rename("story", "story")
    assert secrets(library) == []
    library.lists.set_private("story", on=True)
    library.lists.rename("story", " story ")
    assert secrets(library) == ["09RABAT27", "story"]


def older_program_saves(path: Path, name: str, query: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO change (at, author, what) VALUES ('', '', 'save')")
        connection.execute("UPDATE search SET query = ? WHERE name = ?", (query, name))


def stored(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, query FROM search").fetchall())


def test_a_search_is_read_as_it_was_meant_before_anything_is_written(library: Library) -> None:
    wanted = {"plain": PLAIN, "old": MEANT}
    assert library.searches.queries() == wanted
    assert library.reader_data().saved == wanted
    assert library.bundle().searches == wanted
    assert stored(library.path) == {"plain": PLAIN, "old": OLD}


def test_it_is_rewritten_once_by_the_first_of_two_windows(library: Library, file: Path) -> None:
    with closing(Library(file)) as other:
        assert library.searches.rewrite_older() == ["old"]
        assert other.searches.rewrite_older() == []
    assert library.searches.rewrite_older() == []
    assert stored(file) == {"plain": PLAIN, "old": MEANT}


def test_who_undoes_it_keeps_the_words_and_what_they_mean_today(
    library: Library, file: Path
) -> None:
    library.searches.rewrite_older()
    assert library.undo() == "write or into saved searches"
    assert stored(file) == {"plain": PLAIN, "old": OLD}
    assert library.searches.rewrite_older() == []
    assert library.searches.queries()["old"] == OLD
    # Others would take the old words for those of an older program.
    assert loads(dumps(library.bundle()).encode(), "it").searches["old"] == (
        "has:redaction and has:article"
    )


def test_what_an_older_program_beside_saves_is_rewritten_as_it_comes(
    library: Library, file: Path
) -> None:
    library.searches.rewrite_older()
    older_program_saves(file, "plain", "is:read is:noted")
    assert library.searches.queries()["plain"] == "(is:read or is:noted)"
    assert library.searches.rewrite_older() == ["plain"]
    assert library.undo()
    older_program_saves(file, "old", OLD)
    assert library.searches.rewrite_older() == ["old"]


def test_a_library_that_cannot_be_written_answers_the_same(library: Library, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with closing(Library(file)) as newer:
        assert newer.searches.queries()["old"] == MEANT
        with pytest.raises(LibraryError):
            newer.searches.rewrite_older()
    assert stored(file)["old"] == OLD


def test_a_log_in_which_a_bit_was_flipped_stops_no_search(library: Library, file: Path) -> None:
    library.searches.rewrite_older()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE event SET before = '{'")
    older_program_saves(file, "old", OLD)
    assert library.searches.queries()["old"] == MEANT


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_is_killed_leaves_one_of_the_two(file: Path, when: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(file), when], capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert check(file) == ""
    assert stored(file)["old"] == (OLD if when == "before" else MEANT)
    with closing(Library(file)) as library:
        assert library.searches.queries()["old"] == MEANT
        assert library.searches.rewrite_older() == (["old"] if when == "before" else [])


def test_an_exported_file_of_an_older_program_is_rewritten_as_it_arrives(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        library.import_bundle(Bundle((), {}, {"old": OLD, "plain": PLAIN}))
        library.searches.save("own", "has:tag has:subject")
        assert stored(library.path) == {
            "old": MEANT,
            "plain": PLAIN,
            "own": "has:tag and has:subject",
        }

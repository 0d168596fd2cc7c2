"""What visitors of `serve` have left of an archive is named and goes with `forget PATH`."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.cache import cache_folder
from cable_tui.library import Library, Mark
from cable_tui.program import last_position
from cable_tui.program.last_position import LastPosition
from cable_tui.program.settings import below
from tests.cli.conftest import Run, holds
from tests.cli.test_forget_everything import left, open_room

HERE, ELSEWHERE = "04PORTAMBER211", "99STRELSAU7"


@pytest.fixture
def served(run: Run, archive: Path, own: Path, tmp_path: Path) -> Path:
    """An archive of its own, indexed, in the reader's home `own`."""
    folder = tmp_path / "served"
    shutil.copytree(archive, folder)
    assert run("index", folder).status == 0
    assert own.exists()
    return folder


def visitor(home: Path, name: str, archive: Path, *marks: str) -> Path:
    """Somebody who was in the archive, read a cable and searched; their home."""
    place = home / "data" / "visitors" / name
    paths = below(place)
    with closing(Library(paths.library)) as library:
        library.read_cables.add([HERE])
        for each in marks:
            library.add(Mark(each, each, note=f"of {each}"))
    position = last_position.file_of(paths.state, cache_folder(archive, home / "cache").name)
    last_position.write(position, LastPosition())
    paths.last_archive.write_text(str(archive))
    paths.theme.write_text("reading-room")
    return place


def test_who_left_nothing_else_goes_with_their_home(run: Run, served: Path, own: Path) -> None:
    home = visitor(own, "ab12" * 8, served)
    assert run("forget", served).says(
        0, f"visitor ab12ab12: forgotten, with the home {home}: nothing else was in it"
    )
    assert not home.exists()


def test_bookmarks_of_visitors_stay_and_are_named_until_all_of_them_are_to_go(
    run: Run, served: Path, own: Path
) -> None:
    home = visitor(own, "ab12" * 8, served, HERE)
    done = run("forget", served)
    assert done.status == 0
    said = "visitor ab12ab12: forgotten: their position and searches in it, "
    gone = "its place as the archive that was opened last, the list of cables that they read"
    assert said + gone in done.err
    kept = "visitor ab12ab12: data kept about it: 1 bookmark (1 note); forget --all removes them"
    assert kept in done.err
    assert holds(home, HERE) == ["library.sqlite"]
    assert holds(home, str(served)) == []
    refused = run("forget", served, "--all")
    assert refused.status == 2
    assert holds(home, HERE) == ["library.sqlite"]
    assert run("forget", served, "--all", "--yes").status == 0
    assert not home.exists()


def test_what_a_visitor_has_of_another_archive_stays(run: Run, served: Path, own: Path) -> None:
    home = visitor(own, "ab12" * 8, served, HERE, ELSEWHERE)
    assert run("forget", served, "--all", "--yes", "--json").value["visitors"] == [
        {"home": str(home), "read": 1, "marks": 1, "marks_kept_of_it": 0, "removed": False}
    ]
    assert holds(home, HERE) == []
    with closing(Library(below(home).library)) as library:
        assert [mark.note for mark in library.marks()] == [f"of {ELSEWHERE}"]


def test_a_home_that_cannot_be_cleaned_is_named_and_the_others_are(
    run: Run, served: Path, own: Path
) -> None:
    one, other = (visitor(own, name * 8, served) for name in ("ab12", "cd34"))
    (one / "data" / "library.sqlite").unlink()
    (one / "data" / "library.sqlite").mkdir()
    assert run("forget", served).says(4, f"{one}: ")
    assert not other.exists()


def test_a_link_among_the_homes_leads_nowhere_and_who_was_never_in_it_is_not_named(
    run: Run, served: Path, own: Path, tmp_path: Path
) -> None:
    other = visitor(tmp_path / "elsewhere", "ab12" * 8, served)
    stranger = own / "data" / "visitors" / "ef56"
    with closing(Library(below(stranger).library)) as library:
        library.add(Mark(ELSEWHERE, ELSEWHERE))
    (own / "data" / "visitors" / "cd34").symlink_to(other)
    before = left(other)
    assert "visitor" not in run("forget", served).err
    assert left(other) == before
    with closing(Library(below(stranger).library)) as library:
        assert [mark.reference_id for mark in library.marks()] == [ELSEWHERE]


def test_a_room_and_a_server_of_the_archive_are_named_and_others_are_left_alone(
    run: Run, served: Path, own: Path
) -> None:
    with open_room(own, "/another") as other:
        with open_room(own, str(served / ".." / "served")) as process:
            done = run("forget", served)
            assert done.status == 2
            assert f"process {process}\n" in done.err
            assert f"process {other}\n" not in done.err
            assert "Nothing was removed" in done.err
            assert run("forget", served, "--end").says(0, f"process {process}\n")
        os.kill(other, 0)

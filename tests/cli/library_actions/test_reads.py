"""`marks read`, `unread`, `recent`: the signs of what was read, without the room."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_cable_is_read_and_not_read(run: Run, archive: Path) -> None:
    before = len(run("search", archive, "is:unread", "--refs").lines)
    assert run("marks", "read", "04PORTAMBER211", "04 Port Amber 305").err.endswith(
        "2 cables read\n"
    )
    assert run("search", archive, "is:read", "--refs").lines == ["04PORTAMBER305", "04PORTAMBER211"]
    assert len(run("search", archive, "is:unread", "--refs").lines) == before - 2
    assert run("marks", "unread", "04PORTAMBER211").status == 0
    assert run("search", archive, "is:read", "--refs").lines == ["04PORTAMBER305"]


def test_those_read_last_come_first_and_an_archive_has_their_subjects(
    run: Run, archive: Path
) -> None:
    assert run("marks", "recent").status == 1
    run("index", archive)
    run("marks", "read", "04PORTAMBER211")
    run("marks", "read", "09NOWHERE1")
    assert set(run("marks", "recent").lines) == {"09NOWHERE1", "04PORTAMBER211"}
    (line,) = run("marks", "recent", archive).lines
    assert line.startswith("04PORTAMBER211  VELMARA: THE LOBSTERS")
    assert run("marks", "recent", "--json").value[0].keys() == {"ref", "subject"}


def test_nothing_named_is_refused(run: Run) -> None:
    assert run("marks", "read").status == 2
    assert run("marks", "recent", "a", "b").status == 2

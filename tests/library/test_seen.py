"""What was read is kept; it is no change of marks."""

from __future__ import annotations

from pathlib import Path

from cable_tui.library import Library, Mark


def test_what_was_read_is_there_for_the_next_window(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    library = Library(file)
    assert library.seen.ids() == frozenset()
    library.seen.add(f"09A{number}" for number in range(1000))
    library.seen.add(["09A1", "half \udc80"])
    there = Library(file)
    assert len(there.seen.ids()) == 1001
    there.seen.remove(["09A1", "never"])
    assert library.changed()
    assert "09A1" not in library.seen.ids()


def test_reading_is_nothing_to_undo(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    library.add(Mark("09A1", "09A1"))
    library.seen.add(["09A1"])
    assert library.undo() == "bookmark 09A1"
    assert library.seen.ids() == {"09A1"}
    assert library.undo() == ""

"""Whose a bookmark is, when it came from others or goes to them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cable_tui.library import Library
from cable_tui.library.reader_data import Name
from cable_tui.tools.sharing.sharing import sharing_of
from tests.library import bookmark
from tests.library.test_reader_data import file  # noqa: F401 - a fixture


def test_marks_of_colleagues_are_never_asked_about(
    file: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Though one of them is root as well, and whoever imported their file was."""
    with (
        closing(Library(tmp_path / "eve.sqlite", author="Eve")) as eve,
        closing(Library(tmp_path / "other.sqlite", author="root")) as other,
        closing(Library(file, author="root")) as library,
    ):
        eve.add(bookmark(7, note="of eve"))
        other.add(bookmark(8, note="of another root"))
        other.add(bookmark(9, note="told by another root"))
        library.import_bundle(eve.bundle())
        library.import_bundle(other.bundle())
        sharing_of(other).take()
        told = sharing_of(other).own_after(sharing_of(other).library(), 0)
        other.remove(other.marks()[1])
        sharing_of(library).take(told)
    with closing(Library(file, author="Mara")) as library:
        assert library.names.others() == [Name("root", 4, 2, None), Name("Eve", 1, 0, None)]
        assert library.names.to_ask() == Name("root", 4, 2, None)
        library.names.answer("root", mine=False)
        assert library.names.to_ask() is None


def test_answers_leave_with_no_sync_and_with_no_export(file: Path) -> None:  # noqa: F811
    with closing(Library(file, author="Mara")) as library:
        sharing_of(library).take()
        told = sharing_of(library).taken()
        library.names.answer("root", mine=True)
        sharing_of(library).take()
        assert sharing_of(library).taken() == told
        assert library.bundle().private == ()

"""The files of tools beside the bookmarks: named in the rows as the tools name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.base.tools import KeptFile
from cable_tui.library.kept_files import Additions, kept_files
from cable_tui.library.session_copy import copy_library, keep, made_since
from tests.command_cases import found
from tests.fictional_tool import PLUG, add_tool
from tests.tool_cases import KeptFiles

LAMPS = KeptFile("lamps.txt", "the lamps you lit", is_copied=True, additions=PLUG)


def test_the_rows_name_the_files_of_the_tools(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    expected = {case.beside(library) for case in found(KeptFiles) if case.beside}
    assert {file for _, file in kept_files(library)} == expected


def test_a_private_session_has_a_copy_of_a_tools_file_and_can_keep_what_was_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def additions(before: Path, now: Path) -> Additions:
        more = now.read_text("utf-8").removeprefix(before.read_text("utf-8"))

        def keep_them(file: Path) -> None:
            file.write_text(file.read_text("utf-8") + more, "utf-8")

        return Additions(len(more), "lamp", keep_them)

    add_tool(monkeypatch, "library.kept_files", additions, kept_files=(LAMPS,))
    own, before, now = (tmp_path / name / "library.sqlite" for name in ("data", "before", "now"))
    own.parent.mkdir()
    (own.parent / "lamps.txt").write_text("**", "utf-8")
    for place in (before, now):
        assert copy_library(own, place) == ""
    assert (now.parent / "lamps.txt").read_text("utf-8") == "**"
    assert made_since(before, now).in_words == ""
    (now.parent / "lamps.txt").write_text("***", "utf-8")
    made = made_since(before, now)
    assert made.in_words == "1 lamp"
    keep(made, own, "ada")
    assert (own.parent / "lamps.txt").read_text("utf-8") == "***"

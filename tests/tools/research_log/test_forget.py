"""The research log is forgotten with an archive, by its visitors too, and with everything."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from cable_tui.operating_system.files import true_path
from cable_tui.program.settings import below
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Search, SearchedArchive
from tests.cli.conftest import Run, holds
from tests.cli.test_forget_everything import left
from tests.cli.test_forget_visitors import HERE, visitor


def test_the_log_goes_with_what_a_killed_window_left(
    run: Run, own: Path, demo_archive: Path, temporary: Path
) -> None:
    assert temporary.is_dir()
    assert run("search", demo_archive, "lobster").status == 0
    (own / "data" / ".research-log.jsonl.77.part").write_text("x")
    assert run("forget", "--everything", "--yes").says(0, "the research log")
    assert left(own) == []


def test_what_visitors_searched_in_an_archive_is_forgotten_with_it(
    run: Run, own: Path, demo_archive: Path, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    copytree(demo_archive, served)
    assert run("index", served).status == 0
    home = visitor(own, "ab12" * 8, served, HERE)
    log = research_log.file_beside(below(home).library)
    research_log.add(log, SearchedArchive(str(true_path(served)), 40, 1, ""), [Search("eels", 3)])
    done = run("forget", served)
    assert "searches in it, 1 search of the research log, its place as the archive" in done.err
    assert holds(home, "eels") == holds(home, str(served)) == []

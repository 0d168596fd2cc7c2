"""Confirmed people are forgotten with everything else."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_forget_everything import left


def test_the_people_go_with_what_a_killed_window_left(
    run: Run, own: Path, demo_archive: Path, temporary: Path
) -> None:
    assert temporary.is_dir()
    assert run("people", demo_archive, "--confirm", "Kharazin", "--yes").status == 0
    for name in (".people.json.77.part", "people.json.lock"):
        (own / "data" / name).write_text("x")
    assert run("forget", "--everything", "--yes").says(0, "the people you confirmed")
    assert left(own) == []

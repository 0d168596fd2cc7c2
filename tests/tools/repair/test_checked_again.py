"""A draft that is checked again after each save has the findings of a whole check."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.check import Check, in_order
from cable_tui.tools.protection.answers import NO_ANSWERS
from cable_tui.tools.repair.checked_again import CheckedAgain
from tests.cli.conftest import Run
from tests.tools.drafts.manuscript import manuscript
from tests.tools.drafts.manuscript import markdown as written


@pytest.mark.usefixtures("home")
def test_each_save_gives_the_findings_of_a_whole_check(
    run: Run, demo_archive: Path, demo_cache: Path
) -> None:
    run("index", demo_archive)
    text = written(manuscript(demo_archive)[:24])
    twice = text + "\n\n" + text
    saves = [
        text,
        f"A new beginning.\n\n{text}",
        text.replace("¶2", "¶3"),
        twice,
        twice.replace("The embassy wrote", "A source said", 3),
        text,
        text.replace(" ¶2)", " ¶2) [cable:04PORTAMBER305#2:q2k5vw3xn7ta]"),
        text,
    ]
    with closing(open_archive(demo_archive, demo_cache, readonly=True)) as archive:
        again = CheckedAgain(archive, NO_ANSWERS)
        for save in saves:
            read = what_to_check(markdown.read(save))
            whole = in_order(list(Check(archive, read, NO_ANSWERS).findings()))
            assert again.findings(read) == whole

"""`check --watch`: the counts of a draft while it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.tools.drafts.findings import Finding, Kind, Verdict
from cable_tui.tools.repair.watching import counts
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], "no quotations yet"),
        ([("quotation", "exact")] * 41 + [("quotation", "altered")] * 2, "41 exact · 2 altered"),
        (
            [("quotation", "unfound"), ("citation", "exact"), ("citation", "altered")],
            "1 not in this archive · 1 other fault",
        ),
    ],
)
def test_the_line_counts_verdicts(found: list[tuple[Kind, Verdict]], line: str) -> None:
    findings = [Finding(kind, verdict, (), "line 1", "", "words") for kind, verdict in found]
    assert counts(findings) == line


def test_only_a_file_can_be_watched(run: Run, demo_archive: Path, tmp_path: Path) -> None:
    for draft in ("-", tmp_path / "none.md"):
        done = run("check", demo_archive, draft, "--watch")
        assert (done.status, "needs an existing file" in done.err) == (2, True)

"""`check`: what a draft quotes and cites, against an archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui.tools.drafts import check as draft_check
from cable_tui.tools.drafts.export import CheckAnswer
from cable_tui.tools.drafts.findings import Finding
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import GRAMMAR, READING, SEARCHING
from tests.tools.drafts.manuscript import FAULTS, FORMATS, manuscript

CASE = CommandCase(
    shapes={"check": CheckAnswer},
    answers=(Answer("check PATH DRAFT --json", 1), Answer("check PATH DRAFT --json --faults", 1)),
    imports={
        "check PATH DRAFT": SEARCHING
        | READING
        | GRAMMAR
        | {"archive.draft_check", "drafts", "exports", "protection"}
        | {"tools.drafts", "tools.protection", "tools.repair", "tools.voices", "tools.people"},
    },
    prepare=lambda _, places: FORMATS["md"](places["DRAFT"], manuscript(places["PATH"])),
)


@pytest.mark.parametrize("form", FORMATS)
def test_every_known_fault_is_found_and_nothing_else(
    run: Run, demo_archive: Path, tmp_path: Path, form: str
) -> None:
    quoted = manuscript(demo_archive)
    assert len(quoted) == 60
    assert len({each.kind for each in FAULTS}) == 10
    draft = tmp_path / f"rocks.{form}"
    FORMATS[form](draft, quoted)
    done = run("check", demo_archive, draft, "--json")
    assert done.status == 1
    numbers = [done.value[each] for each in ("stopped", "checked", "total")]
    assert numbers == [False, 120, 120]
    found = [each for each in done.value["findings"] if each["kind"] == "quotation"]
    said = [(each["text"], each["verdict"]) for each in found]
    assert said == [(each.text, each.verdict) for each in quoted]
    for each, wanted in zip(found, quoted, strict=True):
        if wanted.verdict == "exact":
            assert each["found"]["citation"] == wanted.cited


def test_a_draft_that_is_right_ends_with_0(run: Run, demo_archive: Path, tmp_path: Path) -> None:
    draft = tmp_path / "right.md"
    draft.write_text(
        "“The chart is handsome and its paper is old.” (04PORTAMBER305 ¶2)\n\n```\ncode\n```\n",
        encoding="utf-8",
    )
    done = run("check", demo_archive, draft)
    assert done.status == 0
    assert done.lines == [
        "✓ line 1: exact · 04PORTAMBER305 ¶2 · “The chart is handsome and its paper is old.”"
    ]
    assert "not checked: a block of code, from line 3 on" in done.err
    assert "1 quotation: 1 exact; 1 citation: 1 here" in done.err
    assert run("check", demo_archive, draft, "--faults").lines == []


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("“The chart is handsome and its paper is old.” (04PORTAMBER305 ¶2)\n", 0),
        ("<html><p>“The chart is ugly and its paper is old.” (04PORTAMBER305 ¶2)</p></html>", 1),
        ("%PDF-1.4", 2),
    ],
)
def test_a_draft_may_come_through_a_pipe(
    spawn: Run, demo_archive: Path, draft: str, status: int
) -> None:
    done = spawn("check", demo_archive, "-", stdin=draft)
    assert done.status == status, done.err
    assert status < 2 or done.err.startswith("cable-tui: stdin: it is a PDF")


def test_the_room_needs_a_terminal_and_a_draft_that_it_can_read_again(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "a.md"
    draft.write_text("x", encoding="utf-8")
    for given, said in ((draft, "terminal"), ("-", "needs a file")):
        done = run("check", demo_archive, given, "--room")
        assert (done.status, done.out, said in done.err) == (2, "", True)


def test_a_check_that_is_stopped_prints_what_it_has(
    run: Run, demo_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "rocks.md"
    FORMATS["md"](draft, manuscript(demo_archive))
    real = draft_check.Check.findings

    def stopped(self: draft_check.Check) -> Iterator[Finding]:
        for at, each in enumerate(real(self)):
            if at == 2:
                raise KeyboardInterrupt
            yield each

    monkeypatch.setattr(draft_check.Check, "findings", stopped)
    done = run("check", demo_archive, draft)
    assert done.status == 130
    assert len([line for line in done.lines if line.startswith("✓")]) == 2
    assert "stopped: 2 of 120 were checked" in done.err
    value = run("check", demo_archive, draft, "--json").value
    assert (value["stopped"], value["checked"], value["total"]) == (True, 2, 120)

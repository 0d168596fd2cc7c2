"""`check --watch`: follow a draft while it is written."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from cable_tui.base.errors import UsageError
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit,
    existing_path,
    file_or_stdout,
    say,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.formats.office.blocks import DocumentError
from cable_tui.text.numbers import counted
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.draft_view import identity
from cable_tui.tools.drafts.export import SAID, finding_lines
from cable_tui.tools.drafts.findings import VERDICTS, Finding
from cable_tui.tools.drafts.read import document_in
from cable_tui.tools.protection import answers
from cable_tui.tools.repair.checked_again import CheckedAgain
from cable_tui.tools.repair.saves import saves


def run(context: CommandContext) -> int:
    """Print new findings and a line of counts after each save; return 0 after ctrl-c."""
    options = context.options
    path = file_or_stdout(str(options.draft))
    if path is None or not path.is_file():
        raise UsageError(f"{options.draft}: check --watch needs an existing file")
    if options.json:
        raise UsageError("--watch and --json cannot be combined")
    existing_path(options.path)
    with opened_archive(context, options.path, needs=("facts", "grammar", "text")) as archive:
        known_answers = answers.read(answers.file_beside(context.paths.library))
        try:
            _follow(path, CheckedAgain(archive, known_answers))
        except KeyboardInterrupt:
            emit("\n" if sys.stdout.isatty() else "")
    return 0


def _follow(path: Path, checks: CheckedAgain) -> None:
    shown: frozenset[object] = frozenset()
    for data in saves(path, time.sleep):
        try:
            findings = checks.findings(what_to_check(document_in(path, data)))
        except DocumentError as error:
            say(f"{path}: {error}")
            continue
        faults = {identity(finding): finding for finding in findings if finding.is_fault}
        rewrite = "\r\x1b[K" if sys.stdout.isatty() else ""
        for name, finding in faults.items():
            if name not in shown:
                emit(rewrite + "".join(f"{line}\n" for line in finding_lines(finding)))
        shown = frozenset(faults)
        emit(f"{rewrite}{counts(findings)}" + ("" if rewrite else "\n"))
        sys.stdout.flush()


def counts(findings: Sequence[Finding]) -> str:
    """Return `41 exact · 2 altered · 1 not in this archive`, with other problems at the end."""
    quoted = [finding.verdict for finding in findings if finding.kind == "quotation"]
    parts = [
        f"{quoted.count(verdict):,} {SAID[verdict]}" for verdict in VERDICTS if verdict in quoted
    ]
    others = sum(finding.is_fault and finding.kind != "quotation" for finding in findings)
    parts += [counted(others, "other fault")] if others else []
    return " · ".join(parts) or "no quotations yet"

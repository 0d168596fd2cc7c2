"""The command `cable-tui check`: check the quotations and citations of a draft."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.base.tools import command_parts
from cable_tui.base.value import replace
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit_lines,
    existing_path,
    file_or_stdout,
    say,
    say_requests,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.progress import each_with_progress, progress_of
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.program.settings import Paths
    from cable_tui.session.values import Action
    from cable_tui.tools.drafts.findings import Finding


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_argument(
        "draft", metavar="DRAFT", type=Path, help="Markdown, text, HTML, .docx or .odt; - is stdin"
    )
    output_forms = parser.one_of()
    output_forms.add_flag("--json", "one JSON object with all findings")
    output_forms.add_flag("--room", "open the reading room, with the draft next to its cables")
    parser.add_flag("--faults", "print only problems")
    for command_part in command_parts("check"):
        command_part.configure(parser)
    parser.add_rows("print at most N findings")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print the findings; return 0 if there are no problems, otherwise 1."""
    from cable_tui.tools.drafts import export as draft_report
    from cable_tui.tools.drafts.attribution import what_to_check
    from cable_tui.tools.drafts.findings import CheckedDraft, looked_at
    from cable_tui.tools.drafts.read import read_draft, read_piped

    for command_part in command_parts("check"):
        if (exit_status := command_part.run(context)) is not None:
            return int(exit_status)
    options = context.options
    existing_path(options.path)
    path = file_or_stdout(str(options.draft))
    if options.room and path is None:
        raise UsageError(
            "check --room needs a file, because it reads the draft again; - is not a file"
        )
    if path is not None and path.is_dir():
        raise UsageError(
            f"{path}: it is a folder; the archive comes first, then the draft: cable-tui check "
            "PATH DRAFT"
        )
    draft = read_piped(sys.stdin.buffer) if path is None else read_draft(path)
    if options.room and path is not None:
        return _room(context, path)

    watch = partial(each_with_progress, what="paragraphs read", total=len(draft.blocks))
    draft_contents = what_to_check(draft, watch)
    draft = draft_contents.draft
    interruption: KeyboardInterrupt | None = None
    with opened_archive(context, options.path, needs=("facts", "grammar", "text")) as archive:
        from cable_tui.tools.drafts.check import Check, in_order
        from cable_tui.tools.protection import answers

        known_answers = answers.read(answers.file_beside(context.paths.library))
        check = Check(archive, draft_contents, known_answers)
        total_checks = len(draft_contents.quotations) + len(draft_contents.citations)
        findings: list[Finding] = []
        try:
            with progress_of("quotations") as report_progress:
                for finding_so_far in check.findings():
                    findings.append(finding_so_far)
                    report_progress(len(findings), max(total_checks, len(findings)))
        except KeyboardInterrupt as error:
            interruption = error
            say(f"stopped: {looked_at(findings):,} of {total_checks:,} were checked")
        _say_unread(archive, check.unread)
        checked_draft = CheckedDraft(
            draft, in_order(findings), interruption is not None, total_checks
        )
        pages = RowPages(options, archive, "check", draft, options.faults)
        listed = [each for each in checked_draft.findings if each.is_fault or not options.faults]
        shown = pages.cut(listed)
        if options.json:
            name, faults = str(options.draft), options.faults
            answer = draft_report.answer(checked_draft, name, only_faults=faults)
            answer = replace(answer, findings=tuple(pages.cut(answer.findings)))
            left_out = (*draft.left_out, *check.unread)
            page = pages.page(len(shown), len(listed), left_out=left_out)
            pages.emit_object(answer, "findings", page)
    if not options.json:
        emit_lines(draft_report.lines(replace(checked_draft, findings=tuple(shown))))
    for left_out_part in draft.left_out:
        say(f"not checked: {left_out_part}")
    say(draft_report.summary(findings))
    say_requests(context, check.asking)
    if interruption is not None:
        raise interruption
    if check.unread:
        return ArchiveError.exit_code
    return 1 if any(finding.is_fault for finding in findings) else 0


def _say_unread(archive: Archive, unread_reasons: list[str]) -> None:
    from cable_tui.archive.search.snapshot import Snapshot

    if not Snapshot(archive).complete:
        say("not every text is indexed: a quotation without a citation may not be found")
    if unread_reasons:
        say(f"{counted(len(unread_reasons), 'cable')} could not be read: {unread_reasons[0]}")


def _room(context: CommandContext, draft_path: Path) -> int:
    """Open the room on the page of the draft."""
    from cable_tui.cli.open import enter, need_terminal, room_entered

    need_terminal(context)
    path = existing_path(context.options.path)

    def then(_: Paths) -> Sequence[Action]:
        from cable_tui.tools.drafts.room import OpenDraft  # when the room is on the screen

        return (OpenDraft(str(draft_path.absolute())),)

    def run(context: CommandContext) -> int:
        with room_entered(context, path):
            return enter(context, path, then=then)

    if context.options.private:
        from cable_tui.cli.private_session import private_room

        return private_room(context, run)
    return run(context)

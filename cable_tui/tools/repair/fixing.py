"""`check --fix`: write a copy of the draft in which certain errors are corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, picked
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit_answer,
    existing_path,
    file_or_stdout,
    refuse_private,
    say,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.formats.office.blocks import DocumentError
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled
    from cable_tui.tools.repair.changes import ChangeKind, Plan


class DraftChange(Value):
    """A change in the copy."""

    kind: ChangeKind
    """What is corrected: a word of a quotation, a part of a citation, or a missing `citation`."""
    place: Filled
    before: str
    """The words in the draft; empty if a citation is added."""
    after: str
    """The words in the copy."""
    reason: Filled
    citation: Filled
    """The cable and paragraph that prove the change correct."""


class DraftDoubt(Value):
    """An error that is not corrected."""

    place: Filled
    text: str
    """The quotation or citation as written in the draft."""
    reason: Filled


class FixAnswer(Value):
    """The output of `check --fix --json`: the changes in the copy, and the errors that remain."""

    draft: Filled
    """The file name as entered."""
    copy: Filled
    """The file that was written."""
    form: Literal["tracked changes", "words"]
    """Whether the changes are tracked, as in Word and LibreOffice, or made directly."""
    changes: tuple[DraftChange, ...]
    doubts: tuple[DraftDoubt, ...]


def run(context: CommandContext) -> int:
    """Write the copy and print its changes; return 0, or 1 if errors remain."""
    options = context.options
    refuse_private(context, "check --fix")
    path = file_or_stdout(str(options.draft))
    if path is None or options.output is None:
        raise UsageError("check --fix needs a file, and -o with a name for its copy")
    if options.output.exists() and options.output.samefile(path):
        raise UsageError(f"{options.output}: the copy would replace the draft; choose another name")
    if options.output.suffix.lower() != path.suffix.lower():
        raise UsageError(
            f"{options.output}: the copy needs the same extension as the draft, {path.suffix}"
        )
    existing_path(options.path)
    plan, data, document_format = _copied(context, path)
    from cable_tui.exports.written_file import write_whole  # few checks write a file

    write_whole(options.output, [data])
    answer = FixAnswer(
        str(options.draft),
        str(options.output),
        "tracked changes" if document_format in ("Word", "LibreOffice") else "words",
        tuple(picked(DraftChange, change) for change in plan.changes),
        tuple(picked(DraftDoubt, doubt) for doubt in plan.doubts),
    )
    emit_answer(context, answer, _lines(answer))
    say(
        f"{options.output}: {counted(len(plan.changes), 'change')}, "
        f"{counted(len(plan.doubts), 'doubt')}"
    )
    return 1 if plan.doubts else 0


def _copied(context: CommandContext, path: Path) -> tuple[Plan, bytes, str]:
    from cable_tui.tools.drafts.attribution import what_to_check
    from cable_tui.tools.drafts.check import Check
    from cable_tui.tools.drafts.read import bytes_of, document_in
    from cable_tui.tools.protection import answers
    from cable_tui.tools.repair.copied import Copier, Original
    from cable_tui.tools.repair.plan import Planner

    try:
        data = bytes_of(path)
        read = what_to_check(document_in(path, data))
        with opened_archive(
            context, context.options.path, needs=("facts", "grammar", "text")
        ) as archive:
            known_answers = answers.read(answers.file_beside(context.paths.library))
            check = Check(archive, read, known_answers)
            findings = list(check.findings())
            plan = Planner(archive, read, check, cite=context.options.cite).plan(findings)
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            copy = Copier(Original(data, path, read), archive, known_answers, moment).copy(plan)
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error
    return copy.plan, copy.data, read.draft.format


def _lines(answer: FixAnswer) -> Iterator[str]:
    for change in answer.changes:
        yield clean_line(f"{change.place}: {change.kind} · {change.citation}")
        if change.before:
            yield clean_line(f"  - {change.before}")
        if change.after:
            yield clean_line(f"  + {change.after}")
        yield clean_line(f"    {change.reason}")
    for doubt in answer.doubts:
        yield clean_line(f"? {doubt.place}: {doubt.reason}")
        yield clean_line(f"    {' '.join(doubt.text.split())[:200]}")

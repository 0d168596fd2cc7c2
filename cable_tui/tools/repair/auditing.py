"""`check --report html`: an audit of a draft, or of a folder of chapters."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.base.tools import shows_requests
from cable_tui.cli.shared.command_context import (
    CommandContext,
    existing_path,
    file_or_stdout,
    refuse_private,
    say,
    write_out,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.exports.citation import RequestCount
from cable_tui.formats.office.blocks import DocumentError
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.check import Check, in_order
from cable_tui.tools.drafts.export import summary
from cable_tui.tools.drafts.read import read_draft
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.answers import Answers
from cable_tui.tools.repair.audit import Chapter, page

_ENDINGS = (".md", ".markdown", ".txt", ".text", ".html", ".htm", ".docx", ".odt")


def run(context: CommandContext) -> int:
    """Write the page; return 0 if there are no errors, 1 if there are any, or 3 as in `check`."""
    options = context.options
    path = file_or_stdout(str(options.draft))
    if path is None:
        raise UsageError("check --report needs a file or a folder; - is neither")
    if options.json:
        raise UsageError("--report and --json cannot be combined")
    if options.output is not None:
        refuse_private(context, "check --report -o")
        if options.output.exists() and path.exists() and options.output.samefile(path):
            raise UsageError(f"{options.output}: the audit would replace the draft")
    existing_path(options.path)
    files = chapters_in(path) if path.is_dir() else [path]
    with opened_archive(context, options.path, needs=("facts", "grammar", "text")) as archive:
        known_answers = answers.read(answers.file_beside(context.paths.library))
        unread: list[str] = []
        requests = RequestCount()
        chapters = [*_checked(path, files, archive, known_answers, (unread, requests))]
    lists = shows_requests()[0].format(shlex.join([str(options.path)]))
    title, found_in = f"Audit of {path.name}", options.path.name or str(options.path)
    pieces = page(title, found_in, requests.in_words(lambda _: lists), chapters)
    write_out(options.output, pieces)
    findings = [finding for chapter in chapters for finding in chapter.findings]
    say(summary(findings))
    for chapter in chapters:
        if chapter.refused:
            say(f"not compared: {chapter.name}: {chapter.refused}")
    if unread:
        say(f"{len(unread):,} cables could not be read: {unread[0]}")
        return ArchiveError.exit_code
    is_faulty = any(finding.is_fault for finding in findings)
    return 1 if is_faulty or any(chapter.refused for chapter in chapters) else 0


def chapters_in(folder: Path) -> list[Path]:
    """Return the drafts in a folder and its subfolders, by name. Raises `DocumentError` if none."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _ENDINGS
        and path.is_file()
        and not path.name.startswith((".", "~"))
    )
    if not found:
        raise DocumentError(f"{folder}: it contains no draft ({', '.join(_ENDINGS)})")
    return found


def _checked(
    path: Path,
    files: list[Path],
    archive: Archive,
    known_answers: Answers,
    seen: tuple[list[str], RequestCount],
) -> Iterator[Chapter]:
    unread, requests = seen
    for file in files:
        name = str(file.relative_to(path)) if file != path else file.name
        try:
            read = what_to_check(read_draft(file))
        except DocumentError as error:
            if file == path:
                raise
            yield Chapter(name, refused=str(error).removeprefix(f"{file}: "))
            continue
        check = Check(archive, read, known_answers)
        check.asking = requests
        findings = in_order(list(check.findings()))
        unread += check.unread
        yield Chapter(name, findings, read.draft.left_out)

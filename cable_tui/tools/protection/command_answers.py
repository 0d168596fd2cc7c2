"""`cable-tui protect --answers`: read a reader's answers from an edited table."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.base.pattern import pattern
from cable_tui.cli.shared.command_context import CommandContext, file_or_stdout, refuse_private, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.operating_system.files import read_small
from cable_tui.text.numbers import counted
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.answers import Answers, RequestKey
from cable_tui.tools.protection.digest_spans import DigestSpan, ParagraphDigests
from cable_tui.tools.protection.review import places_of_names, reviewed

_LARGEST = 64 << 20
_KEY = pattern(r"(?P<cable>\S.{0,80}) (?P<digest>[0-9a-f]{64}):(?P<start>\d{1,9})-(?P<end>\d{1,9})")
_ALL, _NOBODY, _AGAIN = "all", "nobody", "?"


def configure(parser: Parser) -> None:
    """Add the option `--answers`."""
    parser.add_argument(
        "--answers",
        metavar="FILE",
        help="import the column `answer` of an edited --csv table (- is stdin): names separated "
        "by semicolons, `all` for the proposed names, `nobody`, or `?` to be asked "
        "again",
    )


class _Answer(NamedTuple):
    """A line of the table that contains an answer."""

    line: int
    key: RequestKey
    text: str


def change(context: CommandContext, _: Callable[[], Any]) -> int | None:
    """Save the answers in a file and return the exit status, or None if no file is given."""
    answers_path = context.options.answers
    if answers_path is None:
        return None
    refuse_private(context, "protect --answers")
    file = file_or_stdout(answers_path)
    answer_rows = list(_rows(_text(file), answers_path))
    kept_answers: list[tuple[RequestKey, tuple[DigestSpan, ...] | None]] = []
    problems: list[str] = []
    with opened_archive(context, context.options.path, needs=("facts",)) as archive:
        known_answers = answers.read(answers.file_beside(context.paths.library))
        rows_by_cable: dict[str, list[_Answer]] = {}
        for row in answer_rows:
            rows_by_cable.setdefault(row.key.cable, []).append(row)
        for cable, answers_of_cable in rows_by_cable.items():
            for request_key, name_places, answer_problem in _of_cable(
                archive, cable, answers_of_cable, known_answers
            ):
                problems += [answer_problem] if answer_problem else []
                if request_key is not None:
                    kept_answers.append((request_key, name_places))

    def edit(current_answers: Answers) -> Answers:
        for request_key, name_places in kept_answers:
            current_answers = current_answers.with_request(request_key, name_places)
        return current_answers

    answers.change(answers.file_beside(context.paths.library), edit)
    say(
        f"{counted(len(kept_answers), 'answer')} saved as places in the cables; no names are stored"
    )
    for answer_problem in problems:
        say(answer_problem)
    return UsageError.exit_code if problems else 0


def _text(file: Path | None) -> str:
    try:
        file_bytes = (
            sys.stdin.buffer.read(_LARGEST + 1) if file is None else read_small(file, _LARGEST)
        )
        return file_bytes.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file or 'stdin'}: not UTF-8; save the table as UTF-8") from error


def _rows(text: str, name: str) -> Iterator[_Answer]:
    """Yield the lines of a table that have an answer. Raises `UsageError`."""
    first_text_line = text.partition("\n")[0]
    separator = max(",;\t", key=first_text_line.count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    if not {"answer", "key"} <= set(table.fieldnames or ()):
        raise UsageError(f"{name}: the columns `answer` and `key` of --csv are missing")
    for table_row in table:
        answer = _cell(table_row, "answer")
        if not answer:
            continue
        key_match = _KEY.fullmatch(_cell(table_row, "key"))
        if key_match is None:
            raise UsageError(
                f"{name}, line {table.line_num}: the key was changed; export the table again"
            )
        request_place = DigestSpan(
            key_match["digest"], int(key_match["start"]), int(key_match["end"])
        )
        yield _Answer(table.line_num, RequestKey(key_match["cable"], request_place), answer)


def _cell(row: Mapping[str, Any], name: str) -> str:
    """Return a cell without the apostrophe that `--csv` puts before a formula."""
    cell_text = row.get(name)
    return cell_text.strip().removeprefix("'").strip() if isinstance(cell_text, str) else ""


def _of_cable(
    archive: Archive, name: str, rows: list[_Answer], known: Answers
) -> Iterator[tuple[RequestKey | None, tuple[DigestSpan, ...] | None, str]]:
    """Yield the answers for one cable as positions, each with its error or an empty string."""
    id_ = archive.find(name)
    try:
        cable = archive.cable(id_) if id_ is not None else None
    except ArchiveError as error:
        yield None, None, str(error)
        return
    if cable is None:
        yield None, None, f"{name} is not in this archive; its answers were not saved"
        return
    request_by_key = {request.key: request for request in reviewed(cable, known)}
    paragraph_digests = ParagraphDigests(cable)
    for row in rows:
        request = request_by_key.get(row.key)
        where_in_file = f"line {row.line}, {request.place if request else name}"
        if request is None:
            yield None, None, f"{where_in_file}: the paragraph has changed; export the table again"
            continue
        answer_word = row.text.casefold()
        if answer_word == _AGAIN:
            yield row.key, None, ""
        elif answer_word == _NOBODY:
            yield row.key, (), ""
        else:
            names = request.proposed if answer_word == _ALL else row.text.split(";")
            chosen_names = [name_text for name_text in map(str.strip, names) if name_text]
            spans, missing_names = places_of_names(cable, request, chosen_names)
            name_problem = (
                f"{where_in_file}: the cable does not contain {'; '.join(missing_names)}"
                if missing_names
                else ""
            )
            if missing_names or not spans:
                reason = name_problem or f"{where_in_file}: no names are proposed"
                yield None, None, f"{reason}; answer not saved"
            else:
                yield row.key, tuple(map(paragraph_digests.place, spans)), ""

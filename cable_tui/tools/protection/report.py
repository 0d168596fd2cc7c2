"""The report on protection requests: where cables make them, and the reader's answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import Value
from cable_tui.reports.report import (
    Look,
    Option,
    Pieces,
    Report,
    RowKey,
    Rows,
    ValueOf,
)
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.text.numbers import counted
from cable_tui.text.tally import Tally
from cable_tui.tools.protection.review import AskedRequest, RequestRow

if TYPE_CHECKING:
    from cable_tui.archive.texts import Text
    from cable_tui.base.kinds import Count, Filled, Only, OrNull
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

_LINES = 3
"""The maximum number of lines for a sentence on the page."""


class Ask(Value):
    """Which cables to search, and a filter for their requests."""

    query: str = ""
    unanswered: bool = False
    refs: str = ""
    """Reference IDs separated by commas, instead of a query."""


class RequestLine(NamedTuple):
    """A line of the page."""

    row: RequestRow
    part: int
    """The number of the line within its request."""
    pieces: Pieces
    name: str = ""
    """The name that Space selects on this line, or an empty string on other lines."""
    is_stop: bool = False


def _with_answer(
    row: RequestRow, edit: Callable[[tuple[str, ...] | None], tuple[str, ...] | None]
) -> Action:
    from cable_tui.tools.protection.room import AnswerRequests

    request = row.asked
    names_before = request.confirmed if request.is_answered else None
    return AnswerRequests(((row, edit(names_before)),))


def _toggle(_: Page, line: RequestLine) -> Action | None:
    """Select or deselect a name. A request without a selected name has no answer."""
    if not line.name:
        return None

    def edit(before: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if before and line.name in before:
            return tuple(name for name in before if name != line.name) or None
        return (*(before or ()), line.name)

    return _with_answer(line.row, edit)


def _take_all(page: Page, line: RequestLine) -> Action:
    """Confirm the proposed names of all unanswered requests of one cable."""
    from cable_tui.session.features.pages import Say
    from cable_tui.tools.protection.room import AnswerRequests

    rows = [row for row in page.rows if row.asked.key.cable == line.row.asked.key.cable]
    taken_answers = tuple(
        (row, row.asked.proposed)
        for row in rows
        if not row.asked.is_answered and row.asked.proposed
    )
    return (
        AnswerRequests(taken_answers)
        if taken_answers
        else Say("No more names are proposed for this cable")
    )


def _nobody(_: Page, line: RequestLine) -> Action:
    return _with_answer(line.row, lambda _: ())


def _ask_again(_: Page, line: RequestLine) -> Action:
    return _with_answer(line.row, lambda _: None)


def _add(_: Page, line: RequestLine) -> Action:
    from cable_tui.session.effects import AskLine
    from cable_tui.tools.protection.room import AddName

    input_note = "A name exactly as in the cable."
    return AskLine("Add which name?", "", partial(AddName, line.row), input_note)


def _open(_: Page, line: RequestLine) -> Action:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import Landing

    asked_request = line.row.asked
    return LeaveFor(line.row.id, Landing(offset=asked_request.found.start))


class ProtectRow(Value):
    """A protection request: one line of `protect --jsonl`."""

    cable: Filled
    """The reference ID as the archive writes it."""
    paragraph: OrNull[str]
    """The label of the paragraph, or null above the first number."""
    request: Filled
    """The requesting words, on one line."""
    sentence: str
    """The sentence of the request on one line, cut if it is long."""
    proposed: tuple[Filled, ...]
    """The names that rules propose, for the reader to decide."""
    answer: tuple[Filled, ...] | None
    """The names that the reader confirmed, empty if the request concerns no one; null without an
    answer.
    """
    key: Annotated[str, ("pattern", r"^.+ [0-9a-f]{64}:\d+-\d+$")]
    """The key for `--answers`: the cable, the digest of the paragraph, and the offsets of the
    requesting words.
    """


class ProtectAnswer(Value):
    """The output of `protect --json`: where cables ask for someone's protection."""

    query: str
    unanswered: bool
    refs: str
    """The value of --refs."""
    requests: tuple[ProtectRow, ...]
    count: Count
    tally: Tally = Tally()
    """How much was read, and what the rows leave out."""
    page: Only[PageOfRows | None] = None


class ProtectReport(Report[RequestRow]):
    """The report with a row for each request, its proposed names and its answer."""

    name = "protect"
    ask = Ask
    options = (
        Option("query", "which cables (default: all)", nargs="*"),
        Option(
            "refs", "only these cables, as reference IDs separated by commas", metavar="REF,..."
        ),
        Option("unanswered", "only requests without an answer", key="x", says="without an answer"),
    )
    keys = (
        RowKey("space", "selects a name", _toggle),
        RowKey("a", "all names in the cable", _take_all),
        RowKey("n", "nobody", _nobody),
        RowKey("A", "adds a name", _add),
        RowKey("d", "asks again", _ask_again),
        RowKey("enter", "reads the paragraph", _open),
    )
    fields: Mapping[str, ValueOf] = {
        "cable": attrgetter("asked.reference_id"),
        "paragraph": attrgetter("asked.paragraph"),
        "request": attrgetter("asked.words"),
        "sentence": attrgetter("asked.sentence"),
        "proposed": lambda row: list(row.asked.proposed),
        "answer": lambda row: list(row.asked.confirmed) if row.asked.is_answered else None,
        "key": lambda row: key_text(row.asked),
    }
    shape, row_shape = ProtectAnswer, ProtectRow
    rows_name, row_name = "requests", "request"
    reads = "texts searched for requests"
    empty = "No protection request was found."
    group_name = "cable"
    laid = True

    def read(self, look: Look) -> Iterator[Rows[RequestRow]]:
        """Yield the requests of each cable as its text is read."""
        from cable_tui.archive.catalogue.resolve_references import canonical_of
        from cable_tui.telegram.people.protection_words import asks
        from cable_tui.tools.protection import answers  # a help needs no rules
        from cable_tui.tools.protection.review import reviewed

        known_answers = answers.read(answers.file_beside(look.library))
        reference_ids = [
            reference_id.strip()
            for reference_id in look.ask.refs.split(",")
            if reference_id.strip()
        ]
        named_ids = look.archive.ids([canonical_of(reference_id) for reference_id in reference_ids])
        cable_ids = list(named_ids.values()) if reference_ids else look.search(look.ask.query).ids
        if len(named_ids) < len(reference_ids):
            missing_ids = sorted(
                {canonical_of(reference_id) for reference_id in reference_ids} - named_ids.keys()
            )
            look.notes.append(f"not in this archive: {', '.join(missing_ids)}")
        look.total = len(cable_ids)
        unanswered_requests = 0
        for task, raw, *_ in _texts(look, cable_ids):
            if raw is None or not asks(raw.body):
                continue
            try:
                cable = look.archive.cable(task.cable)
            except CableTuiError as error:
                look.notes.append(str(error))
                continue
            asked_requests = reviewed(cable, known_answers)
            unanswered_requests += sum(not request.is_answered for request in asked_requests)
            shown_requests = (
                request
                for request in asked_requests
                if not (look.ask.unanswered and request.is_answered)
            )
            yield Rows([RequestRow(task.cable, request) for request in shown_requests])
        if unanswered_requests and not look.in_room:
            counted_requests = counted(unanswered_requests, "request")
            look.notes.append(
                f"{counted_requests} without an answer (edit the column `answer` of --csv, then "
                "run --answers FILE)"
            )

    def begin(self, session: Session, how: str) -> Value:
        """Use the query of the list."""
        return Ask(str(session.query))

    def title(self, page: Page) -> str:
        """Return a title such as `Protection requests · salt`."""
        query_suffix = f" · {page.ask.query}" if page.ask.query else ""
        query_suffix = " of the dossier" if page.ask.refs else query_suffix
        return f"Protection requests{query_suffix}{' · without an answer' * page.ask.unanswered}"

    def head(self, page: Page, cells: int) -> str:
        """Return how many requests are answered, and what selected names mean."""
        rows = page.rows
        requests_done = sum(row.asked.is_answered for row in rows)
        sentence = "Only selected names are masked."
        if rows and requests_done == len(rows):
            sentence = "E continues the waiting dossier."
        return f"{requests_done:,} of {len(rows):,} answered. {sentence}"

    def same(self, row: Any) -> Hashable:
        """Return the key of the request, and, for a line of the page, the line's number."""
        return (row.row.asked.key, row.part) if isinstance(row, RequestLine) else row.asked.key

    def group(self, row: Any) -> Hashable:
        """Return the cable's id."""
        request_row = row.row if isinstance(row, RequestLine) else row
        return request_row.id

    def can_stop(self, row: Any) -> bool:
        """Return whether the cursor stops at a line with a name, or at a request without names."""
        return row.is_stop if isinstance(row, RequestLine) else True

    def lines(self, page: Page, rows: Sequence[RequestRow], cells: int) -> Sequence[RequestLine]:
        """Return the lines of each request: its sentence, and the names to choose from."""
        return [line for row in rows for line in _lines(row, max(cells, 20))]

    def pieces(self, row: Any, cells: int) -> Pieces:
        """Return the pieces of a line, or a one-line summary of a request."""
        if isinstance(row, RequestLine):
            return row.pieces
        request = row.asked
        answer_text = request.answered or "no answer"
        return [(crop(f"{request.place}: {answer_text}: {request.sentence}", cells), "")]

    def text_of(self, row: RequestRow) -> str:
        """Return the place, sentence and names of a request."""
        return " ".join((row.asked.place, row.asked.sentence, *(name for name, _ in row.names)))

    def text_lines(
        self, look: Look, rows: Iterable[RequestRow], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield three lines for each request: its place and answer, its sentence, and the names."""
        for row in rows:
            request = row.asked
            answer_text = f"answer: {request.answered}" if request.is_answered else "NO ANSWER"
            yield f"{request.place}  {answer_text}"
            yield f"    {request.sentence}"
            yield f"    proposed: {'; '.join(request.proposed) or 'nobody'}"

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the columns of a table that can be edited and imported with `--answers`."""
        columns: dict[str, ValueOf] = {**self.fields, "answer": attrgetter("asked.answered")}
        return columns.items()


def _texts(look: Look, ids: Sequence[int]) -> Iterator[Text]:
    """Yield the texts that may contain a request; the sentence index knows most of the others."""
    from cable_tui.archive.search.snapshot import Snapshot  # a help opens no archive
    from cable_tui.archive.search.text_answers import filed_sentences
    from cable_tui.archive.texts import AT_ONCE
    from cable_tui.query.plan import AnyWord
    from cable_tui.tools.protection.requests import ASKING

    snapshot = Snapshot(look.archive, look.cancelled)
    columns = snapshot.columns
    filed = filed_sentences(snapshot, columns, AnyWord((ASKING,), "request"))
    without_request = {*columns.among(ids, filed.known & ~filed.found)}
    for first_index in range(0, len(ids), AT_ONCE):  # their order does not depend on the index
        group = ids[first_index : first_index + AT_ONCE]
        to_read = [id_ for id_ in group if id_ not in without_request]
        look.read += len(group) - len(to_read)
        yield from look.texts(to_read)


def key_text(asked: AskedRequest) -> str:
    """Return a request's key for a table: the cable, then the digest and offsets of its words."""
    request_place = asked.key.place
    return f"{asked.key.cable} {request_place.paragraph}:{request_place.start}-{request_place.end}"


def _lines(row: RequestRow, cells: int) -> Iterator[RequestLine]:
    request = row.asked
    state = request.answered if request.is_answered and not request.confirmed else ""
    state = "nobody" if state else "answered" if request.is_answered else "no answer yet"
    state_style = "dim" if request.is_answered else "note"
    names = row.names
    head_pieces = ((clean_line(request.place), "place"), (f"  {state}", state_style))
    yield RequestLine(row, 0, head_pieces, is_stop=not names)
    sentence_text = request.sentence
    spans = wrap(sentence_text, max(cells - 4, 1)) if sentence_text else []
    # The words that ask are in sight.
    words_offset = sentence_text.lower().find(request.words.lower())
    first_line = next(
        (line_index for line_index, (_, line_end) in enumerate(spans) if words_offset < line_end), 0
    )
    first_line = max(min(first_line - 1, len(spans) - _LINES), 0)
    name_number = 0
    for line_start, line_end in spans[first_line : first_line + _LINES]:
        name_number += 1
        yield RequestLine(row, name_number, ((f"    {sentence_text[line_start:line_end]}", ""),))
    for name, _ in names:
        name_number += 1
        selection_mark = "x" if name in request.confirmed else " "
        shown_name = crop(clean_line(name), max(cells - 8, 1))
        padding = " " * max(cells - 8 - width(shown_name), 0)
        name_pieces = (
            (f"    [{selection_mark}] ", "word"),
            (f"{shown_name}{padding}", "strong" if selection_mark == "x" else ""),
        )
        yield RequestLine(row, name_number, name_pieces, name, is_stop=True)
    yield RequestLine(row, name_number + 1, (("", ""),))


REPORT = ProtectReport()

"""Protection requests: where cables ask that somebody be protected, and the reader's answers."""

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
    from cable_tui.base.kinds import Count, Filled, OrNull
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action

_LINES = 3
"""The most lines of a sentence on the page."""


class Ask(Value):
    """The cables, and a filter for their requests."""

    query: str = ""
    unanswered: bool = False
    refs: str = ""
    """Reference IDs with commas between, in place of a query."""


class RequestLine(NamedTuple):
    """A line of the page."""

    row: RequestRow
    part: int
    """The number of the line in its request."""
    pieces: Pieces
    name: str = ""
    """The name that Space selects there; empty on other lines."""
    is_stop: bool = False


def _with_answer(
    row: RequestRow, edit: Callable[[tuple[str, ...] | None], tuple[str, ...] | None]
) -> Action:
    from cable_tui.tools.protection.room import AnswerRequests

    request = row.asked
    names_before = request.confirmed if request.is_answered else None
    return AnswerRequests(((row, edit(names_before)),))


def _toggle(_: Page, line: RequestLine) -> Action | None:
    """Select a name, or no longer; without any name the request has no answer."""
    if not line.name:
        return None

    def edit(before: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if before and line.name in before:
            return tuple(name for name in before if name != line.name) or None
        return (*(before or ()), line.name)

    return _with_answer(line.row, edit)


def _take_all(page: Page, line: RequestLine) -> Action:
    """Take what is proposed for the requests of one cable that have no answer yet."""
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

    note = "A name exactly as in the cable."
    return AskLine("Add which name?", "", partial(AddName, line.row), note)


def _open(_: Page, line: RequestLine) -> Action:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import Landing

    request = line.row.asked
    return LeaveFor(line.row.id, Landing(offset=request.found.start))


class ProtectRow(Value):
    """A protection request: a line of `protect --jsonl`."""

    cable: Filled
    """The reference ID as the archive gives it."""
    paragraph: OrNull[str]
    """The label of its paragraph; null above the first number."""
    request: Filled
    """The words that ask, on one line."""
    sentence: str
    """Its sentence on one line, cut if it is long."""
    proposed: tuple[Filled, ...]
    """Names that rules propose; a reader decides."""
    answer: tuple[Filled, ...] | None
    """The names that the reader confirmed, none if it names nobody; null without an answer."""
    key: Annotated[str, ("pattern", r"^.+ [0-9a-f]{64}:\d+-\d+$")]
    """The cable, the digest of the paragraph, and the offsets of the words that ask; `--answers`
    needs it."""


class ProtectAnswer(Value):
    """The answer of `protect --json`: where cables ask that somebody be protected."""

    query: str
    unanswered: bool
    refs: str
    """The value of --refs."""
    requests: tuple[ProtectRow, ...]
    count: Count
    tally: Tally = Tally()
    """How much was read, and what the rows do not say."""


class ProtectReport(Report[RequestRow]):
    """A row for each request, with the names that are proposed and the answer."""

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
        RowKey("a", "all names of the cable", _take_all),
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
    reads = "texts read for requests"
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
        refs = [ref.strip() for ref in look.ask.refs.split(",") if ref.strip()]
        named_ids = look.archive.ids([canonical_of(ref) for ref in refs])
        ids = list(named_ids.values()) if refs else look.search(look.ask.query).ids
        if len(named_ids) < len(refs):
            lost_ids = sorted({canonical_of(ref) for ref in refs} - named_ids.keys())
            look.notes.append(f"not in this archive: {', '.join(lost_ids)}")
        look.total = len(ids)
        unanswered_requests = 0
        for task, raw, *_ in look.texts(ids):
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
            requests = counted(unanswered_requests, "request")
            look.notes.append(
                f"{requests} without an answer (edit the column `answer` of --csv, then run "
                "--answers FILE)"
            )

    def begin(self, session: Session, how: str) -> Value:
        """Take the cables of the list."""
        return Ask(str(session.query))

    def title(self, page: Page) -> str:
        """Return `Protection requests · salt`."""
        query = f" · {page.ask.query}" if page.ask.query else ""
        query = " of the dossier" if page.ask.refs else query
        return f"Protection requests{query}{' · without an answer' * page.ask.unanswered}"

    def head(self, page: Page) -> str:
        """Return how many have an answer, and what the marks mean."""
        rows = page.rows
        requests_done = sum(row.asked.is_answered for row in rows)
        sentence = "Only selected names are masked."
        if rows and requests_done == len(rows):
            sentence = "E continues the waiting dossier."
        return f"{requests_done:,} of {len(rows):,} answered. {sentence}"

    def same(self, row: Any) -> Hashable:
        """Return the key of a request, and its line."""
        return (row.row.asked.key, row.part) if isinstance(row, RequestLine) else row.asked.key

    def group(self, row: Any) -> Hashable:
        """Return the cable."""
        request_row = row.row if isinstance(row, RequestLine) else row
        return request_row.id

    def can_stop(self, row: Any) -> bool:
        """Return whether the cursor stops at a line: at the names, or at a request without any."""
        return row.is_stop if isinstance(row, RequestLine) else True

    def lines(self, page: Page, rows: Sequence[RequestRow], cells: int) -> Sequence[RequestLine]:
        """Return each request with its sentence and the names that may be chosen."""
        return [line for row in rows for line in _lines(row, max(cells, 20))]

    def pieces(self, row: Any, cells: int) -> Pieces:
        """Return the pieces from the layout."""
        if isinstance(row, RequestLine):
            return row.pieces
        request = row.asked
        state = request.answered or "no answer"
        return [(crop(f"{request.place}: {state}: {request.sentence}", cells), "")]

    def text_of(self, row: RequestRow) -> str:
        """Return its place, its sentence and its names."""
        return " ".join((row.asked.place, row.asked.sentence, *(name for name, _ in row.names)))

    def text_lines(
        self, look: Look, rows: Iterable[RequestRow], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield each request in three lines: its place and answer, its sentence, the names."""
        for row in rows:
            request = row.asked
            state = f"answer: {request.answered}" if request.is_answered else "NO ANSWER"
            yield f"{request.place}  {state}"
            yield f"    {request.sentence}"
            yield f"    proposed: {'; '.join(request.proposed) or 'nobody'}"

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the columns of a table to be edited and given back with `--answers`."""
        columns: dict[str, ValueOf] = {**self.fields, "answer": attrgetter("asked.answered")}
        return columns.items()


def key_text(asked: AskedRequest) -> str:
    """Return the key of a request for a table: the cable, the digest and offsets of its words."""
    place = asked.key.place
    return f"{asked.key.cable} {place.paragraph}:{place.start}-{place.end}"


def _lines(row: RequestRow, cells: int) -> Iterator[RequestLine]:
    request = row.asked
    state = request.answered if request.is_answered and not request.confirmed else ""
    state = "nobody" if state else "answered" if request.is_answered else "no answer yet"
    style = "dim" if request.is_answered else "note"
    names = row.names
    head = ((clean_line(request.place), "place"), (f"  {state}", style))
    yield RequestLine(row, 0, head, is_stop=not names)
    text = request.sentence
    spans = wrap(text, max(cells - 4, 1)) if text else []
    # The words that ask are in sight.
    offset = text.lower().find(request.words.lower())
    first_line = next((n for n, (_, end) in enumerate(spans) if offset < end), 0)
    first_line = max(min(first_line - 1, len(spans) - _LINES), 0)
    name_number = 0
    for start, end in spans[first_line : first_line + _LINES]:
        name_number += 1
        yield RequestLine(row, name_number, ((f"    {text[start:end]}", ""),))
    for name, _ in names:
        name_number += 1
        sign = "x" if name in request.confirmed else " "
        shown_name = crop(clean_line(name), max(cells - 8, 1))
        pad = " " * max(cells - 8 - width(shown_name), 0)
        pieces = (
            (f"    [{sign}] ", "word"),
            (f"{shown_name}{pad}", "strong" if sign == "x" else ""),
        )
        yield RequestLine(row, name_number, pieces, name, is_stop=True)
    yield RequestLine(row, name_number + 1, (("", ""),))


REPORT = ProtectReport()

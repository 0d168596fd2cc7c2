"""The echoes report: sentences of a cable that occur elsewhere, or an archive's passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cable_tui.archive.sentences.echo_file import SEVERAL
from cable_tui.base.errors import CacheError, UsageError
from cable_tui.base.value import Value
from cable_tui.reports.report import (
    Look,
    Option,
    PageKey,
    Pieces,
    Report,
    RowKey,
    Rows,
    ValueOf,
)
from cable_tui.text import clean_line, crop
from cable_tui.text.numbers import counted

if TYPE_CHECKING:  # the tables of the help need none of it
    from cable_tui.base.cable import Cable
    from cable_tui.base.kinds import OrNull, Positive
    from cable_tui.query.answers import CableRow
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.repeated_passages.answer import ArchivePassages, CableEchoes
    from cable_tui.tools.repeated_passages.passages import (
        Alike,
        Echoes,
        Recurring,
        SharesWords,
    )

_LISTED = 20
_PLACES = {True: 12, False: 3}
"""The maximum number of cables named below a passage, in the room and by the command; JSON has all
of them.
"""
_MOST_IN_QUERY = 60
"""The maximum number of cables in a query that lists a group."""
_NOT_YET = "its sentences have not been compared yet; run `cable-tui index`"
_BEHIND = "some cables were added after the last comparison; run `cable-tui index`"


class EchoLine(NamedTuple):
    """A line of the report: a passage, a cable that contains it, or a heading."""

    text: str
    kind: str
    """The type of the line: `head`, `passage`, `facts`, `place` or `blank`."""
    reference_id: str = ""
    """The cable that Enter opens, or an empty string for a line without a cable."""
    id: int = 0
    offset: int = 0
    """The offset of the passage in the cable's body, in characters."""
    group: tuple[str, ...] = ()
    """The canonical IDs of the cables in the group."""
    passage: int = 0
    """The number of the passage or heading above the line."""
    record: int = 0
    """The number of the record that contains the passage, or 0 for the record that is read."""


_BLANK = EchoLine("", "blank")


class Ask(Value):
    """The cable, or None for the whole archive."""

    reference: int | None = None
    posts: int = SEVERAL
    each: int = _LISTED


def _open(_: Page, row: EchoLine) -> Action | None:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import TOP, Landing

    landing = Landing(offset=row.offset) if row.offset else TOP
    return LeaveFor(row.id, landing, record=row.record)


def _list(_: Page, row: EchoLine) -> Action:
    from cable_tui.session.features.pages import Say, SearchFromPage

    if not row.group:
        return Say("This line lists no cables.")
    query_text = " or ".join(f"ref:{canonical_id}" for canonical_id in row.group)
    return SearchFromPage(f"({query_text}) sort:created")


def _archive(page: Page) -> Action:
    from cable_tui.session.features.pages import OpenPage

    return OpenPage(page.of, Ask())


class EchoesRow(Value):
    """A line of `echoes --jsonl`: a passage, a cable that contains it, or a heading."""

    kind: Literal["head", "passage", "facts", "place", "blank"]
    """The type of the line."""
    text: OrNull[str]
    """The printed text; null for an empty line."""
    reference_id: OrNull[str]
    """The cable named in the line."""
    offset: OrNull[Positive]
    """The offset of the passage in the text of that cable, in characters."""


class EchoesReport(Report[EchoLine]):
    """A report of passages, each with the cables that contain it."""

    name = "echoes"
    ask = Ask
    options = (
        Option(
            "reference",
            "a cable; without one, the whole archive",
            nargs="?",
            metavar="REF",
            is_cable=True,
        ),
        Option(
            "posts",
            f"count a passage as boilerplate if more than N posts use it (default: {SEVERAL})",
        ),
        Option("each", f"list at most N of each kind (default: {_LISTED})"),
    )
    keys = (RowKey("enter", "opens it there", _open), RowKey("L", "lists its cables", _list))
    page_keys = (PageKey("t", "the archive", _archive),)
    fields: Mapping[str, ValueOf] = {
        "kind": attrgetter("kind"),
        "text": lambda line: line.text or None,
        "reference_id": lambda line: line.reference_id or None,
        "offset": lambda line: line.offset or None,
    }
    """The values of each line; the answer for the whole report has more."""
    row_shape = EchoesRow
    rows_name, row_name = "lines", "line"
    json_form = "one JSON object: passages of the cable, or repeated passages of the archive"
    counts = needs_sentences = True

    def read(self, look: Look) -> Iterator[Rows[EchoLine]]:
        """Yield all lines at once.

        Raises `CacheError` if sentences were not compared.
        """
        from cable_tui.tools.repeated_passages import passages as echoes

        if echoes.state(look.archive) == "behind":
            look.notes.append(_BEHIND)
        ask: Ask = look.ask
        echo_lines, answer = (
            _of_all(look) if ask.reference is None else _of_cable(look, ask.reference)
        )
        passage_numbers = accumulate(
            echo_line.kind in {"head", "passage"} for echo_line in echo_lines
        )
        numbered_lines = (
            echo_line._replace(passage=passage_number)
            for echo_line, passage_number in zip(echo_lines, passage_numbers, strict=True)
        )
        yield Rows(tuple(numbered_lines), whole=True, answer=answer)

    def begin(self, session: Session, how: str) -> Value:
        """Use the open or selected cable, or else the archive."""
        if how == "archive":
            return Ask()
        if session.cable_here is None:
            raise UsageError("Open or select a cable first.")
        return Ask(session.cable_here)

    def title(self, page: Page) -> str:
        """Return the title; the first line of the report names the cable, if any."""
        return (
            "Repeated passages of the archive"
            if page.ask.reference is None
            else ("Repeated passages")
        )

    def group(self, row: EchoLine) -> int:
        """Return the number of the line's passage."""
        return row.passage

    def has_key(self, ask: Ask, key: str) -> bool:
        """Return whether a key works; `t` shows the archive, so it has no effect there."""
        return key != "t" or ask.reference is not None

    def can_stop(self, row: EchoLine) -> bool:
        """Return whether the line is about a cable."""
        return bool(row.reference_id)

    def pieces(self, row: EchoLine, cells: int) -> Pieces:
        """Return the text of the line as one piece."""
        style = {"head": "head", "facts": "dim"}.get(row.kind, "")
        return [(crop(clean_line(row.text), cells), style)]

    def text_lines(
        self, look: Look, rows: Iterable[EchoLine], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield the lines, cropped only to the width of a terminal."""
        for row in rows:
            yield crop(clean_line(row.text), cells) if look.is_terminal else row.text

    def json_name(self, ask: Ask) -> str:
        """Return an empty name, because the answer consists of passages."""
        return ""

    def whole_json(
        self, ask: Ask, answer: CableEchoes | ArchivePassages, rows: Iterable[EchoLine]
    ) -> CableEchoes | ArchivePassages:
        """Return the passages with all their cables."""
        return answer

    def is_nothing(self, answer: CableEchoes | ArchivePassages, count: int) -> bool:
        """Return whether no passage recurs."""
        return not count or not (getattr(answer, "passages", ()) or getattr(answer, "recurring", 0))


def _line(  # noqa: PLR0913, PLR0917 - what a line has
    row: CableRow, text: str, offset: int, cable_group: tuple[str, ...], kind: str, record: int = 0
) -> EchoLine:
    return EchoLine(text, kind, row.reference_id, row.id, offset, cable_group, record=record)


def _rows(look: Look, ids: Iterable[int]) -> dict[int, CableRow]:
    return {row.id: row for row in look.archive.rows(list(dict.fromkeys(ids)))}


def _of_cable(look: Look, id_: int) -> tuple[list[EchoLine], Value]:
    from cable_tui.tools.repeated_passages import passages as echoes
    from cable_tui.tools.repeated_passages import wording as echo_words

    ask: Ask = look.ask
    cable = look.archive.cable(id_)
    cable_echoes = echoes.echoes(look.archive, id_, ask.posts, cancelled=look.cancelled)
    if cable_echoes is None:
        raise CacheError(f"{look.archive.root}: {_NOT_YET}")
    rare_cables = tuple(echoes.sharing(look.archive, id_, cable.body.text, ask.each))
    place_ids = [
        passage_copy.id for passage in cable_echoes.passages for passage_copy in passage.places
    ]
    alike_ids = [id_, *(alike_cable.id for alike_cable in cable_echoes.alike)]
    row_by_id = _rows(
        look, [*place_ids, *alike_ids, *(rare_cable.id for rare_cable in rare_cables)]
    )
    own_row = row_by_id[id_]
    echo_lines = [EchoLine(echo_words.how_much(cable.reference_id, cable_echoes), "head")]
    echo_lines += _copies(cable_echoes, row_by_id, cable)
    most_places = _PLACES[look.in_room]
    for passage in cable_echoes.passages:
        cable_group = _group(
            (passage_copy.id for passage_copy in passage.places), row_by_id, cable.canonical_id
        )
        passage_start = passage.span[0]
        echo_lines += [
            _BLANK,
            _line(
                own_row, echo_words.beginning(cable, passage), passage_start, cable_group, "passage"
            ),
            EchoLine(f"    {echo_words.who_has_it(passage)}", "facts"),
        ]
        for passage_copy in passage.places[:most_places]:
            if row := row_by_id.get(passage_copy.id):
                place_text = f"    {echo_words.place_line(row, passage_copy, passage)}"
                echo_lines.append(
                    _line(
                        row,
                        place_text,
                        passage_copy.offset,
                        cable_group,
                        "place",
                        passage_copy.record,
                    )
                )
        if len(passage.places) > most_places:
            echo_lines.append(
                EchoLine(f"    and {len(passage.places) - most_places:,} more", "facts")
            )
    echo_lines += _like_this(cable_echoes, rare_cables, row_by_id, cable, ask.each)
    from cable_tui.tools.repeated_passages.answer import cable_answer

    return echo_lines, cable_answer(cable, cable_echoes, rare_cables, row_by_id)


def _copies(cable_echoes: Echoes, rows: Mapping[int, CableRow], cable: Cable) -> Iterator[EchoLine]:
    """Yield the near-duplicates with other IDs; pages with another cable's text are first."""
    near_duplicates = [alike for alike in cable_echoes.alike if alike.is_copy and alike.id in rows]
    if near_duplicates:
        yield _BLANK
        yield EchoLine("Near-duplicates under another ID", "head")
        near_duplicates.sort(key=lambda other: not other.text_of)
        yield from _shares(near_duplicates, rows, cable)


def _shares(
    alike: Sequence[Alike], rows: Mapping[int, CableRow], cable: Cable
) -> Iterator[EchoLine]:
    from cable_tui.tools.repeated_passages import wording as echo_words

    cable_group = _group((similar_cable.id for similar_cable in alike), rows, cable.canonical_id)
    for alike_cable in alike:
        row = rows[alike_cable.id]
        line_text = f"    {echo_words.cable_name(row)} · {echo_words.what_it_shares(alike_cable)}"
        yield _line(row, line_text, 0, cable_group, "place")


def _like_this(
    cable_echoes: Echoes,
    rare_cables: Sequence[SharesWords],
    rows: Mapping[int, CableRow],
    cable: Cable,
    limit: int,
) -> Iterator[EchoLine]:
    from cable_tui.tools.repeated_passages import wording as echo_words

    alike_cables = [alike for alike in cable_echoes.alike if not alike.is_copy and alike.id in rows]
    if alike_cables:
        yield _BLANK
        yield EchoLine("Cables sharing most of its text, without boilerplate", "head")
        yield from _shares(alike_cables[:limit], rows, cable)
    listed_cables = [candidate for candidate in rare_cables if candidate.id in rows]
    if listed_cables:
        cable_group = _group(
            (listed_cable.id for listed_cable in listed_cables), rows, cable.canonical_id
        )
        yield _BLANK
        yield EchoLine("Cables sharing its rarest words", "head")
        for rare_words_cable in listed_cables:
            row = rows[rare_words_cable.id]
            line_text = f"    {echo_words.cable_name(row)} · {', '.join(rare_words_cable.words)}"
            yield _line(row, line_text, 0, cable_group, "place")


def _of_all(look: Look) -> tuple[list[EchoLine], Value]:
    from cable_tui.tools.repeated_passages import wording as echo_words
    from cable_tui.tools.repeated_passages.passages import overview

    ask: Ask = look.ask
    archive_echoes = overview(look.archive, ask.posts, ask.each, cancelled=look.cancelled)
    if archive_echoes is None:
        raise CacheError(f"{look.archive.root}: {_NOT_YET}")
    if archive_echoes.since:
        cables_since = counted(archive_echoes.since, "cable was", "cables were")
        look.notes.append(f"counted before {cables_since} added, changed or removed")
    recurring_passages = (*archive_echoes.frequent, *archive_echoes.recycled)
    passage_ids = [id_ for passage in recurring_passages for id_ in passage.found.ids]
    copied_ids = [
        id_
        for copy_group in archive_echoes.copies
        for id_ in (*copy_group.ids, *dict(copy_group.carried).values())
    ]
    row_by_id = _rows(look, [*passage_ids, *copied_ids])
    echo_lines = [
        EchoLine(counted(archive_echoes.sentences, "different sentence"), "head"),
        EchoLine(
            f"{archive_echoes.recurring:,} in more than one cable, "
            f"{archive_echoes.boilerplate:,} used by more than {SEVERAL} posts",
            "head",
        ),
    ]
    if archive_echoes.copies:
        group_count = counted(archive_echoes.copies_groups, "group")
        echo_lines += [_BLANK, EchoLine(f"Near-duplicates: {group_count} of cables", "head")]
        for copies in archive_echoes.copies:
            cable_group = _group(copies.ids, row_by_id)
            share_texts = ("", *(f" · {share_text:.0%} the same" for share_text in copies.alike))
            for id_, share_text in zip(copies.ids, share_texts, strict=True):
                if row := row_by_id.get(id_):
                    indent = "        " if share_text else "    "
                    line_text = f"{indent}{echo_words.cable_name(row)}{share_text}"
                    line_text += echo_words.whose_text(id_, copies, row_by_id)
                    echo_lines.append(_line(row, line_text, 0, cable_group, "place"))
    echo_lines += _recurring("Recycled: used by fewer posts", archive_echoes.recycled, row_by_id)
    boilerplate_title = f"Boilerplate: used by more than {counted(ask.posts, 'post')}"
    echo_lines += _recurring(boilerplate_title, archive_echoes.frequent, row_by_id)
    from cable_tui.tools.repeated_passages.answer import archive_answer

    return echo_lines, archive_answer(archive_echoes, row_by_id)


def _recurring(
    title: str, passages: Iterable[Recurring], rows: Mapping[int, CableRow]
) -> Iterator[EchoLine]:
    from cable_tui.tools.repeated_passages import wording as echo_words

    known_passages = [passage for passage in passages if passage.found.first in rows]
    if not known_passages:
        return
    yield _BLANK
    yield EchoLine(title, "head")
    for passage in known_passages:
        repeated = passage.found
        row = rows[repeated.first]
        line_text = f"    {echo_words.with_cuts(passage.text, repeated.cut)}"
        cable_group = _group(repeated.ids, rows)
        yield _line(row, line_text, repeated.start, cable_group, "passage", repeated.record)
        yield EchoLine(f"        {echo_words.in_how_many(repeated, row)}", "facts")


def _group(ids: Iterable[int], rows: Mapping[int, CableRow], own_id: str = "") -> tuple[str, ...]:
    """Return the canonical IDs of the given cables, `own_id` first, up to a query's maximum."""
    canonical_ids = dict.fromkeys(
        ([own_id] if own_id else []) + [rows[id_].canonical_id for id_ in ids if id_ in rows]
    )
    return tuple(canonical_ids)[:_MOST_IN_QUERY] if len(canonical_ids) > 1 else ()


REPORT = EchoesReport()

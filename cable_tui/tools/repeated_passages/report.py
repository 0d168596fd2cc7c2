"""Echoes: where sentences of a cable occurred before, or what a whole archive repeats."""

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
"""The most cables that are named below a passage, in the room and by the command; JSON has all."""
_MOST_IN_QUERY = 60
"""The most cables of a query that lists a group."""
_NOT_YET = "its sentences are not compared yet; run `cable-tui index`"
_BEHIND = "some cables were added after the last comparison; run `cable-tui index`"


class EchoLine(NamedTuple):
    """A line: a passage, a cable that has it, or a heading."""

    text: str
    kind: str
    """Kind: `head`, `passage`, `facts`, `place` or `blank`."""
    reference_id: str = ""
    """The cable that Enter opens; empty for a line that is only read."""
    id: int = 0
    offset: int = 0
    """Offset of the passage in its body, in characters."""
    group: tuple[str, ...] = ()
    """Canonical ids of the cables in the group."""
    passage: int = 0
    """The number of the passage or heading above it."""
    record: int = 0
    """The number of the record that has it; 0 for the one that is read."""


_BLANK = EchoLine("", "blank")


class Ask(Value):
    """The cable; without one, the whole archive."""

    reference: int | None = None
    posts: int = SEVERAL
    limit: int = _LISTED


def _open(_: Page, row: EchoLine) -> Action | None:
    from cable_tui.session.features.pages import LeaveFor
    from cable_tui.session.values import TOP, Landing

    landing = Landing(offset=row.offset) if row.offset else TOP
    return LeaveFor(row.id, landing, record=row.record)


def _list(_: Page, row: EchoLine) -> Action:
    from cable_tui.session.features.pages import Say, SearchFromPage

    if not row.group:
        return Say("This line lists no cables.")
    text = " or ".join(f"ref:{name}" for name in row.group)
    return SearchFromPage(f"({text}) sort:created")


def _archive(page: Page) -> Action:
    from cable_tui.session.features.pages import OpenPage

    return OpenPage(page.of, Ask())


class EchoesRow(Value):
    """A line of `echoes --jsonl`: a passage, a cable that has it, or a heading."""

    kind: Literal["head", "passage", "facts", "place", "blank"]
    """What the line is."""
    text: OrNull[str]
    """As it is printed; null for an empty line."""
    reference_id: OrNull[str]
    """The cable that it names."""
    offset: OrNull[Positive]
    """Where the passage begins in the text of that cable, in characters."""


class EchoesReport(Report[EchoLine]):
    """Lines of passages, each with the cables that have it."""

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
        Option("limit", f"list at most N of each kind (default: {_LISTED})", flag="--limit"),
    )
    keys = (RowKey("enter", "opens it there", _open), RowKey("L", "lists its cables", _list))
    page_keys = (PageKey("t", "the archive", _archive),)
    fields: Mapping[str, ValueOf] = {
        "kind": attrgetter("kind"),
        "text": lambda line: line.text or None,
        "reference_id": lambda line: line.reference_id or None,
        "offset": lambda line: line.offset or None,
    }
    """The whole answer has more."""
    row_shape = EchoesRow
    rows_name, row_name = "lines", "line"
    json_form = "one JSON object: passages of the cable, or repeated passages of the archive"
    counts = needs_sentences = True

    def read(self, look: Look) -> Iterator[Rows[EchoLine]]:
        """Read all lines at once. Raises `CacheError` if sentences were not compared."""
        from cable_tui.tools.repeated_passages import passages as echoes

        if echoes.state(look.archive) == "behind":
            look.notes.append(_BEHIND)
        ask: Ask = look.ask
        lines, answer = _of_all(look) if ask.reference is None else _of_cable(look, ask.reference)
        parts = accumulate(line.kind in {"head", "passage"} for line in lines)
        numbered_lines = (
            line._replace(passage=number) for line, number in zip(lines, parts, strict=True)
        )
        yield Rows(tuple(numbered_lines), whole=True, answer=answer)

    def begin(self, session: Session, how: str) -> Value:
        """Take the cable that is open or under the cursor, or the archive."""
        if how == "archive":
            return Ask()
        if session.cable_here is None:
            raise UsageError("Open or select a cable first.")
        return Ask(session.cable_here)

    def title(self, page: Page) -> str:
        """Return the title; for a cable, its first line names it."""
        return (
            "Repeated passages of the archive"
            if page.ask.reference is None
            else ("Repeated passages")
        )

    def group(self, row: EchoLine) -> int:
        """Return the passage."""
        return row.passage

    def has_key(self, ask: Ask, key: str) -> bool:
        """Return whether a key works: `t` leads to the archive, and is of no use there."""
        return key != "t" or ask.reference is not None

    def can_stop(self, row: EchoLine) -> bool:
        """Return whether the line names a cable."""
        return bool(row.reference_id)

    def pieces(self, row: EchoLine, cells: int) -> Pieces:
        """Return one text."""
        style = {"head": "head", "facts": "dim"}.get(row.kind, "")
        return [(crop(clean_line(row.text), cells), style)]

    def text_lines(
        self, look: Look, rows: Iterable[EchoLine], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield the lines, cut only at the width of a terminal."""
        for row in rows:
            yield crop(clean_line(row.text), cells) if look.is_terminal else row.text

    def whole_json(
        self, ask: Ask, answer: CableEchoes | ArchivePassages, rows: Iterable[EchoLine]
    ) -> CableEchoes | ArchivePassages:
        """Return the passages with all their cables."""
        return answer

    def is_nothing(self, answer: CableEchoes | ArchivePassages) -> bool:
        """Return whether nothing recurs."""
        return not (getattr(answer, "passages", ()) or getattr(answer, "recurring", 0))


def _line(  # noqa: PLR0913, PLR0917 - what a line has
    row: CableRow, text: str, offset: int, group: tuple[str, ...], kind: str, record: int = 0
) -> EchoLine:
    return EchoLine(text, kind, row.reference_id, row.id, offset, group, record=record)


def _rows(look: Look, ids: Iterable[int]) -> dict[int, CableRow]:
    return {row.id: row for row in look.archive.rows(list(dict.fromkeys(ids)))}


def _of_cable(look: Look, id_: int) -> tuple[list[EchoLine], Value]:
    from cable_tui.tools.repeated_passages import passages as echoes
    from cable_tui.tools.repeated_passages import wording as echo_words

    ask: Ask = look.ask
    cable = look.archive.cable(id_)
    result = echoes.echoes(look.archive, id_, ask.posts, cancelled=look.cancelled)
    if result is None:
        raise CacheError(f"{look.archive.root}: {_NOT_YET}")
    words = tuple(echoes.sharing(look.archive, id_, cable.body.text, ask.limit))
    ids = [place.id for passage in result.passages for place in passage.places]
    alike_ids = [id_, *(alike_cable.id for alike_cable in result.alike)]
    rows = _rows(look, [*ids, *alike_ids, *(word_cable.id for word_cable in words)])
    own_row = rows[id_]
    lines = [EchoLine(echo_words.how_much(cable.reference_id, result), "head")]
    lines += _copies(result, rows, cable)
    most_places = _PLACES[look.in_room]
    for passage in result.passages:
        cable_group = _group((place.id for place in passage.places), rows, cable.canonical_id)
        start = passage.span[0]
        lines += [
            _BLANK,
            _line(own_row, echo_words.beginning(cable, passage), start, cable_group, "passage"),
            EchoLine(f"    {echo_words.who_has_it(passage)}", "facts"),
        ]
        for place in passage.places[:most_places]:
            if row := rows.get(place.id):
                text = f"    {echo_words.place_line(row, place, passage)}"
                lines.append(_line(row, text, place.offset, cable_group, "place", place.record))
        if len(passage.places) > most_places:
            lines.append(EchoLine(f"    and {len(passage.places) - most_places:,} more", "facts"))
    lines += _like_this(result, words, rows, cable, ask.limit)
    from cable_tui.tools.repeated_passages.answer import cable_answer

    return lines, cable_answer(cable, result, words, rows)


def _copies(result: Echoes, rows: Mapping[int, CableRow], cable: Cable) -> Iterator[EchoLine]:
    """Yield near-copies under other IDs, first the pages that carry another cable's text."""
    copies = [alike for alike in result.alike if alike.is_copy and alike.id in rows]
    if copies:
        yield _BLANK
        yield EchoLine("Near-duplicates under another ID", "head")
        copies.sort(key=lambda other: not other.text_of)
        yield from _shares(copies, rows, cable)


def _shares(
    alike: Sequence[Alike], rows: Mapping[int, CableRow], cable: Cable
) -> Iterator[EchoLine]:
    from cable_tui.tools.repeated_passages import wording as echo_words

    cable_group = _group((other.id for other in alike), rows, cable.canonical_id)
    for alike_cable in alike:
        row = rows[alike_cable.id]
        text = f"    {echo_words.cable_name(row)} · {echo_words.what_it_shares(alike_cable)}"
        yield _line(row, text, 0, cable_group, "place")


def _like_this(
    result: Echoes,
    words: Sequence[SharesWords],
    rows: Mapping[int, CableRow],
    cable: Cable,
    limit: int,
) -> Iterator[EchoLine]:
    from cable_tui.tools.repeated_passages import wording as echo_words

    alike_cables = [alike for alike in result.alike if not alike.is_copy and alike.id in rows]
    if alike_cables:
        yield _BLANK
        yield EchoLine("Cables sharing most of its text, without boilerplate", "head")
        yield from _shares(alike_cables[:limit], rows, cable)
    rarest = [word_cable for word_cable in words if word_cable.id in rows]
    if rarest:
        cable_group = _group((rare.id for rare in rarest), rows, cable.canonical_id)
        yield _BLANK
        yield EchoLine("Cables sharing its rarest words", "head")
        for rare_cable in rarest:
            row = rows[rare_cable.id]
            text = f"    {echo_words.cable_name(row)} · {', '.join(rare_cable.words)}"
            yield _line(row, text, 0, cable_group, "place")


def _of_all(look: Look) -> tuple[list[EchoLine], Value]:
    from cable_tui.tools.repeated_passages import wording as echo_words
    from cable_tui.tools.repeated_passages.passages import overview

    ask: Ask = look.ask
    result = overview(look.archive, ask.posts, ask.limit, cancelled=look.cancelled)
    if result is None:
        raise CacheError(f"{look.archive.root}: {_NOT_YET}")
    if result.since:
        cables_since = counted(result.since, "cable was", "cables were")
        look.notes.append(f"counted before {cables_since} added, changed or removed")
    recurring_passages = (*result.frequent, *result.recycled)
    ids = [id_ for passage in recurring_passages for id_ in passage.found.ids]
    copied_ids = [
        id_
        for copy_group in result.copies
        for id_ in (*copy_group.ids, *dict(copy_group.carried).values())
    ]
    rows = _rows(look, [*ids, *copied_ids])
    lines = [
        EchoLine(counted(result.sentences, "different sentence"), "head"),
        EchoLine(
            f"{result.recurring:,} in more than one cable, {result.boilerplate:,} used by "
            f"more than {SEVERAL} posts",
            "head",
        ),
    ]
    if result.copies:
        groups = counted(result.copies_groups, "group")
        lines += [_BLANK, EchoLine(f"Near-duplicates: {groups} of cables", "head")]
        for copies in result.copies:
            cable_group = _group(copies.ids, rows)
            shares = ("", *(f" · {share:.0%} the same" for share in copies.alike))
            for id_, share in zip(copies.ids, shares, strict=True):
                if row := rows.get(id_):
                    text = f"{'        ' if share else '    '}{echo_words.cable_name(row)}{share}"
                    text += echo_words.whose_text(id_, copies, rows)
                    lines.append(_line(row, text, 0, cable_group, "place"))
    lines += _recurring("Recycled: used by fewer posts", result.recycled, rows)
    boilerplate = f"Boilerplate: used by more than {counted(ask.posts, 'post')}"
    lines += _recurring(boilerplate, result.frequent, rows)
    from cable_tui.tools.repeated_passages.answer import archive_answer

    return lines, archive_answer(result, rows)


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
        found_passage = passage.found
        row = rows[found_passage.first]
        text = f"    {echo_words.with_cuts(passage.text, found_passage.cut)}"
        cable_group = _group(found_passage.ids, rows)
        yield _line(row, text, found_passage.start, cable_group, "passage", found_passage.record)
        yield EchoLine(f"        {echo_words.in_how_many(found_passage, row)}", "facts")


def _group(ids: Iterable[int], rows: Mapping[int, CableRow], own: str = "") -> tuple[str, ...]:
    """Return canonical ids of some cables, this one first, at most as many as fit into a query."""
    names = dict.fromkeys(
        ([own] if own else []) + [rows[id_].canonical_id for id_ in ids if id_ in rows]
    )
    return tuple(names)[:_MOST_IN_QUERY] if len(names) > 1 else ()


REPORT = EchoesReport()

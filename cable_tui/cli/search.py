"""`cable-tui search`: print the cables that match one query, or many (`--batch`).

This module also writes each form of a hit: a line for people, JSON, and a row of CSV.
"""

from __future__ import annotations

import argparse
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue.passes import PASSES
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.base.value import Value, as_json
from cable_tui.cli.shared import kept_hits, query_args
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit,
    emit_lines,
    say,
    terminal_width,
)
from cable_tui.cli.shared.kept_hits import KeepingOption, KeptHit, KeptHits
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.progress import each_with_progress
from cable_tui.cli.shared.query_args import FoundHit, needs_of, query_of
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.query import SORTS, Query, class_short
from cable_tui.query.model import BEST, NEWEST
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.text.cleaning import csv_row
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.query.answers import Copies, Hits, Reason
    from cable_tui.reports.page_of_rows import PageOfRows

_STDIN = Path("-")
_COPIES = "copies"
"""The extra column if near-duplicates are folded."""
_COLUMNS = (
    "reference_id",
    "created",
    "classification",
    "origin",
    "subject",
    "score",
    "passage",
    "places",
    "record",
)
"""The columns of the CSV, which are also the keys of a hit in JSON."""
_KEPT = ("matches", "matched")
"""The extra columns if an option of a tool keeps only some hits."""
_BATCH_COLUMNS = ("query", *_COLUMNS)
_PAGE = 500
_INDENT = "    "


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_query("the query, in the language below; it may start with -")
    exclusive_options = parser.one_of()
    exclusive_options.add_flag(
        "--json",
        "the results as one JSON object with query, count, partial, corrections and hits; also "
        "`offers` if you may have meant more, and `without` if a part of the query finds "
        "nothing",
    )
    exclusive_options.add_flag("--jsonl", "one JSON object per hit")
    exclusive_options.add_csv()
    exclusive_options.add_flag("--refs", "reference IDs only")
    exclusive_options.add_argument(
        "-0", "--null", action="store_true", help="reference IDs, each terminated by NUL"
    )
    parser.add_argument(
        "--batch",
        metavar="FILE",
        type=Path,
        help="read one query per line from this file (- is stdin), and print one CSV row per "
        "query and hit",
    )
    parser.add_flag("--passages", "print the best passage of each cable below its line")
    parser.add_rows("print at most N hits")
    parser.add_argument(
        "--sort",
        type=query_args.sort_of,
        choices=tuple(SORTS),
        metavar="KEY",
        help=f"{', '.join(SORTS)} (default: {BEST} for words, else {NEWEST}); sort: in the query "
        "takes "
        "precedence",
    )
    parser.add_flag(
        "--fold-copies",
        "list near-duplicates as one hit, but count every cable (run `cable-tui index` first)",
    )
    kept_hits.configure(parser)
    parser.add_no_index()


class _Found(Value):
    """What is printed for one query."""

    hits: Hits
    rows: Iterator[FoundHit]
    page: Callable[[], PageOfRows]
    """A function that returns the page after the rows have been printed."""
    reasons: Sequence[Reason] = ()
    columns: tuple[str, ...] = _COLUMNS
    kept: KeptHits | None = None


def run(context: CommandContext) -> int:
    """Search and print the hits; return 1 if there are none."""
    options = context.options
    keeping_option = kept_hits.keeping_option(options)
    if options.batch is not None or keeping_option is not None:
        _refuse_others(options, keeping_option)
    if options.batch is not None:
        return _run_batch(context)
    query = query_of(options.words)
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query, sort=options.sort or "")
        query_args.refuse_unknown(hits)
        query_args.log_search(context, archive, "search", hits)
        if keeping_option is not None:
            return _run_keeping(context, archive, hits, keeping_option)
        reasons = () if hits.count else archive.reasons(query)
        copies = _copies(archive, hits) if options.fold_copies else None
        folded_count = len(copies.places) if copies else 0
        pages = _pages(options, archive, hits)
        _print(options, pages, _found(options, archive, hits, pages, reasons, copies))
    query_args.say_how_answered(hits)
    if folded_count:
        say(f"{hits.count:,} cables; {counted(folded_count, 'copy', 'copies')} folded")
    if options.limit is not None and hits.count - folded_count > pages.start + options.limit:
        say(f"{options.limit:,} of {hits.count - folded_count:,} hits; --limit N shows more")
    if not hits.count:
        say("nothing found")
    for zero_reason in reasons:
        say(f"  {zero_reason.count:,} without {zero_reason.part}")
    return 0 if hits.count else 1


def _refuse_others(options: argparse.Namespace, keeping_option: KeepingOption | None) -> None:
    """Raise `UsageError` for options that do not work with `--batch` or an option of a tool."""
    option_text = keeping_option.text if keeping_option else ""
    if options.batch is not None:
        after = "--after" if options.after else ""
        for other_text in ("--fold-copies" if options.fold_copies else "", after, option_text):
            if other_text:
                raise UsageError(f"--batch cannot be combined with {other_text}")
    elif options.fold_copies:
        raise UsageError(f"--fold-copies cannot be combined with {option_text}")


def _run_keeping(
    context: CommandContext, archive: Archive, hits: Hits, keeping_option: KeepingOption
) -> int:
    """Print the hits that an option of a tool keeps, as their texts are read; return the status."""
    from cable_tui.reports.report import Look  # most searches read no texts

    options = context.options
    look = Look(archive, None, context.paths.library)
    kept = KeptHits(keeping_option, look, hits)
    pages = RowPages(options, archive, "search", hits.query, options.sort, keeping_option.text)

    def page() -> PageOfRows:
        return pages.page(
            max(kept.count - pages.start, 0),
            kept.total,
            found=(hits,),
            left_out=look.tally.sentences,
            has_more=kept.has_more,
        )

    rows = _kept_hits_of(options, archive, hits, kept.rows(pages.start, pages.end()))
    _print(options, pages, _Found(hits, rows, page, (), (*_COLUMNS, *_KEPT), kept))
    query_args.say_how_answered(hits)
    for sentence in kept.sentences():
        say(sentence)
    if kept.stopped is not None:
        raise kept.stopped
    if look.unread:
        return ArchiveError.exit_code
    return 0 if kept.count else 1


def _pages(options: argparse.Namespace, archive: Archive, hits: Hits) -> RowPages:
    """Return the pages of an answer. Only a single query can be paged, not a batch."""
    return RowPages(options, archive, "search", hits.query, options.sort, options.fold_copies)


def _copies(archive: Archive, hits: Hits) -> Copies:
    """Return the near-duplicates in an answer. Prints a message if some are unknown."""
    from cable_tui.archive.sentences import echo_file
    from cable_tui.archive.source_criticism.copies import CopyGroups

    compared_file = echo_file.load(archive.folder)
    if compared_file is None:
        say(
            "sentences have not been compared yet, so nothing was folded; `cable-tui echoes` "
            "compares "
            "them"
        )
    elif compared_file.since:
        newer_cables = counted(compared_file.since, "cable was", "cables were")
        say(f"{newer_cables} not folded, because the archive has changed since the last comparison")
    return CopyGroups(archive).copies(hits.ids)


def _found(  # noqa: PLR0913, PLR0917 - what an answer is made of
    options: argparse.Namespace,
    archive: Archive,
    hits: Hits,
    pages: RowPages,
    reasons: Sequence[Reason],
    copies: Copies | None,
) -> _Found:
    folded_count = len(copies.places) if copies else 0
    folded = f"{counted(folded_count, 'copy', 'copies')} folded" if folded_count else ""
    total = hits.count - folded_count

    def page() -> PageOfRows:
        shown = len(pages.cut(range(total)))
        return pages.page(shown, total, found=(hits,), left_out=filter(None, (folded,)))

    rows = _hits_of(options, archive, hits, pages, copies)
    columns = _COLUMNS if copies is None else (*_COLUMNS, _COPIES)
    return _Found(hits, rows, page, reasons, columns)


def _print(options: argparse.Namespace, pages: RowPages, found: _Found) -> None:
    if options.json or options.jsonl:
        from cable_tui.cli import search_answer  # only JSON and tables have it

        if options.json:
            answer = search_answer.whole(found.hits, found.rows, found.reasons, found.kept)
            pages.emit_object(answer, "hits", found.page())
            return
        pages.emit_lines(map(search_answer.of_hit, found.rows))
        pages.emit_last_line(found.page())
    elif options.csv:
        lines = (_csv_values(hit, found.columns) for hit in found.rows)
        for line in pages.csv(chain((found.columns,), lines)):
            emit(options.csv(line))
    elif options.refs or options.null:
        id_end = "\0" if options.null else "\n"
        for hit in found.rows:
            emit(hit.row.reference_id + id_end)
    else:
        emit_lines(_text_lines(found.rows))


def _run_batch(context: CommandContext) -> int:
    """Answer the queries; return 1 if none has a hit, 2 if a line is not a query.

    Each answer is written before the next line is read, so another program may ask and wait for the
    answer. Errors are printed with their line number, and the other queries are still answered.
    """
    from cable_tui.cli import search_answer  # only JSON and tables have it

    options = context.options
    if options.words:
        raise UsageError("--batch: put the queries in the file, not on the command line")
    if options.refs or options.null:
        raise UsageError("--batch prints CSV, or JSON with --json")
    file_name = "stdin" if options.batch == _STDIN else str(options.batch)
    if not (options.json or options.jsonl):
        options.csv = options.csv or csv_row
    hit_count, refused_count = 0, 0

    def queries(lines: TextIO) -> Iterator[tuple[str, str, Query]]:
        """Yield the location, text and query of each line; report bad queries, skip empty lines."""
        nonlocal refused_count
        for number, line in enumerate(map(str.strip, lines), 1):
            try:
                query = query_of([line])
                if line and not query.terms:  # it would be answered with the whole archive
                    raise UsageError(f"the query has neither a word nor a filter: {line}")
            except UsageError as error:
                refused_count += 1
                say(f"{file_name}:{number}: {error}")
            else:
                if line:
                    yield f"{file_name}:{number}", line, query

    with (
        _opened(options.batch) as query_lines,
        opened_archive(context, options.path, needs=PASSES) as archive,
    ):
        if options.csv:
            emit(options.csv(options.fields or _BATCH_COLUMNS))
        for line_place, text, query in each_with_progress(queries(query_lines), "queries"):
            hits = archive.search(query, sort=options.sort or "")
            query_args.log_search(context, archive, "search", hits)
            for complaint in hits.complaints:
                say(f"{line_place}: {complaint.reason}")
            pages = _pages(options, archive, hits)
            batch_hits = _hits_of(options, archive, hits, pages)
            if options.json or options.jsonl:
                page = pages.page(len(pages.cut(hits.ids)), hits.count, found=(hits,))
                pages.emit_object(search_answer.whole(hits, batch_hits), "hits", page)
            else:
                lines = ((text, *_csv_values(hit, _COLUMNS)) for hit in batch_hits)
                for line in islice(pages.csv(chain((_BATCH_COLUMNS,), lines)), 1, None):
                    emit(options.csv(tuple(line)))
                # These are fields of the JSON.
                for remark in query_args.remarks_of(hits, other_forms=False):
                    say(f"{line_place}: {remark}")
            if not hits.count:
                say(f"{line_place}: nothing found: {text}")
            hit_count += hits.count
            sys.stdout.flush()
    return 2 if refused_count else int(not hit_count)


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    """Yield an open text file or stdin. Raises `UsageError`."""
    try:
        byte_stream = sys.stdin.buffer if file == _STDIN else file.open("rb")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    # PowerShell of Windows writes files in UTF-16.
    is_utf16 = getattr(byte_stream, "peek", lambda _: b"")(2)[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
    encoding = "utf-16" if is_utf16 else "utf-8-sig"
    with TextIOWrapper(byte_stream, encoding=encoding, errors="replace") as text_stream:
        yield text_stream


def _has_scores(options: argparse.Namespace, hits: Hits) -> bool:
    sort = hits.query.sort or options.sort or hits.query.order
    return _has_any_field(options, "score") and sort == BEST


def _has_passages(options: argparse.Namespace) -> bool:
    return options.passages or _has_any_field(options, "passage", "places")


def _has_any_field(options: argparse.Namespace, *fields: str) -> bool:
    """Return whether JSON or CSV is printed, with at least one of the fields."""
    if not (options.json or options.jsonl or options.csv):
        return False
    return not options.fields or not set(fields).isdisjoint(options.fields)


def _hits_of(
    options: argparse.Namespace,
    archive: Archive,
    hits: Hits,
    pages: RowPages,
    copies: Copies | None = None,
) -> Iterator[FoundHit]:
    """Yield the hits of an answer in order, read page by page, without folded near-duplicates.

    Scores and passages take time, so they are computed only if the output needs them.
    """
    has_scores, has_passages = _has_scores(options, hits), _has_passages(options)
    hit_ids = hits.ids
    if copies is not None and copies.places:
        folded_places = frozenset(copies.places)
        hit_ids = [id_ for place, id_ in enumerate(hits.ids) if place not in folded_places]
    hit_ids = pages.cut(hit_ids)
    scores = archive.scores(hits.query, hit_ids) if has_scores else {}
    for page_start in range(0, len(hit_ids), _PAGE):
        page_ids = hit_ids[page_start : page_start + _PAGE]
        records = archive.records_of(hits.query, page_ids)
        best_passages = (
            archive.passages(page_ids, hits.highlights, records=records) if has_passages else []
        )
        passage_by_id = {passage.id: passage for passage in best_passages}
        copies_by_id = _named(archive, page_ids, copies)
        for row in archive.rows(page_ids):
            folded_copies = None if copies is None else copies_by_id.get(row.id, ())
            record = archive.sources(row.id)[records[row.id] - 1] if row.id in records else None
            yield FoundHit(
                row, scores.get(row.id), passage_by_id.get(row.id), folded_copies, record
            )


def _kept_hits_of(
    options: argparse.Namespace, archive: Archive, hits: Hits, kept: Iterable[KeptHit]
) -> Iterator[FoundHit]:
    """Yield the hits that an option of a tool keeps, each as soon as it is read."""
    has_scores, has_passages = _has_scores(options, hits), _has_passages(options)
    scores = archive.scores(hits.query, hits.ids) if has_scores else {}
    for kept_hit in kept:
        id_, number = kept_hit.row.id, kept_hit.record
        record = archive.sources(id_)[number - 1] if number > 1 else None
        passages = (
            archive.passages([id_], hits.highlights, records={id_: number})
            if has_passages and hits.query.has_words
            else []
        )
        passage = passages[0] if passages else None
        yield FoundHit(kept_hit.row, scores.get(id_), passage, record=record, kept=kept_hit)


def _named(
    archive: Archive, ids: Sequence[int], copies: Copies | None
) -> dict[int, tuple[str, ...]]:
    """Return the reference IDs of the near-duplicates of each cable, by cable id."""
    copies_of_lead = (
        {id_: copies.under[id_] for id_ in ids if id_ in copies.under} if copies else {}
    )
    rows = archive.rows([id_ for copy_ids in copies_of_lead.values() for id_ in copy_ids])
    reference_by_id = {row.id: row.reference_id for row in rows}
    return {
        id_: tuple(
            reference_by_id[other_id] for other_id in copy_ids if other_id in reference_by_id
        )
        for id_, copy_ids in copies_of_lead.items()
    }


def _csv_values(hit: FoundHit, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the CSV cells of a hit: offsets look like `12-18 40-44`, near-duplicates are IDs."""
    from cable_tui.cli import search_answer  # only JSON and tables have it

    hit_values = as_json(search_answer.of_hit(hit))
    hit_values |= {
        "score": "" if hit.score is None else f"{hit.score:.4f}",
        "places": " ".join(f"{start}-{end}" for start, end in hit_values["places"]),
        "record": hit.record.path if hit.record else "",
    }
    if hit.copies is not None:
        hit_values[_COPIES] = " ".join(hit.copies)
    return tuple(str(hit_values[name] or "") for name in columns)


def _text_lines(found_hits: Iterable[FoundHit]) -> Iterator[str]:
    """Yield a line for each hit, cut to the terminal's width, with its passage indented below."""
    is_terminal = sys.stdout.isatty()
    line_cells = terminal_width() if is_terminal else 0
    for hit in found_hits:
        row, marking = hit.row, class_short(hit.row.classification)
        facts = f"{row.reference_id:<20} {row.created[:10]:<10} {marking:<7}"
        hit_line = clean_line(f"{facts} {row.subject}")
        yield crop(hit_line, line_cells) if is_terminal else hit_line
        if hit.record:
            yield clean_line(f"{_INDENT}only in version {hit.record.number}: {hit.record.path}")
        if hit.copies:
            yield clean_line(f"{_INDENT}near-duplicates: {', '.join(hit.copies)}")
        if hit.kept:
            yield _kept_line(hit.kept, line_cells)
        if hit.passage:
            yield from _passage_lines(hit.passage, line_cells)


def _kept_line(kept: KeptHit, cells: int) -> str:
    """Return a hit's first match in context, and the number of its other matches."""
    others = f" (and {kept.matches - 1:,} more)" if kept.matches > 1 else ""
    line = clean_line(f"{_INDENT}{kept.left}[{kept.word}]{kept.right}")
    return (crop(line, cells - width(others)) if cells else line) + others


def _passage_lines(passage: FoundPassage, cells: int) -> Iterator[str]:
    """Yield the passage on one line, or wrapped if the terminal limits the width."""
    label = passage.label
    has_label = label and not passage.text.startswith(f"{label}.")
    labelled_text = f"¶{label} {passage.text}" if has_label else passage.text
    spans = wrap(labelled_text, cells - len(_INDENT)) if cells else [(0, len(labelled_text))]
    for start, end in islice(spans, 4):
        yield f"{_INDENT}{labelled_text[start:end]}"

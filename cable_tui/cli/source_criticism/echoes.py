"""`cable-tui echoes`: where sentences of a cable stand in others, or what an archive repeats."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive.sentences.echo_file import SEVERAL
from cable_tui.archive.source_criticism import echo_overview, echo_words
from cable_tui.archive.source_criticism.echoes import Echoes, Passage, Place, echoes, state
from cable_tui.cli.context import Context, emit_json, emit_lines, say, terminal_width
from cable_tui.cli.open_archive import cache_root, is_foreign, look_up, opened_archive
from cable_tui.errors import CacheError, UsageError
from cable_tui.text import clean_line, crop
from cable_tui.text.counted import counted

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.catalogue.rows import Row
    from cable_tui.archive.source_criticism.echo_overview import ArchiveEchoes, Copies, Recurring
    from cable_tui.archive.source_criticism.rare_words import SharesWords
    from cable_tui.cable import Cable

_LISTED = 20
_PLACES = 3
"""Places of a passage that are printed; JSON has all that were read."""
_BEHIND = "some cables came after sentences were compared: `cable-tui index` compares them too"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument(
        "reference", metavar="REF", nargs="?", help="a cable; without one, the whole archive"
    )
    parser.add_argument(
        "--posts",
        metavar="N",
        type=int,
        default=SEVERAL,
        help=f"what stands in cables of more than N posts is boilerplate (default: {SEVERAL})",
    )
    parser.add_argument(
        "--limit", metavar="N", type=int, default=_LISTED, help="so many of each kind at most"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print what recurs; 1 where nothing does."""
    options = context.options
    if options.posts < 1 or options.limit < 1:
        raise UsageError("--posts and --limit: a number from 1 on is needed")
    with opened_archive(context, options.path, needs=("facts", "grammar")) as archive:
        _compare(context, archive)
        return _of_cable(context, archive) if options.reference else _of_all(context, archive)


def _compare(context: Context, archive: Archive) -> None:
    """Compare sentences, where that was not done of all cables as they are now.

    Raises `CacheError` where it cannot be done and never was.
    """
    options = context.options
    known = state(archive)
    if known == "complete":
        return
    if not options.no_index and not is_foreign(context, options.path.expanduser()):
        # Imported late: most questions find that it was done, and need no indexer.
        from cable_tui.archive.build.indexer import index
        from cable_tui.cli.progress_line import run_with_progress

        steps = index(
            options.path.expanduser(),
            cache_root(context),
            passes=("facts", "grammar"),
            frus_all=context.settings.frus_all,
            echoes=True,
        )
        run_with_progress(steps)
        known = state(archive)
    if known == "none":
        raise CacheError(f"{options.path}: its sentences were not compared; `cable-tui index` does")
    if known == "behind":
        say(_BEHIND)


def _of_cable(context: Context, archive: Archive) -> int:
    options = context.options
    key, cable, _ = look_up(archive, options.reference)
    found = echoes(archive, key, options.posts)
    if found is None:  # removed meanwhile
        raise CacheError(f"{options.path}: its sentences were not compared; `cable-tui index` does")
    from cable_tui.archive.source_criticism import rare_words  # it loads the engine

    words = rare_words.sharing(archive, key, cable.body.text, options.limit)
    ids = [place.id for each in found.passages for place in each.places]
    ids += [each.id for each in found.alike] + [each.id for each in words]
    rows = {row.id: row for row in archive.rows(list(dict.fromkeys(ids)))}
    if options.json:
        emit_json(_cable_json(cable, found, words[: options.limit], rows))
    else:
        emit_lines(map(clean_line, _cable_lines(cable, found, words, rows, options.limit)))
    return 0 if found.passages else 1


def _cable_lines(
    cable: Cable,
    found: Echoes,
    words: Iterable[SharesWords],
    rows: Mapping[int, Row],
    limit: int,
) -> Iterator[str]:
    yield echo_words.how_much(cable.reference_id, found)
    for passage in found.passages:
        yield ""
        yield _cut(echo_words.beginning(cable, passage))
        yield f"    {echo_words.who_has_it(passage)}"
        for place in passage.places[:_PLACES]:
            if row := rows.get(place.id):
                yield f"    {echo_words.place_line(row, place, passage)}"
        if len(passage.places) > _PLACES:
            yield f"    and {len(passage.places) - _PLACES:,} more"
    if found.alike:
        yield ""
        yield "Cables that share most with it, boilerplate left out"
        for each in found.alike[:limit]:
            if row := rows.get(each.id):
                yield f"    {echo_words.cable_name(row)} · {echo_words.what_it_shares(each)}"
    rarest = [each for each in words if each.id in rows][:limit]
    if rarest:
        yield ""
        yield "Cables that share its rarest words"
        for rare in rarest:
            yield _cut(f"    {echo_words.cable_name(rows[rare.id])} · {', '.join(rare.words)}")


def _cut(line: str) -> str:
    """A line as wide as the terminal; all of it where it goes elsewhere."""
    return crop(line, terminal_width()) if sys.stdout.isatty() else line


def _cable_json(
    cable: Cable, found: Echoes, words: Iterable[SharesWords], rows: Mapping[int, Row]
) -> dict[str, Any]:
    return {
        "reference_id": cable.reference_id,
        "words": found.words,
        "passages": [_passage_json(cable, each, rows) for each in found.passages],
        "alike": [
            {
                **_row_json(rows[each.id]),
                "words": each.words,
                "passages": each.passages,
                "of_this": round(each.of_ours, 3),
                "of_other": round(each.of_theirs, 3),
                "copy": each.is_copy,
            }
            for each in found.alike
            if each.id in rows
        ],
        "rare_words": [
            {**_row_json(rows[each.id]), "words": list(each.words)}
            for each in words
            if each.id in rows
        ],
    }


def _passage_json(cable: Cable, passage: Passage, rows: Mapping[int, Row]) -> dict[str, Any]:
    def place(at: Place) -> dict[str, Any]:
        return {**_row_json(rows[at.id]), "offset": at.offset, "words": at.words}

    return {
        "paragraph": echo_words.label_at(cable, passage.span[0]),
        "start": passage.span[0],
        "end": passage.span[1],
        "text": " ".join(cable.body.text[slice(*passage.span)].split()),
        "words": passage.words,
        "kind": passage.kind,
        "cables": passage.cables,
        "posts": passage.posts,
        "counted": passage.is_counted,
        "first_here": passage.is_first,
        "places": [place(each) for each in passage.places if each.id in rows],
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {"reference_id": row.reference_id, "created": row.created, "origin": row.origin}


def _of_all(context: Context, archive: Archive) -> int:
    options = context.options
    found = echo_overview.overview(archive, options.posts, options.limit)
    if found is None:
        raise CacheError(f"{options.path}: its sentences were not compared; `cable-tui index` does")
    ids = [each.first for each in (*found.frequent, *found.recycled)]
    ids += [id_ for group in found.copies for id_ in group.ids]
    rows = {row.id: row for row in archive.rows(list(dict.fromkeys(ids)))}
    if options.json:
        emit_json(_all_json(found, rows))
    else:
        emit_lines(map(clean_line, _all_lines(found, rows, options.posts)))
    return 0 if found.recurring else 1


def _all_lines(found: ArchiveEchoes, rows: Mapping[int, Row], several: int) -> Iterator[str]:
    yield (
        f"{found.sentences:,} different sentences; {found.recurring:,} are in more than one cable, "
        f"{found.boilerplate:,} in cables of more than {SEVERAL} posts"
    )
    for title, passages in (
        (f"Boilerplate: in cables of more than {counted(several, 'post')}", found.frequent),
        ("Recycled: in cables of fewer posts", found.recycled),
    ):
        if passages:
            yield ""
            yield title
            for each in passages:
                yield from _recurring_lines(each, rows)
    if found.copies:
        yield ""
        yield f"Copies: {counted(found.copies_groups, 'group')} of cables with nearly the same text"
        for group in found.copies:
            yield from _copies_lines(group, rows)


def _recurring_lines(each: Recurring, rows: Mapping[int, Row]) -> Iterator[str]:
    row = rows.get(each.first)
    first = f" · first in {echo_words.cable_name(row)}" if row else ""
    yield f"    {each.cables:,} cables · {counted(each.posts, 'post')}{first}"
    yield _cut(f"        {each.text}")


def _copies_lines(group: Copies, rows: Mapping[int, Row]) -> Iterator[str]:
    first, *others = group.ids
    if first in rows:
        yield f"    {echo_words.cable_name(rows[first])}"
    for id_, alike in zip(others, group.alike, strict=True):
        if id_ in rows:
            yield f"        {echo_words.cable_name(rows[id_])} · {alike:.0%} the same"


def _all_json(found: ArchiveEchoes, rows: Mapping[int, Row]) -> dict[str, Any]:
    def recurring(each: Recurring) -> dict[str, Any]:
        first = {**_row_json(rows[each.first]), "offset": each.offset}
        return {"text": each.text, "cables": each.cables, "posts": each.posts, "first": first}

    return {
        "sentences": found.sentences,
        "recurring": found.recurring,
        "boilerplate": [recurring(each) for each in found.frequent if each.first in rows],
        "recycled": [recurring(each) for each in found.recycled if each.first in rows],
        "copies_groups": found.copies_groups,
        "copies": [_copies_json(group, rows) for group in found.copies],
    }


def _copies_json(group: Copies, rows: Mapping[int, Row]) -> list[dict[str, Any]]:
    alike = (1.0, *group.alike)
    return [
        {**_row_json(rows[id_]), "alike": round(part, 3)}
        for id_, part in zip(group.ids, alike, strict=True)
        if id_ in rows
    ]

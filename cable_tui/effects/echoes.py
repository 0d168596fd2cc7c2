"""Handlers of the page of echoes: what it shows, and where a passage stands. No Textual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cable_tui.archive.catalogue.rows import Row
from cable_tui.archive.sentences.echo_file import SEVERAL
from cable_tui.archive.source_criticism import echo_overview, echo_words, echoes, rare_words
from cable_tui.archive.source_criticism.echo_overview import ArchiveEchoes, Recurring
from cable_tui.archive.source_criticism.echoes import Echoes
from cable_tui.archive.source_criticism.rare_words import SharesWords
from cable_tui.cable import Cable
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.session.feature_state import EchoLine
from cable_tui.session.features.source_criticism.echoes import (
    EchoesFailed,
    EchoesRead,
    EchoFound,
    FindEcho,
    ReadEchoes,
)
from cable_tui.text.counted import counted

PLACES = 12
"""Cables that are named below a passage; all can be listed."""
_MOST_LISTED = 60
"""Cables of a query that lists a group."""
_MORE_LIKE_THIS = 20
_NOT_YET = (
    EchoLine("Sentences were not compared yet.", "note"),
    EchoLine("That is done when everything else is indexed, unless it is left out;", "note"),
    EchoLine("`cable-tui echoes PATH` in a shell does it at once.", "note"),
)
"""Short lines: the page does not wrap them."""
_BEHIND = "Some cables came after sentences were compared: they are not here."
_BLANK = EchoLine("", "note")


@performs(ReadEchoes)
def _read(services: Services, effect: ReadEchoes, cancelled: Cancelled) -> Actions:
    archive = services.archive
    try:
        known = echoes.state(archive)
        behind = [EchoLine(_BEHIND, "note"), _BLANK] if known == "behind" else []
        if effect.id is None:
            made = echo_overview.overview(archive, cancelled=cancelled)
            title, lines = "What this archive repeats", _archive_lines(services, made)
        else:
            cable = services.cable(effect.id)
            found = echoes.echoes(archive, effect.id, cancelled=cancelled)
            words = rare_words.sharing(archive, effect.id, cable.body.text, _MORE_LIKE_THIS)
            title = f"Where {cable.reference_id} was said before"
            lines = _cable_lines(services, cable, found, words)
        yield EchoesRead(effect.ticket, title, (*behind, *lines))
    except CableTuiError as error:
        yield EchoesFailed(effect.ticket, str(error))


@performs(FindEcho)
def _find(services: Services, effect: FindEcho, _: Cancelled) -> Actions:
    try:
        cable = services.cable(effect.id)
    except CableTuiError as error:
        yield EchoesFailed(effect.ticket, str(error))
        return
    at = echo_words.paragraph_at(cable, effect.offset)
    yield EchoFound(effect.ticket, effect.id, at)


def _cable_lines(
    services: Services, cable: Cable, found: Echoes | None, words: Iterable[SharesWords]
) -> Iterator[EchoLine]:
    if found is None:
        yield from _NOT_YET
        return
    words = tuple(words)
    ids = {place.id for each in found.passages for place in each.places}
    ids.update((each.id for each in found.alike), (each.id for each in words))
    rows = services.rows(sorted(ids))
    yield EchoLine(echo_words.how_much(cable.reference_id, found), "head")
    for passage in found.passages:
        group = _group((place.id for place in passage.places), rows, cable.canonical_id)
        yield _BLANK
        said = echo_words.beginning(cable, passage)
        yield EchoLine(said, "passage", found.id, passage.span[0], group)
        yield EchoLine(f"   {echo_words.who_has_it(passage)}", "facts")
        for place in passage.places[:PLACES]:
            if row := rows.get(place.id):
                name = f"   {echo_words.place_line(row, place, passage)}"
                yield EchoLine(name, "place", place.id, place.offset, group)
        if len(passage.places) > PLACES:
            yield EchoLine(f"   and {len(passage.places) - PLACES:,} more: l lists them", "facts")
    yield from _like_this(found, words, rows, cable)


def _like_this(
    found: Echoes, words: Iterable[SharesWords], rows: Mapping[int, Row], cable: Cable
) -> Iterator[EchoLine]:
    alike = [each for each in found.alike if each.id in rows]
    if alike:
        copies = _group((each.id for each in alike if each.is_copy), rows, cable.canonical_id)
        group = _group((each.id for each in alike), rows, cable.canonical_id)
        yield _BLANK
        yield EchoLine("Cables that share most with it, boilerplate left out", "head")
        for each in alike[:_MORE_LIKE_THIS]:
            name = f"   {echo_words.cable_name(rows[each.id])} · {echo_words.what_it_shares(each)}"
            yield EchoLine(name, "place", each.id, 0, copies if each.is_copy else group)
    rarest = [each for each in words if each.id in rows]
    if rarest:
        group = _group((each.id for each in rarest), rows, cable.canonical_id)
        yield _BLANK
        yield EchoLine("Cables that share its rarest words", "head")
        for rare in rarest:
            name = f"   {echo_words.cable_name(rows[rare.id])} · {', '.join(rare.words)}"
            yield EchoLine(name, "place", rare.id, 0, group)


def _archive_lines(services: Services, found: ArchiveEchoes | None) -> Iterator[EchoLine]:
    if found is None:
        yield from _NOT_YET
        return
    ids = {each.first for each in (*found.frequent, *found.recycled)}
    ids.update(*(each.ids for each in (*found.frequent, *found.recycled)))
    ids.update(*(group.ids for group in found.copies))
    rows = services.rows(sorted(ids))
    yield EchoLine(
        f"{counted(found.sentences, 'different sentence')}; "
        f"{found.recurring:,} in more than one cable",
        "head",
    )
    if found.copies:
        yield _BLANK
        groups = counted(found.copies_groups, "group")
        yield EchoLine(f"Copies: {groups} of cables with nearly the same text", "head")
        for copies in found.copies:
            group = _group(copies.ids, rows)
            shares = ("", *(f" · {each:.0%} the same" for each in copies.alike))
            for id_, share in zip(copies.ids, shares, strict=True):
                if row := rows.get(id_):
                    name = f"{'      ' if share else '   '}{echo_words.cable_name(row)}{share}"
                    yield EchoLine(name, "place", id_, 0, group)
    several = counted(SEVERAL, "post")
    yield from _recurring("Recycled: in cables of fewer posts", found.recycled, rows)
    boilerplate = f"Boilerplate: in cables of more than {several}"
    yield from _recurring(boilerplate, found.frequent, rows)


def _recurring(
    title: str, passages: Iterable[Recurring], rows: Mapping[int, Row]
) -> Iterator[EchoLine]:
    known = [each for each in passages if each.first in rows]
    if not known:
        return
    yield _BLANK
    yield EchoLine(title, "head")
    for each in known:
        group = _group(each.ids, rows)
        yield EchoLine(f"   {each.text}", "passage", each.first, each.offset, group)
        row = rows[each.first]
        facts = f"{each.cables:,} cables · {counted(each.posts, 'post')}"
        yield EchoLine(f"      {facts} · first in {echo_words.cable_name(row)}", "facts")


def _group(ids: Iterable[int], rows: Mapping[int, Row], own: str = "") -> tuple[str, ...]:
    """Canonical ids of some cables, this one first, as many as a query should have."""
    names = dict.fromkeys(
        ([own] if own else []) + [rows[id_].canonical_id for id_ in ids if id_ in rows]
    )
    return tuple(names)[:_MOST_LISTED] if len(names) > 1 else ()

"""PERFORMERS: who does, off the screen's thread, what a feature of the room asks for.

A new effect that takes time is one function in its feature's module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cable_tui.session import (
    Action,
    Effect,
    Jump,
    completing,
    context,
    effects,
    explaining,
    mending,
    missing,
    passages,
    problems,
    shelving,
    timeline,
)
from cable_tui.tui import copying, exporting, handing, notebook, shelf
from cable_tui.tui.absent import absent
from cable_tui.tui.outside import Outside, told

MISSING = 500
"""Missing references that are listed in the room."""

COMPLETIONS = 6
"""Lines that are offered under the bar; a letter more brings the others near."""
Performer = Callable[[Outside, Any, Callable[[], bool]], Iterator[Action]]
"""The archive's world, the effect, and whether its answer is still wanted."""


def _copy_link(
    outside: Outside, effect: effects.PutLinkOnClipboard, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.exports.links import TEMPLATES

    del cancelled
    address = TEMPLATES["plusd"].format(id=effect.reference)
    yield told(outside.clipboard, address, f"link · {effect.reference}")


def _passages(
    outside: Outside, effect: passages.ReadPassages, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.archive.lit import Lit

    if isinstance(effect.lit, Lit):
        found = outside.archive.passages(effect.ids, effect.lit, cancelled)
        yield passages.Read(effect.lit, effect.ids, found)


def _timeline(
    outside: Outside, effect: timeline.Draw, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    yield timeline.Drawn(
        effect.ticket, outside.archive.timeline(effect.query, effect.dates, cancelled)
    )


def _context(
    outside: Outside, effect: context.ReadContext, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.tui import citations

    yield from citations.read(outside, effect, cancelled)


def _missing(
    outside: Outside, effect: missing.ReadMissing, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.archive.missing import missing as all_missing

    del effect, cancelled
    found = all_missing(outside.archive)
    listed = tuple((each.reference_id, each.cited_by) for each in found[:MISSING])
    yield missing.MissingRead(listed, len(found) - len(listed))


def _find_completions(
    outside: Outside, effect: completing.FindCompletions, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    found = outside.archive.completions(effect.text, len(effect.text))
    jumps = (
        Jump(
            each.label if each.count is None else f"{each.label}  {each.count:,}",
            text=each.text,
            completes=True,
        )
        for each in found[:COMPLETIONS]
    )
    if not cancelled():
        yield completing.Completed(effect.text, tuple(jumps))


def _find_reasons(
    outside: Outside, effect: mending.FindReasons, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    found = outside.archive.reasons(effect.query, cancelled)
    reasons = (mending.Reason(each.part, each.without, each.count) for each in found)
    yield mending.ReasonsFound(effect.ticket, tuple(each for each in reasons if each.count))


def _find_spellings(
    outside: Outside, effect: mending.FindSpellings, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    del cancelled
    yield mending.Spelled(effect.word, outside.archive.spellings(effect.word))


def _count_saved(
    outside: Outside, effect: shelving.CountSaved, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    """One after the other: a slow one keeps none of the others back."""
    from cable_tui.query import parse

    counts: list[tuple[str, int]] = []
    for name, text in effect.searches:
        if cancelled():
            return
        found = outside.archive.search(parse(text), limit=1, cancelled=cancelled)
        counts.append((name, found.count))
        yield shelving.SavedCounted(tuple(counts))


def _read_recent(
    outside: Outside, effect: shelving.ReadRecent, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    """Those that are not in this archive are left out."""
    del cancelled
    ids = [outside.archive.find(each) for each in effect.canonical_ids]
    rows = outside.rows([id_ for id_ in ids if id_ is not None])
    found = [rows[id_] for id_ in ids if id_ in rows]
    yield shelving.RecentRead(
        tuple((row.canonical_id, row.reference_id, row.subject) for row in found)
    )


def _facts(
    outside: Outside, effect: explaining.ReadFacts, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    del cancelled
    for row in outside.rows([effect.id]).values():
        yield explaining.FactsRead(absent(row, ""))


def _problems(
    outside: Outside, effect: problems.ReadProblems, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    del effect, cancelled
    yield problems.ProblemsRead(tuple(outside.archive.problems()))


def _raw(
    outside: Outside, effect: problems.ReadRaw, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.archive.raw import raw_text

    del cancelled
    yield problems.RawRead(effect.problem, raw_text(outside.archive, effect.problem))


PERFORMERS: dict[type[Effect], Performer] = {
    effects.PutLinkOnClipboard: _copy_link,
    effects.PutAllOnClipboard: copying.copy_all,
    context.ReadContext: _context,
    explaining.ReadFacts: _facts,
    missing.ReadMissing: _missing,
    problems.ReadProblems: _problems,
    problems.ReadRaw: _raw,
    passages.ReadPassages: _passages,
    timeline.Draw: _timeline,
    completing.FindCompletions: _find_completions,
    mending.FindReasons: _find_reasons,
    mending.FindSpellings: _find_spellings,
    shelving.CountSaved: _count_saved,
    shelving.ReadRecent: _read_recent,
    **handing.PERFORMERS,
    **notebook.PERFORMERS,
    **exporting.PERFORMERS,
    **shelf.PERFORMERS,
}
"""By effect; those of searching and reading are methods of `Outside`."""

"""What the steps of the tour name: words that find something here, places that cite."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.archive.archive import Archive
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.pattern import pattern
from cable_tui.query import Phrase, Query, Word
from cable_tui.session.features import tour
from cable_tui.session.links import links, stops

ROWS = 40
"""Cables whose subjects are looked through for words."""
MOST_TRIED = 12
"""Words that are searched for at most: each is a question to the archive."""
MOST_SLIPS = 4
"""Slips of one word that are tried at most."""
_GOOD = pattern(r"(?<![\w'’-])[A-Za-z]{5,10}(?![\w'’-])")
"""Words that are quick to type and long enough to be repaired."""


@performs(tour.FindCitingStops)
def _find_citing_stops(_: Services, effect: tour.FindCitingStops, _cancelled: Cancelled) -> Actions:
    """All but the top matter, which leads to whatever its REF lines lead to."""
    cable = effect.opened.cable
    leading = [each.span[0] for each in links(cable) if each.leads_here]
    found = (
        at
        for at, stop in enumerate(stops(cable))
        if (at or stop.paragraph is not None)
        and any(stop.span[0] <= place < stop.span[1] for place in leading)
    )
    yield tour.CitingStopsFound(effect.opened.id, tuple(found))


@performs(tour.FindTourWords)
def _find_tour_words(
    services: Services, effect: tour.FindTourWords, cancelled: Cancelled
) -> Actions:
    """Look through the list's own subjects, so that the words fit any archive."""
    archive, query = services.archive, effect.query
    word = alone = slip = ""
    for tried in _candidates(archive, query, effect.own_words):
        if cancelled():
            return
        count = archive.search(query.plus(Word(tried)), limit=1).count
        if count > 1:
            word = word or tried
        elif count:
            alone = alone or tried
        if count and not slip:
            slip = repaired_slip(archive, query, tried)
        if word and slip:
            break
    yield tour.TourWordsFound(effect.asked, word or alone, slip)


def _candidates(archive: Archive, query: Query, own_words: tuple[str, ...]) -> Iterator[str]:
    """Words to try: those of the tour's own, then those of the subjects; none of the query's."""
    known = {
        each.casefold()
        for term in query.terms
        if isinstance(term, Word | Phrase)
        for each in term.text.split()
    }
    rows = archive.rows(list(archive.search(query, limit=ROWS).ids))
    words = [word.casefold() for row in rows for word in _GOOD.findall(row.subject)]
    wanted = [word for word in dict.fromkeys((*own_words, *words)) if word not in known]
    yield from wanted[: len(own_words) + MOST_TRIED]


def repaired_slip(archive: Archive, query: Query, word: str) -> str:
    """The word with two letters exchanged, so that the query with it is repaired; or nothing."""
    for at in range(len(word) - 2, 0, -1)[:MOST_SLIPS]:
        slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if slip == word:
            continue
        hits = archive.search(query.plus(Word(slip)), limit=1)
        meant = [each.used[0][0] for each in hits.corrections if each.word == slip and each.used]
        if hits.count and meant == [word]:
            return slip
    return ""

"""Jumps: the cables, posts and TAGS that a line in the search bar may name.

The line may be a reference in any form, part of a post with a serial, a post, a TAG by code or
title, or half-remembered words of a subject. The likeliest jumps are first.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Literal

from rapidfuzz import fuzz, process

from cable_tui import telegram
from cable_tui.archive.catalogue.resolve_references import CitationGraph
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.glossary import tag_lists
from cable_tui.query import FACETS, PREFIXES, Filter
from cable_tui.query.answers import Jump
from cable_tui.text import folded_words

_HALF_ID = pattern(r"(\d{2}(?:\d{2})?)?\s*([a-z](?:[a-z ]*[a-z])?)\s*0*(\d{1,6})", re.IGNORECASE)
_PREFIX = pattern(r"(?<![^\s(-])([A-Za-z]{1,20}):")
_LONGEST = 200
"""The maximum number of characters of a line to read."""
_POOL = 200
"""The number of subjects to compare closely."""
_STATIONS = 12
_LEAST_NAME = 78.0
_LEAST_SUBJECT = 60.0
_FEWEST_LETTERS = 3


def find_jumps(source: SnapshotSource, text: str, *, limit: int = 8) -> list[Jump]:
    """Return the jumps that a line of text may refer to, likeliest first.

    Raises no error, whatever the text.
    """
    text = text[:_LONGEST].strip()
    snapshot = Snapshot(source)
    if named_reference := telegram.reference_in(text):
        jumps = [*_reference(snapshot, *named_reference)]
        if jumps:
            return jumps
    _, space_before, last_word = text.rpartition(" ")
    # The last word was pasted after a query that stood in the bar; who typed it may look for texts
    # that speak of the cable.
    named_reference = telegram.reference_in(last_word) if space_before else None
    pasted_jumps = (
        [replace(jump, sure=False) for jump in _reference(snapshot, *named_reference)]
        if named_reference
        else []
    )
    if any(match[1].casefold() in PREFIXES for match in _PREFIX.finditer(text)):
        return pasted_jumps  # a query, not a name
    text = " ".join(word for word in text.split() if not word.startswith("-"))
    jumps = [
        *pasted_jumps,
        *_half_ids(snapshot, text),
        *_names(snapshot, text),
        *_subjects(snapshot, text),
    ]
    best_jumps: dict[tuple[str, str], Jump] = {}
    for jump in sorted(jumps, key=lambda jump: -jump.score):
        best_jumps.setdefault((jump.reference, jump.text), jump)
    return list(best_jumps.values())[:limit]


def _reference(snapshot: Snapshot, canonical: str, paragraph: str | None) -> Iterator[Jump]:
    with snapshot.reading() as db:
        id_ = CitationGraph(db).cable(canonical)
        cable_rows = _cables(db, "cable.id", [id_]) if id_ is not None else []
    for canonical_id, subject in cable_rows:
        label = f"{canonical_id} ¶{paragraph}" if paragraph else canonical_id
        yield Jump(_label(label, subject), canonical_id, paragraph, sure=True, score=100.0)


def _half_ids(snapshot: Snapshot, text: str) -> Iterator[Jump]:
    """Yield cables for `casab27` or `09 casab 27`: the start of a post's name, and a serial."""
    match = _HALF_ID.fullmatch(text.strip())
    if match is None:
        return
    typed_year, station_start, serial_number = (
        match[1] or "",
        match[2].replace(" ", "").upper(),
        int(match[3]),
    )
    stations = list(_stations(snapshot, station_start))
    two_digit_years = (
        [typed_year[-2:]] if typed_year else [f"{year_number:02}" for year_number in range(100)]
    )
    score_by_id = {
        f"{year_digits}{station}{serial_number}": score
        for station, score in stations[:_STATIONS]
        for year_digits in two_digit_years
    }
    with snapshot.reading() as db:
        cable_rows = _cables(db, "canonical", list(score_by_id))
    for canonical_id, subject in sorted(cable_rows, reverse=True):
        is_exact = canonical_id[2:].startswith(station_start)
        is_sure = len(cable_rows) == 1 and is_exact
        yield Jump(
            _label(canonical_id, subject),
            canonical_id,
            sure=is_sure,
            score=score_by_id[canonical_id],
        )


def _stations(snapshot: Snapshot, name: str) -> Iterator[tuple[str, float]]:
    """Yield posts from the archive's ids whose name begins with `name`, or nearly does."""
    if len(name) < 2:
        return
    stations = snapshot.per_generation("stations", lambda: _all_stations(snapshot))
    matching_stations = [station for station in stations if station.startswith(name)]
    for station in sorted(matching_stations, key=len):
        yield station, 99.0 if station == name else 97.0
    if not matching_stations and len(name) >= _FEWEST_LETTERS:
        near_stations = process.extract(name, stations, scorer=fuzz.ratio, score_cutoff=_LEAST_NAME)
        for station, score, _ in near_stations:
            yield station, score * 0.95


def _all_stations(snapshot: Snapshot) -> list[str]:
    with snapshot.reading() as db:
        station_rows = db.execute(
            "SELECT DISTINCT rtrim(substr(canonical, 3), '0123456789') FROM cable"
        ).fetchall()
    return [station for (station,) in station_rows if station]


def _names(snapshot: Snapshot, text: str) -> Iterator[Jump]:
    """Yield posts and TAGS with this name or a similar name."""
    typed_words = " ".join(folded_words(text))
    if len(typed_words) < 2:
        return
    known_names = snapshot.per_generation("names", lambda: _all_names(snapshot))
    for facet, facet_value, folded_code, known_name in known_names:
        score = 99.0 if typed_words == folded_code else _likeness(typed_words, known_name)
        if score >= _LEAST_NAME:
            label = (
                f"{facet_value} · {known_name}"
                if facet == "tag" and known_name != folded_code
                else facet_value
            )
            yield Jump(label, text=str(Filter(facet, facet_value)), score=score)


def _likeness(typed: str, name: str) -> float:
    """Return a score from 0 to 100; the beginning of a name counts almost as much as the name."""
    if name == typed:
        return 98.0
    name_words = name.split()
    if len(typed) >= _FEWEST_LETTERS:
        if name.startswith(typed) or typed in name_words:
            return 94.0 + 3.0 * len(typed) / len(name)
        if any(word.startswith(typed) for word in name_words):
            return 88.0 + 3.0 * len(typed) / len(name)
    if len(typed) < 5:
        return 0.0
    whole_ratio = fuzz.ratio(typed, name)
    best_word_ratio = max(
        (fuzz.ratio(typed, word) for word in name_words if len(word) >= 5), default=0.0
    )
    return float(max(whole_ratio, best_word_ratio * 0.97)) * 0.93


def _all_names(snapshot: Snapshot) -> list[tuple[Literal["origin", "tag"], str, str, str]]:
    """Return the facet, value, folded code and folded name of each post and TAG in the archive."""
    known_names: list[tuple[Literal["origin", "tag"], str, str, str]] = []
    facets: tuple[Literal["origin", "tag"], ...] = ("origin", "tag")
    with snapshot.reading() as db:
        for facet in facets:
            if facet not in FACETS:
                continue
            for (value,) in db.execute("SELECT text FROM term WHERE kind = ?", (facet,)):
                tag = tag_lists.tag(value) if facet == "tag" else None
                folded_code = " ".join(folded_words(value))
                folded_name = (
                    " ".join(folded_words(tag.title)) if tag and tag.title else folded_code
                )
                known_names.append((facet, value, folded_code, folded_name))
    return known_names


def _subjects(snapshot: Snapshot, text: str) -> Iterator[Jump]:
    """Yield cables whose subject has most of the words: as typed, as a prefix, or with a slip."""
    typed_tokens = [
        token for token in dict.fromkeys(folded_words(text)) if len(token) >= _FEWEST_LETTERS
    ]
    text_index = snapshot.text
    if text_index is None or not typed_tokens:
        return
    spellings_by_token = [_spellings(snapshot, token) for token in typed_tokens[:16]]
    ids = text_index.near_subjects(spellings_by_token, _POOL)
    with snapshot.reading() as db:
        cable_rows = _cables(db, "cable.id", list(ids))
    for canonical_id, subject in cable_rows:
        score = _subject_score(typed_tokens, folded_words(subject))
        if score >= _LEAST_SUBJECT:
            yield Jump(_label(canonical_id, subject), canonical_id, score=score * 0.95)


def _subject_score(typed_tokens: list[str], subject: tuple[str, ...]) -> float:
    """Return the share of the typed words that a subject has, 0 to 100; long words count more.

    Of two subjects with the same words, the subject with fewer other words scores higher.
    """
    token_scores = (
        sum(
            len(token)
            * max(
                99.0 if word.startswith(token) and word != token else fuzz.ratio(token, word)
                for word in subject
            )
            for token in typed_tokens
        )
        if subject
        else 0.0
    )
    letter_count = sum(map(len, typed_tokens))
    return 0.9 * token_scores / letter_count + 0.1 * fuzz.ratio(
        " ".join(typed_tokens), " ".join(subject)
    )


def _spellings(snapshot: Snapshot, token: str) -> list[str]:
    """Return the words of the archive's subjects that a remembered word may stand for."""
    text_index = snapshot.text
    if text_index is None:
        return []
    begun_words = [word for word, _ in text_index.words(token, field="subject", limit=20)]
    near_words = (
        [neighbour.word for neighbour in snapshot.words().near(token)[:8]]
        if token not in begun_words
        else []
    )
    return list(dict.fromkeys([token, *begun_words, *near_words]))


def _cables(
    db: sqlite3.Connection, column: str, values: list[str] | list[int]
) -> list[tuple[str, str]]:
    """Return canonical ids and subjects of the cables whose `column` has one of the values."""
    return db.execute(
        "SELECT canonical, coalesce(subject, '') FROM cable "  # noqa: S608 - columns of ours
        "LEFT JOIN grammar ON grammar.cable = cable.id "
        f"WHERE {column} IN (SELECT value FROM json_each(?))",
        (json.dumps(values),),
    ).fetchall()


def _label(id_: str, subject: str) -> str:
    return f"{id_} · {subject}" if subject else id_

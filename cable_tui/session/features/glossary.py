"""Explain the text under the cursor: find the terms to explain, and their cable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from cable_tui.base.cable import Cable
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import field, replace
from cable_tui.glossary import acronym_readings, terms
from cable_tui.query import parse
from cable_tui.query.answers import CableRow
from cable_tui.session.feature_state import Notebook, list_symbols
from cable_tui.session.features.opened_cable import placeholder_cable
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

_MOST_READ = 40
"""The maximum number of cables searched for the meaning of a word."""
_MOST_COUNTED = 24
"""The maximum number of meanings counted for one text."""
What = Literal["words", "paragraph", "header", "top"]


class Explain(Action):
    """`i`: explain the text selected with the mouse, or else the text at the cursor."""

    selected: str = ""

    def step(self, session: Session) -> Result:
        """Explain the selected words, or else the content of the pane with the focus."""
        if self.selected.strip():
            selected_text = " ".join(self.selected.split())
            return session, (_asked("words", selected_text[:60], self.selected, session.cable),)
        opened_cable, current_id = session.opened, session.current
        if session.pane == "list" and current_id is not None:
            return session, (_read_facts_of(session, current_id),)
        if opened_cable is None:
            return session, (ShowGlossary("words", "any word", "", None),)
        cable = opened_cable.cable
        if session.pane == "header":
            return session, (ShowGlossary("header", "the header", cable.header.text, cable),)
        if session.pane != "body":
            return session, (_read_facts_of(session, opened_cable.id),)
        paragraph = session.here
        if paragraph is None:
            paragraphs = cable.body.paragraphs
            paragraph_end = paragraphs[0].span[0] if paragraphs else len(cable.body.text)
            return session, (
                _asked("paragraph", "the top", cable.body.text[:paragraph_end], cable),
            )
        paragraph_start, paragraph_end = paragraph.span
        paragraph_title = f"¶{paragraph.label}" if paragraph.label else "this paragraph"
        paragraph_text = (
            f"{paragraph.heading or ''}\n{cable.body.text[paragraph_start:paragraph_end]}"
        )
        return session, (_asked("paragraph", paragraph_title, paragraph_text, cable),)


class ExplainWord(Action):
    """Explain a word that the reader has typed in the panel."""

    word: str

    def step(self, session: Session) -> Result:
        """Look up the word, and any explanations of it in the archive's cables."""
        typed_word = " ".join(self.word.split())
        cable = session.cable
        show_glossary = ShowGlossary("words", typed_word[:60], typed_word, cable)
        doubtful_readings = (
            acronym_readings.doubtful(typed_word, cable.tags)
            if cable and cable.facts.origin
            else ()
        )
        return session, (
            CountReadings(show_glossary, doubtful_readings[:_MOST_COUNTED], typed=True),
        )


class ShowGlossary(Request):
    """Show the panel that explains a text."""

    what: What
    title: str
    text: str
    """The words, the paragraph or the header, or an empty string for the top box, which comes from
    `cable`.
    """
    cable: Cable | None = None
    """The cable that contains the words, or None if they are from no particular cable."""
    counts: acronym_readings.Counts = field(default_factory=dict)
    """For each meaning of an ambiguous acronym, the number of the post's cables that contain it."""
    own: tuple[acronym_readings.Reading, ...] = ()
    """The meanings of the word that are explained in cables in the archive."""
    symbols: tuple[terms.Explanation, ...] = ()
    """The symbols in the cable's row in the list, or in the margin of the paragraph."""


class ReadFacts(Effect):
    """Read the facts about a cable in the list; answered by `ShowGlossary`."""

    opens_dialog = True
    latest = "facts"

    id: int
    cable: Cable | None
    """The whole cable, if it is open."""
    notebook: Notebook
    is_selected: bool
    copies: int
    """The number of near-duplicates that the row represents."""


class CountReadings(Effect):
    """Count the post's cables that contain each meaning; answered by `shown` with the counts."""

    opens_dialog = True

    shown: ShowGlossary
    doubtful: tuple[tuple[str, str], ...]
    """The acronyms, each paired with one of its meanings."""
    typed: bool = False
    """Whether to also search the archive's cables for the meaning of the word."""
    latest = "facts"


def _read_facts_of(session: Session, id_: int) -> ReadFacts:
    opened_cable = session.opened
    return ReadFacts(
        id_,
        opened_cable.cable if opened_cable is not None and opened_cable.id == id_ else None,
        session.notebook,
        id_ in session.selection.ids,
        len(session.hits.folded.get(id_, ())),
    )


def _asked(what: What, title: str, text: str, cable: Cable | None) -> Effect:
    """Return the request to show the panel, after counting if acronyms have several meanings."""
    show_glossary = ShowGlossary(what, title, text, cable)
    if cable is None or not cable.facts.origin:
        return show_glossary
    acronyms = acronym_readings.doubtful(text, cable.tags)[:_MOST_COUNTED]
    return CountReadings(show_glossary, acronyms) if acronyms else show_glossary


def _read_facts(services: Services, effect: ReadFacts, _: Cancelled) -> Actions:
    rows = services.hit_rows([effect.id])
    if effect.cable is not None and not rows:  # the cable was removed from the archive
        yield ShowGlossary("top", effect.cable.reference_id, "", effect.cable)
    for cable_row in rows.values():
        cable = effect.cable or placeholder_cable(cable_row, "")
        symbols = tuple(
            terms.Explanation(symbol, "symbol", meaning)
            for symbol, meaning in _symbols(cable_row, effect)
        )
        yield ShowGlossary("top", cable.reference_id, "", cable, symbols=symbols)


def _symbols(row: CableRow, effect: ReadFacts) -> Iterator[tuple[str, str]]:
    """Yield the symbols in a row of the list, from the left, each with its meaning."""
    notebook, id_ = effect.notebook, row.canonical_id
    if any(id_ == noted for noted, _ in notebook.noted):
        yield "✎", "bookmarked, with a note"
    elif any(id_ == marked for marked, _ in notebook.marks):
        yield "★", "bookmarked"
    if names := notebook.listed.get(id_, ()):
        meanings = (
            f"{name} ({clean_line(notebook.list_notes[name])})"
            if name in notebook.list_notes
            else name
            for name in names
        )
        yield list_symbols(names, notebook.lists), f"in your lists: {', '.join(meanings)}"
    if id_ in notebook.seen:
        yield "✓", "you have read it"
    elif row.new:
        yield "+", "added to the archive by the last update"
    if effect.is_selected:
        yield "●", "selected"
    if row.record:
        yield "≠", "the query matches only a version that is not shown"
    elif row.versions:
        yield "=", "several versions; press = to compare them"
    if row.redacted:
        yield "▒", "some words are blacked out"
    if effect.copies:
        yield f"+{effect.copies}", "near-duplicates of this cable; press f to show them"


def _count_readings(services: Services, effect: CountReadings, cancelled: Cancelled) -> Actions:
    """Count by searching; without an index of texts the counts are empty."""
    show_glossary = effect.shown
    origin = show_glossary.cable.facts.origin if show_glossary.cable else ""
    counts_by_meaning = reading_counts(services.archive, origin, effect.doubtful, cancelled)
    own_explanations = (
        own_readings(services.archive, show_glossary.text, cancelled) if effect.typed else ()
    )
    if not cancelled():
        yield replace(show_glossary, counts=counts_by_meaning, own=own_explanations)


def own_readings(
    archive: Archive, word: str, cancelled: Cancelled = lambda: False
) -> tuple[acronym_readings.Reading, ...]:
    """Return the meanings that the archive's cables give for a word, most frequent first.

    At most `_MOST_READ` cables that contain the word are read, best first; without an index of
    words the result is empty.
    """
    from cable_tui.archive.texts import texts  # most glossaries read no other cable

    references_by_meaning: defaultdict[str, list[str]] = defaultdict(list)
    word_in_query = " ".join(word.replace('"', " ").split())
    with suppress(CableTuiError):
        query = parse(f'"{word_in_query}"')
        ids = archive.search(query, limit=_MOST_READ, offering=False).ids if word_in_query else ()
        meanings = {
            text.task.cable: terms.own_meaning(word, text.raw.edition, text.raw.body)
            for text in texts(archive, ids, cancelled)
            if text.raw is not None
        }
        for row in archive.rows([cable_id for cable_id in ids if meanings.get(cable_id)]):
            references_by_meaning[meanings[row.id]].append(row.reference_id)
    ordered_meanings = sorted(references_by_meaning.items(), key=lambda pair: -len(pair[1]))
    return tuple(
        acronym_readings.Reading(
            meaning, f"said by {reference_ids[0]}{_more(len(reference_ids) - 1)}"
        )
        for meaning, reference_ids in ordered_meanings
    )


def _more(other_count: int) -> str:
    return f" and {other_count} more" if other_count else ""


def reading_counts(
    archive: Archive,
    origin: str,
    doubtful: Iterable[tuple[str, str]],
    cancelled: Cancelled = lambda: False,
) -> acronym_readings.Counts:
    """Return the number of a post's cables for each meaning of ambiguous acronyms, if known."""
    count_by_reading: dict[tuple[str, str], int] = {}
    with suppress(CableTuiError):
        for acronym, meaning in doubtful:
            if cancelled():
                break
            phrase_texts = (phrase.replace('"', " ") for phrase in (origin, meaning, acronym))
            query = parse('origin:"{}" "{}" "{}"'.format(*phrase_texts))
            count_by_reading[acronym, meaning] = archive.search(
                query, limit=1, offering=False
            ).count
    return count_by_reading


PERFORMERS: Performers = {
    ReadFacts: _read_facts,
    CountReadings: _count_readings,
}

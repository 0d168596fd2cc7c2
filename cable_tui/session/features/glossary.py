"""Explaining what is under the cursor: the terms to explain, and their cable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from cable_tui.base.cable import Cable
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import field, replace
from cable_tui.glossary import acronym_readings, terms
from cable_tui.query import parse
from cable_tui.session.features.opened_cable import placeholder_cable
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive

_MOST_READ = 40
"""The most cables of an archive that are read for their meaning of a word."""
_MOST_COUNTED = 24
"""The most meanings that are counted for one text."""
What = Literal["words", "paragraph", "header", "top"]


class Explain(Action):
    """i: explain the text selected with the mouse, or else the text at the cursor."""

    selected: str = ""

    def step(self, session: Session) -> Result:
        """Explain the selected words, else what the pane with the keys shows."""
        if self.selected.strip():
            selected_text = " ".join(self.selected.split())
            return session, (_asked("words", selected_text[:60], self.selected, session.cable),)
        opened_cable, current_id = session.opened, session.current
        if (
            session.pane == "list"
            and current_id is not None
            and (not opened_cable or opened_cable.id != current_id)
        ):
            return session, (ReadFacts(current_id),)
        if opened_cable is None:
            return session, (ShowGlossary("words", "any word", "", None),)
        cable = opened_cable.cable
        if session.pane == "header":
            return session, (ShowGlossary("header", "the header", cable.header.text, cable),)
        if session.pane != "body":
            return session, (ShowGlossary("top", cable.reference_id, "", cable),)
        paragraph = session.here
        if paragraph is None:
            paragraphs = cable.body.paragraphs
            paragraph_end = paragraphs[0].span[0] if paragraphs else len(cable.body.text)
            return session, (
                _asked("paragraph", "the top", cable.body.text[:paragraph_end], cable),
            )
        paragraph_start, paragraph_end = paragraph.span
        title = f"¶{paragraph.label}" if paragraph.label else "this paragraph"
        text = f"{paragraph.heading or ''}\n{cable.body.text[paragraph_start:paragraph_end]}"
        return session, (_asked("paragraph", title, text, cable),)


class ExplainWord(Action):
    """Explain a word that was typed in the panel."""

    word: str

    def step(self, session: Session) -> Result:
        """Look also for what the archive itself says of it."""
        word = " ".join(self.word.split())
        cable = session.cable
        show_glossary = ShowGlossary("words", word[:60], word, cable)
        doubtful_readings = (
            acronym_readings.doubtful(word, cable.tags) if cable and cable.facts.origin else ()
        )
        return session, (
            CountReadings(show_glossary, doubtful_readings[:_MOST_COUNTED], typed=True),
        )


class ShowGlossary(Request):
    """Show the panel that explains a text."""

    what: What
    title: str
    text: str
    """The words, the paragraph or the header; empty for the top box, which `cable` fills."""
    cable: Cable | None = None
    """The cable of the words; None if they are not of one cable."""
    counts: acronym_readings.Counts = field(default_factory=dict)
    """Cables of the post that hold the meanings of doubtful acronyms."""
    own: tuple[acronym_readings.Reading, ...] = ()
    """Meanings of the word that cables of the archive give."""


class ReadFacts(Effect):
    """Read the facts of a cable in the list; answered by `ShowGlossary`."""

    opens_dialog = True

    id: int
    latest = "facts"


class CountReadings(Effect):
    """Count the cables of the post that hold each meaning; answered by `shown`, with them."""

    opens_dialog = True

    shown: ShowGlossary
    doubtful: tuple[tuple[str, str], ...]
    """Acronyms, each with each of its meanings."""
    typed: bool = False
    """Whether cables of the archive are searched for the word's meaning, too."""
    latest = "facts"


def _asked(what: What, title: str, text: str, cable: Cable | None) -> Effect:
    """Show it at once, or count first if an acronym has several meanings."""
    show_glossary = ShowGlossary(what, title, text, cable)
    if cable is None or not cable.facts.origin:
        return show_glossary
    acronyms = acronym_readings.doubtful(text, cable.tags)[:_MOST_COUNTED]
    return CountReadings(show_glossary, acronyms) if acronyms else show_glossary


def _read_facts(services: Services, effect: ReadFacts, _: Cancelled) -> Actions:
    for row in services.rows([effect.id]).values():
        cable = placeholder_cable(row, "")
        yield ShowGlossary("top", cable.reference_id, "", cable)


def _count_readings(services: Services, effect: CountReadings, cancelled: Cancelled) -> Actions:
    """Count by searching; if texts cannot be searched there is no evidence, and no failure."""
    show_glossary = effect.shown
    origin = show_glossary.cable.facts.origin if show_glossary.cable else ""
    counts = reading_counts(services.archive, origin, effect.doubtful, cancelled)
    own_explanations = (
        own_readings(services.archive, show_glossary.text, cancelled) if effect.typed else ()
    )
    if not cancelled():
        yield replace(show_glossary, counts=counts, own=own_explanations)


def own_readings(
    archive: Archive, word: str, cancelled: Cancelled = lambda: False
) -> tuple[acronym_readings.Reading, ...]:
    """Return what cables of an archive say that a word stands for: the most frequent meaning first.

    The best `_MOST_READ` cables with the word are read; without an index of words there are none.
    """
    meanings: defaultdict[str, list[str]] = defaultdict(list)
    word_in_query = " ".join(word.replace('"', " ").split())
    with suppress(CableTuiError):
        query = parse(f'"{word_in_query}"')
        for key in (
            archive.search(query, limit=_MOST_READ, offering=False).ids if word_in_query else ()
        ):
            if cancelled():
                break
            cable = archive.cable(key)
            if meaning := terms.own_meaning(word, cable):
                meanings[meaning].append(cable.reference_id)
    ordered_meanings = sorted(meanings.items(), key=lambda pair: -len(pair[1]))
    return tuple(
        acronym_readings.Reading(meaning, f"said by {ids[0]}{_more(len(ids) - 1)}")
        for meaning, ids in ordered_meanings
    )


def _more(others: int) -> str:
    return f" and {others} more" if others else ""


def reading_counts(
    archive: Archive,
    origin: str,
    doubtful: Iterable[tuple[str, str]],
    cancelled: Cancelled = lambda: False,
) -> acronym_readings.Counts:
    """Return how many cables of a post have each meaning of doubtful acronyms, as far as known."""
    count_by_reading: dict[tuple[str, str], int] = {}
    with suppress(CableTuiError):
        for word, meaning in doubtful:
            if cancelled():
                break
            phrase_texts = (phrase.replace('"', " ") for phrase in (origin, meaning, word))
            query = parse('origin:"{}" "{}" "{}"'.format(*phrase_texts))
            count_by_reading[word, meaning] = archive.search(query, limit=1, offering=False).count
    return count_by_reading


PERFORMERS: Performers = {
    ReadFacts: _read_facts,
    CountReadings: _count_readings,
}

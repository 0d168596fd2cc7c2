"""Explains words and codes, or the terms in a cable, for the library and `cable-tui explain`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.look_up import look_up
from cable_tui.base.errors import UsageError
from cable_tui.glossary import acronym_readings, terms
from cable_tui.glossary.terms import Explanation
from cable_tui.telegram import reference_in

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.base.cable import Cable


def explained(
    archive: Archive, words: Sequence[str], *, word: str = "", header: bool = False
) -> Sequence[Explanation]:
    """Return the explanations of words, and of the terms in each `REF[#N]` among them.

    With `word` or `header`, the only one of `words` is a `REF[#N]`, and only that word, or the
    transmission header of the cable, is explained. Raises `UsageError` and `NotFoundError`.
    """
    if word or header:
        if len(words) != 1 or (word and header):
            raise UsageError("`word` and `header` need exactly one REF[#N]")
        return _in_cable(archive, words[0], word, header=header)
    if not words:
        raise UsageError("give the words or codes to explain, or a REF[#N]")
    found: list[Explanation] = []
    for each in words:
        if is_reference(each) or archive.find(each) is not None:
            found += _in_cable(archive, each)
        else:
            found += _in_archive(archive, each)
    return found


def is_reference(word: str) -> bool:
    """Return whether a word has the form of a reference ID or link, with or without paragraph."""
    return "#" in word or reference_in(word) is not None


def _in_archive(archive: Archive, word: str) -> tuple[Explanation, ...]:
    # Imported late: it searches, and a cable needs no search.
    from cable_tui.session.features.glossary import own_readings

    return terms.with_own(word, own_readings(archive, word), terms.explain_word(word))


def _in_cable(
    archive: Archive, reference: str, word: str = "", *, header: bool = False
) -> Sequence[Explanation]:
    """Return explanations for a cable's top, one of its paragraphs, its header, or one word."""
    _, cable, paragraph = look_up(archive, reference)
    text = word
    if header:
        text = cable.header.text
    elif not word and paragraph is not None:
        text = f"{paragraph.heading or ''}\n{cable.body.text[slice(*paragraph.span)]}"
    around_word = terms.around(cable, header=header, counts=_counts(archive, cable, text))
    if word:
        return terms.explain_word(word, around_word)
    if not text:
        return (*terms.explain_cable(cable), *terms.inferred_years(cable.references))
    explanations = terms.explanations_in(text, around_word)
    unknown_words = () if header else terms.unknown(text, explanations)
    return (
        *explanations,
        *terms.inferred_years([each for each in cable.references if each.text in text]),
        *(Explanation(each, "", "") for each in unknown_words),
    )


def _counts(archive: Archive, cable: Cable, text: str) -> acronym_readings.Counts:
    """Return how often the cable's post uses doubtful acronyms in each of their meanings."""
    # Imported late: it searches, and most terms are in no doubt.
    from cable_tui.session.features.glossary import reading_counts

    if not (text and cable.facts.origin):
        return {}
    doubtful_readings = acronym_readings.doubtful(text, cable.tags)
    return reading_counts(archive, cable.facts.origin, doubtful_readings)

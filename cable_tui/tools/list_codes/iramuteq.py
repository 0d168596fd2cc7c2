"""A corpus for IRaMuTeQ: one text for each cable, below a line of starred variables.

    **** *post_rabat *year_2009 *class_confidential *list_harbour *cable_09rabat27

IRaMuTeQ begins a text at each line with four asterisks, and reads asterisks elsewhere as variables
or themes. No asterisk of a cable is therefore written: each becomes a space. Page lines are left
out. Values of variables contain only lower-case ASCII letters, digits and underscores, whatever the
name of a list contains.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from cable_tui.base.cable import Cable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.exports.citation import Citation
from cable_tui.telegram.ids import split
from cable_tui.telegram.reading import Reading

_OTHER_SIGNS = pattern(r"[^0-9a-z]+")
_NO_LETTERS = "unnamed"
"""The value for a text without letters or digits that a variable could contain."""


class CorpusText(Value):
    """A cable as a text of the corpus."""

    variables: tuple[tuple[str, str], ...]
    """The variables, with their values as the cable or the reader writes them."""
    canonical_id: str
    text: str


def part(citation: Citation) -> CorpusText:
    """Return the variables and the text of a cable. Unknown facts have no variable."""
    cable = citation.cable
    list_names = dict.fromkeys(entry.name for entry in citation.lists)
    variables = (*_facts(cable), *(("list", name) for name in list_names))
    text = Reading(cable.body.text).without_page_lines
    return CorpusText(variables, cable.canonical_id, _without_asterisks(text))


def _facts(cable: Cable) -> Iterator[tuple[str, str]]:
    id_parts = split(cable.canonical_id)
    year = cable.facts.created[:4]
    if id_parts is not None:
        yield "post", id_parts.station
    if year.isascii() and year.isdigit():
        yield "year", year
    if cable.facts.classification:
        yield "class", cable.facts.classification


def _without_asterisks(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("*", " ").split("\n"))
    return "\n".join(lines).strip("\n")


def corpus(texts: Iterable[CorpusText], _title: str) -> Iterator[str]:
    """Yield the texts, each below the line with its variables."""
    values = _Values()
    for text in texts:
        words = (f"*{name}_{values.of(name, value)}" for name, value in text.variables)
        head = " ".join((*words, f"*cable_{_plain(text.canonical_id)}"))
        yield f"**** {head}\n{text.text}\n\n"


class _Values:
    """The values written so far. Different texts never have the same value in one file."""

    def __init__(self) -> None:
        self._value_by_text: dict[tuple[str, str], str] = {}
        self._used: set[tuple[str, str]] = set()

    def of(self, variable: str, text: str) -> str:
        """Return the value for a text; a number tells it from another text written alike."""
        known_value = self._value_by_text.get((variable, text))
        if known_value is not None:
            return known_value
        plain_value = value = _plain(text) or _NO_LETTERS
        number = 1
        while (variable, value) in self._used:
            number += 1
            value = f"{plain_value}_{number}"
        self._used.add((variable, value))
        self._value_by_text[variable, text] = value
        return value


def _plain(text: str) -> str:
    """Return a text in ASCII letters, digits and single underscores, without its accents."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER_SIGNS.sub("_", letters.lower()).strip("_")

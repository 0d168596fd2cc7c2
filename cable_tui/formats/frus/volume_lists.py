"""The lists of a volume: its persons, with what they were and when, and its abbreviations.

A list is known by its entries and not by its heading: a name or a term with an id, in an item, a
row or a paragraph before the first document. What follows the name in its entry is what the
editors say of it. An entry that only says `See` another one leads on to that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.frus.elements import elements
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENTRIES = frozenset("item row p label".split())
"""Elements that hold one entry."""
_MARKED = {"persName": "corresp", "term": "target", "gloss": "target"}
"""Elements that may be the name of an entry or point to one, and the attribute that points."""
_APART = frozenset({"list", "note"})
"""Elements in an entry that say nothing of the name."""
_SEE = pattern(r"[Ss]ee\b(?!\s+also)")
_BEHIND = " \t\n,.;:-–—"
_POINT = pattern(r"(?<=[^\W\d_]{3})\.$")
"""A point that ends an entry, not a name: `Sapt.`, but `Sapt, R.` and `Jr.`"""
_MOST_STEPS = 8
_MOST_OF_ONE = 50
"""Terms with one first word that are looked for in a document."""
CAPITALIZED = pattern(r"[A-Z]\w*")


class ListEntry(NamedTuple):
    """One entry of a list."""

    key: str
    """Its id in the volume."""
    name: str
    """Name as printed: `Sapt, Rupert`."""
    said: str
    """Text after the name."""


class VolumeLists(NamedTuple):
    """Entries by every id that means them."""

    people: Mapping[str, ListEntry] = {}
    terms: Mapping[str, ListEntry] = {}
    terms_of: Mapping[str, Sequence[ListEntry]] = {}
    """Terms of more than one letter that begin with a capital, by their first words."""


NO_LISTS = VolumeLists()


class _Found(NamedTuple):
    """An entry with what it leads on to: an id or a name, or nothing."""

    entry: ListEntry
    to: str


class _Piece(NamedTuple):
    """A part of an entry's text, or the element that it is the whole text of."""

    text: str
    element: Element | None = None


def read(front: str) -> VolumeLists:
    """Return the lists in the text before the first document of a volume; total."""
    entries: dict[str, dict[str, _Found]] = {"persName": {}, "term": {}}
    if 'id="' in front or "id='" in front:
        root, _ = elements(front)
        for entry_pieces in _entries(root) if root is not None else ():
            _read(entry_pieces, entries)
    people, terms = (_led_on(entries[kind]) for kind in ("persName", "term"))
    terms_of: defaultdict[str, list[ListEntry]] = defaultdict(list)
    for entry, _ in entries["term"].values():
        if (word := CAPITALIZED.match(entry.name)) and len(entry.name) > 1 and entry.said:
            terms_of[word[0]].append(terms[entry.key]._replace(name=entry.name))
    first_terms = {word: word_terms[:_MOST_OF_ONE] for word, word_terms in terms_of.items()}
    return VolumeLists(people, terms, first_terms)


def _entries(root: Element) -> Iterator[list[_Piece]]:
    """Yield the pieces of each entry: an item that follows a label belongs to it."""
    for parent in root.iter():
        label_pieces: list[_Piece] = []
        for child in parent:
            if child.tag not in _ENTRIES:
                continue
            pieces = list(_pieces(child))
            if own_id := _attribute(child, "id"):
                _give_id(pieces, own_id)
            if child.tag == "label":
                label_pieces = pieces
                continue
            yield [*label_pieces, *pieces]
            label_pieces = []
        if label_pieces:
            yield label_pieces


def _pieces(element: Element) -> Iterator[_Piece]:
    yield _Piece(element.text or "")
    for child in element:
        if child.tag in _MARKED:
            yield _Piece("".join(child.itertext()), child)
        elif child.tag not in _APART and child.tag not in _ENTRIES:
            yield from _pieces(child)
        yield _Piece(child.tail or "")


def _give_id(pieces: list[_Piece], own: str) -> None:
    """Give the id of an entry to its first name or term, if that has none."""
    marked_element = next((piece.element for piece in pieces if piece.element is not None), None)
    if marked_element is not None:
        marked_element.attrib.setdefault("xml:id", own)


def _read(pieces: list[_Piece], entries: dict[str, dict[str, _Found]]) -> None:
    """Put the entries that some pieces are into `entries`, each with what it leads on to."""
    ids = [(index, _attribute(piece.element, "id")) for index, piece in enumerate(pieces)]
    starts = [(index, key) for index, key in ids if key]
    for (index, key), (end, _) in zip(starts, [*starts[1:], (len(pieces), "")], strict=False):
        element = pieces[index].element
        if element is None or element.tag not in entries:
            continue
        pieces_after = pieces[index + 1 : end]
        meaning = _line("".join(piece.text for piece in pieces_after)).lstrip(_BEHIND)
        target_key = ""
        if _SEE.match(meaning):
            named_piece = next((piece for piece in pieces_after if piece.element is not None), None)
            if named_piece and named_piece.element is not None:
                points = _attribute(named_piece.element, _MARKED[named_piece.element.tag])
                target_key = points.lstrip("#") or _line(named_piece.text).rstrip(_BEHIND)
        name = _POINT.sub("", _line(pieces[index].text).rstrip(" ,;:"))
        entries[element.tag].setdefault(key, _Found(ListEntry(key, name, meaning), target_key))


def _led_on(entries: Mapping[str, _Found]) -> dict[str, ListEntry]:
    """Return each id with the entry that says something; one that leads nowhere keeps its own."""
    entries_by_name: defaultdict[str, list[_Found]] = defaultdict(list)
    for listed_entry in entries.values():
        if not listed_entry.to:
            name = listed_entry.entry.name
            for name_part in {name, name.partition(",")[0], name.partition(" ")[0]}:
                entries_by_name[name_part].append(listed_entry)
    only_entries = {name: same[0] for name, same in entries_by_name.items() if len(same) == 1}
    return {
        key: _last(entries, only_entries, listed_entry) or listed_entry.entry
        for key, listed_entry in entries.items()
    }


def _last(
    entries: Mapping[str, _Found],
    only: Mapping[str, _Found],
    listed: _Found,
    steps: int = _MOST_STEPS,
) -> ListEntry | None:
    """Return the entry at the end of a way from one to the next; None if there is no such end.

    An entry leads to another one by its id, or by a name that only one has.
    """
    if not listed.to:
        return listed.entry
    next_entry = entries.get(listed.to) or only.get(listed.to)
    return _last(entries, only, next_entry, steps - 1) if next_entry and steps else None


def _attribute(element: Element | None, name: str) -> str:
    """Return an attribute, whatever the prefix of its name."""
    if element is None:
        return ""
    return next(
        (value for key, value in element.attrib.items() if key.rpartition(":")[2] == name), ""
    ).strip()


def _line(text: str) -> str:
    return clean_line(" ".join(text.split()))

"""The lists in a volume: its persons with their offices and dates, and its abbreviations.

A list is recognized by its entries instead of its heading: a name or term with an ID, in an item, a
row or a paragraph before the first document. The text after the name in an entry is the editors'
explanation. An entry that contains only `See` and another name is resolved to that entry.
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
"""Elements that contain one entry."""
_MARKED = {"persName": "corresp", "term": "target", "gloss": "target"}
"""Elements that may be the name of an entry or point to one, with the attribute that points."""
_APART = frozenset({"list", "note"})
"""Elements in an entry that do not describe the name."""
_SEE = pattern(r"[Ss]ee\b(?!\s+also)")
_BEHIND = " \t\n,.;:-–—"
_POINT = pattern(r"(?<=[^\W\d_]{3})\.$")
"""A period that ends an entry rather than a name: `Sapt.`, but not `Sapt, R.` or `Jr.`."""
_MOST_STEPS = 8
_MOST_OF_ONE = 50
"""The maximum number of terms with the same first word to search for in a document."""
CAPITALIZED = pattern(r"[A-Z]\w*")


class ListEntry(NamedTuple):
    """One entry of a list."""

    key: str
    """The entry's ID in the volume."""
    name: str
    """The name as printed, such as `Sapt, Rupert`."""
    said: str
    """The explanation after the name."""


class VolumeLists(NamedTuple):
    """The entries in a volume's lists, by every ID that refers to them."""

    people: Mapping[str, ListEntry] = {}
    terms: Mapping[str, ListEntry] = {}
    terms_of: Mapping[str, Sequence[ListEntry]] = {}
    """Terms of more than one letter that begin with a capital, keyed by their first
    word.
    """


NO_LISTS = VolumeLists()


class _Found(NamedTuple):
    """An entry, and the ID or name of the entry to which it refers, or an empty string."""

    entry: ListEntry
    to: str


class _Piece(NamedTuple):
    """A part of an entry's text, with the element if the part is an element's whole text."""

    text: str
    element: Element | None = None


def read(front: str) -> VolumeLists:
    """Return the lists in the text before a volume's first document; no input raises an error."""
    entries_by_element: dict[str, dict[str, _Found]] = {"persName": {}, "term": {}}
    if 'id="' in front or "id='" in front:
        root, _ = elements(front)
        for entry_pieces in _entries(root) if root is not None else ():
            _read(entry_pieces, entries_by_element)
    people, terms = (
        _led_on(entries_by_element[element_name]) for element_name in ("persName", "term")
    )
    terms_by_word: defaultdict[str, list[ListEntry]] = defaultdict(list)
    for term_entry, _ in entries_by_element["term"].values():
        if (
            (first_word := CAPITALIZED.match(term_entry.name))
            and len(term_entry.name) > 1
            and term_entry.said
        ):
            terms_by_word[first_word[0]].append(
                terms[term_entry.key]._replace(name=term_entry.name)
            )
    first_terms = {
        first_word: word_terms[:_MOST_OF_ONE] for first_word, word_terms in terms_by_word.items()
    }
    return VolumeLists(people, terms, first_terms)


def _entries(root: Element) -> Iterator[list[_Piece]]:
    """Yield the pieces of each entry; an item that follows a label belongs to it."""
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
    """Set the ID of an entry on its first name or term, if that has none."""
    marked_element = next((piece.element for piece in pieces if piece.element is not None), None)
    if marked_element is not None:
        marked_element.attrib.setdefault("xml:id", own)


def _read(pieces: list[_Piece], entries: dict[str, dict[str, _Found]]) -> None:
    """Add the entries in the given pieces to `entries`, each with its target."""
    piece_ids = [
        (piece_index, _attribute(piece.element, "id")) for piece_index, piece in enumerate(pieces)
    ]
    entry_starts = [(piece_index, entry_key) for piece_index, entry_key in piece_ids if entry_key]
    for (piece_index, entry_key), (entry_end, _) in zip(
        entry_starts, [*entry_starts[1:], (len(pieces), "")], strict=False
    ):
        element = pieces[piece_index].element
        if element is None or element.tag not in entries:
            continue
        pieces_after = pieces[piece_index + 1 : entry_end]
        explanation = _line("".join(piece.text for piece in pieces_after)).lstrip(_BEHIND)
        target_key = ""
        if _SEE.match(explanation):
            named_piece = next((piece for piece in pieces_after if piece.element is not None), None)
            if named_piece and named_piece.element is not None:
                target_text = _attribute(named_piece.element, _MARKED[named_piece.element.tag])
                target_key = target_text.lstrip("#") or _line(named_piece.text).rstrip(_BEHIND)
        entry_name = _POINT.sub("", _line(pieces[piece_index].text).rstrip(" ,;:"))
        entries[element.tag].setdefault(
            entry_key, _Found(ListEntry(entry_key, entry_name, explanation), target_key)
        )


def _led_on(entries: Mapping[str, _Found]) -> dict[str, ListEntry]:
    """Return each ID with the entry to which its references lead, or with its own entry."""
    entries_by_name: defaultdict[str, list[_Found]] = defaultdict(list)
    for listed_entry in entries.values():
        if not listed_entry.to:
            entry_name = listed_entry.entry.name
            for name_part in {
                entry_name,
                entry_name.partition(",")[0],
                entry_name.partition(" ")[0],
            }:
                entries_by_name[name_part].append(listed_entry)
    unambiguous_entries = {
        entry_name: same_name_entries[0]
        for entry_name, same_name_entries in entries_by_name.items()
        if len(same_name_entries) == 1
    }
    return {
        entry_key: _last(entries, unambiguous_entries, listed_entry) or listed_entry.entry
        for entry_key, listed_entry in entries.items()
    }


def _last(
    entries: Mapping[str, _Found],
    only: Mapping[str, _Found],
    listed: _Found,
    steps: int = _MOST_STEPS,
) -> ListEntry | None:
    """Return the entry at the end of a chain of references, or None if there is no end.

    An entry refers to another entry by ID, or by a name that only one entry has.
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
        (
            attribute_value
            for attribute_name, attribute_value in element.attrib.items()
            if attribute_name.rpartition(":")[2] == name
        ),
        "",
    ).strip()


def _line(text: str) -> str:
    return clean_line(" ".join(text.split()))

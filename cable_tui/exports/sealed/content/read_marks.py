"""`marks.json` of a dossier beside the places and notes of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cable_tui.cable import Cable
from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.sealed.content.findings import Findings
from cable_tui.exports.sealed.content.markup import one_line
from cable_tui.exports.sealed.manifest import MARKS, PAGE, Manifest
from cable_tui.exports.sealed.members import Members
from cable_tui.library import Mark, bundles, paragraph_of, text_changed
from cable_tui.library.bundles import Bundle
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

_MOST_AT_PLACE = 1000
"""Bookmarks at one place: each place of the page is compared with all that are there."""


class PlaceKey(NamedTuple):
    """Where a place or a bookmark is."""

    canonical_id: str
    label: str | None
    """Of its paragraph; None for the cable."""


class Marks:
    """The bookmarks of a dossier, and what of them the page has shown."""

    def __init__(self, members: Members, made: Manifest, findings: Findings) -> None:
        self._findings = findings
        try:
            content = members.content(MARKS, bundles.LARGEST)
            self._bundle = bundles.loads(content, MARKS)
        except (LibraryError, UsageError) as error:
            findings.fault(MARKS, str(error))
            self._bundle = Bundle()
        self._of: dict[str, list[Mark]] = {}
        for mark in self._bundle.marks:
            self._of.setdefault(mark.canonical_id, []).append(mark)
        self._keys: dict[str, PlaceKey] = {}
        """Where each bookmark is, by its `uid`."""
        self._at: dict[PlaceKey, list[Mark]] = {}
        self._placed: set[str] = set()
        """Cables whose bookmarks are in these."""
        self._moved: dict[str, list[PlaceKey]] = {}
        """Places that say so of their text, by the cable: see `_move`."""
        self._shown: list[PlaceKey] = []
        self._starts: list[int] = []
        """Where in its cable each of these begins; the cable as a whole before its text."""
        self._notes: dict[PlaceKey, Counter[str]] = {}
        self._check_bundle({each.canonical_id for each in made.cables})

    def _check_bundle(self, cables: set[str]) -> None:
        findings, bundle = self._findings, self._bundle
        for mark in bundle.marks:
            if mark.canonical_id not in cables:
                findings.fault(MARKS, f"a bookmark of {mark.name}, which is not in the dossier")
        known = {mark.uid for mark in bundle.marks}
        for name, uids in bundle.lists.items():
            if not known.issuperset(uids):
                findings.fault(MARKS, f"the list {name} has a bookmark that is not there")
        if bundle.searches or bundle.private:
            findings.fault(MARKS, "it has saved searches or private marks, as no dossier has")

    def show(self, key: PlaceKey, cited: Citation, notes: Sequence[str], moved: bool) -> list[Mark]:
        """Note a place of the page with its notes; the bookmarks there.

        `moved`: the page says that the marked text has another number now. Of a bookmark without a
        fingerprint nothing else does.
        """
        if key.canonical_id not in self._placed:
            self._place(key.canonical_id, cited.cable)
        found = self._at.get(key, [])
        if moved:
            own = self._of.get(key.canonical_id, ())
            lost = [each for each in own if each.paragraph and not each.fingerprint]
            found = [*found, *(each for each in lost if self._keys[each.uid] != key)]
            self._moved.setdefault(key.canonical_id, []).append(key)
        if len(found) > _MOST_AT_PLACE:
            self._findings.fault(MARKS, f"it has {len(found):,} bookmarks at {self._name(key)}")
            found = found[:1]
        self._shown.append(key)
        self._starts.append(cited.paragraphs[0].span[0] if cited.paragraphs else -1)
        kept = self._notes.setdefault(key, Counter())
        known = {shown_note(note_of(mark)) for mark in found}
        for words in notes:
            if words in known:
                kept[words] += 1
            else:
                name = f"a note at {self._name(key)}"
                self._findings.differ(PAGE, name, words, next(iter(known - {*notes}), ""))
        return found

    def _place(self, canonical_id: str, cable: Cable) -> None:
        """Find where in a cable its bookmarks are, once."""
        self._placed.add(canonical_id)
        for mark in self._of.get(canonical_id, ()):
            paragraph = paragraph_of(mark, cable)
            key = PlaceKey(canonical_id, paragraph.label if paragraph else None)
            self._keys[mark.uid] = key
            self._at.setdefault(key, []).append(mark)

    @staticmethod
    def _name(key: PlaceKey) -> str:
        return f"{key.canonical_id} ¶{key.label}" if key.label else key.canonical_id

    def finish(self, made: Manifest) -> None:
        """Compare all that was shown with all that there is."""
        findings = self._findings
        self._move()
        noted: dict[PlaceKey, Counter[str]] = {}
        for mark in self._bundle.marks:
            key = self._keys.get(mark.uid)
            if key is None or key not in self._notes:
                findings.fault(PAGE, f"no place for the bookmark of {mark.name}")
            elif mark.note.strip():
                noted.setdefault(key, Counter())[shown_note(note_of(mark))] += 1
        for key, notes in self._notes.items():
            data = noted.get(key, Counter())
            if notes != data:
                many = f"{notes.total()} of its {counted(data.total(), 'note')}"
                findings.fault(PAGE, f"{self._name(key)}: the page shows {many}")
        self._check_order(made)

    def _move(self) -> None:
        """Give each place that says that its text has moved the bookmark that has its note."""
        for mark in self._bundle.marks:
            if mark.fingerprint or not mark.paragraph:
                continue
            words = {shown_note(note_of(mark))} if mark.note.strip() else set()
            for key in self._moved.get(mark.canonical_id, ()):
                if self._keys[mark.uid] != key and words == set(self._notes[key]):
                    self._keys[mark.uid] = key
                    self._moved[mark.canonical_id].remove(key)
                    break

    def _check_order(self, made: Manifest) -> None:
        """Places are in the order of a list, of all bookmarks, or of the cables of a query."""
        orders = [*self._bundle.lists.values(), [mark.uid for mark in self._bundle.marks]]
        marked = [[self._keys[uid] for uid in uids if uid in self._keys] for uids in orders]
        if self._shown in marked:
            return
        numbers = {each.canonical_id: n for n, each in enumerate(made.cables)}
        every = set(marked[-1])
        bare = numbers.keys() - {key.canonical_id for key in every}
        if set(self._shown) != every | {PlaceKey(each, None) for each in bare}:
            self._findings.fault(PAGE, f"its places are not those of {MARKS}")
            return
        order = [
            (numbers.get(key.canonical_id, -1), start)
            for key, start in zip(self._shown, self._starts, strict=True)
        ]
        by_query = len(set(order)) == len(order) and order == sorted(order)
        if self._bundle.lists or not by_query:
            self._findings.fault(PAGE, f"its places are in an order that {MARKS} does not have")


def note_of(mark: Mark) -> Note:
    """The note of a bookmark, as a place has it."""
    return Note(mark.note, mark.author, mark.changed)


def shown_note(note: Note) -> str:
    """A note as the page shows it, on one line."""
    by = ", ".join(filter(None, (clean_line(note.author), note.written[:10])))
    return one_line(f"Note{f' ({by})' if by else ''}: {clean_line(note.text)}")


def changes_said(mark: Mark, cable: Cable, label: str | None) -> set[str]:
    """What a place may say of its bookmark's text. Without a fingerprint nobody knows which."""
    if mark.fingerprint or not mark.paragraph:
        return {text_changed(mark, cable)}
    return {
        "",
        f"text changed since {mark.created[:10]}",
        f"the marked text stands in ¶{label} now",
        f"¶{mark.paragraph} is not in this text of the cable",
    }

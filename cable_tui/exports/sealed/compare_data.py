"""The data of a dossier compared with its page and its cables: bookmarks, citations, searches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

from cable_tui import __version__
from cable_tui.cable import Cable
from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports import bibliography
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.notes import written
from cable_tui.exports.sealed import manifest, search_log
from cable_tui.exports.sealed.manifest import MARKS, PAGE, Manifest
from cable_tui.exports.sealed.members import Findings, Members
from cable_tui.exports.sealed.page_markup import one_line
from cable_tui.library import Mark, bundles, paragraph_of, text_changed
from cable_tui.library.bundles import Bundle
from cable_tui.pattern import pattern
from cable_tui.research_log import Entry, Log, Search, SearchedArchive
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.value import replace

_MOST_AT_PLACE = 1000
"""The most bookmarks at one place: each place of the page is compared with all of them."""


class PlaceKey(NamedTuple):
    """The location of a place or a bookmark."""

    canonical_id: str
    label: str | None
    """The label of its paragraph; None for the cable."""


class SealedMarks:
    """The bookmarks of a dossier, and which of them the page has shown."""

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
        """The location of each bookmark, by its `uid`."""
        self._at: dict[PlaceKey, list[Mark]] = {}
        self._placed: set[str] = set()
        """Cables whose bookmarks are in these maps."""
        self._moved: dict[str, list[PlaceKey]] = {}
        """Places whose page says that the text has moved, by the cable: see `_move`."""
        self._shown: list[PlaceKey] = []
        self._starts: list[int] = []
        """Offset of each place in its cable; the cable as a whole comes before its text."""
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
            findings.fault(MARKS, "it has saved searches or private marks, never part of a dossier")

    def show(self, key: PlaceKey, cited: Citation, notes: Sequence[str], moved: bool) -> list[Mark]:
        """Note a place of the page with its notes; return its bookmarks.

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
        """Find where its bookmarks are in a cable, once."""
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
        """Compare the shown bookmarks with all of them."""
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
        """Match each place whose text has moved with the bookmark that has its note."""
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
        """Check that places are in the order of a list, of bookmarks, or of a query's cables."""
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
    """Return the note of a bookmark, in the form of a place."""
    return Note(mark.note, mark.author, mark.changed)


def shown_note(note: Note) -> str:
    """Return a note as the page shows it, on one line."""
    by = ", ".join(filter(None, (clean_line(note.author), note.written[:10])))
    return one_line(f"Note{f' ({by})' if by else ''}: {clean_line(note.text)}")


def changes_said(mark: Mark, cable: Cable, label: str | None) -> set[str]:
    """Return the possible words of a place on a change of its text.

    Without a fingerprint there are several.
    """
    if mark.fingerprint or not mark.paragraph:
        return {text_changed(mark, cable)}
    return {
        "",
        f"text changed since {mark.created[:10]}",
        f"the marked text stands in ¶{label} now",
        f"¶{mark.paragraph} is not in this text of the cable",
    }


_TITLES = ("cable-tui sealed dossier: citations", "% cable-tui sealed dossier: citations")
_LONGEST = 128 << 20
"""The most bytes of one of them."""
_LINKS = ("cablegate", "plusd", "file")
"""The program's forms of addresses; a reader may have set another."""
_URL = "url = {"
_ACCESSED = pattern(r"\baccessed ([A-Z][a-z]{2,8} \d{1,2}, \d{4})\.$")
_MOST_NOTES = 50
"""The most notes at one place; each may be that of an entry."""


class Citations:
    """Both files, read along with the places of the page."""

    def __init__(self, members: Members, findings: Findings) -> None:
        self._findings = findings
        self._notes = one_line(_content(members, manifest.CITATIONS, findings))
        self._at = len(_TITLES[0]) + 1
        """Index of the note of the next place in the notes."""
        title, *self._entries = _content(members, manifest.BIBTEX, findings).split("\n@")
        findings.differ(manifest.BIBTEX, "its title", one_line(title), _TITLES[1])
        self._count = 0
        self._lost = not self._notes.startswith(_TITLES[0])
        if self._lost:
            findings.fault(manifest.CITATIONS, "it does not begin as citations do")
        self._last = _LINKS[0]
        """The address of the place before: in one dossier all have the same form."""

    def compare(
        self, shown: str, links: Sequence[str], cited: Citation, marks: Sequence[Mark], name: str
    ) -> None:
        """Compare the citation of a place, with its link on the page."""
        self._count += 1
        self._compare_text(shown, name)
        read_on = _accessed(shown)
        if read_on not in (None, cited.read_on):
            self._findings.leave("the days on which pages were read", name)
        cited = replace(cited, read_on=read_on)
        forms = dict.fromkeys((self._last, *_LINKS, *(_own_form(each) for each in links)))
        for form in forms:
            made = one_line(clean_line(written("note", replace(cited, link_template=form))))
            if made == shown:
                self._last = form
                bib_forms = [form]
                break
        else:
            bib_forms = [*map(_own_form, links)]
            if cited.cable.reference_id not in shown:
                self._findings.leave("citations that do not name their cable", name)
            self._findings.leave("the facts in citations of a form of their own", name)
        if self._last not in _LINKS:
            self._findings.leave("addresses of a form of their own")
        self._compare_entry(cited, marks, bib_forms, name)

    def _compare_text(self, shown: str, name: str) -> None:
        """Compare with the file of notes, one text in which a note may have several lines."""
        if self._lost:
            return
        expected = f"{self._count}. {shown}"
        end = self._at + len(expected)
        if self._notes.startswith(expected, self._at) and self._notes[end : end + 1] in ("", " "):
            self._at = end + 1
            return
        here = self._notes[self._at : end]
        there = f"{expected} on the page"
        self._findings.differ(manifest.CITATIONS, f"the citation of {name}", here, there)
        self._lost = True

    def _compare_entry(
        self, cited: Citation, marks: Sequence[Mark], forms: Sequence[str], name: str
    ) -> None:
        """Compare an entry with the cable and the notes; its address has a known form, if any."""
        if self._count > len(self._entries):
            self._findings.fault(manifest.BIBTEX, f"no entry of {name}")
            return
        entry = one_line(f"@{self._entries[self._count - 1]}")
        first = ""
        for form in forms or dict.fromkeys((self._last, *_LINKS, *_address(entry))):
            for notes in _notes(cited, marks):
                made = replace(cited, link_template=form, notes=notes)
                text = one_line(bibliography.bibtex(made))
                first = first or text
                if entry != text and entry != one_line(bibliography.bibtex_as_filed(made)):
                    continue
                if not forms and form not in _LINKS:
                    self._findings.leave("addresses in citations.bib", name)
                return
        if self._findings.same_program:
            self._findings.differ(manifest.BIBTEX, f"the entry of {name}", entry, first)
        else:
            said = "entries of citations.bib that this version writes otherwise"
            self._findings.leave(said, name)

    def finish(self) -> None:
        """Report what the files have in addition to the places of the page."""
        if not self._lost and self._at < len(self._notes):
            self._findings.fault(manifest.CITATIONS, "it has more than the page")
        if len(self._entries) > self._count:
            self._findings.fault(manifest.BIBTEX, "it has more than the page")


def _content(members: Members, name: str, findings: Findings) -> str:
    try:
        return members.content(name, _LONGEST).decode()
    except (UsageError, UnicodeDecodeError) as error:
        findings.fault(name, str(error))
        return ""


def _accessed(shown: str) -> date | None:
    """Return the day of reading in a citation: other data do not have it."""
    found = _ACCESSED.search(shown)
    with suppress(ValueError):
        return datetime.strptime(found[1], "%B %d, %Y").date() if found else None
    return None


def _own_form(address: str) -> str:
    """Return an address as a template without fields."""
    return address.replace("{", "{{").replace("}", "}}")


def _address(entry: str) -> Iterator[str]:
    """Yield the address of an entry of BibTeX."""
    _, has, rest = entry.partition(_URL)
    if has:
        yield _own_form(rest.partition("},")[0])


def _notes(cited: Citation, marks: Sequence[Mark]) -> Iterator[tuple[Note, ...]]:
    """Yield the possible notes of an entry: all those at its place, or those of one bookmark."""
    noted = [note_of(mark) for mark in marks if mark.note]
    yield tuple(noted)
    if len(marks) > 1:
        yield tuple(replace(each, place=cited.paras) for each in noted)
        yield from ((each,) for each in noted[:_MOST_NOTES])
        yield ()


def compare_log(members: Members, made: Manifest, findings: Findings) -> Log | None:
    """Compare both members with each other; return the searches, or None if they were left out."""
    name = manifest.LOG_JSON
    try:
        found = _loads(members.content(name, manifest.LARGEST))
        name = manifest.LOG
        text = one_line(members.content(name, manifest.LARGEST).decode())
    except (UsageError, UnicodeDecodeError) as error:
        findings.fault(name, str(error))
        return Log(())
    if made.log == "left out" and found.entries:
        reason = "it has searches, and manifest.json says that they were left out"
        findings.fault(manifest.LOG_JSON, reason)
    log = None if made.log == "left out" else found
    texts = search_log.as_text(log), search_log.markdown(found)
    forms = [one_line("".join(each)) for each in texts]
    made_with = f"made with cable-tui {__version__}"
    forms = [each.replace(made_with, f"made with {made.program}", 1) for each in forms]
    if text not in forms:
        findings.differ(manifest.LOG, f"beside {manifest.LOG_JSON}", text, forms[0])
    return log


def _loads(content: bytes) -> Log:
    """Return the searches of a `log.json`. Raises `UsageError`."""
    try:
        value = json.loads(content)
        if value["format"] != f"{manifest.FORMAT}: log" or value["version"] != 1:
            raise ValueError
        return Log(tuple(map(_entry, value["searches"])))
    except (ValueError, TypeError, LookupError, RecursionError):
        raise UsageError("it is not a log of a sealed dossier") from None


def _entry(value: dict[str, Any]) -> Entry:
    search = Search(value["query"], value["count"], value["partial"], value["way"])
    searched = SearchedArchive(value["archive"], value["cables"], 0, value["fingerprint"])
    texts = (search.query, search.way, searched.archive, searched.fingerprint, value["at"])
    numbers = (search.found, searched.cables)
    if not all(isinstance(each, str) for each in texts) or type(search.partial) is not bool:
        raise ValueError
    if not all(type(each) is int for each in numbers):
        raise ValueError
    return Entry(value["at"], search, searched)

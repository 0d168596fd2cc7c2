"""`citations.txt` and `citations.bib` of a dossier, beside its page and the cables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime

from cable_tui.errors import UsageError
from cable_tui.exports import bibliography
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.notes import written
from cable_tui.exports.sealed.content.findings import Findings
from cable_tui.exports.sealed.content.markup import one_line
from cable_tui.exports.sealed.content.read_marks import note_of
from cable_tui.exports.sealed.manifest import BIBTEX, CITATIONS
from cable_tui.exports.sealed.members import Members
from cable_tui.library import Mark
from cable_tui.pattern import pattern
from cable_tui.text import clean_line
from cable_tui.value import replace

_TITLES = ("cable-tui sealed dossier: citations", "% cable-tui sealed dossier: citations")
_LONGEST = 128 << 20
"""Bytes of one of them."""
_LINKS = ("cablegate", "plusd", "file")
"""Forms of addresses that the program has; a reader may have set another."""
_URL = "url = {"
_ACCESSED = pattern(r"\baccessed ([A-Z][a-z]{2,8} \d{1,2}, \d{4})\.$")
_MOST_NOTES = 50
"""At one place; each could be the one of an entry."""


class Citations:
    """Both files, read along with the places of the page."""

    def __init__(self, members: Members, findings: Findings) -> None:
        self._findings = findings
        self._notes = one_line(_content(members, CITATIONS, findings))
        self._at = len(_TITLES[0]) + 1
        """Where in the notes that of the next place begins."""
        title, *self._entries = _content(members, BIBTEX, findings).split("\n@")
        findings.differ(BIBTEX, "its title", one_line(title), _TITLES[1])
        self._count = 0
        self._lost = not self._notes.startswith(_TITLES[0])
        if self._lost:
            findings.fault(CITATIONS, "it does not begin as citations do")
        self._last = _LINKS[0]
        """The address of the place before: of one dossier all are alike."""

    def compare(
        self, shown: str, links: Sequence[str], cited: Citation, marks: Sequence[Mark], name: str
    ) -> None:
        """The citation of a place, with its link on the page."""
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
        """The file of notes is one text: a note may have several lines there."""
        if self._lost:
            return
        expected = f"{self._count}. {shown}"
        end = self._at + len(expected)
        if self._notes.startswith(expected, self._at) and self._notes[end : end + 1] in ("", " "):
            self._at = end + 1
            return
        here = self._notes[self._at : end]
        self._findings.differ(CITATIONS, f"the citation of {name}", here, f"{expected} on the page")
        self._lost = True

    def _compare_entry(
        self, cited: Citation, marks: Sequence[Mark], forms: Sequence[str], name: str
    ) -> None:
        """An entry with the cable and the notes; its address is of one of the forms, if any."""
        if self._count > len(self._entries):
            self._findings.fault(BIBTEX, f"no entry of {name}")
            return
        entry = one_line(f"@{self._entries[self._count - 1]}")
        first = ""
        for form in forms or dict.fromkeys((self._last, *_LINKS, *_address(entry))):
            for notes in _notes(cited, marks):
                made = replace(cited, link_template=form, notes=notes)
                text = one_line(bibliography.bibtex(made))
                first = first or text
                if entry not in (text, one_line(bibliography.bibtex_as_filed(made))):
                    continue
                if not forms and form not in _LINKS:
                    self._findings.leave("addresses in citations.bib", name)
                return
        if self._findings.same_program:
            self._findings.differ(BIBTEX, f"the entry of {name}", entry, first)
        else:
            self._findings.leave(
                "entries of citations.bib that this version writes otherwise", name
            )

    def finish(self) -> None:
        """Say what the files have beside the places of the page."""
        if not self._lost and self._at < len(self._notes):
            self._findings.fault(CITATIONS, "it has more than the page")
        if len(self._entries) > self._count:
            self._findings.fault(BIBTEX, "it has more than the page")


def _content(members: Members, name: str, findings: Findings) -> str:
    try:
        return members.content(name, _LONGEST).decode()
    except (UsageError, UnicodeDecodeError) as error:
        findings.fault(name, str(error))
        return ""


def _accessed(shown: str) -> date | None:
    """The day of reading that a citation names: it stands in no other data."""
    found = _ACCESSED.search(shown)
    with suppress(ValueError):
        return datetime.strptime(found[1], "%B %d, %Y").date() if found else None
    return None


def _own_form(address: str) -> str:
    """An address as a form that is filled with nothing."""
    return address.replace("{", "{{").replace("}", "}}")


def _address(entry: str) -> Iterator[str]:
    """That of an entry of BibTeX."""
    _, has, rest = entry.partition(_URL)
    if has:
        yield _own_form(rest.partition("},")[0])


def _notes(cited: Citation, marks: Sequence[Mark]) -> Iterator[tuple[Note, ...]]:
    """What an entry may have of the notes at its place: all, or those of one bookmark."""
    noted = [note_of(mark) for mark in marks if mark.note]
    yield tuple(noted)
    if len(marks) > 1:
        yield tuple(replace(each, place=cited.paras) for each in noted)
        yield from ((each,) for each in noted[:_MOST_NOTES])
        yield ()

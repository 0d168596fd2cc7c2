"""What a person claims of a whole archive before it is confirmed: cables, names, examples."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from cable_tui.query import parse
from cable_tui.query.people import Person, query_text
from cable_tui.text import folded_words
from cable_tui.text.numbers import counted
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.archive.source_criticism.people import Written

MOST_READ = 2000
"""Cables of which the names are counted."""
_NAMES = 12
_EXAMPLES = 5
_ALONE = 10


class Claims(Value):
    """What somebody is found by, and what that finds."""

    person: Person
    cables: int
    """In the archive, as `person:` finds them."""
    names: tuple[Written, ...]
    """Names in these cables that end in a form, the most frequent first."""
    others: tuple[Written, ...]
    """Names that have the words of a form and go on: somebody else's, mostly."""
    examples: tuple[str, ...]
    """Reference ids of the first of the cables."""
    read: int
    """Cables of which names were counted."""
    alone: tuple[str, ...] = ()
    """Other cables with the surname alone, which are not claimed."""

    @property
    def lines(self) -> list[str]:
        """What the reader is told before it is done."""
        by = ", ".join((*self.person.forms, *self.person.cables))
        few = "" if self.read == self.cables else f", of {self.read:,} cables"
        lines = [f"{self.person.name}: {counted(self.cables, 'cable')}, by {by}"]
        for head, ways in ((f"Written{few}", self.names), ("Also in", self.others)):
            if ways:
                written = ", ".join(f"{each.text} {each.cables:,}" for each in ways)
                lines.append(f"{head}: {written}")
        if self.examples:
            lines.append(f"For example {', '.join(self.examples)}")
        if self.alone:
            few = " ..." if len(self.alone) > _ALONE else ""
            listed = ", ".join(self.alone[:_ALONE])
            lines.append(f"Not those with the surname alone: {listed}{few}")
        return lines

    @property
    def as_json(self) -> dict[str, Any]:
        """The same as data."""

        def ways(of: Collection[Written]) -> list[dict[str, Any]]:
            return [{"text": each.text, "cables": each.cables} for each in of]

        return {
            "name": self.person.name,
            "forms": list(self.person.forms),
            "one_by_one": list(self.person.cables),
            "cables": self.cables,
            "counted": self.read,
            "written": ways(self.names),
            "others": ways(self.others),
            "examples": list(self.examples),
            "alone": list(self.alone),
        }


def claims(archive: Archive, person: Person, alone: Sequence[int] = ()) -> Claims:
    """Search for a person who is not confirmed yet. Raises `ArchiveError`.

    `alone` are cables with the surname alone.
    """
    from cable_tui.archive.source_criticism.people import PeopleReader, cables_to_read

    ids = archive.search(parse(query_text(person.forms, person.cables))).ids
    read = ids[:MOST_READ]
    reader = PeopleReader()
    for id_, records in cables_to_read(archive, read, reader):
        reader.add(id_, *records)
    forms = [parts for form in person.forms if (parts := folded_words(form))]
    names: list[Written] = []
    others: list[Written] = []
    for each in reader.written():
        words = folded_words(each.text)
        if any(words[-len(parts) :] == parts for parts in forms):
            names.append(each)
        elif any(_holds(words, parts) for parts in forms):
            others.append(each)
    rows = archive.rows(read[:_EXAMPLES])
    examples = tuple(each.reference_id for each in rows)
    left = archive.rows(sorted(set(alone).difference(ids)))
    return Claims(
        person,
        len(ids),
        tuple(names[:_NAMES]),
        tuple(others[:_NAMES]),
        examples,
        len(read),
        tuple(each.canonical_id for each in left),
    )


def _holds(words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return any(words[at : at + len(parts)] == parts for at in range(len(words) - len(parts) + 1))

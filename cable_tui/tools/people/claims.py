"""The cables in the whole archive that a person would claim, shown before the reader confirms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cable_tui.base.value import Value, picked
from cable_tui.query import parse
from cable_tui.text import folded_words
from cable_tui.text.numbers import counted
from cable_tui.tools.people.confirmed import Person, key_of, query_text
from cable_tui.tools.people.counting import PeopleReader, cables_to_read
from cable_tui.tools.people.person import Spelled, Written, spelled

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.base.kinds import Count, Filled

MOST_READ = 2000
"""The maximum number of cables whose names are counted."""
_NAMES = 12
_EXAMPLES = 5
_ALONE = 10


class Claims(Value):
    """The forms of a person, and the cables that match these forms."""

    person: Person
    cables: int
    """The number of cables in the archive that `person:` matches."""
    names: tuple[Written, ...]
    """The names in these cables that end in a form, most frequent first."""
    others: tuple[Written, ...]
    """Longer names that begin with a form, mostly of other people."""
    examples: tuple[str, ...]
    """The reference IDs of the first of these cables."""
    read: int
    """The number of cables whose names were counted."""
    alone: tuple[str, ...] = ()
    """Other cables with the surname alone, which the person does not claim."""
    asked: tuple[Written, ...] = ()
    """Spellings with the surname that may belong to someone else and therefore are not forms."""

    @property
    def lines(self) -> list[str]:
        """The lines shown to the reader before the change is made."""
        found_by = ", ".join((*self.person.forms, *self.person.cables))
        read_words = "" if self.read == self.cables else f", of {self.read:,} cables"
        claim_lines = [f"{self.person.name}: {counted(self.cables, 'cable')}, by {found_by}"]
        for line_start, spellings in (
            (f"Written{read_words}", self.names),
            ("Also in", self.others),
        ):
            if spellings:
                counted_spellings = ", ".join(
                    f"{spelling.text} {spelling.cables:,}" for spelling in spellings
                )
                claim_lines.append(f"{line_start}: {counted_spellings}")
        if self.examples:
            claim_lines.append(f"For example {', '.join(self.examples)}")
        if self.alone:
            read_words = " ..." if len(self.alone) > _ALONE else ""
            listed_ids = ", ".join(self.alone[:_ALONE])
            claim_lines.append(f"Not included, only the surname: {listed_ids}{read_words}")
        if self.asked:
            read_words = " ..." if len(self.asked) > _NAMES else ""
            listed_ids = ", ".join(
                f"{spelling.text} {spelling.cables:,}" for spelling in self.asked[:_NAMES]
            )
            claim_lines.append(f"Not included, perhaps other people: {listed_ids}{read_words}")
        return claim_lines


class ClaimsAnswer(Value):
    """The cables that a name claims: the output of `people --confirm --json` and `--merge`."""

    name: Filled
    forms: tuple[str, ...]
    """The names and titles that refer to the person wherever they occur."""
    one_by_one: tuple[str, ...]
    """The cables in which the surname alone refers to this person."""
    cables: Count
    """The number of cables in the whole archive that `person:` matches."""
    counted: Count
    """The number of these cables whose names were counted."""
    written: tuple[Spelled, ...]
    """The names in these cables that end in a form."""
    others: tuple[Spelled, ...]
    """The names that continue after the words of a form, mostly of other people."""
    examples: tuple[str, ...]
    """The reference IDs of the first cables that the name claims."""
    alone: tuple[str, ...]
    """The cables with the surname alone, which are not claimed."""
    asked: tuple[Spelled, ...]
    """Spellings with the surname that may belong to someone else, and are not among the forms;
    --form adds one.
    """
    done: bool
    """Whether the change was made, as with --yes."""


def claims_answer(claimed: Claims, *, done: bool) -> ClaimsAnswer:
    """Return the cables that a name claims, as the JSON answer."""
    return picked(
        ClaimsAnswer,
        claimed,
        name=claimed.person.name,
        forms=claimed.person.forms,
        one_by_one=claimed.person.cables,
        counted=claimed.read,
        written=spelled(claimed.names),
        others=spelled(claimed.others),
        asked=spelled(claimed.asked),
        done=done,
    )


def claims(
    archive: Archive, person: Person, alone: Sequence[int] = (), asked: Sequence[Written] = ()
) -> Claims:
    """Search for a person who is not confirmed yet.

    Raises `ArchiveError`. `alone` are cables with the surname alone; `asked` are spellings that are
    not forms.
    """
    matching_ids = archive.search(parse(query_text(person.forms, person.cables))).ids
    ids_read = matching_ids[:MOST_READ]
    reader = PeopleReader()
    for id_, records in cables_to_read(archive, ids_read, reader):
        reader.add(id_, *records)
    form_words_list = [form_words for form in person.forms if (form_words := folded_words(form))]
    matching_names: list[Written] = []
    other_spellings: list[Written] = []
    for spelling in reader.written():
        spelling_words = folded_words(spelling.text)
        if any(spelling_words[-len(form_words) :] == form_words for form_words in form_words_list):
            matching_names.append(spelling)
        elif any(_holds(spelling_words, form_words) for form_words in form_words_list):
            other_spellings.append(spelling)
    example_rows = archive.rows(ids_read[:_EXAMPLES])
    example_ids = tuple(row.reference_id for row in example_rows)
    unclaimed_rows = archive.rows(sorted(set(alone).difference(matching_ids)))
    return Claims(
        person,
        len(matching_ids),
        tuple(matching_names[:_NAMES]),
        tuple(other_spellings[:_NAMES]),
        example_ids,
        len(ids_read),
        tuple(row.canonical_id for row in unclaimed_rows),
        tuple(
            spelling for spelling in asked if key_of(spelling.text) not in map(key_of, person.forms)
        ),
    )


def _holds(words: tuple[str, ...], form_words: tuple[str, ...]) -> bool:
    return any(
        words[start_index : start_index + len(form_words)] == form_words
        for start_index in range(len(words) - len(form_words) + 1)
    )

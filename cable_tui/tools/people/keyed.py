"""People whom the editors of volumes identified, by keys into a volume's list of persons.

A name with a key is not a guess: it refers to the person in that list. A key is valid only in its
own volume. Persons of several volumes count as one if their lists have the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cable_tui.tools.people.groups import Group, NamePostings


class KeyedPerson(NamedTuple):
    """A person to whom the editors of a volume assigned a key."""

    key: str
    """The key, such as `frus1955-57v97#p_SR1`."""
    name: str
    """The name as printed in the list, such as `Sapt, Rupert`, or an empty string if the list lacks
    the key.
    """
    role: str

    @property
    def line(self) -> str:
        """A line such as `frus1955-57v97: Sapt, Rupert, Ambassador until May 1957`."""
        name_and_role = ", ".join(filter(None, (self.name, self.role)))
        volume, _, own_key = self.key.partition("#")
        return f"{volume}: {name_and_role or f'not in its list of persons ({own_key})'}"


def of_all_volumes(
    postings_by_key: Mapping[str, list[NamePostings]],
) -> dict[str, list[NamePostings]]:
    """Join the names with keys from several volumes if their lists have the same name.

    A name without a given name does not identify a person, and a name that occurs twice in a list
    belongs to two people.
    """
    keys_by_name: defaultdict[str, list[str]] = defaultdict(list)
    for editor_key, postings_list in postings_by_key.items():
        listed_name = max(noted_name.name.listed for noted_name in postings_list)
        keys_by_name[listed_name if "," in listed_name else editor_key].append(editor_key)
    by_key: dict[str, list[NamePostings]] = {}
    for keys_of_name in map(sorted, keys_by_name.values()):  # whichever volume was read first
        is_one_person = len(
            {editor_key[1:].partition("#")[0] for editor_key in keys_of_name}
        ) == len(keys_of_name)
        for editor_key in keys_of_name:
            by_key.setdefault(keys_of_name[0] if is_one_person else editor_key, []).extend(
                postings_by_key[editor_key]
            )
    return by_key


def keyed_persons(group: Group) -> tuple[KeyedPerson, ...]:
    """Return the entries for a group's people in the lists of volumes, each key once."""
    people = (
        KeyedPerson(noted_name.name.key, noted_name.name.listed, noted_name.name.role)
        for postings_list in group.values()
        for noted_name in postings_list
        if noted_name.name.key
    )
    # One that a list has comes after the same key from a file without the list.
    return tuple({person.key: person for person in sorted(people)}.values())


def usual_name(ways: Sequence[NamePostings]) -> str:
    """Return the name for a key in its usual order.

    This is the name in the list, or else the longest name in the documents.
    """
    listed_name = max(noted_name.name.listed for noted_name in ways)
    if listed_name:
        return natural(listed_name)
    return max((noted_name.name.name for noted_name in ways), key=lambda name: (len(name), name))


def natural(listed: str) -> str:
    """Return a listed name in its usual order: `Rupert Sapt` for `Sapt, Rupert`.

    `Jr.` stays last.
    """
    last_name, separator, rest_of_name = listed.partition(", ")
    given_names, _, more_of_name = rest_of_name.partition(", ")
    if not separator:
        return listed
    return f"{given_names} {last_name}{f', {more_of_name}' if more_of_name else ''}"

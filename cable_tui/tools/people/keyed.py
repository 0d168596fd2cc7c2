"""People whom the editors of volumes identified: by keys that lead to a volume's list of persons.

A name with a key is not a guess: it is the person of that list. A key is valid in its own volume
only; persons of several volumes are taken for one if their lists have the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cable_tui.tools.people.groups import Group, NamePostings


class KeyedPerson(NamedTuple):
    """Somebody to whom the editors of a volume gave a key."""

    key: str
    """Key: `frus1955-57v97#p_SR1`."""
    name: str
    """Name as printed in the list, `Sapt, Rupert`; empty if the list does not have the key."""
    role: str

    @property
    def line(self) -> str:
        """Line: `frus1955-57v97: Sapt, Rupert, Ambassador until May 1957`."""
        name_and_role = ", ".join(filter(None, (self.name, self.role)))
        volume, _, own_key = self.key.partition("#")
        return f"{volume}: {name_and_role or f'not in its list of persons ({own_key})'}"


def of_all_volumes(noted: Mapping[str, list[NamePostings]]) -> dict[str, list[NamePostings]]:
    """Join names of keys of several volumes if their lists have the same name.

    A name without a given name is nobody's in particular, and one that is in a list twice is of
    two persons.
    """
    keys_by_name: defaultdict[str, list[str]] = defaultdict(list)
    for key, ways in noted.items():
        listed_name = max(name.name.listed for name in ways)
        keys_by_name[listed_name if "," in listed_name else key].append(key)
    by_key: dict[str, list[NamePostings]] = {}
    for keys_of_name in map(sorted, keys_by_name.values()):  # whichever volume was read first
        is_one = len({key[1:].partition("#")[0] for key in keys_of_name}) == len(keys_of_name)
        for key in keys_of_name:
            by_key.setdefault(keys_of_name[0] if is_one else key, []).extend(noted[key])
    return by_key


def keyed_persons(group: Group) -> tuple[KeyedPerson, ...]:
    """Return whom the names of a group are by the lists of volumes, each key once."""
    persons = (
        KeyedPerson(noted_name.name.key, noted_name.name.listed, noted_name.name.role)
        for ways in group.values()
        for noted_name in ways
        if noted_name.name.key
    )
    # One that a list has comes after the same key from a file without the list.
    return tuple({person.key: person for person in sorted(persons)}.values())


def usual_name(ways: Sequence[NamePostings]) -> str:
    """Return the name of a key in its usual order.

    It is that of the list, or else the longest in the documents.
    """
    listed_name = max(noted_name.name.listed for noted_name in ways)
    if listed_name:
        return natural(listed_name)
    return max((noted_name.name.name for noted_name in ways), key=lambda name: (len(name), name))


def natural(listed: str) -> str:
    """Return a name of a list in its usual order: `Rupert Sapt` for `Sapt, Rupert`.

    `Jr.` stays last.
    """
    last_name, comma, rest_of_name = listed.partition(", ")
    given_names, _, more_of_name = rest_of_name.partition(", ")
    if not comma:
        return listed
    return f"{given_names} {last_name}{f', {more_of_name}' if more_of_name else ''}"

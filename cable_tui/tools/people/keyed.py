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
        described = ", ".join(filter(None, (self.name, self.role)))
        volume, _, own = self.key.partition("#")
        return f"{volume}: {described or f'not in its list of persons ({own})'}"


def of_all_volumes(noted: Mapping[str, list[NamePostings]]) -> dict[str, list[NamePostings]]:
    """Join names of keys of several volumes if their lists have the same name.

    A name without a given name is nobody's in particular, and one that is in a list twice is of
    two persons.
    """
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for key, ways in noted.items():
        listed = max(name.name.listed for name in ways)
        keys[listed if "," in listed else key].append(key)
    by_key: dict[str, list[NamePostings]] = {}
    for same in map(sorted, keys.values()):  # whichever volume was read first
        is_one = len({key[1:].partition("#")[0] for key in same}) == len(same)
        for key in same:
            by_key.setdefault(same[0] if is_one else key, []).extend(noted[key])
    return by_key


def keyed_persons(group: Group) -> tuple[KeyedPerson, ...]:
    """Return whom the names of a group are by the lists of volumes, each key once."""
    persons = (
        KeyedPerson(noted.name.key, noted.name.listed, noted.name.role)
        for ways in group.values()
        for noted in ways
        if noted.name.key
    )
    # One that a list has comes after the same key from a file without the list.
    return tuple({person.key: person for person in sorted(persons)}.values())


def usual_name(ways: Sequence[NamePostings]) -> str:
    """Return the name of a key in its usual order.

    It is that of the list, or else the longest in the documents.
    """
    listed = max(noted.name.listed for noted in ways)
    if listed:
        return natural(listed)
    return max((noted.name.name for noted in ways), key=lambda name: (len(name), name))


def natural(listed: str) -> str:
    """Return a name of a list in its usual order: `Rupert Sapt` for `Sapt, Rupert`.

    `Jr.` stays last.
    """
    last, comma, rest = listed.partition(", ")
    given, _, more = rest.partition(", ")
    if not comma:
        return listed
    return f"{given} {last}{f', {more}' if more else ''}"

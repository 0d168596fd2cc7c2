"""The people of some cables: candidates from titles, signatures and officers, and the confirmed.

What was found so far can be asked at any time. A candidate is a surname with the ways in which it
is written here. It is a guess: several people may have one surname, and one person several.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.columns import DateColumn, TermColumn
from cable_tui.archive.search.common_names import LEAST, CommonNames
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.archive.sentences.names import (
    CLASSIFIED,
    MENTIONED,
    PROTECTED,
    SIGNED,
    Name,
    NameIndex,
    cable_of,
    marks_of,
    names_of,
)
from cable_tui.archive.spelling import phonetics
from cable_tui.query.people import People, Person, key_of, tokens
from cable_tui.telegram.people.mentions import last_name, surname
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.cable import RawCable

Role = Literal["mentioned", "signed", "classified"]
_ROLES: Mapping[int, Role] = {MENTIONED: "mentioned", SIGNED: "signed", CLASSIFIED: "classified"}
_MOST_HEADS = 200
"""Frequent surnames of one sound that another is compared with."""
_SHOWN_FORMS = 12
_LONG = 6
"""Letters of a surname that may differ by two from another: Qadhafi, Gaddafi; not Putin, Patten."""


class Written(NamedTuple):
    """One way in which somebody is written: `Foreign Minister Kouchner`."""

    text: str
    cables: int


class Found(Value):
    """A confirmed person, or a candidate, in the cables that were read."""

    name: str
    confirmed: bool
    protected: bool
    """A cable asks to protect this name, or the reader's choice says so."""
    cables: int
    written: tuple[Written, ...]
    """The most frequent first."""
    spellings: tuple[str, ...]
    """What a query finds them by: surnames of a candidate, forms of a confirmed person."""
    given: tuple[str, ...] = ()
    """Different given names of a candidate: perhaps several people."""
    full_name: str = ""
    """The surname with the one given name that a candidate has here."""
    roles: Mapping[Role, int] = {}
    """Cables by what they say of them."""
    years: Mapping[str, int] = {}
    posts: Mapping[str, int] = {}
    """The most frequent first."""


class Counted(NamedTuple):
    """What was found in the cables that were read so far."""

    found: tuple[Found, ...]
    """Those in most cables first."""
    total: int
    """All of them, those beyond the limit too."""
    read: int
    unread: int
    """Cables whose file could not be read."""


class PeopleReader:
    """Takes in cables, and says at any time who was in them."""

    def __init__(self, people: People = ()) -> None:
        self.read = 0
        self.unread = 0
        self._index = NameIndex()
        self._keys: list[str] = []
        """What each name of the index is counted under: a surname, or `=` and a person."""
        self._of_person: dict[str, Person] = {}
        self._by_last: defaultdict[str, list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        for person in people:
            for form in person.forms:
                if parts := tokens(form):
                    self._by_last[parts[-1]].append((parts, person))

    def add(self, id_: int, *records: RawCable) -> None:
        """Read a cable: all of its records, which count once."""
        self.read += 1
        names: dict[Name, int] = {}
        for raw in records:
            for name, marks in names_of(raw).items():
                names[name] = marks | names.get(name, 0)
        self._index.add(id_, names)

    def add_kept(self, kept: Sequence[memoryview], wanted: Collection[int]) -> None:
        """Take in cables that were read before, as the echo file has them."""
        before = len(self._index.unread)
        self._index.add_kept(kept, wanted)
        unread = len(self._index.unread) - before
        self.read += len(wanted) - unread
        self.unread += unread

    def _key(self, name: Name) -> str:
        person = self._person(name.text)
        if person is None:
            return name.surname
        key = f"={person.name}"
        self._of_person[key] = person
        return key

    def _person(self, text: str) -> Person | None:
        """The confirmed person with the longest form in a mention; None for none."""
        if not self._by_last:
            return None
        words = tokens(text)
        best: tuple[int, Person] | None = None
        for end, word in enumerate(words, 1):
            for parts, person in self._by_last.get(word, ()):
                if words[max(end - len(parts), 0) : end] == parts and (
                    best is None or len(parts) > best[0]
                ):
                    best = len(parts), person
        return best[1] if best else None

    def counted(self, source: SnapshotSource, limit: int | None = None) -> Counted:
        """Who was found so far, each with years and posts. Raises `CacheError`."""
        names = self._index.names
        self._keys.extend(map(self._key, names[len(self._keys) :]))
        by_key: defaultdict[str, list[_Noted]] = defaultdict(list)
        protected: set[str] = set()
        for number, postings in self._index.postings().items():
            by_key[self._keys[number]].append(_Noted(names[number], postings))
            if any(map(PROTECTED.__and__, postings)):
                protected.add(self._keys[number])
        cables = {key: _cables(noted) for key, noted in by_key.items()}
        groups: list[tuple[int, _Group]] = []
        for keys in _groups(cables):
            group = {key: by_key[key] for key in keys}
            if keys[0] not in self._of_person and not protected.isdisjoint(keys):
                groups += ((_cables(_all(part)), part) for part in _parted(group, source))
            else:
                groups.append((cables[keys[0]] if len(keys) == 1 else _cables(_all(group)), group))
        groups.sort(key=lambda each: (-each[0], next(iter(each[1]))))
        when = _WhenAndWhere(source) if groups else None
        found = tuple(self._found(group, when) for _, group in groups[:limit] if when)
        return Counted(found, len(groups), self.read, self.unread)

    def _found(self, group: _Group, when: _WhenAndWhere) -> Found:
        written: Counter[str] = Counter()
        given: Counter[str] = Counter()
        roles: Counter[Role] = Counter()
        called: dict[str, Counter[str]] = {}
        ids: set[int] = set()
        hidden = False
        for key, ways in group.items():
            surnames = called[key] = Counter()
            marks: defaultdict[int, int] = defaultdict(int)
            for noted, postings in ways:
                written[noted.text] += len(postings)
                surnames[last_name(noted.name)] += len(postings)
                if first := _given(noted.name):
                    given[first] += len(postings)
                for posting in postings:
                    marks[cable_of(posting)] |= marks_of(posting)
            ids.update(marks)
            for mark, number in Counter(marks.values()).items():
                hidden = hidden or bool(mark & PROTECTED)
                for bit, role in _ROLES.items():
                    if mark & bit:
                        roles[role] += number
        person = self._of_person.get(next(iter(group)))
        if person is not None and hidden:
            hidden = len(ids - _protected(group)) < LEAST
        spelled = [_ordered(each)[0][0] for each in called.values()]
        name = person.name if person else spelled[0]
        several = _several(given)
        return Found(
            name=name,
            confirmed=person is not None,
            protected=hidden or (person is not None and person.protected),
            cables=len(ids),
            written=tuple(Written(*each) for each in _ordered(written)),
            spellings=person.forms if person else _different(spelled),
            given=() if person else several,
            full_name=f"{_ordered(given)[0][0]} {name}" if given and not several else name,
            roles=dict(roles),
            years=dict(sorted(Counter(map(when.year, ids)).items())),
            posts=dict(_ordered(Counter(map(when.post, ids)))),
        )


class _Noted(NamedTuple):
    """A way in which somebody is written, and its postings."""

    name: Name
    postings: list[int]


def _cables(noted: Sequence[_Noted]) -> int:
    """In how many cables one of some names is."""
    if len(noted) == 1:  # most surnames
        return len(noted[0].postings)
    return len({cable_of(posting) for each in noted for posting in each.postings})


_Group = dict[str, list[_Noted]]
"""The names of one person, by what they are counted under."""


def _all(group: _Group) -> list[_Noted]:
    return [each for ways in group.values() for each in ways]


def _protected(group: _Group) -> set[int]:
    """The cables that ask to protect one of some names."""
    return {
        cable_of(posting)
        for noted in _all(group)
        for posting in noted.postings
        if marks_of(posting) & PROTECTED
    }


def _parted(group: _Group, source: SnapshotSource) -> list[_Group]:
    """A surname that many cables give without a plea, apart from those whom some ask to protect.

    A full name that is common in the archive is not protected: it stood beside one that is.
    """
    is_common = CommonNames(source)
    for name, postings in _all(group):
        if " " in name.name and is_common(name.name):
            postings[:] = (each & ~PROTECTED for each in postings)
    cables = _protected(group)
    everywhere = {cable_of(posting) for noted in _all(group) for posting in noted.postings}
    if not cables or len(everywhere - cables) < LEAST:
        return [group]
    return [_only(group, everywhere - cables), _only(group, cables)]


def _only(group: _Group, cables: Collection[int]) -> _Group:
    """The names of some cables."""
    part: _Group = {}
    for key, ways in group.items():
        kept = [
            _Noted(name, [each for each in postings if cable_of(each) in cables])
            for name, postings in ways
        ]
        if kept := [each for each in kept if each.postings]:
            part[key] = kept
    return part


def _groups(cables: Mapping[str, int]) -> list[list[str]]:
    """The keys of each person: surnames that sound alike stand with the most frequent one."""
    groups = [[key] for key in cables if key.startswith("=")]
    surnames = [key for key in cables if not key.startswith("=")]
    heads: defaultdict[str, list[list[str]]] = defaultdict(list)
    surnames.sort(key=lambda key: (-cables[key], key))
    for key, sound in zip(surnames, phonetics.sounds(surnames), strict=True):
        near = heads[sound]
        if (head := _head(key, near)) is not None:
            head.append(key)
        else:
            group = [key]
            groups.append(group)
            if len(near) < _MOST_HEADS:
                near.append(group)
    return groups


class _WhenAndWhere:
    """The year and the post of a cable, from the facets in memory."""

    def __init__(self, source: SnapshotSource) -> None:
        columns = Snapshot(source).columns
        date, origin = columns.facets["date"], columns.facets["origin"]
        self._days = date.days if isinstance(date, DateColumn) else None
        self._names = [""]
        self._post = array("I", bytes(4 * columns.size))
        if isinstance(origin, TermColumn):
            for name, of in origin.postings.items():
                self._names.append(name)
                for id_ in bitset.ids_of(of, columns.size) if isinstance(of, int) else of:
                    self._post[id_] = len(self._names) - 1

    def year(self, id_: int) -> str:
        """`2009`; empty where it is not known."""
        day = self._days[id_] if self._days is not None else 0
        return f"{day // 10_000:04}" if day else ""

    def post(self, id_: int) -> str:
        """The origin as it is filed."""
        return self._names[self._post[id_]]


def _head(key: str, near: Sequence[list[str]]) -> list[str] | None:
    """The group that a surname sounds like."""
    if not near:  # most surnames
        return None
    from rapidfuzz.distance import OSA

    for group in near:
        most = 1 if min(len(key), len(group[0])) < _LONG else 2
        slips = int(OSA.distance(key, group[0], score_cutoff=most))
        if slips <= most and key.isascii() and phonetics.alike(key, group[0], slips):
            return group
    return None


def _ordered(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def _different(spelled: Iterable[str]) -> tuple[str, ...]:
    """Spellings of a surname that a query does not take for one; the last of each."""
    return tuple({key_of(each): each for each in spelled}.values())


def _given(name: str) -> str:
    """The first given name of a mention; empty for a surname or an initial."""
    words = name.split()
    first = words[0].strip(".,") if len(words) > 1 else ""
    return first.title() if len(first) > 1 and first.isalpha() else ""


def _several(given: Counter[str]) -> tuple[str, ...]:
    """Given names where there are two that may be two people's."""
    if len(given) < 2:  # most people
        return ()
    names = [name for name, _ in _ordered(given)]
    distinct: dict[str, str] = {}
    for name, sound in zip(names, phonetics.sounds([*map(str.casefold, names)]), strict=True):
        distinct.setdefault(sound, name)
    return tuple(distinct.values())[:_SHOWN_FORMS] if len(distinct) > 1 else ()


def candidate_named(found: Iterable[Found], given: str) -> Found | None:
    """The candidate that a text names: by a way to write it, else by its surname."""
    wanted, last = key_of(given), surname(given)
    best: Found | None = None
    for each in found:
        if each.confirmed:
            continue
        if wanted == key_of(each.name) or any(wanted == key_of(way.text) for way in each.written):
            return each
        if best is None and last in map(surname, each.spellings):
            best = each
    return best

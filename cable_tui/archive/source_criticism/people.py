"""The people of some cables: candidates from titles, signatures and officers, and the confirmed.

Who is in a text is filed nowhere: the text of each cable is read, and what was found so far can be
asked at any time. A candidate is a surname with the ways in which it is written here. It is a
guess: several people may have one surname, and one person several.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.archive.columns import bitset
from cable_tui.archive.columns.columns import DateColumn, TermColumn
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.archive.spelling import phonetics
from cable_tui.exports.source_protection import protected
from cable_tui.query.people import People, Person, key_of, tokens
from cable_tui.telegram.body_labels import read as read_top
from cable_tui.telegram.classified import classified
from cable_tui.telegram.people.mentions import Mention, last_name, mentions, name_before, surname
from cable_tui.telegram.signature import signature
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.cable import RawCable

Role = Literal["mentioned", "signed", "classified"]
MOST_WRITTEN = 400_000
"""Ways to write people that are counted; with more, those of one cable are left out."""
_PLEA = 150
"""Characters between a name and the words that ask for its protection, at most."""
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
    left_out: int
    """Ways to write somebody that are in one cable only and were too many."""


class _Seen:
    """What is kept of a surname, or of a confirmed person."""

    __slots__ = ("given", "ids", "protected", "roles", "written")

    def __init__(self) -> None:
        self.ids = array("I")
        self.written: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.roles: Counter[Role] = Counter()
        self.protected = False


class PeopleReader:
    """Reads cables one by one, and says at any time who was in them."""

    def __init__(self, people: People = ()) -> None:
        self.read = 0
        self.unread = 0
        self._left_out = 0
        self._written = 0
        self._most = MOST_WRITTEN
        self._seen: defaultdict[str, _Seen] = defaultdict(_Seen)
        self._of_person: dict[str, Person] = {}
        self._people = people
        self._by_last: defaultdict[str, list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        for person in people:
            for form in person.forms:
                if parts := tokens(form):
                    self._by_last[parts[-1]].append((parts, person))

    def add(self, id_: int, raw: RawCable) -> None:
        """Read a cable."""
        self.read += 1
        body = raw.body
        found = list(mentions(body))
        # Looking for the whole words takes longer than all the rest, and few texts have them.
        pleas = [start for start, _ in protected(body)] if "protect" in body.lower() else []
        ends = {each.end for each in found}
        bare = filter(None, (name_before(body, at) for at in pleas))
        found += (each for each in bare if each.end not in ends)
        hidden = _hidden(found, body, pleas)
        of_cable: dict[str, set[str]] = {}
        for at, each in enumerate(found):
            key = self._take(id_, of_cable, each.text, each.name, "mentioned")
            if key and at in hidden:
                self._seen[key].protected = True
        signed = raw.edition.signed_by if raw.edition else signature(body).names
        for name in signed:
            self._take(id_, of_cable, name.title(), name.title(), "signed")
        officer = None if raw.edition else classified(read_top(body)).name
        for name in (officer or "").split(" and "):
            if name:
                self._take(id_, of_cable, name, name, "classified")
        if self._written > self._most:
            self._prune()

    def _take(
        self, id_: int, of_cable: dict[str, set[str]], text: str, name: str, role: Role
    ) -> str:
        """Count a name once a cable; the key that it is counted under, empty for none."""
        last = surname(name)
        if len(last) < 2:
            return ""
        person = self._person(text)
        key = f"={person.name}" if person else last
        if person:
            self._of_person[key] = person
        seen = self._seen[key]
        if key not in of_cable:
            of_cable[key] = set()
            seen.ids.append(id_)
        noted = of_cable[key]
        if role not in noted:
            noted.add(role)
            seen.roles[role] += 1
        folded = text.casefold()
        if folded not in noted:
            noted.add(folded)
            text = _as_read(text)
            self._written += text not in seen.written
            seen.written[text] += 1
            if given := _given(name):
                seen.given[given] += 1
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

    def _prune(self) -> None:
        """Forget what was written in one cable only, and surnames of one cable."""
        for key in [key for key, seen in self._seen.items() if len(seen.ids) == 1]:
            if not key.startswith("=") and not self._seen[key].protected:
                self._left_out += len(self._seen.pop(key).written)
        for seen in self._seen.values():
            once = [text for text, count in seen.written.items() if count == 1]
            for text in once[_SHOWN_FORMS:]:
                del seen.written[text]
                self._left_out += 1
        self._written = sum(len(seen.written) for seen in self._seen.values())
        self._most = max(MOST_WRITTEN, 2 * self._written)  # else each cable would do it again

    def counted(self, source: SnapshotSource, limit: int | None = None) -> Counted:
        """Who was found so far, each with years and posts. Raises `CacheError`."""
        groups = self._groups()
        groups.sort(key=lambda keys: (-self._cables(keys), keys[0]))
        when = _WhenAndWhere(source) if groups else None
        found = tuple(self._found(keys, when) for keys in groups[:limit] if when)
        return Counted(found, len(groups), self.read, self.unread, self._left_out)

    def _cables(self, keys: Sequence[str]) -> int:
        if len(keys) == 1:
            return len(self._seen[keys[0]].ids)
        return len({id_ for key in keys for id_ in self._seen[key].ids})

    def _groups(self) -> list[list[str]]:
        """The keys of each person: surnames that sound alike stand with the most frequent one."""
        groups: list[list[str]] = []
        heads: defaultdict[str, list[list[str]]] = defaultdict(list)
        surnames = []
        for key in self._seen:
            if key.startswith("="):
                groups.append([key])
            else:
                surnames.append(key)
        surnames.sort(key=lambda key: (-len(self._seen[key].ids), key))
        for key in surnames:
            sound = phonetics.consonants(phonetics.skeleton(key))
            near = heads[sound]
            if (head := _head(key, near)) is not None:
                head.append(key)
            else:
                group = [key]
                groups.append(group)
                if len(near) < _MOST_HEADS:
                    near.append(group)
        return groups

    def _found(self, keys: Sequence[str], when: _WhenAndWhere) -> Found:
        ids = sorted({id_ for key in keys for id_ in self._seen[key].ids})
        written: Counter[str] = Counter()
        given: Counter[str] = Counter()
        roles: Counter[Role] = Counter()
        for key in keys:
            seen = self._seen[key]
            written.update(seen.written)
            given.update(seen.given)
            roles.update(seen.roles)
        person = self._of_person.get(keys[0])
        hidden = any(self._seen[key].protected for key in keys)
        name = person.name if person else _name_of(written, keys[0])
        several = _several(given)
        return Found(
            name=name,
            confirmed=person is not None,
            protected=hidden or (person is not None and person.protected),
            cables=len(ids),
            written=tuple(Written(*each) for each in _ordered(written)),
            spellings=person.forms if person else _spellings(written, keys),
            given=() if person else several,
            full_name=f"{_ordered(given)[0][0]} {name}" if given and not several else name,
            roles=dict(roles),
            years=dict(sorted(Counter(map(when.year, ids)).items())),
            posts=dict(_ordered(Counter(map(when.post, ids)))),
        )


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


def _hidden(found: Sequence[Mention], body: str, pleas: Iterable[int]) -> set[int]:
    """Which mentions stand before words that ask for protection, in the same paragraph."""
    by_end = sorted((each.end, at) for at, each in enumerate(found))
    hidden: set[int] = set()
    for plea in pleas:
        for place in range(bisect_right(by_end, (plea, len(found))) - 1, -1, -1):
            end, at = by_end[place]
            if plea - end > _PLEA or "\n\n" in body[end:plea]:
                break
            hidden.add(at)
    return hidden


def _head(key: str, near: Iterable[list[str]]) -> list[str] | None:
    """The group that a surname sounds like."""
    from rapidfuzz.distance import OSA

    for group in near:
        most = 1 if min(len(key), len(group[0])) < _LONG else 2
        slips = int(OSA.distance(key, group[0], score_cutoff=most))
        if slips <= most and key.isascii() and phonetics.alike(key, group[0], slips):
            return group
    return None


def _ordered(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def _as_read(text: str) -> str:
    """A mention of capitals in small letters: `FOREIGN MINISTER PELHAM`; `FM Pelham` stays."""
    words = text.split()
    if any(any(map(str.islower, word)) for word in words):
        return text
    return " ".join(word.title() if len(word) > 3 else word for word in words)


def _name_of(written: Counter[str], key: str) -> str:
    """The surname of a candidate as it is written most often."""
    counts: Counter[str] = Counter()
    for text, number in written.items():
        last = last_name(text)
        if surname(last) == key:
            counts[last] += number
    return _ordered(counts)[0][0] if counts else key


def _spellings(written: Counter[str], keys: Sequence[str]) -> tuple[str, ...]:
    by_key: dict[str, str] = {}
    for key in keys:
        by_key.setdefault(key, _name_of(written, key))
    return tuple({key_of(each): each for each in by_key.values()}.values())


def _given(name: str) -> str:
    """The first given name of a mention; empty for a surname or an initial."""
    words = name.split()
    first = words[0].strip(".,") if len(words) > 1 else ""
    return first.title() if len(first) > 1 and first.isalpha() else ""


def _several(given: Counter[str]) -> tuple[str, ...]:
    """Given names where there are two that may be two people's."""
    names = [name for name, _ in _ordered(given)]
    distinct: list[str] = []
    for name in names:
        sound = phonetics.consonants(phonetics.skeleton(name.casefold()))
        if sound not in {
            phonetics.consonants(phonetics.skeleton(each.casefold())) for each in distinct
        }:
            distinct.append(name)
    return tuple(distinct[:_SHOWN_FORMS]) if len(distinct) > 1 else ()


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

"""The people of some cables: candidates from titles, signatures and officers, and confirmed people.

The results so far are available at any time. A candidate is a surname with its spellings in this
archive. It is a guess: several people may share a surname, and one person may have several
surnames. A confirmed person has the mentions that end in one of the forms. In the cables of these
mentions, and in individually confirmed cables, parts of the name count as well. Before a person is
confirmed, `claims` reports what the name matches in the whole archive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from cable_tui.archive.columns.columns import DateColumn, TermColumn
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.names import (
    CLASSIFIED,
    MENTIONED,
    PERHAPS,
    PROTECTED,
    SIGNED,
    MentionedName,
    NameIndex,
    cable_of,
    names_of,
    roles_of,
)
from cable_tui.archive.texts import texts
from cable_tui.telegram.people.name_forms import Meant
from cable_tui.telegram.people.officer_names import last_name, searched, surname
from cable_tui.telegram.reading import Reading
from cable_tui.text import folded_words
from cable_tui.tools.people.confirmed import People, Person, key_of
from cable_tui.tools.people.forms import may_be_one
from cable_tui.tools.people.groups import (
    LEAST,
    CommonNames,
    Group,
    Groups,
    NamePostings,
    cables_of,
    given_name,
    with_parts,
)
from cable_tui.tools.people.keyed import (
    keyed_persons,
    natural,
    of_all_volumes,
    usual_name,
)
from cable_tui.tools.people.person import FoundPerson, Role, Written

if TYPE_CHECKING:
    from cable_tui.base.cable import RawCable
    from cable_tui.tools.protection.of_archive import AnsweredCable

_ROLES: Mapping[int, Role] = {MENTIONED: "mentioned", SIGNED: "signed", CLASSIFIED: "classified"}
_NOBODY = Meant(())
_SHOWN_FORMS = 12
_MOST_ALONE = 200
_ENDS = frozenset({"jr", "sr", "ii", "iii", "iv"})


class CountedPerson:
    """The names of a person; the description is computed on first use."""

    def __init__(self, names: Group, cables: int, describe: Callable[[Group], FoundPerson]) -> None:
        self.names = names
        self.cables = cables
        """The number of cables with one of the names."""
        self._describe = describe
        self.protected = False
        """Whether the name is protected, as in `FoundPerson`."""
        self.confirmed = False
        """Whether a reader confirmed the person."""

    @cached_property
    def person(self) -> FoundPerson:
        """The person with spellings, years and posts."""
        return self._describe(self.names)


class FoundPeople(Sequence[FoundPerson]):
    """People in order; describing all people of a large archive takes seconds."""

    def __init__(self, counted: Sequence[CountedPerson]) -> None:
        self.counted = counted

    def __len__(self) -> int:
        return len(self.counted)

    @overload
    def __getitem__(self, key: int) -> FoundPerson: ...
    @overload
    def __getitem__(self, key: slice) -> FoundPeople: ...
    def __getitem__(self, key: int | slice) -> FoundPerson | FoundPeople:
        """Return a person, or the people of a slice, who are not described yet."""
        if isinstance(key, slice):
            return FoundPeople(self.counted[key])
        return self.counted[key].person

    def only(self, is_wanted: Callable[[CountedPerson], bool]) -> FoundPeople:
        """Return some of the people, in the same order."""
        return FoundPeople([*filter(is_wanted, self.counted)])


class CountedPeople(NamedTuple):
    """The people named in the cables that were read so far."""

    found: FoundPeople
    """The people, those in most cables first."""
    read: int
    unread: int
    """The number of cables whose file could not be read."""


def _unchanged(person: FoundPerson) -> FoundPerson:
    return person


class PeopleReader:
    """A reader of cables that can return the people found so far at any time."""

    def __init__(
        self,
        people: People = (),
        ids: Mapping[str, int] | None = None,
        answered: Iterable[AnsweredCable] = (),
    ) -> None:
        """Take the confirmed people, and the cables in which people were confirmed (`ids`).

        `ids` are by reference ID. `answered` are the cables with answers to protection requests.
        """
        self._answered = {cable.id: (Meant(cable.names), cable.is_complete) for cable in answered}
        self.read = 0
        self.unread = 0
        self._index = NameIndex()
        self._keys: list[str] = []
        """The counting key for each name in the index: a surname, `=` and a person's name, or `#`
        and an editors' key.
        """
        self._of_person: dict[str, Person] = {}
        self._by_last: defaultdict[str, list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        self._nobody = {
            key_of(form) for person in people if person.is_nobody for form in person.forms
        }
        self._confirmed_in: dict[str, set[int]] = {}
        real_people = [person for person in people if not person.is_nobody]
        for person in real_people:
            known_ids = ids or {}
            self._confirmed_in[f"={person.name}"] = {
                known_ids[cable] for cable in person.cables if cable in known_ids
            }
            self._of_person[f"={person.name}"] = person
            for form in person.forms:
                if form_words := folded_words(form):
                    self._by_last[form_words[-1]].append((form_words, person))

    def add(self, id_: int, *records: RawCable) -> None:
        """Add a cable after reading it; its records together count once."""
        self.read += 1
        roles_by_name: dict[MentionedName, int] = {}
        for raw in records:
            for name, roles in names_of(raw, Reading(raw.body)).items():
                roles_by_name[name] = roles | roles_by_name.get(name, 0)
        self._index.add(id_, roles_by_name)

    def add_kept(self, kept: Sequence[memoryview], ids: Collection[int]) -> None:
        """Add cables that were read before, from the echo file."""
        unread_before = len(self._index.unread)
        self._index.add_kept(kept, ids)
        new_unread = len(self._index.unread) - unread_before
        self.read += len(ids) - new_unread
        self.unread += new_unread

    def _key(self, name: MentionedName) -> str:
        if key_of(name.name) in self._nobody:
            return ""
        if name.key:
            return f"#{name.key}"
        person = self._person(name.text)
        return name.surname if person is None else f"={person.name}"

    def _person(self, text: str) -> Person | None:
        """Return the confirmed person with the longest form that a mention ends in, or None.

        A single-word form, as stored by older versions, may occur anywhere in the mention.
        """
        if not self._by_last:
            return None
        mention_words = folded_words(text)
        while len(mention_words) > 1 and mention_words[-1] in _ENDS:
            mention_words = mention_words[:-1]
        best_match: tuple[int, Person] | None = None
        for end_index, word in enumerate(mention_words, 1):
            for form_words, person in self._by_last.get(word, ()):
                if (end_index == len(mention_words) or len(form_words) == 1) and (
                    mention_words[max(end_index - len(form_words), 0) : end_index] == form_words
                    and (best_match is None or len(form_words) > best_match[0])
                ):
                    best_match = len(form_words), person
        return best_match[1] if best_match else None

    def _of_persons(
        self, by_key: Mapping[str, list[NamePostings]]
    ) -> dict[str, list[NamePostings]]:
        """Return the names; names with keys may be assigned to a confirmed person.

        The name in the editors' list decides who the person is.
        """
        by_person: dict[str, list[NamePostings]] = {}
        for name_key, postings_list in by_key.items():
            person = self._person(usual_name(postings_list)) if name_key.startswith("#") else None
            by_person.setdefault(f"={person.name}" if person else name_key, []).extend(
                postings_list
            )
        return by_person

    def _with_persons_parts(
        self, by_key: dict[str, list[NamePostings]]
    ) -> dict[str, list[NamePostings]]:
        """Count parts of a confirmed name for that person in the person's cables."""
        for person_key, person in self._of_person.items():
            person_cables = self._confirmed_in[person_key].union(
                cable_of(posting)
                for name_postings in by_key.get(person_key, ())
                for posting in name_postings.postings
            )
            name_words = set(folded_words(" ".join((person.name, *person.forms))))
            for other_key in {*name_words, *map(surname, (person.name, *person.forms))}:
                for name_postings in by_key.pop(other_key, ()):
                    is_part = name_words.issuperset(folded_words(name_postings.name.name))
                    own_postings = [
                        posting
                        for posting in name_postings.postings
                        if is_part and cable_of(posting) in person_cables
                    ]
                    other_postings = [
                        posting
                        for posting in name_postings.postings
                        if not is_part or cable_of(posting) not in person_cables
                    ]
                    if own_postings:
                        by_key.setdefault(person_key, []).append(
                            NamePostings(name_postings.name, own_postings)
                        )
                    if other_postings:
                        by_key.setdefault(other_key, []).append(
                            NamePostings(name_postings.name, other_postings)
                        )
        return by_key

    def written(self) -> list[Written]:
        """Return all spellings, most frequent first."""
        indexed_names, postings_by_name = self._index.names, self._index.postings()
        spellings = [
            Written(
                indexed_names[name_number].text, len(name_postings), indexed_names[name_number].name
            )
            for name_number, name_postings in postings_by_name.items()
        ]
        return sorted(spellings, key=lambda spelling: (-spelling.cables, spelling.text))

    def counted(
        self, source: SnapshotSource, complete: Callable[[FoundPerson], FoundPerson] = _unchanged
    ) -> CountedPeople:
        """Return the people counted so far, each with years and posts.

        `complete` adds to the description of a person. Raises `CacheError`.
        """
        indexed_names = self._index.names
        self._keys.extend(map(self._key, indexed_names[len(self._keys) :]))
        postings_by_key: defaultdict[str, list[NamePostings]] = defaultdict(list)
        for name_number, postings in self._index.postings().items():
            if name_key := self._keys[name_number]:
                answered_postings = self._with_answers(indexed_names[name_number].name, postings)
                postings_by_key[name_key].append(
                    NamePostings(indexed_names[name_number], answered_postings)
                )
        by_key = with_parts(
            self._with_persons_parts(self._of_persons(of_all_volumes(postings_by_key)))
        )
        protected_keys = {
            name_key
            for name_key, postings_list in by_key.items()
            if any(any(map(PROTECTED.__and__, name.postings)) for name in postings_list)
        }
        count_by_key = {
            name_key: cables_of(postings_list) for name_key, postings_list in by_key.items()
        }
        if not by_key:
            return CountedPeople(FoundPeople(()), self.read, self.unread)
        when_and_where = _WhenAndWhere(source)

        def describe(names: Group) -> FoundPerson:
            return complete(self._found(names, when_and_where))

        people: list[CountedPerson] = []
        for group_keys in Groups(by_key, when_and_where.post).groups(count_by_key):
            name_group = {name_key: by_key[name_key] for name_key in group_keys}
            has_request = not protected_keys.isdisjoint(group_keys)
            person = self._of_person.get(group_keys[0])
            parts = _parted(name_group, source) if has_request and not person else [name_group]
            for names in parts:
                cables = (
                    count_by_key[group_keys[0]]
                    if names is name_group and len(group_keys) == 1
                    else cables_of(_all(names))
                )
                counted_person = CountedPerson(names, cables, describe)
                counted_person.confirmed = person is not None
                counted_person.protected = _is_protected(person, names, cables, has_request)
                people.append(counted_person)
        people.sort(key=lambda each: (-each.cables, next(iter(each.names))))
        return CountedPeople(FoundPeople(people), self.read, self.unread)

    def _with_answers(self, name: str, postings: list[int]) -> list[int]:
        """Return the postings of a name, with protection according to the reader's answers."""
        if not self._answered:
            return postings
        marked_postings = []
        for posting in postings:
            confirmed_names, is_complete = self._answered.get(cable_of(posting), (_NOBODY, False))
            cleared_posting = posting & ~(PROTECTED | PERHAPS) if is_complete else posting
            marked_postings.append(cleared_posting | PROTECTED * confirmed_names.has(name))
        return marked_postings

    def _found(self, name_group: Group, when_and_where: _WhenAndWhere) -> FoundPerson:
        cables_by_spelling: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        full_names: Counter[str] = Counter()
        calls_by_key: dict[str, Counter[str]] = {}
        roles_by_cable: defaultdict[int, int] = defaultdict(int)
        cables_alone: set[int] = set()
        name_parts: set[str] = set()
        for name_key, postings_list in name_group.items():
            surname_counts = calls_by_key[name_key] = Counter()
            for noted_name, postings in postings_list:
                cables_by_spelling[noted_name.text, noted_name.name].update(map(cable_of, postings))
                if noted_name.surname == name_key or name_key[0] in "=#":
                    surname_counts[last_name(noted_name.name)] += len(postings)
                else:
                    name_parts.add(noted_name.text)
                if given_name(noted_name.name):
                    full_names[noted_name.name] += len(postings)
                if Written(noted_name.text, 0, noted_name.name).is_alone:
                    cables_alone.update(map(cable_of, postings))
                for posting in postings:
                    roles_by_cable[cable_of(posting)] |= roles_of(posting)
        person = self._of_person.get(next(iter(name_group)))
        is_protected = _is_protected(person, name_group, len(roles_by_cable))
        spelled_names = [_ordered(counts)[0][0] for counts in calls_by_key.values()]
        listed_people = keyed_persons(name_group)
        listed_names = (listed_person.name for listed_person in listed_people if listed_person.name)
        person_name = person.name if person else next(listed_names, "")
        person_name = person_name or (
            _longest(full_names, spelled_names[0])
            if listed_people and full_names
            else spelled_names[0]
        )
        several_names = () if person or listed_people else _several(full_names)
        ordered_spellings = sorted(
            cables_by_spelling.items(), key=lambda entry: (-len(entry[1]), entry[0][0])
        )
        return FoundPerson(
            name=person_name,
            confirmed=person is not None,
            protected=is_protected,
            cables=len(roles_by_cable),
            written=tuple(
                Written(text, len(cable_ids), bare_name)
                for (text, bare_name), cable_ids in ordered_spellings
            ),
            spellings=person.forms if person else _different_forms(map(searched, spelled_names)),
            given=several_names,
            full_name=natural(person_name)
            if listed_people and not person
            else _longest(full_names, person_name)
            if full_names and not several_names
            else person_name,
            alone=() if person or listed_people else tuple(sorted(cables_alone)[-_MOST_ALONE:]),
            roles=_roles(roles_by_cable.values()),
            years=dict(sorted(Counter(map(when_and_where.year, roles_by_cable)).items())),
            posts=dict(_ordered(Counter(map(when_and_where.post, roles_by_cable)))),
            listed=listed_people,
            parts=frozenset(name_parts),
            surnames=_different_forms(
                searched(spelled_surname)
                for surname_counter in calls_by_key.values()
                for spelled_surname in surname_counter
            ),
            perhaps_protected=sum(
                bool(role_bits & PERHAPS) for role_bits in roles_by_cable.values()
            ),
        )


def _different_forms(forms: Iterable[str]) -> tuple[str, ...]:
    """Return the forms, except repetitions that differ only in their spelling."""
    return tuple({key_of(form): form for form in forms}.values())


def _roles(role_bits: Collection[int]) -> dict[Role, int]:
    """Return the number of cables in each role."""
    count_by_bits = Counter(role_bits)
    count_by_role = {
        role: sum(
            cable_count for held_bits, cable_count in count_by_bits.items() if held_bits & role_bit
        )
        for role_bit, role in _ROLES.items()
    }
    return {role: cable_count for role, cable_count in count_by_role.items() if cable_count}


def _longest(full_names: Counter[str], surname_spelling: str) -> str:
    """Return the fullest name, if possible with the most frequent spelling of the surname."""
    return max(
        full_names,
        key=lambda name: (
            last_name(name) == surname_spelling,
            name.count(" "),
            full_names[name],
            name,
        ),
    )


def _all(name_group: Group) -> list[NamePostings]:
    return [
        name_postings for postings_list in name_group.values() for name_postings in postings_list
    ]


def _protected(name_group: Group) -> set[int]:
    """Return the cables that ask to protect any of the names in a group."""
    return {
        cable_of(posting)
        for name_postings in _all(name_group)
        for posting in name_postings.postings
        if roles_of(posting) & PROTECTED
    }


def _is_protected(
    person: Person | None, names: Group, cables: int, has_request: bool = True
) -> bool:
    """Return whether names are protected; for a confirmed person, only if few lack a request."""
    protected_cables = _protected(names) if has_request else ()
    if person is not None:
        return person.protected or (
            bool(protected_cables) and cables - len(protected_cables) < LEAST
        )
    return bool(protected_cables)


def _parted(name_group: Group, source: SnapshotSource) -> list[Group]:
    """Return a frequent surname as two groups: cables without and with a request to protect it.

    A full name that is common in the archive is not protected, because it was only next to a
    protected name.
    """
    is_common = CommonNames(source)
    for name, postings in _all(name_group):
        if " " in name.name and is_common(name.name):
            postings[:] = (posting & ~PROTECTED for posting in postings)
    protected_cables = _protected(name_group)
    all_cables = {
        cable_of(posting)
        for name_postings in _all(name_group)
        for posting in name_postings.postings
    }
    if not protected_cables or len(all_cables - protected_cables) < LEAST:
        return [name_group]
    return [_only(name_group, all_cables - protected_cables), _only(name_group, protected_cables)]


def _only(name_group: Group, kept_cables: Collection[int]) -> Group:
    """Return the names of a group in the given cables."""
    group_part: Group = {}
    for name_key, postings_list in name_group.items():
        kept_postings = [
            NamePostings(
                name, [posting for posting in postings if cable_of(posting) in kept_cables]
            )
            for name, postings in postings_list
        ]
        if kept_postings := [
            name_postings for name_postings in kept_postings if name_postings.postings
        ]:
            group_part[name_key] = kept_postings
    return group_part


class _WhenAndWhere:
    """The year and the post of a cable, from the facets in memory."""

    def __init__(self, source: SnapshotSource) -> None:
        columns = Snapshot(source).columns
        date, origin = columns.facets["date"], columns.facets["origin"]
        self._days = date.days if isinstance(date, DateColumn) else None
        assert isinstance(origin, TermColumn)  # noqa: S101 - a facet of terms
        self._names: list[str] = ["", *origin.postings]
        self._post = origin.numbers(origin.postings, columns.size)

    def year(self, id_: int) -> str:
        """Return the year, such as `2009`, or an empty string if unknown."""
        day = self._days[id_] if self._days is not None else 0
        return f"{day // 10_000:04}" if day else ""

    def post(self, id_: int) -> str:
        """Return the origin, in the form of the facet."""
        return self._names[self._post[id_]]


def _ordered(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda entry: (-entry[1], entry[0]))


def _several(full_names: Counter[str]) -> tuple[str, ...]:
    """Return the given names if two or more of them may belong to different people."""
    distinct_names: list[str] = []
    for name, _ in _ordered(full_names):
        if not any(
            may_be_one(name, distinct_name) for distinct_name in distinct_names[:_SHOWN_FORMS]
        ):
            distinct_names.append(name)
    if len(distinct_names) < 2:  # most people
        return ()
    given_names = [given_name(name) for name in distinct_names[:_SHOWN_FORMS]]
    if len({*given_names}) == len(given_names):
        return tuple(given_names)
    return tuple(" ".join(name.split()[:2]) for name in distinct_names[:_SHOWN_FORMS])


def cables_to_read(
    source: SnapshotSource, ids: Sequence[int], reader: PeopleReader
) -> Iterator[tuple[int, list[RawCable]]]:
    """Yield the cables that are not in the echo file, with their records, in file order.

    The other cables are added to `reader`, and unreadable ones are counted there.
    """
    for text in texts(source, _not_kept(source, ids, reader), further=True):
        if records := [record.raw for record in text.records]:
            yield text.task.cable, records
        else:
            reader.unread += 1


def _not_kept(source: SnapshotSource, ids: Sequence[int], reader: PeopleReader) -> Sequence[int]:
    """Return the cables whose current state is not in the echo file.

    The other cables are added to `reader`.
    """
    kept_echoes = echo_file.load(source.folder)
    if kept_echoes is None:
        return ids
    with source.reading() as db:
        fresh_ids = set(kept_echoes.fresh(db))
    for kept_names, kept_cables in kept_echoes.names(fresh_ids.intersection(ids)):
        reader.add_kept(kept_names, kept_cables)
    return [id_ for id_ in ids if id_ not in fresh_ids]

"""The people of some cables: candidates from titles, signatures and officers, and the confirmed.

What was found so far can be asked at any time. A candidate is a surname with its spellings in this
archive. It is a guess: several people may have one surname, and one person several. A confirmed
person has the mentions that end in one of the forms, and in the cables of these, or of those
confirmed one by one, the parts of the name too. What a person claims of the whole archive is said
before it is confirmed (`claims`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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
from cable_tui.base.value import Value, picked
from cable_tui.query import parse
from cable_tui.telegram.people.name_forms import Meant
from cable_tui.telegram.people.officer_names import last_name, searched, surname
from cable_tui.telegram.reading import Reading
from cable_tui.text import folded_words
from cable_tui.text.numbers import counted
from cable_tui.tools.people.confirmed import People, Person, key_of, query_text
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
from cable_tui.tools.people.person import FoundPerson, Role, Spelled, Written, spelled

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.base.cable import RawCable
    from cable_tui.base.kinds import Count, Filled
    from cable_tui.tools.protection.of_archive import AnsweredCable

_ROLES: Mapping[int, Role] = {MENTIONED: "mentioned", SIGNED: "signed", CLASSIFIED: "classified"}
_NOBODY = Meant(())
_SHOWN_FORMS = 12
_MOST_ALONE = 200
_ENDS = frozenset({"jr", "sr", "ii", "iii", "iv"})


class CountedPeople(NamedTuple):
    """The people found in the cables that were read so far."""

    found: tuple[FoundPerson, ...]
    """Persons that were found; those in most cables are first."""
    total: int
    """The number of all people, including those beyond the limit."""
    read: int
    unread: int
    """Cables whose file could not be read."""


class PeopleReader:
    """Takes in cables, and gives at any time the people in them."""

    def __init__(
        self,
        people: People = (),
        ids: Mapping[str, int] | None = None,
        answered: Iterable[AnsweredCable] = (),
    ) -> None:
        """Take `ids`: the cables in which people were confirmed, by their reference ids.

        `answered` are the cables with answers to protection requests.
        """
        self._answered = {cable.id: (Meant(cable.names), cable.is_complete) for cable in answered}
        self.read = 0
        self.unread = 0
        self._index = NameIndex()
        self._keys: list[str] = []
        """The key under which each name of the index is counted: a surname, `=` and a person, or
        `#` and the key of editors."""
        self._of_person: dict[str, Person] = {}
        self._by_last: defaultdict[str, list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        self._nobody = {
            key_of(form) for person in people if person.is_nobody for form in person.forms
        }
        self._confirmed_in: dict[str, set[int]] = {}
        persons = [person for person in people if not person.is_nobody]
        for person in persons:
            known_ids = ids or {}
            self._confirmed_in[f"={person.name}"] = {
                known_ids[cable] for cable in person.cables if cable in known_ids
            }
            self._of_person[f"={person.name}"] = person
            for form in person.forms:
                if parts := folded_words(form):
                    self._by_last[parts[-1]].append((parts, person))

    def add(self, id_: int, *records: RawCable) -> None:
        """Read a cable: all of its records, which count once."""
        self.read += 1
        names: dict[MentionedName, int] = {}
        for raw in records:
            for name, roles in names_of(raw, Reading(raw.body)).items():
                names[name] = roles | names.get(name, 0)
        self._index.add(id_, names)

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

        A form of one word, as older programs kept them, may be anywhere in it.
        """
        if not self._by_last:
            return None
        words = folded_words(text)
        while len(words) > 1 and words[-1] in _ENDS:
            words = words[:-1]
        best_match: tuple[int, Person] | None = None
        for end, word in enumerate(words, 1):
            for parts, person in self._by_last.get(word, ()):
                if (end == len(words) or len(parts) == 1) and (
                    words[max(end - len(parts), 0) : end] == parts
                    and (best_match is None or len(parts) > best_match[0])
                ):
                    best_match = len(parts), person
        return best_match[1] if best_match else None

    def _of_persons(
        self, by_key: Mapping[str, list[NamePostings]]
    ) -> dict[str, list[NamePostings]]:
        """Return the names; those with keys get the confirmed person of the editors' list."""
        by_person: dict[str, list[NamePostings]] = {}
        for key, ways in by_key.items():
            person = self._person(usual_name(ways)) if key.startswith("#") else None
            by_person.setdefault(f"={person.name}" if person else key, []).extend(ways)
        return by_person

    def _with_persons_parts(
        self, by_key: dict[str, list[NamePostings]]
    ) -> dict[str, list[NamePostings]]:
        """Count parts of a confirmed name for that person in the person's cables."""
        for key, person in self._of_person.items():
            cables = self._confirmed_in[key].union(
                cable_of(posting)
                for name_postings in by_key.get(key, ())
                for posting in name_postings.postings
            )
            of_name = set(folded_words(" ".join((person.name, *person.forms))))
            for other_key in {*of_name, *map(surname, (person.name, *person.forms))}:
                for name_postings in by_key.pop(other_key, ()):
                    is_part = of_name.issuperset(folded_words(name_postings.name.name))
                    own_postings = [
                        posting
                        for posting in name_postings.postings
                        if is_part and cable_of(posting) in cables
                    ]
                    rest_of_postings = [
                        posting
                        for posting in name_postings.postings
                        if not is_part or cable_of(posting) not in cables
                    ]
                    if own_postings:
                        by_key.setdefault(key, []).append(
                            NamePostings(name_postings.name, own_postings)
                        )
                    if rest_of_postings:
                        by_key.setdefault(other_key, []).append(
                            NamePostings(name_postings.name, rest_of_postings)
                        )
        return by_key

    def written(self) -> list[Written]:
        """Return all spellings, the most frequent first."""
        names, postings = self._index.names, self._index.postings()
        spellings = [
            Written(names[number].text, len(name_postings), names[number].name)
            for number, name_postings in postings.items()
        ]
        return sorted(spellings, key=lambda spelling: (-spelling.cables, spelling.text))

    def counted(self, source: SnapshotSource, limit: int | None = None) -> CountedPeople:
        """Return the people found so far, each with years and posts. Raises `CacheError`."""
        names = self._index.names
        self._keys.extend(map(self._key, names[len(self._keys) :]))
        noted: defaultdict[str, list[NamePostings]] = defaultdict(list)
        for number, postings in self._index.postings().items():
            if key := self._keys[number]:
                answered_postings = self._with_answers(names[number].name, postings)
                noted[key].append(NamePostings(names[number], answered_postings))
        by_key = with_parts(self._with_persons_parts(self._of_persons(of_all_volumes(noted))))
        protected_keys = {
            key
            for key, ways in by_key.items()
            if any(any(map(PROTECTED.__and__, name.postings)) for name in ways)
        }
        cables = {key: cables_of(ways) for key, ways in by_key.items()}
        when_and_where = _WhenAndWhere(source) if by_key else None
        groups: list[tuple[int, Group]] = []
        for keys in Groups(by_key, when_and_where.post if when_and_where else str).groups(cables):
            group = {key: by_key[key] for key in keys}
            if keys[0] not in self._of_person and not protected_keys.isdisjoint(keys):
                groups += ((cables_of(_all(part)), part) for part in _parted(group, source))
            else:
                groups.append(
                    (cables[keys[0]] if len(keys) == 1 else cables_of(_all(group)), group)
                )
        groups.sort(key=lambda entry: (-entry[0], next(iter(entry[1]))))
        people = tuple(
            self._found(group, when_and_where) for _, group in groups[:limit] if when_and_where
        )
        return CountedPeople(people, len(groups), self.read, self.unread)

    def _with_answers(self, name: str, postings: list[int]) -> list[int]:
        """Return the postings of a name, with its protection as the reader has answered."""
        if not self._answered:
            return postings
        marked_postings = []
        for posting in postings:
            confirmed_names, is_complete = self._answered.get(cable_of(posting), (_NOBODY, False))
            cleared_posting = posting & ~(PROTECTED | PERHAPS) if is_complete else posting
            marked_postings.append(cleared_posting | PROTECTED * confirmed_names.has(name))
        return marked_postings

    def _found(self, group: Group, when: _WhenAndWhere) -> FoundPerson:
        cables_by_spelling: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        full_names: Counter[str] = Counter()
        calls_by_key: dict[str, Counter[str]] = {}
        roles: defaultdict[int, int] = defaultdict(int)
        cables_alone: set[int] = set()
        parts: set[str] = set()
        for key, ways in group.items():
            surnames = calls_by_key[key] = Counter()
            for noted_name, postings in ways:
                cables_by_spelling[noted_name.text, noted_name.name].update(map(cable_of, postings))
                if noted_name.surname == key or key[0] in "=#":
                    surnames[last_name(noted_name.name)] += len(postings)
                else:
                    parts.add(noted_name.text)
                if given_name(noted_name.name):
                    full_names[noted_name.name] += len(postings)
                if Written(noted_name.text, 0, noted_name.name).is_alone:
                    cables_alone.update(map(cable_of, postings))
                for posting in postings:
                    roles[cable_of(posting)] |= roles_of(posting)
        is_protected = any(map(PROTECTED.__and__, roles.values()))
        person = self._of_person.get(next(iter(group)))
        if person is not None and is_protected:
            is_protected = len(set(roles) - _protected(group)) < LEAST
        spelled_names = [_ordered(counts)[0][0] for counts in calls_by_key.values()]
        persons = keyed_persons(group)
        name = person.name if person else next((entry.name for entry in persons if entry.name), "")
        name = name or (
            _longest(full_names, spelled_names[0]) if persons and full_names else spelled_names[0]
        )
        several_names = () if person or persons else _several(full_names)
        ordered_spellings = sorted(
            cables_by_spelling.items(), key=lambda entry: (-len(entry[1]), entry[0][0])
        )
        return FoundPerson(
            name=name,
            confirmed=person is not None,
            protected=is_protected or (person is not None and person.protected),
            cables=len(roles),
            written=tuple(
                Written(text, len(ids), bare_name) for (text, bare_name), ids in ordered_spellings
            ),
            spellings=person.forms
            if person
            else tuple({key_of(form): form for form in map(searched, spelled_names)}.values()),
            given=several_names,
            full_name=natural(name)
            if persons and not person
            else _longest(full_names, name)
            if full_names and not several_names
            else name,
            alone=() if person or persons else tuple(sorted(cables_alone)[-_MOST_ALONE:]),
            roles=_roles(roles.values()),
            years=dict(sorted(Counter(map(when.year, roles)).items())),
            posts=dict(_ordered(Counter(map(when.post, roles)))),
            listed=persons,
            parts=frozenset(parts),
            surnames=tuple(
                {
                    key_of(form): form
                    for names in calls_by_key.values()
                    for form in map(searched, names)
                }.values()
            ),
            perhaps_protected=sum(bool(bits & PERHAPS) for bits in roles.values()),
        )


def _roles(bits: Collection[int]) -> dict[Role, int]:
    """Return the number of cables by what they say of somebody."""
    count_by_bits = Counter(bits)
    roles = {
        role: sum(number for held_bits, number in count_by_bits.items() if held_bits & bit)
        for bit, role in _ROLES.items()
    }
    return {role: number for role, number in roles.items() if number}


def _longest(full: Counter[str], last: str) -> str:
    """Return the fullest name, if possible with the most frequent spelling of the surname."""
    return max(full, key=lambda name: (last_name(name) == last, name.count(" "), full[name], name))


def _all(group: Group) -> list[NamePostings]:
    return [name_postings for ways in group.values() for name_postings in ways]


def _protected(group: Group) -> set[int]:
    """Return the cables that ask to protect one of some names."""
    return {
        cable_of(posting)
        for name_postings in _all(group)
        for posting in name_postings.postings
        if roles_of(posting) & PROTECTED
    }


def _parted(group: Group, source: SnapshotSource) -> list[Group]:
    """Return a surname that many cables give without a request, apart from those that some protect.

    A full name that is common in the archive is not protected: it was only next to a protected one.
    """
    is_common = CommonNames(source)
    for name, postings in _all(group):
        if " " in name.name and is_common(name.name):
            postings[:] = (posting & ~PROTECTED for posting in postings)
    cables = _protected(group)
    all_cables = {
        cable_of(posting) for name_postings in _all(group) for posting in name_postings.postings
    }
    if not cables or len(all_cables - cables) < LEAST:
        return [group]
    return [_only(group, all_cables - cables), _only(group, cables)]


def _only(group: Group, cables: Collection[int]) -> Group:
    """Return the names of some cables."""
    part: Group = {}
    for key, ways in group.items():
        kept_postings = [
            NamePostings(name, [posting for posting in postings if cable_of(posting) in cables])
            for name, postings in ways
        ]
        if kept_postings := [
            name_postings for name_postings in kept_postings if name_postings.postings
        ]:
            part[key] = kept_postings
    return part


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
        """Return `2009`; empty if it is not known."""
        day = self._days[id_] if self._days is not None else 0
        return f"{day // 10_000:04}" if day else ""

    def post(self, id_: int) -> str:
        """Return the origin, in the form of the facet."""
        return self._names[self._post[id_]]


def _ordered(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda entry: (-entry[1], entry[0]))


def _several(full: Counter[str]) -> tuple[str, ...]:
    """Return given names if there are two that may be two people's."""
    distinct: list[str] = []
    for name, _ in _ordered(full):
        if not any(may_be_one(name, distinct_name) for distinct_name in distinct[:_SHOWN_FORMS]):
            distinct.append(name)
    if len(distinct) < 2:  # most people
        return ()
    given_names = [given_name(name) for name in distinct[:_SHOWN_FORMS]]
    if len({*given_names}) == len(given_names):
        return tuple(given_names)
    return tuple(" ".join(name.split()[:2]) for name in distinct[:_SHOWN_FORMS])


def cables_to_read(
    source: SnapshotSource, ids: Sequence[int], reader: PeopleReader
) -> Iterator[tuple[int, list[RawCable]]]:
    """Yield cables that a reader still has to read, with records, in the order of the files.

    The reader has been given the others; those that cannot be read are counted there.
    """
    for text in texts(source, _not_kept(source, ids, reader), further=True):
        if records := [record.raw for record in text.records]:
            yield text.task.cable, records
        else:
            reader.unread += 1


def _not_kept(source: SnapshotSource, ids: Sequence[int], reader: PeopleReader) -> Sequence[int]:
    """Return the cables whose present state the echo file does not know.

    The reader gets the others.
    """
    echoes = echo_file.load(source.folder)
    if echoes is None:
        return ids
    with source.reading() as db:
        fresh_ids = set(echoes.fresh(db))
    for names, cables in echoes.names(fresh_ids.intersection(ids)):
        reader.add_kept(names, cables)
    return [id_ for id_ in ids if id_ not in fresh_ids]


MOST_READ = 2000
"""The most cables whose names are counted."""
_NAMES = 12
_EXAMPLES = 5
_ALONE = 10


class Claims(Value):
    """The forms of a person, and the cables that they find."""

    person: Person
    cables: int
    """Cables in the archive that `person:` finds."""
    names: tuple[Written, ...]
    """Names in these cables that end in a form, the most frequent first."""
    others: tuple[Written, ...]
    """Longer names that begin with a form: mostly other people's."""
    examples: tuple[str, ...]
    """Reference ids of the first of the cables."""
    read: int
    """Cables whose names were counted."""
    alone: tuple[str, ...] = ()
    """Other cables with the surname alone, which are not claimed."""
    asked: tuple[Written, ...] = ()
    """Spellings with the surname that may be somebody else's, and are not forms."""

    @property
    def lines(self) -> list[str]:
        """The lines that the reader sees before it is done."""
        found_by = ", ".join((*self.person.forms, *self.person.cables))
        of_cables = "" if self.read == self.cables else f", of {self.read:,} cables"
        lines = [f"{self.person.name}: {counted(self.cables, 'cable')}, by {found_by}"]
        for head, ways in ((f"Written{of_cables}", self.names), ("Also in", self.others)):
            if ways:
                counted_spellings = ", ".join(
                    f"{spelling.text} {spelling.cables:,}" for spelling in ways
                )
                lines.append(f"{head}: {counted_spellings}")
        if self.examples:
            lines.append(f"For example {', '.join(self.examples)}")
        if self.alone:
            of_cables = " ..." if len(self.alone) > _ALONE else ""
            listed_ids = ", ".join(self.alone[:_ALONE])
            lines.append(f"Not included, only the surname: {listed_ids}{of_cables}")
        if self.asked:
            of_cables = " ..." if len(self.asked) > _NAMES else ""
            listed_ids = ", ".join(
                f"{spelling.text} {spelling.cables:,}" for spelling in self.asked[:_NAMES]
            )
            lines.append(f"Not included, perhaps other people: {listed_ids}{of_cables}")
        return lines


class ClaimsAnswer(Value):
    """What a name claims: `people --confirm` and `people --merge` with `--json`."""

    name: Filled
    forms: tuple[str, ...]
    """Names and titles that find the person wherever they stand."""
    one_by_one: tuple[str, ...]
    """Cables in which the surname alone is this person."""
    cables: Count
    """In the whole archive, as person: finds them."""
    counted: Count
    """Of how many of these names were counted."""
    written: tuple[Spelled, ...]
    """Names in these cables that end in a form."""
    others: tuple[Spelled, ...]
    """Names that go on behind the words of a form: somebody else's, mostly."""
    examples: tuple[str, ...]
    """The first of the cables."""
    alone: tuple[str, ...]
    """Cables with the surname alone, which are not claimed."""
    asked: tuple[Spelled, ...]
    """Spellings with the surname that may be somebody else's, and are not among the forms: --form
    takes one."""
    done: bool
    """Whether it was confirmed: --yes."""


def claims_answer(claimed: Claims, *, done: bool) -> ClaimsAnswer:
    """Return what a name claims as data."""
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
    """Search for a person who is not confirmed yet. Raises `ArchiveError`.

    `alone` are cables with the surname alone, `asked` spellings that are not forms.
    """
    ids = archive.search(parse(query_text(person.forms, person.cables))).ids
    ids_read = ids[:MOST_READ]
    reader = PeopleReader()
    for id_, records in cables_to_read(archive, ids_read, reader):
        reader.add(id_, *records)
    forms = [parts for form in person.forms if (parts := folded_words(form))]
    names: list[Written] = []
    other_spellings: list[Written] = []
    for spelling in reader.written():
        words = folded_words(spelling.text)
        if any(words[-len(parts) :] == parts for parts in forms):
            names.append(spelling)
        elif any(_holds(words, parts) for parts in forms):
            other_spellings.append(spelling)
    rows = archive.rows(ids_read[:_EXAMPLES])
    examples = tuple(row.reference_id for row in rows)
    rows_left = archive.rows(sorted(set(alone).difference(ids)))
    return Claims(
        person,
        len(ids),
        tuple(names[:_NAMES]),
        tuple(other_spellings[:_NAMES]),
        examples,
        len(ids_read),
        tuple(row.canonical_id for row in rows_left),
        tuple(
            spelling for spelling in asked if key_of(spelling.text) not in map(key_of, person.forms)
        ),
    )


def _holds(words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return any(
        words[start : start + len(parts)] == parts for start in range(len(words) - len(parts) + 1)
    )

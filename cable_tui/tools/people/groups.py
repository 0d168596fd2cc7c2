"""Which names of some cables belong to one person: by surname, and by more than a similar sound.

Surnames that sound alike are grouped if a second reason says so: the same title at the same post,
or the same title in one cable, and no other given name. A single part of a name belongs to the
person whose fuller name is in the same cable.

A name that many cables give without asking to protect anybody is common (`CommonNames`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.search.snapshot import Snapshot, SnapshotSource
from cable_tui.archive.sentences.names import MentionedName, cable_of
from cable_tui.archive.spelling import phonetics
from cable_tui.query.plan import And, AnyWord, Leaf, Not, WordPhrase
from cable_tui.telegram.people.officer_names import last_name
from cable_tui.text import folded_words, words

_MOST_HEADS = 200
"""The most frequent surnames of one sound with which another is compared."""
_LONG = 6
"""Surnames with this many letters may differ by two: Qadhafi, Gaddafi; not Putin, Patten."""
_SHORTEST_PLURAL = 5
_SAME = {
    "pm": "minister", "dpm": "minister", "fm": "minister", "dfm": "minister", "vfm": "minister",
    "fonmin": "minister", "defmin": "minister", "premier": "minister", "ministers": "minister",
    "amb": "ambassador", "ambassadors": "ambassador", "gen": "general", "generals": "general",
    "sen": "senator", "senators": "senator", "gov": "governor", "secdef": "secretary",
    "a/s": "secretary", "u/s": "secretary", "das": "secretary", "pdas": "secretary",
    "col": "colonel", "capt": "captain", "adm": "admiral", "rep": "representative",
}  # fmt: skip
"""Short titles, and their full forms."""


class NamePostings(NamedTuple):
    """One spelling of a name, and its postings."""

    name: MentionedName
    postings: list[int]

    @property
    def words(self) -> int:
        """Number of words of the name, without its title."""
        return self.name.name.count(" ") + 1


Group = dict[str, list[NamePostings]]
"""The names of one person, by their keys."""


def title_of(name: MentionedName) -> str:
    """Return the last word of a title, written out; empty for a signer or classifier."""
    title_words = name.title.lower().replace(".", "").split()
    return _SAME.get(title_words[-1], title_words[-1]) if title_words else ""


def given_name(name: str) -> str:
    """Return the first given name of a mention; empty for a surname, `Al Kelp`, an initial."""
    words = name.split()
    first_word = words[0].strip(".,") if len(words) > 1 and last_name(name) != name else ""
    return first_word.title() if len(first_word) > 1 and first_word.isalpha() else ""


def cables_of(noted: Sequence[NamePostings]) -> int:
    """Count the cables with one of some names."""
    if len(noted) == 1:  # most surnames
        return len(noted[0].postings)
    return len({cable_of(posting) for name in noted for posting in name.postings})


def with_parts(by_key: Mapping[str, list[NamePostings]]) -> dict[str, list[NamePostings]]:
    """Return the names; those of one word with the person whose fuller name is in their cable.

    `President Hugo` is Chavez in a cable of President Hugo Chavez with the same title, and a
    separate candidate elsewhere.
    """
    fuller: defaultdict[str, list[tuple[str, NamePostings]]] = defaultdict(list)
    for key, ways in by_key.items():
        for noted_name in ways:
            if noted_name.words > 1 and key[:1] not in ("=", "#"):
                for word in set(folded_words(noted_name.name.name)):
                    if word != key:
                        fuller[word].append((key, noted_name))
    moved_postings: dict[str, list[NamePostings]] = {key: [] for key in by_key}
    for key, ways in by_key.items():
        for noted_name in ways:
            if noted_name.words > 1 or key not in fuller:
                moved_postings[key].append(noted_name)
            else:
                for holder, part in _shared(key, noted_name, fuller[key]):
                    moved_postings[holder].append(part)
    return {key: ways for key, ways in moved_postings.items() if ways}


def _shared(
    key: str, part: NamePostings, fuller: Sequence[tuple[str, NamePostings]]
) -> list[tuple[str, NamePostings]]:
    """Return the postings of a part by their person: of one fuller name, or its own."""
    title = title_of(part.name)
    holders: defaultdict[int, set[str]] = defaultdict(set)
    cables = {cable_of(posting) for posting in part.postings}
    for holder, noted_name in fuller:
        if title_of(noted_name.name) == title:
            for posting in noted_name.postings:
                if (cable := cable_of(posting)) in cables:
                    holders[cable].add(holder)
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for posting in part.postings:
        holders_in_cable = holders.get(cable_of(posting), ())
        shared[next(iter(holders_in_cable)) if len(holders_in_cable) == 1 else key].append(posting)
    return [(holder, NamePostings(part.name, postings)) for holder, postings in shared.items()]


class Groups:
    """The keys of each person, those with most cables first."""

    def __init__(
        self, by_key: Mapping[str, list[NamePostings]], post: Callable[[int], str]
    ) -> None:
        self._by_key = by_key
        self._post = post
        self._facts: dict[str, _Facts] = {}

    def groups(self, cables: Mapping[str, int]) -> list[list[str]]:
        """Return the keys of each person: a rarer surname joins the group of the frequent one."""
        groups = [[key] for key in cables if key[:1] in ("=", "#")]
        surnames = [key for key in cables if key[:1] not in ("=", "#")]
        groups_by_sound: defaultdict[str, list[list[str]]] = defaultdict(list)
        plain_groups: dict[str, list[str]] = {}
        surnames.sort(key=lambda key: (-cables[key], key))
        for key, sound in zip(surnames, phonetics.sounds(surnames), strict=True):
            groups_near = groups_by_sound[sound]
            head = self._head(key, groups_near) or self._singular(key, plain_groups)
            if head is not None:
                head.append(key)
            else:
                name_group = plain_groups[key] = [key]
                groups.append(name_group)
                if len(groups_near) < _MOST_HEADS:
                    groups_near.append(name_group)
        return groups

    def _head(self, key: str, near: Sequence[list[str]]) -> list[str] | None:
        """Return the group of a similar sounding surname, if a second reason links them."""
        if not near:  # most surnames
            return None
        from rapidfuzz.distance import OSA

        for name_group in near:
            most_slips = 1 if min(len(key), len(name_group[0])) < _LONG else 2
            slips = int(OSA.distance(key, name_group[0], score_cutoff=most_slips))
            if (
                slips <= most_slips
                and key.isascii()
                and phonetics.alike(key, name_group[0], slips)
                and self._are_one(key, name_group[0])
            ):
                return name_group
        return None

    def _singular(self, key: str, plain: Mapping[str, list[str]]) -> list[str] | None:
        """Return the group of a surname whose plural this is: `the Zapateros`."""
        group = plain.get(key[:-1]) if key.endswith("s") and len(key) > _SHORTEST_PLURAL else None
        is_bare = group is not None and not self._of(key).given
        return group if group and is_bare and self._are_one(key, group[0]) else None

    def _are_one(self, key: str, other: str) -> bool:
        own_names, other_names = self._of(key), self._of(other)
        if own_names.given and other_names.given and own_names.given.isdisjoint(other_names.given):
            return False
        return not (
            own_names.posts.isdisjoint(other_names.posts)
            and own_names.cables.isdisjoint(other_names.cables)
        )

    def _of(self, key: str) -> _Facts:
        if key not in self._facts:
            self._facts[key] = _Facts(self._by_key[key], self._post)
        return self._facts[key]


class _Facts:
    """Facts that distinguish people with similar surnames."""

    def __init__(self, ways: Sequence[NamePostings], post: Callable[[int], str]) -> None:
        self._ways = ways
        self._post = post

    @cached_property
    def cables(self) -> frozenset[tuple[str, int]]:
        """Titles, each with a cable."""
        return frozenset(
            (title_of(noted_name.name), cable_of(posting))
            for noted_name in self._ways
            for posting in noted_name.postings
        )

    @cached_property
    def posts(self) -> frozenset[tuple[str, str]]:
        """Titles, each with a post."""
        pairs = ((title, self._post(cable)) for title, cable in self.cables)
        return frozenset(pair for pair in pairs if pair[1])

    @cached_property
    def given(self) -> frozenset[str]:
        """The sounds of given names."""
        names = [name for noted_name in self._ways if (name := given_name(noted_name.name.name))]
        return frozenset(phonetics.sounds([*map(str.casefold, names)]))


# Common names

LEAST = 20
"""A name in this many cables without a request is common: those of presidents and ministers."""
_NO_REQUEST = Not(AnyWord(("protect", "protected")))
"""A cable with one of these words may have a request: in doubt it does not count."""


class CommonNames:
    """Whether a name is common: many cables give it and do not ask to protect anybody.

    It searches for the words as a phrase in the text index. Without an index no name is common.
    """

    def __init__(self, source: SnapshotSource) -> None:
        self._source = source
        self._known: dict[str, bool] = {}

    def __call__(self, name: str, /) -> bool:
        """Return whether at least `LEAST` cables have a name in texts without requests."""
        folded_words = tuple(word for _, _, word in words(name))
        key = " ".join(folded_words)
        if key not in self._known:
            self._known[key] = bool(folded_words) and self._count(folded_words) >= LEAST
        return self._known[key]

    def _count(self, folded: tuple[str, ...]) -> int:
        leaf: Leaf = WordPhrase(folded) if len(folded) > 1 else AnyWord(folded)
        try:
            index = Snapshot(self._source).text
            return index.count(And((leaf, _NO_REQUEST))) if index else 0
        except TextIndexError:
            return 0

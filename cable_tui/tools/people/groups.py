"""Group the names in cables by person: by surname, or by similar sound and further evidence.

Surnames that sound alike are grouped if there is further evidence: the same title at the same post,
or the same title in the same cable, and no different given name. A single part of a name belongs to
the person whose fuller name is in the same cable.

A name is common (`CommonNames`) if many cables mention it without a protection request.
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
"""The maximum number of groups, for each sound, with which another surname is compared."""
_LONG = 6
"""Surnames of at least this length may differ by two letters: Qadhafi, Gaddafi; not Putin, Patten.
"""
_SHORTEST_PLURAL = 5
_SAME = {
    "pm": "minister", "dpm": "minister", "fm": "minister", "dfm": "minister", "vfm": "minister",
    "fonmin": "minister", "defmin": "minister", "premier": "minister", "ministers": "minister",
    "amb": "ambassador", "ambassadors": "ambassador", "gen": "general", "generals": "general",
    "sen": "senator", "senators": "senator", "gov": "governor", "secdef": "secretary",
    "a/s": "secretary", "u/s": "secretary", "das": "secretary", "pdas": "secretary",
    "col": "colonel", "capt": "captain", "adm": "admiral", "rep": "representative",
}  # fmt: skip
"""Abbreviated titles, with the words that they count as."""


class NamePostings(NamedTuple):
    """One spelling of a name, and its postings."""

    name: MentionedName
    postings: list[int]

    @property
    def words(self) -> int:
        """The number of words of the name, without its title."""
        return self.name.name.count(" ") + 1


Group = dict[str, list[NamePostings]]
"""A person's names, keyed by the names' keys."""


def title_of(name: MentionedName) -> str:
    """Return the last word of a title, written out; empty for a signer or classifier."""
    title_words = name.title.lower().replace(".", "").split()
    return _SAME.get(title_words[-1], title_words[-1]) if title_words else ""


def given_name(name: str) -> str:
    """Return the first given name in a mention; empty for a surname, `Al Kelp`, or an initial."""
    name_words = name.split()
    first_word = (
        name_words[0].strip(".,") if len(name_words) > 1 and last_name(name) != name else ""
    )
    return first_word.title() if len(first_word) > 1 and first_word.isalpha() else ""


def cables_of(noted: Sequence[NamePostings]) -> int:
    """Return the number of cables that contain at least one of the names."""
    if len(noted) == 1:  # most surnames
        return len(noted[0].postings)
    return len({cable_of(posting) for name_postings in noted for posting in name_postings.postings})


def with_parts(by_key: Mapping[str, list[NamePostings]]) -> dict[str, list[NamePostings]]:
    """Return the names by person; a single word joins the fuller name in the same cable.

    `President Hugo` is Chavez in a cable that mentions President Hugo Chavez with the same title,
    and a separate candidate elsewhere.
    """
    fuller_names: defaultdict[str, list[tuple[str, NamePostings]]] = defaultdict(list)
    for name_key, postings_list in by_key.items():
        for noted_name in postings_list:
            if noted_name.words > 1 and name_key[:1] not in ("=", "#"):
                for name_word in set(folded_words(noted_name.name.name)):
                    if name_word != name_key:
                        fuller_names[name_word].append((name_key, noted_name))
    moved_postings: dict[str, list[NamePostings]] = {name_key: [] for name_key in by_key}
    for name_key, postings_list in by_key.items():
        for noted_name in postings_list:
            if noted_name.words > 1 or name_key not in fuller_names:
                moved_postings[name_key].append(noted_name)
            else:
                for holder_key, part_postings in _shared(
                    name_key, noted_name, fuller_names[name_key]
                ):
                    moved_postings[holder_key].append(part_postings)
    return {
        name_key: postings_list
        for name_key, postings_list in moved_postings.items()
        if postings_list
    }


def _shared(
    own_key: str, part_postings: NamePostings, fuller_names: Sequence[tuple[str, NamePostings]]
) -> list[tuple[str, NamePostings]]:
    """Return the postings of a part by person: the only fuller name, or the part itself."""
    part_title = title_of(part_postings.name)
    holders_by_cable: defaultdict[int, set[str]] = defaultdict(set)
    part_cables = {cable_of(posting) for posting in part_postings.postings}
    for holder_key, noted_name in fuller_names:
        if title_of(noted_name.name) == part_title:
            for posting in noted_name.postings:
                if (cable := cable_of(posting)) in part_cables:
                    holders_by_cable[cable].add(holder_key)
    postings_by_holder: defaultdict[str, list[int]] = defaultdict(list)
    for posting in part_postings.postings:
        holders_in_cable = holders_by_cable.get(cable_of(posting), ())
        postings_by_holder[
            next(iter(holders_in_cable)) if len(holders_in_cable) == 1 else own_key
        ].append(posting)
    return [
        (holder_key, NamePostings(part_postings.name, postings))
        for holder_key, postings in postings_by_holder.items()
    ]


class Groups:
    """The keys of each person, with the most frequent ones first."""

    def __init__(
        self, by_key: Mapping[str, list[NamePostings]], post: Callable[[int], str]
    ) -> None:
        self._by_key = by_key
        self._post = post
        self._facts: dict[str, _Facts] = {}

    def groups(self, cables: Mapping[str, int]) -> list[list[str]]:
        """Return the keys of each person; a rarer surname joins the group of a frequent one."""
        key_groups = [[name_key] for name_key in cables if name_key[:1] in ("=", "#")]
        surnames = [name_key for name_key in cables if name_key[:1] not in ("=", "#")]
        groups_by_sound: defaultdict[str, list[list[str]]] = defaultdict(list)
        plain_groups: dict[str, list[str]] = {}
        surnames.sort(key=lambda key: (-cables[key], key))
        for name_key, sound in zip(surnames, phonetics.sounds(surnames), strict=True):
            similar_groups = groups_by_sound[sound]
            joined_group = self._head(name_key, similar_groups) or self._singular(
                name_key, plain_groups
            )
            if joined_group is not None:
                joined_group.append(name_key)
            else:
                name_group = plain_groups[name_key] = [name_key]
                key_groups.append(name_group)
                if len(similar_groups) < _MOST_HEADS:
                    similar_groups.append(name_group)
        return key_groups

    def _head(self, surname_key: str, similar_groups: Sequence[list[str]]) -> list[str] | None:
        """Return the group of a similar-sounding surname if further evidence links the two."""
        if not similar_groups:  # most surnames
            return None
        from rapidfuzz.distance import OSA

        for name_group in similar_groups:
            most_slips = 1 if min(len(surname_key), len(name_group[0])) < _LONG else 2
            slip_count = int(OSA.distance(surname_key, name_group[0], score_cutoff=most_slips))
            if (
                slip_count <= most_slips
                and surname_key.isascii()
                and phonetics.alike(surname_key, name_group[0], slip_count)
                and self._are_one(surname_key, name_group[0])
            ):
                return name_group
        return None

    def _singular(self, plural_key: str, plain_groups: Mapping[str, list[str]]) -> list[str] | None:
        """Return the group of a surname if `plural_key` is its plural: `the Zapateros`."""
        singular_group = (
            plain_groups.get(plural_key[:-1])
            if plural_key.endswith("s") and len(plural_key) > _SHORTEST_PLURAL
            else None
        )
        is_bare = singular_group is not None and not self._of(plural_key).given
        return (
            singular_group
            if singular_group and is_bare and self._are_one(plural_key, singular_group[0])
            else None
        )

    def _are_one(self, first_key: str, second_key: str) -> bool:
        own_names, other_names = self._of(first_key), self._of(second_key)
        if own_names.given and other_names.given and own_names.given.isdisjoint(other_names.given):
            return False
        return not (
            own_names.posts.isdisjoint(other_names.posts)
            and own_names.cables.isdisjoint(other_names.cables)
        )

    def _of(self, name_key: str) -> _Facts:
        if name_key not in self._facts:
            self._facts[name_key] = _Facts(self._by_key[name_key], self._post)
        return self._facts[name_key]


class _Facts:
    """Facts that distinguish people with similar surnames."""

    def __init__(self, ways: Sequence[NamePostings], post: Callable[[int], str]) -> None:
        self._ways = ways
        self._post = post

    @cached_property
    def cables(self) -> frozenset[tuple[str, int]]:
        """Pairs of a title and a cable."""
        return frozenset(
            (title_of(noted_name.name), cable_of(posting))
            for noted_name in self._ways
            for posting in noted_name.postings
        )

    @cached_property
    def posts(self) -> frozenset[tuple[str, str]]:
        """Pairs of a title and a post."""
        title_posts = ((title, self._post(cable)) for title, cable in self.cables)
        return frozenset(title_and_post for title_and_post in title_posts if title_and_post[1])

    @cached_property
    def given(self) -> frozenset[str]:
        """The sounds of the given names."""
        given_names = [
            name for noted_name in self._ways if (name := given_name(noted_name.name.name))
        ]
        return frozenset(phonetics.sounds([*map(str.casefold, given_names)]))


# Common names

LEAST = 20
"""A name in this many cables without a request is common, such as the name of a president."""
_NO_REQUEST = Not(AnyWord(("protect", "protected")))
"""A cable with one of these words may contain a request; if in doubt, the cable does not count."""


class CommonNames:
    """A test of whether a name is common: many cables mention it without a protection request.

    The words are searched for as a phrase in the text index. Without an index, no name counts as
    common.
    """

    def __init__(self, source: SnapshotSource) -> None:
        self._source = source
        self._known: dict[str, bool] = {}

    def __call__(self, name: str, /) -> bool:
        """Return whether at least `LEAST` cables without requests contain a name."""
        folded_words = tuple(word for _, _, word in words(name))
        name_key = " ".join(folded_words)
        if name_key not in self._known:
            self._known[name_key] = bool(folded_words) and self._count(folded_words) >= LEAST
        return self._known[name_key]

    def _count(self, name_words: tuple[str, ...]) -> int:
        word_query: Leaf = WordPhrase(name_words) if len(name_words) > 1 else AnyWord(name_words)
        try:
            text_index = Snapshot(self._source).text
            return text_index.count(And((word_query, _NO_REQUEST))) if text_index else 0
        except TextIndexError:
            return 0

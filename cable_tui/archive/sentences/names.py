"""The names in cables: people who are mentioned, sign, classify, or are protected.

A name directly next to a protection request is protected; a name that is proposed for protection
may be. The reader's own decisions are not considered.

In a document from an edition, the editors' keys identify the person behind a name, before any rule
for titles is applied.

A name is recorded once per cable for each spelling. The names are stored in a `NameIndex`, which is
part of the echo file, so no text is read twice.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from cable_tui.base.cable import Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.tools import load, tools
from cable_tui.telegram.classified import classified
from cable_tui.telegram.people.name_forms import Meant, one_line, others
from cable_tui.telegram.people.name_words import NO_NAMES
from cable_tui.telegram.people.officer_names import surname
from cable_tui.telegram.people.signature import signature
from cable_tui.telegram.people.titled_names import Mention, mentions
from cable_tui.telegram.reading import Reading
from cable_tui.text import fold

if TYPE_CHECKING:
    from cable_tui.base.cable import EditorsName, RawCable

MENTIONED, SIGNED, CLASSIFIED, PROTECTED, PERHAPS = 1, 2, 4, 8, 16
"""The roles of a name in a cable, as bits; the last role is for a name that may be protected."""
_ROLE_BITS = 5
_CABLE_BITS = 32
"""The number of bits of a posting for the id of a cable and its roles; the number of the name is
above them.
"""
_ROLES = (1 << _ROLE_BITS) - 1
_CABLE = (1 << _CABLE_BITS) - 1
_IDS = _CABLE >> _ROLE_BITS
_MOST = 5000
"""The maximum number of names in one cable."""


FindProtected = Callable[[Reading], tuple[set[Span], set[Span]]]
"""A tool's function that finds in a body the names to protect, and the names that may need
protection.
"""


def _finders() -> list[FindProtected]:
    return [load(tool.protected_names) for tool in tools() if tool.protected_names]


class _Protection:
    """The names that a cable asks to protect, and the names that it may ask to protect."""

    def __init__(self, reading: Reading) -> None:
        body = reading.text
        sure_spans: set[Span] = set()
        perhaps_spans: set[Span] = set()
        for find_names in _finders():
            found_spans = find_names(reading)
            sure_spans |= found_spans[0]
            perhaps_spans |= found_spans[1]
        self.spans = sorted(sure_spans | perhaps_spans)
        self.names = [one_line(body, *span) for span in self.spans]
        self.roles = [PROTECTED if span in sure_spans else PERHAPS for span in self.spans]
        self._sure = self._meant(body, PROTECTED)
        self._perhaps = self._meant(body, PERHAPS)

    def _meant(self, body: str, role: int) -> Meant | None:
        names_and_roles = zip(self.names, self.roles, strict=True)
        role_names = [name for name, name_role in names_and_roles if name_role == role]
        return Meant((*role_names, *others(body, role_names))) if role_names else None

    def role(self, name: str) -> int:
        """Return the role of a name, or 0 if no protection request concerns it."""
        if self._sure is not None and self._sure.has(name):
            return PROTECTED
        return PERHAPS if self._perhaps is not None and self._perhaps.has(name) else 0


class MentionedName(NamedTuple):
    """One spelling of a person's title and name: `Foreign Minister`, `Ada Pelham`."""

    surname: str
    """The surname, folded as in `officer_names.surname`."""
    title: str
    name: str
    key: str = ""
    """The key of the person in the list of a volume: `frus1955-57v97#p_SR1`."""
    listed: str = ""
    """The name in that list."""
    role: str = ""
    """The role of the person according to that list."""

    @property
    def text(self) -> str:
        """The title and the name on one line."""
        return f"{self.title} {self.name}".strip()


def names_of(raw: RawCable, reading: Reading, most: int = _MOST) -> dict[MentionedName, int]:
    """Return the names in a cable with their roles; `reading` is the reading of its body.

    Raises no error, and takes time linear in the length of the text.
    """
    body, top_fields = reading.text, reading.top
    signers = raw.edition.signed_by if raw.edition else signature(body).names
    signers = tuple(person_name for person_name in signers if fold(person_name) not in NO_NAMES)
    officer_names = (None if raw.edition else classified(top_fields).name) or ""
    officers = [
        person_name
        for person_name in officer_names.split(" and ")
        if "xxx" not in person_name.lower()
    ]
    titled_mentions = list(mentions(body, top_fields, (*signers, *officers)))
    protection = _Protection(reading)
    title_ends = {mention.end for mention in titled_mentions}
    noted_names = _Noted(most)
    if people := raw.edition.people if raw.edition else ():
        titled_mentions = _marked(people, titled_mentions, noted_names, protection)
        known_surnames = {surname(person.text) for person in people if person.signed and person.key}
        signers = tuple(
            person_name for person_name in signers if surname(person_name) not in known_surnames
        )
    for mention in titled_mentions:
        noted_names.add(mention.title, mention.name, MENTIONED | protection.role(mention.name))
    protected_names = zip(protection.names, protection.spans, protection.roles, strict=True)
    for person_name, (_, name_end), role in protected_names:
        if role == PROTECTED and name_end not in title_ends:
            noted_names.add("", person_name, MENTIONED | PROTECTED)
    for person_name in signers:
        noted_names.add("", person_name.title(), SIGNED)
    for person_name in officers:
        noted_names.add("", person_name, CLASSIFIED)
    return noted_names.names


def _marked(
    people: Sequence[EditorsName],
    titled_mentions: list[Mention],
    noted: _Noted,
    protection: _Protection,
) -> list[Mention]:
    """Record the names that editors marked; return the remaining mentions by title.

    A title before a name with a key is a part of the name's spelling. A name without a key that has
    a title is a mention like any other.
    """
    mention_starts = [mention.start for mention in titled_mentions]
    mentions_done: set[Mention] = set()
    for person in people:
        title = ""
        name_start, name_end = person.span or (0, 0)
        mention_index = bisect_left(mention_starts, name_end) - 1
        if mention_index >= 0 and titled_mentions[mention_index].end > name_start:
            if not person.key:
                continue
            mentions_done.add(titled_mentions[mention_index])
            title = (
                titled_mentions[mention_index].title
                if titled_mentions[mention_index].start < name_start
                else ""
            )
        role = SIGNED if person.signed else MENTIONED
        noted.add(title, person.text, role | protection.role(person.text), person)
    return [mention for mention in titled_mentions if mention not in mentions_done]


class _Noted:
    """The names of one cable, each recorded once, whatever its capitals."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.names: dict[MentionedName, int] = {}
        self._seen: dict[str, MentionedName] = {}

    def add(self, title: str, name: str, roles: int, person: EditorsName | None = None) -> None:
        last_name = surname(person.name.partition(",")[0] if person and person.name else name)
        if len(last_name) < 2:
            return
        person_fields = (person.key, person.name, person.role) if person and person.key else ()
        folded_key = "\t".join((f"{title} {name}".strip().casefold(), *person_fields))
        known_name = self._seen.get(folded_key)
        if known_name is None:
            if len(self._seen) >= self._most:
                return
            known_name = self._seen[folded_key] = MentionedName(
                last_name, *_as_read(title, name), *person_fields
            )
        self.names[known_name] = self.names.get(known_name, 0) | roles


def _as_read(title: str, name: str) -> tuple[str, str]:
    """Return a mention in capitals in title case: `FOREIGN MINISTER PELHAM`.

    `FM Pelham` is unchanged.
    """
    if any(map(str.islower, title + name)):
        return _one_line(title), _one_line(name)
    return _small(title), _small(name)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _small(text: str) -> str:
    return " ".join(word.title() if len(word) > 3 else word for word in text.split())


class NameIndex:
    """The names of many cables."""

    def __init__(self) -> None:
        self._numbers: dict[MentionedName, int] = {}
        self._postings = array("Q")
        self.unread = array("I")
        """The cables whose record could not be read."""

    def add(self, cable: int, names: Mapping[MentionedName, int]) -> None:
        """Add the names of a cable."""
        name_numbers = self._numbers
        self._postings.extend(
            name_numbers.setdefault(name, len(name_numbers)) << _CABLE_BITS
            | cable << _ROLE_BITS
            | roles
            for name, roles in names.items()
        )

    def add_kept(self, parts: Sequence[memoryview], cables: Container[int]) -> None:
        """Add the names of the given cables from a stored index."""
        postings, packed_names, unread_cables = parts
        kept_postings = array(
            "Q", (posting for posting in postings.cast("Q") if cable_of(posting) in cables)
        )
        if self._numbers:
            name_numbers = self._numbers
            new_numbers = [
                name_numbers.setdefault(name, len(name_numbers)) for name in _decoded(packed_names)
            ]
            kept_postings = array(
                "Q",
                (
                    new_numbers[posting >> _CABLE_BITS] << _CABLE_BITS | posting & _CABLE
                    for posting in kept_postings
                ),
            )
        else:
            self._numbers = dict(zip(_decoded(packed_names), count(), strict=False))
        self._postings.extend(kept_postings)
        self.unread.extend(cable for cable in unread_cables.cast("I") if cable in cables)

    def parts(self) -> list[bytes | memoryview]:
        """Return all content in the form for storage: names and postings, in order."""
        used_numbers = {posting >> _CABLE_BITS for posting in self._postings}
        sorted_names = sorted(
            mentioned_name
            for mentioned_name, name_number in self._numbers.items()
            if name_number in used_numbers
        )
        shifted_numbers = array("Q", bytes(8 * len(self._numbers)))
        for new_number, mentioned_name in enumerate(sorted_names):
            shifted_numbers[self._numbers[mentioned_name]] = new_number << _CABLE_BITS
        postings = sorted(
            shifted_numbers[posting >> _CABLE_BITS] | posting & _CABLE for posting in self._postings
        )
        name_lines = "\n".join(map("\t".join, sorted_names)).encode("utf-8", "surrogatepass")
        return [
            memoryview(array("Q", dict.fromkeys(postings))).cast("B"),
            zlib.compress(name_lines),
            memoryview(self.unread).cast("B"),
        ]

    @property
    def names(self) -> list[MentionedName]:
        """All names, in order of number."""
        return list(self._numbers)

    def postings(self) -> dict[int, list[int]]:
        """Return the postings by the number of a name, unordered."""
        cables_by_name: defaultdict[int, list[int]] = defaultdict(list)
        for posting in self._postings:
            cables_by_name[posting >> _CABLE_BITS].append(posting & _CABLE)
        return cables_by_name


def cable_of(posting: int) -> int:
    """Return the cable of a posting."""
    return posting >> _ROLE_BITS & _IDS


def roles_of(posting: int) -> int:
    """Return the roles of the name in the cable."""
    return posting & _ROLES


def _decoded(names: memoryview) -> Iterator[MentionedName]:
    name_lines = zlib.decompress(names).decode("utf-8", "surrogatepass")
    return (MentionedName(*line.split("\t")) for line in name_lines.split("\n") if line)

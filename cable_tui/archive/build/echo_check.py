"""The check of what the fingerprints say: the texts of the passages and copies are read.

A fingerprint is eight words of a sentence. Which part of it repeats, in which cables, and whether
cables that share sentences have nearly the same text, only their words say.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from cable_tui.archive import texts
from cable_tui.archive.build.echo_merge import CommonSentence, CountedSentences, Filing
from cable_tui.archive.sentences.common_passages import (
    Common,
    ReadText,
    RepeatedPart,
    covered,
    is_cut,
    likeness,
    piece_around,
    repeated_part,
)
from cable_tui.archive.sentences.echo_file import (
    ID_BITS,
    ID_MASK,
    OFTEN,
    CopyGroup,
    Overview,
    Repeated,
    age,
)
from cable_tui.cable import Span
from cable_tui.telegram import ids
from cable_tui.telegram.sentences import SHINGLE, Fingerprint

_TOLD = 100
"""Passages of each kind that are kept, at most."""
_SOME = 16
"""Cables that are read of a sentence which `OFTEN` cables have, or more."""
_AT_ONCE = 300
"""Texts that are held, or a few more."""


class EchoCheck:
    """The texts behind what was counted."""

    def __init__(
        self,
        root: Path,
        db: sqlite3.Connection,
        postings: Sequence[int],
        filed: Mapping[int, Filing],
        pause: Callable[[], None],
    ) -> None:
        self.root = root
        """As `texts.TextSource`."""
        self._db = db
        self._postings = postings
        self._filed = filed
        self._pause = pause
        self._cables: dict[int, int] = {}
        """Of the sentences that most cables have, by their fingerprints."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """As `texts.TextSource`."""
        return nullcontext(self._db)

    def overview(self, counted: CountedSentences) -> Overview:
        """What the texts confirm. What `pause` raises ends it."""
        kinds = counted.frequent, counted.recycled
        self._cables = {each.number: each.cables for kind in kinds for each in kind}
        found = [passage for kind in kinds for passage in self._passages(kind)]
        found.sort(key=lambda each: (-each.cables, each.first, each.start))
        copies = sorted(
            self._copies(counted.copies),
            key=lambda group: (not group.carried, -len(group.ids), group.ids),
        )
        counts = counted.sentences, counted.recurring, counted.boilerplate
        return Overview(*counts, tuple(found), tuple(copies))

    def _read(
        self, wanted: Iterable[int], *, further: bool = True
    ) -> dict[int, dict[int, ReadText]]:
        """The records of cables that can be read, by their numbers.

        What is shown, and with `further` those that say more.
        """
        self._pause()
        return {
            each.task.cable: {
                task.number: ReadText(raw.body, task.head_end) for task, raw in each.records
            }
            for each in texts.texts(self, list(dict.fromkeys(wanted)), further=further)
        }

    def _having(self, number: int) -> Sequence[int]:
        """The cables of a fingerprint: all, or of very many the oldest ones and others."""
        first = bisect_left(self._postings, number << ID_BITS)
        end = bisect_left(self._postings, (number + 1) << ID_BITS, lo=first)
        step = max(1, (end - first) // _SOME) if end - first >= OFTEN else 1
        return [each & ID_MASK for each in self._postings[first:end:step]]

    def _age(self, id_: int) -> tuple[int, int]:
        return age(self._filed[id_].created, id_)

    def _passages(self, sentences: Iterable[CommonSentence]) -> Iterator[Repeated]:
        """The parts that repeat of the sentences in most cables, each row of words once."""
        order = sorted(sentences, key=lambda each: (-each.cables, each.first, each.number))
        told: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
        number = at = 0
        while at < len(order) and number < _TOLD:
            some: dict[CommonSentence, Sequence[int]] = {}
            while at < len(order) and sum(map(len, some.values())) < _AT_ONCE:
                some[order[at]] = self._having(order[at].number)
                at += 1
            held = self._read(id_ for having in some.values() for id_ in having)
            for each, having in some.items():
                passage = self._passage(each, having, held, told)
                if passage and number < _TOLD:
                    number += 1
                    yield passage

    def _passage(
        self,
        of: CommonSentence,
        having: Sequence[int],
        held: Mapping[int, Mapping[int, ReadText]],
        told: Mapping[tuple[int, int], list[Span]],
    ) -> Repeated | None:
        """The part of a sentence that repeats; None if that is listed, or no other text has it."""
        found = next(
            (
                (record, text, mark)
                for record, text in held.get(of.first, {}).items()
                for mark in text.fingerprints
                if mark.number == of.number
            ),
            None,
        )
        if found is None:
            return None
        record, text, mark = found
        pieces: dict[int, Common] = {}
        for id_ in having:
            for other in held.get(id_, {}).values() if id_ != of.first else ():
                piece = piece_around(text, other, mark)
                if piece and (id_ not in pieces or covered([piece]) > covered([pieces[id_]])):
                    pieces[id_] = piece
        is_counted = of.cables >= OFTEN
        part = repeated_part(text, mark, pieces, all_have=is_counted) if pieces else None
        # What more cables have is another passage.
        marks = text.fingerprints
        more = [(m.start, m.end) for m in marks if self._cables.get(m.number, 0) > of.cables]
        before = told[of.first, record]
        part = part and _beside(part, mark, [*before, *more])
        if part is None:
            return None
        before.append((part.start, part.end))
        read = of.first, *sorted(part.having, key=self._age)
        return Repeated(
            of.first,
            record,
            *text.span(part.start, part.end),
            of.cables if is_counted else len(read),
            of.posts if is_counted else len({self._filed[id_].origin for id_ in read}),
            read,
            is_counted,
            is_cut(text, part.start, part.end),
        )

    def _copies(self, groups: Sequence[Sequence[int]]) -> Iterator[CopyGroup]:
        """The groups that the texts confirm: any two cables have half of their words in common."""
        at = 0
        while at < len(groups):
            some: list[Sequence[int]] = []
            while at < len(groups) and sum(map(len, some)) < _AT_ONCE:
                some.append(groups[at])
                at += 1
            read = self._read((id_ for group in some for id_ in group), further=False)
            held = {id_: records[1] for id_, records in read.items() if records}
            for group in some:
                yield from self._split(sorted(held.keys() & set(group), key=self._age), held)

    def _split(self, left: list[int], held: Mapping[int, ReadText]) -> Iterator[CopyGroup]:
        while len(left) > 1:
            members, alike = left[:1], []
            for id_ in left[1:]:
                least = 1.0
                for member in members:
                    least = min(least, likeness(held[member], held[id_]))
                    if not least:
                        break
                else:
                    members.append(id_)
                    alike.append(round(least, 3))
            if alike:
                yield CopyGroup(tuple(members), tuple(alike), self._carried(members, held))
            left = [id_ for id_ in left if id_ not in members]

    def _carried(
        self, members: Sequence[int], held: Mapping[int, ReadText]
    ) -> tuple[tuple[int, int], ...]:
        """The pages of a group that have another cable's text, by the numbers in it."""
        holes = ",".join(map(str, members))
        sql = f"SELECT id, canonical FROM cable WHERE id IN ({holes})"  # noqa: S608 - ids
        parts = {id_: ids.split(name) for id_, name in self._db.execute(sql)}
        own = {id_: each.serial for id_, each in parts.items() if each}
        found = []
        for id_ in members:
            numbers = held[id_].own_numbers
            if id_ in own and numbers and own[id_] not in numbers:
                found.append((id_, next((each for each in own if own[each] in numbers), 0)))
        return tuple(found)


def _beside(part: RepeatedPart, mark: Fingerprint, told: Iterable[Span]) -> RepeatedPart | None:
    """What of a part is not listed yet; None if its fingerprint is."""
    start, end, having = part
    for before, behind in told:
        if behind <= mark.at:
            start = max(start, behind)
        elif before >= mark.at + SHINGLE:
            end = min(end, before)
        else:
            return None
    return RepeatedPart(start, end, having)

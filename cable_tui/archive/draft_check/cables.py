"""Cables as quotations are looked for in them, read one by one; the last ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import chain, pairwise
from typing import Generic, NamedTuple, TypeVar

from cable_tui import telegram
from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import rows
from cable_tui.archive.catalogue.resolve_references import Graph
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.archive.records.walk import shown_path
from cable_tui.cable import RawCable
from cable_tui.drafts.citations import Cited
from cable_tui.drafts.tokens import CableWords, words_of
from cable_tui.formats import BrokenRecord
from cable_tui.text import repaired, words

Made = TypeVar("Made")

_KEPT = 64
"""Cables in memory, and as many texts: about 20 MB."""
_YEARS = [f"{year % 100:02}" for year in range(1966, 2012)]


class _Kept(Generic[Made]):
    """The last answers of a function."""

    def __init__(self, make: Callable[[int], Made]) -> None:
        self._make = make
        self._kept: OrderedDict[int, Made] = OrderedDict()

    def get(self, id_: int) -> Made:
        """An answer, kept or made."""
        if id_ in self._kept:
            self._kept.move_to_end(id_)
            return self._kept[id_]
        made = self._kept[id_] = self._make(id_)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made


class QuotableRecord(NamedTuple):
    """A record of a cable, with what is looked for quotations in."""

    number: int
    path: str
    words: CableWords


class DraftCables:
    """The cables of an archive by id and by what a draft calls them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._files = Files(archive.root)
        self._words = _Kept(self._parsed)
        self._raw = _Kept(self._read)
        self._labels: dict[int, tuple[str, ...]] = {}
        self._meant: dict[str, int | None] = {}
        self.unread: list[str] = []
        """Why some could not be read."""

    def __enter__(self) -> DraftCables:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.__exit__()

    def records(self, id_: int) -> tuple[QuotableRecord, ...]:
        """The records of a cable whose words differ, the shown one first, as far as can be read."""
        return self._words.get(id_)

    def pairs(self, id_: int) -> frozenset[tuple[str, str]]:
        """Every two words that follow each other in a text: enough to see what may be in it."""
        bodies = (repaired(raw.body) for _, raw in self._raw.get(id_))
        found = (pairwise(word for _, _, word in words(body)) for body in bodies)
        return frozenset(chain.from_iterable(found))

    def labels(self, id_: int) -> tuple[str, ...]:
        """The labels of its paragraphs; none where it cannot be read, or has none."""
        if id_ not in self._labels:
            self.records(id_)
        return self._labels.get(id_, ())

    def _read(self, id_: int) -> list[tuple[RecordTask, RawCable]]:
        with self._archive.reading() as db:
            tasks = [*rows.records(db, [id_]), *rows.differing(db, id_)]
        found = []
        for task in tasks:
            try:
                found.append((task, self._files.cable(task)))
            except (SourceGone, BrokenRecord) as error:
                self.unread.append(str(error))
        return found

    def _parsed(self, id_: int) -> tuple[QuotableRecord, ...]:
        made = tuple(
            QuotableRecord(
                task.number,
                shown_path(self._archive.root, task.path),
                words_of(telegram.parse(raw)),
            )
            for task, raw in self._raw.get(id_)
        )
        labels = (label for each in made for label in each.words.owners if label)
        self._labels[id_] = tuple(dict.fromkeys(labels))
        return made

    def meant(self, cited: Cited) -> int | None:
        """The cable that a citation means; None where it is not in this archive."""
        for name in cited.ids:
            if (found := self._named(name)) is not None:
                return found
        if cited.post is None:
            return None
        station, serial = cited.post
        names = [f"{year}{station}{serial}" for year in _YEARS]
        found_ids = set(self._archive.ids(names).values())
        # Without a year it is one only where no other can be meant.
        return found_ids.pop() if len(found_ids) == 1 else None

    def _named(self, name: str) -> int | None:
        if name not in self._meant:
            with self._archive.reading() as db:
                self._meant[name] = Graph(db).cable(name)
        return self._meant[name]

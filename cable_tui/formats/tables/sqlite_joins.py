"""Two tables of a database that hold cables together: one the texts, one the facts.

They are joined where nothing else can be meant: by a column of one name, or one that is named after
the other table, whose values are all different and are found again. Anything else wants a view.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui.formats.tables import aliases

FACTS = frozenset("created classification origin title".split())
"""What a table of facts must have of, and one of texts lacks altogether."""
_KEYS = ("id", "rowid")
_SAMPLE = 60
_SELECT = "SELECT"  # names of tables are quoted by `quoted`; there are no values
_NUMBERS = frozenset((*_KEYS, "n", "no", "nr", "number", "uid", "pk"))
"""Names of numbers that any table may count its own rows by: one table's need not be another's."""


class Side(NamedTuple):
    """A table as it stands in the database."""

    name: str
    rowid: str
    """What its rows are found by; empty where only by counting."""
    columns: tuple[str, ...]


class Join(NamedTuple):
    """A table of texts and a table of their facts."""

    texts: Side
    facts: Side
    texts_key: str
    facts_key: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the facts, then those of the texts that have names of their own."""
        known = {aliases.key(name) for name in self.facts.columns}
        own = (name for name in self.texts.columns if aliases.key(name) not in known)
        return (*self.facts.columns, *own)

    @property
    def select(self) -> str:
        """The rows with texts, behind what each is found by."""
        rowid = f"t.{quoted(self.texts.rowid)}" if self.texts.rowid else "NULL"
        count = len(self.facts.columns)
        names = [f"f.{quoted(name)}" for name in self.columns[:count]]
        names += [f"t.{quoted(name)}" for name in self.columns[count:]]
        return f"{_SELECT} {rowid}, {', '.join(names)} {self._both}"

    @property
    def rest(self) -> str:
        """The rows of facts that have no text."""
        rowid = quoted(self.facts.rowid) if self.facts.rowid else "NULL"
        return (
            f"{_SELECT} {rowid}, * FROM {quoted(self.facts.name)} "
            f"WHERE ({quoted(self.facts_key)} IS NULL OR {quoted(self.facts_key)} NOT IN "
            f"({_SELECT} {quoted(self.texts_key)} FROM {quoted(self.texts.name)} "
            f"WHERE {quoted(self.texts_key)} IS NOT NULL))"
        )

    @property
    def lost(self) -> str:
        """How many texts have no facts."""
        return (
            f"{_SELECT} count(*) FROM {quoted(self.texts.name)} "
            f"WHERE {quoted(self.texts_key)} IS NULL OR {quoted(self.texts_key)} NOT IN "
            f"({_SELECT} {quoted(self.facts_key)} FROM {quoted(self.facts.name)} "
            f"WHERE {quoted(self.facts_key)} IS NOT NULL)"
        )

    @property
    def numbered(self) -> bool:
        """Whether the key may be no more than the number of a row in both tables."""
        return {aliases.key(self.texts_key), aliases.key(self.facts_key)} <= _NUMBERS

    @property
    def proofs(self) -> tuple[str, ...]:
        """Queries whose answers are two equal numbers each where the two belong together."""
        texts, facts = quoted(self.texts.name), quoted(self.facts.name)
        ours, theirs = quoted(self.texts_key), quoted(self.facts_key)
        first = f"({_SELECT} {ours} AS k FROM {texts} LIMIT {_SAMPLE})"
        both = f"{first} AS t JOIN {facts} AS f ON f.{theirs} = t.k"
        counted = f"({_SELECT} count(*) FROM {first})"
        found = [
            f"{_SELECT} count({theirs}), count(DISTINCT {theirs}) FROM {facts}",
            f"{_SELECT} {counted}, count(DISTINCT f.{theirs}) FROM {both}",
        ]
        if self.numbered:
            found += [
                f"{_SELECT} ({_SELECT} {end} FROM {texts}), ({_SELECT} {other} FROM {facts})"
                for end, other in (
                    (f"min({ours})", f"min({theirs})"),
                    (f"max({ours})", f"max({theirs})"),
                )
            ]
        return tuple(found)

    @property
    def _both(self) -> str:
        ours, theirs = quoted(self.texts_key), quoted(self.facts_key)
        return (
            f"FROM {quoted(self.texts.name)} AS t "
            f"JOIN {quoted(self.facts.name)} AS f ON f.{theirs} = t.{ours}"
        )


def joins(sides: Sequence[Side]) -> Iterator[Join]:
    """The pairs of tables that may be joined, as their names say; `Join.proofs` says it is so."""
    for texts in sides:
        roles = _roles(texts)
        if "body" not in roles or roles & FACTS:
            continue
        for facts in sides:
            known = _roles(facts)
            if facts is not texts and "id" in known and known & FACTS and "body" not in known:
                for ours, theirs in _keys(texts, facts):
                    yield Join(texts, facts, ours, theirs)


def _roles(side: Side) -> set[str]:
    return aliases.roles_named(map(aliases.key, side.columns))


def _keys(texts: Side, facts: Side) -> Iterator[tuple[str, str]]:
    """Pairs of columns by which rows may belong together, those of a plain meaning first."""
    ours = {aliases.key(name): name for name in texts.columns}
    theirs = {aliases.key(name): name for name in facts.columns}
    table = aliases.key(facts.name)
    for named in dict.fromkeys((table, table.removesuffix("s"), "cable", "document", "doc")):
        for key in _KEYS:
            if f"{named}id" in ours and key in theirs:
                yield ours[f"{named}id"], theirs[key]
    shared = [key for key in ours if key in theirs and key not in aliases.BODIES]
    for key in sorted(shared, key=_NUMBERS.__contains__):
        yield ours[key], theirs[key]


def quoted(name: str) -> str:
    """A name as SQL takes any."""
    return '"' + name.replace('"', '""') + '"'

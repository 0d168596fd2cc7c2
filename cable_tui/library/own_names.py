"""The names under which a reader has written: the one of today, and earlier ones that are theirs.

A mark keeps the name that it was signed with. What the reader has answered about a name is kept in
the table `private`, which never leaves the library, and whose changes can be undone.
"""

from __future__ import annotations

from typing import NamedTuple

from cable_tui.library.sqlite_file import user_version, utf8
from cable_tui.library.writer import Writer

MINE, OTHERS = "own name", "other name"
"""Kinds in the table `private`."""
_ANSWERS = "SELECT name, kind FROM private WHERE kind IN (?, ?)"
_MARKS = "SELECT author, count(*) FROM mark GROUP BY author ORDER BY author"
# A mark that was imported, rescued or taken from others was not necessarily made here by whoever
# has signed it: who changes the library and who signs may have one name by chance.
_MADE_HERE = """
SELECT mark.author, count(DISTINCT mark.id) FROM event
JOIN change ON change.id = change_id
JOIN mark ON mark.id = row_id AND mark.author = change.author
WHERE subject = 'mark' AND before IS NULL AND what NOT IN ('import', 'rescue', 'share')
GROUP BY mark.author
"""


class Name(NamedTuple):
    """A name by which marks of the library are signed."""

    name: str
    marks: int
    made_here: int
    """Those of them that were made in this library by whoever had this name, by its log."""
    is_mine: bool | None
    """As the reader has answered; None if they were not asked."""

    @property
    def from_elsewhere(self) -> int:
        """Marks that may be of somebody else who signs with the same name."""
        return self.marks - self.made_here


class OwnNames:
    """What is known of the names in one library. Every method may raise `LibraryError`."""

    def __init__(self, writer: Writer, author: str) -> None:
        self._writer = writer
        self._author = author

    def all(self) -> frozenset[str]:
        """The names that are the reader's; the empty one is of marks that nobody has signed."""
        mine = (name for name, is_mine in self._answers().items() if is_mine)
        return frozenset(("", self._author, *mine))

    def others(self) -> list[Name]:
        """The names beside that of today, those with most marks first."""
        answers = self._answers()
        with self._writer.reading() as connection:
            if user_version(connection) < 3:
                return []
            here = dict(connection.execute(_MADE_HERE).fetchall())
            found = [
                Name(name, marks, here.get(name, 0), answers.get(name))
                for name, marks in connection.execute(_MARKS).fetchall()
                if name not in ("", self._author)
            ]
        return sorted(found, key=lambda each: -each.marks)

    def to_ask(self) -> Name | None:
        """An earlier name of the reader, it seems: marks were made here under it."""
        return next(
            (each for each in self.others() if each.made_here and each.is_mine is None), None
        )

    def answer(self, name: str, *, mine: bool) -> None:
        """Keep whether a name is the reader's."""
        name, kind = utf8(name), MINE if mine else OTHERS
        what = f"{name} is {'' if mine else 'not '}a name of yours"
        with self._writer.writing(what) as connection:
            connection.execute(
                "DELETE FROM private WHERE name = ? AND kind IN (?, ?) AND kind <> ?",
                (name, MINE, OTHERS, kind),
            )
            connection.execute(
                "INSERT INTO private (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (kind, name),
            )

    def _answers(self) -> dict[str, bool]:
        with self._writer.reading() as connection:
            if user_version(connection) < 3:
                return {}
            found = connection.execute(_ANSWERS, (MINE, OTHERS)).fetchall()
        return {name: kind == MINE for name, kind in found}

"""A person named in some cables, with the spellings of the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.base.value import Value, picked
from cable_tui.telegram.people.officer_names import last_name
from cable_tui.tools.people.keyed import KeyedPerson

if TYPE_CHECKING:
    from cable_tui.base.kinds import Positive

Role = Literal["mentioned", "signed", "classified"]


class Written(NamedTuple):
    """One spelling of a person's name, such as `Foreign Minister Kouchner`."""

    text: str
    cables: int
    name: str = ""
    """The spelling without the title."""

    @property
    def is_alone(self) -> bool:
        """Whether the spelling is only a surname, which alone identifies no one."""
        return self.text == self.name == last_name(self.name)


class Spelled(Value):
    """A spelling in an answer."""

    text: str
    cables: Positive


def spelled(spellings: Iterable[Written]) -> tuple[Spelled, ...]:
    """Return spellings in the form of an answer."""
    return tuple(picked(Spelled, spelling) for spelling in spellings)


class FoundPerson(Value):
    """A confirmed person, a person in an editors' list, or a candidate, in some cables."""

    name: str
    confirmed: bool
    protected: bool
    """Whether the name is protected, by a request in a cable or by the reader's file."""
    cables: int
    """The number of cables that mention the person with a title, as a signer, or as a classifying
    officer; for a confirmed person, this includes cables with a part of the name next to a form.
    """
    written: tuple[Written, ...]
    """The spellings, most frequent first."""
    spellings: tuple[str, ...]
    """The spellings for a query: a candidate's surnames, or a confirmed person's forms."""
    given: tuple[str, ...] = ()
    """The different given names of a candidate, who may be several people."""
    full_name: str = ""
    """The longest name of a candidate who has only one given name here."""
    alone: tuple[int, ...] = ()
    """The cables with only the surname of a candidate, newest last."""
    roles: Mapping[Role, int] = {}
    """The number of cables in which the person has each role."""
    years: Mapping[str, int] = {}
    posts: Mapping[str, int] = {}
    """The number of cables by post, most frequent first."""
    listed: tuple[KeyedPerson, ...] = ()
    """The persons with this name in the lists of volumes."""
    perhaps_protected: int = 0
    """The number of cables with an unanswered protection request that may refer to this name."""
    parts: frozenset[str] = frozenset()
    """The spellings without the surname, each from a cable that also contains a fuller name."""
    surnames: tuple[str, ...] = ()
    """The spellings of the surname."""
    with_surname: int | None = None
    """The number of cables with the surname as a word, whoever is meant, or None if not counted."""

    @property
    def status(self) -> Literal["confirmed", "keyed", "candidate"]:
        """How certain the person is: confirmed by the reader, keyed by editors, or a guess."""
        return "confirmed" if self.confirmed else "keyed" if self.listed else "candidate"

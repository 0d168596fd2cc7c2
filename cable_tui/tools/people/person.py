"""A person who was found in some cables, with the spellings of the name."""

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
    """One spelling of somebody: `Foreign Minister Kouchner`."""

    text: str
    cables: int
    name: str = ""
    """The spelling without the title."""

    @property
    def is_alone(self) -> bool:
        """Whether it is only a surname, which belongs to nobody without a fuller name nearby."""
        return self.text == self.name == last_name(self.name)


class Spelled(Value):
    """A spelling in an answer."""

    text: str
    cables: Positive


def spelled(spellings: Iterable[Written]) -> tuple[Spelled, ...]:
    """Return spellings as an answer has them."""
    return tuple(picked(Spelled, spelling) for spelling in spellings)


class FoundPerson(Value):
    """A confirmed person, one whom editors list, or a candidate, in the cables that were read."""

    name: str
    confirmed: bool
    protected: bool
    """Whether a cable asks to protect this name, or the reader's file says so."""
    cables: int
    """Cables that name the person with a title, as signer, or as the officer who classified; of a
    confirmed person also those with a part of the name beside a form."""
    written: tuple[Written, ...]
    """The most frequent first."""
    spellings: tuple[str, ...]
    """The query's spellings: surnames of a candidate, forms of a confirmed person."""
    given: tuple[str, ...] = ()
    """Different given names of a candidate: perhaps several people."""
    full_name: str = ""
    """The longest name with the one given name that a candidate has here."""
    alone: tuple[int, ...] = ()
    """Cables that have the surname of a candidate alone, the newest last."""
    roles: Mapping[Role, int] = {}
    """The number of cables by what they say of the person."""
    years: Mapping[str, int] = {}
    posts: Mapping[str, int] = {}
    """The most frequent first."""
    listed: tuple[KeyedPerson, ...] = ()
    """Persons with this name in the lists of volumes."""
    perhaps_protected: int = 0
    """The number of cables with a protection request that may mean this name, and no answer."""
    parts: frozenset[str] = frozenset()
    """Spellings without the surname: those of a fuller name in the same cable."""
    surnames: tuple[str, ...] = ()
    """The surname in all its spellings."""
    with_surname: int | None = None
    """Cables that have the surname as a word, whoever is meant; None if it was not counted."""

    @property
    def status(self) -> Literal["confirmed", "keyed", "candidate"]:
        """Certainty of the person: by the reader, by the key of a volume's editors, or a guess."""
        return "confirmed" if self.confirmed else "keyed" if self.listed else "candidate"

"""A named tuple is what `typing` would make of it."""

from __future__ import annotations

import pickle
import typing

from cable_tui.base.named_tuple import NamedTuple


class Pier(NamedTuple):
    """A pier with its berths."""

    name: str
    berths: tuple[int, ...] = ()
    """The depth of each, in metres."""

    @property
    def deepest(self) -> int:
        """The depth of the deepest berth."""
        return max(self.berths)


class Usual(typing.NamedTuple):
    """The same by `typing`."""

    name: str
    berths: tuple[int, ...] = ()


def test_it_has_fields_defaults_and_methods() -> None:
    assert Pier("Nordre") == ("Nordre", ())
    assert Pier(berths=(4, 7), name="Nordre").deepest == 7
    assert Pier("Nordre")._replace(name="Søndre").name == "Søndre"
    assert (Pier.__name__, Pier.__doc__) == ("Pier", "A pier with its berths.")


def test_it_is_made_as_typing_makes_it() -> None:
    assert Pier._fields == Usual._fields
    assert Pier._field_defaults == Usual._field_defaults
    assert typing.get_type_hints(Pier) == typing.get_type_hints(Usual)
    assert repr(Pier("Nordre")) == "Pier(name='Nordre', berths=())"


def test_it_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Pier("Nordre", (4,)))) == Pier("Nordre", (4,))

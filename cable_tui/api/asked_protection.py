"""What a cable asks to protect: its requests, and the names that they are about."""

from __future__ import annotations

from cable_tui.base.value import Value
from cable_tui.telegram.people.protection_words import asks


class AskedProtection(Value):
    """A protection request of a cable: words such as `(strictly protect)`."""

    paragraph: str | None
    """The label of its paragraph."""
    words: str
    """The words that ask."""
    names: tuple[str, ...]
    """Names that the reader confirmed for it, else those right at the request."""
    perhaps: tuple[str, ...]
    """Further names that it may mean, until the reader answers."""


class Protection(Value):
    """The protection requests of a cable, and the names that they protect."""

    requests: tuple[AskedProtection, ...] = ()
    names: tuple[str, ...] = ()
    """The protected names, in each form that the cable has."""


def without_names(body: str) -> Protection:
    """Return the protection requests in a text, without the names, which only a tool can find."""
    words = (" ".join(body[slice(*span)].split()) for span in asks(body))
    return Protection(tuple(AskedProtection(None, each, (), ()) for each in words))

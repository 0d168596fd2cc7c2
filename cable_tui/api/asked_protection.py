"""The protection requests in a cable, and the names that they are about."""

from __future__ import annotations

from cable_tui.base.value import Value
from cable_tui.telegram.people.protection_words import asks


class AskedProtection(Value):
    """A protection request in a cable: words such as `(strictly protect)`."""

    paragraph: str | None
    """The label of the paragraph that contains the request."""
    words: str
    """The words of the request."""
    names: tuple[str, ...]
    """The names that the reader confirmed for the request, or else those directly next to it."""
    perhaps: tuple[str, ...]
    """Further names that the request may be about, as long as the reader has not decided."""


class Protection(Value):
    """The protection requests in a cable, and the names that they protect."""

    requests: tuple[AskedProtection, ...] = ()
    names: tuple[str, ...] = ()
    """The protected names, in each form that occurs in the cable."""


def without_names(body: str) -> Protection:
    """Return the protection requests in a text, without the names, which only a tool can find."""
    words = (" ".join(body[slice(*span)].split()) for span in asks(body))
    return Protection(tuple(AskedProtection(None, each, (), ()) for each in words))

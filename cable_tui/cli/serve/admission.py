"""Who is let in: the token in the address, and the checks of where a request comes from.

The token is a part of the path. A cookie would go to every other server of this machine, because
browsers do not tell ports apart; a query would stand in the address of every link.

Two attacks come through the visitor's own browser. A page of another site may open a websocket here
(its `Origin` is then another one), and a name of another site may be made to lead to this machine
(DNS rebinding: the `Host` is then that name). Both would need the token too.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
from urllib.parse import urlsplit

from cable_tui.sync.this_machine import is_this_machine

_TOKEN_BYTES = 32
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def in_address(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


class Door:
    """What a request must have to be let in."""

    def __init__(self, host: str, token: str = "") -> None:
        """`host` is what is listened on; without a `token` a random one is made."""
        self.token = token or secrets.token_urlsafe(_TOKEN_BYTES)
        self._names = {*_LOCAL, host.casefold()}
        self._any_address = not is_this_machine(host)
        if self._any_address:
            name = socket.gethostname().casefold()
            self._names |= {name, f"{name}.local"}  # without asking the network for more

    def has_token(self, given: str) -> bool:
        """Whether a text is the token. The time it takes says nothing of how much is right."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode("ascii"))

    def knows_host(self, host: str) -> bool:
        """Whether a `Host` is a name of this machine.

        Any address in numbers is, where other machines may come: no name leads there, so that
        nobody can have turned it.
        """
        name = _name_of(host)
        if name in self._names:
            return True
        if not self._any_address or not name:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    @staticmethod
    def is_same_origin(origin: str, host: str) -> bool:
        """Whether an `Origin` is that of our own page, which the browser got from this `Host`."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return bool(host) and parts.scheme in {"http", "https"} and parts.netloc == host


def _name_of(host: str) -> str:
    """The name in a `Host`, without its port; empty where it is none."""
    if "@" in host:
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""

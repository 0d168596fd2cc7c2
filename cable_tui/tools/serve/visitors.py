"""The visitors: who is admitted, what each one keeps, and how a returning visitor is recognised.

Who has the token in the address is let in. It is a part of the path: a cookie would go to every
other server of this machine, because browsers do not tell ports apart; a query would be in the
address of every link. Two attacks come through the visitor's own browser. A page of another site
may open a websocket here (its `Origin` is then another one), and a name of another site may be made
to lead to this machine (DNS rebinding: the `Host` is then that name). Both need the token too.

A visitor is known by a cookie, a random number. The folder is named by the number's hash: who reads
names of folders cannot come as somebody else, and what a cookie says is never a path.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from cable_tui.base.pattern import pattern
from cable_tui.operating_system.this_machine import is_this_machine
from cable_tui.program.settings import private_folder
from cable_tui.program.temporary_folder import temporary_folder

COOKIE = "cable-tui-visitor"
COOKIE_AGE = 400 * 24 * 3600
"""Seconds that a browser keeps it; browsers keep none longer."""
_TOKEN_BYTES = 32
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_NUMBER = pattern(r"[0-9a-f]{64}")
_HANDED_ON = frozenset(
    "PATH LANG LANGUAGE TZ TMPDIR TEMP TMP SYSTEMROOT NO_COLOR PYTHONPATH PYTHONDONTWRITEBYTECODE"
    " PYTHONHOME PYTHONUTF8 PYTHONWARNINGS LD_LIBRARY_PATH DYLD_LIBRARY_PATH".split()
)
"""Variables that a room gets: not the server user's secrets, editors and screens."""


def in_address(host: str) -> str:
    """Return a host as written in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


class Door:
    """The conditions under which a request is admitted."""

    def __init__(self, host: str, token: str = "") -> None:
        """Take the `host`, an address to listen on; without a `token` a random one is made."""
        self.token = token or secrets.token_urlsafe(_TOKEN_BYTES)
        self._names = {*_LOCAL, host.casefold()}
        self._any_address = not is_this_machine(host)
        if self._any_address:
            name = socket.gethostname().casefold()
            self._names |= {name, f"{name}.local"}  # without asking the network for more

    def has_token(self, given: str) -> bool:
        """Return whether a text is the token.

        The time this takes does not depend on how much is right.
        """
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode("ascii"))

    def knows_host(self, host: str) -> bool:
        """Return whether a `Host` is a name of this machine.

        If other machines may come, any numeric address counts: no name leads there that could be
        redirected.
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
        """Return whether an `Origin` is that of our own page, which was loaded from this `Host`."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return bool(host) and parts.scheme in {"http", "https"} and parts.netloc == host


def _name_of(host: str) -> str:
    """Return the name in a `Host`, without its port; empty if it is malformed."""
    if "@" in host:
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""


def visitor_of(cookie: str | None) -> str:
    """Return the number in a cookie; a new one if it is not a number."""
    if cookie is not None and _NUMBER.fullmatch(cookie):
        return cookie
    return secrets.token_hex(32)


def place_of(visitors: Path, archive: Path) -> str:
    """Return the path to which the cookies of an archive's visitors are limited.

    Browsers tell paths of a machine apart, but not its ports.
    """
    visitors_and_archive = f"{visitors}\0{archive}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(visitors_and_archive).hexdigest()[:12]


class Visitors:
    """The folders of the visitors."""

    def __init__(self, folder: Path | None, environ: Mapping[str, str]) -> None:
        """Take the `folder` with the visitors' own folders; with None a visit leaves nothing."""
        self._folder = folder
        self._environ = environ

    @property
    def come_again(self) -> bool:
        """Whether a returning visitor finds their bookmarks."""
        return self._folder is not None

    @contextmanager
    def home(self, visitor: str) -> Iterator[Path]:
        """Yield the folder of a visitor, for one visit. Raises `OSError`."""
        if self._folder is not None:
            name = hashlib.sha256(visitor.encode("ascii")).hexdigest()[:32]
            yield private_folder(self._folder / name)
            return
        with temporary_folder("visitor", "visit in a browser") as folder:
            yield folder

    def environment(self, home: Path, width: int, height: int) -> dict[str, str]:
        """Return the variables of a room: what it needs to run, its folders, its screen."""
        handed_on = {
            name: value
            for name, value in self._environ.items()
            if name.upper() in _HANDED_ON or name.startswith("LC_")
        }
        return {
            **handed_on,
            "HOME": str(home),
            "USERPROFILE": str(home),  # the same on Windows
            "CABLE_TUI_HOME": str(home),
            "TEXTUAL_DRIVER": "cable_tui.tui.textual_patches.browser_driver:BrowserDriver",
            "TEXTUAL_FPS": "60",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM": "xterm-256color",
            "COLUMNS": str(width),
            "ROWS": str(height),
        }

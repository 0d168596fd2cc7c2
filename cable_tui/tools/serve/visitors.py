"""The visitors: who is admitted, what is kept for them, and how they are recognized.

Visitors with the token in the address are admitted. The token is part of the path: a cookie would
be sent to all other servers on this machine, because browsers do not distinguish ports, and a query
would be in the address of every link. Two attacks are possible through a visitor's own browser. A
page of another site may open a websocket here, but its `Origin` is then different. A name of
another site may be made to resolve to this machine (DNS rebinding), but the `Host` is then that
name. Both attacks also need the token.

A visitor is recognized by a cookie, a random number. The visitor's folder is named by the number's
hash, so someone who reads folder names cannot pose as another visitor, and a cookie is never used
as a path.
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
"""How many seconds a browser keeps the cookie, which is the maximum that browsers allow."""
_TOKEN_BYTES = 32
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_NUMBER = pattern(r"[0-9a-f]{64}")
_HANDED_ON = frozenset(
    "PATH LANG LANGUAGE TZ TMPDIR TEMP TMP SYSTEMROOT NO_COLOR PYTHONPATH PYTHONDONTWRITEBYTECODE"
    " PYTHONHOME PYTHONUTF8 PYTHONWARNINGS LD_LIBRARY_PATH DYLD_LIBRARY_PATH".split()
)
"""The environment variables that are passed to a room, excluding the server user's secrets, editors
and screens.
"""


def in_address(host: str) -> str:
    """Return a host as written in an address, where an IPv6 address is in brackets."""
    return f"[{host}]" if ":" in host else host


class Door:
    """The conditions under which a request is admitted."""

    def __init__(self, host: str, token: str = "") -> None:
        """Set the `host`, an address to listen on. If no `token` is given, a random one is made."""
        self.token = token or secrets.token_urlsafe(_TOKEN_BYTES)
        self._names = {*_LOCAL, host.casefold()}
        self._any_address = not is_this_machine(host)
        if self._any_address:
            name = socket.gethostname().casefold()
            self._names |= {name, f"{name}.local"}  # without asking the network for more

    def has_token(self, given: str) -> bool:
        """Return whether a text is the token.

        The time taken does not depend on how many characters are correct.
        """
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode("ascii"))

    def knows_host(self, host: str) -> bool:
        """Return whether a `Host` is a name of this machine.

        If other machines may connect, any numeric address is accepted, because it contains no name
        that could be redirected.
        """
        host_name = _name_of(host)
        if host_name in self._names:
            return True
        if not self._any_address or not host_name:
            return False
        try:
            ipaddress.ip_address(host_name)
        except ValueError:
            return False
        return True

    @staticmethod
    def is_same_origin(origin: str, host: str) -> bool:
        """Return whether an `Origin` is our own page, which was loaded from this `Host`."""
        try:
            origin_parts = urlsplit(origin)
        except ValueError:
            return False
        return (
            bool(host) and origin_parts.scheme in {"http", "https"} and origin_parts.netloc == host
        )


def _name_of(host: str) -> str:
    """Return the name in a `Host` without its port, or an empty string if it is malformed."""
    if "@" in host:
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""


def visitor_of(cookie: str | None) -> str:
    """Return the number in a cookie, or a new number if it is not valid."""
    if cookie is not None and _NUMBER.fullmatch(cookie):
        return cookie
    return secrets.token_hex(32)


def place_of(visitors: Path, archive: Path) -> str:
    """Return the path to which the cookies of an archive's visitors are limited.

    Browsers distinguish the paths of a machine, but not its ports.
    """
    visitors_and_archive = f"{visitors}\0{archive}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(visitors_and_archive).hexdigest()[:12]


class Visitors:
    """The folders of the visitors."""

    def __init__(self, folder: Path | None, environ: Mapping[str, str]) -> None:
        """Set the `folder` that contains the visitors' folders.

        If None, a visit leaves no files.
        """
        self._folder = folder
        self._environ = environ

    @property
    def come_again(self) -> bool:
        """Whether returning visitors find their bookmarks again."""
        return self._folder is not None

    @contextmanager
    def home(self, visitor: str) -> Iterator[Path]:
        """Yield the folder of a visitor, for one visit. Raises `OSError`."""
        if self._folder is not None:
            folder_name = hashlib.sha256(visitor.encode("ascii")).hexdigest()[:32]
            yield private_folder(self._folder / folder_name)
            return
        with temporary_folder("visitor", "visit in a browser") as folder:
            yield folder

    def environment(self, home: Path, width: int, height: int) -> dict[str, str]:
        """Return a room's environment variables, which set its folders and screen."""
        inherited_variables = {
            variable_name: variable_value
            for variable_name, variable_value in self._environ.items()
            if variable_name.upper() in _HANDED_ON or variable_name.startswith("LC_")
        }
        return {
            **inherited_variables,
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

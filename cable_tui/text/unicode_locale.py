"""Whether the terminal of an environment shows more than ASCII, as its locale says."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from cable_tui import operating_system

_COERCED = frozenset(("C.UTF-8", "C.utf8", "UTF-8"))
"""What Python puts into LC_CTYPE where the locale is C (PEP 538)."""
_CONSOLES = ("linux", "screen.linux", "tmux.linux")
"""Terminals whose font has 256 or 512 signs, whatever the locale says: the console of Linux."""


def needs_ascii(environ: Mapping[str, str], *, platform: str = "") -> bool:
    """Whether the terminal of an environment may lack our signs.

    What the locale says counts, as for other programs of the terminal: LC_ALL before LC_CTYPE
    before LANG, the first that is not empty; where none is set the locale is C. What Python says
    does not count: in the locale C it takes UTF-8 for itself, and the terminal knows nothing of it.
    Consoles of Windows and terminals of macOS have Unicode unless a locale says otherwise.
    `platform` is the system's name; without one it is this system.
    """
    if environ.get("TEXTUAL_DRIVER"):  # drawn in a browser
        return False
    if environ.get("TERM", "") in _CONSOLES:
        return True
    names = [environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if not names[0] and names[1] in _COERCED and _is_coerced(environ):
        names[1] = ""
    said = next(filter(None, names), "")
    if not said:
        return (platform or operating_system.PLATFORM) not in {"win32", "darwin"}
    codeset = said.partition("@")[0].rpartition(".")[2].replace("-", "").casefold()
    return codeset != "utf8" and not _is_utf8(said)


def _is_coerced(environ: Mapping[str, str]) -> bool:
    """Whether Python itself has set LC_CTYPE: then it is in UTF-8 mode without being asked to."""
    asked = "PYTHONUTF8" in environ or "utf8" in sys._xoptions
    return bool(sys.flags.utf8_mode) and not asked


def _is_utf8(name: str) -> bool:
    """Whether a locale whose name has no codeset (`ne_NP`) is one of UTF-8, as the system says."""
    import locale  # only for a locale that does not say it itself

    if name in {"C", "POSIX"}:
        return False
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
        return locale.nl_langinfo(locale.CODESET).replace("-", "").casefold() == "utf8"
    except (AttributeError, locale.Error):  # Windows has no `nl_langinfo`; it is not installed
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, before)

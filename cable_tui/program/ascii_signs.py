"""Signs of ASCII for our own signs, for a terminal that lacks them, and which terminals do.

Each replacement is one cell wide, as the sign is, so nothing moves. The room's sanitiser replaces
them on the way to the terminal, and no widget has to know; so does what the command line prints on
a terminal. Letters are unchanged, also those with accents: this is about drawing.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping

from cable_tui import operating_system

SIGNS = {
    pair[0]: pair[1]
    for pair in r"""
    ·. •* …~ ¶P ★* ☆* ✓v ✎n ✗x ⌕/ ●# ○o ■# ░: ▒x □? ▌> ▸> ▹> ▾v ▴^ ▶> ▼v ▲^ ◀< →> ←< ↑^ ↓v ↵< ⇧^
    ⏎< ‹< ›> «< »> “" ”" „" ‘' ’' –- —- −- ×x §S °o ≠! ≈~ ⚠!
    """.split()
} | {"\N{REPLACEMENT CHARACTER}": "?"}
"""Our own signs, each with its replacement: pairs."""


def _drawn(code: int) -> str:
    """Return the replacement of one of Unicode's box-drawing or block characters."""
    name = unicodedata.name(chr(code), "")
    if code >= 0x2580:  # blocks: a bar is as dark as it is high
        return "|" if "LEFT" in name or "RIGHT" in name else "." if "LIGHT SHADE" in name else "#"
    if "DIAGONAL" in name:
        return "X" if "CROSS" in name else "/" if "UPPER RIGHT TO LOWER LEFT" in name else "\\"
    is_flat, upright = "HORIZONTAL" in name, "VERTICAL" in name
    if is_flat and not upright:
        return "-"
    if upright and not is_flat:
        return "|"
    if not (is_flat or upright):
        edges = [word for word in ("LEFT", "RIGHT", "UP", "DOWN") if word in name]
        if set(edges) <= {"LEFT", "RIGHT"}:
            return "-"
        if set(edges) <= {"UP", "DOWN"}:
            return "|"
    return "+"


ASCII: dict[int, str] = {
    **{code: _drawn(code) for code in range(0x2500, 0x25A0)},
    **dict.fromkeys(range(10240, 10496), "*"),
    **{ord(sign): replacement for sign, replacement in SIGNS.items()},
    # Bars: the higher, the darker.
    **dict(zip(range(0x2581, 0x2589), "_.:-=+*#", strict=True)),
    # Control pictures, which are shown for control characters of a text.
    **dict.fromkeys(range(0x2400, 0x2427), "?"),
}
"""Replacements of signs by ASCII, for `str.translate`."""


_COERCED = frozenset(("C.UTF-8", "C.utf8", "UTF-8"))
"""The values that Python puts into LC_CTYPE if the locale is C (PEP 538)."""
_CONSOLES = ("linux", "screen.linux", "tmux.linux")
"""Terminals whose font has only 256 or 512 characters, such as the console of Linux."""


def needs_ascii(environ: Mapping[str, str], *, platform: str = "") -> bool:
    """Return whether the terminal of an environment may lack our signs.

    What the locale says counts, as for other programs of the terminal: LC_ALL before LC_CTYPE
    before LANG, the first that is not empty; if none is set the locale is C. Python's own setting
    does not count: in the locale C it uses UTF-8, which the terminal may not. Consoles of Windows
    and terminals of macOS have Unicode unless a locale says otherwise. `platform` is the system's
    name; without one it is this system.
    """
    if environ.get("TEXTUAL_DRIVER"):  # drawn in a browser
        return False
    if environ.get("TERM", "") in _CONSOLES:
        return True
    names = [environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    asked_for_utf8 = "PYTHONUTF8" in environ or "utf8" in sys._xoptions
    if not names[0] and names[1] in _COERCED and sys.flags.utf8_mode and not asked_for_utf8:
        names[1] = ""  # set by Python itself
    locale = next(filter(None, names), "")
    if not locale:
        return (platform or operating_system.PLATFORM) not in {"win32", "darwin"}
    codeset = locale.partition("@")[0].rpartition(".")[2].replace("-", "").casefold()
    return codeset != "utf8" and not _is_utf8(locale)


def _is_utf8(name: str) -> bool:
    """Ask the system whether a locale without a codeset in its name (`ne_NP`) uses UTF-8."""
    import locale  # only for a locale that does not say it itself

    if name in {"C", "POSIX"}:
        return False
    locale_before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
        return locale.nl_langinfo(locale.CODESET).replace("-", "").casefold() == "utf8"
    except (AttributeError, locale.Error):  # Windows has no `nl_langinfo`; it is not installed
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, locale_before)

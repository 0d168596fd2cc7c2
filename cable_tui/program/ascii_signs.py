"""ASCII replacements for the program's symbols, and which terminals need them.

Each replacement is one cell wide, like the symbol, so the layout does not change. The room's
sanitiser replaces symbols on the way to the terminal, so no widget needs to know; command output on
a terminal is replaced in the same way. Letters are unchanged, even letters with accents; only
drawing symbols are replaced.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping

from cable_tui import operating_system

SIGNS = {
    pair[0]: pair[1]
    for pair in r"""
    ·. •* …~ ¶P ★* ☆* ✓v ✎n ✗x ⌕/ ●# ○o ■# ░: ▒x ▓% □? ▌> ▸> ▹> ▾v ▴^ ▶> ▼v ▲^ ◀< →> ←< ↑^ ↓v ↵< ⇧^
    ⏎< ‹< ›> «< »> “" ”" „" ‘' ’' –- —- −- ×x §S °o ≠! ≈~ ⚠! ▪+ ¹1 ²2 ³3 ⁴4 ⁵5 ⁶6 ⁷7 ⁸8 ⁹9 ⁺+
    """.split()
} | {"\N{REPLACEMENT CHARACTER}": "?"}
"""The program's symbols, each with its replacement."""


def _drawn(code: int) -> str:
    """Return the replacement for a Unicode box-drawing or block character."""
    character_name = unicodedata.name(chr(code), "")
    if code >= 0x2580:  # blocks: a bar is as dark as it is high
        return (
            "|"
            if "LEFT" in character_name or "RIGHT" in character_name
            else "."
            if "LIGHT SHADE" in character_name
            else "#"
        )
    if "DIAGONAL" in character_name:
        return (
            "X"
            if "CROSS" in character_name
            else "/"
            if "UPPER RIGHT TO LOWER LEFT" in character_name
            else "\\"
        )
    is_flat, upright = "HORIZONTAL" in character_name, "VERTICAL" in character_name
    if is_flat and not upright:
        return "-"
    if upright and not is_flat:
        return "|"
    if not (is_flat or upright):
        edge_words = [word for word in ("LEFT", "RIGHT", "UP", "DOWN") if word in character_name]
        if set(edge_words) <= {"LEFT", "RIGHT"}:
            return "-"
        if set(edge_words) <= {"UP", "DOWN"}:
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
"""The ASCII replacements of symbols, for `str.translate`."""


_COERCED = frozenset(("C.UTF-8", "C.utf8", "UTF-8"))
"""The values that Python sets in LC_CTYPE if the locale is C (PEP 538)."""
_CONSOLES = ("linux", "screen.linux", "tmux.linux")
"""The terminals whose font has only 256 or 512 characters, such as the Linux console."""


def needs_ascii(environ: Mapping[str, str], *, platform: str = "") -> bool:
    """Return whether the terminal of an environment may lack the program's symbols.

    The locale decides, as for other terminal programs: the first of LC_ALL, LC_CTYPE and LANG that
    is not empty; if none is set, the locale is C. Python's own setting does not count: in the C
    locale Python uses UTF-8, which the terminal may not support. Windows consoles and macOS
    terminals have Unicode unless a locale says otherwise. `platform` is the system's name, by
    default this system's.
    """
    if environ.get("TEXTUAL_DRIVER"):  # drawn in a browser
        return False
    if environ.get("TERM", "") in _CONSOLES:
        return True
    locale_names = [environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    asked_for_utf8 = "PYTHONUTF8" in environ or "utf8" in sys._xoptions
    if (
        not locale_names[0]
        and locale_names[1] in _COERCED
        and sys.flags.utf8_mode
        and not asked_for_utf8
    ):
        locale_names[1] = ""  # set by Python itself
    locale_name = next(filter(None, locale_names), "")
    if not locale_name:
        return (platform or operating_system.PLATFORM) not in {"win32", "darwin"}
    codeset = locale_name.partition("@")[0].rpartition(".")[2].replace("-", "").casefold()
    return codeset != "utf8" and not _is_utf8(locale_name)


def _is_utf8(locale_name: str) -> bool:
    """Return whether a locale without a codeset in its name, such as `ne_NP`, uses UTF-8."""
    import locale  # only for a locale that does not say it itself

    if locale_name in {"C", "POSIX"}:
        return False
    previous_locale = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, locale_name)
        return locale.nl_langinfo(locale.CODESET).replace("-", "").casefold() == "utf8"
    except (AttributeError, locale.Error):  # Windows has no `nl_langinfo`; it is not installed
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, previous_locale)

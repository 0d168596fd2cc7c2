"""Signs of ASCII for our own signs, for a terminal that lacks them.

Each replacement is one cell wide, as the sign is, so nothing moves. The room's sanitiser replaces
them on the way to the terminal, and no widget has to know; so does what the command line prints on
a terminal. Letters stay what they are, also those with accents: this is about drawing.
"""

from __future__ import annotations

import unicodedata

SIGNS = {
    "·": ".",
    "•": "*",
    "…": "~",
    "¶": "P",
    "★": "*",
    "☆": "*",
    "✓": "v",
    "✎": "n",
    "✗": "x",
    "⌕": "/",
    "●": "#",
    "○": "o",
    "■": "#",
    "░": ":",
    "▒": "x",
    "□": "?",
    "▌": ">",
    "▸": ">",
    "▹": ">",
    "▾": "v",
    "▴": "^",
    "▶": ">",
    "▼": "v",
    "▲": "^",
    "◀": "<",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "↵": "<",
    "⇧": "^",
    "⏎": "<",
    "‹": "<",
    "›": ">",
    "«": "<",
    "»": ">",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "§": "S",
    "°": "o",
    "≠": "!",
    "≈": "~",
    "⚠": "!",
    "\N{REPLACEMENT CHARACTER}": "?",
}
"""Each of our own signs, and its replacement."""


def _drawn(code: int) -> str:
    """The replacement of one of Unicode's box-drawing or block characters."""
    name = unicodedata.name(chr(code), "")
    if code >= 0x2580:  # blocks: a bar is as dark as it is high
        return "|" if "LEFT" in name or "RIGHT" in name else "." if "LIGHT SHADE" in name else "#"
    if "DIAGONAL" in name:
        return "X" if "CROSS" in name else "/" if "UPPER RIGHT TO LOWER LEFT" in name else "\\"
    flat, upright = "HORIZONTAL" in name, "VERTICAL" in name
    if flat and not upright:
        return "-"
    if upright and not flat:
        return "|"
    if not (flat or upright):
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
"""For `str.translate`."""

"""Action and info addressees of a header: format lines 7 to 9.

`TO RUEHC/SECSTATE WASHDC PRIORITY 8289`, `INFO ZEN/AMEMBASSY RIGA`, `XMT AMEMBASSY TRIPOLI`, with a
slash in the manual's own example (5 FAH-2 H-321.9): `XMT/AMEMBASSY SOFIA`.
"""

from __future__ import annotations

from cable_tui.cable import Addressee
from cable_tui.pattern import pattern
from cable_tui.value import replace

_WORDS = {word: word for word in ("NIACT IMMEDIATE", "FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")}
_WORDS["NIACT"] = "NIACT IMMEDIATE"
_ROUTE = pattern(r"(?P<route>R[A-Z]{3,8}|ZEN)[ ]?/[ ]{0,2}(?=\S)")
_MCN = pattern(
    r"(?:[ ](?P<mcn>[0-9]{3,5}(?:[ ]?-[ ]?[0-9]{3,5})?)"
    r"|(?<=IATE|RITY|TINE|LASH)[ ](?P<short>[0-9]{1,2}))$"
)
_PRECEDENCE = pattern(
    r"(?:^|[ ])(?P<word>NIACT[ ]IMMEDIATE|NIACT|FLASH|IMMEDIATE|PRIORITY|ROUTINE)$"
)
_GROUP_COUNT = pattern(r"[ ](?:GRNC|GR[ ]?[0-9]{1,4})$")
_EXEMPT = pattern(r"XMT(?:[ ]?[/:]|[ ]|$)[ ]{0,4}")
_COLLECTIVE = pattern(r"\b(?:COLLECTIVE|POSTS|EMBASSIES|CONSULATES|PROGRAM)\b")
_LONGEST = 300
"""Characters of one addressee; the longest seen has 80."""


def is_collective(one: Addressee) -> bool:
    """Whether an addressee stands for several that are not named."""
    return _COLLECTIVE.search(one.name) is not None


def addressee(line: str) -> Addressee | None:
    """The addressee of a line without its TO or INFO; None where it names nobody."""
    text = " ".join(line[:_LONGEST].split())
    text = _GROUP_COUNT.sub("", text)
    route = None
    if found := _ROUTE.match(text):
        route = found["route"]
        text = text[found.end() :]
    text, mcn = _cut_number(text)
    precedence = None
    if found := _PRECEDENCE.search(text):
        precedence = _WORDS[found["word"]]
        text = text[: found.start()]
        if mcn is None:
            text, mcn = _cut_number(text)
    name = text.strip(" ,;")
    if not any(map(str.isalpha, name)):
        return None
    return Addressee(route, name, precedence, mcn)


def _cut_number(text: str) -> tuple[str, str | None]:
    found = _MCN.search(text)
    if found is None:
        return text, None
    return text[: found.start()], (found["mcn"] or found["short"]).replace(" ", "")


class Addressees:
    """Collects the addressees of TO or of INFO, line by line, in their order."""

    def __init__(self) -> None:
        self._found: list[Addressee] = []
        self._excluded: list[list[str]] = []
        self._exempting = False
        """An XMT line was read: lines without a route name further members that are exempt."""
        self._collective: int | None = None
        self._searched = 0

    def line(self, text: str) -> None:
        """Take in one line without its label."""
        exempt = _EXEMPT.match(text) if text.startswith("XMT") else None
        if exempt:
            if not self._found:
                return
            self._exempting = True
            text = text[exempt.end() :]
        found = addressee(text)
        if found is None:
            return
        plain = found.route is None and found.precedence is None
        if exempt is not None or (self._exempting and plain):
            self._excluded[self._exempting_from()].append(found.name)
            return
        self._exempting = False
        self._found.append(found)
        self._excluded.append([])

    def _exempting_from(self) -> int:
        """The last addressee that has members to exempt; the last one where none says so."""
        for at in range(self._searched, len(self._found)):
            if is_collective(self._found[at]):
                self._collective = at
        self._searched = len(self._found)
        return len(self._found) - 1 if self._collective is None else self._collective

    def all(self) -> tuple[Addressee, ...]:
        """What was read."""
        pairs = zip(self._found, self._excluded, strict=True)
        return tuple(
            replace(found, excluded=tuple(names)) if names else found for found, names in pairs
        )

"""The transmission header, the middle box of a page: format lines 1 to 9 of 5 FAH-2 H-320.

Reads the usual telegram (`VZCZC...`), ACP-126 (date-time group first), the distribution blocks and
page lines of older and departmental copies, print-outs with the telegram further down, and partial
extracts. No function raises an error: if a text is not a header, only the text is kept.

Addressees are `TO RUEHC/SECSTATE WASHDC PRIORITY 8289`, `INFO ZEN/AMEMBASSY RIGA`, and exempt
addressees `XMT AMEMBASSY TRIPOLI`, with a slash in the manual's own example (5 FAH-2 H-321.9):
`XMT/AMEMBASSY SOFIA`. All spellings of a post are reduced to one name; other addressees are kept as
printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from cable_tui.base.cable import Addressee, Header, Originator
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.glossary import posts
from cable_tui.telegram.addressed_posts import addressed_posts, repaired
from cable_tui.telegram.times import TIME_GROUP

_LONGEST = 40_000
"""The maximum number of characters of a header to read; the longest known header has 2,400."""
_PARTIAL = "This record is a partial extract of the original cable"
_WORD_OF = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
_RANK = ("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")

_TRANSMISSION = pattern(r"(VZCZC[A-Z]{2,4}[0-9]{1,5})\b")
_ROUTING = pattern(r"(ZZ|OO|PP|RR)[ ]{1,4}R[A-Z]{3,8}\b")
_ORIGINATOR = pattern(
    r"DE[ ]{1,3}(?P<route>R[A-Z]{2,9})[ ]{0,3}#[ ]?(?P<serial>[0-9]{1,5})"
    r"(?:/(?P<section>[0-9]{1,3}))?"
    r"(?:[ ]{1,3}(?P<day>[0-9]{3})(?P<time>[0-9]{4})\b)?"
)
_SECURITY = pattern(r"ZN[RY][ ]{1,3}([UCSTERMA])\1{4}\b")
_GROUP_LINE = pattern(
    rf"(?P<precedences>(?:[ZOPR0]{{1,2}}[ ]{{1,4}}){{0,3}}){TIME_GROUP}", re.IGNORECASE
)
_FROM = pattern(r"FM[ ]{1,4}(?=\S)")
_LIST = pattern(r"(?P<list>T[O0]|INF[O0])(?:[ ]{1,10}|$)")
"""A label of addressees; scans may have a zero for the letter O."""

_LISTS_OF_OFFICES = ("ACTION", "INFO", "ORIGIN")
_DISTRIBUTION = pattern(r"(?:ACTION|INFO|ORIGIN)[ ]{1,4}[A-Z/]{1,6}-[0-9]{2}(?![0-9])")
_MORE_DISTRIBUTION = pattern(
    r"(?:(?:INFO|ACTION|ORIGIN|[A-Z/]{1,6}-[0-9]{2}|/?[0-9]{3}[A-Z]{1,2})(?:[ ]{1,20}|$)){1,20}$"
)
_PAGE = pattern(r"(?P<list>(?:TO|INFO|FM)[ ]{1,4})?PAGE[ ]{1,3}[0-9]{2}\b")
_SEPARATOR = pattern(r"-{6,80}[ ]?[0-9A-F]{6}\b|-{6,80}$")
_CLASS_ALONE = pattern(
    r"(?:UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE"
    r"|C O N F I D E N T I A L|S E C R E T|U N C L A S S I F I E D)"
    r"(?:[ ]{0,2}//?[ ]?[A-Z ]{2,30})?"
    r"(?:[ ]{1,20}[A-Z]{3}[0-9]{4}|[ ]{1,10}[A-Z .]{2,24}?[ ]{1,10}[0-9]{5,8})?$"
)
_END = pattern(r"(?:BT|NNNN|#[0-9]{4})$")
_BREAKS = pattern(
    r"[ ](?=(?:DE R[A-Z]{3,8} #[0-9]{4}|ZN[RY] ([UCSTE])\1{4} |(?:[ZOPR] ){1,2}[0-9]{6}Z [A-Z]{3} "
    r"|FM (?:AM|SEC|US)|TO (?:R[A-Z]{3,8}/|SECSTATE|AM(?:EMB|CON))"
    r"|INFO (?:R[A-Z]{3,8}/|AM(?:EMB|CON))"
    r"|R[A-Z]{3,8}/[A-Z]))"
)
"""A pattern for the beginnings of lines in a header whose line breaks were lost."""


class _Reading:
    """The parts of a header that have been read so far."""

    def __init__(self, sender: str | None = None) -> None:
        self.transmission_id: str | None = None
        self.routed: str | None = None
        self.originator: Originator | None = None
        self.security: str | None = None
        self.group: str | None = None
        self.precedences: tuple[str, ...] = ()
        self.sender = sender
        """The sender as printed, or None until a line after the transmission lines has been read.
        """
        self.distribution: list[str] = []
        self.to = Addressees()
        self.info = Addressees()
        self.current: Addressees | None = None


def parse(text: str) -> Header:
    """Parse a header; its `text` keeps the offsets, the line breaks and any noise."""
    reading = _read(text, _Reading())
    precedences = reading.precedences or ((reading.routed,) if reading.routed else ())
    return Header(
        text=text,
        transmission_id=reading.transmission_id,
        precedence=min(precedences, key=_RANK.index, default=None),
        precedences=precedences,
        security=reading.security,
        date_time_group=reading.group,
        distribution=tuple(reading.distribution),
        originator=reading.originator,
        sender=reading.sender,
        to=reading.to.all(),
        info=reading.info.all(),
        partial=_PARTIAL in text,
    )


def addressees(text: str) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
    """Return the action and info addressees of a header, in half the time of a full `parse`."""
    reading = _read(text, _Reading(sender=""))
    return reading.to.all(), reading.info.all()


def _read(text: str, reading: _Reading) -> _Reading:
    header_lines = _lines(text[:_LONGEST])
    first_line = _start(header_lines)
    for line in header_lines[:first_line]:
        _take_distribution(reading, line)
    for line in header_lines[first_line:]:
        if line and not _take(reading, line):
            break
    return reading


def _lines(header_text: str) -> list[str]:
    header_text = header_text.strip()
    if "\n" not in header_text and len(header_text) > 60:
        header_text = _BREAKS.sub("\n", header_text)
    return [line.strip(" \t\\") for line in header_text.replace("\t", " ").split("\n")]


def _start(lines: list[str]) -> int:
    """Return the line at which the telegram begins, since a print-out may have a page before it."""
    for line_index, line in enumerate(lines):
        if _TRANSMISSION.match(line):
            return line_index
    for line_index, line in enumerate(lines):
        if _GROUP_LINE.match(line) or _FROM.match(line):
            return line_index
    for line_index, line in enumerate(lines):
        if _LIST.match(line) and not _DISTRIBUTION.match(line) and len(line) > 6:
            return line_index
    return len(lines)


def _take_distribution(reading: _Reading, line: str) -> bool:
    """Read a line of offices that received a copy; return False for any other line.

    Each ACTION, INFO or ORIGIN block becomes one line.
    """
    if line.startswith(_LISTS_OF_OFFICES) and _DISTRIBUTION.match(line):
        reading.distribution.append(" ".join(line.split()))
        return True
    if reading.distribution and _MORE_DISTRIBUTION.match(line):
        reading.distribution[-1] += " " + " ".join(line.split())
        return True
    return False


def _take(reading: _Reading, line: str) -> bool:
    """Read one line; return False at the end of the header."""
    first_letter = line[0]  # most lines are known by it: far cheaper than a pattern
    is_usual_line = first_letter == "R" and "/" in line[4:10] and not reading.distribution
    if is_usual_line and reading.current is not None:
        # A usual addressee, `RUEHRB/AMEMBASSY RABAT`: no other rule is for it.
        reading.current.line(line)
        return True
    if first_letter in "BN#" and _END.match(line):
        return reading.current is None
    page_match = _PAGE.match(line) if "PAGE" in line else None
    if page_match:
        line = (page_match["list"] or "").strip()
    says_nothing = first_letter == "-" and _SEPARATOR.match(line)
    if not line or says_nothing or (first_letter in "UCSTL" and _CLASS_ALONE.match(line)):
        return True
    if _take_address(reading, line) or _take_distribution(reading, line):
        return True
    if reading.current is not None:
        reading.current.line(line)
    elif reading.sender is None:
        _take_transmission(reading, line)
    return True


def _take_address(reading: _Reading, line: str) -> bool:
    if line[0] == "F" and (match := _FROM.match(line)):
        if reading.sender is None:
            sender = " ".join(line[match.end() :].split())
            reading.sender = repaired(sender) or sender
        return True
    match = _LIST.match(line) if line[0] in "TI" else None
    if match is None or _DISTRIBUTION.match(line):
        return False
    reading.current = reading.to if match["list"][0] == "T" else reading.info
    reading.current.line(line[match.end() :])
    return True


def _take_transmission(reading: _Reading, line: str) -> None:
    first_letter = line[0]
    if first_letter == "V":
        if match := _TRANSMISSION.match(line):
            reading.transmission_id = reading.transmission_id or match[1]
    elif first_letter == "D":
        if match := _ORIGINATOR.match(line):
            reading.originator = reading.originator or _originator(match)
    elif first_letter == "Z" and _SECURITY.match(line):
        reading.security = reading.security or " ".join(line.split())
    elif match := _GROUP_LINE.match(line):
        if reading.group is None:
            precedence_letters = match["precedences"].upper().replace("0", "O").split()
            precedence_words = (_WORD_OF[letter[0]] for letter in precedence_letters)
            reading.precedences = tuple(dict.fromkeys(precedence_words))
            day, clock, month, year = match["day"], match["time"], match["month"], match["year"]
            reading.group = f"{day}{clock}Z {month.upper()} {year}"
    elif reading.routed is None and (match := _ROUTING.match(line)):
        reading.routed = _WORD_OF[match[1][0]]


def _originator(match: re.Match[str]) -> Originator:
    route, serial_digits, section, day, time = match.groups()
    return Originator(
        route=route,
        serial=int(serial_digits),
        section=int(section) if section else None,
        day=int(day) if day else None,
        time=time,
    )


_WORDS = {word: word for word in ("NIACT IMMEDIATE", "FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")}
_WORDS["NIACT"] = "NIACT IMMEDIATE"
_ROUTE = pattern(
    r"(?P<route>R[A-Z]{3,8}|ZEN)[ ]?/[ ]{0,2}(?=\S)"
    r"|(?P<glued>R[A-Z]{4,6}?)(?=AM(?:EMBASSY|CONSUL)[ ])"
)
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
_LONGEST_ADDRESSEE = 300
"""The maximum number of characters of one addressee; the longest known addressee has 80."""


def is_collective(name: str) -> bool:
    """Return whether an addressee denotes several offices that are not listed."""
    return _COLLECTIVE.search(name) is not None


def addressees_of_line(line: str) -> tuple[Addressee, ...]:
    """Return the addressees on a line without its TO or INFO: there may be none or several."""
    return _addressees_of_line(line[:_LONGEST_ADDRESSEE])


@lru_cache(maxsize=1 << 12)
def _addressees_of_line(line: str) -> tuple[Addressee, ...]:
    """Return the addressees, cached, because an archive's posts write to the same few thousand."""
    remaining_line = " ".join(line.split())
    remaining_line = _GROUP_COUNT.sub("", remaining_line)
    route = None
    if match := _ROUTE.match(remaining_line):
        route = match["route"] or match["glued"]
        remaining_line = remaining_line[match.end() :]
    remaining_line, mcn = _cut_number(remaining_line)
    precedence = None
    if match := _PRECEDENCE.search(remaining_line):
        precedence = _WORDS[match["word"]]
        remaining_line = remaining_line[: match.start()]
        if mcn is None:
            remaining_line, mcn = _cut_number(remaining_line)
    addressee_name = remaining_line.strip(" ,;")
    if not any(map(str.isalpha, addressee_name)):
        return ()
    line_posts = addressed_posts(route, addressee_name)
    if len(line_posts) == 1 and not line_posts[0].reading:
        return (Addressee(route, addressee_name, precedence, mcn),)
    # The number at the end of a line belongs to the post before it, as its route does not.
    last_index = len(line_posts) - 1
    return tuple(
        Addressee(
            None if post.reading == "line" else route,
            post.name,
            precedence,
            mcn if post_index == last_index else None,
            reading=post.reading,
        )
        for post_index, post in enumerate(line_posts)
    )


def _cut_number(text: str) -> tuple[str, str | None]:
    match = _MCN.search(text)
    if match is None:
        return text, None
    return text[: match.start()], (match["mcn"] or match["short"]).replace(" ", "")


class Addressees:
    """Collects the addressees of TO or of INFO, line by line, in text order."""

    def __init__(self) -> None:
        self._found: list[tuple[Addressee, list[str]]] = []
        """The addressees, each with its exempt members."""
        self._exempting = False
        """Whether an XMT line was read: the following lines without a route exempt further members.
        """
        self._collective: int | None = None
        self._searched = 0

    def line(self, text: str) -> None:
        """Add one line without its label."""
        exempt_match = _EXEMPT.match(text) if text.startswith("XMT") else None
        if exempt_match:
            if not self._found:
                return
            self._exempting = True
            text = text[exempt_match.end() :]
        for addressee in addressees_of_line(text):
            is_plain = (
                addressee.route is None and addressee.precedence is None and not addressee.reading
            )
            if exempt_match is not None or (self._exempting and is_plain):
                self._found[self._exempting_from()][1].append(addressee.name)
                continue
            self._exempting = False
            self._found.append((addressee, []))

    def _exempting_from(self) -> int:
        """Return the index of the last collective addressee, or else of the last addressee."""
        for addressee_index in range(self._searched, len(self._found)):
            if is_collective(self._found[addressee_index][0].name):
                self._collective = addressee_index
        self._searched = len(self._found)
        return len(self._found) - 1 if self._collective is None else self._collective

    def all(self) -> tuple[Addressee, ...]:
        """Return the addressees that have been read."""
        return tuple(
            replace(addressee, excluded=tuple(exempt_names)) if exempt_names else addressee
            for addressee, exempt_names in self._found
        )


# Who an addressee is

_IN_WASHINGTON = pattern(r"[ ](?:WASHINGTON|WASH)[ ]?D[.]?[ ]?C[.]?$")
_DEPARTMENT = pattern(r"^DEPARTMENT[ ]OF(?=[ ])")
_A_POST = pattern(
    r"AM(?:EMB|CO[MN]S|CONGEN)|\b(?:EMB|EMBASSY|CONSULATE|CONGEN|LEGATION|S[A-Z]{0,3}STATE)\b"
    r"|\bUS[ ]?(?:MISSION|INT|LO|OFFICE|LIAISON OFFICE)\b",
    re.IGNORECASE,
)
Kind = Literal["post", "collective", "as printed", "not known"]
"""The kind of an addressee. `as printed`: an office other than a post, such as `CIA WASHDC`, which
is counted twice if it has two spellings. `not known`: a post that the name does not identify.
"""


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand
def office(name: str) -> str:
    """Return the name of an addressee: a post's name as an origin, or the printed name.

    `AMEMBASSY RABAT` becomes `Embassy Rabat`. The desk (`//J-3//`) is removed, and the spellings of
    Washington are unified.
    """
    printed_name = " ".join(name.split())
    printed_name = printed_name.split("//", 1)[0].rstrip(" ,;/") or printed_name
    if is_collective(printed_name):
        return printed_name
    if post := posts.post_addressed(printed_name):
        return post
    return _DEPARTMENT.sub("DEPT OF", _IN_WASHINGTON.sub(" WASHDC", printed_name))


def kind_of(named: str) -> Kind:
    """Return the kind of an addressee by the name that `office` returned."""
    if is_collective(named):
        return "collective"
    if posts.is_post(named):
        return "post"
    return "not known" if _A_POST.search(named) else "as printed"


def offices(addressees: Iterable[Addressee]) -> tuple[str, ...]:
    """Return the names of addressees, without duplicates."""
    return tuple(dict.fromkeys(office(addressee.name) for addressee in addressees))

"""Documents of a printed edition as historians name them: `FRUS, 1955-1957, vol. XVII, doc. 89`.

All of it is in the id of the volume, `frus1955-57v17`, by the rules of its publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.pattern import pattern

_ID = pattern(r"frus(?P<first>\d{4})(?:-(?P<last>\d{2,4}))?(?P<rest>[A-Za-z0-9]*)/d(?P<number>\w+)")
_PART = pattern(
    r"ve(?P<electronic>\d+)|v(?P<volume>\d+)|p(?P<part>\d+)|mSupp(?P<fiche>)|Supp(?P<supplement>\d*)"
    r"|[Aa]pp(?P<appendix>\d*)|Ed(?P<edition>\d+)|(?P<name>[A-Z][A-Za-z]*?)(?=v\d|p\d|Supp|Ed\d|$)"
)
_NAMES = {
    "Guat": "Guatemala",
    "Intel": "The Intelligence Community",
    "IntelCom": "The Intelligence Community",
    "PubDip": "Public Diplomacy",
    "Paris": "The Paris Peace Conference",
}
_CAPITAL = pattern(r"(?<=[a-z])(?=[A-Z])")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"))
_ORDINALS = {"1": "1st", "2": "2nd", "3": "3rd"}


def printed_place(reference_id: str) -> str:
    """Volume and document of an id such as `frus1955-57v17/d89`; other ids stay as they are."""
    found = _ID.fullmatch(reference_id)
    if found is None:
        return reference_id
    first, last = found["first"], found["last"]
    years = f"{first}-{first[: 4 - len(last)]}{last}" if last else first
    return ", ".join(("FRUS", years, *_parts(found["rest"]), f"doc. {found['number'].lstrip('0')}"))


def _parts(rest: str) -> Iterator[str]:
    at = 0
    while at < len(rest):
        found = _PART.match(rest, at)
        if found is None or found.end() == at:
            yield rest[at:]
            return
        yield _part(found)
        at = found.end()


def _part(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    value = found[kind]
    words = {
        "electronic": f"vol. E-{value.lstrip('0')}",
        "volume": f"vol. {roman(int(value)) if value.isdigit() else ''}",
        "part": f"pt. {value.lstrip('0')}",
        "fiche": "microfiche supplement",
        "supplement": f"supp. {value.lstrip('0')}".rstrip(),
        "appendix": "appendix" if not value else f"app. {value}",
        "edition": f"{_ORDINALS.get(value, f'{value}th')} ed.",
        "name": _NAMES.get(value, _CAPITAL.sub(" ", value)),
    }
    return words[kind]


def roman(number: int) -> str:
    """A number below 400 in Roman numerals: `XVII`."""
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text + ("IV" if number == 4 else "I" * number)

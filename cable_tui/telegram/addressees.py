"""Who an addressee is: a post by one name, however it is written; all else as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from cable_tui.cable import Addressee
from cable_tui.glossary import posts
from cable_tui.pattern import pattern
from cable_tui.telegram.header import is_collective

_IN_WASHINGTON = pattern(r"[ ](?:WASHINGTON|WASH)[ ]?D[.]?[ ]?C[.]?$")
_DEPARTMENT = pattern(r"^DEPARTMENT[ ]OF(?=[ ])")
_A_POST = pattern(
    r"AM(?:EMB|CO[MN]S|CONGEN)|\b(?:EMB|EMBASSY|CONSULATE|CONGEN|LEGATION|S[A-Z]{0,3}STATE)\b"
    r"|\bUS[ ]?(?:MISSION|INT|LO|OFFICE|LIAISON OFFICE)\b",
    re.IGNORECASE,
)
Kind = Literal["post", "collective", "as printed", "not known"]
"""What an addressee is. `as printed`: an office that is no post, such as `CIA WASHDC`, which counts
twice where it is written in two ways. `not known`: a post, but the name does not say which."""


@lru_cache(maxsize=1 << 14)  # an archive has a few thousand
def office(name: str) -> str:
    """Who an addressee is: a post by the name that it has as an origin, else as it is printed.

    `AMEMBASSY RABAT` is `Embassy Rabat`. Without the desk (`//J-3//`) and in one spelling of
    Washington.
    """
    printed = " ".join(name.split())
    printed = printed.split("//", 1)[0].rstrip(" ,;/") or printed
    if is_collective(printed):
        return printed
    if post := posts.post_addressed(printed):
        return post
    return _DEPARTMENT.sub("DEPT OF", _IN_WASHINGTON.sub(" WASHDC", printed))


def kind_of(named: str) -> Kind:
    """What kind of addressee `office` has named."""
    if is_collective(named):
        return "collective"
    if posts.is_post(named):
        return "post"
    return "not known" if _A_POST.search(named) else "as printed"


def offices(addressees: Iterable[Addressee]) -> tuple[str, ...]:
    """Who some addressees are, each once."""
    return tuple(dict.fromkeys(office(each.name) for each in addressees))

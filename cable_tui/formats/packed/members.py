"""The files in an archive of any kind: listed, and opened one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cable_tui.formats.packed import seven_zip, tar_members, zip_members
from cable_tui.formats.packed.member import Member, Trouble, is_inside, tidy, unreadable

_LISTS = {"zip": zip_members.listed, "tar": tar_members.listed, "7z": seven_zip.listed}


def listed(file: BinaryIO, kind: str) -> Iterator[Member | Trouble]:
    """The files in an archive, each with a name of its own, and what is wrong with it.

    A name that leads outside is left out; of several files with one name the later ones get a
    number behind it. Raises `OSError` where the archive cannot be read at all.
    """
    outside: list[str] = []
    numbers: dict[str, int] = {}
    for item in _LISTS[kind](file):
        if isinstance(item, Trouble):
            yield item
        elif not is_inside(name := tidy(item.name)):
            outside.append(item.name)
        else:
            unique, number = name, numbers.get(name, 0)
            while unique in numbers:
                number += 1
                unique = f"{name}~{number}"
            numbers[name] = max(number, 1)
            numbers.setdefault(unique, 1)
            yield item._replace(name=unique)
    if outside:
        reason = f"names in it are empty or lead outside of the {kind}"
        yield Trouble(f"{reason}: the first is {outside[0]!r}", len(outside))


def open_member(file: BinaryIO, kind: str, member: Member) -> BinaryIO:
    """A member as a file of its own, which closes `file`. Raises `OSError`."""
    if member.refused:
        raise unreadable(member.refused)
    if kind == "zip":
        return zip_members.open_member(file, member)
    if kind == "tar":
        return tar_members.open_member(file, member)
    return seven_zip.open_member(file, member)

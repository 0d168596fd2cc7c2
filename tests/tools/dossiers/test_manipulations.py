"""Whatever is done to a dossier is found, or is one of what `docs/sealed.md` says is not.

Who wants others to read something else changes the file (`FILES`); or members, and makes all
digests and the seal again; or makes the page again as well, with this program. Only the last leaves
something that nothing in the file contradicts. `TABLE` says what of it.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.tools.dossiers.checking import check
from cable_tui.tools.dossiers.zip_file import COMMENT, DIGITS, SealedZip
from tests.tools.dossiers.reseal import (
    MANIFEST,
    PAGE,
    Change,
    Members,
    edited,
    members_of,
    moment_of,
    remade,
    replaced,
    resealed,
    with_seal,
    write,
)

DATA_FOLDER = Path(__file__).parents[2] / "data"
GOLDEN = DATA_FOLDER / "dossier-renderer-1" / "whole.zip"
OTHER = DATA_FOLDER / "dossier-renderer-1" / "paragraphs.zip"
ONE, TWO, THREE = (
    f"cables/0000{number}-{name}.json"
    for number, name in enumerate(("07SANTORIEL45", "06PORTAMBER131", "04SANTORIEL88"), 1)
)
BIB, NOTES, MARKS, PLACES = "citations.bib", "citations.txt", "marks.json", "places.json"
ROWS = (DATA_FOLDER / "dossier-manipulations.csv").read_text("utf-8").splitlines()[1:]
TABLE = list(csv.reader(ROWS))
MEMBERS = (ONE, TWO, THREE, PLACES, MARKS, "log.json", NOTES, BIB, "log.txt", PAGE, MANIFEST)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(GOLDEN, tmp_path / "dossier.zip"))


def reasons(file: Path) -> list[str]:
    return [f"{each.member}: {each.reason}" for each in check(file).faults]


# The file, and its seal made again where a case says so.


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off at its beginning": (lambda d: d[1:], "its bytes do not match its checksum"),
    "cut off at its end": (lambda d: d[:-1], "it does not end with its checksum: something"),
    "bytes after it": (lambda d: d + b"\n", "it does not end with its checksum: something"),
    "the seal of another": (lambda d: d[:-DIGITS] + OTHER.read_bytes()[-DIGITS:], "its bytes"),
    "another comment": (
        lambda d: with_seal(d.replace(COMMENT, COMMENT.upper())),
        "it does not end with its checksum: something",
    ),
    "bytes before it": (lambda d: with_seal(b"MZ" + d), "does not follow the previous member"),
    "two zips in one file": (lambda d: with_seal(d + d), "does not follow the previous member"),
    "another name of a member": (
        lambda d: with_seal(d.replace(b"marks.j", b"Marks.j")),
        "Marks.json: was added",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_not_made_as_dossiers_are_is_found(file: Path, case: str) -> None:
    change, reason = FILES[case]
    file.write_bytes(change(file.read_bytes()))
    found = reasons(file)
    assert any(reason in each for each in found), found


def test_no_byte_of_a_header_can_be_changed(file: Path) -> None:
    """Those of a member, of the directory, and of the end, with the seal made again."""
    data = file.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    start = data.index(b"PK\x01\x02")
    entry = range(start, start + 46 + len(ONE))
    for at in (*range(30 + len(ONE)), *entry, *range(end, end + 22)):
        for bit in (1, 128):
            changed = bytearray(data)
            changed[at] ^= bit
            file.write_bytes(with_seal(changed))
            assert reasons(file), at


def hole(after: str) -> Callable[[SealedZip, str], None]:
    """A byte that belongs to no member, all offsets made right."""

    def also(made: SealedZip, name: str) -> None:
        made._zip.start_dir += name == after

    return also


def with_field(field: str) -> Callable[[SealedZip, str], None]:
    def also(made: SealedZip, name: str) -> None:
        if name == MARKS:
            setattr(made._zip.filelist[-1], field, b"\x99\x99\x04\x00Lies")

    return also


@pytest.mark.parametrize(
    ("also", "reason"),
    [
        (hole(""), "does not follow the previous member"),
        (hole(ONE), "does not follow the previous member"),
        (hole(MANIFEST), "it contains bytes that belong to no member, or wrong"),
        (with_field("extra"), "marks.json: has unexpected remarks"),
        (with_field("comment"), "marks.json: has unexpected remarks"),
    ],
    ids=["a byte before it", "between members", "before the directory", "extra", "remark"],
)
def test_what_belongs_to_no_member_is_found(
    file: Path, also: Callable[[SealedZip, str], None], reason: str
) -> None:
    members = members_of(file)
    write(file, members, moment_of(members), also)
    assert any(reason in each for each in reasons(file))


def test_another_time_of_the_members_is_found(file: Path) -> None:
    write(file, members_of(file), "2020-01-01T00:00:00Z")
    assert any("its time differs from the dossier's" in each for each in reasons(file))


# Members, with all digests and the seal made again: what they say is all that can contradict it.


CHANGES: dict[str, Callable[[Members, str], Any]] = {
    "dropped": lambda members, name: members.pop(name),
    "renamed": lambda members, name: members.update({name.upper(): members.pop(name)}),
    "longer": lambda members, name: members.update({name: members[name] + b"\n"}),
    "of another": lambda members, name: members.update({name: members_of(OTHER)[name]}),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", MEMBERS[:-1])
def test_no_member_can_be_changed_alone(file: Path, name: str, change: str) -> None:
    before = members_of(file)
    resealed(file, lambda members: CHANGES[change](members, name))
    same = before == {**members_of(file), MANIFEST: before[MANIFEST]}
    assert bool(reasons(file)) is not same


@pytest.mark.parametrize(("one", "other"), [*pairwise(MEMBERS[:-1])])
def test_no_two_members_can_be_swapped(file: Path, one: str, other: str) -> None:
    resealed(file, lambda own: own.update({one: own[other], other: own[one]}))
    assert reasons(file)


def test_without_a_change_it_can_be_sealed_and_made_again(file: Path) -> None:
    assert reasons(resealed(file, lambda members: None)) == []
    assert reasons(remade(file, lambda members: None)) == []
    assert members_of(file)[PAGE] == members_of(GOLDEN)[PAGE]


def put(name: str, place: str, new: str) -> Change:
    """A value of a JSON member, changed; on the page, words."""
    if name == PAGE:
        return replaced(name, place, new)
    *above, last = (int(each) if each.isdecimal() else each for each in place.split("."))

    def change(value: Any) -> None:
        for each in above:
            value = value[each]
        value[last] = json.loads(new)

    return edited(name, change)


@pytest.mark.parametrize("words", TABLE, ids=lambda words: f"{words[1]}, {words[0]}")
def test_what_was_changed_alone_is_found(file: Path, words: list[str]) -> None:
    _, name, place, new, _ = words
    found = reasons(resealed(file, put(name, place, new)))
    assert found
    if name == PAGE:
        (only,) = found
        assert only.startswith("index.html: it contains “")
        assert ", but the data give “" in only


@pytest.mark.parametrize("words", TABLE, ids=lambda words: f"{words[1]}, {words[0]}")
def test_what_was_changed_with_all_else_made_again_is_found_or_named(
    file: Path, words: list[str]
) -> None:
    _, name, place, new, reason = words
    before = check(file).seal.sha256
    try:
        remade(file, put(name, place, new))
    except UsageError:  # no page can be made of it
        resealed(file, put(name, place, new))
    found = reasons(file)
    if name == PAGE:
        assert (found, members_of(file)[PAGE]) == ([], members_of(GOLDEN)[PAGE])
    elif reason.startswith("not covered: "):
        assert found == []
        assert check(file).seal.sha256 != before
    else:
        assert any(reason in each for each in found), found


@pytest.mark.parametrize("old", ['"author": "ada"', '"day": "'])
def test_a_name_with_two_values_is_found(file: Path, old: str) -> None:
    """Some programs read the first value, this one reads the last."""
    name = next(name for name in (MARKS, TWO) if old.encode() in members_of(file)[name])
    twice = replaced(name, old, f'{old.partition(":")[0]}: "Lies", {old}')
    assert any("two values with the same name" in each for each in reasons(resealed(file, twice)))


# Whatever a member holds, the answer is faults and nothing else.

WORDS = (
    *("<", ">", "&", '"', "{", "}", "[", "]", "null", "0", "-1", "¶", "¶4", "\n", "\\", "\0"),
    *("<p>", "</p>", "<mark>", "</section>", "{link}", "9" * 400, "e" * 70_000, "1e999", "\ud7ff"),
)


@pytest.mark.parametrize("name", MEMBERS)
def test_noise_in_a_member_that_was_sealed_again_is_answered(file: Path, name: str) -> None:
    noise = random.Random(name)
    changed = file.with_name("changed.zip")
    for _ in range(8):

        def change(members: Members) -> None:
            text = members[name].decode()
            for _ in range(noise.randrange(1, 4)):
                at = noise.randrange(len(text))
                text = text[:at] + noise.choice(WORDS) + text[at + noise.randrange(9) :]
            members[name] = text.encode()

        try:
            resealed(file, change, changed)
        except ValueError:  # the manifest is no JSON any more: `test_checking` has that
            continue
        check(changed)

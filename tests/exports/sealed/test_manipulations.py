"""Whatever is done to a dossier is found, or is one of what `docs/sealed.md` says is not.

Who wants others to read something else changes the file (`FILES`); or members, and makes all
digests and the seal again; or makes the page again as well, with this program. Only the last leaves
something that nothing in the file contradicts. `TABLE` says what of it.
"""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cable_tui.errors import UsageError
from cable_tui.exports.sealed.checking import check
from cable_tui.exports.sealed.zip_file import DIGITS, MARK
from tests.exports.sealed.reseal import (
    MANIFEST,
    PAGE,
    Change,
    Members,
    edited,
    members_of,
    remade,
    replaced,
    resealed,
    with_seal,
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


def again(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: with_seal(change(data))


def repacked(
    pack: Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], Any],
) -> Callable[[bytes], bytes]:
    """The members written again in their order, each by `pack`."""

    def change(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(each, archive.read(each)) for each in archive.infolist()]
        found = io.BytesIO()
        with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
            for info, content in members:
                made = zipfile.ZipInfo(info.filename, info.date_time)
                made.compress_type = zipfile.ZIP_DEFLATED
                made.create_system, made.external_attr = info.create_system, info.external_attr
                pack(archive, made, content)
            archive.comment = MARK + b"0" * DIGITS
        return with_seal(found.getvalue())

    return change


def with_info(**fields: Any) -> Callable[[bytes], bytes]:
    def pack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
        for name, value in fields.items() if info.filename == MARKS else ():
            setattr(info, name, value)
        archive.writestr(info, content, compresslevel=9)

    return repacked(pack)


def shifted(where: Callable[[bytes], int], put: bytes) -> Callable[[bytes], bytes]:
    """Bytes put in before the directory or a member, all offsets made right."""

    def change(data: bytes) -> bytes:
        at, start = where(data), directory_of(data)
        end = data.rindex(b"PK\x05\x06")
        changed = bytearray(data[:at] + put + data[at:])
        struct.pack_into("<L", changed, end + len(put) + 16, start + len(put))
        entry = start + len(put)
        while changed[entry : entry + 4] == b"PK\x01\x02":
            offset = struct.unpack_from("<L", changed, entry + 42)[0]
            struct.pack_into("<L", changed, entry + 42, offset + len(put) * (offset >= at))
            entry += 46 + sum(struct.unpack_from("<HHH", changed, entry + 28))
        return with_seal(bytes(changed))

    return change


def directory_of(data: bytes) -> int:
    found: int = struct.unpack_from("<L", data, data.rindex(b"PK\x05\x06") + 16)[0]
    return found


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a byte of a member": (lambda d: d[:99] + bytes([d[99] ^ 1]) + d[100:], "its bytes are not"),
    "a byte of the directory": (lambda d: d[:-500] + b"\0" + d[-499:], "its bytes are not"),
    "cut off at its beginning": (lambda d: d[1:], "its bytes are not"),
    "cut off at its end": (lambda d: d[:-1], "it does not end as"),
    "bytes after it": (lambda d: d + b"\n", "it does not end as"),
    "another digit of the seal": (lambda d: d[:-1] + bytes([d[-1] ^ 1]), "its bytes are"),
    "capital digits": (lambda d: d[:-DIGITS] + d[-DIGITS:].upper(), "it does not end as"),
    "the seal of another": (lambda d: d[:-DIGITS] + OTHER.read_bytes()[-DIGITS:], "its bytes"),
    "another comment": (again(lambda d: d.replace(MARK, MARK.upper())), "it does not end as"),
    "the comment of older ones": (
        again(lambda d: d.replace(MARK, b"cable-tui sealed dossier;".ljust(len(MARK)))),
        "it does not end as",
    ),
    "before it": (again(lambda d: b"MZ" + d), "is not where"),
    "before it, offsets right": (shifted(lambda d: 0, b"MZ"), "is not where"),
    "between members": (shifted(lambda d: d.index(b"PK\x03\x04", 9), b"\0"), "is not where"),
    "before the directory": (shifted(directory_of, b"\0"), "belong to no"),
    "two zips in one file": (again(lambda d: d + d), "is not where"),
    "name in the header": (again(lambda d: d.replace(b"marks", b"Marks", 1)), "marks.json"),
    "name in both": (again(lambda d: d.replace(b"marks.j", b"Marks.j")), "Marks.json: was added"),
    "time in both": (with_info(date_time=(2020, 1, 1, 0, 0, 0)), "its time is not that of"),
    "extra field": (with_info(extra=b"\x99\x99\x04\x00Lies"), "marks.json: has remarks"),
    "remark of a member": (with_info(comment=b"Lies"), "marks.json: has remarks"),
    "not packed": (with_info(compress_type=zipfile.ZIP_STORED), "marks.json: packed in a way"),
    "unpacks to a bomb": (
        repacked(lambda z, i, c: z.writestr(i, bytes(2 << 20) if i.filename == MARKS else c)),
        "unpacks to more than",
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
    headers = (range(30 + len(ONE)), range(directory_of(data), directory_of(data) + 46 + len(ONE)))
    for at in (*headers[0], *headers[1], *range(end, end + 22)):
        for bit in (1, 128):
            changed = bytearray(data)
            changed[at] ^= bit
            file.write_bytes(with_seal(changed))
            assert reasons(file), at


@pytest.mark.parametrize("level", [0, 1])
def test_other_compression_is_the_same_dossier_with_another_seal(file: Path, level: int) -> None:
    """It differs between versions of zlib, so that nothing can be compared with it."""
    before = check(file).seal.sha256
    packed = repacked(lambda z, i, c: z.writestr(i, c, compresslevel=level))
    file.write_bytes(packed(file.read_bytes()))
    assert reasons(file) == []
    assert check(file).seal.sha256 != before


# Members, with all digests and the seal made again: what they say is all that can contradict it.


def dropped(name: str) -> Change:
    return lambda members: members.pop(name)


def renamed(name: str) -> Change:
    return lambda members: members.update({name.upper(): members.pop(name)})


def longer(name: str) -> Change:
    return lambda members: members.update({name: members[name] + b"\n"})


def of_another(name: str) -> Change:
    return lambda members: members.update({name: members_of(OTHER)[name]})


def swapped(one: str, other: str) -> Change:
    return lambda members: members.update({one: members[other], other: members[one]})


@pytest.mark.parametrize("change", [dropped, renamed, longer, of_another])
@pytest.mark.parametrize("name", [name for name in MEMBERS if name != MANIFEST])
def test_no_member_can_be_changed_alone(
    file: Path, name: str, change: Callable[[str], Change]
) -> None:
    before = members_of(file)
    resealed(file, change(name))
    same = before == {**members_of(file), MANIFEST: before[MANIFEST]}
    assert bool(reasons(file)) is not same


@pytest.mark.parametrize("place", range(len(MEMBERS) - 2))
def test_no_two_members_can_be_swapped(file: Path, place: int) -> None:
    resealed(file, swapped(*MEMBERS[place : place + 2]))
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
        assert only.startswith("index.html: it has “")
        assert ", and the data give “" in only


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
    assert any("two values of one name" in each for each in reasons(resealed(file, twice)))


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

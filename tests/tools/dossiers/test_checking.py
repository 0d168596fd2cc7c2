"""Whatever was changed of a dossier is said; what is made to do harm is refused in a sentence.

What can be done to members and to the file is in `test_manipulations`.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import LibraryError, UsageError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.lists import once
from cable_tui.library import Mark
from cable_tui.library.bundles import Bundle
from cable_tui.library.mark import fingerprint
from cable_tui.tools.dossiers import checking, manifest
from cable_tui.tools.dossiers.checking import CheckedDossier, check, in_words
from cable_tui.tools.dossiers.zip_file import COMMENT, DIGITS
from tests.formats.samples import DATA
from tests.tool_cases import ByteReaders, file_of
from tests.tools.dossiers.reseal import members_of, moment_of, with_seal, write
from tests.tools.dossiers.sample import SEALING, mark, place, sealed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return sealed(tmp_path)[1]


def reasons(checked: CheckedDossier) -> list[str]:
    return [f"{each.member}: {each.reason}" for each in checked.faults]


def test_a_dossier_is_unchanged_until_it_is_changed(file: Path) -> None:
    found = check(file)
    assert found.faults == ()
    data = file.read_bytes()
    assert found.seal.sha256 == hashlib.sha256(data[:-64]).hexdigest() == data[-64:].decode()
    assert found.seal.file_sha256 == hashlib.sha256(data).hexdigest()
    assert in_words(found) == ("matches its own checksum; its own date is 2009-02-13 23:31:30 UTC")


def test_a_manifest_that_is_none_is_a_fault(file: Path) -> None:
    own = members_of(file)
    write(file, {**own, "manifest.json": b"[" * 100_000}, moment_of(own))
    found = check(file)
    assert found.manifest is None
    assert "manifest.json cannot be understood" in reasons(found)[0]
    assert in_words(found) == "matches its own checksum, but CONTRADICTS ITSELF: 1 problem"


# What is made to do harm.


def crafted(file: Path, write: Callable[[zipfile.ZipFile], Any]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
        archive.comment = COMMENT + b"0" * DIGITS
    file.write_bytes(with_seal(file.read_bytes()))


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda z: z.writestr("manifest.json", bytes(2 << 20)), "unpacks to more than 200 times"),
        (
            lambda z: [z.writestr(name, "{}") for name in ("../../manifest.json", "manifest.json")],
            "manifest.json cannot be understood",
        ),
        (
            lambda z: z.writestr("manifest.json", "{}", zipfile.ZIP_BZIP2),
            ": compressed with an unknown method",
        ),
        (
            lambda z: z.writestr("manifest.json", "{}", zipfile.ZIP_STORED),
            ": compressed with an unknown method",
        ),
        (lambda z: None, "manifest.json is missing"),
        (
            lambda z: [z.writestr(f"cables/{n}", b"") for n in range(manifest.MOST_MEMBERS + 1)],
            "it has more than 10,050 members",
        ),
    ],
    ids=["bomb", "outside", "bzip2", "not packed", "empty", "many"],
)
def test_a_zip_that_is_made_to_do_harm_is_refused_in_a_sentence(
    tmp_path: Path, write: Callable[[zipfile.ZipFile], Any], reason: str
) -> None:
    file = tmp_path / "evil.zip"
    crafted(file, write)
    assert reason in reasons(check(file))[0]
    assert list(tmp_path.iterdir()) == [file]


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "evil.zip"
    with pytest.warns(UserWarning, match="Duplicate"):
        crafted(file, lambda z: [*map(z.writestr, ["manifest.json"] * 2, ("{}", "[]"))])
    assert "two of its members are called manifest.json" in reasons(check(file))[0]


def test_a_long_directory_is_not_read_whatever_number_its_end_names(tmp_path: Path) -> None:
    file = tmp_path / "evil.zip"
    crafted(file, lambda z: z.writestr("x" * 60_000, b""))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(40):
            archive.writestr(f"{number:02}" + "x" * 60_000, b"")
    data = bytearray(file.read_bytes())
    at = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, 1, 1)
    file.write_bytes(with_seal(data))
    assert "it has more than 10,050 members" in reasons(check(file))[0]


def test_a_zip_whose_true_numbers_stand_elsewhere_is_refused(file: Path) -> None:
    """As one of more than 4 GiB has them, in a record of its own and where that is."""
    data = file.read_bytes()
    at = data.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack_from("<HLL", data, at + 10)
    record = struct.pack(
        "<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    file.write_bytes(with_seal(data[:at] + record + locator + data[at:]))
    assert zipfile.is_zipfile(file)
    assert "it has more than 10,050 members" in reasons(check(file))[0]


@pytest.mark.parametrize("name", ["/etc/passwd", "cables/../../x", "C:\\x", "cables/\x1b[2J"])
def test_a_name_is_compared_and_never_used(tmp_path: Path, file: Path, name: str) -> None:
    own = members_of(file)
    write(file, {**own, name: b"{}"}, moment_of(own))
    (fault,) = check(file).faults
    assert fault.reason == "was added: it is not in the manifest"
    assert fault.member.isprintable()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + bytes(18), b"PK\x05\x06" * 9]
)
def test_what_never_was_a_dossier_is_a_wrong_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(content)
    with pytest.raises(UsageError, match="is not a verifiable dossier:"):
        check(file)


def test_a_folder_and_no_file_are_wrong_files(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "a folder"), (tmp_path / "absent.zip", "no such file")):
        with pytest.raises(UsageError, match=reason):
            check(path)


def test_members_that_name_each_other_too_often_are_refused(
    file: Path,
) -> None:
    """Ten thousand places could each have a cable of ten megabytes."""
    found = reasons(check(file, readings=(1, 0)))
    assert any("its members refer to each other too many times" in each for each in found)


ONE, FIRST, SECOND = "09RABAT27", "1", "2"
MOVED = "the bookmarked text is now in ¶1"


def noted(label: str, text: str, caution: str = "") -> Citation:
    note = Note(text, "ada", "2026-01-02T03:04:05Z")
    return replace(place(ONE, label), notes=(note,), caution=caution)


A, B = mark(ONE, FIRST, "a"), mark(ONE, SECOND, "bb")
C, LINES = replace(A, note="cc", uid="c" * 16), "x\n  y <b>\n\n& z \\ {link}"
# Marked as ¶2 when the text of ¶1 stood there. That of ¶1 has a masked name: no fingerprint.
SHIFTED = replace(
    mark(ONE, SECOND, "was two"), fingerprint=fingerprint(place(ONE, FIRST).paragraphs[0].text)
)
CASES: dict[str, tuple[Sequence[Mark], Sequence[Citation]]] = {
    "one": ([A], [noted(FIRST, "a")]),
    "two of one cable": ([A, B], [noted(FIRST, "a"), noted(SECOND, "bb")]),
    "reverse the order": ([B, A], [noted(SECOND, "bb"), noted(FIRST, "a")]),
    "two at one place": ([A, C], [noted(FIRST, "a"), noted(FIRST, "cc")]),
    "two at one place of a query": ([A, C], once([noted(FIRST, "a"), noted(FIRST, "cc")])),
    "a query without bookmarks": ([], [place(name) for name in ("09RABAT28", ONE)]),
    "moved": ([SHIFTED, B], [noted(FIRST, "was two", MOVED), noted(SECOND, "bb")]),
    "without a note": ([mark(ONE, FIRST)], [place(ONE, FIRST)]),
    "a bookmark without a place of its own": ([A, B], [noted(FIRST, "a")]),
    "a note of several lines": ([replace(A, note=LINES)], [noted(FIRST, LINES)]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("reveal", [False, True])
def test_places_and_bookmarks_that_agree_are_no_fault(
    tmp_path: Path, case: str, reveal: bool
) -> None:
    marks, places = CASES[case]
    bundle = Bundle(tuple(marks), {"L": [each.uid for each in marks]})
    _, file = sealed(tmp_path, replace(SEALING, bundle=bundle, reveal=reveal), places)
    assert check(file).faults == ()
    assert members_of(file)["index.html"].count(b'<p class="note">') == sum(
        bool(each.note) for each in marks
    )


def _dossier(data: bytes) -> None:
    """A sealed dossier, checked; its marks are read unchecked too."""
    with file_of(data) as place:
        with suppress(UsageError):
            checking.check(place)
        with suppress(UsageError, LibraryError):
            checking.unchecked_marks_of(place)


CASE = ByteReaders(
    {
        "dossiers": (
            _dossier,
            lambda: (file.read_bytes() for file in sorted((DATA / "sealed-0.1.0").iterdir())),
        )
    }
)

"""The file of a dossier: the same bytes each time, and not one of them changed unnoticed."""

from __future__ import annotations

import hashlib
import time
import zipfile
from pathlib import Path

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.tools.dossiers.zip_file import SealedZip, is_sealed, moment, seal_of

THEN = time.gmtime(1_234_567_890)
MEMBERS = {"cables/1.json": "{}\n", "ünd.txt": "grüße\n" * 50}


def made(folder: Path, then: time.struct_time = THEN) -> Path:
    sealed = SealedZip(then)
    for name, text in MEMBERS.items():
        sealed.add(name, [text])
    file = folder / "dossier.zip"
    file.write_bytes(b"".join(sealed.pieces()))
    assert sealed.seal == hashlib.sha256(file.read_bytes()[:-64]).hexdigest()
    return file


def test_any_program_reads_its_members_and_its_comment(tmp_path: Path) -> None:
    with zipfile.ZipFile(made(tmp_path)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name).decode() for name in archive.namelist()} == MEMBERS
        assert archive.comment.startswith(b"cable-tui verifiable dossier")
        assert {each.date_time for each in archive.infolist()} == {(2009, 2, 13, 23, 31, 30)}


def test_a_published_number_is_the_seal_or_that_of_the_whole_file(tmp_path: Path) -> None:
    """Until November 2026 the seal that was said was the SHA-256 of the whole file."""
    file = made(tmp_path)
    data = file.read_bytes()
    seal = seal_of(file)
    assert seal.matched(data[-64:].decode()) == "seal"
    assert seal.matched(hashlib.sha256(data).hexdigest()) == "file"
    assert seal.matched(hashlib.sha256(b"").hexdigest()) is None


def test_no_byte_can_be_changed_unnoticed(tmp_path: Path) -> None:
    file = made(tmp_path)
    data = file.read_bytes()
    assert is_sealed(file)
    assert seal_of(file).holds
    for at in range(len(data)):
        for bit in (1, 32):  # 32 makes a capital of a small letter
            changed = bytearray(data)
            changed[at] ^= bit
            file.write_bytes(changed)
            assert not seal_of(file).holds, at


def test_another_zip_is_not_sealed(tmp_path: Path) -> None:
    file = tmp_path / "plain.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    assert not is_sealed(file)
    assert not is_sealed(tmp_path / "absent.zip")


def test_the_time_is_now_or_what_a_build_says() -> None:
    assert moment(0.0, "")[:3] == (1970, 1, 1)
    assert moment(0.0, "1234567890")[:5] == (2009, 2, 13, 23, 31)
    assert moment(0.0, "4354819199")[:6] == (2107, 12, 31, 23, 59, 59)


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "-1", "4354819200", "9" * 5000])
def test_a_build_says_a_time_that_a_zip_can_have(epoch: str) -> None:
    with pytest.raises(UsageError, match=f"from 0 to 4354819199, not {epoch}"):
        moment(0.0, epoch)


def test_a_clock_after_the_last_year_of_zips_is_said() -> None:
    with pytest.raises(UsageError, match="the clock is at 4354819200"):
        moment(4354819200.0, "")


def test_the_last_time_of_zips_is_written(tmp_path: Path) -> None:
    with zipfile.ZipFile(made(tmp_path, moment(0.0, "4354819199"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(2107, 12, 31, 23, 59, 58)}


def test_a_time_before_zips_is_their_first_day(tmp_path: Path) -> None:
    with zipfile.ZipFile(made(tmp_path, time.gmtime(0))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

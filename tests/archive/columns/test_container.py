"""Byte strings in one file: back as they were, or not at all."""

import os
from functools import partialmethod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.columns import container
from tests.operating_system.systems import OpenElsewhere

HEAD = {"stamp": [1, "little"], "values": [["Embassy Räbat", True]]}


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_parts_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    file = tmp_path_factory.mktemp("parts") / "some.parts"
    container.write(file, HEAD, parts)
    found = container.read(file)
    assert found is not None
    assert found[0] == HEAD
    assert [bytes(part) for part in found[1]] == parts


def test_a_missing_file_holds_nothing(tmp_path: Path) -> None:
    assert container.read(tmp_path / "none.parts") is None


def test_whatever_is_damaged_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "some.parts"
    container.write(file, HEAD, [b"one", b"", b"three"])
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert container.read(file) is None
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert container.read(file) is None


def test_a_file_is_replaced_and_for_its_user_only(tmp_path: Path) -> None:
    file = tmp_path / "some.parts"
    container.write(file, {}, [b"old"])
    container.write(file, {}, [b"new"])
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]
    found = container.read(file)
    assert found is not None
    assert found[1] == [b"new"]


def test_an_older_file_that_a_reader_has_open_goes_another_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for generation in (1, 2, 3):
        container.write(tmp_path / f"facets-{generation}.parts", {}, [b"old"])
    refused = OpenElsewhere(1, os.unlink)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", partialmethod(refused))
        container.save(tmp_path, ("facets", 4), lambda: ({}, [b"new"]))
    assert refused.calls == 3
    container.save(tmp_path, ("facets", 4), lambda: ({}, [b"new"]))
    assert [each.name for each in container.files(tmp_path)] == ["facets-4.parts"]

"""The file that says where a reader was: whole or not there, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.program import last_position
from cable_tui.program.last_position import LastPosition, SavedHistoryEntry, Window

HERE = SavedHistoryEntry("tag:KTIP lamps sort:created", 41, "09RABAT27", 2, 10, 3)
WHOLE = LastPosition(
    HERE,
    (SavedHistoryEntry(), HERE),
    Window(1795578, 30, (7, 5, 3), 228),
    zoomed=True,
    looked_at=1_795_578_000,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return last_position.file_of(tmp_path / "state", "0123abcd")


def test_a_trail_comes_back_as_it_was_written(file: Path) -> None:
    last_position.write(file, WHOLE)
    assert last_position.read(file) == (WHOLE, "")
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in file.parent.iterdir()] == ["0123abcd.json"]


def test_a_reader_who_was_nowhere_has_no_trail_and_one_is_forgotten_once(file: Path) -> None:
    assert last_position.read(file) == (None, "")
    last_position.write(file, WHOLE)
    assert last_position.forget(file)
    assert not last_position.forget(file)
    assert last_position.read(file) == (None, "")


def test_the_newest_five_hundred_places_are_kept(file: Path) -> None:
    last_position.write(
        file, LastPosition(past=tuple(SavedHistoryEntry(at=number) for number in range(600)))
    )
    found, _ = last_position.read(file)
    assert found is not None
    assert [spot.at for spot in found.past] == list(range(100, 600))


WRONG = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"{", id="torn"),
    pytest.param(b"\xff\xfe", id="no text"),
    pytest.param(b"[1, 2]", id="a list"),
    pytest.param(b"{}", id="no version"),
    pytest.param(b"[" * 100_000, id="deep"),
    pytest.param(json.dumps({"version": 99}).encode(), id="newer"),
]


@pytest.mark.parametrize("content", WRONG)
def test_a_damaged_trail_is_said_and_ignored(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    found, said = last_position.read(file)
    assert found is None
    assert "damaged" in said
    last_position.write(file, WHOLE)
    assert last_position.read(file) == (WHOLE, "")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("here", "at"), -1),
        (("here", "at"), 1.5),
        (("here", "at"), True),
        (("here", "text"), 3),
        (("here", "index"), "2"),
        (("here", "cable"), None),
        (("window", "ids"), [1, "2"]),
        (("window", "ids"), [0]),
        (("window", "generation"), None),
        (("past",), [{}]),
        (("past",), 3),
    ],
)
def test_a_value_of_another_kind_is_damage(
    file: Path, place: tuple[str, ...], value: object
) -> None:
    last_position.write(file, WHOLE)
    content = json.loads(file.read_text(encoding="utf-8"))
    inner = content
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    file.write_text(json.dumps(content), encoding="utf-8")
    found, said = last_position.read(file)
    assert found is None
    assert said


@given(st.binary(max_size=300))
def test_any_bytes_are_a_trail_or_damage(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("trail") / "a.json"
    file.write_bytes(content)
    assert last_position.read(file)[0] is None


@given(
    st.builds(
        SavedHistoryEntry,
        text=st.text(st.characters(codec=None, exclude_categories=()), max_size=20),
        at=st.integers(0, 10**9),
        index=st.none() | st.integers(0, 1000),
    )
)
def test_any_text_of_the_bar_comes_back(
    tmp_path_factory: pytest.TempPathFactory, spot: SavedHistoryEntry
) -> None:
    file = tmp_path_factory.mktemp("trail") / "a.json"
    last_position.write(file, LastPosition(spot))
    assert last_position.read(file) == (LastPosition(spot), "")


def test_what_cannot_be_written_leaves_the_one_before(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_position.write(file, WHOLE)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(last_position, "write_private", full)
        with pytest.raises(OSError, match="No space"):
            last_position.write(file, LastPosition())
    assert last_position.read(file) == (WHOLE, "")
    assert len(list(file.parent.iterdir())) == 1


def test_a_query_of_an_older_program_comes_back_as_it_was_meant(file: Path) -> None:
    last_position.write(file, LastPosition(SavedHistoryEntry("has:tag has:subject")))
    found, _ = last_position.read(file)
    assert found is not None
    assert found.here.text == "(has:tag or has:subject)"

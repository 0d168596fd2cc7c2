"""Exchanges by a folder: whatever breaks off or is lost, all have the same in the end."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark
from cable_tui.library.mark_rows import SameNoteError
from cable_tui.operating_system import files
from cable_tui.tools.sharing import event_file, sharing
from cable_tui.tools.sharing import events as sharing_events
from cable_tui.tools.sharing.exchange import (
    Exchanged,
    Limits,
    SyncReport,
    exchange,
    follow,
    open_target,
)
from cable_tui.tools.sharing.folder import FolderTarget
from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.sharing import Sharing, sharing_of
from cable_tui.tools.sharing.target import TargetError
from tests.tools.sharing.readers import Reader


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    made = FolderTarget(str(tmp_path / "shared"))
    made.init()
    return made


def on_one_disk(patch: pytest.MonkeyPatch) -> None:
    """Let a copy of a library look like the library that it was copied from."""
    patch.setattr(sharing, "_home", lambda _: "the same disk")


def reader(folder: Path, author: str) -> Library:
    return Library(folder / f"{author}.sqlite", author=author)


def share(target: FolderTarget, *libraries: Library) -> None:
    """Let one after the other exchange."""
    for each in libraries:
        exchange(each, target)


def bookmark(number: int, note: str = "") -> Mark:
    return Mark(f"09POST{number}", f"09POST{number}", note=note)


def notes(library: Library) -> list[str]:
    return sorted(mark.note for mark in library.marks())


def test_what_one_leaves_the_other_finds(tmp_path: Path, target: FolderTarget) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.put([bookmark(1, "ask")], "story")
    assert exchange(mara, target) == Exchanged(sent=3, taken=0)
    assert exchange(tom, target) == Exchanged(sent=0, taken=3)
    assert exchange(tom, target) == exchange(mara, target) == Exchanged()
    assert tom.bundle() == mara.bundle()
    # Nobody writes another's file.
    assert len(list(target.folder.glob("marks-*"))) == 1


def test_a_note_that_is_too_long_to_leave_is_named_each_time(
    tmp_path: Path, target: FolderTarget
) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.add_all([bookmark(1, "a" * 131_073), bookmark(2, "short")])
    for _ in range(2):
        (said,) = exchange(mara, target).notices
        assert (
            "the note on 09POST1 has more than 131,072 characters and stays on this machine" in said
        )
    exchange(tom, target)
    assert notes(tom) == ["short"]
    mara.note(mara.marks()[0], "b" * 131_072)
    assert exchange(mara, target).notices == ()
    exchange(tom, target)
    assert notes(tom) == ["b" * 131_072, "short"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_who_may_only_read_takes_all_and_is_told_that_nothing_leaves(
    tmp_path: Path, target: FolderTarget, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.add(bookmark(1, "of mara"))
    exchange(mara, target)
    tom.add(bookmark(2, "of tom"))

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(event_file, "append", refuse)
        done = exchange(tom, target)
        assert replace(done, notices=()) == Exchanged(sent=0, taken=1, unsent=1, read_only=True)
        (said,) = done.notices
        assert "you can only read there. Your changes are kept on this machine" in said
        assert notes(tom) == ["of mara", "of tom"]
    # Once the folder may be written to, what waited leaves.
    assert exchange(tom, target) == Exchanged(sent=1)
    exchange(mara, target)
    assert notes(mara) == ["of mara", "of tom"]


def test_what_left_before_the_target_refuses_is_counted_and_so_is_what_stays(
    tmp_path: Path, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara = reader(tmp_path, "mara")
    mara.add_all([bookmark(number) for number in range(5)])
    left = iter((event_file.append,))

    def append(*given: Any) -> Any:
        try:
            return next(left)(*given)
        except StopIteration:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None

    with monkeypatch.context() as patch:
        patch.setattr(event_file, "append", append)
        done = exchange(mara, target, Limits(sent_at_once=2))
        assert (done.sent, done.unsent, done.read_only, len(done.notices)) == (2, 3, True, 1)
    assert exchange(mara, target) == Exchanged(sent=3)


def test_private_lists_read_signs_and_the_log_never_leave(
    tmp_path: Path, target: FolderTarget
) -> None:
    mara = reader(tmp_path, "mara")
    mara.lists.set_private("secret story", on=True)
    mara.put([bookmark(1, "informant")], "secret story")
    mara.put([bookmark(2, "open")], "story")
    mara.put([mara.marks()[1]], "secret story")
    mara.add(bookmark(3, "wrong words"))
    mara.note(mara.marks()[-1], "right words")
    mara.read_cables.add(["09READ1"])
    exchange(mara, target)
    mara.lists.drop("secret story")
    exchange(mara, target)
    told = b"".join(file.read_bytes() for file in target.folder.iterdir())
    assert b"open" in told
    assert b"right words" in told
    for secret in (b"secret", b"informant", b"09POST1", b"09READ1", b"wrong words"):
        assert secret not in told


def test_a_list_that_becomes_private_takes_nothing_from_others(
    tmp_path: Path, target: FolderTarget
) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.put([bookmark(1, "first"), bookmark(2)], "story")
    share(target, mara, tom)
    before = tom.bundle()
    assert mara.lists.known_to_others("story") == 2
    mara.lists.set_private("story", on=True)
    mara.put([bookmark(3)], "story")
    mara.note(next(mark for mark in mara.marks() if mark.note), "for me alone")
    mara.lists.take([mara.marks()[0]], "story")
    share(target, mara, tom)
    assert tom.bundle() == before
    mara.lists.drop("story")
    share(target, mara, tom)
    assert tom.bundle() == before
    # What others have of it is there again, as theirs.
    assert len(mara.lists.marks("story")) == 2
    assert "for me alone" in notes(mara)


def test_a_target_that_was_lost_is_filled_again(tmp_path: Path, target: FolderTarget) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.add(bookmark(1, "x"))
    tom.add(bookmark(2, "y"))
    share(target, mara, tom)
    shutil.rmtree(target.folder)
    mara.add(bookmark(3, "z"))
    with pytest.raises(TargetError):
        exchange(mara, target)
    target.init()
    share(target, mara, tom, mara)
    late = reader(tmp_path, "late")
    share(target, late, tom)
    assert notes(mara) == notes(tom) == notes(late) == ["x", "y", "z"]


@pytest.mark.parametrize("also_changed", [False, True])
def test_a_library_that_was_restored_from_an_old_copy_is_another_one(
    tmp_path: Path, target: FolderTarget, also_changed: bool
) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.add(bookmark(1, "old"))
    exchange(mara, target)
    mara.close()
    kept = (tmp_path / "mara.sqlite").read_bytes()
    mara.add(bookmark(2, "new"))
    exchange(mara, target)
    before = sharing_of(mara).library()
    mara.close()
    (tmp_path / "mara.sqlite").write_bytes(kept)
    again = reader(tmp_path, "mara")
    if also_changed:
        again.add(bookmark(3, "since"))
    share(target, again, tom, again)
    assert sharing_of(again).library() != before
    assert notes(again) == notes(tom) == ["new", "old", *(["since"] if also_changed else [])]


@pytest.fixture(params=["found", "not found"])
def copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library finds that it is a copy; or it cannot, as where a whole disk was copied."""
    if request.param == "not found":
        on_one_disk(monkeypatch)


def copied(library: Library) -> Library:
    """A copy of a library for another machine."""
    library.close()
    file = library.path.with_name("laptop.sqlite")
    shutil.copy(library.path, file)
    return Library(file, author=library.author)


@pytest.mark.usefixtures("copies")
def test_copies_that_change_one_note_in_one_second_are_told_apart(
    tmp_path: Path, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "now", lambda: "2026-11-26T22:04:05Z")
    desk = reader(tmp_path, "mara")
    desk.add(bookmark(1, "both"))
    exchange(desk, target)
    laptop = copied(desk)
    for each, note in ((desk, "desk"), (laptop, "laptop")):
        each.note(each.marks()[0], note)
        sharing_of(each).take()
    share(target, desk, laptop, desk)
    assert notes(desk) == notes(laptop) == ["desk", "laptop"]


def test_what_was_not_sent_before_a_home_was_moved_leaves_from_its_new_place(
    tmp_path: Path, target: FolderTarget
) -> None:
    old, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    old.add(bookmark(1, "sent"))
    exchange(old, target)
    old.add(bookmark(2, "not sent"))
    sharing_of(old).take()
    new = copied(old)
    share(target, new, tom)
    assert notes(tom) == ["not sent", "sent"]
    # The old one, should it still be used, goes on as it was.
    old.add(bookmark(3, "of the old one"))
    share(target, old, new, tom)
    assert notes(old) == notes(new) == notes(tom) == ["not sent", "of the old one", "sent"]


STEPS = st.tuples(
    st.sampled_from(["add", "note", "remove", "put", "tell", "tell"]),
    st.integers(0, 3),
    st.integers(0, 3),
)


@settings(max_examples=15)
@given(st.lists(STEPS, max_size=8), st.lists(STEPS, max_size=16), st.booleans())
def test_copies_of_a_library_that_are_all_used_end_equal(
    before: list[tuple[str, int, int]], after: list[tuple[str, int, int]], found: bool
) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        if not found:
            on_one_disk(patch)
        target = FolderTarget(str(folder / "shared"))
        target.init()
        readers = [Reader(folder, "mara"), Reader(folder, "tom")]
        readers[0].library.add(bookmark(9, "first"))
        for step in before:
            take_step(readers, target, *step)
        readers[0].library.close()
        readers += [Reader(folder, "mara", readers[0].library.path) for _ in range(2)]
        for step in after:
            take_step(readers, target, *step)
        for each in (*readers, *readers):
            exchange(each.library, target)
        states = [each.state() for each in readers]
        for each in readers:
            each.library.close()
        assert states == [states[0]] * 4


def take_step(readers: list[Reader], target: FolderTarget, what: str, who: int, which: int) -> None:
    """One thing that a reader does; or an exchange."""
    library = readers[who % len(readers)].library
    marks = library.marks()[which:][:1]
    if what == "tell":
        exchange(library, target)
    elif what == "add" or not marks:
        library.add(bookmark(which, "new"))
    elif what == "put":
        library.put(marks, "story")
    elif what == "remove":
        library.remove(marks[0])
    else:
        with suppress(SameNoteError):
            library.note(marks[0], f"by {who}")


def test_long_events_are_taken_few_at_once(
    tmp_path: Path, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.add_all([bookmark(number, f"{number}" * 100_000) for number in range(5)])
    exchange(mara, target)
    at_once = []
    take = Sharing.take

    def counted(sharing: Sharing, given: list[sharing_events.Event]) -> int:
        at_once.append(len(given))
        return take(sharing, given)

    monkeypatch.setattr(Sharing, "take", counted)
    exchange(tom, target, Limits(largest=150_000))
    assert at_once == [2, 2, 1]
    assert notes(tom) == notes(mara)


Lines = list[bytes]
Damage = Callable[[Lines, int, int], Lines]


def _swap(lines: Lines, one: int, other: int) -> Lines:
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _change(lines: Lines, which: int, how: int) -> Lines:
    line = lines[which]
    at = how * 7 % len(line)
    return [*lines[:which], line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :], *lines[which + 1 :]]


DAMAGE: dict[str, Damage] = {
    "lose": lambda lines, one, other: [
        each for number, each in enumerate(lines) if number not in (one, other)
    ],
    "swap": _swap,
    "sort": lambda lines, *_: sorted(lines),
    "sort -u": lambda lines, *_: sorted(set(lines)),
    "twice": lambda lines, one, other: [*lines[: one + 1], *lines[one:], lines[other]],
    "union of two halves": lambda lines, one, _: [*lines[one:], *lines[:one]],
    "end lost": lambda lines, one, _: lines[:one],
    "stopped a statement": lambda lines, one, _: [*lines[:one], lines[one][:20]],
    "change": _change,
    "conflict": lambda lines, one, _: [b"<<<<<<< HEAD\n", *lines[:one], b"=======\n", *lines[one:]],
    "empty": lambda *_: [],
}
"""What carries a file may do to its lines."""


HURTS = st.tuples(st.sampled_from(sorted(DAMAGE)), st.integers(0, 99), st.integers(0, 99))
HURT_STEPS = st.one_of(STEPS, HURTS)


@settings(max_examples=20)
@given(st.lists(HURT_STEPS, max_size=20))
def test_whatever_is_done_to_the_files_all_end_equal(steps: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        target = FolderTarget(str(folder / "shared"))
        target.init()
        readers = [Reader(folder, author) for author in ("mara", "tom", "eve")]
        for each in readers:
            each.library.add(bookmark(9, f"first of {each.library.author}"))
            exchange(each.library, target)
        for what, one, other in steps:
            if what in DAMAGE:
                files = sorted(target.folder.glob("marks-*.jsonl"))
                lines = files[one % len(files)].read_bytes().splitlines(keepends=True)
                if lines:
                    hurt = DAMAGE[what](lines, one % len(lines), other % len(lines))
                    files[one % len(files)].write_bytes(b"".join(hurt))
            else:
                take_step(readers, target, what, one, other)
        for each in (*readers, *readers):
            exchange(each.library, FolderTarget(target.name))
        states = [each.state() for each in readers]
        late = Reader(folder, "late")
        assert exchange(late.library, target).notices == ()
        states.append(late.state())
        for each in (*readers, late):
            each.library.close()
        assert states == [states[0]] * 4


def test_who_a_library_is_is_asked_once_no_other_program_can_change_it(
    tmp_path: Path, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara = reader(tmp_path, "mara")
    mara.add(bookmark(1))
    exchange(mara, target)
    alone = files.lock_alone

    @contextmanager
    def other_first(file: Path, wait: float) -> Iterator[None]:
        sharing_of(Library(mara.path)).begin_anew(0)
        with alone(file, wait):
            yield

    monkeypatch.setattr(files, "lock_alone", other_first)
    exchange(mara, target)
    assert sharing_of(mara).taken()[sharing_of(mara).library()] == 1


def test_the_lock_is_waited_for_and_named(tmp_path: Path, target: FolderTarget) -> None:
    mara = reader(tmp_path, "mara")
    mara.add(bookmark(1))
    with (
        files.lock_alone(tmp_path / "mara.sqlite.sync-lock", 0),
        pytest.raises(LibraryError, match="another program is syncing"),
    ):
        exchange(mara, target, Limits(patience=0))
    assert exchange(mara, target).sent == 1


@pytest.mark.parametrize("marks", [False, True])
def test_what_is_forgotten_here_stays_with_others_and_does_not_come_back(
    tmp_path: Path, target: FolderTarget, marks: bool
) -> None:
    mara, tom = reader(tmp_path, "mara"), reader(tmp_path, "tom")
    mara.put([bookmark(1, "earlier words"), bookmark(2, "of another archive")], "story")
    share(target, mara, tom)
    mara.note(mara.marks()[0], "later words")
    share(target, mara, tom)
    mara.forget(lambda cable: cable == "09POST1", marks=marks)
    share(target, mara, tom, mara)
    assert notes(tom) == ["later words", "of another archive"]
    assert notes(mara) == ["of another archive"] if marks else notes(tom)
    assert len(tom.lists.marks("story")) == 2
    mara.close()
    traces = b"".join(file.read_bytes() for file in tmp_path.glob("mara.sqlite*"))
    assert b"earlier words" not in traces
    assert (b"later words" in traces) != marks
    assert len(list(target.folder.glob("marks-*"))) == 1


def test_the_last_report_of_who_follows_says_what_stays_at_the_end(
    tmp_path: Path, target: FolderTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara = reader(tmp_path, "mara")
    reports: list[SyncReport] = []
    ends = iter((False, True))

    def stopped() -> bool:
        end = next(ends, True)
        if end and not mara.marks():
            mara.add(bookmark(1))
        return end

    assert follow(mara, target, reports.append, stopped).exchanged == Exchanged(sent=1)
    assert [each.exchanged.sent for each in reports] == [0, 1]

    def refuse(*_: object) -> int:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(event_file, "append", refuse)
    mara.add(bookmark(2))
    assert follow(mara, target, reports.append, lambda: True).exchanged.unsent == 1
    target.folder.rename(tmp_path / "away")
    mara.add(bookmark(3))
    assert "is its disk" in follow(mara, target, reports.append, lambda: True).trouble
    assert reports[-1].trouble


def test_a_path_is_a_folder_and_an_address_a_server() -> None:
    for text in ("~/shared", "shared/marks", "a:b", "marks of 2026", "~"):
        target = open_target(f" {text}\n")
        assert isinstance(target, FolderTarget)
        assert target.folder == Path(text).expanduser()
    for text in ("postgresql:///marks", " postgres://ana@localhost/marks "):
        assert isinstance(open_target(text), PostgresTarget)


@pytest.mark.parametrize(
    "text",
    [
        "Postgresql://ana:secret@db.example/marks",
        "POSTGRES://ana:secret@db.example/marks",
        " postgresql://ana:secret@db.example/marks",
        "postgre://ana:secret@db.example/marks",
        "https://ana:secret@db.example/marks",
        "host=db.example password=secret",
        "postgresql://ana:secret@db.example:x/marks",
        "postgresql://ana:secret@db.example/marks",
        "postgresql://db.example/marks?password=secret",
        "postgresql://db.example/marks?sslpassword=secret",
        # Of libpq 18; an older one does not understand them.
        "postgresql://db.example/marks?oauth_client_secret=secret",
        "postgresql://db.example/marks?scram_client_key=secret",
        "postgresql://db.example/marks?scram_server_key=secret",
        "postgresql://ana:secret@db.example/marks?no_such_option=1",
        "postgresql://ana:%zzsecret@db.example/marks",
        "postgresql://ana:secret@[db.example/marks",
    ],
)
def test_what_is_neither_or_has_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(TargetError) as raised:
        open_target(text)
    assert "secret" not in str(raised.value).replace("oauth_client_secret", "")
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_without_the_extra_a_server_is_refused_with_the_way_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cable_tui.tools.sharing.postgres", None)
    with pytest.raises(TargetError, match=r"\[team\]"):
        open_target("postgresql:///marks")

"""Memory is shared and given back where the C library can, and nothing happens elsewhere."""

import gc

import pytest

from cable_tui import process_memory


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    calls: list[tuple[str, int]] = []
    monkeypatch.setattr(
        process_memory, "call_c", lambda name, *values: calls.append((name, values[-1]))
    )
    return calls


def test_memory_is_given_back_now_and_then(
    called: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([100.0, 101.0, 104.9, 105.0, 106.0])
    monkeypatch.setattr(process_memory, "_given", [0.0])
    monkeypatch.setattr("cable_tui.process_memory.time.monotonic", lambda: next(clock))
    for _ in range(5):
        process_memory.give_back()
    assert called == [("malloc_trim", 0)] * 2


def test_threads_share_one_pool(called: list[tuple[str, int]]) -> None:
    process_memory.use_one_arena()
    assert called == [("mallopt", 1)]


def _looks(monkeypatch: pytest.MonkeyPatch, seconds: list[tuple[str, float]]) -> list[float]:
    """When all was looked through, while at some seconds a key came or it was asked for."""
    now, looked = [0.0], list[float]()
    before = gc.get_threshold()
    monkeypatch.setattr("cable_tui.process_memory.time.monotonic", lambda: now[0])
    monkeypatch.setattr("cable_tui.process_memory.gc.collect", lambda: looked.append(now[0]))
    tidier = process_memory.GarbageCollector()
    try:
        for what, now[0] in seconds:
            (tidier.touched if what == "key" else tidier.look)()
    finally:
        gc.set_threshold(*before)
    return looked


def test_it_is_looked_for_what_nobody_holds_when_the_reader_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = [("", 1.0), ("key", 1.5), ("", 1.8), ("key", 1.9), ("", 2.2)]
    assert _looks(monkeypatch, [*first, ("", 2.4), ("", 3.0), ("", 4.0)]) == [2.4]


def test_a_reader_who_does_nothing_is_looked_after_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _looks(monkeypatch, [("", 10.0 * at) for at in range(10)]) == [30, 60, 90]

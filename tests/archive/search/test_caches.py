"""Answers are kept, forgotten, and found out once."""

import threading

import pytest

from cable_tui.archive.search.caches import LruCache


def test_what_nobody_has_asked_for_longest_goes_first() -> None:
    answers = LruCache(2)
    for question in ("one", "two", "one", "three"):
        answers.get(question, question.upper)
    assert answers.peek("one") == "ONE"
    assert answers.peek("two") is None
    assert answers.get("one", lambda: "another") == "ONE"


def test_heavy_answers_leave_room_for_fewer() -> None:
    answers = LruCache(10, lambda answer: len(str(answer)))
    for question, answer in (("one", "1234"), ("two", "1234"), ("three", "12345")):
        answers.get(question, lambda answer=answer: answer)  # type: ignore[misc]
    assert (answers.peek("one"), answers.peek("two")) == (None, "1234")
    answers.get("four", lambda: "more than all that may be kept")
    assert [answers.peek(each) is None for each in ("two", "three", "four")] == [True, True, False]
    answers.get("five", lambda: "1")
    assert (answers.peek("four"), answers.peek("five")) == (None, "1")


def test_two_who_ask_at_once_have_it_found_out_once() -> None:
    answers = LruCache(9)
    began, go, found = threading.Event(), threading.Event(), []

    def slow() -> str:
        began.set()
        assert go.wait(10)
        found.append("once")
        return "answer"

    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(answers.get("q", slow))) for _ in "ab"]
    threads[0].start()
    assert began.wait(10)
    threads[1].start()
    assert answers.get("another", lambda: "at once") == "at once"
    go.set()
    for thread in threads:
        thread.join(10)
    assert (got, found) == (["answer", "answer"], ["once"])


def test_a_failure_is_not_kept() -> None:
    answers = LruCache(9)

    def failing() -> str:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours, without a text
        answers.get("q", failing)
    assert answers.get("q", lambda: "answer") == "answer"

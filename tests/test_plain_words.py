"""The documents, the help and the messages keep to the limits of `plain_words.py`."""

from __future__ import annotations

import pytest

from tests import plain_words
from tests.plain_words import HABITS, KINDS, Habit

pytestmark = pytest.mark.documents

PAGE = """\
# What the heading says

A cable that you read. It says
`what`; see [what](what.md).

| what | says |
- one list; of it

```sh
what; says
```
<!-- what -->

    what; says
"""
MODULE = '''
"""What the module says of it."""

LIST = "said told asked replied answered".split()
DASHES = pattern(r"what the text says")


def told(name: str) -> str:
    """Return what is said."""
    if not name:
        raise UsageError("name the cable that you want to read")
    return f"{name} has no text, so it cannot be {LIST[0]} here"
'''


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    return plain_words.texts()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_a_habit_is_within_its_limit(habit: Habit, kind: str, found: dict[str, str]) -> None:
    limit = habit.limits[KINDS.index(kind)]
    often = plain_words.counted(found[kind], habit)
    assert often >= limit if habit.wanted else often <= limit, "see: python -m tests.plain_words"


def test_only_running_text_is_counted() -> None:
    assert plain_words.prose(PAGE) == (
        "A cable that you read. It says X; see [what].\n- one list; of it"
    )


@pytest.mark.parametrize(
    ("name", "times"),
    [("relative that", 1), ("says", 1), ("what", 1), ("semicolons", 2), ("of it, of them", 1)],
)
def test_a_habit_is_counted_per_thousand_words(name: str, times: int) -> None:
    (habit,) = (each for each in HABITS if each.name == name)
    assert plain_words.counted(plain_words.prose(PAGE), habit) == 1000 * times / 14


def test_sentences_are_counted_by_their_ends() -> None:
    (habit,) = (each for each in HABITS if not each.expression)
    assert plain_words.counted("One two three. Four five! Six", habit) == 3


def test_messages_are_sentences_without_docstrings_patterns_and_lists() -> None:
    assert set(plain_words.messages(MODULE)) == {
        "name the cable that you want to read",
        "X has no text, so it cannot be X here",
    }


def test_the_help_is_that_of_every_command(found: dict[str, str]) -> None:
    assert len(plain_words.helps()) > 150
    assert len(found["messages"].splitlines()) > 1000


def test_the_table_has_a_line_for_each_habit() -> None:
    lines = list(plain_words.table())
    assert [line[:22].strip() for line in lines[1:]] == [habit.name for habit in HABITS]

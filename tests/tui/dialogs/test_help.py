"""The help: keys out of the table, lessons for newcomers."""

from __future__ import annotations

from typing import get_args

import pytest

from cable_tui.session.values import Pane
from cable_tui.tui.commands.key_command import KeyContext, key_names
from cable_tui.tui.commands.keyboard import commands_of
from cable_tui.tui.dialogs.help import ABOUT, LESSONS, about_lines, key_lines, lesson_lines

PLACES: tuple[KeyContext, ...] = ("bar", "filters", "list", "header", "body")


@pytest.mark.parametrize("where", PLACES)
def test_every_command_of_a_pane_is_in_its_help(where: KeyContext) -> None:
    page = "\n".join(line.plain for line in key_lines(where, cells=200))
    for command in (each for each in commands_of(where) if each.keys):
        assert f"{key_names(command)} " in page
        assert command.help in page


def test_the_filter_keeps_the_commands_that_say_all_of_its_words() -> None:
    page = [line.plain for line in key_lines("list", "bookmark cable")]
    assert any("Bookmark the cable" in line for line in page)
    assert not any("Newest first" in line for line in page)


def test_every_pane_says_what_it_is() -> None:
    assert set(ABOUT) == set(get_args(Pane))
    for pane in ABOUT:
        assert all(line.plain or not line for line in about_lines(pane))


def test_the_help_of_a_box_explains_its_parts() -> None:
    assert "PP" in "\n".join(line.plain for line in about_lines("header"))
    page = [line.plain for line in about_lines("top", "serial number")]
    assert len(page) == 2
    assert list(about_lines("top", "herring")) == []


def test_the_lessons_explain_the_three_boxes_the_reasons_and_the_discussion() -> None:
    page = "\n".join(line.plain for line in lesson_lines())
    for words in (
        "top box",
        "middle box",
        "bottom box",
        *(f"({x})  " for x in "abcdefgh"),
        "#par3",
    ):
        assert words in page


def test_each_box_is_shown_with_a_line_of_a_cable() -> None:
    (_, paragraphs), *_ = LESSONS
    assert sum(paragraph.startswith("    ") for paragraph in paragraphs) == 3


def test_a_filter_that_nothing_answers_leaves_nothing() -> None:
    assert list(key_lines("list", "xyzzy")) == []
    assert list(lesson_lines("xyzzy")) == []


@pytest.mark.parametrize(
    ("wanted", "also"),
    [
        pytest.param("reasons", "(h)  weapons of mass destruction", id="a text brings its example"),
        pytest.param("cryptology", "A classified cable names", id="an example brings its text"),
    ],
)
def test_a_filter_keeps_text_and_example_together(wanted: str, also: str) -> None:
    page = "\n".join(line.plain for line in lesson_lines(wanted))
    assert also in page
    assert "top box" not in page


def test_the_keys_are_grouped_by_what_they_are_for() -> None:
    for where in PLACES:
        titles = [line.plain for line in key_lines(where, cells=200) if line.spans and line.plain]
        shown = [title for title in titles if title in _TASKS]
        assert shown == [title for title in _TASKS if title in shown]
    page = [line.plain.split("  ")[0] for line in key_lines("body", cells=200)]
    for task, key in zip(_TASKS, ("}", "n N", "y", "b", "i", "F5"), strict=True):
        start = page.index(task)
        group = page[start : page.index("", start)]
        assert key.split()[0] in group


_TASKS = ("Move", "Find", "Copy and write", "Bookmark, select", "Look up", "The room")


@pytest.mark.parametrize(
    ("where", "wanted", "keys"),
    [
        ("list", "n", ["n"]),
        ("list", "N", ["N"]),
        ("body", "^f", ["^f"]),
        ("body", "?", ["? F1"]),
        ("list", "invert", ["^p"]),
        ("list", "vert", []),
        ("list", "select inv", ["^p"]),
    ],
    ids=["a letter is a key", "a capital", "with ctrl", "a sign", "a word", "its end", "two words"],
)
def test_the_filter_takes_keys_exactly_and_words_by_their_beginning(
    where: KeyContext, wanted: str, keys: list[str]
) -> None:
    lines = [line.plain for line in key_lines(where, wanted, 200) if line.plain[:1].strip()]
    assert [line.split("  ")[0] for line in lines if line not in _TASKS] == keys


def test_of_a_single_letter_only_keys_speak() -> None:
    assert list(about_lines("list", "n")) == list(lesson_lines("n")) == []

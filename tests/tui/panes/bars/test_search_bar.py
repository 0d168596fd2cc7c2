import pytest
from rich.text import Text
from textual import events

from cable_tui.session.features.search_bar import QueryTyped
from cable_tui.tui.panes.bars.search_bar import QueryColors, SearchBar
from tests.tui.stage import Stage


@pytest.mark.parametrize(
    ("query", "spans"),
    [
        ("herring", []),
        ("origin:zenda fish", [("origin:", "dim"), ("zenda", "bold")]),
        ('tag:"human rights"', [("tag:", "dim"), ('"human rights"', "bold")]),
        ("-class:secret", [("-", "bold"), ("class:", "dim"), ("secret", "bold")]),
        ("orgin:x", [("orgin", "underline")]),
        ("Post:zenda", [("Post:", "dim"), ("zenda", "bold")]),
        ("cited-by:09ZENDA1", [("cited-by:", "dim"), ("09ZENDA1", "bold")]),
        ("https://example.org", []),
        ("NOTE: fish", [("NOTE:", "dim")]),
        ('"ice house"', [('"ice house"', "italic")]),
        ('"unfinished', [('"unfinished', "italic")]),
        ("origin:", [("origin:", "dim")]),
        ("a-b [/x]", []),
    ],
)
def test_prefixes_values_and_phrases_are_told_apart(
    query: str, spans: list[tuple[str, str]]
) -> None:
    text = Text(query)
    QueryColors().highlight(text)
    found = [(query[span.start : span.end], str(span.style)) for span in text.spans]
    assert [each for each in found if each[0]] == spans


async def test_typing_is_told_and_showing_is_not() -> None:
    app = Stage(bar := SearchBar())
    async with app.run_test(size=(60, 4)) as pilot:
        bar.show("origin:\x1b]zenda")
        assert bar.value == "origin:␛]zenda"
        bar.show("old")
        await pilot.press("e", "r", "enter")
        assert app.actions == [
            QueryTyped("olde"),
            QueryTyped("older"),
        ]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("x", "oldx"),
        ("/x", "x"),
        ("//x", "x"),
        ("x/", "oldx/"),
        ("9/11", "old9/11"),
        ("<!/", "old/"),
        (">/", "old/"),
    ],
)
async def test_a_slash_that_comes_first_selects_the_text(keys: str, text: str) -> None:
    named = {"<": "left", "!": "right", ">": "end"}

    app = Stage(bar := SearchBar())
    async with app.run_test(size=(60, 4)) as pilot:
        bar.show("old")
        bar.edit()
        await pilot.press(*(named.get(key, key) for key in keys))
        assert bar.value == text


async def test_a_slash_behind_a_click_is_a_letter() -> None:
    app = Stage(bar := SearchBar())
    async with app.run_test(size=(60, 4)) as pilot:
        bar.show("old")
        bar.edit()
        await pilot.click(SearchBar, offset=(2, 0))
        await pilot.press("/")
        assert bar.value == "o/ld"


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("two\r\nlines  of it", "two lines of it"),
        ("\n\t09ZENDA1\n", "09ZENDA1"),
        ("\n", ""),
        ("/kelp", "/kelp"),
    ],
)
async def test_a_pasted_text_is_taken_whole(pasted: str, text: str) -> None:
    app = Stage(bar := SearchBar())
    async with app.run_test(size=(60, 4)) as pilot:
        bar.edit()
        bar.post_message(events.Paste(pasted))
        await pilot.pause()
        assert bar.value == text


def test_where_a_query_is_wrong_is_shown() -> None:
    colors = QueryColors()
    colors.wrong = (4,)
    text = Text("fish)")
    colors.highlight(text)
    assert [(span.start, span.end, str(span.style)) for span in text.spans] == [(4, 5, "reverse")]

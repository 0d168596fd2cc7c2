"""The page of a draft: its keys, both texts, side by side or not, texts that are not ours."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Static

from cable_tui.drafts.base import Block, Draft
from cable_tui.drafts.comparing import Difference
from cable_tui.drafts.findings import Finding, FoundPlace, Verdict
from cable_tui.drafts.quotations import Piece
from cable_tui.session.feature_state import DraftView
from cable_tui.session.features.check_draft import (
    CheckAgain,
    CloseDraft,
    CopyRightCitation,
    FollowQuotation,
    OnlyFaults,
)
from cable_tui.session.values import Action
from cable_tui.tui.drafts.draft_page import DraftPage
from cable_tui.value import replace
from tests.tui.source_criticism.stage import PageStage, page_shown

HOSTILE = "[/x] [red]XX[/red] \x1b]0;owned\x07 "
DRAFT = Draft(
    "text", "line", tuple(Block(f"{HOSTILE}They wrote of pot {at} there", at) for at in range(9))
)
PLACE = FoundPlace(
    1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (3,), f"{HOSTILE} a kettle\nof pot 1", ((40, 45),)
)


def finding(verdict: Verdict, at: int) -> Finding:
    return Finding(
        *("quotation", verdict, (Piece(at, 30, 45),), f"line {at}", "", f"pot {at} {HOSTILE}"),
        found=PLACE,
        differences=(Difference("words", "pot", "lamp", is_fault=True),)
        if verdict == "altered"
        else (),
    )


FINDINGS = (finding("exact", 1), finding("altered", 2), finding("exact", 3), finding("unfound", 4))
VIEW = DraftView("/x/a.md", DRAFT, (1, 1), FINDINGS, 4, "a note", shown=True)


def shown(
    *keys: str, view: DraftView = VIEW, size: tuple[int, int] = (80, 24)
) -> tuple[list[Action], list[str]]:
    """What the page asks for, and the screen."""
    return page_shown(DraftPage, view, *keys, size=size)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("enter",), [FollowQuotation(0)]),
        (("j", "down", "k", "l"), [FollowQuotation(1)]),
        (("n", "enter"), [FollowQuotation(1)]),
        (("n", "n", "enter"), [FollowQuotation(3)]),
        (("n", "n", "N", "enter"), [FollowQuotation(1)]),
        (("G", "y"), [CopyRightCitation(3)]),
        (("G", "g", "y"), [CopyRightCitation(0)]),
        (("f",), [OnlyFaults()]),
        (("r",), [CheckAgain()]),
        (("escape",), [CloseDraft()]),
        (("backspace",), [CloseDraft()]),
    ],
)
def test_keys(keys: tuple[str, ...], wanted: list[Action]) -> None:
    assert shown(*keys)[0] == wanted


def test_both_texts_stand_below_the_list() -> None:
    _, lines = shown("n")
    text = "\n".join(lines)
    assert "≠ line 2" in text
    assert "“pot” where the cable has “lamp”" in text
    assert "They wrote of pot 2" in text
    assert "a kettle of pot 1" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_a_quotation_at_the_end_of_long_paragraphs_is_in_view(size: tuple[int, int]) -> None:
    words = "so it went on and on " * 60
    text = f"{words}of pot 9"
    start = len(words)
    place = FoundPlace(1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (3,), text, ((start, start + 8),))
    found = Finding(
        *("quotation", "altered", (Piece(0, start, start + 8),), "line 1", "", "pot"),
        found=place,
        differences=(Difference("words", "pot", "lamp", is_fault=True),),
    )
    view = DraftView(
        *("/x/a.md", Draft("text", "line", (Block(text, 1),)), (1, 1), (found,), 1, ""),
        shown=True,
    )
    _, lines = shown(view=view, size=size)
    assert sum(line.count("of pot 9") for line in lines) == 2
    assert any("“pot” where the cable has “lamp”" in line for line in lines)


def test_the_cursor_stays_while_the_draft_is_read_again() -> None:
    """Whoever mends a draft saves it often: the list is empty then, and fills."""
    asked: list[Action] = []

    async def go() -> None:
        app = PageStage(Static())
        async with app.run_test(size=(80, 24)) as pilot:
            page = DraftPage(asked.append)
            page.show(VIEW)
            await app.push_screen(page)
            await pilot.press("G")
            reading = replace(VIEW, findings=(), reading=True)
            page.show(reading)
            page.show(replace(reading, findings=FINDINGS[:2]))
            page.show(VIEW)
            await pilot.press("enter")
            # The one under the cursor was mended: the cursor is where it was.
            page.show(replace(reading, findings=FINDINGS[:1]))
            page.show(replace(VIEW, findings=(*FINDINGS[:3], finding("exact", 5))))
            await pilot.press("enter")
            # A key while it is read counts.
            page.show(replace(reading, findings=FINDINGS[:2]))
            await pilot.press("g")
            page.show(VIEW)
            await pilot.press("enter")

    asyncio.run(go())
    assert asked == [FollowQuotation(3), FollowQuotation(3), FollowQuotation(0)]


def test_the_line_of_the_cursor_is_in_view_when_the_draft_was_read_again() -> None:
    blocks = tuple(Block("They wrote of pot and pan", at) for at in range(40))
    many = tuple(
        Finding("quotation", "exact", (Piece(at, 0, 4),), f"line {at}", "", "pot")
        for at in range(40)
    )
    full = replace(VIEW, draft=Draft("text", "line", blocks), findings=many, total=40)
    painted: list[str] = []

    async def go() -> None:
        app = PageStage(Static())
        async with app.run_test(size=(80, 24)) as pilot:
            page = DraftPage(lambda _: None)
            page.show(full)
            await app.push_screen(page)
            await pilot.press(*"jjjjjjjjjjjj")
            for findings in ((), many[:2], many[:5]):
                page.show(replace(full, findings=findings, reading=True))
                await pilot.pause()
            page.show(full)
            await pilot.pause()
            painted.extend(app.painted())

    asyncio.run(go())
    (here,) = (line for line in painted if "▌" in line)
    assert "line 12 " in here


def test_where_there_is_room_they_stand_side_by_side() -> None:
    _, lines = shown("n", size=(120, 40))
    (both,) = (line for line in lines if "draft, line 2" in line)
    assert "09ZENDA1 ¶3" in both
    _, lines = shown("n", size=(100, 40))
    (one,) = (line for line in lines if "draft, line 2" in line)
    assert "09ZENDA1 ¶3" not in one


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (200, 60)])
def test_any_size_can_be_shown(size: tuple[int, int]) -> None:
    shown("n", "J", "K", "pagedown", "pageup", size=size)


def test_an_empty_draft_says_so() -> None:
    view = DraftView("/x/a.md", DRAFT, (1, 1), (), 0, shown=True)
    assert "quotes nothing" in "\n".join(shown(view=view)[1])

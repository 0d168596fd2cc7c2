"""Going from hit to hit; how it looks in the body is in `test_body_text`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version

import pytest
from packaging.version import Version
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection

from cable_tui import telegram
from cable_tui.base.cable import Cable, CableWarning, Reference
from cable_tui.base.tools import Tool
from cable_tui.base.value import replace
from cable_tui.session.ask import Narrow
from cable_tui.session.features import opened_cable
from cable_tui.session.features.body_cursor import (
    BodyLaidOut,
    Land,
    MoveToEnd,
    PutBodyCursor,
    ScrollBody,
    StepHit,
)
from cable_tui.session.features.opened_cable import FindText
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Landing
from cable_tui.text import clean_text
from cable_tui.tui.panes.cable import body_text
from cable_tui.tui.panes.cable.body_view import BodyView
from tests.session import walk
from tests.session.features.test_body_cursor import reads
from tests.tui.cables import NOTHING, TEXT, Words, cable, raw, whole
from tests.tui.stage import Stage


@dataclass
class Desk:
    app: Stage
    body: BodyView
    pilot: Pilot[None]
    session: Session

    def do(self, *actions: Action) -> None:
        """What the room does with actions of the session."""
        for action in actions:
            laid_out = self.body.laid_out
            assert laid_out is not None
            self.session = walk(self.session, BodyLaidOut(*laid_out), action)
            self.body.follow(self.session)

    def lines(self) -> list[str]:
        """The painted body without its title."""
        return [line.rstrip(" ▁▂▃▄▅▆▇█") for line in self.app.painted()[1:]]

    def copied(self) -> str:
        return self.app.screen.get_selected_text() or ""

    def where(self, words: str) -> tuple[int, int]:
        """Where words begin on the screen."""
        for y, line in enumerate(self.app.painted()):
            if words in line:
                return line.index(words), y
        raise AssertionError(words)


@asynccontextmanager
async def _desk(
    shown: Cable | None = None, lit: Words = NOTHING, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Desk]:
    app = Stage(body := BodyView())
    session = reads(shown or whole(), lit)
    async with app.run_test(size=size) as pilot:
        body.show(shown or whole())
        body.follow(session)
        await pilot.pause()
        yield Desk(app, body, pilot, session)


# Since 8.2 Textual selects the cell under the pointer, too.
_BEYOND = int(Version(version("textual")) < Version("8.2"))


async def _drag(desk: Desk, start: tuple[int, int], end: tuple[int, int]) -> None:
    end = end[0] + _BEYOND, end[1]
    await desk.pilot.mouse_down(offset=start)
    await desk.pilot.hover(offset=end)
    await desk.pilot.mouse_up(offset=end)
    await desk.pilot.pause()


async def test_a_cable_opens_at_its_top_with_the_cursor_there() -> None:
    async with _desk() as desk:
        assert desk.lines()[0] == "▌     C O N F I D E N T I A L SECTION 01 OF 02 ZENDA 000027"
        assert desk.body.paragraph is None
        assert str(desk.body.border_title) == " 5 Body · top "


async def test_a_portion_marking_stands_in_the_text_and_not_in_the_margin_too() -> None:
    async with _desk(size=(90, 60)) as desk:
        assert not {line[:6].strip('▌★✗#" ') for line in desk.lines()} - {""}
        assert any("(SBU)" in line for line in desk.lines())


async def test_a_record_without_a_text_says_so_and_gives_nothing_to_copy() -> None:
    remarks = (("Text", "not in this record; locator: on microfilm"),)
    empty = replace(cable("\n"), remarks=remarks)
    async with _desk(empty) as desk:
        assert desk.lines()[0].strip("▌ ") == "[This version has no text: locator: on microfilm]"
        x, y = desk.where("no text")
        await _drag(desk, (x, y), (x + 10, y))
        assert desk.copied().strip() == ""


async def test_brackets_of_the_text_are_painted() -> None:
    async with _desk(size=(90, 60)) as desk:
        painted = "\n".join(desk.lines())
        for words in ("[GENERALS]", "[deleted XXXXX]", "[/x]", "café on the Ωmega"):
            assert words in painted


async def test_a_dragged_selection_is_the_file_s_text_across_soft_wraps() -> None:
    async with _desk(size=(60, 20)) as desk:
        desk.do(Land(Landing(index=1)))
        await desk.pilot.pause()
        x, y = desk.where("2.  (C/NF)")
        await _drag(desk, (x, y), (x + 20, y + 4))
        start = TEXT.index("2.  (C/NF)")
        copied = desk.copied()
        assert "\n" not in copied
        assert len(copied) > 150
        assert TEXT.startswith(copied, start)


async def test_what_is_copied_is_the_file_s_text_with_its_line_ends_and_tabs() -> None:
    async with _desk() as desk:
        x, y = desk.where("TAGS:")
        _, below = desk.where("REF:")
        await _drag(desk, (x, y), (x + 3, below))
        assert desk.copied() == (
            "TAGS: PGOV, EFIS, ZE\nSUBJECT: HERRING AND [GENERALS] ON THE COAST\n\nREF:"
        )
        desk.do(Land(Landing(index=2)))
        await desk.pilot.pause()
        x, y = desk.where("Herring  ")
        await _drag(desk, (x, y), (desk.where("per crate")[0] - 1, y))
        assert desk.copied() == "Herring\tprice\t"
        # From the gutter it has nothing of the gutter.
        desk.body.mark(frozenset({"1"}))
        desk.do(Land(Landing(index=0)))
        await desk.pilot.pause()
        _, y = desk.where("1.  (C) SUMMARY")
        await _drag(desk, (0, y), (6 + 6, y))
        assert desk.copied() == "1.  (C)"
        # It outlives another width.
        desk.body.select((10, 400))
        await desk.pilot.resize_terminal(50, 20)
        await desk.pilot.pause()
        assert desk.copied() == TEXT[10:400]
        assert desk.body.get_selection(Selection(None, None)) == (TEXT, "\n")
        half = Selection(Offset(10, 20), None)
        assert desk.body.get_selection(half) == (TEXT[30:], "\n")


@pytest.mark.parametrize(("clicks", "copied"), [(2, "herring"), (3, None)])
async def test_two_clicks_select_a_word_and_three_a_paragraph(
    clicks: int, copied: str | None
) -> None:
    async with _desk(size=(80, 40)) as desk:
        x, y = desk.where("herring fleet")
        await desk.pilot.click(desk.body, offset=(x + 2, y), times=clicks)
        await desk.pilot.pause()
        start, end = whole().body.paragraphs[0].span
        assert desk.copied() == (copied or TEXT[start:end])


async def test_a_click_on_a_link_follows_it_and_elsewhere_moves_the_cursor() -> None:
    async with _desk(size=(80, 40)) as desk:
        x, y = desk.where("Ref A")
        await desk.pilot.click(desk.body, offset=(x + 1, y))
        await desk.pilot.pause()
        follows = opened_cable.FollowReference(whole().references[:1])
        assert desk.app.actions == [PutBodyCursor(4), follows]
        await desk.pilot.click(desk.body, offset=desk.where("PGOV"))
        await desk.pilot.pause()
        assert desk.app.actions[2:] == [PutBodyCursor(0), Narrow("tag", "PGOV")]


async def test_labels_lie_over_the_links_in_sight_and_change_nothing_that_is_copied() -> None:
    async with _desk() as desk:
        starts = [link.span[0] for link in desk.body.links_in_sight()]
        desk.body.label({start: "as"[at] + "df"[at % 2] for at, start in enumerate(starts[:2])})
        await desk.pilot.pause()
        painted = "\n".join(desk.lines())
        assert "TAGS: adOV, EFIS" in painted
        assert "REF: A. sfSTATE127448" in painted
        x, y = desk.where("TAGS: ad")
        await _drag(desk, (x, y), (x + 9, y))
        assert desk.copied() == "TAGS: PGOV"
        desk.body.label({})
        await desk.pilot.pause()
        assert "TAGS: PGOV, EFIS" in "\n".join(desk.lines())


async def test_the_current_hit_is_counted_in_the_title() -> None:
    async with _desk(lit=Words(r"coast$|fleet|price|no votes\.")) as desk:
        assert str(desk.body.border_title) == " 5 Body · top · 4 hits "
        desk.do(*[StepHit(1)] * 4)
        assert desk.body.paragraph == 3
        assert str(desk.body.border_title) == " 5 Body · ¶4/4 · hit 4/4 "
        desk.do(FindText("fleet"))
        assert str(desk.body.border_title) == " 5 Body · ¶1/4 · found 1/1 "
        desk.do(FindText("walrus"))
        assert str(desk.body.border_title) == " 5 Body · ¶1/4 · not found "


async def test_a_scroll_is_reported_and_the_wheel_asks_for_one() -> None:
    async with _desk(size=(70, 24)) as desk:
        desk.app.messages.clear()
        desk.body.move_by(3)
        await desk.pilot.pause()
        assert desk.app.actions == [ScrollBody(3)]
        desk.do(*desk.app.actions)
        await desk.pilot.pause()
        assert desk.body.first_line == 3
        assert isinstance(desk.app.messages[-1], BodyView.LaidOut)


@pytest.mark.parametrize("size", [(80, 2), (80, 1)])
async def test_a_body_that_no_line_fits_into_goes_to_its_end_and_back(
    size: tuple[int, int],
) -> None:
    async with _desk(size=size) as desk:
        for by in (1, -1, 1):
            desk.do(MoveToEnd(by))
            await desk.pilot.pause()
            assert 0 <= desk.body.first_line < desk.body.lines
        await desk.pilot.resize_terminal(80, 24)
        await desk.pilot.pause()
        assert desk.body.first_line < desk.body.lines


async def test_another_width_keeps_the_paragraph_of_the_cursor_where_it_stands() -> None:
    async with _desk(size=(60, 20)) as desk:
        desk.do(Land(Landing(index=2)))
        await desk.pilot.pause()
        row = next(y for y, line in enumerate(desk.lines()) if line.startswith("▌"))
        for cells in (40, 60, 50):
            await desk.pilot.resize_terminal(cells, 20)
            await desk.pilot.pause()
            rows = [y for y, line in enumerate(desk.lines()) if line.startswith("▌")]
            assert rows[0] == row


@pytest.mark.parametrize(
    "text",
    ["\x1b[31mred\x1b]52;c;aGk=\x07", "[@click=app.quit()]text[/]", "一" * 90, "e\u0301" * 200, ""],
    ids=["escape", "markup", "wide", "accents", "nothing"],
)
async def test_hostile_texts_are_shown_and_copied_clean(text: str) -> None:
    async with _desk(shown=cable(clean_text(text), ())) as desk:
        assert all(line.isprintable() for line in desk.app.painted())
        copied, _ = desk.body.get_selection(Selection(None, None)) or ("", "")
        assert copied == clean_text(text)


FLATTENED = "1.  (C) The Duke,s &friends8 sat\tdown.\n"


async def test_a_repaired_text_is_painted_and_what_is_copied_is_the_text_as_filed() -> None:
    async with _desk(shown=cable(FLATTENED)) as desk:
        assert "The Duke,s &friends8 sat" in desk.lines()[0]
        desk.body.repair(True)
        await desk.pilot.pause()
        assert "The Duke’s “friends” sat" in desk.lines()[0]
        assert "repaired" in desk.app.painted()[0]
        x, y = desk.where("Duke")
        await _drag(desk, (x, y), (x + 15, y))
        assert desk.copied() == "Duke,s &friends8"
        desk.body.repair(False)
        await desk.pilot.pause()
        assert "The Duke,s &friends8 sat" in desk.lines()[0]
        assert "repaired" not in desk.app.painted()[0]


async def test_the_place_and_the_hits_stay_when_the_text_is_repaired() -> None:
    async with _desk(
        shown=cable(f"{FLATTENED}\n" * 20), lit=Words("friends"), size=(60, 12)
    ) as desk:
        desk.do(Land(Landing(hit="first")), ScrollBody(4))
        await desk.pilot.pause()
        before = desk.body.paragraph, desk.body.first_line
        desk.body.repair(True)
        await desk.pilot.pause()
        assert (desk.body.paragraph, desk.body.first_line) == before
        assert "hit 1/20 · repaired" in desk.app.painted()[0]


JOINED = """\
1.  (C) SUMMARY: The herring fleet stayed in port for a ninth day, and
nobody in the harbour could say when the ice house would open again to

ZENDA 00000027  002 OF 002


those who had paid.  End Summary.

2.  (U) Ice.
"""


async def test_joined_lines_are_painted_as_one_and_copied_as_filed() -> None:
    async with _desk(shown=telegram.parse(raw(JOINED)), size=(110, 20)) as desk:
        desk.body.set_unwrapped(True)
        await desk.pilot.pause()
        assert desk.lines()[0].endswith("ninth day, and nobody in the harbour could say")
        assert "002 OF" not in " ".join(desk.lines())
        assert "joined" in desk.app.painted()[0]
        x, y = desk.where("to those")
        await _drag(desk, (x, y), (x + 7, y))
        copied = desk.copied()
        assert copied == "to\n\nZENDA 00000027  002 OF 002\n\n\nthose"
        desk.body.set_unwrapped(False)
        await desk.pilot.pause()
        assert "ZENDA 00000027  002 OF 002" in desk.lines()[3]


async def test_long_lines_are_unwrapped_and_scrolled_along_and_copied_as_filed() -> None:
    text = f"1.  (C) SUMMARY: The {'herring fleet stayed in port ' * 9}.\n\n2.  (U) Ice.\n"
    async with _desk(shown=telegram.parse(raw(text)), size=(80, 20)) as desk:
        desk.body.scroll_sideways(8)
        await desk.pilot.pause()
        assert len(desk.lines()[0]) > 70
        desk.body.scroll_sideways(16)
        await desk.pilot.pause()
        assert desk.lines()[0].startswith("▌      The herring fleet")
        x, y = desk.where("stayed")
        await _drag(desk, (x, y), (x + 13, y))
        assert desk.copied() == "stayed in port"
        desk.body.scroll_sideways(-99)
        desk.body.scroll_sideways(-8)
        await desk.pilot.pause()
        assert desk.lines()[1].strip(" ▌")


async def test_a_text_without_long_lines_is_not_scrolled_sideways() -> None:
    async with _desk(shown=telegram.parse(raw("1.  (U) Ice.\n\n2.  (U) Herring.\n"))) as desk:
        before = desk.lines()
        desk.body.scroll_sideways(8)
        await desk.pilot.pause()
        assert desk.lines() == before


async def test_a_damaged_text_is_shown_as_filed_under_a_rule_that_says_why() -> None:
    warning = CableWarning("stub", "the text breaks off after 400 characters [/x]")

    async with _desk(shown=replace(whole(), warnings=(warning,))) as desk:
        first = desk.app.painted()[0]
        assert "5 Body, as filed: the text breaks off after 400 characters [/x]" in first
        assert desk.body.has_class("-damaged")
        desk.body.show(whole())
        desk.body.follow(desk.session)
        assert not desk.body.has_class("-damaged")


async def test_the_margin_has_the_signs_of_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "1.  (C) Ruta Holm sells ice.\n\n2.  (SBU) Ice is old.\n\n3.  (C) She knows.\n"
    tool = Tool("thaw", "find what melts", body_signs=("thaw:signs",))
    found = [("~", "a baker", [(8, 12)]), ("+", "she", [(text.index("She"), len(text))])]
    monkeypatch.setattr(body_text, "tools", lambda: (tool,))
    monkeypatch.setattr(body_text, "load", {"thaw:signs": lambda _: found}.__getitem__)

    async with _desk(shown=telegram.parse(raw(text)), size=(90, 12)) as desk:
        desk.body.mark(frozenset({"3"}))
        await desk.pilot.pause()
        margins = [line[:6] for line in desk.lines()]
        assert margins[:5] == ["▌  ~  ", "", "      ", "", " ★ +  "]
        assert _explained(desk) == {"~": "a baker"}
        desk.body.stop = 2
        assert _explained(desk) == {"★": "bookmarked", "+": "she"}


def _explained(desk: Desk) -> dict[str, str]:
    return {symbol.term: symbol.meaning for symbol in desk.body.symbols_here()}


async def test_notes_and_pleas_for_protection_stand_in_the_margin() -> None:
    text = (
        "1.  (C) Baker Ruta Holm counts herrings in the port (strictly\n"
        "protect) in spring.\n\n2.  (SBU) Ice.\n"
    )

    async with _desk(shown=telegram.parse(raw(text)), size=(90, 12)) as desk:
        desk.body.mark(frozenset({"1", "2"}), frozenset({"2"}))
        await desk.pilot.pause()
        margins = [line[:6] for line in desk.lines()]
        assert margins[:4] == ["▌★  ! ", "▌   ! ", "", " ★✎   "]
        assert _explained(desk) == {"★": "bookmarked", "!": "a request to protect a person"}


async def test_a_name_that_is_perhaps_protected_has_a_sign_in_the_margin() -> None:
    text = "1.  (C) Ivo Tern spoke of it.\n2.  (C) His aide (protect) did not.\n"
    cable = telegram.parse(raw(text))
    async with _desk(shown=cable, size=(90, 12)) as desk:
        start = cable.body.text.index("Ivo")
        desk.body.set_perhaps([(start, start + 8)])
        await desk.pilot.pause()
        margins = [line[:6] for line in desk.lines()]
        assert [each[4] for each in margins[:2]] == ["?", "!"]


async def test_a_reference_that_is_not_here_has_a_sign_in_the_margin_and_no_line_under_it() -> None:
    text = "REF: A. 08ZENDA1\n     B. 08ZENDA2\n\n1.  (SBU) Ref B has it.\n\n2.  (C) Ref B.\n"
    spans = (8, 16), (25, 33)
    refs = tuple(
        Reference(label, "cable", name, False, name, span, here)
        for label, name, span, here in zip(
            "AB", ("08ZENDA1", "08ZENDA2"), spans, (True, False), strict=True
        )
    )

    async with _desk(
        shown=replace(telegram.parse(raw(text)), references=refs), size=(90, 12)
    ) as desk:
        assert [line[:6] for line in desk.lines()[:6]] == [
            "▌     ", "    ✗ ", "", "    ✗ ", "", "    ✗ "
        ]  # fmt: skip
        here, missing = (desk.body.component_style(f"body--{each}") for each in ("link", "missing"))
        assert (here.underline, (here + missing).underline) == (True, False)
        assert here.color != (here + missing).color

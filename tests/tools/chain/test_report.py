"""The chain as a report: where its page begins, what its keys do, what is selected in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.reports.table import REPORTS
from cable_tui.session.effects import copy_link
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import LeaveFor, OpenPage, PutCursor, Say, SearchFromPage
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Landing
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text import width
from cable_tui.tools.chain.formats import ChainAnswer
from cable_tui.tools.chain.report import REPORT, Ask, ChainLine, Signs, chain_lines, summary_line
from cable_tui.tools.chain.room import (
    BeginChain,
    BookmarkEntries,
    CopyEntries,
    ExportChain,
    SelectEntry,
)
from cable_tui.tools.chain.story import Chain, ChainEntry, Cites
from tests.command_cases import Answer, ReportCase, Screen
from tests.parts import CRITICISM, GRAMMAR, READING, SEARCHING
from tests.session import menu, ready, the
from tests.tools.chain.sample import CHAIN, FIRST, HOLE, HOSTILE
from tests.tui.pages.test_report_page import here, shown

OF = REPORTS["chain"]
PAGE = Page(OF, Ask(1), CHAIN.entries, answer=CHAIN, reading=False)
CASE = ReportCase(
    shapes={"chain": ChainAnswer},
    name="chain",
    asked=Ask(1),
    rows=CHAIN.entries,
    answer=CHAIN,
    answers=(
        Answer("chain PATH 05STATE130422 --json", names="cleaned"),
        Answer("chain PATH 08SANTORIEL102 --format json --depth 1"),
    ),
    imports={
        "chain PATH 04SANTORIEL88": SEARCHING
        | READING
        | GRAMMAR
        | CRITICISM
        | {"exports", "protection"}
        | {"tools.chain", "tools.protection"},
    },
    screens=(Screen("chain", "g t", cable="04PORTAMBER305", sizes=((80, 24), (200, 60))),),
)


def opens(id_: int, paragraph: str | None) -> LeaveFor:
    return LeaveFor(id_, Landing(paragraph=paragraph))


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (("enter",), opens(1, "1")),  # the cable to start from
        (("j", "j", "enter"), opens(1, None)),
        (("right_curly_bracket", "enter"), opens(2, "4")),
        (("m", "y"), CopyEntries("09ZENDA9")),  # the cursor goes on to the next cable
        (("m",), SelectEntry("09ZENDA7", 1)),
        (("b",), BookmarkEntries("09ZENDA7")),
        (("E",), ExportChain()),
        (("L",), SearchFromPage("chain:09ZENDA7 sort:created")),
        (("greater_than_sign",), OpenPage(OF, Ask(1, 2))),
        (("less_than_sign",), Say("A chain needs at least one step.")),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_keys(keys: tuple[str, ...], wanted: Action) -> None:
    asked = [each for each in shown(*keys, page=PAGE)[0] if not isinstance(each, PutCursor)]
    assert asked[-1] == wanted


@pytest.mark.parametrize(
    ("cut", "words"),
    [(False, "No more cables are linked."), (True, "than a chain can show")],
)
def test_where_there_is_no_step_that_is_said(cut: bool, words: str) -> None:
    page = replace(PAGE, answer=replace(CHAIN, beyond=0, cut=cut))
    assert words in the(Say, [REPORT.page_keys[0].does(page)]).note


def test_a_hole_offers_what_can_be_done() -> None:
    citing, link = SearchFromPage("cites:08STATE120 sort:created"), copy_link("08STATE120")
    asked = menu(shown("home", "enter", page=PAGE)[0])
    assert [each.does for each in asked.items] == [citing, link]


def test_nothing_is_done_while_nothing_is_read() -> None:
    empty = Page(OF, Ask(1))
    assert shown("enter", "m", "y", "L", "greater_than_sign", page=empty)[0] == []
    assert "Reading the chain" in "\n".join(shown(page=empty)[1])


def test_the_page_says_how_much_there_is_and_what_is_marked() -> None:
    signs: Any = (frozenset({1}), {("09ZENDA7", None): None})
    painted = shown(page=replace(PAGE, signs=signs))[1]
    assert any("2 cables, 2009-01-06 to 2009-02-01 · 1 missing" in line for line in painted)
    assert "▌●★▶ 2009-01-06 09ZENDA7" in here(painted)


def test_the_cursor_stays_on_its_sentence_when_more_is_read() -> None:
    hole, first, *others = CHAIN.entries
    longer = replace(CHAIN, entries=(hole, replace(first, unnamed=()), *others))
    then = replace(PAGE, rows=longer.entries, answer=longer)
    assert "09ZENDA9" in here(shown("right_curly_bracket", page=PAGE, then=then)[1])


def test_a_filter_leaves_entries_with_all_their_lines() -> None:
    painted = "\n".join(shown(page=replace(PAGE, typed="ice house"))[1])
    assert "THE ICE HOUSE" in painted
    assert "FOUO" not in painted


def test_it_begins_at_the_cable_that_is_read_or_under_the_cursor() -> None:
    assert REPORT.begin(ready(at=1), "") == BeginChain(20)
    with pytest.raises(UsageError, match="Open or select the cable"):
        REPORT.begin(Session(), "")


NO_SIGNS = Signs()


def _text(line: ChainLine) -> str:
    return "".join(text for text, _ in line.pieces)


def _lines(chain: Chain, cells: int = 100, signs: Signs = NO_SIGNS) -> list[str]:
    return [_text(line).strip() for line in chain_lines(chain, chain.entries, cells, signs)]


def test_a_cable_has_its_day_post_and_subject_and_what_it_cites() -> None:
    lines = _lines(CHAIN)
    at = next(at for at, line in enumerate(lines) if line.startswith("▶ 2009-01-06 09ZENDA7"))
    assert "Embassy Zenda" in lines[at]
    assert lines[at].endswith("CONFIDENTIAL")
    assert lines[at + 1 : at + 7] == [
        "THE ICE HOUSE",
        "→ 08STATE120 ? A ✗  ¶1 See ref A on the ice house.",
        "… B. SAPT-TARLENHEIM E-MAIL OF 1/2/09",
        "… ¶2 The price is reported septel.",
        "… ¶3 The smell as well (septel).",
        "← 09ZENDA9",
    ]


def test_a_hole_says_that_it_is_not_here_and_who_cites_it() -> None:
    lines = _lines(CHAIN)
    assert lines[:3] == [
        "✗ 08STATE120  not in this archive",
        "estimated from its number: 2008-12-01 to 2008-12-20, cited on 2009-01-06",
        "← 09ZENDA7, 09ZENDA9 and 12 more",
    ]


def test_a_citing_without_a_sentence_says_so_only_when_the_text_was_read() -> None:
    only = (Cites("08STATE120"),)
    read = replace(FIRST, cites=only, unnamed=())
    assert "→ 08STATE120 ✗  in its REF lines only" in _lines(replace(CHAIN, entries=(HOLE, read)))
    unread = replace(read, read=False)
    assert "→ 08STATE120 ✗  …" in _lines(replace(CHAIN, entries=(HOLE, unread)))
    lost = replace(unread, unreadable="zenda.csv: it is gone")
    assert "! zenda.csv: it is gone" in _lines(replace(CHAIN, entries=(HOLE, lost)))


def test_of_many_sentences_three_are_shown_and_the_others_counted() -> None:
    said = tuple(Sentence(str(at), f"Sentence {at}.") for at in range(1, 6))
    one = replace(FIRST, cites=(Cites("08STATE120", sentences=said),), unnamed=())
    lines = _lines(replace(CHAIN, entries=(HOLE, one)))
    assert "¶3 Sentence 3. (and 2 sentences more)" in lines
    assert not any("Sentence 4." in line for line in lines)


def test_enter_leads_to_the_paragraph_of_its_sentence() -> None:
    lines = chain_lines(CHAIN, CHAIN.entries, 100, NO_SIGNS)
    places = [(each.canonical_id, each.paragraph) for each in lines if each.canonical_id]
    assert places[:5] == [
        ("08STATE120", None),
        ("09ZENDA7", "1"),
        ("09ZENDA7", "1"),
        ("09ZENDA7", None),
        ("09ZENDA7", "2"),
    ]


def test_no_control_character_reaches_a_line() -> None:
    assert HOSTILE in CHAIN.entries[2].subject
    assert not any("\x1b" in line or "\x07" in line for line in _lines(CHAIN))


@given(cells=st.integers(1, 140), words=st.text(max_size=40))
def test_no_line_is_wider_than_the_page(cells: int, words: str) -> None:
    one = replace(FIRST, subject=words, origin=words)
    for line in chain_lines(CHAIN, (one,), max(cells, 40), NO_SIGNS):
        assert width(_text(line)) <= max(cells, 40)


def test_the_summary_is_one_short_line() -> None:
    assert summary_line(CHAIN) == (
        "2 cables, 2009-01-06 to 2009-02-01 · 1 missing · 1 step · > adds 31 more"
    )
    assert summary_line(replace(CHAIN, beyond=0)).endswith("no more cables are linked")
    assert summary_line(replace(CHAIN, beyond=0, cut=True)).endswith("only the nearest")
    partial = replace(CHAIN, beyond=0, partial=True)
    assert summary_line(partial).endswith("still indexing: more may be linked")
    alone = Chain("09ZENDA7", 0, (ChainEntry("09ZENDA7", 0, id=1, created="2009-01-06"),))
    assert summary_line(alone) == "1 cable, 2009-01-06 · 0 steps · no linked cables"

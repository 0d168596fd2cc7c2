"""The page of a draft: its keys, both texts, side by side or not, texts that are not ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from cable_tui.base.cable import Span
from cable_tui.base.value import replace
from cable_tui.formats.office.blocks import TextBlock, TextDocument
from cable_tui.session.values import Action
from cable_tui.tools.drafts import room as check_draft
from cable_tui.tools.drafts.comparing import Difference
from cable_tui.tools.drafts.draft_view import DraftView, identity
from cable_tui.tools.drafts.findings import Finding, QuotedSource, Verdict
from cable_tui.tools.drafts.page import (
    KEYS,
    DraftPage,
    cable_passage,
    draft_passage,
    head_of,
    widths_of,
)
from cable_tui.tools.drafts.quotations import BlockSpan
from cable_tui.tools.drafts.room import (
    CheckAgain,
    CopyRightCitation,
    EditDraft,
    FilterDraft,
    FollowQuotation,
    OnlyFaults,
)
from tests.tui.pages.page_stage import PageCase, check_keys, page_shown
from tests.tui.stage import PageStage

HOSTILE = "[/x] [red]XX[/red] \x1b]0;owned\x07 "
DRAFT = TextDocument(
    "text",
    "line",
    tuple(TextBlock(f"{HOSTILE}They wrote of pot {at} there", at) for at in range(9)),
)
PLACE = QuotedSource(
    1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (3,), f"{HOSTILE} a kettle\nof pot 1", ((40, 45),)
)


def finding(verdict: Verdict, at: int) -> Finding:
    return Finding(
        *("quotation", verdict, (BlockSpan(at, 30, 45),), f"line {at}", "", f"pot {at} {HOSTILE}"),
        found=PLACE,
        differences=(Difference("words", "pot", "lamp", is_fault=True),)
        if verdict == "altered"
        else (),
    )


FINDINGS = (finding("exact", 1), finding("altered", 2), finding("exact", 3), finding("unfound", 4))


def _came(done: bool) -> Sequence[Action]:
    read = check_draft.DraftWasRead(DRAFT, (1, 1), 9)
    return [read, check_draft.DraftChecked(FINDINGS, done=done)]


CASE = PageCase(
    "draft",
    DraftPage,
    lambda: check_draft.OpenDraft("/x/a.md"),
    _came,
    lambda page: cast("DraftPage", page).pane.at,
    shows=(check_draft.ShowDraftPage,),
    keys=tuple(KEYS),
)
VIEW = DraftView("/x/a.md", DRAFT, (1, 1), FINDINGS, 4, True, "a note", shown=True)


def shown(
    *keys: str, view: DraftView = VIEW, size: tuple[int, int] = (80, 24)
) -> tuple[list[Action], list[str]]:
    """What the page asks for, and the screen."""
    return page_shown(DraftPage, view, *keys, size=size)


@pytest.fixture(autouse=True)
def _no_looks_at_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine one would be among what the keys ask for."""
    monkeypatch.setattr(DraftPage, "look_every", 3600.0)


def test_keys() -> None:
    def made(dispatch: Callable[[Action], None]) -> DraftPage:
        page = DraftPage(dispatch)
        page.show(VIEW)
        return page

    check_keys(
        made,
        [
            (("enter",), [FollowQuotation(0)]),
            (("j", "down", "k", "l"), [FollowQuotation(1)]),
            (("n", "enter"), [FollowQuotation(1)]),
            (("n", "n", "enter"), [FollowQuotation(3)]),
            (("n", "n", "N", "enter"), [FollowQuotation(1)]),
            (("G", "y"), [CopyRightCitation(3)]),
            (("G", "home", "y"), [CopyRightCitation(0)]),
            (("t",), [OnlyFaults()]),
            (("r",), [CheckAgain()]),
            (("j", "e"), [EditDraft(1)]),
            (("slash", "p"), [FilterDraft("p")]),
        ],
    )


def test_both_texts_stand_below_the_list() -> None:
    _, lines = shown("n")
    text = "\n".join(lines)
    assert "≠ line 2" in text
    assert "“pot” where the cable has “lamp”" in text
    assert "They wrote of pot 2" in text
    assert "a kettle of pot 1" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("size", "count", "frame"),
    [((80, 24), 4, 5), ((200, 60), 4, 5), ((80, 24), 1, 4), ((80, 24), 30, 9)],
)
def test_the_list_takes_the_lines_that_it_needs_up_to_two_fifths(
    size: tuple[int, int], count: int, frame: int
) -> None:
    findings = tuple(finding("exact", at % 9) for at in range(count))
    _, lines = shown(view=replace(VIEW, findings=findings), size=size)
    assert "─ draft, line 0" in lines[frame]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_a_quotation_at_the_end_of_long_paragraphs_is_in_view(size: tuple[int, int]) -> None:
    words = "so it went on and on " * 60
    text = f"{words}of pot 9"
    start = len(words)
    place = QuotedSource(1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (3,), text, ((start, start + 8),))
    found = Finding(
        *("quotation", "altered", (BlockSpan(0, start, start + 8),), "line 1", "", "pot"),
        found=place,
        differences=(Difference("words", "pot", "lamp", is_fault=True),),
    )
    view = DraftView(
        *(
            "/x/a.md",
            TextDocument("text", "line", (TextBlock(text, 1),)),
            (1, 1),
            (found,),
            1,
            True,
            "",
        ),
        shown=True,
    )
    _, lines = shown(view=view, size=size)
    assert sum(line.count("of pot 9") for line in lines) == 2
    assert any("“pot” where the cable has “lamp”" in line for line in lines)


async def test_the_cursor_stays_while_the_draft_is_read_again() -> None:
    """Whoever mends a draft saves it often: the list is empty then, and fills."""
    asked: list[Action] = []

    app = PageStage()
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
        await pilot.press("home")
        page.show(VIEW)
        await pilot.press("enter")
    assert asked == [FollowQuotation(3), FollowQuotation(3), FollowQuotation(0)]


async def test_the_line_of_the_cursor_is_in_view_when_the_draft_was_read_again() -> None:
    blocks = tuple(TextBlock("They wrote of pot and pan", at) for at in range(40))
    many = tuple(
        Finding("quotation", "exact", (BlockSpan(at, 0, 4),), f"line {at}", "", "pot")
        for at in range(40)
    )
    full = replace(VIEW, draft=TextDocument("text", "line", blocks), findings=many, total=40)
    painted: list[str] = []

    app = PageStage()
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
    view = DraftView("/x/a.md", DRAFT, (1, 1), (), 0, whole=True, shown=True)
    painted = "\n".join(shown(view=view)[1])
    assert "neither quotations" in painted
    assert "nothing to check" in painted
    assert "all is right" not in painted


def test_a_draft_that_was_not_read_has_no_empty_frames_and_says_the_next_step() -> None:
    lines = page_shown(
        DraftPage, DraftView("/x/a.md", note="no such file. g D asks", shown=True), size=(80, 24)
    )[1]
    painted = "\n".join(lines)
    assert "no such file. g D asks" in painted
    assert "r reads the draft again · Esc closes" in painted
    assert lines[-1].rstrip("─╯").endswith(" not read ")
    assert painted.count("╭") == 1


def test_a_filter_without_lines_says_so() -> None:
    view = replace(VIEW, whole=True, typed="zzz")
    assert "No line contains these words." in "\n".join(shown(view=view)[1])


def test_the_line_of_keys_has_the_editor_at_80_columns() -> None:
    line = "Enter opens the cable · e edits · t only faults · ? all keys · Esc closes"
    assert line in "\n".join(shown(view=VIEW)[1])


@pytest.mark.parametrize("note", ["stopped after 1 of 4", "The index is damaged."])
@pytest.mark.parametrize("found", [0, 1])
def test_a_check_that_did_not_come_to_its_end_does_not_say_that_all_is_right(
    note: str, found: int
) -> None:
    view = DraftView("/x/a.md", DRAFT, (1, 1), FINDINGS[:found], 4, note=note, shown=True)
    painted = "\n".join(shown(view=view)[1])
    assert "all is right" not in painted
    assert "neither quotations" not in painted
    assert f"{found} of 4 checked" in painted
    assert note in painted


def marked(content: Content) -> list[str]:
    return [content.plain[each.start : each.end] for each in content.spans]


def a_finding(
    *pieces: BlockSpan, verdict: Verdict = "exact", kind: str = "quotation", passage: str = ""
) -> Finding:
    place = QuotedSource(1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (2,), passage, ((4, 7),))
    return Finding(
        *(kind, verdict, pieces, "line 12", "", "two"),  # type: ignore[arg-type]  # a kind
        found=None if verdict == "unfound" else place,
        differences=(Difference("words", "two", "too", is_fault=True),)
        if verdict == "altered"
        else (),
    )


@pytest.mark.parametrize(
    ("verdict", "kind", "wanted"),
    [
        ("exact", "quotation", "✓ line 12  exact                09ZENDA1 ¶3"),
        ("altered", "quotation", "≠ line 12  altered              09ZENDA1 ¶3"),
        ("unfound", "quotation", "? line 12  not in this archive             "),
        ("unfound", "citation", "? line 12  cable not in this archive             "),
        ("altered", "citation", "≠ line 12  cited, but its facts differ  09ZENDA1 ¶3"),
    ],
)
def test_the_columns_of_findings_stand_below_each_other(
    verdict: Verdict, kind: str, wanted: str
) -> None:
    made = a_finding(BlockSpan(0, 0, 3), verdict=verdict, kind=kind)
    others = (a_finding(BlockSpan(0, 0, 3), verdict=each) for each in ("exact", "unfound"))
    assert head_of(made, widths_of([made, *others])) == wanted


def test_a_cut_line_of_the_list_ends_in_a_sign() -> None:
    long = replace(finding("exact", 1), text="so it went on " * 20)
    _, lines = shown(view=replace(VIEW, findings=(long,)))
    assert any("so it" in line and "…" in line for line in lines)


def draft(*texts: str) -> TextDocument:
    return TextDocument("text", "line", tuple(TextBlock(text, 1) for text in texts))


def test_the_quotation_is_marked_in_its_paragraph_with_its_lines_joined() -> None:
    shown = draft_passage(draft("one\ntwo\nthree"), a_finding(BlockSpan(0, 4, 7)))
    assert (shown.plain, marked(shown)) == ("one two three", ["two"])


def test_a_quotation_of_several_paragraphs_is_shown_with_all_of_them() -> None:
    shown = draft_passage(
        draft("one two", "three", "four five"), a_finding(BlockSpan(0, 4, 7), BlockSpan(2, 0, 4))
    )
    assert shown.plain == "one two\n\nfour five"
    assert marked(shown) == ["two", "four"]


def test_of_a_long_paragraph_the_words_around_are_shown() -> None:
    text = f"{'a' * 5000}two{'b' * 5000}"
    shown = draft_passage(draft(text), a_finding(BlockSpan(0, 5000, 5003)))
    assert shown.plain == f"… {'a' * 600}two{'b' * 600} …"
    assert marked(shown) == ["two"]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        (4, "… two three"),
        (5, "… two three"),
        (8, "… zero two three"),
        (9, "… zero two three"),
        (13, "a one zero two three"),
    ],
)
def test_what_stands_before_is_cut_at_a_word(before: int, wanted: str) -> None:
    shown = draft_passage(draft("a one zero two three"), a_finding(BlockSpan(0, 11, 14)), before)
    assert (shown.plain, marked(shown)) == (wanted, ["two"])


def test_the_text_of_a_cable_is_cut_as_well() -> None:
    made = a_finding(BlockSpan(0, 0, 3), passage="one two\n\nthree")
    assert cable_passage(made, 2).plain == "… two\n\nthree"


def test_above_the_text_of_the_cable_stands_what_differs() -> None:
    shown = cable_passage(
        a_finding(BlockSpan(0, 0, 3), verdict="altered", passage="one two\n\nthree")
    )
    assert shown.plain == "“two” where the cable has “too”\n\none two\n\nthree"
    assert marked(shown) == ["two"]


@pytest.mark.parametrize(
    ("draft_text", "passage", "inside"),
    [
        ("So two pots are red.", "So too pots are red.", (["two"], ["too"])),
        ("So two of two are red.", "So too pots are red.", ([], ["too"])),
        ("So twoo pots are red.", "So tooo pots are red.", ([], [])),
    ],
    ids=["altered", "twice: which is not known", "only a part of a word"],
)
def test_the_altered_word_is_marked_inside_the_quotation(
    draft_text: str, passage: str, inside: tuple[list[str], list[str]]
) -> None:
    made = a_finding(BlockSpan(0, 0, len(draft_text)), verdict="altered", passage=passage)
    place = replace(made.found, marked=((0, len(passage)),)) if made.found else None
    made = replace(made, found=place)
    found = [
        [shown.plain[each.start : each.end] for each in shown.spans if "bold" in str(each.style)]
        for shown in (draft_passage(draft(draft_text), made), cable_passage(made))
    ]
    assert tuple(found) == inside


def test_of_what_is_right_the_text_stands_alone() -> None:
    assert cable_passage(a_finding(BlockSpan(0, 0, 3), passage="one two")).plain == "one two"


def test_what_is_nowhere_has_no_text() -> None:
    assert cable_passage(a_finding(BlockSpan(0, 0, 3), verdict="unfound")).plain == ""


@given(
    st.text("ab \n\x1b", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
def test_any_place_of_any_text_is_shown(text: str, spans: list[Span]) -> None:
    pieces = [BlockSpan(0, min(span), max(span)) for span in spans]
    shown = draft_passage(draft(text), a_finding(*pieces))
    assert "\x1b" not in shown.plain


def test_what_a_save_changed_is_marked_and_counted() -> None:
    before = frozenset(map(identity, FINDINGS[:3]))
    _, lines = shown(view=replace(VIEW, earlier=before, reading=False, whole=True), size=(120, 40))
    marks = [line.split("line")[0].strip(" │▌") for line in lines[1:5]]
    assert marks == ["✓", "≠", "✓", "+ ?"]
    assert any("+ 1 new or changed since the last save · a note" in line for line in lines)

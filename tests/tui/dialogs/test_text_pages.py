"""Pages of information."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.glossary.terms import Explanation
from cable_tui.session.features.glossary import ShowGlossary
from cable_tui.session.registry import Services
from cable_tui.tui.dialogs.text_pages import (
    GlossaryPanel,
    Notice,
    TextPage,
    archive_lines,
    explanations,
    glossary_lines,
    notice_lines,
    settings_lines,
)
from tests.tui.cables import whole
from tests.tui.stage import PageStage, ended

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"


def test_notices_stand_the_last_first_with_their_weight() -> None:
    notices = [
        Notice("10:00:00", "information", "Bookmarked 09ZENDA1"),
        Notice("10:00:05", "error", "The disk is full"),
    ]
    assert list(notice_lines(notices)) == [
        "10:00:05 ✗ The disk is full",
        "10:00:00   Bookmarked 09ZENDA1",
    ]
    assert list(notice_lines([])) == ["No messages so far."]


def test_the_archive_says_where_it_is_and_how_far_it_is_read(
    services: Services, indexed: Path
) -> None:
    lines = list(archive_lines(services))
    assert lines[0] == str(indexed / "cables")
    assert lines[1].startswith("40 cables, ")
    assert "  texts that can be searched: 40 of 40" in lines
    assert lines[-1] == "Bookmarks and notes: 0"


def test_the_settings_say_where_they_are_and_what_readers_look_for(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    first, *lines = settings_lines(file, "nord")
    assert first == f"{file} (not there yet)"
    assert "Theme      nord (^p Theme)" in lines
    assert all(len(line) <= 68 for line in lines), "they fit the box at 80 columns"
    file.write_text("")
    assert next(iter(settings_lines(file, "nord"))) == str(file)


@pytest.mark.parametrize(
    ("key", "shown"), [("end", "line 99"), ("j", "line 21"), ("space", "line 30")]
)
async def test_a_long_page_scrolls(key: str, shown: str) -> None:
    app = PageStage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(TextPage("Output", [f"line {number}" for number in range(100)]))
        await pilot.pause()
        before = "".join(app.painted())
        await pilot.press(key)
        await pilot.pause()
        assert shown in "".join(app.painted())
        assert shown not in before


@pytest.mark.parametrize("key", ["escape", "q", "backspace"])
async def test_a_page_runs_nothing_and_closes(key: str) -> None:
    page = partial(TextPage, HOSTILE, [HOSTILE] * 100, "! as filed: no [u] body")
    painted: list[str] = []
    ends = await ended(page, painted=painted)
    assert any("! as filed: no [u] body" in line for line in painted)
    assert sum("[deleted XXXXX]" in line for line in painted) > 10
    assert not any("\x1b" in line for line in painted)
    moves = ("j", "G", "k", "pageup", "right", "left", "g", "pagedown", "end", "home", "x")
    assert ends == await ended(page, *moves) == []
    assert await ended(page, *moves, key) == [None]


def test_terms_stand_below_each_other_and_what_is_unknown_says_so() -> None:
    found = [Explanation("PGOV", "TAG, subject", "Government"), Explanation("[/x]", "", "")]
    assert [line.plain for line in glossary_lines(found, ["ZQXW"])] == [
        "PGOV  Government  TAG, subject",
        "[/x]  unknown: not in the tables",
        "",
        "Not in the tables: ZQXW",
    ]
    assert [line.plain for line in glossary_lines([])] == ["None of these terms are in the tables."]


def test_a_term_too_long_for_its_column_moves_no_meaning() -> None:
    found = [
        Explanation("CONFIDENTIAL//NOFORN", "classification", "Not for foreigners"),
        Explanation("PGOV", "TAG, subject", "Government"),
    ]
    assert [line.plain for line in glossary_lines(found)] == [
        "CONFIDENTIAL//NOFORN",
        f"{'':18}Not for foreigners  classification",
        f"{'PGOV':18}Government  TAG, subject",
    ]


def test_a_tag_of_no_list_has_its_kind_and_is_not_called_unknown() -> None:
    assert [line.plain for line in glossary_lines([Explanation("KZQX", "TAG, program", "")])] == [
        "KZQX  not in the tables  TAG, program"
    ]


def test_every_meaning_stands_on_its_line_with_its_evidence() -> None:
    asked = ShowGlossary(
        "paragraph", "¶1", "The AG left.", whole(), {("AG", "Australia Group"): 12}
    )
    assert [line.plain for line in glossary_lines(explanations(asked))] == [
        "AG  Australia Group  acronym, in 12 cables of this post",
        "    or: Attorney General  in the table",
    ]


def test_a_header_a_word_and_a_cable_are_explained_each_in_its_way() -> None:
    made = whole()
    header = ShowGlossary("header", "the header", "FM AMEMBASSY", made)
    assert explanations(header)[0].term == "FM"
    assert explanations(ShowGlossary("words", "PGOV", "PGOV", made))[0].kind == "TAG, subject"
    assert explanations(ShowGlossary("top", "", "", made))[0].kind == "classification"
    paragraph = ShowGlossary("paragraph", "¶1", "The DCM", made)
    assert explanations(paragraph)[0].kind == "acronym"


async def test_any_word_can_be_typed_in_the_panel() -> None:
    asked = ShowGlossary("words", "PGOV", "PGOV", whole())
    panel = partial(GlossaryPanel, asked)
    assert await ended(panel, "slash", *"quip", "backspace") == []
    assert await ended(panel, "slash", *"quip", "escape") == []
    assert await ended(panel, "slash", *"quip", "escape", "q") == [None]
    empty = partial(GlossaryPanel, ShowGlossary("words", "any word", "", None))
    assert await ended(empty, *"iq", "backspace") == []
    assert await ended(empty, *"iq", "escape") == [None]


async def test_the_panel_scrolls_and_esc_closes_it() -> None:
    text = " ".join(f"0{year}RABAT{n}" for year in range(1, 10) for n in range(1, 9))
    panel = partial(GlossaryPanel, ShowGlossary("paragraph", "¶1 [/x]", text, whole()))
    moves = ("j", "pagedown", "k", "up")
    assert await ended(panel, *moves) == []
    assert await ended(panel, *moves, "escape") == [None]


def test_words_of_no_cable_are_explained() -> None:
    assert explanations(ShowGlossary("words", "PGOV", "PGOV"))[0].kind == "TAG, subject"


def test_an_unread_cable_has_nothing_but_its_facts() -> None:
    made = replace(whole(), tags=())
    assert all(each.kind for each in explanations(ShowGlossary("top", "", "", made)))


def test_the_question_mark_behind_a_reference_is_spelled_out() -> None:
    made = whole()
    refs = tuple(
        replace(each, year_inferred=each.reference_id == "09STRELSAU90") for each in made.references
    )
    made = replace(made, references=refs)
    said = Explanation(
        "09STRELSAU90 ?",
        "reference",
        "printed as STRELSAU 0090, without a year: "
        "the year was inferred from the date of this cable and may be wrong",
    )
    assert explanations(ShowGlossary("top", "09ZENDA27", "", made))[-1] == said
    assert explanations(ShowGlossary("paragraph", "the top", made.body.text, made))[-1] == said
    assert said not in explanations(ShowGlossary("paragraph", "¶4", "no herring", made))


def test_a_precedence_says_how_urgent_it_is() -> None:
    found = explanations(ShowGlossary("header", "the header", "OO RUEHC\nIMMEDIATE"))
    assert [each.meaning for each in found if each.term in ("OO", "IMMEDIATE")] == [
        "Immediate: second highest precedence (routing line)",
        "Second highest precedence",
    ]

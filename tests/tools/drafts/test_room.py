"""A draft over the room: read in pieces, filtered, followed, come back to, read again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Place
from cable_tui.base.value import replace
from cable_tui.formats.office.blocks import TextBlock, TextDocument, Unit
from cable_tui.session import effects
from cable_tui.session.features import opened_cable
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect, Landing
from cable_tui.tools.drafts import room as check_draft
from cable_tui.tools.drafts.draft_view import DraftView
from cable_tui.tools.drafts.findings import Finding, QuotedSource, Verdict
from cable_tui.tools.drafts.quotations import BlockSpan
from tests.archive.fiction import Fiction, opened, write_dump
from tests.session import cable, done, kinds, ready, said, the, walk

DRAFT = TextDocument("text", "line", (TextBlock("“the old lobster pot is red”", 1),))
PLACE = QuotedSource(
    1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (4, 5), "say the old\nlobster pot", ((4, 23),), 812
)


def finding(verdict: Verdict = "exact", at: int = 0) -> Finding:
    found = None if verdict == "unfound" else PLACE
    return Finding(
        "quotation",
        verdict,
        (BlockSpan(at, 0, 5),),
        "line 1",
        "",
        "the old lobster pot",
        found=found,
    )


def draft_of(session: Session) -> DraftView:
    return session.of_tool(DraftView)


def opened_draft() -> Session:
    return walk(ready(), check_draft.OpenDraft("/x/a.md"))


def checked(*findings: Finding) -> Session:
    session = opened_draft()
    return walk(
        session,
        check_draft.DraftWasRead(DRAFT, (5, 7), len(findings)),
        check_draft.DraftChecked(findings, done=True, note="a note"),
    )


def test_the_page_is_there_at_once_and_fills() -> None:
    session, wanted = step(ready(), check_draft.OpenDraft("/x/a.md"))
    assert wanted == (check_draft.ShowDraftPage(), check_draft.CheckDraft("/x/a.md"))
    session = walk(session, check_draft.DraftWasRead(DRAFT, (5, 7), 2))
    session = walk(session, check_draft.DraftChecked((finding(),)))
    session = walk(session, check_draft.DraftChecked((finding("altered", 1),)))
    assert (len(draft_of(session).findings), draft_of(session).reading) == (
        2,
        True,
    )
    session = walk(session, check_draft.DraftChecked((finding(),), done=True))
    assert (len(draft_of(session).findings), draft_of(session).reading) == (
        1,
        False,
    )


def test_a_change_of_another_draft_or_of_one_that_was_left_changes_nothing() -> None:
    session = checked(finding())
    assert walk(session, check_draft.DraftHasChanged("/x/b.md")) == session
    left = walk(session, check_draft.CloseDraft())
    assert walk(left, check_draft.DraftHasChanged("/x/a.md")) == left


def test_only_faults_leaves_out_what_is_right() -> None:
    session = walk(checked(finding(), finding("altered", 1)), check_draft.OnlyFaults())
    assert [each.verdict for each in draft_of(session).listed] == ["altered"]
    assert len(draft_of(walk(session, check_draft.OnlyFaults())).listed) == 2


def test_enter_opens_the_cable_with_the_quotation_and_back_comes_to_the_page() -> None:
    session, wanted = step(checked(finding()), check_draft.FollowQuotation(0))
    assert session.landing == Landing(index=4, offset=812, words="the old lobster pot")
    assert (draft_of(session).shown, kinds(wanted)) == (
        False,
        [effects.Stop, effects.FetchCable],
    )
    session = walk(session, opened_cable.CableShown(1, cable(1)))
    assert session.find.text == "the old lobster pot"
    session, wanted = step(session, opened_cable.GoBack())
    assert session.past == ()
    page = [each for each in wanted if isinstance(each, check_draft.ShowDraftPage)]
    assert (page, draft_of(session).shown) == ([check_draft.ShowDraftPage()], True)


def test_what_stands_nowhere_cannot_be_followed_or_copied() -> None:
    session = checked(finding("unfound"))
    for action in (check_draft.FollowQuotation(0), check_draft.CopyRightCitation(0)):
        after, wanted = step(session, action)
        assert after == session
        assert "No cable in this archive" in said(wanted)


def test_y_copies_the_citation_of_the_right_place() -> None:
    _, wanted = step(checked(finding("elsewhere")), check_draft.CopyRightCitation(0))
    assert wanted == (effects.CopyCable("reference", Place(1, 4, record=1), upto=5),)


def test_a_file_that_changed_is_read_again_and_the_page_stays() -> None:
    session, wanted = step(checked(finding()), check_draft.LookAtDraft())
    assert wanted == (check_draft.SeeDraftFile("/x/a.md", (5, 7)),)
    session, wanted = step(session, check_draft.DraftHasChanged("/x/a.md"))
    assert wanted == (check_draft.CheckDraft("/x/a.md"),)
    assert step(session, check_draft.LookAtDraft())[1] == ()  # it is being read
    assert kinds(step(checked(finding()), check_draft.CheckAgain())[1]) == [check_draft.CheckDraft]


def test_the_page_of_a_draft_that_cannot_be_read_says_why_and_the_next_step() -> None:
    session, wanted = step(opened_draft(), check_draft.DraftFailed("no such file", (1, 2)))
    view = draft_of(session)
    assert (view.shown, view.reading, wanted) == (True, False, ())
    assert view.note == "no such file. r reads it again, g D asks for another file."
    (look,) = step(session, check_draft.LookAtDraft())[1]
    assert look == check_draft.SeeDraftFile("/x/a.md", (1, 2))  # only a save reads it again


def test_the_draft_that_was_checked_last_is_proposed_again() -> None:
    asked = the(
        effects.AskLine,
        step(walk(opened_draft(), check_draft.CloseDraft(at_once=True)), check_draft.ChooseDraft())[
            1
        ],
    )
    assert asked.proposed == "/x/a.md"
    assert asked.typed("/x/b.md") == check_draft.OpenDraft("/x/b.md")


def test_the_filter_leaves_the_lines_with_every_word() -> None:
    session = walk(checked(finding(), finding("altered")), check_draft.FilterDraft("zzz"))
    assert draft_of(session).listed == ()
    assert len(draft_of(walk(session, check_draft.FilterDraft(""))).listed) == 2


GOAT = "Eleven goats crossed the runway on Tuesday and the afternoon flight had to circle."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("draft")
    write_dump(folder / "cables.csv", [Fiction("09RABAT1", text=GOAT)])
    return opened(folder / "cables.csv", folder / "cache")


def reported(archive: Archive, effect: Effect, *, in_browser: bool = False) -> list[Action]:
    services: Any = Services.__new__(Services)
    services.archive, services.in_browser = archive, in_browser
    services.library = SimpleNamespace(path=archive.root.with_name("library.sqlite"))
    return done(services, effect)


def test_a_draft_is_read_and_checked(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"“{GOAT}” (09RABAT1 ¶1)\n\n```\nx\n```\n", encoding="utf-8")
    first, *_, checked = reported(archive, check_draft.CheckDraft(str(file)))
    read, last = the(check_draft.DraftWasRead, [first]), the(check_draft.DraftChecked, [checked])
    assert (read.total, read.stamp[0]) == (2, file.stat().st_size)
    assert last.done
    assert [(each.kind, each.verdict) for each in last.findings] == [
        ("quotation", "exact"),
        ("citation", "exact"),
    ]
    assert "1 quotation: 1 exact" in last.note
    assert "not checked: a block of code" in last.note


def test_how_much_was_not_looked_at_is_said_in_few_words(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("<!-- a -->\n" * 5, encoding="utf-8")
    told = reported(archive, check_draft.CheckDraft(str(file)))
    last = the(check_draft.DraftChecked, told[-1:])
    assert last.note == (
        "not checked: a comment, from line 1 on; a comment, from line 2 on; "
        "a comment, from line 3 on; and 2 more"
    )


def test_what_cannot_be_read_is_said(archive: Archive, tmp_path: Path) -> None:
    failed = the(
        check_draft.DraftFailed,
        reported(archive, check_draft.CheckDraft(str(tmp_path / "nothing.md"))),
    )
    assert "no such file" in failed.reason
    folder = the(check_draft.DraftFailed, reported(archive, check_draft.CheckDraft(str(tmp_path))))
    assert folder.reason == f"{tmp_path}: it is a folder; a draft is one file"
    assert reported(archive, check_draft.SeeDraftFile(str(tmp_path), folder.stamp)) == []


def test_a_browser_reads_no_file_of_the_machine_that_serves_it(
    archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")
    the(
        check_draft.DraftFailed,
        reported(archive, check_draft.CheckDraft(str(file)), in_browser=True),
    )


def test_a_changed_file_is_seen(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")
    read = the(check_draft.DraftWasRead, reported(archive, check_draft.CheckDraft(str(file)))[:1])
    stamp = read.stamp
    assert reported(archive, check_draft.SeeDraftFile(str(file), stamp)) == []
    file.write_text("xy", encoding="utf-8")
    assert reported(archive, check_draft.SeeDraftFile(str(file), stamp)) == [
        check_draft.DraftHasChanged(str(file))
    ]
    file.unlink()
    assert reported(archive, check_draft.SeeDraftFile(str(file), stamp)) == []


def test_after_a_save_what_is_new_or_differs_is_marked() -> None:
    first, second = finding("altered", 0), finding("exact", 1)
    session = checked(first, second)
    assert not any(map(draft_of(session).is_changed, (first, second)))  # no save yet
    session = walk(session, check_draft.DraftHasChanged("/x/a.md"))
    repaired, moved = finding("exact", 0), replace(second, place="line 9")
    added = replace(first, text="another pot")
    session = walk(session, check_draft.DraftChecked((repaired, moved, added), done=True))
    marked = [draft_of(session).is_changed(each) for each in (repaired, moved, added)]
    assert marked == [False, False, True]  # the repaired one equals the second of before
    session = walk(session, check_draft.DraftHasChanged("/x/a.md"))
    session = walk(session, check_draft.DraftChecked((repaired, added), done=True))
    assert not any(map(draft_of(session).is_changed, (repaired, added)))
    session = walk(session, check_draft.OpenDraft("/x/b.md"))
    assert draft_of(session).earlier is None


@pytest.mark.parametrize(
    ("unit", "expected", "sentence"),
    [
        ("line", (check_draft.RunDraftEditor("/x/a.md", 3),), None),
        ("paragraph", None, "Open text files in your word processor. The quotation is at line 1."),
    ],
)
def test_e_opens_the_draft_at_the_line_of_the_quotation(
    unit: Unit, expected: tuple[Effect, ...] | None, sentence: str | None
) -> None:
    text = TextDocument("text", unit, (TextBlock("a\n“the old lobster pot”", 2),))
    session = walk(checked(finding()), check_draft.DraftWasRead(text, (5, 7), 1))
    piece = replace(finding(), pieces=(BlockSpan(0, 2, 7),))
    session = walk(session, check_draft.DraftChecked((piece,), done=True))
    _, wanted = step(session, check_draft.EditDraft(0))
    assert expected is None or wanted == expected
    assert sentence is None or said(wanted) == sentence
    assert step(session, check_draft.EditDraft(7))[1] == ()


def test_a_draft_in_html_opens_at_its_beginning() -> None:
    draft = TextDocument("HTML", "paragraph", (TextBlock("the old lobster pot", 7),))
    session = walk(
        opened_draft(),
        check_draft.DraftWasRead(draft, (5, 7), 1),
        check_draft.DraftChecked((finding(),), done=True),
    )
    _, wanted = step(session, check_draft.EditDraft(0))
    assert wanted == (check_draft.RunDraftEditor("/x/a.md", 1),)

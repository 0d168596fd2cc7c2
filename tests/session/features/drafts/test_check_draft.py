"""A draft over the room: read in pieces, filtered, followed, come back to, read again."""

from __future__ import annotations

from cable_tui.drafts.base import Block, Draft
from cable_tui.drafts.findings import Finding, FoundPlace, Verdict
from cable_tui.drafts.quotations import Piece
from cable_tui.session import effects
from cable_tui.session.features.drafts.check_draft import (
    AskDraft,
    CheckAgain,
    CheckDraft,
    ChooseDraft,
    CloseDraft,
    CopyRightCitation,
    DraftChecked,
    DraftFailed,
    DraftHasChanged,
    DraftWasRead,
    FollowQuotation,
    LookAtDraft,
    OnlyFaults,
    OpenDraft,
    SeeDraftFile,
    ShowDraftPage,
)
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Landing
from tests.session import cable, kinds, ready, said, walk

DRAFT = Draft("text", "line", (Block("“the old lobster pot is red”", 1),))
PLACE = FoundPlace(
    1, "09ZENDA1", ("3",), "09ZENDA1 ¶3", (4, 5), "say the old\nlobster pot", ((4, 23),), 812
)


def finding(verdict: Verdict = "exact", at: int = 0) -> Finding:
    found = None if verdict == "unfound" else PLACE
    return Finding(
        "quotation", verdict, (Piece(at, 0, 5),), "line 1", "", "the old lobster pot", found=found
    )


def opened() -> Session:
    return walk(ready(), OpenDraft("/x/a.md"))


def checked(*findings: Finding) -> Session:
    session = opened()
    return walk(
        session,
        DraftWasRead(DRAFT, (5, 7), len(findings)),
        DraftChecked(findings, done=True, note="a note"),
    )


def test_the_page_is_there_at_once_and_fills() -> None:
    session, wanted = step(ready(), OpenDraft("/x/a.md"))
    assert wanted == (ShowDraftPage(), CheckDraft("/x/a.md"))
    session = walk(session, DraftWasRead(DRAFT, (5, 7), 2))
    session = walk(session, DraftChecked((finding(),)))
    session = walk(session, DraftChecked((finding("altered", 1),)))
    assert (len(session.draft.findings), session.draft.reading) == (2, True)
    session = walk(session, DraftChecked((finding(),), done=True))
    assert (len(session.draft.findings), session.draft.reading) == (1, False)


def test_a_change_of_another_draft_or_of_one_that_was_left_changes_nothing() -> None:
    session = checked(finding())
    assert walk(session, DraftHasChanged("/x/b.md")) == session
    left = walk(session, CloseDraft())
    assert walk(left, DraftHasChanged("/x/a.md")) == left


def test_only_faults_leaves_out_what_is_right() -> None:
    session = walk(checked(finding(), finding("altered", 1)), OnlyFaults())
    assert [each.verdict for each in session.draft.listed] == ["altered"]
    assert len(walk(session, OnlyFaults()).draft.listed) == 2


def test_enter_opens_the_cable_with_the_quotation_and_back_comes_to_the_page() -> None:
    session, wanted = step(checked(finding()), FollowQuotation(0))
    assert session.landing == Landing(index=4, offset=812, words="the old lobster pot")
    assert (session.draft.shown, kinds(wanted)) == (False, [effects.Stop, effects.ReadCable])
    session = walk(session, opened_cable.CableShown(1, cable(1)))
    assert session.find.text == "the old lobster pot"
    session, wanted = step(session, opened_cable.GoBack())
    assert session.past == ()
    page = [each for each in wanted if isinstance(each, ShowDraftPage)]
    assert (page, session.draft.shown) == ([ShowDraftPage()], True)


def test_what_stands_nowhere_cannot_be_followed_or_copied() -> None:
    session = checked(finding("unfound"))
    for action in (FollowQuotation(0), CopyRightCitation(0)):
        after, wanted = step(session, action)
        assert after == session
        assert "in no cable" in said(wanted)


def test_y_copies_the_citation_of_the_right_place() -> None:
    _, wanted = step(checked(finding("elsewhere")), CopyRightCitation(0))
    assert wanted == (effects.CopyCable("reference", 1, 4, upto=5, record=1),)


def test_a_file_that_changed_is_read_again_and_the_page_stays() -> None:
    session, wanted = step(checked(finding()), LookAtDraft())
    assert wanted == (SeeDraftFile("/x/a.md", (5, 7)),)
    session, wanted = step(session, DraftHasChanged("/x/a.md"))
    assert wanted == (CheckDraft("/x/a.md"),)
    assert step(session, LookAtDraft())[1] == ()  # it is being read
    session, wanted = step(checked(finding()), CheckAgain())
    assert kinds(wanted) == [CheckDraft]


def test_a_draft_that_cannot_be_read_closes_its_page_and_says_why() -> None:
    session, wanted = step(opened(), DraftFailed("no such file"))
    assert (session.draft.shown, said(wanted)) == (False, "no such file")


def test_closing_stops_the_check() -> None:
    session, wanted = step(opened(), CloseDraft())
    assert (session.draft.shown, wanted) == (False, (effects.Stop("draft"),))
    assert step(session, ChooseDraft())[1] == (AskDraft("/x/a.md"),)

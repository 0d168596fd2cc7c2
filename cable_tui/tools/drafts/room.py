"""Check a draft in the room: its quotations and citations, each next to its cable."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from cable_tui.base.cable import Place
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.operating_system import files
from cable_tui.session import effects
from cable_tui.session.features.opened_cable import fetch_cable
from cable_tui.session.near_duplicates import index_of
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Landing, Request
from cable_tui.tools.drafts.draft_view import DraftView, Stamp, identity

if TYPE_CHECKING:
    from cable_tui.formats.office.blocks import TextDocument
    from cable_tui.tools.drafts.findings import Finding

_MOST_WORDS = 60
"""The maximum number of words of a quotation to highlight in its cable."""


class ChooseDraft(Action):
    """Ask for the file of a draft."""

    def step(self, session: Session) -> Result:
        """Ask for a path, and propose the draft that was checked last."""
        note = "Markdown, text, HTML, .docx or .odt; its quotations will be checked"
        path_question = effects.AskLine(
            "Check which draft?", _draft(session).path, _typed, note, is_path=True
        )
        return session, (path_question,)


class OpenDraft(Action):
    """Open the page immediately; its lines are added later."""

    path: str

    def step(self, session: Session) -> Result:
        """Open the page at once; its lines follow."""
        return _opened(session, self.path, 0)


class ReopenDraft(Action):
    """Show a draft again exactly as the reader left it, for Back."""

    view: DraftView

    def step(self, session: Session) -> Result:
        """Show the findings; restart a check that was running."""
        if self.view.reading:
            return _opened(_with(session, shown=False), self.view.path, self.view.at)
        return session.with_tool(replace(self.view, shown=True)), (ShowDraftPage(),)


class CloseDraft(Action):
    """The Esc key: stop the check, or leave the page if no check is running."""

    at_once: bool = False

    def step(self, session: Session) -> Result:
        """Stop the check; leave the page if no check is running, or if `at_once`."""
        view = _draft(session)
        if view.reading and not self.at_once:
            how_far = f" after {view.looked_at:,} of {view.total:,}" if view.total else ""
            session = _with(session, reading=False, note=f"stopped{how_far}")
        else:
            session = _with(session, shown=False)
        return session, (effects.Stop("draft"),)


class DraftWasRead(Action):
    """A draft was read, so the number of its quotations and citations is known."""

    draft: TextDocument
    stamp: Stamp
    total: int

    def step(self, session: Session) -> Result:
        """Store the draft and the number of its quotations and citations."""
        return _with(session, draft=self.draft, stamp=self.stamp, total=self.total), ()


class DraftChecked(Action):
    """An additional part of the draft, or the whole draft, was checked."""

    findings: tuple[Finding, ...]
    done: bool = False
    """Whether the findings are complete, in the order of the draft."""
    note: str = ""

    def step(self, session: Session) -> Result:
        """Show the additional findings."""
        findings = self.findings if self.done else _draft(session).findings + self.findings
        draft_changes = {"reading": not self.done, "whole": self.done, "note": self.note}
        return _with(session, findings=findings, **draft_changes), ()


class DraftFailed(Action):
    """A draft could not be read or checked."""

    reason: str
    stamp: Stamp | None = None

    def step(self, session: Session) -> Result:
        """Show the reason and the next step on the page; a save of the file reads it again."""
        note = f"{self.reason}. r reads it again, g D asks for another file."
        return _with(session, reading=False, stamp=self.stamp, note=note), ()


class CheckAgain(Action):
    """The r key: reread the draft."""

    def step(self, session: Session) -> Result:
        """Reread the draft, and keep the page open."""
        return _opened(session, _draft(session).path, _draft(session).at)


class LookAtDraft(Action):
    """Check whether the draft's file has changed."""

    def step(self, session: Session) -> Result:
        """Check the file, but only while its page is open and no check is running."""
        view = _draft(session)
        if view.reading or not view.shown:
            return session, ()
        return session, (SeeDraftFile(view.path, view.stamp),)


class DraftHasChanged(Action):
    """The draft's file has changed since it was read."""

    path: str

    def step(self, session: Session) -> Result:
        """Reread the draft if its page is still open."""
        if self.path != _draft(session).path or not _draft(session).shown:
            return session, ()
        return _opened(session, _draft(session).path, _draft(session).at)


class OnlyFaults(Action):
    """The t key: hide exact findings, or show them again."""

    def step(self, session: Session) -> Result:
        """Turn the filter for faults on or off."""
        return _with(session, only_faults=not _draft(session).only_faults), ()


class FilterDraft(Action):
    """Show the lines that contain all words of a text."""

    typed: str

    def step(self, session: Session) -> Result:
        """Store the filter text."""
        return _with(session, typed=self.typed), ()


class FollowQuotation(Action):
    """Open the cable of a line at the quotation."""

    at: int

    def step(self, session: Session) -> Result:
        """Open the cable with the quotation highlighted; Back returns to the line."""
        finding = _finding(session, self.at)
        if finding is None:
            return session, ()
        source = finding.found
        if source is None:
            return session, (effects.Notify("No cable in this archive contains it."),)
        kept_draft = replace(_draft(session), at=self.at)
        session = session.with_past(replace(session.history_entry(), page=ReopenDraft(kept_draft)))
        session = session.with_tool(replace(kept_draft, shown=False, followed=finding))
        if (row_index := index_of(source.id, session.hits.ids)) is not None:
            session = replace(session, at=row_index)
        words_to_highlight = ""
        if source.marked:
            words_to_highlight = " ".join(
                source.passage[slice(*source.marked[0])].split()[:_MOST_WORDS]
            )
        first_paragraph_index = source.paragraphs[0] if source.paragraphs else None
        landing = Landing(
            index=first_paragraph_index, offset=source.offset, words=words_to_highlight
        )
        record = source.record if finding.kind == "quotation" else 0
        session, open_effects = fetch_cable(session, source.id, landing, record=record)
        return session, (effects.Stop("draft"), *open_effects)


class EditDraft(Action):
    """The e key: open the draft in the reader's editor, at a line of the page."""

    at: int

    def step(self, session: Session) -> Result:
        """Give the terminal to the editor; when the editor ends, read the saved draft."""
        view, finding = _draft(session), _finding(session, self.at)
        if finding is None or view.draft is None:
            return session, ()
        if view.draft.format == "HTML":  # its paragraphs are not the lines of its file
            return session, (RunDraftEditor(view.path, 1),)
        if view.draft.unit != "line":
            notice = (
                f"Open {view.draft.format} files in your word processor. "
                f"The quotation is at {finding.place}."
            )
            return session, (effects.Notify(notice),)
        piece = finding.pieces[0]
        line = view.draft.number(piece.block, piece.start)
        return session, (RunDraftEditor(view.path, line),)


class CopyRightCitation(Action):
    """The y key: copy the citation of the correct cable and paragraph."""

    at: int

    def step(self, session: Session) -> Result:
        """Copy the citation in the room's format, with its cautions."""
        finding = _finding(session, self.at)
        if finding is None or finding.found is None:
            return session, (effects.Notify("No cable in this archive contains it."),)
        source = finding.found
        first_paragraph = source.paragraphs[0] if source.paragraphs else None
        last_paragraph = source.paragraphs[-1] if source.paragraphs else None
        source_place = Place(source.id, first_paragraph, record=source.record)
        return session, (effects.CopyCable("reference", source_place, upto=last_paragraph),)


class CheckDraft(Effect):
    """Read and check a draft.

    Answered by `DraftWasRead` and `DraftChecked`, or by `DraftFailed`.
    """

    latest = "draft"

    path: str


class SeeDraftFile(Effect):
    """Check the draft's file for changes; answered by `DraftHasChanged` if it has changed."""

    latest = "draft file"

    path: str
    stamp: Stamp | None


class RunDraftEditor(Request):
    """Give the terminal to the reader's editor with a draft, until the editor ends."""

    path: str
    line: int


class ShowDraftPage(Effect):
    """Open the page of the draft."""


def _draft(session: Session) -> DraftView:
    return session.of_tool(DraftView)


def _typed(line: str) -> OpenDraft:
    return OpenDraft(str(files.typed_path(line)))


def _opened(session: Session, path: str, cursor_line: int) -> Result:
    old_draft = _draft(session)
    is_same = old_draft.path == path
    earlier = old_draft.earlier if is_same else None
    if is_same and old_draft.whole:
        earlier = frozenset(map(identity, old_draft.findings))
    new_view = DraftView(
        path,
        only_faults=old_draft.only_faults,
        typed=old_draft.typed if is_same else "",
        earlier=earlier,
        at=cursor_line,
        reading=True,
        shown=True,
    )
    show_page = () if old_draft.shown else (ShowDraftPage(),)
    return session.with_tool(new_view), (*show_page, CheckDraft(path))


def _with(session: Session, **changes: Any) -> Session:
    """Return the session with changes to its draft."""
    return session.with_tool(replace(_draft(session), **changes))


def _finding(session: Session, line_index: int) -> Finding | None:
    listed_findings = _draft(session).listed
    return listed_findings[line_index] if 0 <= line_index < len(listed_findings) else None


_MOST_NAMED = 3
"""The maximum number of unchecked parts to name in a small terminal."""
_REPORT = 0.2
"""The number of seconds between two reports of findings."""
_PAUSE = 0.001
"""The pause after each quotation, in seconds, to handle keys."""


def _see(_services: Services, effect: SeeDraftFile, _: Cancelled) -> Actions:
    if (stamp := files.version_of(Path(effect.path))) is not None and stamp != effect.stamp:
        yield DraftHasChanged(effect.path)


def _check(services: Services, effect: CheckDraft, cancelled: Cancelled) -> Actions:
    if services.in_browser:
        reason = "in a browser, you cannot open files on the server's machine"
        yield DraftFailed(reason)
        return
    try:
        yield from _findings(services, effect, cancelled)
    except CableTuiError as error:
        yield DraftFailed(str(error), files.version_of(Path(effect.path).expanduser()))


def _findings(services: Services, effect: CheckDraft, cancelled: Cancelled) -> Actions:
    # Late: few readers check a draft.
    from cable_tui.archive.search.snapshot import Snapshot
    from cable_tui.exports.citation import in_room
    from cable_tui.tools.drafts.attribution import what_to_check
    from cable_tui.tools.drafts.check import Check, in_order
    from cable_tui.tools.drafts.export import summary
    from cable_tui.tools.drafts.read import read_draft
    from cable_tui.tools.protection import answers

    path = Path(effect.path).expanduser()
    stamp = files.version_of(path) or ()
    draft = read_draft(path)
    draft_contents = what_to_check(draft)
    draft = draft_contents.draft
    total_checks = len(draft_contents.quotations) + len(draft_contents.citations)
    yield DraftWasRead(draft, stamp, total_checks)
    known_answers = answers.read(answers.file_beside(services.library.path))
    check = Check(services.archive, draft_contents, known_answers)
    all_findings: list[Finding] = []
    new_findings: list[Finding] = []
    due_time = 0.0
    for finding in check.findings(cancelled):
        new_findings.append(finding)
        sleep(_PAUSE)
        if monotonic() >= due_time:
            due_time = monotonic() + _REPORT
            yield DraftChecked(tuple(new_findings))
            all_findings += new_findings
            new_findings = []
    if cancelled():
        return
    all_findings += new_findings
    remarks = [summary(all_findings)] if all_findings else []
    if left_out_parts := draft.left_out:  # in few words: the command line names all of it
        more_count = len(left_out_parts) - _MOST_NAMED
        more_words = f"; and {more_count:,} more" if more_count > 0 else ""
        remarks.append(f"not checked: {'; '.join(left_out_parts[:_MOST_NAMED])}{more_words}")
    if not Snapshot(services.archive).complete:
        remarks.append("not every text is indexed yet: r checks again")
    if request_words := check.asking.in_words(in_room):
        remarks.append(request_words)
    if check.unread:
        remarks.append(f"{len(check.unread):,} could not be read: {check.unread[0]}")
    yield DraftChecked(in_order(all_findings), done=True, note=" · ".join(remarks))


PERFORMERS: Performers = {
    SeeDraftFile: _see,
    CheckDraft: _check,
}

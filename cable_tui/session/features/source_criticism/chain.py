"""The chain of a cable over the room: what citing joins to it, read, followed, copied, written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui import query as language
from cable_tui.session import effects
from cable_tui.session.ask import ask_query
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.feature_state import ChainView, Target
from cable_tui.session.features.bookmarks import SetMark, SetMarks
from cable_tui.session.features.reading.opened_cable import fetch_cable
from cable_tui.session.folding import at_cable
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Landing
from cable_tui.value import replace

if TYPE_CHECKING:
    # The first list on the screen waits for no export.
    from cable_tui.exports.chain.story import Chain, Entry


class OpenChain(Action):
    """g t: show what citing joins to the cable that is read, or to the one under the cursor."""


class ReopenChain(Action):
    """Show a chain as it was left: Back comes to it."""

    view: ChainView


class CloseChain(Action):
    """The chain was left."""


class ChainRead(Action):
    """A chain was read, or more of its sentences."""

    ticket: int
    chain: Chain


class ChainFailed(Action):
    """A chain could not be read."""

    ticket: int
    reason: str


class ChangeDepth(Action):
    """+ and -: one step of citing more or less."""

    by: int


class ReadChainAnew(Action):
    """F5: read the chain again, as the archive is now."""


class FollowEntry(Action):
    """Open a cable of the chain at a paragraph; a hole offers what can be done."""

    canonical_id: str
    paragraph: str | None
    at: int
    """Where the cursor is, to come back to."""


class MarkEntry(Action):
    """Mark a cable of the chain, as in the list, or take its mark away."""

    canonical_id: str


class BookmarkEntries(Action):
    """Bookmark the marked cables of the chain, or toggle the one under the cursor."""

    canonical_id: str


class CopyEntries(Action):
    """Copy the marked cables of the chain, or the entry under the cursor."""

    canonical_id: str


class ExportChain(Action):
    """Write the marked cables of the chain, or all of it, to a file."""


class ListChain(Action):
    """List all cables that citations join to the chain's, oldest first."""

    at: int = 0


class ListCiting(Action):
    """List the cables that cite one that is not here."""

    reference: str


class ChainFileNamed(Action):
    """The name of the file was given; `over` replaces a file of that name."""

    form: str
    file: str
    over: bool = False


class ReadChain(Effect):
    """Read a chain; answered by `ChainRead`, again as sentences are read, or `ChainFailed`."""

    latest = "chain"

    ticket: int
    id: int
    depth: int | None
    known: Chain | None = None
    """What is shown: its sentences are not read again."""


class ReadSentences(Effect):
    """Read the sentences that a chain lacks; answered by `ChainRead`."""

    latest = "chain"

    ticket: int
    chain: Chain


class ShowChainPage(Effect):
    """Open the page of the chain."""


class AskHole(Effect):
    """Offer what can be done about a cable that is not here."""

    reference: str


class CopyChain(Effect):
    """Copy some entries of a chain as pieces of its dossier."""

    chain: Chain
    ids: tuple[str, ...]


class AskChainFormat(Effect):
    """Let the reader choose a format; answered by `AskChainFile`."""

    label: str


class AskChainFile(Request):
    """Let the reader name the file; answered by `ChainFileNamed`."""

    form: str


class WriteChain(Effect):
    """Write a chain to a file; answered by a notice or by `AskOver`."""

    latest = "write chain"

    chain: Chain
    named: ChainFileNamed


@handles(OpenChain)
def open_chain(session: Session, _: OpenChain) -> Result:
    """Open the page at once; what it shows follows."""
    id_ = session.cable_here
    if id_ is None:
        return session, (effects.Notify("There is no cable to begin a chain at."),)
    ticket = session.chain.ticket + 1
    session = replace(session, chain=ChainView(ticket, id_, shown=True))
    return session, (ShowChainPage(), ReadChain(ticket, id_, None))


@handles(ReopenChain)
def reopen_chain(session: Session, action: ReopenChain) -> Result:
    """Show what was read, and go on reading where that had not ended."""
    view = replace(action.view, ticket=session.chain.ticket + 1, shown=True)
    session = replace(session, chain=view)
    if view.chain is None or view.id is None:
        return session, ()
    if view.chain.complete:
        return session, (ShowChainPage(),)
    return session, (ShowChainPage(), ReadSentences(view.ticket, view.chain))


@handles(CloseChain)
def close_chain(session: Session, _: CloseChain) -> Result:
    """Close it; what is still read is of no use."""
    return _closed(session), (effects.Stop("chain"),)


def _closed(session: Session) -> Session:
    return replace(session, chain=replace(session.chain, shown=False))


@handles(ChainRead)
def chain_read(session: Session, action: ChainRead) -> Result:
    """Show it, unless another one was asked for meanwhile."""
    if action.ticket != session.chain.ticket:
        return session, ()
    view = replace(session.chain, chain=action.chain, reading=not action.chain.complete)
    return replace(session, chain=view), ()


@handles(ChainFailed)
def chain_failed(session: Session, action: ChainFailed) -> Result:
    """Close the page where nothing can be shown, and say why."""
    if action.ticket != session.chain.ticket:
        return session, ()
    if session.chain.chain is None:
        session = _closed(session)
    session = replace(session, chain=replace(session.chain, reading=False))
    return session, (effects.Notify(action.reason, "error"),)


@handles(ChangeDepth)
def change_depth(session: Session, action: ChangeDepth) -> Result:
    """Read it anew; what is shown stays until then."""
    view = session.chain
    id_ = view.id
    if view.chain is None or id_ is None:
        return session, ()
    depth = view.chain.depth + action.by
    if action.by > 0 and not view.chain.beyond:
        more = "More is joined than a chain may have." if view.chain.cut else "No more is joined."
        return session, (effects.Notify(more),)
    if depth < 1:
        return session, (effects.Notify("One step is the least."),)
    view = replace(view, ticket=view.ticket + 1, reading=True)
    return replace(session, chain=view), (ReadChain(view.ticket, id_, depth, view.chain),)


@handles(ReadChainAnew)
def read_chain_anew(session: Session, _: ReadChainAnew) -> Result:
    """Read it again; what is shown, and the cursor, stay until then."""
    return reread(session)


def reread(session: Session) -> Result:
    """The chain of an open page is read again: the archive may have changed."""
    view = session.chain
    if not view.shown or view.chain is None or view.id is None:
        return session, ()
    read = ReadChain(view.ticket + 1, view.id, view.chain.depth, view.chain)
    view = replace(view, ticket=read.ticket, reading=True)
    return replace(session, chain=view), (read,)


@handles(FollowEntry)
def follow_entry(session: Session, action: FollowEntry) -> Result:
    """Open the cable; Back comes back to the chain."""
    entry = _entry(session, action.canonical_id)
    if entry is None or entry.id is None:
        session = replace(session, chain=replace(session.chain, at=action.at))
        return session, (AskHole(action.canonical_id),)
    session = _leaving(session.with_past(session.position()), action.at)
    session = at_cable(session, entry.id)
    session, wanted = fetch_cable(session, entry.id, Landing(paragraph=action.paragraph))
    return session, (effects.Stop("chain"), *wanted)


def _leaving(session: Session, at: int | None) -> Session:
    """The session without the page, whose last place in the history is the page as it is left."""
    view = replace(session.chain, at=at)
    return _closed(replace(session, chain=view).with_page(ReopenChain(view)))


@handles(MarkEntry)
def mark_entry(session: Session, action: MarkEntry) -> Result:
    """Mark it in the room: the list shows it as marked too."""
    entry = _entry(session, action.canonical_id)
    if entry is None or entry.id is None:
        return session, (effects.Notify(f"{action.canonical_id} is not in this archive."),)
    chosen = replace(session.selection, ids=session.selection.ids ^ {entry.id})
    return replace(session, selection=chosen), ()


@handles(BookmarkEntries)
def bookmark_entries(session: Session, action: BookmarkEntries) -> Result:
    """Bookmark them as the list does."""
    chosen = _chosen(session) or (action.canonical_id,)
    found = [entry.id for each in chosen if (entry := _entry(session, each))]
    targets = tuple(Target(id_) for id_ in found if id_ is not None)
    if not targets:
        return session, (effects.Notify(f"{action.canonical_id} is not in this archive."),)
    return session, (SetMarks(targets) if len(targets) > 1 else SetMark(targets[0]),)


@handles(CopyEntries)
def copy_entries(session: Session, action: CopyEntries) -> Result:
    """Copy what is marked here, else the entry under the cursor."""
    if session.chain.chain is None:
        return session, ()
    chosen = _chosen(session) or (action.canonical_id,)
    return session, (CopyChain(session.chain.chain, chosen),)


@handles(ExportChain)
def export_chain(session: Session, _: ExportChain) -> Result:
    """Ask for a format."""
    chain = session.chain.chain
    if chain is None:
        return session, (effects.Notify("The chain is still being read."),)
    marked = len(_chosen(session))
    cables = f"{marked:,} marked cable{'' if marked == 1 else 's'} of the chain"
    return session, (AskChainFormat(cables if marked else f"the chain of {chain.start}"),)


@handles(ChainFileNamed)
def chain_file_named(session: Session, action: ChainFileNamed) -> Result:
    """Write it; an existing file is not replaced without asking."""
    chain = session.chain.chain
    if chain is None:
        return session, ()
    chosen = _chosen(session)
    return session, (WriteChain(chain.only(chosen) if chosen else chain, action),)


@handles(ListChain)
def list_chain(session: Session, action: ListChain) -> Result:
    """Ask it as a query, so that it can be read, changed and left again."""
    chain = session.chain.chain
    if chain is None:
        return session, (effects.Notify("The chain is still being read."),)
    return _listed(session, f"chain:{chain.start} sort:created", action.at)


@handles(ListCiting)
def list_citing(session: Session, action: ListCiting) -> Result:
    """Ask who cites it; Back comes back to the chain."""
    return _listed(session, f"cites:{action.reference} sort:created", session.chain.at)


def _listed(session: Session, text: str, at: int | None) -> Result:
    session, wanted = ask_query(session, language.parse(text))
    session = replace(_leaving(session, at), pane="list", reading=False, zoomed=False)
    return session, (effects.Stop("chain"), *wanted)


def _entry(session: Session, canonical: str) -> Entry | None:
    chain = session.chain.chain
    return chain.by_id().get(canonical) if chain else None


def _chosen(session: Session) -> tuple[str, ...]:
    """The marked cables of the room that the chain has, in its order."""
    chain = session.chain.chain
    marked = session.selection.ids
    return tuple(each.canonical_id for each in chain.cables if each.id in marked) if chain else ()

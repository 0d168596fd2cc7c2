"""Actions on the chain of a cable on its page: select, bookmark, copy, write."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from cable_tui.base.cable import Place
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features.bookmarks import SetMark, SetMarks
from cable_tui.session.features.copy import copy_text
from cable_tui.session.features.file_to_write import Download, OwnFile, Write
from cable_tui.session.features.pages import OpenPage
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.tools.chain.story import Chain


class BeginChain(Action):
    """Open the chain of a cable, or say that no cable is linked to it."""

    start: int

    def step(self, session: Session) -> Result:
        """Look for links; the page opens once there are some."""
        return session, (FindLinks(self.start),)


class SelectEntry(Action):
    """Select a cable of the chain, as in the list, or unselect it."""

    canonical_id: str
    id: int | None

    def step(self, session: Session) -> Result:
        """Select it in the room: the list shows it as selected too."""
        if self.id is None:
            return session, (effects.Notify(f"{self.canonical_id} is not in this archive."),)
        selection = replace(session.selection, ids=session.selection.ids ^ {self.id})
        return replace(session, selection=selection), ()


class BookmarkEntries(Action):
    """Bookmark the selected cables of the chain, or toggle the one under the cursor."""

    canonical_id: str

    def step(self, session: Session) -> Result:
        """Bookmark them as the list does."""
        if (chain := chain_shown(session)) is None:
            return session, ()
        ids = _marked(session, chain) or (self.canonical_id,)
        targets = tuple(
            Place(cable.id) for cable in chain.cables if cable.canonical_id in ids and cable.id
        )
        if not targets:
            return session, (effects.Notify(f"{self.canonical_id} is not in this archive."),)
        return session, (SetMarks(targets) if len(targets) > 1 else SetMark(targets[0]),)


class CopyEntries(Action):
    """Copy the selected cables of the chain, or the entry under the cursor."""

    canonical_id: str

    def step(self, session: Session) -> Result:
        """Copy the selected cables, else the entry under the cursor."""
        if (chain := chain_shown(session)) is None:
            return session, ()
        return session, (CopyChain(chain, _marked(session, chain) or (self.canonical_id,)),)


class ExportChain(Action):
    """Write the selected cables of the chain, or all of it, to a file."""

    def step(self, session: Session) -> Result:
        """Ask for a format."""
        if (chain := chain_shown(session)) is None:
            return session, (effects.Notify("The chain is still being read."),)
        selected_count = len(_marked(session, chain))
        label = f"{counted(selected_count, 'selected cable')} of the chain"
        return session, (
            chain_menu(chain, label if selected_count else f"the chain of {chain.start}"),
        )


class ChainFileNamed(Action):
    """The name of the file was given."""

    form: str
    file: str

    def step(self, session: Session) -> Result:
        """Write it, as far as it is known now."""
        if (chain := chain_shown(session)) is None:
            return session, ()
        selected_ids = _marked(session, chain)
        make = partial(_written, chain.only(selected_ids) if selected_ids else chain, self.form)
        return session, (Write(self.file, make, _ask_file(chain, self.form)),)


class FindLinks(Effect):
    """Look whether a chain has more than its first cable; answered by `OpenPage` or `Notify`."""

    opens_dialog = True

    start: int


class CopyChain(Effect):
    """Copy some entries of a chain as pieces of its dossier."""

    chain: Chain
    ids: tuple[str, ...]


def chain_shown(session: Session) -> Chain | None:
    """Return the chain of the open page, as far as it is known."""
    page = session.page
    return page.answer if page is not None and page.of.name == "chain" else None


def chain_menu(chain: Chain, label: str) -> effects.AskMenu:
    """Return the menu of formats for a chain."""
    from cable_tui.tools.chain.formats import CHAIN_FORMATS

    items = (
        effects.MenuItem(
            chain_format.key,
            chain_format.name,
            _ask_file(chain, chain_format.name),
            chain_format.label,
        )
        for chain_format in CHAIN_FORMATS.values()
    )
    return effects.AskMenu(f"Export {label} as", tuple(items))


def _ask_file(chain: Chain, form: str) -> effects.AskFile:
    from cable_tui.exports.written_file import file_name
    from cable_tui.tools.chain.formats import CHAIN_FORMATS

    name = file_name(f"chain {chain.start}", CHAIN_FORMATS[form].extension)
    return effects.AskFile("the chain", name, partial(ChainFileNamed, form))


def _written(
    chain: Chain, form: str, services: Services, output: OwnFile | Download, cancelled: Cancelled
) -> Actions:
    """Write a chain in a format."""
    from cable_tui.tools.chain.formats import CHAIN_FORMATS
    from cable_tui.tools.chain.story import without_protected

    shown_chain, withheld = without_protected(_complete(services, chain, cancelled))
    if cancelled():
        return
    with output.opened() as write:
        for piece in CHAIN_FORMATS[form].write(shown_chain):
            write(piece)
    yield from _left_out(withheld, shown_chain)
    counted_cables = counted(len(shown_chain.entries), "cable")
    yield effects.Notify(f"{counted_cables}, including missing ones, {output.words}")


def _marked(session: Session, chain: Chain) -> tuple[str, ...]:
    """Return the selected cables of the room that the chain has, in its order."""
    selected_ids = session.selection.ids
    return tuple(cable.canonical_id for cable in chain.cables if cable.id in selected_ids)


def _find_links(services: Services, effect: FindLinks, _: Cancelled) -> Actions:
    from cable_tui.reports.table import REPORTS
    from cable_tui.tools.chain.citations import chain

    report = REPORTS["chain"]
    with suppress(CableTuiError):  # the page says why
        for row in services.archive.rows([effect.start]):
            found = chain(services.archive, row.canonical_id, 1)
            if len(found.entries) == 1 and not found.partial:
                yield effects.Notify(f"No cable is linked to {row.reference_id} by citations.")
                return
    yield OpenPage(report, report.report.ask(effect.start))


def _copy(services: Services, effect: CopyChain, cancelled: Cancelled) -> Actions:
    """Copy the entries in the form of the dossier, each under its heading."""
    from cable_tui.tools.chain.formats import entry_markdown
    from cable_tui.tools.chain.story import names, without_protected

    chain = _complete(services, effect.chain, cancelled)
    names_by_id, holes = names(chain), {hole.canonical_id for hole in chain.holes}
    entries = tuple(entry for entry in chain.entries if entry.canonical_id in effect.ids)
    chosen_chain, withheld = without_protected(replace(chain, entries=entries))
    text = "\n".join(entry_markdown(entry, names_by_id, holes) for entry in chosen_chain.entries)
    yield from _left_out(withheld, chosen_chain)
    counted_cables = f"{counted(len(entries), 'cable')} of the chain"
    yield from copy_text(services.clipboard, text, counted_cables)


def _complete(services: Services, chain: Chain, cancelled: Cancelled) -> Chain:
    """Complete the chain with the sentences that were not read yet."""
    from cable_tui.tools.chain.citations import read_sentences
    from cable_tui.tools.protection import answers  # few sessions read a chain

    known_answers = answers.read(answers.file_beside(services.library.path))
    for chain_so_far in read_sentences(
        services.archive, chain, services.ways, cancelled, known_answers
    ):
        chain = chain_so_far
    return chain


def _left_out(withheld: int, chain: Chain) -> Actions:
    from cable_tui.exports.citation import RequestCount, in_room

    request_count = RequestCount()
    for cable in chain.cables:
        request_count.take(cable.canonical_id, cable.reference_id, cable.requests)
    if words := request_count.in_words(in_room):
        yield effects.Notify(f"{words}.", "warning")
    if withheld:
        yield effects.Notify(
            f"Left out: {counted(withheld, 'sentence')} asking for the protection of a source.",
            "warning",
        )


PERFORMERS: Performers = {
    FindLinks: _find_links,
    CopyChain: _copy,
}

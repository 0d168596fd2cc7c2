"""Actions on the page of a chain: select, bookmark, copy and export cables."""

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
    """Open the chain of a cable, or report that no cable is linked to it."""

    start: int

    def step(self, session: Session) -> Result:
        """Look for links; the page opens if there are any."""
        return session, (FindLinks(self.start),)


class SelectEntry(Action):
    """Select a cable in the chain, or deselect it, as in the list."""

    canonical_id: str
    id: int | None

    def step(self, session: Session) -> Result:
        """Select the cable in the room, where the list displays it as selected."""
        if self.id is None:
            return session, (effects.Notify(f"{self.canonical_id} is not in this archive."),)
        selection = replace(session.selection, ids=session.selection.ids ^ {self.id})
        return replace(session, selection=selection), ()


class BookmarkEntries(Action):
    """Bookmark the selected cables of the chain, or toggle the bookmark under the cursor."""

    canonical_id: str

    def step(self, session: Session) -> Result:
        """Bookmark the cables in the same way as the list does."""
        if (chain := chain_shown(session)) is None:
            return session, ()
        chosen_ids = _marked(session, chain) or (self.canonical_id,)
        bookmark_places = tuple(
            Place(cable.id)
            for cable in chain.cables
            if cable.canonical_id in chosen_ids and cable.id
        )
        if not bookmark_places:
            return session, (effects.Notify(f"{self.canonical_id} is not in this archive."),)
        return session, (
            SetMarks(bookmark_places) if len(bookmark_places) > 1 else SetMark(bookmark_places[0]),
        )


class CopyEntries(Action):
    """Copy the selected cables of the chain, or the entry under the cursor."""

    canonical_id: str

    def step(self, session: Session) -> Result:
        """Copy the selected cables, or else the entry under the cursor."""
        if (chain := chain_shown(session)) is None:
            return session, ()
        return session, (CopyChain(chain, _marked(session, chain) or (self.canonical_id,)),)


class ExportChain(Action):
    """Write the selected cables of the chain, or the whole chain, to a file."""

    def step(self, session: Session) -> Result:
        """Ask for a format."""
        if (chain := chain_shown(session)) is None:
            return session, (effects.Notify("The chain is still being read."),)
        selected_count = len(_marked(session, chain))
        export_label = f"{counted(selected_count, 'selected cable')} of the chain"
        return session, (
            chain_menu(chain, export_label if selected_count else f"the chain of {chain.start}"),
        )


class ChainFileNamed(Action):
    """Write the chain to the file that the reader chose."""

    form: str
    file: str

    def step(self, session: Session) -> Result:
        """Write the chain with the entries known at this time."""
        if (chain := chain_shown(session)) is None:
            return session, ()
        selected_ids = _marked(session, chain)
        write_chain = partial(
            _written, chain.only(selected_ids) if selected_ids else chain, self.form
        )
        return session, (Write(self.file, write_chain, _ask_file(chain, self.form)),)


class FindLinks(Effect):
    """Check whether a chain has more than its first cable; answered by `OpenPage` or `Notify`."""

    opens_dialog = True

    start: int


class CopyChain(Effect):
    """Copy some entries of a chain as parts of its dossier."""

    chain: Chain
    ids: tuple[str, ...]


def chain_shown(session: Session) -> Chain | None:
    """Return the chain of the open page, as far as it is known, or None."""
    page = session.page
    return page.answer if page is not None and page.of.name == "chain" else None


def chain_menu(chain: Chain, label: str) -> effects.AskMenu:
    """Return the menu of formats for a chain."""
    from cable_tui.tools.chain.formats import CHAIN_FORMATS

    format_items = (
        effects.MenuItem(
            chain_format.key,
            chain_format.name,
            _ask_file(chain, chain_format.name),
            chain_format.label,
        )
        for chain_format in CHAIN_FORMATS.values()
    )
    return effects.AskMenu(f"Export {label} as", tuple(format_items))


def _ask_file(chain: Chain, format_name: str) -> effects.AskFile:
    from cable_tui.exports.written_file import file_name
    from cable_tui.tools.chain.formats import CHAIN_FORMATS

    proposed_name = file_name(f"chain {chain.start}", CHAIN_FORMATS[format_name].extension)
    return effects.AskFile("the chain", proposed_name, partial(ChainFileNamed, format_name))


def _written(
    chain: Chain,
    format_name: str,
    services: Services,
    output: OwnFile | Download,
    cancelled: Cancelled,
) -> Actions:
    """Write a chain in a format."""
    from cable_tui.tools.chain.formats import CHAIN_FORMATS
    from cable_tui.tools.chain.story import without_protected

    shown_chain, withheld_count = without_protected(_complete(services, chain, cancelled))
    if cancelled():
        return
    with output.opened() as write_part:
        for file_part in CHAIN_FORMATS[format_name].write(shown_chain):
            write_part(file_part)
    yield from _left_out(withheld_count, shown_chain)
    counted_cables = counted(len(shown_chain.entries), "cable")
    yield effects.Notify(f"{counted_cables}, including missing ones, {output.words}")


def _marked(session: Session, chain: Chain) -> tuple[str, ...]:
    """Return the room's selected cables that are in the chain, in the order of the chain."""
    selected_ids = session.selection.ids
    return tuple(cable.canonical_id for cable in chain.cables if cable.id in selected_ids)


def _find_links(services: Services, effect: FindLinks, _: Cancelled) -> Actions:
    from cable_tui.reports.table import REPORTS
    from cable_tui.tools.chain.citations import chain

    chain_report = REPORTS["chain"]
    with suppress(CableTuiError):  # the page says why
        for start_row in services.archive.rows([effect.start]):
            linked_chain = chain(services.archive, start_row.canonical_id, 1)
            if len(linked_chain.entries) == 1 and not linked_chain.partial:
                yield effects.Notify(
                    f"No cable is linked to {start_row.reference_id} by citations."
                )
                return
    yield OpenPage(chain_report, chain_report.report.ask(effect.start))


def _copy(services: Services, effect: CopyChain, cancelled: Cancelled) -> Actions:
    """Copy the entries in the form of the dossier, each with its heading."""
    from cable_tui.tools.chain.formats import entry_markdown
    from cable_tui.tools.chain.story import names, without_protected

    chain = _complete(services, effect.chain, cancelled)
    names_by_id, missing_ids = names(chain), {hole.canonical_id for hole in chain.holes}
    chosen_entries = tuple(entry for entry in chain.entries if entry.canonical_id in effect.ids)
    chosen_chain, withheld_count = without_protected(replace(chain, entries=chosen_entries))
    markdown_text = "\n".join(
        entry_markdown(entry, names_by_id, missing_ids) for entry in chosen_chain.entries
    )
    yield from _left_out(withheld_count, chosen_chain)
    counted_cables = f"{counted(len(chosen_entries), 'cable')} of the chain"
    yield from copy_text(services.clipboard, markdown_text, counted_cables)


def _complete(services: Services, chain: Chain, cancelled: Cancelled) -> Chain:
    """Return the chain after reading the sentences that were not read yet."""
    from cable_tui.tools.chain.citations import read_sentences
    from cable_tui.tools.protection import answers  # few sessions read a chain

    known_answers = answers.read(answers.file_beside(services.library.path))
    for chain_so_far in read_sentences(
        services.archive, chain, services.ways, cancelled, known_answers
    ):
        chain = chain_so_far
    return chain


def _left_out(withheld_count: int, chain: Chain) -> Actions:
    from cable_tui.exports.citation import RequestCount, in_room

    request_count = RequestCount()
    for cable in chain.cables:
        request_count.take(cable.canonical_id, cable.reference_id, cable.requests)
    if request_words := request_count.in_words(in_room):
        yield effects.Notify(f"{request_words}.", "warning")
    if withheld_count:
        yield effects.Notify(
            f"Omitted: {counted(withheld_count, 'sentence')} asking for the protection of a "
            "source.",
            "warning",
        )


PERFORMERS: Performers = {
    FindLinks: _find_links,
    CopyChain: _copy,
}

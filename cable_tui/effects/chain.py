"""Handlers that read, copy and write the chain of a cable. They run in threads; no Textual."""

from __future__ import annotations

import time

from cable_tui.archive.source_criticism.chain import chain as read_chain
from cable_tui.archive.source_criticism.chain import read_sentences
from cable_tui.effects.copy import copy_text
from cable_tui.effects.export import output_of
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.exports.chain.formats import CHAIN_FORMATS
from cable_tui.exports.chain.markdown import entry_markdown
from cable_tui.exports.chain.story import Chain, names, with_texts_of, without_protected
from cable_tui.session import effects
from cable_tui.session.features.source_criticism import chain
from cable_tui.text.counted import counted
from cable_tui.value import replace

REPORT_EVERY = 0.2
"""Seconds between two reports of sentences that were read."""
_PAUSE = 0.002
"""Seconds between two cables that are read, to let keys be answered."""


@performs(chain.ReadChain)
def _read_chain(services: Services, effect: chain.ReadChain, cancelled: Cancelled) -> Actions:
    """Report the cables at once, then their sentences as they are read."""
    try:
        rows = services.archive.rows([effect.id])
        reference = rows[0].canonical_id if rows else ""
        found = read_chain(services.archive, reference, effect.depth)
    except CableTuiError as error:
        yield chain.ChainFailed(effect.ticket, str(error))
        return
    if effect.known is not None:
        found = with_texts_of(found, effect.known)
    yield chain.ChainRead(effect.ticket, found)
    yield from _sentences(services, effect.ticket, found, cancelled)


@performs(chain.ReadSentences)
def _read_sentences(
    services: Services, effect: chain.ReadSentences, cancelled: Cancelled
) -> Actions:
    yield from _sentences(services, effect.ticket, effect.chain, cancelled)


def _sentences(services: Services, ticket: int, found: Chain, cancelled: Cancelled) -> Actions:
    due = time.monotonic() + REPORT_EVERY
    for more in read_sentences(services.archive, found, services.ways, cancelled):
        found = more
        if time.monotonic() >= due:
            yield chain.ChainRead(ticket, found)
            due = time.monotonic() + REPORT_EVERY
        time.sleep(_PAUSE)
    if not cancelled():
        yield chain.ChainRead(ticket, found)


@performs(chain.CopyChain)
def _copy(services: Services, effect: chain.CopyChain, cancelled: Cancelled) -> Actions:
    """Copy the entries as they stand in the dossier, each under its heading."""
    found = _complete(services, effect.chain, cancelled)
    known, holes = names(found), {each.canonical_id for each in found.holes}
    entries = tuple(each for each in found.entries if each.canonical_id in effect.ids)
    chosen, withheld = without_protected(replace(found, entries=entries))
    text = "\n".join(entry_markdown(each, known, holes) for each in chosen.entries)
    yield from _left_out(withheld)
    what = f"{counted(len(entries), 'cable')} of the chain"
    yield from copy_text(services.clipboard, text, what)


@performs(chain.WriteChain)
def _write(services: Services, effect: chain.WriteChain, cancelled: Cancelled) -> Actions:
    named = effect.named
    output = output_of(services, named.file, over=named.over)
    if output is None:
        again = chain.AskChainFile(named.form)
        yield effects.AskOver(named.file, again, replace(named, over=True))
        return
    found, withheld = without_protected(_complete(services, effect.chain, cancelled))
    if cancelled():
        return
    with output.opened() as write:
        for piece in CHAIN_FORMATS[named.form].write(found):
            write(piece)
    yield from _left_out(withheld)
    yield from output.finished()
    what = counted(len(found.entries), "cable")
    yield effects.Notify(f"{what}, those not here included, {output.words}")


def _complete(services: Services, found: Chain, cancelled: Cancelled) -> Chain:
    """The chain with the sentences that were not yet read."""
    for more in read_sentences(services.archive, found, services.ways, cancelled):
        found = more
    return found


def _left_out(withheld: int) -> Actions:
    if withheld:
        yield effects.Notify(
            f"Left out: {counted(withheld, 'sentence')} in which a source's protection is asked.",
            "warning",
        )

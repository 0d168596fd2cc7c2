"""Handlers that copy and write the chain of a cable. They run in threads; no Textual."""

from __future__ import annotations

from cable_tui.archive.source_criticism.chain import read_sentences
from cable_tui.effects.copy import copy_text
from cable_tui.effects.export import output_of
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.exports.chain.formats import CHAIN_FORMATS
from cable_tui.exports.chain.markdown import entry_markdown
from cable_tui.exports.chain.story import Chain, names, without_protected
from cable_tui.session import effects
from cable_tui.session.features.source_criticism import chain
from cable_tui.text.numbers import counted
from cable_tui.value import replace


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

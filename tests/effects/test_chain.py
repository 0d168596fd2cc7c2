"""The chain of a cable of the demo: read in two goes, copied, written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.errors import NotFoundError
from cable_tui.exports.chain.story import Chain, Cites
from cable_tui.reports.chain import REPORT, Ask
from cable_tui.reports.look import Look
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.source_criticism.chain import (
    AskChainFile,
    ChainFileNamed,
    CopyChain,
    WriteChain,
)
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.value import replace


def _done(services: Services, effect: Effect) -> list[Action]:
    return list(perform(services, effect, lambda: False))


def _read(services: Services) -> tuple[Chain, Chain]:
    """A chain as it is known at once, and with its sentences."""
    key = services.archive.find("08PORTAMBER3")
    assert key is not None
    look = Look(services.archive, Ask(key, 1), services.library.path, in_room=True)
    first, *_, last = (rows.answer for rows in REPORT.read(look))
    return first, last


def test_cables_come_at_once_and_sentences_after_them(services: Services) -> None:
    first, last = _read(services)
    assert not first.complete
    assert last.complete
    assert len(first.entries) == len(last.entries) == 5
    key = services.archive.find("08PORTAMBER3")
    look = Look(services.archive, Ask(key or 0, 1), services.library.path)
    look.known = last
    assert [rows.answer for rows in REPORT.read(look)] == [last], "what was read is not read again"
    look = Look(services.archive, Ask(99_999), services.library.path)
    with pytest.raises(NotFoundError):
        list(REPORT.read(look))


def test_entries_are_copied_as_they_stand_in_the_dossier(
    services: Services, tmp_path: Path
) -> None:
    first, _ = _read(services)
    (copied,) = _done(services, CopyChain(first, ("08SANTORIEL102", "08PORTAMBER77")))
    assert isinstance(copied, effects.Notify)
    assert "2 cables of the chain" in copied.sentence
    text = (tmp_path / "clipboard.txt").read_text(encoding="utf-8")
    assert text.startswith("## ✗ 08SANTORIEL102 · not in this archive")
    assert "¶4: “(C) Comment: The valve quarrel (ref B)" in text


def test_a_file_is_written_once_and_replaced_only_when_asked(
    services: Services, tmp_path: Path
) -> None:
    first, _ = _read(services)
    file = tmp_path / "chain.md"
    named = ChainFileNamed("markdown", str(file))
    (written,) = _done(services, WriteChain(first, named))
    assert written == effects.Notify(f"5 cables, those not here included, written to {file}")
    assert "The valve quarrel" in file.read_text(encoding="utf-8")
    assert _done(services, WriteChain(first, named)) == [
        effects.AskOver(str(file), AskChainFile("markdown"), replace(named, over=True))
    ]
    (again,) = _done(services, WriteChain(first, replace(named, over=True)))
    assert isinstance(again, effects.Notify)


def test_what_asks_for_protection_is_neither_copied_nor_written(
    services: Services, tmp_path: Path
) -> None:
    _, last = _read(services)
    asks = (Cites("08SANTORIEL102", sentences=(Sentence("1", "Ilse (strictly protect)."),)),)
    entries = tuple(
        replace(each, cites=asks) if each.canonical_id == "08PORTAMBER3" else each
        for each in last.entries
    )
    chain = replace(last, entries=entries)
    file = tmp_path / "chain.gexf"
    warned, *_ = _done(services, WriteChain(chain, ChainFileNamed("gexf", str(file))))
    assert isinstance(warned, effects.Notify)
    assert "Left out: 1 sentence" in warned.sentence
    assert "Ilse" not in file.read_text(encoding="utf-8")
    warned, _ = _done(services, CopyChain(chain, ("08PORTAMBER3",)))
    assert isinstance(warned, effects.Notify)
    assert "Ilse" not in (tmp_path / "clipboard.txt").read_text(encoding="utf-8")

"""What is done with a chain on its page: selected, bookmarked, copied, written, read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.cable import Place
from cable_tui.base.errors import NotFoundError
from cable_tui.base.value import replace
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.features import index_status
from cable_tui.session.features.bookmarks import SetMark, SetMarks
from cable_tui.session.features.file_to_write import Write
from cable_tui.session.features.pages import ClosePage, OpenPage, ReadPage, RowsCame
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Effect
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text.tally import Tally
from cable_tui.tools.chain.report import REPORT, Ask
from cable_tui.tools.chain.room import (
    BeginChain,
    BookmarkEntries,
    ChainFileNamed,
    CopyChain,
    CopyEntries,
    ExportChain,
    FindLinks,
    SelectEntry,
)
from cable_tui.tools.chain.story import Chain, Cites
from tests.session import done, menu, reading_session, said, the, walk
from tests.tools.chain.sample import FIRST, HOLE, LAST

OF = REPORTS["chain"]
FOUND = Chain("09ZENDA7", 1, (HOLE, replace(FIRST, id=10), replace(LAST, id=20)), beyond=3)
"""With the ids of the session's list."""
MARK = SelectEntry("09ZENDA9", 20)


def _open() -> Session:
    came = RowsCame(FOUND.entries, Tally(), whole=True, done=True, answer=FOUND)
    return walk(reading_session(), OpenPage(OF, Ask(10)), came)


def test_a_mark_is_one_of_the_room() -> None:
    session = walk(_open(), MARK)
    assert session.selection.ids == {20}
    assert walk(session, MARK).selection.ids == frozenset()
    assert "is not in this archive" in said(step(session, SelectEntry("08STATE120", None))[1])


def test_marked_cables_are_copied_or_else_the_one_under_the_cursor() -> None:
    session = _open()
    assert step(session, CopyEntries("08STATE120"))[1] == (CopyChain(FOUND, ("08STATE120",)),)
    session = walk(session, MARK, SelectEntry("09ZENDA7", 10))
    chosen = ("09ZENDA7", "09ZENDA9")
    assert step(session, CopyEntries("08STATE120"))[1] == (CopyChain(FOUND, chosen),)


def test_marked_cables_are_bookmarked_or_else_the_one_under_the_cursor() -> None:
    session = _open()
    assert step(session, BookmarkEntries("09ZENDA9"))[1] == (SetMark(Place(20)),)
    assert "is not in this archive" in said(step(session, BookmarkEntries("08STATE120"))[1])
    session = walk(session, MARK, SelectEntry("09ZENDA7", 10))
    wanted = step(session, BookmarkEntries("09ZENDA9"))[1]
    assert wanted == (SetMarks((Place(10), Place(20))),)


def test_all_of_it_or_the_marked_cables_are_written() -> None:
    session = _open()
    asked = menu(step(session, ExportChain())[1])
    assert asked.title == "Export the chain of 09ZENDA7 as"
    named = ChainFileNamed("gexf", "chain.gexf")
    assert named in [each.does.named("chain.gexf") for each in asked.items]
    assert chain_written(session, named) == FOUND
    session = walk(session, SelectEntry("09ZENDA7", 10))
    assert menu(step(session, ExportChain())[1]).title == "Export 1 selected cable of the chain as"
    entries = chain_written(session, named).entries
    assert [each.canonical_id for each in entries] == ["08STATE120", "09ZENDA7"]


def chain_written(session: Session, named: ChainFileNamed) -> Any:
    """The chain that is written to a file."""
    write = the(Write, step(session, named)[1])
    make: Any = write.make
    return make.args[0]


def test_nothing_is_done_with_a_chain_that_is_not_there_yet() -> None:
    session = walk(reading_session(), OpenPage(OF, Ask(10)))
    assert "still being read" in said(step(session, ExportChain())[1])
    for action in (CopyEntries("X"), BookmarkEntries("X"), ChainFileNamed("gexf", "x")):
        assert step(session, action) == (session, ())


def test_a_step_more_is_read_while_what_is_there_stays() -> None:
    session, wanted = step(_open(), OpenPage(OF, Ask(10, 2)))
    assert wanted == (ReadPage(OF, Ask(10, 2), FOUND),)
    assert session.page is not None
    assert (session.page.rows, session.page.answer) == (FOUND.entries, FOUND)


def test_an_open_chain_is_read_again_when_indexing_ends() -> None:
    session, wanted = step(_open(), index_status.IndexProgressed(None))
    assert wanted == (ReadPage(OF, Ask(10), FOUND),)
    assert session.page is not None
    assert session.page.answer == FOUND  # until then
    left = walk(_open(), ClosePage(at_once=True))
    for other in (left, reading_session()):
        assert not any(
            isinstance(each, ReadPage)
            for each in step(other, index_status.IndexProgressed(None))[1]
        )


@pytest.mark.parametrize(("name", "linked"), [("08PORTAMBER3", True), ("10QUAYHAVEN2", False)])
def test_a_chain_opens_only_if_a_cable_is_linked(
    services: Services, name: str, linked: bool
) -> None:
    key = services.archive.find(name)
    assert key is not None
    assert step(reading_session(), BeginChain(key))[1] == (FindLinks(key),)
    alone = effects.Notify(f"No cable is linked to {name} by citations.")
    assert done(services, FindLinks(key)) == [OpenPage(OF, Ask(key)) if linked else alone]


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
    copied = the(
        effects.Notify, done(services, CopyChain(first, ("08SANTORIEL102", "08PORTAMBER77")))
    )
    assert "2 cables of the chain" in copied.sentence
    text = (tmp_path / "clipboard.txt").read_text(encoding="utf-8")
    assert text.startswith("## ✗ 08SANTORIEL102 · not in this archive")
    assert "¶4: “(C) Comment: The valve quarrel (ref B)" in text


def writing(chain: Chain, form: str, file: Path) -> Effect:
    """What writes a chain that is shown."""
    page = _open().page
    assert page is not None
    session = replace(_open(), page=replace(page, answer=chain))
    (write,) = step(session, ChainFileNamed(form, str(file)))[1]
    return write


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
    warned = the(effects.Notify, done(services, writing(chain, "gexf", file))[:1])
    assert "Omitted: 1 sentence" in warned.sentence
    assert "Ilse" not in file.read_text(encoding="utf-8")
    the(effects.Notify, done(services, CopyChain(chain, ("08PORTAMBER3",)))[:1])
    assert "Ilse" not in (tmp_path / "clipboard.txt").read_text(encoding="utf-8")

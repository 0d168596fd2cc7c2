"""The chain of a cable: what citing joins to it, as one dated story."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cable_tui.errors import NotFoundError, UsageError
from cable_tui.reports.look import Look
from cable_tui.reports.report import Option, PageKey, Pieces, Report, RowKey, Rows
from cable_tui.text import printable
from cable_tui.value import Value, replace

if TYPE_CHECKING:  # menus read no chain
    from cable_tui.exports.chain.story import Chain, Entry
    from cable_tui.reports.chain_lines import ChainLine
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action


class Ask(Value):
    """Of which cable, in how many steps of citing; 0 takes as many as are readable."""

    start: int
    depth: int = 0


def _open(_: Page, line: ChainLine) -> Action:
    """The cable at the paragraph that cites; of one that is not here, what can be done."""
    from cable_tui.session.effects import copy_link, numbered_menu
    from cable_tui.session.features.pages import LeaveFor, SearchFromPage
    from cable_tui.session.values import Landing

    if line.id is not None:
        return LeaveFor(line.id, Landing(paragraph=line.paragraph))
    name = line.canonical_id
    citing = SearchFromPage(f"cites:{name} sort:created")
    return numbered_menu(
        f"{name} is not in this archive",
        (("list the cables here that cite it", "", citing), ("copy its link", "", copy_link(name))),
    )


def _mark(_: Page, line: ChainLine) -> Action:
    from cable_tui.session.features.chain import MarkEntry

    return MarkEntry(line.canonical_id, line.id)


def _bookmark(_: Page, line: ChainLine) -> Action:
    from cable_tui.session.features.chain import BookmarkEntries

    return BookmarkEntries(line.canonical_id)


def _copy(_: Page, line: ChainLine) -> Action:
    from cable_tui.session.features.chain import CopyEntries

    return CopyEntries(line.canonical_id)


def _export(_: Page) -> Action:
    from cable_tui.session.features.chain import ExportChain

    return ExportChain()


def _list(page: Page) -> Action | None:
    """As a query, so that it can be read, changed and left again."""
    from cable_tui.session.features.pages import SearchFromPage

    found: Chain | None = page.answer
    return SearchFromPage(f"chain:{found.start} sort:created") if found else None


def _step(by: int) -> Callable[[Page], Action | None]:
    def does(page: Page) -> Action | None:
        from cable_tui.session.features.pages import OpenPage, Say

        found: Chain | None = page.answer
        if found is None:
            return None
        if by > 0 and not found.beyond:
            more = "More is joined than a chain may have." if found.cut else "No more is joined."
            return Say(more)
        if found.depth + by < 1:
            return Say("One step is the least.")
        return OpenPage(page.of, replace(page.ask, depth=found.depth + by))

    return does


class ChainReport(Report["Entry"]):
    """An entry for each cable, laid out in lines: what it is, what it cites, and why."""

    name = "chain"
    ask = Ask
    options = (
        Option("start", "the cable that it begins at", is_cable=True),
        Option("depth", "steps of citing"),
    )
    keys = (
        RowKey("enter", "opens", _open),
        RowKey("m", "marks", _mark, groups=1),
        RowKey("y", "copies", _copy),
        RowKey("b", "bookmarks", _bookmark),
    )
    page_keys = (
        PageKey("plus", "further", _step(1)),
        PageKey("minus", "less", _step(-1)),
        PageKey("E", "export", _export),
        PageKey("L", "lists", _list),
    )
    rows_name, row_name = "entries", "entry"
    counts = laid = True

    def read(self, look: Look) -> Iterator[Rows[Entry]]:
        """The cables at once, then their sentences as they are read."""
        from cable_tui.archive.source_criticism import chain  # it needs formats and the grammar

        rows = look.archive.rows([look.ask.start])
        if not rows:
            raise NotFoundError("This cable is not in the archive any more.")
        found = chain.chain(look.archive, rows[0].canonical_id, look.ask.depth or None)
        if look.known is not None:
            from cable_tui.exports.chain.story import with_texts_of

            found = with_texts_of(found, look.known)
        look.total = len(found.cables)
        look.read = sum(each.read or bool(each.unreadable) for each in found.cables)
        yield Rows(found.entries, whole=True, answer=found)
        for more in chain.read_sentences(look.archive, found, look.ways, look.cancelled):
            look.count()
            yield Rows(more.entries, whole=True, answer=more)

    def begin(self, session: Session, how: str) -> Value:
        """Of the cable that is read or under the cursor."""
        if session.cable_here is None:
            raise UsageError("There is no cable to begin a chain at.")
        return Ask(session.cable_here)

    def title(self, page: Page) -> str:
        """`Chain of 09ZENDA7`."""
        return f"Chain of {page.answer.start}" if page.answer else "Chain"

    def head(self, page: Page) -> str:
        """How much there is."""
        from cable_tui.reports.chain_lines import summary_line

        return summary_line(page.answer) if page.answer else "Reading the chain ..."

    def lines(self, page: Page, rows: Sequence[Entry], cells: int) -> Sequence[ChainLine]:
        """Each entry in its lines."""
        from cable_tui.reports.chain_lines import Signs, chain_lines

        marked, marks = page.signs or ((), ())
        signs = Signs(frozenset(marked), frozenset(canonical for canonical, _ in marks))
        return chain_lines(page.answer, rows, cells, signs) if page.answer else ()

    def first(self, page: Page, lines: Sequence[ChainLine]) -> int:
        """The cable that it begins at."""
        start = page.answer.start if page.answer else ""
        return next((at for at, each in enumerate(lines) if each.canonical_id == start), 0)

    def same(self, row: Any) -> Hashable:
        """The cable and its line."""
        return row.canonical_id, row.part

    def group(self, row: Any) -> Hashable:
        """The cable."""
        return str(row.entry)

    def can_stop(self, row: Any) -> bool:
        """Whether something can be opened there."""
        return bool(row.canonical_id)

    def pieces(self, row: Any, cells: int) -> Pieces:
        """As it was laid out."""
        return [(printable(text), look) for text, look in row.pieces]

    def text_of(self, row: Entry) -> str:
        """Its id, post, subject and sentences."""
        said = (each.text for cites in row.cites for each in cites.sentences)
        return " ".join((row.canonical_id, row.origin, row.subject, *said))


REPORT = ChainReport()

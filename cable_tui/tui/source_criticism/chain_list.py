"""The list of a chain's entries, with a cursor over its cables and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.message import Message

from cable_tui.exports.chain.story import Chain
from cable_tui.tui.source_criticism.chain_lines import Block, ChainLines, Signs, paint_chain_line
from cable_tui.tui.widgets.block_list import BlockList

_PARTS = "cursor bar day id missing facts subject cites sentence state"


class ChainList(BlockList, can_focus=True):
    """The blocks of a chain as lines; a click or Enter opens one."""

    LOOKS = "chain"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chain--{part}" for part in _PARTS.split()}

    class Chosen(Message):
        """A block was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._chain: Chain | None = None
        self._signs = Signs()
        self._made = ChainLines()
        self._blocks: tuple[Block, ...] = ()
        self._stops: list[int] = []
        """The blocks that the cursor can stand on."""
        self._wanted: int | None = None
        """Where the cursor is to be once the lines are laid."""

    def show(self, chain: Chain, signs: Signs) -> None:
        """Show a chain, or more of it; the cursor stays on its cable and sentence."""
        self._chain, self._signs = chain, signs
        self._lay()

    def go_to(self, at: int) -> None:
        """Put the cursor on the block with this number, now or when there are lines."""
        self._wanted = at
        self._lay()

    @property
    def at(self) -> int:
        """The number of the block under the cursor."""
        return self._at

    @property
    def here(self) -> Block | None:
        """The block under the cursor, where it is one of a cable."""
        block = self._blocks[self._at] if self._at < len(self._blocks) else None
        return block if block is not None and block.canonical_id else None

    def move_by(self, stops: int, *, heads: bool = False) -> None:
        """Move the cursor over cables and sentences, or over cables alone."""
        places = [at for at in self._stops if self._blocks[at].head] if heads else self._stops
        if not places:
            return
        if stops > 0:
            later = [at for at in places if at > self._at]
            self._at = later[min(stops, len(later)) - 1] if later else self._at
        elif stops < 0:
            before = [at for at in places if at < self._at]
            self._at = before[max(len(before) + stops, 0)] if before else self._at
        self.reveal()

    def page(self, pages: int) -> None:
        """Move the cursor by a page of lines."""
        lines = [number for number, (at, _) in enumerate(self._lines) if at == self._at]
        if not lines:
            return
        wanted = lines[0] + pages * max(self.size.height - 2, 1)
        stops = [
            (abs(number - wanted), at)
            for number, (at, line) in enumerate(self._lines)
            if line == 0 and self._blocks[at].canonical_id
        ]
        if stops:
            self._at = min(stops)[1]
            self.reveal()

    def ends(self, by: int) -> None:
        """To the first cable, or to the last sentence."""
        self.move_by(by * max(len(self._blocks), 1))
        if by < 0:
            self.scroll_to(y=0, animate=False)

    def opens(self, at: int) -> bool:
        """Whether a block is of a cable."""
        return bool(self._blocks[at].canonical_id)

    def paint(self, at: int, line: int, here: bool) -> Iterable[tuple[str, str]]:
        """One line of a block."""
        return paint_chain_line(self._blocks[at], line, here)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one opens it."""
        at = self.block_at(event)
        if at is None:
            return
        again, self._at = at == self._at, at
        self.refresh()
        if again or event.chain == 2:
            self.post_message(self.Chosen())

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self._lay()

    def _lay(self) -> None:
        cells = self.scrollable_content_region.width
        if self._chain is None or cells < 1:
            return
        here, part = self._place()
        self._blocks = self._made.blocks(self._chain, cells, self._signs)
        self.lay_blocks(len(block.lines) for block in self._blocks)
        self._stops = [at for at, block in enumerate(self._blocks) if block.canonical_id]
        if self._wanted is not None:
            self._at = min(self._wanted, max(len(self._blocks) - 1, 0))
            self._wanted = None
            self.call_after_refresh(self._show_around)
        elif here:
            self._at = self._found(here, part)
        else:
            self._at = self._found(self._chain.start, 0)
            self.call_after_refresh(self._show_around)
        self.refresh()

    def _place(self) -> tuple[str, int]:
        """The cable under the cursor, and which of its blocks."""
        block = self.here
        if block is None:
            return "", 0
        heads = [at for at in range(self._at + 1) if self._blocks[at].head]
        return block.canonical_id, self._at - heads[-1] if heads else 0

    def _found(self, canonical: str, part: int) -> int:
        """The same place among other blocks; else where the chain begins."""
        for at, block in enumerate(self._blocks):
            if block.head and block.canonical_id == canonical:
                while part and not (
                    at + part < len(self._blocks)
                    and self._blocks[at + part].canonical_id == canonical
                ):
                    part -= 1
                return at + part
        start = self._chain.start if self._chain else ""
        if canonical != start:
            return self._found(start, 0)
        return self._stops[0] if self._stops else 0

    def _show_around(self) -> None:
        """Scroll so that what stands before and behind the cursor is in sight."""
        first = next((number for number, (at, _) in enumerate(self._lines) if at == self._at), 0)
        self.scroll_to(y=max(first - self.size.height // 3, 0), animate=False)
        self.refresh()

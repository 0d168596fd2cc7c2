"""What the program says of an archive's index: its summary, and the progress of its making."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.base.value import Value, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cable_tui.base.kinds import Amount, Count, Positive

Stage = Literal["waiting", "walk", "facts", "records", "grammar", "text", "echoes", "done"]
"""The stages of a run; a run waits while another process is indexing the folder."""


class Summary(Value):
    """The size of an archive, and how much of it is indexed."""

    cables: int
    first_year: int = 0
    """0 if no cable has a date."""
    last_year: int = 0
    problems: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    """Files that are no cables, by kind; pages of the same site without cables are left out.
    Documents of volumes that are no telegrams are among them, by a kind of their own."""
    stages: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Done and total of each pass: files for the facts, cables for the others."""
    complete: bool = False
    """Whether all passes have been through all files."""
    generation: int = 0
    """Changes with every batch that changes an answer."""


class Progress(Value):
    """A line of `index --progress`: one report of the indexer."""

    stage: Annotated[
        str, ("enum", ("walk", "facts", "records", "grammar", "text", "echoes", "done"))
    ]
    done: Count
    """Files seen by the walk; cables done by a pass."""
    total: Count
    """Cables that the pass has to do, estimated for the facts; 0 if unknown."""
    cables: Count = 0
    """Cables in the archive so far."""
    rate: Amount = 0.0
    """Cables a second in this pass."""
    seconds_left: Amount = 0.0
    """Seconds left for this pass at this rate; 0 if unknown."""
    problems: Count = 0
    added: Count = 0
    changed: Count = 0
    removed: Count = 0
    """The number of cables removed in this run."""
    skipped: Mapping[str, Positive] = field(default_factory=dict)
    """Files that are no cables, by kind: in the last report."""
    seconds: Amount = 0.0
    """Seconds since the start of the run."""
    damage: str = ""
    """The fault in the text index that this run rebuilds; empty if it had none."""
    outdated: bool = False
    """Whether the cache is of another version of the program: this run rebuilds what differs."""
    stopped: bool = False
    """Whether the run was stopped before its end: only the last report says so."""

    @property
    def is_read(self) -> bool:
        """All that can be searched is indexed: sentences are compared last."""
        return self.stage == "echoes"

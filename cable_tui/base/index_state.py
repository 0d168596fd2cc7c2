"""The state of an archive's index: its summary, and the progress of an indexing run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.base.value import Value, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cable_tui.base.kinds import Amount, Count, Positive

Stage = Literal["waiting", "walk", "facts", "records", "grammar", "text", "echoes", "done"]
"""The stages of an indexing run; `waiting` lasts while another process indexes the folder."""


class Summary(Value):
    """The size of an archive, and how much of it has been indexed."""

    cables: int
    first_year: int = 0
    """The year of the earliest cable, or 0 if no cable has a date."""
    last_year: int = 0
    problems: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    """The number of files that are not cables, by kind, including documents in volumes that are not
    telegrams. Pages of the cable site that contain no cable are not counted.
    """
    stages: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The finished and total work of each pass: files for the pass over facts, cables for the
    others.
    """
    complete: bool = False
    """Whether every pass has covered every file."""
    generation: int = 0
    """A number that changes with every batch that can change search results."""


class Progress(Value):
    """A progress report of the indexer: one line printed by `index --progress`."""

    stage: Annotated[
        str, ("enum", ("walk", "facts", "records", "grammar", "text", "echoes", "done"))
    ]
    done: Count
    """Files seen by the walk, or cables finished by a pass."""
    total: Count
    """The number of cables that the pass has to process, an estimate in the pass over facts, or 0
    if unknown.
    """
    cables: Count = 0
    """The number of cables in the archive so far."""
    rate: Amount = 0.0
    """Cables processed per second in this pass."""
    seconds_left: Amount = 0.0
    """The estimated seconds until this pass ends, or 0 if unknown."""
    problems: Count = 0
    added: Count = 0
    changed: Count = 0
    removed: Count = 0
    """The number of cables removed in this run."""
    skipped: Mapping[str, Positive] = field(default_factory=dict)
    """The number of files that are not cables, by kind; only in the last report."""
    seconds: Amount = 0.0
    """Seconds since the run started."""
    damage: str = ""
    """The damage to the text index that made this run rebuild it, or an empty string if there was
    none.
    """
    outdated: bool = False
    """Whether the cache was written by another version of the program; this run rebuilds the parts
    that differ.
    """
    stopped: bool = False
    """Whether the run was stopped before its end; set only in the last report."""

    @property
    def is_read(self) -> bool:
        """Whether only the comparison of sentences is left, so that everything can be searched."""
        return self.stage == "echoes"

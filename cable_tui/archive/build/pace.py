"""How much the indexer does at once, and how long it waits."""

from __future__ import annotations

from cable_tui.base.value import Value


class Pace(Value):
    """The measures of a run of the indexer."""

    report_every: float = 0.25
    """Seconds between two reports."""
    few_cables: int = 300
    """With less work than this, starting worker processes takes longer than the work."""
    task_cables: int = 250
    task_files: int = 200
    rows: int = 1000
    """Records in the first batch of a large file, so that the list soon has lines."""
    most_rows: int = 8000
    """The most records in a later batch; each has twice as many as the one before."""
    briefly: float = 2.0
    """Seconds that a file may keep others waiting in the second turn."""
    more_briefly: float = 0.5
    """The same, if some have done so."""
    most_lost: float = 60.0
    """The most seconds that slow files of an archive may cost together without a result."""
    first_commit: int = 2000
    commit: int = 25_000
    """Cables a commit. The first ones come early, so that a search soon finds something. The engine
    merges eight segments of about one size. Commits of 36,000, seven in a quarter of a million
    cables, are never merged: the pass takes 4 % less time, but each answer to a typed letter 10 %
    more."""
    most_waiting: int = 64
    """Batches that may wait for the engine: about ten megabytes for a thousand cables."""
    sentence_run: int = 36_000
    """Cables in a run of sentences, and in a commit of their index. The engine merges eight
    segments of one size: a quarter of a million cables make seven."""
    segment_share: int = 16
    """A segment of sentences holds at most one of this many cables: with more all files become
    one."""

"""How much work the indexer does at once, and how long it waits."""

from __future__ import annotations

from cable_tui.base.value import Value


class Pace(Value):
    """The sizes and time limits of a run of the indexer."""

    report_every: float = 0.25
    """The number of seconds between two reports."""
    few_cables: int = 300
    """The number of cables below which starting worker processes takes longer than the work."""
    task_cables: int = 250
    task_files: int = 200
    rows: int = 1000
    """The number of records in the first batch of a large file. It is small, so that the list fills
    quickly.
    """
    most_rows: int = 8000
    """The maximum number of records in a later batch; each batch is twice as large as the previous
    one.
    """
    briefly: float = 2.0
    """How many seconds a file may delay others in the second turn."""
    more_briefly: float = 0.5
    """The reduced limit, in seconds, after some files have used up `briefly`."""
    most_lost: float = 60.0
    """The maximum number of seconds that slow files of an archive may take together without a
    result.
    """
    first_commit: int = 2000
    commit: int = 25_000
    """The number of cables in each commit. The first commits are smaller, so that a search soon
    finds cables. The engine merges eight segments of about the same size. Commits of 36,000, seven
    for a quarter of a million cables, are never merged: the pass takes 4% less time, but each
    answer to a typed letter takes 10% more.
    """
    most_waiting: int = 64
    """The maximum number of batches that wait for the engine: about ten megabytes per thousand
    cables.
    """
    sentence_run: int = 36_000
    """The number of cables in a run of sentences, and in each commit of their index. The engine
    merges eight segments of the same size: a quarter of a million cables make seven.
    """
    segment_share: int = 16
    """The divisor of the number of cables in an archive. It limits a segment of sentences; if a
    segment would be larger, all files are merged into one.
    """

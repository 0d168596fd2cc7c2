"""What `said:` and `comment:` cost from the shell; the pass over sentences has been run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.asking import Asked, asked

QUESTIONS = (
    "said:oil",
    "comment:oil",
    'said:"oil iran"',
    'said:"gaddafi oil"',
    "said:nuclear*",
    "origin:paris said:oil",
    "said:the",
)


def costs(path: Path, home: Path) -> Iterator[tuple[str, Asked]]:
    """Each question, asked once."""
    for text in QUESTIONS:
        command = ("search", str(path), text, "--json", "--limit", "1", "--no-index")
        yield text, asked(home, *command)

"""Do the numbers of `echoes` hold: its passages and copies beside a plain scan of the pages.

    python -m benchmarks.tools.repeated_passages.counts FOLDER HOME [--limit 60] [--list]

Every page's last text is read with a few expressions of this file alone, page lines and repeated
heads taken out; of a passage the pages are counted that have its words in a row, and of two copies
the rows of eight words that both have. `--list` prints what differs.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.building import environment

_PANE = re.compile(r"<code><pre>(.*?)</pre></code>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_PAGE_LINE = re.compile(
    r"[A-Z][A-Z .'-]{1,24}? +0?\d{7,8} {1,4}\d{3}(?:\.\d)? +OF +\d{3}|^\s*SIPDIS\s*$", re.MULTILINE
)
_WORD = re.compile(r"[^\W_]+")
_FORM = re.compile(
    r"https?:|www\.|classified by|derived from|declassify on|this (?:cable|message|telegram)"
    r"|\b1\.[45] ?\(?[a-d]\b|\bsection \d+ of \d+|\b\d{8} +\d{3} of \d{3}|e\.o\. \d{5}"
    r"|classified web",
    re.IGNORECASE,
)
_ROW = 8


class Seen(NamedTuple):
    """What a scan says of the passages and copies that were reported."""

    passages: int
    same: int
    """Passages that as many pages have as was reported ..."""
    fewer: int
    """... fewer pages ..."""
    more: int
    """... and more."""
    form: int
    """Passages with words of form: an address, who classified, a page line."""
    groups: int
    least: float
    """The part of the words of two cables of a group, of both together, that both have."""


def texts(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The words of each page, under the name of its file."""
    for file in sorted(folder.rglob("*.html")):
        panes = _PANE.findall(file.read_text(encoding="utf-8", errors="replace"))
        if panes:
            text = _PAGE_LINE.sub(" ", html.unescape(_TAG.sub("", panes[-1])))
            yield file.stem, [word.lower() for word in _WORD.findall(text)]


def told(folder: Path, home: Path, limit: int) -> dict[str, Any]:
    """What the program says."""
    command = [sys.executable, "-m", "cable_tui", "echoes", str(folder), "--json"]
    command += ["--limit", str(limit)]
    done = subprocess.run(command, env=environment(home), capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def seen(
    answer: Mapping[str, Any], pages: Sequence[tuple[str, list[str]]], *, listed: bool = False
) -> Seen:
    """Scan the pages for all that was reported."""
    rows: dict[str, set[str]] = {}
    for name, words in pages:
        rows.setdefault(name, set()).add(f" {' '.join(words)} ")
    passages = [*answer["boilerplate"], *answer["recycled"]]
    counts = [0, 0, 0]
    form = 0
    for each in passages:
        said = f" {' '.join(word.lower() for word in _WORD.findall(each['text']))} "
        having = sum(any(said in row for row in some) for some in rows.values())
        way = (having > each["cables"]) - (having < each["cables"])
        counts[way] += 1
        is_form = _FORM.search(each["text"]) is not None
        form += is_form
        if listed and (way or is_form):
            print(each["cables"], having, "form" if is_form else "", each["text"][:300])
    parts = [
        part
        for group in answer["copies"]
        for left, right in combinations(group, 2)
        if (part := _most_shared(pages, left["reference_id"], right["reference_id"])) is not None
    ]
    same, more, fewer = counts
    groups = len(answer["copies"])
    return Seen(len(passages), same, fewer, more, form, groups, min(parts, default=1.0))


def _most_shared(pages: Sequence[tuple[str, list[str]]], one: str, other: str) -> float | None:
    """Of two cables, which may have several pages each; None if one of them has none."""
    ours, theirs = ([words for name, words in pages if name == wanted] for wanted in (one, other))
    return max((_shared(left, right) for left in ours for right in theirs), default=None)


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    both = min(_in_rows_of(one, other), _in_rows_of(other, one))
    return both / max(len(one) + len(other) - both, 1)


def _in_rows_of(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Our words in a row of eight that they have too."""
    rows = {tuple(theirs[at : at + _ROW]) for at in range(len(theirs) - _ROW + 1)}
    covered: set[int] = set()
    for at in range(len(ours) - _ROW + 1):
        if tuple(ours[at : at + _ROW]) in rows:
            covered.update(range(at, at + _ROW))
    return len(covered)


def main() -> None:
    """Print the totals of a folder of pages."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.tools.repeated_passages.counts", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("home", type=Path, help="keeps the index")
    parser.add_argument("--limit", type=int, default=60, help="passages of each kind (60)")
    parser.add_argument("--list", action="store_true", help="print what differs")
    given = parser.parse_args()
    answer = told(given.folder, given.home, given.limit)
    for name, value in seen(answer, list(texts(given.folder)), listed=given.list)._asdict().items():
        print(f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}")


if __name__ == "__main__":
    main()

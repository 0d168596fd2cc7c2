"""What an assistant's questions cost, beside the same questions through the Python door.

The calls go through the methods of the protocol, in one process: neither the start of the server
nor a pipe is measured.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, NamedTuple

import cable_tui as ct
from benchmarks.table import BenchmarkFolders, Effort, Table, table_heading, table_row
from cable_tui.tools.assistants.masks import Masks
from cable_tui.tools.assistants.methods import methods_of
from cable_tui.tools.assistants.questions import Questions

CALLS = 1_000
"""All calls together."""
WORDS = ("minister", "reform", "oil", "union", "children", "port", "embassy", "quota")
_HITS = 10

Ask = Callable[[int], object]


class Pair(NamedTuple):
    """A question of the assistant, and the same one of Python; both take the number of the call."""

    name: str
    assistant: Ask
    python: Ask


def questions(archive: ct.Archive) -> Iterator[Pair]:
    """Yield each question with words and cables that change from call to call."""
    call = methods_of(Questions(archive, Masks(archive, unmasked=False), lambda *_: None))[
        "tools/call"
    ]
    refs = [hit.ref for hit in archive.search("")[:200]]

    def asked(name: str, **arguments: Any) -> object:
        return call({"name": name, "arguments": arguments})

    def word(number: int) -> str:
        return WORDS[number % len(WORDS)]

    def ref(number: int) -> str:
        return refs[number % len(refs)]

    def searched(number: int) -> object:
        hits = archive.search(word(number))
        counts = [list(hits.count(key)) for key in ("year", "post")]
        passages = [
            (each.cable.protected, each.paragraph and each.paragraph.voices)
            for each in hits.passages()[:_HITS]
        ]
        return len(hits), hits.remarks, counts, passages

    def read(number: int) -> object:
        cable = archive[ref(number)]
        return cable.protected, [(each.text, each.voices) for each in cable.paragraphs]

    yield Pair("search", lambda n: asked("search", query=word(n)), searched)
    yield Pair("read", lambda n: asked("read", reference=ref(n)), read)
    yield Pair(
        "references",
        lambda n: asked("references", reference=ref(n)),
        lambda n: archive.references(ref(n)),
    )
    yield Pair(
        "count",
        lambda n: asked("count", query=word(n), by="post"),
        lambda n: list(archive.search(word(n)).count("post")),
    )
    yield Pair(
        "explain", lambda _: asked("explain", words=["NOFORN"]), lambda _: archive.explain("NOFORN")
    )


def asking(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Medians of CPU, in turns, after one warm call of each word."""
    del effort
    yield from table_heading(
        f"An assistant's questions, medians of {CALLS:,} calls in all",
        "question", "ms of CPU", "ms of CPU in Python",
    )  # fmt: skip
    with closing(ct.open(places.dump, cache=places.home / "cache")) as archive:
        pairs = list(questions(archive))
        for pair in pairs:
            costs: dict[Ask, list[float]] = {pair.assistant: [], pair.python: []}
            for number in range(CALLS // len(pairs) + len(WORDS)):
                for ask, seconds in costs.items():
                    begun = time.process_time()
                    ask(number)
                    seconds.append(time.process_time() - begun)
            medians = [statistics.median(each[len(WORDS) :]) * 1000 for each in costs.values()]
            yield table_row(pair.name, *(f"{each:.1f}" for each in medians))


TABLES = (Table("assistants", 125, asking),)

"""The tables that the command prints: what was measured, beside its bar where there is one."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import (
    bounds,
    building,
    chains,
    comparison,
    concordances,
    databases,
    drafts,
    echoes,
    footprint,
    gaps,
    grammar,
    growing,
    letters,
    people,
    plain,
    recall,
    room,
    sealed,
    sharing,
    shell,
    voices,
    wire,
)
from benchmarks.answers import Answers
from benchmarks.asking import Asked
from benchmarks.bare import Bare
from benchmarks.queries import SENTENCES
from benchmarks.searches import Figure, searches

SENTENCE = "prime minister sanctions"
MIB = 1 << 20
_WHOLE_SECONDS = 300
"""Of a newsroom, from which a run is no quick one."""
_LARGE = 0.005
"""Of the source: a smaller part of a cache is counted with the rest."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How often things are measured."""

    pairs: int
    """Starts of the room, in turns with an empty program."""
    rounds: int
    """Of the searches."""
    questions: int
    """Of the search's recall."""
    seconds: int
    """Of a newsroom that shares its marks."""
    events: int
    """Of its first sync."""
    rows: int
    """Of a database."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the archives and their caches are."""

    dump: Path
    tree: Path
    long: Path
    """A dump whose newest cable is very long."""
    folder: Path
    """Keeps the rivals' indexes."""
    homes: Path
    """Keeps ours."""

    @property
    def home(self) -> Path:
        """The dump's: built when it is first needed."""
        home = self.homes / f"home-{self.dump.stem}"
        if not home.exists():
            building.build(self.dump, home)
        return home


def taking_in(places: Places, effort: Effort) -> Iterator[str]:
    """Both archives from nothing, and the cache of the dump by its parts."""
    del effort
    yield from _heading(
        "Taking in, seconds from the start of the program",
        "archive", "cables", "first", "facts", "grammar", "text", "CPU", "MB of memory", "cache",
    )  # fmt: skip
    yield _row("bar for 251,287", "", "1", "12", "45", "150", "", "900", "0.50 of the source")
    for archive in (places.tree, places.dump):
        made = building.build(archive, places.homes / f"home-{archive.stem}")
        yield _row(
            archive.stem,
            f"{made.cables:,}",
            f"{made.first:.1f}",
            *(f"{made.done(stage):.1f}" for stage in building.PASSES),
            f"{made.cpu:.1f}",
            f"{made.memory / MIB:,.0f}",
            f"{made.cache_bytes / building.size(archive):.3f} of the source",
        )
    csv_cpu = building.csv_cpu(places.dump)
    yield ""
    yield (
        f"CPU of the dump until its facts were there: {made.facts_cpu:.1f} s; of Python's csv "
        f"module over the same file: {csv_cpu:.1f} s; ratio {made.facts_cpu / csv_cpu:.2f} "
        "(bar 1.2)."
    )
    yield from _parts(places)


def _parts(places: Places) -> Iterator[str]:
    yield from _heading("The dump's cache by part", "part", "MB", "of the source")
    whole = building.size(places.dump)
    rest = 0
    for name, size in footprint.cache_parts(places.home / "cache").items():
        if size < whole * _LARGE / 10:
            rest += size
        else:
            yield _row(name, f"{size / MIB:.1f}", f"{size / whole:.4f}")
    yield _row("the rest", f"{rest / MIB:.1f}", f"{rest / whole:.4f}")


def starting(places: Places, effort: Effort) -> Iterator[str]:
    """The first row, and the memory of the open room."""
    yield from _heading("Start and memory", "what", "figure", "bar")
    ours, empty = room.starts(places.dump, places.home, effort.pairs)
    yield _row("first painted row, ms", f"{ours:.0f}", "")
    yield _row("an app with one Static, in turns with it, ms", f"{empty:.0f}", "")
    yield _row("ratio", f"{ours / empty:.2f}", "2.0")
    opened, after, program = footprint.room_memory(places.dump, places.home)
    yield _row("memory of an empty Textual program, MB", f"{program / MIB:.0f}", "")
    yield _row("the room, open", f"{opened / MIB:.0f}", "")
    bar = 1.6 * program / MIB + 60
    yield _row("the room after 100 queries", f"{after / MIB:.0f}", f"{bar:.0f}")


def keys(places: Places, effort: Effort) -> Iterator[str]:
    """Keys of a room at rest, and what they write."""
    del effort
    yield from _keys_heading("Keys, the index complete")
    with room.room(places.dump, places.home) as terminal:
        room.ready(terminal)
        yield _answers("`j`", room.moving(terminal), "50 at the 95th; 4 kB")
        held = room.moving(terminal, 90, room.HELD)
        yield _answers("`j` held, 30 a second", held, "none lost")
        yield _answers("a page of the list", room.paging(terminal, pace=0.3), "50; 12 kB")
        typed = room.typing(terminal, SENTENCE, pace=0.5)
        yield _answers("a typed letter and all that it brings", typed, "50; 12 kB")
        yield _answers("opening a cable", room.opening(terminal), "50")
    first = room.first_openings(places.dump, places.home)
    yield _answers("opening a cable, the first of a room", first, "40 at the 95th")
    home = places.homes / "home-long"
    if not home.exists():
        building.build(places.long, home)
    long = wire.long_cable(places.long, home)
    yield _answers(f"opening a cable of {wire.LINES:,} lines, the first of a room", long.opened, "")
    yield _answers("the same, after another cable", long.again, "100 at most")
    yield _answers("a line further in it", long.lines, "50")
    yield _answers("a page further in it", long.pages, "50; 12 kB")
    slow = wire.held_on_slow_line(places.dump, places.home)
    yield _answers("`j` held, slow line", slow, "600 at most")
    yield _row("the last change after the last key", f"{slow.settled:.0f}", "", "300")
    slow = wire.typing_on_slow_line(places.dump, places.home, SENTENCE)
    yield _answers("a letter, slow line", slow, "600 at most")


def building_up(places: Places, effort: Effort) -> Iterator[str]:
    """Keys of a room whose archive is being read."""
    del effort
    yield from _keys_heading("Keys while the dump is read")
    grown = growing.growing(places.dump, places.homes / "home-growing")
    for stage in growing.STAGES.values():
        for what, answers in (("`j`", grown.moved), ("a letter", grown.typed)):
            if stage in answers:
                yield _answers(f"{what}, {stage}", answers[stage], "100 at the 95th")
    yield _answers("all of them", grown.together, "100 at the 95th")
    yield _row("first row, s", f"{grown.first:.1f}", "", "1")
    yield _row("the index stands, s", f"{grown.finished:.0f}", "", "")


def typing(places: Places, effort: Effort) -> Iterator[str]:
    """Sentences letter by letter, from key to message."""
    del effort
    yield from _heading(
        f"{len(SENTENCES)} sentences typed, milliseconds from key to message",
        "what", "median / 95th / most", "bar",
    )  # fmt: skip
    found = letters.typed(places.dump, places.home)
    yield _row("rows", str(found.rows), "50 at the 95th, 100 at most")
    yield _row("counts", str(found.counts), "150 at most")
    slow = ", ".join(f"`{text}` {rows:.0f}/{counts:.0f}" for text, rows, counts in found.slow[:5])
    yield ""
    yield f"Slowest, rows/counts: {slow}."


def searching(places: Places, effort: Effort) -> Iterator[str]:
    """The sixty queries beside ripgrep and a bare tantivy."""
    yield from _heading(
        "Searches, milliseconds (every query new, what is loaded once is loaded)",
        "kind", "query", "cables", "number and first 50", "with rows", "with facets", "ripgrep",
        "times rg, rows", "times rg, facets", "bare tantivy", "times", "the same, ranked", "times",
    )  # fmt: skip
    found = list(
        searches(places.dump, places.home, Bare(places.dump, places.folder), rounds=effort.rounds)
    )
    for each in found:
        yield _row(
            each.asked.kind,
            f"`{each.asked.text}`",
            f"{each.hits:,}",
            *(f"{time:.2f}" for time in (each.first, each.rows, each.counts)),
            f"{each.rg:.0f}" if each.rg else "no rg here",
            *(f"{ratio:.0f}" for ratio in (each.without_facets, each.with_facets)),
            f"{each.bare:.2f}",
            f"{each.of_bare:.1f}",
            f"{each.ranked:.2f}",
            f"{each.of_ranked:.1f}",
        )
    yield from _ratios(found)
    yield from _counted(places, found)


def _ratios(found: Sequence[Figure]) -> Iterator[str]:
    yield from _heading("Ratios of the sixty", "what", "least", "median", "bar")
    for what, ratios, bar in (
        ("times faster than ripgrep, rows", [each.without_facets for each in found], "15, 50"),
        ("times faster than ripgrep, facets", [each.with_facets for each in found], "12, 20"),
    ):
        yield _row(what, f"{min(ratios):.0f}", f"{statistics.median(ratios):.0f}", bar)
    yield from _against_bare(
        "asked for what the query means (bar 2)", [(each, each.ranked) for each in found]
    )
    yield from _against_bare(
        "asked plainly, one text and no order of merit", [(each, each.bare) for each in found]
    )


def _against_bare(how: str, found: Sequence[tuple[Figure, float]]) -> Iterator[str]:
    """Our number and first fifty beside those of a bare tantivy."""
    times = {each.asked.text: each.first / bare for each, bare in found}
    most = max(times, key=times.__getitem__)
    over = [each.first - 2 * bare for each, bare in found if each.first > 2 * bare]
    yield ""
    yield (
        f"Number and first 50 against a bare tantivy, {how}: median "
        f"{statistics.median(times.values()):.1f} times, most {times[most]:.1f} (`{most}`); "
        f"over 2 times: {len(over)}, by {max(over, default=0):.1f} ms at most."
    )


def _counted(places: Places, found: Sequence[Figure]) -> Iterator[str]:
    expected = plain.kept_counts(places.dump, places.folder)
    wrong = [
        f"`{each.asked.text}` {each.hits:,} instead of {count:,}"
        for each, count in zip(found, expected, strict=True)
        if each.hits != count
    ]
    yield ""
    yield f"Equal to a plain scan: {len(found) - len(wrong)} of {len(found)} numbers."
    yield from wrong


def finding(places: Places, effort: Effort) -> Iterator[str]:
    """Whether the search finds, beside FTS5."""
    asked = recall.questions(places.dump, effort.questions)
    yield from _heading(
        f"Does the search find: {len(asked)} cables, in the first {recall.FIRST} and {recall.MORE}",
        "what", "change", "asked", "FTS5", "cable-tui",
    )  # fmt: skip
    plain_found, _ = recall.measured(asked, recall.plain_fts(places.dump, places.folder))
    ours, missed = recall.measured(asked, recall.ours(places.dump, places.home))
    for theirs, each in zip(plain_found, ours, strict=True):
        numbers = (f"{one.first}, {one.more}" for one in (theirs, each))
        yield _row(each.kind, each.change, f"{each.asked}", *numbers)
    shares = (
        f"{sum(one.first for one in found) / len(asked):.1%}, "
        f"{sum(one.more for one in found) / len(asked):.1%}"
        for found in (plain_found, ours)
    )
    yield _row("all (bar 90 %, 98 %)", "", f"{len(asked)}", *shares)
    yield ""
    some = "; ".join(" ".join(each.words) for each in missed[:10])
    yield f"Not among the first {recall.FIRST}: {some or 'none'}."


def speaking(places: Places, effort: Effort) -> Iterator[str]:
    """What it costs to ask who says a word."""
    del effort
    yield from _heading(
        "Who says it, from the shell", "query", "found", "seconds", "CPU", "MB of memory", "bar, s"
    )
    for text, each in voices.costs(places.dump, places.home):
        yield _row(f"`{text}`", f"{each.answer['count']:,}", *_cost(each), "3")


def _cost(each: Asked) -> tuple[str, str, str]:
    return f"{each.seconds:.2f}", f"{each.cpu:.2f}", f"{each.memory / MIB:,.0f}"


def parsing(places: Places, effort: Effort) -> Iterator[str]:
    """What the grammar costs."""
    del effort
    real = grammar.CORPUS.is_dir()
    yield from _heading(
        f"The grammar on {'real' if real else 'generated'} pages, milliseconds of CPU a cable",
        "what", "figure", "bar",
    )  # fmt: skip
    for cost in grammar.costs(grammar.CORPUS if real else places.tree):
        yield _row(cost.what, f"{cost.milliseconds:.2f}", f"{cost.goal}")


def chaining(places: Places, effort: Effort) -> Iterator[str]:
    """The chains of cables that cite, as their page shows them."""
    del effort
    yield from _heading(
        "Chains, median / most",
        "chain", "entries", "ms to the cables and holes", "ms to every sentence", "bar",
    )  # fmt: skip
    for cost, bar in zip(chains.costs(places.dump, places.home), ("100; 3,000", ""), strict=True):
        yield _row(cost.depth, *cost.figures, bar)
    yield ""
    yield f"Memory of the process at most: {chains.memory() / MIB:.0f} MB. No part of the cache."


def comparing(places: Places, effort: Effort) -> Iterator[str]:
    """What a comparison of two long texts costs."""
    del places, effort
    yield from _heading(
        f"Comparing two texts of {comparison.BYTES // 1000} KB",
        "the second text", "seconds", "MiB", "places that differ", "bar, seconds",
    )  # fmt: skip
    for cost in comparison.costs():
        figures = (f"{cost.seconds:.2f}", f"{cost.mebibytes:.0f}", f"{cost.changes:,}")
        yield _row(cost.what, *figures, f"{comparison.GOAL:.0f}")


def a_book(places: Places, effort: Effort) -> Iterator[str]:
    """The check of a draft, with and without citations."""
    del effort
    yield from _heading(
        "Checking a book of 400 pages",
        "words", "quotations", "altered", "seconds", "of a processor", "MB", "bar, seconds",
    )  # fmt: skip
    cost = drafts.cost(places.dump, places.home)
    yield _row(
        f"{cost.words:,}",
        f"{cost.quotations:,}",
        f"{cost.altered:,}",
        f"{cost.seconds:.1f}",
        f"{cost.cpu:.1f}",
        f"{cost.memory / MIB:.0f}",
        f"{drafts.GOAL:.0f}",
    )


def words_in_context(places: Places, effort: Effort) -> Iterator[str]:
    """Concordances and curves, as their pages and commands ask for them."""
    del effort
    yield from _heading(
        "Words in their context, curves and typical words",
        "question", "s to the first line", "s to the last", "lines, steps or words", "MB", "bar, s",
    )  # fmt: skip
    words = "1 to the first, 3 of a processor"
    bars = ("3", "3", "0.3 to the first", "2 to the first", "", words, words)
    measured = concordances.costs(places.dump, places.home)
    for cost, bar in zip(measured, bars, strict=True):
        yield _row(
            cost.what,
            f"{cost.first:.2f}",
            f"{cost.whole:.1f}",
            f"{cost.lines:,}",
            f"{cost.memory / MIB:.0f}",
            bar,
        )


def from_the_shell(places: Places, effort: Effort) -> Iterator[str]:
    """What a command costs that is started for one question."""
    yield from _heading(
        f"From the shell, median of {shell.ROUNDS}, {shell.CABLES:,} cables",
        "command", "milliseconds", "times `python -c pass`", "bar",
    )  # fmt: skip
    sizes = (shell.CABLES, shell.PAGES) if effort.questions >= shell.WHOLE else (2_000, 1_000)
    for each in shell.costs(places.folder, places.homes, *sizes):
        figures = (f"{each.milliseconds:.0f}", f"{each.times:.1f}")
        yield _row(each.command.name, *figures, each.command.bar)


def missing_numbers(places: Places, effort: Effort) -> Iterator[str]:
    """What is not here: what it costs, and how often its ranges hold a known truth."""
    yield from _heading("What is not here", "what", "figure", "bar")
    for row in gaps.lines(places.dump, places.home):
        yield _row(*row)
    yield from _heading(
        "Ranges of estimates, held against a known truth",
        "how the archive holds a post-year", "post-years", "named, not estimated",
        "ranges that hold, of 100", "bar", "ranges of months, of 100", "median width",
    )  # fmt: skip
    for row in gaps.rows_of_ways(gaps.SEEDS[: effort.rounds // 2]):
        yield _row(*row)


def repeating(places: Places, effort: Effort) -> Iterator[str]:
    """Where sentences were said before: the pass, and its answers."""
    del effort
    worst = places.folder / f"repeating-{echoes.REPEATING}.csv"
    if not worst.exists():
        echoes.write_repeating(worst)
    homes = {places.dump: places.home, worst: places.homes / f"home-{worst.stem}"}
    yield from _heading(
        "Comparing sentences, after all else was indexed",
        "archive", "seconds", "CPU", "MB of memory", "cache",
    )  # fmt: skip
    for archive, home in homes.items():
        made = echoes.compare(archive, home)
        yield _row(
            archive.stem,
            f"{made.seconds:.1f}",
            f"{made.cpu:.1f}",
            f"{made.memory / MIB:,.0f}",
            f"{made.grown / building.size(archive):.3f} of the source",
        )
    yield from _heading(
        "Where it was said before, milliseconds", "question", "median / most", "bar"
    )
    for archive, home in homes.items():
        for what, found in echoes.milliseconds(archive, home):
            bar = "3,000" if what == "the whole archive" else "100"
            figures = f"{statistics.median(found):.0f} / {max(found):.0f}"
            yield _row(f"{what}, {archive.stem}", figures, bar)
    yield from _heading("Ten cables more, all else indexed", "archive", "CPU of the run")
    for archive, home in homes.items():
        yield _row(archive.stem, f"{echoes.added(archive, home):.2f}")


def naming(places: Places, effort: Effort) -> Iterator[str]:
    """What it costs to find who is named in cables."""
    del effort
    yield from _heading(
        "People, from the shell", "query", "seconds", "CPU", "MB of memory", "bar, s"
    )
    for query, each in people.costs(places.dump, places.home):
        yield _row(query, *_cost(each), "" if query.endswith("JSON") else "3")


def sealing(places: Places, effort: Effort) -> Iterator[str]:
    """What a verifiable dossier costs."""
    del effort
    yield from _heading(
        f"A verifiable dossier of {sealed.BOOKMARKS:,} bookmarked paragraphs",
        "what", "seconds", "MB of memory", "MB of the dossier", "bar, seconds",
    )  # fmt: skip
    for each, bar in zip(sealed.costs(places.dump, places.home), (60, 5, 60, 5, 60), strict=True):
        size = f"{each.size / MIB:.1f}"
        yield _row(each.what, f"{each.seconds:.1f}", f"{each.memory / MIB:,.0f}", size, f"{bar}")


def sharing_marks(places: Places, effort: Effort) -> Iterator[str]:
    """By a folder, and through a PostgreSQL server on this machine."""
    del places
    yield from _heading("Marks shared by a folder and by PostgreSQL", "what", "figure", "bar")
    for figure in sharing.figures(effort.events, effort.seconds):
        yield _row(*figure)


def files_of_others(places: Places, effort: Effort) -> Iterator[str]:
    """What a process of its own reads, at a quarter of its size and at its size."""
    del places
    yield from _heading(
        "Files that a process of their own reads, seconds",
        "what", "cables", "first row", "indexed", "exported", "ms a cable", "MB", "bar",
    )  # fmt: skip
    for each in databases.figures(effort.rows):
        yield _row(
            each.what,
            f"{each.cables:,}",
            f"{each.first:.1f}",
            f"{each.indexed:.1f}",
            f"{each.exported:.1f}",
            f"{1000 * (each.indexed + each.exported) / max(each.cables, 1):.1f}",
            f"{each.memory / MIB:.0f}",
            "as many ms a cable at four times the size; 900 MB",
        )


def large_inputs(places: Places, effort: Effort) -> Iterator[str]:
    """The largest drafts, bookmarks and settings that are taken."""
    del places
    columns = ("what", "exit status", "seconds", "MB of memory", "bar")
    yield from _heading("Large and odd inputs", *columns)
    for each in bounds.costs(1.0 if effort.seconds >= _WHOLE_SECONDS else 0.05):
        memory = f"{each.memory / MIB:,.0f}"
        yield _row(each.what, str(each.status), f"{each.seconds:.1f}", memory, str(bounds.MEMORY))


TABLES: dict[str, Callable[[Places, Effort], Iterator[str]]] = {
    "building": taking_in,
    "starting": starting,
    "shell": from_the_shell,
    "keys": keys,
    "growing": building_up,
    "typing": typing,
    "searches": searching,
    "recall": finding,
    "voices": speaking,
    "grammar": parsing,
    "gaps": missing_numbers,
    "chains": chaining,
    "comparing": comparing,
    "echoes": repeating,
    "concordances": words_in_context,
    "drafts": a_book,
    "people": naming,
    "sealed": sealing,
    "sharing": sharing_marks,
    "databases": files_of_others,
    "bounds": large_inputs,
}
"""By the name that the command line takes, in the order in which they are printed."""


def _keys_heading(title: str) -> Iterator[str]:
    columns = ("milliseconds to the paint: median / 95th / most", "bytes: median / most", "bar")
    return _heading(title, "what", *columns)


def _answers(what: str, answers: Answers, bar: str) -> str:
    return _row(what, str(answers), answers.bytes, bar)


def _heading(title: str, *columns: str) -> Iterator[str]:
    yield from ("", f"## {title}", "", _row(*columns), _row(*("---" for _ in columns)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"

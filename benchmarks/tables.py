"""The tables that the command prints: what was measured, beside its bar where there is one."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks import (
    bounds,
    building,
    databases,
    exporting,
    footprint,
    grammar,
    growing,
    in_turns,
    letters,
    plain,
    recall,
    room,
    scale,
    shell,
    wire,
)
from benchmarks.answers import Answers
from benchmarks.bare import Bare
from benchmarks.queries import SENTENCES
from benchmarks.searches import Figure, searches
from benchmarks.table import MIB, BenchmarkFolders, Effort, Table, table_heading, table_row

SENTENCE = "prime minister sanctions"
_LARGE = 0.005
"""Of the source: a smaller part of a cache is counted with the rest."""


def taking_in(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Both archives from nothing, and the cache of the dump by its parts."""
    del effort
    yield from table_heading(
        "Indexing, seconds from the start of the program",
        "archive", "cables", "first", *building.COLUMNS, "CPU", "MB of memory", "cache",
    )  # fmt: skip
    yield table_row(
        "bar for 251,287", "", "1", "12", "45", "150", "", "", "900", "0.50 of the source"
    )
    for archive in (places.tree, places.dump):
        made = building.build(archive, places.homes / f"home-{archive.stem}")
        yield table_row(
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


def _parts(places: BenchmarkFolders) -> Iterator[str]:
    yield from table_heading("The dump's cache by part", "part", "MB", "of the source")
    whole = building.size(places.dump)
    rest = 0
    for name, size in footprint.cache_parts(places.home / "cache").items():
        if size < whole * _LARGE / 10:
            rest += size
        else:
            yield table_row(name, f"{size / MIB:.1f}", f"{size / whole:.4f}")
    yield table_row("the rest", f"{rest / MIB:.1f}", f"{rest / whole:.4f}")


def starting(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """The first row, and the memory of the open room."""
    yield from table_heading("Start and memory", "what", "figure", "bar")
    ours, empty = room.starts(places.dump, places.home, effort.pairs)
    yield table_row("first painted row, ms", f"{ours:.0f}", "")
    yield table_row("an app with one Static, in turns with it, ms", f"{empty:.0f}", "")
    yield table_row("ratio", f"{ours / empty:.2f}", "2.0")
    opened, after, program = footprint.room_memory(places.dump, places.home)
    yield table_row("memory of an empty Textual program, MB", f"{program / MIB:.0f}", "")
    yield table_row("the room, open", f"{opened / MIB:.0f}", "")
    bar = 1.6 * program / MIB + 60
    yield table_row("the room after 100 queries", f"{after / MIB:.0f}", f"{bar:.0f}")


def keys(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
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
    yield table_row("the last change after the last key", f"{slow.settled:.0f}", "", "300")
    slow = wire.typing_on_slow_line(places.dump, places.home, SENTENCE)
    yield _answers("a letter, slow line", slow, "600 at most")


def building_up(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Keys of a room whose archive is being read."""
    del effort
    yield from _keys_heading("Keys while the dump is read")
    grown = growing.growing(places.dump, places.homes / "home-growing")
    for stage in growing.STAGES.values():
        for what, answers in (("`j`", grown.moved), ("a letter", grown.typed)):
            if stage in answers:
                yield _answers(f"{what}, {stage}", answers[stage], "100 at the 95th")
    yield _answers("all of them", grown.together, "100 at the 95th")
    yield table_row("first row, s", f"{grown.first:.1f}", "", "1")
    yield table_row("the index stands, s", f"{grown.finished:.0f}", "", "")


def typing(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Sentences letter by letter, from key to message."""
    del effort
    yield from table_heading(
        f"{len(SENTENCES)} sentences typed, milliseconds from key to message",
        "what", "median / 95th / most", "bar",
    )  # fmt: skip
    found = letters.typed(places.dump, places.home)
    yield table_row("rows", str(found.rows), "50 at the 95th, 100 at most")
    yield table_row("counts", str(found.counts), "150 at most")
    slow = ", ".join(f"`{text}` {rows:.0f}/{counts:.0f}" for text, rows, counts in found.slow[:5])
    yield ""
    yield f"Slowest, rows/counts: {slow}."


def searching(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """The sixty queries beside ripgrep and a bare tantivy."""
    yield from table_heading(
        "Searches, milliseconds (every query is new; all is loaded)",
        "kind", "query", "cables", "number and first 50", "with rows", "with facets", "ripgrep",
        "times rg, rows", "times rg, facets", "bare tantivy", "times", "the same, ranked", "times",
    )  # fmt: skip
    found = list(
        searches(places.dump, places.home, Bare(places.dump, places.folder), rounds=effort.rounds)
    )
    for each in found:
        yield table_row(
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
    yield from table_heading("Ratios of the sixty", "what", "least", "median", "bar")
    for what, ratios, bar in (
        ("times faster than ripgrep, rows", [each.without_facets for each in found], "15, 50"),
        ("times faster than ripgrep, facets", [each.with_facets for each in found], "12, 20"),
    ):
        yield table_row(what, f"{min(ratios):.0f}", f"{statistics.median(ratios):.0f}", bar)
    yield from _against_bare(
        "the ranked form of the query (bar 2)", [(each, each.ranked) for each in found]
    )
    yield from _against_bare(
        "the plain form, with one text field and no ranking", [(each, each.bare) for each in found]
    )


def _against_bare(how: str, found: Sequence[tuple[Figure, float]]) -> Iterator[str]:
    """Our number and first fifty beside those of a bare tantivy."""
    times = {each.asked.text: each.first / bare for each, bare in found}
    most = max(times, key=times.__getitem__)
    over = [each.first - 2 * bare for each, bare in found if each.first > 2 * bare]
    yield ""
    yield (
        f"Number and first 50, compared with a bare tantivy and {how}: median "
        f"{statistics.median(times.values()):.1f} times, most {times[most]:.1f} (`{most}`); "
        f"over 2 times: {len(over)}, by {max(over, default=0):.1f} ms at most."
    )


def _counted(places: BenchmarkFolders, found: Sequence[Figure]) -> Iterator[str]:
    expected = plain.kept_counts(places.dump, places.folder)
    wrong = [
        f"`{each.asked.text}` {each.hits:,} instead of {count:,}"
        for each, count in zip(found, expected, strict=True)
        if each.hits != count
    ]
    yield ""
    yield f"Numbers of hits equal to a plain scan: {len(found) - len(wrong)} of {len(found)}."
    yield from wrong


def finding(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """Whether the search finds, beside FTS5."""
    asked = recall.questions(places.dump, effort.questions)
    yield from table_heading(
        f"Does the search find: {len(asked)} cables, in the first {recall.FIRST} and {recall.MORE}",
        "what", "change", "asked", "FTS5", "cable-tui",
    )  # fmt: skip
    plain_found, _ = recall.measured(asked, recall.plain_fts(places.dump, places.folder))
    ours, missed = recall.measured(asked, recall.ours(places.dump, places.home))
    for theirs, each in zip(plain_found, ours, strict=True):
        numbers = (f"{one.first}, {one.more}" for one in (theirs, each))
        yield table_row(each.kind, each.change, f"{each.asked}", *numbers)
    shares = (
        f"{sum(one.first for one in found) / len(asked):.1%}, "
        f"{sum(one.more for one in found) / len(asked):.1%}"
        for found in (plain_found, ours)
    )
    yield table_row("all (bar 90 %, 98 %)", "", f"{len(asked)}", *shares)
    yield ""
    some = "; ".join(" ".join(each.words) for each in missed[:10])
    yield f"Not among the first {recall.FIRST}: {some or 'none'}."


def parsing(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What the grammar costs."""
    del effort
    real = grammar.CORPUS.is_dir()
    yield from table_heading(
        f"The grammar on {'real' if real else 'generated'} pages, milliseconds of CPU a cable",
        "what", "figure", "bar",
    )  # fmt: skip
    for cost in grammar.costs(grammar.CORPUS if real else places.tree):
        yield table_row(cost.what, f"{cost.milliseconds:.2f}", f"{cost.goal}")


def from_the_shell(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What a command costs that is started for one question."""
    yield from table_heading(
        f"From the shell, median of {shell.ROUNDS}, {shell.CABLES:,} cables",
        "command", "milliseconds", "times `python -c pass`", "bar",
    )  # fmt: skip
    sizes = (shell.CABLES, shell.PAGES) if effort.questions >= shell.WHOLE else (2_000, 1_000)
    for each in shell.costs(places.folder, places.homes, *sizes):
        figures = (f"{each.milliseconds:.0f}", f"{each.times:.1f}")
        yield table_row(each.command.name, *figures, each.command.bar)


def files_of_others(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What a process of its own reads, at a quarter of its size and at its size."""
    del places
    yield from table_heading(
        "Files read by a separate process, seconds",
        "what", "cables", "first row", "indexed", "exported", "ms a cable", "MB", "bar",
    )  # fmt: skip
    for each in databases.figures(effort.rows):
        yield table_row(
            each.what,
            f"{each.cables:,}",
            f"{each.first:.1f}",
            f"{each.indexed:.1f}",
            f"{each.exported:.1f}",
            f"{1000 * (each.indexed + each.exported) / max(each.cables, 1):.1f}",
            f"{each.memory / MIB:.0f}",
            "as many ms a cable at four times the size; 900 MB",
        )


def large_inputs(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """The largest bookmarks and settings that are taken."""
    del places
    yield from bounds.bounds_of("Large and odd inputs", bounds.bookmarks_and_settings, effort)


TABLES = (
    Table("building", 10, taking_in),
    Table("starting", 20, starting),
    Table("shell", 30, from_the_shell),
    Table("keys", 40, keys),
    Table("turns", 45, in_turns.keys_in_turns, asked_by_name=True),
    Table("growing", 50, building_up),
    Table("typing", 60, typing),
    Table("searches", 70, searching),
    Table("recall", 80, finding),
    Table("exports", 95, exporting.exporting),
    Table("grammar", 100, parsing),
    Table("databases", 200, files_of_others),
    Table("bounds", 210, large_inputs),
    Table("scale", 300, scale.large, asked_by_name=True),
)
"""Those of the core."""


def all_tables() -> list[Table]:
    """Return the tables of the core and of the tools, in the order in which they are printed."""
    files = Path(__file__).parent.glob("tools/*/costs.py")
    modules = [import_module(f"benchmarks.tools.{file.parent.name}.costs") for file in files]
    added = [table for module in modules for table in module.TABLES]
    return sorted([*TABLES, *added], key=lambda table: table.position)


def _keys_heading(title: str) -> Iterator[str]:
    columns = ("milliseconds to the paint: median / 95th / most", "bytes: median / most", "bar")
    return table_heading(title, "what", *columns)


def _answers(what: str, answers: Answers, bar: str) -> str:
    return table_row(what, str(answers), answers.bytes, bar)

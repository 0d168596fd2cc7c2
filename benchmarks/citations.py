"""How right citations are: `python -m benchmarks.citations ARCHIVE LABELS ...`.

A label file has a JSON object in each line: `id` of a cable, `text` of a place that cites or seems
to, `context` around it, `at` (about where, in the text on one line), `cites` (an ID, several, or
null), `kind`: `letter` (`reftel A`), `id` (`05 Mexico 3721`), `unresolvable`, or `no`. It says who
labelled it: the figures are as good as that. Every citation of a labelled cable is in it.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.share import Share
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.cable import Cable
from cable_tui.telegram.references.mentions import mentions


class CitedSpan(NamedTuple):
    """A place of a text on one line, and the IDs that it cites."""

    start: int
    end: int
    ids: frozenset[str]
    in_text: bool = False
    """The number of a cable, beside the REF lines."""


def on_one_line(text: str) -> tuple[str, list[int]]:
    """A text without line breaks, and the new place of each of its characters."""
    made: list[str] = []
    places: list[int] = []
    blank = True
    for sign in text:
        places.append(len(made))
        if sign == "¶":
            continue
        if not sign.isspace():
            made.append(sign)
        elif not blank:
            made.append(" ")
        blank = sign.isspace()
    return "".join(made), [*places, len(made)]


def found_in(cable: Cable) -> tuple[str, list[CitedSpan]]:
    """The text of a cable on one line, and what the program finds in it."""
    line, places = on_one_line(cable.body.text)
    spoken = {each.span for each in cable.text_references if each.source == "text"}
    return line, [
        CitedSpan(
            places[each.span[0]],
            places[each.span[1]],
            frozenset(ref.reference_id or "" for ref in each.references),
            each.span in spoken,
        )
        for each in mentions(cable)
    ]


def labelled(label: dict[str, Any], line: str) -> CitedSpan | None:
    """The place of a label in a text on one line; None if its context is not there."""
    context, text = (" ".join(label[name].replace("¶", "").split()) for name in ("context", "text"))
    at = context.find(text, max(0, (len(context) - len(text)) // 2 - 12))
    at = context.find(text) if at < 0 else at
    starts = [found.start() for found in re.finditer(re.escape(context), line)]
    if not starts or at < 0:
        return None
    start = min(starts, key=lambda each: abs(each + at - label["at"])) + at
    cites = label["cites"] or []
    ids = frozenset([cites] if isinstance(cites, str) else cites)
    return CitedSpan(start, start + len(text), ids, label["kind"] == "id")


def judged(archive: Archive, path: Path, *, show: bool) -> Counter[str]:
    """Counts over the cables of a label file."""
    by_cable: dict[str, list[dict[str, Any]]] = {}
    for each in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        by_cable.setdefault(each["id"], []).append(each)
    counts: Counter[str] = Counter()
    for name, labels in by_cable.items():
        key = archive.find(name)
        if key is None:
            counts["cables not here"] += 1
            continue
        line, found = found_in(archive.cable(key))
        for verdict, place in _verdicts(labels, line, found):
            counts[verdict] += 1
            if show and not verdict.endswith("right"):
                print(name, verdict, line[max(0, place.start - 40) : place.end + 40], place.ids)
    return counts


def _verdicts(
    labels: list[dict[str, Any]], line: str, found: list[CitedSpan]
) -> Iterator[tuple[str, CitedSpan]]:
    meant: list[CitedSpan] = []
    for label in labels:
        place = labelled(label, line)
        if place is None:
            yield "not in the text", CitedSpan(0, 0, frozenset())
            continue
        over = [each for each in found if each.start < place.end and place.start < each.end]
        if label["kind"] == "no":
            yield ("no: taken as one" if any(e.in_text for e in over) else "no: right"), place
        elif label.get("unsure") or not place.ids:
            yield "unresolvable or unsure: right", place
        elif label["kind"] in ("letter", "id"):
            ids = frozenset().union(*(each.ids for each in over))
            verdict = "right" if ids == place.ids else "wrong" if ids else "missed"
            yield f"{label['kind']}: {verdict}", place._replace(ids=ids)
        meant.append(place)
    for each in found:
        if each.in_text:
            hit = any(
                m.start < each.end and each.start < m.end and each.ids <= m.ids for m in meant
            )
            yield f"number in the text: {'right' if hit else 'not labelled'}", each


def report(counts: Counter[str]) -> Iterator[str]:
    """The lines for all label files together."""
    for kind in ("letter", "id"):
        right, wrong, missed = (counts[f"{kind}: {each}"] for each in ("right", "wrong", "missed"))
        yield f"{kind}, precision: {Share(right, right + wrong)}"
        yield f"{kind}, recall: {Share(right, right + wrong + missed)}"
    right, wrong = (counts[f"number in the text: {each}"] for each in ("right", "not labelled"))
    yield f"numbers in the text, precision: {Share(right, right + wrong)}"
    right, wrong = (counts[f"no: {each}"] for each in ("right", "taken as one"))
    yield f"near misses left alone: {Share(right, right + wrong)}"
    yield from (f"{name}: {count}" for name, count in sorted(counts.items()))


def main() -> None:
    """Index the archive in a folder of its own, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help="print what is not right")
    parser.add_argument("--cache", type=Path, help="keep the index here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = options.cache or Path(folder)
        for _ in index(options.archive, cache, passes=("facts", "grammar")):
            pass
        with closing(open_archive(options.archive, cache, readonly=True)) as archive:
            counts: Counter[str] = Counter()
            for path in options.labels:
                counts.update(judged(archive, path, show=options.show))
    print(*report(counts), sep="\n")


if __name__ == "__main__":
    main()

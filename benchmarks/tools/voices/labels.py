"""How often the voices are right: the rules against what readers have labelled.

`python -m benchmarks.tools.voices.labels TEXTS --said FILE --comments FILE --pages FILE`

TEXTS holds bodies as `ID.txt`. The labels are lines of JSON and quote a body with single blanks
for its white space; `at` and `to` count characters of that. Of a sentence: `id`, `at`, `sentence`
(how it begins), `ends` (how a long one ends), `said`, `unsure`. Of a comment: `id`, `at`, `to`,
`unsure`. `--pages` names the bodies whose comments are all labelled. Without labels it counts the
places before `End comment` in all texts, which are found here by an expression of their own.
Totals alone are printed: whoever writes rules may run it on pages that he must not read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.share import Share
from cable_tui.base.cable import Span
from cable_tui.tools.voices.spans import voices

_END = re.compile(
    r"\bEND(?:\s+OF)?\s+(?:[A-Z]{2,12}['’]?S?\s+)?COMMENTS?\b(?!\s+TEXT)", re.IGNORECASE
)
_MARK = 80
"""Characters of `COMMENT:` with office and number, or of `End comment.)`, around a passage."""


class Page:
    """A body, and where characters of its labels are in it."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.places: list[int] = []
        kept: list[str] = []
        for at, sign in enumerate(body):
            if not sign.isspace():
                kept.append(sign)
                self.places.append(at)
            elif kept and kept[-1] != " ":
                kept.append(" ")
                self.places.append(at)
        self.text = "".join(kept)
        found = voices(body)
        self.said = list(found.said)
        self.comments = [each.span for each in found.comments if each.kind == "comment"]
        self.set_apart = [each.span for each in found.comments]

    def span(self, start: int, end: int) -> Span:
        """A range of the labels as one of the body."""
        last = len(self.places) - 1
        return self.places[min(start, last)], self.places[min(end - 1, last)] + 1


def _overlap(span: Span, others: list[Span]) -> int:
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)


def _mostly(span: Span, others: list[Span]) -> bool:
    return _overlap(span, others) * 2 >= span[1] - span[0]


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def pages(texts: Path, ids: set[str]) -> dict[str, Page]:
    """The bodies of some cables."""
    return {each: Page((texts / f"{each}.txt").read_text("utf-8")) for each in sorted(ids)}


def sentences(rows: list[dict[str, Any]], of: dict[str, Page]) -> Iterator[tuple[bool, bool]]:
    """Of each labelled sentence whether the rules say that it reports, and the reader."""
    for row in rows:
        page = of[row["id"]]
        start = row["at"]
        end = start + len(row["sentence"])
        if ends := row.get("ends"):
            end = page.text.find(ends, start) + len(ends)
        yield _mostly(page.span(start, end), page.said), row["said"]


def precision_and_recall(pairs: list[tuple[bool, bool]]) -> tuple[Share, Share]:
    """What is right of the found, what is found of the wanted."""
    right = sum(found and wanted for found, wanted in pairs)
    return Share(right, sum(one for one, _ in pairs)), Share(right, sum(one for _, one in pairs))


def comments(rows: list[dict[str, Any]], of: dict[str, Page]) -> tuple[Share, Share]:
    """Found comments that lie within labelled ones, and labelled ones that are found whole."""
    labelled: dict[str, list[Span]] = {}
    for row in rows:
        labelled.setdefault(row["id"], []).append(of[row["id"]].span(row["at"], row["to"]))
    found = [
        _within(span, labelled.get(id_, [])) for id_, page in of.items() for span in page.comments
    ]
    whole = sum(
        any(start <= first and last <= end for start, end in of[id_].set_apart)
        for id_, spans in labelled.items()
        for first, last in spans
    )
    return Share(sum(found), len(found)), Share(whole, len(rows))


def _within(span: Span, labelled: list[Span]) -> bool:
    """Whether a span is labelled but for its marks."""
    wide = [(start - _MARK, end + _MARK) for start, end in labelled]
    return any(start <= span[0] and span[1] <= end for start, end in wide)


def before_ends(texts: Path) -> Share:
    """Places before `End comment` that lie in a comment."""
    found = whole = 0
    for file in sorted(texts.glob("*.txt")):
        body = file.read_text("utf-8")
        if not (ends := list(_END.finditer(body))):
            continue
        spans = [each.span for each in voices(body).comments]
        for end in ends:
            at = end.start() - 1
            while at > 0 and not body[at].isalnum():
                at -= 1
            whole += 1
            found += any(start <= at < stop for start, stop in spans)
    return Share(found, whole)


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.tools.voices.labels", description=__doc__
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("--said", type=Path)
    parser.add_argument("--comments", type=Path)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args()
    print(f"places before End comment in a comment: {before_ends(given.texts)}")
    if given.said:
        rows = _rows(given.said)
        of = pages(given.texts, {row["id"] for row in rows})
        for which, some in (("all", rows), ("sure", [row for row in rows if not row["unsure"]])):
            precision, recall = precision_and_recall(list(sentences(some, of)))
            print(f"said, {which} labels: precision {precision}; recall {recall}")
    if given.comments:
        rows = _rows(given.comments)
        ids = {row["id"] for row in rows} | set(given.pages.read_text("utf-8").split())
        precision, recall = comments(rows, pages(given.texts, ids))
        print(f"comments: precision {precision}; recall of whole ones {recall}")


if __name__ == "__main__":
    main()

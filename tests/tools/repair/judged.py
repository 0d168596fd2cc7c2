"""Judge copies of drafts with planted faults: what was put right, left, and put wrong, by kind.

python -m tests.tools.repair.judged FOLDER_OF_PAGES OUT --seed 1 --count 500 --format md
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from cable_tui.cli import main as cable_tui
from tests.tools.repair.planted import FORMATS, WORD, Item, items

_W = f"{{{WORD}}}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def words_of(path: Path, *, accepted: bool = True) -> list[str]:
    """The paragraphs of a file, with tracked changes accepted or rejected."""
    if path.suffix == ".docx":
        return _of_word(path, accepted=accepted)
    if path.suffix == ".odt":
        return _of_libreoffice(path, accepted=accepted)
    text = path.read_text(encoding="utf-8")
    parts = text.split("\n") if path.suffix == ".html" else text.split("\n\n")
    return [" ".join(part.replace("\n>", " ").split()) for part in parts]


def _of_word(path: Path, *, accepted: bool) -> list[str]:
    found = []
    with zipfile.ZipFile(path) as packed:
        for part in ("word/document.xml", "word/footnotes.xml"):
            for paragraph in ElementTree.fromstring(packed.read(part)).iter(f"{_W}p"):
                gone = {
                    text
                    for change in paragraph.iter(f"{_W}del" if accepted else f"{_W}ins")
                    for text in change.iter()
                }
                texts = [
                    each.text or ""
                    for each in paragraph.iter()
                    if each.tag in (f"{_W}t", f"{_W}delText") and each not in gone
                ]
                found.append("".join(texts))
    return found


def _of_libreoffice(path: Path, *, accepted: bool) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        content = packed.read("content.xml").decode("utf-8")
    removed = dict(
        re.findall(r'text:id="(\w+)"><text:deletion>.*?<text:p>(.*?)</text:p></text:del', content)
    )
    content = re.sub(r"<text:tracked-changes>.*?</text:tracked-changes>", "", content)
    content = re.sub(r"<office:annotation .*?</office:annotation>", "", content)
    if not accepted:
        added = r'<text:change-start text:change-id="(\w+)"/>.*?<text:change-end [^>]*/>'
        content = re.sub(added, "", content)
        content = re.sub(
            r'<text:change text:change-id="(\w+)"/>', lambda match: removed[match[1]], content
        )
    root = ElementTree.fromstring(content)
    return ["".join(paragraph.itertext()) for paragraph in root.iter(f"{_TEXT}p")]


class Judged(NamedTuple):
    """How many faults of each kind were planted and put right, and what was put wrong."""

    planted: Counter[str]
    repaired: Counter[str]
    wrong: list[tuple[str, str, str]]
    """The paragraph as planted, as it was before, and in the copy."""


def judged(made: Sequence[Item], files: tuple[Path, Path, Path]) -> Judged:
    """Compare the paragraphs of a planted draft, of the right one, and of the copy."""
    planted, right, copied = map(words_of, files)
    assert len(planted) == len(right) == len(copied)
    counts, repaired = Counter(item.kind for item in made), Counter[str]()
    wrong = []
    for before, after, copy in zip(planted, right, copied, strict=True):
        if copy not in (before, after):
            wrong.append((before, after, copy))
        elif before != after and copy == after:
            repaired[_kind(made, before, after)] += 1
    return Judged(counts, repaired, wrong)


def _kind(made: Sequence[Item], before: str, after: str) -> str:
    """The kind of the item in a paragraph: its words are in it, but for mark-up."""
    letters = [
        "".join(filter(str.isalnum, re.sub(r"<[^>]*>|&\w+;|&#\d+;", "", text)))
        for text in (before, after)
    ]
    for item in made:
        sides = [item.at(side) for side in ("planted", "right")]
        for part in (0, 1):
            own = ["".join(filter(str.isalnum, re.sub(r"'", "", side[part]))) for side in sides]
            if own[0] in letters[0] and own[1] in letters[1] and own[1] not in letters[0]:
                return item.kind
    return "?"


def repair(pages: Path, out: Path, made: Sequence[Item], form: str, *options: str) -> Judged:
    """Write both drafts and the copy in one format, and judge the copy."""
    files = (out / f"planted.{form}", out / f"right.{form}", out / f"copy.{form}")
    FORMATS[form](files[0], made, "planted")
    FORMATS[form](files[1], made, "right")
    files[2].unlink(missing_ok=True)
    cable_tui(["check", str(pages), str(files[0]), "--fix", "-o", str(files[2]), *options])
    return judged(made, files)


def main() -> None:
    """Print the counts by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--format", choices=FORMATS, default="md")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    made = items(options.pages, options.seed, options.count)
    result = repair(options.pages, options.out, made, options.format)
    for kind, count in result.planted.items():
        sys.stderr.write(f"{result.repaired[kind]:6} of {count:4}  {kind}\n")
    for rows in result.wrong:
        sys.stderr.write("WRONG\n    " + "\n    ".join(rows) + "\n")
    sys.stderr.write(f"{len(result.wrong)} wrong, {result.repaired['?']} unknown\n")


if __name__ == "__main__":
    main()

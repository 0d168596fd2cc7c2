"""A quotation is what the file has: lines are joined, page-break lines are out, nothing else.

The expected side walks along the lines of the file and knows nothing of the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui import formats, telegram
from cable_tui.cable import Cable, Paragraph, Problem
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import EXPORTS
from tests.exports.sample import PARAGRAPHS, cable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAGE_BREAK = re.compile(
    r"(?:0?\d{7}|X{5,})\s+\d{3}(?:\.\d+)?\s+(?:OF|of)\s+\d{3}\b"
    r"|PAGE\s+\d{2}\s.*?(?:\d{6}Z|R[A-Z]{3,7}\d{4}\b.*)"
)
CLASS_WORDS = "UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET"
CLASS_ALONE = re.compile(rf"(?:{CLASS_WORDS}|[A-Z ]{{12,}})(?: PTQ\d+)?")
SECTION_HEAD = re.compile(
    r"^ *PAGE 01 .*? \d\d OF \d\d .*\n(?:.*\n)?"
    r".* SECTION \d\d OF \d\d .*\n(?:.*\n){1,6}?E\.O\. .*\n",
    re.MULTILINE,
)
"""What an old telegram says again at the start of each section."""


def difference(sample: Cable, paragraph: Paragraph) -> str:
    """The first line of the file that the quotation neither has nor may leave out; or empty."""
    quoted = EXPORTS["quotation"].function(Citation(sample, (paragraph,)))
    left = re.sub(r"” \([^()]*\)$", "", quoted.removeprefix("“"))
    start, end = paragraph.span
    text = SECTION_HEAD.sub("PAGE 01 X 0 000000Z\n", sample.body.text[start:end])
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if paragraph.marking:
        left = left.removeprefix(f"({paragraph.marking}) ")
    # A paragraph may begin behind the rest of a page break's time.
    lines[0] = _behind_label(re.sub(r"^\d{4}Z ", "", lines[0]), paragraph, left)
    behind = sample.body.text[end:].strip()
    for line, after in zip(lines, [*lines[1:], behind], strict=True):
        taken = next((each for each in _allowed(line, after) if left.startswith(each)), None)
        if taken is None:
            return f"{line!r} / {left[:60]!r}"
        left = left[len(taken) :].lstrip(" ")
    return left and f"{left[:60]!r} is in no line"


def _behind_label(line: str, paragraph: Paragraph, quoted: str) -> str:
    """The first line without what the quotation says in other words: number and marking."""
    number = re.sub(r"[a-z]+$", "", paragraph.label or "")
    marked = re.sub(r"[\W_]", "", f"{number}{paragraph.marking or ''}").upper()
    ends = (
        end
        for end in range(min(len(line), 60) + 1)
        if re.sub(r"[\W_]", "", line[:end]).upper() in (number, marked)
        and quoted.startswith(line[end:].strip()[:20])
    )
    return line[next(ends, 0) :].strip()


def _allowed(line: str, after: str) -> Iterator[str]:
    """A line as it stands, or without its page break."""
    yield line
    if found := PAGE_BREAK.search(line):
        before, after_it = line[: found.start()].split(), line[found.end() :].strip()
        # In front of the numbers stands a post's name of up to three words.
        for words in range(4):
            kept = " ".join(before[: max(len(before) - words, 0)])
            yield f"{kept} {after_it}".strip()
    if after.startswith("PAGE"):
        # The class of the page that ends here, behind its last words.
        yield re.sub(rf"\s+(?:{CLASS_WORDS})(?: PTQ\d+)?$", "", line)
    if CLASS_ALONE.fullmatch(line) and (after.startswith("PAGE") or "PTQ" in after):
        yield ""
    if line.startswith("SIPDIS"):
        # A caption that the system set into the text, alone or in front of a line.
        yield line.removeprefix("SIPDIS").strip()


def read(file: Path) -> Iterator[Cable]:
    name = str(file)
    with file.open("rb") as stream:
        found = formats.sniff(name, stream.read(formats.HEAD))
        if isinstance(found, formats.Skip):
            return
        stream.seek(0)
        for raw in formats.cables(found, stream, name):
            if not isinstance(raw, Problem):
                yield telegram.parse(raw)


def test_the_sample_is_quoted_as_it_stands() -> None:
    assert [difference(cable(), each) for each in PARAGRAPHS] == [""] * len(PARAGRAPHS)


def test_a_word_that_is_missing_would_be_seen() -> None:
    one, two = PARAGRAPHS[1], PARAGRAPHS[2]
    cut = two.text.replace("[prices], ", "")
    worse = Paragraph(two.label, two.anchor, two.marking, None, cut, two.span)
    assert "[prices]" in difference(cable(paragraphs=(one, worse)), worse)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not at hand")
def test_every_paragraph_of_the_corpus_is_quoted_as_it_stands() -> None:
    files = sorted(each for each in CORPUS.rglob("*") if each.is_file())
    count = 0
    different = []
    for file in files:
        for sample in read(file):
            for paragraph in sample.body.paragraphs:
                count += 1
                if found := difference(sample, paragraph):
                    different.append(f"{sample.reference_id} {paragraph.label}: {found[:150]}")
    assert different == []
    assert count > 1_000

"""What is painted of a body is the file's text, character by character, for every real cable.

The expected side is a plain reading of the files in this module, never the package.
"""

import csv
import html
import re
from collections.abc import Iterator
from itertools import islice

import pytest

from cable_tui import formats, telegram
from cable_tui.base.cable import Cable, RawCable
from cable_tui.tui.panes.cable.body_view import BodyView
from tests.shared_files import CORPUS
from tests.tui.stage import Stage

PAGES = [*CORPUS.glob("mirror/cable/**/*.html"), *CORPUS.glob("mirror-2011/*.html")]
DUMP = CORPUS / "dump" / "cables.csv"
GUTTER = 6
"""Cells before the text."""
STAND_INS = "\N{REPLACEMENT CHARACTER}\N{WHITE SQUARE}\N{DOT OPERATOR}"
"""Painted for what no terminal should get."""

ANOTHER_ROW = re.compile(r"\n+\d{6}\t[^\t\n]*\t07TBILISI2290\t.*", re.DOTALL)
"""What follows the signature of 07BERN881: the next row of the database, a cable of its own."""

pytestmark = pytest.mark.shared


def bodies() -> Iterator[tuple[str, str]]:
    """Name and body of every page and of every row of the dump."""
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        box = re.findall(r"<code><pre>(.*?)</pre></code>", page, re.DOTALL)[-1]
        text = html.unescape(re.sub(r"<a [^>]*>¶</a>|</?[a-z][^>]*>", "", box))
        # the pages of 2011 have the dump's sign for a line break left before it
        text = ANOTHER_ROW.sub("\n", text)
        yield path.stem, re.sub(r"\\(?=\n|$)", "", text) if "2011" in path.parts[-2] else text
    csv.field_size_limit(10_000_000)
    with DUMP.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, escapechar="\\"):
            yield f"row {row[0]}", row[7]


def cables() -> Iterator[Cable]:
    """The same cables, in the same order, as the program reads them."""
    for path in [*PAGES, DUMP]:
        with path.open("rb") as file:
            found = formats.sniff(str(path), file.read(formats.HEAD))
            assert not isinstance(found, formats.Skip)
            file.seek(0)
            most = None if path == DUMP else 1  # of a page without the cable that it runs on into
            for raw in islice(formats.cables(found, file, str(path)), most):
                assert isinstance(raw, RawCable)
                yield telegram.parse(raw)


def lines(body: BodyView) -> list[str]:
    """Every painted line, without the gutter and the blanks at its end."""
    first = body.scroll_offset.y
    return [body.render_line(y - first).text[GUTTER:].rstrip() for y in range(body.lines)]


def same(painted: str, filed: str) -> bool:
    """Whether they are the same, but for the placeholder of a sign that cannot be painted."""
    pairs = zip(painted, filed, strict=False)
    return len(painted) == len(filed) and all(
        a == b or (a in STAND_INS and not b.isascii()) or not b.isprintable() for a, b in pairs
    )


async def test_every_line_of_every_cable_is_painted_as_it_is_filed() -> None:
    app = Stage(body := BodyView())
    async with app.run_test(size=(80, 24)):
        seen: set[str] = set()
        for (name, text), cable in zip(bodies(), cables(), strict=True):
            if text in seen:  # the dump has the cables of the pages again
                continue
            seen.add(text)
            body.show(cable)
            filed = text.replace("\r\n", "\n").replace("\r", "\n")
            if not name.startswith("row"):  # the same cables as those of the pages
                wrapped = "".join("".join(lines(body)).split())
                assert same(wrapped, "".join(filed.split())), name
            body.scroll_sideways(1)  # lines as long as in the file
            expected = [line.expandtabs(8).rstrip() for line in filed.split("\n")]
            assert body.lines == len(expected), name
            for painted, line in zip(lines(body), expected, strict=True):
                assert same(painted, line), name
            body.scroll_sideways(-1)

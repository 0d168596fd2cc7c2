"""The records of a cable in one line."""

from dataclasses import replace

import pytest

from cable_tui.cable import Source, SourcePart
from cable_tui.exports import plain
from cable_tui.exports.versions import sources_line
from tests.exports.sample import cable

PAGE = Source("a.html", "html-page")
ROW = Source("b/cables.csv", "dump-csv")


def differing(*parts: SourcePart) -> Source:
    return replace(ROW, differs=parts)


@pytest.mark.parametrize(
    ("sources", "line"),
    [
        pytest.param((PAGE,), "", id="one"),
        pytest.param((PAGE, ROW), "2: a.html, also b/cables.csv", id="the same text"),
        pytest.param(
            (PAGE, differing("body")), "2: a.html, also b/cables.csv (the body differs)", id="body"
        ),
        pytest.param(
            (PAGE, differing("facts")),
            "2: a.html, also b/cables.csv (the facts differ)",
            id="facts",
        ),
        pytest.param(
            (PAGE, differing("header", "body", "facts")),
            "2: a.html, also b/cables.csv (the header, the body and the facts differ)",
            id="all",
        ),
        pytest.param(
            (PAGE, replace(ROW, differs=None)),
            "2: a.html, also b/cables.csv (not compared)",
            id="unreadable",
        ),
        pytest.param(
            (PAGE, *(Source(f"{n}.txt", "alx-text") for n in range(5))),
            "6: a.html, also 0.txt, 1.txt, 2.txt and 2 more",
            id="many",
        ),
        pytest.param(
            (PAGE, Source("b\x1b[2J", "alx-text")), "2: a.html, also b␛[2J", id="a hostile name"
        ),
    ],
)
def test_the_line(sources: tuple[Source, ...], line: str) -> None:
    made = replace(cable(), sources=sources)
    assert sources_line(made) == line
    assert (f"Sources: {line}\n" in plain(made)) == bool(line)

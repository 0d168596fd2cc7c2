"""The page of a dossier: what is marked in a text, what is escaped, what the end says."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.exports.sealed import page
from cable_tui.exports.sealed.manifest import Manifest, OpenPlace, Protection, SourceFile
from cable_tui.formats.sealed_cable import Gap, SealedCable, SealedSource
from cable_tui.research_log import Log
from cable_tui.value import replace
from tests.exports.sealed.sample import raw

SOURCE = SealedSource("cable/<27>.html", "html-page", 0, 7)
GAP = '<span class="gap">'


def shown(body: str, gaps: tuple[Gap, ...] = (), cited: tuple[str, ...] = ()) -> str:
    """The body of a cable on the page."""
    record = replace(raw("09RABAT28"), body=body, header="")
    sealed = SealedCable("09RABAT28", record, SOURCE, cited, {"body": gaps})
    made = "".join(page.cable(telegram.parse(record), sealed))
    return made.rpartition('<div class="text">')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    ("body", "gaps", "cited", "made"),
    [
        ("1. A <b> & c.", (), (), "1. A &lt;b&gt; &amp; c."),
        ("1. One.\n\n2. Two.", (), ("2",), "1. One.\n\n<mark>2. Two.</mark>"),
        ("1. [x] b.", (Gap(3, 6, "name"),), (), f"1. {GAP}[x]</span> b."),
        # A gap within a cited paragraph, at its end, and two that touch.
        ("1. A [x]", (Gap(5, 8, "name"),), ("1",), f"<mark>1. A {GAP}[x]</span></mark>"),
        (
            "1. [x][y]",
            (Gap(3, 6, "name"), Gap(6, 9, "name")),
            ("1",),
            f"<mark>1. {GAP}[x]</span>{GAP}[y]</span></mark>",
        ),
    ],
)
def test_gaps_and_cited_paragraphs_stand_out(
    body: str, gaps: tuple[Gap, ...], cited: tuple[str, ...], made: str
) -> None:
    assert shown(body, gaps, cited) == made


@given(st.text(alphabet="ab<&\n ", min_size=1, max_size=30), st.data())
def test_whatever_is_marked_the_text_is_whole_and_what_opens_closes(
    text: str, data: st.DataObject
) -> None:
    body = f"1. x{text}"
    ends = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6, unique=True)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    made = shown(body, tuple(Gap(start, end, "name") for start, end in pairs))
    assert html.unescape(re.sub(r"</?span[^>]*>", "", made)) == body
    assert made.count(GAP) == made.count("</span>")


def test_what_is_missing_of_a_text_stands_above_it() -> None:
    record = raw("09RABAT28")
    sealed = SealedCable("09RABAT28", record, SOURCE, (), {"title": (Gap(0, 3, "name"),)})
    made = "".join(page.cable(telegram.parse(record), sealed))
    assert '<p class="caution">A name is masked 1 time.</p>' in made
    assert "<td>cable/&lt;27&gt;.html</td>" in made
    assert made.startswith('<section id="text-09RABAT28">')


def test_the_end_has_the_prints_or_says_why_one_is_not_there() -> None:
    sealed = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(0))
    sources = (
        SourceFile("a<b>.html", 1_234, "ef" * 32),
        SourceFile("c.html", 7, ""),
        SourceFile("[name masked].csv", 7, ""),
    )
    made = Manifest("p", sealed, "t", "whole", "masked", 3, "cd" * 32, sources, (), ())
    end = "".join(page.end(made, Log(())))
    assert f"<td>a&lt;b&gt;.html</td><td>1,234</td><td><code>{'ef' * 32}</code></td>" in end
    assert "left out: the file is one cable, whose masked name it would tell" in end
    assert "left out: its path has a masked name, which it would tell" in end
    assert f"3 cables: <code>{'cd' * 32}</code>" in end
    assert "No search of this archive was kept in a log." in end
    assert end.endswith("</html>\n")
    without = "".join(page.end(made, None))
    assert "The searches that led here are not in this dossier." in without


def test_pleas_that_are_not_resolved_are_named_at_the_top() -> None:
    open_places = tuple(OpenPlace("<09RABAT27>", "09RABAT27", label) for label in ("1", "", "1"))
    made = Manifest("p", "2009", "t", "whole", "masked", 3, "cd" * 32, (), (), ())
    top = "".join(page.places([], replace(made, protection=Protection(5, 2, open_places))))
    assert (
        "3 pleas for protection could not be resolved, so a name may be there: "
        "&lt;09RABAT27&gt; ¶1, &lt;09RABAT27&gt;."
    ) in top
    assert "could not be resolved" not in "".join(page.places([], made))

"""The page of renderer 1: what is marked in a text, what is escaped, and that it never changes."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.dossiers import renderer_1

FROZEN = {
    ".py": "e8af54cc03bfc3703ac9c4756d757f08134c80ada8a079cae7469d69de6183c8",
    ".html": "5369d9c24df6326e359e17f6d8602a52c1adfb808d62aeb5132c4db5fc520478",
}
GAP = '<span class="gap">'
CODE = "<code>DIGEST</code>"
SEARCH: dict[str, Any] = json.loads(
    """{"at": "2026-01-02T03:04:05Z", "query": "lamp~ | <x>", "count": 2, "partial": false,
    "way": "", "archive": "cables", "cables": 3, "fingerprint": "cdcd"}"""
)
MANIFEST = json.loads(
    """{"program": "p", "sealed": "2009-02-13T23:31:30Z", "title": "<t>", "log": "included",
    "texts": "whole", "names": "masked", "statements": ["One & two."],
    "archive": {"cables": 3, "fingerprint": "DIGEST"},
    "sources": [{"path": "a<b>.html", "bytes": 1234, "sha256": "DIGEST"},
                {"path": "c.html", "bytes": 7, "sha256": null, "why": "because"}],
    "cables": [{"member": "cables/1.json", "masked": 2}],
    "members": [{"name": "m.json", "bytes": 9, "sha256": "DIGEST"},
                {"name": "index.html", "bytes": 9, "sha256": "DIGEST"}]}"""
)
CABLE = """{"canonical_id": "09 RABAT<28>", "cited": ["1"], "source": {"path": "cable/<28>.html"},
    "gaps": {"title": [], "header": []},
    "shown": {"created": "2009-02-13", "day": "2009-02-13", "class": "SECRET", "subject": "<s>",
              "facts": [["TAGS", "PGOV"]]},
    "record": {"reference_id": "09RABAT28", "origin": "Embassy Rabat", "classification": "SECRET",
               "header": "", "remarks": [["Note", "<i>"]], "articles": ["/?a&b"]}}"""


def cable(body: str = "", gaps: Any = (), cited: Any = ()) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CABLE)
    found["gaps"]["body"], found["shown"]["cited"], found["record"]["body"] = gaps, cited, body
    return found


def made(name: str, of: dict[str, Any] | None = None, *searches: dict[str, Any]) -> str:
    values = {
        "manifest.json": MANIFEST,
        "places.json": {"places": []},
        "marks.json": {"marks": []},
        "log.json": {"searches": searches},
        "cables/1.json": of or cable(),
    }
    return "".join(renderer_1.MADE[name](values.__getitem__))


def text(body: str, gaps: Any, cited: Any) -> str:
    """The body of a cable on the page."""
    page = made("index.html", cable(body, gaps, cited))
    return page.rpartition('<div class="text">')[2].partition("</div>")[0]


@pytest.mark.parametrize("ending", FROZEN)
def test_it_is_frozen(ending: str) -> None:
    """Dossiers are verified with it. For another page, copy it as the next renderer.

    Only another layout of its code may have another digest here, if all goldens still verify.
    """
    # A checkout on Windows may have other line endings.
    code = Path(renderer_1.__file__).with_suffix(ending).read_text("utf-8")
    assert hashlib.sha256(code.encode()).hexdigest() == FROZEN[ending]


def test_it_uses_a_few_modules_of_the_standard_library() -> None:
    code = Path(renderer_1.__file__).read_text("utf-8")
    known = {"__future__", "collections", "html", "itertools", "pathlib", "re", "string", "typing"}
    assert set(re.findall(r"^(?:from|import) (\w+)", code, re.MULTILINE)) == known


@pytest.mark.parametrize(
    ("body", "gaps", "cited", "expected"),
    [
        ("1. A <b> & c.", [], [], "1. A &lt;b&gt; &amp; c."),
        ("1. One.\n\n2. Two.", [], [[9, 16]], "1. One.\n\n<mark>2. Two.</mark>"),
        ("1. [x] b.", [[3, 6, "name"]], [], f"1. {GAP}[x]</span> b."),
        # A gap within a cited paragraph, at its end, and two that touch.
        ("1. A [x]", [[5, 8, "name"]], [[0, 8]], f"<mark>1. A {GAP}[x]</span></mark>"),
        ("[x][y]", [[0, 3, ""], [3, 6, ""]], [], f"{GAP}[x]</span>{GAP}[y]</span>"),
        ("a\u202eb\x1b\u200b", [], [], "a\ufffdb\ufffd\ufffd"),
    ],
)
def test_gaps_and_cited_paragraphs_are_marked(
    body: str, gaps: Any, cited: Any, expected: str
) -> None:
    assert text(body, gaps, cited) == expected


@given(st.text(alphabet="ab<&\n ", min_size=1, max_size=30), st.data())
def test_whatever_is_marked_the_text_is_whole_and_what_opens_closes(
    body: str, data: st.DataObject
) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6, unique=True)))
    found = text(body, [[*pair, "name"] for pair in zip(ends[::2], ends[1::2], strict=False)], [])
    assert html.unescape(re.sub(r"</?span[^>]*>", "", found)) == body
    assert found.count(GAP) == found.count("</span>")


@pytest.mark.parametrize(
    "part",
    [
        "<h1>&lt;t&gt;</h1>",
        "<p>0 places in 0 cables.</p>",
        "made on 2009-02-13 23:31:30 UTC by p.",
        "<p>The texts of the cables are whole.</p>\n<p>Names are masked at 2 places of",
        "<p>One &amp; two.</p>",
        '<section id="text-09-RABAT&lt;28&gt;">',
        "<td>PGOV</td></tr>\n<tr><td>Note</td><td>&lt;i&gt;</td></tr>\n<tr><td>Article</td>",
        "<td>/?a&amp;b</td></tr>\n<tr><td>Source</td><td>cable/&lt;28&gt;.html</td></tr>",
        "No search of this archive was kept in a log.",
        f"3 cables: {CODE}",
        f"<td>a&lt;b&gt;.html</td><td>1,234</td><td>{CODE}</td>",
        "<td>c.html</td><td>7</td><td><code>left out: because</code></td>",
        f"<td>m.json</td><td>9</td><td>{CODE}</td></tr>\n</tbody>\n</table>\n</body>\n</html>\n",
    ],
)
def test_the_page_has_all_of_the_data(part: str) -> None:
    assert part in made("index.html")


def test_a_search_is_escaped_on_the_page_alone() -> None:
    """`lamp~` was `lamp\\~` in a file that no Markdown program reads."""
    other = {**SEARCH, "query": "", "count": 1, "partial": True, "way": "room export"}
    searches = (SEARCH, {**SEARCH, "at": "2026-01-02T03:05:05Z"}, other)
    page = made("index.html", None, *searches)
    assert "<td><code>lamp~ | &lt;x&gt;</code> (2 times)</td><td>2</td>" in page
    assert made("log.txt", None, *searches) == (
        "cable-tui verifiable dossier: searches\n\n"
        "3 searches, made with p; times are UTC. Those that found nothing are among them.\n\n"
        "cables: 3 cables\nfingerprint of their records (SHA-256): cdcd\n\n"
        "2026-01-02 03:05        2 cables  lamp~ | <x>  (2 times)\n"
        "2026-01-02 03:04         1 cable  all cables  (exported, not all indexed yet)\n"
    )

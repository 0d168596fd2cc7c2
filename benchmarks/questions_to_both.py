"""The commands that `benchmarks.differs` asks of two revisions.

They are written as a user types them: nothing here knows a module of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.queries import QUERIES


class IndexedArchive(NamedTuple):
    """An archive that both revisions have indexed."""

    name: str
    path: Path


Asked = tuple[str, list[str]]
"""The kind of a question, and its arguments."""

STYLES = (
    "reference link hashtags share quotation text markdown citation note short-note bibliography "
    "bibtex biblatex csl-json ris as-cited path"
).split()
FORMATS = "csv csv-raw markdown html bibtex biblatex ris csl-json references text".split()
FACETS = "post tag year month released class article to info signer post,year".split()
COMMANDS = (
    "index search show cite references explain pick export verify marks stats compare echoes "
    "concordance trend people chain problems log missing words traffic check doctor forget paths "
    "serve completions"
).split()
FILTERS = (
    "is:unread",
    "is:article",
    "has:redaction",
    "has:records",
    "has:variants",
    "has:damaged",
    "has:note",
    "has:comment",
    "class:secret",
    "class:>=confidential",
    "tag:PREL",
    'tag:"human rights"',
    "origin:madrid",
    "date:2009",
    "date:2008-03..2009-02-13",
    "to:state",
    "from:paris",
    "len:>2000",
    "cites:09STATE1",
    "person:clinton",
    "said:nuclear*",
    'said:"oil price"',
    "comment:skeptical",
    "comment:government",
    "subject:visit",
    "lobster",
    "=sanction",
    "gaddafi~",
    "karazin~",
    '"prime minister"',
    '"prime minister"~5',
    "minister or president",
    "-minister oil",
    "tag:PREL -origin:madrid sort:length",
    "xyzzy",
    "nosuch:prefix",
    "class:topsecret",
    "09RABAT27",
    "F-16",
    "lob.*er",
)
DRAFT = """\
# Ice

The embassy wrote that “the ice is thin” (09RABAT27, para. 1). “Nobody wrote these words here,” he
said. See 04SANTORIEL88 and 10NOWHERE1.

> The lamps of the northern pier were lit.

Source: 04SANTORIEL88
"""


def commands(place: IndexedArchive, refs: Sequence[str]) -> Iterator[Asked]:
    """Every question about a place; `refs` are some of its cables."""
    path = str(place.path)
    yield from (("search", ["search", path, each, *_LIMITED]) for each in FILTERS)
    yield "export", ["export", path, "--format", "jsonl", *_CACHED]
    for facet in FACETS:
        yield "facets", ["stats", path, "--by", facet, "--json", *_CACHED]
    for ref in refs:
        yield "show", ["show", path, ref, "--json", *_CACHED]
    for ref in refs[:3]:
        yield "show", ["show", path, ref, "--width", "100", *_CACHED]
        yield "references", ["references", path, ref, "--json", *_CACHED]
        yield "reports", ["chain", path, ref, "--json", *_CACHED]
        yield "reports", ["echoes", path, ref, "--json", *_CACHED]
        yield "explain", ["explain", path, ref, *_CACHED]
    for question in _REPORTS:
        yield "reports", [question[0], path, *question[1:], "--json", *_CACHED]
    if place.name == "generated":
        yield from (("search", ["search", path, each.text, *_LIMITED]) for each in QUERIES)
    if place.name in ("demo", "corpus"):
        yield from (("cite", [*_cite(path, refs), "--style", each]) for each in STYLES)
        yield from (("export", [*_export(path), "--format", each]) for each in FORMATS)
        for question in _REPORTS:
            yield "reports", [question[0], path, *question[1:], *_CACHED]
    if place.name == "demo":
        yield from _once(path, refs)


_CACHED = ("--no-index",)
_LIMITED = ("--json", "--limit", "20", "--no-index")
_REPORTS = (
    ("people", "--limit", "40"),
    ("people", "minister", "--limit", "20"),
    ("words", "minister"),
    ("words", "origin:madrid"),
    ("traffic",),
    ("traffic", "tag:PREL"),
    ("missing", "--limit", "40"),
    ("missing", "--gaps"),
    ("echoes",),
    ("compare",),
    ("trend", "minister", "oil"),
    ("trend", "minister", "--by", "post"),
    ("concordance", "minister", "--limit", "40"),
    ("concordance", '"prime minister"', "--limit", "40"),
    ("concordance", "said:minister", "--limit", "20"),
    ("problems",),
    ("stats",),
)


def _cite(path: str, refs: Sequence[str]) -> list[str]:
    return ["cite", path, f"{refs[0]}#1", *_CACHED]


def _export(path: str) -> list[str]:
    return ["export", path, "date:2009", *_CACHED]


def _once(path: str, refs: Sequence[str]) -> Iterator[Asked]:
    """What is asked of one place: commands without an archive, bookmarks, mistakes."""
    yield from (("help", ["help", each]) for each in COMMANDS)
    yield from (("help", ["completions", each]) for each in ("bash", "zsh", "fish", "powershell"))
    yield "help", ["help"]
    yield "explain", ["explain", "PREL", "SIPDIS", "NOFORN"]
    one, other = refs[:2]
    yield "bookmarks", ["bookmarks", "add", path, f"{one}#1", "--list", "ice"]
    yield "bookmarks", ["bookmarks", "add", path, other, "--list", "ice"]
    yield "bookmarks", ["bookmarks", "add", path, f"{one}#99"]
    yield "bookmarks", ["bookmarks", "list", path, "--json"]
    yield "bookmarks", ["export", path, "--list", "ice", "--format", "markdown"]
    yield "bookmarks", ["bookmarks", "remove", path, other]
    yield "bookmarks", ["bookmarks", "list", path]
    yield "mistakes", ["show", path, "09NOWHERE1"]
    yield "mistakes", ["show", path]
    yield "mistakes", ["search", path, "lobster", "--limit", "three"]
    yield "mistakes", ["cite", path, one, "--style", "chicago"]
    yield "mistakes", ["export", path, "--format", "xlsx"]
    yield "mistakes", ["search", f"{path}-nowhere", "lobster"]
    yield "mistakes", ["serch", path]
    yield "draft", ["check", path, "draft.md", "--json"]
    yield "draft", ["check", path, "draft.md"]
    yield "draft", ["log", path, "--format", "json"]

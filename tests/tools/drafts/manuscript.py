"""A manuscript over the demo's cables, whose faults are known, in four formats."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Quoted(NamedTuple):
    """A quotation of the manuscript, what it is attributed to, and what is to be said of it."""

    text: str
    cited: str
    verdict: str
    kind: str = "true"


_ALTERED = {
    ("altered", "a word"): [
        ("04PORTAMBER305 ¶2", "The chart is ugly and its paper is old."),
        ("07SANTORIEL45 ¶1", "Some four thousand people come to Oriel each month for the vintage"),
    ],
    ("altered", "a number"): [
        ("04PORTAMBER305 ¶1", "Oriel has patrolled those waters since 1822"),
        ("07SANTORIEL45 ¶2", "The Labor Inspectorate made 89 visits in 2006"),
    ],
    ("altered", "a negation"): [
        (
            "04PORTAMBER305 ¶3",
            "They have inhabitants, no fresh water and, until this year, no lobsters",
        ),
        ("07SANTORIEL45 ¶4", "Dr. Helena Farquhar, who does care whose estate it is"),
    ],
    ("altered", "a name"): [
        ("04PORTAMBER305 ¶1", "Fisheries Minister Anselm Drey summoned EconOff on September 17"),
        ("06PORTAMBER131 ¶3", "Opposition leader Vasco Karazin (so spelled on his new posters"),
    ],
    ("altered", "a hidden negation"): [
        ("10QUAYHAVEN2 ¶2", "Consul has answered that we would ... know what to wear without her."),
        ("07SANTORIEL45 ¶3", "There have been [...] wolves in Oriel since 1840."),
    ],
    ("altered", "run together"): [
        (
            "04PORTAMBER305 ¶2",
            "the drawer was itself of great antiquity. The Kettle Rocks are two stones",
        ),
        ("06PORTAMBER131 ¶2", "to ask whom he now worked for. Opposition leader Vasco Kharazin"),
    ],
    ("elsewhere", "the wrong cable"): [
        ("10QUAYHAVEN2", "The chart is handsome and its paper is old."),
        ("04PORTAMBER305", "she is to have a pension and a flat with a view of a car park"),
    ],
    ("elsewhere", "the wrong paragraph"): [
        ("04PORTAMBER305 ¶3", "Oriel has patrolled those waters since 1922"),
        ("07SANTORIEL45 ¶2", "It has been a draft since 2002"),
    ],
    ("unfound", "nothing"): [
        ("04PORTAMBER305 ¶2", "The herring were tried for treason at the opera house"),
        ("10QUAYHAVEN2", "Seventeen umbrellas governed the republic until Michaelmas"),
    ],
    ("protected", "a protected name"): [
        ("06PORTAMBER95 ¶2", "keeps a notebook in which he writes down the weight of everything"),
        ("07SANTORIEL45 ¶4", "She asked that the workers who spoke to HRO be strictly protected"),
    ],
}
"""By verdict and kind, what is cited and the words."""
FAULTS = [Quoted(text, cited, *said) for said, rows in _ALTERED.items() for cited, text in rows]
_PARAGRAPH = re.compile(r"¶</a>(\d+)\. \([A-Z/]+\) (.*?)(?=\n \n|\Z)", re.DOTALL)


def true_quotations(folder: Path, count: int) -> list[Quoted]:
    """Beginnings of paragraphs of the demo's pages, which name nobody who is to be protected."""
    found: list[Quoted] = []
    for label in ("2", "3"):
        for page in sorted(folder.rglob("*.html")):
            text = html.unescape(page.read_text(encoding="utf-8"))
            for number, words in _PARAGRAPH.findall(text):
                row = re.sub(r"<[^>]*>", "", words).split()
                plain = not re.search(r"protect|\"|\[|<|\.\.\.|SECTION|00\d", words)
                if number == label and plain and len(row) > 14:
                    found.append(Quoted(" ".join(row[:12]), f"{page.stem} ¶{number}", "exact"))
    return found[:count]


def manuscript(folder: Path) -> list[Quoted]:
    """Sixty quotations, a fault after every two that are right."""
    true = true_quotations(folder, 40)
    made: list[Quoted] = []
    for at, fault in enumerate(FAULTS):
        made += [*true[2 * at : 2 * at + 2], fault]
    return made


SHAPES = ("brackets", "note", "apart")
"""How a quotation is cited: right behind it, in a note, or as a block with its source below."""


def shape(at: int) -> str:
    return SHAPES[at % 4] if at % 4 < 3 else "brackets"


def markdown(quoted: Sequence[Quoted]) -> str:
    blocks: list[str] = ["# A history of two rocks"]
    notes: list[str] = []
    for at, each in enumerate(quoted):
        if shape(at) == "brackets":
            blocks.append(f"The embassy wrote that “{each.text}” ({each.cited}), and so on.")
        elif shape(at) == "note":
            blocks.append(f'It added: "{each.text}"[^{at}] Nobody answered.')
            notes.append(f"[^{at}]: See {each.cited}, which is dated.")
        else:
            blocks.append(f"> {each.text}\n— {each.cited}")
    return "\n\n".join([*blocks, *notes]) + "\n"


def page(quoted: Sequence[Quoted]) -> str:
    blocks: list[str] = ["<h1>A history of two rocks</h1>"]
    notes: list[str] = []
    for at, each in enumerate(quoted):
        text = html.escape(each.text, quote=False)
        if shape(at) == "brackets":
            blocks.append(f"<p>The embassy wrote that <q>{text}</q> ({each.cited}), and so on.</p>")
        elif shape(at) == "note":
            mark = f'<a href="#fn{at}" id="fnref{at}"><sup>{len(notes) + 1}</sup></a>'
            blocks.append(f"<p>It added: &ldquo;{text}&rdquo;{mark} Nobody answered.</p>")
            notes.append(f'<li id="fn{at}"><p>See {each.cited}, which is dated.</p></li>')
        else:
            blocks.append(f"<blockquote><p>{text}</p><cite>{each.cited}</cite></blockquote>")
    body = "\n".join([*blocks, "<ol>", *notes, "</ol>"])
    return f"<!doctype html><html><head><title>Rocks</title></head><body>{body}</body></html>"


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t></w:r>'


def write_docx(path: Path, quoted: Sequence[Quoted]) -> None:
    paragraphs: list[str] = []
    notes: list[str] = []
    for at, each in enumerate(quoted):
        if shape(at) == "brackets":
            # A tracked change: what was taken out is not shown.
            body = (
                _run("The embassy wrote that “")
                + '<w:del w:id="9"><w:r><w:delText>never</w:delText></w:r></w:del>'
                + f'<w:ins w:id="8">{_run(each.text)}</w:ins>'
                + _run(f"” ({each.cited}), and so on.")
            )
        elif shape(at) == "note":
            mark = f'<w:r><w:footnoteReference w:id="{at + 1}"/></w:r>'
            body = _run(f"It added: “{each.text}”") + mark + _run(" Nobody answered.")
            note = f"<w:p>{_run(f'See {each.cited}, which is dated.')}</w:p>"
            notes.append(f'<w:footnote w:id="{at + 1}">{note}</w:footnote>')
        else:
            body = '<w:pPr><w:pStyle w:val="Quote"/></w:pPr>' + _run(each.text)
            paragraphs.append(f"<w:p>{body}</w:p>")
            body = _run(f"— {each.cited}")
        paragraphs.append(f"<w:p>{body}</w:p>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "word/document.xml",
            f"<w:document {_WORD}><w:body>{''.join(paragraphs)}</w:body></w:document>",
        )
        made.writestr("word/footnotes.xml", f"<w:footnotes {_WORD}>{''.join(notes)}</w:footnotes>")


_OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def write_odt(path: Path, quoted: Sequence[Quoted]) -> None:
    paragraphs: list[str] = []
    for at, each in enumerate(quoted):
        text = html.escape(each.text, quote=False)
        if shape(at) == "brackets":
            body = f"The embassy wrote that “{text}” ({each.cited}), and so on."
            body = body.replace("wrote that", "wrote<text:s/>that")
        elif shape(at) == "note":
            note = (
                '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
                f"<text:note-body><text:p>See {each.cited}, which is dated.</text:p>"
                "</text:note-body></text:note>"
            )
            body = f"It added: “<text:span>{text}</text:span>”{note} Nobody answered."
        else:
            paragraphs.append(f'<text:p text:style-name="Quotations">{text}</text:p>')
            body = f"— {each.cited}"
        paragraphs.append(f"<text:p>{body}</text:p>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml",
            f"<office:document-content {_OPEN}><office:body><office:text>"
            f"{''.join(paragraphs)}</office:text></office:body></office:document-content>",
        )


def _write(form: Callable[[Sequence[Quoted]], str]) -> Callable[[Path, Sequence[Quoted]], None]:
    def write(path: Path, quoted: Sequence[Quoted]) -> None:
        path.write_text(form(quoted), encoding="utf-8")

    return write


FORMATS: dict[str, Callable[[Path, Sequence[Quoted]], None]] = {
    "md": _write(markdown),
    "html": _write(page),
    "docx": write_docx,
    "odt": write_odt,
}


def written(folder: Path, quoted: Sequence[Quoted]) -> Iterator[Path]:
    """The manuscript in every format."""
    for name, write in FORMATS.items():
        path = folder / f"rocks.{name}"
        write(path, quoted)
        yield path

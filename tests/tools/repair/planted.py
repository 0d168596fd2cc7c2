"""Drafts over pages of cables, with ten kinds of planted faults and with traps, from a seed.

    python -m tests.tools.repair.planted FOLDER_OF_PAGES OUT --seed 1 --count 500

What is right is what was in the draft before a fault was planted. It comes from the pages, read
here by an expression of its own, and never from the code that repairs.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import sys
import textwrap
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

QUOTED_FAULTS = (
    "another word",
    "another first or last word",
    "a left-out word",
    "an added word",
    "another number",
    "a misspelling",
    "two words exchanged",
)
CITED_FAULTS = ("another paragraph", "another date", "another post", "another serial number")
FAULTS = (*QUOTED_FAULTS, *CITED_FAULTS)
TRAPS = (
    "nothing wrong",
    "a paraphrase",
    "[sic]",
    "a bracket",
    "an ellipsis",
    "two cables have it",
    "a protected name",
)
SHAPES = ("brackets", "note", "apart", "facts")
"""Where the citation is: behind it, in a note, below a block, or behind it with day and sender."""

MOST_TRIED = 400
"""Passages that are tried for one fault, before its kind is given up."""


class Passage(NamedTuple):
    """Words of a numbered paragraph of a page."""

    words: tuple[str, ...]
    cable: str
    label: str
    labels: int
    """Numbered paragraphs of the page."""
    day: date
    post: str
    """As `Embassy Ankara`."""


class Item(NamedTuple):
    """A quotation with its citation: as planted, and as it was before."""

    kind: str
    shape: str
    quoted: str
    right: str
    cited: str
    right_cited: str

    @property
    def is_trap(self) -> bool:
        return self.kind in TRAPS

    def at(self, side: str) -> tuple[str, str]:
        """Its words and its citation on one side, `planted` or `right`."""
        is_right = side == "right" and not self.is_trap
        return (self.right, self.right_cited) if is_right else (self.quoted, self.cited)


_PARAGRAPH = re.compile(r"¶</a>(\d+)\. \([A-Z/]+\) (.*?)(?=\n \n|\Z)", re.DOTALL)
_ROW = re.compile(r"(\d{4})-(\d\d)-(\d\d) \d\d:\d\d")
_ORIGIN = re.compile(r">\s*((?:Embassy|Consulate) [A-Z][\w ]+?)\s*<")
_NAME_TO_PROTECT = re.compile(r"([A-Z][a-z]{3,} [A-Z][a-z]{3,}),? \((?:[Ss]trictly )?[Pp]rotect\)")
_UNFIT = re.compile(r"[\"“”\[\]<>*_&#`|\\¶]|\.\.|SECTION|protect|PROTECT|--|//|XX")


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.html")):
        if re.fullmatch(r"\d\d[A-Z]+\d+", path.stem):
            yield path.stem, html.unescape(path.read_text(encoding="utf-8"))


def passages(folder: Path) -> list[Passage]:
    """The paragraphs that can be quoted, of pages with a day and a post."""
    found = []
    for cable, text in _pages(folder):
        day = _ROW.search(text)
        origin = _ORIGIN.search(text, day.end()) if day else None
        if day is None or origin is None:
            continue
        rows = [(label, re.sub(r"<[^>]*>", "", words)) for label, words in _PARAGRAPH.findall(text)]
        often = Counter(label for label, _ in rows)
        for label, words in rows:
            if often[label] == 1 and not _UNFIT.search(words):
                place = (cable, label, len(rows), date(*map(int, day.groups())), origin[1])
                whole = words[: words.rfind(".") + 1]  # without a signature or the next heading
                if len(whole.split()) > 12:
                    found.append(Passage(tuple(whole.split()), *place))
    return found


def _squeezed(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _drawn(chance: random.Random, passage: Passage) -> list[str]:
    """Eight to 24 words: whole sentences, or any."""
    words = list(passage.words)
    length = chance.randint(8, 24)
    starts = [0, *(at + 1 for at, word in enumerate(words) if word.endswith("."))]
    starts = [at for at in starts if at + length <= len(words)]
    if starts and chance.random() < 0.5:
        start = chance.choice(starts)
        ends = [at + 1 for at in range(start + 7, len(words)) if words[at].endswith(".")]
        return words[start : ends[0]] if ends and ends[0] - start <= 40 else []
    start = chance.randrange(max(len(words) - length, 1))
    return words[start : start + length]


def _planted(chance: random.Random, kind: str, words: list[str], other: list[str]) -> list[str]:
    """The words with a fault of a quotation; the same words where it does not fit."""
    made = list(words)
    inner = [at for at, word in enumerate(words) if word.isalpha() and 0 < at < len(words) - 1]
    strange = [word for word in other if word.isalpha() and word.islower() and len(word) > 3]
    strange = [word for word in strange if word not in words]
    if not inner or not strange:
        return made
    at = chance.choice(inner)
    if kind == "another word":
        made[at] = chance.choice(strange)
    elif kind == "another first or last word":
        made[chance.choice((0, -1))] = chance.choice(strange)
    elif kind == "a left-out word":
        del made[at]
    elif kind == "an added word":
        made.insert(at, chance.choice(strange))
    elif kind == "another number":
        numbers = [at for at, word in enumerate(words) if word.isdecimal()]
        if numbers:
            at = chance.choice(numbers)
            made[at] = str(int(words[at]) + chance.choice((1, 2, 10)))
    elif kind == "a misspelling":
        long = [at for at in inner if len(words[at]) > 5]
        if long:
            at = chance.choice(long)
            letter = chance.randrange(1, len(words[at]) - 2)
            made[at] = words[at][:letter] + words[at][letter + 1 :]
    elif kind == "two words exchanged" and at + 1 in inner:
        made[at], made[at + 1] = words[at + 1], words[at]
    return made


def _trapped(chance: random.Random, kind: str, words: list[str], other: list[str]) -> list[str]:
    """The words with a trap of a quotation; the same words where it does not fit."""
    made = list(words)
    inner = [at for at, word in enumerate(words) if word.isalpha() and 2 < at < len(words) - 3]
    if len(inner) < 3 or len(other) < len(words):
        return made
    at = chance.choice(inner)
    if kind == "a paraphrase":
        for at in chance.sample(inner, max(len(inner) * 2 // 3, 3)):
            made[at] = other[at]
    elif kind == "[sic]":
        made[at : at + 1] = [other[at], "[sic]"]
    elif kind == "a bracket":
        made[at : at + 2] = [f"[{other[at]}]"]
    elif kind == "an ellipsis":
        made[at : at + 2] = [chance.choice(("...", "[...]", "…"))]
    return made


def _cited(passage: Passage, shape: str, **changes: object) -> str:
    """`09ANKARA1583 ¶3`, or with its post and its day where the shape is `facts`."""
    passage = passage._replace(**changes)  # type: ignore[arg-type]  # names of the tuple
    if shape != "facts":
        return f"{passage.cable} ¶{passage.label}"
    day = f"{passage.day.day} {passage.day:%B} {passage.day.year}"
    return f"{passage.post} to State, {passage.cable}, {day}, para. {passage.label}"


def _miscited(
    chance: random.Random, kind: str, passage: Passage, shape: str, cables: Mapping[str, str]
) -> str:
    """The citation with a fault; `cables` has the post of each cable that is held."""
    year, post, serial = passage.cable[:2], passage.cable[2:].rstrip("0123456789"), ""
    serial = passage.cable[2 + len(post) :]
    if kind == "another paragraph":
        labels = [str(label) for label in range(1, passage.labels + 2)]
        label = chance.choice([label for label in labels if label != passage.label])
        return _cited(passage, shape, label=label)
    if kind == "another date":
        days = chance.choice((-30, -7, -1, 1, 2, 10, 31, 365))
        return _cited(passage, shape, day=passage.day + timedelta(days=days))
    if kind == "another post":
        if shape == "facts":  # the sender, beside an ID that is right
            others = sorted({each for each in cables.values() if each != passage.post})
            return _cited(passage, shape, post=chance.choice(others))
        others = sorted({re.sub(r"\d", "", cable) for cable in cables} - {post})
        return _cited(passage, shape, cable=f"{year}{chance.choice(others)}{serial}")
    wrong = str(int(serial) + chance.choice((1, 10, 100)))
    if chance.random() < 0.4 and len(serial) > 1 and serial[-1] != serial[-2]:
        wrong = serial[:-2] + serial[-1] + serial[-2]
    return _cited(passage, shape, cable=f"{year}{post}{wrong}")


def items(folder: Path, seed: int, count: int) -> list[Item]:
    """`count` items in order of their kinds, faults and traps in turn, as many as can be made."""
    chance = random.Random(seed)
    known = passages(folder)
    bodies = {cable: _squeezed(re.sub(r"<[^>]*>", "", text)) for cable, text in _pages(folder)}
    whole = "|".join(bodies.values())
    cables = {passage.cable: passage.post for passage in known}
    names = {
        cable: found for cable, text in _pages(folder) if (found := _NAME_TO_PROTECT.findall(text))
    }
    made: list[Item] = []
    taken: set[str] = set()
    kinds, failed = [*FAULTS, *TRAPS], 0
    while len(made) < count and kinds:
        kind = kinds[len(made) % len(kinds)]
        failed += 1
        if failed > MOST_TRIED:  # these pages have no place for it
            kinds.remove(kind)
            failed = 0
            continue
        passage, other = chance.choice(known), list(chance.choice(known).words)
        shape = "facts" if kind == "another date" else chance.choice(SHAPES)
        words = _drawn(chance, passage)
        if kind == "a protected name":
            named = [*_with_protected(chance, folder, names, shape)]
            if named and named[0].right not in taken:
                taken.add(named[0].right)
                made += named
                failed = 0
            continue
        often = whole.count(_squeezed(" ".join(words)))
        right = " ".join(words).rstrip(".,;:")
        if len(words) < 8 or right in taken or (often != 1) != (kind == "two cables have it"):
            continue
        cited = right_cited = _cited(passage, shape)
        quoted = right
        if kind in QUOTED_FAULTS:
            quoted = " ".join(_planted(chance, kind, words, other)).rstrip(".,;:")
        elif kind in CITED_FAULTS:
            cited = _miscited(chance, kind, passage, shape, cables)
        elif kind == "two cables have it":
            if sum(_squeezed(right) in body for body in bodies.values()) < 2:
                continue
            cited = _miscited(chance, "another serial number", passage, "brackets", cables)
            shape = "brackets"
        else:
            quoted = " ".join(_trapped(chance, kind, words, other)).rstrip(".,;:")
        if kind != "nothing wrong" and (quoted, cited) == (right, right_cited):
            continue
        if kind in FAULTS and (_squeezed(quoted) in whole) != (kind in CITED_FAULTS):
            continue  # what is planted has to be a fault
        taken.add(right)
        made.append(Item(kind, shape, quoted, right, cited, right_cited))
        failed = 0
    return made


def _with_protected(
    chance: random.Random, folder: Path, names: Mapping[str, Sequence[str]], shape: str
) -> Iterator[Item]:
    """A quotation in which a name that asks for protection is spelled another way."""
    if not names:
        return
    cable = chance.choice(sorted(names))
    name = chance.choice(sorted(names[cable]))
    path = next(folder.rglob(f"{cable}.html"))
    for label, text in _PARAGRAPH.findall(html.unescape(path.read_text(encoding="utf-8"))):
        words = re.sub(r"<[^>]*>", "", text)
        at = words.find(name)
        before, behind = words[:at].split()[-6:], words[at + len(name) :].split()[:8]
        right = " ".join([*before, *name.split(), *behind])
        if at < 0 or len(before) < 4 or re.search(r"[\"“”\[\]*<>&]", right):
            continue
        surname = name.split()[1]
        quoted = right.replace(surname, surname[:2] + surname[3:], 1)
        cited = f"{cable} ¶{label}"
        shape = "brackets" if shape == "facts" else shape
        yield Item("a protected name", shape, quoted, right, cited, cited)
        return


def markdown(made: Sequence[Item], side: str) -> str:
    """The draft in Markdown: an item for each paragraph, its notes at the end."""
    blocks: list[str] = ["# What the cables say"]
    notes: list[str] = []
    for number, item in enumerate(made):
        quoted, cited = item.at(side)
        if number % 5 == 0 and item.shape != "apart":
            first, _, rest = quoted.partition(" ")
            quoted = f"*{first}* {rest}"
        if item.shape == "note":
            blocks.append(
                textwrap.fill(
                    f'Of point {number} it said: "{quoted}."[^{number}] So it is.',
                    break_on_hyphens=False,
                )
            )
            notes.append(f"[^{number}]: See {cited}.")
        elif item.shape == "apart":
            lines = textwrap.wrap(quoted, break_long_words=False, break_on_hyphens=False)
            blocks.append("\n".join([*(f"> {line}" for line in lines), f"> — {cited}"]))
        else:
            blocks.append(
                f"Of point {number} the embassy wrote that “{quoted}” ({cited}), and so on."
            )
    return "\n\n".join([*blocks, *notes]) + "\n"


def plain(made: Sequence[Item], side: str) -> str:
    """The draft as text, with quotation marks of another kind."""
    blocks = []
    for number, item in enumerate(made):
        quoted, cited = item.at(side)
        if item.shape == "apart":
            blocks.append(f"> {quoted}\n— {cited}")
        else:
            marks = "«»" if number % 2 else "“”"
            blocks.append(f"{number}. It wrote: {marks[0]}{quoted}{marks[1]} ({cited}). So it is.")
    return "\n\n".join(blocks) + "\n"


def page(made: Sequence[Item], side: str) -> str:
    """The draft in HTML, an item a line."""
    lines = ["<!doctype html><html><head><title>What they say</title></head><body>"]
    notes: list[str] = []
    for number, item in enumerate(made):
        quoted, cited = (html.escape(text, quote=False) for text in item.at(side))
        quoted = quoted.replace("'", "&#39;")
        if number % 5 == 0:
            first, _, rest = quoted.partition(" ")
            quoted = f"<em>{first}</em> {rest}"
        if item.shape == "note":
            mark = f'<a href="#fn{number}" id="r{number}"><sup>{len(notes) + 1}</sup></a>'
            lines.append(f"<p>It said: &ldquo;{quoted}&rdquo;{mark} So it is.</p>")
            notes.append(f'<p id="fn{number}">See {cited.replace("¶", "&para;")}.</p>')
        elif item.shape == "apart":
            lines.append(f"<blockquote><p>{quoted}</p><cite>{cited}</cite></blockquote>")
        else:
            lines.append(f"<p>It wrote that <q>{quoted}</q> ({cited}), and so on.</p>")
    return "\n".join([*lines, *notes, "</body></html>"]) + "\n"


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOLD = "<w:rPr><w:b/></w:rPr>"


def _run(text: str, look: str = "") -> str:
    escaped = html.escape(text, quote=False)
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def write_docx(path: Path, made: Sequence[Item], side: str) -> None:
    """The draft for Word: an item in each paragraph, in runs of several looks."""
    paragraphs, notes = [], []
    for number, item in enumerate(made):
        quoted, cited = item.at(side)
        first, _, rest = quoted.partition(" ")
        # The same bytes in front on both sides, so that only what is planted differs.
        runs = _run(f"{first} ", _BOLD) + _run(rest)
        if item.shape == "note":
            mark = f'<w:r><w:footnoteReference w:id="{number + 1}"/></w:r>'
            paragraphs.append(_run("It said: “") + runs + _run("”") + mark + _run(" So it is."))
            notes.append(
                f'<w:footnote w:id="{number + 1}"><w:p>{_run(f"See {cited}.")}</w:p></w:footnote>'
            )
        elif item.shape == "apart":
            paragraphs.append(f'<w:pPr><w:pStyle w:val="Quote"/></w:pPr>{runs}')
            paragraphs.append(_run(f"— {cited}"))
        else:
            paragraphs.append(_run("It wrote that “") + runs + _run(f"” ({cited}), and so on."))
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        packed.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            "</Relationships>",
        )
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        packed.writestr(
            "word/footnotes.xml", f'<w:footnotes xmlns:w="{WORD}">{"".join(notes)}</w:footnotes>'
        )
        packed.writestr("word/media/image1.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


_OPEN = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text")
)


def write_odt(path: Path, made: Sequence[Item], side: str) -> None:
    """The draft for LibreOffice."""
    paragraphs = []
    for item in made:
        quoted, cited = (html.escape(text, quote=False) for text in item.at(side))
        first, _, rest = quoted.partition(" ")
        words = f'<text:span text:style-name="T1">{first} </text:span>{rest}'
        if item.shape == "note":
            note = (
                '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
                f"<text:note-body><text:p>See {cited}.</text:p></text:note-body></text:note>"
            )
            paragraphs.append(f"<text:p>It said: “{words}”{note} So it is.</text:p>")
        elif item.shape == "apart":
            paragraphs.append(f'<text:p text:style-name="Quotations">{words}</text:p>')
            paragraphs.append(f"<text:p>— {cited}</text:p>")
        else:
            paragraphs.append(f"<text:p>It wrote that “{words}” ({cited}), and so on.</text:p>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr(
            "content.xml",
            f"<office:document-content {_OPEN}><office:body><office:text>"
            f"{''.join(paragraphs)}</office:text></office:body></office:document-content>",
        )
        packed.writestr("Pictures/1.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def _text(
    form: Callable[[Sequence[Item], str], str],
) -> Callable[[Path, Sequence[Item], str], None]:
    def write(path: Path, made: Sequence[Item], side: str) -> None:
        path.write_text(form(made, side), encoding="utf-8")

    return write


FORMATS: dict[str, Callable[[Path, Sequence[Item], str], None]] = {
    "md": _text(markdown),
    "txt": _text(plain),
    "html": _text(page),
    "docx": write_docx,
    "odt": write_odt,
}


def main() -> None:
    """Write the drafts of one seed in each format, as planted and as they were before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    made = items(options.pages, options.seed, options.count)
    options.out.mkdir(parents=True, exist_ok=True)
    for form, write in FORMATS.items():
        for side in ("planted", "right"):
            write(options.out / f"{side}.{form}", made, side)
    for kind, count in Counter(item.kind for item in made).items():
        sys.stdout.write(f"{count:6}  {kind}\n")


if __name__ == "__main__":
    main()

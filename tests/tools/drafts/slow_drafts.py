"""The readers of drafts as functions of one text, and texts that would make them slow."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable

from cable_tui import telegram
from cable_tui.formats.office import docx, odt
from cable_tui.formats.office.blocks import TextBlock, TextDocument
from cable_tui.formats.office.packed_xml import Package
from cable_tui.tools.drafts import html_page, markdown, plain_text
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.comparing import compare
from cable_tui.tools.drafts.quotations import passages
from cable_tui.tools.drafts.receipts import Receipts
from cable_tui.tools.drafts.tokens import words_of
from tests.slow.baits import LABELS, Bait
from tests.slow.functions import raw

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODT = 'xmlns:text="t" xmlns:style="s" xmlns:fo="f" xmlns:office="o" xmlns:draw="d"'


def _packed(name: str, text: str) -> Package:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(name, text)
    return Package(packed)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\x1b", "\ufffd")


def _docx(body: str) -> TextDocument:
    return docx.read(_packed(docx.MAIN, f"<w:d {_WORD}><w:body>{body}</w:body></w:d>"))


def _odt(body: str) -> TextDocument:
    return odt.read(_packed(odt.MAIN, f"<office:text {_ODT}>{body}</office:text>"))


def _read(read: Callable[[str], TextDocument]) -> Callable[[str], object]:
    """All that is done with a draft before it is laid beside cables."""

    def call(text: str) -> object:
        found = what_to_check(read(text))
        return [passages(each.quotation.text(found.draft.blocks)) for each in found.quotations]

    return call


def _with_receipts(text: str) -> object:
    draft = plain_text.read(text)
    return Receipts(draft, [each.quotation for each in what_to_check(draft).quotations])


def _set_apart(text: str) -> TextDocument:
    return TextDocument("text", "line", (TextBlock(text, 1, is_quotation=True),))


def beside(text: str) -> object:
    """A quotation beside a cable that has much of it."""
    cable = words_of(telegram.parse(raw(f"{LABELS}1. (C) {text}")))
    return compare(f"{text} a word more", cable)


READERS: dict[str, Callable[[str], object]] = {
    "Markdown": _read(markdown.read),
    "text": plain_text.read,
    "HTML": html_page.read,
    "a paragraph of Word": lambda text: _docx(f"<w:p><w:r><w:t>{_escaped(text)}</w:t></w:r></w:p>"),
    "a paragraph of LibreOffice": lambda text: _odt(f"<text:p>{_escaped(text)}</text:p>"),
    "a quotation set apart": _read(_set_apart),
    "receipts": _with_receipts,
}
"""What follows the reading is the same for all formats: two of them are followed up."""

_PIECES = (
    *("[cable:", "[cable:a#1:a]", "“a b c d e” [cable:a#1:a] "),
    *("1.", "1,", "1,111", "xxx ", "#", "# ", "-\n", "=\n", "a\n=\n", ">", "> a\n", "---\n"),
    *("<!--", "<!-- -->", "<!--\n-->\n", "```\n", "~~~", "`", "``", "`a", "[", "](", "[a](b)"),
    *("[^", "[^a]", "[^a]: 09RABAT1\n\n", "^[", "^[a]", "[a][b]", "[a]: b\n", "*", "_", "_a", "~~"),
    *("\\a", "&", "&amp;", "<", "<a", "<a ", "<q>", "</q>", "<blockquote>", "</blockquote>"),
    *("<br>", "<http://", "http://a ", "1. a\n", "—", "-- a ", "“", "”", "„", "«", "‘", "’", "'"),
    *("'a", "a' ", "s' ", "‘a ", "“a", "“a\n\n", "“a b c d e ", "“a b c d e” ", '"a', 'a" '),
    *(
        '“"a',
        '"a” ',
        '„a" ',
        "»a» ",
        "“‘",
        "“„«",
        "“„«‹",
        "”‹",
        "...",
        "[...]",
        ". ",
        "a ... ",
        "…",
        "[sic]",
        "a[b]",
        "a[",
        "(a",
    ),
    *("Ibid. 3 ", "09RABAT12 ", "09 RABAT 12 ", "09 RABAT ", "Ankara 348 ", "Ankara 348, 2004 "),
    *("79 Tehran ", "Tehran, cable ", "Aa to Bb, “", "Telegram 8 From the Embassy in A to B "),
    *("2004 ", "Ankara ", "telegram 348 from Ankara ", "A B C D ", "A. ", "FRUS, 1955-1957, "),
    *("FRUS, 1955, vol. 1, doc. 1; ", "frus1955v1/d1 ", "¶", "¶1, ", "¶1–5 ", "1 of 09RABAT1 "),
    *("(C) ", "1. (C) ", "\n\n1. ", "SECTION 01 OF 02 ", "$", "a. B", "é", "\u00ad", "\x1b"),
    *("<p>", "<p", "<a href='#a'>", "<a href='#a'>1</a>", "<li id='a'>", "<a href='b'>a<br>"),
    *("<cite>", "<blockquote><cite>", "<script>", "<style>", "<template>", "<title>", "<textarea>"),
    *("<![CDATA[", "<!", "<!doctype", "<?", "</", "</a", "<a b='", "<a b", "<q><p>", "<h1>"),
)
BAITS = {repr(piece): Bait(piece) for piece in _PIECES} | {
    "a heading of number signs": Bait("#", head="# ", tail="x"),
    "marks of one note of many citations": Bait("[^a]", tail="\n\n[^a]: " + "09RABAT1 " * 4000),
    "an ellipsis after each word": Bait("the ... ", head="> "),
}

BESIDE = {
    repr(piece): Bait(piece)
    for piece in ("1.", "xxx ", "a ", "a b ", "a ... ", "a... b ", "[a] b ", "a.\n\n", "not ... ")
}
"""Texts of a quotation and of a cable."""
_XML = {
    "Word": (
        _read(_docx),
        {
            "paragraphs": ("<w:p/>", ""),
            "paragraphs in each other": ("<w:p>", "</w:p>"),
            "tables in each other": ("<w:tbl>", "</w:tbl>"),
            "paragraphs without ends": ("<w:p><w:pPr><w:del/></w:pPr>", "</w:p>"),
            "a field in many runs": (
                "<w:p><w:r><w:instrText>HYPERLINK </w:instrText>",
                "</w:r></w:p>",
            ),
        },
    ),
    "LibreOffice": (
        _read(_odt),
        {
            "paragraphs": ("<text:p/>", ""),
            "paragraphs in each other": ("<text:p>", "</text:p>"),
            "notes in each other": ("<text:p><text:note>", "</text:note></text:p>"),
            "spans": ("<text:span>", "</text:span>"),
            "styles": ('<style:style style:name="a" style:parent-style-name="a"/>', ""),
        },
    ),
}


def _nested(read: Callable[[str], object], opens: str, closes: str) -> Callable[[str], object]:
    def call(text: str) -> object:
        count = len(text) // len(opens)
        return read(opens * count + closes * count)

    return call


XML: dict[str, Callable[[str], object]] = {
    f"{form}: {name}": _nested(read, *piece)
    for form, (read, pieces) in _XML.items()
    for name, piece in pieces.items()
}
"""Elements in a row or in each other, as functions of a text of the length wanted."""

"""Documents of Word and LibreOffice, as small as they can be: a paragraph for each line."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterable

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_SAVED = (1980, 1, 1, 0, 0, 0)
"""A fixed day: the sample file is the same whenever it is written."""


def docx_of(text: str, *, note: str = "") -> bytes:
    """A document of Word; with a note it has that footnote, and comments."""
    words = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' if line else "<w:p/>"
        for line in html.escape(text, quote=False).split("\n")
    )
    body = f"<w:document {_WORD}><w:body>{words}</w:body></w:document>"
    foot = f'<w:footnote w:id="1"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
    noted = (
        ("word/footnotes.xml", f"<w:footnotes {_WORD}>{foot}</w:footnotes>"),
        ("word/comments.xml", f"<w:comments {_WORD}/>"),
    )
    return _packed(
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", body),
        *(noted if note else ()),
    )


def odt_of(text: str, *, note: str = "") -> bytes:
    """A document of LibreOffice; with a note it has that footnote, and a comment."""
    words = "".join(
        f"<text:p>{line}</text:p>" for line in html.escape(text, quote=False).split("\n")
    )
    noted = (
        f'<text:p><text:note text:note-class="footnote"><text:note-body><text:p>{note}</text:p>'
        "</text:note-body></text:note><office:annotation><text:p>Hm.</text:p></office:annotation>"
        "</text:p>"
    )
    whole = f"<office:text>{words}{noted if note else ''}</office:text>"
    return _packed(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            f"<office:document {_OPEN}><office:body>{whole}</office:body></office:document>",
        ),
    )


def _packed(*parts: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in _stored(parts):
            packed.writestr(name, text)
    return made.getvalue()


def _stored(parts: Iterable[tuple[str, str]]) -> Iterable[tuple[zipfile.ZipInfo, str]]:
    return ((zipfile.ZipInfo(name, _SAVED), text) for name, text in parts)

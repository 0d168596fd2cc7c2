"""EXPORTS: the forms in which a place in a cable can be copied, for the menu and for `cite`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from cable_tui.exports import bibliography, copy_formats, links, notes
from cable_tui.exports.citation import Citation
from cable_tui.value import Value


class Export(Value):
    """One form in which a place in a cable can be copied."""

    name: str
    """What `cite --style` calls it."""
    label: str
    """Its line in the copy menu."""
    key: str
    """Its key there; `j` and `k` move in the menu."""
    function: Callable[[Citation], str]
    together: Callable[[Iterable[Citation]], str] | None = None
    """Of several cables, where their texts one after the other would be no such file."""


_ALL = (
    Export("reference", "reference", "y", copy_formats.reference),
    Export("link", "link", "l", links.link),
    Export("hashtags", "hashtags", "h", links.hashtags),
    Export("share", "link and hashtags", "s", links.share),
    Export("quotation", "quotation", "q", copy_formats.quotation),
    Export("text", "text as filed", "t", copy_formats.text),
    Export("markdown", "Markdown", "m", copy_formats.markdown),
    Export("citation", "note, as in a footnote", "c", partial(notes.written, "citation")),
    Export("note", "first note, Chicago", "n", partial(notes.written, "note")),
    Export("short-note", "later note, Chicago", "N", partial(notes.written, "short-note")),
    Export("bibliography", "bibliography entry, Chicago", "B", notes.bibliography_entry),
    Export("bibtex", "BibTeX", "b", bibliography.bibtex),
    Export("biblatex", "BibLaTeX", "x", bibliography.biblatex),
    Export("csl-json", "CSL-JSON", "J", bibliography.csl_json, bibliography.csl_items),
    Export("ris", "RIS", "i", bibliography.ris),
    Export("as-cited", "reference as cables write it", "r", copy_formats.as_cited),
    Export("path", "path of the file", "f", links.path),
)
EXPORTS: dict[str, Export] = {each.name: each for each in _ALL}
"""Every copy format by its name, in the order of the menu."""

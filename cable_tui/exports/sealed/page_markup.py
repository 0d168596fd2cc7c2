"""The page of a dossier as elements, read by strict rules: what no dossier has is refused.

A browser forgives what is not HTML, each in its own way, and so does `html.parser`, which takes
minutes for some kilobytes that were made to be slow. So only the HTML that dossiers are written in
is read: each element is closed, elements and attributes are those of a table, and the style is one
of a list, by its digest. What passes reads alike in any browser, runs nothing, asks nothing of the
network and hides nothing. The time is linear in the page, the memory that of its largest part.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from cable_tui.exports.dossier import LINKED
from cable_tui.formats.base import LONGEST_RECORD
from cable_tui.pattern import pattern
from cable_tui.text import clean_line, clean_text, crop

TEXT = "#"
_INSIDE = {
    "html": "head body",
    "head": "meta title style",
    "title": TEXT,
    "style": TEXT,
    "body": "h1 nav p div.seal table h2.part section",
    "h1": TEXT,
    "nav": "a",
    "div.seal": "p",
    "p": f"{TEXT} code",
    "p.note": f"{TEXT} b br",
    "p.caution": TEXT,
    "p.source": f"{TEXT} a",
    "p.source+inside": "a",
    "table": "thead tbody",
    "table.facts": "tbody",
    "thead": "tr",
    "tbody": "tr",
    "tr": "th td",
    "th": TEXT,
    "td": f"{TEXT} a code",
    "section": "h2 blockquote p.note p.caution p.source p.source+inside table.facts div.text "
    "div.text+sent",
    "h2": f"{TEXT} small",
    "h2.part": TEXT,
    "small": TEXT,
    "blockquote": "p",
    "div.text": f"{TEXT} mark span.gap",
    "div.text+sent": f"{TEXT} span.gap",
    "mark": f"{TEXT} span.gap",
    "span.gap": TEXT,
    "a": TEXT,
    "b": TEXT,
    "code": TEXT,
}
"""The content of an element, by its name and class: elements and, for `#`, text."""
_ALLOWED = {kind: frozenset(inside.split()) for kind, inside in _INSIDE.items()}
_ATTRIBUTES = {"html": ("lang",), "a": ("href",), "section": ("id",), "h2.part": ("id",)}
"""Attributes of each element, apart from `class`."""
_METAS = (
    {"charset": "utf-8"},
    {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'",
    },
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
)
"""The content of the head, in this order: the encoding, and that it may load nothing."""
_STYLES = frozenset(("bd66ade52fb6e82ee984d452feb990895829dca2e0132dbb716a85d924b86d0c",))
"""SHA-256 of each style that a dossier had, the first that of 0.1.0: none of them hides a text."""
_BEGINS = "<!DOCTYPE html>"
_REMARK = "<!-- cable-tui sealed dossier -->"
_TAG = pattern(r"<(/?)([a-z][a-z0-9]{0,9})((?: [a-z-]{1,12}=\"[^\"<>]*\"){0,3})>")
_ATTRIBUTE = pattern(r" ([a-z-]{1,12})=\"([^\"<>]*)\"")
_REFERENCES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&"}
"""The entities of `html.escape`; `&amp;` is last, because of `&amp;lt;`."""
_LONGEST_TAG = 8 << 10
_LONGEST = 2 * LONGEST_RECORD
"""The most characters of a part of the page: a text with its header."""
_MOST_NODES = 200_000
"""The most elements of a part of the page."""


_NO_END = "it does not end as a page ends"


class MarkupError(Exception):
    """The page has something that no dossier has; the message says what."""


class Element(NamedTuple):
    """A part of the page."""

    kind: str
    """Its name and class: `p.note`, `div.text+sent`."""
    attributes: dict[str, str]
    """The attributes, without the class."""
    parts: list[Element | str]

    @property
    def text(self) -> str:
        """The text that it shows, as it is written."""
        return "".join(each if isinstance(each, str) else each.text for each in self.parts)

    @property
    def words(self) -> str:
        """The same on one line, with single spaces."""
        return one_line(self.text)

    def all(self, kind: str) -> list[Element]:
        """Return the direct children of a kind."""
        return [each for each in self.parts if isinstance(each, Element) and each.kind == kind]


def one_line(text: str) -> str:
    """Return a text with single spaces in place of spaces and line ends, for comparing."""
    return " ".join(text.split())


def elements(content: Iterable[bytes]) -> Iterator[Element]:
    """Yield the parts of a page in order: its head, the rows of its tables, the rest of its body.

    Raises `MarkupError`.
    """
    around: list[Element] = [Element("", {}, [])]
    size = nodes = 0
    for token in _tokens(_decoded(content)):
        size += len(token)
        nodes += 1
        if size > _LONGEST or nodes > _MOST_NODES:
            raise MarkupError("a part of it is larger than any of a dossier")
        if not token.startswith("<"):
            _add_text(around[-1], token)
        elif (tag := _TAG.fullmatch(token)) is None:
            raise MarkupError(f"it has {_quoted(token)}, which no dossier has")
        elif not tag[1]:
            _open(around, tag[2], _ATTRIBUTE.findall(tag[3]) if tag[3] else [])
        elif closed := _closed(around, tag[2], tag[3]):
            yield closed
            size = nodes = 0
    if len(around) > 1 or not around[0].parts:
        raise MarkupError(_NO_END)


def _closed(around: list[Element], name: str, more: str) -> Element | None:
    """Close an element; return it if it is given by itself."""
    if more or len(around) == 1 or around[-1].kind.partition(".")[0] != name:
        raise MarkupError(f"it closes <{name}>, which is not open there")
    closed = around.pop()
    if closed.kind == "a":
        _check_link(closed)
    if _is_part(closed, around):
        return closed
    if closed.kind != "body":
        around[-1].parts.append(closed)
    return None


def _is_part(closed: Element, around: list[Element]) -> bool:
    """Return whether an element is given by itself."""
    if closed.kind == "head":
        _check_head(closed)
        return True
    of_page = len(around) == 5  # a table of facts is deeper
    return around[-1].kind == "body" or (closed.kind == "tr" and of_page)


def _open(around: list[Element], name: str, given: list[tuple[str, str]]) -> None:
    attributes = dict(given)
    if len(attributes) < len(given):
        raise MarkupError(f"a <{name}> has an attribute twice")
    classes = attributes.pop("class", "")
    kind = f"{name}.{classes.replace(' ', '+')}" if classes else name
    inside = _ALLOWED.get(around[-1].kind, frozenset()) if len(around) > 1 else {"html"}
    if kind not in inside:
        where = f" in <{around[-1].kind}>" if len(around) > 1 else ""
        raise MarkupError(f"it has <{_quoted(kind)}>{where}, which no dossier has")
    values = {key: _unescaped(value) for key, value in attributes.items()}
    if name == "meta" and values not in _METAS:
        raise MarkupError("its head says what that of no dossier says")
    if name != "meta" and (unknown := set(values) - set(_ATTRIBUTES.get(kind, ()))):
        raise MarkupError(f"a <{kind}> has {_quoted(min(unknown))}, which that of no dossier has")
    made = Element(kind, values, [])
    if name in ("meta", "br"):
        around[-1].parts.append(made)
    else:
        around.append(made)


def _check_link(link: Element) -> None:
    to = link.attributes.get("href", "")
    if not to.startswith("#") and not (to.startswith(LINKED) and link.text == to):
        raise MarkupError(f"it leads to {_quoted(to)}, which is not what it shows there")


def _check_head(head: Element) -> None:
    metas = [each.attributes for each in head.all("meta")]
    styles = [hashlib.sha256(each.text.encode()).hexdigest() for each in head.all("style")]
    if metas != list(_METAS):
        raise MarkupError("its head does not say how it is encoded, or what it may load")
    if len(styles) != 1 or styles[0] not in _STYLES:
        raise MarkupError("its style is that of no dossier known here, and could hide words")


def _add_text(around: Element, token: str) -> None:
    if TEXT in _ALLOWED.get(around.kind, ()):
        around.parts.append(token if around.kind == "style" else _unescaped(token))
    elif token.strip():
        raise MarkupError(f"it has {_quoted(token.strip())} where no dossier has words")


def _unescaped(text: str) -> str:
    """Unescape a text. Raises `MarkupError` for characters that browsers may read in two ways."""
    if "&" in text and text.count("&") != sum(map(text.count, _REFERENCES)):
        raise MarkupError(f"it has a sign in a spelling that no dossier has: {_quoted(text)}")
    found = text
    for written, sign in _REFERENCES.items() if "&" in text else ():
        found = found.replace(written, sign)
    # A heap of accents may come about if two texts touch: signs are looked at one by one.
    if clean_text(found) != found and any(clean_text(sign) != sign for sign in set(found)):
        raise MarkupError("it has signs that show nothing, or that turn the direction of words")
    return found


def _tokens(pieces: Iterator[str]) -> Iterator[str]:
    """Yield tags, and the text between them. Raises `MarkupError`."""
    left = ""
    for piece in chain((_behind_beginning(pieces),), pieces):
        left += piece
        at = 0
        while (start := left.find("<", at)) >= 0:
            if start > at:
                yield left[at:start]
            at = start
            end = left.find(">", start, start + _LONGEST_TAG)
            if end < 0:
                break
            at = end + 1
            yield left[start:at]
        left = left[at:]
        if len(left) > _LONGEST_TAG:
            if left.startswith("<"):
                raise MarkupError(f"it has {_quoted(left)}, which no dossier has")
            # Not within a reference: `&am` and `p;` are not one.
            cut = left.rfind("&", len(left) - len(max(_REFERENCES, key=len)))
            cut = len(left) if cut < 0 else cut
            yield left[:cut]
            left = left[cut:]
    if left.strip():
        raise MarkupError(_NO_END)


def _behind_beginning(pieces: Iterator[str]) -> str:
    """Return the first pieces, without the words of their heading."""
    begun = ""
    while len(begun) < len(_BEGINS) + len(_REMARK) + 1:
        piece = next(pieces, "")
        if not piece:
            break
        begun += piece
    if not begun.startswith(_BEGINS):
        raise MarkupError("it does not begin as a page begins")
    return begun.removeprefix(_BEGINS).lstrip().removeprefix(_REMARK)


def _decoded(content: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in content:
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise MarkupError("it is no text in UTF-8") from None


def _quoted(text: str) -> str:
    return crop(clean_line(text), 60)

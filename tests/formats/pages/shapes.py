"""One page in the ways in which people have it: saved, printed, re-serialised, packed, damaged.

Each way takes the bytes of a page of the site and its reference ID, and gives the name of a file
and its bytes. They are written from what the programs do; nothing of the package helps.
"""

from __future__ import annotations

import base64
import gzip
import quopri
import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

Way = Callable[[bytes, str], tuple[str, bytes]]

_VOID = {"link", "br", "img", "meta", "input"}
_OPTIONAL = {"td", "th", "tr", "li", "p", "body", "html", "head"}
_BLOCKS = set("html head body div h3 table tr td th code title script".split())
_HREF = re.compile(r"""(href|src)=(['"])/""")


class Dom(HTMLParser):
    """A page as a program writes it that has read it into a tree."""

    def __init__(
        self,
        *,
        upper: bool = False,
        quote: str = '"',
        closed: bool = False,
        sort: bool = False,
        ends: bool = True,
        indent: bool = False,
        collapse: bool = False,
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.upper, self.quote, self.closed, self.sort = upper, quote, closed, sort
        self.ends, self.indent, self.collapse = ends, indent, collapse
        self.out: list[str] = []
        self.open: list[str] = []

    def written(self, page: str) -> str:
        self.feed(page)
        self.close()
        return "".join(self.out)

    def _break(self, tag: str) -> None:
        if self.indent and tag in _BLOCKS and "pre" not in self.open:
            self.out.append("\n" + "  " * len(self.open))

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        name = tag.upper() if self.upper else tag
        pairs = sorted(attrs) if self.sort else attrs
        given = "".join(
            f" {key.upper() if self.upper else key}={self._quoted(value or '')}"
            for key, value in pairs
        )
        self.out.append(f"<{name}{given}{' /' if self.closed and tag in _VOID else ''}>")
        if tag not in _VOID:
            self.open.append(tag)

    def _quoted(self, value: str) -> str:
        if not self.quote and re.fullmatch(r"[\w./:#-]+", value):
            return value
        sign = self.quote or '"'
        return f"{sign}{escape(value, quote=False).replace(sign, '&#34;')}{sign}"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        self._break(tag)
        if self.ends or tag not in _OPTIONAL:
            self.out.append(f"</{tag.upper() if self.upper else tag}>")

    def handle_data(self, data: str) -> None:
        if "pre" in self.open or "script" in self.open:
            self.out.append(escape(data, quote=False))
            return
        if self.collapse:
            data = re.sub(r"\s+", " ", data)
        if self.indent:
            data = data.strip() and self._wrapped(" ".join(data.split()))
        self.out.append(escape(data, quote=False))

    def _wrapped(self, words: str) -> str:
        margin = "\n" + "  " * len(self.open)
        lines = re.findall(r".{1,60}(?:\s|$)", words) or [words]
        return margin + margin.join(line.strip() for line in lines)


def page_name(id_: str) -> str:
    return f"{id_}.html"


def complete(page: bytes, id_: str) -> tuple[str, bytes]:
    """Firefox: web page, complete."""
    text = Dom(ends=True).written(page.decode())
    text = re.sub(r"<\?xml[^>]*>", "", text)
    text = _HREF.sub(r"\1=\2https://archive.example/", text)
    text = text.replace(
        "<head>", '<head>\n<meta http-equiv="content-type" content="text/html; charset=UTF-8">'
    )
    return page_name(id_), text.replace("static/js/cables.js", f"{id_}_files/cables.js").encode()


def complete_blink(page: bytes, id_: str) -> tuple[str, bytes]:
    """Chrome: web page, complete."""
    text = Dom().written(page.decode())
    mark = f"<!-- saved from url=(0056)https://archive.example/cable/{id_}.html -->\n"
    return page_name(id_), ("<!DOCTYPE html>\n" + text.replace("<html", mark + "<html", 1)).encode()


def wayback(page: bytes, id_: str) -> tuple[str, bytes]:
    """A page of the Wayback Machine with its toolbar."""
    root = "https://web.archive.org/web/20101204013505"
    text = _HREF.sub(rf"\1=\2{root}/http://archive.example/", page.decode())
    text = re.sub(r"""href='(https?://(?!web\.))""", rf"href='{root}/\1", text)
    bar = (
        '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp"><table style="width:100%"><tr>'
        '<td class="n"><a href="#">Oct</a></td><td>Reference ID</td></tr></table><pre></pre></div>'
        "<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    text = text.replace("<body>", f"<body>{bar}")
    end = "<!--\n     FILE ARCHIVED ON 01:35:05 Dec 04, 2010 AND RETRIEVED FROM THE\n-->\n"
    return page_name(id_), (text + end).encode()


def single_file(page: bytes, id_: str) -> tuple[str, bytes]:
    """All parts inside as data: addresses, quotes left out where HTML allows it."""
    image = base64.b64encode(bytes(range(256)) * 40).decode()
    head = (
        f"<meta charset=utf-8><style>.pane{{background:url(data:image/png;base64,{image})}}</style>"
    )
    text = Dom(quote="", ends=False).written(page.decode())
    picture = f'<img src="data:image/png;base64,{image}">'
    text = text.replace("<head>", f"<head>{head}").replace("<body>", f"<body>{picture}")
    return page_name(id_), text.encode()


def _web_archive(page: bytes, encoding: str, boundary: str) -> bytes:
    encoded = (
        quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    )
    return (
        (
            "From: <Saved by Blink>\n"
            "MIME-Version: 1.0\n"
            f'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="{boundary}"\n\n\n'
            f"--{boundary}\nContent-Type: text/html\nContent-Transfer-Encoding: {encoding}\n\n"
            f"{encoded.decode()}\n"
            f"--{boundary}\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n"
            f"--{boundary}--\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )


def html(change: Callable[[bytes], bytes]) -> Way:
    """The page under its own name, changed so."""
    return lambda page, id_: (page_name(id_), change(page))


def dom(**options: Any) -> Way:
    """The page as a program writes it that has read it into a tree."""
    return html(lambda page: Dom(**options).written(page.decode()).encode())


QUOTED = ("quoted-printable", "----MultipartBoundary--x----")
BASE64 = ("base64", "----=_NextPart_000_0000_01CB")
SAME: dict[str, Way] = {
    "as it is": html(lambda page: page),
    "complete (Firefox)": complete,
    "complete (Chrome)": complete_blink,
    "Wayback Machine": wayback,
    "re-serialised": dom(sort=True, closed=True),
    "upper case": dom(upper=True, sort=True),
    "prettified": dom(indent=True),
    "minified": dom(quote="", ends=False, collapse=True),
    "single file": single_file,
    "no ending": lambda page, id_: (id_, page),
    "query string": lambda page, id_: (f"cable.php?id={id_}&version=1291399999", page),
    "htm": lambda page, id_: (f"{id_}.HTM", page),
    "CR LF": html(lambda page: page.replace(b"\n", b"\r\n")),
    "CR": html(lambda page: page.replace(b"\n", b"\r")),
    "UTF-16": html(lambda page: page.decode().encode("utf-16")),
    "UTF-8 with a mark": html(lambda page: b"\xef\xbb\xbf" + page),
    "Windows-1252": html(lambda page: page.decode().encode("cp1252", "xmlcharrefreplace")),
    "gzip": lambda page, id_: (f"{id_}.html.gz", gzip.compress(page, mtime=0)),
    "mhtml": lambda page, id_: (f"{id_}.mhtml", _web_archive(page, *QUOTED)),
    "mht": lambda page, id_: (f"{id_}.mht", _web_archive(page, *BASE64)),
}
"""Ways that lose nothing."""


def text_copy(page: bytes, id_: str, between: str = " ") -> tuple[str, bytes]:
    """The page as text, as one selects and pastes it: no boxes, no links, no paragraph signs."""
    text = page.decode()
    heading = unescape(re.findall("<h3>(.*?)</h3>", text)[0])
    heads = re.findall("<th>(.*?)</th>", text)
    cells = [
        re.sub("<.*?>", "", cell).strip() for cell in re.findall("<td>(.*?)</td>", text, re.DOTALL)
    ]
    blocks = [
        re.sub("<[^<>]*>", "", block.replace("&#x000A;", "\n")).replace("¶", "")
        for block in re.findall("<pre>(.*?)</pre>", text, re.DOTALL)
    ]
    lines = [heading, "", between.join(heads), between.join(cells), *blocks]
    return f"{id_}.txt", "\n".join(lines).encode()


TEXTS: dict[str, Way] = {
    "text copy": text_copy,
    "text copy, tabs": partial(text_copy, between="\t"),
    "text copy, lines": partial(text_copy, between="\n"),
}
"""Ways that lose the anchors and the articles."""


def cut_off(page: bytes, id_: str) -> tuple[str, bytes]:
    """A download that ended in the second half of the text."""
    text = page.rindex(b"<pre>")
    return page_name(id_), page[: text + (page.rindex(b"</pre>") - text) * 2 // 3]

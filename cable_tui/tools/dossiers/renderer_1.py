"""Renderer 1: `index.html`, the citations and `log.txt` of a dossier, from its other members.

Its number is in the manifest of each dossier that was made with it, and `verify` makes the same
texts again and compares their bytes. So this file and `renderer_1.html` never change once a release
has them, and use nothing but the standard library: no grammar, setting, clock, locale or time zone
takes part. For another page, copy both files, and give the copies the next number.

The page runs no script and asks nothing of the network. It is one long text, so that the search of
a browser finds all of it, and it lists the SHA-256 of each member that it was made from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

Read = Callable[[str], Any]
"""Returns the JSON value of a member, by its name."""
_FRONT = Path(__file__).with_suffix(".html")
"""The page up to its timeline, with its style."""
_UNSEEN = (
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
"""What shows nothing or turns the direction of words. A dossier has none, unless it is hostile."""
_LINKED = ("https://", "http://", "file://")
_TEXTS = {
    "whole": "The texts of the cables are whole.",
    "paragraphs": "Of cables cited by paragraphs, the paragraphs that are not cited are left out; "
    "each is marked as such.",
}


def page(read: Read) -> Iterator[str]:
    """Yield `index.html` in pieces."""
    manifest = read("manifest.json")
    places = read("places.json")["places"]
    notes = {each["uid"]: each for each in read("marks.json")["marks"]}
    yield from _front(manifest, places, read)
    yield _part("places", "Places")
    for number, place in enumerate(places, 1):
        yield from _place(number, place, notes, read(place["cable"]))
    yield _part("texts", "Texts")
    for entry in manifest["cables"]:
        yield from _text(read(entry["member"]))
    yield _part("log", "Searches")
    yield from _searches(manifest, read("log.json")["searches"])
    yield _part("prints", "Fingerprints (SHA-256)")
    yield from _prints(manifest)
    yield "</body>\n</html>\n"


def _front(manifest: Any, places: Any, read: Read) -> Iterator[str]:
    first: dict[str, int] = {}
    for number, place in enumerate(places, 1):
        first.setdefault(place["cable"], number)
    when = manifest["sealed"].replace("T", " ").replace("Z", " UTC")
    masked = _counted(sum(each["masked"] for each in manifest["cables"]), "place")
    names = {
        "masked": f"Names are masked at {masked} of the texts.",
        "shown": "Names stand as the cables have them, also where a cable asks to protect them.",
    }
    facts = (_TEXTS[manifest["texts"]], names[manifest["names"]])
    says = "\n".join(f"<p>{_line(each)}</p>" for each in (*facts, *manifest["statements"]))
    counts = f"{_counted(len(places), 'place')} in {_counted(len(first), 'cable')}."
    yield Template(_FRONT.read_text(encoding="utf-8")).substitute(
        title=_line(manifest["title"]),
        counts=counts,
        when=_line(when),
        program=_line(manifest["program"]),
        says=says,
    )
    rows = []
    for member, number in first.items():
        cable = read(member)
        shown, record = cable["shown"], cable["record"]
        name = f'<a href="#place{number}">{_line(record["reference_id"])}</a>'
        day, post, subject = map(
            _line, (shown["day"] or "no date", record["origin"], shown["subject"])
        )
        cells = (day, name, post, subject)
        rows.append((not shown["created"], shown["created"], _row(cells)))
    # Cables without a date come last.
    yield from (row for *_, row in sorted(rows, key=lambda each: each[:2]))
    yield "</tbody>\n</table>\n"


def _place(number: int, place: Any, notes: Any, cable: Any) -> Iterator[str]:
    shown, record = cable["shown"], cable["record"]
    ref, body = record["reference_id"], record["body"]
    name = " ".join(filter(None, (ref, place["at"])))
    facts = (shown["day"], record["origin"], shown["class"], shown["subject"])
    small = " · ".join(map(_line, filter(None, facts)))
    yield f'<section id="place{number}">\n'
    yield f"<h2>{number}. {_line(name)} <small>{small}</small></h2>\n"
    if place["quotations"]:
        yield "<blockquote>\n"
        yield from (f"<p>{_line(_words(body, spans))}</p>\n" for spans in place["quotations"])
        yield "</blockquote>\n"
    yield from (_note(notes[uid]) for uid in place["bookmarks"])
    yield from (f'<p class="caution">{_line(each)}</p>\n' for each in place["cautions"])
    yield f'<p class="source">— {_linked(place["citation"], place["address"])}</p>\n'
    inside = f'<a href="#{_anchor(cable)}">Read {_line(ref)} in this dossier</a>'
    yield f'<p class="source inside">{inside}</p>\n</section>\n'


def _words(body: str, spans: Iterable[Any]) -> str:
    """Return the words of some spans on one line."""
    return " ".join(word for start, end in spans for word in body[start:end].split())


def _note(mark: Any) -> str:
    by = ", ".join(filter(None, (_line(mark["author"]), _line(mark["changed"][:10]))))
    text = "<br>\n".join(_line(line.strip()) for line in mark["note"].strip().split("\n"))
    return f'<p class="note"><b>Note{f" ({by})" if by else ""}:</b> {text}</p>\n' if text else ""


def _linked(words: str, address: str) -> str:
    """Return words, with an address linked if it leads to the web or to a file."""
    before, found, after = words.partition(address or "\0")
    if not found or not address.startswith(_LINKED):
        return _line(words)
    to = _line(address)
    return f'{_line(before)}<a href="{to}">{to}</a>{_line(after)}'


def _text(cable: Any) -> Iterator[str]:
    shown, record, gaps = cable["shown"], cable["record"], cable["gaps"]
    ref, subject = _line(record["reference_id"]), _line(shown["subject"])
    yield f'<section id="{_anchor(cable)}">\n'
    yield f"<h2>{ref} <small>{subject}</small></h2>\n"
    yield '<table class="facts"><tbody>\n'
    yield from (_row(map(_line, pair)) for pair in _facts(cable) if pair[1])
    yield "</tbody></table>\n"
    if missing := _missing(cable):
        yield f'<p class="caution">{_line(missing)}</p>\n'
    if record["header"].strip():
        yield f'<div class="text sent">{_marked(record["header"], gaps["header"], ())}</div>\n'
    yield f'<div class="text">{_marked(record["body"], gaps["body"], shown["cited"])}</div>\n'
    yield "</section>\n"


def _facts(cable: Any) -> Iterator[Any]:
    record = cable["record"]
    yield "Reference ID", record["reference_id"]
    yield "Origin", record["origin"]
    yield "Classification", record["classification"]
    yield from cable["shown"]["facts"]
    yield from record["remarks"]
    yield from (("Article", address) for address in record["articles"])
    yield "Source", cable["source"]["path"]


def _missing(cable: Any) -> str:
    """Return a sentence on what a text lacks; empty if it is complete."""
    kinds = [kind for gaps in cable["gaps"].values() for _, _, kind in gaps]
    cited = ", ".join(f"¶{label}" for label in cable["cited"])
    parts = []
    if "left out" in kinds:
        parts.append(f"only {cited} of its paragraphs; the others are left out")
    if masked := kinds.count("name"):
        parts.append(f"a name is masked {_counted(masked, 'time')}")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _marked(text: str, gaps: Iterable[Any], cited: Iterable[Any]) -> str:
    """Return a text with its line ends; gaps and cited paragraphs are marked up."""
    # A gap is within a paragraph: it opens last and closes first.
    signs = [(start, 3, '<span class="gap">') for start, *_ in gaps]
    signs += [(end, 0, "</span>") for _, end, _ in gaps]
    signs += [(start, 2, "<mark>") for start, _ in cited]
    signs += [(end, 1, "</mark>") for _, end in cited]
    pieces: list[str] = []
    at = 0
    for place, _, sign in sorted(signs):
        pieces += (_escaped(text[at:place]), sign)
        at = place
    return "".join((*pieces, _escaped(text[at:])))


def _searches(manifest: Any, searches: Any) -> Iterator[str]:
    if said := _no_searches(manifest, searches):
        yield f"<p>{said}</p>\n"
        return
    yield "<table>\n<thead><tr><th>When</th><th>Query</th><th>Cables</th></tr></thead>\n<tbody>\n"
    for each, times in _runs(searches):
        often = f" ({times} times)" if times > 1 else ""
        query = f"<code>{_line(each['query'])}</code>{often}"
        yield _row((_line(each["at"]), query, f"{each['count']:,}"))
    yield "</tbody>\n</table>\n"


def _prints(manifest: Any) -> Iterator[str]:
    archive = manifest["archive"]
    yield f"<p>The archive, {_counted(archive['cables'], 'cable')}: "
    yield f"<code>{_line(archive['fingerprint'])}</code></p>\n"
    head = "<thead><tr><th>{}</th><th>Bytes</th><th>SHA-256</th></tr></thead>"
    yield f"<table>\n{head.format('File of the archive')}\n<tbody>\n"
    for source in manifest["sources"]:
        yield _print(
            source["path"], source["bytes"], source["sha256"] or f"left out: {source['why']}"
        )
    yield f"</tbody>\n</table>\n<table>\n{head.format('Member of this dossier')}\n<tbody>\n"
    for member in manifest["members"]:
        if member["name"] != "index.html":
            yield _print(member["name"], member["bytes"], member["sha256"])
    yield "</tbody>\n</table>\n"


def _print(name: str, size: int, digits: str) -> str:
    return _row((_line(name), f"{size:,}", f"<code>{_line(digits)}</code>"))


def citations(read: Read) -> Iterator[str]:
    """Yield `citations.txt`: a note for each place."""
    yield "cable-tui verifiable dossier: citations\n\n"
    for number, place in enumerate(read("places.json")["places"], 1):
        yield _plain(f"{number}. {place['citation']}\n")


def bibtex(read: Read) -> Iterator[str]:
    """Yield `citations.bib`: an entry for each place."""
    yield "% cable-tui verifiable dossier: citations\n\n"
    for place in read("places.json")["places"]:
        yield _plain(f"{place['bibtex']}\n\n")


def log(read: Read) -> Iterator[str]:
    """Yield `log.txt`: a line for each search, the same one several times in a row as one.

    It is plain text: queries are not escaped.
    """
    manifest, searches = read("manifest.json"), read("log.json")["searches"]
    yield "cable-tui verifiable dossier: searches\n\n"
    if said := _no_searches(manifest, searches):
        yield f"{said}\n"
        return
    number = _counted(len(searches), "search", "searches")
    yield _plain(f"{number}, made with {manifest['program']}; times are UTC. ")
    yield "Those that found nothing are among them.\n"
    for (archive, cables, prints), some in groupby(searches, _searched):
        yield _plain(f"\n{archive}: {_counted(cables, 'cable')}\n")
        yield _plain(f"fingerprint of their records (SHA-256): {prints}\n\n")
        for each, times in _runs(some):
            found = _counted(each["count"], "cable")
            notes = ["exported"] if "export" in each["way"] else []
            notes += ["not all indexed yet"] if each["partial"] else []
            notes += [f"{times} times"] if times > 1 else []
            more = f"  ({', '.join(notes)})" if notes else ""
            when = each["at"][:16].replace("T", " ")
            yield _plain(f"{when}  {found:>14}  {each['query'] or 'all cables'}{more}\n")


MADE: dict[str, Callable[[Read], Iterator[str]]] = {
    "citations.txt": citations,
    "citations.bib": bibtex,
    "log.txt": log,
    "index.html": page,
}
"""The members that are made, each after those that it lists."""


def _no_searches(manifest: Any, searches: Any) -> str:
    if manifest["log"] == "left out":
        return "The searches that led here are not in this dossier."
    return "" if searches else "No search of this archive was kept in a log."


def _searched(search: Any) -> tuple[Any, ...]:
    return search["archive"], search["cables"], search["fingerprint"]


def _runs(searches: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Yield searches; the same several times in a row as its last, with their number."""
    for _, same in groupby(searches, lambda each: {**each, "at": ""}):
        *before, last = same
        yield last, len(before) + 1


def _part(name: str, words: str) -> str:
    return f'<h2 class="part" id="{name}">{words}</h2>\n'


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{each}</td>' for each in cells)}</tr>\n"


def _anchor(cable: Any) -> str:
    return f"text-{_line('-'.join(cable['canonical_id'].split()))}"


def _counted(number: int, what: str, several: str = "") -> str:
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"


def _line(words: str) -> str:
    """Return a stranger's words, on one line, escaped."""
    return _escaped(words.replace("\n", " ").replace("\t", " "))


def _escaped(text: str) -> str:
    return html.escape(_plain(text))


def _plain(text: str) -> str:
    return re.sub(_UNSEEN, "\N{REPLACEMENT CHARACTER}", text)

"""Notes and bibliography entries in words, by templates that the user may set.

A template names fields in braces. What stands in square brackets is left out where one of the
fields inside is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cable_tui.cable import EDITORIAL_NOTE
from cable_tui.exports.citation import Citation, author, day, written_on
from cable_tui.exports.links import link
from cable_tui.exports.repositories import repository_line
from cable_tui.exports.titles import title_case, title_of
from cable_tui.pattern import pattern
from cable_tui.value import replace

TEMPLATES = {
    "citation": (
        "[{sender}, ][“{title},” ]cable {id}[, {date}][, {place}][, {classification}]"
        "[, {repository}][, {link}]."
    ),
    "note": (
        "[{parties}, ]telegram {id}, [“{title},” ][{date}, ][{place}, ][{repository}, ]"
        "[{link}, ][accessed {accessed}, ]."
    ),
    "short-note": "[{sender}, ]telegram {id}[, {place}].",
    "bibliography": (
        "[{sender}. ][“{title}.” ]Telegram {id}[ to {recipient}][, {date}].[ {repository}.]"
        "[ {link}.][ Accessed {accessed}.]"
    ),
}
"""The program's own, by the style's name."""
_OF_EDITION = {
    "citation": (
        "[{parties}, ]{document}[, {date}][, {place}][, {classification}][, {repository}]"
        "[, {link}]."
    ),
    "note": (
        "[{parties}, ]{document}[, {date}][, {place}][, {repository}][, {link}]"
        "[, accessed {accessed}]."
    ),
    "short-note": "[{sender}, ]{document}[, {place}][, {repository}].",
    "bibliography": (
        "[{sender}. ]{entry}[ to {recipient}][, {date}].[ {repository}.][ {link}.]"
        "[ Accessed {accessed}.]"
    ),
}
"""The same of documents in an edition, which are cited by volume and document."""
_QUOTED = pattern(r"[\"“]([^\"“”]*)[\"”]")
_COMMA = pattern(r"[.,]?(’?)”, ")
_FULL_STOPS = pattern(r"([?!…])\.”")
_OPTIONAL = pattern(r"\[([^\[\]]*)\]")
_FIELD = pattern(r"\{([a-z]+)\}")
_LAST = pattern(r"[,\s]+\.$")
_POSTS = (
    (
        pattern(r"(?:RUEHC/)?SEC(?:RETARY OF )?STATE(?: WASH(?:INGTON)?)?(?: ?D\.?C\.?)?"),
        "Secretary of State",
    ),
    (pattern(r"(?:AMEMBASSY|AMEMB) (.{2,40})"), "U.S. Embassy {}"),
    (pattern(r"AMCONSUL (.{2,40})"), "U.S. Consulate {}"),
    (pattern(r"USMISSION (.{2,40})"), "U.S. Mission {}"),
    (pattern(r"USINT (.{2,40})"), "U.S. Interests Section {}"),
)
_PRIORITY = pattern(r" (?:FLASH|NIACT|IMMEDIATE|PRIORITY|ROUTINE)(?: \d{1,4})?$")


def written(style: str, citation: Citation) -> str:
    """The note of a style, by the user's template or the program's own."""
    own = _OF_EDITION if citation.cable.edition else TEMPLATES
    filled = fill(citation.templates.get(style) or own[style], fields(citation))
    if citation.cable.edition:
        filled = _COMMA.sub(r",\1” ", filled)
    return _FULL_STOPS.sub(r"\1”", filled)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its fields; commas in front of its last full stop are left out."""
    kept_parts = _OPTIONAL.sub(lambda part: _optional(part, values), template)
    return _LAST.sub(".", kept_parts.format_map(values)).strip()


def _optional(part: re.Match[str], values: Mapping[str, str]) -> str:
    names = _FIELD.findall(part[1])
    if not names:
        return part[0]
    return part[1] if all(values.get(name) for name in names) else ""


def fields(citation: Citation) -> Mapping[str, str]:
    """What a template can name; empty where it is not known."""
    facts = citation.cable.facts
    created = written_on(citation)
    read_on = citation.read_on
    parties = (author(citation), recipient(citation))
    document = ""
    if said := citation.cable.edition:
        numbered = said.kind and said.kind != EDITORIAL_NOTE
        document = (
            f"{said.kind} {said.number}".strip()
            if numbered
            else f"“{_within_quotes(said.heading)}”"
        )
        parties = parties if numbered else ("", "")  # the heading names them
    return {
        "document": document,
        "entry": document[:1].upper() + document[1:],
        "parties": " to ".join(filter(None, parties)) if parties[0] else "",
        "sender": parties[0],
        "recipient": parties[1],
        "title": _within_quotes(title_of(citation.cable)),
        "subject": citation.cable.subject,
        "id": citation.cable.reference_id,
        "canonical": citation.cable.canonical_id,
        "date": _month(citation) or f"{created:%B} {created.day}, {created.year}"
        if created
        else "",
        "place": citation.paras,
        "classification": facts.classification,
        "repository": repository_line(citation),
        "link": link(citation),
        "accessed": f"{read_on:%B} {read_on.day}, {read_on.year}" if read_on else "",
    }


def _month(citation: Citation) -> str:
    """`March 1957` where the dateline names no day; else empty."""
    printed = citation.cable.edition.day if citation.cable.edition else ""
    month = day(f"{printed}-01") if len(printed) == len("1957-03") else None
    return f"{month:%B} {month.year}" if month else printed if len(printed) == 4 else ""


def recipient(citation: Citation) -> str:
    """The first action addressee: `Secretary of State`, `U.S. Embassy Rabat`, or as printed."""
    named = next((each.name for each in citation.cable.header.to if each.name), "")
    name = _PRIORITY.sub("", " ".join(named.split()))
    for form, shown in _POSTS:
        if found := form.fullmatch(name):
            return shown.format(*map(title_case, found.groups()))
    return name


def _within_quotes(title: str) -> str:
    """Quotation marks inside of quotation marks are single ones."""
    return _QUOTED.sub(r"‘\1’", title)


def bibliography_entry(cited: Citation) -> str:
    """The line of a bibliography; it names the cable, whatever paragraph is cited."""
    return written("bibliography", replace(cited, paragraphs=(), references=()))

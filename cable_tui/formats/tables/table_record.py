"""One record of a table, as values by the keys of their columns, becomes a `RawCable`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cable_tui.base.cable import Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.archive_fields import (
    ORDER,
    known_value,
    origin_of,
    released_in,
    without_stamps,
)
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.split_header import (
    after_addressees,
    begins_as_telegram,
    classification_in,
    id_in,
    inside_a_line,
    links_joined,
    repairs,
    without_signs,
)
from cable_tui.formats.tables import aliases, days, html_text
from cable_tui.formats.tables.aliases import Facts
from cable_tui.formats.tables.days import Order
from cable_tui.formats.tables.html_text import HtmlTexts, is_html
from cable_tui.glossary import tables as glossary_tables
from cable_tui.glossary.tag_lists import repair_tags
from cable_tui.glossary.tag_lists import tag as known_tag
from cable_tui.telegram import body_labels, ids
from cable_tui.telegram import tags as telegram_tags
from cable_tui.text import clean_line, clean_text

_COUNT = pattern(r" ?\([0-9][0-9,.]{0,12} documents?\)$")
_EMPTY = pattern(r"(?:nan|\\n|nil|-{2} ?[a-z/ ]{1,40} ?-{2})?", re.IGNORECASE)
_SUFFIX = pattern(r"_[a-z]$")
_CAVEAT = pattern(r" ?[,;] ?(?=NOFORN|FOR OFFICIAL USE ONLY)")
_COMMAS = pattern(r"[|;,\n]")
_EXPLAINED = pattern(r"([A-Z][A-Z0-9]{1,7}) - .*")
_PLAIN_ID = pattern(r"[0-9]{2}[0-9A-Za-z]{1,60}")
_ADDRESS = pattern(r"https?://[^\s|,;\"'<>]{1,2000}")
_LABELS = pattern(r"\b(?:TAGS|SUBJ(?:ECT)?) ?:", re.IGNORECASE)
_EXPORTED = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
"""A time in the form of our own exports, which correct the errors of the pages."""
_HOUR = pattern(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2})(?::[0-9]{2})?Z?")
_LONGEST_TAGS = 8000
NO_ID = "no reference: no column holds the id of a cable, and the first line and date give none"
_SQUEEZED = 80
"""Characters without spaces by which a text is found in another one."""
MADE_ID = ("ID from", "the first line of the text and the date: the record names none")
"""The remark on a cable whose id is not in the file."""
NO_TEXT = "Text"
"""The label of the remark on where a missing text is."""
_LISTED = pattern(r"""'([^']{1,80})'|"([^"]{1,80})"|([^,'"\s][^,'"]{0,80})""")
"""An item of a list as JSON, Python or PostgreSQL writes it."""
PARTS = "Parts of the text"
"""The label of the remark on parts of a text that are missing or repeated."""
CELL = 32_767
"""Characters that Excel keeps of a cell."""
_SIGNS = (("WITHDRAW", "withdrawn"), ("FILM", "microfilm"))
"""Words of the remark on a missing text, and the signs of a cable for them."""
_ELSEWHERE = pattern(r"FILM|WITHDRAWN|UNRETRIEVABLE|NOT AVAILABLE|PAPER", re.IGNORECASE)


_STAMPED = ("body", "rawbody", "content", "text", "markings")
"""Columns in which the archive stamps the day of its release."""


def cable(
    facts: Facts, form: str, location: Location, order: Order, *, full: bool = True
) -> RawCable:
    """Return the cable of a record.

    `order` is that of its dates. Without `full` its TAGS are left out, which the facts do not need.
    Raises `BrokenRecord` if the record has no id.
    """
    if page := html_text.page_in(aliases.first(facts, "body"), location):
        return replace(page, format=form)
    header, body, anchors = _texts(facts)
    created_at = _created(facts, order)
    given_id = id_of(facts)
    reference_id = given_id or id_in(header, body, created_at)
    if not reference_id:
        raise BrokenRecord(NO_ID)
    given_origin = value(facts, "origin")
    known_origin = (
        given_origin if given_origin in _site_origins() else origin_of(reference_id, given_origin)
    )
    released, title = value(facts, "released"), value(facts, "title")
    level = _CAVEAT.sub("//", value(facts, "classification"))
    level = level.upper() if aliases.is_classification(level) else level
    marking = value(facts, "subjectmarking")
    tags: tuple[str, ...] = ()
    if full:
        concepts = tags_in(value(facts, "concepts"))
        tags = tags_in(value(facts, "tags")) or tuple(filter(known_tag, concepts))
    return RawCable(
        reference_id=reference_id,
        created=created_at,
        released=days.parsed(released, order)
        or released_in("\n".join(facts.get(name, "") for name in _STAMPED)),
        classification=level or classification_in(body),
        origin=known_origin,
        title=f"({marking}) {title}" if marking and title else title,
        header=header,
        body=body,
        format=form,
        location=location,
        articles=tuple(dict.fromkeys(_ADDRESS.findall(aliases.first(facts, "articles")))),
        references=_references(facts),
        anchors=() if aliases.NO_ANCHORS in facts else anchors or None,
        tags=tags,
        remarks=(*_remarks(facts, given_id), *repairs(header, body)),
        cut_off=any(_fills_a_cell(aliases.first(facts, role)) for role in ("header", "body")),
    )


def _remarks(facts: Facts, given_id: str) -> Iterator[tuple[str, str]]:
    if not given_id:
        yield MADE_ID
    if part_numbers := facts.get(aliases.PARTS, ""):
        yield PARTS, part_numbers


def _fills_a_cell(text: str) -> bool:
    """Return whether a text has as many characters as a cell can hold, in Excel's own count."""
    least_length = len(text)
    if not CELL // 2 <= least_length <= CELL + text.count("\r\n"):
        return False
    return CELL in {
        units := len(text.encode("utf-16-le", "replace")) // 2,
        units - text.count("\r\n"),
    }


def is_telegram(facts: Facts) -> bool:
    """Return whether a record without an id is a cable by its class or its text."""
    level = value(facts, "classification")
    return aliases.is_classification(level) or begins_as_telegram(aliases.first(facts, "body"))


def says_its_id(facts: Facts) -> bool:
    """Return whether a record without an id can be given one."""
    header, body, _ = _texts(facts)
    return bool(id_in(header, body, _created(facts, "month first")))


def value(facts: Facts, role: str) -> str:
    """Return the value of a role on one line, without the counts of PlusD; empty for `N/A`."""
    for name in aliases.ROLES[role]:
        if (given_value := facts.get(name)) and (known_value := plain(given_value)):
            return known_value
    return ""


def plain(given: str) -> str:
    """Clean a value: `UNCLASSIFIED (1339531 documents)` is UNCLASSIFIED, `n/a` is empty."""
    inner_text = _COUNT.sub("", " ".join(clean_line(given).split()))
    if len(inner_text) > 1 and inner_text[0] == inner_text[-1] == '"':
        inner_text = inner_text[1:-1].strip()
    return inner_text if known_value(inner_text) and not _EMPTY.fullmatch(inner_text) else ""


def without_text(raw: RawCable, facts: Facts) -> RawCable:
    """Return a record of PlusD without its text: a cable of facts if it names where the text is.

    Raises `BrokenRecord` otherwise.
    """
    if not (remarks := elsewhere(facts)):
        raise BrokenRecord(f"{raw.reference_id}: its text is not in the file: fetch the page again")
    return replace(raw, remarks=remarks)


def elsewhere(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the remark that says where the text of a record is; none if nothing says it."""
    locator = value(facts, "locator")
    return ((NO_TEXT, f"not in the archive: {locator}"),) if _ELSEWHERE.search(locator) else ()


def why_no_text(raw: RawCable) -> tuple[str, ...]:
    """Return the signs of a cable whose archive says why it has no text: `withdrawn`."""
    if raw.body.strip():
        return ()
    reason_words = " ".join(words for label, words in raw.remarks if label == NO_TEXT).upper()
    return tuple(sign for word, sign in _SIGNS if word in reason_words)


def tags_in(given: str) -> tuple[str, ...]:
    """Return codes of a column of TAGS: `IZ - Iraq | PREL - External`, `PREL, PGOV`, `PREL PGOV`.

    Items of a list, `["PREL", "MORAN, J"]`, are TAGS as they are.
    """
    text = given[:_LONGEST_TAGS].strip()
    if text[:1] + text[-1:] in {"[]", "{}"}:
        tag_items = ["".join(groups) for groups in _LISTED.findall(text[1:-1])]
    elif "|" in text:
        tag_items = text.split("|")
    else:
        text = ", ".join(filter(None, map(_code, ORDER.sub("", text).split(";"))))
        return telegram_tags.tags(body_labels.read(f"TAGS: {text}\n\n")).codes
    codes = (tag for item in tag_items for tag in _listed(_code(ORDER.sub("", item))))
    return tuple(dict.fromkeys(codes))


def _code(item: str) -> str:
    return _EXPLAINED.sub(r"\1", item.strip())


def _listed(item: str) -> tuple[str, ...]:
    """Return the TAGS of an item of a list: one, but for several that are known by themselves."""
    whole_item = plain(item.strip(" ()")).upper()
    words = whole_item.replace(",", " ").split()
    if len(words) > 1 and not all(map(known_tag, words)):
        return (whole_item,)
    return repair_tags(words)


def id_of(facts: Facts) -> str:
    """Return the id of a record, by its column or its address; empty if it has none."""
    name = aliases.id_name(facts)
    given_id = plain(aliases.stem(name, facts[name])) if name else ""
    if not name or not given_id:
        link = next(
            (facts[column] for column in ("url", "link", "uri", "href") if column in facts), ""
        )
        reference = ids.reference_in(clean_line(link)) if link else None
        return reference[0] if reference else ""
    if "/" in given_id and (reference := ids.reference_in(given_id)):
        return reference[0]
    return aliases.joined_id(given_id) or _SUFFIX.sub("", given_id)


def _created(facts: Facts, order: Order) -> str:
    given_time = value(facts, "created")
    source = facts.get("createdfrom", "")
    # Our own exports say where a time comes from: what the header said, it will say again.
    if source in {"date-time group", "day only"} and (match := _HOUR.fullmatch(given_time)):
        day, hour = match.groups()
        return f"{day} {hour}:{(int(hour) - 1) % 12 + 1:02}"
    if _EXPORTED.fullmatch(given_time):
        return f"{given_time[:10]} {given_time[11:]}"
    if ":" not in given_time and (clock := plain(facts.get("time", ""))) and ":" in clock:
        given_time = f"{given_time} {clock}"
    return days.parsed(given_time, order)


def _references(facts: Facts) -> tuple[str, ...]:
    """Return canonical ids from a list; the dump's own ids are unchanged."""
    used_name = aliases.id_name(facts)
    for name in aliases.ROLES["references"]:
        if name == used_name or not facts.get(name):
            continue
        given_references = plain(facts[name])
        references = dict.fromkeys(
            filter(None, map(_reference, _COMMAS.split(given_references[:100_000])))
        )
        if references:
            return tuple(references)
    return ()


def _reference(item: str) -> str:
    item_text = item.strip()
    if _PLAIN_ID.fullmatch(item_text):
        return item_text
    reference = ids.reference_in(item_text)
    return reference[0] if reference else ""


def _texts(facts: Facts) -> HtmlTexts:
    """Return header and body, from two columns or from one in which they run on."""
    name = _filled_name(facts, "header")
    header = _joined(_text_of(facts[name])) if name else ""
    name = _filled_name(facts, "body")
    given_texts = _text_of(facts[name]) if name else HtmlTexts("", "", None)
    body = links_joined(given_texts.body)
    if name == "rawbody" and _filled(facts, "body"):
        raw = _joined(given_texts._replace(body=body))
        header, body = _of_raw_body(header, raw, _joined(_text_of(facts["body"])))
    elif name and not (header or given_texts.header).strip():
        header, body = after_addressees(without_stamps(body).strip("\n"))
    else:
        header, body = header or given_texts.header, without_stamps(body).strip("\n")
    body, anchors = without_signs(body) if "¶" in body else (body, given_texts.anchors)
    return HtmlTexts(without_stamps(header).strip("\n"), body, anchors)


def _text_of(value: str) -> HtmlTexts:
    """Return the texts of a value, which may be mark-up."""
    value = html_text.with_line_ends(value)
    return html_text.texts_of(value) if is_html(value) else HtmlTexts("", clean_text(value), None)


def _joined(texts: HtmlTexts) -> str:
    return "\n".join(filter(None, texts[:2]))


def _of_raw_body(header: str, raw: str, body: str) -> tuple[str, str]:
    """Return texts of the History Lab.

    `raw_body` has header, TAGS and SUBJECT, and mostly the body.
    """
    raw, body = without_stamps(raw).strip("\n"), without_stamps(body).strip("\n")
    is_whole = _squeezed(body)[:_SQUEEZED] in _squeezed(raw)
    top_of_body, rest_of_body = after_addressees(raw)
    if not top_of_body and "\n" not in raw:
        top_of_body, rest_of_body = inside_a_line(raw)
    if is_whole:
        return header or top_of_body, rest_of_body
    if not top_of_body and not _LABELS.search(rest_of_body):
        return header or rest_of_body, body
    return header or top_of_body, f"{rest_of_body}\n\n{body}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _filled_name(facts: Facts, role: str) -> str:
    return next((name for name in aliases.ROLES[role] if _filled(facts, name)), "")


def _filled(facts: Facts, name: str) -> bool:
    given_value = facts.get(name, "")
    return bool(given_value.strip()) and (len(given_value) > 60 or bool(plain(given_value)))


@cache
def _site_origins() -> frozenset[str]:
    return frozenset(row["origin"] for row in glossary_tables.rows("origins"))

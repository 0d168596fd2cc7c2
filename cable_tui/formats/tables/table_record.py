"""Builds a `RawCable` from one record of a table: its values by column key."""

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
"""A time as written in our own exports, which correct the errors of the pages."""
_HOUR = pattern(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2})(?::[0-9]{2})?Z?")
_LONGEST_TAGS = 8000
NO_ID = (
    "no reference ID: no column contains cable IDs, and none can be made from the first line and "
    "date"
)
_SQUEEZED = 80
"""The number of characters, without spaces, used to find a text within another text."""
MADE_ID = ("ID from", "the first line of the text and the date: the record has no ID")
"""The remark on a cable whose ID is derived because the file has none."""
NO_TEXT = "Text"
"""The label of a remark that states where a missing text is."""
_LISTED = pattern(r"""'([^']{1,80})'|"([^"]{1,80})"|([^,'"\s][^,'"]{0,80})""")
"""An item of a list in JSON, Python or PostgreSQL notation."""
PARTS = "Parts of the text"
"""The label of the remark on missing or repeated parts of a text."""
CELL = 32_767
"""The maximum number of characters that Excel keeps in a cell."""
_SIGNS = (("WITHDRAW", "withdrawn"), ("FILM", "microfilm"))
"""Words in the remark on a missing text, with the status that each word indicates."""
_ELSEWHERE = pattern(r"FILM|WITHDRAWN|UNRETRIEVABLE|NOT AVAILABLE|PAPER", re.IGNORECASE)


_STAMPED = ("body", "rawbody", "content", "text", "markings")
"""Columns in which the archive stamps the release date."""


def cable(
    facts: Facts, form: str, location: Location, order: Order, *, full: bool = True
) -> RawCable:
    """Return the cable in a record.

    `order` is the order of its dates. Without `full`, TAGS are omitted, because facts do not need
    them. Raises `BrokenRecord` if the record has no ID.
    """
    if page := html_text.page_in(aliases.first(facts, "body"), location):
        return replace(page, format=form)
    header, body, anchors = _texts(facts)
    created_at = _created(facts, order)
    own_id = id_of(facts)
    reference_id = own_id or id_in(header, body, created_at)
    if not reference_id:
        raise BrokenRecord(NO_ID)
    given_origin = value(facts, "origin")
    known_origin = (
        given_origin if given_origin in _site_origins() else origin_of(reference_id, given_origin)
    )
    released, title = value(facts, "released"), value(facts, "title")
    classification = _CAVEAT.sub("//", value(facts, "classification"))
    classification = (
        classification.upper() if aliases.is_classification(classification) else classification
    )
    subject_marking = value(facts, "subjectmarking")
    tags: tuple[str, ...] = ()
    if full:
        concept_tags = tags_in(value(facts, "concepts"))
        tags = tags_in(value(facts, "tags")) or tuple(filter(known_tag, concept_tags))
    return RawCable(
        reference_id=reference_id,
        created=created_at,
        released=days.parsed(released, order)
        or released_in("\n".join(facts.get(stamped_column, "") for stamped_column in _STAMPED)),
        classification=classification or classification_in(body),
        origin=known_origin,
        title=f"({subject_marking}) {title}" if subject_marking and title else title,
        header=header,
        body=body,
        format=form,
        location=location,
        articles=tuple(dict.fromkeys(_ADDRESS.findall(aliases.first(facts, "articles")))),
        references=_references(facts),
        anchors=() if aliases.NO_ANCHORS in facts else anchors or None,
        tags=tags,
        remarks=(*_remarks(facts, own_id), *repairs(header, body)),
        cut_off=any(_fills_a_cell(aliases.first(facts, role)) for role in ("header", "body")),
    )


def _remarks(facts: Facts, given_id: str) -> Iterator[tuple[str, str]]:
    if not given_id:
        yield MADE_ID
    if part_numbers := facts.get(aliases.PARTS, ""):
        yield PARTS, part_numbers


def _fills_a_cell(text: str) -> bool:
    """Return whether a text has exactly the length limit of an Excel cell, as Excel counts."""
    character_count = len(text)
    if not CELL // 2 <= character_count <= CELL + text.count("\r\n"):
        return False
    return CELL in {
        utf16_length := len(text.encode("utf-16-le", "replace")) // 2,
        utf16_length - text.count("\r\n"),
    }


def is_telegram(facts: Facts) -> bool:
    """Return whether a record without an ID is a cable, judging by its class or text."""
    classification = value(facts, "classification")
    return aliases.is_classification(classification) or begins_as_telegram(
        aliases.first(facts, "body")
    )


def says_its_id(facts: Facts) -> bool:
    """Return whether an ID can be derived for a record without one."""
    header, body, _ = _texts(facts)
    return bool(id_in(header, body, _created(facts, "month first")))


def value(facts: Facts, role: str) -> str:
    """Return the value for a role on one line, without PlusD's counts.

    Return an empty string for values such as `N/A`.
    """
    for column_key in aliases.ROLES[role]:
        if (given_value := facts.get(column_key)) and (clean_value := plain(given_value)):
            return clean_value
    return ""


def plain(given: str) -> str:
    """Return a cleaned value: empty for `n/a`, UNCLASSIFIED for `UNCLASSIFIED (5 documents)`."""
    clean_value = _COUNT.sub("", " ".join(clean_line(given).split()))
    if len(clean_value) > 1 and clean_value[0] == clean_value[-1] == '"':
        clean_value = clean_value[1:-1].strip()
    return clean_value if known_value(clean_value) and not _EMPTY.fullmatch(clean_value) else ""


def without_text(raw: RawCable, facts: Facts) -> RawCable:
    """Return a PlusD record without its text, as a cable of facts, if it states where the text is.

    Raises `BrokenRecord` otherwise.
    """
    if not (remarks := elsewhere(facts)):
        raise BrokenRecord(
            f"{raw.reference_id}: its text is missing from the file: fetch the page again"
        )
    return replace(raw, remarks=remarks)


def elsewhere(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return a remark about where the text of a record is, or an empty string if unknown."""
    locator = value(facts, "locator")
    return ((NO_TEXT, f"not in the archive: {locator}"),) if _ELSEWHERE.search(locator) else ()


def why_no_text(raw: RawCable) -> tuple[str, ...]:
    """Return why the archive has no text for a cable, such as `withdrawn`; may be empty."""
    if raw.body.strip():
        return ()
    reason_text = " ".join(
        remark_text for remark_label, remark_text in raw.remarks if remark_label == NO_TEXT
    ).upper()
    return tuple(status for reason_word, status in _SIGNS if reason_word in reason_text)


def tags_in(given: str) -> tuple[str, ...]:
    """Return codes from a TAGS column: `IZ - Iraq | PREL - External`, `PREL, PGOV`, `PREL PGOV`.

    Items of a list, `["PREL", "MORAN, J"]`, are complete TAGS.
    """
    tags_text = given[:_LONGEST_TAGS].strip()
    if tags_text[:1] + tags_text[-1:] in {"[]", "{}"}:
        tag_items = ["".join(quoted_forms) for quoted_forms in _LISTED.findall(tags_text[1:-1])]
    elif "|" in tags_text:
        tag_items = tags_text.split("|")
    else:
        tags_text = ", ".join(filter(None, map(_code, ORDER.sub("", tags_text).split(";"))))
        return telegram_tags.tags(body_labels.read(f"TAGS: {tags_text}\n\n")).codes
    tag_codes = (tag for tag_item in tag_items for tag in _listed(_code(ORDER.sub("", tag_item))))
    return tuple(dict.fromkeys(tag_codes))


def _code(item: str) -> str:
    return _EXPLAINED.sub(r"\1", item.strip())


def _listed(item: str) -> tuple[str, ...]:
    """Return the TAGS in an item of a list: one, unless each of its words is a known tag."""
    item_text = plain(item.strip(" ()")).upper()
    tag_words = item_text.replace(",", " ").split()
    if len(tag_words) > 1 and not all(map(known_tag, tag_words)):
        return (item_text,)
    return repair_tags(tag_words)


def id_of(facts: Facts) -> str:
    """Return the ID of a record from its ID column or its address, or an empty string."""
    id_column = aliases.id_name(facts)
    own_id = plain(aliases.stem(id_column, facts[id_column])) if id_column else ""
    if not id_column or not own_id:
        web_address = next(
            (facts[column] for column in ("url", "link", "uri", "href") if column in facts), ""
        )
        reference = ids.reference_in(clean_line(web_address)) if web_address else None
        return reference[0] if reference else ""
    if "/" in own_id and (reference := ids.reference_in(own_id)):
        return reference[0]
    return aliases.joined_id(own_id) or _SUFFIX.sub("", own_id)


def _created(facts: Facts, order: Order) -> str:
    given_time = value(facts, "created")
    time_source = facts.get("createdfrom", "")
    # Our own exports say where a time comes from: what the header said, it will say again.
    if time_source in {"date-time group", "day only"} and (match := _HOUR.fullmatch(given_time)):
        day, hour = match.groups()
        return f"{day} {hour}:{(int(hour) - 1) % 12 + 1:02}"
    if _EXPORTED.fullmatch(given_time):
        return f"{given_time[:10]} {given_time[11:]}"
    if ":" not in given_time and (clock_time := plain(facts.get("time", ""))) and ":" in clock_time:
        given_time = f"{given_time} {clock_time}"
    return days.parsed(given_time, order)


def _references(facts: Facts) -> tuple[str, ...]:
    """Return canonical IDs from a list of references; IDs in the dump's form are unchanged."""
    id_column = aliases.id_name(facts)
    for column_key in aliases.ROLES["references"]:
        if column_key == id_column or not facts.get(column_key):
            continue
        references_text = plain(facts[column_key])
        references = dict.fromkeys(
            filter(None, map(_reference, _COMMAS.split(references_text[:100_000])))
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
    """Return header and body, from two columns or from one column that contains both."""
    column_key = _filled_name(facts, "header")
    header = _joined(_text_of(facts[column_key])) if column_key else ""
    column_key = _filled_name(facts, "body")
    html_texts = _text_of(facts[column_key]) if column_key else HtmlTexts("", "", None)
    body = links_joined(html_texts.body)
    if column_key == "rawbody" and _filled(facts, "body"):
        raw_body = _joined(html_texts._replace(body=body))
        header, body = _of_raw_body(header, raw_body, _joined(_text_of(facts["body"])))
    elif column_key and not (header or html_texts.header).strip():
        header, body = after_addressees(without_stamps(body).strip("\n"))
    else:
        header, body = header or html_texts.header, without_stamps(body).strip("\n")
    body, anchors = without_signs(body) if "¶" in body else (body, html_texts.anchors)
    return HtmlTexts(without_stamps(header).strip("\n"), body, anchors)


def _text_of(value: str) -> HtmlTexts:
    """Return the texts in a value, which may be markup."""
    value = html_text.with_line_ends(value)
    return html_text.texts_of(value) if is_html(value) else HtmlTexts("", clean_text(value), None)


def _joined(texts: HtmlTexts) -> str:
    return "\n".join(filter(None, texts[:2]))


def _of_raw_body(header: str, raw: str, body: str) -> tuple[str, str]:
    """Return the texts of a History Lab record.

    `raw` contains header, TAGS and SUBJECT, and in most cases the body.
    """
    raw, body = without_stamps(raw).strip("\n"), without_stamps(body).strip("\n")
    has_body = _squeezed(body)[:_SQUEEZED] in _squeezed(raw)
    raw_header, raw_rest = after_addressees(raw)
    if not raw_header and "\n" not in raw:
        raw_header, raw_rest = inside_a_line(raw)
    if has_body:
        return header or raw_header, raw_rest
    if not raw_header and not _LABELS.search(raw_rest):
        return header or raw_rest, body
    return header or raw_header, f"{raw_rest}\n\n{body}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _filled_name(facts: Facts, role: str) -> str:
    return next(
        (column_key for column_key in aliases.ROLES[role] if _filled(facts, column_key)), ""
    )


def _filled(facts: Facts, name: str) -> bool:
    given_value = facts.get(name, "")
    return bool(given_value.strip()) and (len(given_value) > 60 or bool(plain(given_value)))


@cache
def _site_origins() -> frozenset[str]:
    return frozenset(row["origin"] for row in glossary_tables.rows("origins"))

"""Cables as Markdown or Quarto with YAML front matter: title, date and TAGS, then the text.

Articles about cables have such front matter as well. A file is a cable if its text has the labels
of a telegram, or its file name is a reference ID.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cable_tui.base.cable import UNKNOWN as NOBODY
from cable_tui.base.cable import Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats import named_text, yaml_head
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import decode
from cable_tui.formats.html_page import entities
from cable_tui.formats.pages import own_notes
from cable_tui.formats.split_header import begins_as_telegram
from cable_tui.formats.tables import aliases, days, table_record
from cable_tui.glossary import posts
from cable_tui.telegram import ids
from cable_tui.text import clean_line

_FENCE = pattern(r"[ ]{0,3}(?:`{3,}|:{3,})[^\n]{0,200}")
_DROPPED = pattern(
    r"<!--.{0,4000}?-->|</?(?:pre|code|div|span|p)(?: [^<>]{0,300})?>|<br ?/?>(?=\n)"
)
_SYMBOLS = pattern(
    r"(?m:^[ ]{0,3}\#{1,6}[ \t]+)|\\(?P<sign>[!-/:-@\[-`{-~])|\\(?=\n)"
    r"|(?P<bold>\*\*|__)(?P<words>(?!\s)[^*_\n]{1,300}?(?<!\s))(?P=bold)"
    r"|\[(?P<link>[^\[\]\n]{1,300})\]\((?:https?:|\.{0,2}/|\#|[\w/-]{1,200}\.(?:html?|q?md)\b)"
    r"[^()\s]{0,2000}\)"
)
_DATED = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-")
"""A date at the beginning of a file name, as used by blogs."""
_ID_FIRST = pattern(r"([0-9]{2,4}[A-Z]{3,40}[0-9]{1,7})(?:[ ]{0,2}[:–—|,-][ ]|$)")
_LISTED = frozenset(("reftels", "references", "refs"))
_FIRST_WORD = pattern(r"[^\W_]{2,20}[-_.: ](?=\w)")
_TELLING = frozenset(("id", "origin", "classification", "tags", "references", "created"))
_ENOUGH_TOLD = 3
"""The minimum number of keys with the same prefix that indicate a cable; no article has that many
facts of a cable.
"""
_ATTRIBUTES = pattern(r"\n[ *_-]{0,20}\n{1,3}Message Attributes[ \t]*\n(?=\s{1,9}- \w)")
_ATTRIBUTE = pattern(r"(?m)^- (?P<name>[A-Z][A-Za-z ]{1,40}):[ \t]*(?P<value>[^\n]{0,400})$")
_LINKS = frozenset(("url", "link", "uri", "href"))
_USED = ("id", "created", "released", "title")


class _Head(NamedTuple):
    """The facts in a file, before its cable is built."""

    facts: dict[str, str]
    """Facts by the column keys of tables."""
    remarks: tuple[tuple[str, str], ...]
    body: str
    sure: bool
    """Whether the text has the labels of a telegram."""


class Markdown(PageFormat):
    """A Markdown file with one cable."""

    name = "markdown"
    label = "Markdown with YAML front matter"
    repository = NOBODY

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by its front matter, and by the labels in its text or its file name."""
        if head.lstrip()[:4].rstrip() != b"---":
            return False
        try:
            self.at(head, Location(path, 0, len(head)))
        except BrokenRecord:
            return False
        return True

    def opening(self, data: bytes, start: int) -> int:  # noqa: ARG002
        """Return -1, because the file is a single page."""
        return -1

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        head = _head(decode(record).replace("\r\n", "\n").replace("\r", "\n"))
        id_in_name = _named(location.path)
        id_key = aliases.id_name(head.facts)
        own_id = head.facts[id_key] if id_key and aliases.looks_like_id(head.facts[id_key]) else ""
        title_match = _ID_FIRST.match(head.facts.get("title", ""))
        facts = {
            **head.facts,
            aliases.OWN: own_id or id_in_name or (title_match[1] if title_match else ""),
        }
        if title_match and title_match.end() == len(facts["title"]):
            facts["title"] = ""
        raw_cable = table_record.cable(
            facts, self.name, location, days.order_of(facts.values()).order
        )
        if not head.sure and not id_in_name:
            raise BrokenRecord("not a telegram: its text has no telegram labels")
        raw_cable = _of_its_year(replace(raw_cable, remarks=(*raw_cable.remarks, *head.remarks)))
        return (
            raw_cable if head.sure or own_id else replace(raw_cable, format=named_text.FORMAT.name)
        )


def _named(path: str) -> str:
    """Return the reference ID in a page's file name or folder name, or an empty string."""
    *_, folder_name, file_name = ("", *path.replace("\\", "/").split("/"))
    file_name = folder_name if file_name.startswith("index.") else file_name
    return named_text.FORMAT.named(_DATED.sub("", file_name))


def _head(text: str) -> _Head:
    """Return the facts and text of a file. Raises `BrokenRecord` if there is no front matter."""
    head = yaml_head.read(text)
    if head is None:
        raise BrokenRecord("no YAML front matter between lines of ---")
    text_and_notes = own_notes.without_notes(text[head.end :])
    body, attributes = _without_attributes(_plain(text_and_notes.text))
    facts = {"body": body}
    other_lines: list[str] = []
    key_by_name = _without_prefix(head.values)
    ordered_values = sorted(head.values.items(), key=lambda pair: pair[0] not in key_by_name)
    for field_name, field_values in (*ordered_values, *attributes):
        fact_key, joined_value = (
            key_by_name.get(field_name, aliases.key(field_name)),
            clean_line(" | ".join(field_values)),
        )
        known_facts = _fact(fact_key, field_values)
        facts.update(
            {fact: fact_value for fact, fact_value in known_facts.items() if not facts.get(fact)}
        )
        if fact_key in _LINKS:
            facts.setdefault("url", joined_value)  # its id counts if nothing else has one
        if joined_value and (not known_facts or fact_key in _LISTED):  # its items may be no cables
            other_lines.append(f"{clean_line(field_name)}: {joined_value}")
    unread_lines = [
        f"{clean_line(fact_key)[:60]} (line {line_number})" for fact_key, line_number in head.unread
    ]
    remarks = (
        ("Also in the front matter", "; ".join(other_lines)),
        ("Not read in the front matter", ", ".join(unread_lines)),
        *text_and_notes.remarks,
    )
    label_count = named_text.labels_in(body.encode("utf-8", "replace"))
    is_sure = label_count >= named_text.ENOUGH or (label_count > 0 and begins_as_telegram(body))
    found_roles = aliases.roles_named(
        [*key_by_name.values(), *(aliases.key(field_name) for field_name, _ in attributes)]
    )
    is_sure = is_sure or (bool(key_by_name) and len(found_roles & _TELLING) >= _ENOUGH_TOLD)
    return _Head(facts, tuple(remark for remark in remarks if remark[1]), body, is_sure)


def _without_prefix(names: Iterable[str]) -> dict[str, str]:
    """Return keys by the names that share a first word, if they describe a cable.

    For example, `cable-doc-number` and `cable-tags`, next to a `title` of the page. In that case,
    `ref` is the cable's list of references rather than its own ID.
    """
    first_words = Counter(
        prefix_and_count[0]
        for prefix_and_count in map(_FIRST_WORD.match, names)
        if prefix_and_count
    )
    if not first_words or (prefix_and_count := first_words.most_common(1)[0])[1] < _ENOUGH_TOLD:
        return {}
    unprefixed_keys = {
        field_name: aliases.key(field_name[len(prefix_and_count[0]) :])
        for field_name in names
        if field_name.startswith(prefix_and_count[0])
    }
    return {
        field_name: "reftels" if column_key == "ref" else column_key
        for field_name, column_key in unprefixed_keys.items()
        if aliases.roles_named([column_key])
    }


def _without_attributes(body: str) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    """Return a text without the list of archive attributes at its end, and those attributes."""
    heading_match = _ATTRIBUTES.search(body)
    if heading_match is None:
        return body, []
    attribute_items = _ATTRIBUTE.findall(body, heading_match.end())
    return body[: heading_match.start()].rstrip(), [
        (attribute_name, (attribute_value,))
        for attribute_name, attribute_value in attribute_items
        if attribute_value
    ]


def _fact(key: str, values: tuple[str, ...]) -> Mapping[str, str]:
    """Return a fact of the cable.

    It is empty if the value is not a fact of the cable, such as an author, who usually wrote the
    page.
    """
    joined_value = " | ".join(values)
    is_not_origin = key not in aliases.ROLES["origin"]
    if is_not_origin and any(key in aliases.ROLES[role] for role in _USED):
        return {key: joined_value}
    if key in {*aliases.ROLES["tags"], *aliases.ROLES["concepts"], "categories"}:
        return {"tags" if all(map(str.isupper, values)) else "concepts": joined_value}
    if key in _LISTED:
        return {key: joined_value}
    if key in aliases.ROLES["origin"] and (post := posts.post_addressed(joined_value)):
        return {"origin": post}
    if key in aliases.ROLES["classification"] and aliases.is_classification(joined_value):
        return {"classification": joined_value}
    return {}


def _plain(markdown: str) -> str:
    """Return the text without Markdown syntax."""
    kept_lines = [line for line in markdown.split("\n") if not _FENCE.fullmatch(line)]
    return entities(
        _SYMBOLS.sub(
            lambda match: match["sign"] or match["words"] or match["link"] or "",
            _DROPPED.sub("", "\n".join(kept_lines)),
        )
    )


def _of_its_year(raw: RawCable) -> RawCable:
    """Return the cable; drop a date that is not in its ID's year, because it is the page's date."""
    id_parts = ids.split(ids.canonical_id(raw.reference_id))
    if id_parts is None or not raw.created or raw.created[:4] == str(id_parts.year):
        return raw
    return replace(raw, created="", remarks=(*raw.remarks, ("Date of the page", raw.created)))


FORMAT = Markdown()

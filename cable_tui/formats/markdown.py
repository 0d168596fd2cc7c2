"""Cables as Markdown or Quarto with a YAML head: title, date, TAGS, and the text below.

An article about cables has such a head too. A file is a cable if its text has the labels of a
telegram, or its name is a reference ID.
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
"""The day before the name of a file, as blogs have it."""
_ID_FIRST = pattern(r"([0-9]{2,4}[A-Z]{3,40}[0-9]{1,7})(?:[ ]{0,2}[:–—|,-][ ]|$)")
_LISTED = frozenset(("reftels", "references", "refs"))
_FIRST_WORD = pattern(r"[^\W_]{2,20}[-_.: ](?=\w)")
_TELLING = frozenset(("id", "origin", "classification", "tags", "references", "created"))
_ENOUGH_TOLD = 3
"""Facts of a cable under keys with one prefix that no article has."""
_ATTRIBUTES = pattern(r"\n[ *_-]{0,20}\n{1,3}Message Attributes[ \t]*\n(?=\s{1,9}- \w)")
_ATTRIBUTE = pattern(r"(?m)^- (?P<name>[A-Z][A-Za-z ]{1,40}):[ \t]*(?P<value>[^\n]{0,400})$")
_LINKS = frozenset(("url", "link", "uri", "href"))
_USED = ("id", "created", "released", "title")


class _Head(NamedTuple):
    """The facts in a file, before its cable is made."""

    facts: dict[str, str]
    """Facts by the keys of tables."""
    remarks: tuple[tuple[str, str], ...]
    body: str
    sure: bool
    """Whether the text has the signs of a telegram."""


class Markdown(PageFormat):
    """A cable a file."""

    name = "markdown"
    label = "Markdown with a YAML head"
    repository = NOBODY

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise a file by its head, and by the labels of its text or the file's name."""
        if head.lstrip()[:4].rstrip() != b"---":
            return False
        try:
            self.at(head, Location(path, 0, len(head)))
        except BrokenRecord:
            return False
        return True

    def opening(self, data: bytes, start: int) -> int:  # noqa: ARG002
        """Return the end of the file: it is one page."""
        return -1

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        head = _head(decode(record).replace("\r\n", "\n").replace("\r", "\n"))
        id_in_name = _named(location.path)
        id_name = aliases.id_name(head.facts)
        own_id = (
            head.facts[id_name] if id_name and aliases.looks_like_id(head.facts[id_name]) else ""
        )
        title = _ID_FIRST.match(head.facts.get("title", ""))
        facts = {**head.facts, aliases.OWN: own_id or id_in_name or (title[1] if title else "")}
        if title and title.end() == len(facts["title"]):
            facts["title"] = ""
        raw = table_record.cable(facts, self.name, location, days.order_of(facts.values()).order)
        if not head.sure and not id_in_name:
            raise BrokenRecord("no telegram: its text has none of the labels of one")
        raw = _of_its_year(replace(raw, remarks=(*raw.remarks, *head.remarks)))
        return raw if head.sure or own_id else replace(raw, format=named_text.FORMAT.name)


def _named(path: str) -> str:
    """Return the reference ID that a file or the folder of its page is named by; or empty."""
    *_, folder, file_name = ("", *path.replace("\\", "/").split("/"))
    file_name = folder if file_name.startswith("index.") else file_name
    return named_text.FORMAT.named(_DATED.sub("", file_name))


def _head(text: str) -> _Head:
    """Return facts and text of a file. Raises `BrokenRecord` if it has no head."""
    head = yaml_head.read(text)
    if head is None:
        raise BrokenRecord("no YAML head between lines of ---")
    text_and_notes = own_notes.without_notes(text[head.end :])
    body, attributes = _without_attributes(_plain(text_and_notes.text))
    facts = {"body": body}
    other_lines: list[str] = []
    known_names = _without_prefix(head.values)
    ordered_values = sorted(head.values.items(), key=lambda pair: pair[0] not in known_names)
    for name, values in (*ordered_values, *attributes):
        key, value = known_names.get(name, aliases.key(name)), clean_line(" | ".join(values))
        known_facts = _fact(key, values)
        facts.update(
            {fact: fact_value for fact, fact_value in known_facts.items() if not facts.get(fact)}
        )
        if key in _LINKS:
            facts.setdefault("url", value)  # its id counts if nothing else has one
        if value and (not known_facts or key in _LISTED):  # its items may be no cables
            other_lines.append(f"{clean_line(name)}: {value}")
    unread_lines = [f"{clean_line(key)[:60]} (line {line})" for key, line in head.unread]
    remarks = (
        ("Also in the head", "; ".join(other_lines)),
        ("Not read in the head", ", ".join(unread_lines)),
        *text_and_notes.remarks,
    )
    labels = named_text.labels_in(body.encode("utf-8", "replace"))
    is_sure = labels >= named_text.ENOUGH or (labels > 0 and begins_as_telegram(body))
    roles_told = aliases.roles_named(
        [*known_names.values(), *(aliases.key(name) for name, _ in attributes)]
    )
    is_sure = is_sure or (bool(known_names) and len(roles_told & _TELLING) >= _ENOUGH_TOLD)
    return _Head(facts, tuple(remark for remark in remarks if remark[1]), body, is_sure)


def _without_prefix(names: Iterable[str]) -> dict[str, str]:
    """Return keys by the names of a head that begin with one word, which says it is of a cable.

    Examples: `cable-doc-number`, `cable-tags`, beside a `title` of the page. `ref` is the line of
    references then, not the cable's own.
    """
    first_words = Counter(word[0] for word in map(_FIRST_WORD.match, names) if word)
    if not first_words or (word := first_words.most_common(1)[0])[1] < _ENOUGH_TOLD:
        return {}
    names_with_prefix = {
        name: aliases.key(name[len(word[0]) :]) for name in names if name.startswith(word[0])
    }
    return {
        name: "reftels" if key == "ref" else key
        for name, key in names_with_prefix.items()
        if aliases.roles_named([key])
    }


def _without_attributes(body: str) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    """Return a text without the list of its archive's attributes at its end, and these."""
    heading = _ATTRIBUTES.search(body)
    if heading is None:
        return body, []
    items = _ATTRIBUTE.findall(body, heading.end())
    return body[: heading.start()].rstrip(), [(name, (value,)) for name, value in items if value]


def _fact(key: str, values: tuple[str, ...]) -> Mapping[str, str]:
    """Return a fact of the cable.

    It is empty if the value is not one: an author is mostly the page's own.
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
    """Return the text without what Markdown means by its signs."""
    lines = [line for line in markdown.split("\n") if not _FENCE.fullmatch(line)]
    return entities(
        _SYMBOLS.sub(
            lambda match: match["sign"] or match["words"] or match["link"] or "",
            _DROPPED.sub("", "\n".join(lines)),
        )
    )


def _of_its_year(raw: RawCable) -> RawCable:
    """Return the cable, without a date of another year than its ID's: that is the page's."""
    parts = ids.split(ids.canonical_id(raw.reference_id))
    if parts is None or not raw.created or raw.created[:4] == str(parts.year):
        return raw
    return replace(raw, created="", remarks=(*raw.remarks, ("Date of the page", raw.created)))


FORMAT = Markdown()

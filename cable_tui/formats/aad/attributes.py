"""The attributes of a telegram: `Key: value` lines, whose values go on in further lines."""

from __future__ import annotations

from collections.abc import Mapping

from cable_tui.formats.archive_fields import ArchiveFacts, known_value, tags_in, without_stamps
from cable_tui.formats.dates import released_in
from cable_tui.pattern import pattern
from cable_tui.text import clean_line

_KEY = pattern(
    r"[ \t]{0,60}(?P<key>TAGS|SAS ID|To|vdkvgwkey|[A-Z](?=[A-Z]{0,3}[a-z])[A-Za-z/ ]{1,50})"
    r"[ \t]{0,20}:(?:[ \t]++(?P<value>.*)|[ \t]*)"
)
"""A key has small letters: a value that goes on in capitals with a colon in it is none."""
_AT_HAND = "TEXT ON-LINE"
_UNREAD = pattern(r"ERROR READING TEXT|EXPAND ERROR|TEXT FOR THIS MRN IS UNAVAILABLE")
_NOT_READ = "the archive could not read it"
_SENT = pattern(r"(?:^|\n)[ \t]{0,8}FM[ \t]{1,8}[A-Z]")
_PLAIN_ACTION = pattern(r"(?:RELEASED|APPROVED|,| )*")


def attributes(lines: str) -> dict[str, str]:
    """Values by their keys in small letters, without stamps; of a key that comes twice the first.

    What says nothing (`N/A`) is empty.
    """
    markings = released_in(lines)
    found: dict[str, list[str]] = {}
    value: list[str] = []
    for line in without_stamps(lines).split("\n"):
        if key := _KEY.fullmatch(line):
            value = [key["value"] or ""]
            found.setdefault(" ".join(key["key"].split()).lower(), value)
        elif line.strip():
            value.append(line)
    known = {key: known_value(clean_line("\n".join(parts))) for key, parts in found.items()}
    return {**known, "released": markings}


def facts_of(facts: Mapping[str, str], message: str) -> ArchiveFacts:
    """What the attributes say of a telegram with this text, which may be empty."""
    locator = facts.get("locator", "")
    sent = _SENT.search(message) is not None
    at_hand = not locator or _AT_HAND in locator.upper()
    unread = not sent and _UNREAD.search(message) is not None
    has_body = sent or (at_hand and not unread and bool(without_stamps(message).strip()))
    return ArchiveFacts(
        facts["document number"],
        created=facts.get("draft date") or facts.get("sent date") or "",
        released=facts.get("released", ""),
        classification=facts.get("original classification", ""),
        sender=facts.get("from", ""),
        title=facts.get("subject", "").replace("\\'", "'"),
        references=facts.get("reference", ""),
        tags=tags_in(facts.get("tags", "")),
        remarks=() if has_body else (("Text", _missing(facts, unread=unread)),),
        has_body=has_body,
    )


def _missing(facts: Mapping[str, str], *, unread: bool) -> str:
    """Where a text is that is not in its record, as the archive says."""
    said = [_NOT_READ] if unread else []
    said += [facts.get("locator", "").lower().replace("on-line", "online")]
    if film := facts.get("film number", ""):
        said.append(f"film number {film}")
    if not _PLAIN_ACTION.fullmatch(action := facts.get("review action", "")):
        said.append(f"review: {action.lower()}")
    if withheld := facts.get("review exemptions", ""):
        said.append(f"exemptions: {withheld}")
    return "; ".join(filter(None, ("not in this record", *said)))

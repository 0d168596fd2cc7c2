"""The fields that the catalogue and the text index need, read with as little work as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cable_tui.cable import CableWarning, Facts, RawCable, Reference
from cable_tui.telegram import captions, ids, portion_marking, signature, summary
from cable_tui.telegram.body_labels import Top, read
from cable_tui.telegram.references import block as reference_block
from cable_tui.telegram.references import resolve
from cable_tui.telegram.subject import subject
from cable_tui.telegram.tags import tags


@dataclass(frozen=True, slots=True)
class IndexFields:
    """What an archive files a cable under and searches by. Texts are as in `Cable`."""

    subject: str
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[Reference, ...]
    articles: tuple[str, ...]
    warnings: tuple[CableWarning, ...]
    summary: str | None
    signed_by: tuple[str, ...]
    captions: tuple[str, ...]
    sender: str | None
    """The FM line."""
    to: tuple[str, ...]
    """Names of the action addressees."""
    info: tuple[str, ...]
    """Names of the info addressees."""


class TopFields(NamedTuple):
    """Subject, TAGS and references of one body, and the reading they were cut from."""

    top: Top
    subject: str
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[Reference, ...]
    has_subject: bool
    """The body itself has a SUBJECT that says something."""
    ref_end: int
    """Where the REF lines end; 0 where there are none."""
    end: int
    """Where the last of SUBJECT, TAGS and REF ends."""


def top_fields(raw: RawCable, facts: Facts, learned: frozenset[str]) -> TopFields:
    """The fields at the top of a body."""
    top = read(raw.body)
    found = subject(top)
    text, portion = found.text, found.marking
    if not text:
        portion, after = portion_marking.split(raw.title)
        text = " ".join(raw.title[after:].split())
    codes = tags(top)
    block = reference_block.ref_block(top)
    cited: tuple[Reference, ...] = ()
    if block:
        cited = resolve.references(raw.body, block, created_year(raw), own_station(facts), learned)
    ref_end = block[1] if block else 0
    return TopFields(
        top,
        text,
        portion,
        codes.codes,
        _with_listed(cited, raw.references, facts.canonical_id),
        bool(found.text),
        ref_end,
        max(found.end, codes.end, ref_end),
    )


def own_station(facts: Facts) -> str:
    """The station of a cable's own canonical id, or empty."""
    parts = ids.split(facts.canonical_id)
    return parts.station if parts else ""


def created_year(raw: RawCable) -> int:
    """The year a record was created in, by its date or else by its id; 0 where neither says."""
    if raw.created[:4].isdigit() and raw.created[:4].isascii():
        return int(raw.created[:4])
    two = raw.reference_id[:2]
    if not (two.isdigit() and two.isascii()):
        return 0
    return int(two) + (1900 if int(two) > 30 else 2000)


def _with_listed(
    cited: tuple[Reference, ...], listed: tuple[str, ...], own: str
) -> tuple[Reference, ...]:
    """The references of the body, then those that only the container lists.

    Its list was made by a program that knew less of years and page breaks: what has the station and
    serial of a reference of the body is that reference, and the cable does not cite itself.
    """
    if not listed:
        return cited
    ends = {reference.reference_id[2:] for reference in cited if reference.reference_id}
    extra: dict[str, Reference] = {}
    for given in listed:
        canonical = ids.canonical_id(given)
        if canonical and canonical != own and not _is_cited(canonical, ends):
            extra.setdefault(canonical, Reference(None, "cable", canonical, False, given))
    return (*cited, *extra.values())


def _is_cited(canonical: str, ends: set[str]) -> bool:
    """Whether a listed id doubles a cited one, whose station and serial are among `ends`."""
    if canonical[2:] in ends:
        return True
    return ids.split(canonical) is None and any(canonical.endswith(end) for end in ends)


def names(raw: RawCable, fields: TopFields) -> tuple[str | None, tuple[str, ...]]:
    """The summary and the signature of a body."""
    return summary.summary(raw.body, fields.end), signature.signature(raw.body).names


def caption_words(fields: TopFields) -> tuple[str, ...]:
    """The captions of a body."""
    return captions.captions(fields.top)

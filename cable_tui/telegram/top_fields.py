"""The fields that the catalogue needs, read with as little work as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cable_tui.base.cable import Facts, RawCable, Reference
from cable_tui.base.value import replace
from cable_tui.glossary import posts
from cable_tui.telegram import ids
from cable_tui.telegram.body_labels import Top, read
from cable_tui.telegram.paragraph_starts import split_marking
from cable_tui.telegram.references import parse
from cable_tui.telegram.references.in_text import in_text
from cable_tui.telegram.subject import subject
from cable_tui.telegram.tags import tags, tags_elsewhere

_OLD_POSTS_BEFORE = 1995
"""Year up to which a REF line may name a post that was closed before the cables of 2003-2010."""


class TopFields(NamedTuple):
    """Subject, TAGS and references of one body, and the reading they were cut from."""

    top: Top
    subject: str
    subject_marking: str | None
    body_tags: tuple[str, ...]
    listed_tags: tuple[str, ...]
    """The TAGS as in `RawCable.tags`."""
    references: tuple[Reference, ...]
    """References of the REF lines, the container and the text; the latter two name a cable once."""
    text_references: tuple[Reference, ...]
    """References of the text, as in `Cable`."""
    has_subject: bool
    """Whether the body itself has a SUBJECT that is not empty."""
    ref_end: int
    """End of the REF lines; 0 without REF lines."""
    end: int
    """End of the last of SUBJECT, TAGS and REF."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The body's TAGS, then those that only the container lists."""
        if not self.listed_tags:
            return self.body_tags
        return tuple(dict.fromkeys((*self.body_tags, *self.listed_tags)))


def top_fields(raw: RawCable, facts: Facts, learned: frozenset[str]) -> TopFields:
    """Return the fields at the top of a body.

    An edition has its own facts: its whole body is text.
    """
    if edition := raw.edition:
        empty_top = read("")
        return TopFields(
            empty_top,
            edition.subject,
            None,
            (),
            raw.tags,
            edition.references,
            (),
            bool(edition.subject),
            0,
            0,
        )
    top_of_body = read(raw.body)
    subject_read = subject(top_of_body)
    title, portion = subject_read.text, subject_read.marking
    if not title:
        portion, after_marking = split_marking(raw.title)
        title = " ".join(raw.title[after_marking:].split())
    codes = tags(top_of_body)
    block = parse.ref_block(top_of_body)
    year = created_year(raw)
    if 0 < year < _OLD_POSTS_BEFORE:
        learned |= posts.old_stations()
    own_id, created_at = facts.canonical_id, facts.created
    own_parts = ids.split(own_id)
    cited_references: tuple[Reference, ...] = ()
    if block:
        cited_references = parse.references(
            raw.body, block, year, own_parts.station if own_parts else "", learned
        )
        cited_references = tuple(
            parse.of_last_year(reference, own_id, created_at) for reference in cited_references
        )
    cited_references = _with_listed(cited_references, raw.references, own_id)
    text_references: tuple[Reference, ...] = ()
    if named_in_text := in_text(raw.body, block or (0, 0), year, own_parts, learned):
        text_references = tuple(
            parse.of_last_year(reference, own_id, created_at)
            for reference in named_in_text
            if reference.span and reference.span[0] >= _text_begins(top_of_body, reference)
        )
        cited_references, text_references = _with_text(cited_references, text_references)
    refs_end = block[1] if block else 0
    return TopFields(
        top_of_body,
        title,
        portion,
        codes.codes or tags_elsewhere(raw.body) or tags_elsewhere(raw.header),
        raw.tags,
        cited_references,
        text_references,
        bool(subject_read.text),
        refs_end,
        max(subject_read.end, codes.end, refs_end),
    )


def _text_begins(top: Top, reference: Reference) -> int:
    """Return where citations of the text can begin.

    A row of a database before it lists other IDs.
    """
    row = top.first_label if reference.text[:1].isdigit() and reference.text.isalnum() else 0
    return max(top.cut, top.whole, row)


def created_year(raw: RawCable) -> int:
    """Return the year a record was created in, by its date or else by its id; 0 if neither says."""
    if raw.created[:4].isdigit() and raw.created[:4].isascii():
        return int(raw.created[:4])
    if parts := ids.split(ids.canonical_id(raw.reference_id)):
        return parts.year
    year_digits = raw.reference_id[:2]
    if not (year_digits.isdigit() and year_digits.isascii()):
        return 0
    return int(year_digits) + (1900 if int(year_digits) > 30 else 2000)


def _with_listed(
    cited: tuple[Reference, ...], listed: tuple[str, ...], own: str
) -> tuple[Reference, ...]:
    """Return the references of the body, then those that only the container lists.

    Its list is from a simpler program: an entry with the station and serial of one in the body is
    the same reference, and a cable does not cite itself.
    """
    if not listed:
        return cited
    ends = {reference.reference_id[2:] for reference in cited if reference.reference_id}
    extra_references: dict[str, Reference] = {}
    for id_given in listed:
        canonical_id = ids.canonical_id(id_given)
        if canonical_id and canonical_id != own and not _is_cited(canonical_id, ends):
            extra_references.setdefault(
                canonical_id, Reference(None, "cable", canonical_id, False, id_given, source="list")
            )
    return (*cited, *extra_references.values())


def _with_text(
    dated_references: tuple[Reference, ...], text: tuple[Reference, ...]
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """Return all references, each cable of the text alone once, and every citation of the text.

    A year given in one of them applies to the same post and number in the others.
    """
    by_text = _with_years(text)
    dated_references, text = (
        tuple(_of_year(reference, by_text) for reference in dated_references),
        tuple(
            _of_year(reference, {**by_text, **_with_years(dated_references)}) for reference in text
        ),
    )
    known_ids = {reference.reference_id for reference in dated_references}
    extra_references: dict[str | None, Reference] = {}
    for reference in text:
        if reference.reference_id not in known_ids:
            extra_references.setdefault(reference.reference_id, reference)
    return (*dated_references, *extra_references.values()), text


def _with_years(references: Iterable[Reference]) -> dict[str, str]:
    """Return the IDs whose years are given, by their posts and numbers."""
    ids = (reference.reference_id for reference in references if not reference.year_inferred)
    return {name[2:]: name for name in ids if name}


def _of_year(reference: Reference, ids: Mapping[str, str]) -> Reference:
    """Return the reference with a year given elsewhere, if its own is inferred."""
    id_of_year = ids.get((reference.reference_id or "")[2:]) if reference.year_inferred else None
    return (
        replace(reference, reference_id=id_of_year, year_inferred=False)
        if id_of_year
        else reference
    )


def _is_cited(canonical: str, ends: set[str]) -> bool:
    """Return whether a listed id repeats a cited one, whose station and serial are among `ends`."""
    if canonical[2:] in ends:
        return True
    return ids.split(canonical) is None and any(canonical.endswith(end) for end in ends)

"""The fields that the catalogue needs, read with as little work as possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cable_tui.base.cable import Facts, RawCable, Reference
from cable_tui.base.named_tuple import NamedTuple
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
"""The year before which a REF line may name a post that was closed before the cables of 2003-2010.
"""


class TopFields(NamedTuple):
    """The subject, TAGS and references of one body, and the reading from which they were taken."""

    top: Top
    subject: str
    subject_marking: str | None
    body_tags: tuple[str, ...]
    listed_tags: tuple[str, ...]
    """The TAGS as in `RawCable.tags`."""
    references: tuple[Reference, ...]
    """References in the REF lines, the container and the text; each of the last two adds only
    cables not listed before.
    """
    text_references: tuple[Reference, ...]
    """References in the text, as in `Cable`."""
    has_subject: bool
    """Whether the body itself has a SUBJECT that is not empty."""
    ref_end: int
    """The end of the REF lines, or 0 if there are none."""
    end: int
    """The end of the last of SUBJECT, TAGS and REF."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The body's TAGS, followed by the TAGS that only the container lists."""
        if not self.listed_tags:
            return self.body_tags
        return tuple(dict.fromkeys((*self.body_tags, *self.listed_tags)))


def top_fields(raw: RawCable, facts: Facts, learned: frozenset[str]) -> TopFields:
    """Return the fields at the top of a body.

    An edition states these facts separately, so its whole body is text.
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
    title, subject_marking = subject_read.text, subject_read.marking
    if not title:
        subject_marking, after_marking = split_marking(raw.title)
        title = " ".join(raw.title[after_marking:].split())
    tags_read = tags(top_of_body)
    ref_span = parse.ref_block(top_of_body)
    year = created_year(raw)
    if 0 < year < _OLD_POSTS_BEFORE:
        learned |= posts.old_stations()
    own_id, created_at = facts.canonical_id, facts.created
    own_parts = ids.split(own_id)
    cited_references: tuple[Reference, ...] = ()
    if ref_span:
        cited_references = parse.references(
            raw.body, ref_span, year, own_parts.station if own_parts else "", learned
        )
        cited_references = tuple(
            parse.of_last_year(reference, own_id, created_at) for reference in cited_references
        )
    cited_references = _with_listed(cited_references, raw.references, own_id)
    text_references: tuple[Reference, ...] = ()
    if named_in_text := in_text(raw.body, ref_span or (0, 0), year, own_parts, learned):
        text_references = tuple(
            parse.of_last_year(reference, own_id, created_at)
            for reference in named_in_text
            if reference.span and reference.span[0] >= _text_begins(top_of_body, reference)
        )
        cited_references, text_references = _with_text(cited_references, text_references)
    refs_end = ref_span[1] if ref_span else 0
    return TopFields(
        top_of_body,
        title,
        subject_marking,
        tags_read.codes or tags_elsewhere(raw.body) or tags_elsewhere(raw.header),
        raw.tags,
        cited_references,
        text_references,
        bool(subject_read.text),
        refs_end,
        max(subject_read.end, tags_read.end, refs_end),
    )


def _text_begins(top: Top, reference: Reference) -> int:
    """Return the offset from which citations in the text may begin.

    A database row before the text lists other IDs.
    """
    row_end = top.first_label if reference.text[:1].isdigit() and reference.text.isalnum() else 0
    return max(top.cut, top.whole, row_end)


def created_year(raw: RawCable) -> int:
    """Return the year in which a record was created, from its date or else its ID; 0 if unknown."""
    if raw.created[:4].isdigit() and raw.created[:4].isascii():
        return int(raw.created[:4])
    if id_parts := ids.split(ids.canonical_id(raw.reference_id)):
        return id_parts.year
    year_digits = raw.reference_id[:2]
    if not (year_digits.isdigit() and year_digits.isascii()):
        return 0
    return int(year_digits) + (1900 if int(year_digits) > 30 else 2000)


def _with_listed(
    cited_references: tuple[Reference, ...], listed: tuple[str, ...], own: str
) -> tuple[Reference, ...]:
    """Return the references of the body, followed by those that only the container lists.

    The container's list was made by a simpler program: an entry with the station and serial of a
    reference in the body is the same reference, and a cable does not cite itself.
    """
    if not listed:
        return cited_references
    cited_ends = {
        reference.reference_id[2:] for reference in cited_references if reference.reference_id
    }
    extra_references: dict[str, Reference] = {}
    for id_given in listed:
        canonical_id = ids.canonical_id(id_given)
        if canonical_id and canonical_id != own and not _is_cited(canonical_id, cited_ends):
            extra_references.setdefault(
                canonical_id, Reference(None, "cable", canonical_id, False, id_given, source="list")
            )
    return (*cited_references, *extra_references.values())


def _with_text(
    dated_references: tuple[Reference, ...], text_references: tuple[Reference, ...]
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """Return all references, with each cable cited only in the text once, and all text citations.

    A year stated in one citation applies to the same post and number in the others.
    """
    ids_by_ending = _with_years(text_references)
    dated_references, text_references = (
        tuple(_of_year(reference, ids_by_ending) for reference in dated_references),
        tuple(
            _of_year(reference, {**ids_by_ending, **_with_years(dated_references)})
            for reference in text_references
        ),
    )
    known_ids = {reference.reference_id for reference in dated_references}
    extra_references: dict[str | None, Reference] = {}
    for reference in text_references:
        if reference.reference_id not in known_ids:
            extra_references.setdefault(reference.reference_id, reference)
    return (*dated_references, *extra_references.values()), text_references


def _with_years(references: Iterable[Reference]) -> dict[str, str]:
    """Return the IDs with stated years, keyed by post and number."""
    dated_ids = (reference.reference_id for reference in references if not reference.year_inferred)
    return {reference_id[2:]: reference_id for reference_id in dated_ids if reference_id}


def _of_year(reference: Reference, ids: Mapping[str, str]) -> Reference:
    """Return the reference with a year stated elsewhere, if its own year is inferred."""
    id_of_year = ids.get((reference.reference_id or "")[2:]) if reference.year_inferred else None
    return (
        replace(reference, reference_id=id_of_year, year_inferred=False)
        if id_of_year
        else reference
    )


def _is_cited(canonical: str, ends: set[str]) -> bool:
    """Return whether a listed ID repeats a citation; `ends` are the cited stations and serials."""
    if canonical[2:] in ends:
        return True
    return ids.split(canonical) is None and any(canonical.endswith(cited_end) for cited_end in ends)

"""Write a verifiable dossier: each cable once, the places in order, and their proofs.

Cables are passed as citations, as for all exports. Their records and the fingerprints of files are
supplied by a `Sources`, which reads the archive. All results of the grammar and the settings are
stored in members as data. A renderer makes the other members from this data, in the same way as in
`verify`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from operator import attrgetter
from typing import Any, Protocol

from cable_tui import __version__, telegram
from cable_tui.base.cable import Cable, Paragraph, RawCable
from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.exports.citation import Citation
from cable_tui.formats.sealed_cable import SealedCable, SealedSource, dumps
from cable_tui.library import Mark, bundles, paragraph_of
from cable_tui.library.bundles import Bundle
from cable_tui.library.mark import uid
from cable_tui.tools.dossiers import gaps, manifest, search_log, values
from cable_tui.tools.dossiers.manifest import (
    Manifest,
    SealedArchive,
    SourceFile,
    SourceRecord,
    Texts,
)
from cable_tui.tools.dossiers.rendering import NEWEST, RENDERERS, made
from cable_tui.tools.dossiers.zip_file import TIME_FORMAT, SealedZip
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers
from cable_tui.tools.protection.masked_names import MaskedNames
from cable_tui.tools.protection.review import in_words
from cable_tui.tools.protection.survey import (
    OutsideName,
    Survey,
    UnansweredError,
    distinct,
    survey,
)
from cable_tui.tools.research_log.log_file import Log

_UNSAFE = pattern(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60


class Sources(Protocol):
    """The facts that a dossier needs from the archive."""

    cables: int
    """The number of cables in the archive."""

    def quoted(self, texts: Iterable[str], but: Collection[str]) -> Iterator[Cable]:
        """Yield the cables mentioned in the given texts, except the canonical IDs in `but`."""

    def outside(self, answers: Answers, but: Collection[str]) -> Iterator[OutsideName]:
        """Yield the confirmed names in all cables except the canonical IDs in `but`."""

    def record(self, cited: Citation) -> SourceRecord:
        """Return the record from which a citation was made.

        Raises `ArchiveError`.
        """

    def fingerprint(self) -> str:
        """Return the fingerprint of the whole archive."""

    def file(self, path: str) -> Iterator[SourceFile | None]:
        """Yield None for each block read from a file, and finally the file with its SHA-256.

        Raises `ArchiveError`.
        """

    def close(self) -> None:
        """Close the open files."""


class Sealing(Value):
    """The content and the options of a dossier."""

    title: str
    bundle: Bundle
    """The reader's bookmarks and lists."""
    moment: time.struct_time
    """The time of sealing, in UTC."""
    texts: Texts = "whole"
    reveal: bool = False
    """Whether names stay visible even if a cable asks to protect them."""
    masks: tuple[str, ...] = ()
    """Words to mask in addition to the names that cables ask to protect."""
    answers: Answers = NO_ANSWERS
    """The reader's answers to protection requests."""
    take_proposed: bool = False
    """Whether the dossier is written despite unanswered requests, with proposed names masked."""
    log: Log | None = None
    """The searches that led to the dossier, or None to leave them out."""


class SealedDossier:
    """One dossier while it is being written."""

    def __init__(self, sealing: Sealing, sources: Sources) -> None:
        self.seal = ""
        """The checksum, once the whole file has been yielded."""
        self.entries: list[manifest.SealedEntry] = []
        self.not_parted: list[str] = []
        """The cables that are whole although only paragraphs were requested, because they could not
        be divided.
        """
        self._sealing = sealing
        self._sources = sources
        self._zip = SealedZip(sealing.moment)
        self.survey = Survey()
        """The survey of all cables, once `pieces` has begun."""
        self._names = MaskedNames()
        self._used: dict[str, None] = {}
        """The names that are masked in at least one text, in order."""
        self._cables: dict[str, tuple[Cable, MaskedNames]] = {}
        self._files: dict[str, bool] = {}
        """For each file, whether its fingerprint would reveal a masked name."""
        self._masked_paragraphs: set[tuple[str, str | None]] = set()
        self._source_files: list[SourceFile] = []
        self._fingerprint = ""
        self._members: dict[str, str] = {}
        """The member name of each cable, by canonical ID."""

    @property
    def masked(self) -> int:
        """The number of places at which a name is masked."""
        return sum(entry.masked for entry in self.entries)

    @property
    def protected(self) -> int:
        """The number of masked names; several forms of a name count once."""
        return distinct(self._used)

    @property
    def protection_words(self) -> str:
        """The statements on masked names and answers; empty if all names are shown."""
        if self._sealing.reveal:
            return ""
        return "; ".join(self.survey.statements(self.protected, self.masked))

    def has_name(self, text: str) -> bool:
        """Return whether a text, such as the name of the file, contains a masked name."""
        return self._names.masked_in_path(text) != text

    def pieces(
        self, places: Iterable[Citation], most: int = manifest.MOST_CABLES
    ) -> Iterator[bytes]:
        """Yield the file in blocks; empty blocks report progress.

        Raises `ArchiveError` and `UsageError`. Raises `UnansweredError` before anything is written.
        """
        try:
            yield from self._pieces(list(places), most)
        finally:
            self._zip.close()
            self._sources.close()

    def _pieces(self, citations: list[Citation], most_cables: int) -> Iterator[bytes]:
        places_by_cable: dict[str, list[Citation]] = {}
        for citation in citations:
            places_by_cable.setdefault(citation.cable.canonical_id, []).append(citation)
        if len(places_by_cable) > most_cables:
            raise UsageError(f"a dossier contains at most {most_cables:,} cables; select fewer")
        self._look_through(places_of_cable[0].cable for places_of_cable in places_by_cable.values())
        for cable_number, places_of_cable in enumerate(places_by_cable.values(), 1):
            self._seal_cable(cable_number, places_of_cable)
            yield b""
        sealed_bundle = self._sealing.bundle
        marks_by_place = _marks_at(citations, sealed_bundle)
        cable_marks = (mark for mark in sealed_bundle.marks if mark.canonical_id in self._cables)
        mark_by_uid = {mark.uid: self._mark(mark) for mark in cable_marks}
        shown_places = [
            self._place(citation, [mark_by_uid[mark.uid].uid for mark in place_marks])
            for citation, place_marks in zip(citations, marks_by_place, strict=True)
        ]
        self._zip.add(manifest.PLACES, [values.places_text(shown_places)])
        self._zip.add(manifest.MARKS, [bundles.dumps(self._bundle(mark_by_uid))])
        log = self._sealing.log
        masked_log = log and search_log.masked(log, self._names.masked_as_typed)
        self._zip.add(manifest.LOG_JSON, [search_log.as_json(masked_log)])
        self._fingerprint = self._sources.fingerprint()
        for path, reveals_name in self._files.items():
            for source_file in self._sources.file(path):
                if source_file is not None:
                    self._source_files.append(self._source(source_file, gives_away=reveals_name))
                yield b""
        for member_name in RENDERERS[NEWEST]:
            self._zip.add_made(member_name, made(NEWEST, member_name, self._value))
            yield b""
        self._zip.add(manifest.NAME, [manifest.dumps(self._manifest())])
        yield from self._zip.pieces()
        self.seal = self._zip.seal

    def _value(self, name: str) -> Any:
        """Return the value of a written member; for the manifest, return its current value."""
        return manifest.value(self._manifest()) if name == manifest.NAME else self._zip.value(name)

    def _look_through(self, cables: Iterable[Cable]) -> None:
        """Determine the names to mask before any text is written.

        Raises `UnansweredError`.
        """
        sealing = self._sealing
        if sealing.reveal:
            return
        self.survey = surveyed(sealing, self._sources, cables)
        if self.survey.open and not sealing.take_proposed:
            raise UnansweredError(self.survey.open)
        self._names = self.survey.all_names

    def _source(self, source: SourceFile, *, gives_away: bool) -> SourceFile:
        """Return a source file without hints to a masked name in its path or digest."""
        masked_path = self._names.masked_in_path(source.path)
        if masked_path != source.path:
            reason = "its path contains a masked name"
        elif gives_away:
            reason = "its fingerprint would reveal a masked name"
        else:
            return source
        return replace(source, path=masked_path, sha256="", why=reason)

    def _seal_cable(self, cable_number: int, citations: list[Citation]) -> None:
        cable = citations[0].cable
        record = self._sources.record(citations[0])
        masked_names = self.survey.masked_in(cable.canonical_id, self._names)
        paragraph_labels = [
            paragraph.label or "" for citation in citations for paragraph in citation.paragraphs
        ]
        if any(not citation.paragraphs for citation in citations):
            paragraph_labels = []
        sealed_raw, gaps_left_out = gaps.with_gaps(record.raw, masked_names)
        is_altered = sealed_raw != record.raw
        paragraphs_left_out: list[Paragraph] = []
        if self._sealing.texts == "paragraphs" and paragraph_labels:
            paragraphs_not_cited = gaps.not_cited(cable, paragraph_labels)
            cut_record = gaps.with_gaps(record.raw, masked_names, paragraphs_not_cited)
            if gaps.stayed(cable, telegram.parse(cut_record[0]), paragraph_labels, masked_names):
                (sealed_raw, gaps_left_out), paragraphs_left_out = cut_record, paragraphs_not_cited
            else:
                self.not_parted.append(cable.reference_id)
        kept_text = gaps.kept(record.raw, paragraphs_left_out)
        new_names = (name for name in self.survey.every if name not in self._used)
        self._used |= {name: None for name in new_names if MaskedNames([name]).spans(kept_text)}
        cited_labels = tuple(dict.fromkeys(paragraph_labels))
        raw_location = record.raw.location
        shown_facts = _as_sealed(sealed_raw, cable, masked_names)
        sealed_cable = SealedCable(
            cable.canonical_id,
            sealed_raw,
            SealedSource(
                masked_names.masked_in_path(raw_location.path),
                record.raw.format,
                raw_location.offset,
                raw_location.length,
                "" if is_altered else record.sha256,
            ),
            cited_labels,
            gaps_left_out,
            values.shown(sealed_raw, shown_facts, cited_labels),
        )
        if is_altered:
            self._masked_paragraphs |= {
                (cable.canonical_id, paragraph.label)
                for paragraph in cable.body.paragraphs
                if masked_names.spans(paragraph.text)
            }
        is_single_cable = record.alone and is_altered
        self._files[record.file] = self._files.get(record.file, False) or is_single_cable
        file_name_part = _UNSAFE.sub("-", cable.canonical_id)[:_LONGEST_NAME]
        member = f"{manifest.CABLES}{cable_number:05}-{file_name_part}.json"
        self._zip.add(member, [dumps(sealed_cable)])
        self._members[cable.canonical_id] = member
        self._cables[cable.canonical_id] = shown_facts, masked_names
        text_extent: Texts = "whole" if sealed_cable.whole else "paragraphs"
        self.entries.append(
            manifest.SealedEntry(
                sealed_raw.reference_id,
                cable.canonical_id,
                member,
                text_extent,
                cited_labels,
                sealed_cable.masked,
            )
        )

    def _place(self, cited: Citation, uids: Sequence[str]) -> dict[str, Any]:
        """Return the data of a place in the sealed text, which may have lost its paragraph."""
        cable, masked_names = self._cables[cited.cable.canonical_id]
        mask_typed_text = self._names.masked_as_typed
        paragraph_by_label = {
            paragraph.label: paragraph for paragraph in reversed(cable.body.paragraphs)
        }
        paragraphs = tuple(
            paragraph_by_label.get(paragraph.label)
            or replace(paragraph, text=masked_names.masked(paragraph.text))
            for paragraph in cited.paragraphs
        )
        masked_notes = (
            replace(note, text=mask_typed_text(note.text), author=mask_typed_text(note.author))
            for note in cited.notes
        )
        masked_citation = replace(
            cited, cable=cable, paragraphs=paragraphs, folder=None, notes=tuple(masked_notes)
        )
        return values.place(self._members[cable.canonical_id], masked_citation, uids)

    def _bundle(self, marks: Mapping[str, Mark]) -> Bundle:
        """Return the bookmarks in their lists; `marks` are by `uid` before masking."""
        ids_by_list: dict[str, list[str]] = {}
        for list_name, mark_uids in self._sealing.bundle.lists.items():
            masked_name = self._names.masked_as_typed(list_name)
            numbered_names = (f"{masked_name} {suffix_number}" for suffix_number in count(2))
            free_name = (
                masked_name
                if masked_name not in ids_by_list
                else next(
                    numbered_name
                    for numbered_name in numbered_names
                    if numbered_name not in ids_by_list
                )
            )
            ids_by_list[free_name] = [marks[uid].uid for uid in mark_uids if uid in marks]
        return Bundle(tuple(marks.values()), ids_by_list)

    def _mark(self, mark: Mark) -> Mark:
        """Return a bookmark without masked names and without facts that reveal them."""
        mask_typed_text = self._names.masked_as_typed
        masked_mark = replace(
            mark, note=mask_typed_text(mark.note), author=mask_typed_text(mark.author)
        )
        if masked_mark != mark:
            masked_mark = replace(masked_mark, uid=uid(masked_mark))
        is_masked_paragraph = (mark.canonical_id, mark.paragraph) in self._masked_paragraphs
        return replace(masked_mark, fingerprint=None) if is_masked_paragraph else masked_mark

    def _manifest(self) -> Manifest:
        """Return the manifest, with the members written so far."""
        sealing = self._sealing
        return Manifest(
            renderer=NEWEST,
            program=f"cable-tui {__version__}",
            sealed=time.strftime(TIME_FORMAT, sealing.moment),
            title=self._names.masked_as_typed(sealing.title),
            texts=sealing.texts,
            names="shown" if sealing.reveal else "masked",
            statements=tuple(self._statements()),
            archive=SealedArchive(self._sources.cables, self._fingerprint),
            sources=tuple(self._source_files),
            cables=tuple(self.entries),
            log="left out" if sealing.log is None else "included",
            members=tuple(sorted(self._zip.members, key=attrgetter("name"))),
        )

    def _statements(self) -> Iterator[str]:
        """Yield the page's statements about protected names, as sentences."""
        if self._sealing.reveal:
            return
        for sentence in self.survey.statements(self.protected, self.masked):
            yield f"{sentence}."
        if self.survey.open:
            yield f"{in_words(self.survey.open)}."


def _marks_at(citations: Sequence[Citation], bundle: Bundle) -> list[list[Mark]]:
    """Return the bookmarks for each place: those of its notes, and plain ones at their first place.

    Each bookmark on a cable in the dossier is assigned to one of the places, so no bookmark is
    omitted from the page.
    """
    unplaced_marks: dict[str, list[Mark]] = {}
    for mark in bundle.marks:
        unplaced_marks.setdefault(mark.canonical_id, []).append(mark)
    marks_by_place: list[list[Mark]] = []
    marks_at_first: dict[str, list[Mark]] = {}
    for citation in citations:
        marks_of_cable = unplaced_marks.get(citation.cable.canonical_id, [])
        notes_of_place = [(note.text, note.author, note.written) for note in citation.notes]
        placed_marks = []
        for mark in marks_of_cable:
            note_key = (mark.note, mark.author, mark.changed)
            is_in_place = paragraph_of(mark, citation.cable) in (citation.paragraphs or (None,))
            if not is_in_place or (mark.note and note_key not in notes_of_place):
                continue
            placed_marks.append(mark)
            if mark.note:
                notes_of_place.remove(note_key)
        unplaced_marks[citation.cable.canonical_id] = [
            mark for mark in marks_of_cable if mark not in placed_marks
        ]
        marks_by_place.append(placed_marks)
        marks_at_first.setdefault(citation.cable.canonical_id, placed_marks)
    for canonical_id, placed_marks in marks_at_first.items():
        placed_marks.extend(unplaced_marks[canonical_id])
    return marks_by_place


def surveyed(sealing: Sealing, sources: Sources, cables: Iterable[Cable]) -> Survey:
    """Survey the cables of a dossier, and the cables that its notes mention.

    The notes are part of the dossier, so the names in the cables that they mention are checked.
    """
    own_cables = list(cables)
    own_ids = {cable.canonical_id for cable in own_cables}
    own_notes = (mark.note for mark in sealing.bundle.marks if mark.canonical_id in own_ids)
    return survey(
        [*own_cables, *sources.quoted(own_notes, own_ids)],
        sealing.masks,
        sealing.answers,
        sources.outside(sealing.answers, own_ids),
        take_proposed=sealing.take_proposed,
    )


def _as_sealed(raw: RawCable, cable: Cable, names: MaskedNames) -> Cable:
    """Return the cable in a sealed record, with facts from the archive."""
    return replace(
        telegram.parse(raw),
        references=tuple(replace(ref, text=names.masked(ref.text)) for ref in cable.references),
        # The dossier has this record alone, and says which it is.
        sources=tuple(
            replace(source, path=names.masked_in_path(source.path), number=1)
            for source in cable.sources
        ),
    )

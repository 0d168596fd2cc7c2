"""The archive as seen by a dossier: records, fingerprints, and comparison with sealed texts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from cable_tui import formats, telegram
from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import catalogue_file, rows
from cable_tui.archive.fingerprint import VERSION, fingerprint, first_fingerprint
from cable_tui.archive.records import differences, packed_files, walk
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.base.cable import Cable, RawCable
from cable_tui.base.errors import ArchiveError, CableTuiError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.packed.member import is_inside, tidy
from cable_tui.formats.sealed_cable import PARTS, SealedCable
from cable_tui.query import parse
from cable_tui.telegram.ids import reference_in
from cable_tui.telegram.people.name_forms import others
from cable_tui.text import crop
from cable_tui.tools.dossiers import values
from cable_tui.tools.dossiers.gaps import WORDS, gaps_of, matches
from cable_tui.tools.dossiers.manifest import SourceFile, SourceRecord
from cable_tui.tools.protection.answers import Answers
from cable_tui.tools.protection.of_archive import answered_cables
from cable_tui.tools.protection.survey import OutsideName, names_asked_for

_PIECE = 1 << 20
_WORDS = pattern(r"[\w/.:#?=&-]{6,200}")
_HELD = "SELECT records FROM file WHERE id = ?"


class ArchiveSources:
    """The records and files of one archive, until `close`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._files = Files(archive.root)
        with archive.reading() as db:
            self.cables = catalogue_file.get_number(db, "count:cable")

    def __enter__(self) -> ArchiveSources:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Implement `Sources.close`."""
        self._files.__exit__()

    def quoted(self, texts: Iterable[str], but: Collection[str]) -> Iterator[Cable]:
        """Implement `Sources.quoted` by means of the reference IDs in the texts."""
        cited_ids = {
            reference[0]
            for text in texts
            for word in _WORDS.findall(text)
            if (reference := reference_in(word)) is not None
        }
        for id_ in self._archive.ids(sorted(cited_ids - set(but))).values():
            with suppress(ArchiveError):  # it cannot be quoted from here
                yield self._archive.cable(id_)

    def outside(self, answers: Answers, but: Collection[str]) -> Iterator[OutsideName]:
        """Implement `Sources.outside`."""
        for answered_cable in answered_cables(self._archive, answers):
            if answered_cable.cable.canonical_id not in but:
                for name in names_asked_for(answered_cable.cable, answered_cable.asked):
                    yield OutsideName(
                        name, (name.name, *others(answered_cable.cable.body.text, [name.name]))
                    )

    def record(self, cited: Citation) -> SourceRecord:
        """Implement `Sources.record`."""
        canonical_id = cited.cable.canonical_id
        with self._archive.reading() as db:
            id_ = rows.ids(db, (canonical_id,)).get(canonical_id, 0)
        task = self._archive.records(id_, cited.read.number if cited.read else 1)[0]
        with self._archive.reading() as db:
            (record_count,) = db.execute(_HELD, (task.file,)).fetchone()
        record_bytes = self._files.read(task)
        raw = self._files.cable(task)
        full_path = walk.full_path(self._archive.root, task.path)
        on_disk = packed_files.on_disk_path(full_path)
        is_alone = record_count == 1 and on_disk == full_path
        return SourceRecord(
            raw, hashlib.sha256(record_bytes).hexdigest(), self._below(on_disk), is_alone
        )

    def fingerprint(self, like: str = "") -> str:
        """Implement `Sources.fingerprint`; if `like` is a fingerprint, use its version."""
        with self._archive.reading() as db:
            if not like or like.startswith(VERSION):
                return fingerprint(db)
            return first_fingerprint(db, self._size)

    def _size(self, task: RecordTask) -> int:
        try:
            raw = self._files.cable(task)
        except (SourceGone, BrokenRecord):
            return 0
        content_extent = formats.content_size(raw.header, raw.body)
        return content_extent.header + content_extent.body

    def file(self, path: str) -> Iterator[SourceFile | None]:
        """Implement `Sources.file`."""
        root = self._archive.root
        if not is_inside(path) or tidy(path) != path:
            raise ArchiveError(f"{path}: not a path inside the archive")
        path_below = b"" if root.is_file() else os.fsencode(path)
        digest, byte_count = hashlib.sha256(), 0
        try:
            with walk.open_regular(walk.full_path(root, path_below)) as stream:
                while file_block := stream.read(_PIECE):
                    digest.update(file_block)
                    byte_count += len(file_block)
                    yield None
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read: {error.strerror or error}") from error
        yield SourceFile(path, byte_count, digest.hexdigest())

    def compare(self, sealed_cable: SealedCable) -> SealedTextCheck:
        """Return whether a sealed text is the same as in one of the cable's records here."""
        with self._archive.reading() as db:
            cable_id = rows.ids(db, (sealed_cable.canonical_id,)).get(sealed_cable.canonical_id)
            record_tasks = [] if cable_id is None else rows.every_record(db, cable_id)
        best_check = SealedTextCheck("missing")
        for task in record_tasks:
            record_path = walk.shown_path(self._archive.root, task.path)
            try:
                archive_raw = self._files.cable(task)
                other_bytes = self._has_other_bytes(sealed_cable, task)
            except (SourceGone, BrokenRecord) as error:
                if best_check.state == "missing":
                    best_check = SealedTextCheck("unread", record_path, (str(error),))
                continue
            difference_words = tuple(_differences(sealed_cable, archive_raw))
            if not difference_words and other_bytes:
                difference_words = ("the bytes of this version",)
            if not difference_words:
                is_exact = all(
                    _same(sealed_cable, archive_raw, part_name, dense=False)
                    for part_name in ("header", "body")
                )
                space_words = () if is_exact else ("spaces or line endings differ",)
                return SealedTextCheck(
                    "same", record_path, (*space_words, *_read_otherwise(sealed_cable))
                )
            if best_check.state != "differs":
                best_check = SealedTextCheck("differs", record_path, difference_words)
        return best_check

    def _has_other_bytes(self, sealed_cable: SealedCable, task: RecordTask) -> bool:
        """Return whether the record at the location of the sealed record has different bytes."""
        source = sealed_cable.source
        record_location = (walk.shown_path(self._archive.root, task.path), task.offset, task.length)
        if not source.sha256 or record_location != (source.path, source.offset, source.length):
            return False
        return hashlib.sha256(self._files.read(task)).hexdigest() != source.sha256

    def _below(self, path: bytes) -> str:
        root = self._archive.root
        full_path = Path(os.fsdecode(path))
        return root.name if full_path == root else full_path.relative_to(root).as_posix()


def finder(archive: Archive, canonical_ids: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that checks whether a query finds one of the cables in this archive."""
    cable_ids = {archive.find(canonical_id) for canonical_id in canonical_ids}

    def finds(query: str) -> bool:
        try:
            return not cable_ids.isdisjoint(archive.search(parse(query), offering=False).ids)
        except CableTuiError:  # a saved search that is gone, an index that is being built
            return False

    return finds


State = Literal["same", "differs", "missing", "unread"]


class SealedTextCheck(NamedTuple):
    """The result of comparing a sealed text with an archive."""

    state: State
    """The result. `missing`: the archive does not contain the cable; `unread`: its file cannot be
    read.
    """
    path: str = ""
    """The path of the compared record: a record with the same text, or else the displayed one."""
    where: tuple[str, ...] = ()
    """The differences, in words; for the same text, differences in spaces and in the facts read
    from it.
    """


def _differences(sealed_cable: SealedCable, raw: RawCable) -> Iterator[str]:
    own_record = sealed_cable.raw
    if "facts" in differences.differing(_without_texts(own_record), _without_texts(raw)):
        yield "the metadata above the text"
    for part_of_cable in PARTS:
        # The first line of the subject is what some containers print beside the text.
        is_absent = part_of_cable == "title" and not (own_record.title and raw.title)
        if not is_absent and not _same(sealed_cable, raw, part_of_cable, dense=True):
            yield _where(sealed_cable, raw) if part_of_cable == "body" else f"the {part_of_cable}"
    if own_record.format == raw.format:
        for list_name in ("articles", "references", "tags", "anchors"):
            if not _same_list(getattr(own_record, list_name), getattr(raw, list_name)):
                yield f"the {list_name} listed by the archive"
        remark_lists = (
            [" ".join(remark_pair) for remark_pair in record.remarks]
            for record in (own_record, raw)
        )
        if not _same_list(*remark_lists):
            yield "the source's remarks"


def _read_otherwise(sealed_cable: SealedCable) -> Iterator[str]:
    """Yield a remark on facts on the page that this version does not read from the same record."""
    sealed_facts = sealed_cable.shown.get("facts")
    if not isinstance(sealed_facts, list):  # version 1 has none; others may have anything
        return
    known_facts = values.shown(sealed_cable.raw, telegram.parse(sealed_cable.raw), ())
    sealed_row_by_key, read_row_by_key = (
        {repr(fact_row): fact_row for fact_row in fact_rows}
        for fact_rows in (sealed_facts, known_facts["facts"])
    )
    differing_rows = [
        {**sealed_row_by_key, **read_row_by_key}[row_key]
        for row_key in sorted(sealed_row_by_key.keys() ^ read_row_by_key.keys())
    ]
    fact_labels = dict.fromkeys(
        str(fact_row[0]) for fact_row in differing_rows if isinstance(fact_row, list) and fact_row
    )
    if known_facts["class"] != sealed_cable.shown.get("class"):
        fact_labels["Classification"] = None
    fact_labels.pop("Sources", None)
    if fact_labels:
        yield f"this version of cable-tui reads its metadata differently: {', '.join(fact_labels)}"


def _without_texts(raw: RawCable) -> RawCable:
    return replace(raw, header="", body="")


def _same(sealed_cable: SealedCable, raw: RawCable, part_name: str, *, dense: bool) -> bool:
    part_gaps = sealed_cable.gaps.get(part_name, ())
    return matches(
        getattr(sealed_cable.raw, part_name), part_gaps, getattr(raw, part_name), dense=dense
    )


def _same_list(sealed_texts: Sequence[str] | None, archive_texts: Sequence[str] | None) -> bool:
    """Return whether two lists from the container are the same, apart from masked names."""
    if sealed_texts is None or archive_texts is None:
        return sealed_texts == archive_texts
    text_pairs = zip(sealed_texts, archive_texts, strict=False)
    return len(sealed_texts) == len(archive_texts) and all(
        matches(sealed_text, gaps_of(sealed_text), archive_text)
        for sealed_text, archive_text in text_pairs
    )


_SHOWN = 40


def _where(sealed_cable: SealedCable, raw: RawCable) -> str:
    """Return the first paragraph that differs, with its words, or `the text`."""
    text_by_label = {
        paragraph.label: paragraph.text for paragraph in telegram.parse(raw).body.paragraphs
    }
    for paragraph in telegram.parse(sealed_cable.raw).body.paragraphs:
        own_words, other_words = (
            paragraph.text.split(),
            text_by_label.get(paragraph.label, "").split(),
        )
        if own_words == other_words or any(
            gap_words in paragraph.text for gap_words in WORDS.values()
        ):
            continue
        numbered_pairs = enumerate(zip(own_words, other_words, strict=False))
        first_difference = next(
            (
                word_index
                for word_index, (own_word, other_word) in numbered_pairs
                if own_word != other_word
            ),
            min(len(own_words), len(other_words)),
        )
        paragraph_name = f"¶{paragraph.label}" if paragraph.label else "an unnumbered paragraph"
        if not other_words:
            return f"{paragraph_name}, which the archive's text does not contain"
        sealed_words, archive_words = (
            crop(" ".join(gap_words[first_difference:]), _SHOWN)
            for gap_words in (own_words, other_words)
        )
        return (
            f"{paragraph_name}: “{sealed_words}” in the dossier, “{archive_words}” in the archive"
        )
    return "the text"

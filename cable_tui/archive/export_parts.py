"""The parts of an exported file, made from the cables of an archive by worker processes.

Reading and parsing a cable takes most of the time of an export, and writing it in its format most
of the rest. Workers do both; the parts arrive in the order of the cables.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.archive.build.worker_pool import Pool, Task, pool_size
from cable_tui.archive.citable import LostCitations, of_cable
from cable_tui.archive.records.read import ENDED
from cable_tui.archive.records.walk import never
from cable_tui.base.errors import ArchiveError
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import Value, replace
from cable_tui.exports.citation import Citation, Ways
from cable_tui.exports.lists import FORMATS, Part, each_once, list_format, unchanged
from cable_tui.library import Mark
from cable_tui.telegram.people.protection_words import asks

FEW_CABLES = 500
"""The number of cables below which starting worker processes takes longer than the work."""
_MOST_WORKERS = 2
"""The maximum number of workers: with more, an export would need more than 300 MB of memory."""
_TASK_CABLES = 50


class ExportPart(NamedTuple):
    """A part of the file, with what the reader is told about its cable."""

    canonical_id: str
    reference_id: str
    requests: int
    """The number of protection requests in the cable."""
    damage: str
    """The warning about a damaged file, or an empty string."""
    part: Part


class ExportSettings(Value):
    """The settings of an export, which are sent to its workers."""

    format: str
    """The name of the format; a tool's own format takes citations."""
    ways: Ways
    folder: Path | None
    """The folder of the archive, for paths; None leaves them out."""

    def parts(self, citations: Iterable[Citation]) -> Generator[ExportPart, None, None]:
        """Yield the part of each citation."""
        make_part = FORMATS[self.format].part if self.format in FORMATS else unchanged
        counted_cable, request_count = "", 0
        for citation in citations:
            cable = citation.cable
            if cable.canonical_id != counted_cable:
                counted_cable, request_count = cable.canonical_id, len(asks(cable.body.text))
            damage = next(
                (warning.message for warning in cable.warnings if warning.code == "damaged"), ""
            )
            part = make_part(replace(citation, folder=self.folder))
            yield ExportPart(cable.canonical_id, cable.reference_id, request_count, damage, part)


class _CableToExport(NamedTuple):
    """A cable with what only the reader's own process knows about it."""

    position: int
    """Its position in the export."""
    id: int
    record: int
    """The number of the record to read."""
    marks: Sequence[Mark]


class _Exported(NamedTuple):
    """The parts of a cable, or the reason why there are none."""

    position: int
    parts: Sequence[ExportPart]
    reason: str = ""


def export_parts(  # noqa: PLR0913 - options by name
    archive: Archive,
    ids: Sequence[int],
    settings: ExportSettings,
    lost: LostCitations,
    marks: Iterable[Mark] = (),
    *,
    stop: Callable[[], bool] = never,
    workers: int | None = None,
) -> Generator[ExportPart, None, None]:
    """Yield the parts of cables in order; close the generator to stop early.

    `marks` are the reader's bookmarks. Many cables are read by worker processes; `workers` sets
    their number, and 0 starts none. Ends early after `stop`. Raises `CacheError`.
    """
    if workers is None:
        workers = pool_size(_MOST_WORKERS) if len(ids) >= FEW_CABLES else 0
    next_position = 0
    with Pool(workers, stop) as pool:
        work = partial(_exported, settings, archive.folder)
        if not workers:
            work = partial(_exported_here, settings, archive)
        tasks = ((archive.root, group) for group in _groups(archive, ids, marks))
        for batch in pool.run(work, tasks, partial(_killed, archive)):
            for exported in batch:
                # A worker killed after its last cable has its task repeated.
                if exported.position < next_position:
                    continue
                next_position = exported.position + 1
                if exported.reason:
                    lost.reasons.append(exported.reason)
                yield from exported.parts


def _groups(
    archive: Archive, ids: Sequence[int], marks: Iterable[Mark]
) -> Iterator[list[_CableToExport]]:
    marks_by_name: dict[str, list[Mark]] = {}
    for mark in marks:
        marks_by_name.setdefault(mark.canonical_id, []).append(mark)
    id_by_name = archive.ids(list(marks_by_name)) if marks_by_name else {}
    marks_by_id = {cable_id: marks_by_name[name] for name, cable_id in id_by_name.items()}
    for first_index in range(0, len(ids), _TASK_CABLES):
        group_ids = ids[first_index : first_index + _TASK_CABLES]
        chosen_records = archive.chosen(group_ids)
        yield [
            _CableToExport(
                position, cable_id, chosen_records.get(cable_id, 1), marks_by_id.get(cable_id, ())
            )
            for position, cable_id in enumerate(group_ids, first_index)
        ]


def _exported(
    settings: ExportSettings, cache_folder: Path, task: Task
) -> Iterator[list[_Exported]]:
    """Yield one batch with the parts of a task's cables, in a worker."""
    yield from _exported_here(settings, _worker_archive(task[0], cache_folder), task)


@cache
def _worker_archive(root: Path, cache_folder: Path) -> Archive:
    """Return the archive of a worker, which stays open until the worker ends.

    Opening it for each task would take a fifteenth of the time.
    """
    return Archive(root, cache_folder)


def _exported_here(
    settings: ExportSettings, archive: Archive, task: Task
) -> Iterator[list[_Exported]]:
    yield [_of_cable(settings, archive, cable) for cable in task[1]]


def _of_cable(settings: ExportSettings, archive: Archive, wanted: _CableToExport) -> _Exported:
    try:
        cable = archive.cable(wanted.id, wanted.record)
    except ArchiveError as error:
        return _Exported(wanted.position, (), str(error))
    citations: Iterable[Citation] = of_cable(archive, cable, settings.ways, wanted.marks)
    if not list_format(settings.format).apart:
        citations = each_once(citations)
    return _Exported(wanted.position, tuple(settings.parts(citations)))


def _killed(archive: Archive, wanted: _CableToExport) -> list[_Exported]:
    """Return the result for a cable that kills every worker that receives it."""
    reference_ids = [row.reference_id for row in archive.rows([wanted.id])]
    name = reference_ids[0] if reference_ids else "a cable"
    return [_Exported(wanted.position, (), f"{name}: {ENDED}")]

"""What the check of a book costs: 400 pages with 1,500 quotations, two of three cited.

One in five has a wrong word in its midst. The quotations are taken from the archive itself.
"""

from __future__ import annotations

import random
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.bounds import bounds_of
from benchmarks.table import MIB, BenchmarkFolders, Effort, Table, table_heading, table_row
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.check import Check, DraftCables

QUOTATIONS = 1_500
GOAL = 30.0
"""Seconds."""
_PROSE = "The embassy had by then lost whatever influence it had with the ministry and its staff. "
_SENTENCES = 4
_SEED = 5
_SEED_OF_LARGE = 7
_WORDS = (
    "the kettle rocks are two stones that show at low water and the keepers met on a pier".split()
)
_OFFICE = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
)
_OFFICE_END = "</office:text></office:body></office:document-content>"


class Cost(NamedTuple):
    """The check of one book."""

    words: int
    quotations: int
    altered: int
    seconds: float
    cpu: float
    memory: int
    """Bytes of the process at most, so far."""


def cost(dump: Path, home: Path) -> Cost:
    """Reading included; the archive is open."""
    with closing(open_archive(dump, home / "cache", readonly=True)) as archive:
        text = "\n\n".join(_book(archive))
        begun, cpu = time.perf_counter(), time.process_time()
        check = Check(archive, what_to_check(markdown.read(text)))
        found = Counter(each.verdict for each in check.findings() if each.kind == "quotation")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
        seconds, spent = time.perf_counter() - begun, time.process_time() - cpu
        return Cost(len(text.split()), found.total(), found["altered"], seconds, spent, memory)


def _book(archive: Archive) -> Iterator[str]:
    chance = random.Random(_SEED)
    with archive.reading() as db:
        ids = [id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY id")]
    chance.shuffle(ids)
    with DraftCables(archive) as cables:
        made = 0
        for id_ in ids:
            cable = next((each.words for each in cables.records(id_)), None)
            long = [
                each
                for each in (cable.cable.body.paragraphs if cable else ())
                if each.label and len(each.text.split()) > _SENTENCES * 3
            ]
            if cable is None or not long:
                continue
            paragraph = chance.choice(long)
            row = paragraph.text.replace('"', "").split()[: chance.randint(8, 30)]
            if made % 5 == 0:
                row[len(row) // 2] = "lamentable"
            place = f" ({cable.cable.reference_id} ¶{paragraph.label})" if made % 3 else ""
            yield f"{_PROSE * _SENTENCES}They wrote: “{' '.join(row)}”{place}."
            made += 1
            if made == QUOTATIONS:
                return


def a_book(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """The check of a draft, with and without citations."""
    del effort
    yield from table_heading(
        "Checking a book of 400 pages",
        "words", "quotations", "altered", "seconds", "of a processor", "MB", "bar, seconds",
    )  # fmt: skip
    book = cost(places.dump, places.home)
    yield table_row(
        f"{book.words:,}",
        f"{book.quotations:,}",
        f"{book.altered:,}",
        f"{book.seconds:.1f}",
        f"{book.cpu:.1f}",
        f"{book.memory / MIB:.0f}",
        f"{GOAL:.0f}",
    )


def large_drafts(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """The largest drafts that are taken."""
    del places
    yield from bounds_of("Large and odd drafts", _large_drafts, effort)


def _large_drafts(folder: Path, part: float) -> Iterator[tuple[str, ...]]:
    chance = random.Random(_SEED_OF_LARGE)

    def some(count: int) -> str:
        return " ".join(chance.choices(_WORDS, k=count))

    count = int(100_000 * part)
    check = ("check", str(folder / "demo"))
    draft = folder / "cited.md"
    draft.write_text("\n\n".join(f"See 05PORTAMBER{i} and 05STATE{i}." for i in range(count)))
    yield f"check, {2 * count:,} citations", *check, str(draft)
    draft = folder / "long.md"
    text = some(int(3_300_000 * part))
    draft.write_text(f"They wrote: “{text}” (05STATE130422).", encoding="utf-8")
    yield f"check, a quotation of {len(text):,} characters", *check, str(draft)
    draft = folder / "cited.odt"
    paragraphs = (f"{some(12)} 05STATE{i}" for i in range(int(190_000 * part)))
    content = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("content.xml", f"{_OFFICE}{content}{_OFFICE_END}")
    yield f"check, {int(190_000 * part):,} paragraphs of LibreOffice", *check, str(draft)


TABLES = (Table("drafts", 160, a_book), Table("bounds", 211, large_drafts))

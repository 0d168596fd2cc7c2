"""What the check of a book costs: 400 pages with 1,500 quotations, two of three cited.

One in five has a wrong word in its midst. The quotations are taken from the archive itself.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

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

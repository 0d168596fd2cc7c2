"""A dossier of three fictional cables, with the archive that they come from played by a table."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from cable_tui import telegram
from cable_tui.base.cable import Cable, Location, RawCable, Source
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, Note
from cable_tui.library import Mark
from cable_tui.library.bundles import Bundle
from cable_tui.library.mark import fingerprint
from cable_tui.tools.dossiers.dossier import SealedDossier, Sealing
from cable_tui.tools.dossiers.manifest import SourceFile, SourceRecord
from cable_tui.tools.protection.answers import Answers
from cable_tui.tools.protection.survey import OutsideName
from tests.telegram.cables import record

THEN = time.gmtime(1_234_567_890)
TOP = "C O N F I D E N T I A L RABAT 0000{n}\n\nSIPDIS\n\nTAGS: PGOV, MO\nSUBJECT: {subject}\n\n"
TEXTS = {
    "09RABAT27": (
        "THE LAMPS OF THE PIER",
        """1. (C) Keeper Ada Pelham (strictly protect) counted <four> lamps & a half.

2. (C) Pelham's boat is red.

3. (C) The third paragraph is of no use.

HALE
""",
    ),
    "09RABAT28": ("ROPES", "1. (C) Ropes lie about.\n\n2. (C) Nobody coils them.\n\nHALE\n"),
    "09RABAT29": ("A BELL", "1. (C) The bell is cracked.\n\nHALE\n"),
}


def raw(name: str) -> RawCable:
    """One of the cables, as a page has it."""
    subject, text = TEXTS[name]
    body = TOP.format(n=name[-2:], subject=subject) + text
    return record(
        body,
        reference_id=name,
        origin="Embassy Rabat",
        title=subject,
        header="FM AMEMBASSY RABAT\n",
        location=Location(f"cable/{name}.html", 0, len(body)),
        anchors=tuple(f"par{number}" for number in range(1, text.count("(C)") + 1)),
    )


def place(name: str, label: str = "", note: str = "") -> Citation:
    """The cable, or a paragraph of it."""
    cable = replace(telegram.parse(raw(name)), sources=(Source(f"{name}.html", "html-page"),))
    cited = tuple(each for each in cable.body.paragraphs if each.label == label)
    notes = (Note(note, "ada", "2026-01-02T03:04:05Z"),) if note else ()
    return Citation(cable, cited, folder=Path("/home/ada/cables"), notes=notes)


def mark(name: str, label: str | None = None, note: str = "") -> Mark:
    """The reader's mark of the same place."""
    cited = place(name, label).paragraphs if label else ()
    return Mark(
        name,
        name,
        label,
        fingerprint(cited[0].text) if cited else None,
        note,
        "ada",
        "2026-01-02T03:04:05Z",
        changed="2026-01-02T03:04:05Z",
        uid=f"{len(note):08}{name[-2:]}{label or '0':0>6}",
    )


class Table:
    """The archive: every cable is a file of its own."""

    cables = 3

    def __init__(self) -> None:
        self.closed = False
        self.named: tuple[OutsideName, ...] = ()

    def quoted(self, texts: Iterable[str], but: Collection[str]) -> Iterator[Cable]:
        del texts, but
        yield from ()

    def outside(self, answers: Answers, but: Collection[str]) -> Iterator[OutsideName]:
        del answers, but
        yield from self.named

    def record(self, cited: Citation) -> SourceRecord:
        name = cited.cable.canonical_id
        return SourceRecord(raw(name), "ab" * 32, f"cable/{name}.html", alone=True)

    def fingerprint(self) -> str:
        return "cd" * 32

    def file(self, path: str) -> Iterator[SourceFile | None]:
        yield None
        yield SourceFile(path, 7, "ef" * 32)

    def close(self) -> None:
        self.closed = True


PLACES = (
    place("09RABAT27", "1", "Was it Pelham who said so?"),
    place("09RABAT28"),
    place("09RABAT27", "2"),
    place("09RABAT29", "1"),
)
MARKS = (
    mark("09RABAT27", "1", "Was it Pelham who said so?"),
    mark("09RABAT28"),
    mark("09RABAT27", "2"),
    mark("09RABAT29", "1"),
    mark("09RABAT99", None, "of no cable here"),
)
BUNDLE = Bundle(MARKS, {"Pelham's lamps": [each.uid for each in MARKS]}, {"all": "lamps"})
SEALING = Sealing("Lamps", BUNDLE, THEN, take_proposed=True)


def sealed(
    folder: Path, sealing: Sealing = SEALING, places: Sequence[Citation] = PLACES
) -> tuple[SealedDossier, Path]:
    """The dossier and its file."""
    dossier = SealedDossier(sealing, Table())
    file = folder / "dossier.zip"
    file.write_bytes(b"".join(dossier.pieces(places)))
    return dossier, file

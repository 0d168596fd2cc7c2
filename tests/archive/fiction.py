"""Fictional cables as rows of a dump and as pages of the site, and an archive made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.catalogue.passes import PASSES, Pass
from cable_tui.base.cable import Location, RawCable
from cable_tui.base.index_state import Progress
from cable_tui.base.value import Value


class Fiction(Value):
    """One cable that nobody sent."""

    id: str = "09RABAT27"
    created: str = "2009-02-13 14:57"
    origin: str = "Embassy Rabat"
    classification: str = "CONFIDENTIAL"
    tags: str = "PGOV, PREL, MO"
    subject: str = "THE LIGHTHOUSE KEEPERS ASK FOR LAMPS"
    ref: str = ""
    text: str = "The keepers met on the pier and asked for new lamps."
    article: str = ""
    addressees: str = "TO RUEHC/SECSTATE WASHDC PRIORITY 8289"

    @property
    def header(self) -> str:
        return (
            "VZCZCXRO1732\nPP RUEHTRO\nDE RUEHRB #0027 0441457\nZNY CCCCC ZZH\nP 131457Z FEB 09\n"
            f"FM AMEMBASSY RABAT\n{self.addressees}\n"
        )

    @property
    def body(self) -> str:
        ref = f"REF: {self.ref}\n\n" if self.ref else ""
        return (
            "C O N F I D E N T I A L RABAT 000027\n\nSIPDIS\n\nE.O. 12958: DECL: 02/12/2019\n"
            f"TAGS: {self.tags}\nSUBJECT: {self.subject}\n\n{ref}1. (C) {self.text}\n"
        )

    @property
    def row(self) -> str:
        day, clock = self.created.split()
        year, month, number = day.split("-")
        fields = (
            "1",
            f"{int(month)}/{int(number)}/{year} {clock}",
            self.id,
            self.origin,
            self.classification,
            "",
            self.header,
            self.body,
        )
        return ",".join(f'"{field}"' for field in fields) + "\n"

    @property
    def page(self) -> str:
        article = f"<p>Articles: <a href='{self.article}'>one</a></p>" if self.article else ""
        header, body = (text.replace("\n", "&#x000A;") for text in (self.header, self.body))
        return (
            "<html><body>\n<div class='pane small'>\n<ul><li>menu</li></ul>\n</div>\n"
            f"<div class='pane big'>\n<h3>Viewing cable {self.id}, {self.subject}</h3>\n{article}\n"
            "<table class='cable'>\n<tr>\n<th>Reference ID</th>\n<th>Created</th>\n"
            "<th>Released</th>\n<th>Classification</th>\n<th>Origin</th>\n</tr>\n<tr>\n"
            f"<td>\n<a href='/cable/{self.id}.html'>{self.id}</a>\n</td>\n"
            f"<td>\n<a href='/date/x_0.html'>{self.created}</a>\n</td>\n"
            "<td>\n<a href='/reldate/x_0.html'>2011-08-24 16:30</a>\n</td>\n"
            f"<td>\n<a href='/classification/1_0.html'>{self.classification}</a>\n</td>\n"
            f"<td>\n<a href='/origin/1_0.html'>{self.origin}</a>\n</td>\n</tr>\n</table>\n"
            f"<code><pre>{header}</pre></code>\n<code><pre>{body}</pre></code>\n"
            "</div>\n</body></html>\n"
        )


def raw_cable(**changed: Any) -> RawCable:
    """A record of a cable as a format gives it."""
    return RawCable(
        **{
            "reference_id": "09RABAT27",
            "created": "2009-02-13 14:57",
            "released": "",
            "classification": "SECRET",
            "origin": "Embassy Rabat",
            "title": "",
            "header": "FM AMEMBASSY RABAT",
            "body": "",
            "format": "html-page",
            "location": Location("a.html", 0, 1),
            **changed,
        }
    )


LAMPS = Fiction()
BRIDGE = Fiction(
    "09CASABLANCA31",
    "2009-03-01 09:20",
    "Consulate Casablanca",
    "UNCLASSIFIED",
    "ETRD, MO",
    "A BRIDGE OF ROPES",
    "RABAT 0027",
    "The bridge of ropes holds forty mules.",
)
GOATS = Fiction("08RABAT990", "2008-12-30 08:20", subject="GOATS ON THE RUNWAY", text="Many goats.")


def write_dump(file: Path, cables: Sequence[Fiction]) -> None:
    """A `cables.csv` of these cables."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(cable.row for cable in cables), encoding="utf-8")


def write_page(folder: Path, cable: Fiction) -> Path:
    """A page of the site's tree."""
    file = folder / "cable" / cable.created[:4] / cable.created[5:7] / f"{cable.id}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(cable.page, encoding="utf-8")
    return file


def many(count: int) -> list[Fiction]:
    """Different cables of one post."""
    return [
        Fiction(f"09RABAT{number}", subject=f"LETTER {number} OF THE LAMPS", text=f"Lamp {number}.")
        for number in range(1, count + 1)
    ]


def build_index(
    path: Path,
    cache: Path,
    *,
    passes: Sequence[Pass] = PASSES,
    echoes: bool = False,
    workers: int = 0,
    pace: Pace = Pace(),  # noqa: B008 - a value
) -> Progress:
    """Index to the end, in this process; the last report."""
    *_, last = index(path, cache, passes=passes, echoes=echoes, workers=workers, pace=pace)
    return last


def opened(path: Path, cache: Path, *, echoes: bool = False) -> Archive:
    """The archive, indexed to the end."""
    build_index(path, cache, echoes=echoes)
    return open_archive(path, cache, readonly=True)


def archive_of(place: Path, *cables: Fiction, pages: bool = False, echoes: bool = False) -> Archive:
    """The archive of some cables, in `cables` and `cache` below a folder: a dump, or pages."""
    for cable in cables if pages else ():
        write_page(place / "cables", cable)
    if not pages:
        write_dump(place / "cables" / "cables.csv", cables)
    return opened(place / "cables", place / "cache", echoes=echoes)


def id_of(archive: Archive, reference: str) -> int:
    """The id of a cable that is here."""
    found = archive.find(reference)
    assert found is not None
    return found


def references(archive: Archive, ids: Iterable[int]) -> list[str]:
    """The reference ids of some cables, in their order."""
    return [row.reference_id for row in archive.rows(list(ids))]


def subjects(archive: Archive) -> dict[str, str]:
    """What the archive holds: subjects by id."""
    with archive.reading() as db:
        ids = [id_ for (id_,) in db.execute("SELECT id FROM cable ORDER BY canonical")]
    return {row.reference_id: row.subject for row in archive.rows(ids)}

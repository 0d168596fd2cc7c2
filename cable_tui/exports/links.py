"""Addresses and hashtags: how others find the cable, or the paragraph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cable_tui.exports.citation import Citation, Ways, day
from cable_tui.exports.repositories import plusd_name, repository

TEMPLATES = {
    "cablegate": "https://wikileaks.org/cable/{year}/{month}/{id}.html{anchor}",
    "plusd": "https://wikileaks.org/plusd/cables/{id}_a.html",
}
"""Addresses of a cable by the name that the settings have for them; `file` is its own file."""
_PLUSD = "https://wikileaks.org/plusd/cables/"


def link(citation: Citation) -> str:
    """The cable's page, at the paragraph or REF line where the page has an anchor for it.

    Empty where the template needs the cable's month and the cable has no date, or its file and
    the folder is not known. A cable of the 1970s was never on the site of Cablegate: its address
    is that of PlusD.
    """
    template = citation.link_template
    if template == "file":
        return _file(citation)
    if template in TEMPLATES and (address := repository(citation).address):
        return address.format(id=citation.cable.reference_id)
    if template == "plusd" or (template == "cablegate" and not repository(citation).cablegate):
        return f"{_PLUSD}{plusd_name(citation.cable.reference_id)}.html"
    template = TEMPLATES.get(template, template)
    created = day(citation.cable.facts.created)
    if created is None and ("{year}" in template or "{month}" in template):
        return ""
    return template.format(
        id=citation.cable.reference_id,
        year=f"{created.year:04}" if created else "",
        month=f"{created.month:02}" if created else "",
        anchor=f"#{citation.anchor}" if citation.anchor else "",
    )


def day_of_reading(citation: Citation, ways: Ways) -> date | None:
    """The day that the reader set, or on which the page of a cable was opened from here."""
    page = link(citation).partition("#")[0]
    opened = {address.partition("#")[0]: each for address, each in ways.opened.items()}
    return ways.accessed or opened.get(page)


def _file(citation: Citation) -> str:
    where = full_path(citation)
    read = citation.read
    if where is None or read is None:
        return ""
    anchor = f"#{citation.anchor}" if citation.anchor and read.format == "html-page" else ""
    return f"{where.absolute().as_uri()}{anchor}"


def full_path(citation: Citation) -> Path | None:
    """The file that was read, where the archive's folder is known."""
    if citation.folder is None or citation.read is None:
        return None
    # An archive may be one file, which its records then name again.
    alone = citation.folder.name == citation.read.path
    return citation.folder if alone else citation.folder / citation.read.path


def path(citation: Citation) -> str:
    """The path of the file that was read; empty where there is none."""
    read = citation.read
    return str(full_path(citation) or (read.path if read else ""))


def hashtags(citation: Citation) -> str:
    """`#cablegate #09CASABLANCA27`, under which cables are discussed."""
    if repository(citation).printed:
        return f"#FRUS {citation.cable.reference_id}"
    return f"#cablegate #{citation.cable.reference_id}"


def share(citation: Citation) -> str:
    """The link and the hashtags on one line."""
    return f"{link(citation)} {hashtags(citation)}".strip()

"""Addresses and hashtags: how others find the cable, or the paragraph."""

from __future__ import annotations

from cable_tui.exports.cited import Citation, day

TEMPLATES = {
    "cablegate": "https://wikileaks.org/cable/{year}/{month}/{id}.html{anchor}",
    "plusd": "https://wikileaks.org/plusd/cables/{id}_a.html",
}
"""Addresses of a cable by the name that the settings have for them."""


def link(citation: Citation) -> str:
    """The cable's page, at the paragraph where the page has an anchor for it.

    Empty where the template needs the cable's month and the cable has no date.
    """
    template = TEMPLATES.get(citation.link_template, citation.link_template)
    created = day(citation.cable.facts.created)
    if created is None and ("{year}" in template or "{month}" in template):
        return ""
    numbered = citation.numbered
    anchor = numbered[0].anchor if numbered else None
    return template.format(
        id=citation.cable.reference_id,
        year=f"{created.year:04}" if created else "",
        month=f"{created.month:02}" if created else "",
        anchor=f"#{anchor}" if anchor else "",
    )


def hashtags(citation: Citation) -> str:
    """`#cablegate #09CASABLANCA27`, under which cables are discussed."""
    return f"#cablegate #{citation.cable.reference_id}"


def share(citation: Citation) -> str:
    """The link and the hashtags on one line."""
    return f"{link(citation)} {hashtags(citation)}".strip()

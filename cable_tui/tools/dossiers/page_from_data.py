"""Make a page from the data of a dossier whose own page is unreliable: `verify --page`.

A dossier of version 1 (0.1.0) has no places in its data. Its places are therefore the places of its
bookmarks and cited paragraphs, in the order of its cables, as this version reads and cites them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cable_tui import __version__, telegram
from cable_tui.base.cable import Cable
from cable_tui.exports.citation import Citation
from cable_tui.library import Mark, bundles, paragraph_of, text_changed
from cable_tui.tools.dossiers import manifest, values
from cable_tui.tools.dossiers.manifest import Manifest
from cable_tui.tools.dossiers.members import Members
from cable_tui.tools.dossiers.rendering import NEWEST, RENDERERS, made

_MADE = (
    f"Made by cable-tui {__version__} from the data of {{}}. The page inside that dossier "
    "may differ."
)


def page(members: Members, stated: Manifest) -> Iterator[bytes]:
    """Yield a page in blocks: the dossier's own page if its renderer is known.

    Raises `UsageError`.
    """
    if stated.renderer in RENDERERS:
        return made(stated.renderer, manifest.PAGE, members.value)
    return made(NEWEST, manifest.PAGE, _OtherData(members, stated).value)


class _OtherData:
    """The members of another renderer's dossier, or of none's, in the newest renderer's format."""

    def __init__(self, members: Members, stated: Manifest) -> None:
        self._members = members
        self._found = stated
        self._member_entries = {sealed_entry.member: sealed_entry for sealed_entry in stated.cables}

    def value(self, name: str) -> Any:
        """Return the value of a member.

        Raises `UsageError`.
        """
        if name == manifest.PLACES and not self._found.renderer:
            return {"places": list(self._places())}
        member_value = self._members.value(name)
        if name == manifest.NAME:
            return self._manifest(member_value)
        member_entry = self._member_entries.get(name)
        if member_entry is None or self._found.renderer:
            return member_value
        raw = self._members.cable(member_entry).raw
        return {**member_value, "shown": values.shown(raw, telegram.parse(raw), member_entry.cited)}

    def _manifest(self, manifest_value: dict[str, Any]) -> dict[str, Any]:
        masking_words = "masked at {} places" if self._found.names == "masked" else "not masked"
        masking_note = masking_words.format(self._found.masked)
        statements = (
            f"Its texts are {self._found.texts}; names are {masking_note}.",
            _MADE.format(self._found.program),
        )
        source_values = (
            {"why": "a masked name could be guessed from it"} | source_value
            for source_value in manifest_value["sources"]
        )
        return {
            "log": "included",
            **manifest_value,
            "statements": [*manifest_value.get("statements", ()), *statements],
            "sources": list(source_values),
        }

    def _cable(self, member: str) -> Cable:
        return telegram.parse(self._members.cable(self._member_entries[member]).raw)

    def _places(self) -> Iterator[dict[str, Any]]:
        marks_content = self._members.content(manifest.MARKS, bundles.LARGEST)
        marks_by_id: dict[str, list[Mark]] = {}
        for mark in bundles.loads(marks_content, manifest.MARKS).marks:
            marks_by_id.setdefault(mark.canonical_id, []).append(mark)
        for member, member_entry in self._member_entries.items():
            cable = self._cable(member)
            paragraph_by_label = {
                paragraph.label: paragraph for paragraph in reversed(cable.body.paragraphs)
            }
            marks_by_label: dict[str | None, list[Mark]] = {
                label: [] for label in member_entry.cited
            }
            for mark in marks_by_id.get(member_entry.canonical_id, ()):
                paragraph = paragraph_of(mark, cable)
                marks_by_label.setdefault(paragraph.label if paragraph else None, []).append(mark)
            for label, marks_of_label in (marks_by_label or {None: []}).items():
                citation = Citation(
                    cable,
                    (paragraph_by_label[label],) if label in paragraph_by_label else (),
                    caution="; ".join(
                        filter(None, (text_changed(mark, cable) for mark in marks_of_label))
                    ),
                )
                yield values.place(member, citation, [mark.uid for mark in marks_of_label])

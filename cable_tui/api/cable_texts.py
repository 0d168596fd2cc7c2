"""A cable for Python, its paragraphs, and passages of it: texts with what must be said of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cable_tui.api.look_up import paragraph_of
from cable_tui.api.row_values import Hit, day_of
from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.base.value import Value
from cable_tui.exports.cable_json import cable_json, fields_of_tools
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import EXPORTS

if TYPE_CHECKING:
    from datetime import date

    from cable_tui.api.asked_protection import AskedProtection, Protection
    from cable_tui.api.opened_cache import OpenedCache
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.base import cable as parsed
    from cable_tui.base.cable import CableWarning, Reference, Span


class SpokenPart(Value):
    """A part of a paragraph that is not simply reported: who speaks in it."""

    kind: str
    """`said` for a sentence that reports a source, `comment` or `note` for the author's own."""
    text: str


class Cable:
    """A whole cable, read in the user's own file."""

    def __init__(self, archive: OpenedCache, key: int, whole: parsed.Cable) -> None:
        self._archive = archive
        self.key = key
        """Its number in the catalogue."""
        self.parsed = whole
        """All that the grammar knows of it: `cable_tui.base.cable.Cable`."""
        facts = whole.facts
        self.ref: str = facts.reference_id
        self.date: date | None = day_of(facts.created)
        self.created: str | None = facts.created or None
        """As exact as the archive has it: `2009-02-13T14:57Z`."""
        self.classification: str | None = facts.classification or None
        self.origin: str | None = facts.origin or None
        self.subject: str | None = whole.subject or None
        self.tags: tuple[str, ...] = whole.tags
        self.text: str = whole.body.text
        """The text as filed."""
        self.references: tuple[Reference, ...] = whole.references
        self.warnings: tuple[CableWarning, ...] = whole.warnings
        """What must be known before quoting."""

    def __repr__(self) -> str:
        return f"<Cable {self.ref}: {self.subject}>"

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """Its paragraphs, by their printed numbers: `paragraphs[3]` is paragraph 3."""
        return Paragraphs(self)

    def cite(self, style: str = "reference") -> str:
        """Return a citation in a style of `cable-tui cite`.

        Raises `UsageError`, `NotFoundError`.
        """
        return self._cited(style, ())

    @cached_property
    def protection(self) -> Protection:
        """Its protection requests, and the names that they protect."""
        return self._archive.protection_of(self.parsed)

    @property
    def requests(self) -> tuple[AskedProtection, ...]:
        """Its protection requests: its texts may name people who must not be named."""
        return self.protection.requests

    @property
    def protected(self) -> tuple[str, ...]:
        """The names that it asks to protect; see `docs/protecting-sources.md`."""
        return self.protection.names

    @cached_property
    def voices(self) -> tuple[tuple[str, Span], ...]:
        """The parts of its text with their speakers; empty if no tool tells them."""
        parts = fields_of_tools(self.text).get("voices", ())
        return tuple((part["kind"], (part["start"], part["end"])) for part in parts)

    def as_json(self) -> dict[str, Any]:
        """Return every field, as `cable-tui show --json` prints it."""
        return cable_json(self.parsed)

    def _cited(self, style: str, paragraphs: tuple[parsed.Paragraph, ...]) -> str:
        if style not in EXPORTS:
            raise UsageError(f"{style}: no such style, choose from {', '.join(EXPORTS)}")
        ways = self._archive.settings
        citation = Citation(
            self.parsed,
            paragraphs,
            ways.link,
            ways.accessed,
            folder=self._archive.inner.root,
            templates=ways.templates,
        )
        if text := EXPORTS[style].function(citation):
            return text
        raise NotFoundError(f"{self.ref} has no {EXPORTS[style].label}")


class _Part:
    """A part of a cable: it can be cited, and says what is protected."""

    cable: Cable
    _at: tuple[parsed.Paragraph, ...]
    text: str

    def cite(self, style: str = "reference") -> str:
        """Return a citation of it, as `Cable.cite` does of the whole."""
        return self.cable._cited(style, self._at)

    @property
    def requests(self) -> tuple[AskedProtection, ...]:
        """The protection requests of the whole cable: another paragraph may ask for a name here."""
        return self.cable.requests

    @property
    def protected(self) -> tuple[str, ...]:
        """The protected names of the cable that its text has."""
        text = " ".join(self.text.split()).casefold()
        return tuple(name for name in self.cable.protected if name.casefold() in text)


class Paragraph(_Part):
    """A paragraph of a cable."""

    def __init__(self, cable: Cable, paragraph: parsed.Paragraph) -> None:
        self.cable = cable
        self._at = (paragraph,)
        self.label: str | None = paragraph.label
        """Its printed number; None before the first numbered one."""
        self.ref = f"{cable.ref}#{paragraph.label}" if paragraph.label else cable.ref
        self.marking: str | None = paragraph.marking
        """Its portion marking without brackets: `C/NF`."""
        self.heading: str | None = paragraph.heading
        self.text: str = paragraph.text
        self.span: Span = paragraph.span
        """Its position in `Cable.text`."""

    def __repr__(self) -> str:
        return f"<Paragraph {self.ref}>"

    @property
    def voices(self) -> tuple[SpokenPart, ...]:
        """Who speaks in it, where a sentence reports a source or the author comments."""
        first, last = self.span
        voices, body = self.cable.voices, self.cable.text
        spans = [(kind, max(start, first), min(end, last)) for kind, (start, end) in voices]
        return tuple(
            SpokenPart(kind, " ".join(body[start:end].split()))
            for kind, start, end in spans
            if start < end
        )


class Paragraphs:
    """The paragraphs of a cable in order; `[3]` and `["3"]` are paragraph 3, as it is printed."""

    def __init__(self, cable: Cable) -> None:
        self._cable = cable

    def __len__(self) -> int:
        return len(self._cable.parsed.body.paragraphs)

    def __iter__(self) -> Iterator[Paragraph]:
        return (Paragraph(self._cable, each) for each in self._cable.parsed.body.paragraphs)

    def __getitem__(self, number: int | str) -> Paragraph:
        """Return the paragraph with a printed number. Raises `NotFoundError`."""
        return Paragraph(self._cable, paragraph_of(self._cable.parsed, str(number)))


class Passage(_Part):
    """The best passage of a cable for the words of a query."""

    shown = ("ref", "date", "classification", "text")

    def __init__(self, archive: OpenedCache, hit: Hit, found: FoundPassage) -> None:
        self._archive = archive
        self._id = found.id
        self._record = found.record
        self.hit = hit
        """The facts of its cable."""
        self.label = found.label
        """The number of its paragraph; None if it has none."""
        self.ref = f"{hit.ref}#{found.label}" if found.label else hit.ref
        self.date = hit.date
        self.classification = hit.classification
        self.text = found.text
        """The passage on one line, with an ellipsis where it was cut: never quote from it, but from
        its paragraph."""
        self.places = found.places
        """The matches, as offsets in `text`."""

    def __repr__(self) -> str:
        return f"<Passage {self.ref}: {self.text}>"

    @cached_property
    def cable(self) -> Cable:  # type: ignore[override]
        """The whole cable, in the version that has the passage. Raises `NotFoundError`."""
        return Cable(self._archive, self._id, self._archive.inner.cable(self._id, self._record))

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that it is from; None if it stands above the first one."""
        return None if self.label is None else self.cable.paragraphs[self.label]

    @property
    def _at(self) -> tuple[parsed.Paragraph, ...]:  # type: ignore[override]
        return () if self.label is None else (paragraph_of(self.cable.parsed, self.label),)

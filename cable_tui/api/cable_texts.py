"""A cable for Python, its paragraphs and passages, with their warnings and protected names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cable_tui.api.row_values import Hit, day_of
from cable_tui.archive.look_up import paragraph_of
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
    """A part of a paragraph in which a source or the author speaks."""

    kind: str
    """`said` for a sentence that reports a source; `comment` or `note` for the author's own
    remarks.
    """
    text: str


class Cable:
    """A whole cable, read from the user's own file."""

    def __init__(self, archive: OpenedCache, key: int, whole: parsed.Cable) -> None:
        self._archive = archive
        self.key = key
        """The cable's number in the catalogue."""
        self.parsed = whole
        """The cable with everything that was parsed from it: `cable_tui.base.cable.Cable`."""
        facts = whole.facts
        self.ref: str = facts.reference_id
        self.date: date | None = day_of(facts.created)
        self.created: str | None = facts.created or None
        """When the cable was sent, as precisely as in the archive: `2009-02-13T14:57Z`."""
        self.classification: str | None = facts.classification or None
        self.origin: str | None = facts.origin or None
        self.subject: str | None = whole.subject or None
        self.tags: tuple[str, ...] = whole.tags
        self.text: str = whole.body.text
        """The text of the cable as filed."""
        self.references: tuple[Reference, ...] = whole.references
        self.warnings: tuple[CableWarning, ...] = whole.warnings
        """What the reader must know before quoting the cable."""

    def __repr__(self) -> str:
        return f"<Cable {self.ref}: {self.subject}>"

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """The cable's paragraphs by their printed numbers: `paragraphs[3]` is paragraph 3."""
        return Paragraphs(self)

    def cite(self, style: str = "reference") -> str:
        """Return a citation of the cable in a style of `cable-tui cite`.

        Raises `UsageError` for an unknown style, and `NotFoundError` if the cable has no such
        citation.
        """
        return self._cited(style, ())

    @cached_property
    def protection(self) -> Protection:
        """The protection requests in the cable, and the names that they protect."""
        return self._archive.protection_of(self.parsed)

    @property
    def requests(self) -> tuple[AskedProtection, ...]:
        """The cable's protection requests: it may contain names that must not be published."""
        return self.protection.requests

    @property
    def protected(self) -> tuple[str, ...]:
        """The names that the cable asks to protect; see `docs/protecting-sources.md`."""
        return self.protection.names

    @cached_property
    def voices(self) -> tuple[tuple[str, Span], ...]:
        """The parts of the text with their speakers; empty if no tool finds the speakers."""
        parts = fields_of_tools(self.text).get("voices", ())
        return tuple((part["kind"], (part["start"], part["end"])) for part in parts)

    def as_json(self) -> dict[str, Any]:
        """Return every field of the cable, as `cable-tui show --json` prints it."""
        return cable_json(self.parsed)

    def _cited(self, style: str, paragraphs: tuple[parsed.Paragraph, ...]) -> str:
        if style not in EXPORTS:
            raise UsageError(f"{style}: there is no such style. Choose from {', '.join(EXPORTS)}")
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
    """A part of a cable, which can be cited and lists the protected names in its text."""

    cable: Cable
    _at: tuple[parsed.Paragraph, ...]
    text: str

    def cite(self, style: str = "reference") -> str:
        """Return a citation of this part, in the styles of `Cable.cite`."""
        return self.cable._cited(style, self._at)

    @property
    def requests(self) -> tuple[AskedProtection, ...]:
        """The requests in the whole cable, because a request may be in another paragraph."""
        return self.cable.requests

    @property
    def protected(self) -> tuple[str, ...]:
        """The protected names of the cable that occur in this part."""
        text = " ".join(self.text.split()).casefold()
        return tuple(name for name in self.cable.protected if name.casefold() in text)


class Paragraph(_Part):
    """A paragraph of a cable."""

    def __init__(self, cable: Cable, paragraph: parsed.Paragraph) -> None:
        self.cable = cable
        self._at = (paragraph,)
        self.label: str | None = paragraph.label
        """The printed number of the paragraph, or None if it has none."""
        self.ref = f"{cable.ref}#{paragraph.label}" if paragraph.label else cable.ref
        self.marking: str | None = paragraph.marking
        """The portion marking of the paragraph, without brackets: `C/NF`."""
        self.heading: str | None = paragraph.heading
        self.text: str = paragraph.text
        self.span: Span = paragraph.span
        """The position of the paragraph in `Cable.text`."""

    def __repr__(self) -> str:
        return f"<Paragraph {self.ref}>"

    @property
    def voices(self) -> tuple[SpokenPart, ...]:
        """The parts of the paragraph in which a source is reported or the author comments."""
        first, last = self.span
        voices, body = self.cable.voices, self.cable.text
        spans = [(kind, max(start, first), min(end, last)) for kind, (start, end) in voices]
        return tuple(
            SpokenPart(kind, " ".join(body[start:end].split()))
            for kind, start, end in spans
            if start < end
        )


class Paragraphs:
    """The paragraphs of a cable in order; `[3]` and `["3"]` return the paragraph numbered 3."""

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
    """The passage of a cable that best matches the words in a query."""

    shown = ("ref", "date", "classification", "text")

    def __init__(self, archive: OpenedCache, hit: Hit, found: FoundPassage) -> None:
        self._archive = archive
        self._id = found.id
        self._record = found.record
        self.hit = hit
        """The metadata of the cable that contains the passage."""
        self.label = found.label
        """The number of the passage's paragraph, or None if the paragraph has none."""
        self.ref = f"{hit.ref}#{found.label}" if found.label else hit.ref
        self.date = hit.date
        self.classification = hit.classification
        self.text = found.text
        """The passage on one line, with an ellipsis where it was cut. Quote from its paragraph,
        never from this text.
        """
        self.places = found.places
        """The positions of the matches, as offsets in `text`."""

    def __repr__(self) -> str:
        return f"<Passage {self.ref}: {self.text}>"

    @cached_property
    def cable(self) -> Cable:  # type: ignore[override]
        """The whole cable, in the version that contains the passage. Raises `NotFoundError`."""
        return Cable(self._archive, self._id, self._archive.inner.cable(self._id, self._record))

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that contains the passage, or None if it is above the first one."""
        return None if self.label is None else self.cable.paragraphs[self.label]

    @property
    def _at(self) -> tuple[parsed.Paragraph, ...]:  # type: ignore[override]
        return () if self.label is None else (paragraph_of(self.cable.parsed, self.label),)

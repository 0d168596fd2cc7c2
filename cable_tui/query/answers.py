"""What an archive answers: values that the engine makes, and the room and the commands show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from cable_tui.base.cable import Span
from cable_tui.base.value import Value, field
from cable_tui.query.fields import FIELDS
from cable_tui.query.model import Complaint, Query

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Moment, OrNull

EVERYTHING = Query()
"""The query without terms."""
FIRST_ROWS = 60
"""Rows that come with an answer, or are painted before it: screens have no more."""
Counted = tuple[tuple[str, int], ...]
"""Words with their numbers of cables."""


class CableFacts(Value):
    """The facts of a cable in an answer as JSON, before what it was found for."""

    reference_id: Filled
    """As the archive gives it, such as 09CASABLANCA27."""
    created: OrNull[Moment]
    """When it was sent: to the minute or the hour in UTC, to the minute without a Z where an
    edition prints the time of the place, or the day; null where nothing valid is known."""
    classification: str
    """CONFIDENTIAL, SECRET//NOFORN ...; as the archive gives it, and empty where it gives none."""
    origin: str
    """The post or office that sent it."""
    subject: str
    """On one line, without its portion marking; empty where there is none."""


class CableRow(Value):
    """One line of the list."""

    id: int
    reference_id: str
    canonical_id: str
    created: str
    classification: str
    origin: str
    subject: str
    """The subject; empty until the grammar has read the cable."""
    tags: tuple[str, ...]
    """Its TAGS; none in the rows of the first paint, which do not show them."""
    parsed: bool = True
    """Whether the grammar has read the cable: an empty subject means that the cable has none."""
    new: bool = False
    """Whether the cable came with the last addition to the archive."""
    versions: bool = False
    """Whether the archive has several records of it."""
    redacted: bool = False
    """Whether words of it are blacked out."""
    record: int = 0
    """The number of the record that has the words of the query, if the shown one does not have
    them."""


class Count(Value):
    """One value of a facet and its number of cables."""

    value: str
    """The value as filed; for a date, a year `2009`, a month `2009-02` or a day."""
    title: str
    """The meaning of the value, or empty."""
    count: Annotated[int, ("minimum", 0)]
    """Cables."""


Counts = Mapping[str, Sequence[Count]]
"""Values with counts, by facet."""


class Correction(Value):
    """A word that the archive lacks, and the words used instead."""

    word: str
    """The word as typed."""
    used: Counted
    """The best first; empty if no word is near."""


class Variants(Value):
    """A word that the archive has, and other words that were searched for as well."""

    word: str
    """The word as typed."""
    also: Counted
    """The most frequent first."""


class Offer(Value):
    """A word that the archive has, with near neighbours that are much more frequent."""

    word: str
    """The word as typed."""
    count: int
    """The number of cables that have it."""
    also: Counted
    """The neighbours, the most frequent first."""


class Highlighting(Protocol):
    """The highlights: finds in any text the matches to highlight."""

    def spans(self, text: str) -> list[Span]:
        """Return ranges of characters that matched, in order."""

    def places(self, body: str) -> list[Span]:
        """Return the matches in a whole body, where it matters who says a word."""


class NoHighlights(Value):
    """The `Highlighting` of a query without words."""

    def spans(self, _: str) -> list[Span]:
        """Return no positions."""
        return []

    places = spans


class NamedCable(Value):
    """The cable that a query names."""

    reference_id: str
    id: int | None
    """The cable's id in the catalogue; None if the archive does not have it."""
    with_words: bool
    """Whether the query has no year: other cables are found by its words too."""
    first: bool = False
    """Whether the cable is the first of the answer, as it is in the order of relevance."""

    def sentence(self, count: int) -> str:
        """Return the sentence on it for an answer of `count` cables."""
        from cable_tui.text.numbers import counted  # the first list on the screen needs none

        other_cables = count - (self.id is not None)
        name_or_names = "name" if other_cables != 1 else "names"
        cables = counted(other_cables, "cable")
        which_cables = (
            f"{cables} with these words" if self.with_words else f"{cables} that {name_or_names} it"
        )
        if self.id is None:
            return f"{self.reference_id} is not in this archive; {cables} {name_or_names} it"
        if not other_cables:
            return f"{self.reference_id} alone: no other cable names it"
        return f"{self.reference_id}{' first, then' if self.first else ' and'} {which_cables}"


_NAMES = {
    "subject": "subject",
    "summary": "summary",
    "body": "body",
    "header": "header",
    "from": "sender",
    "to": "action addressee",
    "info": "info addressee",
    "signed": "signature",
}
_PLURALS = {"body": "bodies", "title of a TAG": "titles of TAGS"}


class Absence(Value):
    """A part of a query that no cable has."""

    part: str
    """Its text."""
    here: Counted = ()
    """Values that exist, the most frequent first, ordered ones from the lowest."""
    more: bool = False
    """Whether there are more values than these."""
    elsewhere: Counted = ()
    """Other texts of cables that have the words: their names in the singular, and cables."""
    field: str = ""
    """The text that lacks the words; empty for a filter."""
    instead: str = ""
    """The filter that has this value; empty if none has."""

    @property
    def sentence(self) -> str:
        """`tag:ZZZZ: no cable has it; this archive has PREL, PGOV …`, on one line."""
        from cable_tui.text.numbers import counted  # the first list on the screen needs none

        sentence = f"no cable has {self.part}"
        if self.elsewhere:
            places = ", ".join(
                counted(count, name, _PLURALS.get(name, f"{name}s"))
                for name, count in self.elsewhere
            )
            field = _NAMES.get(self.field) or FIELDS[self.field].noun
            sentence = f"{self.part}: in no {field}, but in {places}"
        if self.instead:
            return f"{sentence}; did you mean {self.instead}?"
        values = ", ".join(value for value, _ in self.here)
        return (
            f"{sentence}; this archive has {values}{' …' if self.more else ''}"
            if values
            else sentence
        )


class Copies(Value):
    """The cables of a list that are near-copies of an earlier one."""

    under: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The further near-copies in the order of the list, by the first cable of their group."""
    places: Sequence[int] = ()
    """The positions of these others in the list, in order."""


class Hits(Value):
    """The answer to a query."""

    ids: Sequence[int] = ()
    """Ids of the cables in order; the first ones only if a limit was given. In a list that folds
    near-copies, the rows."""
    count: int = 0
    """The number of all cables that it finds."""
    partial: bool = False
    """Whether a pass that the query needs is not complete for the archive."""
    corrections: tuple[Correction, ...] = ()
    offers: tuple[Offer, ...] = ()
    highlights: Highlighting = field(default_factory=NoHighlights)
    also: tuple[Variants, ...] = ()
    """Words that were searched for in addition to the query's: forms and spellings of a name."""
    complaints: tuple[Complaint, ...] = ()
    """Unknown lists and saved searches; columns are those of the query's text."""
    query: Query = EVERYTHING
    named: NamedCable | None = None
    """The cable that the query is the reference ID of; it comes first in the order of relevance."""
    absent: tuple[Absence, ...] = ()
    """Parts of the query that no cable has, and what there is instead."""
    rows: Mapping[int, CableRow] = field(default_factory=dict)
    """Rows of the first cables by their ids: a list is painted as soon as its answer is here."""
    copies: Copies = field(default_factory=Copies)
    """The near-copies, if they were looked for."""
    unfolded: Sequence[int] | None = None
    """All cables in their order, if rows represent near-copies too; None if `ids` are all."""
    folded: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The rows that represent near-copies, with these near-copies."""
    below: frozenset[int] = frozenset()
    """Near-copies that are listed below their row."""

    @property
    def every(self) -> Sequence[int]:
        """All cables that were found, including folded ones."""
        return self.ids if self.unfolded is None else self.unfolded

    @property
    def hidden(self) -> int:
        """Number of cables that are folded."""
        return len(self.every) - len(self.ids)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on how the query was read, if it may not be what the reader meant."""
        named_cable = () if self.named is None else (self.named.sentence(self.count),)
        return *named_cable, *self.query.remarks


class Reason(Value):
    """One part of a query that finds nothing, with the number of cables without it."""

    part: str
    """Its text; filters of one prefix, which are alternatives, are one part."""
    without: Query
    """The rest of the query."""
    count: int
    """The number of cables that it finds."""


class Timeline(Value):
    """Numbers of cables, one for each month or day, without gaps; empty without any date."""

    starts: tuple[str, ...] = ()
    """Months or days: `2009-02`, or `2009-02-13`."""
    hits: tuple[int, ...] = ()
    """Cables of the query, without its own range of dates."""
    whole: tuple[int, ...] = ()
    """Cables of the archive: if it has none then, the absence of hits means nothing."""
    unit: Literal["month", "day"] = "month"


class Jump(Value):
    """Something that the text of the bar may name: Enter goes there instead of searching."""

    label: str
    """The label that the reader sees."""
    reference: str = ""
    """The canonical id of a cable to open, or empty."""
    paragraph: str | None = None
    """Label, as in `#par3`."""
    text: str = ""
    """A query to write into the bar, if it is not a cable."""
    completes: bool = False
    """Whether it completes the text, which then waits for more."""
    sure: bool = False
    """Whether the text can hardly mean anything else: Enter takes it at once."""
    score: float = 0.0
    """How near the text is to its name, 0 to 100."""

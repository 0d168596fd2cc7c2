"""The answers to queries: the engine creates these values, and the room and commands show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from cable_tui.base.cable import Span
from cable_tui.base.value import Value, field
from cable_tui.query.fields import FIELDS
from cable_tui.query.model import Complaint, Query
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Moment, OrNull

EVERYTHING = Query()
"""The query without terms, which finds every cable."""
FIRST_ROWS = 60
"""The number of rows sent with an answer or painted before it; no screen is taller."""
Counted = tuple[tuple[str, int], ...]
"""Words, each with the number of cables that contain it."""


class CableFacts(Value):
    """The facts of a cable in a JSON answer, before the fields that depend on the question."""

    reference_id: Filled
    """The reference ID as the archive spells it, such as 09CASABLANCA27."""
    created: OrNull[Moment]
    """When the cable was sent: to the minute or the hour in UTC; to the minute without a Z if the
    edition prints the sender's local time; or the day. Null if no valid date is known.
    """
    classification: str
    """The classification as the archive spells it, such as CONFIDENTIAL or SECRET//NOFORN; empty if
    the archive does not state a classification.
    """
    origin: str
    """The post or office that sent the cable."""
    subject: str
    """The subject on one line, without its portion marking; empty if there is none."""


class CableRow(Value):
    """One row of the list of cables."""

    id: int
    reference_id: str
    canonical_id: str
    created: str
    classification: str
    origin: str
    subject: str
    """The subject; empty until the grammar has parsed the cable."""
    tags: tuple[str, ...]
    """The cable's TAGS; empty in the rows of the first paint, which do not show TAGS."""
    parsed: bool = True
    """Whether the grammar has parsed the cable. If so, an empty subject means that the cable has
    none.
    """
    new: bool = False
    """Whether the cable was added by the last update of the archive."""
    versions: bool = False
    """Whether the archive has several records of the cable."""
    redacted: bool = False
    """Whether any words in the cable are blacked out."""
    record: int = 0
    """The number of the record that contains the words in the query, if the displayed record does
    not contain them, or else 0.
    """


class Count(Value):
    """One value of a facet, and the number of cables with that value."""

    value: str
    """The value as stored; for a date facet, a year such as `2009`, a month such as `2009-02`, or a
    day.
    """
    title: str
    """The meaning of the value, such as the title of a TAG, or an empty string."""
    count: Annotated[int, ("minimum", 0)]
    """The number of cables with this value."""


Counts = Mapping[str, Sequence[Count]]
"""The values of each facet with their counts, keyed by facet name."""


class Correction(Value):
    """A word that the archive does not contain, and the words used in its place."""

    word: str
    """The word as typed."""
    used: Counted
    """The replacements, best first; empty if no known word is similar."""


class Variants(Value):
    """A word that the archive contains, and the other words that the search included."""

    word: str
    """The word as typed."""
    also: Counted
    """The other words, most frequent first."""


class Offer(Value):
    """A word that the archive contains, with similar words that are much more frequent."""

    word: str
    """The word as typed."""
    count: int
    """The number of cables that contain the word."""
    also: Counted
    """The similar words, most frequent first."""


class Highlighting(Protocol):
    """The interface that finds the matches of a query in any text, to highlight them."""

    def spans(self, text: str) -> list[Span]:
        """Return the ranges of matching characters, in order."""

    def places(self, body: str) -> list[Span]:
        """Return the matches in a whole body, for queries that depend on who speaks."""


class NoHighlights(Value):
    """The `Highlighting` of a query that has no words."""

    def spans(self, _: str) -> list[Span]:
        """Return an empty list."""
        return []

    places = spans


class NamedCable(Value):
    """The cable whose reference ID is the text of a query."""

    reference_id: str
    id: int | None
    """The cable's id in the catalogue, or None if the cable is not in the archive."""
    with_words: bool
    """Whether the query also finds other cables by its words, because the reference ID has no year.
    """
    first: bool = False
    """Whether the cable is the first in the answer, as in the order of relevance."""

    def sentence(self, count: int) -> str:
        """Return the sentence about the cable if `count` cables are found."""
        from cable_tui.text.numbers import counted  # the first list on the screen needs none

        other_cables = count - (self.id is not None)
        mention_or_mentions = "mention" if other_cables != 1 else "mentions"
        cables = counted(other_cables, "cable")
        which_cables = (
            f"{cables} with these words"
            if self.with_words
            else f"{cables} that {mention_or_mentions} it"
        )
        if self.id is None:
            return f"{self.reference_id} is not in this archive; {cables} {mention_or_mentions} it"
        if not other_cables:
            return f"only {self.reference_id}: no other cable cites it"
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
    """A part of a query that matches no cable."""

    part: str
    """The text of this part of the query."""
    here: Counted = ()
    """Values of the facet that exist, most frequent first, or lowest first if they are ordered."""
    more: bool = False
    """Whether there are more values than those listed."""
    elsewhere: Counted = ()
    """Other fields that contain the words, as the name of each in the singular with the number of
    cables.
    """
    field: str = ""
    """The field that does not contain the words, or an empty string for a filter."""
    instead: str = ""
    """The filter that does have this value, to suggest, or an empty string."""

    @property
    def sentence(self) -> str:
        """The sentence on one line, such as `tag:ZZZZ: no cable has it.

        This archive has PREL, PGOV …`.
        """
        from cable_tui.text.numbers import counted  # the first list on the screen needs none

        is_flag = self.part.lstrip("-").startswith(("has:", "is:"))
        sentence = f"no cable {'matches' if is_flag else 'has'} {self.part}"
        if self.part == "is:new":
            sentence = "the last update added no cables (is:new)"
        if self.elsewhere:
            other_fields = ", ".join(
                counted(cable_count, name, _PLURALS.get(name, f"{name}s"))
                for name, cable_count in self.elsewhere
            )
            field_noun = _NAMES.get(self.field) or FIELDS[self.field].noun
            sentence = f"{self.part}: not found in any {field_noun}, but in {other_fields}"
        if self.instead:
            return f"{sentence}; did you mean {self.instead}?"
        existing_values = ", ".join(value for value, _ in self.here)
        return (
            f"{sentence}; this archive has {existing_values}{' …' if self.more else ''}"
            if existing_values
            else sentence
        )


class Copies(Value):
    """The cables in a list that are near-duplicates of an earlier cable in it."""

    under: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The other near-duplicates in each group, keyed by the group's first cable, in list order."""
    places: Sequence[int] = ()
    """The positions of the other near-duplicates in the list, in order."""


class Hits(Value):
    """The answer to a query."""

    ids: Sequence[int] = ()
    """The ids of the cables in order; only the first ids if there is a limit, and only the rows if
    the list folds near-duplicates.
    """
    count: int = 0
    """The total number of cables that match the query."""
    partial: bool = False
    """Whether a pass over the archive that the query needs is not finished."""
    corrections: tuple[Correction, ...] = ()
    offers: tuple[Offer, ...] = ()
    highlights: Highlighting = field(default_factory=NoHighlights)
    also: tuple[Variants, ...] = ()
    """Words that the search included in addition to the query's own: other forms and spellings."""
    complaints: tuple[Complaint, ...] = ()
    """Complaints about unknown lists and saved searches; their columns are positions in the query's
    text.
    """
    query: Query = EVERYTHING
    named: NamedCable | None = None
    """The cable whose reference ID is the query; it is first in the order of relevance."""
    absent: tuple[Absence, ...] = ()
    """The parts of the query that match no cable, with values that do exist."""
    rows: Mapping[int, CableRow] = field(default_factory=dict)
    """The rows of the first cables by id, so that the list can be painted immediately."""
    copies: Copies = field(default_factory=Copies)
    """The near-duplicates, if the search looked for them."""
    unfolded: Sequence[int] | None = None
    """All cables in order, if a row may represent several near-duplicates, or None if `ids`
    contains all of them.
    """
    folded: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The ids of the near-duplicates that each row represents, keyed by the row's id."""
    below: frozenset[int] = frozenset()
    """The near-duplicates that are listed below the row that represents them."""
    population: int | None = None
    """The number of cables from which the sample of the query was drawn, or None if there is no
    sample.
    """

    @property
    def every(self) -> Sequence[int]:
        """All cables that match the query, including folded near-duplicates."""
        return self.ids if self.unfolded is None else self.unfolded

    @property
    def hidden(self) -> int:
        """The number of cables folded into other rows."""
        return len(self.every) - len(self.ids)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on how the query was understood, in case the reader meant something else."""
        named_cable = () if self.named is None else (self.named.sentence(self.count),)
        return *named_cable, *filter(None, (self.sample,)), *self.query.remarks

    @property
    def is_sample(self) -> bool:
        """Whether the hits are a sample of more cables."""
        return self.population is not None and self.count < self.population

    @property
    def sample(self) -> str:
        """A phrase such as `a sample of 200 of 3,412`, or an empty string if there is no sample."""
        if self.population is None or self.query.sample is None:
            return ""
        if not self.is_sample:
            return f"all {counted(self.population, 'cable')}, not only a sample"
        by_year = ", drawn from each year" if self.query.sample.by_year else ""
        return f"a sample of {self.count:,} of {self.population:,}{by_year}"


class Reason(Value):
    """A part of a query that finds no cables, and the number of cables found without that part."""

    part: str
    """The text of the part; alternative filters with the same prefix count as one part."""
    without: Query
    """The query without this part."""
    count: int
    """The number of cables that the query finds without this part."""


class Timeline(Value):
    """The number of cables in each month or day, without gaps; empty if no cable has a date."""

    starts: tuple[str, ...] = ()
    """The months or days, such as `2009-02` or `2009-02-13`."""
    hits: tuple[int, ...] = ()
    """For each month or day, the number of cables that match the query without its date range."""
    whole: tuple[int, ...] = ()
    """For each month or day, the number of cables in the archive. If it is 0, the lack of hits
    proves nothing.
    """
    unit: Literal["month", "day"] = "month"


class Jump(Value):
    """A target that the text in the search bar may refer to.

    Enter opens the target instead of searching.
    """

    label: str
    """The label that the reader sees."""
    reference: str = ""
    """The canonical id of the cable to open, or an empty string."""
    paragraph: str | None = None
    """The label of a paragraph, such as `3` for `#par3`, or None."""
    text: str = ""
    """The query to write into the bar if the target is not a cable."""
    completes: bool = False
    """Whether choosing the jump only completes the text in the bar, which then waits for more
    input.
    """
    sure: bool = False
    """Whether the text almost certainly means this target, so that Enter follows the jump
    immediately.
    """
    score: float = 0.0
    """The similarity of the text to the target's name, from 0 to 100."""

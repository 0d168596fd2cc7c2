"""The values of a chain: the cables linked to one by citations, dated, with the citing sentences.

A cable that is cited and not in the archive is a hole: an entry without a text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from cable_tui.base.cable import ReferenceSource, how_cited
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.telegram.people.name_forms import keys
from cable_tui.telegram.people.protection_words import asks
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Day, Filled

WITHHELD = "[left out: asks for the protection of a source]"
"""The words in an export for a sentence that asks for somebody's protection."""
PERHAPS = " [perhaps protected]"
"""The words after a sentence with a name that is proposed for a protection request."""


class Cites(Value):
    """One cable cites another one of the chain."""

    cited: str
    """Canonical."""
    label: str | None = None
    """The letter of the REF line."""
    inferred: bool = False
    """Whether the year is not printed: it was taken from the cable that cites."""
    sentences: tuple[Sentence, ...] = ()
    """The sentences that name it; empty if only the REF lines do."""
    source: ReferenceSource = "REF line"
    """The part of the citing cable in which its number is printed."""

    @property
    def how(self) -> str:
        """The value of `how_cited`."""
        return how_cited(self.source, inferred=self.inferred)


class Unnamed(Value):
    """Something without an id that a cable refers to: a septel, a telephone call.

    `text` is as it is printed.
    """

    kind: Literal["airgram", "cable", "email", "telephone", "report", "other", "text"]
    """Kind of a REF item: `email`, `telephone`, `report` ...; `text` for a sentence of the body."""
    paragraph: Filled | None
    text: Filled


class Estimate(Value):
    """The days between which a missing cable was sent, estimated from its number.

    The dates are of the cables of its post with the nearest numbers in the same year.
    """

    earliest: Day
    """The first of its year if no lower number is here."""
    latest: Day
    """The last of its year, or the day when it is cited, if no higher one is here."""


class ChainEntry(Value):
    """One cable of a chain, or a hole."""

    canonical_id: str
    distance: int
    """Steps of citing from the cable at the start of the chain."""
    id: int | None = None
    """The id in the archive; None for a hole."""
    reference_id: str = ""
    """The id in the archive's spelling."""
    created: str = ""
    """ISO, or empty if unknown; empty for a hole."""
    origin: str = ""
    classification: str = ""
    subject: str = ""
    cites: tuple[Cites, ...] = ()
    """Citations within the chain, in the order of the REF lines."""
    cited_by: tuple[str, ...] = ()
    """Canonical ids of citing cables in the chain, oldest first."""
    citing_elsewhere: int = 0
    """Cables of the archive that cite it and are too many steps away for the chain."""
    unnamed: tuple[Unnamed, ...] = ()
    estimate: Estimate | None = None
    """The estimated date of a missing cable, if its number allows one."""
    cited_on: str = ""
    """The day of the first cable here that cites a missing cable."""
    sent_by: str = ""
    """The last day on which a missing cable can have been sent."""
    address: str = ""
    """Address at which it can be read."""
    source: str = ""
    """Its citation as a note; like the address, only once its text was read."""
    cautions: tuple[str, ...] = ()
    """Warnings to read before its text is used."""
    protected: frozenset[str] = frozenset()
    """Words of the names that its text asks to protect, from `name_forms.keys`."""
    requests: int = 0
    """The number of its protection requests."""
    perhaps: frozenset[str] = frozenset()
    """The same of names that it perhaps asks to protect: nobody has answered yet."""
    read: bool = False
    """Whether its text was read, so that missing facts are known to be missing."""
    unreadable: str = ""
    """Reason why its text could not be read."""

    @property
    def here(self) -> bool:
        """Whether the archive has it."""
        return self.id is not None

    @property
    def day(self) -> str:
        """The day for sorting the story: for a hole the last one on which it can be sent."""
        return self.created[:10] if self.here else self.sent_by

    @property
    def paragraph(self) -> str | None:
        """Label of the first paragraph that cites a cable of the chain."""
        labels = (sentence.paragraph for cites in self.cites for sentence in cites.sentences)
        return next((label for label in labels if label), None)


class Chain(Value):
    """The cables linked to one by citations within some steps, oldest first."""

    start: str
    """Canonical."""
    depth: int
    """Steps from it that are shown."""
    entries: tuple[ChainEntry, ...]
    beyond: int = 0
    """The number of ids, holes included, that one more step would add."""
    partial: bool = False
    """Whether cables have yet to be read for citations: more may be linked."""
    cut: bool = False
    """Whether more cables are linked than a chain may have: it has the nearest ones."""

    @property
    def cables(self) -> tuple[ChainEntry, ...]:
        """The entries that the archive has."""
        return tuple(entry for entry in self.entries if entry.here)

    @property
    def holes(self) -> tuple[ChainEntry, ...]:
        """The cables that it lacks."""
        return tuple(entry for entry in self.entries if not entry.here)

    @property
    def complete(self) -> bool:
        """Whether the text of every cable was read, or could not be."""
        return all(entry.read or entry.unreadable for entry in self.cables)

    def by_id(self) -> dict[str, ChainEntry]:
        """Return the entries by their canonical ids."""
        return {entry.canonical_id: entry for entry in self.entries}

    def only(self, ids: Collection[str]) -> Chain:
        """Return the chain with some cables only, the holes that they cite, and their citations."""
        by_id = self.by_id()
        chosen_ids = {name for name in ids if name in by_id and by_id[name].here}
        cited_ids = {citation.cited for name in chosen_ids for citation in by_id[name].cites}
        kept_ids = chosen_ids | {
            name for name in cited_ids if name in by_id and not by_id[name].here
        }
        return replace(
            self,
            entries=tuple(
                _only(entry, kept_ids) for entry in self.entries if entry.canonical_id in kept_ids
            ),
        )


def with_texts_of(chain: Chain, known: Chain) -> Chain:
    """Return the chain with texts that were read before, for cables with the same citations."""
    entries_read = {entry.canonical_id: entry for entry in known.entries if entry.read}

    def filled(entry: ChainEntry) -> ChainEntry:
        old_entry = entries_read.get(entry.canonical_id)
        if old_entry is None or old_entry.id != entry.id or _cited(old_entry) != _cited(entry):
            return entry
        return replace(
            old_entry,
            distance=entry.distance,
            cited_by=entry.cited_by,
            citing_elsewhere=entry.citing_elsewhere,
        )

    return replace(chain, entries=tuple(map(filled, chain.entries)))


def _cited(entry: ChainEntry) -> set[str]:
    return {citation.cited for citation in entry.cites}


def _only(entry: ChainEntry, kept: Collection[str]) -> ChainEntry:
    citing_left = tuple(name for name in entry.cited_by if name in kept)
    return replace(
        entry,
        cites=tuple(citation for citation in entry.cites if citation.cited in kept),
        cited_by=citing_left,
        citing_elsewhere=entry.citing_elsewhere + len(entry.cited_by) - len(citing_left),
    )


def ordered(entries: Iterable[ChainEntry]) -> tuple[ChainEntry, ...]:
    """Sort by age; put a missing cable before those that cite it, and undated ones last."""
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                not entry.day,
                entry.day,
                entry.here,
                entry.created,
                entry.canonical_id,
            ),
        )
    )


def without_protected(chain: Chain) -> tuple[Chain, int]:
    """Return the chain without the sentences that ask for somebody's protection, and their number.

    A sentence is left out if it asks for protection itself, if another sentence of its paragraph in
    the chain does, or if it names somebody that any cable of the chain asks to protect.
    """
    count = 0
    protected_names = frozenset(name for entry in chain.entries for name in entry.protected)

    def shown(entry: ChainEntry) -> ChainEntry:
        nonlocal count
        requests_here = _asking(entry, protected_names)
        if not requests_here:
            return entry
        count += len(requests_here)

        def kept(text: str) -> str:
            return WITHHELD if text in requests_here else text

        cites = tuple(
            replace(
                citation,
                sentences=tuple(
                    dict.fromkeys(
                        Sentence(sentence.paragraph, kept(sentence.text))
                        for sentence in citation.sentences
                    )
                ),
            )
            for citation in entry.cites
        )
        unnamed = tuple(replace(words, text=kept(words.text)) for words in entry.unnamed)
        return replace(entry, cites=cites, unnamed=tuple(dict.fromkeys(unnamed)))

    return with_doubts(replace(chain, entries=tuple(map(shown, chain.entries)))), count


def with_doubts(chain: Chain) -> Chain:
    """Return the chain with a marker after each sentence that names somebody perhaps protected."""
    doubts = frozenset(name for entry in chain.entries for name in entry.perhaps)
    if not doubts:
        return chain

    def marked(text: str) -> str:
        is_new = text != WITHHELD and not text.endswith(PERHAPS)
        return text + PERHAPS * (is_new and not doubts.isdisjoint(_names(text)))

    def shown(entry: ChainEntry) -> ChainEntry:
        cites = (
            replace(
                citation,
                sentences=tuple(
                    sentence._replace(text=marked(sentence.text)) for sentence in citation.sentences
                ),
            )
            for citation in entry.cites
        )
        unnamed = (replace(words, text=marked(words.text)) for words in entry.unnamed)
        return replace(entry, cites=tuple(cites), unnamed=tuple(unnamed))

    return replace(chain, entries=tuple(map(shown, chain.entries)))


def _asking(entry: ChainEntry, known: Collection[str]) -> frozenset[str]:
    """Return the sentences of an entry that are left out of an export."""
    sentences = [
        *(
            (sentence.paragraph, sentence.text)
            for cites in entry.cites
            for sentence in cites.sentences
        ),
        *((words.paragraph, words.text) for words in entry.unnamed),
    ]
    paragraphs_asking = {place for place, text in sentences if place is not None and asks(text)}
    return frozenset(
        text
        for place, text in sentences
        if place in paragraphs_asking or asks(text) or any(name in known for name in _names(text))
    )


_WORD = pattern(r"[^\W\d_][\w'’-]+")
_GENITIVE = pattern(r"['’][sS]$")


def _names(text: str) -> Iterator[str]:
    """Yield the words of a text in the form of `name_forms.keys`, without the s of a genitive."""
    return (key for word in _WORD.findall(text) for key in keys(_GENITIVE.sub("", word)))


def names(chain: Chain) -> dict[str, str]:
    """Return the ids of the entries as the archive gives them, by their canonical ids."""
    return {entry.canonical_id: entry.reference_id or entry.canonical_id for entry in chain.entries}


def title(chain: Chain) -> str:
    """Return `The chain of 09CASABLANCA27`."""
    return f"The chain of {names(chain).get(chain.start, chain.start)}"


def summary(chain: Chain) -> str:
    """Return the size of the chain, its dates, and what is left out, in one or two sentences."""
    days = [cable.created[:10] for cable in chain.cables if cable.created]
    from_to_days = f", {days[0]} to {days[-1]}" if len(days) > 1 else f", {days[0]}" if days else ""
    text = f"{counted(len(chain.cables), 'cable')}{from_to_days}"
    if chain.holes:
        is_or_are = "is" if len(chain.holes) == 1 else "are"
        text += f"; {counted(len(chain.holes), 'cited cable')} {is_or_are} missing"
    if len(chain.entries) == 1 and not chain.beyond and not chain.partial:
        return f"{text}. No citations link it to other cables."
    text += f". {counted(chain.depth, 'step')} of citation from {chain.start}"
    if chain.beyond:
        text += f"; one more step adds {chain.beyond:,} more"
    elif chain.partial:
        text += "; the index is incomplete, so more may be linked"
    elif not chain.cut:
        text += "; no more cables are linked"
    if chain.cut:
        text += "; only the nearest cables are included"
    return f"{text}."


def when(entry: ChainEntry) -> str:
    """Return the day of a cable; for a hole an estimate, with the word `estimate`."""
    if entry.here:
        return entry.created[:10] or "no date"
    cited_on = f"cited on {entry.cited_on}" if entry.cited_on else ""
    estimate = entry.estimate
    by_number = (
        f"estimated from its number: {estimate.earliest} to {estimate.latest}" if estimate else ""
    )
    return ", ".join(filter(None, (by_number, cited_on)))


def citing(entry: ChainEntry, known: Mapping[str, str]) -> str:
    """Return who cites an entry, `09RABAT7, 09RABAT8 and 12 more`, by the chain's `names`."""
    citing_names = ", ".join(known.get(name, name) for name in entry.cited_by)
    return f"{citing_names}{elsewhere(entry)}"


def elsewhere(entry: ChainEntry) -> str:
    """Return ` and 12 more`: the cables beyond the chain that cite an entry; may be empty."""
    if not entry.citing_elsewhere:
        return ""
    if entry.cited_by:
        return f" and {entry.citing_elsewhere:,} more"
    return counted(entry.citing_elsewhere, "cable")

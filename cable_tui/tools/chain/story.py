"""The values of a chain: the cables linked to a cable by citations, dated, with citing sentences.

A cable that is cited but missing from the archive has an entry without a text.
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

WITHHELD = "[omitted: asks for the protection of a source]"
"""The words that replace a sentence in an export if it asks for a person's protection."""
PERHAPS = " [perhaps protected]"
"""The words after a sentence with a name that is proposed for a protection request."""


class Cites(Value):
    """A citation of one cable in the chain by another."""

    cited: str
    """The canonical ID of the cited cable."""
    label: str | None = None
    """The letter of the REF line."""
    inferred: bool = False
    """Whether the year is not printed, but inferred from the citing cable."""
    sentences: tuple[Sentence, ...] = ()
    """The sentences that mention the cited cable; empty if only the REF lines cite it."""
    source: ReferenceSource = "REF line"
    """The part of the citing cable in which the number is printed."""

    @property
    def how(self) -> str:
        """How the cable is cited, as returned by `how_cited`."""
        return how_cited(self.source, inferred=self.inferred)


class Unnamed(Value):
    """A reference without an ID, such as a septel or a telephone call.

    `text` is in the printed form.
    """

    kind: Literal["airgram", "cable", "email", "telephone", "report", "other", "text"]
    """The type of a REF item, such as `email`, `telephone` or `report`, or `text` for a sentence in
    the body.
    """
    paragraph: Filled | None
    text: Filled


class Estimate(Value):
    """The days between which a missing cable was sent, estimated from its number.

    The dates are the dates of the cables from its post with the nearest numbers in the same year.
    """

    earliest: Day
    """The earliest day, which is the first day of the year if no lower number is in the archive."""
    latest: Day
    """The latest day, which is the last day of the year, or the day of citation, if no higher
    number is in the archive.
    """


class ChainEntry(Value):
    """One cable of a chain, in the archive or missing."""

    canonical_id: str
    distance: int
    """The number of citation steps from the start of the chain."""
    id: int | None = None
    """The ID in the archive, or None for a missing cable."""
    reference_id: str = ""
    """The reference ID in the archive's spelling."""
    created: str = ""
    """The time when the cable was sent, in ISO format; empty if unknown, and for a
    missing cable.
    """
    origin: str = ""
    classification: str = ""
    subject: str = ""
    cites: tuple[Cites, ...] = ()
    """The citations within the chain, in the order of the REF lines."""
    cited_by: tuple[str, ...] = ()
    """The canonical IDs of the citing cables in the chain, oldest first."""
    citing_elsewhere: int = 0
    """The number of citing cables in the archive that are too many steps away for the chain."""
    unnamed: tuple[Unnamed, ...] = ()
    estimate: Estimate | None = None
    """The estimated date of a missing cable, if its number allows an estimate."""
    cited_on: str = ""
    """The date of the first cable in the archive that cites a missing cable."""
    sent_by: str = ""
    """The last day on which a missing cable can have been sent."""
    address: str = ""
    """The address at which the cable can be read."""
    source: str = ""
    """The citation of the cable as a note; like the address, it is empty until the text is read."""
    cautions: tuple[str, ...] = ()
    """Warnings to consider before the text is used."""
    protected: frozenset[str] = frozenset()
    """The words of the names that the text asks to protect, from `name_forms.keys`."""
    requests: int = 0
    """The number of the cable's protection requests."""
    perhaps: frozenset[str] = frozenset()
    """The words of names that may be protected, because requests have no answer yet."""
    read: bool = False
    """Whether the text was read. If so, missing facts are known to be missing."""
    unreadable: str = ""
    """The reason why the text could not be read."""

    @property
    def here(self) -> bool:
        """Whether the archive contains the cable."""
        return self.id is not None

    @property
    def day(self) -> str:
        """The day for sorting the story.

        For a missing cable, the last day on which it can have been sent.
        """
        return self.created[:10] if self.here else self.sent_by

    @property
    def paragraph(self) -> str | None:
        """The label of the first paragraph that cites a cable in the chain, or None."""
        paragraph_labels = (
            sentence.paragraph for cites in self.cites for sentence in cites.sentences
        )
        return next(
            (paragraph_label for paragraph_label in paragraph_labels if paragraph_label), None
        )


class Chain(Value):
    """The cables linked to a cable by citations within some steps, oldest first."""

    start: str
    """The canonical ID of the cable at which the chain starts."""
    depth: int
    """The number of citation steps that are included."""
    entries: tuple[ChainEntry, ...]
    beyond: int = 0
    """The number of IDs, including missing cables, that one more step would add."""
    partial: bool = False
    """Whether some cables have not been read for citations yet, so more cables may be linked."""
    cut: bool = False
    """Whether more cables are linked than a chain may contain, so that only the nearest are
    included.
    """

    @property
    def cables(self) -> tuple[ChainEntry, ...]:
        """The entries whose cables are in the archive."""
        return tuple(entry for entry in self.entries if entry.here)

    @property
    def holes(self) -> tuple[ChainEntry, ...]:
        """The entries whose cables are missing from the archive."""
        return tuple(entry for entry in self.entries if not entry.here)

    @property
    def complete(self) -> bool:
        """Whether the texts of all cables were read or proved unreadable."""
        return all(entry.read or entry.unreadable for entry in self.cables)

    def by_id(self) -> dict[str, ChainEntry]:
        """Return the entries by their canonical IDs."""
        return {entry.canonical_id: entry for entry in self.entries}

    def only(self, ids: Collection[str]) -> Chain:
        """Return the chain with only some cables, the holes that they cite, and their citations."""
        entry_by_id = self.by_id()
        chosen_ids = {
            chain_id for chain_id in ids if chain_id in entry_by_id and entry_by_id[chain_id].here
        }
        cited_ids = {
            citation.cited for chain_id in chosen_ids for citation in entry_by_id[chain_id].cites
        }
        kept_ids = chosen_ids | {
            chain_id
            for chain_id in cited_ids
            if chain_id in entry_by_id and not entry_by_id[chain_id].here
        }
        return replace(
            self,
            entries=tuple(
                _only(entry, kept_ids) for entry in self.entries if entry.canonical_id in kept_ids
            ),
        )


def with_texts_of(chain: Chain, known: Chain) -> Chain:
    """Return the chain with texts that were read before, for cables with the same citations."""
    read_entries = {entry.canonical_id: entry for entry in known.entries if entry.read}

    def filled(entry: ChainEntry) -> ChainEntry:
        old_entry = read_entries.get(entry.canonical_id)
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


def _only(entry: ChainEntry, kept_ids: Collection[str]) -> ChainEntry:
    kept_citing = tuple(citing_id for citing_id in entry.cited_by if citing_id in kept_ids)
    return replace(
        entry,
        cites=tuple(citation for citation in entry.cites if citation.cited in kept_ids),
        cited_by=kept_citing,
        citing_elsewhere=entry.citing_elsewhere + len(entry.cited_by) - len(kept_citing),
    )


def ordered(entries: Iterable[ChainEntry]) -> tuple[ChainEntry, ...]:
    """Sort by date; a missing cable precedes the cables that cite it; undated cables are last."""
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
    """Return the chain without sentences that ask for a person's protection, and their number.

    A sentence is left out if it asks for protection itself, if another sentence of its paragraph in
    the chain does, or if it mentions a person whom any cable of the chain asks to protect.
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

        shown_citations = tuple(
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
        shown_references = tuple(
            replace(reference, text=kept(reference.text)) for reference in entry.unnamed
        )
        return replace(entry, cites=shown_citations, unnamed=tuple(dict.fromkeys(shown_references)))

    return with_doubts(replace(chain, entries=tuple(map(shown, chain.entries)))), count


def with_doubts(chain: Chain) -> Chain:
    """Return the chain with a marker after each sentence that has a possibly protected name."""
    doubtful_names = frozenset(name for entry in chain.entries for name in entry.perhaps)
    if not doubtful_names:
        return chain

    def marked(text: str) -> str:
        is_new = text != WITHHELD and not text.endswith(PERHAPS)
        return text + PERHAPS * (is_new and not doubtful_names.isdisjoint(_names(text)))

    def shown(entry: ChainEntry) -> ChainEntry:
        marked_citations = (
            replace(
                citation,
                sentences=tuple(
                    sentence._replace(text=marked(sentence.text)) for sentence in citation.sentences
                ),
            )
            for citation in entry.cites
        )
        marked_references = (
            replace(reference, text=marked(reference.text)) for reference in entry.unnamed
        )
        return replace(entry, cites=tuple(marked_citations), unnamed=tuple(marked_references))

    return replace(chain, entries=tuple(map(shown, chain.entries)))


def _asking(entry: ChainEntry, protected_words: Collection[str]) -> frozenset[str]:
    """Return the sentences of an entry that must be left out of an export."""
    placed_sentences = [
        *(
            (sentence.paragraph, sentence.text)
            for cites in entry.cites
            for sentence in cites.sentences
        ),
        *((reference.paragraph, reference.text) for reference in entry.unnamed),
    ]
    asking_paragraphs = {
        paragraph_label
        for paragraph_label, text in placed_sentences
        if paragraph_label is not None and asks(text)
    }
    return frozenset(
        text
        for paragraph_label, text in placed_sentences
        if paragraph_label in asking_paragraphs
        or asks(text)
        or any(name in protected_words for name in _names(text))
    )


_WORD = pattern(r"[^\W\d_][\w'’-]+")
_GENITIVE = pattern(r"['’][sS]$")


def _names(text: str) -> Iterator[str]:
    """Yield the words of a text in the form of `name_forms.keys`, without a possessive s."""
    return (name_key for word in _WORD.findall(text) for name_key in keys(_GENITIVE.sub("", word)))


def names(chain: Chain) -> dict[str, str]:
    """Return the archive's spelling of the entries' IDs, keyed by canonical ID."""
    return {entry.canonical_id: entry.reference_id or entry.canonical_id for entry in chain.entries}


def title(chain: Chain) -> str:
    """Return a title such as `The chain of 09CASABLANCA27`."""
    return f"The chain of {names(chain).get(chain.start, chain.start)}"


def summary(chain: Chain) -> str:
    """Return the size of the chain, its dates, and the omissions, in one or two sentences."""
    sent_days = [cable.created[:10] for cable in chain.cables if cable.created]
    date_range = (
        f", {sent_days[0]} to {sent_days[-1]}"
        if len(sent_days) > 1
        else f", {sent_days[0]}"
        if sent_days
        else ""
    )
    summary_text = f"{counted(len(chain.cables), 'cable')}{date_range}"
    if chain.holes:
        is_or_are = "is" if len(chain.holes) == 1 else "are"
        summary_text += f"; {counted(len(chain.holes), 'cited cable')} {is_or_are} missing"
    if len(chain.entries) == 1 and not chain.beyond and not chain.partial:
        return f"{summary_text}. No citations link it to other cables."
    summary_text += f". {counted(chain.depth, 'step')} of citation from {chain.start}"
    if chain.beyond:
        summary_text += f"; one more step would add {chain.beyond:,}"
    elif chain.partial:
        summary_text += "; the index is incomplete, so more may be linked"
    elif not chain.cut:
        summary_text += "; no more cables are linked"
    if chain.cut:
        summary_text += "; only the nearest cables are included"
    return f"{summary_text}."


def when(entry: ChainEntry) -> str:
    """Return the day of a cable.

    For a missing cable, return an estimate with the word `estimate`.
    """
    if entry.here:
        return entry.created[:10] or "no date"
    cited_on = f"cited on {entry.cited_on}" if entry.cited_on else ""
    estimate = entry.estimate
    by_number = (
        f"estimated from its number: {estimate.earliest} to {estimate.latest}" if estimate else ""
    )
    return ", ".join(filter(None, (by_number, cited_on)))


def citing(entry: ChainEntry, known: Mapping[str, str]) -> str:
    """Return the citing cables, such as `09RABAT7, 09RABAT8 and 12 more`.

    `known` are the chain's `names`.
    """
    citing_names = ", ".join(known.get(citing_id, citing_id) for citing_id in entry.cited_by)
    return f"{citing_names}{elsewhere(entry)}"


def elsewhere(entry: ChainEntry) -> str:
    """Return the number of citing cables beyond the chain, such as ` and 12 more`; may be empty."""
    if not entry.citing_elsewhere:
        return ""
    if entry.cited_by:
        return f" and {entry.citing_elsewhere:,} more"
    return counted(entry.citing_elsewhere, "cable")

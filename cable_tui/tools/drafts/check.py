"""Check a draft: return one verdict for each quotation and each citation.

A quotation that is missing from its cited cable is searched for in the cables with most of its
rarest word pairs, even if some words are wrong (`candidates`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from cable_tui import telegram
from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import rows
from cable_tui.archive.catalogue.resolve_references import CitationGraph
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.archive.records.walk import never, shown_path
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.cable import Cable, Paragraph, RawCable
from cable_tui.exports.citation import Citation, RequestCount
from cable_tui.exports.copy_formats import reference
from cable_tui.formats import BrokenRecord
from cable_tui.telegram.people.name_forms import Meant
from cable_tui.telegram.people.protection_words import asks
from cable_tui.text import folded_words, repaired, words
from cable_tui.text.numbers import counted
from cable_tui.tools.drafts.attribution import Attributed, Read
from cable_tui.tools.drafts.candidates import candidates, pairs_of
from cable_tui.tools.drafts.citations import Cited
from cable_tui.tools.drafts.claims import OTHERWISE, Claim, claim_of
from cable_tui.tools.drafts.comparing import Match, compare, is_cited, labels_of, number_of
from cable_tui.tools.drafts.findings import Finding, QuotedSource, Verdict
from cable_tui.tools.drafts.quotations import BlockSpan
from cable_tui.tools.drafts.receipts import Receipts
from cable_tui.tools.drafts.stated import NOTHING, differences, stated
from cable_tui.tools.drafts.tokens import CableWords, words_of
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers
from cable_tui.tools.protection.review import protected_names
from cable_tui.tools.voices.speaker import Spoken, author_of

_LEAST = 0.6
"""The minimum share of a quotation's words that its source must contain."""
_LEAST_CITED = 0.5
_FEW = 8
"""A quotation with fewer words than this needs a higher share, because fewer words match by chance.
"""
_LEAST_OF_FEW = 0.75
_AROUND = 1500
"""The number of characters kept for display on either side of a quotation."""
_UNDATED = "9"
"""A sort key that is greater than every date."""
_LOOKED_AT = 4
"""The maximum number of cables compared with a quotation, starting with the most shared word pairs.
"""
_NEARLY = 2
"""A cable with up to this many fewer word pairs may still be more similar to a quotation."""
_BEGINNINGS = (12, 5)
"""The numbers of initial words with which a quotation without an end is searched for."""
_MOST_OF_BEGINNING = 2000
_LAST_WORDS = 4
_MUCH_BETTER = 0.15
"""The minimum lead in score for another cable to be preferred to the cited one."""


class _Located(NamedTuple):
    """The position of a quotation in a record of a cable."""

    id: int
    record: QuotableRecord
    match: Match

    @property
    def cable(self) -> CableWords:
        return self.record.words

    @property
    def rank(self) -> tuple[bool, float]:
        return self.match.is_exact, self.match.score

    @property
    def closeness(self) -> tuple[tuple[bool, float], int]:
        """The rank of this record among the records of its cable."""
        return self.rank, -len(self.match.differences)


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of the draft."""
    return tuple(sorted(findings, key=lambda finding: (finding.pieces[0], finding.kind)))


class Check:
    """The check of one draft against one archive."""

    def __init__(self, archive: Archive, read: Read, answers: Answers = NO_ANSWERS) -> None:
        """Check a draft (`read`) with the reader's answers to protection requests."""
        self._archive = archive
        self._answers = answers
        self.asking = RequestCount()
        """The protection requests in the cables that contain quotations used by the draft."""
        self._read = read
        self._draft = read.draft
        self.cables = DraftCables(archive)
        self.unread = self.cables.unread
        """The reasons why records of cables could not be read."""
        self._receipts = Receipts(self._draft, [each.quotation for each in read.quotations])

    def findings(self, cancelled: Callable[[], bool] = never) -> Iterator[Finding]:
        """Yield one finding for each quotation in order, then one for each citation.

        A quotation that the draft attributes to the wrong speaker is followed by a finding about
        that. Raises `TextIndexError`.
        """
        with self.cables:
            for quoted_passage in self._read.quotations:
                if cancelled():
                    return
                yield from self._quotation(quoted_passage)
            for block, citation in self._read.citations:
                if cancelled():
                    return
                if (finding := self._citation(block, citation)) is not None:
                    yield finding
            yield from self._receipts.alone()

    @cached_property
    def _index(self) -> TextIndex | None:
        return Snapshot(self._archive).text

    def _quotation(self, attributed: Attributed) -> Iterator[Finding]:
        """Yield the verdict on a quotation, and one on its attribution if that is wrong."""
        text = attributed.quotation.text(self._draft.blocks)
        citation_by_id = {
            id_: citation
            for citation in attributed.cited
            if (id_ := self.cables.meant(citation)) is not None
        }
        missing_citations = [
            citation for citation in attributed.cited if self.cables.meant(citation) is None
        ]
        remarks = [self._not_here(citation) for citation in missing_citations]
        if attributed.quotation.is_closed:
            located = self._best(text, citation_by_id)
        else:
            located, last_words = self._beginning(text, citation_by_id)
            found_up_to = f"; the cable matches up to “{last_words}”" if last_words else ""
            remarks.insert(0, f"its closing quotation mark is missing{found_up_to}")
        verdict: Verdict = "unfound"
        if located is not None:
            verdict, more_remarks = self._judged(
                located, citation_by_id, nothing=not attributed.cited
            )
            remarks += more_remarks
        if not attributed.quotation.is_closed:
            verdict = "unplaced"
        first_span = attributed.quotation.pieces[0]
        source, claim = None, None
        if located is not None:
            spoken = located.cable.spoken(located.match.spans)
            source, claim = _found(located, spoken), self._claim(attributed, located, spoken)
        remarks += self._receipts.remarks(attributed.quotation)
        finding = Finding(
            "quotation",
            verdict,
            attributed.quotation.pieces,
            self._draft.place(first_span.block, first_span.start),
            self._draft.blocks[first_span.block].heading,
            text,
            tuple(dict.fromkeys(map(_as_cited, attributed.cited))),
            source,
            () if located is None else located.match.differences,
            claim.speaker if claim else None,
            tuple(dict.fromkeys(remarks)),
        )
        yield finding
        yield from self._receipts.findings(attributed.quotation, finding, self.cable_of)
        if source and claim and (claim.speaker, source.voice) in OTHERWISE:
            claim_block = self._draft.blocks[claim.block]
            yield Finding(
                "attribution",
                "misattributed",
                (BlockSpan(claim.block, claim.start, claim.end),),
                self._draft.place(claim.block, claim.start),
                claim_block.heading,
                claim_block.text[claim.start : claim.end],
                found=source,
                claimed=claim.speaker,
            )

    def cable_of(self, found: QuotedSource) -> Cable:
        """Return the cable of a finding, in the version that contains its words."""
        records = self.cables.records(found.id)
        return next(each.words.cable for each in records if each.number == found.record)

    def _claim(self, attributed: Attributed, located: _Located, spoken: Spoken) -> Claim | None:
        """Return the speaker named by the draft, unless the quotation itself names its speaker."""
        if not attributed.quotation.is_closed or spoken.has_frame:
            return None
        signer_names = located.cable.cable.body.signed_by
        return claim_of(attributed.quotation, self._draft.blocks, signer_names)

    def _best(self, text: str, citation_by_id: Mapping[int, Cited]) -> _Located | None:
        """Return the cable with most of a quotation.

        In a close result, a cited cable is preferred.
        """
        located_or_none = (
            self._at(text, id_, citation.labels) for id_, citation in citation_by_id.items()
        )
        located_texts = [located for located in located_or_none if located]
        best_located = max(located_texts, key=lambda located: located.rank, default=None)
        if best_located is not None and best_located.match.is_exact:
            return best_located
        other_located = self._other(text, best_located, frozenset(citation_by_id))
        if other_located is not None and other_located.match.is_exact:
            return other_located
        word_count = sum(1 for _ in words(text))
        best_score = best_located.match.score if best_located else 0.0
        if best_score >= _LEAST_CITED and not (
            other_located and other_located.match.score > best_score + _MUCH_BETTER
        ):
            return best_located
        least_score = _LEAST_OF_FEW if word_count < _FEW else _LEAST
        return (
            other_located
            if other_located is not None and other_located.match.score >= least_score
            else None
        )

    def _beginning(
        self, text: str, citation_by_id: Mapping[int, Cited]
    ) -> tuple[_Located | None, str]:
        """Return the source of a quotation without an end, and its last matching words.

        The words are empty if the whole text matches.
        """
        located_whole = self._best(text, citation_by_id)
        if located_whole is not None and located_whole.match.is_exact:
            return located_whole, ""
        word_spans = [(start, end) for start, end, _ in islice(words(text), _MOST_OF_BEGINNING)]
        for word_count in _BEGINNINGS:
            if word_count >= len(word_spans):
                continue
            located = self._best(text[: word_spans[word_count - 1][1]], citation_by_id)
            if located is None or not located.match.is_exact:
                continue
            cited_labels = citation_by_id[located.id].labels if located.id in citation_by_id else ()
            matching_count, failing_count = word_count, len(word_spans)
            while failing_count - matching_count > 1:
                tried_count = (matching_count + failing_count) // 2
                longer_match = self._at(
                    text[: word_spans[tried_count - 1][1]], located.id, cited_labels
                )
                if longer_match is not None and longer_match.match.is_exact:
                    located, matching_count = longer_match, tried_count
                else:
                    failing_count = tried_count
            last_start, _ = word_spans[max(matching_count - _LAST_WORDS, 0)]
            _, last_end = word_spans[matching_count - 1]
            return located, " ".join(text[last_start:last_end].split())
        return located_whole, ""

    def _other(
        self, text: str, best_cited: _Located | None, cited_ids: frozenset[int]
    ) -> _Located | None:
        """Return the uncited cable with most of a quotation, if it has more than cited ones."""
        if self._index is None:
            return None
        word_pairs = pairs_of(text)
        least_pairs = self.cables.common(best_cited.id, word_pairs) if best_cited else 0
        candidate_ids = [id_ for id_ in candidates(self._index, text) if id_ not in cited_ids]
        self.cables.locate(candidate_ids)
        common_by_id = {id_: self.cables.common(id_, word_pairs) for id_ in candidate_ids}
        likely_ids = [id_ for id_, common in common_by_id.items() if common > least_pairs]
        # Of those that have as much of it the first one that was sent: the others repeat it.
        likely_cables = sorted(
            self._archive.rows(likely_ids),
            key=lambda row: (-common_by_id[row.id], row.created or _UNDATED, row.id),
        )
        best_other: _Located | None = None
        for row in likely_cables[:_LOOKED_AT]:
            if common_by_id[row.id] <= least_pairs:
                break
            located = self._at(text, row.id)
            if located is not None and (best_other is None or located.rank > best_other.rank):
                best_other = located
                if located.match.is_exact:
                    break
                least_pairs = max(least_pairs, common_by_id[row.id] - _NEARLY)
        return best_other

    def _at(self, text: str, id_: int, labels: Sequence[str] = ()) -> _Located | None:
        best_located: _Located | None = None
        for record in self.cables.records(id_):
            match = compare(text, record.words, labels)
            located = _Located(id_, record, match) if match else None
            if located and (best_located is None or located.closeness > best_located.closeness):
                best_located = located
            if best_located and best_located.match.is_exact and not best_located.match.differences:
                break
        return best_located

    def _judged(
        self, located: _Located, citation_by_id: Mapping[int, Cited], *, nothing: bool
    ) -> tuple[Verdict, list[str]]:
        """Return the verdict on a located quotation, and the remarks on it."""
        self.asking.add(located.cable.cable)
        remarks: list[str] = []
        matching_citation = citation_by_id.get(located.id)
        located_labels = labels_of(located.match, located.cable)
        elsewhere_remark = ""
        if matching_citation is None and not nothing:
            elsewhere_remark = "it is not in the cable that is cited"
        # Text above the first paragraph, such as the subject in a note, has no number.
        elif (
            matching_citation
            and matching_citation.labels
            and not all(is_cited(label, matching_citation.labels) for label in located_labels)
        ):
            elsewhere_remark = f"¶{', '.join(matching_citation.labels)} is cited"
        if elsewhere_remark:
            remarks.append(elsewhere_remark)
        elif matching_citation:
            remarks += _used_twice(located_labels, matching_citation.labels)
        if located.record.number > 1:
            which_record = f"version {located.record.number} of the cable ({located.record.path})"
            remarks.append(f"these words are in {which_record}, not in the version shown")
        if protection := _protection(located, self._answers):
            remarks.append(protection)
        if not located.match.is_exact:
            return "altered", remarks
        if elsewhere_remark:
            return "elsewhere", remarks
        return "protected" if protection else "exact", remarks

    def _not_here(self, citation: Cited) -> str:
        """Return a remark that a cited cable is missing, with the number of cables that cite it."""
        citing_count = 0
        for cited_id in citation.ids[:1]:
            citing_count = len(self._archive.cited_by(cited_id))
        cites_or_cite = "cites" if citing_count == 1 else "cite"
        cited_here = f", but {counted(citing_count, 'cable')} in the archive {cites_or_cite} it"
        return f"{citation.text} is not in this archive{cited_here if citing_count else ''}"

    def _citation(self, block: int, citation: Cited) -> Finding | None:
        """Return the verdict on a citation, or None for words that may not be one (`Vienna 12`)."""
        id_ = self.cables.meant(citation)
        if id_ is None and not citation.sure:
            return None
        remarks: list[str] = []
        source: QuotedSource | None = None
        if id_ is None:
            remarks.append(self._not_here(citation))
        else:
            row = self._archive.rows([id_])[0]
            source = QuotedSource(id_, row.reference_id, (), row.reference_id)
            remarks += self._paragraphs_missing(id_, citation.labels)
        verdict: Verdict = "unfound" if remarks else "exact"
        link_remarks = list(self._link_otherwise(id_, citation))
        stated_facts = stated(self._draft.blocks[block].text, citation.start, citation.end)
        records = self.cables.records(id_) if id_ is not None and stated_facts != NOTHING else ()
        if records:  # what one of them says is right
            differences_by_record = (
                list(differences(stated_facts, record.words.cable)) for record in records
            )
            fewest_differences: list[str] = min(differences_by_record, key=len)
            link_remarks += fewest_differences
        if link_remarks:
            remarks += link_remarks
            verdict = "altered" if verdict == "exact" else verdict
        return Finding(
            "citation",
            verdict,
            (BlockSpan(block, citation.start, citation.end),),
            self._draft.place(block, citation.start),
            self._draft.blocks[block].heading,
            citation.text,
            found=source,
            remarks=tuple(remarks),
        )

    def _link_otherwise(self, id_: int | None, citation: Cited) -> Iterator[str]:
        """Yield a remark for each contradiction between the words of a citation and its link."""
        if citation.linked:
            label_lists = (
                ", ".join(some_labels) for some_labels in (citation.labels, citation.linked)
            )
            yield "it cites ¶{}, but its link leads to ¶{}".format(*label_lists)
        if citation.linked_ids:
            linked_id = self.cables.meant(citation._replace(ids=citation.linked_ids, post=None))
            if linked_id is None or linked_id != id_:
                yield f"its link leads to {citation.linked_ids[0]}"

    def _paragraphs_missing(self, id_: int, labels: Sequence[str]) -> Iterator[str]:
        if not labels:
            return
        known_labels = self.cables.labels(id_)
        folded_labels = {label.casefold() for label in known_labels}
        for label in labels:
            if label.casefold() not in folded_labels:
                numbering_remark = (
                    f"its paragraphs are {known_labels[0]} to {known_labels[-1]}"
                    if known_labels
                    else "none is numbered"
                )
                yield f"it has no ¶{label}: {numbering_remark}"


def _as_cited(citation: Cited) -> str:
    """Return a citation as written in the draft, with its paragraphs."""
    paragraph_words = f" ¶{', '.join(citation.labels)}" if citation.labels else ""
    meant_text = f" ({citation.meant})" if citation.meant else ""
    return f"{citation.text}{paragraph_words}{meant_text}"


def _used_twice(labels: Sequence[str], cited_numbers: Sequence[str]) -> Iterator[str]:
    """Yield a remark for each cited number that belongs to several paragraphs."""
    cited_labels = {label.casefold() for label in cited_numbers}
    for label in labels:
        if label.casefold() not in cited_labels and is_cited(label, cited_numbers):
            yield (
                f"the cable has more than one ¶{number_of(label)}; this one is labelled ¶{label}"
            )


def _touched(located: _Located) -> tuple[int, ...]:
    """Return the numbers of the paragraphs that a quotation overlaps, in order."""
    paragraph_numbers: dict[int, None] = {}
    for start, end in located.match.spans:
        paragraph_numbers.update(dict.fromkeys(located.cable.paragraph_of[start:end]))
    return tuple(
        paragraph_number for paragraph_number in paragraph_numbers if paragraph_number >= 0
    )


def _paragraphs(located: _Located) -> tuple[Paragraph, ...]:
    paragraphs = located.cable.cable.body.paragraphs
    return tuple(paragraphs[paragraph_index] for paragraph_index in _touched(located))


def _protection(located: _Located, answers: Answers) -> str:
    """Return a remark if a person near a quotation is or may be protected, or an empty string."""
    cable = located.cable.cable
    body = cable.body.text
    paragraph_texts = [paragraph.text for paragraph in _paragraphs(located)]
    requests = [
        " ".join(text[request_start:request_end].split())
        for text in paragraph_texts
        for request_start, request_end in asks(text)
    ]
    if requests:
        return f"a name near it asks for protection: “{requests[0]}”"
    if not (request_spans := asks(body)):
        return ""
    request_words = " ".join(body[slice(*request_spans[0])].split())
    names_near = protected_names(cable, answers)
    if any(map(Meant(names_near.sure).is_in, paragraph_texts)):
        return f"a name near it asks for protection: “{request_words}”"
    is_perhaps_protected = any(map(Meant(names_near.perhaps).is_in, paragraph_texts))
    return f"a name near it may be protected: “{request_words}”" if is_perhaps_protected else ""


def _found(located: _Located, spoken: Spoken) -> QuotedSource:
    cable, tokens = located.cable, located.cable.whole.tokens
    spans = [(tokens[start].start, tokens[end - 1].end) for start, end in located.match.spans]
    paragraph_spans = (paragraph.span for paragraph in _paragraphs(located))
    paragraph_edges = [
        (cable.begin + start, cable.begin + end) for start, end in paragraph_spans
    ] or spans
    context_start = max(
        min(start for start, _ in paragraph_edges), min(start for start, _ in spans) - _AROUND
    )
    context_end = min(
        max(end for _, end in paragraph_edges), max(end for _, end in spans) + _AROUND
    )
    return QuotedSource(
        located.id,
        cable.cable.reference_id,
        labels_of(located.match, cable),
        reference(Citation(cable.cable, _paragraphs(located))),
        _touched(located),
        cable.text[context_start:context_end],
        tuple(
            (start - context_start, end - context_start)
            for start, end in spans
            if start >= context_start
        ),
        spans[0][0] - cable.begin if spans[0][0] >= cable.begin else None,
        located.record.number,
        spoken.voice,
        cable.cable.body.text[slice(*spoken.sentence)] if spoken.sentence else "",
        author_of(cable.cable.facts.origin),
    )


# The cables that a draft cites, read

_KEPT = 64
"""The number of cables, and of texts, to keep in memory: about 20 MB."""
_YEARS = [f"{year % 100:02}" for year in range(1966, 2012)]


class QuotableRecord(NamedTuple):
    """A record of a cable, prepared for locating quotations."""

    number: int
    path: str
    words: CableWords


class DraftCables:
    """The cables in an archive, by ID and by the names that a draft uses."""

    def __init__(self, archive: Archive, kept: int = _KEPT) -> None:
        self._archive = archive
        self._files = Files(archive.root)
        self.records = lru_cache(kept)(self._parsed)
        """Return the readable records of a cable that differ in their words, the displayed one
        first.
        """
        self._raw = lru_cache(kept)(self._read)
        self._tasks: dict[int, list[RecordTask]] = {}
        self._labels: dict[int, tuple[str, ...]] = {}
        self._meant: dict[str, int | None] = {}
        self.unread: list[str] = []
        """The reasons why records could not be read."""

    def __enter__(self) -> DraftCables:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.__exit__()

    def common(self, id_: int, word_pairs: Iterable[tuple[str, str]]) -> int:
        """Return how many pairs of neighboring words a cable contains, as a first test."""
        bodies = [
            f" {' '.join(folded_words(repaired(raw_cable.body)))} "
            for _, raw_cable in self._raw(id_)
        ]
        return sum(
            any(f" {first} {second} " in body for body in bodies) for first, second in word_pairs
        )

    def labels(self, id_: int) -> tuple[str, ...]:
        """Return the labels of a cable's paragraphs; none if it is unreadable or has no labels."""
        if id_ not in self._labels:
            self.records(id_)
        return self._labels.get(id_, ())

    def locate(self, ids: Sequence[int]) -> None:
        """Find where the records of several cables are, in one go, before they are read."""
        self._tasks = {id_: [] for id_ in ids}
        with self._archive.reading() as db:
            for task in (*rows.records(db, ids), *rows.differing(db, ids)):
                self._tasks[task.cable].append(task)

    def _read(self, id_: int) -> list[tuple[RecordTask, RawCable]]:
        if id_ not in self._tasks:
            self.locate([id_])
        read_records = []
        for task in self._tasks.pop(id_):
            try:
                read_records.append((task, self._files.cable(task)))
            except (SourceGone, BrokenRecord) as error:
                self.unread.append(str(error))
        return read_records

    def _parsed(self, id_: int) -> tuple[QuotableRecord, ...]:
        records = tuple(
            QuotableRecord(
                task.number,
                shown_path(self._archive.root, task.path),
                words_of(telegram.parse(raw)),
            )
            for task, raw in self._raw(id_)
        )
        paragraph_labels = (label for record in records for label in record.words.owners if label)
        self._labels[id_] = tuple(dict.fromkeys(paragraph_labels))
        return records

    def meant(self, cited: Cited) -> int | None:
        """Return the ID of the cable that a citation refers to, or None if it is not here."""
        for cited_id in cited.ids:
            if (id_ := self._named(cited_id)) is not None:
                return id_
        if cited.post is None:
            return None
        station, serial_number = cited.post
        possible_ids = [f"{year}{station}{serial_number}" for year in _YEARS]
        found_ids = set(self._archive.ids(possible_ids).values())
        # Without a year it is one only if no other can be meant.
        return found_ids.pop() if len(found_ids) == 1 else None

    def _named(self, cited_id: str) -> int | None:
        if cited_id not in self._meant:
            with self._archive.reading() as db:
                self._meant[cited_id] = CitationGraph(db).cable(cited_id)
        return self._meant[cited_id]

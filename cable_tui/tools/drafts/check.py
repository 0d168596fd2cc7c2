"""The check of a draft: one verdict for each quotation and each citation.

A quotation that is not where it is cited is looked for in the cables that have most of its rarest
pairs of words, though some of its words may be wrong (`candidates`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from cable_tui import telegram
from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue import rows
from cable_tui.archive.catalogue.resolve_references import CitationGraph
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.records.read import Files, RecordTask, SourceGone
from cable_tui.archive.records.walk import never, shown_path
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.cable import Paragraph, RawCable
from cable_tui.exports.citation import Citation, RequestCount
from cable_tui.exports.copy_formats import reference
from cable_tui.formats import BrokenRecord
from cable_tui.telegram.people.name_forms import Meant
from cable_tui.telegram.people.protection_words import asks
from cable_tui.text import repaired, words
from cable_tui.text.numbers import counted
from cable_tui.tools.drafts.attribution import Attributed, Read
from cable_tui.tools.drafts.citations import Cited
from cable_tui.tools.drafts.claims import OTHERWISE, Claim, claim_of
from cable_tui.tools.drafts.comparing import Match, compare, is_cited, labels_of, number_of
from cable_tui.tools.drafts.findings import Finding, QuotedSource, Verdict
from cable_tui.tools.drafts.quotations import BlockSpan, passages
from cable_tui.tools.drafts.stated import NOTHING, differences, stated
from cable_tui.tools.drafts.tokens import CableWords, words_of
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers
from cable_tui.tools.protection.review import protected_names
from cable_tui.tools.voices.speaker import Spoken, author_of

_LEAST = 0.6
"""The share of a quotation's words that its source must have."""
_LEAST_CITED = 0.5
_FEW = 8
"""Short quotations with at most this many words need most of them: fewer match by chance."""
_LEAST_OF_FEW = 0.75
_AROUND = 1500
"""Characters on either side of a quotation that are kept to be shown."""
_UNDATED = "9"
"""Sorts after every date."""
_LOOKED_AT = 4
"""At most this many cables are compared with a quotation: those with most of its pairs of words."""
_NEARLY = 2
"""A cable with this many fewer pairs of words may still be more like a quotation."""
_BEGINNINGS = (12, 5)
"""A quotation without an end is searched for by its first words: this many."""
_MOST_OF_BEGINNING = 2000
_LAST_WORDS = 4
_MUCH_BETTER = 0.15
"""Another cable must have this much more of a quotation than the cited one."""


class _Located(NamedTuple):
    """The position of a quotation in a record of a cable."""

    id: int
    record: QuotableRecord
    match: Match

    @property
    def cable(self) -> CableWords:
        return self.record.words

    @property
    def spoken(self) -> Spoken:
        return self.record.words.spoken(self.match.spans)

    @property
    def rank(self) -> tuple[bool, float]:
        return self.match.is_exact, self.match.score

    @property
    def closeness(self) -> tuple[tuple[bool, float], int]:
        """The rank among the records of its cable."""
        return self.rank, -len(self.match.differences)


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the draft."""
    return tuple(sorted(findings, key=lambda finding: (finding.pieces[0], finding.kind)))


class Check:
    """The check of one draft against one archive."""

    def __init__(self, archive: Archive, read: Read, answers: Answers = NO_ANSWERS) -> None:
        """Take a draft, and the reader's answers to protection requests."""
        self._archive = archive
        self._answers = answers
        self.asking = RequestCount()
        """The protection requests of the cables with its quotations."""
        self._read = read
        self._draft = read.draft
        self._cables = DraftCables(archive)
        self.unread = self._cables.unread
        """Cables that could not be read."""

    def findings(self, cancelled: Callable[[], bool] = never) -> Iterator[Finding]:
        """Yield one finding for each quotation in order, then the citations.

        A quotation that the draft gives to another speaker is followed by a finding on that.
        Raises `TextIndexError`.
        """
        with self._cables:
            for quoted_passage in self._read.quotations:
                if cancelled():
                    return
                yield from self._quotation(quoted_passage)
            for block, citation in self._read.citations:
                if cancelled():
                    return
                if (finding := self._citation(block, citation)) is not None:
                    yield finding

    @cached_property
    def _index(self) -> TextIndex | None:
        return Snapshot(self._archive).text

    def _quotation(self, quoted: Attributed) -> Iterator[Finding]:
        """Yield the verdict on a quotation, and one on its attribution if that is wrong."""
        text = quoted.quotation.text(self._draft.blocks)
        citation_by_id = {
            id_: citation
            for citation in quoted.cited
            if (id_ := self._cables.meant(citation)) is not None
        }
        missing = [citation for citation in quoted.cited if self._cables.meant(citation) is None]
        remarks = [self._not_here(citation) for citation in missing]
        if quoted.quotation.is_closed:
            located = self._best(text, citation_by_id)
        else:
            located, last_words = self._beginning(text, citation_by_id)
            found_up_to = f"; it is there up to “{last_words}”" if last_words else ""
            remarks.insert(0, f"its closing quotation mark is missing{found_up_to}")
        verdict: Verdict = "unfound"
        if located is not None:
            verdict, more_remarks = self._judged(located, citation_by_id, nothing=not quoted.cited)
            remarks += more_remarks
        if not quoted.quotation.is_closed:
            verdict = "unplaced"
        first_piece = quoted.quotation.pieces[0]
        source = None if located is None else _found(located)
        claim = None if located is None else self._claim(quoted, located)
        finding = Finding(
            "quotation",
            verdict,
            quoted.quotation.pieces,
            self._draft.place(first_piece.block, first_piece.start),
            self._draft.blocks[first_piece.block].heading,
            text,
            tuple(dict.fromkeys(map(_as_cited, quoted.cited))),
            source,
            () if located is None else located.match.differences,
            claim.speaker if claim else None,
            tuple(dict.fromkeys(remarks)),
        )
        yield finding
        if source and claim and (claim.speaker, source.voice) in OTHERWISE:
            block = self._draft.blocks[claim.block]
            yield Finding(
                "attribution",
                "misattributed",
                (BlockSpan(claim.block, claim.start, claim.end),),
                self._draft.place(claim.block, claim.start),
                block.heading,
                block.text[claim.start : claim.end],
                found=source,
                claimed=claim.speaker,
            )

    def _claim(self, quoted: Attributed, located: _Located) -> Claim | None:
        """Return the speaker by the draft, unless the quotation says itself who speaks."""
        if not quoted.quotation.is_closed or located.spoken.has_frame:
            return None
        signers = located.cable.cable.body.signed_by
        return claim_of(quoted.quotation, self._draft.blocks, signers)

    def _best(self, text: str, cited: Mapping[int, Cited]) -> _Located | None:
        """Return the cable that has most of a quotation; the cited one if it has as much."""
        located_or_none = (self._at(text, id_, citation.labels) for id_, citation in cited.items())
        located_texts = [located for located in located_or_none if located]
        best = max(located_texts, key=lambda located: located.rank, default=None)
        if best is not None and best.match.is_exact:
            return best
        other = self._other(text, best, frozenset(cited))
        if other is not None and other.match.is_exact:
            return other
        word_count = sum(1 for _ in words(text))
        score = best.match.score if best else 0.0
        if score >= _LEAST_CITED and not (other and other.match.score > score + _MUCH_BETTER):
            return best
        least_score = _LEAST_OF_FEW if word_count < _FEW else _LEAST
        return other if other is not None and other.match.score >= least_score else None

    def _beginning(self, text: str, cited: Mapping[int, Cited]) -> tuple[_Located | None, str]:
        """Return where words without a known end are, and the last words there if not all are."""
        located_whole = self._best(text, cited)
        if located_whole is not None and located_whole.match.is_exact:
            return located_whole, ""
        spans = [(start, end) for start, end, _ in islice(words(text), _MOST_OF_BEGINNING)]
        for count in _BEGINNINGS:
            if count >= len(spans):
                continue
            located = self._best(text[: spans[count - 1][1]], cited)
            if located is None or not located.match.is_exact:
                continue
            labels = cited[located.id].labels if located.id in cited else ()
            words_right, wrong = count, len(spans)
            while wrong - words_right > 1:
                middle = (words_right + wrong) // 2
                longer = self._at(text[: spans[middle - 1][1]], located.id, labels)
                if longer is not None and longer.match.is_exact:
                    located, words_right = longer, middle
                else:
                    wrong = middle
            last = text[spans[max(words_right - _LAST_WORDS, 0)][0] : spans[words_right - 1][1]]
            return located, " ".join(last.split())
        return located_whole, ""

    def _other(self, text: str, best: _Located | None, cited: frozenset[int]) -> _Located | None:
        """Return the cable, of those not cited, with most of a quotation, if it may have more."""
        if self._index is None:
            return None
        pairs = pairs_of(text)
        least_pairs = self._common(best.id, pairs) if best else 0
        ids = [id_ for id_ in candidates(self._index, text) if id_ not in cited]
        # Of those that have as much of it the first one that was sent: the others repeat it.
        rows = {row.id: (row.created or _UNDATED, row.id) for row in self._archive.rows(ids)}
        likely_cables = sorted((-self._common(id_, pairs), rows[id_]) for id_ in ids if id_ in rows)
        other: _Located | None = None
        for count, (_, id_) in likely_cables[:_LOOKED_AT]:
            if -count <= least_pairs:
                break
            located = self._at(text, id_)
            if located is not None and (other is None or located.rank > other.rank):
                other = located
                if located.match.is_exact:
                    break
                least_pairs = max(least_pairs, -count - _NEARLY)
        return other

    def _common(self, id_: int, pairs: Sequence[tuple[str, str]]) -> int:
        known_pairs = self._cables.pairs(id_)
        return sum(pair in known_pairs for pair in pairs)

    def _at(self, text: str, id_: int, labels: Sequence[str] = ()) -> _Located | None:
        best: _Located | None = None
        for record in self._cables.records(id_):
            match = compare(text, record.words, labels)
            located = _Located(id_, record, match) if match else None
            if located and (best is None or located.closeness > best.closeness):
                best = located
            if best and best.match.is_exact and not best.match.differences:
                break
        return best

    def _judged(
        self, located: _Located, cited: Mapping[int, Cited], *, nothing: bool
    ) -> tuple[Verdict, list[str]]:
        """Return the verdict on a quotation that was found somewhere, and the remarks on it."""
        self.asking.add(located.cable.cable)
        remarks: list[str] = []
        named = cited.get(located.id)
        labels = labels_of(located.match, located.cable)
        elsewhere_remark = ""
        if named is None and not nothing:
            elsewhere_remark = "it is not in the cable that is cited"
        # Text above the first paragraph, such as the subject in a note, has no number.
        elif named and named.labels and not all(is_cited(label, named.labels) for label in labels):
            elsewhere_remark = f"¶{', '.join(named.labels)} is cited"
        if elsewhere_remark:
            remarks.append(elsewhere_remark)
        elif named:
            remarks += _used_twice(labels, named.labels)
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

    def _not_here(self, cited: Cited) -> str:
        """Say that a cited cable is not in the archive, and how many cables there cite it."""
        citing = 0
        for name in cited.ids[:1]:
            citing = len(self._archive.cited_by(name))
        cited_here = f"; {counted(citing, 'cable')} here {'cites' if citing == 1 else 'cite'} it"
        return f"{cited.text} is not in this archive{cited_here if citing else ''}"

    def _citation(self, block: int, cited: Cited) -> Finding | None:
        """Return the verdict on a citation; None for words that may be none, as `Vienna 12`."""
        id_ = self._cables.meant(cited)
        if id_ is None and not cited.sure:
            return None
        remarks: list[str] = []
        source: QuotedSource | None = None
        if id_ is None:
            remarks.append(self._not_here(cited))
        else:
            row = self._archive.rows([id_])[0]
            source = QuotedSource(id_, row.reference_id, (), row.reference_id)
            remarks += self._paragraphs_missing(id_, cited.labels)
        verdict: Verdict = "unfound" if remarks else "exact"
        link_remarks = list(self._link_otherwise(id_, cited))
        statement = stated(self._draft.blocks[block].text, cited.start, cited.end)
        records = self._cables.records(id_) if id_ is not None and statement != NOTHING else ()
        if records:  # what one of them says is right
            found_so = (list(differences(statement, record.words.cable)) for record in records)
            fewest: list[str] = min(found_so, key=len)
            link_remarks += fewest
        if link_remarks:
            remarks += link_remarks
            verdict = "altered" if verdict == "exact" else verdict
        return Finding(
            "citation",
            verdict,
            (BlockSpan(block, cited.start, cited.end),),
            self._draft.place(block, cited.start),
            self._draft.blocks[block].heading,
            cited.text,
            found=source,
            remarks=tuple(remarks),
        )

    def _link_otherwise(self, id_: int | None, cited: Cited) -> Iterator[str]:
        """Yield what contradicts the words of a citation in its link."""
        if cited.linked:
            labels = (", ".join(some_labels) for some_labels in (cited.labels, cited.linked))
            yield "it names ¶{}, its link leads to ¶{}".format(*labels)
        if cited.linked_ids:
            linked_id = self._cables.meant(cited._replace(ids=cited.linked_ids, post=None))
            if linked_id is None or linked_id != id_:
                yield f"its link leads to {cited.linked_ids[0]}"

    def _paragraphs_missing(self, id_: int, labels: Sequence[str]) -> Iterator[str]:
        if not labels:
            return
        known = self._cables.labels(id_)
        folded_labels = {label.casefold() for label in known}
        for label in labels:
            if label.casefold() not in folded_labels:
                has = (
                    f"its paragraphs are {known[0]} to {known[-1]}" if known else "none is numbered"
                )
                yield f"it has no ¶{label}: {has}"


def _as_cited(cited: Cited) -> str:
    """Return a citation as the draft writes it, with its paragraphs."""
    labels = f" ¶{', '.join(cited.labels)}" if cited.labels else ""
    meant_text = f" ({cited.meant})" if cited.meant else ""
    return f"{cited.text}{labels}{meant_text}"


def _used_twice(labels: Sequence[str], cited: Sequence[str]) -> Iterator[str]:
    """Yield a remark that the cited number is the number of several paragraphs."""
    cited_labels = {label.casefold() for label in cited}
    for label in labels:
        if label.casefold() not in cited_labels and is_cited(label, cited):
            yield f"the cable has more than one ¶{number_of(label)}: this one is ¶{label} here"


def _touched(located: _Located) -> tuple[int, ...]:
    """Return the paragraphs that a quotation touches, in order."""
    touched_paragraphs: dict[int, None] = {}
    for start, end in located.match.spans:
        touched_paragraphs.update(dict.fromkeys(located.cable.paragraph_of[start:end]))
    return tuple(number for number in touched_paragraphs if number >= 0)


def _paragraphs(located: _Located) -> tuple[Paragraph, ...]:
    paragraphs = located.cable.cable.body.paragraphs
    return tuple(paragraphs[number] for number in _touched(located))


def _protection(located: _Located, answers: Answers) -> str:
    """Return a remark if somebody near a quotation is protected, or perhaps; else empty."""
    cable = located.cable.cable
    body = cable.body.text
    texts = [paragraph.text for paragraph in _paragraphs(located)]
    asking = [" ".join(text[start:end].split()) for text in texts for start, end in asks(text)]
    if asking:
        return f"a name near it asks for protection: “{asking[0]}”"
    if not (spans := asks(body)):
        return ""
    words = " ".join(body[slice(*spans[0])].split())
    names = protected_names(cable, answers)
    if any(map(Meant(names.sure).is_in, texts)):
        return f"a name near it asks for protection: “{words}”"
    is_perhaps_protected = any(map(Meant(names.perhaps).is_in, texts))
    return f"a name near it is perhaps protected: “{words}”" if is_perhaps_protected else ""


def _found(located: _Located) -> QuotedSource:
    cable, tokens = located.cable, located.cable.whole.tokens
    spans = [(tokens[start].start, tokens[end - 1].end) for start, end in located.match.spans]
    paragraph_spans = (paragraph.span for paragraph in _paragraphs(located))
    edges = [(cable.begin + start, cable.begin + end) for start, end in paragraph_spans] or spans
    spoken = located.spoken
    first = max(min(start for start, _ in edges), min(start for start, _ in spans) - _AROUND)
    last = min(max(end for _, end in edges), max(end for _, end in spans) + _AROUND)
    return QuotedSource(
        located.id,
        cable.cable.reference_id,
        labels_of(located.match, cable),
        reference(Citation(cable.cable, _paragraphs(located))),
        _touched(located),
        cable.text[first:last],
        tuple((start - first, end - first) for start, end in spans if start >= first),
        spans[0][0] - cable.begin if spans[0][0] >= cable.begin else None,
        located.record.number,
        spoken.voice,
        cable.cable.body.text[slice(*spoken.sentence)] if spoken.sentence else "",
        author_of(cable.cable.facts.origin),
    )


# Where a quotation may be that is not where it is cited

_LIMIT = 10
"""At most this many cables are read for a quotation."""
_ROWS = 9
"""At most this many pairs of words are searched for: a wrong word spoils two of them."""
_COMMON = 0.04
"""A word in more than this share of the cables is too common to search for."""
_LEAST_COMMON = 400
"""A word in no more cables than this does not count as too common."""
_ALONE = 2000
"""A word is searched for on its own only if at most this many cables have it."""
_WORDS_ALONE = 3


def candidates(index: TextIndex, text: str) -> array[int]:
    """Find cables with most of the rarest pairs of words of a quotation, likeliest first.

    Raises `TextIndexError`.
    """
    candidate_rows = list(_rows(index, text))
    return index.most_like(candidate_rows, _LIMIT) if candidate_rows else array("I")


def _rows(index: TextIndex, text: str) -> Iterator[tuple[str, ...]]:
    segments = _segments(text)
    counts = {word: index.about(word, "body") for segment in segments for word in segment}
    numbered_pairs: list[tuple[int, int, tuple[str, str]]] = []
    pair_place = 0
    for segment in segments:
        for pair in pairwise(segment):
            pair_place += 1
            cost = min(counts[word] for word in pair)
            if cost:
                numbered_pairs.append((cost, pair_place, pair))
        pair_place += 1  # the first pair of the next segment shares no word with this one
    numbered_pairs.sort()
    most_common = max(index.cables * _COMMON, _LEAST_COMMON)
    chosen_pairs = _apart([pair for pair in numbered_pairs if pair[0] <= most_common])
    yield from chosen_pairs
    rare_words = sorted((count, word) for word, count in counts.items() if 0 < count <= _ALONE)
    yield from ((word,) for _, word in rare_words[:_WORDS_ALONE])
    if not chosen_pairs and not rare_words:
        # Nothing but common words: some of them in a row.
        yield from (tuple(segment[:6]) for segment in segments[:2] if len(segment) > 2)


def _apart(pairs: Sequence[tuple[int, int, tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return the rarest pairs; pairs that share a word with them only if there are few."""
    taken_words: set[int] = set()
    chosen_pairs: list[tuple[str, str]] = []
    later_pairs: list[tuple[str, str]] = []
    for _, pair_number, pair in pairs:
        if len(chosen_pairs) == _ROWS:
            break
        if pair_number in taken_words:
            later_pairs.append(pair)
            continue
        chosen_pairs.append(pair)
        taken_words.update((pair_number - 1, pair_number, pair_number + 1))
    return [*chosen_pairs, *later_pairs[: _ROWS - len(chosen_pairs)]]


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return every two neighbouring words of a quotation, in the form of `DraftCables.pairs`."""
    return [pair for segment in _segments(text) for pair in pairwise(segment)]


def _segments(text: str) -> list[list[str]]:
    """Return runs of words; the author's own are between brackets, unless the cable has these."""
    return [
        [word for _, _, word in words(segment.text[first.start : last.end])]
        for segment in passages(text)[-1].segments
        for first, last in [(segment.tokens[0], segment.tokens[-1])]
    ]


# The cables that a draft cites, read

_KEPT = 64
"""Cables in memory, and as many texts: about 20 MB."""
_YEARS = [f"{year % 100:02}" for year in range(1966, 2012)]


class QuotableRecord(NamedTuple):
    """A record of a cable, prepared for finding quotations."""

    number: int
    path: str
    words: CableWords


class DraftCables:
    """The cables of an archive by id and by their names in a draft."""

    def __init__(self, archive: Archive, kept: int = _KEPT) -> None:
        self._archive = archive
        self._files = Files(archive.root)
        self.records = lru_cache(kept)(self._parsed)
        """The records of a cable whose words differ, the shown one first, as far as can be read."""
        self._raw = lru_cache(kept)(self._read)
        self._labels: dict[int, tuple[str, ...]] = {}
        self._meant: dict[str, int | None] = {}
        self.unread: list[str] = []
        """Reasons why records could not be read."""

    def __enter__(self) -> DraftCables:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.__exit__()

    def pairs(self, id_: int) -> frozenset[tuple[str, str]]:
        """Return every two neighbouring words of a text, as a first test for a quotation."""
        bodies = (repaired(raw.body) for _, raw in self._raw(id_))
        neighbours = (pairwise(word for _, _, word in words(body)) for body in bodies)
        return frozenset(chain.from_iterable(neighbours))

    def labels(self, id_: int) -> tuple[str, ...]:
        """Return the labels of its paragraphs; empty if it cannot be read, or has none."""
        if id_ not in self._labels:
            self.records(id_)
        return self._labels.get(id_, ())

    def _read(self, id_: int) -> list[tuple[RecordTask, RawCable]]:
        with self._archive.reading() as db:
            tasks = [*rows.records(db, [id_]), *rows.differing(db, id_)]
        records_read = []
        for task in tasks:
            try:
                records_read.append((task, self._files.cable(task)))
            except (SourceGone, BrokenRecord) as error:
                self.unread.append(str(error))
        return records_read

    def _parsed(self, id_: int) -> tuple[QuotableRecord, ...]:
        records = tuple(
            QuotableRecord(
                task.number,
                shown_path(self._archive.root, task.path),
                words_of(telegram.parse(raw)),
            )
            for task, raw in self._raw(id_)
        )
        labels = (label for record in records for label in record.words.owners if label)
        self._labels[id_] = tuple(dict.fromkeys(labels))
        return records

    def meant(self, cited: Cited) -> int | None:
        """Return the cable that a citation means; None if it is not in this archive."""
        for name in cited.ids:
            if (id_ := self._named(name)) is not None:
                return id_
        if cited.post is None:
            return None
        station, serial_number = cited.post
        names = [f"{year}{station}{serial_number}" for year in _YEARS]
        found_ids = set(self._archive.ids(names).values())
        # Without a year it is one only if no other can be meant.
        return found_ids.pop() if len(found_ids) == 1 else None

    def _named(self, name: str) -> int | None:
        if name not in self._meant:
            with self._archive.reading() as db:
                self._meant[name] = CitationGraph(db).cable(name)
        return self._meant[name]

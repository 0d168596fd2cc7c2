"""Decide which errors in a draft are corrected, and why the others are left to its writer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.telegram.people.protection_words import asks
from cable_tui.tools.drafts.attribution import Attributed, Read
from cable_tui.tools.drafts.candidates import candidates, pairs_of
from cable_tui.tools.drafts.check import Check, QuotableRecord
from cable_tui.tools.drafts.comparing import compare, is_cited
from cable_tui.tools.drafts.findings import Finding, QuotedSource
from cable_tui.tools.drafts.quotations import BlockSpan, passages
from cable_tui.tools.repair.changes import Change, ChangeKind, Doubt, Edit, Plan
from cable_tui.tools.repair.cited_parts import (
    CitedPlace,
    other_cable,
    other_fact,
    other_paragraph,
    own_citation,
)
from cable_tui.tools.repair.quoted_words import (
    Unsure,
    WordChange,
    contains,
    is_exact,
    repaired_text,
    word_changes,
)

_CLOSERS = '”"»«“’›'
_SHORT = 8
"""The minimum number of words in a quotation that can show which cable or paragraph is cited."""
_RIVAL = 0.15
"""The lead in score that a cable needs before an uncited quotation is corrected to match it."""
_LEAST_LIKE = 0.6
_REASONS = {
    "unfound": "no cable in this archive contains it",
    "unplaced": "its closing quotation mark is missing",
    "misattributed": "the cable attributes the words to another speaker",
    "elsewhere": "it is not clear which citation is meant",
    "altered": "no quotation shows which part of the citation is wrong",
}


class _Checked(NamedTuple):
    """A quotation and its verdict."""

    attributed: Attributed
    finding: Finding

    @property
    def source(self) -> QuotedSource:
        """The position in the archive. Raises `Unsure` if there is none."""
        if self.finding.found is None:
            raise Unsure(_REASONS["unfound"])
        return self.finding.found

    @property
    def is_word_for_word(self) -> bool:
        return (
            self.attributed.quotation.is_closed
            and self.finding.found is not None
            and not any(difference.is_fault for difference in self.finding.differences)
        )


class Planner:
    """Plans the repair of one checked draft."""

    def __init__(self, archive: Archive, read: Read, check: Check, *, cite: bool = False) -> None:
        """Prepare a plan for a parsed draft; with `cite`, also add missing citations."""
        self._read = read
        self._cables = check.cables
        self._cite = cite
        self._blocks = read.draft.blocks
        self._index = Snapshot(archive).text

    def plan(self, findings: Sequence[Finding]) -> Plan:
        """Return the changes and doubts for findings in the order of `Check.findings`."""
        with self._cables:
            return self._plan(findings)

    def _plan(self, findings: Sequence[Finding]) -> Plan:
        changes: list[Change] = []
        reasons: dict[Finding, str] = {
            finding: finding.remarks[0]
            if finding.kind == "receipt" and finding.remarks
            else _REASONS.get(finding.verdict, "")
            for finding in findings
        }
        quoted = [finding for finding in findings if finding.kind == "quotation"]
        checked_quotations = list(map(_Checked, self._read.quotations, quoted))
        cited = {
            finding.pieces[0][:2]: finding for finding in findings if finding.kind == "citation"
        }
        proofs: defaultdict[CitedPlace, list[_Checked]] = defaultdict(list)
        for checked in checked_quotations:
            place = own_citation(checked.attributed, self._read)
            if place is not None:
                proofs[place].append(checked)
            try:
                changes += self._quotation(checked)
            except Unsure as error:
                reasons[checked.finding] = str(error)
            else:
                if checked.finding.verdict == "altered":
                    reasons[checked.finding] = ""
        for place, group in proofs.items():
            citation = cited.get((place.block, place.cited.start))
            concerned = [each.finding for each in group if each.finding.verdict == "elsewhere"]
            concerned += [citation] if citation and citation.is_fault else []
            if not concerned:
                continue
            try:
                changes.append(self._citation(place, group))
            except Unsure as error:
                reasons.update(dict.fromkeys(concerned, str(error)))
            else:
                reasons.update(dict.fromkeys(concerned, ""))
        doubts = (
            Doubt(finding.pieces[0], finding.place, finding.text, reason)
            for finding, reason in reasons.items()
            if reason
        )
        return Plan(
            tuple(sorted(changes, key=lambda change: change.edit)),
            tuple(sorted(doubts, key=lambda doubt: doubt.piece)),
        )

    def _quotation(self, checked: _Checked) -> Iterator[Change]:
        """Return the changes to a quotation's words, or the citation to add. Raises `Unsure`."""
        if checked.finding.verdict == "altered":
            return iter(list(self._words(checked)))
        is_uncited = not checked.attributed.cited and checked.finding.verdict == "exact"
        if is_uncited and self._cite and checked.is_word_for_word:
            return iter([self._added(checked)])
        return iter(())

    def repaired(self, finding: Finding) -> str:
        """Return an altered quotation in the words of its cable. Raises `Unsure`."""
        attributed = next(
            each for each in self._read.quotations if each.quotation.pieces == finding.pieces
        )
        with self._cables:
            return repaired_text(finding.text, self._sure(_Checked(attributed, finding)))

    def _words(self, checked: _Checked) -> Iterator[Change]:
        return (self._word_change(checked, change) for change in self._sure(checked))

    def _sure(self, checked: _Checked) -> Sequence[WordChange]:
        """Return the changes that make a quotation exact. Raises `Unsure`."""
        finding, source = checked.finding, checked.source
        cited_labels = self._cited_labels(checked)
        if cited_labels and not all(is_cited(label, cited_labels) for label in source.labels):
            raise Unsure("its words and its paragraph both differ")
        record = next(
            each for each in self._cables.records(source.id) if each.number == source.record
        )
        match = compare(finding.text, record.words, cited_labels)
        if match is None:
            raise Unsure(_REASONS["unfound"])
        asks_protection = bool(asks(record.words.cable.body.text))
        word_list = word_changes(finding.text, record.words, match, asks_protection=asks_protection)
        new_text = repaired_text(finding.text, word_list)
        if not is_exact(new_text, record.words, cited_labels):
            raise Unsure("not only words differ")
        for other in self._cables.records(source.id):
            likeness = compare(new_text, other.words)
            if likeness and likeness.score > _LEAST_LIKE and not likeness.is_exact:
                raise Unsure("the versions of the cable differ here")
        if not checked.attributed.cited:
            self._refuse_rivals(finding.text, source.id, match.score)
        return word_list

    def _cited_labels(self, checked: _Checked) -> tuple[str, ...]:
        """Return the cited paragraphs of the quotation's cable.

        Raises `Unsure` for another cable.
        """
        if not checked.attributed.cited:
            return ()
        for cited in checked.attributed.cited:
            if self._cables.meant(cited) == checked.source.id:
                return cited.labels
        raise Unsure("its words and its cable both differ")

    def _refuse_rivals(self, text: str, id_: int, score: float) -> None:
        for other in self._candidates(text):
            for record in self._cables.records(other) if other != id_ else ():
                rival = compare(text, record.words)
                if rival and rival.score > score - _RIVAL:
                    raise Unsure("several cables have similar words")

    def _candidates(self, text: str) -> Sequence[int]:
        return list(candidates(self._index, text)) if self._index else []

    def _word_change(self, checked: _Checked, change: WordChange) -> Change:
        finding = checked.finding
        edit = self._edit(checked.attributed, change)
        # Words that are only added or removed are shown with the word before them.
        shown_from = finding.text.rfind(" ", 0, max(change.start - 1, 0)) + 1
        is_pure = not change.new.strip() or not finding.text[change.start : change.end].strip()
        start = shown_from if is_pure else change.start
        lead = finding.text[start : change.start]
        return Change(
            "word",
            edit,
            finding.pieces[0],
            self._read.draft.place(edit.block, edit.start),
            " ".join((lead + finding.text[change.start : change.end]).split()),
            " ".join((lead + change.new).split()),
            "these are the cable's words",
            checked.source.citation,
        )

    def _edit(self, attributed: Attributed, change: WordChange) -> Edit:
        """Return a change to the quotation's text as a change to its block. Raises `Unsure`."""
        offset = 0
        for block, start, end in attributed.quotation.pieces:
            raw = self._blocks[block].text[start:end]
            length = len(raw.strip())
            if offset <= change.start and change.end <= offset + length:
                shift = start + len(raw) - len(raw.lstrip()) - offset
                return Edit(block, change.start + shift, change.end + shift, change.new)
            offset += length + len("\n\n")
        raise Unsure("the words are in two paragraphs")

    def _holders(self, checked: _Checked) -> set[int]:
        """Return the cables that contain a quotation word for word."""
        text, held = checked.finding.text, {checked.source.id}
        word_pairs = pairs_of(text)
        for id_ in self._candidates(text):
            if self._cables.common(id_, word_pairs) >= _LEAST_LIKE * len(word_pairs) and any(
                contains(record.words, text) for record in self._cables.records(id_)
            ):
                held.add(id_)
        return held

    def _record(self, checked: _Checked) -> QuotableRecord:
        """Return the only record with a quotation. Raises `Unsure` if there are several."""
        source = checked.source
        segments = passages(checked.finding.text)[-1].segments
        if sum(len(segment.tokens) for segment in segments) < _SHORT:
            raise Unsure("the quotation is too short to show what is cited")
        if len(self._holders(checked)) > 1:
            raise Unsure("several cables contain it")
        record = next(
            each for each in self._cables.records(source.id) if each.number == source.record
        )
        longest = max(segments, key=lambda segment: len(segment.tokens))
        if record.words.whole.squeezed.count(longest.squeezed) > 1:
            raise Unsure("the cable contains it in two places")
        return record

    def _citation(self, place: CitedPlace, group: Sequence[_Checked]) -> Change:
        """Return the change to a citation that its quotations prove. Raises `Unsure`."""
        if not all(checked.is_word_for_word for checked in group):
            raise Unsure("the quotation before it differs too")
        sources = [checked.source for checked in group]
        if len({(source.id, source.labels) for source in sources}) > 1:
            raise Unsure("its quotations are in different places")
        source, labels, block = sources[0], sources[0].labels, self._blocks[place.block]
        records = [self._record(checked) for checked in group]
        cable = records[0].words.cable
        is_in_cited = not place.cited.labels or all(
            is_cited(label, place.cited.labels) for label in labels
        )
        if self._cables.meant(place.cited) != source.id:
            if not is_in_cited:
                raise Unsure("more than one part of the citation would have to change")
            change = other_cable(place, block, cable)
        elif not is_in_cited:
            if len(labels) != 1:
                raise Unsure("more than one paragraph may be meant")
            change = other_paragraph(place, block, labels[0])
        else:
            change = other_fact(place, block, cable)
        edit = change.edit
        return Change(
            change.kind,
            edit,
            BlockSpan(place.block, place.cited.start, place.cited.end),
            self._read.draft.place(place.block, edit.start),
            block.text[edit.start : edit.end],
            edit.new,
            _CITED_REASONS[change.kind],
            source.citation,
        )

    def _added(self, checked: _Checked) -> Change:
        """Return the citation to add to an uncited quotation. Raises `Unsure`."""
        self._record(checked)
        source, quotation = checked.source, checked.attributed.quotation
        last = quotation.pieces[-1]
        text = self._blocks[last.block].text
        end = last.end
        if not quotation.is_apart:
            if not text[end : end + 1] or text[end] not in _CLOSERS:
                raise Unsure("the position for its citation is unclear")
            end += 1
        elif end < len(text) and text[end:].strip():
            raise Unsure("the position for its citation is unclear")
        return Change(
            "citation",
            Edit(last.block, end, end, f" ({source.citation})"),
            quotation.pieces[0],
            checked.finding.place,
            "",
            f"({source.citation})",
            "only this cable contains the quotation",
            source.citation,
        )


_CITED_REASONS: dict[ChangeKind, str] = {
    "date": "this is the cable's date",
    "post": "the quotation is in a cable from this post",
    "serial number": "only the cable with this number contains the quotation",
    "paragraph": "the quotation is in this paragraph",
}

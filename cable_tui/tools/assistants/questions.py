"""The questions that an assistant can ask about an archive, with their arguments and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from cable_tui.base.errors import ArchiveError, NotFoundError, UsageError
from cable_tui.base.value import Value, as_json
from cable_tui.query.checked_query import checked_query
from cable_tui.reports.table import REPORTS
from cable_tui.telegram import reference_in
from cable_tui.text.numbers import counted
from cable_tui.tools.assistants.masks import Mask, Masks, masked_values
from cable_tui.tools.assistants.pages import Page, Row, parts_of
from cable_tui.tools.assistants.quoting import SPEAKERS, check_quotation
from cable_tui.tools.drafts.citations import labels_in

if TYPE_CHECKING:
    from cable_tui.api.cable_texts import Cable, Paragraph, Passage
    from cable_tui.api.found_cables import Hits
    from cable_tui.api.public_archive import Archive
    from cable_tui.api.row_values import Hit

Told = Callable[[str, int, bool], None]
"""A function that receives a query, the number of cables found, and whether texts are missing."""
_MOST_HITS = 50
_HITS = 10
_YEARS = 30
_SAMPLE = 5
_FIRST_WORDS = 60
_OF_THE_READER = {
    "log": "it lists the reader's searches",
    "protect": "it lists people who asked for protection",
}
"""The reports that assistants cannot use, each with the reason."""
_TRY_OTHER_WORDS = "try other words, the beginning of a word with * (embar*), or fewer filters"
_MEANINGLESS = "cables that say the same in other words"


class RefusedQuestionError(UsageError):
    """A question that was refused, with a code for the reason."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Answer(Value):
    """An answer: its text and, for verdicts and counts, its values."""

    text: str
    values: Mapping[str, Any] | None = None


class Questions:
    """An open archive, with the names to mask and the log of queries."""

    def __init__(self, archive: Archive, masks: Masks, told: Told) -> None:
        self._archive = archive
        self.masks = masks
        self._told = told

    # The archive.

    def describe(self) -> Answer:
        """Return the years, posts, prefixes, reports and gaps of the archive."""
        described = as_json(self._archive.describe())
        return self._page((), [described], 1, self.masks.of())

    def search(self, query: str, sort: str = "", start: int = 1, limit: int = _HITS) -> Answer:
        """Return the counts for a query, then the best passage in each cable found."""
        hits = self._hits(query, sort)
        mask = self.masks.of()
        head = [f"{counted(len(hits), 'cable')}, for the query {self.masks.typed(hits.query)}"]
        head += map(self.masks.typed, self._how_read(hits))
        if len(hits):
            for key in ("year", "post"):
                counts = list(islice(hits.count(key), _YEARS))
                head.append(mask(f"by {key}: {', '.join(f'{c.value} {c.count}' for c in counts)}"))
        else:
            head += self._where_else(query, mask) or (_TRY_OTHER_WORDS,)
        chosen = slice(start - 1, start - 1 + min(limit, _MOST_HITS))
        has_words = checked_query(query).has_words
        rows = (
            map(self._passage, hits.passages()[chosen])
            if has_words
            else map(self._hit, hits[chosen])
        )
        page = Page(head, rows, start)
        last = start - 1 + len(page.rows)
        if not page.more and page.rows and last < len(hits):
            page.more = last + 1
        return Answer(page.text((_MEANINGLESS, *self._not_known())))

    def read(self, reference: str, paragraphs: str = "", start: int = 1) -> Answer:
        """Return paragraphs of a cable, each as a separate passage."""
        reference, _, label = self._reference(reference).partition("#")
        if self._archive.inner.find(reference) is None:
            raise RefusedQuestionError(
                "not_found",
                f"{reference}: not in this archive; use references to see who cites it, or search "
                "to find other cables",
            )
        cable = self._archive[reference]
        mask = self.masks.of(cable.protected)
        wanted = list(cable.paragraphs)
        if asked := paragraphs or label:
            labels = labels_in(asked)
            if not labels:
                raise RefusedQuestionError("argument", f"{asked}: give paragraphs as 3 or 2-5")
            wanted = [cable.paragraphs[each] for each in labels]
        rows = [row for each in wanted for row in _rows_of(cable, each)]
        if not cable.paragraphs:
            rows = [{**_facts(cable), "text": part} for part in parts_of(cable.text)]
        head = [
            f"{cable.ref}, from {cable.origin}: {cable.subject}",
            f"cite it as: {cable.cite('short-note') if cable.origin else cable.ref}",
        ]
        rest = islice(rows, start - 1, None)
        return self._page(map(mask, head), rest, start, mask, "who speaks where no one is named")

    def references(self, reference: str, chain: bool = False, start: int = 1) -> Answer:
        """Return the cables that a cable cites and those that cite it, or its citation chain."""
        reference = self._reference(reference).partition("#")[0]
        if chain:
            return self.report("chain", [reference], start=start)
        try:
            found = self._archive.references(reference)
        except NotFoundError as error:
            text = (
                f"{error}, and no cable in this archive cites it; search for its subject or "
                "its "
                "post"
            )
            raise RefusedQuestionError("not_found", text) from error
        cited = [{"cites": as_json(each)} for each in found.cites or ()]
        citing = [{"cited_by": as_json(each)} for each in found.cited_by]
        here = "" if found.cites is not None else "it is not in this archive, but is cited in it"
        head = [f"{found.reference_id}: cites {len(cited)}, cited by {len(citing)}", here]
        if found.more:
            head.append(f"{found.more} more cables cite it")
        rest = islice([*cited, *citing], start - 1, None)
        return self._page(head, rest, start, self.masks.of(), "citations in missing files")

    # Numbers.

    def count(self, query: str, by: str = "year", then_by: str = "") -> Answer:
        """Return the number of cables for each value of one or two keys."""
        hits = self._hits(query, "")
        counts = hits.count(by, then_by)
        mask = self.masks.of()
        head = [f"{counted(len(hits), 'cable')} for {self.masks.typed(hits.query)}"]
        head += map(self.masks.typed, self._how_read(hits))
        if counts.without:
            head.append(f"{counts.without} of them have no {by}")
        if counts.columns:
            head.append(mask(f"across: {', '.join(counts.columns)}"))
        rows = (masked_values(row, mask) for row in counts.to_dicts())
        page = Page(head, rows, 1, has_copy=True)
        values = {"cables": len(hits), "whole": counts.whole, "counts": page.rows}
        values |= {} if hits.population is None else {"population": hits.population}
        text = page.text((_MEANINGLESS, *self._not_known()))
        if page.more:
            text = text.replace(f"start={page.more}", "a narrower query")
        return Answer(text, {**values, "all": not page.more})

    def report(
        self,
        name: str,
        words: Sequence[str] = (),
        options: Mapping[str, Any] | None = None,
        start: int = 1,
    ) -> Answer:
        """Return the rows of one of the program's reports."""
        if name in _OF_THE_READER and not (name == "protect" and self.masks.unmasked):
            raise RefusedQuestionError("private", f"{name}: {_OF_THE_READER[name]}; ask the reader")
        report = self._archive.report(name, *words, **dict(options or {}))
        rows = [vars(row) for row in report[start - 1 :]]  # asks the queries of the report
        for query, count, is_whole in report.queries:
            if query:  # an empty one asks for all cables
                self._told(query, count, not is_whole)
        mask = self.masks.typed
        head = (f"report {name}: {REPORTS[name].help}", *map(mask, report.tally.sentences))
        return self._page(head, rows, start, mask)

    def explain(self, words: Sequence[str]) -> Answer:
        """Return the meanings of words or codes."""
        rows = [as_json(each) for each in self._archive.explain(*words)]
        unknown = [row["term"] for row in rows if not row["meaning"]]
        mask = self.masks.typed
        head = (
            [f"not in the tables: {mask(', '.join(unknown))}; search for them"] if unknown else []
        )
        return self._page(head, rows, 1, mask, "other meanings of these words")

    def check_quotation(
        self, quotation: str, reference: str = "", speaker: Literal["", "embassy", "source"] = ""
    ) -> Answer:
        """Return the verdict on a quotation, with its receipt if it is exact."""
        if speaker and speaker not in SPEAKERS:
            raise RefusedQuestionError(
                "argument", f"speaker: {speaker}: give {' or '.join(SPEAKERS)}, or leave it out"
            )
        cited = self._reference(reference) if reference else ""
        verdict, cable = check_quotation(self._archive, quotation, cited, speaker)
        mask = self.masks.of(self._archive.protection_of(cable).names if cable else ())
        if mask(quotation) != quotation:
            raise RefusedQuestionError(
                "protected",
                "the quotation contains the name of a protected person: leave the name out",
            )
        values = masked_values(as_json(verdict), mask)
        advice = (
            f"exact: quote it, followed by: {verdict.receipt}"
            if verdict.receipt
            else f"{verdict.verdict}: do not quote it; take the words of the cable, and check again"
        )
        page = Page((advice,), (values,), 1, has_copy=True)
        unknown = (
            "whether quoting these words is fair in their context",
            "who wrote the text around the quotation in the draft",
        )
        (shown,) = page.rows
        return Answer(page.text((*unknown, *self._not_known())), shown)

    # What they have in common.

    def _page(
        self,
        head: Iterable[str],
        rows: Iterable[Row],
        start: int,
        mask: Mask,
        unknown: str = "",
    ) -> Answer:
        page = Page(head, (masked_values(row, mask) for row in rows), start)
        return Answer(page.text((*((unknown,) if unknown else ()), *self._not_known())))

    def _not_known(self) -> Iterator[str]:
        summary = self._archive.inner.summary()
        years = f", {summary.first_year}-{summary.last_year}" if summary.first_year else ""
        yield f"anything outside the {counted(summary.cables, 'cable')} in this archive{years}"
        if summary.problems:
            yield f"{counted(summary.problems, 'file')} that could not be read"
        for stage, (done, total) in summary.stages.items():
            if done < total:
                yield f"not yet indexed ({stage}): {total - done:,} of {total:,}"
        if not self.masks.whole:
            yield (
                "some of the names to mask, so another cable may still show one: name no one in a "
                "passage"
            )

    def _hits(self, query: str, sort: str) -> Hits:
        hits = self._archive.search(query, sort)
        self._told(hits.query, len(hits), not hits.whole)
        return hits

    def _how_read(self, hits: Hits) -> Iterator[str]:
        for correction in hits.corrections:
            used = ", ".join(f"{word} ({count})" for word, count in correction.used)
            yield f"no “{correction.word}”{f'; searched for {used} instead' if used else ''}"
        for offer in hits.offers:
            other = " or ".join(f"{word} ({count})" for word, count in offer.also)
            yield f"did you mean {other}? {offer.word} has {offer.count}"
        yield from hits.remarks
        if not hits.whole:
            yield "not every text is indexed, so there may be more cables"

    def _where_else(self, query: str, mask: Mask) -> list[str]:
        """Return where else the words in a query without hits occur."""
        found = []
        terms = [term for term in query.split() if ":" not in term]
        for words in dict.fromkeys((" ".join(terms), *terms)):
            if not words or words == query.strip():
                continue
            try:
                hits = self._archive.search(words)
                refs = ", ".join(hit.ref for hit in hits[:_SAMPLE])
            except UsageError:
                continue  # a part of a phrase or of brackets
            if refs:
                count = counted(len(hits), "cable")
                found.append(mask(f"{self.masks.typed(words)} alone: {count}: {refs}"))
        return found

    def _hit(self, hit: Hit) -> Row:
        facts = {name: value for name, value in vars(hit).items() if name != "created"}
        try:
            return self._masked(facts, self._archive[hit.ref])
        except ArchiveError:  # its file is gone
            masked: Row = masked_values(facts, self.masks.of())
            return masked

    def _masked(self, row: Row, cable: Cable) -> Row:
        masked: Row = masked_values(row, self.masks.of(cable.protected))
        return masked

    def _passage(self, found: Passage) -> Row:
        """Return a passage with the metadata of its cable."""
        cable = found.cable
        paragraph = found.paragraph
        row = {
            **_facts(cable),
            "ref": found.ref,
            "subject": cable.subject,
            "speaks": _speaks(paragraph) if paragraph else "not known",
            "passage": found.text,
        }
        return self._masked(row, cable)

    def _reference(self, reference: str) -> str:
        """Return a reference that identifies a cable. Raises `RefusedQuestionError`."""
        given = reference.strip().removeprefix("cable://")
        if given.partition("#")[0].isdecimal() or not given.partition("#")[0]:
            raise RefusedQuestionError(
                "id",
                f"{given or 'REF'}: not a reference ID; give one as search returns it: 04RABAT12#3",
            )
        if self._archive.inner.find(given.partition("#")[0]) is not None:
            return given
        known = reference_in(given)
        if known is None:
            raise RefusedQuestionError(
                "id", f"{given}: no cable has this reference ID; search for {given} instead"
            )
        return "#".join(filter(None, known))


def _facts(cable: Cable) -> dict[str, Any]:
    """Return the metadata that is sent with each passage of a cable."""
    asked = [f"¶{each.paragraph}: {each.words}" for each in cable.requests]
    return {
        "ref": cable.ref,
        "date": cable.created,
        "classification": cable.classification,
        "from": cable.origin,
        **({"warnings": [each.message for each in cable.warnings]} if cable.warnings else {}),
        **({"asks_for_protection": asked, "so": "do not name anyone near it"} if asked else {}),
    }


def _rows_of(cable: Cable, paragraph: Paragraph) -> Iterator[Row]:
    parts = list(parts_of(paragraph.text))
    for number, part in enumerate(parts, 1):
        yield {
            **_facts(cable),
            "ref": paragraph.ref,
            "marking": paragraph.marking,
            "speaks": _speaks(paragraph),
            **({"part": f"{number} of {len(parts)}"} if len(parts) > 1 else {}),
            "text": part,
        }


def _speaks(paragraph: Paragraph) -> str | list[str]:
    """Return the speakers in a paragraph, with the first words of each spoken part."""
    names = {"said": "a source"}
    voices = [
        f"{names.get(voice.kind, 'the author comments')}: {voice.text[:_FIRST_WORDS]}"
        for voice in paragraph.voices
    ]
    return voices or "not known"

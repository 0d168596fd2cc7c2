"""The rivals of a search: tantivy with nothing around it, and ripgrep.

The bare index is what one would make of the dump in an afternoon: a text field with positions, the
subjects, raw fields to filter by, the days, and the row's number to sort by. A query is built by
hand and asked for its count and its first fifty: with words those that score best, without words
the newest. It is asked in two ways: plainly, by the words of the text alone; and ranked, which is
what our own queries mean: words in the subject are worth more, words near each other are, and what
is equally good comes by time.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import tantivy

from benchmarks.plain import rows
from benchmarks.queries import Asked, Begins, InRow, Misspelt, Not, Part, When, Where, Words

ROWS = 50
_ANALYSER = "bare"
_SUBJECT = 4.0
"""What a word of the subject is worth, in `ranked`."""
_BETWEEN = 2
"""Words that may come between two that are near each other."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("text", "subject"):
        builder.add_text_field(name, tokenizer_name=_ANALYSER, index_option="position")
    for name in ("origin", "class", "tag"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("day", "number"):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    simple = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return simple.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()


class Bare:
    """The bare index of a dump, made once below `folder`."""

    def __init__(self, dump: Path, folder: Path) -> None:
        self._path = folder / f"{dump.name}.bare"
        done = self._path / "done"
        if not done.exists():
            shutil.rmtree(self._path, ignore_errors=True)
            self._path.mkdir(parents=True)
            self._fill(dump)
            done.touch()
        self.reopen()

    def reopen(self) -> None:
        """Open it again: the system's cache of its files stays, its own views of them are gone."""
        self._index = tantivy.Index.open(str(self._path))
        self._index.register_tokenizer(_ANALYSER, _analyser())
        self._searcher = self._index.searcher()

    def _fill(self, dump: Path) -> None:
        index = tantivy.Index(_schema(), path=str(self._path))
        index.register_tokenizer(_ANALYSER, _analyser())
        writer = index.writer(256 << 20, 2)
        for row in rows(dump):
            document = tantivy.Document()
            for text in row.texts:
                document.add_text("text", text)
            document.add_text("subject", row.subject)
            document.add_text("origin", row.origin)
            document.add_text("class", row.classification)
            for tag in row.tags:
                document.add_text("tag", tag)
            document.add_integer("day", row.day)
            document.add_integer("number", row.number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def milliseconds(self, asked: Asked) -> tuple[float, int]:
        """The time of a query's count and first fifty, asked plainly, and the count."""
        start = time.perf_counter()
        query = self._query(asked.parts)
        order = None if asked.has_words else "number"
        result = self._searcher.search(query, limit=ROWS, order_by_field=order)
        return (time.perf_counter() - start) * 1000, _count(result)

    def ranked_milliseconds(self, asked: Asked) -> tuple[float, int]:
        """The same, ranked."""
        if not asked.has_words:
            return self.milliseconds(asked)
        start = time.perf_counter()
        occur = tantivy.Occur
        better = [(occur.Should, each) for each in self._better(asked.parts)]
        query = tantivy.Query.boolean_query([(occur.Must, self._query(asked.parts)), *better])
        result = self._searcher.search(query, limit=ROWS)
        places = [address for _, address in result.hits]
        numbers = self._searcher.fast_field_values("number", places)
        sorted(((score, n) for (score, _), n in zip(result.hits, numbers, strict=True)), key=_place)
        return (time.perf_counter() - start) * 1000, _count(result)

    def _better(self, parts: Sequence[Part]) -> Iterator[tantivy.Query]:
        """What makes one cable a better answer than another."""
        for part in parts:
            if isinstance(part, Words | Begins | InRow | Misspelt):
                yield tantivy.Query.boost_query(self._part(part, "subject"), _SUBJECT)
        words = [part.words[0] for part in parts if isinstance(part, Words)]
        for here, there in pairwise(words):
            for row in ([here, there], [there, here]):
                yield tantivy.Query.phrase_query(self._index.schema, "text", list(row), _BETWEEN)

    def _query(self, parts: Sequence[Part]) -> tantivy.Query:
        occur = tantivy.Occur
        if len(parts) == 1 and not isinstance(parts[0], Not):
            return self._part(parts[0])
        return tantivy.Query.boolean_query(
            [
                (occur.MustNot, self._part(part.part))
                if isinstance(part, Not)
                else (occur.Must, self._part(part))
                for part in parts
            ]
        )

    def _part(self, part: Part, field: str = "text") -> tantivy.Query:
        schema = self._index.schema
        make = tantivy.Query
        match part:
            case Words(words):
                return self._any(field, words)
            case Begins(prefix):
                return make.regex_query(schema, field, f"{prefix}.*")
            case InRow(words):
                return make.phrase_query(schema, field, list(words))
            case Misspelt(typed, _, distance):
                return make.fuzzy_term_query(schema, field, typed, distance=distance)
            case Where(column, values):
                return self._any(column, values)
            case When(first, last):
                kind = tantivy.FieldType.Integer
                return make.range_query(schema, "day", kind, first, last)
            case _:
                raise ValueError(part)

    def _any(self, name: str, words: Sequence[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._index.schema, name, word) for word in words]
        if len(terms) == 1:
            return terms[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])


def _count(result: tantivy.SearchResult) -> int:
    return int(result.count or 0)  # type: ignore[attr-defined]  # missing in their stub


def _place(found: tuple[float, object]) -> tuple[float, int]:
    score, number = found
    return -score, -int(str(number or 0))


def ripgrep(pattern: str, dump: Path) -> float | None:
    """The milliseconds that ripgrep takes to count lines; None where there is no `rg`."""
    program = shutil.which("rg")
    if program is None:
        return None
    command = [program, "-c", "-i", "-a", pattern, str(dump)]
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000

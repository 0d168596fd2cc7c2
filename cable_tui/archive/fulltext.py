"""The text index: all of tantivy, and nothing of it leaks out.

Keys are signed: tantivy-py deletes nothing by an unsigned one. Nothing is stored, the user's files
are the texts. The index is thrown away when it fails; `TextIndexError` asks for that.
"""

from __future__ import annotations

import importlib.metadata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.plan import AnyWord, Beginning, Either, Every, InRow, Plan, Without
from cable_tui.errors import CacheError

if TYPE_CHECKING:
    import tantivy

VERSION = 1
"""Of the fields and the analyser; a change makes every archive index its texts again."""
HEAP = 256 * 1024 * 1024
_ANALYSER = "cable"
_TEXT_FIELDS = ("text", "subject", "summary")
_BOOSTS = (("subject", 4.0), ("summary", 2.0))
_ID_BITS = 28
_ID_MASK = (1 << _ID_BITS) - 1
_GENERATION = "generation"
_SPECIAL = frozenset("\\^$.|?*+()[]{}")


class TextIndexError(CacheError):
    """The text index is damaged, missing or of another version: it must be made anew."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is searchable of a cable."""

    id: int
    created: int
    """As `archive.times.packed` has it."""
    subject: str
    header: str
    body: str
    summary: str = ""
    titles: Sequence[str] = ()
    """What its TAGS mean, and other words that it is found by though they do not stand in it."""


def stamp() -> str:
    """Changes when the texts must be indexed again: with our fields or the engine's version."""
    return f"{VERSION}-{importlib.metadata.version('tantivy')}"


def sort_key(created: int, id_: int) -> int:
    """Time and id in one signed number that sorts by time, then by id."""
    rest, known = divmod(created, 10)
    rest, minute = divmod(rest, 100)
    rest, hour = divmod(rest, 100)
    rest, day = divmod(rest, 100)
    year, month = divmod(rest, 100)
    days = (min(year, 9999) * 13 + min(month, 12)) * 32 + min(day, 31)
    minutes = (days * 24 + min(hour, 23)) * 60 + min(minute, 59)
    return ((minutes * 3 + min(known, 2)) << _ID_BITS) | id_


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    """Failures of the engine as `TextIndexError`, its panics too."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise TextIndexError(f"{path}: the text index failed: {error}") from error
    except BaseException as error:
        # The panic of a Rust library: a BaseException of a module that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise TextIndexError(f"{path}: the text index failed and must be made anew") from error


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in _TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=_ANALYSER, index_option="position")
    builder.add_integer_field("id", indexed=True)
    builder.add_integer_field("key", fast=True)
    return builder.build()


def _opened(path: Path, *, make: bool) -> tantivy.Index:
    """The index, with the analyser of `text.words` and `text.fold`."""
    import tantivy

    if make:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(path), reuse=True)
    elif tantivy.Index.exists(str(path)):
        index = tantivy.Index.open(str(path))
    else:
        raise TextIndexError(f"{path}: there is no text index")
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    chain = chain.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
    index.register_tokenizer(_ANALYSER, chain.build())
    return index


def _sound(text: str) -> str:
    """Without lone surrogates, which the engine refuses."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Writer:
    """Adds and deletes cables; what is not committed is lost when the process ends.

    Raises `TextIndexError` where the index cannot be used, also while another one writes to it.
    """

    def __init__(self, path: Path, heap: int = HEAP, threads: int = 2) -> None:
        self._path = path
        with _guarded(path):
            self._index = _opened(path, make=True)
            self._schema = self._index.schema
            self._writer = self._index.writer(heap, threads)

    def add(self, document: Document) -> None:
        """Add a cable. One that is there must be deleted first."""
        import tantivy

        made = tantivy.Document()
        if document.id > _ID_MASK:
            raise TextIndexError(f"{self._path}: the text index is out of numbers")
        made.add_integer("id", document.id)
        made.add_integer("key", sort_key(document.created, document.id))
        # Values of one field keep a gap between them that no phrase crosses.
        for text in (document.subject, *document.titles, document.header, document.body):
            if text:
                made.add_text("text", _sound(text))
        for field, text in (("subject", document.subject), ("summary", document.summary)):
            if text:
                made.add_text(field, _sound(text))
        with _guarded(self._path):
            self._writer.add_document(made)

    def delete(self, *ids: int) -> None:
        """Delete cables, whether they are there or not."""
        import tantivy

        if ids:
            with _guarded(self._path):
                query = tantivy.Query.term_set_query(self._schema, "id", list(ids))
                self._writer.delete_documents_by_query(query)

    def commit(self, generation: int) -> None:
        """Make everything so far durable and visible, under a number of the catalogue's.

        A crash between the two leaves the older number: the difference is then done again.
        """
        with _guarded(self._path):
            self._writer.commit()
            new = self._path / f"{_GENERATION}.new"
            new.write_text(f"{generation}\n", encoding="ascii")
            new.replace(self._path / _GENERATION)

    def close(self) -> None:
        """Wait for merges; the writer cannot be used any more."""
        with _guarded(self._path):
            self._writer.wait_merging_threads()


class TextIndex:
    """The reading side. Safe for threads; sees a commit after `reload`.

    Raises `TextIndexError` where the index is missing, damaged or of another version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _guarded(path):
            self._index = _opened(path, make=False)
            self._schema = self._index.schema
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()

    @property
    def generation(self) -> int:
        """The number of the last commit; 0 where none is known."""
        try:
            text = (self._path / _GENERATION).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return 0
        return int(text) if text.isdigit() else 0

    @property
    def cables(self) -> int:
        """Cables that can be found."""
        with _guarded(self._path):
            return self._searcher.num_docs

    def reload(self) -> None:
        """See what was committed since."""
        with _guarded(self._path):
            self._index.reload()
            self._searcher = self._index.searcher()

    def count(self, plan: Plan) -> int:
        """How many cables a plan of words finds."""
        with _guarded(self._path):
            return _total(self._searcher, self._query(plan))

    def ids(self, plan: Plan, *, newest: bool = True, limit: int | None = None) -> array[int]:
        """Ids of the cables that a plan of words finds, by time and then id."""
        import tantivy

        order = tantivy.Order.Desc if newest else tantivy.Order.Asc
        with _guarded(self._path):
            query = self._query(plan)
            searcher = self._searcher
            most = _most(searcher, query, limit)
            hits = searcher.search(
                query, limit=most, count=False, order_by_field="key", order=order
            ).hits
        return array("I", [key & _ID_MASK for key, _ in hits])

    def ranked(self, plan: Plan, *, limit: int | None = None) -> array[int]:
        """The same, the best first: words in subject and summary count for more."""
        with _guarded(self._path):
            query = self._ranking(plan)
            searcher = self._searcher
            most = _most(searcher, query, limit)
            hits = searcher.search(query, limit=most, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        return array("I", [int(key or 0) & _ID_MASK for key in keys])

    def near_subjects(self, words: Iterable[Sequence[str]], limit: int) -> array[int]:
        """Ids of cables with most of these words in the subject, each in one of its spellings."""
        import tantivy

        with _guarded(self._path):
            wanted = [self._any_word("subject", tuple(spellings)) for spellings in words]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in wanted])
            searcher = self._searcher
            hits = searcher.search(query, limit=limit, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        return array("I", [int(key or 0) & _ID_MASK for key in keys])

    def words(
        self, prefix: str = "", *, field: str = "text", limit: int | None = None
    ) -> list[tuple[str, int]]:
        """Words that begin so, with their numbers of cables, the most frequent first.

        Deleted cables count until their segment is merged.
        """
        with _guarded(self._path):
            return self._searcher.terms_with_prefix(field, _sound(prefix), limit=limit)

    def _ranking(self, plan: Plan) -> tantivy.Query:
        import tantivy

        better = [
            tantivy.Query.boost_query(self._any_word(field, tuple(_positive(plan))), boost)
            for field, boost in _BOOSTS
        ]
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, self._query(plan)),
                *((tantivy.Occur.Should, query) for query in better),
            ]
        )

    def _query(self, plan: Plan) -> tantivy.Query:
        import tantivy

        match plan:
            case AnyWord(words):
                return self._any_word("text", words)
            case Beginning(prefix):
                pattern = f"{_escaped(_sound(prefix))}.*"
                return tantivy.Query.regex_query(self._schema, "text", pattern)
            case InRow(words, prefix, slop):
                return self._row([_sound(word) for word in words], prefix=prefix, slop=slop)
            case Either(parts):
                queries = [(tantivy.Occur.Should, self._query(part)) for part in parts]
                return tantivy.Query.boolean_query(queries)
            case Every(parts):
                return self._every(parts)
            case Without():
                return self._every((plan,))
            case _:
                raise TextIndexError(f"{plan} is no question for the text index")

    def _every(self, parts: tuple[Plan, ...]) -> tantivy.Query:
        import tantivy

        occur = tantivy.Occur
        clauses = [
            (occur.MustNot, self._query(part.part))
            if isinstance(part, Without)
            else (occur.Must, self._query(part))
            for part in parts
        ]
        if all(isinstance(part, Without) for part in parts):
            clauses.append((occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)

    def _any_word(self, field: str, words: tuple[str, ...]) -> tantivy.Query:
        import tantivy

        terms = [tantivy.Query.term_query(self._schema, field, _sound(word)) for word in words]
        if len(terms) == 1:
            return terms[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _row(self, words: list[str], *, prefix: bool, slop: int) -> tantivy.Query:
        import tantivy

        given: list[str | tuple[int, str]] = [*words]
        if not prefix:
            return tantivy.Query.phrase_query(self._schema, "text", given, slop)
        # The engine's own phrase with a beginning looks at fifty words only.
        patterns: list[str | tuple[int, str]] = [_escaped(word) for word in words]
        patterns[-1] = f"{patterns[-1]}.*"
        return tantivy.Query.regex_phrase_query(self._schema, "text", patterns)


def _total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    result = searcher.search(query, limit=1)
    return int(result.count or 0)  # type: ignore[attr-defined]  # missing in their stub


def _most(searcher: tantivy.Searcher, query: tantivy.Query, limit: int | None) -> int:
    """The limit to ask for: the engine takes neither none nor zero."""
    return max(1, _total(searcher, query) if limit is None else limit)


def _positive(plan: Plan) -> Iterator[str]:
    """The words that a plan asks for."""
    if isinstance(plan, Every | Either):
        for part in plan.parts:
            yield from _positive(part)
    elif isinstance(plan, AnyWord | InRow):
        yield from plan.words
    elif isinstance(plan, Beginning):
        yield plan.prefix


def _escaped(word: str) -> str:
    """As a pattern of the engine; folded numbers such as `(1)` hold its signs."""
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in word)

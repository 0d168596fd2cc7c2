"""The schema of the index: its fields, its analyser, its keys, and the errors for its failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.fulltext import index_files
from cable_tui.base.errors import CacheError
from cable_tui.query import FACETS
from cable_tui.text import spaced, without_zeros

if TYPE_CHECKING:
    import tantivy

FOLDER = "text"
SENTENCES_FOLDER = "voices"
"""The folders of the text index and the sentence index, inside the cache folder."""
VERSION = 9
"""The version of the fields and the analyser; if it changes, every archive reindexes its texts."""
ENGINE = "0.27"
"""The version of tantivy that writes the index, as in `pyproject.toml`, because asking the
installed package for its version takes a tenth of a search. If it changes, every archive reindexes
its texts.
"""
ANYWHERE = ("body", "header", "titles")
"""The fields that are searched for a word without a prefix. They have no text in common, so each
can be searched alone, and nothing is indexed twice.
"""
FIELDS = (*ANYWHERE, "subject", "summary", "signed", "from", "to", "info")
"""The texts of a cable; most of their names are prefixes of the query language."""
PARTS = tuple(field for field in FIELDS if field != "titles")
"""The fields whose text is in the record itself."""
FURTHER = "_further"
"""The suffix of the name of a field for text that only other records of a cable contain, not the
displayed one. It is searched along with the main field.
"""
FURTHER_ID = 1 << 40
"""Flag in an id of the sentence index: the entry is from a record that is not displayed."""
INITIALS = ("letter", "letters")
"""The first letter, and the first two letters, of every word in a cable; such a short prefix
matches too many words to look each of them up while the reader types.
"""
OUTSIDE = "outside"
"""The words that are in the body only outside the cable's own text: in TAGS, captions and labels,
in the names of the officers who classified or signed it, and in further records. They can be found,
but are not counted as words of the text.
"""
ID_BITS = 28
ID_MASK = (1 << ID_BITS) - 1
HALVES = ("low", "high")
"""The fields for the two halves of a block of ids; each cable sets its bit in one of them."""
HALF = 48
"""The number of ids whose cables the index returns as the bits of one number; the engine adds
floats, which are exact up to 53 bits.
"""
BLOCK = len(HALVES) * HALF
_ANALYSER = "cable"
_LEFT = "FileAlreadyExists"
"""The engine's name for the error if a file that it wants to create already exists."""


class TextIndexError(CacheError):
    """Raised if the text index is damaged, missing or of another version: it must be rebuilt."""


class RefusedIndexError(TextIndexError):
    """Raised if the system refuses a file of the index, as on a full disk.

    The index may be intact, so it is kept.
    """


class LeftFileError(TextIndexError):
    """Raised if a file left by an earlier indexer blocks the index, which must be restarted."""


def stamp() -> str:
    """Return a text that changes if the texts must be reindexed.

    It depends on our fields and on the version of the engine.
    """
    return f"{VERSION}-{ENGINE}"


def sort_key(created: int, id_: int) -> int:
    """Return time and id as one signed number that sorts by time, then by id."""
    year_to_minute, digits_known = divmod(created, 10)
    year_to_minute, minute = divmod(year_to_minute, 100)
    year_to_minute, hour = divmod(year_to_minute, 100)
    year_to_minute, day = divmod(year_to_minute, 100)
    year, month = divmod(year_to_minute, 100)
    day_key = (min(year, 9999) * 13 + min(month, 12)) * 32 + min(day, 31)
    minutes = (day_key * 24 + min(hour, 23)) * 60 + min(minute, 59)
    return ((minutes * 3 + min(digits_known, 2)) << ID_BITS) | id_


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn failures of the engine, including its panics, into `TextIndexError`."""
    try:
        yield
    except (ValueError, OSError) as error:
        index_files.doubt(path)
        if index_files.is_refusal(error):
            raise RefusedIndexError(f"{path}: the text index cannot be used: {error}") from error
        error_class = LeftFileError if _LEFT in str(error) else TextIndexError
        raise error_class(f"{path}: the text index failed: {error}") from error
    except BaseException as error:
        # The panic of a Rust library: a BaseException of a module that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        index_files.doubt(path)
        raise TextIndexError(f"{path}: the text index failed and must be rebuilt") from error


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field_name in (*FIELDS, *map(further_of, PARTS)):
        builder.add_text_field(field_name, tokenizer_name=_ANALYSER, index_option="position")
    for field_name in (*INITIALS, OUTSIDE):
        builder.add_text_field(field_name, tokenizer_name=_ANALYSER, index_option="basic")
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("key", fast=True)
    for field_name in HALVES:
        builder.add_integer_field(field_name, fast=True)
    for facet in FACETS.values():
        # All are counted; days are searched for as ranges, codes one by one.
        is_date = facet.kind == "date"
        builder.add_integer_field(filed_in(facet.name), indexed=not is_date, fast=True)
    return builder.build()


def further_of(field: str) -> str:
    """Return the field for the words of other records that belong to a field."""
    return f"{field}{FURTHER}"


def filed_in(facet: str) -> str:
    """Return the field with the codes or days of a facet, in the form of the catalogue."""
    return f"facet_{facet}"


def sentences_schema(fields: Iterable[str]) -> tantivy.Schema:
    """Return the schema of the sentence index: an entry is one sentence, in one field."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field_name in fields:
        builder.add_text_field(field_name, tokenizer_name=_ANALYSER, index_option="basic")
    builder.add_integer_field("id", indexed=True, fast=True)
    return builder.build()


def opened(path: Path, schema: tantivy.Schema | None = None, *, make: bool) -> tantivy.Index:
    """Return the index, with the analyser of `text.words` and `text.fold`.

    Without a `schema`, the schema of the text index is used.
    """
    import tantivy

    schema = schema or _schema()
    if make:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened_index = tantivy.Index(schema, path=str(path), reuse=True)
    elif tantivy.Index.exists(str(path)):
        opened_index = tantivy.Index.open(str(path))
        if opened_index.schema != schema:
            raise TextIndexError(f"{path}: the text index has another version")
    else:
        raise TextIndexError(f"{path}: there is no text index")
    opened_index.register_tokenizer(_ANALYSER, _analyser())
    return opened_index


def _analyser() -> tantivy.TextAnalyzer:
    import tantivy

    analyser_builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return (
        analyser_builder.filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )


def generation_of(path: Path) -> int:
    """Return the number of the last commit of an index, or 0 if it is unknown.

    Raises `RefusedIndexError`.
    """
    try:
        generation_text = (path / index_files.GENERATION).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        if index_files.is_refusal(error):
            raise RefusedIndexError(f"{path}: the text index cannot be used: {error}") from error
        return 0
    return int(generation_text) if generation_text.isdigit() else 0


def analysed(text: str) -> list[str]:
    """Return the words of a text in the form used in the index."""
    return _analyser().analyze(prepared(text))


def prepared(text: str) -> str:
    """Return a text in the form that the engine receives.

    Letters are composed, and numbers have no leading zeros, because `000027` and `27` are one word
    for the search. Each Chinese character is one word, as in `text.words`.
    """
    return without_zeros(text) if text.isascii() else sound(without_zeros(spaced(text)))


def sound(text: str) -> str:
    """Return the text without lone surrogates, which the engine refuses."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()

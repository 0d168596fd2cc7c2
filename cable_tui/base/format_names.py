"""The names of the container formats, and the module in `formats` that reads each.

The names are separate, because checking whether a cache is up to date needs them without any
parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FORMATS: dict[str, str] = {
    "sealed-cable": "sealed_cable",
    "nara-pdf": "pdf:AAD",
    "pdf": "pdf",
    "office": "pdf:OFFICE",
    "mhtml-page": "web_archive",
    "mhtml-plusd": "web_archive:PLUSD",
    "warc": "packed.warc",
    "mixed-pages": "mixed_pages",
    "html-page": "html_page",
    "dump-csv": "dump",
    "dump-tsv": "dump:COPY",
    "page-text": "text_copies:PAGE_TEXT",
    "alx-text": "text_copies:ALX_TEXT",
    "plusd-page": "plusd_page",
    "plusd-json": "tables.json_table:PLUSD_JSON",
    "foia-csv": "tables.csv_table:FOIA",
    "frus": "frus.volume",
    "frus-page": "frus.page",
    "nara-list-page": "nara_list:PAGE",
    "nara-record-page": "tables.nara_record",
    "nara-text": "nara",
    "document-cloud": "document_cloud",
    "pdf-text": "text_copies:PDF_TEXT",
    "nara-list": "nara_list",
    "table-csv": "tables.csv_table",
    "table-json-columns": "tables.json_columns",
    "table-json": "tables.json_table",
    "table-sql": "tables.sql_dump",
    "table-sqlite": "tables.sqlite_table",
    "table-xml": "tables.xml_table",
    "markdown": "markdown",
    "named-text": "named_text",
}
"""The module of each format by its name, in the order in which they are tried.

Reading one cable imports the module of its format only; the module's `FORMAT` is the format, or
what follows the colon.
"""
POOREST_FIRST: tuple[str, ...] = (
    "named-text",
    "sealed-cable",
    "markdown",
    "pdf",
    "office",
    "pdf-text",
    "document-cloud",
    "nara-list-page",
    "nara-list",
    "alx-text",
    "nara-record-page",
    "nara-pdf",
    "nara-text",
    "mixed-pages",
    "page-text",
    "table-xml",
    "table-csv",
    "foia-csv",
    "table-sql",
    "plusd-json",
    "table-json-columns",
    "table-json",
    "dump-tsv",
    "table-sqlite",
    "dump-csv",
    "warc",
    "mhtml-plusd",
    "plusd-page",
    "mhtml-page",
    "html-page",
    "frus-page",
    "frus",
)
"""Each format once: of several records of a cable that are equally complete, the one whose format
comes last is shown."""


def plain(known_as: str) -> str:
    """Return the name of a format without the columns that a reader has named."""
    return known_as.partition(" ")[0]


def ranks(formats: Iterable[str], poorest_first: Sequence[str]) -> dict[str, int]:
    """Return the position of each format in the list, from 1.

    Raises `ValueError` unless all are in it.
    """
    places = {name: place for place, name in enumerate(poorest_first, 1)}
    names_of_one_only = [*(set(formats) ^ set(places))]
    if len(places) < len(poorest_first):
        names_of_one_only = [name for name in places if poorest_first.count(name) > 1]
    if names_of_one_only:
        raise ValueError(
            f"POOREST_FIRST has each format once: {', '.join(sorted(names_of_one_only))}"
        )
    return places


RANKS = ranks(FORMATS, POOREST_FIRST)
"""Rank of each format among records that are equally complete, higher for a richer one."""

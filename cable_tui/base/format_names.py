"""The names of the container formats, and the module in `formats` that reads each one.

They are kept apart from the parsers because checking whether a cache is up to date needs only the
names.
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
    "table-parquet": "tables.parquet_table",
    "table-xml": "tables.xml_table",
    "markdown": "markdown",
    "named-text": "named_text",
}
"""The module that reads each format, in the order in which formats are tried.

Reading a cable imports only the module of its format. The format object is the module's `FORMAT`,
or the name after the colon.
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
    "table-parquet",
    "dump-csv",
    "warc",
    "mhtml-plusd",
    "plusd-page",
    "mhtml-page",
    "html-page",
    "frus-page",
    "frus",
)
"""Each format once, poorest first. If several records of a cable are equally complete, the record
whose format is latest in this list is shown.
"""


def plain(known_as: str) -> str:
    """Return a format's name without the user's column assignments after it."""
    return known_as.partition(" ")[0]


def ranks(formats: Iterable[str], poorest_first: Sequence[str]) -> dict[str, int]:
    """Return each format's position in the list, counted from 1.

    Raises `ValueError` unless the list contains every format exactly once.
    """
    rank_by_format = {format_name: rank for rank, format_name in enumerate(poorest_first, 1)}
    misplaced_names = [*(set(formats) ^ set(rank_by_format))]
    if len(rank_by_format) < len(poorest_first):
        misplaced_names = [
            format_name for format_name in rank_by_format if poorest_first.count(format_name) > 1
        ]
    if misplaced_names:
        raise ValueError(
            f"POOREST_FIRST has each format once: {', '.join(sorted(misplaced_names))}"
        )
    return rank_by_format


RANKS = ranks(FORMATS, POOREST_FIRST)
"""The rank of each format among equally complete records; richer formats rank higher."""

"""The names of the container formats, and the module in `formats` that reads each.

The names stand apart: whether a cache is up to date depends on them, and that is asked without
any reader.
"""

from __future__ import annotations

FORMATS: dict[str, str] = {
    "sealed-cable": "sealed_cable",
    "nara-pdf": "pdf.aad",
    "pdf": "pdf.file",
    "mhtml-page": "mhtml.site",
    "mhtml-plusd": "mhtml.plusd",
    "mixed-pages": "mixed_pages",
    "html-page": "html_page",
    "dump-csv": "dump",
    "dump-tsv": "postgres_copy",
    "page-text": "page_text",
    "alx-text": "alx_text",
    "plusd-page": "plusd_page",
    "plusd-json": "tables.plusd_json",
    "foia-csv": "tables.foia_csv",
    "frus": "frus.volume",
    "nara-text": "nara",
    "pdf-text": "pdf_text",
    "nara-list": "aad.result_list",
    "table-csv": "tables.csv_table",
    "table-json": "tables.json_table",
    "table-sql": "tables.sql_dump",
    "table-sqlite": "tables.sqlite_table",
}
"""The module of each format by its name, in the order in which they are asked.

Reading one cable imports the module of its format only; the module's `FORMAT` is the format.
"""

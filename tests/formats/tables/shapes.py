"""The fictional archive as tables: CSV, JSON and SQL in the ways that people have them."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cable_tui.demo import FictionalCable, fictional_cables

Rows = Sequence[FictionalCable]


class Shape(NamedTuple):
    """One way to write cables into a file."""

    name: str
    """Of the file."""
    write: Callable[[Rows], bytes]


@cache
def archive() -> tuple[FictionalCable, ...]:
    """The cables themselves."""
    return tuple(fictional_cables())


def tags(cable: FictionalCable) -> tuple[str, ...]:
    """As the text has them."""
    found = re.search(r"^TAGS: (.*)$", cable.body, re.MULTILINE)
    return tuple(re.findall(r"[A-Z]+", found[1])) if found else ()


def iso(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def american(at: datetime) -> str:
    return f"{at.month}/{at.day}/{at:%Y} {at.hour}:{at:%M}"


def german(at: datetime) -> str:
    return f"{at:%d.%m.%Y %H:%M}"


def british(at: datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M:%S}"


DUMP = ("id", "date", "refid", "origin", "classification", "references", "header", "body")
OURS = ("reference_id", "created", "classification", "origin", "subject", "tags", "header", "body")
PREFIXED = tuple(f"cable_{name}" for name in OURS)
FILES = ("filename", "text", "origin")
ARCHIVE = ("Document Number", "Draft Date", "From", "Subject", "TAGS", "Classification", "Text")


def row(
    cable: FictionalCable, number: int, names: Sequence[str], day: Callable[[datetime], str]
) -> list[str]:
    """The values of the columns with these names."""
    known = {
        "id": str(number),
        "date": day(cable.created),
        "created": day(cable.created),
        "refid": cable.reference_id,
        "reference_id": cable.reference_id,
        "origin": cable.origin,
        "classification": cable.classification,
        "references": "",
        "subject": cable.subject,
        "tags": "; ".join(tags(cable)),
        "header": cable.header,
        "body": cable.body,
        "Document Number": cable.reference_id,
        "Draft Date": day(cable.created),
        "From": cable.origin,
        "Subject": cable.subject,
        "TAGS": ", ".join(tags(cable)),
        "Classification": cable.classification,
        "Text": f"{cable.header}\n{cable.body}",
        "Betreff": cable.subject,
        "Datum": day(cable.created),
        "Kabel": cable.reference_id,
        "Einstufung": cable.classification,
        "Herkunft": cable.origin,
        "Inhalt": cable.body,
        "Kopf": cable.header,
        "": str(number),
        "filename": f"cables/{cable.reference_id}.txt",
        "text": f"{cable.header}\n{cable.body}",
    }
    return [known[name] for name in names]


def table(
    rows: Rows,
    names: Sequence[str] = DUMP,
    day: Callable[[datetime], str] = iso,
    *,
    heading: Sequence[str] | None = (),
    codec: str = "utf-8",
    before: str = "",
    quoting: int = csv.QUOTE_MINIMAL,
    delimiter: str = ",",
    lineterminator: str = "\n",
    escapechar: str | None = None,
) -> bytes:
    """A CSV file; `heading` are the names in its first line, None for a file without."""
    text = io.StringIO(newline="")
    text.write(before)
    writer = csv.writer(
        text,
        quoting=quoting,  # type: ignore[arg-type]
        delimiter=delimiter,
        lineterminator=lineterminator,
        escapechar=escapechar,
        doublequote=escapechar is None,
    )
    if heading is not None:
        writer.writerow(heading or names)
    for number, cable in enumerate(rows, 1):
        writer.writerow(row(cable, number, names, day))
    return text.getvalue().encode(codec)


def _mac(rows: Rows) -> bytes:
    return table(rows, OURS, quoting=csv.QUOTE_ALL).replace(b"\n", b"\r")


GERMAN = ("Kabel", "Datum", "Einstufung", "Herkunft", "Betreff", "Kopf", "Inhalt")
FULL = csv.QUOTE_ALL
CSV: dict[str, Shape] = {
    "comma, full quotes": Shape("a.csv", lambda r: table(r, OURS, quoting=FULL)),
    "comma, minimal quotes": Shape("a.csv", lambda r: table(r, OURS)),
    "semicolon, German dates": Shape("a.csv", lambda r: table(r, OURS, german, delimiter=";")),
    "semicolon, no headings": Shape("a.csv", lambda r: table(r, heading=None, delimiter=";")),
    "tab, minimal quotes": Shape("a.tsv", lambda r: table(r, OURS, delimiter="\t")),
    "tab, no headings": Shape(
        "a.tsv", lambda r: table(r, heading=None, delimiter="\t", quoting=FULL)
    ),
    "tab, no headings, minimal": Shape("a.tsv", lambda r: table(r, heading=None, delimiter="\t")),
    "comma, no headings, American dates": Shape(
        "a.csv", lambda r: table(r, DUMP, american, heading=None)
    ),
    "the dump with headings": Shape(
        "cables.csv",
        lambda r: table(r, DUMP, american, quoting=FULL, escapechar="\\"),
    ),
    "index column": Shape("a.csv", lambda r: table(r, ("", *OURS))),
    "index column without a name": Shape("a.csv", lambda r: table(r, ("", *OURS), heading=OURS)),
    "mark of UTF-8": Shape(
        "a.csv", lambda r: codecs.BOM_UTF8 + table(r, OURS, german, delimiter=";")
    ),
    "UTF-16": Shape("a.txt", lambda r: table(r, OURS, delimiter="\t", codec="utf-16")),
    "UTF-16, no mark": Shape("a.csv", lambda r: table(r, OURS, codec="utf-16-be")),
    "names of the archives": Shape("a.csv", lambda r: table(r, ARCHIVE, british)),
    "Windows line endings, bars": Shape(
        "a.csv", lambda r: table(r, OURS, lineterminator="\r\n", delimiter="|")
    ),
    "old line endings": Shape("a.csv", _mac),
    "the line for spreadsheets": Shape(
        "a.csv", lambda r: table(r, OURS, delimiter=";", before="sep=;\r\n")
    ),
    "one start of all headings": Shape("a.csv", lambda r: table(r, OURS, heading=PREFIXED)),
    "names of files": Shape("a.csv", lambda r: table(r, FILES)),
    "no ids but in the texts": Shape(
        "a.csv", lambda r: table(r, ("date", "header", "body", "origin", "classification"))
    ),
    "German headings": Shape("a.csv", lambda r: table(r, GERMAN, german, delimiter=";")),
}


def fields(cable: FictionalCable) -> dict[str, object]:
    """A cable as an object."""
    return {
        "refid": cable.reference_id,
        "date": f"{cable.created:%Y-%m-%dT%H:%M:%S}Z",
        "origin": cable.origin,
        "classification": cable.classification,
        "subject": cable.subject,
        "tags": list(tags(cable)),
        "header": cable.header,
        "body": cable.body,
    }


def _lines(values: Sequence[object]) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def _mongo(cable: FictionalCable) -> dict[str, object]:
    at = cable.created.replace(tzinfo=UTC)
    known = fields(cable)
    return {"_id": known.pop("refid"), **known, "date": {"$date": round(at.timestamp() * 1000)}}


def _old_mongo(rows: Rows) -> bytes:
    """As versions before 2.6 wrote an apostrophe."""
    return _lines(list(map(_mongo, rows))).replace(b"'", b"\\'")


def _columns(rows: Rows) -> dict[str, dict[str, object]]:
    names = fields(rows[0])
    return {name: {str(at): fields(d)[name] for at, d in enumerate(rows)} for name in names}


def _prefixed(cable: FictionalCable) -> dict[str, object]:
    return {f"cable_{name}": value for name, value in fields(cable).items()}


def _bulk(rows: Rows) -> bytes:
    pairs: list[object] = []
    for cable in rows:
        known = fields(cable)
        pairs += [{"index": {"_index": "cables", "_id": known.pop("refid")}}, known]
    return _lines(pairs)


def _scraped(cable: FictionalCable) -> dict[str, object]:
    names = " | ".join(f"{tag} - Something ({number})" for number, tag in enumerate(tags(cable)))
    classification = cable.classification.replace("//", ",")
    return {
        "Canonical ID": f" {cable.reference_id}_a",
        "Date": f" {cable.created:%Y %B} {cable.created.day}, {cable.created:%H:%M} (Friday)",
        "From": f" {cable.origin} (12139 documents)",
        "Original Classification": f" {classification} (1339531 documents)",
        "TAGS": names,
        "Metadata": cable.header,
        "Raw content": cable.body,
        "Content": "1. A part.",
    }


JSON: dict[str, Shape] = {
    "a list": Shape("a.json", lambda r: json.dumps(list(map(fields, r)), indent=1).encode()),
    "a list on one line": Shape("a.json", lambda r: json.dumps(list(map(fields, r))).encode()),
    "lines": Shape("a.jsonl", lambda r: _lines(list(map(fields, r)))),
    "an object by id": Shape(
        "a.json",
        lambda r: json.dumps({d.reference_id: _scraped(d) for d in r}).encode(),
    ),
    "an object by id, without ids inside": Shape(
        "a.json",
        lambda r: json.dumps(
            {d.reference_id: {k: v for k, v in fields(d).items() if k != "refid"} for d in r},
            indent=2,
        ).encode(),
    ),
    "mongoexport": Shape("a.json", lambda r: _lines(list(map(_mongo, r)))),
    "an old mongoexport": Shape("a.json", _old_mongo),
    "one start of all keys": Shape(
        "a.json", lambda r: json.dumps(list(map(_prefixed, r))).encode()
    ),
    "titles of files and their data": Shape(
        "a.json",
        lambda r: json.dumps(
            [
                {
                    "local_title": f"{d.reference_id}.html",
                    "data": f"{d.header}\n{d.body}",
                    "origin": d.origin,
                }
                for d in r
            ]
        ).encode(),
    ),
    "no ids but in the texts": Shape(
        "a.json",
        lambda r: _lines([{k: v for k, v in fields(d).items() if k != "refid"} for d in r]),
    ),
    "mongoexport --jsonArray": Shape("a.json", lambda r: json.dumps(list(map(_mongo, r))).encode()),
    "Elasticsearch _bulk": Shape("a.ndjson", _bulk),
    "Elasticsearch hits": Shape(
        "a.json",
        lambda r: json.dumps(
            {
                "took": 3,
                "hits": {
                    "total": {"value": len(r)},
                    "hits": [
                        {"_index": "c", "_id": d.reference_id, "_score": 1, "_source": fields(d)}
                        for d in r
                    ],
                },
            }
        ).encode(),
    ),
    "pandas, an object a column": Shape("a.json", lambda r: json.dumps(_columns(r)).encode()),
    "pandas, by ids": Shape(
        "a.json",
        lambda r: json.dumps(
            {
                name: {d.reference_id: fields(d)[name] for d in r}
                for name in fields(r[0])
                if name != "refid"
            }
        ).encode(),
    ),
    "pandas, a list a column": Shape(
        "a.json",
        lambda r: json.dumps({n: list(c.values()) for n, c in _columns(r).items()}).encode(),
    ),
    "pandas, names and rows apart": Shape(
        "a.json",
        lambda r: json.dumps(
            {
                "columns": list(fields(r[0])),
                "index": list(range(len(r))),
                "data": [list(fields(d).values()) for d in r],
            },
            indent=1,
        ).encode(),
    ),
    "an interface of pages": Shape(
        "a.json",
        lambda r: json.dumps(
            {
                "count": len(r),
                "page": {"number": 1},
                "results": [
                    {
                        "doc_id": d.reference_id,
                        "authored": f"{d.created:%Y-%m-%dT%H:%M:00}+00:00",
                        "classification": d.classification,
                        "from": d.origin,
                        "title": d.subject,
                        "body": f"{d.header}\n{d.body}",
                    }
                    for d in r
                ],
            }
        ).encode(),
    ),
    "JSON in UTF-16": Shape("a.json", lambda r: json.dumps(list(map(fields, r))).encode("utf-16")),
}


def _quoted(text: str, *, mysql: bool) -> str:
    if mysql:
        for sign, escape in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ('"', '\\"')):
            text = text.replace(sign, escape)
        return f"'{text}'"
    return "'" + text.replace("'", "''") + "'"


def _mysql(rows: Rows) -> bytes:
    """As mysqldump writes a table: no names of columns in its INSERT, many rows in each."""
    columns = ",\n".join(f"  `{name}` mediumtext" for name in DUMP[1:])
    lines = [
        "-- MySQL dump 10.13\n",
        "DROP TABLE IF EXISTS `cables`;",
        f"CREATE TABLE `cables` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n{columns},",
        "  PRIMARY KEY (`id`),\n  KEY `refid` (`refid`(20))\n) ENGINE=InnoDB;",
        "LOCK TABLES `cables` WRITE;",
    ]
    for at in range(0, len(rows), 15):
        tuples = []
        for number, cable in enumerate(rows[at : at + 15], at + 1):
            first, *others = row(cable, number, DUMP, iso)
            values = ",".join(_quoted(value, mysql=True) for value in others)
            tuples.append(f"({first},{values})")
        lines.append(f"INSERT INTO `cables` VALUES {','.join(tuples)};")
    return ("\n".join(lines) + "\nUNLOCK TABLES;\n").encode()


def _copy(rows: Rows) -> bytes:
    """As pg_dump writes a table."""
    lines = [
        "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n",
        "CREATE TABLE public.tags (id integer, name text);\n",
        "COPY public.tags (id, name) FROM stdin;",
        "1\tPREL",
        "\\.\n",
        f"COPY public.cable ({', '.join(DUMP)}) FROM stdin;",
    ]
    for number, cable in enumerate(rows, 1):
        values = row(cable, number, DUMP, lambda at: f"{at:%Y-%m-%d %H:%M:00}")
        escaped = (
            value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") or "\\N"
            for value in values
        )
        lines.append("\t".join(escaped))
    return ("\n".join(lines) + "\n\\.\n\n--\n-- PostgreSQL database dump complete\n--\n").encode()


def _inserts(rows: Rows) -> bytes:
    """As pg_dump --column-inserts writes a table."""
    lines = ["SET standard_conforming_strings = on;", "CREATE TABLE cable (refid text);"]
    for number, cable in enumerate(rows, 1):
        values = ", ".join(
            _quoted(value, mysql=False) if value else "NULL"
            for value in row(cable, number, OURS, lambda at: f"{at:%Y-%m-%d %H:%M:00}+00")
        )
        lines.append(f"INSERT INTO public.cable ({', '.join(OURS)}) VALUES ({values});")
    return "\n".join(lines).encode()


def database(rows: Rows, *, view: bool = False) -> bytes:
    """An SQLite file; with a view, its facts and texts are in two tables."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        db = sqlite3.connect(path)
        if view:
            db.execute("CREATE TABLE fact (n INTEGER PRIMARY KEY, refid, date, origin, class)")
            db.execute("CREATE TABLE words (n INTEGER PRIMARY KEY, header, body)")
            db.execute("CREATE VIEW cable AS SELECT * FROM fact JOIN words USING (n)")
            for number, cable in enumerate(rows):
                facts = (cable.reference_id, iso(cable.created), cable.origin, cable.classification)
                db.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", (number, *facts))
                db.execute("INSERT INTO words VALUES (?, ?, ?)", (number, cable.header, cable.body))
        else:
            db.execute("CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT)")
            db.execute(f"CREATE TABLE cable ({', '.join(OURS)})")
            marks = ", ".join("?" for _ in OURS)
            for number, cable in enumerate(rows):
                db.execute(f"INSERT INTO cable VALUES ({marks})", row(cable, number, OURS, iso))
        db.commit()
        db.close()
        return path.read_bytes()


def _dumped(rows: Rows) -> bytes:
    """As the shell of SQLite writes a database out."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(database(rows))
        return "\n".join(db.iterdump()).encode()


SQL: dict[str, Shape] = {
    "mysqldump": Shape("a.sql", _mysql),
    "pg_dump": Shape("a.sql", _copy),
    "pg_dump --column-inserts": Shape("a.sql", _inserts),
    "a dump of SQLite": Shape("a.sql", _dumped),
    "SQLite": Shape("a.db", database),
    "SQLite, a view": Shape("a.sqlite", lambda r: database(r, view=True)),
}

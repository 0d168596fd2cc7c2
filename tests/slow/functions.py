"""Every public function that reads texts, as a function of one text."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cable_tui import formats, telegram
from cable_tui.base.cable import Location, Paragraph, RawCable, Reference
from cable_tui.formats.dump import Dump
from cable_tui.telegram import body_labels, sentence_fingerprints, top_fields
from cable_tui.telegram.people import name_tokens
from cable_tui.telegram.people.signature import signature
from cable_tui.telegram.reading import Reading
from cable_tui.text import words
from tests.command_cases import found
from tests.formats.test_registry import SAMPLES
from tests.tool_cases import TextFunctions

PACKAGES = ("telegram", "formats", "query", "text")
DATA = Path(__file__).parents[1] / "data"

NOT_OF_A_TEXT = {
    "telegram.ids.full_year": "a number",
    "telegram.ids.compose": "a number",
    "telegram.header.is_collective": "a line of at most 300 characters, as addressee cuts it",
    "telegram.header.offices": "addressees of a header; `office` by the samples below",
    "telegram.paragraphs.heading_above": "within `paragraphs`",
    "telegram.times.is_garbled": "a moment",
    "telegram.references.items.items": "a block of at most 12,000 characters, as resolve cuts it",
    "telegram.pagebreaks.blank_pages": "by `Reading`",
    "telegram.pagebreaks.without": "by `Reading`",
    "telegram.body_labels.breaks_around": "pieces of a text that was read",
    "telegram.body_labels.without_furniture": "pieces of a text that was read",
    "query.plan.sample_in": "a query that was parsed",
    "formats.html_page.behind_each": "by the samples below",
    "formats.office.document_text.read_document": "a document, within the limits of its process",
    "formats.office.document_text.text_of_document": "a document, within the same limits",
    "formats.office.docx.read": "the parts of such a document",
    "formats.office.odt.read": "the parts of such a document",
    "formats.cables": "by the samples below",
    "formats.base.without_body": "by the samples below",
    "formats.dump.plain_rows": "by the samples below",
    "formats.row_format.rows": "by the samples below",
    "formats.row_format.known_record": "a row that was read",
    "formats.sealed_cable.dumps": "a record that was read",
    "text.numbers.round_top": "a number",
    "text.untrusted.json_value": "by the samples below, as a sealed cable",
    "text.untrusted.kinds_of": "a class",
    "text.untrusted.read": "a value of JSON that was read",
    "formats.sealed_cable.loads": "by the samples below",
    "formats.tables.aliases.first": "values of a record",
    "formats.tables.aliases.guessed": "by the samples below",
    "formats.tables.aliases.id_name": "values of a record",
    "formats.tables.aliases.roles_named": "names of columns",
    "formats.tables.csv_table.alone": "by the samples below",
    "formats.tables.csv_table.columns_of": "by the samples below",
    "formats.tables.days.order_of": "short values",
    "formats.tables.days.parsed": "a short value",
    "formats.tables.table_record.cable": "by the samples below",
    "formats.tables.table_record.is_telegram": "by the samples below",
    "formats.tables.table_record.says_its_id": "by the samples below",
    "formats.tables.table_record.value": "by the samples below",
    "formats.tables.table_record.without_text": "a record that was read",
    "formats.html_page.texts": "by the samples below",
    "formats.tables.table_record.id_of": "by the samples below",
    "formats.tables.table_record.elsewhere": "by the samples below",
    "formats.tables.json_table.table_of": "by the samples below",
    "formats.tables.parts.merged": "by the samples below",
    "formats.tables.parts.records_of": "by the samples below",
    "formats.tables.parts.unjoined": "by the samples below",
    "formats.tables.parts.with_parts": "by the samples below",
    "formats.tables.json_rows.objects": "by the samples below",
    "formats.tables.json_table.shape_of": "a plan that was made",
    "formats.tables.json_table.plan_of_rows": "by the samples below",
    "formats.tables.json_rows.facts_of": "by the samples below",
    "formats.tables.row_plan.unpacked": "one of our own lines",
    "formats.tables.sql_dump.values": "by the samples below",
    "formats.tables.row_plan.is_of_cables": "by the samples below",
    "formats.tables.row_plan.of_cables": "`understood` and `is_of_cables`",
    "formats.tables.row_plan.key_of_ids": "values of some records",
    "formats.tables.row_plan.column_of_ids": "values of some records",
    "formats.tables.row_plan.understood": "by the samples below",
    "formats.child_answers.answer_requests": "no text",
    "formats.child_process.command": "a name of a module",
    "formats.child_process.end_all": "no text",
    "formats.child_process.patience": "a number",
    "formats.tables.cable_tables.database_of": "no text",
    "formats.tables.sqlite_reader.path_of": "no text",
    "formats.tables.cable_tables.joins": "names of tables and columns",
    "formats.tables.cable_tables.unread_journal": "no text",
    "formats.tables.text_table.said": "records that were read",
    "formats.file_text.as_utf8": "by its codec",
    "formats.file_text.encoded": "by its codec",
    **dict.fromkeys(
        (
            f"formats.packed.{each}"
            for each in (
                *("decoders.lzma1", "decoders.lzma2", "member.not_followed", "member.unreadable"),
                *("members.listed", "members.open_member", "seven_zip.listed"),
                *("seven_zip.open_member", "tar_members.open_member", "tar_members.part"),
                *("zip_members.listed", "zip_members.open_member", "seekable.buffered"),
                *("seekable.damage", "seekable.held", "seekable.in_order", "seekable.is_packed"),
                *("seekable.key_of", "seekable.raw_of", "seekable.size_of"),
                "limits.unpacks_to_too_much",
                *("tar_members.number_of_pax", "tar_members.holes_of", "tar_members.name_in"),
                *("tar_members.number_in", "tar_members.is_tar"),
                *("tar_members.said", "tar_members.whole_blocks"),
            )
        ),
        "no text, or a field of a head",
    ),
    "formats.nara.facts_of": "by the samples below",
    "formats.frus.document.cable": "by the samples below",
    "formats.frus.document.document_id": "by the samples below",
    "formats.pages.cutter.pages": "by the samples below",
    "formats.pages.signs.documents_behind": "by the samples below",
    "formats.pages.signs.behind_sign": "by the samples below",
    "formats.pages.signs.symbols": "by the samples below",
    "formats.pdf_process.text_of": "a PDF",
    "formats.tables.parquet_process.text_of": "a value of a cell",
    "formats.tables.thrift.bytes_of": "fields of a footer",
    "formats.tables.thrift.struct_at": "a footer: its own test draws bytes",
    "formats.tables.sqlite_process.rows_answer": "rows that were read",
    "telegram.comparison.alignment.stretches": "two texts: benchmarks of the comparison",
    "telegram.comparison.changes.changes": "two texts: benchmarks of the comparison",
    "telegram.comparison.changes.without_fields": "two texts that are compared",
    "telegram.comparison.changes.changes_inside": "two texts that are compared",
    "telegram.comparison.changes.count_redactions": "two texts that are compared",
    "query.reader_terms.name_meant": "names that were read, and a name of at most 200 characters",
    "query.checked_query.checked_query": "`query.parse`, which is measured, and its complaints",
    "query.checked_query.refuse_faults": "a query of at most 2,000 characters and its complaints",
    "telegram.comparison.alignment.merged": "stretches of words",
    "telegram.comparison.alignment.merged_spans": "spans that were found",
    "telegram.comparison.alignment.moves": "two texts: benchmarks of the comparison",
    "telegram.comparison.alignment.only_there": "two texts: benchmarks of the comparison",
    "telegram.comparison.words.compared": "a cable that was read; `plain` does the same",
    "telegram.edition.cable": "by the samples below",
    "telegram.edition.warnings": "by the samples below",
    "query.facets.values_of": "values of a cable",
    "query.fields.asks_text": "one of our prefixes",
    "text.numbers.bar": "a number",
    "text.numbers.columns": "numbers",
    "text.numbers.counted_kind": "a kind of our own",
    "text.numbers.counted_kinds": "counts by kinds of our own",
    "text.numbers.steps": "names of months",
    "text.layout.keyword_column": "a number",
    "query.fields.choice": "one of our prefixes and a short value",
    "query.flags.flags_of": "names of our own",
    "text.folding.initials": "the words of a text that was read",
    "text.folding.begins": "the few words of a query against a short text",
    "query.model.prefix_of": "a term that was read",
    "query.model.may_be_absent": "a query that was read",
    "query.unknown_prefix.reason": "a word of at most 32 letters, and our own prefixes",
    "query.plan.compile_plan": "a query that was read",
    "query.plan.dated": "a query that was read",
    "query.plan.is_text": "a query that was read",
    "query.plan.has_phrase": "a query that was read",
    "query.plan.bare": "a query that was read",
    "query.plan.split": "a query that was read",
    "query.plan.words_of": "a query that was read",
    "query.reader_terms.expanded": "a query that was read",
}


def raw(text: str) -> RawCable:
    """A record that is this text all over."""
    return RawCable(
        reference_id=text[:60],
        created=text[:60],
        released=text[:60],
        classification=text[:60],
        origin=text[:60],
        title=text,
        header=text,
        body=text,
        format="html-page",
        location=Location("x", 0, len(text)),
    )


def _top_fields(text: str) -> top_fields.TopFields:
    made = raw(text)
    return top_fields.top_fields(made, telegram.facts_of(made), frozenset())


MADE: dict[str, Callable[[str], object]] = {
    "str": lambda text: text,
    "AnyStr": lambda text: text,
    "bytes": str.encode,
    "Any": lambda text: {text: [text]},
    "list[str]": lambda text: text.split("\n"),
    "tuple[str, ...]": lambda text: tuple(text.split("\n")),
    "Iterable[str]": lambda text: text.split("\n"),
    "dict[str, str]": lambda text: {"id": text},
    "tuple[Reference, ...]": lambda text: (),
    "list[int]": lambda text: [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")],
    "int": lambda text: 0,
    "bool": lambda text: True,
    "Span": lambda text: (0, len(text)),
    "BinaryIO": lambda text: io.BytesIO(text.encode()),
    "RawCable": raw,
    "cable_tui.base.cable.RawCable": raw,
    "Cable": lambda text: telegram.parse(raw(text)),
    "Facts": lambda text: telegram.facts_of(raw(text)),
    "Top": body_labels.read,
    "Reading": Reading,
    "TopFields": _top_fields,
    "Paragraph": lambda text: Paragraph(None, None, None, None, text, (0, len(text))),
    "Sequence[Paragraph]": lambda text: [Paragraph(None, None, None, None, text, (0, len(text)))],
    "Signature": signature,
    "SentenceWords": sentence_fingerprints.words_of,
    "Reference": lambda text: Reference(None, "cable", "09LAMPAR12", True, text),
    "IdParts | None": lambda text: None,
    "frozenset[str]": lambda text: frozenset(),
    "tuple[str, ...] | None": lambda text: None,
    "Callable[[str, int], int | None]": lambda text: lambda station, year: None,
    "Callable[[str], bool]": lambda text: lambda canonical: False,
    "Sequence[str]": lambda text: [text],
    "Sequence[Sequence[str]]": lambda text: [[text]],
    "Iterable[Sequence[str]]": lambda text: [[text]],
    "str | None": lambda text: text,
    "Sequence[str] | None": lambda text: None,
    "Sequence[Span]": lambda text: [(at, at + 5) for at in range(0, max(len(text) - 5, 0), 10)],
    "Iterable[Found]": lambda text: list(words(text)),
    "Sequence[Found]": lambda text: list(words(text)),
    "Splits": lambda text: "all",
    "Location": lambda text: Location("x", 0, len(text)),
    "Sequence[Token]": lambda text: list(name_tokens.tokens(text, text, 0, len(text))),
}
"""An argument for each annotation, made of a text."""


def _of_reading(name: str) -> Callable[[str], object]:
    def call(text: str) -> object:
        value = getattr(Reading(text), name)
        return value() if callable(value) else value

    return call


def left_out() -> dict[str, str]:
    """The functions that are not of a text, those of tools too, and why."""
    return NOT_OF_A_TEXT | {
        name: why for case in found(TextFunctions) for name, why in case.not_of_a_text.items()
    }


def public() -> dict[str, Callable[..., Any]]:
    """Every public function of the packages, by module and name."""
    functions: dict[str, Callable[..., Any]] = {
        f"telegram.reading.{name}": _of_reading(name) for name in vars(Reading) if name[0] != "_"
    }
    of_tools = [name for case in found(TextFunctions) for name in case.modules]
    for name in (*PACKAGES, *of_tools):
        package = importlib.import_module(f"cable_tui.{name}")
        inner = pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}.")
        modules = [each.name for each in inner]
        for module in map(importlib.import_module, (package.__name__, *modules)):
            for label, function in vars(module).items():
                own = inspect.isfunction(function) and function.__module__ == module.__name__
                if own and not label.startswith("_") and label != "main":
                    functions[f"{module.__name__.removeprefix('cable_tui.')}.{label}"] = function
    return functions


def of_one_text(function: Callable[..., Any]) -> Callable[[str], object]:
    """The function with all its arguments made of one text; a generator is run to its end."""
    made = MADE | {kind: make for case in found(TextFunctions) for kind, make in case.made.items()}
    wanted = [
        (each.name, each.kind is inspect.Parameter.KEYWORD_ONLY, made[_annotation(each)])
        for each in inspect.signature(function).parameters.values()
        if each.default is inspect.Parameter.empty
    ]

    def call(text: str) -> object:
        given = [make(text) for _, by_name, make in wanted if not by_name]
        named = {name: make(text) for name, by_name, make in wanted if by_name}
        answer = function(*given, **named)
        return list(answer) if isinstance(answer, Iterator) else answer

    return call


def _annotation(parameter: inspect.Parameter) -> str:
    annotation = parameter.annotation
    return annotation if isinstance(annotation, str) else str(annotation.__name__)


def samples() -> dict[str, Callable[[str], object]]:
    """Each sample of a format with a text put into its middle, read to its end."""
    return {
        f"{form.name} ({file.name})": _reading(form, file)
        for file in sorted(DATA.iterdir())
        if file.is_file()
        and file.name in SAMPLES
        and not isinstance(form := formats.sniff(file.name, file.read_bytes()), formats.Skip)
    }


def _reading(form: formats.Format, file: Path) -> Callable[[str], object]:
    data = file.read_bytes()
    half = len(data) // 2

    def call(text: str) -> object:
        made = data[:half] + text.encode() + data[half:]
        formats.sniff(file.name, made)
        if isinstance(form, Dump):
            list(form.briefly(io.BytesIO(made), file.name))
        return list(formats.cables(form, io.BytesIO(made), file.name))

    return call

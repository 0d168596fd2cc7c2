"""The formats as a whole: each is found by its sample, reads it twice alike, takes any bytes."""

import json
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats.base import Record
from tests.formats.samples import DATA, read, record_at
from tests.shared_files import CORPUS, SHARED

SAMPLES = {
    "09PORTAMITY31.txt.json": "document-cloud",
    "sealed.json": "sealed-cable",
    "page.mhtml": "mhtml-page",
    "plusd.mhtml": "mhtml-plusd",
    "pages.warc": "warc",
    "mixed.txt": "mixed-pages",
    "page-2010.html": "html-page",
    "page-2011.html": "html-page",
    "page.txt": "page-text",
    "cables.csv": "dump-csv",
    "alx.txt": "alx-text",
    "cables.tsv": "dump-tsv",
    "pdf.txt": "pdf-text",
    "lamps.qmd": "markdown",
    "09RABAT27.txt": "named-text",
    "plusd.html": "plusd-page",
    "plusd.json": "plusd-json",
    "plusd.jsonl": "plusd-json",
    "plusd-one.json": "plusd-json",
    "nara.txt": "nara-text",
    "nara-list.csv": "nara-list",
    "nara-list.html": "nara-list-page",
    "nara.pdf": "nara-pdf",
    "04SANTORIEL88.pdf": "pdf",
    "lamps.docx": "office",
    "foia.csv": "foia-csv",
    "frus.xml": "frus",
    "frus-page.html": "frus-page",
    "nara-record.html": "nara-record-page",
    "table.csv": "table-csv",
    "table.json": "table-json",
    "table-columns.json": "table-json-columns",
    "table.sql": "table-sql",
    "table.db": "table-sqlite",
    "table.parquet": "table-parquet",
    "table.xml": "table-xml",
}
UNTRIED = {"pdf", "nara-pdf", "office", "table-sqlite", "table-parquet"}
"""Formats whose files another process reads, in vain for most damage."""
LISTING = SHARED / "checks" / "mirror-listing.json"


def test_every_format_has_a_sample_and_a_name_of_its_own() -> None:
    assert set(SAMPLES.values()) == set(formats.FORMATS)
    assert [form.name for form in formats.all_formats()] == list(formats.FORMATS)
    assert all(form.label for form in formats.all_formats())


@pytest.mark.parametrize(
    ("data", "form"),
    [
        pytest.param(b'[{"refid": "09RABAT27", "te', "table-json", id="JSON that breaks off"),
        pytest.param(b'"1","x"\n"2","2/13/2009 14:57","09RABAT27', "dump-csv", id="a broken row"),
    ],
)
@pytest.mark.parametrize("name", ["data", "data.bak"])
def test_a_file_that_the_reader_chose_is_known_whatever_its_name(
    name: str, data: bytes, form: str
) -> None:
    found = formats.sniff(name, data, chosen=True)
    assert not isinstance(found, formats.Skip)
    assert found.name == form


def test_an_unknown_name_is_no_format() -> None:
    assert formats.named("parchment") is None


@pytest.mark.parametrize(("name", "form"), SAMPLES.items(), ids=SAMPLES)
def test_a_sample_is_known_by_its_content(name: str, form: str) -> None:
    path = name if form == "named-text" else "no/name"
    found = formats.sniff(path, (DATA / name).read_bytes())
    assert not isinstance(found, formats.Skip)
    assert found.name == form


@pytest.mark.parametrize("name", SAMPLES)
def test_a_record_is_read_again_from_its_place(name: str) -> None:
    data = (DATA / name).read_bytes()
    form = formats.sniff(name, data)
    assert not isinstance(form, formats.Skip)
    items = list(form.records(BytesIO(data), name))
    for item, cable in zip(items, read(data, name), strict=True):
        assert isinstance(item, Record)
        assert item.crc == zlib.crc32(form.fetch(BytesIO(data), item.location))
        assert form.at(record_at(form, BytesIO(data), item.location), item.location) == cable
        assert not item.whole or item.cable == cable


@pytest.mark.parametrize("form", formats.all_formats(), ids=lambda form: form.name)
@given(data=st.binary(max_size=400))
def test_a_format_takes_any_bytes(form: formats.Format, data: bytes) -> None:
    items = list(formats.cables(form, BytesIO(data), "any"))
    assert all(isinstance(item, (RawCable, Problem)) for item in items)


@pytest.mark.parametrize(
    "name",
    [name for name, form in SAMPLES.items() if form not in UNTRIED],
)
@settings(max_examples=25)
@given(junk=st.binary(max_size=200), where=st.integers(0), lost=st.integers(0, 200))
def test_any_damage_of_a_sample_gives_cables_or_problems(
    name: str, junk: bytes, where: int, lost: int
) -> None:
    whole = (DATA / name).read_bytes()
    at = where % len(whole)
    data = whole[:at] + junk + whole[at + lost :]
    form = formats.named(SAMPLES[name])
    assert form is not None
    items = list(form.records(BytesIO(data), name))
    assert items
    for item in items:
        if isinstance(item, Record):
            again = form.at(record_at(form, BytesIO(data), item.location), item.location)
            assert again == item.cable or not item.whole
            shown = again.header + again.body + again.title + again.origin + again.created
            assert all(sign.isprintable() or sign in "\n\t" for sign in shown)


def everything(folder: str) -> list[RawCable]:
    found: list[RawCable] = []
    for path in sorted((CORPUS / folder).rglob("*")):
        if path.is_file():
            found.extend(_cables(path))
    return found


def _cables(path: Path) -> list[RawCable]:
    data = path.read_bytes()
    form = formats.sniff(path.name, data[: formats.HEAD])
    if isinstance(form, formats.Skip):
        assert form.silent
        return []
    items = list(formats.cables(form, BytesIO(data), path.name))
    cables = [item for item in items if isinstance(item, RawCable)]
    assert len(cables) == len(items)
    return cables


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "count"), [("mirror", 160), ("dump", 160), ("mirror-2011", 4), ("page-text", 1)]
)
def test_every_cable_of_the_corpus_is_read(folder: str, count: int) -> None:
    assert len({raw.reference_id for raw in everything(folder)}) == count


@pytest.mark.shared
def test_facts_agree_with_the_browse_pages_of_the_site() -> None:
    listing = json.loads(LISTING.read_text(encoding="utf-8"))
    ours = {
        raw.reference_id: {
            "classification": raw.classification,
            "origin": raw.origin,
            "created": raw.created[:10],
            "released": raw.released[:10],
            "subject": raw.title,
        }
        for raw in everything("mirror")
    }
    asked = ("classification", "origin", "created", "released", "subject")
    assert ours == {name: {key: facts[key] for key in asked} for name, facts in listing.items()}


@pytest.mark.shared
def test_the_dump_and_the_pages_of_the_corpus_have_the_same_texts() -> None:
    pages = {raw.reference_id: (raw.header, raw.body) for raw in everything("mirror")}
    rows = {raw.reference_id: (raw.header, raw.body) for raw in everything("dump")}
    assert rows == pages

"""Cables as repeated elements of XML: children, attributes, or fields that are named."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem
from cable_tui.formats.file_text import Readable
from cable_tui.formats.tables import xml_table
from cable_tui.formats.tables.xml_table import columns_of
from tests.formats.samples import DATA, apart, read

SAMPLE = (DATA / "table.xml").read_bytes()
WITHOUT_TEXT = b"""<a:record>
  <a:document_number>1974LAPAZ01947</a:document_number>
  <a:draft_date>1974-03-30</a:draft_date>
  <a:locator>TEXT ON MICROFILM</a:locator>
  <a:message_text/>
</a:record>
"""
ROW = {
    "refid": "09RABAT27",
    "created": "2009-02-13",
    "subject": "TEA & <LAMPS>",
    "body": "SECRET RABAT 000027\n\n1. (S) The lamp\tis out.",
}


def children(row: dict[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in row.items())


def attributes(row: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in row.items())


def fields(row: dict[str, str]) -> str:
    return "".join(f'<f name="{name}">{escape(value)}</f>' for name, value in row.items())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"<rows><row>{children(ROW)}</row></rows>", id="children"),
        pytest.param(f"<?xml version='1.0'?><data><c{attributes(ROW)}/></data>", id="attributes"),
        pytest.param(f"<dump><table><row>{fields(ROW)}</row></table></dump>", id="named fields"),
        pytest.param(
            f"<r><row>{children({**ROW, 'body': ''})[:-13]}<body><![CDATA[{ROW['body']}]]></body>"
            "</row></r>",
            id="raw text",
        ),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_columns_are_found_however_they_are_written(text: str, codec: str) -> None:
    (raw,), problems = apart(text.encode(codec), "a.xml")
    assert problems == []
    assert (raw.reference_id, raw.created, raw.body) == (*list(ROW.values())[:2], ROW["body"])
    assert (raw.title, raw.format) == (ROW["subject"], "table-xml")


def test_namespaces_lists_and_records_without_a_text() -> None:
    sample = SAMPLE.replace(b"</records>", WITHOUT_TEXT + b"</records>")
    (first, second), problems = apart(sample, "table.xml")
    assert first.tags == ("EMIN", "MORAN, ANN")
    assert first.title == "THE HARBOR MASTER ASKS FOR LAMPS & OIL"
    assert first.body.endswith("1. THE LAMP IS < OUT.\n\nMORAN")
    assert second.remarks == (("Text", "not in the archive: TEXT ON MICROFILM"),)
    assert problems == []
    (_, _), (note,) = apart(sample.replace(b"ON MICROFILM", b"UNRETRIEVABLE"), "table.xml")
    assert note.reason.startswith("1974LAPAZ01947 has no text")


def test_an_element_that_was_cut_spares_the_others() -> None:
    row = f"<row>{children(ROW)}</row>"
    other = row.replace("RABAT27", "RABAT28")
    found = read(f"<rows>{row[:-6]}{other}<row><refid>09RAB".encode(), "a.xml")
    assert [getattr(each, "reference_id", "") for each in found] == ["09RABAT27", "09RABAT28", ""]
    assert isinstance(found[-1], Problem)
    assert "cut off" in found[-1].reason


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p id='09RABAT27'>2009-02-13</p></body></html>",
        "<rows><row><refid>09RABAT27</refid></row></rows>",
        "<feed><entry><title>Tea</title><published>2009-02-13</published></entry></feed>",
        "<a><![CDATA[",
    ],
)
def test_other_xml_is_no_table(text: str) -> None:
    assert isinstance(formats.sniff("a.xml", text.encode()), formats.Skip)


def test_only_the_most_frequent_elements_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bytes] = []
    own = xml_table.ElementCutter.__init__

    def counted(cutter: xml_table.ElementCutter, file: Readable, name: bytes) -> None:
        tried.append(name)
        own(cutter, file, name)

    monkeypatch.setattr(xml_table.ElementCutter, "__init__", counted)
    once = "".join(f"<e{number}>x</e{number}>" for number in range(2 * xml_table._MOST_NAMES))
    assert xml_table.plan_of(f"<rows>{once}</rows>".encode()) is None
    assert len(tried) == xml_table._MOST_NAMES
    row = f"<row>{children(ROW)}</row>"
    assert xml_table.plan_of(f"<rows>{once}{row}{row}</rows>".encode()) is not None


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "lamp"><!ENTITY b "&a;&a;">]>'
    (raw,), _ = apart(f"{bomb}<r><row>{children(ROW)}<tags>&b;</tags></row></r>".encode(), "a.xml")
    assert raw.tags in {("&B;",), ()}


@given(st.binary(max_size=300))
def test_any_bytes_have_columns(data: bytes) -> None:
    assert all(columns_of(b"<row>" + data + b"</row>"))

"""Documents of DocumentCloud: the pages in their order are one text."""

import json

import pytest

from cable_tui import formats
from tests.formats.samples import DATA, cable, problem

SAMPLE = (DATA / "09PORTAMITY31.txt.json").read_bytes()
NAME = "2100-09portamity31.txt.json"


def pages(*texts: object, first: int = 0, step: int = 1) -> bytes:
    listed = [{"page": first + step * n, "contents": text} for n, text in enumerate(texts)]
    return json.dumps({"updated": 1, "pages": listed}).encode()


@pytest.mark.parametrize("path", ["09PORTAMITY31.txt.json", NAME, "lamps.txt.json"])
def test_the_pages_are_one_cable(path: str) -> None:
    raw = cable(SAMPLE, path)
    assert raw.reference_id == "09PORTAMITY31"
    assert raw.format == "document-cloud"
    assert raw.header.split("\n")[1] == "FM AMEMBASSY PORT AMITY"
    assert raw.body.startswith("UNCLAS PORT AMITY 000031\n")
    assert "The ice was counted\non Friday." in raw.body
    assert raw.body.rstrip().endswith("MONTAGUE")
    assert raw.remarks == ()


def test_pages_are_read_by_their_numbers_and_missing_ones_are_named() -> None:
    raw = cable(pages("UNCLAS\n\nTAGS: PREL\n\n1. (U) Lamp.", "SAPT", step=3), "09LIMA1.txt.json")
    assert raw.body.endswith("Lamp.\nSAPT")
    assert raw.remarks == (("Missing pages", "2, 3"),)
    turned = json.loads(pages("UNCLAS LIMA 000001", "SAPT"))
    turned["pages"].reverse()
    assert cable(json.dumps(turned).encode(), "09LIMA1.txt.json").body.endswith("SAPT")


def test_a_repeated_page_is_read_once_and_both_of_one_number_are() -> None:
    twice = pages("UNCLAS LIMA 000001", "SAPT", "SAPT", "MONTAGUE", step=0)
    assert cable(twice, "09LIMA1.txt.json").body == "UNCLAS LIMA 000001\nSAPT\nMONTAGUE"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pages("FM AMEMBASSY LIMA\nlamps")[:-4], "not JSON"),
        (pages(None, ""), "no text"),
        (pages("A", first=1).replace(b'"page": 1', b'"page": null'), "lack numbers"),
        (pages("A", first=1).replace(b'"page": 1', b'"page": 1e999'), "lack numbers"),
    ],
)
def test_a_damaged_document_says_why(data: bytes, reason: str) -> None:
    assert reason in problem(data, "09LIMA1.txt.json").reason


def test_a_text_without_an_id_says_so() -> None:
    found = problem(pages("TAGS: PREL\nSUBJECT: LAMPS"), "lamps.txt.json")
    assert "no reference ID" in found.reason


@pytest.mark.parametrize(
    "data", [pages("lamps"), b'{"pages": [{"n": 1}]}', b'{"pages": [1]}', b'[{"contents": "FM A"}]']
)
def test_other_json_is_none(data: bytes) -> None:
    found = formats.sniff("lamps.json", data)
    assert isinstance(found, formats.Skip) or found.name != "document-cloud"

"""What `export` writes, the program opens: JSON Lines and CSV, with equal fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from cable_tui import formats, telegram
from cable_tui.base.cable import Cable, Location, Problem, RawCable
from cable_tui.base.value import replace
from cable_tui.demo import fictional_cables
from cable_tui.exports.cable_json import cable_json
from cable_tui.exports.citation import Citation
from cable_tui.exports.lists import FORMATS

OF_THE_CONTAINER = {"sources", "warnings"}


def originals() -> Iterator[RawCable]:
    for cable in fictional_cables():
        yield RawCable(
            reference_id=cable.reference_id,
            created=f"{cable.created:%Y-%m-%d %H:%M}",
            released=f"{cable.released:%Y-%m-%d %H:%M}",
            classification=cable.classification,
            origin=cable.origin,
            title=cable.subject,
            header=cable.header,
            body=cable.body,
            format="html-page",
            location=Location("a.html", 0, 1),
            articles=cable.articles,
        )


def odd() -> Iterator[RawCable]:
    """Cables whose facts come from elsewhere than their container."""
    first = next(originals())
    yield replace(
        first, created=f"{first.created[:13]}:{(int(first.created[11:13]) - 1) % 12 + 1:02}"
    )
    yield replace(first, created=first.created[:10])
    yield replace(first, header="", released="")
    yield replace(first, header="", created=f"{first.created[:13]}:99")
    yield replace(first, body="1. (C) NO TOP.", title="(C) A SUBJECT", tags=("PREL",))
    yield replace(first, references=("09LIMA2", "06ASTANA3"), anchors=())


def read(data: bytes, name: str) -> list[Cable]:
    form = formats.sniff(name, data[: formats.HEAD])
    assert not isinstance(form, formats.Skip)
    items = list(formats.cables(form, BytesIO(data), name))
    assert not [item for item in items if isinstance(item, Problem)]
    return [telegram.parse(item) for item in items if isinstance(item, RawCable)]


def written(form: str, cables: list[Cable]) -> bytes:
    list_format = FORMATS[form]
    pieces = list_format.join(map(list_format.part, map(Citation, cables)), "a list")
    return "".join(str(piece) for piece in pieces).encode()


def fields(cable: Cable) -> dict[str, Any]:
    return {key: value for key, value in cable_json(cable).items() if key not in OF_THE_CONTAINER}


@pytest.mark.parametrize("raws", [originals, odd])
def test_json_lines_are_read_back_with_every_field(raws: Callable[[], Iterator[RawCable]]) -> None:
    cables = list(map(telegram.parse, raws()))
    again = read(written("jsonl", cables), "export.jsonl")
    assert list(map(fields, again)) == list(map(fields, cables))


@pytest.mark.parametrize("indent", [None, 2])
def test_one_cable_as_json_is_read_back(indent: int | None) -> None:
    for raw in (next(originals()), *odd()):
        cable = telegram.parse(raw)
        (again,) = read(json.dumps(cable_json(cable), indent=indent).encode(), "cable.json")
        assert fields(again) == fields(cable)


def test_a_table_is_read_back_as_cables_of_facts() -> None:
    cables = [telegram.parse(raw) for raw in originals()]
    again = read(written("csv", cables), "export.csv")
    assert len(again) == len(cables)
    for copy, cable in zip(again, cables, strict=True):
        assert replace(copy.facts, created_from="page") == replace(cable.facts, created_from="page")
        assert (copy.subject, copy.tags) == (cable.subject, cable.tags)
        listed = [each.reference_id for each in copy.references]
        assert listed == [each.reference_id for each in cable.references if each.reference_id]

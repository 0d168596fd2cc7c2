"""The fictional archive in every shape of a table gives the same cables, or says what to do."""

import pytest

from cable_tui import telegram
from cable_tui.base.cable import RawCable
from cable_tui.demo import FictionalCable
from tests.formats.samples import apart
from tests.formats.tables import shapes

NOTED = {"German headings", "no ids but in the texts", "titles of files and their data"}
"""Shapes whose columns are known by their values only, or whose ids; their problem says so."""
ALL = [*shapes.CSV.items(), *shapes.JSON.items(), *shapes.SQL.items()]


def wanted(cable: FictionalCable) -> dict[str, object]:
    return {
        "id": cable.reference_id,
        "created": f"{cable.created:%Y-%m-%dT%H:%M}Z",
        "classification": cable.classification,
        "origin": cable.origin,
        "subject": cable.subject,
        "tags": shapes.tags(cable),
        "body": cable.body.strip(),
    }


def made(raw: RawCable) -> dict[str, object]:
    cable = telegram.parse(raw)
    return {
        "id": cable.canonical_id,
        "created": cable.facts.created,
        "classification": cable.facts.classification,
        "origin": cable.facts.origin,
        "subject": cable.subject,
        "tags": cable.tags,
        "body": raw.body.strip(),
    }


@pytest.mark.parametrize(("name", "shape"), ALL, ids=[name for name, _ in ALL])
def test_each_shape_gives_the_same_cables(name: str, shape: shapes.Shape) -> None:
    originals = shapes.archive()[::3]
    cables, problems = apart(shape.write(originals), shape.name)
    assert bool(problems) == (name in NOTED), problems
    assert list(map(made, cables)) == list(map(wanted, originals))

"""The schemas of answers are made from their shapes: `make generated` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import pytest

from cable_tui.base.value import Value
from tests import schemas

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull


class Lamp(Value):
    """A lamp of the quay.

    More of it.
    """

    name: Filled
    """As painted
    on it."""
    height: OrNull[Annotated[int, ("minimum", 2), "named metres"]]
    color: Literal["red", "green"] | None
    seen: tuple[Count, Count]
    others: Mapping[Literal["n", "s"], bool]
    keeper: Only[str] = ""
    broken: Only[bool] = False


def test_a_schema_has_types_limits_and_meanings_of_the_fields() -> None:
    fields = {
        "name": {"type": "string", "minLength": 1, "description": "As painted on it"},
        "metres": {"type": ["integer", "null"], "minimum": 2},
        "color": {"enum": ["red", "green", None]},
        "seen": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
        },
        "others": {
            "type": "object",
            "propertyNames": {"enum": ["n", "s"]},
            "additionalProperties": {"type": "boolean"},
        },
        "keeper": {"minLength": 1, "type": "string"},
        "broken": {"const": True},
    }
    found = schemas.schema_of(Lamp)
    assert found["properties"] == fields
    assert found["required"] == ["name", "metres", "color", "seen", "others"]
    assert found["additionalProperties"] is False


@pytest.mark.documents
@pytest.mark.parametrize("name", schemas.shapes())
def test_a_schema_is_that_of_its_shape(name: str) -> None:
    file = schemas.FOLDER / f"{name}.json"
    assert file.read_text(encoding="utf-8") == schemas.text_of(name), "make generated"


@pytest.mark.documents
def test_no_schema_is_written_by_hand() -> None:
    assert {file.stem for file in schemas.FOLDER.iterdir()} == set(schemas.shapes())

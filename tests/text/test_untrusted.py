"""JSON of others: what is of the shape is read, cleaned; all else is refused, with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import pytest
from hypothesis import given

from cable_tui.base.value import Value, as_json
from cable_tui.text.untrusted import json_value, read
from tests.drawn_shapes import json_of, objects_of, spoilt

if TYPE_CHECKING:
    from cable_tui.base.kinds import (
        Name,
        Only,
        OrNull,
        Raw,
        Text,
        Trimmed,
        Uid,
        Unsaved,
    )


class Span(NamedTuple):
    """An array of three."""

    start: int
    end: int
    kind: Literal["name", "left out"]


class Berth(Value):
    """A place at the quay."""

    number: Annotated[int, ("minimum", 0), "named no"]
    taken: OrNull[Trimmed] = ""


class Ship(Value):
    """Every kind of field."""

    name: Name
    uid: Uid
    log: Text
    raw: Raw
    berths: Annotated[tuple[Berth, ...], ("maxItems", 3)]
    spans: tuple[Span, ...]
    pair: tuple[str, int] | None
    load: Annotated[float, ("minimum", 0), ("maximum", 1)]
    flags: Mapping[str, bool]
    flag: Literal["SP", 7] = 7
    lines: str = ""
    note: Only[str] = ""
    length: float = 1
    place: Unsaved[str] = "sea"
    other: Any = None


JSON: dict[str, Any] = {
    "name": " Sea\n Hawk ",
    "uid": "0f" * 8,
    "log": "a\r\nb\x1b[31m",
    "raw": "\x1b",
    "berths": [{"no": 3, "taken": None}],
    "spans": [[1, 2, "name"]],
    "pair": ["a\nb", 1],
    "load": 1,
    "flags": {"\x07x": True},
}
SHIP = Ship(
    "Sea Hawk", "0f" * 8, "a\nb␛[31m", "\x1b", (Berth(3, ""),), (Span(1, 2, "name"),),
    ("a b", 1), 1, {"␇x": True},
)  # fmt: skip


def test_what_is_of_the_shape_is_read_and_its_texts_are_cleaned() -> None:
    assert read(Ship, JSON) == SHIP
    assert read(Ship, JSON | {"unknown": [], "place": "quay"}) == SHIP
    assert read(Ship, JSON, place="quay") == Ship(**SHIP.__dict__ | {"place": "quay"})


def test_what_was_read_is_written_with_its_names_and_without_what_is_not_for_json() -> None:
    assert as_json(SHIP) == JSON | {
        "name": "Sea Hawk", "log": "a\nb␛[31m", "pair": ["a b", 1], "flags": {"␇x": True},
        "flag": 7, "lines": "", "length": 1, "other": None,
    }  # fmt: skip


def test_an_empty_text_may_be_left_out_or_null() -> None:
    assert read(Ship, JSON | {"lines": None, "note": ""}) == SHIP


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": 3}, "name: a text is required"),
        ({"name": " \n "}, "name: a text is required"),
        ({"uid": "0F" * 8}, "uid: '0F0F0F0F0F0F0F0F' is not understood"),
        ({"uid": "0f" * 8 + "\n"}, "uid: '0f0f0f0f0f0f0f0f ' is not understood"),
        ({"uid": "٠" * 16}, "uid: '٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠' is not understood"),
        ({"log": None}, "log: a text is required"),
        ({"berths": {}}, "berths: an array is required"),
        ({"berths": [{"no": 1}, {"no": -1}]}, "berths[1]: no: at least 0 is required"),
        ({"berths": [{"no": True}]}, "berths[0]: no: a whole number is required"),
        ({"berths": [{"no": 1.0}]}, "berths[0]: no: a whole number is required"),
        ({"berths": [{"taken": "x"}]}, "berths[0]: no is required"),
        ({"berths": [{"no": 1}] * 4}, "berths: more than 3"),
        ({"berths": [[]]}, "berths[0]: an object is required"),
        ({"spans": [[1, 2]]}, "spans[0]: an array of 3 items is required"),
        ({"spans": [[1, 2, "hole"]]}, "spans[0]: name or left out is required"),
        ({"pair": ["a", "b"]}, "pair: a whole number is required"),
        ({"load": 1.5}, "load: at most 1 is allowed"),
        ({"load": float("nan")}, "load: a number is required"),
        ({"load": float("inf")}, "load: a number is required"),
        ({"load": 10**400}, "load: at most 1 is allowed"),
        ({"flags": {"x": 1}}, "flags: true or false is required"),
        ({"flag": True}, "flag: SP or 7 is required"),
        ({"lines": ["x"]}, "lines: a text is required"),
        ({"length": None}, "length: a number is required"),
    ],
)
def test_what_is_not_of_the_shape_is_refused_with_its_place(
    change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        read(Ship, JSON | change)
    assert str(refused.value) == reason


@pytest.mark.parametrize("name", JSON)
def test_a_field_without_a_default_is_needed(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} is required$"):
        read(Ship, {key: value for key, value in JSON.items() if key != name})


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        ('{"a": "\u00e9"}'.encode("utf-16"), {"a": "\u00e9"}),
        (b"\xef\xbb\xbf[]", []),
        ("7", 7),
    ],
)
def test_a_value_is_read_in_each_encoding_of_json(content: bytes | str, value: Any) -> None:
    assert json_value(content) == value


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"a": 1, "a": 2}', "an object has two values with the same name"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a":' * 100_000, "it is nested too deeply"),
        (b"9" * 10_000, "digits"),
        (b"\xed\xa0\x80", "decode"),
        (b"", "line 1"),
    ],
)
def test_a_value_that_programs_may_read_differently_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        json_value(content)


@given(objects_of(Ship))
def test_all_that_is_drawn_from_a_shape_is_read_and_read_again_as_it_was(value: Any) -> None:
    found = read(Ship, value)
    assert read(Ship, json_value(json.dumps(as_json(found)))) == found


@given(spoilt(json_of(Ship)))
def test_a_spoilt_value_is_read_or_refused_in_words_that_can_be_shown(value: Any) -> None:
    reason = ""
    try:
        read(Ship, value)
    except ValueError as refused:
        reason = str(refused)
    assert reason.isprintable()


@given(spoilt(json_of(Ship)))
def test_what_is_read_of_a_spoilt_value_has_no_control_characters(value: Any) -> None:
    with suppress(ValueError):
        found = read(Ship, value)
        shown = (
            found.name,
            found.lines,
            found.note,
            *found.flags,
            *(b.taken for b in found.berths),
        )
        assert "".join(shown).isprintable()
        assert found.log.replace("\n", "").replace("\t", "").isprintable()

"""The names of one cable, and of many as they are kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cable_tui.archive.sentences import names
from cable_tui.archive.sentences.names import (
    CLASSIFIED,
    MENTIONED,
    PERHAPS,
    PROTECTED,
    SIGNED,
    MentionedName,
    NameIndex,
    cable_of,
    names_of,
    roles_of,
)
from cable_tui.base.cable import EditorsName, Span
from cable_tui.base.tools import Tool
from cable_tui.base.value import replace
from cable_tui.telegram.reading import Reading
from tests.slow.functions import raw
from tests.telegram.test_edition import SAID

GULL = MentionedName("gull", "PM", "Ada Gull")
TERN = MentionedName("tern", "", "Tern\u00e9 \ud800", "frus1955-57v97#p_T1", "Tern, A.", "Envoy")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. PM Ada Gull met Gen. Tern.", {"PM Ada Gull": MENTIONED, "Gen. Tern": MENTIONED}),
        ("1. PM Gull sat. PM GULL STOOD. Pm Gull ran.", {"PM Gull": MENTIONED}),
        ("1. PRESIDENT GULL STOOD UP.", {"President Gull": MENTIONED}),
        pytest.param(
            "1. Dr. Ada Gull (strictly protect) spoke.",
            {"Dr. Ada Gull": MENTIONED | PROTECTED},
            marks=pytest.mark.tool("protection"),
        ),
        pytest.param(
            "1. One Ada Gull (strictly protect).",
            {"Ada Gull": MENTIONED | PROTECTED},
            marks=pytest.mark.tool("protection"),
        ),
        ("1. Mr. Gull left.\n\n2. All did.\nMARLOW", {"Mr. Gull": MENTIONED, "Marlow": SIGNED}),
        ("Classified By: Ambassador Ada Gull for reasons 1.4 (b).\n\n1. No.", {"Ada Gull": 4}),
        ("1. Nobody came.", {}),
    ],
)
def test_a_name_is_noted_once_for_each_way_it_is_written(
    body: str, expected: dict[str, int]
) -> None:
    found = {name.text: marks for name, marks in names_of(raw(body), Reading(body)).items()}
    assert {text: marks for text, marks in found.items() if text in expected} == expected
    assert expected or not found


def test_names_that_a_tool_finds_to_protect_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "1. Mr. Gull met PM Tern and Ada Pelham."

    def find(reading: Reading) -> tuple[set[Span], set[Span]]:
        sure, perhaps = ("Ada Pelham", "Gull"), ("Tern",)
        return _places(reading.text, sure), _places(reading.text, perhaps)

    tool = Tool("veils", "hide them", protected_names="veils:find")
    monkeypatch.setattr(names, "tools", lambda: (tool,))
    monkeypatch.setattr(names, "load", {"veils:find": find}.__getitem__)
    assert {name.text: marks for name, marks in names_of(raw(body), Reading(body)).items()} == {
        "Mr. Gull": MENTIONED | PROTECTED,
        "PM Tern": MENTIONED | PERHAPS,
        "Ada Pelham": MENTIONED | PROTECTED,
    }
    monkeypatch.setattr(names, "tools", tuple)
    assert set(names_of(raw(body), Reading(body)).values()) == {MENTIONED}


def _places(text: str, words: Sequence[str]) -> set[Span]:
    return {(text.index(word), text.index(word) + len(word)) for word in words}


SAPT = ("frus1955-57v97#p_S1", "Sapt, Rupert", "Envoy until 1957")
OTTO = ("frus1955-57v97#p_S2", "Sapt, Otto", "Guard")
PERSONS = (
    EditorsName("Rupert Sapt", *SAPT, span=(9, 20)),
    EditorsName("Sapt", *OTTO, span=(36, 40)),
    EditorsName("Michael", "", span=(55, 62)),
    EditorsName("Rose", "", span=(67, 71)),
    EditorsName("Sapt", *OTTO),
    EditorsName("Sapt", *SAPT, signed=True),
)


def test_the_editors_key_comes_before_any_rule_of_titles() -> None:
    body = "Minister Rupert Sapt met President Sapt and President Michael and Rose. Mr. Sapt left."
    said = replace(SAID, signed_by=("SAPT", "TARLENHEIM"), people=PERSONS)
    assert names_of(replace(raw(body), edition=said), Reading(body)) == {
        MentionedName("sapt", "Minister", "Rupert Sapt", *SAPT): MENTIONED,
        MentionedName("sapt", "President", "Sapt", *OTTO): MENTIONED,
        MentionedName("sapt", "", "Sapt", *OTTO): MENTIONED,
        MentionedName("sapt", "", "Sapt", *SAPT): SIGNED,
        MentionedName("michael", "President", "Michael"): MENTIONED,
        MentionedName("rose", "", "Rose"): MENTIONED,
        MentionedName("sapt", "Mr.", "Sapt"): MENTIONED,
        MentionedName("tarlenheim", "", "Tarlenheim"): SIGNED,
    }


def test_one_cable_has_no_end_of_names() -> None:
    def word(number: int) -> str:
        return "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}")

    body = " ".join(f"PM {word(number).title()}." for number in range(900))
    assert len(names_of(raw(body), Reading(body), most=500)) == 500


def listed(index: NameIndex) -> set[tuple[MentionedName, int, int]]:
    names = index.names
    return {
        (names[number], cable_of(each), roles_of(each))
        for number, postings in index.postings().items()
        for each in postings
    }


def parts(index: NameIndex) -> Sequence[memoryview]:
    return [memoryview(bytes(part)) for part in index.parts()]


def test_what_is_kept_comes_back_also_to_names_that_are_there() -> None:
    one, other = NameIndex(), NameIndex()
    one.add(1, {TERN: MENTIONED, GULL: SIGNED | PROTECTED})
    one.add((1 << 27) - 1, {GULL: CLASSIFIED})
    one.unread.append(5)
    other.add(2, {GULL: MENTIONED})
    both = NameIndex()
    both.add_kept(parts(one), {1, (1 << 27) - 1, 5})
    both.add_kept(parts(other), {2})
    assert listed(both) == listed(one) | listed(other)
    assert both.unread.tolist() == [5]


def test_of_cables_that_are_not_wanted_nothing_comes_back() -> None:
    one = NameIndex()
    one.add(1, {TERN: MENTIONED})
    one.add(2, {GULL: MENTIONED})
    one.unread.append(5)
    some = NameIndex()
    some.add_kept(parts(one), {2})
    assert listed(some) == {(GULL, 2, MENTIONED)}
    assert not some.unread
    again = NameIndex()
    again.add_kept(parts(some), {2})
    assert again.names == [GULL], "a name of no cable is not kept"


def test_nothing_is_kept_of_nothing() -> None:
    empty = NameIndex()
    empty.add_kept(parts(NameIndex()), {1})
    assert listed(empty) == set()

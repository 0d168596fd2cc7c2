"""Values of the prefixes that are no facets."""

import pytest

from cable_tui.query import parse
from cable_tui.query.fields import CHOICES, FIELDS, MOST, asks_text, choice, sizes

SIZES = [
    (">20k", (20_001, MOST)),
    (">=20k", (20_000, MOST)),
    ("<500", (0, 499)),
    ("<=500", (0, 500)),
    ("> 500", (501, MOST)),
    ("5k..20k", (5_000, 20_000)),
    ("5,000..20,000", (5_000, 20_000)),
    ("..300", (0, 300)),
    ("300..", (300, MOST)),
    ("20K", (20_000, 20_999)),
    ("1.5k", (1_500, 2_499)),
    ("1m", (1_000_000, 1_999_999)),
    ("12", (12, 12)),
    ("0", (0, 0)),
    ("", None),
    ("..", None),
    ("long", None),
    (">", None),
    ("5..3", None),
    ("-5", None),
    ("9" * 40, None),
    ("٣", (3, 3)),
]


@pytest.mark.parametrize(("given", "expected"), SIZES, ids=[given or "empty" for given, _ in SIZES])
def test_a_size_is_a_range(given: str, expected: tuple[int, int] | None) -> None:
    assert sizes(given) == expected


@pytest.mark.parametrize(
    ("prefix", "given", "expected"),
    [
        ("is", "bookmarked", "bookmarked"),
        ("is", "Book", "bookmarked"),
        ("is", "no", None),
        ("is", "noforn", "noforn"),
        ("is", "read", "read"),
        ("is", "eyes_only", "eyes-only"),
        ("is", "", None),
        ("has", "ref", "reference"),
        ("has", "missing", "missing-ref"),
        ("has", "bookmarked", None),
    ],
)
def test_a_choice_is_its_name_or_the_only_one_that_begins_so(
    prefix: str, given: str, expected: str | None
) -> None:
    assert choice(prefix, given) == expected


def test_every_field_shows_an_example_that_it_accepts() -> None:
    for field in FIELDS.values():
        example = field.help.split(": ", 1)[1].split(", ", 1)[0]
        prefix, _, value = example.partition(":")
        if prefix == field.name:
            assert field.complaint(value.strip('"')) == ""


def test_a_choice_is_in_one_list_only() -> None:
    assert not set(CHOICES["is"]) & set(CHOICES["has"])


def test_who_says_it_is_asked_of_the_texts() -> None:
    assert [name for name in FIELDS if asks_text(name)] == ["comment", "said"]
    assert not asks_text("body")
    assert not asks_text("origin")
    query = parse('said:"tern lamps"')
    assert query.has_words
    assert query.order == "-created"
    assert str(query) == 'said:"tern lamps"'


def test_who_says_it_needs_a_word() -> None:
    (complaint,) = parse("said:-- tern").complaints
    assert complaint.reason == "-- is no word"

"""Names that are proposed for a request: the table of cases, other shapes, any text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.sentences.names import MENTIONED, PERHAPS, PROTECTED, names_of
from cable_tui.telegram.people.name_forms import one_line
from cable_tui.telegram.people.protection_words import asks
from cable_tui.telegram.reading import Reading
from cable_tui.tools.protection import requests as module
from cable_tui.tools.protection.requests import Request, requests
from tests.slow.functions import raw
from tests.tools.protection.older_cases import CASES as OLDER
from tests.tools.protection.request_cases import CASES


def proposed(text: str, found: tuple[Request, ...]) -> list[str]:
    """Every proposed name, on one line."""
    return [one_line(text, *span) for each in found for span in each.proposed]


def certain(text: str, found: tuple[Request, ...]) -> list[str]:
    """The names that are right at the requests."""
    return [one_line(text, *span) for each in found for span in each.names]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_each_request_of_the_table_is_listed_once(case: object) -> None:
    text = getattr(case, "text", "")
    assert len(requests(Reading(text))) == 1


def test_nearly_all_printed_names_of_the_table_are_proposed() -> None:
    missed = [
        (name, case.text)
        for case in CASES
        for name in case.names
        if name not in proposed(case.text, requests(Reading(case.text)))
    ]
    names = sum(len(case.names) for case in CASES)
    assert len(missed) <= names * 0.02, missed


def test_at_most_three_wrong_names_a_request_are_proposed_in_each_kind() -> None:
    wrong: Counter[str] = Counter()
    for case in CASES:
        for name in proposed(case.text, requests(Reading(case.text))):
            wrong[case.kind] += not any(name in each for each in case.names)
    assert all(wrong[kind] / 50 <= 3 for kind in wrong), wrong


def test_names_right_at_a_request_are_seldom_wrong() -> None:
    found = [
        (name, case.names)
        for case in CASES
        for name in certain(case.text, requests(Reading(case.text)))
    ]
    right = [name for name, meant in found if any(name in each for each in meant)]
    assert len(right) >= 0.9 * len(found)


@pytest.mark.parametrize("case", OLDER, ids=lambda case: case.text[:50])
def test_older_cases_have_their_names_among_the_proposed(case: object) -> None:
    text = getattr(case, "text", "")
    meant = [each for part in getattr(case, "meant", ()) for each in part.split(";")]
    names = [each for each in meant if each not in "-?"]
    found = " | ".join(proposed(text, requests(Reading(text))))
    assert [each for each in names if each not in found] == []


@pytest.mark.parametrize(
    ("text", "sure", "all_of_it"),
    [
        # Right at it; others of the sentence are proposed only.
        ("Ivo Tern, adviser to Bo Rask (strictly protect), said", [], ["Ivo Tern", "Bo Rask"]),
        ("Rask's deputy, Ada Pelham (protect), said", ["Ada Pelham"], ["Rask", "Ada Pelham"]),
        ("Ivo Tern and Bo Rask (strictly protect) said", ["Ivo Tern", "Bo Rask"], None),
        ("Ivo Tern of Gazcorp (strictly protect) said", [], ["Ivo Tern", "Gazcorp"]),
        ("the Amber Gazette (strictly protect) said", [], ["Amber Gazette"]),
        ("Please protect the identities of Ivo Tern and Bo Rask.", ["Ivo Tern", "Bo Rask"], None),
        # The holder of a role elsewhere in the cable.
        ("1. Judge Ada Pelham came.\n\n2. The judge (strictly protect) left.", [], ["Ada Pelham"]),
        # Forms of names.
        ("heard from Saif al-\nMarwazi (strictly protect) that", ["Saif al-Marwazi"], None),
        ("told by Oleg Tar-\nnovskiy (protect) that", ["Oleg Tarnovskiy"], None),
        ("Tarnovskiy S. I. (please protect) said", ["Tarnovskiy S. I."], None),
        ("Şule Öztürk (please protect) said", ["Şule Öztürk"], None),
        ("Иван Тернов (please protect) said", ["Иван Тернов"], None),
    ],
)  # fmt: skip
def test_what_is_right_at_a_request_and_what_is_only_proposed(
    text: str, sure: list[str], all_of_it: list[str] | None
) -> None:
    found = requests(Reading(text))
    assert certain(text, found) == sure
    assert proposed(text, found) == (sure if all_of_it is None else all_of_it)


def test_a_request_has_the_sentence_that_it_is_in() -> None:
    text = "It rained. Ivo Tern (protect) counted lamps. Then he left."
    (found,) = requests(Reading(text))
    assert text[slice(*found.sentence)] == "Ivo Tern (protect) counted lamps"


PIECES = st.lists(
    st.sampled_from(
        ["Ivo Tern", "Bo", "(strictly protect)", "(protect both)", "(", ")", "\"", ",", ".", "\n\n",
         "AMBER 00000339  002 OF 003", "\\\n", "and", "who", "the engineer", "XXXXXXXX", "protect:",
         "told", "of", "'s", "al-", "“", "İ", "\x00", "3. (C)", "please protect", "aka", "de la",
         "IVO TERN", "Mayor of", "Dr. Bank", "asked not to be named", "S. I.", "The judge"]
    )
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), PIECES.map(" ".join), PIECES.map("".join)))
def test_any_text_has_requests_in_order_whose_names_are_in_it(text: str) -> None:
    found = requests(Reading(text))
    assert tuple((each.start, each.end) for each in found) == asks(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert 0 <= each.sentence[0] <= each.sentence[1] <= len(text)
        assert list(each.proposed) == sorted(set(each.proposed))
        for start, end in (*each.names, *each.proposed):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()


def test_behind_five_hundred_requests_no_sentence_is_read() -> None:
    assert module.MOST == 500
    found = requests(Reading("Ivo Tern (protect) " * 22), most=20)
    assert [bool(each.proposed) for each in found[-3:]] == [True, False, False]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "1. PM Tern's cook, Ada R. Gull (strictly protect), sang. Mr. Gull left.",
            {
                "PM Tern": MENTIONED | PERHAPS,
                "Ada R. Gull": MENTIONED | PROTECTED,
                "Mr. Gull": MENTIONED | PROTECTED,
            },
        ),
        (
            "1. Mr. Gull met Mr. Tern. He (strictly protect) left.",
            {"Mr. Gull": MENTIONED | PERHAPS, "Mr. Tern": MENTIONED | PERHAPS},
        ),
    ],
)
def test_the_names_of_a_cable_are_marked(body: str, expected: dict[str, int]) -> None:
    found = {name.text: marks for name, marks in names_of(raw(body), Reading(body)).items()}
    assert {text: marks for text, marks in found.items() if text in expected} == expected

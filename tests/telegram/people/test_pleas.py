"""Whom a plea means: cases that were written before the rules, shapes of sentences, any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.people import pleas as module
from cable_tui.telegram.people.plea_names import one_line
from cable_tui.telegram.people.plea_words import asks
from cable_tui.telegram.people.pleas import Meant, Plea, called, keys, names_meant, pleas
from tests.telegram.people.plea_cases import CASES, Case


def said(text: str, each: Plea) -> str:
    """What is known of a plea, as the cases have it."""
    if each.state == "named":
        return ";".join(one_line(text, *span) for span in each.names)
    return "-" if each.state == "nameless" else "?"


def meant(text: str) -> tuple[str, ...]:
    """Whom the pleas of a text mean, as the cases have it."""
    return tuple(said(text, each) for each in pleas(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.text[:40]}")
def test_a_plea_means_whom_a_reader_takes_it_to_mean(case: Case) -> None:
    assert meant(case.text) == case.meant


def test_there_are_sixty_cases_of_every_kind() -> None:
    assert len(CASES) == 60
    assert len({case.kind for case in CASES}) >= 10


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # Somebody else is nearer.
        ("Ivo Tern, adviser to Bo Rask (strictly protect), said", "Ivo Tern"),
        ("Ivo Tern of Gazcorp (strictly protect) said", "Ivo Tern"),
        ("Lord Tern of Amber (protect) said so", "Tern"),
        ("Ivo Tern, 45, a Marzian national from Port Amber (protect), said", "Ivo Tern"),
        ("Ivo Tern's deputy, Ada Pelham (protect), said", "Ada Pelham"),
        ("Dr. Tern's deputy (protect), Ada Pelham, said", "Tern;Ada Pelham"),
        ("Ivo Tern, who met Bo Rask (strictly protect), said", "Ivo Tern;Bo Rask"),
        ("Ivo Tern told Bo Rask (strictly protect) that", "Ivo Tern;Bo Rask"),
        ("Ivo Tern told the Ambassador (strictly protect) that", "Ivo Tern"),
        ("Ivo Tern said the UK ambassador (strictly protect) left", "-"),
        ("a friend of Ivo Tern (strictly protect) said", "Ivo Tern"),  # leads to the friend
        ("XXXXXXXXXXXX, a deputy to Ivo Tern (strictly protect), said", "-"),
        ("Bo Rask said that Ivo Tern would be arrested (strictly protect).", "?"),
        ("Ivo Tern, brother of the mayor, Bo Rask (protect), said", "Ivo Tern;Bo Rask"),
        ("Ivo Tern, who met President Marlo and Bo Rask in May (protect), said", "Ivo Tern"),
        ("Ivo Tern Deputy Minister (strictly protect) said", "?"),  # or Ivo Tern is a place
        ("Ivo Tern, Bo Rask's adviser and successor (strictly protect), said", "Ivo Tern"),
        ("Ivo Tern, aide to Bo Rask's adviser Clem Quill (protect)", "Ivo Tern;Clem Quill"),
        ("Ivo Tern, a Gazcorp lawyer who wrote books on Marlo (strictly protect)", "Ivo Tern"),
        ("Ivo Tern, Director of Trade and Extraditions (strictly protect), said", "Ivo Tern"),
        ("Secretary of Trade Ivo Tern, who was Governor of Iona (protect), said", "Ivo Tern"),
        # Titles, organizations and places within the same run of capitals.
        ("Former President of the Amber Commission Ivo Tern (protect) said", "Ivo Tern"),
        ("Archbishop of Port Amber Ivo Tern (strictly protect) said", "Ivo Tern"),
        ("Cairo Office Director of External Relations Bo Rask (protect) said", "Bo Rask"),
        ("Amber Gazette editor Ivo Tern (strictly protect) said", "Ivo Tern"),
        ("Parliamentary Candidate for Marlow Ivo Tern (strictly protect) said", "Marlow Ivo Tern"),
        ("the Member for Marlow Ivo Tern (protect) said", "Marlow Ivo Tern"),
        ("Candidate for Marlow (protect) said", "-"),
        ("Numerous contacts met us. These contacts (strictly protect) include", "-"),
        ("the Amber Gazette (strictly protect) said", "-"),
        ("Port Amber Council Head (strictly protect) said", "-"),
        ("Foreign Ministry (strictly protect) said", "-"),
        ("US-educated Tern (strictly protect) said", "Tern"),
        # Forms of names.
        ("heard from Saif al-\nMarwazi (strictly protect) that", "Saif al-Marwazi"),
        ("told by Oleg Tar-\nnovskiy (protect) that", "Oleg Tarnovskiy"),
        ("Ivo Tern MP (protect) said", "Ivo Tern"),
        ("Interestingly, Tern (strictly protect) said", "Tern"),
        ("Gen. Ivo TERN (strictly protect) said", "Ivo TERN"),
        ("Tarnovskiy, Sergei (please protect) said", "Tarnovskiy;Sergei"),
        ("Tarnovskiy S. I. (please protect) said", "Tarnovskiy S. I."),
        ("Ivo Tern, Jr. (strictly protect) said", "Ivo Tern"),
        ("Ambassador He Lanqing (strictly protect) said", "He Lanqing"),
        ("received by Ambassador Manuel Morales Lama (protect)", "Manuel Morales Lama"),
        ("received by Manuel Tern Doctor (protect) in May", "?"),
        ("Ada May (strictly protect) said", "Ada May"),
        ("Nawaz Shah (strictly protect) said", "Nawaz Shah"),
        ("Ivo Tern (aka Bo Rask) (protect) said", "Ivo Tern;Bo Rask"),
        ("“Abu Hamzun” (protect) said", "Abu Hamzun"),
        ("Ivo XXXXXXXXXXXX (strictly protect) said", "Ivo"),
        # Behind the plea, and within it.
        ("the Trade Minister (strictly protect; Ivo Tern) said", "Ivo Tern"),
        ("our source (please protect), Ivo Tern, said", "Ivo Tern"),
        ("Ivo Tern (strictly protect Tern) said", "Ivo Tern;Tern"),
        ("the name of Ivo Tern should be strictly protected", "Ivo Tern"),
        ("Ivo Tern asked that his name be protected.", "Ivo Tern"),
        ("Ivo Tern asked us to protect his identity.", "Ivo Tern"),
        ("Please protect the identities of Ivo Tern and Bo Rask.", "Ivo Tern;Bo Rask"),
        # Sentences before.
        ("Engineer Ivo Tern met Bo Rask. The engineer (strictly protect) said", "Ivo Tern"),
        ("Ivo Tern called. He (strictly protect) said", "Ivo Tern"),
        ("Ivo Tern called.\n\n2. (C) He (strictly protect) said", "?"),
        ("The port closes in May (strictly protect).", "?"),
        ("We ask for strict protection of all sources of this report.", "?"),
        # Capitals only.
        ("IN A MEETING WITH POLOFF, SOTO (PROTECT) CLAIMED THE PORT", "SOTO"),
        ("DEPUTY MINISTER SOTO TOLD EMBOFF (STRICTLY PROTECT) THAT THE", "SOTO"),
        ("IN STRICT CONFIDENCE TERN, WHO IS DEPUTY DIRECTOR, (PLEASE PROTECT) SAID", "TERN"),
        ("THE DIRECTOR OF THE PORT BANK (PROTECT), IVO TERN, SAID", "IVO TERN"),
        ("JOURNALIST IVO TERN OF THE DAILY GAZETTE (STRICTLY PROTECT)", "IVO TERN"),
    ],
)  # fmt: skip
def test_what_is_between_and_around_is_told_from_the_name(text: str, who: str) -> None:
    assert meant(text) == (who,)


def test_a_doubt_names_those_who_may_be_meant() -> None:
    text = "Bo Rask wrote to Ivo Tern in May. He (strictly protect) wants to leave."
    (found,) = pleas(text)
    assert found.names == ()
    assert [text[start:end] for start, end in found.perhaps] == ["Bo Rask", "Ivo Tern"]


COMMON = frozenset({"Marlo", "President Marlo", "Casimir Marlo", "García"})


@pytest.mark.parametrize(
    ("text", "who", "perhaps"),
    [
        ("President Marlo and Ivo Tern (protect) said", "Ivo Tern", []),
        ("an adviser to President Marlo (protect) said", "-", []),
        ("Ivo Tern, adviser to President Marlo (protect), said", "Ivo Tern", []),
        # A frequent surname right at a plea is not left out in silence.
        ("García (strictly protect) said", "?", ["García"]),
        ("Ivo Tern told us of García (strictly protect), who left", "?", ["García", "Ivo Tern"]),
        ("Marlo and Ivo Tern (protect both) said", "?", ["Marlo"]),
        # A rare full name in the same text tells who it is.
        ("Manuel García came. García (strictly protect) said", "García", []),
        ("Casimir Marlo came. Marlo (strictly protect) said", "?", ["Marlo"]),
    ],
)
def test_a_common_name_is_not_meant_for_the_sake_of_another(
    text: str, who: str, perhaps: list[str]
) -> None:
    (found,) = pleas(text, COMMON.__contains__)
    assert said(text, found) == who
    assert [text[start:end] for start, end in found.perhaps] == perhaps


def test_names_have_their_full_forms_of_the_same_text() -> None:
    text = "SUBJECT: TALK WITH ADA PELHAM\n\n1. Ada R. Pelham came. Pelham (protect) said"
    assert names_meant(text) == ("Pelham", "ADA PELHAM", "Ada R. Pelham")


def test_a_name_that_is_spelled_otherwise_in_the_same_text_is_meant_too() -> None:
    text = "Ivo Tarnowski (protect) spoke. Tarnowsky left. The Tarpaulin fell."
    assert names_meant(text) == ("Ivo Tarnowski", "Tarnowsky")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ada R. Soto García", ("Ada", "Soto", "García")),
        ("Fawaz bin Turki al-Marwazi", ("Fawaz", "Turki", "Marwazi")),
        ("EL-MARWAZI", ("MARWAZI",)),
        ("Ivo “the Fish” Tern", ("Ivo", "Fish", "Tern")),
        ("", ()),
    ],
)
def test_somebody_may_be_called_by_each_word_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert called(name) == words


def test_accents_and_letters_tell_no_names_apart() -> None:
    assert keys("Ada García") == keys("ADA Garcia")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Pelham", True),
        ("Ada Pelham", True),
        ("Rask", True),
        ("al-Rask", True),
        ("Clem Rask", True),  # Rask is protected alone: who knows
        ("Bo Pelham", False),
        ("Tern", False),
        ("", False),
    ],
)
def test_a_name_is_known_again_in_other_forms(name: str, known: bool) -> None:
    assert Meant(["Ada R. Pelham", "Rask"]).has(name) is known
    assert not Meant([]).has(name)


PIECES = st.lists(
    st.sampled_from(
        ["Ivo Tern", "Bo", "(strictly protect)", "(protect both)", "(", ")", "\"", ",", ".", "\n\n",
         "AMBER 00000339  002 OF 003", "\\\n", "and", "who", "the engineer", "XXXXXXXX", "protect:",
         "told", "of", "'s", "al-", "“", "İ", "\x00", "3. (C)", "please protect", "aka", "de la"]
    )
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), PIECES.map(" ".join), PIECES.map("".join)))
def test_any_text_has_pleas_in_order_whose_names_stand_in_it(text: str) -> None:
    found = pleas(text)
    assert tuple((each.start, each.end) for each in found) == asks(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert bool(each.names) == (each.state == "named") or each.state == "unresolved"
        assert not (each.perhaps and each.state != "unresolved")
        for start, end in (*each.names, *each.perhaps):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
    assert all(map(str.strip, names_meant(text)))


def test_behind_five_hundred_pleas_no_sentence_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module._MOST == 500
    monkeypatch.setattr(module, "_MOST", 20)
    found = pleas("Ivo Tern (protect) " * 22)
    assert [each.state for each in found[-3:]] == ["named", "unresolved", "unresolved"]

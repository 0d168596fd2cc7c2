"""What cables that go out ask to protect: names of theirs and of others, doubts, sentences."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.tools.protection.answers import NO_ANSWERS, Answers, KeptName
from cable_tui.tools.protection.digest_spans import DigestSpan, ParagraphDigests
from cable_tui.tools.protection.review import reviewed
from cable_tui.tools.protection.survey import (
    AskingName,
    OutsideName,
    UnansweredError,
    distinct,
    names_asked_for,
    survey,
)
from tests.telegram.cables import record

ASKING = "1. (C) Omar Islam, aide to Bo Rask (strictly protect), counted lamps.\n"
OTHER = "1. (C) The laws of Islam were read. Omar Islam left. The Islamites sang.\n"


def cable(name: str, text: str) -> Cable:
    return telegram.parse(replace(record(f"SUBJECT: LAMPS\n\n{text}"), reference_id=name))


ONE, TWO = cable("09RABAT27", ASKING), cable("09RABAT28", OTHER)


def answered(*names: str) -> Answers:
    (asked,) = reviewed(ONE, NO_ANSWERS)
    spans = [span for span in asked.found.proposed if ONE.body.text[slice(*span)] in names]
    return NO_ANSWERS.with_request(asked.key, tuple(map(ParagraphDigests(ONE).place, spans)))


def test_without_an_answer_no_name_is_masked_and_the_request_is_open() -> None:
    found = survey([ONE, TWO])
    assert [each.place for each in found.open] == ["09RABAT27 ¶1"]
    assert found.every == ()
    error = UnansweredError(found.open)
    assert str(error) == "1 protection request, 1 without an answer: 09RABAT27 ¶1"


def test_confirmed_names_are_masked_in_every_cable_and_doubts_are_asked() -> None:
    found = survey([ONE, TWO], answers=answered("Omar Islam"))
    assert found.open == ()
    assert found.every == ("Omar Islam",)
    masked = found.masked_in("09RABAT28", found.all_names).masked(TWO.body.text)
    assert "laws of [name masked] were read. [name masked] left" in masked
    (doubt,) = found.doubts
    assert doubt.sentence == "Omar Islam in 09RABAT28: 1 place, perhaps not a name"
    assert "laws of Islam were" in doubt.example
    assert found.derived == ("Islamites (09RABAT28)",)
    assert [*found.remarks()] == [
        "masked, please check: Omar Islam in 09RABAT28: 1 place, perhaps not a name",
        "not masked, please check: Islamites (09RABAT28)",
    ]


def test_a_doubtful_place_is_kept_if_the_reader_says_so() -> None:
    given = answered("Omar Islam")
    (doubt,) = survey([ONE, TWO], answers=given).doubts
    found = survey([ONE, TWO], answers=given.with_kept(doubt.key, kept=True))
    masked = found.masked_in("09RABAT28", found.all_names).masked(TWO.body.text)
    assert "laws of Islam were read. [name masked] left" in masked
    assert "1 place left unmasked by a reader" in " ".join(found.statements(1, 2))


def test_a_name_of_a_cable_that_stays_is_asked_once_and_masked_unless_kept() -> None:
    asking = AskingName("Omar Islam", "09RABAT99", "09RABAT99", DigestSpan("ab" * 32, 0, 10))
    outside = [OutsideName(asking, ("Omar Islam",)), OutsideName(asking, ("Ivo Tern",))]
    found = survey([TWO], outside=outside)
    assert found.outside == ("Omar Islam", "Ivo Tern"), "a note may have the other one"
    assert found.doubts[0].sentence == ("Omar Islam, protected in 09RABAT99: 2 places")
    assert "masked, please check: Omar Islam, protected in 09RABAT99: 2 places" in found.remarks()
    kept = NO_ANSWERS.with_kept(KeptName("09RABAT99", asking.place, ""), kept=True)
    assert survey([TWO], answers=kept, outside=outside[:1]).every == ()


def test_proposed_names_are_masked_if_they_are_taken_and_it_is_said() -> None:
    found = survey([ONE], take_proposed=True)
    assert found.every == ("Omar Islam", "Bo Rask")
    assert list(found.statements(2, 2)) == [
        "2 names masked at 2 places",
        "1 protection request without an answer",
        "Names proposed by rules and not confirmed by anyone: 2",
    ]


@pytest.mark.parametrize(
    ("text", "answers", "names", "places", "said"),
    [
        (OTHER, False, 0, 0, "No known protection requests in these cables. No names masked"),
        (ASKING, True, 0, 0, "1 protection request answered by a reader, 1 names nobody"),
    ],
)
def test_it_says_never_more_than_it_knows(
    text: str, answers: bool, names: int, places: int, said: str
) -> None:
    given = answered() if answers else NO_ANSWERS
    found = survey([cable("09RABAT27", text)], answers=given)
    assert "; ".join(found.statements(names, places)) == said


def test_words_to_mask_are_those_of_the_cables_and_unused_ones_are_told() -> None:
    found = survey([ONE], ["omar islam", "counted lamps", "Pelhem"])
    assert found.masks == ("Omar Islam", "counted lamps", "Pelhem")
    assert found.unused == ("Pelhem",)
    assert "no cable in the dossier contains “Pelhem”" in found.remarks()


def test_several_forms_of_a_name_are_one_person() -> None:
    assert distinct(["Ada Pelham", "Pelham", "PELHAM", "A. Pelham", "Ivo Pelham", "Tern"]) == 3
    assert distinct(["the keeper of lamps", "The keeper of lamps"]) == 1
    assert distinct([]) == 0


def test_each_name_has_its_own_place() -> None:
    given = answered("Omar Islam", "Bo Rask")
    names = list(names_asked_for(ONE, reviewed(ONE, given)))
    assert [each.name for each in names] == ["Omar Islam", "Bo Rask"]
    assert len({each.place for each in names}) == 2

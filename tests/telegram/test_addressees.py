"""Who an addressee is: a post has one name, however it is written; others stand as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Addressee
from cable_tui.glossary import posts
from cable_tui.telegram.addressees import kind_of, office, offices

POST, PRINTED, UNKNOWN = "post", "as printed", "not known"


@pytest.mark.parametrize(
    ("printed", "named", "kind"),
    [
        # Names of posts as headers have them.
        ("SECSTATE WASHDC", "Secretary of State", POST),
        ("SECSTATE", "Secretary of State", POST),
        ("STATE", "Secretary of State", POST),
        ("AMEMBASSY RABAT", "Embassy Rabat", POST),
        ("AMEMBASSY  PORT-AU-PRINCE", "Embassy Port Au Prince", POST),
        ("AMCONSUL CALCUTTA", "Consulate Kolkata", POST),
        ("AMEMBASSY KIEV", "Embassy Kyiv", POST),
        ("AMEMBASSY KYIV", "Embassy Kyiv", POST),
        ("AMCONGEN RIO DE JAN", "Consulate Rio De Janeiro", POST),
        ("USMISSION USUN NEW YORK", "USUN New York", POST),
        ("USUN NEW YORK", "USUN New York", POST),
        ("USMISSION GENEVA", "US Mission Geneva", POST),
        ("USMISSION UNVIE VIENNA", "UNVIE", POST),
        ("UNVIE VIENNA", "UNVIE", POST),
        ("USEU BRUSSELS", "USEU Brussels", POST),
        ("AMEMBASSY BRUSSELS", "Embassy Brussels", POST),
        ("USMISSION USNATO", "Mission USNATO", POST),
        ("USINT HAVANA", "US Interests Section Havana", POST),
        ("AIT TAIPEI", "American Institute Taiwan, Taipei", POST),
        # The seventies name cities alone.
        ("PARIS", "Embassy Paris", POST),
        ("AMCONSUL LYON", "Consulate Lyon", POST),
        # Not said, or more than one.
        ("BRUSSELS", "BRUSSELS", PRINTED),
        ("BA", "BA", PRINTED),
        ("AMEMBASSY JIDDA", "AMEMBASSY JIDDA", UNKNOWN),
        ("AMCONSUL RABAT", "AMCONSUL RABAT", UNKNOWN),
        ("AMEMBASSY QUAYHAVEN", "AMEMBASSY QUAYHAVEN", UNKNOWN),
        ("USMISSION ADDIS ABABA", "USMISSION ADDIS ABABA", UNKNOWN),
        ("SESTATE WASHDC", "SESTATE WASHDC", UNKNOWN),
        ("the Embassy in Ruritania", "the Embassy in Ruritania", UNKNOWN),
        # Offices that are no posts.
        ("CIA WASHINGTON DC//NHTC//", "CIA WASHDC", PRINTED),
        ("CIA WASHDC", "CIA WASHDC", PRINTED),
        ("DEPARTMENT OF JUSTICE WASH DC", "DEPT OF JUSTICE WASHDC", PRINTED),
        ("HQ USCENTCOM MACDILL AFB FL", "HQ USCENTCOM MACDILL AFB FL", PRINTED),
        ("//", "//", PRINTED),
        # Several that are not named stay what they are, whatever city is in them.
        ("VIENNA IAEA POSTS COLLECTIVE", "VIENNA IAEA POSTS COLLECTIVE", "collective"),
        ("ALL US CONSULATES IN MEXICO", "ALL US CONSULATES IN MEXICO", "collective"),
        ("ALL  DIPLOMATIC POSTS", "ALL DIPLOMATIC POSTS", "collective"),
    ],
)
def test_a_post_is_told_and_the_rest_stands_as_printed(printed: str, named: str, kind: str) -> None:
    assert (office(printed), kind_of(named)) == (named, kind)


def test_a_post_in_two_spellings_is_one_addressee() -> None:
    names = ("AMEMBASSY KIEV", "AMEMBASSY KYIV", "NATO COLLECTIVE")
    found = offices(Addressee(None, name, None, None) for name in names)
    assert found == ("Embassy Kyiv", "NATO COLLECTIVE")


@given(st.text(alphabet="AMEBSYCONULRT /-,;É ", max_size=60))
def test_whatever_is_printed_has_a_name_of_one_line_that_stays(printed: str) -> None:
    named = office(printed)
    assert bool(named) == bool(printed.split())
    assert named == " ".join(named.split())
    assert kind_of(named) in (POST, PRINTED, UNKNOWN, "collective")
    assert posts.is_post(named) or office(named) == named

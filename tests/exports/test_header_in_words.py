"""A header in words: names as printed, codes explained from the tables."""

import pytest

from cable_tui.base.cable import Addressee, Header, Originator
from cable_tui.base.value import replace
from cable_tui.exports.header_in_words import decoded

_WHOLE = Header(
    "as sent",
    transmission_id="VZCZCXRO1732",
    precedence="PRIORITY",
    precedences=("PRIORITY", "ROUTINE"),
    security="ZNY CCCCC ZZH",
    date_time_group="131457Z FEB 09",
    originator=Originator("RUEHZE", 27, 1, 44, "1457"),
    sender="AMEMBASSY ZENDA",
    to=(Addressee("RUEHC", "SECSTATE WASHDC", "PRIORITY", "8289"),),
    info=(
        Addressee(None, "STRELSAU", "ROUTINE", None),
        Addressee(None, "ALL POSTS", None, None, ("HENTZAU", "TARLEN")),
    ),
)


def test_a_whole_header_is_told_line_by_line() -> None:
    assert decoded(_WHOLE).split("\n") == [
        "Precedence    PRIORITY: third highest precedence",
        "Sent          131457Z FEB 09 = 13 Feb 2009, 14:57 UTC",
        "From          AMEMBASSY ZENDA (RUEHZE)",
        "To            SECSTATE WASHDC (RUEHC) · PRIORITY · number 8289",
        "Info          STRELSAU · ROUTINE",
        "              ALL POSTS · without HENTZAU, TARLEN",
        "Security      Confidential (ZNY CCCCC ZZH)",
        "Message       number 27 of RUEHZE, section 1, day 44 of the year, 14:57 UTC",
        "Transmission  VZCZCXRO1732",
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (Header("noise"), ""),
        (Header("", partial=True), "Record        only a partial extract of the original header"),
        (Header("", date_time_group="991457Z FEB 09"), "Sent          991457Z FEB 09"),
        (Header("", security="ZNR"), "Security      ZNR"),
        (Header("", distribution=("ACTION AF-00",)), "Distribution  ACTION AF-00"),
        (Header("", sender="ZENDA\x1b[31m"), "From          ZENDA␛[31m"),
        (
            Header("", to=(Addressee("RUEHC", "", None, None),)),
            "To            SECSTATE WASHDC (RUEHC)",
        ),
        (Header("", to=(Addressee("RUXXX", "", None, None),)), "To            not known (RUXXX)"),
    ],
    ids="nothing partial day class distribution hostile route unknown".split(),
)
def test_what_is_not_there_is_not_told(header: Header, expected: str) -> None:
    assert decoded(header) == expected


def test_a_day_without_its_clock_is_told() -> None:
    origin = Originator("RUEHZE", 27, None, 44, None)
    assert "day 44 of the year" in decoded(replace(_WHOLE, originator=origin))


def test_each_addressee_has_its_precedence_and_its_number_as_they_stand() -> None:
    to = (
        Addressee(None, "AMCONSUL LAGOS", "PRIORITY", None),
        Addressee("RUEHC", "SECSTATE WASHDC", "PRIORITY", "2276-2279"),
        Addressee(None, "AMEMBASSY ACCRA", None, None),
    )
    assert decoded(Header("", precedence="PRIORITY", to=to)).split("\n")[1:] == [
        "To            AMCONSUL LAGOS · PRIORITY",
        "              SECSTATE WASHDC (RUEHC) · PRIORITY · number 2276-2279",
        "              AMEMBASSY ACCRA",
    ]

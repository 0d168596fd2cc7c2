import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Addressee, Header, Originator
from cable_tui.glossary import posts
from cable_tui.telegram.header import addressees, kind_of, office, offices, parse
from tests.cases import case

USUAL = """VZCZCXRO4711
OO RUEHAA RUEHBB
RUEHCC

DE RUEHZZ #0042/01 0441457
ZNR UUUUU ZZH
O P 131457Z FEB 09
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC IMMEDIATE 8289
INFO RUEHRU/RURITANIA COLLECTIVE PRIORITY
RUEHST/AMEMBASSY STRELSAU 0012
RHMFISS/HQ STRELSAU//J-3/J-5// PRIORITY"""

OLD = """This record is a partial extract of the original cable. The full text is not available.

131457Z Feb 99


                           CONFIDENTIAL     PTQ4711

PAGE 01        ZENDA  00042  01 OF 03  131500Z
ACTION AF-00

INFO  LOG-00   ZX-00    QQ-00    AID-00
      CTME-00  DINT-00  SWCI-00    /012W
                  ------------------A54E38  131501Z /38
FM AMEMBASSY ZENDA
TO SECSTATE WASHDC IMMEDIATE 7738
INFO NSC WASHDC IMMEDIATE
SOUTHERN COMMUNITY"""

PRINT_OUT = """null
From: AMEMBASSY ZENDA (ZENDA 42 - ROUTINE)
To: No Action Addressee
ACTION: POL

VZCZCADI001
RR RUEHC
DE RUEHZZ #0042/01 0441457
ZNY CCCCC ZZH
R 131457Z FEB 03
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC"""


def names(addressees: tuple[Addressee, ...]) -> list[str]:
    return [addressee.name for addressee in addressees]


def test_the_usual_telegram_is_read_line_by_line() -> None:
    assert parse(USUAL) == Header(
        text=USUAL,
        transmission_id="VZCZCXRO4711",
        precedence="IMMEDIATE",
        precedences=("IMMEDIATE", "PRIORITY"),
        security="ZNR UUUUU ZZH",
        date_time_group="131457Z FEB 09",
        originator=Originator("RUEHZZ", 42, 1, 44, "1457"),
        sender="AMEMBASSY ZENDA",
        to=(Addressee("RUEHC", "SECSTATE WASHDC", "IMMEDIATE", "8289"),),
        info=(
            Addressee("RUEHRU", "RURITANIA COLLECTIVE", "PRIORITY", None),
            Addressee("RUEHST", "AMEMBASSY STRELSAU", None, "0012"),
            Addressee("RHMFISS", "HQ STRELSAU//J-3/J-5//", "PRIORITY", None),
        ),
    )


def test_an_old_page_with_offices_is_read() -> None:
    header = parse(OLD)

    assert header.partial
    assert header.date_time_group == "131457Z FEB 99"
    assert header.distribution == (
        "ACTION AF-00",
        "INFO LOG-00 ZX-00 QQ-00 AID-00 CTME-00 DINT-00 SWCI-00 /012W",
    )
    assert header.sender == "AMEMBASSY ZENDA"
    assert header.to == (Addressee(None, "SECSTATE WASHDC", "IMMEDIATE", "7738"),)
    assert names(header.info) == ["NSC WASHDC", "SOUTHERN COMMUNITY"]


def test_a_print_out_is_read_from_its_telegram_on() -> None:
    header = parse(PRINT_OUT)

    assert header.transmission_id == "VZCZCADI001"
    assert header.sender == "AMEMBASSY ZENDA"
    assert names(header.to) == ["SECSTATE WASHDC"]
    assert header.info == ()


def test_page_lines_are_no_addressees() -> None:
    header = parse(
        "INFO  LOG-00   EEB-00  /007R\n\nR 131457Z FEB 09\nFM SECSTATE WASHDC\n"
        "TO PAGE 02        STATE   015113  131459Z\nAMEMBASSY ZENDA\n"
        "UNCLASSIFIED   STATE   00015113\nAMEMBASSY STRELSAU PRIORITY\n"
        "------------------A54E38  131501Z /38\nINFO AMEMBASSY HENTZAU"
    )

    assert header.distribution == ("INFO LOG-00 EEB-00 /007R",)
    assert names(header.to) == ["AMEMBASSY ZENDA", "AMEMBASSY STRELSAU"]
    assert names(header.info) == ["AMEMBASSY HENTZAU"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        case(
            "range",
            "RUEHZZ/AMEMBASSY ZENDA PRIORITY 2276-2279",
            Addressee("RUEHZZ", "AMEMBASSY ZENDA", "PRIORITY", "2276-2279"),
        ),
        case("ZEN", "ZEN/AMEMBASSY ZENDA", Addressee("ZEN", "AMEMBASSY ZENDA", None, None)),
        case(
            "two words",
            "RUEHZZ/AMEMBASSY ZENDA NIACT IMMEDIATE 0001",
            Addressee("RUEHZZ", "AMEMBASSY ZENDA", "NIACT IMMEDIATE", "0001"),
        ),
        case(
            "number first",
            "AMEMBASSY ZENDA 0017 FLASH",
            Addressee(None, "AMEMBASSY ZENDA", "FLASH", "0017"),
        ),
        case(
            "offices after the name",
            "DIA WASHDC//DHI-1B/CLM//DP//",
            Addressee(None, "DIA WASHDC//DHI-1B/CLM//DP//", None, None),
        ),
        case(
            "a number in the name",
            "RHMFISS/39ABG ZENDA AB",
            Addressee("RHMFISS", "39ABG ZENDA AB", None, None),
        ),
        case("group count", "STATE GRNC", Addressee(None, "STATE", None, None)),
    ],
)
def test_an_addressee_has_route_name_precedence_and_number(line: str, expected: Addressee) -> None:
    assert parse(f"R 131457Z FEB 09\nFM X\nTO {line}").to == (expected,)


@pytest.mark.parametrize(
    ("text", "to", "info"),
    [
        case(
            "it may begin at its addressees",
            "TO AMEMBASSY ZENDA PRIORITY\nINFO RUEHRU/AMEMBASSY STRELSAU 0121",
            Addressee(None, "AMEMBASSY ZENDA", "PRIORITY", None),
            Addressee("RUEHRU", "AMEMBASSY STRELSAU", None, "0121"),
        ),
        case(
            "a short number follows a precedence only",
            "TO RUEHRU/AMEMBASSY STRELSAU IMMEDIATE 12\nINFO DET 12",
            Addressee("RUEHRU", "AMEMBASSY STRELSAU", "IMMEDIATE", "12"),
            Addressee(None, "DET 12", None, None),
        ),
        case("an exemption without a collective is none", "INFO XMT AMEMBASSY ZENDA", None, None),
    ],
)
def test_lists_of_addressees_are_read(
    text: str, to: Addressee | None, info: Addressee | None
) -> None:
    header = parse(text)

    assert (header.to, header.info) == ((to,) if to else (), (info,) if info else ())


@pytest.mark.parametrize("sign", ["XMT/", "XMT ", "XMT / ", "XMT: "])
def test_members_exempt_below_to_are_no_addressees(sign: str) -> None:
    header = parse(
        "O 131457Z FEB 09\nFM AMEMBASSY ZENDA\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 3355\n"
        f"RUEHRU/RURITANIA COLLECTIVE\nRUEHST/AMEMBASSY STRELSAU\n{sign}AMEMBASSY HENTZAU\n"
        "AMCONSUL TARLENHEIM"
    )

    assert names(header.to) == ["SECSTATE WASHDC", "RURITANIA COLLECTIVE", "AMEMBASSY STRELSAU"]
    assert [each.excluded for each in header.to] == [
        (),
        ("AMEMBASSY HENTZAU", "AMCONSUL TARLENHEIM"),
        (),
    ]


def test_exempt_members_belong_to_the_collective_above() -> None:
    header = parse(
        "O 131457Z FEB 09\nFM SECSTATE WASHDC\nTO RUEHRU/RURITANIA COLLECTIVE IMMEDIATE\n"
        "XMT AMEMBASSY ZENDA\nAMCONSUL HENTZAU\nRUEHST/AMEMBASSY STRELSAU IMMEDIATE"
    )

    assert header.to == (
        Addressee(
            "RUEHRU",
            "RURITANIA COLLECTIVE",
            "IMMEDIATE",
            None,
            ("AMEMBASSY ZENDA", "AMCONSUL HENTZAU"),
        ),
        Addressee("RUEHST", "AMEMBASSY STRELSAU", "IMMEDIATE", None),
    )


@pytest.mark.parametrize(
    ("text", "group", "precedences"),
    [
        case("ACP-126", "R 250930Z FEB 72 \nFM X", "250930Z FEB 72", ("ROUTINE",)),
        case("two", "P R 281848Z DEC 66", "281848Z DEC 66", ("PRIORITY", "ROUTINE")),
        case("zero for O", "0 070621Z OCT 74", "070621Z OCT 74", ("IMMEDIATE",)),
        case("FL5 tail", "O 070621Z OCT 09 ZDK", "070621Z OCT 09", ("IMMEDIATE",)),
        case(
            "FL5 corrected copy",
            "O R 041614Z FEB 10     (CCY ADX1C30B8)",
            "041614Z FEB 10",
            ("IMMEDIATE", "ROUTINE"),
        ),
        case("1.1 bare group", "a note\n\n081545Z Jun 05", "081545Z JUN 05", ()),
        case("FL2 alone", "VZCZCXYZ0001\nPP RUEHC\n", None, ("PRIORITY",)),
        case("empty", "", None, ()),
    ],
)
def test_date_time_group_and_precedences(
    text: str, group: str | None, precedences: tuple[str, ...]
) -> None:
    header = parse(text)

    assert (header.date_time_group, header.precedences) == (group, precedences)


@pytest.mark.parametrize(
    ("line", "security"),
    [
        case("FL4", "ZNY CCCCC ZZH", "ZNY CCCCC ZZH"),
        case("FL4 with tails", "ZNR UUUUU ZZH ZDK  ZUI", "ZNR UUUUU ZZH ZDK ZUI"),
        case("damaged", "ZNY CCC", None),
    ],
)
def test_the_security_line_is_kept_whole(line: str, security: str | None) -> None:
    assert parse(f"VZCZCXYZ0001\n{line}\nFM X").security == security


@pytest.mark.parametrize(
    ("line", "originator"),
    [
        case("no section", "DE RUEHZZ #0042 0441457", Originator("RUEHZZ", 42, None, 44, "1457")),
        case("no time", "DE RUEHZZ #0042/02", Originator("RUEHZZ", 42, 2)),
    ],
)
def test_the_originator_may_lack_parts(line: str, originator: Originator) -> None:
    assert parse(f"VZCZCXYZ0001\n{line}\nFM X").originator == originator


def test_a_header_on_one_line_is_read() -> None:
    header = parse(" ".join(USUAL.split()))

    assert header.sender == "AMEMBASSY ZENDA"
    assert header.originator == Originator("RUEHZZ", 42, 1, 44, "1457")
    assert names(header.to) == ["SECSTATE WASHDC"]
    assert names(header.info)[:2] == ["RURITANIA COLLECTIVE", "AMEMBASSY STRELSAU"]


LINES = st.sampled_from([*USUAL.split("\n"), *OLD.split("\n"), "XMT A", "BT", "TO", "INFO "])


@given(st.text() | st.lists(LINES | st.text(max_size=20)).map("\n".join))
def test_any_text_is_a_header_of_some_kind(text: str) -> None:
    header = parse(text)
    assert header.text == text
    assert addressees(text) == (header.to, header.info)


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


def test_a_scan_has_naughts_and_a_wrong_letter() -> None:
    found = parse("0 271830Z FEB 09\nFM AMEMBISSY LIMA\nT0 SECSTATE WASHDC\nINF0 AMEMBASSY QUITO")
    assert found.precedence == "IMMEDIATE"
    assert found.sender == "AMEMBASSY LIMA"
    assert [each.name for each in found.to] == ["SECSTATE WASHDC"]
    assert [each.name for each in found.info] == ["AMEMBASSY QUITO"]
    assert "AMEMBISSY" in found.text

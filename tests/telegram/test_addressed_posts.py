"""Which posts a line of addressees means, if it has more or something else than one post."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.addressed_posts import addressed_posts, repaired
from cable_tui.telegram.header import addressees_of_line, office
from tests.cases import case

# A line, and for each addressee its route, office, number and how it was read. The forms are
# those of headers of the website: the month where the number belongs, 2006 to 2009; the others are
# variants of them.
LINES = [
    case(
        "month", "RUEHLP/AMEMBASSY LA PAZ MAR 5726", [("RUEHLP", "Embassy La Paz", "5726", "route")]
    ),
    case(
        "month alone", "RUEHLP/AMEMBASSY LA PAZ OCT", [("RUEHLP", "Embassy La Paz", None, "route")]
    ),
    case(
        "two posts",
        "RUEHLP/AMEMBASSY LA PAZ APR QUITO 0260",
        [("RUEHLP", "Embassy La Paz", None, "route"), (None, "Embassy Quito", "0260", "line")],
    ),
    case(
        "two posts and a precedence",
        "RUEHLP/AMEMBASSY LA PAZ JUL CARACAS PRIORITY 0811",
        [("RUEHLP", "Embassy La Paz", None, "route"), (None, "Embassy Caracas", "0811", "line")],
    ),
    case(
        "a second post of two words",
        "RUEHLP/AMEMBASSY LA PAZ DEC BUENOS AIRES 4869",
        [
            ("RUEHLP", "Embassy La Paz", None, "route"),
            (None, "Embassy Buenos Aires", "4869", "line"),
        ],
    ),
    case(
        "a second post with its kind",
        "RUEHLP/AMEMBASSY LA PAZ JUN AMCONSUL GUAYAQUIL 3888",
        [
            ("RUEHLP", "Embassy La Paz", None, "route"),
            (None, "Consulate Guayaquil", "3888", "line"),
        ],
    ),
    case(
        "more words",
        "RUEHNO/USMISSION USNATO BRUSSELS BE PRIORITY",
        [("RUEHNO", "Mission USNATO", None, "route")],
    ),
    case(
        "other words around the city",
        "RUEHNO/US MISSION NATO BRUSSELS",
        [("RUEHNO", "Mission USNATO", None, "route")],
    ),
    case(
        "another post than the route's",
        "RUEHSA/AMCONSUL JOHANNESBURG 0012",
        [
            ("RUEHSA", "Embassy Pretoria", None, "doubted"),
            ("RUEHSA", "Consulate Johannesburg", "0012", "doubted"),
        ],
    ),
    case(
        "a post that no table has, and another route",
        "RUEHTA/AMEMBASSY ALMATY PRIORITY",
        [
            ("RUEHTA", "Embassy Astana", None, "doubted"),
            ("RUEHTA", "AMEMBASSY ALMATY", None, "doubted"),
        ],
    ),
    case(
        "the route is that of the second post",
        "RUEHPE/AMEMBASSY LA PAZ LIMA 0001",
        [
            ("RUEHPE", "Embassy Lima", None, "doubted"),
            ("RUEHPE", "Embassy La Paz", "0001", "doubted"),
        ],
    ),
    case(
        "no route says which",
        "AMEMBASSY LA PAZ APR LIMA 0003",
        [(None, "Embassy La Paz", None, "doubted"), (None, "Embassy Lima", "0003", "line")],
    ),
    case("no slash", "RUEHSGAMEMBASSY SANTIAGO 6383", [("RUEHSG", "Embassy Santiago", "6383", "")]),
    # Offices of one city share a terminal.
    case(
        "one city", "RUEHBS/AMEMBASSY BRUSSELS 0001", [("RUEHBS", "Embassy Brussels", "0001", "")]
    ),
    case(
        "one city, a mission",
        "RUEHDS/USMISSION ADDIS ABABA",
        [("RUEHDS", "USMISSION ADDIS ABABA", None, "")],
    ),
    case(
        "one post by the line, another one by its route",
        "RUEHRO/AMEMBASSY BRUSSELS 0001",
        [
            ("RUEHRO", "Embassy Rome", None, "doubted"),
            ("RUEHRO", "Embassy Brussels", "0001", "doubted"),
        ],
    ),
    case("an office", "RUEKJCS/SECDEF WASHDC", [("RUEKJCS", "SECDEF WASHDC", None, "")]),
    case(
        "a collective",
        "RUEHLP/EUROPEAN UNION POSTS COLLECTIVE",
        [("RUEHLP", "EUROPEAN UNION POSTS COLLECTIVE", None, "")],
    ),
    case(
        "nothing known",
        "RUEHX/AMEMBASSY STRELSAU APR 0001",
        [("RUEHX", "AMEMBASSY STRELSAU APR", "0001", "")],
    ),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_a_line_of_several_posts_is_read_by_its_route(
    line: str, expected: list[tuple[str | None, str, str | None, str]]
) -> None:
    found = addressees_of_line(line)
    assert [(each.route, office(each.name), each.mcn, each.reading) for each in found] == expected


@given(st.sampled_from(["RUEHLP", "RUEHX", None]), st.text("AEILMNOPRSTUZ /-", max_size=60))
def test_whatever_a_line_says_it_has_an_addressee(route: str | None, name: str) -> None:
    for text in (name, f"AMEMBASSY {name}", f"AMEMBASSY LA PAZ {name}"):
        found = addressed_posts(route, text)
        assert found
        assert len(found) == 1 or all(each.reading for each in found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AMEMBISSY LIMA", "AMEMBASSY LIMA"),
        ("AMC0NSUL RECIFE", "AMCONSUL RECIFE"),
        ("SECSTAIE WASHDC", "SECSTATE WASHDC"),
        ("AMEMBASSY LIMA", ""),
        ("AMEMBISSI LIMA", ""),
        ("AMEMBISSY NOWHERE", ""),
        ("AMEMBISSY", ""),
        ("", ""),
    ],
)
def test_one_wrong_letter_before_a_known_place_is_repaired(name: str, expected: str) -> None:
    assert repaired(name) == expected
    if expected:
        (found,) = addressees_of_line(f"RUEHPE/{name} 0012")
        assert (found.name, found.reading, found.mcn) == (expected, "repaired", "0012")

"""Texts that run on into another cable: the second is a record of its own, or is left out.

The row with tabs is the form of a page of 2011 (07BERN881); the one with commas is the form in
which rows of the same cable were pasted into pages (09THEHAGUE759). All cables here are fictional.
"""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats.run_on import begins, first_alone
from tests.archive.fiction import Fiction, raw_cable
from tests.cases import case

FIRST = "The keepers met on the pier, as they had each year, and asked for new lamps. " * 6
HEADER = (
    "VZCZCXRO4053\nRR RUEHAG\nDE RUEHZE #0131/01 0201543\nZNR UUUUU ZZH\nR 201543Z JAN 06\n"
    "FM AMEMBASSY THE HAGUE\nTO RUEHC/SECSTATE WASHDC 7564\nINFO RUEHRB/AMEMBASSY RABAT"
)
BODY = (
    "UNCLAS SECTION 01 OF 02 THE HAGUE 000131\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: PREL, NL\n"
    "SUBJECT: ISAF GOES TO THE DUNES\n\n1. (U) ISAF troops will guard the dunes.\n\nKELP\n"
)
TAB_ROW = (
    "50123\t2006-01-20 15:43:00\t06THEHAGUE131\tEmbassy The Hague\tUNCLASSIFIED\t05RABAT7\t"
    f"{HEADER}\t{BODY}"
)
COMMA_ROW = (
    f'50123,1/20/2006 15:43,06THEHAGUE131,"Embassy The Hague",UNCLASSIFIED,05RABAT7,"{HEADER}",'
    f'"{BODY}"'
)
TELEGRAM = f"{HEADER}\n\n{BODY}"


def page(text: str) -> bytes:
    return Fiction("73RABAT27", "1973-04-05 10:00", text=text).page.encode()


def found(data: bytes, path: str = "73RABAT27.html") -> tuple[list[RawCable], list[str]]:
    """The cables of a file, each read again in its own bytes, and its problems."""
    form = formats.sniff(path, data[: formats.HEAD])
    cables: list[RawCable] = []
    problems: list[str] = []
    for item in form.records(io.BytesIO(data), path):  # type: ignore[union-attr]
        if isinstance(item, Problem):
            problems.append(item.reason)
            continue
        assert isinstance(item, formats.Record)
        start, length = item.location.offset, item.location.length
        again = form.cable_at(data[start : start + length], item.location)  # type: ignore[union-attr]
        assert again == item.cable
        assert data[:start].count(b"\n") + 1 == item.line or start == 0
        cables.append(item.cable)
    return cables, problems


def test_a_row_in_one_line_with_its_references_is_read() -> None:
    """The form of 09CAIRO189, a page of 2011: blanks between the cells, a header without lines."""
    row = (
        "189949 2/2/2009 14:15 06THEHAGUE131 Embassy The Hague UNCLASSIFIED 09STATE7606 "
        "VZCZCXRO0860PP RUEHROVDE RUEHEG #0131 P 021415Z FEB 09FM AMEMBASSY THE HAGUE\n"
        "UNCLAS THE HAGUE 000131 SIPDIS E.O. 12958: N/A TAGS: PREL\n\nSUBJECT:\n\nISAF GOES."
    )
    (_, second), problems = found(page(f"{FIRST}\nMARLO\n0 02/03/2009 511 PREL\n\n{row}"))
    assert problems == []
    assert (second.created, second.origin) == ("2009-02-02 14:15", "Embassy The Hague")
    assert second.header.startswith("VZCZCXRO0860PP")
    assert second.body.startswith("UNCLAS THE HAGUE 000131 SIPDIS")


@pytest.mark.parametrize(
    "after",
    [
        case("a row with tabs", f"{FIRST}\nMARLO\n\n{TAB_ROW}"),
        case("a row with commas", f"{FIRST}\nMARLO\n{COMMA_ROW}"),
        case("a telegram", f"{FIRST}\nMARLO\n\n{TELEGRAM}"),
    ],
)
@pytest.mark.parametrize("line_end", ["&#x000A;", "\n"])
def test_the_second_is_a_cable_of_its_own(after: str, line_end: str) -> None:
    data = page(after).replace(b"&#x000A;", line_end.encode())
    (first, second), problems = found(data)
    assert problems == []
    assert first.reference_id == "73RABAT27"
    assert first.body.endswith("MARLO\n")
    assert "ISAF" not in first.body
    assert first.runs_on is not None
    assert (first.runs_on.reference_id, first.runs_on.is_apart) == ("06THEHAGUE131", True)
    assert second.reference_id == "06THEHAGUE131"
    assert second.header == HEADER
    assert second.body.strip() == BODY.strip()
    assert second.origin == "Embassy The Hague"
    assert second.classification == "UNCLASSIFIED"
    assert second.created in ("2006-01-20 15:43", "")  # a telegram has its date-time group
    assert second.runs_on is None


def test_a_third_one_is_found_too() -> None:
    third = TAB_ROW.replace("06THEHAGUE131", "06THEHAGUE132").replace("000131", "000132")
    (first, second, last), problems = found(page(f"{FIRST}\nMARLO\n{TAB_ROW}\n{third}"))
    assert problems == []
    assert [each.reference_id for each in (first, second, last)] == [
        "73RABAT27", "06THEHAGUE131", "06THEHAGUE132",
    ]  # fmt: skip
    assert second.runs_on is not None
    assert second.runs_on.reference_id == "06THEHAGUE132"
    assert second.body.strip() == BODY.strip()


def test_each_has_the_anchors_of_its_own_paragraphs() -> None:
    sign = "<a id='par{0}' href='#par{0}'>¶</a>{0}. (U) Lamp {0}.\n"
    own = "".join(map(sign.format, (2, 3)))
    other = TAB_ROW.replace("1. (U) ISAF", "<a id='par1' href='#par1'>¶</a>1. (U) ISAF")
    (first, second), _ = found(page(f"{FIRST}\n{own}MARLO\n{other}"))
    assert first.anchors == ("par2", "par3")
    assert second.anchors == ("par1",)


OWN_SECTION = TELEGRAM.replace("THE HAGUE 000131", "RABAT 000027").replace("JAN 06", "JAN 73")
WHOLE = [
    case("quoted", f"{FIRST}\nQTE\n{TELEGRAM}\nUNQTE\nMARLO"),
    case("quoted, signed within", f"{FIRST}\nBEGIN TEXT\n{TELEGRAM}\nEND TEXT\nMARLO"),
    case("sent again", f"Rabat repeats The Hague 131.\n{FIRST}\nMARLO\n{TELEGRAM}"),
    case("retransmitted", f"This is a retransmission.\n{FIRST}\nMARLO\n{TELEGRAM}"),
    case("following", f"{FIRST}\nFollowing is the text of a cable.\nMARLO\n\n{TELEGRAM}"),
    case("not signed", f"{FIRST} The telegram said so.\n\n{TELEGRAM}\n2. (U) We agree."),
    case("its own section", f"{FIRST}\nMARLO\n{OWN_SECTION}"),
    case("a row of its own", f"{FIRST}\nMARLO\n{TAB_ROW.replace('06THEHAGUE131', '73RABAT27')}"),
    case("a row at the top", TAB_ROW[:200]),
    case("a table", f"{FIRST}\n1234\t2006-01-20\tThe Hague\t12\n5678\t2006-01-21\tOslo\t13\nMARLO"),
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_a_relayed_cable_and_other_sections_stay_whole(text: str) -> None:
    (raw,), problems = found(page(text))
    assert problems == []
    assert raw.runs_on is None
    assert raw.body.count("\n") >= text.count("\n")


def test_a_row_without_a_whole_head_is_left_out_and_named() -> None:
    row = TAB_ROW[: TAB_ROW.index("VZCZC")] + "ISAF went"
    (raw,), (problem,) = found(page(f"{FIRST}\nMARLO\n{row}"))
    assert "ISAF" not in raw.body
    assert raw.runs_on is not None
    assert (raw.runs_on.reference_id, raw.runs_on.is_apart) == ("06THEHAGUE131", False)
    assert problem.startswith("the text continues into another cable, 06THEHAGUE131. That part")


def test_a_text_copy_is_read_so_too() -> None:
    fiction = Fiction("73RABAT27", text=f"{FIRST}\nMARLO\n{TAB_ROW}")
    data = f"{fiction.header.replace('09', '73')}\n{fiction.body}".encode()
    (first, second), problems = found(data, "73RABAT27.txt")
    assert (first.reference_id, second.reference_id, problems) == ("73RABAT27", "06THEHAGUE131", [])
    assert second.body.strip() == BODY.strip()


def test_in_a_web_archive_it_is_left_out_and_named() -> None:
    message = EmailMessage()
    message["Subject"] = "Cable Viewer"
    message["MIME-Version"] = "1.0"
    message.make_related()
    part = EmailMessage()
    part.set_content(page(f"{FIRST}\nMARLO\n{TAB_ROW}").decode(), subtype="html")
    message.attach(part)
    (raw,), problems = found(message.as_bytes(), "73RABAT27.mhtml")
    assert raw.runs_on is not None
    assert not raw.runs_on.is_apart
    assert "ISAF" not in raw.body
    assert any("06THEHAGUE131" in each for each in problems)


@given(st.text(max_size=400), st.sampled_from([TAB_ROW, COMMA_ROW, TELEGRAM, ""]), st.text())
def test_any_text_is_cut_at_most_once_and_the_rest_stays(start: str, row: str, end: str) -> None:
    raw = raw_cable(body=f"{start}\n{row}\n{end}")
    alone = first_alone(raw)
    assert raw.body.startswith(alone.body.rstrip())
    assert (alone is raw) == (alone.runs_on is None)
    assert first_alone(alone).body == alone.body


@given(st.binary(max_size=300))
def test_bytes_of_a_page_begin_no_other_cable(record: bytes) -> None:
    assert not begins(b"<html>" + record, "all")
    assert not begins(record, "nothing")

"""The dump: rows with backslash escapes; a damaged one never hides the next."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats import dump
from cable_tui.formats.base import Record
from cable_tui.formats.dump import COPY, Dump, PlainRow, closing
from tests.formats.samples import DATA, apart, cables, read

DUMP = (DATA / "cables.csv").read_bytes()
FIRST, SECOND, THIRD = (DUMP.index(b'"%d","' % number) for number in (1, 2, 3))
ROWS = [DUMP[FIRST:SECOND], DUMP[SECOND:THIRD], DUMP[THIRD:]]


def ids_and_problems(data: bytes) -> list[str | tuple[int, str]]:
    """The ids of cables, and line and reason of problems, in their order."""
    return [
        (item.line, item.reason) if isinstance(item, Problem) else item.reference_id
        for item in read(data, "cables.csv")
    ]


def test_escapes_are_taken_out_of_the_texts() -> None:
    first, second, _ = read(DUMP, "cables.csv")
    assert isinstance(first, RawCable)
    assert first.header == "R 031848Z FEB 09\nFM AMEMBASSY PORT AMITY\nTO SECSTATE WASHDC"
    assert first.body.split("\n") == [
        "C O N F I D E N T I A L PORT AMITY 000012",
        'SUBJECT: HARBOR TOLLS, AND WHO "FORGOT" TO PAY',
        "",
        r"1. (C) The collector's book is in C:\tolls\temp.",
        "MONTAGUE",
    ]
    assert isinstance(second, RawCable)
    assert second.body.endswith('Nothing ","to"," report.')


CUT = ROWS[1][: len(ROWS[1]) - 4] + b"\n"
DAMAGE = [
    pytest.param(CUT, (8, "the last column never ends"), id="no closing quote"),
    pytest.param(
        ROWS[1][:60] + b"\n",
        (8, "the row has fewer than eight columns, or a column that never ends"),
        id="cut inside the facts",
    ),
    pytest.param(
        ROWS[1].rstrip() + b',"more"\n',
        (8, "the row has more than eight columns"),
        id="a column too many",
    ),
    pytest.param(
        ROWS[1].rstrip()[:-1] + b'\\"\n', (8, "the last column never ends"), id="an escaped end"
    ),
]


@pytest.mark.parametrize(("row", "complaint"), DAMAGE)
def test_a_damaged_row_does_not_hide_the_next(row: bytes, complaint: tuple[int, str]) -> None:
    found = ids_and_problems(ROWS[0] + row + ROWS[2])
    assert found == ["09PORTAMITY12", complaint, "10STATE9"]


def test_text_between_rows_is_a_problem_of_its_own() -> None:
    found = ids_and_problems(ROWS[0] + b"lost and found\n" + ROWS[2])
    assert found == ["09PORTAMITY12", (8, "text outside any row"), "10STATE9"]


def test_a_first_row_that_is_damaged_does_not_hide_the_dump() -> None:
    found = ids_and_problems(DUMP[20:])
    assert found == [(1, "text outside any row"), "09PORTAMITY77", "10STATE9"]


def test_a_date_that_is_none_is_kept_as_it_stands() -> None:
    raw = read(ROWS[0].replace(b"18:48", b"\x1b8:4x"), "cables.csv")[0]
    assert isinstance(raw, RawCable)
    assert raw.created == "2/3/2009 ␛8:4x"


def undated(number: int, day: str, *, id_: str = "09PORTAMITY78", body: str = "Tolls.") -> bytes:
    """A row with a header that has no time either."""
    fields = (str(number), day, id_, "Embassy Port Amity", "SECRET", "", "FM PORT AMITY", body)
    return ",".join(f'"{field}"' for field in fields).encode() + b"\n"


NO_DATE = "the row has no date; the cable is kept"
BAD_DATE = "the date of the row cannot be read: {}; the cable is kept"
DOUBTED = "skipped after damage: what looks like a row, but has no readable date"


@pytest.mark.parametrize(
    ("day", "created", "reasons"),
    [
        ("", "", [NO_DATE]),
        ("99/99/9999", "9999-99-99", [BAD_DATE.format("99/99/9999")]),
        ("some day", "some day", [BAD_DATE.format("some day")]),
        ("12/31/2009", "2009-12-31", []),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_row_whose_date_cannot_be_read_is_a_cable(
    day: str, created: str, reasons: list[str], before: int
) -> None:
    data = b"".join([*ROWS[:before], undated(2, day), *ROWS[before:]])
    cables, problems = apart(data, "cables.csv")
    ids = [cable.reference_id for cable in cables]
    known = ["09PORTAMITY12", "09PORTAMITY77", "10STATE9"]
    assert ids == [*known[:before], "09PORTAMITY78", *known[before:]]
    assert (cables[before].created, cables[before].body) == (created, "Tolls.")
    line = data[: data.index(b"09PORTAMITY78")].count(b"\n") + 1
    assert [(each.line, each.reason) for each in problems] == [(line, each) for each in reasons]


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_rows_without_a_date_one_behind_the_other_are_all_told(ends: bytes) -> None:
    rows = [
        undated(2, "99/99/9999"),
        undated(3, "", id_="09PORTAMITY79", body='The \\"tolls\\",\nonce more.'),
        undated(4, "12/31/2009", id_="09PORTAMITY80"),
    ]
    found = ids_and_problems((ROWS[0] + b"".join(rows) + ROWS[2]).replace(b"\n", ends))
    assert found == [
        "09PORTAMITY12",
        "09PORTAMITY78",
        (8, BAD_DATE.format("99/99/9999")),
        "09PORTAMITY79",
        (9, NO_DATE),
        "09PORTAMITY80",
        "10STATE9",
    ]


def test_a_row_without_a_date_hides_no_row_with_quotes_that_were_not_escaped() -> None:
    row = ROWS[1].replace(rb"\",\"to\",\" report", b'like a "report" here')
    found = ids_and_problems(ROWS[0] + row + undated(3, "") + ROWS[2])
    line = (ROWS[0] + row).count(b"\n") + 1
    assert found == ["09PORTAMITY12", "09PORTAMITY77", "09PORTAMITY78", (line, NO_DATE), "10STATE9"]


PASTED = undated(7, "", id_="09PORTFALSE1")


@pytest.mark.parametrize(
    "pasted", [PASTED, *(PASTED.replace(b'"', each) for each in (b'\\"', b'""'))]
)
@pytest.mark.parametrize(("above", "below"), [("", ""), ("The ledger says:\n", "and so on.")])
def test_what_looks_like_a_row_without_a_date_inside_of_a_text_is_no_cable(
    pasted: bytes, above: str, below: str
) -> None:
    row = undated(2, "1/2/2009 10:00", body=f"The clerk's book\n{above}PASTED{below}")
    found = ids_and_problems(ROWS[0] + row.replace(b"PASTED", pasted) + ROWS[2])
    assert "09PORTFALSE1" not in found
    assert [found[0], found[-1]] == ["09PORTAMITY12", "10STATE9"]


def test_what_looks_like_a_row_without_a_date_behind_damage_is_named_and_left_out() -> None:
    bare = undated(3, "")
    assert ids_and_problems(ROWS[0] + CUT + bare + ROWS[2])[1:-1] == [
        (8, "the last column never ends"),
        (8 + CUT.count(b"\n"), DOUBTED),
    ]
    assert ids_and_problems(ROWS[0] + b"lost and found\n" + bare + ROWS[2])[1:-1] == [
        (8, "text outside any row"),
        (9, DOUBTED),
    ]


def test_quotes_that_were_not_escaped_stay_in_the_text() -> None:
    row = ROWS[1].replace(rb"\",\"to\",\" report", b'like a "report" here')
    raw = read(ROWS[0] + row + ROWS[2], "cables.csv")[1]
    assert isinstance(raw, RawCable)
    assert raw.body.endswith('Nothing like a "report" here.')


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [
        (rb"\"a\" \'b\' \\", "\"a\" 'b' \\"),
        (b'say ""so""', 'say "so"'),
        (b"row \\\nend", "row \nend"),
        (rb"C:\temp", r"C:\temp"),
        (b"a\x00\x1b[2J", "a␀␛[2J"),
        ("café ¶".encode("cp1252"), "café ¶"),
    ],
)
def test_a_text_is_unescaped_decoded_and_cleaned(escaped: bytes, plain: str) -> None:
    raw = read(ROWS[2].replace(b"CAPULET", b"[" + escaped + b"]"), "cables.csv")[0]
    assert isinstance(raw, RawCable)
    assert raw.body.endswith(f"\n[{plain}]")


@pytest.mark.parametrize("change", [(b"\n", b"\r\n"), (b"", b"\xef\xbb\xbf")], ids=["CRLF", "mark"])
def test_line_ends_and_a_mark_change_no_cable(change: tuple[bytes, bytes]) -> None:
    data = change[1] + DUMP if not change[0] else DUMP.replace(*change)
    texts, again = ([(raw.header, raw.body) for raw in cables(each, "c")] for each in (DUMP, data))
    assert again == texts


FIELD = st.text(st.characters(exclude_characters="\r"), max_size=30)


@given(st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=4))
def test_what_a_csv_writer_wrote_is_read(fields: list[tuple[str, str, str]]) -> None:
    out = StringIO()
    writer = csv.writer(
        out, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False, lineterminator="\n"
    )
    for number, (origin, header, body) in enumerate(fields, 1):
        writer.writerow([number, "2/3/2009 18:48", "09X1", origin, "SECRET", "", header, body])
    data = out.getvalue().encode("utf-8", "surrogatepass")
    found = list(formats.cables(Dump(), BytesIO(data), "cables.csv"))
    assert [type(item) for item in found] == [RawCable] * len(fields)


@given(st.binary(max_size=40), st.integers(0, len(DUMP)), st.integers(0, 60))
def test_any_damage_leaves_the_other_rows(junk: bytes, at: int, lost: int) -> None:
    found = list(formats.cables(Dump(), BytesIO(DUMP[:at] + junk + DUMP[at + lost :]), "c"))
    ids = {item.reference_id for item in found if isinstance(item, RawCable)}
    assert ("09PORTAMITY12" in ids) or at <= SECOND
    assert ("10STATE9" in ids) or at + lost >= THIRD


@given(
    header=st.lists(st.sampled_from(["a", "\\", '"', '""', ",", '","', "\n", "\\\\", '\\"'])),
    body=st.lists(st.sampled_from(["b", "\\", '"', '""', ",", '","', "\n", "\\\\", '\\"'])),
)
def test_the_quick_look_at_a_row_says_what_its_pattern_says(
    header: list[str], body: list[str]
) -> None:
    start = '"1","1/2/2009 10:00","09RABAT1","Embassy Rabat","SECRET","",'
    data = f'{start}"{"".join(header)}","{"".join(body)}"\n'.encode()
    quick = dump.plainly(data)
    if quick is None:
        return
    found = dump.COLUMNS.match(data)
    assert found is not None
    assert quick == (found.groups(), found.end())


START = '"1","2/13/2009 9:30","09RABAT27","Embassy Rabat","SECRET","08RABAT1|08RABAT2",'
ROW = f'{START}"FM AMEMBASSY RABAT","S E C R E T\n\nThe lamps.\n"\n'


def briefly(data: bytes) -> list[PlainRow | Record | Problem]:
    return list(Dump().briefly(BytesIO(data), "cables.csv"))


def at_length(data: bytes) -> list[object]:
    return list(map(in_short, Dump().records(BytesIO(data), "cables.csv")))


def in_short(item: PlainRow | Record | Problem) -> object:
    """What a `Brief` says, of either."""
    if isinstance(item, PlainRow):
        return (*item[:5], f"{item.day} {item.clock}", *item[7:])
    if isinstance(item, Problem):
        return item
    location, cable = item.location, item.cable
    known = (cable.reference_id, cable.created, cable.classification, cable.origin)
    return (location.offset, location.length, item.crc, item.line, *known, item.extent)


def test_a_row_with_another_behind_it_is_told_briefly() -> None:
    first, second = briefly(f"{ROW}{ROW}".encode())
    assert isinstance(first, PlainRow)
    assert first.reference_id == "09RABAT27"
    assert (first.day, first.clock) == ("2009-02-13", "09:30")
    assert (first.origin, first.classification) == ("Embassy Rabat", "SECRET")
    assert (first.offset, first.length, first.line) == (0, len(ROW) - 1, 1)
    assert first.extent == (18, 23, False)
    assert isinstance(second, Record)
    assert second.line == ROW.count("\n") + 1


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        pytest.param("9:30", "9:09", id="the hour again: the header may know better"),
        pytest.param("9:30", "24:30", id="no hour"),
        pytest.param("9:30", "9:61", id="no minute"),
        pytest.param("2/13", "2/30", id="no day"),
        pytest.param("09RABAT27", "09RABAT 27", id="an id with a blank"),
        pytest.param("Embassy Rabat", 'Embassy \\"Rabat\\"', id="an escape in a fact"),
        pytest.param('lamps.\n"', 'lamps.\\\\"', id="an escaped backslash at the end"),
        pytest.param("The lamps.", 'The "lamps".', id="quotes without a backslash"),
        pytest.param('The lamps.\n"', 'The lamps.\n" behind', id="text behind the row"),
    ],
)
def test_a_row_that_is_not_plain_is_told_at_length(part: str, instead: str) -> None:
    odd = ROW.replace(part, instead)
    data = f"{ROW}{odd}{ROW}{ROW}".encode()
    found = briefly(data)
    brief = {item.line for item in found if isinstance(item, PlainRow)}
    assert ROW.count("\n") + 1 not in brief
    assert list(map(in_short, found)) == at_length(data)


PARTS = (
    ROW,
    ROW.replace("\n", "\r\n"),
    START,
    '"',
    '\\"',
    "\\",
    "\n",
    ",",
    '","',
    "text \u00e9\n",
    '"7","1/2/2010 18:6","10STATE9","Secretary of State","SECRET",""',
    '"7","1/2/2010 18:48","10state9","Secretary of State","SECRET","","',
    "partial extract of the original cable",
)


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.booleans())
def test_briefly_and_at_length_the_same_is_told_of_any_file(parts: list[str], mark: bool) -> None:
    data = ("\ufeff" * mark + "".join(parts)).encode()
    assert list(map(in_short, briefly(data))) == at_length(data)


@given(st.text('ab"\\\n'), st.integers(0, 4))
def test_the_quote_that_ends_a_text_is_the_first_without_an_escape(text: str, start: int) -> None:
    data = f'"{text}'.encode()
    start = min(start, len(data) - 1) + 1
    expected, at = -1, start
    while at < len(data):
        if data[at : at + 1] == b"\\":
            at += 1
        elif data[at : at + 1] == b'"':
            expected = at
            break
        at += 1
    # Where backslashes are in a row, or before the start, a look need not tell.
    found = closing(data, start)
    assert found in {expected, -1} or b"\\" in data[start - 1 : start]
    if b"\\\\" not in data:
        assert found == expected or data[start - 1 : start] == b"\\"


def test_rows_without_a_date_between_plain_ones_are_told_at_length() -> None:
    data = f"{ROW}{ROW}{ROW.replace('2/13/2009 9:30', '')}{ROW}{ROW}".encode()
    found = briefly(data)
    assert [type(item) for item in found] == [PlainRow, Record, Record, Problem, PlainRow, Record]
    assert list(map(in_short, found)) == at_length(data)


# With tabs, as PostgreSQL writes it: line breaks inside texts follow a backslash

TABBED = (DATA / "cables.tsv").read_bytes()
SECOND_ROW = TABBED.index(b"2\t2009-12-28")
LAST_ROW = TABBED.index(b"3\t2010-01-05")


def test_a_row_with_tabs_gives_its_facts() -> None:
    first = read(TABBED, "cables.tsv")[0]
    assert isinstance(first, RawCable)
    assert first.reference_id == "09PORTAMITY12"
    assert first.created == "2009-02-03 18:48"
    assert first.origin == "Embassy Port Amity"
    assert first.classification == "CONFIDENTIAL"
    assert first.references == ("09STATE4711", "09PORTAMITY9")
    assert first.header == "R 031848Z FEB 09\nFM AMEMBASSY PORT AMITY\nTO SECSTATE WASHDC"
    assert first.format == "dump-tsv"


def test_escapes_are_taken_out_of_texts_with_tabs_around() -> None:
    first = read(TABBED, "cables.tsv")[0]
    assert isinstance(first, RawCable)
    assert first.body.split("\n") == [
        "C O N F I D E N T I A L PORT AMITY 000012 ",
        "SUBJECT: HARBOR TOLLS",
        "",
        "1. (C) The book is in C:\\tolls.\ta",
        "b ",
        "MONTAGUE ",
    ]


def test_what_looks_like_a_row_inside_a_text_is_text() -> None:
    second = read(TABBED, "cables.tsv")[1]
    assert isinstance(second, RawCable)
    assert second.body.split("\n") == [
        "UNCLAS PORT AMITY 000077 ",
        "3\t2011-11-11 11:11:11\tis no row",
    ]


def test_the_mark_of_the_end_belongs_to_no_text() -> None:
    last = read(TABBED, "cables.tsv")[-1]
    assert isinstance(last, RawCable)
    assert (last.references, last.body) == ((), "S E C R E T STATE 000009")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"2\t2009-12-28 09:30:00\t09X1\tEmbassy\n", "the row has fewer than eight columns"),
        (b"2\t2009-12-28 09:30:00\t" + b"a\t" * 7 + b"a\n", "the row has more than eight columns"),
        (b"2\t2009-12-28 09:30:00\t" + b"a\t" * 5 + b"a\na\n", "text outside any row"),
    ],
)
def test_a_damaged_row_with_tabs_does_not_hide_the_next(row: bytes, reason: str) -> None:
    items = read(TABBED[:SECOND_ROW] + row + TABBED[LAST_ROW:], "cables.tsv")
    problems = [item for item in items if isinstance(item, Problem)]
    assert [item.reason for item in problems] == [reason]
    assert isinstance(items[0], RawCable)
    last = items[-1]
    assert isinstance(last, RawCable)
    assert last.reference_id == "10STATE9"


@given(st.binary(max_size=40), st.integers(SECOND_ROW, LAST_ROW))
def test_any_damage_leaves_the_rows_before_it(junk: bytes, at: int) -> None:
    found = list(COPY.records(BytesIO(TABBED[:at] + junk), "cables.tsv"))
    first = found[0]
    assert not isinstance(first, Problem)
    assert first.cable.reference_id == "09PORTAMITY12"

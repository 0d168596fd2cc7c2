"""What holds for every dump: rows are records with places, in bounded memory."""

import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Problem, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats import Kept, key
from cable_tui.formats.base import LONGEST_RECORD, Record
from cable_tui.formats.dump import COPY, Dump
from cable_tui.formats.row_format import FileRow, RowFormat, rows
from cable_tui.formats.tables.csv_table import FoiaCsv
from tests.formats.samples import DATA, read

CSV = (DATA / "cables.csv").read_bytes()
TSV = (DATA / "cables.tsv").read_bytes()
DUMPS = [pytest.param(Dump(), CSV, id="csv"), pytest.param(COPY, TSV, id="tsv")]


def records(form: RowFormat, data: bytes) -> list[Record | Problem]:
    return list(form.records(BytesIO(data), "cables"))


@pytest.mark.parametrize(("form", "data"), DUMPS)
def test_records_tell_where_they_stand_and_are_read_again_from_there(
    form: RowFormat, data: bytes
) -> None:
    for item, cable in zip(records(form, data), read(data, "cables"), strict=True):
        assert isinstance(item, Record)
        assert isinstance(cable, RawCable)
        part = data[item.location.offset : item.location.offset + item.location.length]
        assert data[: item.location.offset].count(b"\n") == item.line - 1
        assert (item.crc, item.whole) == (zlib.crc32(part), False)
        assert form.at(part, item.location) == cable


@pytest.mark.parametrize(("form", "data"), DUMPS)
def test_texts_come_with_the_facts_only_where_the_minutes_are_doubtful(
    form: RowFormat, data: bytes
) -> None:
    found = [item.cable for item in records(form, data) if isinstance(item, Record)]
    assert [cable.created[11:] for cable in found] == ["18:48", "09:30", "18:06"]
    assert [cable.header[:14] for cable in found] == ["", "", "P 051806Z JAN "]
    assert [cable.body for cable in found] == ["", "", ""]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize(("form", "data"), DUMPS)
def test_a_dump_in_utf_16_is_read_as_if_it_were_in_utf_8(
    form: RowFormat, data: bytes, codec: str
) -> None:
    coded = data.decode().encode(codec)
    ways: list[Iterator[object]] = [form.records(BytesIO(coded), "cables")]
    ways += [form.again(BytesIO(coded), "cables", ())]
    ways += [form.briefly(BytesIO(coded), "cables")] if isinstance(form, Dump) else []
    for items in ways:
        for item, cable in zip(items, read(data, "cables"), strict=True):
            assert isinstance(item, Record)
            assert isinstance(cable, RawCable)
            part = coded[item.location.offset : item.location.offset + item.location.length]
            assert item.crc == zlib.crc32(part)
            assert form.at(part, cable.location) == cable


@pytest.mark.parametrize(("form", "data"), DUMPS)
def test_a_row_of_any_length_is_passed(form: RowFormat, data: bytes) -> None:
    huge = data.replace(b"UNCLAS ", b"y" * (LONGEST_RECORD + 1))
    first, second, third = records(form, huge)
    assert isinstance(first, Record)
    assert isinstance(second, Problem)
    assert second.reason == f"a row of more than {LONGEST_RECORD >> 20} MiB"
    assert isinstance(third, Record)
    assert huge[: third.location.offset].count(b"\n") == third.line - 1
    assert form.at(huge[third.location.offset :][: third.location.length], third.location).body


@pytest.mark.parametrize(("form", "data"), DUMPS)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("known", [{0}, {1}, {0, 1}])
def test_of_known_rows_only_the_place_is_told(
    form: RowFormat, data: bytes, ends: bytes, known: set[int]
) -> None:
    data = data.replace(b"\r\n", b"\n").replace(b"\n", ends)
    whole = [item for item in records(form, data) if isinstance(item, Record)]
    keys = {key(whole[at].location.length, whole[at].crc) for at in known}
    found = list(form.again(BytesIO(data), "cables", keys))
    for at, (item, record) in enumerate(zip(found, whole, strict=True)):
        if at in known:
            location = record.location
            assert item == Kept(location.offset, location.length, record.crc, record.line)
        else:
            assert item == record


@pytest.mark.parametrize(("form", "data"), DUMPS)
def test_a_file_can_be_read_from_any_row_on(form: RowFormat, data: bytes) -> None:
    first, second, third = records(form, data)
    assert isinstance(second, Record)
    file = BytesIO(data)
    file.seek(second.location.offset)
    found = list(form.again(file, "cables", ()))
    assert [item.cable.reference_id for item in found if isinstance(item, Record)] == [
        item.cable.reference_id for item in (second, third) if isinstance(item, Record)
    ]
    assert isinstance(first, Record)


def test_a_table_with_headings_tells_its_known_rows_too() -> None:
    data = (
        b"doc_nbr,date,subject,body\n"
        b'1973RABAT00012,1973-02-01,"LAMPS","FM RABAT\nTO STATE\n\nThe lamps."\n'
        b'1973RABAT00013,1973-02-02,"GOATS","FM RABAT\nTO STATE\n\nThe goats."\n'
    )
    form = FoiaCsv()
    first, second = form.records(BytesIO(data), "a.csv")
    assert isinstance(first, Record)
    location = first.location
    known = {key(location.length, first.crc)}
    assert list(form.again(BytesIO(data), "a.csv", known)) == [
        Kept(location.offset, location.length, first.crc, first.line),
        second,
    ]


FIRST = pattern(rb"#[0-9]:")
NEXT = pattern(rb"\n#[0-9]:")


class Dribble(BytesIO):
    """A file that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7 if size and size > 7 else size)


def cut(data: bytes, longest: int = 1000) -> list[FileRow]:
    return list(rows(BytesIO(data), FIRST, NEXT, longest))


CASES = [
    pytest.param(b"", [], id="nothing"),
    pytest.param(b"#1:a\n#2:b", [(0, 1, b"#1:a\n", True), (5, 2, b"#2:b", True)], id="two"),
    pytest.param(
        b"#1:a\nb\n#2:\n", [(0, 1, b"#1:a\nb\n", True), (7, 3, b"#2:\n", True)], id="lines"
    ),
    pytest.param(b"x\n#1:a", [(0, 1, b"x\n", False), (2, 2, b"#1:a", True)], id="something before"),
    pytest.param(b"a #1: b", [(0, 1, b"a #1: b", False)], id="not at a line's start"),
    pytest.param(b"\xef\xbb\xbf#1:a", [(3, 1, b"#1:a", True)], id="a mark"),
]


@pytest.mark.parametrize(("data", "expected"), CASES)
def test_a_file_is_cut_into_rows(
    data: bytes, expected: list[tuple[int, int, bytes | None, bool]]
) -> None:
    assert cut(data) == [FileRow(*each) for each in expected]


def test_of_a_row_too_long_only_the_place_is_told() -> None:
    data = b"#1:a\n#2:" + b"b\n" * 900 + b"#3:c"
    assert cut(data) == [
        FileRow(0, 1, b"#1:a\n", True),
        FileRow(5, 2, None, True),
        FileRow(1808, 902, b"#3:c", True),
    ]


@given(st.lists(st.sampled_from([b"#1:", b"\n", b"#", b"1:", b"text ", b"\n#2:" + b"z" * 90])))
def test_edges_of_what_was_read_make_no_difference(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert list(rows(Dribble(data), FIRST, NEXT, 80)) == cut(data, 80)


@given(st.binary(max_size=200) | st.text("#1:\n").map(str.encode))
def test_no_byte_is_lost(data: bytes) -> None:
    found = cut(data)
    start = found[0].offset if found else len(data)
    assert b"".join(row.data or b"" for row in found) == data[start:]
    assert start in {0, 3, len(data)}

"""Rows that hold parts of cables: one record of each cable, and what is missing is said."""

import csv
import io
import json
from collections.abc import Sequence
from html import escape
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats.tables import aliases
from tests.formats.samples import read, record_at

TEXTS = {
    f"09LIMA{n}": f"UNCLAS LIMA 00000{n}\n\nTAGS: ETRD, PGOV\nSUBJECT: LAMPS {n}\n\n"
    + "\n\n".join(
        f"{at}. (U) Lamp {at} of {n} was lit again, and the keeper paid." for at in range(1, 9)
    )
    + "\n\nSAPT"
    for n in range(1, 6)
}


def pages(text: str, most: int = 120) -> list[str]:
    found = [""]
    for line in text.splitlines(keepends=True):
        if found[-1] and len(found[-1]) + len(line) > most:
            found.append("")
        found[-1] += line
    return found


def slices(text: str, most: int = 150, over: int = 0) -> list[str]:
    return [text[at : at + most] for at in range(0, max(len(text) - over, 1), most - over)]


Rows = list[dict[str, object]]
SHAPES: dict[str, Rows] = {
    "pages": [
        {"doc_id": own, "page": n, "text": part}
        for own, text in TEXTS.items()
        for n, part in enumerate(pages(text), 1)
    ],
    "parts of a number": [
        {"refid": own, "date": "2009-02-13", "section": f"{n} of 9", "content": part}
        for own, text in TEXTS.items()
        for n, part in enumerate(pages(text), 1)
    ],
    "paragraphs": [
        {"n": own[6:], "refid": own, "para": n, "content": part}
        for own, text in TEXTS.items()
        for n, part in enumerate(text.split("\n\n"))
    ],
    "slices": [
        {"refid": own, "chunk_index": n, "text": part}
        for own, text in TEXTS.items()
        for n, part in enumerate(slices(text))
    ],
    "slices that overlap": [
        {"file_name": f"{own}.txt", "start": n * 90, "page_content": part.strip()}
        for own, text in TEXTS.items()
        for n, part in enumerate(slices(text, over=60))
    ],
    "numbers behind the id": [
        {"chunk_id": f"{own}_chunk_{n}", "text": part}
        for own, text in TEXTS.items()
        for n, part in enumerate(pages(text))
    ],
    "no numbers": [
        {"source": f"data/{own}.html", "text": part}
        for own, text in TEXTS.items()
        for part in pages(text)
    ],
}
NESTED = [
    {"page_content": part, "metadata": {"source": f"data/{own}.txt", "chunk": n}}
    for own, text in TEXTS.items()
    for n, part in enumerate(pages(text))
]


def as_csv(rows: Rows, **dialect: str) -> bytes:
    file = io.StringIO()
    table = csv.DictWriter(file, list(rows[0]), **dialect)  # type: ignore[arg-type]
    table.writeheader()
    table.writerows(rows)
    return file.getvalue().encode()


def as_lines(rows: Sequence[object]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def split(data: bytes, path: str) -> tuple[list[RawCable], list[str]]:
    found = read(data, path)
    return [each for each in found if isinstance(each, RawCable)], [
        each.reason for each in found if isinstance(each, Problem)
    ]


def assert_whole(data: bytes, path: str) -> list[str]:
    found, said = split(data, path)
    assert [each.reference_id for each in found] == list(TEXTS)
    for raw in found:
        assert f"{raw.header}\n{raw.body}".split() == TEXTS[raw.reference_id].split()
        assert raw.body.rstrip().endswith("\n\nSAPT")
    assert any("parts of cables" in each for each in said)
    return said


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_rows_of_csv_are_joined(name: str, line_end: str) -> None:
    assert_whole(as_csv(SHAPES[name], lineterminator=line_end), "a.csv")
    data = as_csv(SHAPES[name], lineterminator=line_end).decode().encode("utf-16")
    assert_whole(data, "a.csv")


@pytest.mark.parametrize("name", SHAPES)
def test_objects_are_joined(name: str) -> None:
    assert_whole(as_lines(SHAPES[name]), "a.jsonl")
    for indent in (None, 2):
        assert_whole(json.dumps({"rows": SHAPES[name]}, indent=indent).encode(), "a.json")


def test_the_id_may_be_in_an_object_inside() -> None:
    assert_whole(as_lines(NESTED), "a.jsonl")
    assert_whole(json.dumps(NESTED).encode(), "a.json")


@pytest.mark.parametrize("path", ["a.csv", "a.json"])
def test_a_record_in_parts_is_found_again_by_its_place(path: str) -> None:
    rows = SHAPES["pages"]
    data = as_csv(rows) if path == "a.csv" else json.dumps(rows, indent=1).encode()
    form = formats.sniff(path, data)
    assert not isinstance(form, formats.Skip)
    file = BytesIO(data)
    for item in list(form.records(file, path)):
        if isinstance(item, formats.Record):
            raw = form.at(record_at(form, file, item.location), item.location)
            assert raw.body.split() == TEXTS[raw.reference_id].split()
            assert dict(raw.remarks)["Parts of the text"].startswith("1 to ")


def test_a_missing_and_a_repeated_number_are_said() -> None:
    rows = [row for row in SHAPES["pages"] if (row["doc_id"], row["page"]) != ("09LIMA2", 2)]
    twice = next(
        at for at, row in enumerate(rows) if (row["doc_id"], row["page"]) == ("09LIMA3", 2)
    )
    rows.insert(twice, rows[twice])
    found, said = split(as_csv(rows), "a.csv")
    remarks = {raw.reference_id: dict(raw.remarks)["Parts of the text"] for raw in found}
    assert remarks["09LIMA2"].endswith("; missing: 2")
    assert remarks["09LIMA3"].endswith("; repeated: 2")
    assert "missing" not in remarks["09LIMA4"]
    assert found[2].body.split() == TEXTS["09LIMA3"].split()
    assert any(each.startswith("2 records have no unbroken sequence of parts") for each in said)


def test_parts_in_another_order_are_put_in_theirs() -> None:
    rows = sorted(SHAPES["pages"], key=lambda row: str(row["doc_id"]))
    rows[6], rows[7] = rows[7], rows[6]
    assert rows[6]["doc_id"] == rows[7]["doc_id"]
    assert_whole(as_csv(rows), "a.csv")


def test_parts_that_are_not_next_to_each_other_are_said() -> None:
    rows = SHAPES["pages"][2:] + SHAPES["pages"][:2]
    found, said = split(as_csv(rows), "a.csv")
    assert len(found) == len(TEXTS) + 1
    assert any("sort the table by ID and number" in each for each in said)


@pytest.mark.parametrize(
    "rows",
    [
        sorted(SHAPES["pages"], key=lambda row: str(row["page"])),
        [
            row
            for own in TEXTS
            for row in reversed([row for row in SHAPES["pages"] if row["doc_id"] == own])
        ],
    ],
    ids=["by number", "falling"],
)
def test_parts_that_are_never_in_their_order_are_said(rows: Rows) -> None:
    _, said = split(as_csv(rows), "a.csv")
    assert any("Sort the table by ID and number" in each for each in said)


def test_two_records_of_a_cable_are_no_parts() -> None:
    rows: Rows = [
        {"refid": own, "number": n, "body": text.replace("LAMPS", words)}
        for own, text in TEXTS.items()
        for n, words in enumerate(("LAMPS", "LANTERNS"))
    ]
    found, said = split(as_csv(rows), "a.csv")
    assert len(found) == 2 * len(TEXTS)
    assert not any("parts of cables" in each for each in said)


def test_a_database_of_parts_says_that_they_are_not_joined() -> None:
    script = "".join(
        "INSERT INTO p (refid, page, text) "
        f"VALUES ('{row['doc_id']}', {row['page']}, '{row['text']}');\n"
        for row in SHAPES["pages"]
    )
    _, said = split(("CREATE TABLE p (refid, page, text);\n" + script).encode(), "a.sql")
    assert any("cannot be joined in this format; save it as CSV" in each for each in said)
    columns = {
        name: {str(at): row[name] for at, row in enumerate(SHAPES["pages"])}
        for name in SHAPES["pages"][0]
    }
    _, said = split(json.dumps(columns).encode(), "a.json")
    assert any("cannot be joined in this format" in each for each in said)
    rows = "".join(
        f"<row>{''.join(f'<{name}>{escape(str(value))}</{name}>' for name, value in row.items())}"
        "</row>"
        for row in SHAPES["pages"]
    )
    _, said = split(f"<rows>{rows}</rows>".encode(), "a.xml")
    assert any("cannot be joined in this format" in each for each in said)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10CAIRO203_3", ("10CAIRO203", 3)),
        ("10CAIRO203-chunk-12", ("10CAIRO203", 12)),
        ("10CAIRO203.txt_p004", ("10CAIRO203", 4)),
        ("data/10CAIRO203.html#2", ("10CAIRO203", 2)),
        ("10-CAIRO-203", None),
        ("10CAIRO203", None),
        ("10_CAIRO_203", None),
        ("chunk_3", None),
        ("", None),
    ],
)
def test_a_number_may_follow_the_id(value: str, expected: tuple[str, int] | None) -> None:
    assert aliases.part_of(value) == expected


@given(st.lists(st.tuples(st.sampled_from(list(TEXTS)), st.integers(0, 3), st.text(max_size=40))))
def test_any_rows_are_read_and_none_is_lost(rows: list[tuple[str, int, str]]) -> None:
    head = SHAPES["pages"][:8]
    more: Rows = [{"doc_id": own, "page": page, "text": f"x{words}x"} for own, page, words in rows]
    found, _ = split(as_lines(head + more), "a.jsonl")
    whole = "".join("".join(f"{raw.header}{raw.body}".split()) for raw in found)
    letters = [letter for letter in "".join(words for *_, words in rows) if letter in "abcXYZ"]
    assert all(letter in whole for letter in letters)

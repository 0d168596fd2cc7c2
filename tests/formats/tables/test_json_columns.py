"""Cables as JSON, one column after the other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.formats.tables.json_columns import JsonColumns
from tests.formats.samples import DATA, apart, cables, problem

FILE = (DATA / "table-columns.json").read_bytes()
IDS = {"0": "09LIMA1", "1": "09LIMA2"}


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"refid": IDS, "body": {"0": "a"}}, "its columns 'refid' and 'body' have different rows"),
        (
            {"refid": ["09LIMA1"], "body": ["a", "b"]},
            "its columns 'refid' and 'body' have different rows",
        ),
        ({"refid": IDS, "price": {"0": 1, "1": 2}}, "it needs one column of cable IDs"),
    ],
)
def test_what_belongs_together_is_never_guessed(columns: object, reason: str) -> None:
    assert problem(json.dumps(columns).encode(), "a.json").reason.startswith(reason)


NAMES = ["refid", "date", "body"]
ROWS = [
    [f"09LIMA{at}", f"2009-02-0{at}", f'UNCLAS LIMA 00000{at}\n\n1. (U) ["Kelp"], {{{at}}}: a \\.']
    for at in range(1, 6)
]
IDS_OF_ROWS = [row[0] for row in ROWS]
WHOLE = [json.dumps(row) for row in ROWS]


def split(rows: str, index: object = None) -> bytes:
    """As pandas writes `orient="split"`: names, labels, rows."""
    labels = list(range(len(ROWS))) if index is None else index
    names = f'"columns": {json.dumps(NAMES)}, "index": {json.dumps(labels)}'
    return f'{{{names}, "data": [{rows}]}}'.encode()


def ids_and_reasons(data: bytes) -> tuple[list[str], list[str]]:
    found, problems = apart(data, "a.json")
    return [each.reference_id for each in found], [each.reason for each in problems]


def test_of_rows_that_are_cut_off_the_whole_ones_are_kept() -> None:
    data = split(", ".join(WHOLE))
    ends = [data.index(row.encode()) + len(row.encode()) for row in WHOLE]
    for end in range(data.index(b"[", data.index(b'"data"')) + 1, len(data)):
        ids, reasons = ids_and_reasons(data[:end])
        count = sum(each <= end for each in ends)
        assert ids == IDS_OF_ROWS[:count]
        assert reasons, f"the cut at {end} has no name"
        if end < len(data) - 1:  # there even the last row may have had another one after it
            where = f"after its row {count}" if count else "before its first row"
            told = f"it is cut off or damaged {where}: {count} of 5 rows are complete"
            assert reasons == [f"{told}, and only these are read"]


@pytest.mark.parametrize(
    "junk",
    ["xx", '"', "]", "[", "}", '["a", ', '{"a": [', "\\", "\0\0", '"a": 1, [2] ', "[1, 2],,"],
)
@pytest.mark.parametrize("after", range(5))
def test_junk_between_two_rows_costs_none_of_them(junk: str, after: int) -> None:
    joined = ", ".join(WHOLE[:after]) + f", {junk} " + ", ".join(WHOLE[after:])
    ids, reasons = ids_and_reasons(split(joined))
    assert ids == IDS_OF_ROWS
    assert reasons


def test_rows_that_are_called_by_ids_are_not_read_after_junk_that_lost_some() -> None:
    texts = [json.dumps(row[1:]) for row in ROWS]
    names = split("", IDS_OF_ROWS).replace(b'"refid", ', b"").removesuffix(b"]}")
    whole = f"{texts[0]}, xx {', '.join(texts[1:])}"
    ids, reasons = ids_and_reasons(names + whole.encode() + b"]}")
    assert (ids, len(reasons)) == (IDS_OF_ROWS, 1)
    short = f"{texts[0]}, {texts[1][:-9]}, {', '.join(texts[2:])}"
    ids, reasons = ids_and_reasons(names + short.encode() + b"]}")
    assert (ids, len(reasons)) == (IDS_OF_ROWS[:1], 1)


@pytest.mark.parametrize("lost", range(1, len(WHOLE[1])))
def test_rows_after_one_that_lost_its_end_are_kept(lost: int) -> None:
    ids, reasons = ids_and_reasons(split(", ".join((WHOLE[0], WHOLE[1][:-lost], *WHOLE[2:]))))
    assert ids == [IDS_OF_ROWS[0], *IDS_OF_ROWS[2:]]
    assert reasons[0].startswith(
        "it is cut off or damaged after its row 1: 4 of 5 rows are complete"
    )


def test_a_row_of_another_length_costs_itself_only() -> None:
    ids, reasons = ids_and_reasons(split(f'{WHOLE[0]}, ["09LIMA9"], 12, {WHOLE[1]}', [0, 1, 2, 3]))
    assert ids == IDS_OF_ROWS[:2]
    assert reasons == [
        "one of its rows has 1 values for 3 columns",
        "one of its rows has 0 values for 3 columns",
    ]


@pytest.mark.parametrize("as_lists", [False, True])
def test_of_columns_that_are_cut_off_the_whole_rows_are_kept(as_lists: bool) -> None:
    columns = {
        name: [row[at] for row in ROWS]
        if as_lists
        else {str(n): row[at] for n, row in enumerate(ROWS)}
        for at, name in enumerate(NAMES)
    }
    data = json.dumps(columns).encode()
    texts = [json.dumps(row[2]).encode() for row in ROWS]
    ends = [data.index(text) + len(text) for text in texts]
    for end in range(ends[0], len(data)):
        count = sum(each <= end for each in ends)
        ids, reasons = ids_and_reasons(data[:end])
        assert ids == IDS_OF_ROWS[:count]
        assert reasons, f"the cut at {end} has no name"


def test_columns_after_a_damaged_one_are_read_as_far_as_rows_are_sure() -> None:
    damaged = FILE.replace(b'"1": "Embassy Port', b'"1" "Embassy Port')
    found, problems = apart(damaged, "a.json")
    assert [(each.reference_id, each.body[:20]) for each in found] == [
        ("09PORTAMITY12", "C O N F I D E N T I ")
    ]
    told = "it is cut off or damaged in its column 'origin': 1 of 2 rows are complete"
    assert [each.reason for each in problems] == [f"{told}, and only these are read"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (FILE.rstrip()[:-1], "the file ends after its column 'body', without a closing bracket"),
        (FILE + FILE, "the text after its column 'body' is not JSON and is not read"),
        (FILE.replace(b'"body": {', b'xx "body": {'), "it is cut off or damaged in its column 'he"),
    ],
)
def test_what_is_between_and_after_columns_is_named(data: bytes, reason: str) -> None:
    found, problems = apart(data, "a.json")
    assert [each.reference_id for each in found] == ["09PORTAMITY12", "09PORTAMITY77"]
    assert [each.reason[: len(reason)] for each in problems] == [reason]


def test_columns_and_labels_that_fill_the_head_are_known_by_their_names() -> None:
    count = 90_000
    rows = [[f"09LIMA{at}", "2009-02-03", "UNCLAS LIMA"] for at in range(3)]
    labels = list(range(count))
    for data in (
        {"columns": NAMES, "index": labels, "data": rows},
        {"date": ["2009-02-03"] * count, "refid": [f"09LIMA{at}" for at in labels]},
        {
            "date": dict.fromkeys(labels, "2009-02-03"),
            "refid": {at: f"09LIMA{at}" for at in labels},
        },
    ):
        head = json.dumps(data).encode()[: formats.HEAD]
        form = formats.sniff("a.json", head)
        assert not isinstance(form, formats.Skip)
        assert form.name == "table-json-columns"


def test_a_value_costs_four_bytes_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JsonColumns, "most_values", 5)
    assert problem(FILE, "a.json").reason.startswith("it has more than 5 values: write it with")


def test_a_file_in_utf_16_is_read() -> None:
    assert len(cables(FILE.decode().encode("utf-16"), "a.json")) == 2


def test_a_file_that_is_too_long_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JsonColumns, "largest", 100)
    found = problem(FILE, "a.json")
    assert found.reason.endswith('write it with to_json(orient="records", lines=True)')


def test_a_value_that_is_no_json_costs_its_row_only() -> None:
    found, problems = apart(FILE.replace(b'{"0": "CONFIDENTIAL"', b'{"0": nil'), "a.json")
    assert [each.reference_id for each in found] == ["09PORTAMITY77"]
    assert [each.reason for each in problems] == ["the object is not JSON"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"a": {"0": 1}}',
        b'{"name": {"0": "Lamp"}, "text": {"0": "shines"}}',
        b'{"cable": {"refid": "09LIMA1", "body": "UNCLAS"}}',
        b'{"results": [{"refid": "09LIMA1"}]}',
        b'{"a": ' + b"[" * 10_000,
        json.dumps({"price": list(range(200_000)), "date": [1]}).encode(),
        json.dumps({"tags": ["a"], "results": [{"date": at} for at in range(90_000)]}).encode(),
    ],
)
def test_other_files_are_left_alone(data: bytes) -> None:
    found = formats.sniff("a.json", data[: formats.HEAD])
    assert isinstance(found, formats.Skip) or found.name == "table-json"


@given(st.text(alphabet='{}[]",: \n0refid09LMA\\', max_size=80))
def test_any_text_is_looked_at(text: str) -> None:
    JsonColumns(f'{{"refid": {text}'.encode()).is_of_cables()

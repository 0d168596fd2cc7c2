"""The plain part of YAML: values, quoted values and lists; of the rest the key and the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.yaml_head import read
from tests.cases import case


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        case("plain", "title: A lamp: out", ("A lamp: out",)),
        case("a comment", "title: A lamp # not read", ("A lamp",)),
        case("a number sign", "title: lamp #2", ("lamp",)),
        case("double quotes", r'title: "A \"lamp\" \u00e9 # 1"', ('A "lamp" é # 1',)),
        case("an escape that JSON has not", r'title: "A \lamp"', (r"A \lamp",)),
        case("single quotes", "title: 'It''s out'", ("It's out",)),
        case("over lines", "title: A lamp\n  that is out", ("A lamp that is out",)),
        case("quoted over lines", 'title: "A lamp\n  is out"', ("A lamp is out",)),
        case("a list in brackets", "title: [PREL, \"A, B\", 'C']", ("PREL", "A, B", "C")),
        case("brackets over lines", "title: [PREL,\n  MO]", ("PREL", "MO")),
        case("a list of lines", "title:\n  - PREL\n  # no\n  - 'MO'", ("PREL", "MO")),
        case("one that is not indented", "title:\n- PREL\n- MO", ("PREL", "MO")),
        case("nothing", "title:", ()),
        case("null", "title: ~", ()),
        case("a quoted key", '"title": A', ("A",)),
        case("the second of two", "title: A\ntitle: B", ("A",)),
    ],
)
def test_a_value_is_read(lines: str, expected: tuple[str, ...]) -> None:
    found = read(f"---\n{lines}\n---\n\nText")
    assert found is not None
    assert (found.values, found.unread) == ({"title": expected}, ())


@pytest.mark.parametrize(
    "lines",
    [
        "title: |\n  A\n  B",
        "title: >-\n  A",
        "title:\n  a: b\n  c: d",
        "title:\n  - a: b\n    c: d",
        "title:\n  - [a, b]\n    c",
        "title: {a: b}",
        "title: &anchor A",
        "title: *alias",
        "title: !!str A",
        'title: "A" B',
        'title: "A',
        "title: [a, [b]]",
        "title: [a",
    ],
)
def test_another_structure_is_named(lines: str) -> None:
    found = read(f"\n---\n# one\ndate: 1\n{lines}\nlast: 2\n...\nText")
    assert found is not None
    assert found.values == {"date": ("1",), "last": ("2",)}
    assert found.unread == (("title", 5),)


def test_a_line_without_a_key_is_named_by_itself() -> None:
    found = read("---\na line of prose\ntitle: A\n---\n")
    assert found is not None
    assert found.unread == (("a line of prose", 2),)


@pytest.mark.parametrize("text", ["", "---", "---\ntitle: A\n", "title: A\n---\n", "--- a\n---\n"])
def test_a_text_without_a_head_has_none(text: str) -> None:
    assert read(text) is None


@given(st.text(alphabet="ab:- \n\"'[],#|&{", max_size=120), st.text(max_size=20))
def test_any_lines_are_read(lines: str, text: str) -> None:
    found = read(f"---\n{lines}\n---\n{text}")
    assert found is not None
    assert f"---\n{lines}\n---\n{text}"[found.end :].endswith(text)

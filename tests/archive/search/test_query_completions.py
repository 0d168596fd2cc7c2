"""What the word at the cursor may become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.query_completions import MOST
from cable_tui.query.reader_terms import ReaderData
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction

OWN = ReaderData(
    bookmarked=frozenset({"09RABAT27"}),
    lists={"TIP story": frozenset({"09RABAT27", "08RABAT990"}), "press": frozenset()},
    saved={"minors": "tag:ktip minors"},
)
SECRET = Fiction("05RABAT3", "2005-06-01 10:00", "Embassy Riga", "SECRET", "KTIP")
CABLES = (LAMPS, BRIDGE, GOATS, SECRET)


@pytest.fixture(scope="module", autouse=True)
def own(archive: Archive) -> None:
    archive.own = lambda: OWN


@pytest.mark.parametrize(
    ("typed", "first", "count"),
    [
        ("ori|", "origin:", None),
        ("-ta|", "-tag:", None),
        ("goats (or|", "goats (origin:", None),
        ("origin:|", 'origin:"Embassy Rabat" ', 2),
        ("origin:cas|", 'origin:"Consulate Casablanca" ', 1),
        ("origin:emb goats|", None, None),
        ("origin:cas| mules", 'origin:"Consulate Casablanca" mules', 1),
        ("origin:r|iga goats", 'origin:"Embassy Rabat" goats', 1),
        ('origin:"embassy ri|', 'origin:"Embassy Riga" ', 1),
        ("goats origin:|", 'goats origin:"Embassy Rabat" ', 1),
        ("-tag:traff|", "-tag:KTIP ", 1),
        ("class:s|", "class:SECRET ", 1),
        ("date:2005|", "date:2005 ", 1),
        ("is:boo|", "is:bookmarked ", 1),
        ("is:sip|", "is:sipdis ", 4),
        ("has:miss|", "has:missing-ref ", None),
        ("sort:-cr|", "sort:-created ", None),
        ("sort:long|", "sort:-length ", None),
        ("list:tip|", 'list:"TIP story" ', 2),
        ("query:m|", "query:minors ", None),
        ("is:lost|", None, None),
        ("cites:09|", None, None),
        ("nowhere:|", None, None),
        ("|", None, None),
        (" |", None, None),
        ("goats|", None, None),
    ],
)
def test_the_word_at_the_cursor_is_completed(
    archive: Archive, typed: str, first: str | None, count: int | None
) -> None:
    before, after = typed.split("|")
    found = archive.completions(before + after, len(before))
    assert [each.text for each in found][:1] == [first][: first is not None]
    if first is None:
        return
    if count is not None:
        assert found[0].count == count
    taken = found[0].text[: found[0].column]
    assert taken.endswith((":", " "))


def test_a_label_says_what_a_value_means(archive: Archive) -> None:
    labels = [each.label for each in archive.completions("tag:ktip", 8)]
    assert labels == ["KTIP  Trafficking in Persons"]
    assert archive.completions("query:minors", 12)[0].label == "minors  tag:ktip minors"


@given(st.text(alphabet='origin:tag" ()-é\x00s', max_size=40), st.integers(0, 60))
def test_any_line_is_completed_or_left_alone(archive: Archive, text: str, column: int) -> None:
    for each in archive.completions(text, column):
        assert each.column <= len(each.text)
    assert len(archive.completions(text, column)) <= MOST

"""The cables to request: which ones, when they were probably sent, and who cites them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.tools.missing.gaps import Numbers
from cable_tui.tools.missing.requested import Days, days_of, requested
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, archive_of

KEY = (2009, "RABAT")


def _on(day: int, month: int = 3) -> int:
    return (2009 * 10**4 + month * 100 + day) * 10**5


def _numbers(*cables: tuple[int, int]) -> Numbers:
    return Numbers({KEY: cables}, {}, {}, 0)


@pytest.mark.parametrize(
    ("known", "serial", "cited", "days"),
    [
        pytest.param(
            _numbers((10, _on(1)), (20, _on(9))),
            15,
            0,
            Days("2009-03-01", "2009-03-09", "numbers"),
            id="between two numbers",
        ),
        pytest.param(
            _numbers((10, _on(1)), (20, _on(9))),
            15,
            _on(4),
            Days("2009-03-01", "2009-03-04", "numbers"),
            id="no later than its citation",
        ),
        pytest.param(
            _numbers((10, _on(1))),
            15,
            _on(4),
            Days("2009-03-01", "2009-03-04", "numbers"),
            id="after the last number",
        ),
        pytest.param(
            _numbers((10, _on(1))), 15, 0, Days("2009-03-01", "", "numbers"), id="not cited"
        ),
        pytest.param(
            _numbers((10, _on(5))),
            15,
            _on(1),
            Days("", "", "contradiction"),
            id="cited before it can have been sent",
        ),
        pytest.param(
            _numbers((10, _on(9))), 5, 0, Days("2009-01-01", "2009-03-09", "numbers"), id="first"
        ),
        pytest.param(_numbers(), 5, _on(4), Days("", "2009-03-04", "citations"), id="only cited"),
        pytest.param(_numbers(), 5, 0, Days("", "", "nothing"), id="nothing"),
        pytest.param(
            _numbers((10, _on(9, 11)), (20, _on(1, 1)), (30, _on(1, 6)), (40, _on(1, 2))),
            15,
            0,
            Days("", "", "nothing"),
            id="in no order",
        ),
    ],
)
def test_days_are_between_the_neighbours(
    known: Numbers, serial: int, cited: int, days: Days
) -> None:
    assert days_of(known, KEY, serial, cited) == days


def test_a_missing_cable_has_who_cites_it_with_the_sentence(tmp_path: Path) -> None:
    citing = replace(BRIDGE, text="The keepers, says reftel, wait. Forty mules crossed.")
    again = replace(GOATS, id="09RABAT30", created="2009-04-01 08:20", ref="RABAT 0027")
    with closing(archive_of(tmp_path, citing, again)) as archive:
        (found,) = requested(archive, lambda station, year: (station, year) == KEY[::-1])
        assert list(requested(archive, lambda *_: False)) == []
    assert (found.reference_id, found.number, found.station, found.year) == (
        "09RABAT27",
        27,
        "RABAT",
        2009,
    )
    assert (found.status, found.citing, found.classification) == ("not in the archive", 2, "")
    first, second = found.cited_in
    assert (first.reference_id, first.created, first.paragraph) == (
        "09CASABLANCA31",
        "2009-03-01",
        "1",
    )
    assert "says reftel, wait." in first.sentence
    assert (second.reference_id, second.sentence) == ("09RABAT30", "")
    assert found.cited_by == "09CASABLANCA31 09RABAT30"
    assert found.sentence == first.sentence


def test_no_sentence_is_quoted_from_a_cable_that_asks_to_protect_a_name(tmp_path: Path) -> None:
    citing = replace(BRIDGE, text="Mr. Ada Finch (strictly protect) read reftel to us.")
    with closing(archive_of(tmp_path, citing)) as archive:
        (found,) = requested(archive, lambda *_: True)
    assert [each.sentence for each in found.cited_in] == [""]


def test_a_cable_that_cites_several_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    citing = replace(
        GOATS, id="09RABAT30", created="2009-04-01 08:20", ref="A. RABAT 27 B. RABAT 28"
    )
    read: list[int] = []
    read_cable = Archive.cable

    def counted(archive: Archive, id_: int, number: int = 0) -> Cable:
        read.append(id_)
        return read_cable(archive, id_, number)

    monkeypatch.setattr(Archive, "cable", counted)
    with closing(archive_of(tmp_path, citing)) as archive:
        found = list(requested(archive, lambda *_: True))
    assert [each.reference_id for each in found] == ["09RABAT27", "09RABAT28"]
    assert [each.cited_by for each in found] == ["09RABAT30", "09RABAT30"]
    assert len(read) == 1


def test_a_cable_that_is_here_is_not_requested(tmp_path: Path) -> None:
    with closing(archive_of(tmp_path, LAMPS, BRIDGE)) as archive:
        assert list(requested(archive, lambda *_: True)) == []

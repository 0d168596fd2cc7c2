"""Which of two records of a cable is shown."""

import pytest

from cable_tui import formats
from cable_tui.archive.records.best_record import record_rank
from cable_tui.base.cable import Facts
from cable_tui.formats import ContentSize
from tests.archive.fiction import raw_cable


def rank(
    form: str,
    extent: ContentSize,
    *,
    released: str = "",
    articles: tuple[str, ...] = (),
    minutes: bool = True,
    body: str = "",
) -> int:
    raw = raw_cable(released=released, header="", body=body, format=form, articles=articles)
    facts = Facts(
        "09RABAT27",
        "09RABAT27",
        "2009-02-13T14:57Z",
        "page" if minutes else "date-time group",
        released,
        "SECRET",
        "Embassy Rabat",
    )
    return record_rank(raw, facts, extent)


HIDDEN = "He met XXXXXXXXXXXX."
WHOLE = ContentSize(400, 9000, cut=False)
PART = ContentSize(90, 9000, cut=True)
STUB = ContentSize(400, 250, cut=True)
HEADLESS = ContentSize(0, 9000, cut=False)
EMPTY = ContentSize(0, 0, cut=False)


@pytest.mark.parametrize(
    ("richer", "poorer"),
    [
        pytest.param(
            rank("html-page", WHOLE, released="2010-12-01"), rank("dump-csv", WHOLE), id="page, row"
        ),
        pytest.param(
            rank("dump-csv", WHOLE), rank("html-page", PART), id="whole row, partial page"
        ),
        pytest.param(rank("dump-csv", WHOLE), rank("html-page", STUB), id="whole row, cut page"),
        pytest.param(rank("pdf-text", WHOLE), rank("html-page", PART), id="any whole text, a part"),
        pytest.param(rank("dump-csv", WHOLE), rank("html-page", HEADLESS), id="row, no header"),
        pytest.param(rank("html-page", HEADLESS), rank("dump-csv", PART), id="no header, a part"),
        pytest.param(rank("pdf-text", PART), rank("alx-text", EMPTY), id="a part, facts only"),
        pytest.param(
            rank("pdf-text", PART), rank("alx-text", EMPTY, body=HIDDEN), id="a part, hidden words"
        ),
        pytest.param(rank("dump-csv", WHOLE), rank("page-text", WHOLE), id="row, text copy"),
        pytest.param(rank("alx-text", WHOLE), rank("pdf-text", WHOLE), id="text copy, PDF"),
        pytest.param(
            rank("html-page", WHOLE, released="2011-08-24", articles=("http://x",)),
            rank("html-page", WHOLE, released="2010-12-01"),
            id="with articles, without",
        ),
        pytest.param(
            rank("html-page", WHOLE), rank("html-page", WHOLE, minutes=False), id="right minutes"
        ),
        pytest.param(
            rank("dump-csv", WHOLE),
            rank("html-page", WHOLE, body=HIDDEN),
            id="a row, what is hidden",
        ),
        pytest.param(
            rank("html-page", WHOLE, body=HIDDEN),
            rank("html-page", WHOLE._replace(body=9900), body=f"{HIDDEN} or {HIDDEN}"),
            id="fewer redactions",
        ),
        pytest.param(
            rank("html-page", WHOLE, body=HIDDEN),
            rank("dump-csv", WHOLE, body=HIDDEN),
            id="as many redactions: the format",
        ),
        pytest.param(
            rank("html-page", WHOLE, body="He met XXX."),
            rank("html-page", WHOLE._replace(body=9010), body="He met XXXXXXXXXXXXXXXXXXXX."),
            id="longer without redactions",
        ),
        pytest.param(
            rank("html-page", WHOLE, body=HIDDEN),
            rank("html-page", HEADLESS),
            id="completeness before redactions",
        ),
        pytest.param(
            rank("dump-csv", WHOLE), rank("dump-csv", WHOLE._replace(body=700)), id="longer"
        ),
        pytest.param(
            rank("html-page", WHOLE._replace(body=1 << 30)),
            rank("html-page", WHOLE._replace(body=1 << 23)),
            id="a length beyond all measure",
        ),
    ],
)
def test_the_richer_record_wins(richer: int, poorer: int) -> None:
    assert richer > poorer


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_format_has_a_rank_of_its_own(form: str) -> None:
    others = [rank(name, WHOLE) for name in formats.FORMATS if name != form]
    assert rank("not known", WHOLE) < rank(form, WHOLE)
    assert rank(form, WHOLE) not in others

"""The signs of a cable that its flags are made of."""

from pathlib import Path

import pytest

from cable_tui.archive.records.catalogue_rows import grammar_row
from cable_tui.query.flags import BITS
from tests.archive.fiction import Fiction, archive_of, raw_cable


def _flags(cable: Fiction, body: str | None, header: str | None) -> set[str]:
    raw = raw_cable(
        classification=cable.classification,
        header=cable.header if header is None else header,
        body=cable.body if body is None else body,
    )
    bits = grammar_row(raw, frozenset()).flags
    return {f"{prefix}:{name}" for (prefix, name), bit in BITS.items() if bits & bit}


PLAIN = {"is:sipdis", "has:header", "has:subject", "has:tag"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param((Fiction(), None, None), PLAIN, id="plain"),
        pytest.param((Fiction(), None, ""), PLAIN - {"has:header"}, id="no header"),
        pytest.param(
            (Fiction(classification="SECRET//NOFORN", ref="08 RABAT 3"), None, None),
            PLAIN | {"is:noforn", "has:reference"},
            id="noforn by its classification",
        ),
        pytest.param(
            (Fiction(), Fiction().body.replace("SIPDIS", "SIPDIS\nNOFORN\nEXDIS"), None),
            PLAIN | {"is:noforn", "is:exdis"},
            id="captions",
        ),
        pytest.param(
            (Fiction(), "The keepers met on the pier...", None),
            {"is:partial", "has:stub", "has:warning", "has:header"},
            id="a stub",
        ),
        pytest.param(
            (Fiction(ref="RABAT 3"), None, None),
            PLAIN | {"has:reference", "has:year-inferred", "has:warning"},
            id="a year that is inferred",
        ),
    ],
)
def test_what_a_cable_has_and_is(
    given: tuple[Fiction, str | None, str | None], expected: set[str]
) -> None:
    assert _flags(*given) == expected


@pytest.mark.parametrize("pages", [False, True])
def test_flags_and_sizes_stand_in_the_catalogue(tmp_path: Path, *, pages: bool) -> None:
    cable = Fiction(ref="08 RABAT 3")
    with archive_of(tmp_path, cable, pages=pages).reading() as db:
        row = db.execute("SELECT flags, length, paragraphs FROM grammar").fetchone()
    assert row[0] & BITS["has", "reference"]
    assert row[1:] == (len(cable.body), 1)

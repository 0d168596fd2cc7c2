from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from cable_tui.telegram.tags import tags


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        pytest.param("TAGS: PREL PGOV MO\nSUBJECT: X", ("PREL", "PGOV", "MO"), id="blanks"),
        pytest.param("TAGS PREL, PGOV, MO \nSUBJECT: X", ("PREL", "PGOV", "MO"), id="commas-2.2"),
        pytest.param("Tags: prel, pgov", ("PREL", "PGOV"), id="small-letters-8.8"),
        pytest.param("TAGS: PREL,\nMO\nSUBJECT: X", ("PREL", "MO"), id="continued-after-comma"),
        pytest.param(
            "TAGS: PREL PGOV\nMO, KDEM\nSUBJECT: X", ("PREL", "PGOV", "MO", "KDEM"), id="8.17"
        ),
        pytest.param("TAGS: PREL MO\n\nSUBJECT: X", ("PREL", "MO"), id="ends-at-a-blank-line"),
        pytest.param("TAGS: PREL PREL MO", ("PREL", "MO"), id="each-once"),
        # Issue 13, section 6.
        pytest.param(
            "TAGS: TU PHUM KJUS TIP IN TURKEY", ("TU", "PHUM", "KJUS", "TIP IN TURKEY"), id="in"
        ),
        pytest.param("TAGS: PREL IN PK", ("PREL", "IN", "PK"), id="india"),
        pytest.param(
            "TAGS: PREL UNGA\nUNGA/C-6, CS\nSUBJECT: X",
            ("PREL", "UNGA", "UNGA/C-6", "CS"),
            id="a-committee",
        ),
        pytest.param("TAGS: PREL/PGOV/CS", ("PREL", "PGOV", "CS"), id="slashes-between-codes"),
        pytest.param("TAGS, PREL, ASEC, MO", ("PREL", "ASEC", "MO"), id="comma-behind-the-label"),
        pytest.param("TAGS: PREL RU", ("PREL", "RS"), id="slip-repaired"),
        pytest.param(
            "TAGS OVIP (PELHAM, ADA B.), PREL",
            ("OVIP", "PELHAM, ADA B.", "PREL"),
            id="name-one-tag",
        ),
        pytest.param(
            "C O N F I D E N T I A L RABAT 000001 SIPDIS E.O. 12958: DECL: 1/4/2020 TAGS: PREL MO"
            " SUBJECT: X",
            ("PREL", "MO"),
            id="one-line-head-8.9",
        ),
        pytest.param(
            "TAGS: PREL, \nUNCLASSIFIED\n\nPAGE 02        ROME   03567  271512Z\nMO\nSUBJECT: X",
            ("PREL", "MO"),
            id="page-break-inside-2.3",
        ),
        pytest.param(
            "TAGS: PREL PGOV\n\nRABAT 00000027  001.2 OF 003\n\n\nMO\nSUBJECT: X",
            ("PREL", "PGOV", "MO"),
            id="page-break-between-blank-lines-8.13",
        ),
        pytest.param(
            "SECRET RABAT 000001 SIPDIS TAGS AF, PREL SUBJECT: X", ("AF", "PREL"), id="inline-bare"
        ),
        pytest.param("TAGS - PREL MO", ("PREL", "MO"), id="dash-for-colon"),
        pytest.param("TAGS something", ("SOMETHING",), id="no-colon-small-letters"),
        pytest.param("TAG PREL, PGOV", ("PREL", "PGOV"), id="tag-without-colon"),
        pytest.param(
            "TAGS: PREL LANTERN AFFAIRS HUMAN RIGHTS MO",
            ("PREL", "LANTERN AFFAIRS", "HUMAN RIGHTS", "MO"),
            id="names-of-several-words",
        ),
        pytest.param("TAGS: PREL, LAMPS, WICKS", ("PREL", "LAMPS", "WICKS"), id="commas-part"),
        pytest.param("TAGS: PREL LAMPS AND WICKS", ("PREL", "LAMPS AND WICKS"), id="and-joins"),
        pytest.param("TAGS: PREL AND MO", ("PREL", "MO"), id="and-between-codes"),
        pytest.param(
            "TAGS: PREL HARBOR\nCLEARANCE\nSUBJECT: X",
            ("PREL", "HARBOR CLEARANCE"),
            id="name-over-a-line-end",
        ),
        pytest.param(
            "TAGS: PREL HUMAN RIGHTSPOLMIL",
            ("PREL", "HUMAN RIGHTS", "POL", "MIL"),
            id="codes-run-into-a-name",
        ),
        pytest.param("TAGS: PREL FOREIGN POL", ("PREL", "FOREIGN POL"), id="adjective"),
        pytest.param("TAGS: PREL KQQQ KWWW", ("PREL", "KQQQ", "KWWW"), id="unlisted-codes"),
        pytest.param("TAS: PREL MO", ("PREL", "MO"), id="misspelt-label-2.4"),
        pytest.param("SUBJECT: X\n\n1. (C) TAGS: PREL", (), id="not-behind-paragraph-one"),
        pytest.param("C O R R E C T E D COPY (PRIMARY TAG ADDED)\n", (), id="fooled-2.4"),
    ],
)
def test_tags_are_read_in_every_layout(body: str, codes: tuple[str, ...]) -> None:
    assert tags(read(body)).codes == codes


@given(st.text(max_size=300))
def test_any_text_behind_the_label_gives_upper_case_codes(text: str) -> None:
    found = tags(read("TAGS: " + text)).codes

    assert len(set(found)) == len(found)
    assert all(code == code.upper() for code in found)

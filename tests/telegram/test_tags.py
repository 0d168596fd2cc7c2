from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.glossary import tag_lists
from cable_tui.telegram.body_labels import read
from cable_tui.telegram.tags import tags, tags_elsewhere
from tests.cases import case


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        case("blanks", "TAGS: PREL PGOV MO\nSUBJECT: X", ("PREL", "PGOV", "MO")),
        case("commas-2.2", "TAGS PREL, PGOV, MO \nSUBJECT: X", ("PREL", "PGOV", "MO")),
        case("small-letters-8.8", "Tags: prel, pgov", ("PREL", "PGOV")),
        case("continued-after-comma", "TAGS: PREL,\nMO\nSUBJECT: X", ("PREL", "MO")),
        case("8.17", "TAGS: PREL PGOV\nMO, KDEM\nSUBJECT: X", ("PREL", "PGOV", "MO", "KDEM")),
        case("ends-at-a-blank-line", "TAGS: PREL MO\n\nSUBJECT: X", ("PREL", "MO")),
        case("each-once", "TAGS: PREL PREL MO", ("PREL", "MO")),
        # Issue 13, section 6.
        case("in", "TAGS: TU PHUM KJUS TIP IN TURKEY", ("TU", "PHUM", "KJUS", "TIP IN TURKEY")),
        case("india", "TAGS: PREL IN PK", ("PREL", "IN", "PK")),
        case("a-committee", "TAGS: PREL UNGA\nUNGA/C-6, CS\nSUBJECT: X",
             ("PREL", "UNGA", "UNGA/C-6", "CS")),
        case("slashes-between-codes", "TAGS: PREL/PGOV/CS", ("PREL", "PGOV", "CS")),
        case("comma-behind-the-label", "TAGS, PREL, ASEC, MO", ("PREL", "ASEC", "MO")),
        case("slip-repaired", "TAGS: PREL RU", ("PREL", "RS")),
        case("name-one-tag", "TAGS OVIP (PELHAM, ADA B.), PREL",
             ("OVIP", "PELHAM, ADA B.", "PREL")),
        case("one-line-head-8.9",
             ("C O N F I D E N T I A L RABAT 000001 SIPDIS E.O. 12958: DECL: 1/4/2020 TAGS: PREL MO"
              " SUBJECT: X"), ("PREL", "MO")),
        # No text may hang: each word of it was once tried in every way of parting it.
        case("no-blanks-in-a-line", f"TAGS: PREL\n{'AX' * 60}!\nSUBJECT: X", ("PREL",)),
        case("page-break-inside-2.3",
             "TAGS: PREL, \nUNCLASSIFIED\n\nPAGE 02        ROME   03567  271512Z\nMO\nSUBJECT: X",
             ("PREL", "MO")),
        case("page-break-between-blank-lines-8.13",
             "TAGS: PREL PGOV\n\nRABAT 00000027  001.2 OF 003\n\n\nMO\nSUBJECT: X",
             ("PREL", "PGOV", "MO")),
        case("inline-bare", "SECRET RABAT 000001 SIPDIS TAGS AF, PREL SUBJECT: X", ("AF", "PREL")),
        case("dash-for-colon", "TAGS - PREL MO", ("PREL", "MO")),
        case("no-colon-small-letters", "TAGS something", ("SOMETHING",)),
        # Issue 35, part 8: pages of 2000 to 2003.
        case("a-page-line-between-codes",
             "TAGS: PREL PTER SECRET LIMA 05678 01 OF 02 121234Z PE\nSUBJECT: X",
             ("PREL", "PTER", "PE")),
        case("a-page-line-behind-the-label", "TAGS: LIMA 00005678  002 OF 003 PE\nSUBJECT: X",
             ("PE",)),
        case("a-page-line-before-its-class",
             "TAGS: PREL,\nPAGE 02 LIMA 05678 01 OF 02 121234Z\n\nSECRET\n\nPE\nSUBJECT: X",
             ("PREL", "PE")),
        case("sipdis-beside-a-page-line",
             "TAGS: PREL PTER\nSECRET\n\nSIPDIS\n\nPAGE 02 LIMA 05678 01 OF 02\n\nPE\nSUBJECT: X",
             ("PREL", "PTER", "PE")),
        case("a-class-alone", "TAGS: PREL SECRET PE\nSUBJECT: X", ("PREL", "PE")),
        case("counterterrorism-is-one-word", "TAGS: PREL LAMPS COUNTER TERRORISM MO\nSUBJECT: X",
             ("PREL", "LAMPS", "COUNTERTERRORISM", "MO")),
        case("not-applicable", "TAGS: NA\nSUBJECT: X", ()),
        case("na-among-codes", "TAGS: PREL NL NA\nSUBJECT: X", ("PREL", "NL", "NA")),
        case("with-a-hyphen", "TAGS: COUNTER-TERRORISM MO", ("COUNTERTERRORISM", "MO")),
        case("tag-behind-the-order", "E.O. 12958: N/A TAG PREL, PGOV, MO\nSUBJECT: X",
             ("PREL", "PGOV", "MO")),
        case("tag-behind-the-subject", "SUBJECT: X\n\nTAG PREL, PGOV, MO\n\n1. (C) X",
             ("PREL", "PGOV", "MO")),
        case("tag-in-a-sentence", "SUBJECT: X\nTAG SALE OF LAMPS\n\n1. (C) X", ()),
        case("a-hyphen-for-colon", "TAGS-PREL, PGOV, MO\nSUBJECT: X", ("PREL", "PGOV", "MO")),
        case("no-blank-behind-the-label", "TAGSPREL PGOV MO\nSUBJECT: X", ("PREL", "PGOV", "MO")),
        case("one-letter-off", "TGAS: PREL PGOV MO\nSUBJECT: X", ("PREL", "PGOV", "MO")),
        case("a-word-one-letter-off", "BAGS: LAMP OIL WICK\nSUBJECT: X", ()),
        case("numbered-labels", "1. E.O. 12958: N/A\n2. TAGS: PREL MO\n3. SUBJECT: X\n\n1. (C) X",
             ("PREL", "MO")),
        case("label-lost", "E.O. 12958: N/A\nPREL, PGOV, MO\nSUBJECT: X", ("PREL", "PGOV", "MO")),
        case("readers-below-the-order", "E.O. 12958: N/A\nLAMPS, OIL\nSUBJECT: X", ()),
        case("tag-without-colon", "TAG PREL, PGOV", ("PREL", "PGOV")),
        case("names-of-several-words", "TAGS: PREL LANTERN AFFAIRS HUMAN RIGHTS MO",
             ("PREL", "LANTERN AFFAIRS", "HUMAN RIGHTS", "MO")),
        case("commas-part", "TAGS: PREL, LAMPS, WICKS", ("PREL", "LAMPS", "WICKS")),
        case("and-joins", "TAGS: PREL LAMPS AND WICKS", ("PREL", "LAMPS AND WICKS")),
        case("and-between-codes", "TAGS: PREL AND MO", ("PREL", "MO")),
        case("name-over-a-line-break", "TAGS: PREL HARBOR\nCLEARANCE\nSUBJECT: X",
             ("PREL", "HARBOR CLEARANCE")),
        case("codes-run-into-a-name", "TAGS: PREL HUMAN RIGHTSPOLMIL",
             ("PREL", "HUMAN RIGHTS", "POL", "MIL")),
        case("adjective", "TAGS: PREL FOREIGN POL", ("PREL", "FOREIGN POL")),
        case("unlisted-codes", "TAGS: PREL KQQQ KWWW", ("PREL", "KQQQ", "KWWW")),
        case("misspelt-label-2.4", "TAS: PREL MO", ("PREL", "MO")),
        case("not-behind-paragraph-one", "SUBJECT: X\n\n1. (C) TAGS: PREL", ()),
        case("fooled-2.4", "C O R R E C T E D COPY (PRIMARY TAG ADDED)\n", ()),
    ],
)  # fmt: skip
def test_tags_are_read_in_every_layout(body: str, codes: tuple[str, ...]) -> None:
    assert tags(read(body)).codes == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        case("below-a-paragraph", "1. (U) Classified by Ada.\n\nTAGS: PREL PGOV MO\n\n2. (C) X",
             ("PREL", "PGOV", "MO")),
        case("at-the-end", "PELHAM\n\nTAGS PREL, PGOV, MO", ("PREL", "PGOV", "MO")),
        case("one", "X\nTAGS: PREL \\\nX", ("PREL",)),
        case("a-name", "TAGS: PREL, PGOV, HUMAN RIGHTS", ("PREL", "PGOV", "HUMAN RIGHTS")),
        case("prose", "TAGS: LAMPS OF THE PORT OF RABAT", ()),
        case("within-a-line", "The TAGS: PREL PGOV", ()),
    ],
)  # fmt: skip
def test_a_line_of_tags_outside_of_the_head_is_found(text: str, codes: tuple[str, ...]) -> None:
    assert tags_elsewhere(text) == codes


@given(st.text(max_size=300))
def test_any_text_behind_the_label_gives_upper_case_codes(text: str) -> None:
    found = tags(read("TAGS: " + text)).codes

    assert len(set(found)) == len(found)
    assert all(code == code.upper() for code in found)


WORDS = st.sampled_from([tag.code for tag in tag_lists.tags()]) | st.sampled_from(
    "ECON UNCLAS NEW OF AND NA N/A HUMAN RIGHTS GOV PRELMO (RU) 1. a".split()
)


@given(st.lists(WORDS | st.text(max_size=4), max_size=6), st.sampled_from([" ", ", ", ",", "\n"]))
def test_codes_without_a_slip_are_read_as_all_are(words: list[str], between: str) -> None:
    top = read("TAGS: " + between.join(words))
    found = tags(top)

    with patch.object(tag_lists, "plain_codes", return_value=frozenset()):
        assert found == tags(top)

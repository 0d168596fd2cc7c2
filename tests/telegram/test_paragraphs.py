from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Paragraph
from cable_tui.telegram.paragraphs import (
    Lines,
    blocks,
    heading_above,
    paragraphs,
    parted,
    site_anchor,
    worth_parting,
)
from tests.cases import case


def read(text: str, anchors: tuple[str, ...] | None = None) -> tuple[Paragraph, ...]:
    return paragraphs(text, 0, len(text), anchors)


def labels(text: str) -> list[str | None]:
    return [paragraph.label for paragraph in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case("plain", "1. (C) One.\n\n2. (C) Two.", ["1", "2"]),
        case("unmarked", "1. One.\n2. Two.\n3. Three.", ["1", "2", "3"]),
        case("no-blank-2.6", "1.(C) One.\n2.(C) Two.", ["1", "2"]),
        case("bracket-lost", "1. C) One.\n\n2. (C) Two.", ["1", "2"]),
        case("year-8.11", "1. (C) They met in\n2008.  They left.\n\n2. (C) Two.", ["1", "2"]),
        case("decimal-8.11", "1. (C) Some\n2.3 percent left.", ["1"]),
        case("gap", "1. (C) One.\n\n3. (C) Three.", ["1", "3"]),
        case("restart", "1. (C) One.\n\n2. (C) Two.\n\n1. (C) Annex.", ["1", "2", "1b"]),
        case("twice", "1. (C) One.\n\n1. (C) Again.", ["1", "1b"]),
        case("list", "1. (C) One.\n1) first\n2) second\n\n2. (C) Two.", ["1", "2"]),
        case("items", "1. (C) A.\n\n2. (C) B:\n1. a\n2. b\n3. c\n\n3. (C) C.", ["1", "2", "3"]),
        case("before-the-first", "Not a field.\n\n1. (C) One.", [None, "1"]),
        case("redacted", "1. (C) One.\n\n2. xxxxxxxxxxxx\n\n3. (C) Three.", ["1", "2", "3"]),
        case("redacted-whole", "1. (C) One.\n2. XXXXXXXXXXXX\n3. (C) Three.", ["1", "2", "3"]),
        case(
            "numbers-cut",
            "1. Lamps.\nThey burn.\nXXXXXXXXXXXX\n5. Sails.\nXXXXXXXXXXXX\n\n8. Oil.\n9. Wax.",
            ["1", "5", "8", "9"],
        ),
        case(
            "a-date-behind-a-redaction",
            "1. Lamps.\nXXXXXXXXXXXX\nThey left on May\n5. Sails burned.\n2. Oil.",
            ["1", "2"],
        ),
        case("cut-but-marked", "1. (C) Lamps.\nXXXXXXXXXXXX\n5. Sails.\n2. (C) Oil.", ["1", "2"]),
        # Issue 13, section 6.
        case("doubled", "1. 1. One.\n\n2. 2. Two.\n\n4. 3. Four.", ["1", "2", "4"]),
        case("doubled-and-marked", "1. 1. (C) One.\n\n2. 2. (C) Two.", ["1", "2"]),
        case("comma-for-the-full-stop", "1, (C) One.\n\n2. (C) Two.", ["1", "2"]),
        case("a-comma-in-a-sentence", "1. (C) In\n12, 13 and 14 they left.", ["1"]),
        case("behind-a-rule", "------1. (C) One.\n\n2. (C) Two.", ["1", "2"]),
        case("brackets", "1) One.\n\n2) Two.\n\n3) Three.", ["1", "2", "3"]),
        case("list-alone", "One of two:\n\n1) first\n\n2) Second", [None, None, None]),
        case("unmarked-once", "1. (C) One.\n2. Two.\n3. (C) Three.", ["1", "2", "3"]),
        case("no-sentence-ends", "1. (C) They left in\n2. Later on.\n\n2. (C) Two.", ["1", "2"]),
        # Issue 35, part 7: what telegrams of the 1970s count, and their lists.
        case(
            "a-form",
            "1. 712/04/K0009\n2. 051\n3. PELHAM\n\n4A REPLY TO\n4B THE KEEPER\n5A OIL"
            "\n\n6. 1600\n\n8. 40 LAMPS",
            ["1", "2", "3", "4", "5", "6", "8"],
        ),
        case(
            "a-figure-after-the-number",
            "1. Oil.\n\n2. 12 boats came.\n\n3. 40 left.\n4. Lamps.",
            ["1", "2", "3", "4"],
        ),
        case("a-wrapped-figure", "1. The oil rose by\n2. 5 percent.\n\n2. Lamps.", ["1", "2"]),
        case("a-figure-alone", "The oil rose by\n1. 5 percent.\n\nIt fell.", [None, None]),
        case("two-full-stops", "1. One.\n\n2.. Two.\n\n3. Three.", ["1", "2", "3"]),
        case("an-ellipsis", "1. One.\n\n2... Two.", ["1"]),
        case("items-set-in", "1. One:\n   1. A\n   2. B\n2. Two.\n3. Three.", ["1", "2", "3"]),
        case(
            "items-before-a-blank-line",
            "1. One.\n\n2. Two:\n1. A\n2. B\nall.\n\n3. Three.",
            ["1", "2", "3"],
        ),
        case(
            "items-as-many-as-paragraphs",
            "1. One:\n1. A\n2. B\n3. C\n4. D\n\n2. Two.\n\n3. Three.",
            ["1", "2", "3"],
        ),
        case("items-with-blank-lines", "1. One:\n\n1. A\n\n2. B\n\n3. C\n\n2. Two.", ["1", "2"]),
        case("2-2", "1. One.\n\n2. Two.\n\n2. Two.\n\n3. Four.", ["1", "2", "2b", "3"]),
    ],
)
def test_numbers_begin_paragraphs_where_they_are_expected(
    text: str, expected: list[str | None]
) -> None:
    assert labels(text) == expected


def test_paragraphs_that_lost_their_line_ends_are_read_with_their_headings() -> None:
    fill = "The keepers met on Monday, and the harbor master spoke of oil, of wicks and of sails. "
    text = f"------- SUMMARY ------- 1. (C) {fill}------ The Oil ------ 2. (U) {fill}3. (U) End."
    found = read(text)

    assert [(p.label, p.marking, p.heading) for p in found] == [
        ("1", "C", "SUMMARY"),
        ("2", "U", "The Oil"),
        ("3", "U", None),
    ]
    assert [p.text for p in found] == [fill.strip(), fill.strip(), "End."]
    assert all(p.anchor is None for p in found[1:])
    assert [text[slice(*p.span)][:2] for p in found] == ["1.", "2.", "3."]


def test_a_page_break_does_not_start_a_paragraph_and_the_sentence_goes_on() -> None:
    text = "1. (C/NF) The lamp would \n \nRABAT 00000027  002 OF 002 \n \n \nburn until spring.\n"
    (paragraph,) = read(text)

    assert paragraph.text == "The lamp would\nburn until spring."
    assert paragraph.marking == "C/NF"
    assert text[slice(*paragraph.span)] == text.strip()


def test_the_full_stop_behind_a_marking_is_no_text() -> None:
    first, second = read("1. (C - ENTIRE TEXT).\n\n2. The lamp burns.")

    assert (first.marking, first.text) == ("C - ENTIRE TEXT", "")
    assert second.text == "The lamp burns."


def test_blocks_are_paragraphs_without_label() -> None:
    text = "A lamp.\n\n-----\nAn oar.\nA sail.\nA rope.\n-----\n"

    assert [(p.label, p.text) for p in blocks(text, 0, len(text))] == [
        (None, "A lamp."),
        (None, "An oar.\nA sail.\nA rope."),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        case("a heading between rules belongs to the paragraph below",
             "1. (C) One.\n\n-----\nThe Keepers\n-----\n\n2. (C) Two.",
             [(None, "One."), ("The Keepers", "Two.")]),
        case("one above a rule, and one alone",
             "Summary\n-------\n1. (C) One.\n\nThe Harbor\n\n2. (C) Two.",
             [("Summary", "One."), ("The Harbor", "Two.")]),
        case("sub-points stay in their paragraph", "1. (C) Points:\n\n-- one\n\n-- two",
             [(None, "Points:\n\n-- one\n\n-- two")]),
        case("a number that was set twice is no text", "1. 1. One.\n\n3. 2. Two.",
             [(None, "One."), (None, "Two.")]),
    ],
)  # fmt: skip
def test_a_paragraph_has_its_heading_and_its_text(
    text: str, found: list[tuple[str | None, str]]
) -> None:
    assert [(paragraph.heading, paragraph.text) for paragraph in read(text)] == found


def test_anchors_are_those_of_the_page() -> None:
    text = "1. (C) One.\n\n2.(C) Two.\n\n3. (C) Three."

    assert [p.anchor for p in read(text)] == ["par1", None, "par3"]
    assert [p.anchor for p in read(text, ("par1",))] == ["par1", None, None]


def test_a_paragraph_within_a_line_has_no_anchor() -> None:
    text = "REASON: 1.4 (b) 1. (C) One.\n\n2. (C) Two."
    found = paragraphs(text, text.index("1. (C)"), len(text), None)

    assert [p.anchor for p in found] == [None, "par2"]


@pytest.mark.parametrize(
    ("line", "anchor"),
    [("6. (U) X", "par6"), ("B. RABAT 1", "parB"), ("2008.  X", "par2008"), ("1.(C) X", None)],
)
def test_the_site_sets_anchors_by_its_own_rule(line: str, anchor: str | None) -> None:
    assert site_anchor(line) == anchor


@given(st.text(alphabet="1234. ()CS\nABx-", max_size=200) | st.text(max_size=200))
def test_spans_lie_in_the_text_and_labels_are_unique(text: str) -> None:
    found = read(text)
    numbered = [p.label for p in found if p.label]

    assert all(0 <= p.span[0] <= p.span[1] <= len(text) for p in found)
    assert len(set(numbered)) == len(numbered)


def lines(text: str) -> Lines:
    raw = text.split("\n")
    return Lines(raw, list(raw), [0] * len(raw))


@pytest.mark.parametrize(
    ("text", "stop", "heading"),
    [
        case("alone", "it burned.\n\nThe Keepers\n\n", 2, "The Keepers"),
        case("above a rule", "it burned.\n\nThe Keepers\n-------\n", 2, "The Keepers"),
        case("between rules", "it burned.\n\n-------\nThe Keepers\n-------\n", 2, "The Keepers"),
        case("two lines", "it burned.\n\nTHE KEEPERS\nOF THE LAMP\n------\n", 2,
             "THE KEEPERS OF THE LAMP"),
        case("rules behind blank lines", "it burned.\n\n-------\n\nThe Keepers\n\n-------\n\n", 2,
             "The Keepers"),
        case("a chapter and its first heading",
             "it burned.\n\n-------\nTHE ISLES\n-------\n\nHarbors\n-------\n\n", 2,
             "THE ISLES: Harbors"),
        case("two headings above rules", "it burned.\n\nTHE ISLES\n-------\n\nHarbors\n-------\n",
             2, "THE ISLES: Harbors"),
        case("a rule alone", "\n--------\n\n", 0, None),
        case("a rule below a sentence", "They left the isle.\n\n--------\n\n", 1, None),
        case("the last rule of a table stays",
             "Lamps    12\nSails     7\n--------\n\nHarbors\n-------\n", 4, "Harbors"),
        case("a rule on its own line and below it",
             "it burned.\n\nThe Lamp of the Harbor ------------ -\n---\n", 2,
             "The Lamp of the Harbor"),
        case("a redacted heading", "it burned.\nXXXXXXXXXXXX\n-------\n", 1, "XXXXXXXXXXXX"),
        case("a sentence", "it burned.\n\nThey left.\n", 4, None),
        case("an end", "it burned.\n\nEnd Summary\n\n", 5, None),
        case("nothing", "\n\n", 3, None),
    ],
)  # fmt: skip
def test_the_heading_above_a_paragraph_is_found(text: str, stop: int, heading: str | None) -> None:
    found = lines(text)

    assert heading_above(found, 0, len(found.raw)) == (stop, heading)


@given(st.text(alphabet="Aa.-=* \n", max_size=80))
def test_a_heading_lies_between_the_first_line_and_the_paragraph(text: str) -> None:
    found = lines(text)
    stop, heading = heading_above(found, 0, len(found.raw))

    assert 0 <= stop <= len(found.raw)
    assert heading is None or heading.strip()


FILL = "The keepers met on Monday, and the harbor master spoke of oil, wicks, sails and the winter."
"""More than a line that a telegraph wrapped."""


def parted_lines(*raw: str) -> list[str]:
    starts = [sum(len(line) + 1 for line in raw[:at]) for at in range(len(raw))]
    if not worth_parting(list(raw)):
        return list(raw)
    return parted(list(raw), starts)[0]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        case("joined", [f"1. (C) {FILL} 2. (C) Two."], [f"1. (C) {FILL} ", "2. (C) Two."]),
        case("no-blanks", [f"1.(SBU) {FILL} 2.(C/NF) Two."], [f"1.(SBU) {FILL} ", "2.(C/NF) Two."]),
        case("heading-between-rules", [f"1. (C) {FILL} ------ THE LAMP ------ 2. (C) Two."],
             [f"1. (C) {FILL} ", "------", " THE LAMP ", "------ ", "2. (C) Two."]),
        case("heading-above-a-rule",
             [f"1. (C) {FILL} Who Are They? No Lamp ----------- 2. (C) Two."],
             [f"1. (C) {FILL} Who Are They? ", "No Lamp ", "----------- ", "2. (C) Two."]),
        case("behind-a-page-break", [f"1. (C) {FILL[:-1]} RABAT 00000012 002 OF 003 2. (C) Two."],
             [f"1. (C) {FILL[:-1]} RABAT 00000012 002 OF 003 ", "2. (C) Two."]),
        case("rule", ["SUMMARY", "------1. (C) One."], ["SUMMARY", "------", "1. (C) One."]),
        case("rule-and-sign", ["------¶1. One.", "x"], ["------", "¶1. One.", "x"]),
        case("numbered-twice", ["1. 1. (C) One.", f"2. 2. (C) {FILL} 3. (C) Three."],
             ["1. 1. (C) One.", f"2. 2. (C) {FILL} ", "3. (C) Three."]),
        case("not-next", [f"1. (C) {FILL} 4. (C) Four."], [f"1. (C) {FILL} 4. (C) Four."]),
        case("no-end", [f"1. (C) {FILL[:-1]} 2. (C) Two."], [f"1. (C) {FILL[:-1]} 2. (C) Two."]),
        case("a-paragraph-cited", [f"1. (C) {FILL} As said in para. 2. (C) was the mark."],
             [f"1. (C) {FILL} As said in para. 2. (C) was the mark."]),
        case("the-sign-of-the-site-where-its-pages-lost-line-breaks",
             [f"¶1. (C) {FILL[:-1]} THE LAMP ¶2. (C) Two. ¶3. Three. ¶7. Seven. 4. Four."],
             [f"¶1. (C) {FILL[:-1]} THE LAMP ", "¶2. (C) Two. ", "¶3. Three. ¶7. Seven. 4. Four."]),
        case("short-line", ["1. (C) One. 2. (C) Two."], ["1. (C) One. 2. (C) Two."]),
        case("plain-rule", ["------------", "-- 1. one"], ["------------", "-- 1. one"]),
    ],
)  # fmt: skip
def test_joined_lines_are_parted(raw: list[str], expected: list[str]) -> None:
    assert parted_lines(*raw) == expected


TEXTS = st.text(alphabet=st.sampled_from('12.( )C-x"¶\n'), max_size=400)


@given(TEXTS)
def test_the_parts_are_the_text_and_lie_where_they_say(text: str) -> None:
    raw = (text + FILL).split("\n")
    starts = [sum(len(line) + 1 for line in raw[:at]) for at in range(len(raw))]
    lines, begins, joined = parted(raw, starts)

    whole = text + FILL
    assert all(whole.startswith(line, at) for line, at in zip(lines, begins, strict=True))
    assert "".join(lines) == whole.replace("\n", "")
    assert {at for at in range(1, len(lines)) if whole[begins[at] - 1] != "\n"} == joined

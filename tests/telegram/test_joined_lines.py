from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.joined_lines import parted, worth_parting

FILL = "The keepers met on Monday, and the harbor master spoke of oil, wicks, sails and the winter."
"""More than a line that a telegraph wrapped."""


def lines(*raw: str) -> list[str]:
    starts = [sum(len(line) + 1 for line in raw[:at]) for at in range(len(raw))]
    if not worth_parting(list(raw)):
        return list(raw)
    return parted(list(raw), starts).raw


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            [f"1. (C) {FILL} 2. (C) Two."], [f"1. (C) {FILL} ", "2. (C) Two."], id="joined"
        ),
        pytest.param(
            [f"1.(SBU) {FILL} 2.(C/NF) Two."], [f"1.(SBU) {FILL} ", "2.(C/NF) Two."], id="no-blanks"
        ),
        pytest.param(
            [f"1. (C) {FILL} ------ THE LAMP ------ 2. (C) Two."],
            [f"1. (C) {FILL} ", "------", " THE LAMP ", "------ ", "2. (C) Two."],
            id="heading-between-rules",
        ),
        pytest.param(
            [f"1. (C) {FILL} Who Are They? No Lamp ----------- 2. (C) Two."],
            [f"1. (C) {FILL} Who Are They? ", "No Lamp ", "----------- ", "2. (C) Two."],
            id="heading-above-a-rule",
        ),
        pytest.param(
            [f"1. (C) {FILL[:-1]} RABAT 00000012 002 OF 003 2. (C) Two."],
            [f"1. (C) {FILL[:-1]} RABAT 00000012 002 OF 003 ", "2. (C) Two."],
            id="behind-a-page-break",
        ),
        pytest.param(
            ["SUMMARY", "------1. (C) One."], ["SUMMARY", "------", "1. (C) One."], id="rule"
        ),
        pytest.param(["------¶1. One.", "x"], ["------", "¶1. One.", "x"], id="rule-and-sign"),
        pytest.param(
            ["1. 1. (C) One.", f"2. 2. (C) {FILL} 3. (C) Three."],
            ["1. 1. (C) One.", f"2. 2. (C) {FILL} ", "3. (C) Three."],
            id="numbered-twice",
        ),
        pytest.param(
            [f"1. (C) {FILL} 4. (C) Four."], [f"1. (C) {FILL} 4. (C) Four."], id="not-next"
        ),
        pytest.param(
            [f"1. (C) {FILL[:-1]} 2. (C) Two."], [f"1. (C) {FILL[:-1]} 2. (C) Two."], id="no-end"
        ),
        pytest.param(
            [f"1. (C) {FILL} As said in para. 2. (C) was the mark."],
            [f"1. (C) {FILL} As said in para. 2. (C) was the mark."],
            id="a-paragraph-cited",
        ),
        pytest.param(
            [f"¶1. (C) {FILL[:-1]} THE LAMP ¶2. (C) Two. ¶3. Three. ¶7. Seven. 4. Four."],
            [
                f"¶1. (C) {FILL[:-1]} THE LAMP ",
                "¶2. (C) Two. ",
                "¶3. Three. ¶7. Seven. 4. Four.",
            ],
            id="the-sign-of-the-site-where-its-pages-lost-line-ends",
        ),
        pytest.param(["1. (C) One. 2. (C) Two."], ["1. (C) One. 2. (C) Two."], id="short-line"),
        pytest.param(["------------", "-- 1. one"], ["------------", "-- 1. one"], id="plain-rule"),
    ],
)
def test_joined_lines_are_parted(raw: list[str], expected: list[str]) -> None:
    assert lines(*raw) == expected


TEXTS = st.text(alphabet=st.sampled_from('12.( )C-x"¶\n'), max_size=400)


@given(TEXTS)
def test_the_parts_are_the_text_and_lie_where_they_say(text: str) -> None:
    raw = (text + FILL).split("\n")
    starts = [sum(len(line) + 1 for line in raw[:at]) for at in range(len(raw))]
    found = parted(raw, starts)

    whole = text + FILL
    assert all(whole.startswith(line, at) for line, at in zip(found.raw, found.starts, strict=True))
    assert "".join(found.raw) == whole.replace("\n", "")
    assert {at for at in range(1, len(found.raw)) if whole[found.starts[at] - 1] != "\n"} == (
        found.joined
    )

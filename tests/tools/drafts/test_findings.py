"""Verdicts: which of them a writer must look at."""

from __future__ import annotations

from typing import get_args

import pytest

from cable_tui.tools.drafts.findings import VERDICTS, Finding, Verdict
from cable_tui.tools.drafts.quotations import BlockSpan


@pytest.mark.parametrize("verdict", VERDICTS)
def test_all_but_what_is_exact_must_be_looked_at(verdict: Verdict) -> None:
    finding = Finding("quotation", verdict, (BlockSpan(0, 0, 1),), "line 1", "", "a")
    assert finding.is_fault == (verdict != "exact")


def test_every_verdict_has_its_place_in_the_order() -> None:
    assert sorted(get_args(Verdict)) == sorted(VERDICTS)
    assert VERDICTS[0] == "exact"

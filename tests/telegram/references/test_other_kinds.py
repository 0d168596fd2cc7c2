from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.references.other_kinds import kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HENTZAU E-MAIL 3/11", "email"),
        ("SAPT/TARLENHEIM TELCON", "telephone"),
        ("STATE CA-1234", "airgram"),
        ("AIRGRAM TO COME", "airgram"),
        ("IAEA-12", None),
        ("IIR 6 832 0617 08", "report"),
        ("TD-314/12345-08", "report"),
        ("9 FAM 41.31", "other"),
        ("RABAT 90", None),
        ("", None),
    ],
)
def test_things_that_are_no_cables_are_told_by_their_words(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@given(st.text(max_size=200))
def test_any_text_is_of_a_kind_or_none(text: str) -> None:
    assert kind_of(text) in ("airgram", "email", "telephone", "report", "other", None)

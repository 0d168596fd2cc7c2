"""Dates in REF lines are blanked one for one; the year of one behind a serial stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.references.items import airgrams, kind_of, without_dates


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("STATE 5512 OF NOV 19, 1973", "STATE 5512 (73)"),
        ("STATE 5512 OF 11/30/73; X", "STATE 5512 (73)       ; X"),
        ("LA PAZ 58 DATED 28 AUGUST 1979", "LA PAZ 58 (79)"),
        ("LA PAZ 5832 OF NOV. 19", "LA PAZ 5832"),
        ("NOV 19 LA PAZ 5832", "       LA PAZ 5832"),
        ("LETTER OF AUGUST 1974", "LETTER"),
        ("CLOUD/TERN TELCON 28 AUGUST 1979", "CLOUD/TERN TELCON"),
        ("MARSEILLE 12", "MARSEILLE 12"),
        ("MAPUTO 5", "MAPUTO 5"),
        ("73 STATE 12", "73 STATE 12"),
        ("P 161339Z MAR 74", "P 161339Z"),
        ("IIR 6 832 0617 08", "IIR 6 832 0617 08"),
    ],
)
def test_dates_are_blanked(text: str, left: str) -> None:
    assert without_dates(text) == left.ljust(len(text))


@given(st.text(alphabet="OF NOV19/,73 STATE.\n", max_size=80))
def test_every_letter_keeps_its_place(text: str) -> None:
    assert len(without_dates(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A-62", ["A-62"]),
        ("STATE A-0226 OF DEC 4", ["STATE A-0226"]),
        ("LA PAZ A-29 AND RABAT A-30", ["LA PAZ A-29", "RABAT A-30"]),
        ("STATE CA-1234", ["STATE CA-1234"]),
        ("AIRGRAM A-12", ["AIRGRAM A-12"]),
        ("STATE A4683", ["STATE A4683"]),
        ("A4683", []),
        ("THE A-TEAM", []),
        ("IAEA-12", []),
        ("F/A-18", []),
        ("A-12-B", []),
        ("STATE 226", []),
    ],
)
def test_an_airgram_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in airgrams(text, frozenset())] == found


@given(st.text(alphabet="A-1 STATELPZ", max_size=60))
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    spans = airgrams(text, frozenset())
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


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

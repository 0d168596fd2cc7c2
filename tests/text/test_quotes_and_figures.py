"""What was written before the telegraph took the quotes away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.text import repaired, second_readings
from cable_tui.text.quotes_and_figures import words_and_signs


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        pytest.param("Marlowe,s lamps", "Marlowe’s lamps", id="genitive"),
        pytest.param("MARLOWE,S LAMPS", "MARLOWE’S LAMPS", id="in capitals"),
        pytest.param("they don,t, we,ll", "they don’t, we’ll", id="verbs"),
        pytest.param("Cote d,Azur", "Cote d’Azur", id="an article"),
        pytest.param("lamps, sails,and oil", "lamps, sails,and oil", id="commas"),
        pytest.param("Reasons 1.4 (b,d) and a,s", "Reasons 1.4 (b,d) and a,s", id="a list"),
        pytest.param("the &harbor8 lamps", "the “harbor” lamps", id="a word"),
        pytest.param("(&the old\nharbor.8)", "(“the old\nharbor.”)", id="over a line"),
        pytest.param("&new8 and &old8", "“new” and “old”", id="two"),
        pytest.param("R&D of the G8", "R&D of the G8", id="no quotation"),
        pytest.param("&the G8 summit8", "“the G8 summit”", id="a G8 inside"),
        pytest.param("&the year 2008 ends8", "“the year 2008 ends”", id="a number inside"),
        pytest.param("& lamps8", "& lamps8", id="an and"),
        pytest.param("&one\n\ntwo8", "&one\n\ntwo8", id="not over paragraphs"),
        pytest.param("&Marlowe,s lamp8", "“Marlowe’s lamp”", id="both"),
    ],
)
def test_a_text_as_it_was_written(sent: str, written: str) -> None:
    assert repaired(sent) == written


@given(st.text(alphabet="&8,sS aG\n.d’é", max_size=60))
def test_every_sign_keeps_its_place(text: str) -> None:
    made = repaired(text)
    assert len(made) == len(text)
    assert all(
        one == other or (one, other) in {(",", "’"), ("&", "“"), ("8", "”")}
        for one, other in zip(text, made, strict=True)
    )


def test_the_index_gets_the_words_around_a_quotation_too() -> None:
    long = "word " * 40
    (passage,) = second_readings(f"{long}the &old mule8 stood {long}")
    before, _, after = passage.partition("“old mule”")
    assert 40 < len(before) <= 60
    assert 40 < len(after) <= 60
    assert set(passage.split()) == {"word", "the", "“old", "mule”", "stood"}
    assert list(second_readings("an &old8 mule")) == ["an “old” mule"]
    assert list(second_readings("R&D and Marlowe,s G8")) == []


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        pytest.param("a loss of -1,200 men", "-", id="minus"),
        pytest.param("by −5 or –3 or (-.5)", "---", id="every-minus"),
        pytest.param("<1,200 and > 5 and ≤$3", "<>≤$", id="less-and-more"),
        pytest.param("$5, 5%, €5, -$5", "$%€-$", id="currencies"),
        pytest.param("1990-95, F-16, 5%-10%, 3)-4, --5, 1,200-1,300", "%%", id="no-minus"),
        pytest.param("- 5 men; <b> a > b -- and -x", "", id="no-figure"),
    ],
)
def test_signs_of_figures(text: str, signs: str) -> None:
    assert [key for _, _, key in words_and_signs(text) if not key.isalnum()] == list(signs)

"""The readings of acronyms; meanings are those of the tables, terms and places are by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.glossary.acronym_readings import Reading, doubtful, readings, spelled_out

HERE, WORDS, NAME, TABLE = (
    "spelled out in this cable",
    "these words occur in this cable",
    "an office, because it is next to a name",
    "in the table",
)


@pytest.mark.parametrize(
    ("word", "text", "meaning"),
    [
        ("HSC", "The Herring Supply Council (HSC) met.", "Herring Supply Council"),
        ("HSC", "the Herring\nand Supply Council (HSC) met.", "Herring and Supply Council"),
        ("ACC", "an Anti-Corruption Commission (ACC)", "Anti-Corruption Commission"),
        ("MOF", "He is in the MOF (Ministry of Fish).", "Ministry of Fish"),
        ("PdP", "the Peoples'\nDemocratic Party (PdP, in power)", "Peoples' Democratic Party"),
        ("HSC", "The Council of herrings (HSC) met.", ""),
        ("HSC", "HSC (see para. 3)", ""),
        ("HSC", "The Herring Supply Council and XHSC (HSCX) met.", ""),
        ("X", "A xylophone (X)", ""),
    ],
)
def test_a_cable_spells_an_acronym_out(word: str, text: str, meaning: str) -> None:
    assert spelled_out(word, text) == meaning


@pytest.mark.parametrize(
    ("word", "near", "counts", "expected"),
    [
        # Two meanings in the table, and nothing else is known.
        ("AG", "The AG left.", {}, [("Attorney General", TABLE), ("Australia Group", TABLE)]),
        # The cables of the post know one of them.
        (
            "AG",
            "The AG left.",
            {("AG", "Australia Group"): 12},
            [("Australia Group", "in 12 cables of this post"), ("Attorney General", TABLE)],
        ),
        (
            "AG",
            "The AG left.",
            {("AG", "Attorney General"): 1},
            [("Attorney General", "in 1 cable of this post"), ("Australia Group", TABLE)],
        ),
        # The cable says it, and says another thing than the table.
        (
            "AG",
            "The Amber Group (AG) left.",
            {},
            [("Amber Group", HERE), ("Attorney General", TABLE), ("Australia Group", TABLE)],
        ),
        (
            "AG",
            "The attorney general (AG) left.",
            {},
            [("attorney general", HERE), ("Australia Group", TABLE)],
        ),
        # Beside the name of a company or a person it is an office.
        ("MD", "Shell MD Ann Tern said", {}, [("Managing Director", NAME)]),
        ("MD", "Amber's MD said", {}, [("Managing Director", NAME)]),
        ("MD", "the MD talks", {}, [("Missile Defense", TABLE), ("Managing Director", TABLE)]),
        ("MD", "The MD talks", {}, [("Missile Defense", TABLE), ("Managing Director", TABLE)]),
        (
            "MD",
            "Missile\ndefense is dear. The MD Treaty is not.",
            {},
            [("Missile Defense", WORDS), ("Managing Director", NAME)],
        ),
        ("MD", "Missile Defense (MD)", {},
         [("Missile Defense", HERE), ("Managing Director", TABLE)]),
        # One meaning, and no doubt.
        ("DCM", "The DCM left.", {}, [("Deputy Chief of Mission", "")]),
        ("ZQX", "The ZQX left.", {}, []),
    ],
)  # fmt: skip
def test_readings_stand_with_their_evidence_the_surest_first(
    word: str, near: str, counts: dict[tuple[str, str], int], expected: list[tuple[str, str]]
) -> None:
    assert readings(word, (), near, counts=counts) == tuple(Reading(*each) for each in expected)


def test_the_country_of_a_cable_leaves_no_doubt() -> None:
    assert doubtful("The GOS and the AG", ("SP",)) == (
        ("AG", "Attorney General"),
        ("AG", "Australia Group"),
    )
    assert doubtful("The DCM met nobody", ()) == ()


@given(st.text("AG (amber group)\n-'", max_size=200))
def test_any_text_is_read(text: str) -> None:
    said = spelled_out("AG", text)
    assert not said or said.split()[0] in text

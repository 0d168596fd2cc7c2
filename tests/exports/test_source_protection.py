"""Words that ask to protect a source are found; the verb by itself is none of them."""

from __future__ import annotations

import pytest

from cable_tui.exports.source_protection import names_to_mask, protected, protected_names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ivo Tern (strictly protect) said", ["strictly protect"]),
        ("IVO TERN (PLEASE PROTECT) SAID", ["PLEASE PROTECT"]),
        ("Ivo Tern (protect) said", ["protect"]),
        ("Ivo Tern (please strictly protect throughout)", ["please strictly protect"]),
        ("Ivo Tern (protect throughout) and Ada (Please\nProtect)", None),
        ("Ivo Tern [strictly\n   protect], an engineer", ["strictly\n   protect"]),
        ("Ivo Tern -- please protect -- said", ["please protect"]),
        ("Ivo Tern, strictly protect, said", ["strictly protect"]),
        ("(Note: strictly protected.)", ["strictly protected"]),
        ("Please protect source.", ["protect source"]),
        ("(protect identity)", ["protect identity"]),
        ("to protect the harbor", []),
        ("please protect the fish, he said", []),
        ("to serve, protect and defend", []),
        ("to keep, protect, and strengthen", []),
        ("Environmental Protection (protection)", []),
        ("", []),
    ],
)
def test_words_of_protection(text: str, words: list[str] | None) -> None:
    found = [text[start:end] for start, end in protected(text)]
    assert found == (["protect throughout", "Please\nProtect"] if words is None else words)


def test_a_long_run_of_blanks_costs_nothing() -> None:
    assert protected("(" + " " * 100_000 + "protect" + " " * 100_000) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ivo Tern (strictly protect) said", {"tern"}),
        (
            "IVO TERN (PLEASE PROTECT) AND ADA O'Malley, strictly protect, SAID",
            {"tern", "o'malley"},
        ),
        ("Ivo Tern\n[strictly protect]", {"tern"}),
        ("the engineer (strictly protect) said", set()),
        ("(Note: strictly protected.)", set()),
        ("strictly protect", set()),
        ("Protection was asked for Tern.", set()),
    ],
)
def test_the_name_before_a_plea_is_known(text: str, names: set[str]) -> None:
    assert protected_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Foreman Ivo Tern (strictly protect) said", ("Foreman Ivo Tern", "Tern")),
        ("Prime Minister Tern, who came late (strictly protect), said", ("Tern",)),
        ("IVO TERN (PLEASE PROTECT) SAID", ("IVO TERN", "TERN")),
        ("McTern (please protect) said", ("McTern",)),
        ("Minister Tern said.\n\nThe man (strictly protect) left.", ()),
        ("Minister Tern protects nobody.", ()),
        ("met Director XXXXXXXXXXXX (strictly protect) there", ()),
    ],
)
def test_the_names_to_mask_are_as_the_text_has_them(text: str, names: tuple[str, ...]) -> None:
    assert names_to_mask(text) == names

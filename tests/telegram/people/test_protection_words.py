"""Words that ask to protect a source are found; the verb by itself does not count."""

from __future__ import annotations

import pytest

from cable_tui.telegram.people.protection_words import asks


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
        ("Please protect source.", ["Please protect source"]),
        ("(protect identity)", ["protect identity"]),
        ("to protect the harbor", []),
        ("please protect the fish, he said", []),
        ("to serve, protect and defend", []),
        ("to keep, protect, and strengthen", []),
        ("Environmental Protection (protection)", []),
        ("(pls protect)", ["pls protect"]),
        ("(urgently protect), he", ["urgently protect"]),
        ("asked not to be named; (do not identify)", ["asked not to be named; (do not identify"]),
        ("to be cited on condition of anonymity", ["on condition of anonymity"]),
        ("They do not name a price, and could not be named.", []),
        ("Ivo Tern (protected)", ["protected"]),
        ("(protect both)", ["protect both"]),
        ("(all strictly protect)", ["strictly protect"]),
        ("(Amcit, protect)", ["protect"]),
        ("(protect: Ivo Tern)", ["protect"]),
        ("(protect Tern)", ["protect"]),
        ("(protect - see reftel)", ["protect"]),
        ("asked that his name be protected", ["name be protected"]),
        ("He asked us to protect his identity.", ["asked us to protect his identity"]),
        ("please protect Ivo Tern's identity", ["please protect"]),
        ("We request strict protection for sources", ["strict protection for"]),
        ("SENSITIVE - PLEASE PROTECT ACCORDINGLY.", []),
        ("(please protect this information accordingly)", []),
        ("The Kurds want to protect their identity.", []),
        ("asks to please protect Kosovo.", []),
        ("forests (protected since 1990)", []),
        ("", []),
    ],
)
def test_words_of_protection(text: str, words: list[str] | None) -> None:
    found = [text[start:end] for start, end in asks(text)]
    assert found == (["protect throughout", "Please\nProtect"] if words is None else words)


def test_a_long_run_of_blanks_costs_nothing() -> None:
    assert asks("(" + " " * 100_000 + "protect" + " " * 100_000) == ()

"""A quotation beside a cable: what is a difference, what is none, and what may be."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.tools.drafts.comparing import compare, is_cited, labels_of
from cable_tui.tools.drafts.tokens import CableWords, words_of
from tests.telegram.cables import record

BODY = """C O N F I D E N T I A L RABAT 000012

SIPDIS

E.O. 12958: DECL: 03/02/2019
TAGS: PREL MO
SUBJECT: THE LAMPS OF THE HARBOR

1. (C) Summary: The keeper, Sarkozy,s cousin, said the &new8 lamps would co-
operate with the old ones. He did not say when, and he never asked for 1,250 brass
nails at $12.05 a pound. The minister denied it.

RABAT 00000012  002 OF 002

2. (C) Nobody in Rabat believed the keeper. The ferry sailed at noon on March 3,
2004, with eleven goats. It came back with twelve... and a dog. End summary.

Comment
-------

3. (SBU) We think that the keeper will resign before the frost, if XXXXXXXXXXXX lets him.
A kettle was offered to him, and was not taken.

4. (S) A dog came on December 7.

5. (S) XXXXXXXXXXX saw it.

6. (C) Sales fell by -5 percent, and <1,200 men were not able to come. We'll see that as well. They
failed to sign the treaty in time, and we doubt that they will. The no-
table fox sold well. He said so again. The priest denied that. He left at once.

RILEY
"""


@pytest.fixture(scope="module")
def cable() -> CableWords:
    return words_of(telegram.parse(record(BODY, reference_id="09RABAT12")))


@pytest.mark.parametrize(
    "text",
    [
        "the “new” lamps would cooperate with the old ones",
        "the new lamps would co-operate with the old ones",
        "THE KEEPER, SARKOZY’S COUSIN, SAID",
        "Sarkozy's cousin – said the 'new' lamps",
        "brass nails at $12.05 a pound",
        "he never asked for 1250 brass nails",
        "he never asked for\n1,250 brass   nails",
        "(C) Nobody in Rabat believed the keeper.",
        "2. (C) Nobody in Rabat believed the keeper.",
        "Nobody in Rábat believed the keeper",
        "It came back with twelve... and a dog",
        "The minister denied it.\n\nNobody in Rabat believed the keeper",
        "It came back with twelve... and a dog. End summary.\n\nWe think that the keeper",
        "before the frost, if XXXXX lets him",
        "The Lamps of the Harbor",
        "sailed at noon on March 3,\n2004, with eleven goats",
        "A dog came on December 7.\n\n(S) XXXXXXXXXXXX saw it.",
        "Sales fell by −5 percent, and < 1,200 men were not able",
        "The notable fox sold well",
    ],
)
def test_what_is_no_difference(cable: CableWords, text: str) -> None:
    match = compare(text, cable)
    assert match is not None
    assert (match.is_exact, match.differences) == (True, ())


@pytest.mark.parametrize(
    ("text", "kind", "stands_for"),
    [
        ("The ferry sailed ... with eleven goats", "ellipsis", "at noon on March 3, 2004,"),
        ("The ferry sailed […] with eleven goats", "ellipsis", "at noon on March 3, 2004,"),
        ("The ferry sailed . . . with eleven goats", "ellipsis", "at noon on March 3, 2004,"),
        ("[She] came back with twelve... and a dog", "bracket", None),
        ("Nobody in Rabat believed [him]. The ferry sailed at noon", "bracket", "the keeper."),
        ("The ferry sail[s] at noon on March 3", "bracket", "sailed"),
        ("Nobody [else] in Rabat believed the keeper", "bracket", ""),
        ("the keeper will resign [sic] before the frost", None, None),
        ("[T]he ferry sailed at noon on March 3", None, None),
        ("Nobody in Rabat ... It came back with twelve", "ellipsis", None),
    ],
)
def test_what_an_author_may_do_and_what_is_said_of_it(
    cable: CableWords, text: str, kind: str | None, stands_for: str | None
) -> None:
    match = compare(text, cable)
    assert match is not None
    assert match.is_exact
    said = [each for each in match.differences if each.kind == kind]
    if stands_for is not None:
        assert [each.cable.rstrip(".,") for each in said] == [stands_for.rstrip(".,")]
    if kind is None:
        assert match.differences == ()


@pytest.mark.parametrize(
    ("text", "kind", "draft", "in_cable"),
    [
        ("Nobody in Rabat trusted the keeper", "words", "trusted", "believed"),
        ("The ferry sailed at noon on March 4, 2004", "words", "4", "3"),
        ("he never asked for 1,260 brass nails", "words", "1,260", "1,250"),
        ("brass nails at $12.5 a pound", "words", "12.5", "12.05"),
        ("He did say when, and he never asked", "words", "", "not"),
        ("Sarkosy's cousin, said the new lamps", "words", "Sarkosy", "Sarkozy"),
        ("Everybody and nobody in Rabat believed the keeper", "words", "Everybody and", None),
        ("The ferry sailed at high noon on March 3", "words", "high", ""),
        ("He did ... say when, and he never asked", "ellipsis", "...", "not"),
        ("A kettle was offered to him, and was [...] taken", "ellipsis", "[...]", "not"),
        ("The minister [confirmed] it. Nobody in Rabat", "bracket", "[confirmed]", "denied"),
        ("The ferry sailed at noon ... will resign before the frost", "ellipsis", "...", None),
        ("Sales fell by 5 percent, and <1,200 men", "words", "5", "-5"),
        ("5 percent, and <1,200 men were not able", "words", "5", "-5"),
        ("percent, and 1,200 men were not able", "words", "1,200", "<1,200"),
        ("men were notable to come", "words", "notable", "not able"),
        ("Well see that as well. They failed", "words", "Well", "We'll"),
        ("They ... sign the treaty in time", "ellipsis", "...", "failed to"),
        ("sign the treaty in time, and we ... that they will", "ellipsis", "...", "doubt"),
        ("A dog came on December 7. ... saw it", "ellipsis", ". ...", None),
        ("XXXXX saw it ... Sales fell by -5 percent", "ellipsis", "...", ""),
        ("The Lamps of the Harbor ... The keeper, Sarkozy's cousin", "ellipsis", "...", None),
        ("with eleven goats ... The ferry sailed at noon", "order", "...", ""),
        ("The minister denied it. Nobody in Rabat believed", "paragraphs", "", ""),
        ("Nobody in Rabat believed the keeper. A kettle was offered to him", "paragraphs", "", ""),
    ],
)
def test_what_is_altered(
    cable: CableWords, text: str, kind: str, draft: str, in_cable: str | None
) -> None:
    match = compare(text, cable)
    assert match is not None
    faults = [each for each in match.differences if each.is_fault]
    assert not match.is_exact
    wanted = [each for each in faults if each.kind == kind]
    assert wanted, match.differences
    assert wanted[0].draft.strip(" ,") == draft
    if in_cable is not None:
        assert wanted[0].cable.strip(" ,.") == in_cable


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("would co-operate with the old ones. ... The minister denied it.", "not"),
        ("He said so again. ... He left at once.", "denied"),
    ],
)
def test_an_ellipsis_of_whole_sentences_with_a_negation_is_said(
    cable: CableWords, text: str, word: str
) -> None:
    match = compare(text, cable)
    assert match is not None
    assert match.is_exact
    (said,) = match.differences
    assert (said.kind, said.note) == ("ellipsis", f"leaves out a sentence with “{word}”")


@pytest.mark.parametrize(
    ("label", "cited", "wanted"),
    [
        ("6", ["6"], True),
        ("6b", ["6"], True),  # the second paragraph that its cable calls 6
        ("6-27", ["6"], True),
        ("6B", ["6b"], True),
        ("6", ["6b"], False),
        ("16", ["6"], False),
        ("6", [], False),
    ],
)
def test_a_paragraph_is_cited_by_the_number_in_its_cable(
    label: str, cited: list[str], wanted: bool
) -> None:
    assert is_cited(label, cited) == wanted


def test_of_equal_places_the_cited_one_counts(cable: CableWords) -> None:
    match = compare("the keeper", cable, ["3"])
    assert match is not None
    assert labels_of(match, cable) == ("3",)


def test_what_has_nothing_to_do_with_it_scores_low(cable: CableWords) -> None:
    match = compare("Seventeen umbrellas governed the republic until Michaelmas", cable)
    assert match is None or match.score < 0.3

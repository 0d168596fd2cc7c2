"""Sentences that report what somebody said. The sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Span
from cable_tui.telegram.reading import Reading
from cable_tui.tools.voices.layout import layout
from cable_tui.tools.voices.reported import reported as reported_of
from cable_tui.tools.voices.reported import says
from cable_tui.tools.voices.who_speaks import Words
from cable_tui.tools.voices.words_of_saying import TRIGGERS

SAYS = [
    # courts, and numbers that somebody reports: forms that the rules of 1f798194 lost
    "The Supreme Court ruled against the keepers in May.",
    "The Superior Tribunal of Amber ruled on April 23 that lamps are legal.",
    "A judge ruled for the keepers.",
    "Companies report problems with lamps.",
    "Other sources report about 30 boats.",
    "Harbor authorities report fewer storms.",
    "The Police Department reports that lamps burn.",
    "The Department of Energy says lamps burn.",
    "Tern said that the port is closed.",
    "The minister told Poloff it would rain.",
    "TERN STRESSED THAT THE PORT IS CLOSED.",
    "According to Tern, it will rain.",
    "The port is closed, continued the keeper.",
    "He agreed that it would rain.",
    "Tern expressed deep concern about the weather.",
    "They raised with us the price of fish.",
    "She pointed out that fish are dear.",
    "Tern made very clear that he would stay.",
    "In Tern's view, fish are dear.",
    "From his point of view, fish are dear.",
    "Fishermen say it will rain.",
    "Contacts tell us that it will rain.",
    "The press claims to know the price.",
    "XXXXXXXXXX asserted that fish are dear.",
    "Tern accused Gull of fraud.",
    "Officials announced in May that fish are dear.",
    "Tern on May 8 denied it.",
    "Tern promised during his visit that he would pay.",
    "The port is closed, concluded Minister Tern.",
    "They are said to be old.",
    "It was suggested that he leave.",
    "He agreed with the Ambassador's point that fish are dear.",
    "Tern was very concerned that it would rain.",
    "He left, arguing that the port was closed.",
    "Fish, he claims, are dear.",
    "The keepers met on the pier and asked for lamps.",
    "The keeper was quoted as saying they were old.",
    "The keeper briefed Poloff on the lamps.",
    "They publicly express interest in lamps.",
    # requests, offers, promises, refusals
    "They stayed, and requested that the lamps be lit.",
    "The captains publicly offered to hand over the boats.",
    "Tern made a public offer of fish.",
    "Tern refused to name the keeper.",
    "The captain declined to comment.",
    "Her husband threatened to sell the boat.",
    "He proposed holding a meeting on fish.",
    "He left, promising to return.",
    "Per Tern, the port must not close.",
    # what is told by an act of speech
    "Tern commended the keepers for their work.",
    "The keepers moaned that lamps are dear.",
    "Members of the council called May 14 for the arrest of Gull.",
    "The captain issued a statement against Gull.",
    "Minister al-Tern described to us his plan.",
    "He considered the port very old.",
    "Gull, in talks with captains, requested lamps.",
    "Tern, keeper of the pier, noted in a talk that it rains.",
    "Tern wrote of his fears.",
    "Captains claim gulls are dear.",
    "Tern shared details of his trip.",
    "The captain sought assurances that the lamps were new.",
    "Tern responded with appreciation for the lamps.",
    "The Russians have made it well known that they will leave.",
    # who goes on to say it, or is led to
    "Tern continues to say he will send the lamps.",
    "XXXXXXXXXXXX went on to say that the port is closed.",
    "Tern called the keeper to stress that the pier is old.",
    "Tern took this opportunity to reiterate his hopes.",
    "The keeper was quick to blame the fishermen.",
    "The news led the captain to say that oil is dear.",
    # many, and those whose kind is not known
    "Most continue to stress the age of the port.",
    "The boatswains report that it will rain.",
    "They claim to have seen the lamps.",
    "Many blame the keepers for the fire.",
    "Envoys of the ports blame the keepers.",
    "Observers are predicting a storm.",
    "Some said it would rain.",
    "Observers point to the age of the pier.",
    # nouns of saying
    "Allegations by President Tern that the port is closed worry us.",
    "Gull's repeated accusations that the keepers drink are old.",
    "His concern was that oil would be dear.",
    # in passing, and by somebody
    "We need oil, she added, to light them.",
    "As noted by Tern, the port is old.",
    "He was criticized by the press for it.",
    "The man, whom captains describe as old, fell.",
    "The cost, which many derided as mad, is low.",
    "Citing the price of oil, Tern sold the lamps.",
    # what goes on: he is, was, or has been saying it
    "The captain now is warning of storms.",
    "Captains have been asking us for lamps.",
    "Tern began the talk with the keepers of the pier by mentioning the lamps.",
    "After thanking the crew, Tern left.",
    "While emphasizing the price, Gull bought oil.",
    "Gull spent ten minutes complaining about the pier.",
    "They are already raising doubts.",
    "He went so far as to admit that it rained.",
    "Tern used a talk on the pier with the captains of five ports to urge them to stay.",
    "The captain would only say that oil is dear.",
    "Tern does not expect more rain.",
    "The captains did not think oil would come.",
    # other forms of a verb in the past, and who speaks farther off
    "Gull faults the keepers for the fire.",
    "Tern states often that oil is dear.",
    "The captain worries that it will rain.",
    "Captains of the old port publicly and strongly condemn the fire.",
    "Officials - of late even Captain Gull - had raised the need for oil.",
    "As many captains have indicated, oil is dear.",
    "The pier, many believe, is old.",
    "We were told the lamps are old.",
    "It was noted during the talk that the lamps are old.",
    # what is said by other turns of phrase
    "His main message was that oil is dear.",
    "They took the stance that the pier is theirs.",
    "In the view of many, oil is dear.",
    "The sale drew sharp criticism from the captains.",
    "Tern called the harbour's new lamp a waste of oil.",
    "Tern defined the reef as a danger.",
    "The Captain invited us to see the lamps.",
    "Gull turned down the oil.",
    "He spoke at some length about the reef.",
    "He spoke to Tern of the reef.",
    "He agreed in principle to leave.",
    "Tern gave us a long account of the fire.",
    "Tern was confident the oil would come.",
    "Lamps: According to Tern, the oil is dear.",
    # words glued to a redaction
    "XXXXXXXXXXXXsaid it would rain.",
    "He toldXXXXXXXXXXXX that it would rain.",
    # the present, of one and of many
    "The captain sees no reason to leave.",
    "They do not see why the port closes.",
    "The captain complains of rain.",
    "Gull refuses to leave.",
    "The court rules that the pier is old.",
    "He writes that oil is dear.",
    "The Dutch urge patience at the pier.",
    "Captains of the port accept that rain is wet.",
    "Papers are reporting a storm.",
    # what is between the speaker and the verb
    "The captain last week asked for oil.",
    "The captain, however, warned of storms.",
    "Captains warned of storms.",
    "Tern pointed further to the lamps.",
    "The pier is old, she concluded.",
    "The pier is old, our contact relayed.",
    "The pier is dark, our contact reports.",
    "The pier is dark, according to our contact's friends.",
    "The lamps are dim, per Captain Tern.",
    # other turns of phrase
    "Gull saw little room for a sale.",
    "Tern put the price at 20 lamps.",
    "The captain sent word that it rains.",
    "He drew our attention to the reef.",
    "Tern made a strong pitch for oil.",
    "Gull raised the incident with the keepers.",
    "The panelists focused on the need for lamps.",
    "The British embassy believes that it will rain.",
    "Tern took issue with the price.",
    "He left, ruling out a sale.",
    "The pier was criticized by captains.",
]
NARRATES = [
    # the Department is the author, as Washington is; idioms; who works for whom
    "Department requests that posts report the price of lamps.",
    "Furthermore, the Department concurs with Post's plan.",
    "IF DEPARTMENT BELIEVES THAT LAMPS BURN, WE AGREE.",
    "It begs the question whether lamps burn.",
    "He left at night, begging the question of who lit the lamps.",
    "The commanders report directly to the king.",
    "Companies report annually on lamps.",
    "The king ruled the port for ten years.",
    "The port is closed.",
    "As noted in ref A, the port is closed.",
    "The proposed tax was paid.",
    "It was announced by nobody.",
    "We believe that it will rain.",
    "We have reiterated our price.",
    "According to our records, it rained.",
    "In our view, fish are dear.",
    "He continued to fish.",
    # nobody speaks: a participle, passive or before its noun
    "The officials quoted in the article are known.",
    "Aid promised during the visit came.",
    "The party's stated campaign is old.",
    "His publicly stated aim is low.",
    "The much criticized law stays.",
    "They found 537 confirmed cases.",
    "The port is commonly referred to as Amber.",
    # nobody speaks: a noun, a description, what is to be done
    "A dealer who claims to be selling maps came.",
    "Claims to be the oldest port are many.",
    "The decision suggests that he is here.",
    "Please note that it will rain.",
    "He likely will come and suggest the sale.",
    "It should be noted that it rains.",
    "The army responded with shells.",
    "Gilani called Tern this week.",
    "One of them, Said Tern, left.",
    "We do not know, but believe that it will rain.",
    "Mission believes that it will rain.",
    "Embassy Amber warmly welcomes the keepers.",
    # an act without words, or nobody who speaks
    "He considered an offer of fish.",
    "Many keepers volunteered on the pier.",
    "He made a point of leaving early.",
    "It offered the port a chance.",
    "The firm expects to grow.",
    "The conference underscored broad concern.",
    "The crisis underlined that nobody leads.",
    "Part I of this series (ref A) described the port.",
    "It goes without saying that fish are dear.",
    "Commonly referred to as Amber, the port is old.",
    "The riots began over slogans shouted by both sides.",
    "He has to allay fears that he is old.",
    "It is critical that it rains.",
    "The islands are subject to Gull's claim to the sea.",
    "Per reftel, the port is closed.",
    "They accepted a map showing that it rains.",
    "Post's concern is that fish are dear.",
    # the author, and what only looks like saying
    "We pressed him, adding that it rains.",
    "Reftel B reported that oil is dear.",
    "In Embassy's assessment, the pier is old.",
    "Both crews left, claiming victory.",
    "He has made no public remarks.",
    "According to the new rules, the port closes at night.",
    "The aim covers states that do not pay.",
    "The keepers' rift is deep, suggesting trouble at the pier.",
    "The ledger, which revealed that the port is poor, burnt.",
    "The group, whose expressed aim is peace, left.",
    "Captain Tern called on Gull to discuss the fire.",
    "He joined the crew, adding to its strength.",
    "All figures continue to indicate a storm.",
    # the present of deeds, and nouns
    "For the rest see para 3.",
    "Gull hails from Port Amber.",
    "Crews found two suspected leaks.",
    "Tern swore in the keepers.",
    "Gull declared war on rain.",
    "That said, the pier is old.",
    "He put the lamps on the pier.",
    "He focused on lamps.",
    "Gull raised the flag with a rope.",
    "The U.S. embassy believes that it will rain.",
    "According to the treaty, the port is closed.",
]


@pytest.mark.parametrize("sentence", SAYS)
def test_a_sentence_reports_by_its_words(sentence: str) -> None:
    assert says(sentence)


@pytest.mark.parametrize("sentence", NARRATES)
def test_what_the_author_tells_is_no_report(sentence: str) -> None:
    assert not says(sentence)


def reported(text: str) -> list[Span]:
    return reported_of(layout(Reading(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '1. (C) "We shall not leave the port.  Nobody will."  It rained.\n',
            ['"We shall not leave the port.', 'Nobody will."'],
        ),
        (
            '1. (C) ""We shall not leave it."" It "rained" ""here"" and there.\n',
            ['""We shall not leave it.""'],
        ),
        ("1. (C) He is an “old hand” here.  It rained.\n", []),
        ('1. (C) They sang "A Lamp on the Pier" there.\n', []),
        (
            "1. (C) It was &the best of all ports8.  It rained.\n",
            ["It was &the best of all ports8."],
        ),
        ('1. (C) He sought "experts," and sold "fish."  It rained.\n', []),
        ('1. (C) It was a "storm in a glass" again.  It rained.\n', []),
        ('1. (C) So he is.  "They are not untouchable."\n', ['"They are not untouchable."']),
        # one mark is lost
        (
            '1. (C) "We shall never leave the port.  It rained.  "No," he left.\n',
            ['"We shall never leave the port.'],
        ),
        (
            '1. (C) The paper on May 8: "The port will never be the same.  It rained.\n',
            ['The paper on May 8: "The port will never be the same.'],
        ),
        (
            '1. (C) Nobody will ever leave the port."  It rained.\n',
            ['Nobody will ever leave the port."'],
        ),
        # No text may hang: each short word was once tried in two ways.
        (
            f'1. (C) The list was "{"4 B " * 40}and so on again".  It rained.\n',
            [f'The list was "{"4 B " * 40}and so on again".'],
        ),
        ("1. (C) Tern\nsaid no.\n2. (C) It rained.\n", ["Tern\nsaid no."]),
        ("PORT SAID\n---------\n\n1. (C) It rained.\n", []),
        ("1. (C) He said so.  She said yes.  It rained.\n", ["He said so.", "She said yes."]),
        # a lost blank before a redaction: the author's judgment is no source's
        (
            "1. (C) Tern said so.XXXXXXXXXXXX is a liar.  It rained.\n",
            ["Tern said so."],
        ),
        ("1. (C) It rained.xxxxxxxxxxxx said no.\n", ["xxxxxxxxxxxx said no."]),
        ("1. (C) He asked Mr.XXXXXXXXXXXX for it.\n", ["He asked Mr.XXXXXXXXXXXX for it."]),
    ],
)
def test_what_is_said_or_quoted_reports(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in reported(text)] == expected


def test_a_page_break_is_no_part_of_a_sentence() -> None:
    text = "1. (C) Tern said that\n\nPORT AMBER 00000140  002 OF 003\n\nfish are dear.  So.\n"
    assert [layout(Reading(text)).text[a:b].split() for a, b in reported(text)] == [
        ["Tern", "said", "that", "fish", "are", "dear."]
    ]


@given(st.text('Ab said"“”&8. \n1(C)', max_size=200))
def test_reported_sentences_lie_within_the_text_in_order(text: str) -> None:
    spans = reported(text)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


_PARTS = """
Tern we said said, (noted) states States that the claims, claims port it, told us expect toXXXXXXXX
port--Tern port\\\\said xxxxxxxxsaid Amber—said "We leave.” &port "said" rained. Nobody asked
""".split()


@given(st.lists(st.sampled_from(_PARTS), max_size=20))
def test_the_first_word_that_follows_its_rule_decides(parts: list[str]) -> None:
    words = Words(" ".join(parts))
    reporting = [
        at
        for at, word in enumerate(words.stripped)
        if word in TRIGGERS and TRIGGERS[word](words, at) and not words.is_name(at)
    ]
    expected = bool(reporting) and (not words.is_guess() or words.is_aside(reporting[0]))
    assert says(" ".join(parts), glued=False) == expected


@given(st.lists(st.sampled_from(_PARTS), max_size=20))
def test_the_signs_of_another_paragraph_change_nothing(parts: list[str]) -> None:
    text = "1. (C) " + " ".join(parts)
    plain, signed = (f"{text}\n\n2. (C) It {each}.\n" for each in ("rained", '-- xxxx XXXX “…" &'))
    spans = [[span for span in reported(each) if span[0] < len(text)] for each in (plain, signed)]
    assert spans[0] == spans[1]

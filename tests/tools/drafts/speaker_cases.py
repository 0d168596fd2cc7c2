"""Sentences of drafts with the verdict of a careful fact-checker, written before any rule.

All sentences and the cable are fictional. The verdict is `wrong` if the sentence gives the quoted
words to another speaker than the cable does, and `right` if it does not. `claim` is the speaker
that the sentence itself claims for the words: the embassy as their judge, a source, or neither,
because it only passes them on (`the embassy reported`) or leaves that open (`he said`).

The rule was first run on the sentences whose `zlib.crc32` is a multiple of 4 when it was finished.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from tests.archive.fiction import Fiction

QUOTED = {
    "source": "the courts could not touch the owners because of the lack of independence of judges",
    "comment": "The owners have more to fear from their creditors than from any judge",
    "narration": "The northern pier was closed on March 3 after the second storm of the month",
    "officer": "Washington would not pay for a pier that nobody used in winter",
    "doubt": "we doubt that anyone has asked them about the northern pier",
    "before": "eleven years as a fisherman on the northern coast",
    "frame": "Zellou said that he would rather sell lamps than boats",
}
"""Words of the cable by who speaks there."""
CABLE = Fiction(
    "09RABAT21",
    text=(
        f"{QUOTED['narration']}.\n\n"
        f"2. (C) Harbor master Karim Zellou told us that {QUOTED['source']} whom he had met.\n\n"
        f"3. (C) The Ambassador told Zellou that {QUOTED['officer']}.\n\n"
        f"4. (C) Zellou predicted that the insurers would pay, but {QUOTED['doubt']}.\n\n"
        f"5. (C) After {QUOTED['before']}, {QUOTED['frame']}.\n\n"
        f"6. (C) Comment: {QUOTED['comment']} in the province. End comment.\nGRAY"
    ),
)


class Case(NamedTuple):
    """A sentence of a draft."""

    voice: str
    """A name of `QUOTED`."""
    claim: Literal["embassy", "source", ""]
    verdict: Literal["wrong", "right"]
    draft: str
    """Text with `{q}` in place of the quoted words."""


CASES = [
    # The words are a source's, and the draft gives them to the embassy.
    Case("source", "embassy", "wrong", "The embassy judged that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "“{q},” the embassy concluded (09RABAT21)."),
    Case("source", "embassy", "wrong", "According to the embassy, “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "In the embassy's view, “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "American diplomats believed that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "U.S. diplomats in Rabat warned that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "In 09RABAT21 the embassy commented that “{q}”."),
    Case("source", "embassy", "wrong", "The embassy's own assessment was blunt: “{q}” (09RABAT21)"),
    Case("source", "embassy", "wrong", "U.S. Ambassador Gray argued that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "Gray, the ambassador, thought that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The consulate considered that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The embassy said “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "In its comment the embassy added that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The cable concludes that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The cable's author was convinced that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The author of the cable believes that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The embassy was sure that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "It was the embassy's opinion that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "The embassy, which had watched the port for years, found that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "As the embassy put it, “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "The embassy met Zellou twice. It judged that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "The embassy met Zellou twice and judged that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The embassy's verdict:\n\n> {q}\n— 09RABAT21"),
    Case("source", "embassy", "wrong", "Washington's envoys feared that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "American officials in Rabat predicted that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The Americans thought that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "After long talks with Zellou, the embassy concluded that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "Zellou blamed the owners; the embassy saw that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "“{q},” warned the embassy in 09RABAT21."),
    Case("source", "embassy", "wrong", "“{q},” according to the U.S. embassy (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "The embassy's political officer thought “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong", "The Rabat embassy complained that “{q}” (09RABAT21)."),
    Case("source", "embassy", "wrong",
         "The minister was pleased, but the embassy feared that “{q}” (09RABAT21)."),
    # The words are a source's, and the draft says so, passes them on, or claims nothing.
    Case("source", "source", "right", "Zellou told the embassy that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "“{q},” Zellou told American diplomats (09RABAT21)."),
    Case("source", "", "right", "The embassy reported that “{q}” (09RABAT21)."),
    Case("source", "", "right", "The embassy wrote that “{q}” (09RABAT21)."),
    Case("source", "", "right", "“{q},” the diplomats wrote (09RABAT21)."),
    Case("source", "", "right", "The cable says that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The embassy reported Zellou as saying that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The embassy quoted a harbor master as saying “{q}” (09RABAT21)."),
    Case("source", "source", "right", "A source told the embassy that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "The embassy was told that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "The embassy heard from a contact that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "The embassy learned that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "A contact of the embassy said that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "A source of the U.S. consulate in Rabat complained that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The man whom the embassy trusted most said that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The embassy noted Zellou's complaint that “{q}” (09RABAT21)."),
    Case("source", "", "right", "The embassy doubted that “{q}” (09RABAT21)."),
    Case("source", "", "right", "The embassy did not believe that “{q}” (09RABAT21)."),
    Case("source", "", "right", "The embassy dismissed the claim that “{q}” (09RABAT21)."),
    Case("source", "", "right", "The embassy asked whether “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "According to Zellou, “{q}”, the embassy reported (09RABAT21)."),
    Case("source", "source", "right", "According to a source of the embassy, “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The harbor master, the embassy wrote, was sure that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "Zellou's words, which the embassy sent to Washington, were: “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "In a meeting at the embassy, Zellou said that “{q}” (09RABAT21)."),
    Case("source", "", "right", "The embassy agreed with Zellou that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "Zellou had told the ambassador that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The embassy judged Zellou a serious man. “{q},” he said (09RABAT21)."),
    Case("source", "", "right", "The owners were not afraid, and “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "“{q}” is how Zellou described it to the embassy (09RABAT21)."),
    Case("source", "source", "right",
         "The embassy judged the port to be lost. Zellou agreed: “{q}” (09RABAT21)."),
    Case("source", "source", "right", "The embassy summarized Zellou's fears: “{q}” (09RABAT21)."),
    Case("source", "source", "right", "The French embassy judged that “{q}” (09RABAT21)."),
    Case("source", "", "right",
         "The embassy believed in the port. Its harbor master did not: “{q}” (09RABAT21)."),
    Case("source", "source", "right", "Embassy sources said that “{q}” (09RABAT21)."),
    Case("source", "source", "right", "The embassy's contacts feared that “{q}” (09RABAT21)."),
    Case("source", "source", "right",
         "The embassy judged the minister's claim that “{q}” to be false (09RABAT21)."),
    Case("source", "", "right", "The embassy judged the port to be lost.\n\n> {q}\n— 09RABAT21"),
    Case("source", "source", "right",
         "The embassy judged him an honest man. He said that “{q}” (09RABAT21)."),
    # The words are the embassy's comment, and the draft gives them to a source.
    Case("comment", "source", "wrong", "Zellou told the embassy that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "“{q},” Zellou said (09RABAT21)."),
    Case("comment", "source", "wrong", "According to Zellou, “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "A source said that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "A source told American diplomats that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "The harbor master complained that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong",
         "The embassy reported Zellou as saying that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong",
         "The embassy quoted a harbor master as saying “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "“{q},” said the harbor master (09RABAT21)."),
    Case("comment", "source", "wrong", "The embassy was told that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "In Zellou's view, “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "A Moroccan official explained that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "Moroccan officials admitted that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong",
         "The minister warned the ambassador that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong",
         "One contact of the embassy put it bluntly: “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "Businessmen in Rabat believe that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "The French embassy judged that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong",
         "The harbor master told the Americans:\n\n> {q}\n— 09RABAT21"),
    Case("comment", "source", "wrong", "According to the minister's aide, “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong",
         "Zellou, who once worked for the embassy, said that “{q}” (09RABAT21)."),
    Case("comment", "source", "wrong", "“{q},” according to the harbor master (09RABAT21)."),
    Case("comment", "source", "wrong", "As Zellou put it, “{q}” (09RABAT21)."),
    # The words are the embassy's comment, and the draft says so or claims nothing.
    Case("comment", "embassy", "right", "The embassy judged that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right", "“{q},” the embassy commented (09RABAT21)."),
    Case("comment", "", "right", "The embassy wrote that “{q}” (09RABAT21)."),
    Case("comment", "", "right", "The cable says that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right", "Ambassador Gray thought that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right", "Gray warned that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right", "U.S. officials believed that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right", "The embassy told Washington that “{q}” (09RABAT21)."),
    Case("comment", "", "right",
         "The ambassador wrote the comment himself. He thought that “{q}” (09RABAT21)."),
    Case("comment", "", "right", "The diplomats added: “{q}” (09RABAT21)."),
    Case("comment", "", "right", "The ambassador judged that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right",
         "The author of the cable commented that “{q}” (09RABAT21)."),
    Case("comment", "", "right", "The embassy disagreed with Zellou: “{q}” (09RABAT21)."),
    Case("comment", "", "right", "The embassy did not share Zellou's fear: “{q}” (09RABAT21)."),
    Case("comment", "", "right",
         "Zellou was afraid of the owners. The embassy was not: “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right",
         "Zellou blamed the courts; the embassy thought that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right",
         "After talking to Zellou, the embassy concluded that “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right",
         "“{q},” the embassy said of what Zellou had told it (09RABAT21)."),
    Case("comment", "", "right", "Zellou had reasons to be afraid: “{q}” (09RABAT21)."),
    Case("comment", "", "right", "Zellou was told that “{q}” (09RABAT21)."),
    Case("comment", "", "right", "Zellou denied that “{q}” (09RABAT21)."),
    Case("comment", "", "right",
         "The owners were rich. They laughed at judges, and “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right",
         "Zellou, the embassy thought, was wrong: “{q}” (09RABAT21)."),
    Case("comment", "embassy", "right",
         "Zellou spoke of judges, but the embassy believed that “{q}” (09RABAT21)."),
    # Nothing in the cable says who speaks, or the sentence has several voices.
    Case("narration", "embassy", "right", "The embassy judged that “{q}” (09RABAT21)."),
    Case("narration", "source", "right", "Zellou said that “{q}” (09RABAT21)."),
    Case("officer", "embassy", "right", "The embassy told Zellou that “{q}” (09RABAT21)."),
    Case("officer", "embassy", "right", "U.S. Ambassador Gray warned that “{q}” (09RABAT21)."),
    Case("doubt", "embassy", "right", "The embassy was sceptical: “{q}” (09RABAT21)."),
    Case("doubt", "embassy", "right", "The embassy said “{q}” (09RABAT21)."),
    Case("before", "embassy", "right", "The embassy said he had “{q}” behind him (09RABAT21)."),
    Case("frame", "embassy", "right", "The embassy noted that “{q}” (09RABAT21)."),
]  # fmt: skip

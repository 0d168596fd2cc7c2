"""The verbs of saying, grouped by their rules in `words_of_saying`."""

from __future__ import annotations

from pathlib import Path

from cable_tui.glossary.tables import word_lists

_LISTS = word_lists("verbs_of_saying", Path(__file__).parent / "data")

SPOKE = _LISTS["SPOKE"]
"""Verbs that take no person as an object, so their past forms always have a speaker."""
SPOKE_OF = _LISTS["SPOKE_OF"]
"""Verbs for saying something about something, or to someone."""
SPOKE_TO = _LISTS["SPOKE_TO"]
"""Verbs that need an object: `accused of fraud` is not a report, whoever the accused is."""
PERFORMED = _LISTS["PERFORMED"]
"""Verbs for acts that need no words; they make a report only if the speaker precedes them."""
FACTS = _LISTS["FACTS"]
"""Verbs in `SPOKE_OF` and `SPOKE_TO` that also take facts as subjects."""
SAID_BY = _LISTS["SAID_BY"]
"""Verbs that make a report even in the passive, if `by` names the speaker."""
FACTS_BY = _LISTS["FACTS_BY"]
"""Verbs that do not make a report in the passive, even if `by` names the speaker."""
JUDGED = _LISTS["JUDGED"]
"""Verbs that make a report even without `was`: `a plan described by Tern as mad`."""
THAT = _LISTS["THAT"]
"""Forms that are also nouns, so a clause must follow."""
TOLD_THAT = _LISTS["TOLD_THAT"]
"""Verbs that make a report only if a clause follows."""
SAYS = _LISTS["SAYS"]
SAYS_OF = _LISTS["SAYS_OF"]
"""Verbs for saying something about something; others are derived from the past forms."""
SAY_OF = _LISTS["SAY_OF"]
"""Forms without an ending, whose subject must be plural."""
SAY = _LISTS["SAY"]
"""Forms without an ending, as in `they say`."""
SPEAKING = _LISTS["SPEAKING"]
"""Words in `SAYING` that may follow `by`."""
MEAN = _LISTS["MEAN"]
"""Verbs in `SAY` that need no known subject."""
TO_SAY = _LISTS["TO_SAY"]
"""Forms without an ending that, like the `stems`, make a report after a verb such as `go on to`."""
SAYING = _LISTS["SAYING"]
"""Forms as in `he left, saying that ...`; others are derived from the past forms."""
SAYING_THAT = _LISTS["SAYING_THAT"]
"""Words that make a report only if a clause follows."""
TELLING = _LISTS["TELLING"]
"""Words in `SAYING` that also take documents as subjects."""
SHOWING = TELLING | {"highlighting", "echoing", "welcoming"}
"""Words in `SAYING` that also take facts as subjects."""
SURE = _LISTS["SURE"]
"""Adjectives that make a report, as in `he was concerned that ...`."""
SURE_OF = _LISTS["SURE_OF"]
"""Adjectives that also describe objects, unless a clause follows."""


UNDERTAKES = _LISTS["UNDERTAKES"]
"""Verbs that make a report before `to`, as in `Tern refuses to leave`."""
DEEDS = _LISTS["DEEDS"]
"""Verbs whose other forms are also nouns or words for acts."""
NOUNS = _LISTS["NOUNS"]
"""Forms that are also nouns, which have their own rule."""


def stems(past: str) -> list[str]:
    """Return the possible base forms of a past form, such as `deny`; some of them are not words."""
    if past.endswith("ied"):
        return [past[:-3] + "y", past[:-3] + "ie"]
    return [past[:-1], past[:-2], *([past[:-3]] if past[-4] == past[-3] else ())]

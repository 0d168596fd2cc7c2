"""The words around a verb of saying: who speaks, and what makes it a participle or a noun."""

from __future__ import annotations

from pathlib import Path

from cable_tui.glossary.tables import word_lists

_LISTS = word_lists("words_around", Path(__file__).parent / "data")

BE = _LISTS["BE"]
TIMES = _LISTS["TIMES"]
WHICH = _LISTS["WHICH"]
LENGTH = _LISTS["LENGTH"]
LED_FROM = _LISTS["LED_FROM"]
MANY = _LISTS["MANY"]
MESSAGES = _LISTS["MESSAGES"]
SEEN = _LISTS["SEEN"]
PEOPLES = ("dutch", "british", "french", "spanish", "swiss", "irish", "danish", "welsh", "ese")
MONTHS = _LISTS["MONTHS"]
VERY = _LISTS["VERY"]
SEEMED = _LISTS["SEEMED"]
MODALS = _LISTS["MODALS"]
DETERMINERS = _LISTS["DETERMINERS"]
PREPOSITIONS = _LISTS["PREPOSITIONS"]
CONJUNCTIONS = _LISTS["CONJUNCTIONS"]
NO_VERB_BEHIND = (
    BE
    | MODALS
    | DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | {"not", "never", "please", "summary", "comment", "note", "and/or"}
)
"""Words before a verb form that show that no one is speaking."""
AUTHOR = _LISTS["AUTHOR"]
CONTRACTED = _LISTS["CONTRACTED"]
HELPS = _LISTS["HELPS"]
ADVERBS = _LISTS["ADVERBS"]
NO_ADVERB = _LISTS["NO_ADVERB"]
PRONOUNS = _LISTS["PRONOUNS"]
SOME = _LISTS["SOME"]
PERSONS = _LISTS["PERSONS"]
OFFERS = _LISTS["OFFERS"]
ASSURANCES = _LISTS["ASSURANCES"]
TOPICS = _LISTS["TOPICS"]
VIEWS = _LISTS["VIEWS"]
TENDS = _LISTS["TENDS"]
PAPERS = _LISTS["PAPERS"]
BRIEFINGS = _LISTS["BRIEFINGS"]
ACCOUNTS = _LISTS["ACCOUNTS"]
PROTESTS = _LISTS["PROTESTS"]
LISTENERS = _LISTS["LISTENERS"]
ELSEWHERE = _LISTS["ELSEWHERE"]
"""Words after a participle that refer to a passage or cable, as in `reported below`."""
SHOW = _LISTS["SHOW"]
SHOWS = _LISTS["SHOWS"]
"""Verbs that take facts as well as people as subjects."""
CLAUSE = _LISTS["CLAUSE"]
ABOUT = _LISTS["ABOUT"]
SUBJECTS = _LISTS["SUBJECTS"]
HEARD = _LISTS["HEARD"]
FEELINGS = _LISTS["FEELINGS"]
DOUBTS = _LISTS["DOUBTS"]
STATEMENTS = _LISTS["STATEMENTS"]
CLAIMS = _LISTS["CLAIMS"]
POSTS = _LISTS["POSTS"]
PERHAPS = _LISTS["PERHAPS"]
"""Adverbs that mark a guess by the author."""
CONCERNS = _LISTS["CONCERNS"]
JUDGED = _LISTS["JUDGED"]
CAUSED = _LISTS["CAUSED"]
EAGER = _LISTS["EAGER"]
"""Words before `to say` that show that someone does say it."""
CALLED_UP = _LISTS["CALLED_UP"]
BEGUN = _LISTS["BEGUN"]
LED_IN = _LISTS["LED_IN"]
"""Words before `saying` that show that its subject is elsewhere in the sentence."""
HOLD = _LISTS["HOLD"]
SUPPOSES = _LISTS["SUPPOSES"]
COURTS = _LISTS["COURTS"]
ROUGHLY = _LISTS["ROUGHLY"]
"""Prepositions that a number may follow as the object of a verb: `over 30 boats`."""
NO_SAYING = (
    "claiming victory",
    "claiming credit",
    "claiming responsibility",
    "adding to",
    "calling the",
)
VISITS = _LISTS["VISITS"]
"""Words for the purpose of a visit, which show that `called on` is not a request."""
RULES = _LISTS["RULES"]
"""Words after `according to` that are not speakers."""
PHRASES = dict(entry.split(":") for entry in _LISTS["PHRASES"])
"""Words that are verbs of saying only before certain words, each with those words."""
PARTICIPLES = dict(entry.split(":") for entry in _LISTS["PARTICIPLES"])
"""Participles, each with the words that may follow it, as in `he left, ruling out a sale`."""
NO_NAME = PREPOSITIONS | CLAUSE | MODALS
"""Capitalized words that are not names."""

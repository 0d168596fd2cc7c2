"""The words by which a draft identifies the speaker: verbs, speakers and statements."""

from __future__ import annotations

from typing import Literal

VerbKind = Literal["say", "pass", "doubt", "agree", "ask", "hear"]
"""The type of a verb, by what it implies about the subject. Say: the words or thoughts are the
subject's own. Pass: they may be another person's. Doubt, ask: the subject does not claim them.
Agree: they are another person's, and perhaps the subject's. Hear: another person says them to the
subject.
"""


def _forms(regular_verbs: str, other_forms: str) -> frozenset[str]:
    verb_forms = set(other_forms.split())
    for verb in regular_verbs.split():
        verb_forms |= {verb, f"{verb}s"}
        if verb.endswith("e"):
            verb_forms |= {f"{verb}d", f"{verb[:-1]}ing"}
        elif verb.endswith("y") and verb[-2] not in "aeou":
            verb_forms |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
        else:
            verb_forms |= {f"{verb}ed", f"{verb}ing", f"{verb}es"}
    return frozenset(verb_forms)


JUDGES = _forms(
    "judge conclude assess believe comment argue opine warn suspect fear predict doubt", ""
)
"""Verbs that can have a cable as their subject, because its author judges."""
_SAY = JUDGES | _forms(
    "consider expect reckon maintain insist contend caution estimate worry hope state claim add"
    " call describe remark observe note explain complain acknowledge declare announce suggest"
    " stress emphasize emphasise affirm confirm answer reply respond joke lament boast promise"
    " regret concede assume realize realise reveal recall assert imagine exclaim speculate"
    " contemplate groan grumble protest counter inform remind threaten",
    "say says said saying think thinks thought thinking tell tells told telling feel feels felt"
    " find finds found see sees saw hold holds held put puts admit admits admitted admitting"
    " swear swears swore foresee foresees foresaw",
)
_KINDS: dict[VerbKind, frozenset[str]] = {
    "say": _SAY,
    "pass": _forms(
        "report relay cable record quote cite recount summarize summarise forward transmit mention"
        " outline document paraphrase repeat",
        "write writes wrote written writing send sends sent pass passes passed",
    ),
    "doubt": _forms(
        "doubt dispute reject dismiss question mock ridicule discount disagree contradict refute"
        " ignore challenge",
        "deny denies denied denying",
    ),
    "agree": _forms("agree share concur accept echo endorse", ""),
    "ask": _forms("ask wonder inquire enquire", ""),
    "hear": _forms("learn gather", "hear hears heard hearing learnt"),
}
VERBS: dict[str, VerbKind] = {verb: kind for kind, verbs in _KINDS.items() for verb in verbs}
"""Each form of a verb with its type; a verb of two types has the later one."""
TOLD = frozenset("told informed warned assured advised reminded promised".split())
"""Verbs that are used as in `the embassy was told`."""
QUOTES = _forms("quote report cite describe", "")
STATEMENTS = frozenset(
    "assessment view views verdict judgment judgement opinion conclusion words account complaint"
    " complaints claim claims fear fears comment comments statement remark remarks impression"
    " belief conviction warning analysis explanation argument prediction answer reply eyes".split()
)
"""Nouns whose possessor is the speaker, as in `the embassy's view`."""
SURE = frozenset(
    "sure convinced certain confident adamant sceptical skeptical afraid optimistic pessimistic"
    " worried".split()
)
OFFICES = frozenset("embassy embassies consulate mission legation".split())
OFFICERS = frozenset(
    "ambassador ambassadors diplomat diplomats envoy envoys official officials officer officers"
    " consul chargé charge dcm attaché attache staff staffer staffers".split()
)
SECTIONS = frozenset("section team attaché attache chief deputy counselor counsellor".split())
"""Parts of an embassy that speak for it."""
SOURCES = frozenset(
    "source sources contact contacts interlocutor interlocutors informant informants friend friends"
    " critic critics guest guests visitor visitors".split()
)
"""People around an embassy who do not speak for it."""
AMERICAN = frozenset("u.s american america washington".split())
AUTHORS = frozenset("author authors drafter drafters writer writers".split())
CABLES = frozenset("cable cables telegram telegrams dispatch dispatches".split())
PRONOUNS = frozenset("he she they it".split())
OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
OPEN = frozenset(
    "i we you one some many most others nobody someone somebody everyone anyone this that these"
    " those there who what which none both all article study report paper papers document documents"
    " memo letter file note message text passage paragraph sentence summary entry comment leak"
    " leaks newspaper book record records state department washington government administration"
    " people history latter former post".split()
)
"""Subjects that may be on either side, or that are not speakers."""
ARTICLES = frozenset("the a an".split())
DETERMINERS = ARTICLES | frozenset(
    "own same very another other every each its his her their several two three".split()
)
BE = frozenset("be is are was were been being remained remains seemed".split())
BETWEEN = frozenset("also once again then later first often".split())
_AUXILIARIES = frozenset("had has have did does do would could should will can may might".split())
VERBAL = (
    BE
    | _AUXILIARIES
    | frozenset(
        "met went came knew took gave left kept made got spoke wrote sent also then later once"
        " never still even again and".split()
    )
)
"""Words after which a subject does not continue."""
CUTS = frozenset(
    ", of in at from for to with near on by about whom who which that as than — –".split()
)
"""Words at which the noun of a speaker ends."""
LEADS = frozenset(
    "so but and yet then still also thus later meanwhile instead now here however finally soon"
    " again once often in at on during after before when as for with from by since until despite"
    " over under".split()
)
"""Words before a subject, alone or in a phrase."""
RELATIVES = frozenset("which who whom whose".split())
CONJUNCTIONS = frozenset("and but while though although whereas yet so".split())

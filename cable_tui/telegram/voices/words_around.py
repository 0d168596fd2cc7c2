"""The words around a verb of saying: who speaks, and what makes it a participle or a noun."""

from __future__ import annotations

BE = frozenset("be is are been being was were am become became".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
SEEMED = frozenset("seemed appeared remained remains sounded seems appears".split())
MODALS = frozenset("will would may might can could should must shall cannot to".split())
DETERMINERS = frozenset(
    "a an the its their his her our my your this these those no any some every such newly "
    "so-called other least most best".split()
)
PREPOSITIONS = frozenset(
    "of in on for with at by from about against despite under over between among during through "
    "via without within toward towards as since than into regarding concerning above below upon "
    "throughout near per".split()
)
CONJUNCTIONS = frozenset("when if while once though although unless whether".split())
NO_VERB_BEHIND = (
    BE
    | MODALS
    | DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | {"not", "never", "please", "summary", "comment", "note", "and/or"}
)
"""Words before a participle: nobody speaks."""
AUTHOR = frozenset("i we post embassy mission consulate congen usint usg".split())
CONTRACTED = frozenset("he she it who that there what".split())
HELPS = frozenset("have has had also again having".split())
ADVERBS = frozenset(
    "then later once further furthermore still even just only soon first next always often "
    "sometimes instead both themselves himself herself itself twice moreover therefore "
    "nevertheless nonetheless however too all each much well long".split()
)
NO_ADVERB = frozenset("family ally italy july assembly monopoly supply reply".split())
PRONOUNS = frozenset("he she they who it others another some many most both".split())
PERSONS = frozenset(
    "ambassador minister president charge dcm chairman secretary director chief general governor "
    "mayor senator king prince amir emir sultan sheikh leader head deputy spokesman spokesperson "
    "spokeswoman official officer contact source interlocutor advisor adviser counselor counsellor "
    "representative member colleague host delegate delegation attendee participant observer "
    "analyst expert journalist editor economist lawyer judge professor student activist dissident "
    "poloff econoff emboff conoff pao rso poloffs emboffs visitor speaker commissioner envoy "
    "parliamentarian mp congressman candidate businessman banker executive manager owner farmer "
    "worker politician opposition government ministry party press media newspaper embassy company "
    "premier chancellor pm fm cdr commander admiral colonel bishop cardinal pope priest imam "
    "woman man men women people person friend brother son wife daughter father counterpart "
    "staffer aide assistant attorney prosecutor diplomat negotiator attache report article "
    "statement letter survey paper study document memorandum editorial ngo group union commission "
    "committee council russia china side officials contacts".split()
)
THESES = frozenset("that point points assessment view views analysis argument".split())
OFFERS = frozenset(
    "assurances assurance assessment advice explanation insight insights praise congratulations "
    "suggestions recommendations condolences his her that no".split()
)
LISTENERS = frozenset(
    "us post poloff poloffs emboff emboffs econoff econoffs ambassador dcm charge conoff congenoff "
    "conoffs reporters journalists".split()
)
ELSEWHERE = frozenset("septel reftel septels reftels above below here ref refs".split())
"""Words behind a participle that say where something can be read."""
SHOWS = frozenset("suggests indicates implies confirms reports".split())
"""What facts do too, not only people."""
CLAUSE = frozenset(
    "that he she it they there this these those his her their its the a an no any some most many "
    "if whether what how why such all one".split()
)
SUBJECTS = frozenset("he she it they there".split())
HEARD = frozenset("said reported alleged rumored claimed told suggested noted stated".split())
FEELINGS = frozenset(
    "appreciation concern concerns hope hopes interest gratitude regret doubt doubts skepticism "
    "support confidence satisfaction dissatisfaction optimism frustration surprise desire "
    "willingness disappointment sympathy condolences belief view views readiness reservations "
    "pessimism displeasure discomfort anger thanks outrage dismay conviction opinion fear fears "
    "objection objections unease enthusiasm reluctance worry worries relief admiration opposition "
    "intention pride misgivings bewilderment puzzlement alarm solidarity preference determination "
    "irritation annoyance".split()
)
DOUBTS = frozenset("skepticism concern concerns objection objections doubt doubts".split())
STATEMENTS = frozenset(
    "clear statement statements argument arguments observation observations claim claims remark "
    "remarks comment comments assertion assertions appeal plea allegation allegations accusation "
    "accusations point points promise promises pledge".split()
)

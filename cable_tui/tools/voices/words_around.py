"""The words around a verb of saying: who speaks, and what makes it a participle or a noun."""

from __future__ import annotations

BE = frozenset(
    "be is are been being was were am become became isn't aren't wasn't weren't isn’t aren’t "
    "wasn’t weren’t".split()
)
TIMES = frozenset("day week month year morning afternoon evening night weekend".split())
WHICH = frozenset("last this that same next following previous".split())
LENGTH = frozenset("length detail depth terms".split())
LED_FROM = frozenset("in from by".split())
MANY = frozenset("they many most some others who people police media press".split())
MESSAGES = frozenset("message messages letter note word email signal signals".split())
SEEN = frozenset(
    "room little few potential value merit benefit reason need prospects prospect hope chance "
    "opportunity opportunities danger risk".split()
)
PEOPLES = ("dutch", "british", "french", "spanish", "swiss", "irish", "danish", "welsh", "ese")
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
VERY = frozenset("very extremely more quite somewhat most less not".split())
SEEMED = frozenset("seemed appeared remained remains sounded seems appears".split())
MODALS = frozenset("will would may might can could should must shall cannot to".split())
DETERMINERS = frozenset(
    "a an the its their his her our my your whose this these those no any some every such newly "
    "so-called other least most best".split()
)
PREPOSITIONS = frozenset(
    "of in on for with at by from about against despite under over between among during through "
    "via without within toward towards as since than into regarding concerning above below upon "
    "throughout near per after before until across along amid amidst around behind beyond inside "
    "outside alongside including like".split()
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
AUTHOR = frozenset(
    "i we post embassy mission consulate congen usint usg reftel septel series".split()
)
CONTRACTED = frozenset("he she it who that there what".split())
HELPS = frozenset("have has had also again having did does do now".split())
ADVERBS = frozenset(
    "then later once further furthermore still even just only soon first next always often "
    "sometimes already instead both themselves himself herself itself twice moreover therefore "
    "nevertheless nonetheless thus however too all each much well long since here alike".split()
)
NO_ADVERB = frozenset("family ally italy july assembly monopoly supply reply".split())
PRONOUNS = frozenset("he she they who it others another some several many most both".split())
SOME = frozenset("others some several many most both".split())
PERSONS = frozenset(
    "ambassador minister president charge dcm chairman secretary director chief general governor "
    "mayor senator king prince amir emir sultan sheikh leader head deputy spokesman spokesperson "
    "spokeswoman official officer contact source interlocutor advisor adviser counselor "
    "counsellor representative member colleague host delegate delegation attendee participant "
    "observer analyst expert journalist editor economist lawyer judge professor student activist "
    "dissident poloff econoff emboff conoff pao rso poloffs emboffs visitor speaker commissioner "
    "envoy parliamentarian mp congressman candidate businessman banker executive manager owner "
    "farmer worker politician opposition government ministry party press media newspaper embassy "
    "company premier chancellor pm fm cdr commander admiral colonel bishop cardinal pope priest "
    "imam woman man men women people person friend brother son wife daughter father counterpart "
    "staffer aide assistant attorney prosecutor diplomat negotiator attache report article "
    "statement letter survey paper study document memorandum editorial ngo group union commission "
    "committee council russia china side officials contacts opponent supporter critic proponent "
    "pundit commentator respondent scholar academic scientist teacher doctor cleric refugee exile "
    "defector detainee prisoner defendant witness victim resident villager citizen organizer "
    "legislator lawmaker councilor informant emissary reporter columnist blogger trader investor "
    "donor insider retiree archbishop nuncio patriarch rabbi monk ceo dg vp whom subjects staff "
    "authority agency association militant rebel insurgent protester demonstrator family parent "
    "husband uncle cousin nephew niece relative neighbor employer employee investigator inspector "
    "auditor magistrate mediator dealer pilot captain fisherman rancher grower producer exporter "
    "importer contractor consultant specialist technician engineer historian psychologist "
    "psychiatrist author writer anchorman pollster strategist website police clergy military navy "
    "army personnel story team airline agent court tribunal panel board bureau department office "
    "directorate institute organization academy parliament congress senate assembly legislature "
    "majority community public populace panelist panellist voice interviewee questioner moderator "
    "presenter lecturer researcher intellectual broadcaster newscaster correspondent newsletter "
    "communique memo stakeholder shareholder supplier broker landowner industrialist entrepreneur "
    "manufacturer operator physician sociologist anthropologist statistician demographer "
    "criminologist jurist policeman policewoman soldier sergeant lieutenant brigadier marshal "
    "commandant warlord guerrilla combatant fighter jihadist islamist extremist terrorist "
    "smuggler trafficker kidnapper hostage captive inmate suspect sailor seafarer crew passenger "
    "neighbour applicant petitioner plaintiff appellant complainant migrant immigrant emigrant "
    "expatriate returnee evacuee chieftain tribesman sheik shaykh mullah ayatollah mufti preacher "
    "believer rightist leftist socialist nationalist separatist secessionist reformist reformer "
    "hardliner moderate loyalist partisan sympathizer backer ally adversary rival enemy "
    "challenger contender incumbent nominee appointee successor predecessor founder cofounder "
    "chair chairperson chairwoman undersecretary under-secretary subsecretary permrep consul "
    "interpreter translator bureaucrat technocrat functionary civilian voter councilman "
    "councilwoman councillor prefect intendant commissar cabinet junta regime administration "
    "faction camp wing bloc coalition alliance federation confederation syndicate guild chamber "
    "charity nonprofit think-tank thinktank university school".split()
)
OFFERS = frozenset(
    "assurances assurance assessment advice explanation insight insights praise congratulations "
    "suggestions recommendations condolences analysis comments thanks caution readout overview "
    "example his her that no assistance help forecast prediction estimate opinion view".split()
)
ASSURANCES = frozenset(
    "assurances assurance clarification confirmation explanation explanations advice "
    "guidance assessment views reaction".split()
)
TOPICS = frozenset(
    "challenge issue issues question questions need possibility matter prospect topic subject "
    "case cases idea information status reports points importance allegations threat impact "
    "impacts role".split()
)
VIEWS = frozenset(
    "view views account opinion opinions thoughts perspective perspectives response responses "
    "suggestion suggestions recommendation recommendations impression impressions comments "
    "evaluation assessment explanation explanations analysis".split()
)
TENDS = frozenset("tend tends tended seemed appeared hesitate hesitated".split())
PAPERS = frozenset(
    "report reports survey study statement letter article release note paper cable "
    "email message editorial memo proclamation communique".split()
)
BRIEFINGS = frozenset(
    "details overview account presentation rationale readout read-out briefing rundown run-down "
    "update tour".split()
)
ACCOUNTS = frozenset("details detail information impressions impression assessment".split())
PROTESTS = frozenset(
    "statement denial apology warning appeal call complaint complaints protest criticism release "
    "proclamation communique declaration".split()
)
LISTENERS = frozenset(
    "us post poloff poloffs emboff emboffs econoff econoffs ambassador dcm charge conoff congenoff "
    "conoffs reporters journalists".split()
)
ELSEWHERE = frozenset("by via septel reftel septels reftels above below here ref refs".split())
"""Words after a participle that say where something can be read."""
SHOW = frozenset("suggest indicate confirm conclude note".split())
SHOWS = frozenset("suggests indicates implies confirms reports".split())
"""Verbs for facts as well as people."""
CLAUSE = frozenset(
    "that he she it they there this these those his her their its the a an no any some most many "
    "if whether what how why such all one other several both every".split()
)
ABOUT = frozenset("about over of to regarding which who".split())
SUBJECTS = frozenset("he she it they there".split())
HEARD = frozenset(
    "quoted said reported alleged rumored claimed told suggested noted stated".split()
)
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
    "reference references remarks comment demand demands comments assertion assertions appeal "
    "plea allegation allegations accusation accusations point points promise promises pledge "
    "offer request requests charge charges case pitch proposal proposals recommendation "
    "recommendations suggestion suggestions complaint complaints criticism criticisms".split()
)
CLAIMS = frozenset(
    "assertion assertions claims contention argument arguments statement statements allegation "
    "allegations accusation accusations complaint complaints insistence admission prediction "
    "denial warning warnings request requests promise pledge belief conviction impression "
    "suspicion expectation assumption feeling".split()
)
POSTS = frozenset("embassy consulate mission congen usun".split())
PERHAPS = frozenset(
    "likely probably presumably perhaps doubtless undoubtedly surely apparently evidently".split()
)
"""Words of the author's own guesses."""
CONCERNS = frozenset(
    "concern fear worry position message conclusion complaint accusation line contention "
    "argument judgment stance understanding guess advice answer response reply theory verdict "
    "refrain".split()
)
JUDGED = frozenset("be very best most too quite essential important unlikely".split())
CAUSED = frozenset("caused prompted led".split())
EAGER = frozenset(
    "keen quick fast careful eager first pains way opportunity occasion obliged".split()
)
"""Words before `to say`, for somebody who does say it."""
CALLED_UP = frozenset(
    "called phoned telephoned rang wrote emailed summoned approached contacted demarched "
    "took".split()
)
BEGUN = frozenset(
    "began begins opened opens closed closes concluded concludes ended ends started continued "
    "responded replied reacted".split()
)
LED_IN = frozenset("by in on while after before".split())
"""Words before `saying` whose subject is elsewhere."""
HOLD = frozenset("took taken takes take hold holds held expressed express shares share".split())
SUPPOSES = frozenset(
    "expect expects believe believes think doubt assume anticipate anticipates suspect should must "
    "hope need".split()
)
COURTS = frozenset(
    "court courts tribunal tribunals judge judges justices magistrate magistrates arbitrator "
    "arbitrators".split()
)
ROUGHLY = frozenset("about around over under near".split())
"""Prepositions that a number may follow, as the object of a verb."""
NO_SAYING = (
    "claiming victory",
    "claiming credit",
    "claiming responsibility",
    "adding to",
    "calling the",
)
VISITS = frozenset("discuss introduce review deliver present".split())
"""Reasons to call on somebody."""
RULES = frozenset("rules law laws constitution treaty schedule".split())
"""Words after `according to` that are not speakers."""
PHRASES = dict(
    entry.split(":")
    for entry in """
    ruled:out played:down spelled:out spoke:of,about,out,against,highly talked:of,about
    wrote:that,of,about turned:down shot:back pushed:for,back laid:out,blame chalked:up
    weighed:in written:that,of,about touched:on,upon sounded:off held:forth,firm summed:up
    pressed:for,on lobbied:for lashed:out put:forward took:issue,exception cast:doubt
    drew:attention,parallels paid:tribute brushed:aside,off shrugged:off worried:that,about
    expanded:on,upon dwelt:on dwelled:on harped:on ticked:off reeled:off rattled:off ran:through
    rules:out plays:down spells:out speaks:of,about,out,against,highly talks:of,about turns:down
    pushes:for lays:out,blame sums:up lashes:out puts:forward takes:issue,exception casts:doubt
    draws:attention,parallels brushes:aside,off shrugs:off touches:on,upon
""".split()
)
"""Words that make a verb of saying together with the next one."""
PARTICIPLES = dict(
    entry.split(":")
    for entry in "ruling:out,that playing:down casting:doubt drawing:attention taking:issue"
    " laying:out putting:forward lashing:out brushing:aside,off shrugging:off writing:that".split()
)
"""Participles, and the word after them, as in `he left, ruling out a sale`."""
NO_NAME = PREPOSITIONS | CLAUSE | MODALS
"""Words with a capital that are not names."""

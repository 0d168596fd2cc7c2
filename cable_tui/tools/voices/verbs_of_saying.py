"""The verbs of saying, by the rules of `words_of_saying`."""

from __future__ import annotations

SPOKE = """
    said stated commented remarked inquired queried complained joked quipped cracked groused boasted
    bragged insisted opined argued asserted speculated hinted disagreed concurred demurred retorted
    interjected elaborated pleaded appealed apologized exclaimed scoffed protested vowed countered
    ranted vented lectured mused intimated theorized posited surmised averred reasoned rejoined
    swore groaned sighed objected wondered contended trumpeted conjectured grumbled griped fumed
    gushed reckoned reminisced snapped shouted moaned whined bewailed fulminated thundered effused
    intoned remonstrated bristled chimed fretted quibbled philosophized sneered gloated agonized
    bellowed brooded carped chorused cavilled crowed declaimed despaired digressed editorialized
    equivocated exulted extrapolated fantasized howled inferred interposed inveighed marveled
    marvelled moralized mumbled murmured muttered nagged pontificated preached prevaricated
    prophesied rambled rejoiced rhapsodized ruminated sermonized snarled sniped snorted spluttered
    sputtered stammered temporized theorised vouched waffled wailed whimpered whinged yelled
""".split()
"""Verbs that take no person as an object: in the past such a verb has its speaker."""
SPOKE_OF = """
    told claimed explained stressed emphasized emphasised underscored underlined reiterated noted
    asked questioned urged warned cautioned predicted suggested implied confirmed denied
    acknowledged admitted conceded confided lamented declared announced pledged promised mentioned
    recounted advocated reported revealed disclosed signaled signalled conveyed advised affirmed
    reaffirmed recalled alleged observed railed repeated restated summarized summarised expounded
    begged demanded professed ventured confessed divulged stipulated specified foresaw foretold
    proffered referred alluded elucidated enunciated hypothesized postulated recited uttered
    reconfirmed whispered quizzed previewed cataloged avowed forewarned hypothesised
    prefaced propounded recapped recapitulated reemphasized rehashed reprised retold
""".split()
"""Verbs for saying something of something, or to somebody."""
SPOKE_TO = """
    accused blamed criticized criticised praised applauded thanked assured reassured informed
    apprised notified alerted reminded condemned ridiculed dismissed lauded berated chided deplored
    denounced decried bemoaned blasted slammed rebuked scolded chastised faulted lambasted hailed
    touted complimented congratulated credited attributed likened portrayed depicted labeled
    labelled termed dubbed described characterized characterised cited quoted encouraged exhorted
    implored defended echoed welcomed endorsed highlighted outlined counseled counselled refuted
    rebutted disputed contradicted articulated relayed enumerated contrasted ascribed decreed
    floated recommended challenged clarified downplayed commended derided mocked excoriated
    castigated pilloried belittled disparaged extolled vilified admonished upbraided discounted rued
    saluted espoused rebuffed renounced repudiated trashed panned deemed acclaimed absolved assailed
    bashed beseeched branded cajoled caricatured censured coaxed debunked delineated demarched
    demonized denigrated deprecated disclaimed disowned entreated equated eulogized exaggerated
    exonerated glorified harangued impugned lampooned lobbied maligned misstated narrated overstated
    understated probed grilled paraphrased parroted prodded rationalized reprimanded reproached
    reproved satirized scorned sketched slandered taunted teased trivialized
""".split()
"""Verbs that need an object: `accused of fraud` is not a report, whoever is meant."""
PERFORMED = """
    pressed listed estimated continued added assessed thought felt hoped believed expected feared
    doubted viewed suspected judged appreciated regretted supposed imagined acceded rejected
    referenced prescribed reasserted amplified promoted insinuated enthused guessed proclaimed
    disavowed petitioned detailed flagged interpreted justified pitched deflected discouraged
    broached anticipated calculated discerned envisaged envisioned perceived projected rated
""".split()
"""Verbs for acts that need no words: the speaker comes before them."""
FACTS = """
    underscored underlined highlighted revealed suggested confirmed implied signaled signalled
""".split()
"""Verbs of `SPOKE_OF` and `SPOKE_TO` that also take facts as subjects."""
SAID_BY = frozenset(
    """
    said told reported alleged asked urged warned advised informed assured notified accused blamed
    criticized criticised praised applauded condemned denounced ridiculed hailed lauded described
    portrayed characterized quoted dubbed labeled derided noted denied thought believed echoed
    """.split()
)
"""Verbs that also make a report in the passive, if `by` names who did it."""
FACTS_BY = frozenset(
    "welcomed endorsed encouraged challenged signaled signalled termed floated cited highlighted "
    "underscored underlined foresaw specified stipulated conveyed announced declared confirmed "
    "disclosed revealed suggested".split()
)
"""Verbs that do not make a report in the passive, even if `by` names who did it."""
JUDGED = frozenset(
    "described portrayed characterized criticized criticised denounced praised hailed derided "
    "dubbed labeled".split()
)
"""Verbs that make one without `was`, too: `a plan described by Tern as mad`."""
THAT = """
    claims reports notes states requests agrees fears accepts indicates implies suggests
    confirms estimates doubts judges adds proposes suspects counters replies expects hopes
    worries boasts vows reasons
""".split()
"""Forms that are also nouns: a clause must follow."""
TOLD_THAT = """
    concluded maintained testified allowed related volunteered accepted recognized charged
    considered verified forecast opened documented maintains discussed qualified bet figured
    guaranteed
""".split()
"""Verbs that make a report only if a clause follows."""
SAYS = """
    says tells argues asserts insists explains opines acknowledges admits believes thinks feels
    contends alleges laments assesses envisions concludes concedes
    reckons speculates announces declares writes
""".split()
SAYS_OF = "appreciates deems rejects threatens considers compared".split()
"""Verbs for saying something of something; others come from the forms in the past."""
SAY_OF = "consider view appreciate reject propose perceive".split()
"""The forms without an ending, whose subject must be plural."""
SAY = """
    say argue assert insist complain acknowledge admit believe think contend allege maintain
    fear suspect feel note report state agree conclude suggest indicate confirm expect
    hope doubt speculate predict warn stress emphasize explain deny worry lament caution comment
    claim posit foresee urge concur estimate advocate judge assess anticipate
""".split()
"""The forms without an ending, as of `they say`."""
SPEAKING = frozenset(
    "saying asking noting stating explaining complaining arguing adding insisting warning "
    "observing expressing reiterating stressing emphasizing reminding acknowledging predicting "
    "cautioning telling suggesting voicing mentioning requesting accusing criticizing praising "
    "denouncing condemning enumerating proclaiming demanding thanking describing highlighting "
    "welcoming citing".split()
)
"""Words of `SAYING` that may follow `by`."""
MEAN = frozenset("believe think contend insist maintain agree conclude".split())
"""Verbs of `SAY` that need no known subject."""
TO_SAY = "profess call voice brief speak protest request highlight press appeal".split()
"""The forms without an ending that are a report after a verb such as `go on to`, as the `stems`."""
SAYING = """
    saying adding pointing denying telling calling expressing implying requesting highlighting
    believing clarifying proposing decrying voicing agreeing indicating
""".split()
"""Forms as in `he left, saying that ...`; others come from the forms in the past."""
SAYING_THAT = """
    responding replying answering expecting anticipating estimating assessing judging charging
    reporting concluding fearing hoping testifying maintaining
""".split()
"""Words that are a report only if a clause follows."""
TELLING = frozenset("suggesting implying confirming stating revealing indicating".split())
"""Words of `SAYING` that also take documents as subjects."""
SHOWING = TELLING | {"highlighting", "echoing", "welcoming"}
"""Words of `SAYING` that also take facts as subjects."""
SURE = """
    convinced confident adamant concerned skeptical sceptical optimistic pessimistic critical
    doubtful hopeful dismissive complimentary effusive emphatic unequivocal noncommittal categorical
    bewildered disappointed pleased grateful interested upbeat sanguine bullish vague evasive coy
    blunt frank candid outspoken unhappy upset unconvinced certain enthusiastic frustrated scathing
    gloomy uncertain unsure dismayed clear downbeat apprehensive ambivalent positive disheartened
    puzzled perplexed baffled circumspect
""".split()
"""Adjectives as in `he was concerned that ...`."""
SURE_OF = frozenset("clear critical vague certain positive concerned interested uncertain".split())
"""Adjectives that describe things, too, if nothing follows."""


UNDERTAKES = (
    "refuses declines offers threatens agrees vows pledges refuse decline threaten agree".split()
)
"""Verbs as in `Tern refuses to leave`."""
DEEDS = frozenset(
    "countered protested encouraged discounted contradicted highlighted alerted floated "
    "challenged disputed termed cracked continued promoted prescribed referenced pressed pitched "
    "rated projected amplified justified deflected discouraged sketched lobbied prefaced "
    "demarched probed grilled branded exaggerated listed detailed flagged".split()
)
"""Verbs whose other forms are deeds or nouns, too."""
NOUNS = frozenset(
    "claims reports notes states requests doubts fears judges hopes estimates suspects worries "
    "reasons counters comments remarks demands promises pledges vows praises blames charges offers "
    "quotes labels details lists views queries protests appeals jokes boasts credits attributes "
    "terms mentions questions signals hints quips regrets guesses contrasts cautions challenges "
    "welcomes laments moans groans sighs rants vents faults echoes highlights outlines counsels "
    "flags compliments insults whispers shouts objects sketches lectures rails cracks gripes "
    "rebuffs discounts wonders conjectures howls yells wails scorns taunts".split()
)
"""Forms that are nouns, too, with a rule of their own."""


def stems(past: str) -> list[str]:
    """Return `deny`, `praise`, `insist`, `admit` of verbs in the past, among forms of no word."""
    if past.endswith("ied"):
        return [past[:-3] + "y", past[:-3] + "ie"]
    return [past[:-1], past[:-2], *([past[:-3]] if past[-4] == past[-3] else ())]

"""The verbs of saying, by the rules of `words_of_saying`."""

from __future__ import annotations

SPOKE = """
    said stated commented remarked inquired queried complained joked quipped cracked groused
    boasted bragged insisted opined argued asserted speculated hinted disagreed concurred
    demurred retorted interjected elaborated pleaded appealed apologized exclaimed scoffed
    protested vowed countered ranted vented lectured mused intimated theorized posited surmised
    averred reasoned rejoined swore groaned sighed objected wondered contended
    trumpeted conjectured grumbled griped fumed gushed reckoned reminisced snapped shouted
    moaned whined bewailed fulminated thundered effused intoned
    remonstrated bristled chimed fretted quibbled philosophized sneered gloated
""".split()
"""Verbs that take no person as an object: in the past such a verb has its speaker."""
SPOKE_OF = """
    told claimed explained stressed emphasized emphasised underscored underlined reiterated
    noted asked questioned urged warned cautioned predicted suggested implied confirmed denied
    acknowledged admitted conceded confided lamented declared announced pledged promised
    mentioned recounted advocated reported revealed disclosed signaled signalled conveyed
    advised affirmed reaffirmed recalled alleged observed railed repeated restated summarized
    summarised expounded begged demanded professed ventured confessed divulged stipulated
    specified foresaw foretold proffered referred alluded elucidated enunciated hypothesized
    postulated recited uttered reconfirmed whispered quizzed previewed cataloged
""".split()
"""Verbs for saying something of something, or to somebody."""
SPOKE_TO = """
    accused blamed criticized criticised praised applauded thanked assured reassured informed
    apprised notified alerted reminded condemned ridiculed dismissed lauded berated chided
    deplored denounced decried bemoaned blasted slammed rebuked scolded chastised faulted
    lambasted hailed touted complimented congratulated credited attributed likened portrayed
    depicted labeled labelled termed dubbed described characterized characterised cited quoted
    encouraged exhorted implored defended echoed welcomed endorsed highlighted outlined
    counseled counselled refuted rebutted disputed contradicted articulated relayed enumerated
    contrasted ascribed decreed floated recommended challenged clarified downplayed commended
    derided mocked excoriated castigated pilloried belittled disparaged extolled vilified
    admonished upbraided discounted rued saluted espoused rebuffed renounced repudiated trashed
    panned deemed
""".split()
"""Verbs that need an object: `accused of fraud` is not a report, whoever is meant."""
PERFORMED = """
    pressed listed estimated continued added assessed thought felt hoped believed
    expected feared doubted viewed suspected judged appreciated regretted supposed imagined
    acceded rejected referenced prescribed reasserted amplified promoted insinuated enthused guessed
    proclaimed disavowed petitioned detailed flagged interpreted justified pitched deflected
    discouraged broached
""".split()
"""Verbs for acts that need no words: the speaker comes before them."""
FACTS = """
    underscored underlined highlighted revealed suggested confirmed implied signaled signalled
""".split()
"""Those of `SPOKE_OF` and `SPOKE_TO` that also take facts as subjects."""
SAID_BY = frozenset(
    """
    said told reported alleged asked urged warned advised informed assured notified accused blamed
    criticized criticised praised applauded condemned denounced ridiculed hailed lauded described
    portrayed characterized quoted dubbed labeled derided noted denied thought believed echoed
    """.split()
)
"""Verbs that also make a report in the passive, if `by` names who did it."""
THAT = """
    claims reports notes states requests agrees fears accepts indicates implies suggests
    confirms estimates doubts judges adds proposes suspects counters replies expects hopes
    worries boasts vows reasons
""".split()
"""Forms that are also nouns: a clause must follow."""
TOLD_THAT = """
    concluded maintained testified allowed related volunteered accepted recognized charged
    considered verified forecast opened documented maintains discussed qualified
""".split()
"""Verbs that make a report only if a clause follows."""
SAYS = """
    says tells argues asserts insists explains opines acknowledges admits believes thinks feels
    contends alleges laments assesses envisions concludes concedes
    reckons speculates announces declares
""".split()
SAYS_OF = "appreciates deems rejects threatens considers compared".split()
"""Verbs for saying something of something; others come from the forms in the past."""
SAY_OF = "consider view appreciate reject propose perceive".split()
"""The forms without an ending, whose subject must be plural."""
SAY = """
    say argue assert insist complain acknowledge admit believe think contend allege maintain
    fear suspect feel note report state agree conclude suggest indicate confirm expect
    hope doubt speculate predict warn stress emphasize explain deny worry lament caution comment
    claim posit foresee urge concur
""".split()
"""The forms without an ending, as of `they say`."""
SPEAKING = frozenset(
    "saying asking noting stating explaining complaining arguing adding insisting warning "
    "observing expressing reiterating stressing emphasizing reminding acknowledging predicting "
    "cautioning telling suggesting voicing mentioning requesting accusing criticizing praising "
    "denouncing condemning enumerating proclaiming demanding thanking describing highlighting "
    "welcoming citing".split()
)
"""Those of `SAYING` that may follow `by`."""
MEAN = frozenset("believe think contend insist maintain agree conclude".split())
"""Those of `SAY` that need no known subject."""
TO_SAY = "profess call voice brief speak protest request highlight".split()
"""The forms without an ending that are a report after a verb such as `go on to`, as the `stems`."""
SAYING = """
    saying adding pointing denying telling calling expressing implying requesting highlighting
    believing clarifying proposing decrying voicing agreeing
""".split()
"""Forms as in `he left, saying that ...`; others come from the forms in the past."""
SAYING_THAT = "charging reporting concluding fearing hoping testifying maintaining".split()
"""Those that are a report only if a clause follows."""
TELLING = frozenset("suggesting implying confirming stating revealing".split())
"""Those of `SAYING` that also take documents as subjects."""
SHOWING = TELLING | {"highlighting", "echoing", "welcoming"}
"""Those of `SAYING` that also take facts as subjects."""
SURE = """
    convinced confident adamant concerned skeptical sceptical optimistic pessimistic
    critical doubtful hopeful dismissive complimentary effusive emphatic unequivocal
    noncommittal categorical bewildered disappointed pleased grateful interested upbeat sanguine
    bullish vague evasive coy blunt frank candid outspoken unhappy upset unconvinced certain
    frustrated scathing gloomy uncertain unsure dismayed clear
""".split()
"""As in `he was concerned that ...`."""


DEEDS = frozenset(
    "countered protested encouraged discounted contradicted highlighted alerted floated challenged "
    "disputed termed cracked".split()
)
"""Those of `SPOKE`, `SPOKE_OF` and `SPOKE_TO` whose other forms are deeds or nouns, too."""


def stems(past: str) -> list[str]:
    """`deny`, `praise`, `insist`, `admit` of verbs in the past, among forms of no word."""
    if past.endswith("ied"):
        return [past[:-3] + "y", past[:-3] + "ie"]
    return [past[:-1], past[:-2], *([past[:-3]] if past[-4] == past[-3] else ())]

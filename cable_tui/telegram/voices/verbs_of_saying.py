"""The verbs of saying, each kind with what its rule asks for in `words_of_saying`."""

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
"""What nobody can be done to: such a verb in the past always has its speaker."""
SPOKE_OF = """
    told claimed explained stressed emphasized emphasised underscored underlined reiterated
    noted asked questioned urged warned cautioned predicted suggested implied confirmed denied
    acknowledged admitted conceded confided lamented declared announced pledged promised
    mentioned recounted advocated reported revealed disclosed signaled signalled conveyed
    advised affirmed reaffirmed recalled alleged observed railed repeated restated summarized
    summarised expounded begged demanded professed ventured confessed divulged stipulated
    specified foresaw foretold proffered referred alluded
""".split()
"""What somebody says of something, or to somebody."""
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
    admonished upbraided discounted rued saluted
""".split()
"""What needs the one or the thing it is done to: `accused of fraud` is no report, whoever it is."""
PERFORMED = """
    pressed listed estimated continued added assessed thought felt hoped believed
    expected feared doubted viewed suspected judged appreciated regretted supposed imagined
    acceded rejected referenced prescribed reasserted amplified promoted insinuated enthused guessed
    proclaimed disavowed petitioned
""".split()
"""What is also done without a word: who speaks comes before it."""
FACTS = """
    underscored underlined highlighted revealed suggested confirmed implied signaled signalled
""".split()
"""Those of `SPOKE_OF` and `SPOKE_TO` that facts do too."""
SAID_BY = frozenset(
    """
    said told reported alleged asked urged warned advised informed assured notified accused blamed
    criticized criticised praised applauded condemned denounced ridiculed hailed lauded described
    portrayed characterized quoted dubbed labeled derided denied
    """.split()
)
"""Those that are a report, too, where `by` names who did it."""
THAT = """
    claims reports notes states agrees fears denies accepts implies indicates
    suggests estimates predicts requests doubts confirms stresses emphasizes recalls judges
    recommends warns adds complains reminds reasons remarks proposes suspects
    counters boasts vows replies wonders
""".split()
"""What is a noun too: a clause follows."""
TOLD_THAT = """
    concluded maintained testified allowed related volunteered accepted recognized charged
    considered verified forecast
""".split()
"""What is a report only where a clause follows."""
SAYS = """
    says tells argues asserts insists explains opines acknowledges admits believes thinks feels
    contends alleges laments assesses envisions concludes concedes
    reckons speculates announces declares
""".split()
SAYS_OF = """
    describes reiterates commends blames criticizes praises accuses denounces condemns
    dismisses welcomes appreciates cites underscores deems attributes
    characterizes portrays advocates rejects predicts recalls threatens considers
""".split()
"""What somebody says of something."""
SAY_OF = """
    attribute credit blame praise criticize accuse describe cite dismiss consider view welcome
    appreciate reject advocate question
""".split()
"""The forms without an ending, whose subject has to be many."""
SAY = """
    say argue assert insist complain acknowledge admit believe think contend allege maintain
    fear suspect feel note report state agree conclude suggest indicate confirm expect
    hope doubt speculate predict warn stress emphasize explain deny worry lament caution comment
    claim posit foresee urge
""".split()
"""The forms without an ending, as of `they say`."""
SPEAKING = frozenset(
    "saying asking noting stating explaining complaining arguing adding insisting warning "
    "observing expressing reiterating stressing emphasizing reminding acknowledging predicting "
    "cautioning telling suggesting voicing".split()
)
"""Those of `SAYING` that may follow `by`."""
MEAN = frozenset("believe think contend insist maintain agree conclude".split())
"""Those of `SAY` whose subject need not be known."""
TO_SAY = frozenset(
    "tell express urge ask remind reiterate announce thank inform assure convey underscore "
    "emphasise apologize press call voice".split()
)
"""The forms without an ending that are a report where somebody goes on to do it."""
SAYING = """
    saying noting adding arguing claiming explaining warning insisting stressing emphasizing
    underscoring underlining pointing stating commenting observing alleging asserting lamenting
    complaining acknowledging admitting conceding denying pledging urging suggesting asking
    telling citing describing calling accusing praising criticizing predicting speculating
    quipping joking remarking reiterating expressing implying opining cautioning recalling
    declaring reminding recommending requesting demanding thanking assuring hinting labeling
    characterizing highlighting believing contending commending blaming
    dismissing recounting clarifying lauding wondering summarizing echoing mentioning
    terming dubbing likening affirming confirming announcing proposing vowing touting decrying
    denouncing condemning bemoaning complimenting quoting voicing
""".split()
"""As in `he left, saying that ...`."""
SAYING_THAT = "charging reporting concluding fearing hoping testifying maintaining".split()
"""Those that are a report only where a clause follows."""
SHOWING = frozenset("highlighting confirming echoing".split())
"""Those of `SAYING` that facts do too."""
TELLING = frozenset("suggesting implying confirming stating".split())
"""Those of `SAYING` that papers do too."""
SURE = """
    convinced confident adamant concerned skeptical sceptical optimistic pessimistic
    critical doubtful hopeful dismissive complimentary effusive emphatic unequivocal
    noncommittal categorical bewildered disappointed pleased grateful interested upbeat sanguine
    bullish vague evasive coy blunt frank candid outspoken unhappy upset unconvinced certain
    frustrated scathing gloomy uncertain unsure dismayed
""".split()
"""As in `he was concerned that ...`."""

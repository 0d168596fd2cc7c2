"""The verbs of saying, each kind with what its rule asks for in `words_of_saying`."""

from __future__ import annotations

SPOKE = """
    said stated commented remarked inquired queried complained joked quipped cracked groused
    boasted bragged insisted opined argued asserted speculated hinted disagreed concurred
    demurred retorted interjected elaborated pleaded appealed apologized exclaimed scoffed
    protested vowed countered ranted vented lectured mused intimated theorized posited surmised
    averred reasoned rejoined swore groaned sighed objected volunteered wondered contended
    trumpeted conjectured
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
    decreed floated recommended challenged clarified downplayed
""".split()
"""What needs the one or the thing it is done to: `accused of fraud` is no report, whoever it is."""
PERFORMED = """
    pressed listed estimated continued added assessed thought felt hoped believed
    expected feared doubted viewed suspected judged appreciated regretted supposed imagined
    acceded rejected referenced prescribed reasserted amplified promoted
""".split()
"""What is also done without a word: who speaks comes before it."""
THAT = """
    claims reports notes states agrees fears denies accepts implies indicates
    suggests estimates predicts requests doubts confirms stresses emphasizes recalls judges
    recommends maintains warns adds complains reminds reasons remarks proposes
""".split()
"""What is a noun too: a clause follows."""
TOLD_THAT = """
    concluded maintained testified allowed indicated related proposed requested threatened
    determined accepted recognized charged considered verified forecast
""".split()
"""What is a report only where a clause follows."""
SAYS = """
    says tells argues asserts insists explains opines acknowledges admits believes thinks feels
    contends alleges laments assesses envisions concludes
""".split()
SAY = """
    say argue assert insist complain acknowledge admit believe think contend allege maintain
    fear suspect feel note report state agree conclude suggest indicate confirm expect
    hope doubt speculate predict warn stress emphasize explain deny worry lament caution comment
""".split()
"""The forms without an ending, as of `they say`."""
SPEAKING = frozenset(
    "saying asking noting stating explaining complaining arguing adding insisting warning "
    "observing".split()
)
"""Those of `SAYING` that may follow `by`."""
MEAN = frozenset("believe think contend insist maintain agree conclude".split())
"""Those of `SAY` whose subject need not be known."""
SAYING = """
    saying noting adding arguing claiming explaining warning insisting stressing emphasizing
    underscoring underlining pointing stating commenting observing alleging asserting lamenting
    complaining acknowledging admitting conceding denying pledging urging suggesting asking
    telling citing describing calling accusing praising criticizing predicting speculating
    quipping joking remarking reiterating expressing implying opining cautioning recalling
    declaring reminding recommending requesting demanding thanking assuring hinting labeling
    characterizing
""".split()
"""As in `he left, saying that ...`."""
SURE = """
    convinced confident adamant concerned skeptical sceptical optimistic pessimistic
    critical doubtful hopeful dismissive complimentary effusive emphatic unequivocal
    noncommittal categorical bewildered disappointed pleased grateful interested
""".split()
"""As in `he was concerned that ...`."""

"""A fictional chain: two cables, a hole that both cite, and words that markup would take."""

from __future__ import annotations

from cable_tui.telegram.references.mentions import Sentence
from cable_tui.tools.chain.story import Chain, ChainEntry, Cites, Estimate, Unnamed, ordered

HOSTILE = '<script>alert(1)</script> ]]> & "quoted" [a](b) *x* \x1b]0;owned\x07 \ud800 \uffff'

HOLE = ChainEntry(
    "08STATE120",
    1,
    cited_by=("09ZENDA7", "09ZENDA9"),
    citing_elsewhere=12,
    estimate=Estimate("2008-12-01", "2008-12-20"),
    cited_on="2009-01-06",
    sent_by="2008-12-20",
)
FIRST = ChainEntry(
    "09ZENDA7",
    0,
    id=1,
    reference_id="09ZENDA7",
    created="2009-01-06T10:00Z",
    origin="Embassy Zenda",
    classification="CONFIDENTIAL",
    subject="THE ICE HOUSE",
    cites=(Cites("08STATE120", "A", True, (Sentence("1", "See ref A on the ice house."),)),),
    cited_by=("09ZENDA9",),
    unnamed=(
        Unnamed("email", None, "B. SAPT-TARLENHEIM E-MAIL OF 1/2/09"),
        Unnamed("text", "2", "The price is reported septel."),
        Unnamed("text", "3", "The smell as well (septel)."),
    ),
    address="https://example.org/09ZENDA7.html",
    source="U.S. Embassy Zenda, cable 09ZENDA7, https://example.org/09ZENDA7.html.",
    cautions=("The text ends early.",),
    read=True,
)
LAST = ChainEntry(
    "09ZENDA9",
    1,
    id=2,
    reference_id="09ZENDA9",
    created="2009-02-01T10:00Z",
    origin="Embassy Zenda",
    classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    subject=HOSTILE,
    cites=(
        Cites("09ZENDA7", "A", sentences=(Sentence("4", HOSTILE), Sentence(None, "Again."))),
        Cites("08STATE120"),
    ),
    address="javascript:alert(1)",
    source="Cable 09ZENDA9, javascript:alert(1).",
    read=True,
)
CHAIN = Chain("09ZENDA7", 1, ordered([LAST, FIRST, HOLE]), beyond=31)

"""A chain as Markdown: what stands in it, and that no text of a cable is markup."""

from __future__ import annotations

from cable_tui.exports.chain.markdown import chain_markdown, place_of, remarks_of
from cable_tui.exports.chain.story import Chain, Cites
from cable_tui.value import replace
from tests.exports.chain.sample import CHAIN, FIRST, HOLE, LAST

WHOLE = """\
# The chain of 09ZENDA7

2 cables, 2009-01-06 to 2009-02-01; 1 cable that they cite is not in this archive. \
1 step of citing from 09ZENDA7; one step more joins 31 more.

## ✗ 08STATE120 · not in this archive · \
estimate by its number: 2008-12-01 to 2008-12-20, cited on 2009-01-06

- cited by 09ZENDA7, 09ZENDA9 and 12 more

## 2009-01-06 · [09ZENDA7](<https://example.org/09ZENDA7.html>) · Embassy Zenda · CONFIDENTIAL

**THE ICE HOUSE**

- cites 08STATE120 (ref. A, year inferred, not in this archive)
  - ¶1: “See ref A on the ice house.”
- also cites an e-mail: B. SAPT-TARLENHEIM E-MAIL OF 1/2/09
- also refers to
  - ¶2: “The price is reported septel.”
  - ¶3: “The smell as well (septel).”
- cited by 09ZENDA9

*The text ends early.*

— U.S. Embassy Zenda, cable 09ZENDA7, <https://example.org/09ZENDA7.html>.
"""


def test_the_story_is_a_dossier() -> None:
    text = "".join(chain_markdown(replace(CHAIN, entries=(HOLE, FIRST, LAST))))
    assert text.startswith(WHOLE)
    assert "- cites 08STATE120 (not in this archive) in its REF lines only" in text


def test_no_text_of_a_cable_is_markup() -> None:
    text = "".join(chain_markdown(CHAIN))
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[a](b)" not in text
    assert "\x1b" not in text


def test_a_cable_that_could_not_be_read_says_why() -> None:
    lost = replace(FIRST, unreadable="zenda.html: it is gone", source="", read=False)
    text = "".join(chain_markdown(Chain("09ZENDA7", 0, (lost,))))
    assert "Its text could not be read: zenda.html: it is gone" in text


def test_remarks_and_places() -> None:
    assert remarks_of(Cites("X"), missing=False) == ""
    assert remarks_of(Cites("X", "B"), missing=True) == "ref. B, not in this archive"
    assert (place_of("3"), place_of(None)) == ("¶3: ", "")

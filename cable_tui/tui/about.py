"""What each pane of the room is, for the help that is asked for in it."""

from __future__ import annotations

from typing import cast

from cable_tui.session import Pane

_TEXT = """\
# bar
The search bar holds the query: words, and filters such as origin: tag: class: date:. Every letter
narrows the list; Esc gives the old query back.

# timeline
The timeline shows when the cables of the query were written, over the whole archive's shadow. A
dot is a month without any cable.

# library
The library counts the values of the query's cables, section by section. A value that is chosen
becomes a filter of the query; the counts of a section leave its own filter out.

# list
The list holds the cables of the query. ★ is bookmarked, ✎ has a note, ● is marked, ✓ was read, + is
new since the files were last looked at.

# top
The top box is the record's own card: reference ID, classification, origin, when it was created
and released, and what must be known before it is quoted (!).

The reference ID is the year, the post and a running number. Created is the time of the
transmission (Z is Universal Time); Released is when the site published it. Refs counts the cables
that its REF lines name, and those of them that are not here.

# header
The middle box is the header that carried the message through the network. Folded it says
precedence, time, sender → addressee, and how many more were informed.

Unfolded: VZCZC… is the transmission; PP, OO, RR the precedence; DE the sending station with its
number and time; ZNR or ZNY whether the circuits had to be secure; FM the sender; TO who must act;
INFO who is informed. D tells it in words, i explains its codes.

# body
The bottom box is the message as it was sent: its head (classification, captions, E.O., TAGS,
SUBJECT, REF, who classified it and why), and numbered paragraphs.

In the margin ▌ is the cursor, ★ a bookmark, ✎ a note, ! a plea that somebody be protected. The
letters are the paragraph's marking: U unclassified, SBU sensitive, C confidential, S secret.
Underlined is what can be followed; hits of the query are on a coloured ground.

i spells out the TAGS, captions, markings, reasons such as 1.4 (b), and acronyms of what is
selected or of the paragraph under the cursor.

# context
The context says what the cable cites and who cites it. ✗ is not in this archive; ? is a year that
the REF line leaves out and that was inferred. Below a citing cable stands the sentence that
speaks of the one you read, with its paragraph.
"""


def _panes(text: str) -> dict[Pane, tuple[str, ...]]:
    found: dict[Pane, tuple[str, ...]] = {}
    for chapter in text.split("# ")[1:]:
        name, _, rest = chapter.partition("\n")
        told = tuple(" ".join(each.split()) for each in rest.strip().split("\n\n"))
        found[cast("Pane", name)] = told
    return found


ABOUT = _panes(_TEXT)
"""By pane, in paragraphs."""

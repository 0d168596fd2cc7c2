"""The texts of the help: what each pane is, and the lessons for newcomers."""

from __future__ import annotations

from typing import cast

from cable_tui.session.values import Pane

_TEXT = """\
# bar
The search bar holds the query: words, and filters such as origin: tag: class: date:. Every letter
narrows the list; Esc gives the old query back.

# timeline
The timeline shows when the cables of the query were written, over the whole archive's shadow, in
the time of these cables; 0 zooms out to that of the archive. A dot is a month without any cable.

# library
The library counts the values of the query's cables, section by section. A value that is chosen
becomes a filter of the query; the counts of a section leave its own filter out.

# list
The list holds the cables of the query. ★ is bookmarked, ✎ has a note, ● is marked, ✓ was read, + is
new since the files were last looked at. = before the date: it has several records, which the key =
compares; ≠: only another than the shown one has what was searched for, and Enter opens that one.
▒ before the subject: words of it are blacked out. +2 copies at the end: it stands for two more
cables with nearly the same text, and f shows them.

While a cable is open, the row on which the cursor rests is shown beside the list as a preview,
which does not count as read. Enter reads it; q closes the open cable.

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
A line of the author's own comments and notes has the sign #, one that reports what a source said
has the sign "; comment:word and said:word search in these.
Underlined is what can be followed; ✗ in the margin, and no line under it, is a cable that is not in
this archive. Hits of the query are on a coloured ground.

i spells out the TAGS, captions, markings, reasons such as 1.4 (b), and acronyms of what is
selected or of the paragraph under the cursor.

# context
The context says what the cable cites and who cites it. ✗ is not in this archive; ? is a year that
is not printed and was inferred; text is a number that only the text names. Below a citing cable
stands the sentence that speaks of the one you read, with its paragraph.
"""


def _chapters(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Title and paragraphs of each chapter; a paragraph that begins with blanks keeps its lines."""
    chapters = []
    for chapter in text.split("# ")[1:]:
        title, _, rest = chapter.partition("\n")
        paragraphs = (each.strip("\n") for each in rest.split("\n\n"))
        joined = (p if p.startswith(" ") else " ".join(p.split()) for p in paragraphs if p)
        chapters.append((title, tuple(joined)))
    return tuple(chapters)


ABOUT = {cast("Pane", pane): paragraphs for pane, paragraphs in _chapters(_TEXT)}
"""By pane, in paragraphs."""

_LESSON_TEXT = """\
# Understanding cables
A cable is shown in three boxes, each with one thing to tell.

The top box is the record's own card: its reference ID, when it was written and when it was
published, its classification, and the post that sent it. The ID is the year, the post and a
running number:

    04PORTAMBER305   2004-09-20 14:30   U//FOUO   Embassy Port Amber

The middle box is the header that carried the message through the network: how urgent it was,
when it left, from whom, to whom for action, and to whom for information. It is folded to one
line; H unfolds it:

    PRIORITY 201430Z SEP 04 · AMEMBASSY PORT AMBER → SECSTATE WASHDC

The bottom box is the message: its subject, TAGS (the topics it is filed under), REF (earlier
cables it builds on), and numbered paragraphs. Each may carry its own marking, such as (U),
(SBU), (C) or (S):

    1. (SBU) Summary: Fisheries Minister Anselm Dray summoned EconOff ...

# Signs in the list
Before a cable stands what you have done with it, or what is new:

    ★  bookmarked
    ✎  bookmarked, with a note
    ●  marked: copies, lists and exports are of all marked cables
    ✓  read
    +  came with the last addition to the archive

Above the list stands a timeline: the cables of the query by month. A dot is a month of which the
archive has no cable at all, so that nothing found there tells nothing.

# Classification
Lowest to highest: UNCLASSIFIED; UNCLASSIFIED//FOR OFFICIAL USE ONLY (U//FOUO: not secret, not
meant for everybody); CONFIDENTIAL; SECRET. NOFORN (NF) adds: not for foreign nationals.

A classified cable says who classified it and why. The reasons are the letters of section 1.4 of
the executive order ("Reasons 1.4 (b) and (d)"):

    (a)  military plans, weapons systems or operations
    (b)  information from or about foreign governments
    (c)  intelligence: activities, sources, methods, cryptology
    (d)  foreign relations or activities of the United States, confidential sources
    (e)  science, technology or economy bearing on national security
    (f)  safeguarding nuclear materials or facilities
    (g)  weaknesses and strengths of systems, installations, plans for security
    (h)  weapons of mass destruction

# Discussing cables
Name a cable by its reference ID, and a paragraph by its number, so that anybody can open the
same line. y copies what you need, from the cable in the list or from the paragraph you read:

    y y  09CASABLANCA27 ¶3
    y l  a link to the cable, or to the very paragraph (…html#par3)
    y h  hashtags: #cablegate #09CASABLANCA27 gathers what others say of it
    y s  link and hashtags on one line, to share
    y q  the paragraph as a quotation with its source

A copied ID or link opens again when it is pasted into the search bar.
"""

LESSONS = _chapters(_LESSON_TEXT)
"""Title and paragraphs; a paragraph that begins with blanks is an example, line by line."""

"""Texts that make a careless pattern slow: a head, a piece that is repeated, and a tail."""

from __future__ import annotations

from typing import NamedTuple

TOP = "C O N F I D E N T I A L LAMPAR 000012\n\nSIPDIS\n\nE.O. 12958: DECL: 01/02/2019\n"
LABELS = f"{TOP}TAGS: PGOV, PREL\nSUBJECT: A BRIDGE OF ROPES\n\n"
HEADER = "VZCZCXRO1732\nPP RUEHTRO\nDE RUEHLP #0012/01 0441457\nZNY CCCCC ZZH\nP 131457Z FEB 09\n"


class Bait(NamedTuple):
    """One kind of text, of any length."""

    piece: str
    head: str = ""
    tail: str = ""

    def text(self, length: int) -> str:
        """About this many characters of it."""
        return self.head + self.piece * (length // len(self.piece)) + self.tail


BAITS = {
    "blanks": Bait(" ", tail="x"),
    "tabs": Bait("\t", tail="x"),
    "line breaks": Bait("\n", tail="x"),
    "blank lines": Bait(" \t\n", tail="x"),
    "capitals": Bait("A", tail="1"),
    "words": Bait("AB ", tail="!"),
    "digits": Bait("1", tail="x"),
    "dots": Bait("."),
    "dashes": Bait("-", tail="x"),
    "hyphens": Bait("A-", tail="\n"),
    "slashes": Bait("/A"),
    "backslashes": Bait("\\"),
    "quotes": Bait('"'),
    "brackets": Bait("("),
    "pairs of brackets": Bait("(C)"),
    "ands": Bait("&a", tail="8"),
    "eights": Bait("8 ", head="&"),
    "commas": Bait("A,s, "),
    "tags": Bait("<td><a x>", head="<table class='cable'>"),
    "texts": Bait("<pre>", head="<h3>Viewing cable 09LAMPAR12, X</h3>"),
    "addresses": Bait("http://"),
    "ids": Bait("09STATE"),
    "label REF": Bait("REF A ", head=LABELS),
    "labels TAGS": Bait("TAGS ", head=TOP),
    "labels SUBJECT": Bait("SUBJECT: ", head=TOP),
    "a long SUBJECT": Bait("x\n", head=f"{TOP}SUBJECT: "),
    "many TAGS": Bait("ABCD, ", head=f"{TOP}TAGS: "),
    "letters as references": Bait("A. ", head=f"{LABELS}REF: "),
    "references": Bait("09 LAMPAR 12, ", head=f"{LABELS}REF: A. "),
    "serials": Bait("12 AND ", head=f"{LABELS}REF: A. LAMPAR "),
    "officers": Bait("Classified by ", head=LABELS),
    "titles": Bait("DCM A. B. ", head=f"{LABELS}Classified By: "),
    "blanks before a reason": Bait(" ", head=f"{LABELS}Classified By: ", tail="1.4"),
    "reasons": Bait("1.4 (b), ", head=f"{LABELS}Classified By: X, reasons "),
    "orders": Bait("E.O. 12958: DECL: "),
    "class lines": Bait("S E C R E T LAMPAR 000012\n"),
    "sections": Bait("SECTION 01 OF 02 ", head="UNCLAS "),
    "page breaks": Bait("LAMPAR 00000012  002 OF 003\n", head=LABELS),
    "old page breaks": Bait("PAGE 02 LAMPAR 00012 01 OF 03 291400Z\n", head=LABELS),
    "paragraphs": Bait("1. (C) A word.\n", head=LABELS),
    "empty paragraphs": Bait("\n1. (C) ", head=LABELS),
    "summaries": Bait("Summary: ", head=f"{LABELS}1. (C) "),
    "a summary of dashes": Bait(" -", head=f"{LABELS}1. (C) SUMMARY"),
    "rules": Bait("-----\nHEADING\n", head=LABELS),
    "signatures": Bait("MARLOWE\n", head=LABELS),
    "addressees": Bait("RUEHLP/AMEMBASSY LAMPAR 0012\n", head=f"{HEADER}FM X\nTO "),
    "INFO": Bait("INFO ", head=f"{HEADER}FM X\nTO Y\n"),
    "routes": Bait("RUEHLP ", head="PP "),
    "exemptions": Bait("XMT AMEMBASSY LAMPAR\n", head=f"{HEADER}FM X\nTO Y\nINFO Z\n"),
    "distribution": Bait("EEB-00  ", head="INFO  LOG-00   "),
    "days": Bait("131457Z FEB 09 "),
}

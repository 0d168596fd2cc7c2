"""Where sentences begin and end in a text; hard line breaks do not matter."""

from __future__ import annotations

from cable_tui.base.pattern import pattern

_BEHIND_END = r"[\"'”’)\]]{0,3}(?=\s|$|[Xx]{5})"
_END = pattern(rf"[.!?…](?:(?<=\.)\.\.)?{_BEHIND_END}")
_STOP = pattern(rf"\.(?:\.\.)?{_BEHIND_END}")
"""The ends of a text without other signs: the search for one sign is much faster."""
_OTHER_ENDS = ("!", "?", "…")
_STARTS = pattern(r"\s{0,40}(?P<sign>[\"'“‘(\[*-]{0,3})(?P<word>\w[\w'’]{0,24})")
_BEFORE = pattern(r"(?<![\w-])[(\"'“]{0,3}(?P<word>(?:\w\.){0,6}\w{1,12})\.$")
_REDACTED = "xxxxx"
"""Rows of `X` replace names; the blank before them is often lost."""
_REACH = 30
"""Characters before a full stop that contain the word it ends."""
_TITLES = frozenset(
    "MR MRS MS DR AMB GEN COL LT MAJ CAPT SGT SEN REP GOV PRES PROF HON REV ADM CMDR BRIG ST "
    "NO NOS PARA PARAS REF REFS SEC ART FIG VOL VS CF CA APPROX EG IE".split()
)
"""Abbreviations that cannot end a sentence."""
_MAYBE = frozenset("JR SR INC LTD CO CORP ETC AL BROS DEPT GOVT MIL MN BN PP".split())
"""Abbreviations that may end a sentence, like dotted ones (`U.S.`)."""
_LONG = 7
"""The least letters of a word that is none of these abbreviations."""
_OPENERS = frozenset(
    "A AN AND ACCORDING AFTER ALL ALSO ALTHOUGH AS AT BECAUSE BOTH BUT BY COMMENT DESPITE DURING "
    "FINALLY FOR FROM GIVEN HE HER HIS HOWEVER IF IN IT ITS MANY MOREOVER MOST NO NOTE ON ONE OUR "
    "OTHER POST SEVERAL SHE SINCE SO SOME THAT THE THEIR THEN THERE THESE THEY THIS THOSE THUS "
    "TO WE WHAT WHEN WHILE WITH YET YOU".split()
)
"""Words that begin a sentence after an abbreviation, and are not names."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences between two places, in order, without blanks around them.

    A full stop after a title, an initial or `No.` does not end a sentence; one after `U.S.` or
    `Inc.` does if the next word cannot begin a name.
    """
    end = len(text) if end is None else end
    sentence_spans: list[tuple[int, int]] = []
    begin = _skipped(text, start, end)
    end_pattern = _STOP
    for end_sign in _OTHER_ENDS:
        if text.find(end_sign, start, end) >= 0:
            end_pattern = _END
    for stop_sign in end_pattern.finditer(text, start, end):
        if stop_sign.end() > begin and _ends(text, stop_sign.start(), stop_sign.end(), end):
            sentence_spans.append((begin, stop_sign.end()))
            begin = _skipped(text, stop_sign.end(), end)
    while end > begin and text[end - 1].isspace():
        end -= 1
    return [*sentence_spans, (begin, end)] if begin < end else sentence_spans


def _skipped(text: str, offset: int, end: int) -> int:
    while offset < end and text[offset].isspace():
        offset += 1
    return offset


def _ends(text: str, stop: int, behind: int, end: int) -> bool:
    """Return whether a sign at the end of a word ends a sentence."""
    next_word = _STARTS.match(text, behind, end)
    if next_word is None:
        return True
    word = next_word["word"]
    if word[0].islower() and not word.startswith(_REDACTED):
        return next_word["sign"] == "(" and word in ("note", "comment")
    if text[stop] != "." or text.startswith("...", stop):
        return True
    text_near = text[max(stop - _REACH, 0) : stop]
    if text_near[-_LONG:].isalpha() and len(text_near) >= _LONG and "." not in text_near:
        return True
    word_before = _BEFORE.search(text[max(stop - _REACH, 0) : stop + 1])
    if word_before is None:
        return True
    last_word = word_before["word"].upper()
    if last_word.replace(".", "") in _TITLES:
        return False
    if last_word in _MAYBE or "." in last_word or (len(last_word) == 1 and last_word.isalpha()):
        return word.upper() in _OPENERS or next_word["sign"] != ""
    return True

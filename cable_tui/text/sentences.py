"""Finds the sentences of a text; hard line breaks are treated as spaces."""

from __future__ import annotations

from cable_tui.base.pattern import pattern

_BEHIND_END = r"[\"'”’)\]]{0,3}(?=\s|$|[Xx]{5})"
_END = pattern(rf"[.!?…](?:(?<=\.)\.\.)?{_BEHIND_END}")
_STOP = pattern(rf"\.(?:\.\.)?{_BEHIND_END}")
"""The characters that end a sentence in a text without `!`, `?` or `…`; searching for one character
is much faster.
"""
_OTHER_ENDS = ("!", "?", "…")
_STARTS = pattern(r"\s{0,40}(?P<sign>[\"'“‘(\[*-]{0,3})(?P<word>\w[\w'’]{0,24})")
_BEFORE = pattern(r"(?<![\w-])[(\"'“]{0,3}(?P<word>(?:\w\.){0,6}\w{1,12})\.$")
_REDACTED = "xxxxx"
"""The start of a redacted name, a run of `X`; the space before it is often lost."""
_REACH = 30
"""How many characters before a full stop are enough to contain the word before it."""
_TITLES = frozenset(
    "MR MRS MS DR AMB GEN COL LT MAJ CAPT SGT SEN REP GOV PRES PROF HON REV ADM CMDR BRIG ST "
    "NO NOS PARA PARAS REF REFS SEC ART FIG VOL VS CF CA APPROX EG IE".split()
)
"""Abbreviations whose full stop never ends a sentence."""
_MAYBE = frozenset("JR SR INC LTD CO CORP ETC AL BROS DEPT GOVT MIL MN BN PP".split())
"""Abbreviations whose full stop may end a sentence, as with dotted ones (`U.S.`)."""
_LONG = 7
"""The minimum number of letters of a word that cannot be one of these abbreviations."""
_OPENERS = frozenset(
    "A AN AND ACCORDING AFTER ALL ALSO ALTHOUGH AS AT BECAUSE BOTH BUT BY COMMENT DESPITE DURING "
    "FINALLY FOR FROM GIVEN HE HER HIS HOWEVER IF IN IT ITS MANY MOREOVER MOST NO NOTE ON ONE OUR "
    "OTHER POST SEVERAL SHE SINCE SO SOME THAT THE THEIR THEN THERE THESE THEY THIS THOSE THUS "
    "TO WE WHAT WHEN WHILE WITH YET YOU".split()
)
"""Words that open a new sentence after an abbreviation, because they are not names."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences between two offsets, in order, without surrounding spaces.

    A full stop after a title, an initial or `No.` does not end a sentence. A full stop after `U.S.`
    or `Inc.` ends a sentence if the next word cannot begin a name.
    """
    text_end = len(text) if end is None else end
    sentence_spans: list[tuple[int, int]] = []
    sentence_start = _skipped(text, start, text_end)
    end_pattern = _STOP
    for end_character in _OTHER_ENDS:
        if text.find(end_character, start, text_end) >= 0:
            end_pattern = _END
    for stop_match in end_pattern.finditer(text, start, text_end):
        if stop_match.end() > sentence_start and _ends(
            text, stop_match.start(), stop_match.end(), text_end
        ):
            sentence_spans.append((sentence_start, stop_match.end()))
            sentence_start = _skipped(text, stop_match.end(), text_end)
    while text_end > sentence_start and text[text_end - 1].isspace():
        text_end -= 1
    return (
        [*sentence_spans, (sentence_start, text_end)]
        if sentence_start < text_end
        else sentence_spans
    )


def _skipped(text: str, offset: int, end: int) -> int:
    while offset < end and text[offset].isspace():
        offset += 1
    return offset


def _ends(text: str, stop: int, after_stop: int, end: int) -> bool:
    """Return whether the punctuation from `stop` to `after_stop` ends a sentence."""
    next_word = _STARTS.match(text, after_stop, end)
    if next_word is None:
        return True
    next_letters = next_word["word"]
    if next_letters[0].islower() and not next_letters.startswith(_REDACTED):
        return next_word["sign"] == "(" and next_letters in ("note", "comment")
    if text[stop] != "." or text.startswith("...", stop):
        return True
    text_before = text[max(stop - _REACH, 0) : stop]
    if text_before[-_LONG:].isalpha() and len(text_before) >= _LONG and "." not in text_before:
        return True
    last_word_match = _BEFORE.search(text[max(stop - _REACH, 0) : stop + 1])
    if last_word_match is None:
        return True
    last_word = last_word_match["word"].upper()
    if last_word.replace(".", "") in _TITLES:
        return False
    if last_word in _MAYBE or "." in last_word or (len(last_word) == 1 and last_word.isalpha()):
        return next_letters.upper() in _OPENERS or next_word["sign"] != ""
    return True

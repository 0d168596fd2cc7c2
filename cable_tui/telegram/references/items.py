"""Cut a REF block into its labelled items, and find those that are not cables.

Offsets do not change. First, everything that does not belong to the references is replaced with
spaces, character by character: `¶`, page-break lines, the ends of pasted rows, dates. The date in
an item (`STATE 5512 OF NOV 19, 1973`) is neither a serial nor the year of a post; the year in a
date after a serial is kept as `(73)`, which is the usual form of a year after a serial. Airgrams
(`A-62`, `STATE A-0226`, `CA-1234`) were sent by pouch and are not cables.
"""

from __future__ import annotations

import re

from cable_tui.base.cable import ReferenceKind, Span
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.telegram import pagebreaks, times
from cable_tui.telegram.references.stations import station_at_end

_BREAK = pattern(
    r"(?P<station>(?:\b[A-Z][A-Z.'-]{0,19}[ \t]{1,3}){1,3})?"
    r"0?[0-9]{7}\s{1,6}[0-9]{3}(?:\.[0-9]{1,2})?[ \t]{1,3}OF[ \t]{1,3}[0-9]{3}\b"
)
_OLD_BREAK = pattern(
    r"PAGE[ \t]{1,3}[0-9]{2}[ \t]{1,10}[A-Z][A-Z .'-]{1,24}?[ \t]{1,6}[0-9]{4,6}"
    r"(?:[ \t]{1,6}[0-9]{2}[ \t]{1,2}OF[ \t]{1,2}[0-9]{2})?[ \t]{1,6}[0-9]{6}Z"
)
_NOISE = str.maketrans("¶\\\xa0\t’‘–—", "    ''--")
_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Patterns that begin with one character are looked for fast.
_LETTER_O = pattern(r"O(?:(?<![A-Z]O)O{0,5}(?=[0-9])|(?<=[0-9]O)O{0,5}(?![A-Z]))")
_ZERO = pattern(
    r"0(?:(?<=[A-Z]0)(?=[A-Z]{2})|(?<=[A-Z]{2}0)0?(?=[A-Z])"
    r"|(?<=[A-Z]0)(?=[A-Z]0[A-Z])|(?<=[A-Z]0[A-Z]0)(?=[A-Z])"
    r"|(?<![A-Z0-9]0)(?=[A-Z]{4})|(?<=[A-Z]{4}0)(?=[ ]{1,3}[0-9]))"
)
"""A zero in place of the letter O in the name of a station: `SANTIAG0 465`, `0TTAWA`,
`J0HANNESBURG`.
"""
_SQUARE = pattern(r"\[([A-Z])\]")

_LABEL = pattern(
    r"(?:(?:AND[ ]{1,2})?REF(?:TEL|S)?[ ]{0,2})?"
    r"(?:\((?P<in>[A-Z0-9])[ ]?\)[.:]?|(?P<out>[A-Z0-9])(?:[ ]?[.):]|[ ]-(?=[ ])))"
    r"(?=[ \n]|[A-Z]{2}|[0-9]{2}|\(|')[ ]{0,8}"
)
_REF_LETTER = pattern(
    r"(?:AND[ ]{1,2})?REF(?:TEL)?[ ]{1,2}(?P<in>[A-Z])(?P<out>)[ ](?=[ ]{0,2}[-A-Z0-9])[- ]{0,8}"
)
_LABEL_START = pattern(
    r"(?<![A-Z0-9.'-])(?=\(?[A-Z0-9][).: ]|REF)|(?<=[0-9]{2})(?=[B-Z][.)][ ]{0,3}[A-Z0-9])"
)


class RefItem(NamedTuple):
    """One item of a block."""

    label: str | None
    start: int
    """The offset in the block, after the label."""
    end: int


def readable(block: str, own_station: str) -> str:
    """Return the block in capitals and with the same length; other text becomes spaces."""
    if block.isascii():  # a tenth of the time
        clean_block = block.replace("\\", " ").replace("\t", " ").upper()
    else:
        clean_block = block.translate(_NOISE).translate(_CAPITALS)
    if "PAGE" in clean_block:
        # Blanks for the lines, and the ends of lines, that are parts of old page breaks.
        block_lines = clean_block.split("\n")
        for line_number, kept_length in pagebreaks.furniture(block_lines).items():
            block_lines[line_number] = block_lines[line_number][:kept_length].ljust(
                len(block_lines[line_number])
            )
        clean_block = "\n".join(block_lines)
    if " OF " in clean_block or "PAGE" in clean_block:
        clean_block = _BREAK.sub(lambda match: _blank_break(match, own_station), clean_block)
        clean_block = _OLD_BREAK.sub(lambda match: " " * len(match.group()), clean_block)
    if "O" in clean_block:
        clean_block = _LETTER_O.sub(lambda match: "0" * len(match.group()), clean_block)
    if "0" in clean_block:
        clean_block = _ZERO.sub(lambda match: "O" * len(match.group()), clean_block)
    if "[" in clean_block:
        clean_block = _SQUARE.sub(r"(\1)", clean_block)
    return clean_block


def _blank_break(match: re.Match[str], own_station: str) -> str:
    """Return spaces in place of a page break.

    Of the words before its number, only the station becomes spaces.
    """
    whole_match = match.group()
    station_words = match["station"] or ""
    kept_length = 0
    squeezed_letters = ""
    for word in reversed(list(re.finditer(r"\S+", station_words))):
        letters = re.sub(r"[^A-Z]", "", word.group())
        longer_letters = letters + squeezed_letters
        if (
            squeezed_letters
            and not own_station.startswith(longer_letters)
            and not own_station.endswith(longer_letters)
        ):
            kept_length = word.end()
            break
        squeezed_letters = longer_letters
    return whole_match[:kept_length] + " " * (len(whole_match) - kept_length)


def items(text: str) -> list[RefItem]:
    """Return the labelled items of a readable block, and the text before the first label."""
    found_labels: list[tuple[str | None, int, int]] = []
    last_letter = ""
    done_to = 0
    for label_match in _LABEL_START.finditer(text):
        label_start = label_match.start()
        if label_start < done_to:
            continue
        label_found = _label_at(text, label_start, last_letter)
        if label_found is None:
            continue
        letter, label_end = label_found
        if found_labels and not text[found_labels[-1][2] : label_start].strip(" ("):
            found_labels[-1] = (letter, found_labels[-1][1], label_end)
        else:
            found_labels.append((letter, label_start, label_end))
        last_letter, done_to = letter, label_end
    if not found_labels:
        return [RefItem(None, 0, len(text))]
    ref_items = [RefItem(None, 0, found_labels[0][1])] if text[: found_labels[0][1]].strip() else []
    item_ends = [item_start for _, item_start, _ in found_labels[1:]] + [len(text)]
    ref_items += [
        RefItem(letter, item_start, label_end)
        for (letter, _, item_start), label_end in zip(found_labels, item_ends, strict=True)
    ]
    return ref_items


def _label_at(text: str, start: int, last_letter: str) -> tuple[str, int] | None:
    """Return the label at an offset and its end, or None.

    Within a line, a letter is a label only if it is the next one, or a repetition of the last one:
    `J. SMITH` has no label.
    """
    match = _LABEL.match(text, start) or _REF_LETTER.match(text, start)
    if match is None:
        return None
    letter = match["in"] or match["out"]
    before_digit = text[match.end() : match.end() + 1].isdigit()
    if match["in"] and before_digit and not _may_follow_serial(text, start):
        return None
    if letter.isdigit() and match["in"] is None and text[match.end("out")] in ": ":
        return None
    at_line_start = not text[text.rfind("\n", 0, start) + 1 : start].strip(" >*-")
    has_ref_word = text.startswith(("REF", "AND"), start)
    expected_letter = chr(ord(last_letter) + 1) if last_letter else "A"
    if letter != expected_letter and match["in"] and letter in "CSU":  # how secret something is
        return None
    if at_line_start or has_ref_word or letter in (last_letter, expected_letter):
        return letter, match.end()
    return None


def _may_follow_serial(text: str, end: int) -> bool:
    """Return whether a serial may come before an offset.

    `KUWAIT (C)02293` has no serial before its bracket.
    """
    text_before = text[max(0, end - 12) : end].rstrip()
    return not text_before or not text_before[-1].isalpha()


_MONTH = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_AT_END = r"(?=\s*(?:[;,.)]|$))"
_DATE = pattern(
    rf"""(?<![A-Z0-9'/-])(?:(?:OF|DATED|DTD)[ \n]{{1,3}})?(?:
      {_MONTH}[ ]{{0,3}}[0-9]{{1,2}}(?![0-9])
        (?:[ ]{{0,2}},[ ]{{0,3}}(?P<a>{_YEAR}|'?[0-9]{{2}}{_AT_END})|[ ]{{1,3}}(?P<b>{_YEAR}))?
      |{_MONTH}[ ,]{{1,3}}(?P<c>{_YEAR})
      |[0-9]{{1,2}}[ -]{{1,3}}{_MONTH}(?:[ ,-]{{1,3}}(?P<d>{_YEAR}|[0-9]{{2}}{_AT_END}))?
      |[0-9]{{1,2}}/[0-9]{{1,2}}/(?P<e>{_YEAR}|[0-9]{{2}})
    )(?![0-9A-Z/])""",
    re.VERBOSE,
)
_MONTH_BEGINS = pattern("|".join(times.MONTHS))
_BEHIND_SERIAL = pattern(r"[A-Z.][ ]{1,3}#?[0-9]{1,7}[ ]{0,3}$")
_SERIAL_WITHIN = 40
"""The number of characters before a date to search for its serial."""
_LEAST = len("(73)")


def without_dates(text: str) -> str:
    """Return a readable block (in capitals) with spaces in place of its dates."""
    if "/" not in text and _MONTH_BEGINS.search(text) is None:
        return text
    return _DATE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    blank_length = len(match.group())
    year = next(filter(None, match.groups()), "")[-2:]
    search_start = max(match.start() - _SERIAL_WITHIN, 0)
    serial_before = (
        _BEHIND_SERIAL.search(match.string[search_start : match.start()]) if year else None
    )
    if serial_before is None or blank_length < _LEAST:
        return " " * blank_length
    return f"({year})".ljust(blank_length)


NUMBER = r"(?:C?A-[ ]?[0-9]{1,5}|A[0-9]{3,5})(?![0-9A-Z-])"
"""The number of an airgram, or of an airgram to all posts."""
_AIRGRAM = pattern(rf"(?<![A-Z0-9/-])(?:AIRGRAM[ ]{{1,3}}(?:NO\.?[ ]{{1,3}})?)?{NUMBER}")
_WORDS_BEFORE = pattern(r"(?:[A-Z][A-Z.'-]{0,19}[ ]{1,3}){1,3}$")
_NEAR = 64
"""The number of characters before an airgram to search for its post."""


def airgrams(text: str, learned: frozenset[str]) -> list[Span]:
    """Return the spans of the airgrams in a readable item, each with the post before it.

    A number without a hyphen is an airgram only after a post: `STATE A4683`.
    """
    airgram_spans: list[Span] = []
    for match in _AIRGRAM.finditer(text) if "A" in text else ():
        airgram_start = match.start()
        words_before = _WORDS_BEFORE.search(
            text,
            max(airgram_start - _NEAR, airgram_spans[-1][1] if airgram_spans else 0),
            airgram_start,
        )
        word_list = words_before.group().split() if words_before else []
        post = station_at_end(["".join(filter(str.isalpha, word)) for word in word_list], learned)
        if post:
            airgram_start = text.rindex(word_list[-post[1]], 0, airgram_start)
        if post or "-" in match.group():
            airgram_spans.append((airgram_start, match.end()))
    return airgram_spans


_KINDS: dict[ReferenceKind, Pattern[str]] = {
    "email": pattern(r"\bE[ -]?MAILS?\b|\bEMAILED\b|\bOPENNET\b|@"),
    "telephone": pattern(r"\b(?:TELE?CONS?|TELEPHONE|PHONE ?CALLS?|PHCON|[PF]H?ONECON|PHONE)\b"),
    "airgram": pattern(r"\bAIRGRAMS?\b|(?<![A-Z0-9/-])C?A-[0-9]{1,5}(?![0-9A-Z-])"),
    "report": pattern(
        r"\b(?:IIR|TDX?-?[0-9]|TD[ -]|FBIS|OSC|CIR[ -]?[0-9]|TDFIR|SITREP|REPORTS?|SIPRNET|NIE"
        r"|BULLETIN)\b"
    ),
    "other": pattern(
        r"\b(?:FAM|DTG|CFR|USC|LETTERS?|MEMO(?:RANDUM)?|FAX|ARTICLE|WEBSITE|GUIDANCE"
        r"|DIPLOMATIC NOTE|DIPNOTE|MEETINGS?|CONVERSATIONS?|PHOTOS?)\b"
    ),
}
"""The patterns of each kind, in the order in which they are tried."""


def kind_of(text: str) -> ReferenceKind | None:
    """Return the kind of reference, other than a cable, that an item names, or None."""
    return next(
        (
            reference_kind
            for reference_kind, kind_pattern in _KINDS.items()
            if kind_pattern.search(text)
        ),
        None,
    )

"""The signers: the surnames at the very end of a cable, before anything added after them.

The last line is a surname in capitals (on 745 of 1,295 pages), in lower case (174), or at the end
of the last sentence (212).
"""

from __future__ import annotations

import re
from functools import lru_cache

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.glossary.tables import word_lists
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.captions import is_caption
from cable_tui.telegram.people.name_words import GIVEN

_TAIL = 900
_SEEN = 1500
"""The number of characters at the end of a body on which its signature depends."""
_MOST_LINES = 24
_NOISE = pattern(
    r"(?:N{3,5}|BT|GP-?\d|[.>*_=~-]{1,200}|[.]{1,6}|END[ ](?:OF[ ])?(?:CABLE(?:[ ]TEXT)?"
    r"|MESSAGE|TEXT)\.?"
    r"|#\d{4}|MINIMIZE CONSIDERED\.?|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET(?://NOFORN)?"
    r"|LIMITED[ ]OFFICIAL[ ]USE|\d{4}[A-Z]{3,14}\d{4,6}[ ]-[ ].{4,60}"
    r"|NOTE\b[^:]{0,30}:[ ].{4,100}|DECLASSIFIED/RELEASED\b.{0,80}"
    r"|(?:SYSTEMATIC )?REVIEW \d{1,2} [A-Z]{3} \d{4}|[*]{2}[* ]{1,200}|[-]{2}[- ]{1,200})$",
    re.IGNORECASE,
)
_TRAILER = pattern(
    r"""(?:[*=_-][*=_ -]{9,200}\s{0,8})?
    (?:^[ \t]{0,8}For[ ]more[ ][^\n]{2,60}\n)?
    (?:^|(?<=[*=_.?!)”"-]))[ \t]{0,80}(?:Please[ ])?Visit[ ]
    [^\n]{2,50}web[ ]?site\b[^\n]{0,120}\s{0,40}
    (?:(?:(?:https?:/|www\.)\S{4,120}(?:[ ]\S{1,20})?|X{5,40})\s{0,40})?
    (?:[*=_-][*=_ -]{9,200}\s{0,40})?(?:[A-Z][A-Za-z'-]{1,20}\s{0,40})?\Z""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_LONGEST_TRAILER = 500
"""The maximum number of characters in a trailer with the text before it."""
_ENDS = pattern(r"[=*-]{3,60} ?(?:CABLE|MESSAGE|TEXT) ENDS?\b", re.IGNORECASE)
_WEB = pattern(
    r"https?:/|www\.|\.gov\b|\bweb ?site\b|classified web|^\W{0,3}(?:please )?visit\b"
    r"|\bwiki/Portal|^ed_Kingdom",
    re.IGNORECASE,
)
_WEB_TAIL = pattern(
    r"(?:\.fm|\.html?|\.cfm|Portal:\S{1,20}(?: \S{1,20})?|\.gov/?\S{0,80}"
    r"|http\S{1,120}(?: \S{1,20})?|ed_Kingdom)[”\"]?[ \t]{1,4}"
    r"([A-Z][A-Z'’-]{2,20}|[A-Z][a-z]{3,20})$"
)
_WORD = pattern(r"[A-Z][A-Za-zÀ-ÿ'’-]{1,24}\.?$")
_INITIAL = pattern(r"[A-Z]\.?$|[A-Z]\.[A-Z]\.$")
_AT_END = pattern(
    r"(?:[.!?”\"')\]’*-]|X{5}|x{5}|\b[Ee](?:ND|nd)[ ](?:COMMENT|SUMMARY|NOTE|[Cc]omment|[Nn]ote)"
    r"|\d{3}[ ]OF[ ]\d{3})[ \t]{1,6}#?(?P<name>(?:(?:VAN|VON|DE|DI|LA|LE|DEL"
    r"|ST\.)[ ])?[A-Z][A-Z'’-]{2,20}(?:[ ](?:JR|SR|II|III)\.?)?)$"
)
_GLUED = pattern(
    r"(?:(?:[a-z]{2}|[0-9]|(?:^|[ ])[A-Z]{4,30})[.]|x{5}|X{5}(?!X))"
    r"(?P<name>[A-Z]{4,20}|(?<=x)[A-Z][a-z]{3,20})$"
)
"""A name that lost the line break before it: `by February 12.PELHAM`, `THE WEEK.PELHAM`."""
_SLASH = pattern(r"/(?<=[A-Z]{4}/)(?=[A-Z]{1,2}$)")
"""A slip within a name, `PELH/AM`: too few letters follow for a second name."""
_NOUN = pattern(r"[A-Z]{3,20}(?:[TS]ION|ILITY|[A-Z]{2}MENT)S?")
"""The last word of a sentence that is alone on its line."""
_AT_END_MIXED = pattern(
    r"[.!?][”\")]?[ \t]{1,6}(?P<name>(?:Mc|Mac|De|Le|La|O['’])?[A-Z][a-z'’-]{2,20})$"
)
_NO_NAMES = word_lists("name_words")["NO_SIGNATURES"]
_PARTICLES = frozenset("VAN VON DE DER DEL DI DA LA LE DU ST ST. MC MAC EL AL TEN".split())
_RANKS = frozenset({"AMBASSADOR", "AMB", "CHARGE", "CDA", "DCM", "CONSUL", "SECRETARY"})
_SUFFIXES = frozenset({"JR", "SR", "II", "III", "IV"})
_UNQUOTE = pattern(r"(?:UNQUOTE|END (?:OF )?(?:QUOTE|TEXT|SUMMARY))[ .]{1,4}(?=[A-Z])")
"""A pattern for the text before a name on its line."""
_DRAFTED = pattern(r"(?P<drafter>[A-Z][a-z]{1,14})[ ]?/[ ]?(?P<signer>[A-Z]{3,20}|[a-z]{3,20})$")
"""The given name of a cable's drafter next to its signer; the two differ in letter case."""
_ACTING = pattern(r"[ ]?(?:\(?(?:ACTING|Acting)\)?|\bFOR\b|//?|,|&|\bAND\b)[ ]?")


class Signature(NamedTuple):
    """The signers of a cable."""

    names: tuple[str, ...]
    """The surnames in capitals."""
    start: int
    """The offset of the signing line, or of the name that ends the last sentence, or -1 if there is
    no signature.
    """


def signature(body: str) -> Signature:
    """Return the signature of a body."""
    length_before = max(len(body) - _SEEN, 0)
    end_signature = _signature_of_end(body[length_before:])
    return (
        end_signature
        if end_signature.start < 0
        else Signature(end_signature.names, end_signature.start + length_before)
    )


@lru_cache(maxsize=1)
def _signature_of_end(body: str) -> Signature:
    """Return the signature at the end of a body, which is needed with and without page lines."""
    tail_start = max(len(body) - _TAIL, 0)
    line_end = len(body.rstrip())
    for _ in range(_MOST_LINES):
        if line_end <= tail_start:
            break
        line_start = max(body.rfind("\n", tail_start, line_end) + 1, tail_start)
        signature_line = body[line_start:line_end].strip(" \t\\\r")
        if signature_line and not _is_noise(signature_line):
            line_signature = _signed(body, line_start, signature_line)
            if line_signature is not None:
                return line_signature
        line_end = line_start - 1
        while line_end > tail_start and body[line_end - 1].isspace():
            line_end -= 1
    return Signature((), -1)


def end_of_text(body: str) -> int:
    """Return the end of a body, before the end of its last page and of its transmission: `NNNN`."""
    text_end = len(body.rstrip())
    for _ in range(_MOST_LINES):
        line_start = body.rfind("\n", 0, text_end) + 1
        if not line_start or not pagebreaks.is_end(body[line_start:text_end].rstrip(" \t\\\r")):
            break
        text_end = len(body[:line_start].rstrip())
    return text_end


def text_end(body: str, signed: Signature, begin: int) -> int:
    """Return the end of a text from an offset: before its signature, a trailer, `NNNN`."""
    end_offset = signed.start if signed.start > begin else end_of_text(body)
    return without_trailer(body, begin, end_offset)


def without_trailer(body: str, begin: int, end: int) -> int:
    """Return the end of the text `body[begin:end]` without its trailer."""
    search_start = max(begin, end - _LONGEST_TRAILER)
    small_text = body[search_start:end].lower()
    if (
        "visit " not in small_text or "site" not in small_text
    ):  # few ends have both, and the search is long
        return end
    trailer_match = _TRAILER.search(body, search_start, end)
    return trailer_match.start() if trailer_match and trailer_match.start() > begin else end


def _is_noise(line: str) -> bool:
    if is_caption(line) or _ENDS.search(line):
        return True
    return _NOISE.match(line) is not None or pagebreaks.is_end(line)


def _signed(body: str, start: int, line: str) -> Signature | None:
    """Return the signature in a line, or None to look further up.

    Empty names mean that the search ends at this line.
    """
    signer_names = _whole_line(line) or _lower_case(body, start, line)
    if signer_names and not _in_a_list(body, start, line):
        return Signature(signer_names, start)
    name_at_end = (
        _WEB_TAIL.search(line[-200:]) or _AT_END.search(line[-80:]) or _GLUED.search(line[-80:])
    )
    if name_at_end:
        signer_name = name_at_end.group(1).rstrip(".")
        return _at_end(body, start, line, signer_name)
    if _WEB.search(line) or line.upper().endswith("..."):
        return None
    if mixed_name := _AT_END_MIXED.search(line[-40:]):
        return _at_end(body, start, line, mixed_name.group("name"))
    return Signature((), -1) if len(line) > 3 else None


def _at_end(body: str, start: int, line: str, name: str) -> Signature:
    if _is_no_name(name.upper()):
        return Signature((), -1)
    return Signature((name.upper(),), body.rfind(name, start, start + len(line) + 40))


def _whole_line(line: str) -> tuple[str, ...]:
    """Return the surnames on a line that consists of one or two names."""
    if len(line) > 48 or line.endswith((":", "?", "!", ";", ",")):
        return ()
    if drafted_match := _DRAFTED.match(line):  # `Jeff / pelham`
        signer_name = drafted_match["signer"].upper()
        is_given = (
            drafted_match["drafter"].lower() in GIVEN and not drafted_match["signer"].istitle()
        )
        return () if _is_no_name(signer_name) or not is_given else (signer_name,)
    signer_names: list[str] = []
    line = _SLASH.sub("", _UNQUOTE.sub("", line))
    for name_part in _ACTING.split(line.strip(" .*_-#\"'“”")):
        if name_part.strip():
            surnames = _surnames(name_part.split())
            if not surnames:
                return ()
            signer_names.extend(surnames)
    return tuple(dict.fromkeys(signer_names[:3]))


def _is_no_name(word: str) -> bool:
    return word in _NO_NAMES or _NOUN.fullmatch(word) is not None


def _surnames(words: list[str]) -> list[str]:
    if len(words) > 1 and words[0].upper().rstrip(".") in _RANKS:
        words = words[1:]
    if len(words) > 4 or not words:
        return []
    if not all(
        _WORD.match(word) or _INITIAL.match(word) or word.upper() in _PARTICLES for word in words
    ):
        return []
    upper_words = [word.upper().rstrip(".") for word in words]
    if any(map(_is_no_name, upper_words)):
        return []
    suffix = upper_words.pop() if upper_words[-1] in _SUFFIXES and len(upper_words) > 1 else ""
    first_index = len(upper_words) - 1
    while first_index and upper_words[first_index - 1] in _PARTICLES:
        first_index -= 1
    whole_surname = " ".join(upper_words[first_index:])
    if len(whole_surname) < 2:
        return []
    whole_surname = f"{whole_surname} {suffix}".strip()
    words_before = upper_words[:first_index]
    if not words_before or words_before[0].lower() in GIVEN or any(map(_INITIAL.match, words)):
        return [whole_surname]
    if not words[0].isupper():
        return []
    return [*words_before, whole_surname] if len(words_before) == 1 else [whole_surname]


def _lower_case(body: str, start: int, line: str) -> tuple[str, ...]:
    """Return the name on a line that is one word in lower case, if a rule is above it."""
    line_above = body[max(start - 200, 0) : start].rstrip().rsplit("\n", 1)[-1].strip()
    has_rule = len(line_above) > 3 and not line_above.strip("-=*_ ")
    return (
        (line.upper(),) if has_rule and line.isalpha() and line.islower() and len(line) > 2 else ()
    )


def _in_a_list(body: str, start: int, line: str) -> bool:
    """Return whether a line only ends a list of similar lines."""
    if line.islower():
        return False
    lines_above = body[max(start - 400, 0) : start].rstrip().rsplit("\n", 2)[-2:]
    if line.isupper() and (
        body.endswith("\n\n", 0, start) or not all(map(str.isupper, lines_above))
    ):
        return False
    return len(lines_above) == 2 and all(
        0 < len(text.split()) <= 2 and not text.rstrip().endswith((".", "-"))
        for text in lines_above
    )

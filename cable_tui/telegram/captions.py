"""Captions and addressed lines between the classification line and the E.O. line.

A caption is alone on its line: SIPDIS, NOFORN, SENSITIVE. An addressed line lists the readers:
`STATE FOR EUR/WE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.pattern import pattern
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.body_labels import Top
from cable_tui.telegram.classification_line import class_line, is_classification_line
from cable_tui.telegram.paragraph_starts import split_marking

_CAPTIONS = frozenset(
    {
        "SIPDIS", "NOFORN", "SENSITIVE", "EXDIS", "NODIS", "LIMDIS", "STADIS", "NOTAL", "EFTO",
        "TERREP", "MEDNOTE", "NOCONTRACT", "ORCON", "FOUO", "SBU", "NIACT", "SIPDIS SENSITIVE",
        "ROGER CHANNEL", "DS CHANNEL", "OIG CHANNEL", "DISSENT CHANNEL", "EYES ONLY",
        "CONDIS", "STATUS", "NATUS", "RODCA", "HOPSCOTCH", "CHEROKEE",
        "SBU DELIBERATIVE PROCESS", "DELIBERATIVE PROCESS", "SENSITIVE BUT UNCLASSIFIED",
        "NOT FOR INTERNET DISTRIBUTION", "NO DISTRIBUTION",
    }
)  # fmt: skip
_LEADS = frozenset(caption.split()[0] for caption in _CAPTIONS)
_LEAD = 3
"""The number of letters that are compared first: they rule out a caption on most lines."""
_STARTS_OF_LEADS = frozenset(lead[:_LEAD] for lead in _LEADS)
_STARTS_OF_LINES = _STARTS_OF_LEADS | {"COR", "CO ", "C O"}
"""The first letters of captions, and of the caption of a corrected copy."""
_CORRECTED = pattern(
    r"[ \t]{0,8}(?:C[ ]?O[ ]?R[ ]?R[ ]?E[ ]?C[ ]?T[ ]?E[ ]?D)[ ]{1,4}(?:C[ ]?O[ ]?P[ ]?Y"
    r"|CABLE)\b(.{0,200})",
    re.IGNORECASE,
)
_ADDRESSED = pattern(
    r"\bFOR\b|\bPASS\b|\bALSO\b|^FROM\b|^[A-Z][A-Z/.]{1,9}: ?[A-Z]|^(?:Please|PLEASE|EYES)\b"
    r"|^(?:For|Pass|Dept|State|Department)\b|\b[Ff]or [A-Z]{2}|^nsc for\b|^dept\b"
)
_STARTS = pattern(r"[A-Z][A-Z/., -]{0,30}? (?:ALSO |PLEASE |PLS )?(?:FOR|PASS)\b")
_DUMPED = pattern(r"(?:ID|ORIGIN|DATE|SOURCE|CLASSIFICATION|MISC|DESTINATION|FILE|File): ")
_OFFICES = pattern(
    r"[A-Z]{1,8}(?:/[A-Z-]{1,8}){1,4}(?:[ ,;-]{1,3}[A-Z][A-Z/.() -]{0,60}){0,8}[ ,;]{0,2}$"
)
_DATE_LINE = pattern(r"[A-Z][a-z]{5,8}, \d{1,2} [A-Z][a-z]{2,8} \d{4}|\[?Cable dated:")
_GLUED = pattern(r"^[ ]{0,4}(SIPDIS|NOFORN)(?=[A-Z]{2})")
"""A caption that lost its line break in a head on one line."""
_ROUTED = pattern(r"[ \t]{0,4}(?:R[A-Z]{3,7}/|VZCZC|DE R|ZN[RY] |(?:FM|TO|INFO) )")
_FULL_LINE = 54
_LONG_LINE = 72
"""The minimum length, in characters, of a lower-case line that is a sentence rather than a list of
readers.
"""
_MOST_LINES = 60


def is_caption(line: str) -> bool:
    """Return whether a line consists of captions."""
    return bool(_captions_of(line))


def _captions_of(line: str) -> list[str]:
    """Return the captions on a line that contains nothing else, or an empty list."""
    if line.lstrip()[:_LEAD].upper() not in _STARTS_OF_LEADS:
        return []
    caption_words = line.upper().replace(",", " ").replace("\\", " ").split()
    if not caption_words or caption_words[0] not in _LEADS or len(caption_words) > 8:
        return []
    caption_names: list[str] = []
    word_index = 0
    while word_index < len(caption_words):
        for word_count in range(min(4, len(caption_words) - word_index), 0, -1):
            possible_caption = " ".join(caption_words[word_index : word_index + word_count])
            if possible_caption in _CAPTIONS:
                caption_names.append(possible_caption)
                word_index += word_count
                break
        else:
            return []
    return caption_names


def corrected_copy(line: str) -> str | None:
    """Return `CORRECTED COPY (ADDED TAGS)` if a line has these words in spaced letters, or None."""
    match = _CORRECTED.match(line) if line.lstrip()[:1] in ("C", "c") else None
    if not match:
        return None
    remark = " ".join(match.group(1).split()).lstrip("-: ")
    return f"CORRECTED COPY {remark}".strip()


def _head(top: Top) -> Iterator[str]:
    """Yield the lines before the first label, without page breaks."""
    first_label = top.first_label
    for line_start, line in zip(top.starts[:_MOST_LINES], top.lines, strict=False):
        if line_start >= first_label:
            return
        if pagebreaks.rest(line) is None:
            yield line[: first_label - line_start]


def captions(top: Top) -> tuple[str, ...]:
    """Return the captions before the first paragraph, in text order and without duplicates."""
    caption_texts: list[str] = _on_class_line(top)
    for line_start, line in zip(top.starts[:_MOST_LINES], top.lines, strict=False):
        if line_start >= top.end:
            break
        if line.lstrip()[:_LEAD].upper() in _STARTS_OF_LINES:
            remark = corrected_copy(line)
            caption_texts.extend([remark] if remark else _captions_of(line))
    return tuple(dict.fromkeys(caption_texts))


def _on_class_line(top: Top) -> list[str]:
    """Return the captions after the classification on the same line, as in one-line heads."""
    class_line_read = class_line(top)
    if class_line_read is None:
        return []
    class_end = class_line_read.span[1]
    line_end = top.body.find("\n", class_end)
    line_end = line_end if line_end >= 0 else top.end
    if not top.body[class_end:line_end].strip():
        return []
    label_starts = [label.start for label in top.labels if label.start >= class_end]
    text_after = top.body[class_end : min([line_end, *label_starts])]
    text_words = _GLUED.sub(r"\1 ", text_after).split()[:4]
    for word_count in range(len(text_words), 0, -1):
        if caption_names := _captions_of(" ".join(text_words[:word_count])):
            return caption_names
    return []


def addressed(top: Top) -> tuple[str, ...]:
    """Return the lines that list further readers, with wrapped lines joined."""
    line_texts: list[str] = []
    is_joinable = False
    for line in _head(top):
        line_text = " ".join(line.replace("\\", " ").split())
        if not _is_text(line_text):
            is_joinable = False
            continue
        if is_joinable and _continues(line_texts[-1], line_text):
            line_texts[-1] = f"{line_texts[-1]} {line_text}"
        elif is_addressed(line_text):
            line_texts.append(line_text)
            is_joinable = True
        else:
            is_joinable = False
    return tuple(line_texts)


def is_addressed(text: str) -> bool:
    """Return whether a line lists readers."""
    return _ADDRESSED.search(text) is not None or _OFFICES.match(text) is not None


def is_prose(text: str) -> bool:
    """Return whether a line before the labels is prose: neither readers nor a header line."""
    lower_letters = sum(map(str.islower, text))
    return _is_text(text) and not is_addressed(text) and lower_letters > sum(map(str.isupper, text))


def _is_text(text: str) -> bool:
    if not text or _captions_of(text) or corrected_copy(text) or _DATE_LINE.match(text):
        return False
    if _ROUTED.match(text) or _DUMPED.match(text) or "\t" in text or split_marking(text)[0]:
        return False
    return (
        not is_classification_line(text)
        and text.isprintable()
        and (len(text) < _LONG_LINE or sum(map(str.isupper, text)) >= sum(map(str.islower, text)))
    )


def _continues(line_above: str, line_text: str) -> bool:
    """Return whether a line continues the line above it."""
    if _STARTS.match(line_text):
        return False
    if line_above.endswith((",", "-", "/", "&", ";")) or line_above.count("(") > line_above.count(
        ")"
    ):
        return True
    if line_above.endswith((" AND", " FOR", " TO", " THE")):
        return True
    return len(line_above) >= _FULL_LINE and not _ADDRESSED.search(line_text)

"""Sentences that report what someone said, by a verb, `according to` or quotation marks.

Each sentence is judged by its own words. A sentence that continues a source's words without a
marker is not distinguished from the author's narration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import length_hint

from cable_tui.base.cable import Paragraph, Span
from cable_tui.base.pattern import pattern
from cable_tui.telegram.paragraph_starts import MARKING
from cable_tui.text.sentences import sentences
from cable_tui.tools.voices.layout import Layout
from cable_tui.tools.voices.who_speaks import Words
from cable_tui.tools.voices.words_of_saying import TRIGGERS

_WORDS = frozenset(TRIGGERS)
_QUOTATION_MARKS = ('"', "“", "”", "&")
_QUOTED = pattern(
    r"[“\"&](?:(?<=&)(?P<lost>[^&\n]{12,300}[^\s\d&])8(?![^\W_])"
    r"|(?:(?<=“)|(?<![^\s(\[/—–-]\")(?<=\")\"?(?=\S))(?P<said>[^“”\"]{1,3000})(?:”|(?<=\S)\"(?!\w)))"
)
_BEGUN = pattern(r"[:,]\s{1,3}[\"“](?=\S)([^\"“”]{1,3000})$")
"""Matches a quotation that continues after the end of a sentence."""
_NAME = pattern(r"[A-Z0-9]\S*(?:\s+(?:[A-Z0-9]\S*|[^\sA-Z0-9]\S{0,2}))*$")
"""Matches a quotation in which all long words begin with a capital. Each word can match in only one
way. With two ways for each short word, forty such words in a row would take years.
"""
_LONG_QUOTE = 5
"""The minimum number of words in a quotation that is more than a name or a doubtful word. A
quotation that begins with a capital may have one word fewer.
"""
_BLANK = pattern(r"\n[ \t\\]*\n\s*")
_SHORT = 45
"""The length below which a line above an empty line is a heading if it has no stop at its end."""
_ENDED = (".", "?", "!", ":", '"', "”", ")", "]", "’")
_LABEL = pattern(
    r"[ \t>]{0,12}¶?\(?\d{1,3}[ ]?[.),]?[ \t]{0,6}"
    rf"(?:{MARKING}[ \t:]{{0,4}})?"
)
_DASHES = ("--", "—", "–", "…", "\\")
"""Characters that separate words without a space."""
_GLUE = (*_DASHES, "xxxx", "XXXX")
_GLUED = pattern(r"(?<=[^\W_xX])(?=[xX]{4})|(?<=[xX]{4})(?=[^\W_xX])")
"""Matches a position where a redaction touches a word."""


def reported(page: Layout) -> list[Span]:
    """Return the sentences of a text that report what someone said, in order.

    Never raises an error, and takes time linear in the length of the text.
    """
    return list(reported_in(page, page.paragraphs))


def reported_in(page: Layout, paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """Yield the sentences in the given paragraphs that report what someone said."""
    page_text = page.text
    # Most texts have few of these signs: then no sentence is asked for them.
    whole_text = page_text[page.begin : page.end]
    marks = [sign for sign in _QUOTATION_MARKS if sign in whole_text]
    # A single sign is found much faster.
    has_glue = any(sign[0] in whole_text and sign in whole_text for sign in _GLUE)
    for paragraph in paragraphs:
        paragraph_start, paragraph_end = paragraph.span
        has_marks = marks and any(
            page_text.find(sign, paragraph_start, paragraph_end) >= 0 for sign in marks
        )
        quoted_spans = (
            list(_quotations(page_text, paragraph_start, paragraph_end)) if has_marks else []
        )
        ahead = 0
        if paragraph.label and (
            label_match := _LABEL.match(page_text, paragraph_start, paragraph_end)
        ):
            paragraph_start = label_match.end()
        for text_piece in _pieces(page_text, paragraph_start, paragraph_end):
            for sentence_start, sentence_end in sentences(page_text, *text_piece):
                while ahead < len(quoted_spans) and quoted_spans[ahead][1] <= sentence_start:
                    ahead += 1
                is_quoted = ahead < len(quoted_spans) and quoted_spans[ahead][0] < sentence_end
                sentence_text = page_text[sentence_start:sentence_end]
                says_so = is_quoted or says(sentence_text, glued=has_glue)
                if says_so or (has_marks and _is_half_quoted(sentence_text)):
                    yield sentence_start, sentence_end


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """Return the approximate pieces of text between empty lines, which no sentence crosses."""
    piece_spans: list[Span] = []
    next_start = start
    while blank_line := _BLANK.search(text, next_start, end):
        next_start = blank_line.end()
        line_above = text[
            max(text.rfind("\n", start, blank_line.start()) + 1, start) : blank_line.start()
        ].strip()
        ends = line_above.endswith(_ENDED) or len(line_above) < _SHORT
        if ends and not text[next_start : next_start + 1].islower():
            if line_above.endswith(_ENDED) or blank_line.start() - start >= _SHORT:
                piece_spans.append((start, blank_line.start()))
            start = next_start
    return [*piece_spans, (start, end)]


def _quotations(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the quotations of someone's own words, but not of a name or a doubtful word."""
    for match in _QUOTED.finditer(text, start, end):
        quoted_text = match["said"] or match["lost"]
        least_words = _LONG_QUOTE - quoted_text[:1].isupper()
        if len(quoted_text.split()) >= least_words and (
            quoted_text.isupper() or not _NAME.match(quoted_text)
        ):
            yield match.span()


def is_quoted(text: str, sentence: Span, part: Span) -> bool:
    """Return whether a part of a sentence is in quotation marks, as someone's own words."""
    if any(start <= part[0] and part[1] <= end for start, end in _quotations(text, *sentence)):
        return True
    return _is_half_quoted(text[slice(*sentence)])


def _is_half_quoted(sentence: str) -> bool:
    """Return whether a sentence has a quotation mark at only one end."""
    has_mark = '"' in sentence or "“" in sentence
    if has_mark and (opening := _BEGUN.search(sentence)) and len(opening[1].split()) >= _LONG_QUOTE:
        return True
    opening_signs = len(sentence) - len(sentence.lstrip('"“'))
    closing_signs = len(sentence) - len(sentence.rstrip('"”'))
    if bool(opening_signs) == bool(closing_signs):
        return False
    text_inside = sentence[opening_signs : len(sentence) - closing_signs]
    if any(sign in text_inside for sign in '"“”') or text_inside[-1:].isdigit():
        return False
    return len(text_inside.split()) >= _LONG_QUOTE


def says(sentence: str, *, glued: bool = True) -> bool:
    """Return whether a sentence contains a reporting word.

    `glued` may be False only if no dash or redaction touches the words of the sentence.
    """
    return said_at(sentence, glued=glued) is not None


def said_at(sentence: str, *, glued: bool = True) -> int | None:
    """Return the index of the reporting word among the words of `parted`, or None."""
    words = Words(parted(sentence) if glued else sentence)
    words_left = iter(words.stripped)
    while not _WORDS.isdisjoint(
        words_left
    ):  # it stops behind the first one, faster than a loop would
        index = len(words.stripped) - length_hint(words_left) - 1
        if TRIGGERS[words.stripped[index]](words, index) and not words.is_name(index):
            return index if not words.is_guess() or words.is_aside(index) else None
    return None


def parted(sentence: str) -> str:
    """Return a sentence with spaces where dashes and redactions touch words."""
    for dash in _DASHES:
        sentence = sentence.replace(dash, " ")
    if "xxxx" in sentence or "XXXX" in sentence:
        sentence = _GLUED.sub(" ", sentence)
    return sentence

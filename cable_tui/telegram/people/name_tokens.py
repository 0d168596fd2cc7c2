"""The words and punctuation marks of a text, one by one, to find names among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern


class Token(NamedTuple):
    """A word or a punctuation mark; a line break separates paragraphs."""

    text: str
    folded: str
    """The text in lower case, without the `s` of a genitive and without a full stop."""
    start: int
    end: int
    is_word: bool

    @property
    def is_genitive(self) -> bool:
        """Whether the token is a genitive: `Tern's`, `Torres'`."""
        return self.text[-2:].lower().translate(_APOSTROPHES) in ("'s", "s'")

    @property
    def is_initial(self) -> bool:
        """Whether the token is one letter: `J.`."""
        return len(self.text.rstrip(".")) == 1 and self.text[0].isupper()

    @property
    def begins_name(self) -> bool:
        """Whether the token has a capital and does not stand for a removed name: `XXXXXXXXXXXX`."""
        is_removed = len(self.text) > 3 and not self.folded.strip("x")
        is_capital = self.text[0].isupper() or bool(_ARTICLE.match(self.text))
        return self.is_word and is_capital and not is_removed


_APOSTROPHES = str.maketrans("’`´", "'''")
_ARTICLE = pattern(r"(?:a[dlnrstz]|ash|[eiu]l|bin|ibn|bint|abu|ben|de?|l|ould)[-'’`][A-ZÀ-Þ]")
_DIVIDED = pattern(r"-\\?\s{1,9}(?=(\w))")
_TOKEN = pattern(
    r"""
    (?P<word>
        (?:[^\W\d_]\.){2,5}                                      # U.S., J.P.
      | (?-i:[A-Z])\.(?=[\s~-]?[^\W\d_]|,|\s?[(\[])              # an initial
      | (?:dr|mr|mrs|ms|amb|gen|col|sen|rep|gov|prof|st|sr|jr|lt|capt|maj|adm|cdr|eng|rev|fr|hon
          |sra|dra|inc|ltd|co|corp|sgt|brig|msgr|ing|lic|ret|bg|mg)\.(?![^\W\d_])
      | (?-i:[A-Z]{1,4}/[A-Z]{1,5})(?![^\W_])                    # A/S, P/E
      | [^\W\d_][^\W_]{0,40}
        (?:(?:[-'’‘ʻʼʿ`´]|-\\?[ \t\r]{0,4}\n[ \t]{0,8})[^\W_]{1,40}){0,6}(?:['’](?=[\s)\]]))?
      | \d[\d.,:/]{0,20}\d | \d
    )
    | (?P<break>\n[ \t\\]{0,200}\n\s{0,200} | (?:(?<=\s)|^)¶?\d{1,2}\.\s{0,6}\(\s?[A-Z/]{1,12}\s?\))
    | (?P<mark>-{2,3}|[–—]|(?<=\s)-(?=\s)|[^\s\w\\-])
    """,
    re.IGNORECASE | re.VERBOSE,
)


def tokens(text: str, body: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of a text without page lines; `body` includes them.

    A page line does not end a paragraph.
    """
    is_word = False
    for match in _TOKEN.finditer(text, start, end):
        printed, is_blank = match[0], not match[0].strip(" \t\r\n\\")
        if (
            is_blank
            and (
                body[match.start() : match.end()].strip(" \t\r\n\\")  # a page line
                or (
                    is_word and text[match.end() : match.end() + 1].islower()
                )  # the sentence goes on
            )
        ):
            continue
        is_word = match.lastgroup == "word"
        if match.lastgroup == "break":
            printed = "\n"
        elif "\n" in printed:  # `Tar-\nhanli`, `al-\nMarwazi`
            printed = _DIVIDED.sub(lambda part: "-" if part[1].isupper() else "", printed)
        folded_token = printed.lower().translate(_APOSTROPHES).removesuffix("'s")
        yield Token(printed, folded_token.rstrip(".'") or printed, *match.span(), is_word)

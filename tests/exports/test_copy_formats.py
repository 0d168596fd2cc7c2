"""Copy formats, byte for byte, and what they do at the edges.

A quotation is what the file has: lines are joined, page-break lines are out, nothing else. The
expected side of that walks along the lines of the file and knows nothing of the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats, telegram
from cable_tui.base.cable import Cable, Paragraph, Problem
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, remark, sender
from cable_tui.exports.copy_formats import EXPORTS, markdown, quotation, quoted_part, words_begin
from tests.exports.sample import BODY, PARAGRAPHS, cable
from tests.shared_files import CORPUS

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
INTRODUCTION, FIRST, SECOND, THIRD, UNNUMBERED = PARAGRAPHS
PAGE = "https://wikileaks.org/cable/2009/02/09CORVONA27.html"


def copied(style: str, *paragraphs: Paragraph) -> str:
    return EXPORTS[style].function(Citation(cable(), paragraphs, read_on=date(2026, 11, 24)))


PLACES: tuple[tuple[str, tuple[Paragraph, ...]], ...] = (
    ("cable", ()),
    ("paragraph", (SECOND,)),
    ("paragraphs", (FIRST, SECOND, THIRD)),
)


NAMELESS = {"text", "path"}
"""Forms that name no cable: its text as it is, and a file of the reader's own."""


@pytest.mark.parametrize("style", EXPORTS)
@pytest.mark.parametrize(("place", "paragraphs"), PLACES)
def test_every_format_is_as_its_golden_file(
    style: str, place: str, paragraphs: tuple[Paragraph, ...]
) -> None:
    golden = (GOLDEN / f"{style}-{place}.txt").read_text(encoding="utf-8")
    assert f"{copied(style, *paragraphs)}\n" == golden


def test_names_and_keys_of_formats_clash_with_nothing() -> None:
    assert all(name == export.name for name, export in EXPORTS.items())
    assert len({export.key for export in EXPORTS.values()}) == len(EXPORTS)
    assert not {"j", "k"}.intersection(export.key for export in EXPORTS.values())
    assert len({export.label for export in EXPORTS.values()}) == len(EXPORTS)


@pytest.mark.parametrize(
    ("paragraphs", "places"),
    [
        ((), ""),
        ((FIRST,), " ¶1"),
        ((FIRST, SECOND), " ¶1–2"),
        ((FIRST, SECOND, THIRD), " ¶1–3"),
        ((FIRST, THIRD), " ¶1, 3"),
        ((UNNUMBERED,), " ¶3"),
        ((THIRD, UNNUMBERED), " ¶3"),
        ((INTRODUCTION,), ""),
        ((INTRODUCTION, FIRST), " ¶1"),
    ],
    ids=["none", "one", "two", "three", "gap", "unnumbered", "with it", "before the first", "both"],
)
def test_paragraphs_are_named_by_their_numbers(
    paragraphs: tuple[Paragraph, ...], places: str
) -> None:
    assert copied("reference", *paragraphs) == f"09CORVONA27{places}"


def test_a_paragraph_without_an_anchor_is_linked_by_its_page() -> None:
    bare = replace(SECOND, anchor=None)
    citation = Citation(cable(paragraphs=(FIRST, bare)), (bare,))
    assert EXPORTS["link"].function(citation) == PAGE
    assert "has no anchor" in remark(citation)


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("plusd", "https://wikileaks.org/plusd/cables/09CORVONA27_a.html"),
        (
            "file:///srv/{year}/{month}/{id}.html{anchor}",
            "file:///srv/2009/02/09CORVONA27.html#par2",
        ),
        ("https://example.org/?id={id}", "https://example.org/?id=09CORVONA27"),
    ],
)
def test_links_follow_the_template(template: str, address: str) -> None:
    citation = Citation(cable(), (SECOND,), template)
    assert EXPORTS["link"].function(citation) == address


def test_without_a_date_the_address_is_not_invented() -> None:
    citation = Citation(cable(created=""), (SECOND,))
    assert EXPORTS["link"].function(citation) == ""
    assert EXPORTS["share"].function(citation) == "#cablegate #09CORVONA27"
    assert EXPORTS["footnote"].function(citation).endswith("OFFICIAL USE ONLY, WikiLeaks.")
    assert "— 09CORVONA27, ¶2, Consulate" in EXPORTS["markdown"].function(citation)


def test_a_day_is_enough_for_a_link() -> None:
    assert EXPORTS["link"].function(Citation(cable(created="2009-02-13"))) == PAGE


def test_text_of_neighbours_is_one_piece_of_the_file() -> None:
    assert copied("text", FIRST, SECOND) in cable().body.text
    assert copied("text", FIRST, THIRD).count("\n\n3. (SBU)") == 1


def test_markdown_shows_the_signs_of_the_text() -> None:
    assert r"was closed for \*two\* days" in copied("markdown", FIRST)
    assert r"\- No number of its own" in copied("markdown", UNNUMBERED)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("1. one", r"1\. one"),
        ("# one", r"\# one"),
        ("12 ships", "12 ships"),
        ("+ one", r"\+ one"),
        ("=====", r"\====="),
        ("= one", "= one"),
        ("~~~ one", r"\~\~\~ one"),
        ("AT&T &copy; one", r"AT&T \&copy; one"),
    ],
)
def test_markdown_begins_no_list_or_heading_by_chance(words: str, shown: str) -> None:
    plain = replace(FIRST, text=words, marking=None)
    citation = Citation(cable(paragraphs=(plain,)), (plain,))
    assert EXPORTS["markdown"].function(citation).startswith(f"> {shown}\n— ")


def test_a_cable_without_a_subject_can_be_cited() -> None:
    citation = Citation(cable(subject=""))
    assert EXPORTS["quotation"].function(citation) == "(09CORVONA27)"
    written = EXPORTS["footnote"].function(citation)
    assert written.startswith("U.S. Consulate Corvona, cable 09CORVONA27, February 13, 2009, UNCL")
    assert EXPORTS["markdown"].function(citation).startswith("— [09CORVONA27](")


def test_a_line_without_a_number_is_said_to_belong_to_the_one_before() -> None:
    citation = Citation(cable(), (UNNUMBERED,))
    assert remark(citation) == "This paragraph has no number; linked to ¶3."
    assert EXPORTS["link"].function(citation) == f"{PAGE}#par3"


def test_an_anchor_that_stands_twice_is_said() -> None:
    twice = (FIRST, replace(SECOND, anchor="par1"))
    assert "more than once" in remark(Citation(cable(paragraphs=twice), (FIRST,)))


@pytest.mark.parametrize("paragraphs", [(), (FIRST,), (INTRODUCTION,)])
def test_there_is_no_remark_where_nothing_is_odd(paragraphs: tuple[Paragraph, ...]) -> None:
    assert remark(Citation(cable(), paragraphs)) == ""


@pytest.mark.parametrize(
    ("origin", "author"),
    [
        ("Embassy Rabat", "U.S. Embassy Rabat"),
        ("Secretary of State", "U.S. Secretary of State"),
        ("US Mission Geneva", "U.S. Mission Geneva"),
        ("USUN New York", "USUN New York"),
        ("American Institute Taiwan, Taipei", "American Institute Taiwan, Taipei"),
        ("Embasy Bonn", "U.S. Embassy Bonn"),
        ("** Dhahran", "Dhahran"),
        ("", ""),
    ],
)
def test_senders_are_named_as_a_footnote_does(origin: str, author: str) -> None:
    assert sender(origin) == author


def span_of(words: str) -> tuple[int, int]:
    start = BODY.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        # The first sentence, the last one, and words from the middle of ¶1.
        ("1. (U) This cable answers reftel.", ["(U) This cable answers reftel. …"]),
        ("This cable answers reftel.", ["(U) This cable answers reftel. …"]),
        ("The harbor of Corvona\nwas", ["… The harbor of Corvona was …"]),
        (" closed for *two* days.\n", ["… closed for *two* days."]),
        # Neither label and marking nor blanks are words that are left out.
        ("This cable answers reftel. The harbor of Corvona\nwas closed for *two* days.",
         ["(U) This cable answers reftel. The harbor of Corvona was closed for *two* days."]),
        # Over the page break of ¶2, and up to the end of one paragraph and into the next.
        ("wrestle\n\nCORVONA 00000027  002 OF 002\n\nwith", ["… wrestle with …"]),
        ("told them.\n\n3. (SBU) Comment", ["… told them.", "(SBU) Comment …"]),
        ("days.\n\n2. (S", ["… days."]),
        # What is in no paragraph is not a part of one.
        ("SIPDIS", ["SIPDIS"]),
    ],
)  # fmt: skip
def test_an_ellipsis_stands_where_words_are_left_out(words: str, quoted: list[str]) -> None:
    assert quoted_part(cable(), span_of(words)) == quoted


def test_a_part_is_quoted_with_its_ellipses_in_every_form() -> None:
    part = span_of("The harbor of Corvona")
    place = Citation(cable(), (PARAGRAPHS[1],), part=part)
    assert quotation(place) == "“… The harbor of Corvona …” (09CORVONA27, para. 1)"
    assert markdown(place).startswith("> … The harbor of Corvona …\n— [09CORVONA27, ¶1]")


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_words_begin_behind_the_label(paragraph: object) -> None:
    made: Cable = cable()
    at = PARAGRAPHS.index(paragraph)
    begin = ("THE AMB", "This cable", "On the dom", "Comment:", "- No number")[at]
    assert words_begin(made, made.body.paragraphs[at]) == BODY.index(begin)


@given(st.tuples(st.integers(0, len(BODY)), st.integers(0, len(BODY))).map(sorted))
def test_every_part_has_the_words_of_the_text_only(span: list[int]) -> None:
    parts = quoted_part(cable(), (span[0], span[1]))
    if span[1] <= PARAGRAPHS[0].span[0]:
        assert parts == [" ".join(BODY[slice(*span)].split())]
        return
    without_break = BODY.replace("CORVONA 00000027  002 OF 002\n", "")
    # Who selects in the line of a page break gets what is there.
    wholes = [" ".join(text.split()) for text in (without_break, BODY)]
    for part in parts:
        bare = part.removeprefix("(U) ").removeprefix("(SBU) ")
        words = " ".join(bare.replace("…", " ").split())
        assert any(words in whole for whole in wholes)


PAGE_BREAK = re.compile(
    r"(?:0?\d{7}|X{5,})\s+\d{3}(?:\.\d+)?\s+(?:OF|of)\s+\d{3}\b"
    r"|PAGE\s+\d{2}\s.*?(?:\d{6}Z|R[A-Z]{3,7}\d{4}\b.*)"
)
CLASS_WORDS = "UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE|CONFIDENTIAL|SECRET"
CLASS_ALONE = re.compile(rf"(?:{CLASS_WORDS}|[A-Z ]{{12,}})(?: PTQ\d+)?")
SECTION_HEAD = re.compile(
    r"^ *PAGE 01 .*? \d\d OF \d\d .*\n(?:.*\n)?"
    r".* SECTION \d\d OF \d\d .*\n(?:.*\n){1,6}?E\.O\. .*\n",
    re.MULTILINE,
)
"""What an old telegram says again at the start of each section."""


def difference(sample: Cable, paragraph: Paragraph) -> str:
    """The first line of the file that the quotation neither has nor may leave out; or empty."""
    quoted = EXPORTS["quotation"].function(Citation(sample, (paragraph,)))
    left = re.sub(r"” \([^()]*\)$", "", quoted.removeprefix("“"))
    start, end = paragraph.span
    text = SECTION_HEAD.sub("PAGE 01 X 0 000000Z\n", sample.body.text[start:end])
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if paragraph.marking:
        left = left.removeprefix(f"({paragraph.marking}) ")
    # A paragraph may begin behind the rest of a page break's time.
    lines[0] = _behind_label(re.sub(r"^\d{4}Z ", "", lines[0]), paragraph, left)
    behind = sample.body.text[end:].strip()
    for line, after in zip(lines, [*lines[1:], behind], strict=True):
        taken = next((each for each in _allowed(line, after) if left.startswith(each)), None)
        if taken is None:
            return f"{line!r} / {left[:60]!r}"
        left = left[len(taken) :].lstrip(" ")
    return left and f"{left[:60]!r} is in no line"


def _behind_label(line: str, paragraph: Paragraph, quoted: str) -> str:
    """The first line without what the quotation says in other words: number and marking."""
    number = re.sub(r"[a-z]+$", "", paragraph.label or "")
    marked = re.sub(r"[\W_]", "", f"{number}{paragraph.marking or ''}").upper()
    ends = (
        end
        for end in range(min(len(line), 60) + 1)
        if re.sub(r"[\W_]", "", line[:end]).upper() in (number, marked)
        and quoted.startswith(line[end:].strip()[:20])
    )
    return line[next(ends, 0) :].strip()


def _allowed(line: str, after: str) -> Iterator[str]:
    """A line unchanged, or without its page break."""
    yield line
    if found := PAGE_BREAK.search(line):
        before, after_it = line[: found.start()].split(), line[found.end() :].strip()
        # Before the numbers comes a post's name of up to three words.
        for words in range(4):
            kept = " ".join(before[: max(len(before) - words, 0)])
            yield f"{kept} {after_it}".strip()
    if after.startswith("PAGE"):
        # The class of the page that ends here, behind its last words.
        yield re.sub(rf"\s+(?:{CLASS_WORDS})(?: PTQ\d+)?$", "", line)
    if CLASS_ALONE.fullmatch(line) and (after.startswith("PAGE") or "PTQ" in after):
        yield ""
    if line.startswith("SIPDIS"):
        # A caption that the system set into the text, alone or in front of a line.
        yield line.removeprefix("SIPDIS").strip()


def read(file: Path) -> Iterator[Cable]:
    name = str(file)
    with file.open("rb") as stream:
        found = formats.sniff(name, stream.read(formats.HEAD))
        if isinstance(found, formats.Skip):
            return
        stream.seek(0)
        for raw in formats.cables(found, stream, name):
            if not isinstance(raw, Problem):
                yield telegram.parse(raw)


def test_the_sample_is_quoted_as_it_stands() -> None:
    assert [difference(cable(), each) for each in PARAGRAPHS] == [""] * len(PARAGRAPHS)


def test_a_word_that_is_missing_would_be_seen() -> None:
    one, two = PARAGRAPHS[1], PARAGRAPHS[2]
    cut = two.text.replace("[prices], ", "")
    worse = Paragraph(two.label, two.anchor, two.marking, None, cut, two.span)
    assert "[prices]" in difference(cable(paragraphs=(one, worse)), worse)


@pytest.mark.shared
def test_every_paragraph_of_the_corpus_is_quoted_as_it_stands() -> None:
    files = sorted(each for each in CORPUS.rglob("*") if each.is_file())
    count = 0
    different = []
    for file in files:
        for sample in read(file):
            for paragraph in sample.body.paragraphs:
                count += 1
                if found := difference(sample, paragraph):
                    different.append(f"{sample.reference_id} {paragraph.label}: {found[:150]}")
    assert different == []
    assert count > 1_000


def test_the_line_of_the_menu_begins_with_the_name_that_the_shell_takes() -> None:
    for export in EXPORTS.values():
        label = export.label.casefold().replace(" ", "-")
        assert label.startswith(export.name)


def test_a_plain_quotation_has_no_marking_and_single_marks_inside() -> None:
    said = replace(SECOND, text='2. (C) He "agreed", and “signed”.'.partition(") ")[2], marking="C")
    citation = Citation(cable(paragraphs=(said,)), (said,))
    assert EXPORTS["quotation"].function(citation).startswith('“(C) He "agreed"')
    plain = EXPORTS["plain-quotation"].function(citation)
    assert plain == "“He ‘agreed’, and ‘signed’.” (09CORVONA27, para. 2)"

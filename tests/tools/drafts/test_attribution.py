"""Which citation a quotation belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from cable_tui.formats.office.blocks import TextBlock
from cable_tui.tools.drafts import html_page, markdown
from cable_tui.tools.drafts.attribution import what_to_check

FIVE = "one two three four five"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"“{FIVE}” (09RABAT1).", [["09RABAT1"]]),
        (f"“{FIVE}.” (09RABAT1) Then 09RABAT2 said more.", [["09RABAT1"]]),
        (f"In 09RABAT1 it said “{FIVE}”.", [["09RABAT1"]]),
        (f"In 09RABAT1 it said “{FIVE}”. In 09RABAT2 “six {FIVE}”.", [["09RABAT1"], ["09RABAT2"]]),
        (f"“{FIVE}” and “six {FIVE}” (09RABAT1).", [["09RABAT1"], ["09RABAT1"]]),
        (f"“{FIVE}” (09RABAT1; 09RABAT2).", [["09RABAT1", "09RABAT2"]]),
        (f"It said “{FIVE}”. Later it did not. See 09RABAT1.", [["09RABAT1"]]),
        (f"It said “{FIVE}”.", [[]]),
        (f"“{FIVE}”[^1]\n\n[^1]: See 09RABAT1 and 09RABAT2.", [["09RABAT1", "09RABAT2"]]),
        (
            f"“{FIVE}”[^1] and “six {FIVE}”[^2]\n\n[^1]: 09RABAT1, ¶2.\n\n[^2]: Ibid., para. 4.",
            [["09RABAT1"], ["09RABAT1"]],
        ),
        (f"> {FIVE}\n\n(09RABAT1)", [["09RABAT1"]]),
        (f"> {FIVE}\n— 09RABAT1", [["09RABAT1"]]),
        (f"> {FIVE}\n> (09RABAT1)", [["09RABAT1"]]),
        (f"> {FIVE}\n> Source: 09RABAT1", [["09RABAT1"]]),
        (f"> {FIVE}\n>\n> (09-RABAT-1)", [["09RABAT1"]]),
        (f"> {FIVE}\n>\n> *Source: [09RABAT1](https://a.org/09RABAT1.html), ¶3*", [["09RABAT1"]]),
        (f"> {FIVE} Source: 09RABAT1, para. 3", [["09RABAT1"]]),
        (f"> {FIVE}\n> Source: Embassy Rabat to State, 09RABAT1, 23 June 2009", [["09RABAT1"]]),
        (f"> {FIVE}\n> 09RABAT1\n>\n> six {FIVE}\n> 09RABAT2", [["09RABAT1"], ["09RABAT2"]]),
        (f"> {FIVE} (09RABAT1)", [["09RABAT1"]]),
        (f"As 09RABAT1 has it:\n\n> {FIVE}\n\nThen much later 09RABAT2.", [["09RABAT1"]]),
    ],
)
def test_the_nearest_citation_counts(text: str, wanted: list[list[str]]) -> None:
    found = what_to_check(markdown.read(text)).quotations
    assert [[one.ids[0] for one in each.cited] for each in found] == wanted


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (
            "The “gifts” were “a tin of tea”.",
            ("2 quotations of fewer than 5 words, the first in line 1",),
        ),
        ("\nHe said “no”.", ("1 quotation of fewer than 5 words, line 2",)),
        ("He said “nothing at all about it”, and “…”.", ()),
    ],
)
def test_quotations_with_too_few_words_are_counted(text: str, left_out: tuple[str, ...]) -> None:
    assert what_to_check(markdown.read(text)).draft.left_out == left_out


def test_a_quotation_that_is_longer_than_cables_is_left_out_and_said() -> None:
    draft = markdown.read(f"“{FIVE}” (09RABAT1).\n\nSo “{'word ' * 40_001}” (09RABAT2).")
    read = what_to_check(draft)
    assert [each.cited[0].ids[0] for each in read.quotations] == ["09RABAT1"]
    assert [each.ids[0] for _, each in read.citations] == ["09RABAT1", "09RABAT2"]
    assert read.draft.left_out == ("a quotation of more than 200,000 characters, line 3",)
    assert what_to_check(markdown.read(f"“{'word ' * 39_999}” (09RABAT2).")).draft.left_out == ()


def test_who_watches_sees_every_block() -> None:
    seen: list[int] = []

    def watch(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
        for each in blocks:
            seen.append(each.number)
            yield each

    what_to_check(markdown.read("a\n\nb\n\nc\n"), watch)
    assert seen == [1, 3, 5]


def test_ibid_is_what_the_note_before_cites_however_they_are_written_down() -> None:
    """The notes come as their marks do: a note within the text comes between two others."""
    text = (
        f"“{FIVE}”[^b] “six {FIVE}”^[09RABAT2, ¶5.] “seven {FIVE}”[^a]\n\n"
        "[^a]: Ibid.\n\n[^b]: 09RABAT1, ¶2."
    )
    found = what_to_check(markdown.read(text)).quotations
    assert [each.cited[0].ids for each in found] == [("09RABAT1",), ("09RABAT2",), ("09RABAT2",)]
    last = found[-1].cited[0]
    assert (last.text, last.labels, last.meant) == ("Ibid.", ("5",), "09RABAT2")


@pytest.mark.parametrize(
    "word",
    ["Ibid.", "ibid", "Ibidem", "Ibíd.", "Ebd.", "ebenda", "Loc. cit.", "A. a. O.", "a.a.O."],
)
def test_ibid_in_several_languages(word: str) -> None:
    text = f"“{FIVE}”[^1] “six {FIVE}”[^2]\n\n[^1]: 09RABAT1, ¶2.\n\n[^2]: {word}, ¶4."
    last = what_to_check(markdown.read(text)).quotations[-1].cited[0]
    assert (last.ids, last.labels, last.text) == (("09RABAT1",), ("4",), word)


def test_ibid_of_ibid_says_what_both_mean() -> None:
    text = f"“{FIVE}”[^1] and[^2] “six {FIVE}”[^3]\n\n[^1]: 09RABAT1.\n\n[^2]: Ibid.\n\n[^3]: Ibid."
    found = what_to_check(markdown.read(text)).quotations
    assert found[-1].cited[0].meant == "09RABAT1"


@pytest.mark.parametrize(
    ("text", "wanted", "cited"),
    [
        (f"It said “{FIVE} (09RABAT1), and so on.", FIVE, "09RABAT1"),
        (f"It said “{FIVE} (see 09RABAT1), and so on.", FIVE, "09RABAT1"),
        (f"It said “{FIVE} [09RABAT1] and so on.", FIVE, "09RABAT1"),
        (f"It said “{FIVE}[^1] and so on.\n\n[^1]: 09RABAT1.", FIVE, "09RABAT1"),
        (f"It said “one (09RABAT1) {FIVE} so on.", f"one (09RABAT1) {FIVE} so on.", None),
    ],
)
def test_a_quotation_without_an_end_ends_before_its_source(
    text: str, wanted: str, cited: str | None
) -> None:
    read = what_to_check(markdown.read(text))
    (found,) = read.quotations
    assert found.quotation.text(read.draft.blocks) == wanted
    assert [each.text for each in found.cited] == ([cited] if cited else [])


@pytest.mark.parametrize(
    "source",
    [" (09RABAT1, para. 3)", "\n> (09RABAT1)", " Source: 09RABAT1", "\n> 09RABAT1, ¶¶3 and 4"],
)
def test_the_source_of_a_block_is_none_of_its_words(source: str) -> None:
    read = what_to_check(markdown.read(f"> {FIVE}{source}"))
    assert read.quotations[0].quotation.text(read.draft.blocks) == FIVE


@pytest.mark.parametrize(
    "more", ["Source: he took 25 crowns", "Source: 09RABAT1 said he did", "09RABAT1 said he did"]
)
def test_what_says_more_than_a_source_is_quoted(more: str) -> None:
    read = what_to_check(markdown.read(f"> {FIVE}\n> {more}"))
    assert read.quotations[0].quotation.text(read.draft.blocks) == f"{FIVE}\n{more}"


def test_a_paragraph_of_a_page_that_is_a_source_is_none_of_a_block() -> None:
    text = f"<blockquote><p>{FIVE}</p><p>(09RABAT1)</p></blockquote>"
    read = what_to_check(html_page.read(text))
    assert read.quotations[0].quotation.text(read.draft.blocks) == FIVE
    assert read.quotations[0].cited[0].ids == ("09RABAT1",)

"""Words that are typical of some cables: the same as a plain script counts that reads every text.

The script (`plain`) shares no code with the program: it takes the texts apart with `re` and
`unicodedata`, and reckons with expected numbers.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.texts import texts
from cable_tui.base.errors import CacheError
from cable_tui.query import parse
from cable_tui.tools.typical_words import scoring as module
from cable_tui.tools.typical_words.scoring import TypicalWord, WordCounts
from tests.archive.fiction import Fiction, build_index, write_dump

POSTS = {
    "RABAT": ("Embassy Rabat", "kelp tuna net quay Málaga"),
    "ZENDA": ("Embassy Zenda", "salt pan cart mule"),
    "QUAY": ("Consulate Quay", "lamp oil wick keeper"),
}
COMMON = "the of and keepers asked for new ropes 12 in 1984 ship port mast".split()
OLD, NEW = "2008-11-30 10:00", "2009-02-13 14:57"
ORDINARY = {"the", "of", "and", "for", "in"}
"""Those of `COMMON` that English has in every text."""
PAGE_LINE = "\n\nRABAT 00000027  002 OF 003\n\n"


OFFICERS = {"RABAT": "Ada Pelham", "ZENDA": "Bo Rask", "QUAY": "Clem Tern"}


class Signed(Fiction):
    """A cable whose officer and signer are no words of its text, nor is a label of its head."""

    @property
    def body(self) -> str:
        officer = next(name for post, name in OFFICERS.items() if post in self.id)
        return (
            f"C O N F I D E N T I A L RABAT 000027\n\nSIPDIS\nNOFORN\n\nSTATE FOR NEA/MAG, EPET\n"
            f"E.O. 12958: DECL: 02/12/2019\nTAGS: {self.tags}\nSUBJECT: {self.subject}\n\n"
            f"Classified By: Political Counselor {officer}, Reasons 1.4 (b) and (d).\n\n"
            f"1. (C) {self.text}\n{officer.split()[1].upper()}\n"
        )


def _cables() -> list[Fiction]:
    rng = random.Random(28)
    found: list[Fiction] = []
    for number in range(120):
        name, (origin, own) = rng.choice(list(POSTS.items()))
        said = rng.choices(COMMON, k=9) + rng.choices(own.split(), k=rng.randrange(4))
        rng.shuffle(said)
        said += ["Pelham"] if number % 9 == 0 else ["sipdis", "ktip"] if number % 11 == 0 else []
        text = " ".join(said) + (PAGE_LINE + "rope" if number % 4 == 0 else "")
        tags = rng.choice(("PGOV", "PGOV, KTIP", "ETRD"))
        subject = f"ROPES AND {rng.choice(own.split()).upper()}"
        found.append(
            Signed(
                f"09{name}{number + 1}", OLD if name == "RABAT" and number % 4 else NEW, origin,
                tags=tags, subject=subject, text=text,
            )
        )  # fmt: skip
    return found


CABLES = _cables()


def _folded(text: str) -> set[str]:
    plain = "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
    )
    return {word.lower().lstrip("0") or "0" for word in re.findall(r"[^\W_]+", plain)}


def _g2(cells: Sequence[Sequence[int]]) -> float:
    rows, columns = [sum(row) for row in cells], [sum(each) for each in zip(*cells, strict=True)]
    total = sum(rows)
    found = 0.0
    for row, of_row in zip(cells, rows, strict=True):
        for seen, of_column in zip(row, columns, strict=True):
            if seen:
                found += seen * math.log(seen / (of_row * of_column / total))
    return 2 * found


def plain(
    here: Callable[[Fiction], bool], elsewhere: Callable[[Fiction], bool], left_out: str
) -> list[TypicalWord]:
    """What the plain script finds, most significant first."""
    inside = [each for each in CABLES if here(each)]
    outside = [each for each in CABLES if elsewhere(each) and not here(each)]
    said = set[str]().union(
        *(_folded(each.subject + " " + each.text.replace(PAGE_LINE, " ")) for each in inside)
    )
    found = []
    for word in said - set(left_out.split()):
        if word.isdigit() or len(word) < 2:  # portion marks
            continue
        many, others = (
            sum(
                word in _folded(f"{each.subject} {each.text.replace(PAGE_LINE, ' ')}")
                for each in some
            )
            for some in (inside, outside)
        )
        shares = (many or 0.5) / len(inside), (others or 0.5) / len(outside)
        score = _g2(((many, others), (len(inside) - many, len(outside) - others)))
        if many >= 5 and many * len(outside) > others * len(inside) and score >= 3.84:
            ratio = math.log2(shares[0] / shares[1])
            parts = many / len(inside), others / len(outside)
            found.append(TypicalWord(word, many, others, score, ratio, word in ORDINARY, *parts))
    return sorted(found, key=lambda row: (-row.score, -row.cables, row.word))


def counted(
    archive: Archive, query: str, against: str = "", most_read: int = module.MOST_READ
) -> WordCounts:
    asked, second = (archive.search(parse(text)) for text in (query, against))
    other = (second.query, second.ids) if against else None
    return WordCounts(archive, (asked.query, asked.ids), other, most_read)


def rows(found: WordCounts, archive: Archive) -> list[TypicalWord]:
    for _ in found.read(lambda ids: texts(archive, ids)):
        pass
    return sorted(found.rows(5), key=lambda row: (-row.score, -row.cables, row.word))


def _rabat(each: Fiction) -> bool:
    return "RABAT" in each.id


def _trafficking(each: Fiction) -> bool:
    return "KTIP" in each.tags


def _every(_: Fiction) -> bool:
    return True


_TITLE = "ktip trafficking in persons"
CASES = {
    "a post": ("origin:rabat", "", _rabat, _every, "embassy rabat"),
    "a TAG": ("tag:ktip", "", _trafficking, _every, _TITLE),
    "no post": ("-origin:rabat", "", lambda each: not _rabat(each), _every, ""),
    "whole months": ("date:2008", "", lambda each: each.created == OLD, _every, ""),
    "months and a TAG": (
        "date:2008-11 tag:ktip", "",
        lambda each: each.created == OLD and _trafficking(each), _every, _TITLE,
    ),
    "days": ("date:2008-11-02..2009-01", "", lambda each: each.created == OLD, _every, ""),
    "words": (
        "tuna", "", lambda each: "tuna" in f"{each.subject} {each.text}".lower(), _every, "tuna",
    ),
    "words and a filter that no text index has": (
        "tuna len:>10", "", lambda each: "tuna" in f"{each.subject} {each.text}".lower(),
        _every, "tuna",
    ),
    "a prefix": (
        "tun*", "", lambda each: "tuna" in f"{each.subject} {each.text}".lower(), _every, "tuna",
    ),
    "against a query": (
        "origin:rabat", "origin:zenda", _rabat, lambda each: "ZENDA" in each.id, "embassy rabat",
    ),
    "against a query that finds some of its own": (
        "origin:rabat", "tag:ktip", _rabat, _trafficking, "embassy rabat",
    ),
    "a filter that no text index has": (
        "len:>300", "", lambda each: len(each.body) > 300, _every, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("most", [2_000, 1], ids=["all are read", "the index counts"])
def test_the_words_are_those_of_a_plain_script_in_its_order(
    archive: Archive, case: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if the index counts: of few cables every word is drawn."""
    query, against, here, elsewhere, left_out = CASES[case]
    if most == 1:
        monkeypatch.setattr(module._Group, "is_whole", False)
    found = rows(counted(archive, query, against), archive)
    expected = plain(here, elsewhere, left_out)
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    for row, wanted in zip(found, expected, strict=True):
        assert row[3:] == pytest.approx(wanted[3:])
    if case != "a TAG":
        assert found


def test_a_search_for_the_word_in_the_body_finds_what_is_counted_and_labels_too(
    archive: Archive,
) -> None:
    found = rows(counted(archive, "origin:rabat"), archive)
    for row in found:
        assert archive.search(parse(f"origin:rabat body:={row.word}")).count == row.cables
    named = archive.search(parse("origin:rabat body:=ada")).count
    assert named == sum(map(_rabat, CABLES))
    assert "ada" not in {row.word for row in found}


def test_words_of_header_tags_numbers_and_page_lines_are_none(archive: Archive) -> None:
    found = {row.word for row in rows(counted(archive, "-origin:quay"), archive)}
    assert found
    assert found & {"ruehrb", "etrd", "12", "1984", "27", "noforn", "reasons", "ada"} == set()


def test_of_many_cables_those_with_the_lowest_sums_are_drawn_each_time(
    archive: Archive,
) -> None:
    drawn = counted(archive, "origin:rabat", most_read=10).here.drawn
    names = [row.reference_id for row in archive.rows(drawn)]
    rabat = [each.id for each in CABLES if _rabat(each)]
    assert sorted(names) == sorted(sorted(rabat, key=lambda id_: zlib.crc32(id_.encode()))[:10])


def test_words_of_drawn_cables_are_counted_in_all(
    archive: Archive,
) -> None:
    expected = plain(_rabat, _every, "embassy rabat")
    found = rows(counted(archive, "origin:rabat", most_read=20), archive)
    assert [row[:3] for row in found] == [row[:3] for row in expected]


def test_words_that_are_counted_while_texts_are_read_have_their_last_numbers(
    archive: Archive,
) -> None:
    found = counted(archive, "origin:rabat")
    reading = found.read(lambda ids: texts(archive, ids))
    for _ in range(10):
        next(reading)
    soon = {row.word: row for row in found.rows(5, soon=True)}
    last = {row.word: row for row in plain(_rabat, _every, "embassy rabat")}
    assert {"kelp", "tuna"} <= set(soon)
    assert {word: row[:3] for word, row in soon.items()} == {word: last[word][:3] for word in soon}


def test_of_a_text_that_cannot_be_read_the_index_still_knows_the_words(archive: Archive) -> None:
    found = counted(archive, "origin:rabat")
    for _ in found.read(lambda ids: list(texts(archive, ids))[1:]):
        pass
    expected = {row.word: row.cables for row in plain(_rabat, _every, "embassy rabat")}
    assert {row.word: row.cables for row in found.rows(5)} == expected


def test_without_a_text_index_it_is_said(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", CABLES[:3])
    build_index(tmp_path / "cables.csv", tmp_path / "cache", passes=("facts", "grammar"))
    with pytest.raises(CacheError, match="no text is indexed yet"):
        counted(
            open_archive(tmp_path / "cables.csv", tmp_path / "cache", readonly=True), "tag:ktip"
        )


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        ((10, 20, 10, 20), 0.0),
        # By hand: 2 * (5 ln 8 + 35 ln (35 / 30.625)) with 5 of 5 cables and none of 35 others.
        ((5, 5, 0, 35), 2 * (5 * math.log(8) + 35 * math.log(8 / 7))),
    ],
)
def test_the_score_is_that_of_the_table_of_cables(
    cells: tuple[int, int, int, int], score: float
) -> None:
    assert module.log_likelihood(*cells) == pytest.approx(score)


def test_of_many_words_those_that_may_be_at_the_top_are_counted_first(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few words at the top and at most a few counted these are still those of the script."""
    monkeypatch.setattr(module._Group, "is_whole", False)
    few = counted(archive, "origin:rabat")
    few.top, few.first, few.most = 3, 6, 12
    found = rows(few, archive)
    expected = plain(_rabat, _every, "embassy rabat")
    assert [row.word for row in found[:3]] == [row.word for row in expected[:3]]
    assert len(found) <= 12


def test_cables_that_were_removed_are_in_no_number(tmp_path: Path) -> None:
    """The index still counts them in its estimates: a word would be in more cables than there are.

    Found by pressing keys in an archive from which a page was gone.
    """
    kept = [
        Fiction(f"09{post}{number}", NEW, f"Embassy {post.title()}", text=text)
        for post in ("RABAT", "ZENDA")
        for number, text in enumerate(["kelp and quay"] * 5 + ["salt"] * (post == "RABAT"), 1)
    ]
    file, cache = tmp_path / "cables.csv", tmp_path / "cache"
    write_dump(file, [*kept, Fiction("09ZENDA9", NEW, "Embassy Zenda", text="kelp and pan")])
    build_index(file, cache)
    write_dump(file, kept)
    build_index(file, cache)
    archive = open_archive(file, cache)
    assert all(row.word != "kelp" for row in rows(counted(archive, "origin:rabat"), archive))

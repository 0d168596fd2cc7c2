"""What stands in answers: counts first, passages with their facts, and where words do stand."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

import cable_tui as ct
from cable_tui.base.errors import CableTuiError
from cable_tui.tools.assistants.masks import Masks
from cable_tui.tools.assistants.questions import Questions
from tests.archive.fiction import Fiction, archive_of
from tests.tools.assistants.conftest import Asked


def test_counts_come_first_then_passages_with_their_facts(questions: Questions) -> None:
    lines = questions.search("lantern").text.splitlines()
    assert lines[0].startswith("3 cables")
    assert lines[1] == "by year: 2009 3"
    first = json.loads(lines[3])
    assert {"ref", "date", "classification", "from", "subject", "speaks", "passage"} <= set(first)
    assert "#" in first["ref"]


def test_a_passage_says_who_speaks_and_that_protection_is_asked_for(questions: Questions) -> None:
    rows = [json.loads(line) for line in questions.read("09DOHA5").text.splitlines()[2:-1]]
    assert [row["ref"] for row in rows] == ["09DOHA5#1", "09DOHA5#2"]
    assert all(row["asks_for_protection"] == ["¶1: strictly protect"] for row in rows)
    said = json.loads(questions.read("09RABAT1#1").text.splitlines()[2])
    assert said["speaks"][0].startswith("a source: Harbor master")
    comment = json.loads(questions.read("09TUNIS2#2").text.splitlines()[2])
    assert comment["speaks"][0].startswith("the author comments: Comment")


def test_without_a_hit_it_says_where_the_words_do_stand(questions: Questions) -> None:
    text = questions.search("parrot origin:lima").text
    assert "0 cables" in text
    assert "parrot alone: 1 cable: 09BAKU6" in text


def test_a_cable_whose_file_is_gone_is_listed_and_cannot_be_read(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "gone"
    archive_of(folder, Fiction("09ROME1"), Fiction("09ROME2"), pages=True).close()
    for file in (folder / "cables").rglob("09ROME2.html"):
        file.unlink()
    with closing(ct.open(folder / "cables", cache=folder / "cache")) as archive:
        questions = Questions(archive, Masks(archive, unmasked=False), lambda *_: None)
        assert "09ROME2" in questions.search("").text
        assert "2 cables" in questions.search("keepers").text
        with pytest.raises(CableTuiError, match="09ROME2"):
            questions.read("09ROME2")


def test_replaced_words_are_named(questions: Questions) -> None:
    assert "no “parrott”; searched for parrot (1) instead" in questions.search("parrott").text


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ("origin:rabta", 'did you mean origin:"Embassy Rabat" (7)?'),
        ("qqqqzz", "try other words"),
        ("qqqqzz origin:lima", "try other words"),
    ],
)
def test_an_answer_without_cables_says_what_to_try(
    questions: Questions, query: str, step: str
) -> None:
    text = questions.search(query).text
    assert text.startswith("0 cables")
    assert step in text


def test_a_report_says_how_its_queries_were_read(questions: Questions, asked: Asked) -> None:
    text = questions.report("trend", ["parrott", "lantern sample:2"], {"by": "year"}).text
    head = [line for line in text.splitlines() if not line.startswith("{")]
    assert 'no "parrott"; searched for parrot' in head
    assert "a sample of 2 of 3" in head
    assert asked == [("parrott", 1, False), ("lantern sample:2", 2, False)]


def test_words_without_a_meaning_are_named_with_what_to_do(questions: Questions) -> None:
    head = questions.explain(["NOFORN", "qqqqzz"]).text.splitlines()[0]
    assert head == "not in the tables: qqqqzz; search for them"


def test_queries_are_told_of_and_reading_is_not(questions: Questions, asked: Asked) -> None:
    questions.search("parrot")
    questions.count("lantern", "post")
    questions.report("trend", ["tin"], {"by": "year"})
    questions.read("09BAKU6")
    questions.references("09BAKU6")
    assert asked == [("parrot", 1, False), ("lantern", 3, False), ("tin", 2, False)]


def test_counts_have_their_values(questions: Questions) -> None:
    values = questions.count("lantern", "year").values
    assert values is not None
    counts: list[dict[str, object]] = [{"value": "2009", "title": None, "count": 3, "across": []}]
    assert values == {"cables": 3, "whole": True, "counts": counts, "all": True}


def test_a_sample_is_called_one(questions: Questions) -> None:
    assert "a sample of 2 of 3" in questions.search("lantern sample:2").text
    counts = questions.count("lantern sample:2", "year")
    assert "a sample of 2 of 3" in counts.text
    assert counts.values is not None
    assert (counts.values["cables"], counts.values["population"]) == (2, 3)


def test_all_parts_of_a_long_cable_are_read_page_by_page(questions: Questions) -> None:
    text, start = "", 1
    while start:
        answer = questions.read("09LIMA7", start=start).text
        *_, rest, _ = answer.splitlines()
        rows = [json.loads(line) for line in answer.splitlines() if line.startswith("{")]
        text += "".join(row["text"] for row in rows)
        start = int(rest.rpartition("=")[2].rstrip(".")) if "start=" in rest else 0
    assert text.count("The tin is empty.") == 3000

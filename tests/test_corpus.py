"""The real pages, where they are at hand: what the site's own listing says of them holds.

The expected side is the site's listing and plain reading of the files, never the package.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.cable import Cable
from cable_tui.query import Query
from tests.shared_files import CORPUS, SHARED

LISTING = SHARED / "checks" / "mirror-listing.json"

pytestmark = pytest.mark.shared

_MARK = re.compile(r"^(?:\([A-Z/ ]{1,12}\)|[A-Z/]{1,12}\)|\[)\s*")
_LABEL = re.compile(
    r"^[ \t]{0,8}¶?(?:(TAG|SUBJ|REF|CLASSIFIED BY)(?:S|ECT|TELS?)?[ \t]?[:;]"
    r"|(TAG)S (?=[A-Z]{2,4}\b))",
    re.MULTILINE | re.IGNORECASE,
)
_EXPLAINED = {"unparsed", "repeated-body", "other-cable", "database-row"}
"""Warnings that say why a label is in a text a second time."""
_TOO_FAR = re.compile(r"\bREF: |Classified By|\b\d{3} OF \d{3}\b|\s1\. \(")


def indexed(folder: Path, cache: Path) -> Archive:
    for _ in index(folder, cache):
        pass
    return open_archive(folder, cache)


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Cable]]:
    opened = indexed(CORPUS / "mirror", tmp_path_factory.mktemp("mirror"))
    ids = listed().keys()
    found = {each: opened.find(each) for each in ids}
    yield {each: opened.cable(place) for each, place in found.items() if place is not None}
    opened.close()


def listed() -> dict[str, dict[str, Any]]:
    listing: dict[str, dict[str, Any]] = json.loads(LISTING.read_text(encoding="utf-8"))
    return listing


def repaired(tags: list[str]) -> set[str]:
    """Tags after the table of known slips; parts of a split name count as the name."""
    with (SHARED / "data" / "tag_repairs.csv").open(encoding="utf-8") as file:
        repairs = {row["wrong"]: row["right"].split("|") for row in csv.DictReader(file)}
    whole = {
        part: name
        for wrong, right in repairs.items()
        for part in re.split(r"[ ,]+", wrong)
        for name in right
        if " " in wrong or "," in wrong
    }
    found: set[str] = set()
    for tag in tags:
        for each in repairs.get(tag, [tag]):
            found.add(whole.get(each, each))
    return found


def test_every_cable_of_the_listing_is_there(mirror: dict[str, Cable]) -> None:
    assert len(mirror) == len(listed()) == 160


def test_classification_origin_and_days_are_the_sites(mirror: dict[str, Cable]) -> None:
    for reference, facts in listed().items():
        cable = mirror[reference].facts
        assert cable.classification == facts["classification"], reference
        assert cable.origin == facts["origin"], reference
        assert cable.created[:10] == facts["created"], reference
        assert cable.released[:10] == facts["released"], reference


def test_every_listed_subject_begins_ours_and_ours_ends_in_time(mirror: dict[str, Cable]) -> None:
    for reference, facts in listed().items():
        expected = " ".join(_MARK.sub("", facts["subject"]).split())
        subject = " ".join(_MARK.sub("", mirror[reference].subject).split())
        assert subject.startswith(expected), reference
        assert not _TOO_FAR.search(subject[len(expected) :]), (reference, subject)


def test_tags_agree_with_the_listing(mirror: dict[str, Cable]) -> None:
    unlike = [
        reference
        for reference, facts in listed().items()
        if not repaired(facts["tags"]) <= repaired(list(mirror[reference].tags))
    ]
    assert len(unlike) <= 1, unlike


def labels(cable: Cable) -> list[str]:
    """The labels at the starts of lines, by a plain look at the file's text."""
    return [(one or other).upper() for one, other in _LABEL.findall(cable.body.text)]


def test_no_label_at_the_start_of_a_line_was_left_unread(mirror: dict[str, Cable]) -> None:
    seen = 0
    for reference, cable in mirror.items():
        body = cable.body
        read = {
            "TAG": cable.tags,
            "SUBJ": cable.subject,
            "REF": cable.references,
            "CLASSIFIED BY": body.classified_by or body.classified_by_title or body.reasons,
        }
        found = labels(cable)
        seen += len(found)
        warned = {warning.code for warning in cable.warnings}
        for label in found:
            assert read[label] or "unparsed" in warned, (reference, label)
            assert found.count(label) == 1 or warned & _EXPLAINED, (reference, label)
    assert seen > 500


def test_warnings_are_few_and_each_names_what_a_plain_look_sees(mirror: dict[str, Cable]) -> None:
    for reference, cable in mirror.items():
        codes = {warning.code for warning in cable.warnings}
        text = f"{cable.header.text}\n{cable.body.text}"
        assert ("partial-extract" in codes) == ("partial extract of" in text), reference
        short = len(cable.body.text) < 420 and cable.body.text.rstrip().endswith("...")
        assert ("stub" in codes) == short, reference
        numbers = re.findall(r"(?m)^\s*(\d{1,3})\. ", cable.body.text)
        repeated = len(numbers) != len(set(numbers))
        assert ("ambiguous-anchor" in codes) == repeated, reference


def test_tags_that_the_site_does_not_list_stand_in_the_cables_own_tags_lines(
    mirror: dict[str, Cable],
) -> None:
    with (SHARED / "data" / "tag_repairs.csv").open(encoding="utf-8") as file:
        slips = [(row["wrong"], row["right"].split("|")) for row in csv.DictReader(file)]
    for reference, facts in listed().items():
        cable = mirror[reference]
        block = re.search(r"(?im)^.{0,60}TAGS?\b(.*\n){1,5}", cable.body.text)
        written = set(re.findall(r"[A-Z0-9'-]+", block[0].upper() if block else ""))
        for tag in set(cable.tags) - repaired(facts["tags"]) - set(facts["tags"]):
            forms = [tag, *(wrong for wrong, right in slips if tag in right)]
            assert any(set(re.findall(r"[A-Z0-9'-]+", form)) <= written for form in forms), (
                reference,
                tag,
            )


def test_the_corpus_as_a_whole_has_165_cables_and_160_with_two_sources(tmp_path: Path) -> None:
    opened = indexed(CORPUS, tmp_path)
    assert opened.summary().cables == 165
    sources = [len(opened.sources(each)) for each in opened.search(Query()).ids]
    assert (len(sources), sources.count(2)) == (165, 160)
    opened.close()


def test_the_page_as_text_has_its_three_boxes(tmp_path: Path) -> None:
    opened = indexed(CORPUS / "page-text", tmp_path)
    place = opened.find("09 casablanca 0027")
    assert place is not None
    cable = opened.cable(place)
    opened.close()
    assert cable.facts.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert cable.header.sender == "AMCONSUL CASABLANCA"
    assert cable.tags == ("PHUM", "KTIP", "PREF", "ELAB", "SMIG", "KCRM", "KWMN", "MO")
    assert [(each.reference_id, each.year_inferred) for each in cable.references] == [
        ("08STATE127448", False),
        ("08CASABLANCA255", False),
        ("09RABAT90", True),
    ]
    assert [each.label for each in cable.body.paragraphs] == [str(n) for n in range(1, 13)]

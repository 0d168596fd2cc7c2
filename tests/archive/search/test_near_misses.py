"""What a phrase or a filter that finds little may have meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.near_misses import FEW
from cable_tui.query import parse
from tests.archive.fiction import Fiction, archive_of

CABLES = (
    Fiction("09RABAT1", text="The keepers fear water shortages in spring."),
    Fiction("09RABAT2", text="Water shortages close the baths; a shortage of clean water follows."),
    Fiction("09RABAT3", text="A shortage of lamps.", tags="PTER, MO"),
    Fiction("09KABUL4", origin="Embassy Kabul", text="Many kites.", tags="PTER, KTIP"),
    Fiction("09KABUL5", origin="Embassy Kabul", text="Kites again.", classification="SECRET"),
    Fiction("09ZENDA6", origin="Consulate Zenda", text="Rope and water.", tags="KNAR"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"water shortage"',
            [('"water shortage"', 0, [('"water shortages"', 2), ('"water shortage"~5', 1)])],
        ),
        ('body:"water shortage"', [
            ('body:"water shortage"', 0,
             [('body:"water shortages"', 2), ('body:"water shortage"~5', 1)]),
        ]),
        ('"watre shortages"', [('"watre shortages"', 0, [('"water shortages"', 2)])]),
        ('"water shortages"', []),
        ('"shortages kites"', []),
        ('-"water shortage"', []),
        ("F-16", []),
        ("origin:kabol", [("origin:kabol", 0, [('origin:"Embassy Kabul"', 2)])]),
        ("-origin:kabol", [("-origin:kabol", 0, [('-origin:"Embassy Kabul"', 2)])]),
        ('origin:"embasy kabol"', [
            ('origin:"embasy kabol"', 0, [('origin:"Embassy Kabul"', 2)]),
        ]),
        ("tag:terorism", [("tag:terorism", 0, [("tag:PTER", 2)])]),
        ("class:secert", [("class:secert", 0, [("class:SECRET", 1)])]),
        ("origin:kab", []),
        ("class:secret", []),
        ("origin:nowhere", []),
        ("tag:xx", []),
        ("origin:kabul origin:zanda", [
            ("origin:zanda", 0, [('origin:"Consulate Zenda"', 1)]),
        ]),
        ("ref:09KABUL4 is:unread date:2009", []),
        ("(kites or origin:zanda)", [("origin:zanda", 0, [('origin:"Consulate Zenda"', 1)])]),
        ('rope ((kites "water shortage") or tag:terorism)', [
            ('"water shortage"', 0, [('"water shortages"', 2), ('"water shortage"~5', 1)]),
            ("tag:terorism", 0, [("tag:PTER", 2)]),
        ]),
        ('-("water shortage" or origin:zanda)', [
            ("origin:zanda", 0, [('origin:"Consulate Zenda"', 1)]),
        ]),
        ("(origin:kabol kites) or (origin:kabol rope)", [
            ("origin:kabol", 0, [('origin:"Embassy Kabul"', 2)]),
        ]),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_near_is_offered_with_its_number_of_cables(
    archive: Archive, text: str, expected: list[tuple[str, int, list[tuple[str, int]]]]
) -> None:
    found = archive.offers(parse(text))
    assert [(each.word, each.count, list(each.also)) for each in found] == expected
    assert archive.search(parse(text)).offers == found


def test_in_brackets_a_phrase_without_cables_is_helped_though_the_query_finds_many(
    tmp_path: Path,
) -> None:
    many = [Fiction(f"09RABAT{number}", text="A drought.") for number in range(1, FEW + 2)]
    some = Fiction("09RABAT90", text="Water shortages. No lamp oil.")
    archive = archive_of(tmp_path, *many, some)
    found = archive.search(parse('(drought or "water shortage" or "lamp oils" or "no lamp")'))
    assert found.count == FEW + 2
    assert [each.word for each in found.offers] == ['"water shortage"', '"lamp oils"']


@pytest.mark.parametrize(
    "text", ['"water shortage"', "origin:kabol", "tag:terorism", "class:secert"]
)
def test_every_offer_finds_as_many_cables_as_it_says(archive: Archive, text: str) -> None:
    (offer,) = archive.offers(parse(text))
    assert offer.also
    for other, count in offer.also:
        assert archive.search(parse(other)).count == count

"""What words find where a plain scan would not: numbers, forms, letters, garbled signs, titles."""

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, archive_of

CABLES = (
    Fiction("09RABAT101", text="Lamp 0731 hangs by the pier.", subject="A"),
    Fiction("09RABAT102", text="Lamp 731 hangs by the gate.", subject="B"),
    Fiction("09RABAT103", text="Lamp 7310 is the newest.", subject="C"),
    Fiction("09RABAT104", text="One sanction fell, the others stood.", subject="D"),
    Fiction("09RABAT105", text="Three sanctions fell, and a policy with them.", subject="E"),
    Fiction("09RABAT106", text="The keepers stopped carrying oil.", subject="F"),
    Fiction(
        "09RABAT107", text="They call him a &caudillo8 of the quay, Sarkozy,s man.", subject="G"
    ),
    Fiction("09RABAT108", text="Nothing else.", tags="KTIP, MO", subject="H"),
    Fiction("09RABAT109", text="São Tomé wrote to Öland about FLEECE.", subject="I"),
)
FOUND = [
    # numbers: leading zeros neither written nor typed matter
    ("731", "AB"),
    ("0731", "AB"),
    ("00731", "AB"),
    ("7310", "C"),
    ("lamp 0731", "AB"),
    # regular forms, both ways; `=` and quotes are exact
    ("sanction", "DE"),
    ("sanctions", "DE"),
    ("=sanction", "D"),
    ("=sanctions", "E"),
    ('"sanctions fell"', "E"),
    ("policies", "E"),
    ("stop", "F"),
    ("carry", "F"),
    # what the telegraph sent, and what was written
    ("caudillo", "G"),
    ("caudillo8", "G"),
    ('"a caudillo of the quay"', "G"),
    ("sarkozy", "G"),
    # TAGS by their codes and by what they mean
    ("ktip", "H"),
    ('"trafficking in persons"', "H"),
    # letters with and without their marks, in any case
    ("são tomé", "I"),
    ("sao tome", "I"),
    ("SAO", "I"),
    ("öland", "I"),
    ("oland", "I"),
    ("fleece", "I"),
    ("Fleece", "I"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_words_find_these_cables(archive: Archive, text: str, expected: str) -> None:
    hits = archive.search(parse(text))
    assert sorted(row.subject for row in archive.rows(hits.ids)) == sorted(expected)
    assert hits.count == len(expected)


def test_a_cable_that_is_gone_is_found_no_more(tmp_path: Path) -> None:
    texts = ("sanctions", "731", "caudillo", '"trafficking in persons"')
    archive = archive_of(tmp_path, *CABLES)
    assert all(archive.search(parse(text)).count for text in texts)
    archive_of(tmp_path, *(each for each in CABLES if each.subject not in "ABDEGH"))
    assert not any(archive.search(parse(text)).count for text in texts)

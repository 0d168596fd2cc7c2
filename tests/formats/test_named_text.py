"""A text in a file that is named by an ID is a cable; what only speaks of cables is none."""

import pytest

from cable_tui import formats
from cable_tui.formats.named_text import FORMAT, labels_in
from cable_tui.telegram import parse
from tests.cases import case
from tests.formats.samples import DATA, cable

PROSE = b"The lamp of the lighthouse is out.\nCable 09RABAT27 of 2009-02-13 says so.\n"
TELEGRAM = b"Press release\n\nTAGS: PREL\nSUBJECT: LAMPS\n\n1. (C) The lamp is out.\n"


@pytest.mark.parametrize(
    ("path", "reference_id"),
    [
        case("as saved", "a/09RABAT27.txt", "09RABAT27"),
        case("without an ending", "09RABAT27", "09RABAT27"),
        case("of a page", "09RABAT27.html.txt", "09RABAT27"),
        case("notes in Markdown", "09RABAT27.md", "09RABAT27"),
        case("as the National Archives write it", "1974RABAT00027.txt", "74RABAT27"),
    ],
)
def test_a_text_named_by_an_id_is_read_whatever_its_first_line_is(
    path: str, reference_id: str
) -> None:
    raw = cable(PROSE, path)
    assert (raw.reference_id, raw.format, raw.body) == (
        reference_id,
        "named-text",
        PROSE.decode().strip(),
    )


@pytest.mark.parametrize(
    "path", ["09 RABAT 27.txt", "09rabat27", "09RABAT27_a.txt", "09SANTORIEL88.txt"]
)
def test_of_a_doubtful_name_labels_of_a_telegram_are_asked_for(path: str) -> None:
    assert isinstance(formats.sniff(path, PROSE), formats.Skip)
    assert formats.sniff(path, TELEGRAM) is FORMAT


@pytest.mark.parametrize(
    ("path", "text"),
    [
        case("a README", "README.md", PROSE + TELEGRAM),
        case("notes beside it", "09RABAT27.notes.txt", TELEGRAM),
        case("another kind of file", "09RABAT27.bib", TELEGRAM),
        case("a day", "13 FEB 2009.txt", TELEGRAM),
        case("a word and a number", "2020COVID19.txt", PROSE),
        case("mark-up", "09RABAT27.txt", b"<html><p>09RABAT27"),
        case("data", "09RABAT27.txt", b'{"a": "b"}'),
        case("bytes", "09RABAT27", b"ab\0\1\2"),
        case("nothing", "09RABAT27.txt", b" \n\n"),
    ],
)
def test_other_files_are_none(path: str, text: bytes) -> None:
    assert isinstance(formats.sniff(path, text), formats.Skip)


def test_labels_count_once_and_only_at_the_start_of_a_line() -> None:
    assert labels_in(TELEGRAM) == 3
    assert labels_in(b"SUBJECT: A\nSUBJECT: B\n") == 1
    assert labels_in(b"It has TAGS: and a SUBJECT: and FM Rabat.") == 0


@pytest.mark.parametrize(
    ("body", "warned"),
    [
        (PROSE, True),
        (
            b"\n\nNote\nC O N F I D E N T I A L RABAT 000027\n\nSUBJECT: LAMPS\n\n1. (C) Out.\n",
            False,
        ),
    ],
)
def test_a_cable_warns_if_only_the_name_of_its_file_says_which_it_is(
    body: bytes, *, warned: bool
) -> None:
    found = parse(cable(body, "09RABAT27.txt")).warnings
    assert ("named-by-file" in {each.code for each in found}) is warned


def test_its_time_is_not_guessed_from_prose() -> None:
    raw = cable((DATA / "09RABAT27.txt").read_bytes(), "09RABAT27.txt")
    assert (raw.created, raw.origin) == ("", "Embassy Rabat")

"""What words find: a table of queries and of the cables that must answer, read off by hand."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from cable_tui.archive import Archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, opened, write_dump


@dataclass(frozen=True)
class Sent(Fiction):
    """A cable with addressees and a signature of its own."""

    sender: str = "AMEMBASSY RABAT"
    to: str = "RUEHC/SECSTATE WASHDC PRIORITY 8289"
    info: str = "RUEHLO/AMEMBASSY LONDON 0907"
    signed: str = "RILEY"

    @property
    def header(self) -> str:
        return (
            "VZCZCXRO1732\nPP RUEHTRO\nDE RUEHRB #0027 0441457\nZNY CCCCC ZZH\nP 131457Z FEB 09\n"
            f"FM {self.sender}\nTO {self.to}\nINFO {self.info}\n"
        )

    @property
    def body(self) -> str:
        return f"{super().body} \n{self.signed}\n"


CABLES = (
    Sent(
        "09RABAT1",
        tags="KTIP",
        subject="SANCTIONS AND THE LIGHTHOUSE",
        text="Summary. The keepers were sanctioned. The old F-16 stood in 000412 litres of oil.",
    ),
    Sent(
        "09RABAT2",
        subject="FISH",
        text="One sanction for São Malo, Qadhafi,s town; &caudillo8 is the word.",
        info="RUEHRL/AMEMBASSY BERLIN 0211\nRHMFISS/EC COLLECTIVE",
    ),
    Sent(
        "09RABAT3",
        subject="A LIGHTHOUSE",
        text="Mr. Gaddafi sold 412 lamps to Hizballah in the U.S. on 9/11 under 1.4(b).",
        to="RUEHMD/AMEMBASSY MADRID PRIORITY 0007",
        signed="VANCE",
    ),
    Sent(
        "09RABAT4",
        subject="STUDIES OF THE PORT",
        text="Hezbollah and Colonel Gadhafi planned the study near Rabat; the treaties failed.",
        sender="AMCONSUL CASABLANCA",
    ),
)
FOUND = [
    ("sanction", "1 2", "a word and its forms"),
    ("sanctions", "1 2", "a form and the others"),
    ("=sanction", "2", "one word alone"),
    ('"sanction"', "2", "a phrase of one word"),
    ("=sanctions", "1", "a form alone"),
    ("studies", "4", "study and studies"),
    ("treaty", "4", "a form where the word itself is missing"),
    ("planning", "4", "a consonant that is doubled"),
    ("sao", "2", "an accent"),
    ("SÃO", "2", "an accent that was typed"),
    ("caudillo", "2", "a word in garbled quotes"),
    ("caudillo8", "2", "the word as it was sent"),
    ("qadhafi", "2", "an apostrophe that became a comma"),
    ("gaddafi", "3", "one spelling"),
    ("gaddafi~", "2 3 4", "every spelling of a name"),
    ("hezbollah~", "3 4", "every spelling of another"),
    ("trafficking", "1", "a word of the title of a TAG"),
    ('"trafficking in persons"', "1", "the title of a TAG"),
    ("body:trafficking", "", "which stands in no body"),
    ("412", "1 3", "a number with and without leading zeros"),
    ("0412", "1 3", "zeros that were typed"),
    ("41*", "1 3", "the beginning of a number"),
    ("007", "3", "a number of nothing but zeros and one digit"),
    ("F-16", "1", "a word with an inner mark"),
    ("f16", "", "which is no single word"),
    ("U.S.", "3", "dots"),
    ("9/11", "3", "a slash"),
    ("09/11", "3", "a slash and a zero"),
    ("1.4(b)", "3", "a bracket"),
    ("subject:lighthouse", "1 3", "a word of the subject"),
    ("subject:lamps", "", "a word of the text only"),
    ("subject:sanction", "1", "a form in the subject"),
    ("subject:light*", "1 3", "a beginning in the subject"),
    ("subject:fish subject:port", "2 4", "one text twice is or"),
    ("subject:lighthouse and subject:sanctions", "1", "and asks for both"),
    ("lighthouse -subject:sanctions", "3", "a text excluded"),
    ('subject:"studies of the port"', "4", "a phrase of the subject"),
    ("summary:keepers", "1", "a word of the summary"),
    ("summary:hezbollah", "", "a cable without a summary"),
    ("body:rabat", "1 2 3 4", "the first line of the body"),
    ("header:rabat", "1 2 3", "the header"),
    ("from:rabat", "1 2 3 4", "the post that sent it, by its origin too"),
    ("from:casablanca", "4", "the post by the line FM"),
    ("from:ruehrb", "1 2 3 4", "its routing indicator"),
    ('from:"consulate casablanca"', "4", "its name in plain words"),
    ("to:secstate", "1 2 4", "who had to act"),
    ('to:"secretary of state"', "1 2 4", "the same in plain words"),
    ("to:ruehmd", "3", "an addressee's routing indicator"),
    ('to:"embassy madrid"', "3", "an addressee in plain words"),
    ("to:rabat", "", "who sent it is no addressee"),
    ("info:london info:berlin", "1 2 3 4", "who got a copy"),
    ('info:"ec collective"', "2", "a collective"),
    ("to:london", "", "a copy is no action"),
    ("signed:vance", "3", "who signed"),
    ("signed:ri*", "1 2 4", "who signed, half typed"),
    ('"malo sao"~1', "2", "near, whichever comes first"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("words")
    write_dump(folder / "dump" / "cables.csv", CABLES)
    return opened(folder / "dump", folder / "cache")


def _found(archive: Archive, text: str, *, typing: bool = False) -> str:
    hits = archive.search(parse(text, typing=typing))
    assert hits.count == len(hits.ids)
    rows = archive.rows(hits.ids)
    return " ".join(sorted(row.reference_id.removeprefix("09RABAT") for row in rows))


@pytest.mark.parametrize(
    ("text", "expected", "why"), FOUND, ids=[f"{text}: {why}" for text, _, why in FOUND]
)
def test_words_find_what_a_reader_expects(
    archive: Archive, text: str, expected: str, why: str
) -> None:
    assert _found(archive, text) == expected, why


def test_what_was_looked_for_as_well_is_said(archive: Archive) -> None:
    (also,) = archive.search(parse("sanction")).also
    assert (also.word, also.also) == ("sanction", (("sanctioned", 1), ("sanctions", 1)))
    assert archive.search(parse("=sanction")).also == ()
    (name,) = archive.search(parse("gaddafi~")).also
    assert dict(name.also) == {"gadhafi": 1, "qadhafi": 1}


def test_a_form_stands_in_for_a_word_that_is_not_there(archive: Archive) -> None:
    (correction,) = archive.search(parse("treaty")).corrections
    assert (correction.word, correction.used) == ("treaty", (("treaties", 1),))


def test_what_was_found_by_a_form_is_lit(archive: Archive) -> None:
    lit = archive.search(parse("sanction 412 F-16")).lit
    text = "SANCTIONS: sanctioned, F-16 in 000412 litres"
    assert [text[start:end] for start, end in lit.spans(text)] == [
        "SANCTIONS",
        "sanctioned",
        "F-16",
        "000412",
    ]


def test_every_letter_of_a_word_and_the_blank_behind_it_find_it(archive: Archive) -> None:
    word = "sanctions"
    for end in range(1, len(word) + 1):
        assert {"1", "2"} <= set(_found(archive, word[:end], typing=True).split()), word[:end]
    assert _found(archive, f"{word} ", typing=True) == _found(archive, word, typing=True) == "1 2"


def test_a_phrase_is_found_at_every_letter(archive: Archive) -> None:
    phrase = '"trafficking in persons'
    for end in range(2, len(phrase) + 1):
        assert "1" in _found(archive, phrase[:end], typing=True), phrase[:end]


@pytest.mark.parametrize("typed", ["hizbal", "hizbulah", "lighthuose", "lihgth"])
def test_a_slip_is_mended_while_one_types(archive: Archive, typed: str) -> None:
    assert "3" in _found(archive, typed, typing=True)


def test_spellings_of_a_name_are_listed_with_their_cables(archive: Archive) -> None:
    assert archive.spellings("Kadafi") == (("gaddafi", 1), ("gadhafi", 1), ("qadhafi", 1))
    assert archive.spellings("lighthouses") == (("lighthouse", 2),)
    assert archive.spellings("two words") == ()


def test_a_query_keeps_its_meaning_as_text(archive: Archive) -> None:
    for text, expected, _ in FOUND:
        assert _found(archive, str(parse(text))) == expected


def test_a_folder_of_pages_finds_the_same(tmp_path: Path) -> None:
    for cable in CABLES:
        file = tmp_path / "pages" / f"{cable.id}.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(cable.page, encoding="utf-8")
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    for text, expected, _ in FOUND:
        assert _found(archive, text) == expected

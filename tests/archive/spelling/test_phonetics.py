"""Ways to write one name: public knowledge of how newspapers carried names over."""

import pytest
from rapidfuzz.distance import OSA

from cable_tui.archive.spelling import phonetics

NAMES = """
gaddafi qaddafi qadhafi kadafi gadhafi khadafy qadafi gheddafi qadhdhafi kaddafi gathafi
hezbollah hizballah hizbullah hizbollah hezballah
mohammed muhammad mohamed muhammed mohammad mohamad muhamad
hussein hussain husayn husain hussayn
abdullah abdallah abdulla abdalla
ahmadinejad ahmedinejad ahmadinezhad
yushchenko iushchenko yuschenko
tymoshenko timoshenko
sharif shareef sherif
kiev kyiv
osama usama
lavrov lawrow lavroff
taliban taleban
quran koran
mubarak moubarak mobarak
saleh salih
peshawar pishawar
zawahiri zawahri
khamenei khamenai
nazarbayev nazarbaev
karzai karzay
chavez shavez
milosevic miloshevich
muqtada moqtada
""".split("\n")[1:-1]
PAIRS = [(group.split()[0], other) for group in NAMES for other in group.split()[1:]]


@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_spellings_of_one_name_sound_alike(name: str, other: str) -> None:
    slips = OSA.distance(name, other)
    assert phonetics.alike(name, other, slips)
    assert phonetics.alike(other, name, slips)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("hussein", "hassan"),
        ("kiev", "cave"),
        ("kiev", "give"),
        ("hamas", "homes"),
        ("muhammad", "madam"),
        ("mubarak", "embark"),
        ("laden", "london"),
        ("maliki", "milk"),
        ("rabat", "lamps"),
        ("osama", "sum"),
        ("gaddafi", "cadivi"),
        ("gaddafi", "gadsafi"),
        ("stefan", "stevan"),
    ],
)
def test_other_words_do_not(name: str, other: str) -> None:
    assert not phonetics.alike(name, other, OSA.distance(name, other))


@pytest.mark.parametrize("word", ["", "h", "aeiou", "hhh", "x", "schtsch"])
def test_words_of_hardly_any_letters_have_a_skeleton(word: str) -> None:
    assert phonetics.consonants(phonetics.skeleton(word)) is not None
    assert not phonetics.alike(word, "rabat", 3)


def test_many_words_sound_as_each_by_itself() -> None:
    words = [word for group in NAMES for word in group.split()]
    assert phonetics.sounds(words) == [
        phonetics.consonants(phonetics.skeleton(word)) for word in words
    ]

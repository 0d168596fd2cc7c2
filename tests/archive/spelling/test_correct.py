"""What the words of a query are looked for by."""

from collections.abc import Iterable

import pytest

from cable_tui.archive.spelling import correct
from cable_tui.archive.spelling.correct import WordIndex, are_two
from cable_tui.archive.spelling.word_list import build_words
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import Correction, Offer, Variants
from cable_tui.query.plan import And, AnyWord, Plan, WordVariants

WORDS = {
    "trafficking": 204,
    "traffic": 12,
    "government": 900,
    "goverment": 2,
    "gaddafi": 1,
    "qadhafi": 25,
    "qaddafi": 2,
    "codify": 40,
    "hizballah": 30,
    "sanction": 3,
    "sanctions": 80,
    "sanctioned": 5,
    "treaty": 10,
    "treaties": 4,
    "form": 20,
    "from": 5000,
    "rabat": 50,
    "lamps": 9,
    "ilo": 4,
}


FIELDS = {"to": {"secretary": 90, "treaties": 3, "rabat": 2, "government": 7}}


def known(words: Iterable[tuple[str, int]] = tuple(WORDS.items()), found: int = 1) -> WordIndex:
    anywhere = dict(words)

    def _held(field: str) -> dict[str, int]:
        return FIELDS.get(field, anywhere)

    def count(word: str, prefix: bool, field: str) -> int:
        held = _held(field)
        if prefix:
            return max((held[each] for each in held if each.startswith(word)), default=0)
        return held.get(word, 0)

    def matched(plan: Plan) -> int:
        del plan
        return found

    def begins(word: str, field: str) -> bool:
        return any(each.startswith(word) for each in _held(field))

    def about(word: str, field: str) -> int:
        return _held(field).get(word, 0)

    return WordIndex(count, about, begins, lambda: build_words(anywhere.items()), matched)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        pytest.param("traficking", (("trafficking", 204),), id="a letter too few"),
        pytest.param("Traffickign", (("trafficking", 204),), id="two letters exchanged"),
        pytest.param("govermant", (("government", 900), ("goverment", 2)), id="by frequency"),
        pytest.param("rabta", (("rabat", 50),), id="a short word"),
        pytest.param("hezbollah", (("hizballah", 30),), id="a name by its sound"),
        pytest.param("lamp", (("lamps", 9),), id="a form comes before any likeness"),
        pytest.param(
            "sanctioning", (("sanctions", 80), ("sanctioned", 5), ("sanction", 3)), id="f"
        ),
        pytest.param("xylophones", (), id="nothing near"),
    ],
)
def test_a_word_that_the_archive_lacks_is_corrected(
    text: str, used: tuple[tuple[str, int], ...]
) -> None:
    worded = correct.correct(parse(text), known())
    assert worded.corrections == {text.lower(): Correction(text, used)}
    words = tuple(word for word, _ in used)
    assert worded.used == ({text.lower(): WordVariants(words)} if used else {})


def test_a_fuzzy_word_that_the_archive_lacks_means_every_spelling() -> None:
    worded = correct.correct(parse("kadhafi~"), known())
    used = (("qadhafi", 25), ("qaddafi", 2), ("gaddafi", 1))
    assert worded.corrections["kadhafi"] == Correction("kadhafi", used)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("trafficking", id="a known word"),
        pytest.param("=traficking", id="an exact word"),
        pytest.param('"traficking lamps"', id="a phrase"),
        pytest.param("traf*", id="the beginning of a known word"),
        pytest.param("0812744", id="a number"),
        pytest.param("zz", id="two letters"),
        pytest.param("origin:rabta", id="a filter"),
    ],
)
def test_what_is_left_as_it_is(text: str) -> None:
    assert correct.correct(parse(text), known()).corrections == {}


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        pytest.param("traficking", (("trafficking", 204),), id="a whole word"),
        pytest.param("traffik", (("trafficking", 204), ("traffic", 12)), id="half a word"),
        pytest.param("govrem", (("government", 900),), id="two letters exchanged"),
    ],
)
def test_a_beginning_that_nothing_begins_with_is_corrected(
    typed: str, used: tuple[tuple[str, int], ...]
) -> None:
    worded = correct.correct(parse(typed, typing=True), known())
    assert worded.corrections[typed].used == used


def test_a_word_in_a_group_is_corrected_once() -> None:
    worded = correct.correct(parse("(traficking or lamps) traficking"), known())
    assert list(worded.corrections) == ["traficking"]


@pytest.mark.parametrize(
    ("text", "also"),
    [
        pytest.param("sanction", (("sanctions", 80), ("sanctioned", 5)), id="forms of a word"),
        pytest.param("Sanctions", (("sanctioned", 5), ("sanction", 3)), id="of a form"),
        pytest.param("treaties", (("treaty", 10),), id="an ending that changes the word"),
        pytest.param("sanctions*", (("sanctioned", 5), ("sanction", 3)), id="beside a beginning"),
        pytest.param("-sanction", (("sanctions", 80), ("sanctioned", 5)), id="of what is excluded"),
        pytest.param("subject:treaty", (("treaties", 4),), id="in one text"),
    ],
)
def test_a_word_finds_its_forms_and_it_is_said(
    text: str, also: tuple[tuple[str, int], ...]
) -> None:
    worded = correct.correct(parse(text), known())
    ((token, said),) = worded.also.items()
    assert said.also == also
    assert set(worded.used[token].beside) == {word for word, _ in also}
    assert worded.corrections == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("=sanction", id="an exact word"),
        pytest.param('"sanction"', id="a phrase"),
        pytest.param("form", id="a word without forms here"),
        pytest.param("sanct*", id="a beginning that finds them anyway"),
        pytest.param("ilo", id="a short word"),
    ],
)
def test_no_forms_are_said(text: str) -> None:
    assert correct.correct(parse(text), known()).also == {}


def test_forms_that_a_beginning_finds_anyway_are_not_said() -> None:
    assert correct.correct(parse("sanction", typing=True), known()).also == {}


@pytest.mark.parametrize(
    ("text", "count", "also"),
    [
        pytest.param("gaddafi", 1, (("qadhafi", 25), ("qaddafi", 2)), id="a name"),
        pytest.param("goverment", 2, (("government", 900),), id="a slip that the archive has"),
    ],
)
def test_a_rare_word_with_frequent_neighbours_gets_an_offer(
    text: str, count: int, also: tuple[tuple[str, int], ...]
) -> None:
    assert correct.offers(parse(text), known(), {}) == (Offer(text, count, also),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("qadhafi", id="the frequent one"),
        pytest.param("form", id="a short word"),
        pytest.param("-gaddafi", id="an excluded word"),
        pytest.param("=gaddafi", id="an exact word"),
        pytest.param("gaddafi~", id="a fuzzy word says its own"),
        pytest.param("traffic", id="a neighbour that is not much more frequent"),
        pytest.param("xylophones", id="an unknown word"),
        pytest.param("gaddafi or qadhafi or qaddafi", id="what was added"),
        pytest.param("(gaddafi or =qadhafi or =qaddafi) lamps", id="what was taken"),
    ],
)
def test_no_offer_is_made(text: str) -> None:
    assert correct.offers(parse(text), known(), {}) == ()


def test_what_was_looked_for_is_not_offered() -> None:
    query = parse("sanction")
    assert correct.offers(query, known(), {"sanction": WordVariants(beside=("sanctions",))}) == ()


def test_an_offer_is_made_while_the_word_is_typed() -> None:
    (offer,) = correct.offers(parse("gaddafi", typing=True), known(), {})
    assert offer.also[0] == ("qadhafi", 25)


def test_a_fuzzy_word_finds_the_spellings_of_its_name_too() -> None:
    worded = correct.correct(parse("gaddafi~ lamps"), known())
    assert worded.used["gaddafi"] == WordVariants(beside=("qadhafi", "qaddafi"))
    assert worded.also["gaddafi"] == Variants("gaddafi", (("qadhafi", 25), ("qaddafi", 2)))


def test_a_word_of_a_cable_that_is_gone_is_not_known() -> None:
    held = known()

    def about(word: str, field: str) -> int:
        return held.about(word, field) or int(word in ("lampz", "rabats"))

    gone = replace(held, about=about)
    assert correct.correct(parse("lampz"), gone).corrections["lampz"].used == (("lamps", 9),)
    assert correct.correct(parse("rabat"), gone).also == {}


def test_spellings_of_a_name_are_listed_with_their_numbers() -> None:
    assert correct.spellings("Gaddafi", known()) == (
        ("qadhafi", 25),
        ("qaddafi", 2),
        ("gaddafi", 1),
    )
    assert correct.spellings("kadafi", known()) == correct.spellings("Gaddafi", known())
    assert correct.spellings("two names", known()) == ()


def test_where_words_find_nothing_together_a_rare_one_stands_for_its_neighbour() -> None:
    worded = correct.correct(parse("goverment lamps"), known(found=0))
    assert worded.used["goverment"] == WordVariants(beside=("government",))
    assert worded.also["goverment"] == Variants("goverment", (("government", 900),))
    assert correct.offers(parse("goverment lamps"), known(), worded.used) == ()
    assert "goverment" not in correct.correct(parse("goverment lamps"), known(found=1)).used


def test_a_word_is_known_and_corrected_by_the_words_of_its_own_text() -> None:
    for text in ("to:secretary", "to:secreta*"):
        assert correct.correct(parse(text), known()).corrections == {}
    assert correct.correct(parse("secretary"), known()).corrections.keys() == {"secretary"}
    elsewhere = correct.correct(parse("to:lamps"), known())
    assert (elsewhere.corrections, elsewhere.used) == ({}, {})
    worded = correct.correct(parse("to:govermant govermant"), known())
    assert worded.corrections["to:govermant"].used == (("government", 7),)
    assert worded.corrections["govermant"].used == (("government", 900), ("goverment", 2))
    assert worded.used["to:govermant"] == WordVariants(("government",))
    forms = correct.correct(parse("to:treaty treaty"), known()).also
    assert forms["to:treaty"].also == (("treaties", 3),)
    assert forms["treaty"].also == (("treaties", 4),)


def test_a_corrected_word_finds_its_forms_too_and_it_is_said() -> None:
    worded = correct.correct(parse("sanctoin"), known((("sanction", 3), ("sanctions", 2))))
    assert worded.used["sanctoin"] == WordVariants(("sanction",), ("sanctions",))
    assert worded.also["sanctoin"] == Variants("sanctoin", (("sanctions", 2),))


ENGLISH = {"drought": 5, "brought": 186, "whether": 400, "weather": 30, "labour": 2, "labor": 80}


@pytest.mark.parametrize(
    ("text", "also"),
    [
        pytest.param("drought", (), id="another word of English"),
        pytest.param("weather", (), id="a word that sounds alike"),
        pytest.param("labour", (("labor", 80),), id="the other spelling of a word"),
    ],
)
def test_a_word_of_english_is_no_slip_for_another(
    text: str, also: tuple[tuple[str, int], ...]
) -> None:
    held = known(ENGLISH.items(), found=0)
    assert [offer.also for offer in correct.offers(parse(text), held, {})] == [also] * bool(also)
    beside = correct.correct(parse(f"{text} lamps"), held).used.get(text, WordVariants()).beside
    assert beside == tuple(word for word, _ in also)


def test_a_word_of_english_that_the_archive_lacks_is_not_replaced_by_another() -> None:
    worded = correct.correct(parse("drought"), known({"brought": 186}.items()))
    assert worded.corrections["drought"] == Correction("drought", ())


def test_spellings_are_ranked_by_the_cables_that_they_share() -> None:
    words = {"gaddafi": 9, "kaddafi": 60, "qadhafi": 25, "qaddafi": 2}
    shared = {"gaddafi": 5, "qadhafi": 4, "qaddafi": 1, "kaddafi": 0}

    def found(plan: Plan) -> int:
        assert isinstance(plan, And)
        first, others = plan.parts
        assert isinstance(first, AnyWord)
        assert isinstance(others, AnyWord)
        assert {*first.words, *others.words} == words.keys()
        return shared[first.words[0]]

    held = replace(known(words.items()), found=found)
    assert [word for word, _ in correct.spellings("gaddafi", held)] == list(shared)


def test_half_a_word_stands_for_the_words_that_begin_so() -> None:
    words = {"gazprom": 20, "gazprombank": 3, "gazpacho": 900, "gasoline": 80}

    def begun(token: str, _: str) -> tuple[tuple[str, int], ...]:
        return tuple(each for each in words.items() if each[0].startswith(token))

    held = replace(known(words.items()), begun=begun)
    said = correct.correct(parse("gazpro"), held).corrections["gazpro"]
    assert said.used == (("gazprom", 20), ("gazprombank", 3))
    assert correct.correct(parse("gazprob"), held).corrections["gazprob"].used == (("gazprom", 20),)
    assert correct.correct(parse("gaz"), held).corrections["gaz"].used == ()


@pytest.mark.parametrize(
    ("text", "words", "begun", "used"),
    [
        ("trafic", {"traffic": 900, "traficante": 1}, ("traficante", 1), ("traffic", 900)),
        ("govern", {"government": 9}, ("government", 9), ("government", 9)),
    ],
    ids=["a slip that begins a rare word", "a word of English that others begin with"],
)
def test_a_frequent_word_is_meant(
    text: str, words: dict[str, int], begun: tuple[str, int], used: tuple[str, int]
) -> None:
    held = replace(known(words.items()), begun=lambda *_: (begun,))
    assert correct.correct(parse(text), held).corrections[text].used == (used,)


TWO = "drought/brought nation/station weather/whether roads/rods county/country droughts/brought "
ONE = "goverment/government terorism/terrorism labour/labor defence/defense center/centre "


@pytest.mark.parametrize("two", f"{TWO}stations/nations".split())
def test_two_words_of_english_are_two(two: str) -> None:
    word, other = two.split("/")
    assert are_two(word, other)
    assert are_two(other, word)


@pytest.mark.parametrize("one", f"{ONE}gaddafi/qadhafi realise/realize nation/nation".split())
def test_a_slip_or_another_spelling_is_no_second_word(one: str) -> None:
    assert not are_two(*one.split("/"))


SOUNDS = {"lockheed": 31, "looked": 400, "lockheeds": 1, "locked": 90, "shell": 12, "shells": 7}


def test_an_ordinary_word_is_offered_for_a_name_and_not_searched_for() -> None:
    held = known(SOUNDS.items())
    worded = correct.correct(parse("lockheed~ shell~"), held)
    assert worded.also["lockheed"] == Variants("lockheed", (("lockheeds", 1),))
    assert "shell" not in worded.also
    (offer,) = correct.offers(parse("lockheed~"), held, worded.used)
    assert offer == Offer("lockheed", 31, (("looked", 400), ("locked", 90)))
    assert correct.spellings("lockheed", held)[0] == ("lockheed", 31)


def test_a_name_among_the_commonest_words_is_a_name() -> None:
    held = known({"mohammed": 9, "muhammad": 40, "mohamed": 4}.items())
    assert correct.correct(parse("mohammed~"), held).also["mohammed"].also == (
        ("muhammad", 40),
        ("mohamed", 4),
    )

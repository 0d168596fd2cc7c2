"""The query language of the search bar and of the command line."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cable_tui.query import Filter, Group, Phrase, Query, Range, Term, Word, parse
from cable_tui.query.model import Sample
from cable_tui.query.parser import _ALIASES, MAX_LENGTH, MAX_TERMS, _prefixes, from_older, to_keep
from cable_tui.query.plan import compile_plan
from tests.query.narrowing import Given, holds, levels, means

TERMS: list[tuple[str, tuple[Term, ...]]] = [
    ("", ()),
    ("fishing morocco", (Word("fishing"), Word("morocco"))),
    ("fish*", (Word("fish", prefix=True),)),
    ("=traficking", (Word("traficking", exact=True),)),
    ("traficking~", (Word("traficking", fuzzy=True),)),
    ("-kelp", (Word("kelp", negated=True),)),
    ("not kelp", (Word("kelp", negated=True),)),
    ("not not kelp", (Word("kelp"),)),
    ('"unaccompanied minors"', (Phrase("unaccompanied minors"),)),
    ('"spain migrants"~5', (Phrase("spain migrants", slop=5),)),
    ('-"old tuna"', (Phrase("old tuna", negated=True),)),
    ("F-16", (Phrase("F 16"),)),
    ("U.S.", (Phrase("U S"),)),
    ("1.4(b)", (Phrase("1 4 b"),)),
    ("9/11", (Phrase("9 11", marked="9/11"),)),
    ("-24/7,", (Phrase("24 7", marked="24/7", negated=True),)),
    ("body:9-11*", (Phrase("9 11", prefix=True, marked="9-11", field="body"),)),
    ("has:tag has:subject", (Filter("has", "tag"), Filter("has", "subject"))),
    ("is:read (is:noted)", (Filter("is", "read"), Filter("is", "noted"))),
    ("origin:rabat", (Filter("origin", "rabat"),)),
    ('origin:"Secretary of State"', (Filter("origin", "Secretary of State"),)),
    ("-tag:kcrm", (Filter("tag", "kcrm", negated=True),)),
    ("class:>=confidential", (Filter("class", ">=confidential"),)),
    ("class:s//nf", (Filter("class", "s//nf"),)),
    ("date:2008", (Range("date", "2008", "2008"),)),
    ("year:2008", (Range("date", "2008", "2008"),)),
    ("date:2008-03..2009-02-13", (Range("date", "2008-03", "2009-02-13"),)),
    ("released:..2007", (Range("released", "", "2007"),)),
    ("date:2008..", (Range("date", "2008", ""),)),
    ("is:bookmarked", (Filter("is", "bookmarked"),)),
    ("IS:NoForn", (Filter("is", "noforn"),)),
    ("post:rabat", (Filter("origin", "rabat"),)),
    ("Sender:rabat", (Word("rabat", field="from"),)),
    ("cited-by:09RABAT27", (Filter("citedby", "09RABAT27"),)),
    ("is:book", (Filter("is", "bookmarked"),)),
    ('is:"eyes only"', (Filter("is", "eyes-only"),)),
    ("-is:read", (Filter("is", "read", negated=True),)),
    ("has:missing-ref", (Filter("has", "missing-ref"),)),
    ("cites:08STATE127448", (Filter("cites", "08STATE127448"),)),
    ('citedby:"09 rabat 0027"', (Filter("citedby", "09 rabat 0027"),)),
    ("ref:06ASTANA", (Filter("ref", "06ASTANA"),)),
    ('list:"TIP story"', (Filter("list", "TIP story"),)),
    ("note:press query:minors", (Filter("note", "press"), Filter("query", "minors"))),
    ("len:>20k length:5k..20k", (Filter("len", ">20k"), Filter("len", "5k..20k"))),
    ("paras:>=10", (Filter("paras", ">=10"),)),
    ("tag:mo tag:ktip", (Filter("tag", "mo"), Filter("tag", "ktip"))),
    ("tag:mo and tag:ktip", (Filter("tag", "mo"), Group(((Filter("tag", "ktip"),),)))),
    ("tag:mo (tag:ktip)", (Filter("tag", "mo"), Group(((Filter("tag", "ktip"),),)))),
    ("kelp and tag:mo", (Word("kelp"), Filter("tag", "mo"))),
    ("tag:mo and not tag:ktip", (Filter("tag", "mo"), Filter("tag", "ktip", negated=True))),
    ("not (tag:mo)", (Filter("tag", "mo", negated=True),)),
    ("subject:kelp", (Word("kelp", field="subject"),)),
    ("Title:kelp", (Word("kelp", field="subject"),)),
    ("subject:kel*", (Word("kel", prefix=True, field="subject"),)),
    ("subject:=kelp", (Word("kelp", exact=True, field="subject"),)),
    ("signed:riley~", (Word("riley", fuzzy=True, field="signed"),)),
    ("-to:cairo", (Word("cairo", negated=True, field="to"),)),
    ("not info:cairo", (Word("cairo", negated=True, field="info"),)),
    ('from:"embassy rabat"', (Phrase("embassy rabat", field="from"),)),
    ('body:"old tuna"~3', (Phrase("old tuna", slop=3, field="body"),)),
    ("body:F-16", (Phrase("F 16", field="body"),)),
    ("subject:or", (Phrase("or", field="subject"),)),
    (
        "subject:kelp and subject:tuna",
        (Word("kelp", field="subject"), Group(((Word("tuna", field="subject"),),))),
    ),
    ("kelp kelp", (Word("kelp"),)),
    ("kelp or tuna", (Group(((Word("kelp"),), (Word("tuna"),))),)),
    (
        "old kelp or tuna",
        (Group(((Word("old"), Word("kelp")), (Word("tuna"),))),),
    ),
    (
        "old (kelp or tuna)",
        (Word("old"), Group(((Word("kelp"),), (Word("tuna"),)))),
    ),
    ("(kelp tuna)", (Word("kelp"), Word("tuna"))),
    ("not (kelp tuna)", (Group(((Word("kelp"), Word("tuna")),), negated=True),)),
    ("-(kelp)", (Word("kelp", negated=True),)),
    ("kelp and tuna", (Word("kelp"), Word("tuna"))),
    ('"or"', (Phrase("or"),)),
    ("http://example.org/kelp", (Phrase("http example org kelp"),)),
    ("HTTPS://example.org", (Phrase("HTTPS example org"),)),
    ("mailto:kelp@example.org", (Phrase("mailto kelp example org"),)),
    ("at 12:30 kelp", (Word("at"), Phrase("12 30", marked="12:30"), Word("kelp"))),
    ("NOTE: kelp", (Word("NOTE"), Word("kelp"))),
    ("(Subject: kelp) SUMMARY:", (Word("Subject"), Word("kelp"), Word("SUMMARY"))),
    ("Remark: kelp", (Word("Remark"), Word("kelp"))),
    ("OR: kelp", (Phrase("OR"), Word("kelp"))),
    (r"C:\cables", (Phrase("C cables"),)),
    ("std::kelp", (Phrase("std kelp"),)),
    ("kelp:)", (Word("kelp"),)),
    ("- * ~ = : ...", ()),
]


@pytest.mark.parametrize(("text", "terms"), TERMS, ids=[text or "empty" for text, _ in TERMS])
def test_a_line_means_its_terms(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text).terms == terms


TYPED: list[tuple[str, tuple[Term, ...]]] = [
    ("traffick", (Word("traffick", prefix=True),)),
    ("traffick ", (Word("traffick"),)),
    ("old traffick", (Word("old"), Word("traffick", prefix=True))),
    ("-traffick", (Word("traffick", prefix=True, negated=True),)),
    ('"prime mini', (Phrase("prime mini", prefix=True),)),
    ('"prime minister"', (Phrase("prime minister"),)),
    ("F-1", (Phrase("F 1", begun=True),)),
    ("U.S", (Phrase("U S", begun=True),)),
    ("U.S.", (Phrase("U S"),)),
    ("1.4(b)", (Phrase("1 4 b"),)),
    ("1.4(b)*", (Phrase("1 4 b", prefix=True),)),
    ("9/11", (Phrase("9 11", begun=True, marked="9/11"),)),
    ("9/11 ", (Phrase("9 11", marked="9/11"),)),
    ("counter-pir", (Phrase("counter pir", prefix=True),)),
    ('"prime mi', (Phrase("prime mi", prefix=True, begun=True),)),
    ('"prime mi"*', (Phrase("prime mi", prefix=True),)),
    ("tag:", ()),
    ("subject:", ()),
    ("subject:kel", (Word("kel", prefix=True, field="subject"),)),
    ('subject:"old tu', (Phrase("old tu", prefix=True, field="subject", begun=True),)),
    ("date:20", ()),
    ("old (kelp or", (Word("old"), Word("kelp"))),
    ("=kelp", (Word("kelp", exact=True),)),
]


@pytest.mark.parametrize(("text", "terms"), TYPED, ids=[text for text, _ in TYPED])
def test_what_is_being_typed_is_a_query_without_complaint(
    text: str, terms: tuple[Term, ...]
) -> None:
    query = parse(text, typing=True)
    assert query.terms == terms
    assert query.complaints == ()


COMPLAINTS: list[tuple[str, int, str, tuple[Term, ...]]] = [
    ('kelp "old tuna', 5, "not closed", (Word("kelp"), Phrase("old tuna"))),
    ("kelp (tuna", 10, "not closed", (Word("kelp"), Word("tuna"))),
    ("kelp) tuna", 4, "has no opening bracket", (Word("kelp"), Word("tuna"))),
    ("kelp tag:", 9, "needs a value", (Word("kelp"),)),
    ("kelp subject:", 13, "such as subject:fishing", (Word("kelp"),)),
    ("subject:() kelp", 8, "needs a value", (Word("kelp"),)),
    ("kelp date:2009-13", 5, "not a date or range", (Word("kelp"),)),
    ("date:2010..2009 kelp", 0, "not a date or range", (Word("kelp"),)),
    (
        "kelp class:>=odd",
        5,
        "odd is not a valid classification",
        (Word("kelp"),),
    ),
    ("kelp is:lost", 5, "is: takes bookmarked, noted, read", (Word("kelp"),)),
    ("kelp is:no", 5, "is:no is not known", (Word("kelp"),)),
    ("has:nothing kelp", 0, "has: takes article, missing-ref", (Word("kelp"),)),
    ("kelp len:long", 5, "not a valid size, such as >20k", (Word("kelp"),)),
    ("paras:5..3", 0, "not a valid size", ()),
    ("kelp cites:rabat", 5, "not a reference ID, such as 09RABAT27", (Word("kelp"),)),
    ("kelp sort:color", 5, "sort: takes -created, created, relevance", (Word("kelp"),)),
    ("-sort:length kelp", 1, "write sort:-length", (Word("kelp"),)),
    ("kelp sort:", 10, "such as sort:-created", (Word("kelp"),)),
    ("kelp sample:many", 5, "sample: takes a number, such as sample:200", (Word("kelp"),)),
    ("kelp sample:0", 5, "sample: takes a number", (Word("kelp"),)),
    ("-sample:20 kelp", 1, 'write sample:20 without "-" or "not"', (Word("kelp"),)),
    ("kelp not sample:20", 9, 'write sample:20 without "-" or "not"', (Word("kelp"),)),
    ("-sample:many", 1, "sample: takes a number", ()),
    ("kelp sample:7 sample:9", 14, "only one sample, and this one has sample:7", (Word("kelp"),)),
    ("sample:7 (kelp sample:9)", 15, "can have only one sample", (Word("kelp"),)),
    ("(kelp sample:7) tuna", 6, "(kelp or tuna) sample:7", (Word("kelp"), Word("tuna"))),
    ("-(sample:7/year)", 2, "(kelp or tuna) sample:7/year", ()),
    ("sample:7 or kelp", 0, "a sample applies to the whole query", (Word("kelp"),)),
    ("kelp or sample:7", 8, "a sample applies to the whole query", (Word("kelp"),)),
    ("kelp sample:", 12, "such as sample:200", (Word("kelp"),)),
    ("cite:09RABAT27", 0, "Did you mean cites:", (Word("09RABAT27"),)),
    ('"old tuna"~100 kelp', 10, "at most 99", (Phrase("old tuna", slop=99), Word("kelp"))),
    ("orgin:rabat", 0, "Did you mean origin:", (Word("rabat"),)),
    ("kelp tga:EFIS", 5, "is unknown. Did you mean tag:?", (Word("kelp"), Word("EFIS"))),
    ("kelp tga:EFIS", 5, '"tga:EFIS" searches for the text', (Word("kelp"), Word("EFIS"))),
    ('clas:"top secret"', 0, '"clas:top secret" searches', (Phrase("top secret"),)),
    ("recipient:osei*", 0, "Did you mean to:, info: or action:?", (Word("osei", prefix=True),)),
    ("xyzzy:F-16", 0, "The usual prefixes are origin:, tag:, class:", (Phrase("F 16"),)),
    ("-clas:secret", 1, "Did you mean class:", (Phrase("clas secret", negated=True),)),
    ("kelp not clas:secret", 9, "class:", (Word("kelp"), Phrase("clas secret", negated=True))),
    ("kelp is:secret", 5, "did you mean class:secret? is: takes", (Word("kelp"),)),
    ("has:NoForn", 0, "did you mean is:noforn?", ()),
]


@pytest.mark.parametrize(("text", "column", "reason", "terms"), COMPLAINTS)
def test_a_mistake_is_named_at_its_column_and_the_good_part_answers(
    text: str, column: int, reason: str, terms: tuple[Term, ...]
) -> None:
    query = parse(text)
    assert query.terms == terms
    assert [complaint.column for complaint in query.complaints] == [column]
    assert reason in query.complaints[0].reason


def test_more_terms_than_are_read_are_complained_of_once() -> None:
    query = parse(" ".join(f"w{number}" for number in range(MAX_TERMS + 10)))
    assert len(query.terms) == MAX_TERMS
    assert len(query.complaints) == 1


def test_a_line_that_is_too_long_is_refused_in_one_sentence() -> None:
    query = parse("kelp " * MAX_LENGTH)
    assert query.refused
    assert query.terms == ()
    (complaint,) = query.complaints
    assert complaint.reason == "a query can have at most 2,000 characters, and this one has 10,000"
    assert not parse("k" * MAX_LENGTH).refused


def test_brackets_deeper_than_any_reader_needs_do_not_overflow() -> None:
    assert parse("(" * 1900 + "kelp").complaints


@pytest.mark.parametrize(
    ("text", "sort", "canonical"),
    [
        ("kelp", "", "kelp"),
        ("sort:created", "created", "sort:created"),
        ("sort:-date kelp", "-created", "kelp sort:-created"),
        ("sort:ref kelp sort:-len", "-length", "kelp sort:-length"),
        ("(kelp or sort:relevance tuna)", "relevance", "(kelp or tuna) sort:relevance"),
        ("ORDER:Oldest", "created", "sort:created"),
    ],
)
def test_the_last_order_holds_for_the_whole_query(text: str, sort: str, canonical: str) -> None:
    query = parse(text)
    assert query.sort == sort
    assert str(query) == canonical
    assert query.complaints == ()


@pytest.mark.parametrize(
    ("text", "size", "by_year", "canonical"),
    [
        ("sample:200", 200, False, "sample:200"),
        ("sample:20/Year kelp", 20, True, "kelp sample:20/year"),
        ("sample:7 (kelp or tuna) sort:len", 7, False, "(kelp or tuna) sample:7 sort:length"),
        ("not kelp and sample:008", 8, False, "-kelp sample:8"),
    ],
)
def test_a_sample_holds_for_the_whole_query(
    text: str, size: int, by_year: bool, canonical: str
) -> None:
    query = parse(text)
    assert query.sample == Sample(size, by_year)
    assert (str(query), query.complaints, bool(query)) == (canonical, (), True)


@pytest.mark.parametrize(
    ("text", "sample"),
    [
        ("kelp sample:7 sample:9", Sample(7)),
        ("sample:7 (kelp sample:9)", Sample(7)),
        ("kelp or tuna sample:7", None),
        ("(sample:7) kelp", None),
        ("not sample:7", None),
    ],
)
def test_a_refused_sample_draws_nothing(text: str, sample: Sample | None) -> None:
    assert parse(text).sample == sample


@pytest.mark.parametrize(
    "text",
    ["tga:EFIS", "kelp tga:E", "tga:EFIS kel", "is:secret kelp", 'tga:EFIS "old tu', "lob.*er kel"],
)
def test_nothing_is_said_while_the_last_word_is_typed(text: str) -> None:
    query = parse(text, typing=True)
    assert (query.complaints, query.advice, query.typed) == ((), (), True)
    ended = parse(f'{text}" ' if '"' in text else f"{text} ", typing=True)
    assert ended.complaints or ended.advice
    assert not ended.typed


PREFIXED = st.tuples(
    st.sampled_from(["tga", "country", "xyzzy", "orgin"]), st.text("klp", min_size=1)
)


@given(st.lists(PREFIXED | st.text("klp", min_size=1).map(lambda word: ("", word)), max_size=5))
def test_an_unknown_prefix_never_takes_a_cable_away(given_words: list[tuple[str, str]]) -> None:
    prefixed = " ".join(f"{prefix}:{word}" if prefix else word for prefix, word in given_words)
    query = parse(prefixed)
    assert query.terms == parse(" ".join(word for _, word in given_words)).terms
    assert len(query.complaints) == sum(bool(prefix) for prefix, _ in given_words)


@pytest.mark.parametrize("text", ["kelp sort:", "kelp sort:len", "kelp is:", "kelp is:n", "len:>"])
def test_a_value_that_is_being_typed_is_no_mistake(text: str) -> None:
    assert parse(text, typing=True).complaints == ()


FRAGMENTS = st.lists(
    st.sampled_from(
        ["kelp", "F-16", '"', "(", ")", " ", " or ", "not ", "-", "=", "*", "~3", ":", "tag:",
         "subject:", "to:",
         "date:", "2009", "..", "2009-02", "origin:", "ü", "\x00", "ﬀ", "or",
         "\u2028", "'", "class:>=c", "and ", "tag:mo", "is:read", "sort:-len", "len:>2k",
         "sample:2"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(FRAGMENTS | st.text(max_size=60), st.booleans())
@example('F-16""F-16', True)
@example('F-16 or "F-16', True)
@example('-(F-16 or "F-16', True)
def test_the_canonical_text_of_any_line_means_the_same(text: str, typing: bool) -> None:
    query = parse(text, typing=typing)
    query = query.finished()
    again = parse(str(query))
    assert again.terms == query.terms
    assert again == Query(query.terms, sort=query.sort, sample=query.sample)


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("9/11", Phrase("9 11", marked="9/11")),
        ("-U.S", Phrase("U S", negated=True)),
        ('(kelp or "prime mi', Phrase("prime mi", prefix=True)),
    ],
)
def test_a_phrase_that_was_merely_begun_is_one_when_no_letter_follows(
    typed: str, term: Phrase
) -> None:
    (meant,) = parse(typed, typing=True).finished().terms
    terms = meant.alternatives[-1] if isinstance(meant, Group) else (meant,)
    assert terms == (term,)


def test_a_prefix_with_two_meanings_is_refused_by_name() -> None:
    """A facet that is called as an alias of another one would be shadowed by it in silence."""
    with pytest.raises(ValueError, match=r"two meanings: text$"):
        _prefixes(("origin", "text"), _ALIASES)
    assert _prefixes(("origin",), ("sort",)) == {"origin", "sort"}


OLD = [
    ("has:redaction has:article", "(has:redaction or has:article)"),
    ("is:bookmarked kelp is:noted sort:created", "(is:bookmarked or is:noted) kelp sort:created"),
    ("(is:read is:noted) kelp", "(is:read or is:noted) kelp"),
    ("-(has:tag has:subject)", "-(has:tag or has:subject)"),
    ("has:tag has:subject has:article", "(has:tag or has:subject or has:article)"),
    ("kelp or is:read is:noted", "(kelp or (is:read or is:noted))"),
    ("has:tag has:subject is:read is:noted", "(has:tag or has:subject) (is:read or is:noted)"),
]
ALIKE = [
    "",
    "kelp",
    "has:tag is:read",
    "has:tag -has:subject",
    "has:tag and has:subject",
    "has:tag (has:subject)",
    "has:tag or has:subject",
    "tag:mo tag:ktip",
    "has:tag has:tag",
    "is:read and not is:noted",
    '"has:tag has:subject"',
]


@pytest.mark.parametrize(("text", "now"), OLD, ids=[text for text, _ in OLD])
def test_two_that_meant_either_get_an_or_once(text: str, now: str) -> None:
    assert from_older(text) == now
    assert from_older(now) == now


@pytest.mark.parametrize("text", ALIKE)
def test_a_text_that_every_program_reads_alike_stays_to_the_letter(text: str) -> None:
    assert from_older(text) == text
    assert to_keep(text) == text


@given(levels())
def test_an_old_text_finds_what_it_found(level: Given) -> None:
    plan = compile_plan(parse(from_older(level.text)), {})
    assert holds(plan, level.true) == means(level.items, level.true, narrowing=False)


@given(levels())
def test_a_text_of_today_is_kept_as_no_older_text(level: Given) -> None:
    kept = to_keep(level.text)
    assert from_older(kept) == kept
    plan = compile_plan(parse(kept), {})
    assert holds(plan, level.true) == means(level.items, level.true, narrowing=True)


@given(st.text(alphabet='ahis:()-" ornotd', max_size=60))
def test_any_text_can_be_kept_and_read_again(text: str) -> None:
    assert from_older(from_older(text)) == from_older(text)
    assert from_older(to_keep(text)) == to_keep(text)
    assert parse(to_keep(text)).terms == parse(text).terms

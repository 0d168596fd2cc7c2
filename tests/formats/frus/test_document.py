"""One document as a cable: texts, paragraphs, dates, references."""

import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Edition, RawCable
from tests.formats.frus.volumes import PERSONS, TEI, cables, document, only, volume

HEAD = "<head>1. Telegram From Strelsau</head>"


def paragraphs(inner: str) -> list[tuple[str | None, str]]:
    _, said = only(HEAD + inner)
    return [(each.label, each.text) for each in said.paragraphs]


def test_paragraphs_without_numbers_go_by_their_place() -> None:
    inner = "<p>942. One.</p><p>Two: <list><item>a</item></list></p><p>Three.</p>"
    assert paragraphs(inner) == [("1", "942. One."), ("2", "Two:\n\na"), ("3", "Three.")]


def test_paragraphs_go_by_the_numbers_that_most_of_them_have() -> None:
    inner = "<p>942. For Sapt.</p><p>1. One.</p><p>More.</p><p>2. Two.</p><p>3. (C) Three.</p>"
    assert paragraphs(inner) == [
        ("A", "942. For Sapt."),
        ("1", "One.\n\nMore."),
        ("2", "Two."),
        ("3", "Three."),
    ]


def test_a_list_within_a_long_document_numbers_nothing() -> None:
    texts = ["942. He asked:", "1. Roads.", "2. Rails.", *("More." for _ in range(6))]
    inner = "".join(f"<p>{text}</p>" for text in texts)
    assert [label for label, _ in paragraphs(inner)] == [str(n) for n in range(1, 10)]


def test_paragraphs_of_attachments_are_counted_anew() -> None:
    inner = (
        "<p>One.</p><frus:attachment><head>Enclosure</head><p>a</p><p>b</p></frus:attachment>"
        "<frus:attachment><p>c</p></frus:attachment>"
    )
    _, said = only(HEAD + inner)
    assert [(each.label, each.heading) for each in said.paragraphs] == [
        ("1", None),
        ("1b", "Enclosure"),
        ("2b", None),
        ("1c", None),
    ]
    assert [each.anchor for each in said.paragraphs] == ["par1", "par1b", "par2b", "par1c"]


def test_footnotes_are_no_part_of_paragraphs_and_stand_at_the_end() -> None:
    raw, said = only(HEAD + "<p>One<note n='2'>See it.</note> more.</p><p>Two.</p>")
    assert raw.body == f"One[2] more.\n\nTwo.\n\n{'-' * 20}\n\n[2] See it."
    assert [each.text for each in said.paragraphs] == ["One more.", "Two."]
    assert said.notes == ("[2] See it.",)
    spans = [raw.body[slice(*each.span)] for each in said.paragraphs]
    assert spans == ["One[2] more.", "Two."]


def test_signatures_lists_above_the_text_and_headings_are_no_paragraphs() -> None:
    raw, said = only(
        f"{HEAD}<list type='subject'><head>SUBJECT</head><item>Ships</item></list><p>One.</p>"
        "<closer><signed>R[<hi>upert</hi>] H[<hi>entzau</hi>]<lb/>Count</signed></closer>"
        "<postscript><p>P. S.</p></postscript>"
    )
    assert [each.text for each in said.paragraphs] == ["One.", "P. S."]
    assert said.signed_by == ("HENTZAU",)
    assert said.subject == "Ships"
    assert raw.body == "SUBJECT\nShips\n\nOne.\n\nR[upert] H[entzau]\nCount\n\nP. S."


@pytest.mark.parametrize(
    ("attributes", "date", "created", "day"),
    [
        ("", '<date when="1957-02-12T23:00:00">x</date>', "1957-02-12 23:00", "1957-02-12"),
        ("", '<date when="1957-02-12">x</date>', "1957-02-12", "1957-02-12"),
        (
            "",
            '<date when="1957-02-12">x</date>, <time from="16:00:00">4 p.m.</time>',
            "1957-02-12 16:00",
            "1957-02-12",
        ),
        (
            "",
            '<date when="1957-02-12T09:00:00">x</date>, <time when="noon">noon</time>',
            "1957-02-12 09:00",
            "1957-02-12",
        ),
        ("", '<date when="1870-08">x</date>', "1870-08-01", "1870-08"),
        ("", '<date from="1974-07-25T10:30:00">x</date>', "1974-07-25 10:30", "1974-07-25"),
        ("", '<date notBefore="1957-03-01">undated</date>', "1957-03-01", "1957-03-01"),
        ("", "<date>undated</date>", "", ""),
        ("", '<date when="soon">x</date>', "", ""),
        (
            (
                ' frus:doc-dateTime-min="1948-04-05T19:30:00-05:00"'
                ' frus:doc-dateTime-max="1948-04-05T19:30:00-05:00"'
            ),
            '<date when="1948-04-06T09:00:00+08:30">x</date>',
            "1948-04-06 09:00",
            "1948-04-06",
        ),
        (
            (
                ' frus:doc-dateTime-min="1948-04-05T00:00:00-05:00"'
                ' frus:doc-dateTime-max="1948-04-05T23:59:59-05:00"'
            ),
            '<date when="1948-04-05">x</date>',
            "1948-04-05",
            "1948-04-05",
        ),
        (
            (
                ' frus:doc-dateTime-min="1953-11-28T00:00:00-05:00"'
                ' frus:doc-dateTime-max="1953-11-28T00:00:00-05:00"'
            ),
            '<date when="1953-11-28T13:00:00+08:00">x</date>',
            "1953-11-28 13:00",
            "1953-11-28",
        ),
        (
            (
                ' frus:doc-dateTime-min="1953-11-28T09:30:00-05:00"'
                ' frus:doc-dateTime-max="1953-11-28T09:30:00-05:00"'
            ),
            "undated",
            "1953-11-28 09:30",
            "1953-11-28",
        ),
    ],
)
def test_dates(attributes: str, date: str, created: str, day: str) -> None:
    dateline = f"<dateline><placeName>Zenda</placeName>, {date}</dateline>"
    raw, said = only(f"{HEAD}{dateline}<p>x <date when='1900-01-01'>then</date></p>", attributes)
    assert (raw.created, said.day) == (created, day)


def test_a_date_of_the_heading_holds_where_there_is_no_dateline() -> None:
    raw, _ = only('<head>1. Talk, <date when="1957-03-01">March 1</date></head><p>x</p>')
    assert raw.created == "1957-03-01"


@pytest.mark.parametrize(
    ("target", "cited"),
    [
        ("#d68", "frus1955-57v97/d68"),
        ("#d68fn2", "frus1955-57v97/d68"),
        ("frus1952-54v08#d31", "frus1952-54v08/d31"),
        (
            "https://history.state.gov/historicaldocuments/frus1969-76v22/d50",
            "frus1969-76v22/d50",
        ),
        ("#d1fn3", None),
        ("#pg_626", None),
        ("frus1961-63v06", None),
        ("", None),
    ],
)
def test_references_lead_to_documents(target: str, cited: str | None) -> None:
    raw, said = only(f'{HEAD}<p>See <ref target="{target}">Document 68</ref>, not 681.</p>')
    assert [each.reference_id for each in said.references] == ([cited] if cited else [])
    if cited:
        (start, end) = said.references[0].span or (0, 0)
        assert raw.body[start:end] == "Document 68"


@pytest.mark.parametrize(
    ("head", "place", "date", "elsewhere"),
    [
        ("From the Embassy in Egypt to the Department", "Cairo", "1955-06-01", "55CAIRO942"),
        ("From the Department of State to Consuls", "Washington", "1975-06-01", "75STATE942"),
        ("From the Embassy in Israel to Consuls", "[Tel Aviv],", "1957-02-12", "57TELAVIV942"),
        ("From the Embassy in Egypt to the Department", "Cairo", "1948-06-01", None),
        ("From the Embassy in Egypt to the Department", "", "1955-06-01", None),
    ],
)
def test_the_same_telegram_elsewhere_goes_by_post_number_and_year(
    head: str, place: str, date: str, elsewhere: str | None
) -> None:
    _, said = only(
        f"<head>1. Telegram {head}</head><dateline><placeName>{place}</placeName>, "
        f'<date when="{date}">x</date></dateline><p>942. Text.</p>'
    )
    also = [each.reference_id for each in said.references if each.label == "also"]
    assert also == ([elsewhere] if elsewhere else [])


def test_a_source_note_behind_a_summary_names_the_markings_and_no_kind() -> None:
    raw, said = only(
        "<head>1. Memorandum of Conversation<note n='1' type='source'><p>Summary: They spoke of a "
        "telegram. Confidential talks followed.</p><p>Source: RG 59. Secret; Nodis.</p></note>"
        "</head><p>x</p>"
    )
    assert (raw.classification, said.captions, said.kind) == ("SECRET", ("NODIS",), "")


def test_a_paragraph_printed_as_a_heading_is_one() -> None:
    _, said = only(f"{HEAD}<p>a</p><p rend='sectiontitleital'>Proposals:</p><p>b</p>")
    assert [(each.label, each.heading, each.text) for each in said.paragraphs] == [
        ("1", None, "a"),
        ("2", "Proposals:", "b"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<p rend='center'>[Telegram.]</p>", "telegram"),
        ("<p>[Extract.]</p>", ""),
        ("<p>He sent a telegram.</p>", ""),
        ("<p>One.</p><p>[Telegram.]</p>", ""),
    ],
)
def test_a_line_in_brackets_above_the_text_says_what_it_is(line: str, kind: str) -> None:
    _, said = only(f"<head>1. Mr. Sapt to Mr. Fish</head>{line}<p>Sir.</p>")
    assert said.kind == kind


def test_an_editorial_note_is_marked() -> None:
    for inner, attributes in (
        ("<head>1. Editorial Note</head><p>x</p>", ""),
        ("<head>1. Note</head><p>x</p>", ' subtype="editorial-note"'),
    ):
        _, said = only(inner, attributes)
        assert said.kind == "editorial note"
        assert said.captions == ("EDITORIAL NOTE",)


def test_a_document_goes_by_its_id_or_its_number() -> None:
    text = volume(document(1, "<p/>").replace('xml:id="d1" ', ""), document(2, "<p/>"))
    ids = [raw.reference_id for raw in cables(text)]
    assert ids == ["frus1955-57v97/d1", "frus1955-57v97/d2"]
    bare = "<div type='document'><head>[7]. Telegram From Strelsau</head><p>x</p></div>"
    (raw,) = cables(volume(bare))
    assert (raw.reference_id, raw.title) == ("frus1955-57v97/d7", "Telegram From Strelsau")


def test_control_characters_do_not_reach_the_texts() -> None:
    raw, said = only("<head>1. Telegram&#x85; From\u202e X</head><p>a\u009bb&#x200b;c</p>")
    assert isinstance(raw, RawCable)
    assert isinstance(said, Edition)
    for text in (raw.header, raw.body, raw.title, said.subject, said.paragraphs[0].text):
        assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_a_source_is_known_by_its_type_however_its_note_begins() -> None:
    for note in ("source: Files. Secret; Priority.", "Strelsau Files. Secret; Priority."):
        raw, said = only(f"<head>1. Telegram<note type='source' n='1'>{note}</note></head><p>a</p>")
        assert (raw.classification, said.precedences) == ("SECRET", ("PRIORITY",))


@pytest.mark.parametrize(
    "address",
    [
        "Hon. <hi>Rupert H. Hentzau</hi>,<lb/><hi>Secretary of State.</hi>",
        "<hi>F. von Tarlenheim</hi>, Esq., <hi>&amp;c., &amp;c., Strelsau</hi>.",
        "His Excellency Mr. <hi>Sapt</hi>.",
    ],
)
def test_to_whom_a_letter_goes_is_no_paragraph_below_it(address: str) -> None:
    raw, said = only(
        f"{HEAD}<p>Come.</p><closer><signed>SAPT.</signed></closer>"
        f"<postscript><p>{address}</p></postscript>"
    )
    assert [each.text for each in said.paragraphs] == ["Come."]
    assert len(raw.body.split("\n\n")) == 3
    _, said = only(f"{HEAD}<p>Come.</p><postscript><p>Sir William came. He left.</p></postscript>")
    assert [each.text for each in said.paragraphs] == ["Come.", "Sir William came. He left."]


def test_a_telegram_of_the_1910s_has_its_marks_as_centered_paragraphs() -> None:
    raw, said = only(
        "<note rend='inline' type='source'>File No. 7.72/26</note>"
        "<head><hi>The Minister in Ruritania</hi> to the Secretary of State</head>"
        "<dateline>Strelsau, <date when='1914-08-05'>August 5</date></dateline>"
        "<p rend='center'>[Telegram]</p><p>278. We met.</p><p rend='center'>* * *</p><p>Two.</p>"
        "<p rend='center'>On Ships</p><p>Three.</p><closer><signed>Sapt</signed></closer>"
        "<postscript><p rend='center'>[Enclosure 1]</p><p rend='center'>Note</p><p>One.</p>"
        "<p rend='center'>[Enclosure 2]</p><p>A.</p><p>B.</p></postscript>"
    )
    assert (said.kind, said.number) == ("telegram", "278")
    assert [(each.label, each.heading, each.text) for each in said.paragraphs] == [
        ("1", None, "278. We met."),
        ("2", None, "Two."),
        ("3", "On Ships", "Three."),
        ("1b", "Note", "One."),
        ("1c", "[Enclosure 2]", "A."),
        ("2c", None, "B."),
    ]
    assert "* * *" in raw.body


def test_the_number_of_a_despatch_may_stand_on_a_line_alone() -> None:
    _, said = only("<head>Despatch</head><p rend='flushleft'>No. 549]</p><p>Sir: I came.</p>")
    assert said.number == "549"
    assert [each.text for each in said.paragraphs] == ["Sir: I came."]


def test_the_numbers_of_a_list_far_below_are_not_those_of_the_document() -> None:
    before = "".join(f"<p>Text {at}.</p>" for at in "abcdefgh")
    items = "".join(f"<label>{n}.</label><item>Item</item>" for n in range(1, 12))
    assert [label for label, _ in paragraphs(f"{before}<list>{items}</list>")] == [
        str(n) for n in range(1, 9)
    ]


NAMED = (
    "<head>1. Telegram From Colonel <persName corresp='#p_V1' type='from'>von Sapt</persName>"
    "<note n='1' type='source'>Drafted by <persName corresp='#p_S2'>Sapt</persName>.</note></head>"
    "<p>Minister <persName corresp='#p_S1'>\nRupert\n  Sapt </persName> of the "
    "<gloss target='#t_1'>"
    "Ror</gloss> met <persName>Michael</persName>, <persName corresp='#p_X9'>Rose</persName> and "
    "<persName corresp='#p_S1 #p_S2'>the Sapts</persName>.<note n='2'>x\n<p>Not <persName"
    " corresp='frus1952-54v98.xml#p_S1'>Sapt<note n='3'>He.</note></persName>.</p></note></p>"
    "<list><label><persName corresp='#p_S2'>Otto</persName></label><item>Guard of ZD</item></list>"
    "<closer><signed><persName corresp='#p_S2'>Sapt</persName></signed></closer>"
)


def test_the_editors_keys_say_whose_a_name_is() -> None:
    (raw,) = cables(volume(PERSONS, document(1, NAMED)))
    said = raw.edition
    assert said is not None
    own, count, otto = (
        "frus1955-57v97#",
        ("Sapt, Rupert", "Envoy until 1957"),
        ("Sapt, Otto", "Guard"),
    )
    assert [(each.text, each.key, each.name, each.role) for each in said.people] == [
        ("von Sapt", f"{own}p_S1", *count),
        ("Sapt", f"{own}p_S2", *otto),
        ("Rupert Sapt", f"{own}p_S1", *count),
        ("Michael", "", "", ""),
        ("Rose", f"{own}p_X9", "", ""),
        ("the Sapts", f"{own}p_S1", *count),
        ("the Sapts", f"{own}p_S2", *otto),
        ("Sapt", "frus1952-54v98#p_S1", "", ""),
        ("Otto", f"{own}p_S2", *otto),
        ("Sapt", f"{own}p_S2", *otto),
    ]
    places = [raw.body[slice(*each.span)] for each in said.people if each.span]
    assert places == [
        "Rupert Sapt",
        "Michael",
        "Rose",
        "the Sapts",
        "the Sapts",
        "Sapt[3]",
        "Otto",
        "Sapt",
    ]
    assert [each.signed for each in said.people] == [False] * 9 + [True]
    assert raw.body.startswith(
        "Minister Rupert Sapt of the Ror met Michael, Rose and the Sapts.[2]\n"
    )


def test_the_list_of_abbreviations_explains_those_that_are_marked_and_others() -> None:
    (raw,) = cables(volume(PERSONS, document(1, f"{NAMED}<p>ROR, not ZDA or AZD.</p>")))
    assert raw.edition is not None
    assert [tuple(each) for each in raw.edition.terms] == [
        ("Ror", "Republic of Ruritania", True),
        ("ZD", "Zenda Division", False),
        ("ROR", "Republic of Ruritania", False),
    ]


def test_a_name_that_holds_blocks_is_no_name_and_loses_no_word() -> None:
    raw, said = only(f"{HEAD}<persName corresp='#p_1'>A<p>B</p>C</persName><p>D</p>")
    assert said.people == ()
    assert raw.body.split() == ["B", "C", "D"]
    assert "A" in raw.header


def named(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Mark-up of the edition around some names."""
    around = (
        "<p>A {} b.</p>|<p>{}</p>|<list><label>{}</label><item>x {}</item></list>|"
        "<quote>{}</quote>|<table><row><cell>{}</cell><cell>{}</cell></row></table>|"
        "<p>a<note n='4'>b {}<p>{}</p></note></p>|<hi>{}</hi>, |<p>\n {}\n, {}</p>|"
        "<frus:attachment><head>{}</head><p>{}</p></frus:attachment>|"
        "<closer><signed>{}<lb/>x</signed></closer>|<ref target='#d2'>{}</ref>|<del>{}</del>|"
        "<choice><sic>x</sic><corr>{}</corr></choice>|<postscript><p>{}</p></postscript>"
    ).split("|")
    return st.tuples(st.sampled_from(around), st.lists(inner, min_size=2, max_size=2)).map(
        lambda pair: pair[0].format(*pair[1])
    )


NAME = st.sampled_from(
    [
        "<persName corresp='#p_S1'>Sapt</persName>",
        "<persName corresp='#p_S2'>\n  Otto\n <hi>Sapt</hi> </persName>",
        "(<persName corresp='#p_X9'>\n<hi>Rose</hi>\n</persName>)",
        "<persName corresp='#p_V1'>von Sapt<note n='8'>He.</note></persName>'s",
        "<persName>Michael</persName>",
        "x",
    ]
)


@given(st.lists(st.recursive(NAME, named, max_leaves=6), max_size=8))
def test_no_name_of_any_mark_up_is_lost_or_given_to_somebody_else(parts: list[str]) -> None:
    inner = f"{HEAD}{''.join(parts)}"
    document_text = document(1, inner)
    (raw,) = cables(volume(PERSONS, document_text))
    assert raw.edition is not None
    root = ET.fromstring(document_text.replace("<div ", f"<div {TEI} ", 1))
    expected = []
    for marked in root.iter("{http://www.tei-c.org/ns/1.0}persName"):
        text = " ".join("".join((marked.text or "", *map(plain_text, marked))).split())
        expected.append((text, marked.get("corresp", "")[1:].replace("p_V1", "p_S1")))
    found = ((each.text, each.key.partition("#")[2]) for each in raw.edition.people)
    assert Counter(found) == Counter(expected)
    for each in raw.edition.people:
        if each.span:
            printed = raw.body[slice(*each.span)]
            assert printed.partition("[")[0] == each.text
    assert all(sign.isprintable() or sign == "\n" for sign in raw.body + raw.header)


def plain_text(element: ET.Element) -> str:
    own = "" if element.tag.endswith("note") else "".join(element.itertext())
    return own + (element.tail or "")

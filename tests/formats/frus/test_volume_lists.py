"""The lists of a volume: entries of every shape, and where one leads on to another."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.frus import volume_lists
from cable_tui.formats.frus.volume_lists import ListEntry
from tests.formats.frus.test_volume import EXCERPT_WITH_LISTS
from tests.formats.frus.volumes import cables

TEI = "http://www.tei-c.org/ns/1.0"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def people(*items: str, around: str = "list") -> dict[str, tuple[str, str]]:
    """What a list says of each id: the name and what follows it."""
    front = (
        f"<TEI><text><front><div><head>Persons</head><{around}>{''.join(items)}</{around}></div>"
    )
    return {key: entry[1:] for key, entry in volume_lists.read(front).people.items()}


@pytest.mark.parametrize(
    ("item", "name", "said"),
    [
        (
            (
                '<item>\n <hi rend="strong">\n <persName xml:id="p_S1">Sapt, R.\n Otto</persName>,'
                '</hi> Envoy of the <gloss target="#t_R1">ROR</gloss> to <persName corresp="#p_H1">'
                "Hentzau</persName> until May 1957</item>"
            ),
            "Sapt, R. Otto",
            "Envoy of the ROR to Hentzau until May 1957",
        ),
        ("<item><persName xml:id='p_S1'>Sapt, R.</persName></item>", "Sapt, R.", ""),
        (
            "<item><list><item><persName xml:id='p_S1'>Sapt</persName>, Envoy</item></list></item>",
            "Sapt",
            "Envoy",
        ),
        ("<item xml:id='p_S1'><persName>Sapt</persName>, Envoy</item>", "Sapt", "Envoy"),
        ("<item><persName xml:id='p_S1'>Sapt, R., Jr.</persName>.</item>", "Sapt, R., Jr.", ""),
        ("<p><persName xml:id='p_S1'>Sapt</persName>; a spy.</p>", "Sapt", "a spy."),
        (
            "<row><cell><persName xml:id='p_S1'>Sapt</persName></cell><cell>Envoy</cell></row>",
            "Sapt",
            "Envoy",
        ),
        (
            "<label><persName xml:id='p_S1'>Sapt</persName></label><item>Envoy</item>",
            "Sapt",
            "Envoy",
        ),
        (
            (
                "<item><persName xml:id='p_S1'>Sapt</persName>, Envoy<note>x</note>"
                "<list><item>12, 14</item></list></item>"
            ),
            "Sapt",
            "Envoy",
        ),
        ("<item><tei:persName xml:id='p_S1'>Sapt</tei:persName>, Envoy</item>", "Sapt", "Envoy"),
    ],
)
def test_an_entry_has_a_name_and_what_follows_it(item: str, name: str, said: str) -> None:
    assert people(item) == {"p_S1": (name, said)}


COUNT = "Sapt, Rupert, Count of Zenda"
SAPT = f"<item><persName xml:id='p_S1'>{COUNT}</persName>, Envoy</item>"
YOUNG = "<item><persName xml:id='p_S2'>Sapt, Otto</persName>, his brother</item>"


def see(to: str, own: str = "p_V1") -> str:
    return (
        f"<item><hi><persName xml:id='{own}'>von Sapt.</persName></hi>\n<hi>See</hi>\n{to}</item>"
    )


@pytest.mark.parametrize(
    ("items", "name", "said"),
    [
        ([SAPT, see("<persName corresp='#p_S1'>Sapt</persName>")], COUNT, "Envoy"),
        ([see("<persName>Sapt.</persName>"), SAPT], COUNT, "Envoy"),
        ([SAPT, YOUNG, see("<persName>Sapt</persName>")], "von Sapt", "See Sapt"),
        ([SAPT, see("<persName corresp='#p_9'>Sapt</persName>")], "von Sapt", "See Sapt"),
        (
            [SAPT, see("<persName corresp='#p_V2'/>"), see("<persName>Sapt</persName>", "p_V2")],
            COUNT,
            "Envoy",
        ),
        ([see("<persName corresp='#p_V1'>von Sapt</persName>")], "von Sapt", "See von Sapt"),
        ([SAPT, see("also <persName corresp='#p_S1'>x</persName>")], "von Sapt", "See also x"),
        ([SAPT, see("above")], "von Sapt", "See above"),
    ],
    ids=["key", "name", "two", "no such key", "twice", "itself", "see also", "no name"],
)
def test_an_entry_that_only_says_see_leads_on(items: list[str], name: str, said: str) -> None:
    assert people(*items)["p_V1"] == (name, said)


def test_terms_are_known_by_their_letters_too() -> None:
    front = (
        "<text><list><item><hi><term xml:id='t_1'>ROR</term>,</hi> Republic of Ruritania</item>"
        "<item><term xml:id='t_2'>R</term>, Ruritania</item><item><term xml:id='t_3'>C of Z</term>,"
        " Count of Zenda</item><item><term xml:id='t_4'>RoR.</term> See <gloss target='#t_1'>ROR"
        "</gloss></item></list>"
    )
    found = volume_lists.read(front)
    assert found.terms["t_4"] == ListEntry("t_1", "ROR", "Republic of Ruritania")
    assert {word: [each.name for each in some] for word, some in found.terms_of.items()} == {
        "ROR": ["ROR"],
        "C": ["C of Z"],
        "RoR": ["RoR"],
    }


PIECES = "<item>|</item>|<persName xml:id='p_1'>|<persName corresp='#p_1'>|</persName>|See|x, |&b;"


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=40))
def test_no_list_is_refused(parts: list[str]) -> None:
    found = volume_lists.read(f"<list>{''.join(parts)}</list>")
    assert set(found.people) <= {"p_1"}


def plain(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.shared
def test_every_key_of_the_excerpt_of_a_real_volume_is_right() -> None:
    root = ET.fromstring(EXCERPT_WITH_LISTS.read_bytes())
    listed: dict[str, tuple[str, str]] = {}
    for item in root.iter(f"{{{TEI}}}item"):
        for name in (*item.iter(f"{{{TEI}}}persName"), *item.iter(f"{{{TEI}}}term")):
            if ID in name.attrib:
                said = plain(item).removeprefix(plain(name)).lstrip(" ,.")
                listed[f"#{name.attrib[ID]}"] = plain(name), said
    raws = {
        each.reference_id.rpartition("/")[2]: each
        for each in cables(EXCERPT_WITH_LISTS.read_bytes(), EXCERPT_WITH_LISTS.name)
    }
    names = terms = 0
    for document in root.iter(f"{{{TEI}}}div"):
        if document.get("type") != "document":
            continue
        raw = raws[document.attrib[ID]]
        assert raw.edition is not None
        marked = [each for each in document.iter(f"{{{TEI}}}persName") if each.get("corresp")]
        keyed = [each for each in raw.edition.people if each.key]
        assert [(each.text, each.key, each.name, each.role) for each in keyed] == [
            (
                plain(each),
                f"frus1958-60v07p1{each.attrib['corresp']}",
                *listed.get(each.attrib["corresp"], ("", "")),
            )
            for each in marked
        ]
        assert all(raw.body[slice(*each.span)] == each.text for each in keyed if each.span)
        names += len(marked)
        glosses = [each for each in document.iter(f"{{{TEI}}}gloss") if each.get("target")]
        meanings = {each.text: each.meaning for each in raw.edition.terms if each.marked}
        for each in glosses:
            assert meanings[plain(each)] == listed[each.attrib["target"]][1]
            terms += 1
    assert (names, terms) == (6, 3)
    front = EXCERPT_WITH_LISTS.read_text().partition('<div type="document"')[0]
    found = volume_lists.read(front).people
    assert len(found) == 13
    assert found["p_VB1"] == found["p_BH1"]
    assert found["p_DEBORBON1"] == found["p_BBJCB1"]

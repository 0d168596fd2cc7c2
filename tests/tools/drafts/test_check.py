"""A draft against an archive: what is found without a citation, and the remarks on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.value import replace
from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.check import Check, DraftCables, in_order
from cable_tui.tools.drafts.citations import Cited
from cable_tui.tools.drafts.findings import Finding
from tests.archive.fiction import Fiction, archive_of, id_of, opened, write_dump, write_page
from tests.tools.drafts import speaker_cases

LAMP = "The keeper of the lighthouse asked three ministries for brass lamps before the frost came."
GOAT = "Eleven goats crossed the runway on Tuesday and the afternoon flight had to circle the town."
SOURCE = "Karim Zellou (strictly protect) told us that the copper kettles went north by night."
BELLS = "Four bells of the old customs house were sold to a foundry across the border last week."
FERRY = "The ferry was late because nobody had mended the second boiler in its engine room."


CABLES = [
    Fiction("09RABAT1", text=f"{LAMP}\n\n2. (C) {GOAT}"),
    Fiction("09TUNIS2", text=f"{SOURCE}\n\n2. (C) Nothing more."),
    Fiction("09CAIRO3", text=FERRY, ref="09 DOHA 9"),
    # It repeats a sentence, and comes before it in the file.
    Fiction("09LIMA7", created="2009-06-01 10:00", text=BELLS),
    Fiction("09OSLO4", created="2009-03-01 10:00", text=f"Note. {BELLS}"),
    Fiction("09BAKU5", text="A.\n\n2. (C) B.\n\n2. (C) Nine brass bands marched to the pier."),
    *(Fiction(f"09AMMAN{at}", text=f"Vat{at} and urn{at}.") for at in range(1, 30)),
]


def findings(archive: Archive, text: str) -> tuple[Finding, ...]:
    return in_order(list(Check(archive, what_to_check(markdown.read(text))).findings()))


def one(archive: Archive, text: str) -> Finding:
    (found,) = (each for each in findings(archive, text) if each.kind == "quotation")
    return found


def test_without_a_citation_the_archive_is_searched(archive: Archive) -> None:
    found = one(archive, f"Once “{GOAT}”, they said.")
    assert (found.verdict, found.found and found.found.citation) == ("exact", "09RABAT1 ¶2")


PAGE = "https://wikileaks.org/cable/2009/02/09RABAT1.html"


@pytest.mark.parametrize(
    ("text", "verdict", "remarks"),
    [
        ("(Embassy Rabat to State, 09RABAT1, February 13, 2009)", "exact", ()),
        ("(09RABAT1, 14 February 2009)", "altered",
         ("it is dated 13 February 2009, not 14 February 2009",)),
        ("(09RABAT1, SECRET)", "altered", ("it is CONFIDENTIAL, not SECRET",)),
        (f"See [09RABAT1]({PAGE}#par1), para. 2.", "altered",
         ("it cites ¶2, but its link leads to ¶1",)),
        (f"See [cable 09RABAT1, para. 2]({PAGE}#par1).", "altered",
         ("it cites ¶2, but its link leads to ¶1",)),
        (f"See {PAGE}#par1, para. 2.", "altered",
         ("it cites ¶2, but its link leads to ¶1",)),
        (f"See [09RABAT1]({PAGE}#par2), para. 2.", "exact", ()),
        (f"See {PAGE}#par2, para. 2.", "exact", ()),
        ("(Embassy Tunis, 09RABAT1)", "altered", ("it is from Embassy Rabat, not from Tunis",)),
    ],
)  # fmt: skip
def test_what_a_citation_states_is_compared(
    archive: Archive, text: str, verdict: str, remarks: tuple[str, ...]
) -> None:
    (found,) = findings(archive, text)
    assert (found.kind, found.verdict, found.remarks) == ("citation", verdict, remarks)


def test_a_link_to_another_cable_than_its_words_name_is_said(archive: Archive) -> None:
    found = findings(archive, "See [09RABAT1](https://wikileaks.org/cable/2009/02/09TUNIS2.html).")
    assert [(each.text, each.verdict) for each in found if each.verdict != "exact"] == [
        ("09RABAT1", "altered")
    ]
    assert [each.remarks for each in found if each.text == "09RABAT1"] == [
        ("its link leads to 09TUNIS2",)
    ]


def test_of_cables_with_the_same_words_the_first_is_named(archive: Archive) -> None:
    found = one(archive, f"Once “{BELLS}”, they said.")
    assert found.found is not None
    assert found.found.reference_id == "09OSLO4"


@pytest.mark.parametrize("wrong", range(1, 15))
def test_a_wrong_word_anywhere_hides_no_quotation(archive: Archive, wrong: int) -> None:
    row = GOAT.split()
    row[wrong] = "umbrella"
    found = one(archive, f"Once “{' '.join(row)}”, they said.")
    assert (found.verdict, found.found and found.found.citation) == ("altered", "09RABAT1 ¶2")
    assert [each.draft for each in found.differences] == ["umbrella"]


NOT_HERE = "09DOHA9 is not in this archive, but 1 cable in the archive cites it"
OPEN = "its closing quotation mark is missing"
PLEA = "a name near it asks for protection: “strictly protect”"
KETTLES = "“told us that the copper kettles went {} by night” (09TUNIS2 ¶1)"


@pytest.mark.parametrize(
    ("text", "verdict", "place", "remarks"),
    [
        (f"“{GOAT}” (09CAIRO3)", "elsewhere", "09RABAT1 ¶2",
         ("it is not in the cable that is cited",)),
        (f"“{GOAT}” (09RABAT1 ¶1)", "elsewhere", "09RABAT1 ¶2", ("¶1 is cited",)),
        # a number that a cable has twice is either paragraph
        ("“Nine brass bands marched to the pier” (09BAKU5 ¶2)", "exact", "09BAKU5 ¶2b",
         ("the cable has more than one ¶2; this one is labelled ¶2b",)),
        ("“The umbrellas governed Michaelmas until supper” (09DOHA9)", "unfound", None,
         (NOT_HERE,)),
        (f"“{GOAT}” (09DOHA9)", "elsewhere", "09RABAT1 ¶2",
         (NOT_HERE, "it is not in the cable that is cited")),
        (KETTLES.format("north"), "protected", "09TUNIS2 ¶1", (PLEA,)),
        (KETTLES.format("south"), "altered", "09TUNIS2 ¶1", (PLEA,)),
        ("They said “Eleven goats crossed the runway on Tuesday and so on", "unplaced",
         "09RABAT1 ¶2", (f"{OPEN}; the cable matches up to “runway on Tuesday and”",)),
        # a post and a number are a cable, by the year near it or where only one can be meant
        (f"On May 3, 2009, the embassy said “{GOAT}” (Rabat 1).", "exact", "09RABAT1 ¶2", ()),
        (f"The embassy said “{GOAT}” (cable Rabat 1).", "exact", "09RABAT1 ¶2", ()),
    ],
)  # fmt: skip
def test_what_is_said_of_a_quotation_and_its_citation(
    archive: Archive, text: str, verdict: str, place: str | None, remarks: tuple[str, ...]
) -> None:
    found = one(archive, text)
    assert (found.verdict, found.remarks) == (verdict, remarks)
    assert (found.found and found.found.citation) == place


def test_what_ibid_means_is_told(archive: Archive) -> None:
    text = f"“{GOAT}”[^1] and “{LAMP}”[^2]\n\n[^1]: 09RABAT1.\n\n[^2]: Ibid., ¶2."
    quoted = [each for each in findings(archive, text) if each.kind == "quotation"]
    assert [each.cited for each in quoted] == [("09RABAT1",), ("Ibid. ¶2 (09RABAT1)",)]


LONG = "Then the ministers met and nobody could say what had become of the old harbour. " * 9


@pytest.mark.parametrize(
    ("text", "place", "remark"),
    [
        (f"They said “{GOAT}", "09RABAT1 ¶2", ""),
        (f"They said “{GOAT} (09RABAT1 ¶2). {LONG}", "09RABAT1 ¶2", ""),
        (f"They said “{GOAT} (see 09RABAT1 ¶2). {LONG}", "09RABAT1 ¶2", ""),
        (f"They said “{GOAT}[^1] {LONG}\n\n[^1]: 09RABAT1 ¶2", "09RABAT1 ¶2", ""),
        (f"They said “{GOAT} {LONG}", "09RABAT1 ¶2", "to circle the town"),
        ("“Eleven goats crossed the runway and so on", "09RABAT1 ¶2", "goats crossed the runway"),
        (
            f"“Eleven goats crossed the runway {LONG}“{LAMP}”",
            *("09RABAT1 ¶2", "goats crossed the runway"),
        ),
    ],
)
def test_of_a_quotation_that_is_not_closed_the_place_is_named(
    archive: Archive, text: str, place: str, remark: str
) -> None:
    quoted = [each for each in findings(archive, text) if each.kind == "quotation"]
    assert quoted[0].verdict == "unplaced"
    assert quoted[0].found is not None
    assert quoted[0].found.citation == place
    known = f"; the cable matches up to “{remark}”" if remark else ""
    assert quoted[0].remarks == (f"{OPEN}{known}",)


def test_of_a_quotation_that_is_not_closed_the_wrong_place_is_told(archive: Archive) -> None:
    found = one(archive, f"They said “{GOAT} (09CAIRO3). {LONG}")
    assert found.verdict == "unplaced"
    assert found.cited == ("09CAIRO3",)
    assert "it is not in the cable that is cited" in found.remarks


def test_citations_are_looked_up_with_their_paragraphs(archive: Archive) -> None:
    text = "See 09RABAT1 ¶2, and 09RABAT1, ¶7; then 09DOHA9. Vienna 12 was nice."
    found = findings(archive, text)
    assert [(each.text, each.verdict) for each in found] == [
        ("09RABAT1", "exact"),
        ("09RABAT1", "unfound"),
        ("09DOHA9", "unfound"),
    ]
    assert found[1].remarks == ("it has no ¶7: its paragraphs are 1 to 2",)


def test_what_surrounds_a_quotation_in_its_cable_is_kept_to_be_shown(archive: Archive) -> None:
    found = one(archive, "“crossed the runway on Tuesday” (09RABAT1)").found
    assert found is not None
    ((start, end),) = found.marked
    assert found.passage[start:end] == "crossed the runway on Tuesday"
    assert "circle the town" in found.passage
    assert found.paragraphs == (1,)
    (id_,) = archive.ids(["09RABAT1"]).values()
    assert found.offset == archive.cable(id_).body.text.index("crossed the runway")


def test_what_stands_in_a_header_has_no_place_in_the_body(archive: Archive) -> None:
    found = one(archive, "“FM AMEMBASSY RABAT TO RUEHC SECSTATE WASHDC PRIORITY” (09RABAT1)").found
    assert found is not None
    assert (found.offset, found.paragraphs) == (None, ())


def test_a_check_can_be_stopped(archive: Archive) -> None:
    check = Check(archive, what_to_check(markdown.read(f"“{GOAT}” (09RABAT1)\n\n" * 9)))
    asked = iter([False, False, True])
    assert len(list(check.findings(lambda: next(asked)))) == 2


NAMED = "Vice Governor Ottilie Brandt told the consul that the harbour would freeze by March."
HIDDEN = NAMED.replace("Vice Governor Ottilie Brandt", "XXXXXXXXXXXX")


@pytest.fixture(scope="module")
def two_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A page that hides a name beside a row that has it, and a page with other words."""
    folder = tmp_path_factory.mktemp("records")
    cable = Fiction("09BERN8", text=f"{NAMED}\n\n2. (C) {GOAT}")
    write_dump(folder / "cables.csv", [cable])
    write_page(folder / "a", replace(cable, text=cable.text.replace(NAMED, HIDDEN)))
    other = cable.text.replace("circle the town", "circle above the town") + " XXXXXXXXXXXX"
    write_page(folder / "b", replace(cable, text=other))
    with closing(opened(folder, folder.parent / "cache")) as made:
        yield made


@pytest.mark.parametrize("cited", [" (09BERN8)", ""])
@pytest.mark.parametrize(
    ("text", "path"),
    [
        (NAMED, ""),
        (GOAT, ""),
        (HIDDEN, "a/cable/2009/02/09BERN8.html"),
        (GOAT.replace("circle", "circle above"), "b/cable/2009/02/09BERN8.html"),
    ],
    ids=["a name that a row has", "in all", "as a page hides it", "named another page has it"],
)
def test_a_quotation_is_held_against_every_record(
    two_records: Archive, text: str, path: str, cited: str
) -> None:
    found = one(two_records, f"Once “{text}”{cited}")
    assert (found.verdict, found.found and found.found.reference_id) == ("exact", "09BERN8")
    assert found.found is not None
    sources = {each.number: each.path for each in two_records.sources(found.found.id)}
    assert sources[found.found.record] == (path or "cables.csv")
    assert [path in each for each in found.remarks] == ([True] if path else [])


def test_what_no_record_has_is_altered(two_records: Archive) -> None:
    found = one(two_records, f"“{NAMED.replace('March', 'May')}” (09BERN8)")
    assert (found.verdict, [each.cable for each in found.differences]) == ("altered", ["March"])
    assert found.found is not None
    assert (found.found.record, found.remarks) == (1, ())


@pytest.fixture(scope="module")
def pier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The cable of the sentences whose speakers are known."""
    with closing(archive_of(tmp_path_factory.mktemp("pier"), speaker_cases.CABLE)) as made:
        yield made


@pytest.mark.parametrize("case", speaker_cases.CASES, ids=lambda case: case.draft[:60])
def test_a_quotation_given_to_another_speaker_is_a_finding(
    pier: Archive, case: speaker_cases.Case
) -> None:
    text = case.draft.replace("{q}", speaker_cases.QUOTED[case.voice])
    found = [each for each in findings(pier, text) if each.kind != "citation"]
    quoted = next(each for each in found if each.kind == "quotation")
    assert quoted.verdict == "exact"
    assert quoted.found is not None
    known = {"source": "source", "comment": "comment", "frame": "source"}
    assert quoted.found.voice == known.get(case.voice)
    wrong = [each.verdict for each in found if each.kind == "attribution"]
    assert wrong == (["misattributed"] if case.verdict == "wrong" else [])


def test_an_attribution_says_where_it_is_and_what_the_cable_has(pier: Archive) -> None:
    words = speaker_cases.QUOTED["source"]
    wrong, quoted = findings(pier, f"So the embassy judged that “{words}”.")
    assert (wrong.kind, wrong.text, wrong.claimed) == (
        "attribution", "So the embassy judged that", "embassy",
    )  # fmt: skip
    assert wrong.found == quoted.found
    assert wrong.found is not None
    assert wrong.found.sentence.startswith("Harbor master Karim Zellou told us that")
    assert quoted.claimed == "embassy"


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Archive]:
    cables = [
        Fiction("09RABAT1", text="One lamp.\n\n2. (C) Two lamps.\n\n3. (C) Three."),
        Fiction("09TUNIS2", text="The &new8 kettle."),
        Fiction("08TUNIS3", text="A."),
        Fiction("09TUNIS3", text="B."),
    ]
    with closing(archive_of(tmp_path, *cables)) as made:
        yield made


def named(few: Archive, cited: Cited) -> str | None:
    with DraftCables(few) as cables:
        id_ = cables.meant(cited)
    return None if id_ is None else few.rows([id_])[0].reference_id


@pytest.mark.parametrize(
    ("ids", "post", "wanted"),
    [
        (("09RABAT1",), None, "09RABAT1"),
        (("09RABAT7",), None, None),
        (("07RABAT1", "09RABAT1"), None, "09RABAT1"),
        ((), None, None),
        # A post and a number without a year: only where no other cable can be meant.
        ((), ("RABAT", 1), "09RABAT1"),
        ((), ("TUNIS", 3), None),
        ((), ("TUNIS", 9), None),
        (("08TUNIS3",), ("TUNIS", 3), "08TUNIS3"),
        (("07TUNIS3",), ("TUNIS", 3), None),
    ],
)
def test_a_citation_means_one_cable_or_none(
    few: Archive, ids: tuple[str, ...], post: tuple[str, int] | None, wanted: str | None
) -> None:
    assert named(few, Cited(0, 1, "x", ids, post=post)) == wanted


def test_labels_and_pairs_of_a_cable(few: Archive) -> None:
    with DraftCables(few) as cables:
        id_ = id_of(few, "09RABAT1")
        assert cables.labels(id_) == ("1", "2", "3")
        pairs = [
            ("one", "lamp"),
            ("lamp", "one"),
            ("two", "lamps"),
            ("wo", "lamps"),
            ("two", "lam"),
        ]
        assert [cables.common(id_, [pair]) for pair in pairs] == [1, 0, 1, 0, 0]
        assert cables.common(id_, pairs) == 2
        # What the telegraph made of quotation marks is no word.
        assert cables.common(id_of(few, "09TUNIS2"), [("new", "kettle")]) == 1


def test_a_cable_is_parsed_once_while_it_is_kept(
    few: Archive,
) -> None:
    one, two, three = (id_of(few, name) for name in ("09RABAT1", "09TUNIS2", "09TUNIS3"))
    with DraftCables(few, kept=2) as cables:
        first = cables.records(one)
        assert cables.records(one) is first
        cables.records(two)
        assert cables.records(one) is first
        cables.records(three)  # the one that was asked for longest ago goes: it is `two`
        assert cables.records(one) is first
        cables.records(two)
        cables.records(three)
        assert cables.records(one) is not first


def test_a_cable_whose_file_is_gone_is_named(few: Archive) -> None:
    id_ = id_of(few, "09RABAT1")
    with DraftCables(few) as cables:
        (few.root / "cables.csv").unlink()
        assert cables.records(id_) == ()
        assert cables.labels(id_) == ()
        assert cables.common(id_, [("one", "lamp")]) == 0
        assert len(cables.unread) == 1
        assert "cables.csv" in cables.unread[0]

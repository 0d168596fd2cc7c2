"""What the heading and the source note of a document say; shapes of three centuries."""

import pytest

from cable_tui.formats.frus import heading
from cable_tui.formats.frus.heading import Markings, Sides
from cable_tui.formats.frus.markup import END, FROM, NAME, TO


def office(side: str, name: str) -> str:
    return f"{side}{name}{END}"


def person(side: str, name: str) -> str:
    return f"{side}{NAME}{name}{END}"


@pytest.mark.parametrize(
    ("text", "sender", "to"),
    [
        (
            (
                f"Telegram From the {office(FROM, 'Embassy in Ruritania')} to the "
                f"{office(TO, 'Department of State')}"
            ),
            "Embassy in Ruritania",
            ("Department of State",),
        ),
        (
            (
                f"The Ambassador in Ruritania ({person(FROM, 'Sapt')}) to the "
                f"{office(TO, 'Secretary of State')}"
            ),
            "Ambassador in Ruritania (Sapt)",
            ("Secretary of State",),
        ),
        (
            (
                f"The {office(FROM, 'Acting Secretary of State')} to the Chairman of the American "
                f"Delegation ({person(TO, 'Helsing')})"
            ),
            "Acting Secretary of State",
            ("Chairman of the American Delegation (Helsing)",),
        ),
        (
            f"{person(FROM, 'Mr. F. Tarlenheim')} to {person(TO, 'Mr. Fish')}.",
            "Mr. F. Tarlenheim",
            ("Mr. Fish",),
        ),
        (
            f"Mr. {person(FROM, 'Helsing')}, chargé d’affaires, to Mr. {person(TO, 'Hay')}.",
            "Mr. Helsing",
            ("Mr. Hay",),
        ),
        (
            (
                f"Letter From Secretary of State {person(FROM, 'Rassendyll')} to Prime Minister "
                f"{person(TO, 'Strakencz')}"
            ),
            "Secretary of State Rassendyll",
            ("Prime Minister Strakencz",),
        ),
        (
            (
                f"Memorandum of a Talk Between the Minister ({person(FROM, 'Sapt')}) and the "
                f"Ambassador ({person(TO, 'Hentzau')}), Department of State, March 1, 1957"
            ),
            "Minister (Sapt)",
            ("Ambassador (Hentzau)",),
        ),
        (
            (
                f"Telegram From the {office(FROM, 'Department of State')} to the "
                f"{office(TO, 'Embassy in France')} and the {office(TO, 'Embassy in Italy')}"
            ),
            "Department of State",
            ("Embassy in France", "Embassy in Italy"),
        ),
        (
            "Telegram From the Embassy in Ruritania to the Department of State",
            "Embassy in Ruritania",
            ("Department of State",),
        ),
        ("The Minister in China to the Secretary of State", "Minister in China", None),
        (
            "Telegram 6 From the Embassy in Ruritania to the Department of State, May 8, 1969, 17Z",
            "Embassy in Ruritania",
            ("Department of State",),
        ),
        (
            "Letter From the Count to the Minister (Sapt), Port Amity, undated",
            "Count",
            ("Minister (Sapt)",),
        ),
        (
            f"Telegram From {person(FROM, 'Michael Sapt, Jr.,')} to {person(TO, 'R. Tarlenheim')}",
            "Michael Sapt, Jr.",
            ("R. Tarlenheim",),
        ),
        (
            (
                f"Circular Telegram From the {office(FROM, 'Department of State')} to Certain "
                "Diplomatic Missions"
            ),
            "Department of State",
            ("Certain Diplomatic Missions",),
        ),
        (
            f"Telegram From the Embassy in Ruritania to the {office(TO, 'Department of State')}",
            "Embassy in Ruritania",
            ("Department of State",),
        ),
        (
            "Telegram From the Embassies in France and Italy to the Department of State",
            "Embassies in France and Italy",
            ("Department of State",),
        ),
        (
            "Memorandum of a Talk Between the Minister (Sapt) and the Ambassador (Hentzau)",
            "Minister (Sapt)",
            ("Ambassador (Hentzau)",),
        ),
        ("Editorial Note", "", ()),
        ("", "", ()),
    ],
)
def test_sides_are_read(text: str, sender: str, to: tuple[str, ...] | None) -> None:
    assert heading.sides(text) == Sides(sender, ("Secretary of State",) if to is None else to)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["Telegram From the Embassy"], "telegram"),
        (["Circular Telegram From the Department"], "telegram"),
        (["The Minister to the Secretary", "[Telegram.]"], "telegram"),
        (["The Minister to the Secretary", "874.001/4–648: Telegram"], "telegram"),
        (["X", "[Telegram—Paraphrase]"], "telegram"),
        (["Cablegram From the Commander"], "telegram"),
        (["Airgram From the Embassy"], "airgram"),
        (["Circular Airgram to Missions"], "airgram"),
        (["Despatch From the Embassy"], "despatch"),
        (["Mr. Hay: Dispatch No. 4"], "despatch"),
        (["Circular to Consuls"], "circular"),
        (["Editorial Note"], "editorial note"),
        (["Memorandum of Conversation", "No. 4"], ""),
        (["Circulars"], "circular"),
        (["On cablecars"], ""),
    ],
)
def test_kinds_are_told_apart(texts: list[str], kind: str) -> None:
    assert heading.kind(texts) == kind


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            (
                "Source: Department of State, Files, 674.00/2–1257. Confidential; Priority; "
                "Presidential Handling. Received at 6:52 p.m."
            ),
            Markings("CONFIDENTIAL", ("PRIORITY",), ("PRESIDENTIAL HANDLING",)),
        ),
        (
            "Source: Department of State, Secretary’s Files. Top Secret; Niact; Eyes Only.",
            Markings("TOP SECRET", ("NIACT",), ("EYES ONLY",)),
        ),
        ("Source: Library. Secret. Drafted by Sapt.", Markings("SECRET")),
        ("Source: Library (Box 3); Secret—Priority.", Markings("SECRET", ("PRIORITY",))),
        ("Source: Department of State. No classification marking.", Markings()),
        ("Source: Files of the Secretary of State. Drafted by Sapt.", Markings()),
        (
            "Source: RG 59. Limited Official Use; Immediate. Repeated to London, Paris, and Rome.",
            Markings("LIMITED OFFICIAL USE", ("IMMEDIATE",), (), ("London", "Paris", "Rome")),
        ),
        ("Source: RG 59. Unclassified", Markings("UNCLASSIFIED")),
        ("", Markings()),
    ],
)
def test_markings_of_a_source_note(source: str, expected: Markings) -> None:
    assert heading.markings(source, []) == expected


@pytest.mark.parametrize(
    ("openers", "expected"),
    [
        (["secret"], Markings("SECRET")),
        (["No. 4", "top secret\nniact"], Markings("TOP SECRET", ("NIACT",))),
        (["confidential\nus urgent"], Markings("CONFIDENTIAL", (), ("US URGENT",))),
        (["secretary of state"], Markings()),
        (["[Telegram.]"], Markings()),
    ],
)
def test_markings_of_older_volumes(openers: list[str], expected: Markings) -> None:
    assert heading.markings("874.001/4–648: Telegram", openers) == expected


@pytest.mark.parametrize(
    ("title", "openers", "first", "number"),
    [
        ("Telegram From Strelsau", [], "942. Reference Embtel 941.", "942"),
        ("Telegram From Strelsau", [], "Gadel 112. Delga 510. More.", "Gadel 112"),
        ("Airgram From Strelsau", [], "A–62. Harbours.", "A–62"),
        ("Airgram From Strelsau", [], "CA-1234. Harbours.", "CA-1234"),
        ("Telegram 4321 From the Embassy", [], "1. Summary", "4321"),
        ("Mr. Tarlenheim to Mr. Fish", ["No. 266.]"], "Sir:", "266"),
        ("The Ambassador to the Secretary", ["secret", "No. 5449"], "Sir:", "5449"),
        ("Telegram From Strelsau", [], "The year 1957. It rained.", ""),
        ("Telegram From Strelsau", [], "", ""),
    ],
)
def test_own_numbers(title: str, openers: list[str], first: str, number: str) -> None:
    assert heading.own_number(title, openers, first) == number


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        ("89. Telegram From", "89", "Telegram From"),
        ("No. 127\nThe Ambassador", "127", "The Ambassador"),
        ("[12] Circular", "12", "Circular"),
        ("1957 was a year", "89", "1957 was a year"),
        ("The Ambassador", "3", "The Ambassador"),
    ],
)
def test_the_number_in_the_volume_is_no_part_of_the_title(
    head: str, number: str, title: str
) -> None:
    assert heading.title(head, number) == title


@pytest.mark.parametrize(
    ("listed", "texts", "expected"),
    [
        (["Railways", "Harbours"], ["Subject: Other"], "Railways; Harbours"),
        (["Subj: Railways"], [], "Railways"),
        ([], ["Subject: The Treaty of Zenda. Ref: State 1."], "The Treaty of Zenda"),
        ([], ["4321. Subj: U.S. ships. Reftel noted"], "U.S. ships. Reftel noted"),
        ([], ["SUBJECT: Ships.\nMore"], "Ships"),
        ([], ["He came to the subject: ships"], ""),
        ([], [], ""),
    ],
)
def test_subjects(listed: list[str], texts: list[str], expected: str) -> None:
    assert heading.subject(listed, texts) == expected

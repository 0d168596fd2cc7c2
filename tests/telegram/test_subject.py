from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from cable_tui.telegram.subject import broken_words, subject, with_whole_words
from tests.cases import case


@pytest.mark.parametrize(
    ("body", "said"),
    [
        case("one-line", "SUBJECT: A QUIET PORT \n\nREF: X", "A QUIET PORT"),
        case("two-lines", "SUBJECT: A QUIET\nPORT\nREF: RABAT 1", "A QUIET PORT"),
        case("blanks-as-one", "SUBJECT:   A  QUIET PORT", "A QUIET PORT"),
        case("marking", "SUBJECT: (C/NF) A QUIET PORT", "(C/NF) A QUIET PORT"),
        case("label-alone", "SUBJECT:\n\n(S) A QUIET PORT\n\n", "(S) A QUIET PORT"),
        case("short-label", "SUBJ: A QUIET PORT", "A QUIET PORT"),
        case("misspelt-8.4", "SUBEJCT: A QUIET PORT", "A QUIET PORT"),
        case("no-colon", "SUBJECT A QUIET PORT", "A QUIET PORT"),
        case("8.10", "SUBJECT: A PORT IN PRIMEREF: A. RABAT 1", "A PORT IN PRIME"),
        case("quotes-of-a-pasted-row", 'SUBJECT: A PORT FOR ,,""ITS LAMPS ,,"" ,,""REF: A. RABAT 1',
             "A PORT FOR ITS LAMPS"),
        case("page-break-behind-8.13",
             "SUBJECT: A PORT\nCASABLANCA 00000027 001.2 OF 003\nClassified By: Ada Thornbury",
             "A PORT"),
        case("a-whole-text-on-one-line",
             ("E.O. 12958: DECL: 07/19/2019 TAGS: PREL AESUBJECT: A PORT AND ITS LAMPS  Classified "
              "by Ambassador Ada Thornbury, reasons 1.4 (b, d).  ¶1. (U) The keepers met.  ¶2. (C) "
              "They will meet again.  THORNBURY"), "A PORT AND ITS LAMPS"),
        case("a-whole-text-on-one-line-that-nobody-classified",
             "TAGS: PGOVSUBJECT: A PORT AND ITS LAMPS ¶1. (SBU) The keepers met.¶2. (SBU) Again.",
             "A PORT AND ITS LAMPS"),
        case("classified-in-a-subject", "SUBJECT: PAPERS CLASSIFIED BY THE PORT FOR GOOD REASONS",
             "PAPERS CLASSIFIED BY THE PORT FOR GOOD REASONS"),
        case("label-twice", "SUBJECT: SUBJECT: A PORT", "A PORT"),
        case("reftel-behind", "SUBJECT: A PORT  REFTEL A) RABAT 12", "A PORT"),
        case("old-page-break-inside-2.3",
             "SUBJECT: A PORT \n SECRET\nPAGE 02 RABAT 00677 01 OF 03 291400Z AT NIGHT\nREF: X",
             "A PORT AT NIGHT"),
        case("a-copy-without-blank-lines",
             ("UNCLAS RABAT 80\nSUBJ: A PORT\nTHE KEEPERS OF RABAT MET ON MONDAY AND PUT A VOTE\n"
              "ON THE LAMP OFF UNTIL THE SPRING OF NEXT YEAR.\nTHEY WILL MEET AGAIN.\nPELHAM"),
             "A PORT"),
        case("the-same-with-a-wrapped-subject",
             ("UNCLAS RABAT 80\nSUBJ: A PORT AND THE UNION OF THOSE WHO KEEP ITS LAMPS IN\n"
              "THE SPRING\n"
              "THE KEEPERS OF RABAT MET ON MONDAY AND PUT A VOTE\nOFF.\nPELHAM"),
             "A PORT AND THE UNION OF THOSE WHO KEEP ITS LAMPS IN THE SPRING"),
        # Issue 35, part 7: what follows the subject of a copy without blank lines.
        case("a-paragraph-that-was-wrapped",
             ("UNCLAS RABAT 80\nSUBJ: A PORT OF THE UNION AND ITS LAMPS, SALE\n"
              "HARBORMASTER PELHAM WENT TO THE PORT OF RABAT ON MONDAY NIGHT,\n"
              "ON HIS WAY TO SALE, AND WILL NOT BE BACK IN TIME TO SEE THE\n"
              "LAMPS.\nPELHAM"), "A PORT OF THE UNION AND ITS LAMPS, SALE"),
        case("four-lines-before-paragraph-one",
             ("UNCLAS RABAT 80\nSUBJECT: UNION OF THE KEEPERS OF LAMPS (UKL) OF RABAT\n"
              "SIGNS A TREATY ON THE WICKS AND THE OIL OF ITS LAMPS\n"
              "(TWO) WITH THE UNION OF THE KEEPERS OF THE ISLES AND\nTHEIR BOATS (UKIB)\n"
              "1. THE KEEPERS MET."),
             ("UNION OF THE KEEPERS OF LAMPS (UKL) OF RABAT SIGNS A TREATY ON THE WICKS AND THE "
              "OIL OF ITS LAMPS (TWO) WITH THE UNION OF THE KEEPERS OF THE ISLES AND THEIR BOATS "
              "(UKIB)")),
        case("readers", "SUBJ: A PORT\nDEPARTMENT PASS ALL POSTS\n1. OIL.", "A PORT"),
        case("readers-on-their-line", "SUBJ: A PORT\nFOR: THE KEEPERS\nREF: RABAT 1", "A PORT"),
        case("a-post-that-is-addressed", "SUBJ: A PORT\nTUNIS FOR PELHAM\nREF: RABAT 1", "A PORT"),
        case("a-post-that-is-the-next-word",
             "SUBJ: THE KEEPERS OF THE LAMPS OF THE HARBOR GO TO\nTUNIS FOR TALKS\nREF: RABAT 1",
             "THE KEEPERS OF THE LAMPS OF THE HARBOR GO TO TUNIS FOR TALKS"),
        case("a-word-that-is-no-post", "SUBJ: A PORT\nLAMPS FOR OIL\n1. X", "A PORT LAMPS FOR OIL"),
        case("a-reference-without-its-label", "SUBJ: A PORT\nRABAT 1627\n1. OIL.", "A PORT"),
        case("a-number-that-is-none", "SUBJ: A PORT\nLAMP 1627\n1. OIL.", "A PORT LAMP 1627"),
        case("text-follows", "SUBJ: A PORT\nTEXT OF THE REPORT FOLLOWS:\n(BEGIN TEXT) OIL\n1. X",
             "A PORT"),
        case("summary-behind", "SUBJ: A PORT\nSUMMARY: THE KEEPERS MET.\n", "A PORT"),
        case("a-page-break-without-a-time",
             ("TAGS: PREL\nSUBJ: A PORT AND\n   SECRET\n\nPAGE 02  RABAT 00677\n\nITS LAMPS\n\n"
              "REF: X"), "A PORT AND ITS LAMPS"),
        case("sentence-behind",
             "SUBJECT: A PORT AND ITS LAMPS\nThis is an action request. See para 2.\n",
             "A PORT AND ITS LAMPS"),
        case("page-break-between-blank-lines-8.13",
             "SUBJECT: A PORT AND\n\nRABAT 00000027  001.2 OF 003\n\n\nits lamps\n\nREF: RABAT 1",
             "A PORT AND its lamps"),
        case("corrected-copy-behind",
             "SUBJECT: A PORT\nC O R R E C T E D COPY (ADDED TAGS)\nREF: X", "A PORT"),
        case("dash-for-colon", "SUBJECT - A PORT\nREF: X", "A PORT"),
        case("no-label-behind", "SUBJECT: A PORT\n\nITS LAMPS", "A PORT"),
        case("cut-page-line", "SUBJECT: A PORT\nPAGE 02 RAB", "A PORT"),
        case("refs-in-brackets", "SUBJECT: A PORT Ref(s): A) RABAT 12", "A PORT"),
        case("torn", "SUBJECT: A PORT AND \n\nITS LAMPS\nREF: RABAT 1", "A PORT AND ITS LAMPS"),
        case("heading-behind", "SUBJECT: A PORT\nSUMMARY\n-------\n", "A PORT"),
        case("handling-behind",
             "SUBJECT: A PORT AND ITS LAMPS Sensitive but Unclassified. Please handle accordingly.",
             "A PORT AND ITS LAMPS"),
        case("handling-over-two-lines",
             "SUBJECT: A PORT AND ITS LAMPS\nSensitive but\nUnclassified. Please handle it so.\n",
             "A PORT AND ITS LAMPS"),
        case("a-page-line-and-its-class",
             "SUBJECT: A PORT\n\nPAGE 02 LIMA 05678 01 OF 02\nSECRET\n\nSIPDIS\n\nLAMPS\nREF: X",
             "A PORT LAMPS"),
        case("a-page-line-behind-the-first-words",
             "SUBJECT: A PORT LIMA 00005678  002 OF 003 AND ITS LAMPS\nREF: X",
             "A PORT AND ITS LAMPS"),
        case("handling-in-words", "SUBJECT: The port is Sensitive but unclassified",
             "The port is Sensitive but unclassified"),
        case("paragraph-behind", "SUBJECT: A PORT\n1. (C) Text", "A PORT"),
        case("redacted", "SUBJECT: [NAME REMOVED] ASHORE", "[NAME REMOVED] ASHORE"),
        case("literal-8.3", "SUBJECT: A & B <<1>>", "A & B <<1>>"),
        case("fooled-2.4", "C O R R E C T E D COPY //SUBJECT LINE////\n", ""),
        case("word-in-a-paragraph-8.10", "1. (C) On the subject: nothing.", ""),
    ],
)  # fmt: skip
def test_the_subject_is_read_whole_with_its_marking(body: str, said: str) -> None:
    found = subject(read(body))

    assert (f"({found.marking}) " if found.marking else "") + found.text == said


@pytest.mark.parametrize(
    ("said", "pairs", "joined"),
    [
        case("broken", "AN ASSESS- MENT", [("assessment", "ment")], "AN ASSESSMENT"),
        case("a dash", "OIL - MENT", [], "OIL - MENT"),
        case("a short part", "FOLLOW- UP", [], "FOLLOW- UP"),
        case("two", "ASSESS- MENT OF RE- ELECTION",
             [("assessment", "ment"), ("reelection", "election")], "ASSESSMENT OF RE- ELECTION"),
        case("an abbreviation", "THE U.S.- ISLE LAMP", [], "THE U.S.- ISLE LAMP"),
    ],
)  # fmt: skip
def test_broken_words_are_found_and_joined_if_they_are_known(
    said: str, pairs: list[tuple[str, str]], joined: str
) -> None:
    assert list(broken_words(said)) == pairs
    assert with_whole_words(said, frozenset({"assessment"})) == joined


@given(st.text(max_size=300))
def test_any_text_behind_the_label_is_read_on_one_line(text: str) -> None:
    assert "\n" not in subject(read("SUBJECT: " + text)).text

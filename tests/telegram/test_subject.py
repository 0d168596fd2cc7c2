from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from cable_tui.telegram.subject import subject


@pytest.mark.parametrize(
    ("body", "text", "marking"),
    [
        pytest.param("SUBJECT: A QUIET PORT \n\nREF: X", "A QUIET PORT", None, id="one-line"),
        pytest.param("SUBJECT: A QUIET\nPORT\nREF: RABAT 1", "A QUIET PORT", None, id="two-lines"),
        pytest.param("SUBJECT:   A  QUIET PORT", "A QUIET PORT", None, id="blanks-as-one"),
        pytest.param("SUBJECT: (C/NF) A QUIET PORT", "A QUIET PORT", "C/NF", id="marking"),
        pytest.param("SUBJECT:\n\n(S) A QUIET PORT\n\n", "A QUIET PORT", "S", id="label-alone"),
        pytest.param("SUBJ: A QUIET PORT", "A QUIET PORT", None, id="short-label"),
        pytest.param("SUBEJCT: A QUIET PORT", "A QUIET PORT", None, id="misspelt-8.4"),
        pytest.param("SUBJECT A QUIET PORT", "A QUIET PORT", None, id="no-colon"),
        pytest.param("SUBJECT: A PORT IN PRIMEREF: A. RABAT 1", "A PORT IN PRIME", None, id="8.10"),
        pytest.param(
            'SUBJECT: A PORT FOR ,,""ITS LAMPS ,,"" ,,""REF: A. RABAT 1',
            "A PORT FOR ITS LAMPS",
            None,
            id="quotes-of-a-pasted-row",
        ),
        pytest.param(
            "SUBJECT: A PORT\nCASABLANCA 00000027 001.2 OF 003\nClassified By: Ada Thornbury",
            "A PORT",
            None,
            id="page-break-behind-8.13",
        ),
        pytest.param(
            "E.O. 12958: DECL: 07/19/2019 TAGS: PREL AESUBJECT: A PORT AND ITS LAMPS  Classified "
            "by Ambassador Ada Thornbury, reasons 1.4 (b, d).  ¶1. (U) The keepers met.  ¶2. (C) "
            "They will meet again.  THORNBURY",
            "A PORT AND ITS LAMPS",
            None,
            id="a-whole-text-on-one-line",
        ),
        pytest.param(
            "TAGS: PGOVSUBJECT: A PORT AND ITS LAMPS ¶1. (SBU) The keepers met.¶2. (SBU) Again.",
            "A PORT AND ITS LAMPS",
            None,
            id="a-whole-text-on-one-line-that-nobody-classified",
        ),
        pytest.param(
            "SUBJECT: PAPERS CLASSIFIED BY THE PORT FOR GOOD REASONS",
            "PAPERS CLASSIFIED BY THE PORT FOR GOOD REASONS",
            None,
            id="classified-in-a-subject",
        ),
        pytest.param("SUBJECT: SUBJECT: A PORT", "A PORT", None, id="label-twice"),
        pytest.param("SUBJECT: A PORT  REFTEL A) RABAT 12", "A PORT", None, id="reftel-behind"),
        pytest.param(
            "SUBJECT: A PORT \n SECRET\nPAGE 02 RABAT 00677 01 OF 03 291400Z AT NIGHT\nREF: X",
            "A PORT AT NIGHT",
            None,
            id="old-page-break-inside-2.3",
        ),
        pytest.param(
            "UNCLAS RABAT 80\nSUBJ: A PORT\nTHE KEEPERS OF RABAT MET ON MONDAY AND PUT A VOTE\n"
            "ON THE LAMP OFF UNTIL THE SPRING OF NEXT YEAR.\nTHEY WILL MEET AGAIN.\nPELHAM",
            "A PORT",
            None,
            id="a-copy-without-blank-lines",
        ),
        pytest.param(
            "UNCLAS RABAT 80\nSUBJ: A PORT AND THE UNION OF THOSE WHO KEEP ITS LAMPS IN\n"
            "THE SPRING\n"
            "THE KEEPERS OF RABAT MET ON MONDAY AND PUT A VOTE\nOFF.\nPELHAM",
            "A PORT AND THE UNION OF THOSE WHO KEEP ITS LAMPS IN THE SPRING",
            None,
            id="the-same-with-a-wrapped-subject",
        ),
        pytest.param(
            "SUBJ: A PORT\nSUMMARY: THE KEEPERS MET.\n", "A PORT", None, id="summary-behind"
        ),
        pytest.param(
            "TAGS: PREL\nSUBJ: A PORT AND\n   SECRET\n\nPAGE 02  RABAT 00677\n\nITS LAMPS\n\n"
            "REF: X",
            "A PORT AND ITS LAMPS",
            None,
            id="a-page-break-without-a-time",
        ),
        pytest.param(
            "SUBJECT: A PORT AND ITS LAMPS\nThis is an action request. See para 2.\n",
            "A PORT AND ITS LAMPS",
            None,
            id="sentence-behind",
        ),
        pytest.param(
            "SUBJECT: A PORT AND\n\nRABAT 00000027  001.2 OF 003\n\n\nits lamps\n\nREF: RABAT 1",
            "A PORT AND its lamps",
            None,
            id="page-break-between-blank-lines-8.13",
        ),
        pytest.param(
            "SUBJECT: A PORT\nC O R R E C T E D COPY (ADDED TAGS)\nREF: X",
            "A PORT",
            None,
            id="corrected-copy-behind",
        ),
        pytest.param("SUBJECT - A PORT\nREF: X", "A PORT", None, id="dash-for-colon"),
        pytest.param("SUBJECT: A PORT\n\nITS LAMPS", "A PORT", None, id="no-label-behind"),
        pytest.param("SUBJECT: A PORT\nPAGE 02 RAB", "A PORT", None, id="cut-page-line"),
        pytest.param("SUBJECT: A PORT Ref(s): A) RABAT 12", "A PORT", None, id="refs-in-brackets"),
        pytest.param(
            "SUBJECT: A PORT AND \n\nITS LAMPS\nREF: RABAT 1",
            "A PORT AND ITS LAMPS",
            None,
            id="torn",
        ),
        pytest.param("SUBJECT: A PORT\nSUMMARY\n-------\n", "A PORT", None, id="heading-behind"),
        pytest.param(
            "SUBJECT: A PORT AND ITS LAMPS Sensitive but Unclassified. Please handle accordingly.",
            "A PORT AND ITS LAMPS",
            None,
            id="handling-behind",
        ),
        pytest.param(
            "SUBJECT: The port is Sensitive but unclassified",
            "The port is Sensitive but unclassified",
            None,
            id="handling-in-words",
        ),
        pytest.param("SUBJECT: A PORT\n1. (C) Text", "A PORT", None, id="paragraph-behind"),
        pytest.param(
            "SUBJECT: [NAME REMOVED] ASHORE", "[NAME REMOVED] ASHORE", None, id="redacted"
        ),
        pytest.param("SUBJECT: A & B <<1>>", "A & B <<1>>", None, id="literal-8.3"),
        pytest.param("C O R R E C T E D COPY //SUBJECT LINE////\n", "", None, id="fooled-2.4"),
        pytest.param("1. (C) On the subject: nothing.", "", None, id="word-in-a-paragraph-8.10"),
    ],
)
def test_the_subject_is_read_whole(body: str, text: str, marking: str | None) -> None:
    found = subject(read(body))

    assert (found.text, found.marking) == (text, marking)


@given(st.text(max_size=300))
def test_any_text_behind_the_label_is_read_on_one_line(text: str) -> None:
    assert "\n" not in subject(read("SUBJECT: " + text)).text

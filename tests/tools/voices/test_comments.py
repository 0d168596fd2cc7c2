"""What the author of a cable sets apart. The texts are invented, in the shapes of real ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.reading import Reading
from cable_tui.tools.voices import comments as module
from cable_tui.tools.voices.comments import Comment
from cable_tui.tools.voices.comments import comments as comments_of
from cable_tui.tools.voices.layout import layout

PAGE = "\n\nAMBER 00000140  002 OF 003\n\n\n"
CASES = [
    # one paragraph, from its label to its end
    ("1. (C) Tern left.\n\n2. (C) [Comment: We doubt it.  End comment.]\n\n3. (U) Gull ate.\n",),
    ("1. (C) Tern left.\n\n2. (C) [COMMENT. WE DOUBT IT.]\n\n3. (C) GULL ATE.\n",),
    ("1. (C) Tern left.\n\n2. (C) [Embassy comment: We doubt it.]\n\n3. (U) Gull ate.\n",),
    ("1. (C) Tern left.\n\n2. (C) [Comment -- We doubt it.]\n\n3. (U) Gull ate.\n",),
    # more than one paragraph, where an end is named
    ("2. (C) [Comment: We doubt it.\n\n3. (C) He fishes.  End comment.]\n\n4. (U) So.\n",),
    # in brackets within a paragraph
    ("1. (C) He left. [(Note: He is 80.  End note.)] He came back.\n",),
    ("1. (C) He left. [(Comment: He is (we hear) 80.)] He came back.\n",),
    ("1. (C) He left. [(NOTE: HE IS 80.)]  HE CAME BACK.\n",),
    # within a paragraph, with its end
    ("1. (C) He left. [Comment: He is 80.  End comment.] He came back.\n",),
    # under a heading, up to its end, the next heading or the signature
    ("2. (C) A.\n\nComment\n-------\n\n[3. (C) We doubt it.\n\n4. (C) So.]\n\nTERN\n",),
    ("2. (C) A.\n\n-------\nCOMMENT\n-------\n[3. (C) We doubt.]\n\nFish\n----\n\n4. (U) A.\n",),
    ("2. (C) He left.\n//COMMENT//\n\n[3. (C) We doubt it.  End comment.]\n\n4. (U) He ate.\n",),
    ("2. (C) He left.\n\n--------\nBio Note\n--------\n\n[3. (U) Tern is married.]\n\nGULL\n",),
    ("2. (C) He left.\n\nComment: A Storm Ahead\n----------------------\n\n[3. (C) It rains.]\n",),
    # over a page line of the telegram
    (f"1. (C) A.\n\n2. (C) [Comment: We doubt it{PAGE}and it may rain.]\n\n3. (U) Gull ate.\n",),
    (f"1. (C) A.\n\nComment\n---\n\n[2. (C) We do{PAGE}so.  End comment.]\n\n3. (U) Gull ate.\n",),
    ("1. (C) A.\n\nCOMMENT\n\nAMBER 00000140  002 OF 003\n---\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nComment AMBER 00000140  002 OF 003\n---\n\n[2. (C) We doubt.]\n\nTERN\n",),
    # headings with a title, a colon, a rule at either end, or without an empty line before
    ("1. (C) A.\n\nCOMMENT:  IT'S A BALANCING ACT\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nComment: Concern or Paranoia?\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nComment: A Keeper of\nLamps\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nCOMMENT - A TRUE BELIEVER\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nConclusion and Comment\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nComment:\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) Tern left the port.\nComment\n-------\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) Tern left the port.\nCOMMENT\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) Tern left the port. ------- COMMENT -------\n\n[2.(C) We doubt.]\n\nTERN\n",),
    ("1. (C) Tern left the port.  Comment -------\n\n[2. (C) We doubt.]\n\nTERN\n",),
    (
        (
            "1. (C) Tern left the port and went home. ------- COMMENT ------- [2.(C) We doubt it.] "
            "------ ---- Fish of the Harbor ------ ----\n\n3.(C) It is dear.\n"
        ),
    ),
    # what the sections of a text without numbers are parted by
    ("Tern left early.\n\nCOMMENT\n\n[We doubt it.\n\nMany do.]\n\nFISH\n\nIt is dear.\n",),
    # an end that comes after another heading
    (
        (
            "1. (C) A.\n\nComment\n-------\n\n[2. (C) We doubt it.\n\nThe Lamps\n---------\n\n"
            "3. (C) So.  End comment.]\n\n4. (U) Gull ate.\n"
        ),
    ),
    # a comment that goes on is one
    ("1. (C) A.\n\n2. (C) [Comment: So.\n\n3. (C) Comment continued: So.]\n\n4. (U) A.\n",),
    ("1. (C) A.\n\n2. (C) [Comment: So.\n\n3. (C) Comment, cont'd:  So.]\n\n4. (U) A.\n",),
    ("1. (C) A.\n\n2. (C) [Comment: So.\n\n3. (C) (Comment continued) So.]\n\n4. (U) A.\n",),
    # one that no end is named of, and what the author adds behind it, up to the signature
    ("1. (C) A.\n\n2. (C) [Comment: It rains.\n\n3. (C) We doubt that it ends.]\n\nTERN\n",),
    ("1. (C) A.\n\n2. (C) [Comment: It rains.]\n\n3. (C) He left.\n\nTERN\n",),
    ("1. (C) A.\n\n2. (C) [Comment: It rains.]\n\n3. (U) Post cleared this cable.\n\nTERN\n",),
    # of a named post, of an office, and what else comes before the word
    ("1. (C) A.\n\n2. (C) [EMBASSY AMBER COMMENT: So.\n\nOh.  END EMBASSY COMMENT.]\n\n3. A\n",),
    ("1. (C) He left.  [(Consulate Port Amber comment: He is 80.)]  He came.\n",),
    ("1. (C) He left.  [(RSO comment: He is 80.)]  He came.\n",),
    ("1. (C) A.\n\n2. (C) [Concluding comment: It rains.]\n\n3. (C) He left.\n",),
    ("1. (C) A.\n\n2. (C) [(Comment) It rains.  (End comment)]\n\n3. (C) He left.\n",),
    ("1. (C) A.\n\n2. (C) [Comment; It rains.]\n\n3. (C) He left.\n",),
    ("1. (C) A.\n\nNEXT STEPS AND COMMENT\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nCOMMENT (C)\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1. (C) A.\n\nCOMMENT — OLD LAMPS\n\n[2. (C) We doubt.]\n\nTERN\n",),
    # of somebody at the post, of another post, of a division of Washington
    ("1. (C) A.\n\n2. (C) [RIYADH COMMENT: IT RAINS.]\n\n3. (C) B.\n",),
    ("1. (C) A.\n\n2. (C) [Tel Aviv comment: It rains.]\n\n3. (C) B.\n",),
    ("1. (C) He left.  [(LA PAZ COMMENT: HE IS 80.)]  He came.\n",),
    ("1. (C) A.\n\n[CTAD comment: It rains.]\n\n2. (C) B.\n",),
    ("1. (C) A.\n\n2. (C) He left. [RSO Baghdad Comment: It rains.]\n\n3. (C) B.\n",),
    ("1. (C) He left.  [(RSO Baghdad comment: He is 80.)]  He came.\n",),
    ("1. (C) He left.  [(Ambassador Gull's comment: He is (we hear) 80.)]  He came.\n",),
    ("1. (C) He left.  [(Ambassador Gull’s comment: He is 80.)]  He came.\n",),
    ("1. (C) He left.  [(ConGen Port Amber comment: He is 80.)]  He came.\n",),
    ("1. (C) He left.  [(DCM comment: He is 80.)]  He came.\n",),
    ("1. (C) A.\n\n2. (C) [EconOff Tern's comment: It rains.]\n\n3. (C) B.\n",),
    ("1. (C) A.\n\nRIYADH COMMENT\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    ("1.(C) A.\n\n2.(C) [Comment: It rains.]\n\n3.(C) Others do not care.\n",),
    ("1.(C) A.\n\n2. C [Comment: It rains.]\n\n3.(C) Others do not care.\n",),
    ("1.(C) A.\n\n2.(C) *[Comment: It rains.]\n\n3.(C) Others do not care.\n",),
    ("1.(C) A.\n2.(C) [COMMENT: IT RAINS. END COMMENT.]\n3.(C) Others do not care.\n",),
    # of somebody else
    ("1. (C) A.\n\n2. (C) GOB comment: It rains.\n\n3. (C) B.\n",),
    ("1. (C) A.\n\n2. (C) Minister Gull's comment: It rains.\n\n3. (C) B.\n",),
    ("1. (C) He left.  (The Dutch Ambassador's comment: He is 80.)  He came.\n",),
    ("1. (C) A.\n\n2. (C) Comment by the press: It rains.\n\n3. (C) B.\n",),
    ("1. (C) A.\n\nComment on the Ambassador's remarks by the press continued\n\n2. (C) B.\n",),
    ("1. (C) A.\n\n2. (C) Comment on the Ambassador's remarks went on.\n\n3. (C) B.\n",),
    ("1. (C) A.\n\nCOMMENTS ON THE AMBASSADOR BY THE PRESS\n-----\n\n2. (C) B.\n",),
    ("1. (C) A.\n\n2. (C) MOSCOW'S COMMENT: IT RAINS.\n\n3. (C) B.\n",),
    ("1. (C) A.\n\nComment on the Harbor Law\n-----\n\n[2. (C) We doubt.]\n\nTERN\n",),
    # openings that only their end makes sure
    ("1. (C) He left.  [Note.  He is 80.  End note.]  He came back.\n",),
    ("1. (C) He left.  [Note, he is 80.  End note.]  He came back.\n",),
    ("1. (C) He left.  [NOTE FROM THE PIER: He is 80.  END NOTE.]  He came back.\n",),
    ("1. (C) He left.  [(Note and comment: He is 80.  End note and comment.)]  He came.\n",),
    # a bracket behind a redaction; numbers in brackets close none
    ("1. (C) XXXXXXXXXXXX[(Comment: He is 80.  End comment.)]  He came back.\n",),
    ("1. (C) He left. [(Note: For two reasons: 1) he is 80, 2) he is ill.)] He came.\n",),
    # an end that has lost its beginning: the sentence before it
    ("1. (C) He left.  He is XXXXXXXXXXXX.  [We doubt it.  End comment.]  He came.\n",),
    # none
    ("1. (C) Summary: He left.  He is 80.  End note.\n\n2. (C) He came.\n",),
    ("1. (C) Summary and comment: He left.  We doubt it.  End summary and comment.\n",),
    ("Summary and Comment\n-----\n\n1. (C) He left.  We doubt it.\n\nFish\n----\n\n2. (U) A.\n",),
    ("1. (C) Begin text:  The Embassy presents this note.  End note text.\n",),
    ("1. (C) A.\n\nThe Minister's Comments on Fish\n-------\n\n2. (C) They are dear.\n",),
    ("1. (C) He had no comment.  Tern would comment: later.\n",),
    ("1. (C) He had\nno further comment.  Tern left.\n",),
    ("1. (C) We note that he left.  Note his age: 80.\n",),
    ("1. (C) Summary and comment follow.\n",),
]


def comments(text: str) -> list[Comment]:
    return comments_of(layout(Reading(text)))


@pytest.mark.parametrize("marked", [case for (case,) in CASES])
def test_a_comment_goes_from_its_word_to_its_end(marked: str) -> None:
    """Without the signature, which says nothing."""
    text, expected = _unmarked(marked)
    assert [text[slice(*each.span)] for each in comments(text)] == expected


def _unmarked(marked: str) -> tuple[str, list[str]]:
    """The text without the square brackets of a case, and what stood in them."""
    parts = [part.split("]") for part in marked.split("[")]
    return marked.replace("[", "").replace("]", ""), [part[0] for part in parts[1:]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1. (C) Comment: So it is.\n", "comment"),
        ("1. (C) (Note: So it is.)\n", "note"),
        ("1. (C) Biographic note: Tern is married.\n", "biographic note"),
        ("Biographical Notes\n------------------\n\n1. (C) Tern is 80.\n", "biographic note"),
    ],
)
def test_notes_and_biographic_notes_are_told_apart(text: str, kind: str) -> None:
    assert [each.kind for each in comments(text)] == [kind]


def test_the_paragraph_that_says_who_cleared_the_cable_is_no_comment() -> None:
    text = "Comment\n-------\n\n1. (C) So.\n\n2. (U) Senator Tern has cleared this cable.\n"
    assert [text[slice(*each.span)] for each in comments(text)] == ["1. (C) So."]


@given(st.lists(st.sampled_from([*"eEnNdD .", "END OF ", "Comment", "\u0130", "\n"])).map("".join))
def test_no_comment_ends_without_the_word(text: str) -> None:
    assert "end" in text.lower() or not module._END.search(text)


@given(
    st.lists(
        st.sampled_from(
            "Comment|COMMENT|(Note|: |End comment|END NOTE|\n|\n\n|----|1. (C) |//|)|(|Bio note|a b"
            "|. |So it is|[|]".split("|")
        ),
        max_size=60,
    ).map("".join)
)
def test_comments_lie_within_the_text_in_order_and_apart(text: str) -> None:
    spans = [each.span for each in comments(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))

"""Names at requests and confirmed ones are masked everywhere, unless asked otherwise."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import cable_tui as ct
from cable_tui.tools.assistants.masks import Masks, masked_values
from cable_tui.tools.assistants.questions import Questions
from tests.archive.fiction import archive_of
from tests.tools.assistants.fiction import CABLES, NAMED


def test_a_name_at_a_request_is_masked_in_its_cable_and_in_others(opened: ct.Archive) -> None:
    masks = Masks(opened, unmasked=False)
    for reference in ("09DOHA5", "09BAKU6"):
        cable = opened[reference]
        assert NAMED in cable.text
        assert "Pelham" not in masks.of(cable.protected)(cable.text)
    assert masks.of()(f"{NAMED} said") == "[name masked] said"
    assert "elham" not in masks.typed("pelh* or Pelham~")


def test_before_the_last_pass_an_answer_says_that_another_cable_may_show_a_name(
    tmp_path: Path,
) -> None:
    archive_of(tmp_path, *CABLES).close()
    with closing(ct.open(tmp_path / "cables", cache=tmp_path / "cache")) as archive:
        masks = Masks(archive, unmasked=False)
        questions = Questions(archive, masks, lambda *_: None)
        unknown = "some of the names to mask, so another cable may still show one"
        assert not Masks(archive, unmasked=False).whole
        answer = questions.search("parrot").text
        assert NAMED in answer  # in the cable without the request
        assert unknown in answer.splitlines()[-1]
        assert NAMED not in questions.read("09DOHA5").text
        assert Masks(archive, unmasked=True).whole
        archive_of(tmp_path, *CABLES, echoes=True).close()
        assert masks.whole
        answer = questions.search("parrot").text
        assert NAMED not in answer
        assert unknown not in answer


def test_unmasked_nothing_is_masked(opened: ct.Archive) -> None:
    masks = Masks(opened, unmasked=True)
    assert masks.of()(f"{NAMED} said") == f"{NAMED} said"
    assert masks.typed("pelh*") == "pelh*"


def test_values_are_masked_at_every_depth() -> None:
    value = {"Pelham": [{"a": ("Pelham", 1, None, True)}]}
    masked = masked_values(value, lambda text: text.replace("Pelham", "-"))
    assert masked == {"-": [{"a": ["-", 1, None, True]}]}

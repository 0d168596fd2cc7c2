"""No draft, however hostile, takes more than its length in time."""

from __future__ import annotations

import pytest

from tests.slow import test_growth as slow
from tests.slow.test_growth import STEEPEST, growth, steep
from tests.tools.drafts import slow_drafts as drafts

pytestmark = slow.pytestmark


@pytest.mark.parametrize("name", drafts.READERS)
def test_a_draft_grows_with_its_text(name: str) -> None:
    assert steep(drafts.READERS[name], drafts.BAITS) == {}


def test_a_quotation_grows_with_its_text_and_its_cable() -> None:
    assert steep(drafts.beside, drafts.BESIDE) == {}


@pytest.mark.parametrize("name", drafts.XML)
def test_an_office_file_grows_with_its_elements(name: str) -> None:
    assert growth(drafts.XML[name], lambda length: "x" * length) <= STEEPEST

"""Receipts: each proves the wording of one quotation, from one paragraph of one version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.check import Check, in_order
from cable_tui.tools.drafts.export import summary
from cable_tui.tools.drafts.findings import Finding
from cable_tui.tools.drafts.receipts import counted_receipts, receipt_for
from tests.archive.fiction import Fiction, archive_of, id_of

LAMP = "The keeper of the lighthouse asked three ministries for brass lamps before the frost came."
GOAT = "Eleven goats crossed the runway on Tuesday and the afternoon flight had to circle the town."
BELLS = "Four bells of the old customs house were sold to a foundry across the border last week."
CABLES = [
    Fiction("09RABAT1", text=f"{LAMP}\n\n2. (C) {GOAT}"),
    Fiction("09LIMA7", text=BELLS),
    Fiction("09OSLO8", text=BELLS),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with closing(archive_of(tmp_path_factory.mktemp("receipts"), *CABLES)) as made:
        yield made


def receipt(archive: Archive, reference: str, label: str, quotation: str) -> str:
    return receipt_for(archive.cable(id_of(archive, reference)), label, quotation)


def findings(archive: Archive, text: str) -> tuple[Finding, ...]:
    return in_order(list(Check(archive, what_to_check(markdown.read(text))).findings()))


def receipts(archive: Archive, text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = findings(archive, text)
    return [(each.verdict, each.remarks) for each in found if each.kind == "receipt"]


def test_a_receipt_names_cable_and_paragraph_and_a_code_of_twelve_signs(archive: Archive) -> None:
    assert re.fullmatch(
        r"\[cable:09RABAT1#2:[a-z2-7]{12}\]", receipt(archive, "09RABAT1", "2", GOAT)
    )


@pytest.mark.parametrize(
    "form", ["“{}” {}", '"{}" {}.', "> {}\n\n{}", "> {} {}", "They saw “{}”, {} and left."]
)
def test_a_receipt_behind_its_quotation_is_confirmed(archive: Archive, form: str) -> None:
    text = form.format(GOAT, receipt(archive, "09RABAT1", "2", GOAT))
    assert receipts(archive, text) == [("exact", ())]


CODE = "its code belongs to different words, or to another version of the cable"


@pytest.mark.parametrize(
    ("words", "change", "reason"),
    [
        (GOAT.replace("Tuesday", "Friday"), str, "the quotation before it is not exact"),
        (GOAT.replace("and the", "the"), str, "the quotation before it is not exact"),
        (LAMP, str, "the quotation before it is in 09RABAT1 ¶1"),
        (GOAT.partition(" and ")[0], str, CODE),
        (GOAT, lambda code: code.replace("#2", "#1"), "the quotation before it is in 09RABAT1 ¶2"),
        (GOAT, lambda code: code.replace("#2", ""), "the quotation before it is in 09RABAT1 ¶2"),
        (BELLS, str, "the quotation before it is in 09LIMA7"),
        (GOAT, lambda code: code[:-2] + "]", CODE),
    ],
)  # fmt: skip
def test_a_receipt_fits_nothing_else(
    archive: Archive, words: str, change: object, reason: str
) -> None:
    code = change(receipt(archive, "09RABAT1", "2", GOAT))  # type: ignore[operator]
    assert receipts(archive, f"“{words}” {code}") == [("altered", (reason,))]


def test_a_receipt_alone_is_refused(archive: Archive) -> None:
    text = f"Nothing is quoted. {receipt(archive, '09RABAT1', '2', GOAT)}"
    assert receipts(archive, text) == [("altered", ("there is no quotation before it",))]


def test_of_two_cables_with_the_words_the_named_one_is_confirmed(archive: Archive) -> None:
    for reference in ("09LIMA7", "09OSLO8"):
        code = receipt(archive, reference, "1", BELLS)
        assert receipts(archive, f"“{BELLS}” {code}") == [("exact", ())]


def test_another_version_of_the_cable_needs_another_receipt(
    archive: Archive, tmp_path: Path
) -> None:
    code = receipt(archive, "09RABAT1", "2", GOAT)
    changed = [Fiction("09RABAT1", text=f"{LAMP} Late.\n\n2. (C) {GOAT}")]
    with closing(archive_of(tmp_path / "other", *changed)) as other:
        assert receipts(other, f"“{GOAT}” {code}") == [("altered", (CODE,))]


def test_other_cables_change_no_receipt(archive: Archive, tmp_path: Path) -> None:
    code = receipt(archive, "09RABAT1", "2", GOAT)
    more = [*CABLES, *(Fiction(f"08DOHA{number}", text=f"Urn {number}.") for number in range(1000))]
    with closing(archive_of(tmp_path / "more", *more)) as larger:
        assert receipts(larger, f"“{GOAT}” {code}") == [("exact", ())]


def test_quotations_without_a_receipt_are_listed_if_the_draft_has_any(archive: Archive) -> None:
    code = receipt(archive, "09RABAT1", "2", GOAT)
    found = findings(archive, f"“{GOAT}” {code}\n\n“{LAMP}” (09RABAT1).\n\n")
    without = [each.text for each in found if "it has no receipt" in each.remarks]
    assert without == [LAMP]
    assert counted_receipts(found) == {"confirmed": 1, "refused": 0, "without": 1}
    assert summary(found).endswith("receipts: 1 confirmed, 0 refused, 1 quotation without")
    assert not findings(archive, f"“{LAMP}” (09RABAT1).")[0].remarks

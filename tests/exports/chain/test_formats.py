"""The formats of a chain, and its JSON."""

from __future__ import annotations

import json

from cable_tui.exports.chain.formats import ALIASES, CHAIN_FORMATS
from tests.exports.chain.sample import CHAIN


def test_each_format_has_a_key_of_its_own_and_writes_something() -> None:
    assert list(CHAIN_FORMATS) == ["markdown", "html", "json", "graphml", "gexf"]
    keys = [each.key for each in CHAIN_FORMATS.values()]
    assert len(set(keys)) == len(keys)
    assert not {"j", "k", "q"} & set(keys)
    for each in CHAIN_FORMATS.values():
        assert "09ZENDA9" in "".join(each.write(CHAIN))
    assert set(ALIASES.values()) <= set(CHAIN_FORMATS)


def test_json_has_all_that_is_shown() -> None:
    value = json.loads("".join(CHAIN_FORMATS["json"].write(CHAIN)))
    assert (value["start"], value["depth"], value["beyond"]) == ("09ZENDA7", 1, 31)
    assert (value["cables"], value["missing"]) == (2, 1)
    hole, first, _ = value["entries"]
    assert hole["estimate"] == {"earliest": "2008-12-01", "latest": "2008-12-20"}
    assert (hole["in_archive"], hole["subject"], hole["cited_by_elsewhere"]) == (False, None, 12)
    assert first["cites"] == [
        {
            "reference_id": "08STATE120",
            "label": "A",
            "year_inferred": True,
            "how": "REF line, year inferred",
            "in_archive": False,
            "sentences": [{"paragraph": "1", "text": "See ref A on the ice house."}],
        }
    ]
    assert first["other_references"][0] == {
        "kind": "email",
        "paragraph": None,
        "text": "B. SAPT-TARLENHEIM E-MAIL OF 1/2/09",
    }

"""Cables that share the rarest words of a text."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cable_tui.archive.source_criticism.rare_words import sharing
from tests.archive.source_criticism.fiction import cable, story


def test_who_shares_most_of_the_rarest_words_comes_first(tmp_path: Path) -> None:
    cables = [
        cable(1, "Zorvath sold the plumbline of Quessimer to a widow."),
        cable(2, "A widow of Quessimer was seen with Zorvath and his plumbline."),
        cable(3, "Zorvath left for the coast with the plumbline."),
        cable(4, "A widow alone."),
    ]
    with closing(story(tmp_path, cables)) as archive:
        key = archive.find("09RABAT1")
        assert key is not None
        found = sharing(archive, key, archive.cable(key).body.text, 5)
        rows = [row.reference_id for row in archive.rows([each.id for each in found])]
        assert rows[:2] == ["09RABAT2", "09RABAT3"]
        assert {"zorvath", "quessimer", "plumbline"} <= set(found[0].words)
        assert "quessimer" not in found[1].words

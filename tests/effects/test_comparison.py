"""Reading a comparison for the room."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cable_tui.clipboard import Clipboard
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.library import Library
from cable_tui.session import effects
from cable_tui.session.features.source_criticism.comparison import ComparisonRead
from cable_tui.session.values import ComparedPair
from cable_tui.value import replace
from tests.archive.fiction import BRIDGE, LAMPS, opened, write_page


def test_a_comparison_or_the_reason_why_there_is_none(tmp_path: Path) -> None:
    write_page(tmp_path / "cables" / "a", LAMPS)
    write_page(tmp_path / "cables" / "b", replace(LAMPS, text="Nothing of the kind."))
    write_page(tmp_path / "cables" / "a", BRIDGE)
    archive = opened(tmp_path / "cables", tmp_path / "cache")
    library = Library(tmp_path / "library.sqlite", author="ada")
    with closing(archive), closing(library):
        services = Services(archive, library, Clipboard(tmp_path / "clip.txt", environ={}))
        ids = archive.ids(["09RABAT27", "09CASABLANCA31"])
        lamps, bridge = ids["09RABAT27"], ids["09CASABLANCA31"]

        def answers(pair: ComparedPair) -> list[object]:
            return list(perform(services, effects.ReadComparison(pair), lambda: False))

        (read,) = answers(ComparedPair((lamps, lamps)))
        assert isinstance(read, ComparisonRead)
        assert not read.versions.comparison.same
        (told,) = answers(ComparedPair((bridge, bridge)))
        assert isinstance(told, effects.Notify)
        assert told.sentence.startswith("There is one record of this cable.")
        (told,) = answers(ComparedPair((lamps, lamps), (1, 9)))
        assert isinstance(told, effects.Notify)
        assert (told.severity, told.sentence[:9]) == ("error", "09RABAT27")

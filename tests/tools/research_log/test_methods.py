"""The research log as an appendix, a table and JSON."""

from __future__ import annotations

import csv
import io
import json

from cable_tui.tools.research_log import methods
from cable_tui.tools.research_log.log_file import Entry, Log, Search, SearchedArchive

CABLES = SearchedArchive("/home/ada/ca_bles", 1204, 7, "ab" * 32)
LATER = CABLES._replace(cables=1205, generation=9, fingerprint="cd" * 32)
ENTRIES = (
    Entry("2026-11-25T10:00:30Z", Search("lobster | crab", 3), CABLES),
    Entry("2026-11-25T10:01:00Z", Search("lobster | crab", 3), CABLES._replace(generation=8)),
    Entry("2026-11-25T10:05:00Z", Search("*kraken*", 0, True), CABLES),
    Entry("2026-11-26T09:00:00Z", Search("eel", 1205, way="room export"), LATER),
)


def test_an_appendix_says_which_archive_was_asked_what_and_when() -> None:
    text = "".join(methods.markdown(Log(ENTRIES)))
    head, *rest = text.splitlines()
    assert head == "# Searches"
    assert "4 searches from 2026-11-25 to 2026-11-26" in text
    assert [line for line in rest if line.startswith("## ")] == ["## ca\\_bles", "## ca\\_bles"]
    assert "1,204 cables, fingerprint (SHA-256): `" + "ab" * 32 in text
    assert [line for line in rest if line.startswith("| 2026")] == [
        "| 2026-11-25 10:01 | lobster \\| crab (2 times) | 3 |",
        "| 2026-11-25 10:05 | \\*kraken\\* | 0, not all indexed yet |",
        "| 2026-11-26 09:00 | eel (exported) | 1,205 |",
    ]


def test_an_empty_log_is_said() -> None:
    assert "No searches are logged." in "".join(methods.markdown(Log(())))
    assert json.loads("".join(methods.json(()))) == []


def test_the_table_and_the_json_have_a_row_for_each_search() -> None:
    table = list(csv.DictReader(io.StringIO("".join(methods.csv(Log(ENTRIES))))))
    values = json.loads("".join(methods.json(map(methods.logged, ENTRIES))))
    assert [row["query"] for row in table] == [each["query"] for each in values]
    assert [row["partial"] for row in table] == ["", "", "yes", ""]
    assert values[3] == {
        "at": "2026-11-26T09:00:00Z",
        "query": "eel",
        "count": 1205,
        "partial": False,
        "way": "room export",
        "archive": "/home/ada/ca_bles",
        "cables": 1205,
        "fingerprint": "cd" * 32,
    }


def test_what_a_query_holds_is_neither_markup_nor_a_control_character() -> None:
    odd = Entry("2026-11-25T10:00:30Z", Search("<b>\x1b[2J", 1), CABLES)
    text = "".join(methods.markdown(Log((odd,))))
    assert "\x1b" not in text
    assert "\\<b\\>" in text

"""Words of scripts without blanks are found inside longer runs."""

from __future__ import annotations

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.highlights import Highlights
from cable_tui.query import parse
from tests.archive.fiction import Fiction, references

CABLES = (
    Fiction("09ZENDA1", subject="THE HARBOUR", text="The 港务局发言人说灯塔很亮 of the pier."),
    Fiction("09ZENDA2", subject="灯塔管理员的报告", text="言人 and 发 言, apart."),
    Fiction("09ZENDA3", subject="TOWER", text="灯台の番人は東京タワーを見た。"),
    Fiction("09ZENDA4", subject="THAI", text="ผู้ดูแลประภาคารพูดกับนายกเทศมนตรี"),
    Fiction("09ZENDA5", subject="PLAIN", text="Nothing of that kind, 0027 lamps."),
)


@pytest.mark.parametrize(
    ("text", "expected", "highlighted"),
    [
        ("发言人", "09ZENDA1", "发言人"),
        ("发言人 harbour", "09ZENDA1", "发言人"),
        ("灯塔", "09ZENDA1 09ZENDA2", "灯塔"),
        ("subject:灯塔", "09ZENDA2", "灯塔"),
        ("灯", "09ZENDA1 09ZENDA2 09ZENDA3", "灯"),
        ("灯塔 -发言人", "09ZENDA2", "灯塔"),
        ("灯塔*", "09ZENDA1 09ZENDA2", "灯塔"),
        ("タワー", "09ZENDA3", "タワー"),
        ("番人", "09ZENDA3", "番人"),
        ("ประภาคาร", "09ZENDA4", "ประภาคาร"),
        ("人发", "", ""),
    ],
)
def test_a_word_is_found_inside_a_run(
    archive: Archive, text: str, expected: str, highlighted: str
) -> None:
    query = parse(text)
    hits = archive.search(query)
    assert " ".join(sorted(references(archive, hits.ids))) == expected
    assert parse(str(query)) == query
    typed = archive.search(parse(text, typing=True))
    assert sorted(typed.ids) == sorted(hits.ids)
    assert isinstance(hits.highlights, Highlights)
    for passage in archive.passages(list(hits.ids), hits.highlights):
        shown = [passage.text[start:end] for start, end in passage.places]
        assert set(shown) <= {highlighted, "HARBOUR", "harbour"}
    if highlighted:
        run = f"前{highlighted}后"
        assert [run[start:end] for start, end in hits.highlights.spans(run)] == [highlighted]


def test_the_query_keeps_its_words_as_they_are_written() -> None:
    assert str(parse("发言人 kelp")) == '"发言人" kelp'
    assert parse('"发言人"').terms == parse("发言人").terms

"""Each tool has a call that works and one that is refused; a resource and a prompt are there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cable_tui.reports.table import REPORTS
from cable_tui.text.cleaning import json_text
from cable_tui.tools.assistants.methods import TOOLS, methods_of
from cable_tui.tools.assistants.pages import LARGEST
from cable_tui.tools.assistants.protocol import RefusedRequest
from cable_tui.tools.assistants.questions import Questions
from tests.tools.assistants.fiction import NAMED, ORDER, SOURCES

WORKS: list[tuple[str, dict[str, Any], str]] = [
    ("describe", {}, '"cables": 7'),
    ("search", {"query": "parrot"}, '"ref": "09BAKU6#1"'),
    ("search", {"query": "tin", "sort": "created", "start": 2, "limit": 1}, '"ref": "09'),
    ("search", {"query": "tag:PGOV"}, "7 cables"),
    ("read", {"reference": "09RABAT1"}, '"ref": "09RABAT1#10"'),
    ("read", {"reference": "cable://09RABAT1#2"}, '"ref": "09RABAT1#2"'),
    ("read", {"reference": "09RABAT1", "paragraphs": "2-3"}, '"ref": "09RABAT1#3"'),
    ("read", {"reference": "09LIMA7"}, "ask again with start="),
    ("references", {"reference": "09BAKU6"}, '"reference_id": "09RABAT1"'),
    ("references", {"reference": "09RABAT1"}, "cited by 1"),
    ("count", {"query": "pier", "by": "post"}, '"count": '),
    ("count", {"query": "", "by": "post", "then_by": "year"}, "across: 2009"),
    ("report", {"name": "trend", "words": ["tin"], "options": {"by": "year"}}, '"step": "2009"'),
    ("explain", {"words": ["PGOV", "SIPDIS"]}, '"term": "PGOV"'),
    ("check_quotation", {"quotation": SOURCES[0], "speaker": "source"}, "[cable:09RABAT1#1:"),
]
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("describe", {"all": True}, "argument", "it has none"),
    ("search", {"query": "tga:PGOV"}, "usage", "Did you mean tag:?"),
    ("search", {}, "argument", "needs query"),
    ("search", {"query": "tin", "sort": "color"}, "usage", "Choose from"),
    ("search", {"query": "tin", "start": 0}, "argument", "number from 1 on"),
    ("search", {"query": "tin", "start": True}, "argument", "number from 1 on"),
    ("search", {"query": 5}, "argument", "type string"),
    ("search", {"query": "tin " * 9_000}, "argument", "too long"),
    ("read", {"reference": "7"}, "id", "not a reference ID"),
    ("read", {"reference": "#3"}, "id", "not a reference ID"),
    ("read", {"reference": "EFIS"}, "id", "search for EFIS instead"),
    ("read", {"reference": "tag:EFIS"}, "id", "search for tag:EFIS instead"),
    ("read", {"reference": "09RABAT99"}, "not_found", "use references to see who cites it"),
    ("read", {"reference": "09RABAT1", "paragraphs": "99"}, "not_found", "1 to 10"),
    ("read", {"reference": "09RABAT1", "paragraphs": "all"}, "argument", "3 or 2-5"),
    ("references", {"reference": "12"}, "id", "not a reference ID"),
    ("references", {"reference": "09RABAT99"}, "not_found", "search for its subject"),
    ("explain", {"words": []}, "argument", "explain needs words"),
    ("count", {"query": "pier", "by": "smell"}, "usage", "Choose from"),
    ("report", {"name": "weather"}, "usage", "Choose from"),
    ("report", {"name": "protect"}, "private", "ask the reader"),
    ("report", {"name": "log"}, "private", "ask the reader"),
    ("report", {"name": "problems", "words": "tin"}, "argument", "type array"),
    ("report", {"name": "problems", "options": {"x": 1}}, "usage", "problems has no options"),
    ("explain", {"words": [1]}, "argument", "type array"),
    ("check_quotation", {"quotation": "too few"}, "usage", "at least 5 words"),
    ("check_quotation", {"quotation": SOURCES[0], "speaker": "cat"}, "argument", "embassy or"),
    ("check_quotation", {"quotation": SOURCES[0], "reference": "3"}, "id", "not a reference ID"),
    ("check_quotation", {"quotation": f"{NAMED} keeps the keys of the western customs house"},
     "protected", "leave the name out"),
    ("eat", {}, "tool", "there is no such tool. Choose from describe"),
]  # fmt: skip


@pytest.fixture
def call(questions: Questions) -> Any:
    methods = methods_of(questions)

    def ask(name: str, arguments: Any) -> dict[str, Any]:
        result = methods["tools/call"]({"name": name, "arguments": arguments})
        assert len(json_text(result).encode()) < LARGEST
        assert "Pelham" not in json_text(result)
        return result

    return ask


@pytest.mark.parametrize(("name", "arguments", "words"), WORKS)
def test_a_question_is_answered(
    call: Any, name: str, arguments: dict[str, Any], words: str
) -> None:
    if arguments.get("name", "problems") not in REPORTS:
        pytest.skip("its tool was deleted")
    result = call(name, arguments)
    text = result["content"][0]["text"]
    assert (result["isError"], words in text) == (False, True), text
    assert text.splitlines()[-1].startswith("Not known: ")
    assert ("structuredContent" in result) is (name in ("count", "check_quotation"))


@pytest.mark.parametrize(("name", "arguments", "kind", "words"), REFUSED)
def test_a_wrong_question_is_refused_with_its_kind_and_what_to_do(
    call: Any, name: str, arguments: dict[str, Any], kind: str, words: str
) -> None:
    result = call(name, arguments)
    text = result["content"][0]["text"]
    assert result["isError"]
    assert text.startswith(f"refused ({kind}): ")
    assert words in text
    assert result["structuredContent"]["refused"] == kind


def test_every_tool_has_a_case_of_both_kinds() -> None:
    assert {name for name, *_ in WORKS} == set(TOOLS)
    assert {name for name, *_ in REFUSED} == {*TOOLS, "eat"}


def test_the_list_of_tools_is_small_and_says_that_they_only_read(questions: Questions) -> None:
    listed = methods_of(questions)["tools/list"]({})["tools"]
    assert [each["name"] for each in listed] == list(TOOLS)
    hints = {"readOnlyHint": True, "openWorldHint": False}
    assert all(each["annotations"] == hints for each in listed)
    assert len(json.dumps(listed)) < 6_000


def test_a_resource_is_a_cable_and_anything_else_is_refused(questions: Questions) -> None:
    methods = methods_of(questions)
    (content,) = methods["resources/read"]({"uri": "cable://09DOHA5"})["contents"]
    assert (content["uri"], "customs house" in content["text"]) == ("cable://09DOHA5", True)
    assert "Pelham" not in content["text"]
    for address in ("file:///etc/passwd", "cable://", "cable://7", f"cable://{9:999}", None, 3):
        with pytest.raises(RefusedRequest):
            methods["resources/read"]({"uri": address})
    template = methods["resources/templates/list"]({})["resourceTemplates"][0]
    assert template["uriTemplate"] == "cable://{ref}"


def test_the_prompt_says_to_quote_only_what_is_exact(questions: Questions) -> None:
    methods = methods_of(questions)
    name = methods["prompts/list"]({})["prompts"][0]["name"]
    text = methods["prompts/get"]({"name": name})["messages"][0]["content"]["text"]
    assert text.startswith("Quote only what is exact.")
    with pytest.raises(RefusedRequest):
        methods["prompts/get"]({"name": "other"})


PERSON = NAMED.split()[-1]
ABOUT_THE_NAME: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": query})
    for query in (PERSON, PERSON.lower(), f"{PERSON.lower()}*", "pelhan", f"tga:{PERSON}",
                  f"“{NAMED}”", f"{PERSON} origin:nowhere", f"said:{PERSON}", f"date:{PERSON}")
] + [
    ("count", {"query": PERSON, "by": "post"}),
    ("read", {"reference": "09BAKU6"}),
    ("references", {"reference": "09BAKU6"}),
    ("references", {"reference": PERSON}),
    ("explain", {"words": [PERSON, NAMED.upper()]}),
    ("report", {"name": "people"}),
    ("report", {"name": "people", "options": {"with_protected": True}}),
    ("report", {"name": "concordance", "words": [PERSON]}),
    ("report", {"name": "words", "words": ["customs"]}),
    ("report", {"name": PERSON}),
    ("check_quotation", {"quotation": f"a parrot named after {NAMED} lives in the house"}),
    ("check_quotation", {"quotation": "keeps the keys of the eastern customs house in a tin"}),
    ("check_quotation", {"quotation": "A parrot named after nobody lives in the customs house."}),
    (PERSON, {}),
    ("search", {PERSON: 1}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments"), ABOUT_THE_NAME)
def test_no_answer_has_a_protected_name(
    questions: Questions, name: str, arguments: dict[str, Any]
) -> None:
    result = methods_of(questions)["tools/call"]({"name": name, "arguments": arguments})
    assert PERSON.lower() not in json_text(result).lower()


def test_a_cable_that_orders_changes_nothing(call: Any) -> None:
    text = call("read", {"reference": "09OSLO4"})["content"][0]["text"]
    *_, row, last = text.splitlines()
    assert ORDER in json.loads(row)["text"].replace("\n", " ")
    assert last.startswith("Not known: who speaks")
    assert not any(sign in text for sign in "\u202e\x1b")
    text = call("search", {"query": "nine cats"})["content"][0]["text"]
    assert sum(line.startswith("Not known: ") for line in text.splitlines()) == 1
    assert "Pelham" not in call("read", {"reference": "09DOHA5"})["content"][0]["text"]

"""What is generated: a line for each generator, only what differs is new, a failure is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.generated import GENERATORS, LAST, ROOT, Generator, main

WRITE = "from pathlib import Path; Path('{}').write_text('new')"


def generator(name: str, code: str) -> Generator:
    return Generator(name, ("-c", code), (f"{name}*.txt",))


def test_each_says_what_it_changed_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a", "old"), ("b", "new"), ("d", "old")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    time = (tmp_path / "b.txt").stat().st_mtime_ns
    waves = (
        [generator("a", f"{WRITE.format('a.txt')}; {WRITE.format('a2.txt')}")],
        [generator("b", WRITE.format("b.txt"))],
        [generator("c", "import sys; sys.exit('raise VERSION')")],
        [generator("d", WRITE.format("d.txt"))],
    )
    assert main(waves, tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a: a.txt a2.txt",
        "b: nothing changed",
        "c: nothing changed; FAILED: -c import sys; sys.exit('raise VERSION')",
        "raise VERSION",
        "d: d.txt",
    ]
    assert (tmp_path / "b.txt").stat().st_mtime_ns == time
    assert main(waves[:2], tmp_path) == 0


@pytest.mark.parametrize("each", [*GENERATORS, *LAST], ids=lambda each: each.name)
def test_a_generator_is_a_module_whose_files_are_there(each: Generator) -> None:
    module = ROOT / Path(*each.line[1].split(".")).with_suffix(".py")
    assert '__name__ == "__main__"' in module.read_text("utf-8")
    assert all(list(ROOT.glob(pattern)) for pattern in each.files)


def test_each_generator_is_in_the_list_of_contributing() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`(?:\.venv/bin/)?python -m ([\w.]+)", text))
    assert {each.line[1] for each in [*GENERATORS, *LAST]} <= named

"""Archives of any kind are listed and read alike."""

import io

import pytest

from cable_tui.formats.packed import members, signs
from cable_tui.formats.packed.member import Member
from tests.shapes import seven_zip, tar, zipped

TEXTS = {"a.txt": b"A" * 900, "b/c.txt": b"C", "empty": b""}


@pytest.mark.parametrize("pack", [tar, zipped, seven_zip])
def test_every_kind_gives_the_same_files(pack: object) -> None:
    data: bytes = pack(TEXTS)  # type: ignore[operator]
    kind = signs.container(data)
    found = [each for each in members.listed(io.BytesIO(data), kind) if isinstance(each, Member)]
    texts = {each.name: members.open_member(io.BytesIO(data), kind, each).read() for each in found}
    assert texts == TEXTS


def test_a_refused_file_is_not_opened() -> None:
    with pytest.raises(OSError, match="encrypted"):
        members.open_member(io.BytesIO(), "zip", Member("a", 0, 1, refused="encrypted"))

"""A list that is private is told to nobody."""

from __future__ import annotations

from cable_tui.library import Mark
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.bookmarks_screen import SetPrivate
from cable_tui.session.registry import Services
from cable_tui.tools.sharing.sharing import sharing_of
from tests.session import done, the
from tests.session.features.test_bookmarks_screen import after, read


def test_a_list_is_made_private_and_others_keep_what_they_have(services: Services) -> None:
    for name in ("04PORTAMBER305", "09NOWHERE1"):
        services.library.add(Mark(name, name, lists=("harbour",)))
    sharing_of(services.library).take()
    changed = the(LibraryChanged, done(services, SetPrivate("harbour", on=True)))
    assert "others keep their copies (2)" in changed.sentence
    assert read(services).private == {"harbour"}
    assert services.library.undo() == "make the list harbour private"
    assert read(services).private == set()
    after(services, SetPrivate("harbour", on=True))
    assert after(services, SetPrivate("harbour", on=False)).private == set()

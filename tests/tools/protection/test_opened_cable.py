"""What an opened cable says of names that are perhaps protected."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.features import opened_cable
from cable_tui.session.registry import Services
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.review import reviewed
from tests.session import done, the
from tests.session.test_registry import the_id


def test_names_that_are_perhaps_protected_come_with_the_cable_until_it_is_answered(
    services: Services,
) -> None:
    read = effects.FetchCable(the_id(services, "07SANTORIEL45"))
    shown = the(opened_cable.CableShown, done(services, read))
    names = [shown.cable.body.text[slice(*span)] for span in shown.perhaps]
    assert "Helena Farquhar" in names
    file = answers.file_beside(services.library.path)
    (asked,) = reviewed(shown.cable, answers.NO_ANSWERS)
    answers.change(file, lambda before: before.with_request(asked.key, ()))
    assert the(opened_cable.CableShown, done(services, read)).perhaps == ()
    file.write_text("{", "utf-8")
    assert the(opened_cable.CableShown, done(services, read)).perhaps == shown.perhaps

from cable_tui.session import step
from cable_tui.session.viewing import Decode, Join
from tests.session import reading, ready, said, walk


def test_lines_are_joined_and_shown_as_sent_again() -> None:
    session, wanted = step(reading(), Join())
    assert session.viewing.joined
    assert "copies stay as filed" in said(wanted)
    session, wanted = step(session, Join())
    assert not session.viewing.joined
    assert said(wanted) == "As sent."


def test_a_decoded_header_is_in_sight() -> None:
    session = walk(reading(), Decode())
    assert session.viewing.decoded
    assert session.unfolded
    assert not walk(session, Decode()).viewing.decoded


def test_without_a_cable_there_is_nothing_to_show_otherwise() -> None:
    for action in (Join(), Decode()):
        session, wanted = step(ready(), action)
        assert session == ready()
        assert "l opens one" in said(wanted)

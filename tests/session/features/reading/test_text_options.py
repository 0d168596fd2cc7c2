from cable_tui.session.features.reading.text_options import DecodeHeader, JoinLines
from cable_tui.session.step import step
from tests.session import reading_session, ready, said, walk


def test_lines_are_joined_and_shown_as_sent_again() -> None:
    session, wanted = step(reading_session(), JoinLines())
    assert session.text_options.joined
    assert "copies stay as filed" in said(wanted)
    session, wanted = step(session, JoinLines())
    assert not session.text_options.joined
    assert said(wanted) == "As sent."


def test_a_decoded_header_is_in_sight() -> None:
    session = walk(reading_session(), DecodeHeader())
    assert session.text_options.decoded
    assert session.unfolded
    assert not walk(session, DecodeHeader()).text_options.decoded


def test_without_a_cable_there_is_nothing_to_show_otherwise() -> None:
    for action in (JoinLines(), DecodeHeader()):
        session, wanted = step(ready(), action)
        assert session == ready()
        assert "l opens one" in said(wanted)

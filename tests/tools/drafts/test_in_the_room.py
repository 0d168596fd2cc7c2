"""A draft whose quotations are followed into their cables."""

from __future__ import annotations

from pathlib import Path

from cable_tui.tools.drafts.draft_view import DraftView
from cable_tui.tools.drafts.room import FollowQuotation, OpenDraft
from tests.tui.rooms import open_room, painted, until


async def test_what_a_draft_quotes_is_highlighted_in_its_cable(
    indexed: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "“The chart is handsome and its paper is old.” and “They have inhabitants, fresh water”",
        encoding="utf-8",
    )

    async with open_room(indexed, tmp_path) as (app, pilot):
        for at, words in enumerate(("The chart is handsome", "They have no inhabitants")):
            app.room.dispatch(OpenDraft(str(draft)))
            await until(pilot, lambda: app.room.session.of_tool(DraftView).note != "", app)
            app.room.dispatch(FollowQuotation(at))
            await until(pilot, lambda: app.room.session.find.text.startswith(words), app)  # noqa: B023
            await until(pilot, lambda: app.room.cable.body.hit_position == (1, 1), app)
            assert any(words in line for line in painted(app))

"""The search bar: type, complete, recall and accept queries."""

from __future__ import annotations

from cable_tui import query as language
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.query.answers import Jump
from cable_tui.session import effects
from cable_tui.session.ask import (
    SearchFor,
    ask,
    asked_of,
    is_edited,
    same_question,
    settled,
    with_text,
)
from cable_tui.session.features import panes, preview
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect


class QueryTyped(Action):
    """The reader has changed the text in the bar."""

    text: str

    def step(self, session: Session) -> Result:
        """Send the query after every letter, unless its meaning is unchanged."""
        if self.text == session.text:
            return session, ()
        if not is_edited(session):
            session = replace(session, committed_at=session.at)
        typed_query = language.parse(self.text, typing=True)
        has_same_answer = same_question(typed_query, session.query)
        session = replace(session, text=self.text, enter_waits=False, recalled=0)
        completions = completions_wanted(self.text)
        if not completions:
            other_jumps = tuple(jump for jump in session.jumps if not jump.completes)
            session = replace(session, jumps=other_jumps)
        if has_same_answer:
            session, absence_effects = asked_of(session, typed_query)
            return session, (*absence_effects, *completions)
        session, ask_effects = ask(replace(session, query=typed_query, at=0, choice=None))
        if not self.text.strip():
            return replace(session, jumps=()), ask_effects
        session = replace(session, looking_up=True)
        return session, (*ask_effects, effects.FindJumps(self.text), *completions)


class AcceptBar(Action):
    """Take the chosen suggestion, or go to the list (Enter)."""

    def step(self, session: Session) -> Result:
        """Take the chosen suggestion, or else go to the list."""
        if session.choice is not None and session.choice < len(session.jumps):
            return take_suggestion(session, session.jumps[session.choice])
        return commit_bar(replace(session, enter_waits=is_edited(session) and session.looking_up))


class RevertBar(Action):
    """Undo the changes in the bar (Esc)."""

    def step(self, session: Session) -> Result:
        """Restore the query as it was before the edit."""
        session = replace(session, pane="list", reading=False, filters_open=False)
        session = replace(session, jumps=(), choice=None, enter_waits=False)
        if not is_edited(session):
            return settled(session)
        return ask(with_text(session, session.committed_text, session.committed_at))


class MoveChoice(Action):
    """Choose among the query and its suggestions (Up, Down)."""

    by: int

    def step(self, session: Session) -> Result:
        """Go down through the suggestions and then to the list, or back up.

        Earlier queries from the history are above the query.
        """
        if session.choice is None and (self.by < 0 or session.recalled):
            return RecallQuery(-self.by).step(session)
        current_index = -1 if session.choice is None else session.choice
        new_index = current_index + self.by
        if new_index >= len(session.jumps):
            return commit_bar(session)
        return replace(session, choice=new_index if new_index >= 0 else None), ()


class TakeJump(Action):
    """Go to the suggestion that the reader clicked."""

    index: int

    def step(self, session: Session) -> Result:
        """Take the suggestion."""
        if not 0 <= self.index < len(session.jumps):
            return session, ()
        return take_suggestion(session, session.jumps[self.index])


class JumpsFound(Action):
    """The jumps for the text in the bar were found."""

    jumps: tuple[Jump, ...]

    def step(self, session: Session) -> Result:
        """List the jumps, and choose a certain jump even if Enter was pressed before."""
        has_waited = session.enter_waits
        session = replace(session, looking_up=False, enter_waits=False)
        is_sure = bool(self.jumps) and self.jumps[0].sure
        if has_waited:
            return _take_late_jump(session, self.jumps[0]) if is_sure else (session, ())
        if session.pane != "bar":
            return session, ()
        completions = tuple(jump for jump in session.jumps if jump.completes)
        if completions and not is_sure:
            return replace(session, jumps=(*completions, *self.jumps)), ()
        return replace(session, jumps=self.jumps, choice=0 if is_sure else None), ()


_UNFINISHED = pattern(r'(?:^|[\s(])-?(?:[A-Za-z]+:(?:"[^"]*|[^\s"()]*)|[A-Za-z]{3,})\Z')
"""The end of a text that can be completed: a prefix, or the value after a prefix."""


class CompletionsFound(Action):
    """The completions of the last word were found."""

    text: str
    jumps: tuple[Jump, ...]

    def step(self, session: Session) -> Result:
        """List the completions before the other suggestions, unless the text has changed.

        The chosen suggestion stays chosen: a URL looks like the prefix `https:`, and a completion
        that arrives later must not replace its cable.
        """
        if self.text != session.text or session.pane != "bar":
            return session, ()
        chosen_jump = None if session.choice is None else session.jumps[session.choice]
        other_jumps = tuple(jump for jump in session.jumps if not jump.completes)
        all_jumps = (*self.jumps, *other_jumps)
        chosen_index = all_jumps.index(chosen_jump) if chosen_jump in all_jumps else None
        return replace(session, jumps=all_jumps, choice=chosen_index), ()


class TakeCompletion(Action):
    """Tab was pressed in the bar."""

    def step(self, session: Session) -> Result:
        """Take the chosen completion or the first one, or else go to the next pane."""
        chosen_index = 0 if session.choice is None else session.choice
        if chosen_index < len(session.jumps) and session.jumps[chosen_index].completes:
            return take_suggestion(session, session.jumps[chosen_index])
        return panes.Cycle(1).step(session)


class RecallQuery(Action):
    """Put an earlier or a later query of the history into the bar."""

    by: int

    def step(self, session: Session) -> Result:
        """Move through the queries in the history, each once, and back to the typed text."""
        history_texts = dict.fromkeys(
            history_entry.text for history_entry in reversed(session.past) if history_entry.text
        )
        past_texts = [text for text in history_texts if text != session.committed_text]
        recalled_index = session.recalled + self.by
        if not 0 <= recalled_index <= len(past_texts):
            return session, ()
        recalled_text = past_texts[recalled_index - 1] if recalled_index else session.committed_text
        session, ask_effects = QueryTyped(recalled_text).step(session)
        return replace(session, recalled=recalled_index), ask_effects


class FindCompletions(Effect):
    """Find the completions of the last word; answered by `CompletionsFound`."""

    latest = "complete"

    text: str


def completions_wanted(text: str) -> tuple[Effect, ...]:
    """Return the effect that finds the completions of a text, if its end can be completed."""
    return (FindCompletions(text),) if _UNFINISHED.search(text) else ()


def commit_bar(session: Session) -> Result:
    """Accept the query in the bar, store the previous query in the history, and go to the list.

    An unfinished word is searched for as a whole word, as on the command line.
    """
    if is_edited(session):
        current_entry = session.history_entry()
        entry_before_edit = replace(
            current_entry, text=session.committed_text, at=session.committed_at, id=None
        )
        session = session.with_past(entry_before_edit)
    session, ask_effects = settled(
        replace(session, pane="list", reading=False, filters_open=False, choice=None)
    )
    session = replace(session, committed_text=session.text)
    session, pause_effects = preview.await_rest(session, session)
    return session, (*ask_effects, *pause_effects)


def take_suggestion(session: Session, jump: Jump) -> Result:
    """Apply a suggestion.

    If it is a cable, restore the bar's text, because the typed text is not a query.
    """
    if jump.completes:
        return QueryTyped(jump.text).step(replace(session, jumps=(), choice=None))
    if not jump.reference:
        return SearchFor(jump.text).step(session)
    session, revert_effects = RevertBar().step(session)
    return session, (*revert_effects, effects.GoToCable(jump.reference, jump.paragraph))


def _take_late_jump(session: Session, jump: Jump) -> Result:
    """Apply a jump that was found after Enter, and undo the search that Enter started."""
    if session.past and jump.reference:
        last_entry = session.past[-1]
        session = replace(session, past=session.past[:-1])
        session = replace(session, committed_text=last_entry.text, committed_at=last_entry.at)
    return take_suggestion(session, jump)


COMPLETIONS = 6
"""The maximum number of completions below the bar; typing another letter narrows them down."""


def _find_jumps(services: Services, effect: effects.FindJumps, _: Cancelled) -> Actions:
    yield JumpsFound(tuple(services.archive.jump(effect.text)))


def _find_completions(services: Services, effect: FindCompletions, cancelled: Cancelled) -> Actions:
    completions = services.archive.completions(effect.text, len(effect.text))
    completion_jumps = (
        Jump(
            completion.label
            if completion.count is None
            else f"{completion.label}  {completion.count:,}",
            text=completion.text,
            completes=True,
        )
        for completion in completions[:COMPLETIONS]
    )
    if not cancelled():
        yield CompletionsFound(effect.text, tuple(completion_jumps))


PERFORMERS: Performers = {
    effects.FindJumps: _find_jumps,
    FindCompletions: _find_completions,
}

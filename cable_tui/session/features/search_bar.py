"""The search bar: typing, completing, recalling and accepting."""

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
    """The reader has changed the text of the bar."""

    text: str

    def step(self, session: Session) -> Result:
        """Search at every letter, unless the meaning is unchanged."""
        if self.text == session.text:
            return session, ()
        if not is_edited(session):
            session = replace(session, committed_at=session.at)
        query = language.parse(self.text, typing=True)
        is_known = same_question(query, session.query)
        session = replace(session, text=self.text, enter_waits=False, recalled=0)
        completions = completions_wanted(self.text)
        if not completions:
            other_jumps = tuple(jump for jump in session.jumps if not jump.completes)
            session = replace(session, jumps=other_jumps)
        if is_known:
            session, look_effects = asked_of(session, query)
            return session, (*look_effects, *completions)
        session, ask_effects = ask(replace(session, query=query, at=0, choice=None))
        if not self.text.strip():
            return replace(session, jumps=()), ask_effects
        session = replace(session, looking_up=True)
        return session, (*ask_effects, effects.FindJumps(self.text), *completions)


class AcceptBar(Action):
    """The key Enter in the bar."""

    def step(self, session: Session) -> Result:
        """Enter: take the chosen suggestion, else go to the list."""
        if session.choice is not None and session.choice < len(session.jumps):
            return take_suggestion(session, session.jumps[session.choice])
        return commit_bar(replace(session, enter_waits=is_edited(session) and session.looking_up))


class RevertBar(Action):
    """The key Esc in the bar: restore the text from before the edit."""

    def step(self, session: Session) -> Result:
        """Restore the query from before the edit."""
        session = replace(session, pane="list", reading=False, filters_open=False)
        session = replace(session, jumps=(), choice=None, enter_waits=False)
        if not is_edited(session):
            return settled(session)
        return ask(with_text(session, session.committed_text, session.committed_at))


class MoveChoice(Action):
    """The keys up and down in the bar: choose among the query and its suggestions."""

    by: int

    def step(self, session: Session) -> Result:
        """Go down through the suggestions and then to the list, or up again.

        Above the query are the queries before it.
        """
        if session.choice is None and (self.by < 0 or session.recalled):
            return RecallQuery(-self.by).step(session)
        index_now = -1 if session.choice is None else session.choice
        new_index = index_now + self.by
        if new_index >= len(session.jumps):
            return commit_bar(session)
        return replace(session, choice=new_index if new_index >= 0 else None), ()


class TakeJump(Action):
    """Take a suggestion by a click."""

    index: int

    def step(self, session: Session) -> Result:
        """Take the suggestion."""
        if not 0 <= self.index < len(session.jumps):
            return session, ()
        return take_suggestion(session, session.jumps[self.index])


class JumpsFound(Action):
    """The jumps for the text of the bar were found."""

    jumps: tuple[Jump, ...]

    def step(self, session: Session) -> Result:
        """List the jumps; a certain one is chosen, even if Enter came first."""
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
"""The end of a text that a prefix, or a prefix's value, may complete."""


class CompletionsFound(Action):
    """The completions of the last word were found."""

    text: str
    jumps: tuple[Jump, ...]

    def step(self, session: Session) -> Result:
        """List them before the other suggestions, unless the text has changed.

        The chosen suggestion stays chosen: a URL looks like the prefix `https:`, and its cable must
        not lose Enter to a later completion.
        """
        if self.text != session.text or session.pane != "bar":
            return session, ()
        chosen_jump = None if session.choice is None else session.jumps[session.choice]
        other_jumps = tuple(jump for jump in session.jumps if not jump.completes)
        jumps = (*self.jumps, *other_jumps)
        choice = jumps.index(chosen_jump) if chosen_jump in jumps else None
        return replace(session, jumps=jumps, choice=choice), ()


class TakeCompletion(Action):
    """The key Tab in the bar: take the chosen completion or the first; else go to the next pane."""

    def step(self, session: Session) -> Result:
        """Take the completion, or go to the next pane."""
        chosen_index = 0 if session.choice is None else session.choice
        if chosen_index < len(session.jumps) and session.jumps[chosen_index].completes:
            return take_suggestion(session, session.jumps[chosen_index])
        return panes.Cycle(1).step(session)


class RecallQuery(Action):
    """Put an earlier query into the bar, or a later one."""

    by: int

    def step(self, session: Session) -> Result:
        """Go through the queries of the history, each once, and back to the typed text."""
        texts = list(dict.fromkeys(place.text for place in reversed(session.past) if place.text))
        texts = [text for text in texts if text != session.committed_text]
        index = session.recalled + self.by
        if not 0 <= index <= len(texts):
            return session, ()
        text = texts[index - 1] if index else session.committed_text
        session, ask_effects = QueryTyped(text).step(session)
        return replace(session, recalled=index), ask_effects


class FindCompletions(Effect):
    """Find completions of the last word; answered by `CompletionsFound`."""

    latest = "complete"

    text: str


def completions_wanted(text: str) -> tuple[Effect, ...]:
    """Return the effects that look for completions of a text."""
    return (FindCompletions(text),) if _UNFINISHED.search(text) else ()


def commit_bar(session: Session) -> Result:
    """Keep the query of the bar, put the one before it into the history, go to the list.

    An unfinished word is searched as a whole word, as on the command line.
    """
    if is_edited(session):
        current_entry = session.history_entry()
        place = replace(
            current_entry, text=session.committed_text, at=session.committed_at, id=None
        )
        session = session.with_past(place)
    session, ask_effects = settled(
        replace(session, pane="list", reading=False, filters_open=False, choice=None)
    )
    session = replace(session, committed_text=session.text)
    session, pause = preview.await_rest(session, session)
    return session, (*ask_effects, *pause)


def take_suggestion(session: Session, jump: Jump) -> Result:
    """Do what a suggestion offers. The id of a cable is not a query: the bar is reverted."""
    if jump.completes:
        return QueryTyped(jump.text).step(replace(session, jumps=(), choice=None))
    if not jump.reference:
        return SearchFor(jump.text).step(session)
    session, revert_effects = RevertBar().step(session)
    return session, (*revert_effects, effects.GoToCable(jump.reference, jump.paragraph))


def _take_late_jump(session: Session, jump: Jump) -> Result:
    """Undo the search of an Enter that came before the text was known to name a cable."""
    if session.past and jump.reference:
        last_entry = session.past[-1]
        session = replace(session, past=session.past[:-1])
        session = replace(session, committed_text=last_entry.text, committed_at=last_entry.at)
    return take_suggestion(session, jump)


COMPLETIONS = 6
"""Completions under the bar, at most; another letter narrows them."""


def _find_jumps(services: Services, effect: effects.FindJumps, _: Cancelled) -> Actions:
    yield JumpsFound(tuple(services.archive.jump(effect.text)))


def _find_completions(services: Services, effect: FindCompletions, cancelled: Cancelled) -> Actions:
    completions = services.archive.completions(effect.text, len(effect.text))
    jumps = (
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
        yield CompletionsFound(effect.text, tuple(jumps))


PERFORMERS: Performers = {
    effects.FindJumps: _find_jumps,
    FindCompletions: _find_completions,
}

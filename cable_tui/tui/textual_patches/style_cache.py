"""Styles that are worked out once: what a node looked like in the same state it looks like again.

Textual goes through all rules for a widget, and for each of its component classes, whenever a class
of the screen or the focus changes: ten milliseconds before a cable could be painted. What comes of
it depends on nothing but the states of the node and of those around it, so it is kept by them; and
only rules that differ are set, because a rule that is set paints the widget again.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, MutableMapping
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from textual.app import App
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from cable_tui.tui.widgets.component_styles import ComponentStyles

_PLACING = frozenset(
    ("display", "width", "height", "min_width", "min_height", "max_width", "max_height")
)
"""Rules about where a widget stands: nothing in it looks otherwise for them."""

Parts = Mapping[str, RenderStyles]
"""Styles of component classes."""


class _Styled(NamedTuple):
    """What the rules make of a node in one state."""

    rules: RulesMap
    parts: Parts
    hovers: bool
    """Whether a rule speaks of the mouse."""


class CachedStylesheet(Stylesheet):
    """A style sheet that remembers."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._of: object = None
        """The rules that all of this was made by."""
        self._known: MutableMapping[DOMNode, dict[Hashable, _Styled]] = WeakKeyDictionary()
        self._parts: MutableMapping[DOMNode, dict[Hashable, Parts]] = WeakKeyDictionary()
        self._now: MutableMapping[DOMNode, _Styled] = WeakKeyDictionary()
        """As each node was styled last."""
        self._given: MutableMapping[DOMNode, RulesMap] = WeakKeyDictionary()
        """The rules that each node was given last: some it keeps in other words."""
        self._turns: MutableMapping[DOMNode, int] = WeakKeyDictionary()
        """How often the looks of a node have changed."""
        self._above: MutableMapping[DOMNode, tuple[int, ...]] = WeakKeyDictionary()
        """The same of those around a node, when it was told last: their colours shine through."""

    def copy(self) -> CachedStylesheet:
        """Another one with the same sources."""
        copied = CachedStylesheet(variables=self._variables.copy())
        copied.source = self.source.copy()
        return copied

    def apply(
        self,
        node: DOMNode,
        *,
        animate: bool = False,
        cache: dict[tuple[object, ...], RulesMap] | None = None,
    ) -> None:
        """Give a node and its component classes the styles of its state."""
        if self.rules is not self._of:
            self._of = self.rules
            for kept in (self._known, self._parts, self._now, self._above):
                kept.clear()
        states = self._known.setdefault(node, {})
        state = _state(node)
        styled = states.get(state)
        if styled is None:
            super().apply(node, animate=animate, cache=cache)
            self._now.pop(node, None)
            if not (node._has_focus_within or node._has_order_style or node._has_odd_or_even):
                rules, parts = self._given.get(node, {}), dict(node._component_styles)
                self._now[node] = states[state] = _Styled(rules, parts, node._has_hover_style)
        elif self._now.get(node) is not styled:
            self._now[node] = styled
            node._has_hover_style = styled.hovers
            self.replace_rules(node, styled.rules, animate=animate)
            _dress(node, styled.parts)

    def replace_rules(  # type: ignore[override]  # which is of the class, and called of the object
        self, node: DOMNode, rules: RulesMap, animate: bool = False
    ) -> None:
        """Set what differs, and tell the node if it looks otherwise."""
        old: Mapping[str, Any] = self._given.get(node, {})
        new: Mapping[str, Any] = rules
        self._given[node] = rules
        differ = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
        if animate and "transitions" in new and differ:
            super().replace_rules(node, rules, animate=True)
        else:
            for key in differ:
                setattr(node._css_styles, key, new.get(key))
        turned = not _PLACING.issuperset(differ)
        if turned:
            self._turns[node] = self._turns.get(node, 0) + 1
        above = tuple(self._turns.get(each, 0) for each in node.css_path_nodes[:-1])
        if turned or self._above.get(node) != above:
            self._above[node] = above
            node.notify_style_update()

    def _process_component_classes(self, node: DOMNode) -> None:
        """Those of our own widgets ask for nothing but the theme and the widget itself."""
        if not isinstance(node, ComponentStyles):
            super()._process_component_classes(node)
            return
        states = self._parts.setdefault(node, {})
        state = (node.pseudo_classes, node.classes)
        if (parts := states.get(state)) is not None:
            _dress(node, parts)
        else:
            super()._process_component_classes(node)
            states[state] = dict(node._component_styles)


def _dress(node: DOMNode, parts: Parts) -> None:
    """Give a node other styles for its component classes."""
    if node._component_styles != parts:
        node._component_styles = dict(parts)
        node.notify_style_update()
        node.refresh()


def _state(node: DOMNode) -> Hashable:
    """What rules can ask of a node and of those around it, but for order and the focus within."""
    return tuple(
        each.pseudo_classes
        if isinstance(each, App)
        else (each._css_type_name, each._id, each.classes, each._pseudo_classes_cache_key)
        for each in node.css_path_nodes
    )

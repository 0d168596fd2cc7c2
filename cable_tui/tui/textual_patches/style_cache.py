"""A style sheet with a cache: a node in a state it has been in before gets the same styles again.

Textual matches every rule against every widget of the screen, and against each of its component
classes, whenever a class of the screen or the focus changes. The styles depend on nothing but the
state of the node and of its ancestors, so they are kept by that state; and only rules that differ
are set, because setting a rule paints the widget again.

Buys: opening a cable within 50 ms. Measured in turns with a program without it, with the functions
of `benchmarks/room.py` on 20,000 cables and a busy machine: to the paint 46 ms in the median and 87
at the 95th percentile, without it 109 and 146; 89 ms of CPU, without it 153. A letter, a page and a
step in the list are as fast without it.

Replaced by: a cache of styles by state in Textual's own `Stylesheet`. `App.stylesheet` is public,
what is overridden here is not.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, MutableMapping
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from cable_tui.base.value import Value

_LAYOUT_RULES = frozenset(
    ("display", "width", "height", "min_width", "min_height", "max_width", "max_height")
)
"""Rules about where a widget is: they do not change the look of its lines."""

ComponentMap = Mapping[str, RenderStyles]
"""Styles of component classes."""


class NodeStyles(Value):
    """The result of the rules for a node in one state."""

    rules: RulesMap
    components: ComponentMap
    has_hover: bool
    """Whether a rule depends on the mouse."""


class CachedStylesheet(Stylesheet):
    """A style sheet that keeps the styles of every state of a node."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._found: RulesMap = {}
        """The rules that were worked out last."""
        self._cached_rules: object = None
        """The rules that everything below was made from."""
        self._by_state: MutableMapping[DOMNode, dict[Hashable, NodeStyles]] = WeakKeyDictionary()
        self._components: MutableMapping[DOMNode, dict[Hashable, ComponentMap]] = (
            WeakKeyDictionary()
        )
        self._current: MutableMapping[DOMNode, NodeStyles] = WeakKeyDictionary()
        """The last styles of each node."""
        self._rules_set: MutableMapping[DOMNode, RulesMap] = WeakKeyDictionary()
        """The rules that were set last; a node keeps some of them in another form."""
        self._changes: MutableMapping[DOMNode, int] = WeakKeyDictionary()
        """Number of changes of the looks of a node."""
        self._ancestor_changes: MutableMapping[DOMNode, tuple[int, ...]] = WeakKeyDictionary()
        """Changes of its ancestors' looks when a node was last notified: their colours are visible
        through it."""

    def copy(self) -> CachedStylesheet:
        """Return another style sheet with the same sources."""
        copied_sheet = CachedStylesheet(variables=self._variables.copy())
        copied_sheet.source = self.source.copy()
        return copied_sheet

    def apply(
        self,
        node: DOMNode,
        *,
        animate: bool = False,
        cache: dict[tuple[object, ...], RulesMap] | None = None,
    ) -> None:
        """Give a node and its component classes the styles of its state."""
        styles = self.styles_of(node, cache)
        if self._current.get(node) is not styles:
            self._current[node] = styles
            node._has_hover_style = styles.has_hover
            self._set_rules(node, styles.rules, animate=animate)
            _set_components(node, styles.components)

    def styles_of(
        self, node: DOMNode, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> NodeStyles:
        """Return the styles of a node's state, and keep them; the node does not change."""
        if self.rules is not self._cached_rules:
            self._cached_rules = self.rules
            for kept_styles in (
                self._by_state,
                self._components,
                self._current,
                self._ancestor_changes,
            ):
                kept_styles.clear()
        styles_by_state = self._by_state.setdefault(node, {})
        node_state = _state(node)
        known_styles = styles_by_state.get(node_state)
        if known_styles is None:
            node_rules = self._rules_of(node, cache)
            known_styles = NodeStyles(node_rules, self._components_of(node), node._has_hover_style)
            if not (node._has_focus_within or node._has_order_style or node._has_odd_or_even):
                styles_by_state[node_state] = known_styles
        return known_styles

    def _rules_of(
        self, node: DOMNode, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> RulesMap:
        """Return the rules of a node; `apply` of Textual leaves them to the next two methods."""
        self._found = {}
        super().apply(node, cache=cache)
        return self._found

    def replace_rules(  # type: ignore[override]  # which is of the class, and called of the object
        self, _node: DOMNode, rules: RulesMap, animate: bool = False
    ) -> None:
        """Take the rules that `_rules_of` asked for."""
        del animate
        self._found = rules

    def _process_component_classes(self, node: DOMNode) -> None:
        """Leave the component classes to `_components_of`."""

    def _components_of(self, node: DOMNode) -> ComponentMap:
        """Return their styles, kept by the state of the node alone if the node allows it."""
        is_own = getattr(node, "COMPONENTS_BY_OWN_STATE", False)
        states = self._components.setdefault(node, {}) if is_own else {}
        state = (node.pseudo_classes, node.classes)
        if state not in states:
            names = node._get_component_classes()
            states[state] = {name: self._component(node, name) for name in names}
        return states[state]

    def _component(self, node: DOMNode, name: str) -> RenderStyles:
        part = DOMNode(classes=name)
        part._attach(node)
        super().replace_rules(part, self._rules_of(part))
        return part.styles

    def _set_rules(self, node: DOMNode, rules: RulesMap, *, animate: bool) -> None:
        """Set the rules that differ, and notify the node if it looks different."""
        old_rules: Mapping[str, Any] = self._rules_set.get(node, {})
        new_rules: Mapping[str, Any] = rules
        self._rules_set[node] = rules
        changed_rules = [
            key
            for key in old_rules.keys() | new_rules.keys()
            if old_rules.get(key) != new_rules.get(key)
        ]
        if animate and "transitions" in new_rules and changed_rules:
            super().replace_rules(node, rules, animate=True)
        else:
            for key in changed_rules:
                setattr(node._css_styles, key, new_rules.get(key))
        changed = not _LAYOUT_RULES.issuperset(changed_rules)
        if changed:
            self._changes[node] = self._changes.get(node, 0) + 1
        ancestor_changes = tuple(
            self._changes.get(ancestor, 0) for ancestor in node.css_path_nodes[:-1]
        )
        if changed or self._ancestor_changes.get(node) != ancestor_changes:
            self._ancestor_changes[node] = ancestor_changes
            node.notify_style_update()


def _set_components(node: DOMNode, components: ComponentMap) -> None:
    """Give a node other styles for its component classes."""
    if node._component_styles != components:
        node._component_styles = dict(components)
        node.notify_style_update()
        node.refresh()


def _state(node: DOMNode) -> Hashable:
    """Return what rules can ask about a node and its ancestors, except order and focus within."""
    return tuple(
        ancestor.pseudo_classes
        if isinstance(ancestor, App)
        else (
            ancestor._css_type_name,
            ancestor._id,
            ancestor.classes,
            ancestor._pseudo_classes_cache_key,
        )
        for ancestor in node.css_path_nodes
    )

"""A style sheet with a cache: a node that returns to an earlier state gets the same styles again.

Textual matches every rule against every widget of the screen, and against each of its component
classes, whenever a class of the screen or the focus changes. The styles depend only on the state of
the node and of its ancestors, so they are cached by that state. Only rules that differ are set,
because setting a rule repaints the widget.

Gain: opening a cable within 50 ms. Measured in turns with a program without the cache, with the
functions of `benchmarks/room.py` on 20,000 cables and a busy machine: 46 ms to the paint at the
median and 87 ms at the 95th percentile, without the cache 109 and 146; 89 ms of CPU time, without
the cache 153. A letter, a page and a step in the list are as fast without it.

Replaced by: a cache of styles by state in Textual's own `Stylesheet`. `App.stylesheet` is public,
but the methods that are overridden here are not.
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
"""The rules about the position of a widget, which do not affect the look of its lines."""

ComponentMap = Mapping[str, RenderStyles]
"""The styles of component classes, by name."""


class NodeStyles(Value):
    """The result of matching the rules against a node in one state."""

    rules: RulesMap
    components: ComponentMap
    has_hover: bool
    """Whether a rule depends on the mouse position."""


class CachedStylesheet(Stylesheet):
    """A style sheet that caches the styles of every state of a node."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._last_rules: RulesMap = {}
        """The rules that were computed last."""
        self._cached_rules: object = None
        """The rules from which all cached styles were computed."""
        self._by_state: MutableMapping[DOMNode, dict[Hashable, NodeStyles]] = WeakKeyDictionary()
        self._components: MutableMapping[DOMNode, dict[Hashable, ComponentMap]] = (
            WeakKeyDictionary()
        )
        self._node_styles: MutableMapping[DOMNode, NodeStyles] = WeakKeyDictionary()
        """The current styles of each node."""
        self._rules_set: MutableMapping[DOMNode, RulesMap] = WeakKeyDictionary()
        """The rules that were set last on each node, which may store some of them in another form.
        """
        self._change_counts: MutableMapping[DOMNode, int] = WeakKeyDictionary()
        """The number of changes to the appearance of each node."""
        self._ancestor_changes: MutableMapping[DOMNode, tuple[int, ...]] = WeakKeyDictionary()
        """The appearance-change counts of a node's ancestors at the time of its last notification,
        needed because their colors show through the node.
        """

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
        """Set the styles for a node's state on the node and its component classes."""
        node_styles = self.styles_of(node, cache)
        if self._node_styles.get(node) is not node_styles:
            self._node_styles[node] = node_styles
            node._has_hover_style = node_styles.has_hover
            self._set_rules(node, node_styles.rules, animate=animate)
            _set_components(node, node_styles.components)

    def styles_of(
        self, node: DOMNode, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> NodeStyles:
        """Return the styles for a node's state, and cache them; the node itself is not changed."""
        if self.rules is not self._cached_rules:
            self._cached_rules = self.rules
            for style_cache in (
                self._by_state,
                self._components,
                self._node_styles,
                self._ancestor_changes,
            ):
                style_cache.clear()
        styles_by_state = self._by_state.setdefault(node, {})
        node_state = _state(node)
        node_styles = styles_by_state.get(node_state)
        if node_styles is None:
            node_rules = self._rules_of(node, cache)
            node_styles = NodeStyles(node_rules, self._components_of(node), node._has_hover_style)
            if not (node._has_focus_within or node._has_order_style or node._has_odd_or_even):
                styles_by_state[node_state] = node_styles
        return node_styles

    def _rules_of(
        self, node: DOMNode, cache: dict[tuple[object, ...], RulesMap] | None = None
    ) -> RulesMap:
        """Return the rules for a node; Textual's `apply` passes them to the next two methods."""
        self._last_rules = {}
        super().apply(node, cache=cache)
        return self._last_rules

    def replace_rules(  # type: ignore[override]  # which is of the class, and called of the object
        self, _node: DOMNode, rules: RulesMap, animate: bool = False
    ) -> None:
        """Store the rules for `_rules_of`."""
        del animate
        self._last_rules = rules

    def _process_component_classes(self, node: DOMNode) -> None:
        """Do nothing, because `_components_of` handles the component classes."""

    def _components_of(self, node: DOMNode) -> ComponentMap:
        """Return the styles of component classes, cached by the node's own state if allowed."""
        uses_own_state = getattr(node, "COMPONENTS_BY_OWN_STATE", False)
        styles_by_state = self._components.setdefault(node, {}) if uses_own_state else {}
        own_state = (node.pseudo_classes, node.classes)
        if own_state not in styles_by_state:
            class_names = node._get_component_classes()
            styles_by_state[own_state] = {name: self._component(node, name) for name in class_names}
        return styles_by_state[own_state]

    def _component(self, node: DOMNode, name: str) -> RenderStyles:
        component_node = DOMNode(classes=name)
        component_node._attach(node)
        super().replace_rules(component_node, self._rules_of(component_node))
        return component_node.styles

    def _set_rules(self, node: DOMNode, rules: RulesMap, *, animate: bool) -> None:
        """Set the rules that differ, and notify the node if its appearance changes."""
        old_rules: Mapping[str, Any] = self._rules_set.get(node, {})
        new_rules: Mapping[str, Any] = rules
        self._rules_set[node] = rules
        changed_rules = [
            rule_name
            for rule_name in old_rules.keys() | new_rules.keys()
            if old_rules.get(rule_name) != new_rules.get(rule_name)
        ]
        if animate and "transitions" in new_rules and changed_rules:
            super().replace_rules(node, rules, animate=True)
        else:
            for rule_name in changed_rules:
                setattr(node._css_styles, rule_name, new_rules.get(rule_name))
        changes_appearance = not _LAYOUT_RULES.issuperset(changed_rules)
        if changes_appearance:
            self._change_counts[node] = self._change_counts.get(node, 0) + 1
        ancestor_changes = tuple(
            self._change_counts.get(ancestor, 0) for ancestor in node.css_path_nodes[:-1]
        )
        if changes_appearance or self._ancestor_changes.get(node) != ancestor_changes:
            self._ancestor_changes[node] = ancestor_changes
            node.notify_style_update()


def _set_components(node: DOMNode, components: ComponentMap) -> None:
    """Set the styles of a node's component classes."""
    if node._component_styles != components:
        node._component_styles = dict(components)
        node.notify_style_update()
        node.refresh()


def _state(node: DOMNode) -> Hashable:
    """Return everything about a node and its ancestors that rules can depend on.

    Order and focus within a node are not included.
    """
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

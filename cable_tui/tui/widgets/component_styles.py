"""Styles of the parts of a widget that paints its own lines."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class ComponentStyles(Widget):
    """A widget whose component classes may have half-transparent colours.

    Textual leaves those to widgets that it paints itself; here they are laid over the ground.
    """

    COMPONENTS_BY_OWN_STATE = True
    """No rule for a component class depends on more than the theme and the widget itself: the
    style cache keeps them by that."""

    _mixed_styles: dict[str, Style] | None = None
    _base_style: Style | None = None

    @property
    def base_style(self) -> Style:
        """The widget's own style, worked out once: every line needs it."""
        if self._base_style is None:
            self._base_style = self.rich_style
        return self._base_style

    def component_style(self, name: str) -> Style:
        """The style of a part, over the widget's own: only what its rules set."""
        if self._mixed_styles is None:
            self._mixed_styles = {}
        if (found := self._mixed_styles.get(name)) is None:
            found = self._mixed_styles[name] = self._mixed(name)
        return found

    def notify_style_update(self) -> None:
        """Forget the styles: the theme or the state changed."""
        self._mixed_styles = self._base_style = None
        super().notify_style_update()

    def _mixed(self, name: str) -> Style:
        styles = self.get_component_styles(name)
        ground = self.background_colors[1]
        color = background = None
        if styles.has_rule("background") and styles.background.a:
            ground = ground + styles.background
            background = ground.rich_color
        if styles.has_rule("color"):
            wanted = styles.color
            if styles.auto_color:  # black or white, whichever is read better
                wanted = ground.get_contrast_text(wanted.a)
            color = (ground + wanted).rich_color
        return Style(color=color, bgcolor=background) + styles.text_style

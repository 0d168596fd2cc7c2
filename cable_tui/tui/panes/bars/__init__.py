"""The lines above and below the panes: search bar, status line, keys, empty state."""

"""The timeline above the panes."""

"""The context pane: what a cable cites and who cites it."""

"""The modules that depend on Textual's internals, each with the reason for it."""

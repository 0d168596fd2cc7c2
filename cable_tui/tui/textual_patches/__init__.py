"""The modules that depend on Textual's internals, each with its reason."""

"""News of saved searches."""

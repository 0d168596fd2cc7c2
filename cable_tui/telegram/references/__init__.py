"""References to other cables: found in a text, and resolved to IDs."""

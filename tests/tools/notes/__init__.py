"""Notes that link."""

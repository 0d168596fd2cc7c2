"""Shared definitions that any module may import: the base class of values, errors, and patterns."""
